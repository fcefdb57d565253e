"""The shape of a rule: straight pieces with their ends, which belong to them or do not."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from perfrules.codes.code import Text
from perfrules.exact import EXACT, divided

__all__ = ["Curve", "End", "Piece", "Point"]


class End(NamedTuple):
    """Where a piece begins or ends, and whether this place belongs to it (a filled dot)."""

    at: Decimal
    closed: bool


class Point(NamedTuple):
    """A point that a piece goes through, exactly."""

    x: Decimal
    y: Decimal


class Piece(NamedTuple):
    """A straight line from `start` to `end`, None where it goes on without an end.

    The line is that through two of its points, the first left of the second, which stand at the
    ends of the piece where it has any. `name` says what it is called, such as a grade.
    """

    start: End | None
    end: End | None
    first: Point
    second: Point
    name: str = ""

    @property
    def is_flat(self) -> bool:
        """Whether it is a step."""
        return self.first.y == self.second.y

    def holds(self, x: Decimal) -> bool:
        """Whether a figure lies on the piece."""
        if self.start and not (x > self.start.at or (self.start.closed and x == self.start.at)):
            return False
        end = self.end
        return end is None or x < end.at or (end.closed and x == end.at)

    def height(self, x: Decimal) -> Decimal:
        """The value at a figure: exact where it ends within ten places, else rounded half up."""
        if self.is_flat or x == self.first.x:
            return self.first.y
        if x == self.second.x:
            return self.second.y
        wide = EXACT.subtract(self.second.x, self.first.x)
        rise = EXACT.subtract(self.second.y, self.first.y)
        way = EXACT.multiply(EXACT.subtract(x, self.first.x), rise)
        return EXACT.add(self.first.y, divided(way, wide, 10, "half_up"))


@dataclass(frozen=True, slots=True)
class Curve:
    """What a rule gives for each value of one figure.

    `across` names the figure, `up` the value; the two flags say which of them are written as
    percentages. `pieces` go from low to high, and every figure that the rule takes lies on one of
    them; with `goes_on` there are more steps after the last one that is drawn. `limits` are figures
    that the value is cut at later, with their names, `notes` sentences about what else the rule
    looks at. `about` are the ends that are rounded to ten places, since they do not end.
    """

    title: Text
    across: Text
    up: Text
    across_is_ratio: bool
    up_is_ratio: bool
    pieces: tuple[Piece, ...]
    limits: tuple[tuple[Text, Decimal], ...] = ()
    notes: tuple[Text, ...] = ()
    about: frozenset[Decimal] = frozenset()
    goes_on: bool = False

    def piece_at(self, x: Decimal) -> Piece | None:
        """The piece that a figure lies on; None where the rule does not take it."""
        return next((piece for piece in self.pieces if piece.holds(x)), None)

    @property
    def knots(self) -> tuple[Decimal, ...]:
        """Where pieces begin and end, from low to high."""
        ends = (end.at for piece in self.pieces for end in (piece.start, piece.end) if end)
        return tuple(sorted(set(ends)))
