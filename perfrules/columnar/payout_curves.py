"""From a figure to money by a table, by columns: slopes of a rate, and slices at their own price.

The twin of `evaluation/payout_curves.py`.
"""

from decimal import Decimal
from typing import Final

from perfrules.columnar.expression import figure
from perfrules.columnar.lanes import (
    Num,
    added,
    compared,
    constant,
    greatest,
    least,
    less,
    multiplied,
    picked,
    scaled_constant,
)
from perfrules.columnar.names import Names
from perfrules.columnar.rounding import above_nought, divide_as
from perfrules.columnar.sheet import Sheet
from perfrules.model.incentive import MarginalTiers, Tier

__all__ = ["slices", "sloped"]

_NOUGHT: Final = scaled_constant(0, 0)


def sloped(sheet: Sheet, names: Names, tier: Tier, base: Num, quotient: tuple[Num, Num]) -> Num:
    """The base at a rate on a straight line, from `pay` at the tier's limit to `high` at `until`.

    The place on the line is that of the exact quotient, within the ends of the line: so that
    nothing is divided before the end, the ends are multiplied by the denominator instead.
    """
    limit = tier.threshold
    assert limit is not None
    assert tier.until is not None
    assert tier.high is not None
    assert isinstance(limit.at, Decimal)
    low, until = constant(limit.at), constant(tier.until)
    above, below = (sheet.kept(one) for one in above_nought(sheet, *quotient))
    first, last = sorted((limit.at, tier.until))
    start, end = multiplied(constant(first), below), multiplied(constant(last), below)
    reached = sheet.kept(least(greatest(above, start), end))
    width = less(until, low)
    way = less(reached, multiplied(low, below))
    rise = less(constant(tier.high), constant(tier.pay))
    rate = added(multiplied(constant(tier.pay), width, below), multiplied(way, rise))
    exact, under = multiplied(base, rate), multiplied(width, below)
    return divide_as(sheet, exact, under, names.policy.rounding.division)


def slices(sheet: Sheet, names: Names, tiers: MarginalTiers) -> Num:
    """What the slices that the figure reaches into earn: each part of the figure x its price."""
    amount = sheet.kept(figure(sheet, names, tiers.by))
    quota: Num | None = None
    if tiers.of is not None:
        quota = sheet.kept(figure(sheet, names, tiers.of))
        sheet.fault(compared(quota, "<=", _NOUGHT))
    parts = [_NOUGHT]
    for row in tiers.rows:
        start = constant(row.start)
        start = start if quota is None else sheet.kept(multiplied(start, quota))
        end = amount
        if row.until is not None:
            until = constant(row.until)
            end = least(amount, until if quota is None else multiplied(until, quota))
        part = picked(compared(amount, ">", start), less(end, start), _NOUGHT)
        parts.append(multiplied(part, constant(row.price.value)))
    return added(*parts)
