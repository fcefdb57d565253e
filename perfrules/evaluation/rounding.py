"""Rounding as a policy says: to so many places, or to a step of so much."""

from decimal import Decimal

from perfrules.exact import divided, rounded, within_limit
from perfrules.model.rounding import Rounding

__all__ = ["divide_as", "round_as"]


def round_as(value: Decimal, rounding: Rounding, mode: str = "") -> Decimal:
    """`value` to the places or the step of a rounding, by its mode or another one."""
    way = mode or rounding.mode
    if rounding.to is None:
        return rounded(value, rounding.decimals, way)
    return divide_as(value, Decimal(1), rounding, way)


def divide_as(
    numerator: Decimal, denominator: Decimal, rounding: Rounding, mode: str = ""
) -> Decimal:
    """A quotient, rounded once. Raises what `perfrules.exact.divided` raises."""
    way = mode or rounding.mode
    if rounding.to is None:
        return divided(numerator, denominator, rounding.decimals, way)
    return within_limit(divided(numerator, denominator * rounding.to, 0, way) * rounding.to)
