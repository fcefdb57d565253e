"""The one door for numbers: text to `Decimal`, rounding, division, and back to text.

Nothing in perfrules makes a number another way. Arithmetic runs in `EXACT`, a context
that raises instead of losing a digit; the only places where digits may go are
`rounded`, `divided` and `deviation`, and all are told how by the policy.
"""

import decimal
import math
import re
from collections.abc import Sequence
from decimal import ROUND_05UP, Context, Decimal
from enum import StrEnum
from typing import Final

__all__ = [
    "EXACT",
    "MODES",
    "OutOfRange",
    "Unread",
    "deviation",
    "divided",
    "in_percent",
    "percent",
    "percent_downward",
    "plain",
    "read_number",
    "read_percent",
    "rounded",
    "share_readings",
    "within_limit",
]

LIMIT: Final = Decimal(10) ** 15
"""No value may reach this size, positive or negative."""

WHOLE_DIGITS: Final = 15
PLACES: Final = 10

_DIGITS: Final = 2000

EXACT: Final = Context(
    prec=_DIGITS,
    Emin=-_DIGITS,
    Emax=_DIGITS,
    traps=[
        decimal.Inexact,
        decimal.InvalidOperation,
        decimal.DivisionByZero,
        decimal.Overflow,
        decimal.Underflow,
    ],
)
"""The context of all arithmetic: a result that would lose a digit raises `decimal.Inexact`."""

_ROUNDING: Final = Context(prec=_DIGITS, traps=[decimal.InvalidOperation])

# Rounding a quotient twice can go wrong (0.49 -> 0.5 -> 1). ROUND_05UP keeps a trace of
# what was cut off in the last digit, so that rounding its result again is exact; see
# Python's documentation of the decimal module, "Rounding modes".
_QUOTIENT: Final = Context(
    prec=100,
    rounding=ROUND_05UP,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)

MODES: Final = {
    "half_up": decimal.ROUND_HALF_UP,
    "half_even": decimal.ROUND_HALF_EVEN,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
    "down": decimal.ROUND_DOWN,
    "up": decimal.ROUND_UP,
}
"""The policy language's names of rounding modes."""

_UNITS: Final = tuple(Decimal(1).scaleb(-places) for places in range(PLACES + 1))


class OutOfRange(ArithmeticError):
    """A result of 10^15 and more, or with more digits than the exact context holds."""


class Unread(StrEnum):
    """Why a text is no number of the policy language."""

    NOT_A_NUMBER = "not-a-number"
    LEADING_ZERO = "leading-zero"
    EXPONENT = "exponent-number"
    GROUPED = "digit-grouping"
    TOO_LONG = "number-too-long"
    FULL_WIDTH = "full-width-number"


_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_LEADING_ZERO: Final = re.compile(r"[-+]?0[0-9_]+(?:\.[0-9]*)?", re.ASCII)
_EXPONENT: Final = re.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+", re.ASCII)
_GROUPED: Final = re.compile(r"[-+]?[0-9]+(?:[,_' ][0-9]+)+(?:\.[0-9]+)?", re.ASCII)
_FULL_WIDTH: Final = re.compile("[-0-9.０-９．－＋％,，]*[０-９．％][-0-9.０-９．－＋％,，]*")


def read_number(text: str) -> Decimal | Unread:
    """The number that `text` writes, or why it writes none.

    The grammar is that of a price tag: an optional minus, digits without a leading
    zero, at most 15 before the point and 10 behind it. No exponent, no separators, no
    plus sign, no infinities.
    """
    if len(text) > 64:
        return Unread.TOO_LONG if text[:64].strip("-0123456789.") == "" else Unread.NOT_A_NUMBER
    if _NUMBER.fullmatch(text):
        whole, _, places = text.lstrip("-").partition(".")
        if len(whole) > WHOLE_DIGITS or len(places) > PLACES:
            return Unread.TOO_LONG
        return Decimal(text)
    if _LEADING_ZERO.fullmatch(text):
        return Unread.LEADING_ZERO
    if _EXPONENT.fullmatch(text):
        return Unread.EXPONENT
    if _GROUPED.fullmatch(text):
        return Unread.GROUPED
    if _FULL_WIDTH.fullmatch(text):
        return Unread.FULL_WIDTH
    return Unread.NOT_A_NUMBER


