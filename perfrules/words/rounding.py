"""How values of a trace were rounded: to so many digits, or to multiples of something."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from perfrules.codes.code import Text
from perfrules.exact import divided, rounded

__all__ = ["MODES", "decimals_of", "divided_as", "rounded_as", "unit_of"]

Json = Mapping[str, Any]

MODES: Final = {
    "half_up": Text("四舍五入", "rounded half up"),
    "half_even": Text("四舍六入五成双", "rounded half to even"),
    "floor": Text("向下取", "rounded down"),
    "ceiling": Text("向上取", "rounded up"),
    "down": Text("直接舍去尾数", "cut off"),
    "up": Text("进一", "rounded away from nought"),
}
"""What the ways of rounding are called."""


def unit_of(rule: Json) -> Decimal:
    """What every value is a multiple of that a rule of rounding made: 0.01, or 100."""
    if "to" in rule:
        return Decimal(str(rule["to"]))
    return Decimal(1).scaleb(-int(rule["places"]))


def decimals_of(rule: Json) -> int:
    """How many digits behind the point such a value has at most."""
    if "to" not in rule:
        return int(rule["places"])
    return max(0, -int(Decimal(str(rule["to"])).normalize().as_tuple().exponent))


def rounded_as(value: Decimal, rule: Json) -> Decimal:
    """A value rounded as the rule says."""
    if "to" not in rule:
        return rounded(value, int(rule["places"]), rule["mode"])
    return divided_as(value, Decimal(1), rule)


def divided_as(numerator: Decimal, denominator: Decimal, rule: Json) -> Decimal:
    """A quotient rounded once as the rule says."""
    if "to" not in rule:
        return divided(numerator, denominator, int(rule["places"]), rule["mode"])
    unit = unit_of(rule)
    return divided(numerator, denominator * unit, 0, rule["mode"]) * unit
