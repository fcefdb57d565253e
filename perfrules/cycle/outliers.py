"""Who should be looked at before results are settled: a list for the calibration meeting.

A total far from those of its group, a total at the very top or bottom, a jump since the cycle
before, raters who disagree. Nothing is changed, and nothing is concluded.

Whether a total is too far off is decided without a root and without rounding: with n members,
their sum S and the sum Q of their squares,

    |x - S/n| > k sd   is the same as   (n x - S)^2 > k^2 (n Q - S^2).
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from perfrules.exact import EXACT, divided
from perfrules.model.review import (
    Disagreement,
    Distance,
    Extreme,
    Flagged,
    GroupFigures,
    Jump,
    Limits,
    Reason,
    Review,
    Reviewed,
)

__all__ = ["SMALLEST", "outliers"]

SMALLEST: Final = 3
"""Of two, each is as far from the mean as the other: a smaller group says nothing of distance."""

_PLACES: Final = 2


def outliers(people: Iterable[Reviewed], limits: Limits) -> Review:
    """Who is to be looked at. `limits` are inclusive: a total of 95 is not above 95."""
    everybody = sorted(people, key=lambda one: (one.group, one.person))
    members: dict[str, list[Decimal]] = {}
    for one in everybody:
        members.setdefault(one.group, []).append(one.total)
    with localcontext(EXACT):
        spreads = {name: _Spread(name, totals) for name, totals in members.items()}
        found = [
            Flagged(one, reasons)
            for one in everybody
            if (reasons := tuple(_reasons(one, spreads[one.group], limits)))
        ]
    return Review(
        entries=tuple(found),
        groups=tuple(spread.group for spread in spreads.values()),
        people=len(everybody),
        with_before=sum(1 for one in everybody if one.before is not None),
        limits=limits,
    )


class _Spread:
    """A group's sum and its `n Q - S^2`, the variance without its division by the square of n."""

    def __init__(self, name: str, totals: Sequence[Decimal]) -> None:
        self.size = len(totals)
        self.sum = sum(totals, Decimal(0))
        self.squares = self.size * sum((one * one for one in totals), Decimal(0)) - self.sum**2
        # Nobody is compared with those who have no group in common.
        if self.size < SMALLEST or not name:
            self.group = GroupFigures(name, self.size, None, None)
        else:
            mean = divided(self.sum, Decimal(self.size), _PLACES, "half_up")
            deviation = _root(Fraction(self.squares) / self.size**2)
            self.group = GroupFigures(name, self.size, mean, deviation)

    def far(self, total: Decimal, deviations: Decimal) -> bool:
        if self.group.mean is None:
            return False
        apart: Decimal = (self.size * total - self.sum) ** 2
        return apart > deviations**2 * self.squares


def _root(square: Fraction) -> Decimal:
    """A square root, rounded half up to two places without ever being inexact.

    It is the largest k/100 with (k - 1/2)^2 <= 10000 square, so with (2k - 1)^2 <= 40000 square.
    """
    hundredths = (math.isqrt(math.floor(40_000 * square)) + 1) // 2
    return Decimal(hundredths).scaleb(-_PLACES)


def _reasons(one: Reviewed, spread: _Spread, limits: Limits) -> Iterator[Reason]:
    if spread.far(one.total, limits.deviations):
        yield Distance(one.total, spread.group, limits.deviations)
    if one.total > limits.high:
        yield Extreme(one.total, limits.high, above=True)
    if one.total < limits.low:
        yield Extreme(one.total, limits.low, above=False)
    if one.before is not None:
        change = one.total - one.before.total
        if abs(change) > limits.jump:
            yield Jump(one.total, one.before, change, limits.jump)
    for indicator, groups in one.ratings.items():
        yield from _disagreements(indicator, groups, limits.spread)


def _disagreements(
    indicator: str, groups: Mapping[str, tuple[Decimal, ...]], limit: Decimal
) -> Iterator[Disagreement]:
    rated = {name: ratings for name, ratings in groups.items() if ratings}
    for name, ratings in rated.items():
        low, high = min(ratings), max(ratings)
        if high - low > limit:
            yield Disagreement(indicator, name, name, low, high, limit)
    means = {
        name: Fraction(sum(ratings, Decimal(0))) / len(ratings) for name, ratings in rated.items()
    }
    if len(means) > 1:
        lowest, highest = (pick(means, key=lambda name: means[name]) for pick in (min, max))
        if means[highest] - means[lowest] > limit:
            low, high = _mean(rated[lowest]), _mean(rated[highest])
            yield Disagreement(indicator, lowest, highest, low, high, limit)


def _mean(ratings: tuple[Decimal, ...]) -> Decimal:
    return divided(sum(ratings, Decimal(0)), Decimal(len(ratings)), _PLACES, "half_up")
