"""Rounding as a policy says, in integers: one floor division for each rounded quotient.

The twin of `evaluation/rounding.py`. With a numerator N and a denominator D above nought:

    floor      N // D
    ceiling    (N + D - 1) // D
    down       (N + (D - 1 where N < 0)) // D
    up         (N + (D - 1 where N > 0)) // D
    half_up    (2N + D - (1 where N < 0)) // 2D
    half_even  the same without the 1, and one less where the division leaves nothing over (a tie)
               and gives an odd number
"""

import polars as pl

from perfrules.columnar.lanes import (
    Num,
    added,
    compared,
    constant,
    less,
    multiplied,
    negated,
    picked,
    scaled_constant,
    settled,
)
from perfrules.columnar.sheet import Sheet
from perfrules.model.rounding import Rounding

__all__ = ["above_nought", "divide", "divide_as", "round_as"]

_NOUGHT, _ONE, _TWO = (scaled_constant(value, 0) for value in range(3))


def round_as(sheet: Sheet, value: Num, rounding: Rounding, mode: str = "") -> Num:
    """A number to the places or the step of a rounding, by its mode or another one."""
    if rounding.to is None and value.scale <= rounding.decimals:
        return value
    return divide_as(sheet, value, _ONE, rounding, mode)


def divide_as(
    sheet: Sheet, numerator: Num, denominator: Num, rounding: Rounding, mode: str = ""
) -> Num:
    """A quotient, rounded once; rows with a denominator of nought are at fault, and so are those
    in which it reaches the limit."""
    way = mode or rounding.mode
    if rounding.to is None:
        return divide(sheet, numerator, denominator, rounding.decimals, way)
    step = constant(rounding.to)
    whole = divide(sheet, numerator, multiplied(denominator, step), 0, way)
    return sheet.limited(multiplied(whole, step))


def divide(sheet: Sheet, numerator: Num, denominator: Num, places: int, mode: str) -> Num:
    """The quotient of two numbers to so many places; `mode` is one of `perfrules.exact.MODES`."""
    above, below = above_nought(sheet, numerator, denominator)
    # As integers: what both have been multiplied by falls out.
    more = places + below.scale - above.scale
    top, under = _whole(above), _whole(below)
    if more >= 0:
        top = multiplied(top, scaled_constant(10**more, 0))
    else:
        under = multiplied(under, scaled_constant(10**-more, 0))
    quotient = _divided(sheet, sheet.kept(top), sheet.kept(under), mode)
    return sheet.limited(Num(quotient.expr, places, quotient.low, quotient.high))


def _whole(value: Num) -> Num:
    return Num(value.expr, 0, value.low, value.high)


def above_nought(sheet: Sheet, numerator: Num, denominator: Num) -> tuple[Num, Num]:
    """Both with the sign that makes the denominator more than nought; 1 where it is nought."""
    if denominator.low > 0:
        return numerator, denominator
    if denominator.is_constant and denominator.high < 0:
        return negated(numerator), negated(denominator)
    scale = denominator.scale
    denominator = sheet.kept(denominator)
    if denominator.high >= 0:
        nought = compared(denominator, "==", _NOUGHT)
        sheet.fault(nought)
        filled = picked(nought, scaled_constant(1, scale), denominator)
        denominator = sheet.kept(filled)
    if denominator.low >= 0:
        return numerator, Num(denominator.expr, scale, 1, max(1, denominator.high))
    numerator = sheet.kept(numerator)
    is_negative = sheet.column(compared(denominator, "<", _NOUGHT))
    top = picked(is_negative, negated(numerator), numerator)
    under = picked(is_negative, negated(denominator), denominator)
    return top, settled(under.expr, scale, 1, max(1, under.high), under.is_wide)


def _divided(sheet: Sheet, top: Num, under: Num, mode: str) -> Num:
    """Two integers, the second above nought."""
    if under.is_constant and under.low == 1:
        return top
    rest = less(under, _ONE)
    match mode:
        case "floor":
            return _floor(top, under)
        case "ceiling":
            return _floor(added(top, rest), under)
        case "down":
            return _floor(added(top, _where(top, "<", rest)), under)
        case "up":
            return _floor(added(top, _where(top, ">", rest)), under)
    if under.is_constant and under.low % 2 == 0:
        half = scaled_constant(under.low // 2, 0)
    else:
        half, top, under = under, multiplied(top, _TWO), multiplied(under, _TWO)
    if mode == "half_up":
        return _floor(less(added(top, half), _where(top, "<", _ONE)), under)
    lifted, under = sheet.kept(added(top, half)), sheet.kept(under)
    quotient = sheet.kept(_floor(lifted, under))
    kind = pl.Int128() if lifted.is_wide or under.is_wide else pl.Int64()
    is_tie = (lifted.expr.cast(kind) % under.expr.cast(kind)) == pl.lit(0, dtype=kind)
    is_odd = (quotient.expr % pl.lit(2)) == pl.lit(1)
    return less(quotient, picked(is_tie & is_odd, _ONE, _NOUGHT))


def _where(top: Num, sign: str, amount: Num) -> Num:
    holds = compared(top, "<" if sign == "<" else ">", _NOUGHT)
    return picked(holds, amount, _NOUGHT)


def _floor(top: Num, under: Num) -> Num:
    """Floor division, which Polars does as Python does it, below nought too."""
    low = top.low // (under.low if top.low < 0 else under.high)
    high = top.high // (under.high if top.high < 0 else under.low)
    wide = top.is_wide or under.is_wide
    kind = pl.Int128() if wide else pl.Int64()
    expr = top.expr.cast(kind) // under.expr.cast(kind)
    return settled(expr, 0, low, high, wide)
