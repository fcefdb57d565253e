"""Values by weight: of raters' groups, of indicators in a section, of sections in the total.

The twin of `evaluation/weighing.py`.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import polars as pl

from perfrules.columnar.lanes import (
    Num,
    added,
    both,
    compared,
    decided,
    either,
    multiplied,
    picked,
    scaled_constant,
)
from perfrules.columnar.rounding import divide_as
from perfrules.columnar.sheet import Sheet
from perfrules.model.rounding import Rounding

__all__ = ["Part", "counted", "weighed"]

_NOUGHT: Final = scaled_constant(0, 0)


class Part(NamedTuple):
    """A value, its weight, and where it counts: None for everywhere."""

    value: Num
    weight: Num
    there: pl.Expr | None = None

    @property
    def contribution(self) -> Num:
        """What it adds to the sum where it counts."""
        return multiplied(self.value, self.weight)

    @property
    def counts(self) -> pl.Expr | None:
        """Where it is there with a weight above nought."""
        has_weight = compared(self.weight, ">", _NOUGHT)
        return both(self.there, None if decided(has_weight) is True else has_weight)


def counted(parts: Sequence[Part]) -> pl.Expr | None:
    """Where any weight is left; None for everywhere."""
    found: pl.Expr | None = pl.lit(False)
    for part in parts:
        if part.weight.high > 0:
            found = either(found, part.counts)
    return found


def weighed(sheet: Sheet, parts: Sequence[Part], *, complete: bool, rounding: Rounding) -> Num:
    """The sum of value x weight; over the sum of the weights where these do not make up a whole:
    where a part does not count, or where they never do (`complete` is false).

    Rows without any weight are at fault.
    """
    left = counted(parts)
    if left is not None:
        sheet.fault(~left)
    masked = [one.there for one in parts if one.there is not None]
    total = sheet.limited(added(_NOUGHT, *(_where(one.there, one.contribution) for one in parts)))
    if complete and not masked:
        return total
    weights = added(_NOUGHT, *(_where(one.there, one.weight) for one in parts))
    weights = sheet.kept(weights)
    # Without a weight there is nothing to divide by; the row is at fault above.
    is_left = compared(weights, ">", _NOUGHT)
    filled = picked(is_left, weights, scaled_constant(1, weights.scale))
    least = min((_least(one, weights.scale) for one in parts if one.weight.high > 0), default=1)
    filled = sheet.kept(Num(filled.expr, filled.scale, min(least, filled.high), filled.high))
    quotient = divide_as(sheet, total, filled, rounding)
    if not complete:
        return quotient
    whole: pl.Expr | None = None
    for there in masked:
        whole = both(whole, there)
    assert whole is not None
    return sheet.limited(picked(whole, total, quotient))


def _least(part: Part, scale: int) -> int:
    """The least weight above nought that the part can have, as an integer of so many places."""
    more: int = 10 ** (scale - part.weight.scale)
    return max(part.weight.low, 1) * more


def _where(there: pl.Expr | None, value: Num) -> Num:
    return value if there is None else picked(there, value, _NOUGHT)
