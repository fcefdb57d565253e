"""From figures to coordinates, without losing a digit but those finer than a hundredth."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.exact import EXACT, divided, percent, plain
from perfrules.words.amounts import grouped

__all__ = ["Scale", "figure", "scale_over", "ticks"]


class Scale(NamedTuple):
    """The figures from `low` to `high` along a picture, from the coordinate `start` to `end`."""

    low: Decimal
    high: Decimal
    start: int
    end: int

    def at(self, value: Decimal) -> Decimal:
        """The coordinate of a figure, in hundredths; those outside stand at the end."""
        inside = min(max(value, self.low), self.high)
        way = EXACT.multiply(EXACT.subtract(inside, self.low), Decimal(self.end - self.start))
        return self.start + divided(way, EXACT.subtract(self.high, self.low), 2, "half_up")


_FACTORS: Final = tuple(map(Decimal, ("1", "2", "2.5", "5", "10", "20", "100")))


def ticks(
    low: Decimal, high: Decimal, about: int = 5, *, whole: bool = False
) -> tuple[Decimal, ...]:
    """Round figures that reach from `low` to `high`: multiples of 1, 2, 2.5 or 5 times a power of
    ten; at least two, the first not above `low`, the last not below `high`. With `whole` all are
    whole numbers: things are counted."""
    if high <= low:
        high = low + max(abs(low), Decimal(1))
    with_in = EXACT.subtract(high, low)
    power = divided(with_in, Decimal(about), 10, "up").adjusted()
    if whole:
        power = max(power, 0)
    for factor in _FACTORS:
        step = factor.scaleb(power)
        fits = not whole or step == step.to_integral_value()
        if fits and step * about >= with_in:
            break
    first = divided(low, step, 0, "floor")
    last = divided(high, step, 0, "ceiling")
    return tuple(step * number for number in range(int(first), int(last) + 1))


def scale_over(
    values: Sequence[Decimal], start: int, end: int
) -> tuple[Scale, tuple[Decimal, ...]]:
    """A scale from nought, or from the lowest figure where that is below it, and its ticks: whole
    numbers where all figures are."""
    whole = all(value == value.to_integral_value() for value in values)
    found = ticks(min([Decimal(0), *values]), max([Decimal(0), *values]), whole=whole)
    return Scale(found[0], found[-1], start, end), found


def figure(value: Decimal, *, is_ratio: bool = False, places: int = 0) -> str:
    """A figure as it is written beside a picture: `1,250,000`, `87.5%`; with at least so many
    `places` behind the point, where it is no percentage."""
    if is_ratio:
        return percent(value)
    written = plain(value)
    return grouped(format(value, f".{max(places, len(written.partition('.')[2]))}f"))
