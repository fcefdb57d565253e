"""Exact integers in columns: each knows its scale and its range, and so the lane it fits in.

A number is an integer of so many decimal places. Polars wraps in silence where an integer
overflows; here each operation works out from the ranges of its operands what its result can be,
before any row is looked at, and takes 64 bits, or 128, or raises `BeyondLane`.

The ranges hold for every row that is not at fault. One that is may overflow: it is judged by the
reference, and what stands in its columns is never read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

import polars as pl

from perfrules.columnar.refusal import BeyondLane
from perfrules.exact import EXACT

__all__ = [
    "INT64", "INT128", "Comparison", "Num", "absolute", "added", "both", "compared", "constant",
    "decided",
    "either", "greatest", "least", "less", "multiplied", "negated", "picked", "rescaled",
    "scaled_constant", "settled",
]  # fmt: skip

INT64: Final = (-(2**63), 2**63 - 1)
INT128: Final = (-(2**127), 2**127 - 1)

Comparison = Literal["<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True)
class Num:
    """A column of numbers: `expr` / 10^`scale`, where `expr` is an integer from `low` to `high`.

    The type of `expr` follows from the range: 64 bits where both ends fit, else 128.
    """

    expr: pl.Expr
    scale: int
    low: int
    high: int

    @property
    def is_wide(self) -> bool:
        """Whether it takes 128 bits."""
        return not _fits(self.low, self.high, INT64)

    @property
    def is_constant(self) -> bool:
        """Whether all rows have the same number."""
        return self.low == self.high


def _fits(low: int, high: int, lane: tuple[int, int]) -> bool:
    return lane[0] <= low and high <= lane[1]


def _type(wide: bool) -> pl.Int64 | pl.Int128:
    return pl.Int128() if wide else pl.Int64()


def _literal(value: int, wide: bool) -> pl.Expr:
    return pl.lit(value, dtype=_type(wide))


def _wide_for(*ranges: tuple[int, int]) -> bool:
    """Whether the ranges need 128 bits; raises `BeyondLane` where that is too few."""
    if not all(_fits(low, high, INT128) for low, high in ranges):
        raise BeyondLane
    return not all(_fits(low, high, INT64) for low, high in ranges)


def _as(value: Num, wide: bool) -> pl.Expr:
    """The integers in the lane asked for, which is wide enough."""
    if value.is_constant:
        return _literal(value.low, wide)
    return value.expr.cast(pl.Int128()) if wide and not value.is_wide else value.expr


def settled(expr: pl.Expr, scale: int, low: int, high: int, was_wide: bool) -> Num:
    """A number from an expression in a known lane, brought into the lane of its range."""
    if low == high:
        return scaled_constant(low, scale)
    wide = _wide_for((low, high))
    if wide != was_wide:
        # Rows at fault may lie outside of the range: they become null, which is a fault again.
        expr = expr.cast(_type(wide), strict=False)
    return Num(expr, scale, low, high)


def scaled_constant(value: int, scale: int) -> Num:
    """The same integer in every row."""
    return Num(_literal(value, _wide_for((value, value))), scale, value, value)


def constant(value: Decimal) -> Num:
    """The same number in every row, with as few places as it needs."""
    exponent = int(value.as_tuple().exponent)
    places = max(0, -exponent)
    whole = int(value.scaleb(places, EXACT))
    while places and whole % 10 == 0:
        whole, places = whole // 10, places - 1
    return scaled_constant(whole, places)


def rescaled(value: Num, scale: int) -> Num:
    """The same number with more places."""
    if scale == value.scale:
        return value
    factor = 10 ** (scale - value.scale)
    if value.is_constant:
        return scaled_constant(value.low * factor, scale)
    low, high = value.low * factor, value.high * factor
    wide = _wide_for((low, high), (value.low, value.high))
    return settled(_as(value, wide) * _literal(factor, wide), scale, low, high, wide)


def _level(values: Sequence[Num]) -> tuple[list[Num], int]:
    scale = max(one.scale for one in values)
    return [rescaled(one, scale) for one in values], scale


def added(*values: Num) -> Num:
    """The sum."""
    counted = [one for one in values if not (one.is_constant and one.low == 0)]
    (first, *others), scale = _level(counted or [values[0]])
    for one in others:
        low, high = first.low + one.low, first.high + one.high
        wide = _wide_for((low, high), (first.low, first.high), (one.low, one.high))
        first = settled(_as(first, wide) + _as(one, wide), scale, low, high, wide)
    return first


def less(value: Num, other: Num) -> Num:
    """`value` - `other`."""
    (one, two), scale = _level((value, other))
    low, high = one.low - two.high, one.high - two.low
    wide = _wide_for((low, high), (one.low, one.high), (two.low, two.high))
    return settled(_as(one, wide) - _as(two, wide), scale, low, high, wide)


def negated(value: Num) -> Num:
    """-`value`; Polars has no sign for 128 bits."""
    return less(scaled_constant(0, value.scale), value)


def multiplied(*values: Num) -> Num:
    """The product, with all places."""
    first, *others = values
    for one in others:
        ends = [a * b for a in (first.low, first.high) for b in (one.low, one.high)]
        low, high = min(ends), max(ends)
        wide = _wide_for((low, high), (first.low, first.high), (one.low, one.high))
        product = _as(first, wide) * _as(one, wide)
        first = settled(product, first.scale + one.scale, low, high, wide)
    return first


def picked(condition: pl.Expr, value: Num, other: Num) -> Num:
    """`value` where the condition holds, else `other`."""
    if (known := decided(condition)) is not None:
        return value if known else other
    (one, two), scale = _level((value, other))
    low, high = min(one.low, two.low), max(one.high, two.high)
    wide = _wide_for((low, high))
    expr = pl.when(condition).then(_as(one, wide)).otherwise(_as(two, wide))
    return settled(expr, scale, low, high, wide)


def decided(condition: pl.Expr) -> bool | None:
    """Whether a condition holds in all rows or in none, where it says so itself."""
    if not condition.meta.is_literal():
        return None
    return condition.meta.eq(pl.lit(True))


def greatest(*values: Num) -> Num:
    """The greatest of the values."""
    levelled, scale = _level(values)
    low, high = max(one.low for one in levelled), max(one.high for one in levelled)
    wide = _wide_for(*((one.low, one.high) for one in levelled))
    expr = pl.max_horizontal(*(_as(one, wide) for one in levelled))
    return settled(expr, scale, low, high, wide)


def least(*values: Num) -> Num:
    """The least of the values."""
    levelled, scale = _level(values)
    low, high = min(one.low for one in levelled), min(one.high for one in levelled)
    wide = _wide_for(*((one.low, one.high) for one in levelled))
    expr = pl.min_horizontal(*(_as(one, wide) for one in levelled))
    return settled(expr, scale, low, high, wide)


def absolute(value: Num) -> Num:
    """The number without its sign."""
    return greatest(value, negated(value))


def compared(value: Num, sign: Comparison, other: Num) -> pl.Expr:
    """Whether the comparison holds, row by row; a comparison by cross-multiplying the places."""
    if value.is_constant and not other.is_constant:
        return compared(other, _TURNED[sign], value)
    if other.is_constant and other.scale > value.scale:
        # 3.5 lies between 3 and 4: no integer of the column has to be made larger for it.
        whole, rest = divmod(other.low, 10 ** (other.scale - value.scale))
        if rest and sign in ("==", "!="):
            return pl.lit(sign == "!=")
        up = bool(rest) and sign in (">=", "<")
        other = scaled_constant(whole + up, value.scale)
    (one, two), _ = _level((value, other))
    if (known := _decided(one, sign, two)) is not None:
        return pl.lit(known)
    wide = _wide_for((one.low, one.high), (two.low, two.high))
    left, right = _as(one, wide), _as(two, wide)
    match sign:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
        case "==":
            return left == right
        case "!=":
            return left != right


_TURNED: Final[dict[Comparison, Comparison]] = {
    "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!=",
}  # fmt: skip


def _decided(one: Num, sign: Comparison, two: Num) -> bool | None:
    """What a comparison gives in all rows, where the ranges say so."""
    match sign:
        case "<":
            return True if one.high < two.low else False if one.low >= two.high else None
        case "<=":
            return True if one.high <= two.low else False if one.low > two.high else None
        case ">" | ">=":
            return _decided(two, "<" if sign == ">" else "<=", one)
        case "==" | "!=":
            if one.high < two.low or two.high < one.low:
                return sign == "!="
            if one.is_constant and two.is_constant:
                return sign == "=="
            return None


def both(one: pl.Expr | None, other: pl.Expr | None) -> pl.Expr | None:
    """Where both hold; None holds everywhere."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def either(one: pl.Expr | None, other: pl.Expr | None) -> pl.Expr | None:
    """Where one of the two holds; None holds everywhere."""
    return None if one is None or other is None else one | other
