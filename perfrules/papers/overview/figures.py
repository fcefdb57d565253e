"""Mean, median, quartiles and ranges of figures, exact."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfrules.exact import EXACT, divided
from perfrules.papers.charts.axis import ticks
from perfrules.papers.charts.histogram import Bin

__all__ = ["Mean", "Spread", "bins_of", "mean_of", "median_of", "spread_of", "sum_of"]


class Mean(NamedTuple):
    """A mean: `value`, rounded half up to two places where it does not end there (`is_exact` is
    then false), the sum and the size that it comes from."""

    value: Decimal
    is_exact: bool
    total: Decimal
    size: int


class Spread(NamedTuple):
    """How figures are spread: the lowest, the quartiles, the highest. A quartile that lies between
    two figures is in proportion to its place (as QUARTILE.INC of spreadsheets has it)."""

    size: int
    low: Decimal
    lower: Decimal
    middle: Decimal
    upper: Decimal
    high: Decimal

    @property
    def ends(self) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
        """The five figures, from the lowest to the highest."""
        return self.low, self.lower, self.middle, self.upper, self.high


def sum_of(values: Sequence[Decimal]) -> Decimal:
    """The exact sum."""
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
    return total


def mean_of(values: Sequence[Decimal]) -> Mean | None:
    """The mean; None of nothing."""
    if not values:
        return None
    total, count = sum_of(values), len(values)
    value = divided(total, Decimal(count), 2, "half_up")
    return Mean(value, EXACT.multiply(value, Decimal(count)) == total, total, count)


def median_of(values: Sequence[Decimal]) -> Decimal | None:
    """The figure in the middle, of an even number the mean of the two there; None of nothing."""
    return _at(sorted(values), 2) if values else None


def spread_of(values: Sequence[Decimal]) -> Spread | None:
    """The five figures; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    lower, middle, upper = (_at(ordered, quarters) for quarters in (1, 2, 3))
    return Spread(len(ordered), ordered[0], lower, middle, upper, ordered[-1])


def _at(ordered: Sequence[Decimal], quarters: int) -> Decimal:
    """The figure so many quarters up the order."""
    place, part = divmod((len(ordered) - 1) * quarters, 4)
    if not part:
        return ordered[place]
    apart = EXACT.subtract(ordered[place + 1], ordered[place])
    return EXACT.add(ordered[place], EXACT.multiply(apart, Decimal(part) * Decimal("0.25")))


def bins_of(values: Sequence[Decimal], about: int = 12) -> tuple[Bin, ...]:
    """How many figures lie in each of about so many ranges of a round width. A range has its lower
    end, and the last one both. Where all are level there is one range."""
    if not values:
        return ()
    ordered = sorted(values)
    edges = ticks(ordered[0], ordered[-1], about)
    counts = [0] * (len(edges) - 1)
    place = 0
    for value in ordered:
        while place < len(counts) - 1 and value >= edges[place + 1]:
            place += 1
        counts[place] += 1
    level = ordered[0] == ordered[-1]
    return tuple(
        Bin(low, high, count)
        for low, high, count in zip(edges, edges[1:], counts, strict=False)
        if count or not level
    )