def in_percent(unit: str | None) -> bool:
    """Whether figures of this unit are shares, written as percentages: `%`, of whatever width."""
    return unit is not None and unit.strip() in ("%", "％", "﹪")


def read_percent(text: str) -> Decimal | Unread:
    """The ratio that `text` writes as a percentage (`40%` is 0.4), or why it writes none."""
    if not text.endswith("%"):
        return Unread.FULL_WIDTH if text.endswith("％") else Unread.NOT_A_NUMBER
    number = read_number(text[:-1].rstrip(" "))
    return number.scaleb(-2, EXACT) if isinstance(number, Decimal) else number


def share_readings(text: str, value: Decimal) -> dict[str, str]:
    """What a share without its sign could mean, and how to write what was probably meant.

    `120` is 120 % for who forgot the sign and 12000 % for arithmetic; below 2 the ratio itself
    (`0.4`) was probably meant.
    """
    low, high = f"{plain(value)}%", percent(value)
    return {"text": text, "low": low, "high": high, "write": high if abs(value) < 2 else low}


def rounded(value: Decimal, places: int, mode: str) -> Decimal:
    """`value` with at most `places` digits behind the point; `mode` is a key of `MODES`."""
    return value.quantize(_UNITS[places], MODES[mode], _ROUNDING)


def divided(numerator: Decimal, denominator: Decimal, places: int, mode: str) -> Decimal:
    """The quotient rounded once, as if it had been written out without end first.

    Raises `decimal.DivisionByZero` or `decimal.InvalidOperation` where the denominator is 0,
    and `OutOfRange` where the quotient reaches the limit.
    """
    if not numerator and denominator:
        return Decimal(0)  # whose exponent would say nothing of its size
    quotient = _QUOTIENT.divide(numerator, denominator)
    if quotient.adjusted() > WHOLE_DIGITS + PLACES:
        raise OutOfRange
    return within_limit(quotient.quantize(_UNITS[places], MODES[mode], _ROUNDING))


def deviation(values: Sequence[Decimal], places: int, mode: str) -> Decimal:
    """The population standard deviation, √(Σ(x − mean)² ÷ n), rounded once.

    It is √(n × Σx² − (Σx)²) ÷ n, whose root is taken of a whole number, and so to any digit.
    """
    exponent = max(0, *(-int(one.as_tuple().exponent) for one in values))
    wholes = [int(one.scaleb(exponent, EXACT)) for one in values]
    square = len(wholes) * sum(one * one for one in wholes) - sum(wholes) ** 2
    top, under = square * 100 ** (places + 1), (len(wholes) * 10**exponent) ** 2
    digits = math.isqrt(top // under)
    if digits**2 * under != top and digits % 5 == 0:
        digits += 1  # so that what was cut off is not taken for nothing, nor for a half
    return within_limit(rounded(Decimal(digits).scaleb(-places - 1), places, mode))


def within_limit(value: Decimal) -> Decimal:
    """`value` itself; raises `OutOfRange` at 10^15 and beyond."""
    if -LIMIT < value < LIMIT:
        return value
    raise OutOfRange


def plain(value: Decimal) -> str:
    """The one spelling of a number: no exponent, no closing zeros, no minus nought."""
    text = str(value)
    if "E" in text:
        text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def percent_downward(value: Decimal) -> str:
    """`value` as a percentage for a table of people: at most two digits behind the point, cut
    downward, so that nobody reads 100 % who has not got it."""
    return percent(rounded(value, 4, "floor"))


def percent(value: Decimal, places: int | None = None) -> str:
    """`value` as a percentage, with `places` digits behind the point or as many as it needs."""
    hundredfold = value.scaleb(2, EXACT)
    if places is None:
        return plain(hundredfold) + "%"
    return format(hundredfold, f".{places}f") + "%"
