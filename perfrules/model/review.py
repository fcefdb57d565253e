"""The list for the calibration meeting: who should be looked at, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from perfrules.codes.code import Text

__all__ = [
    "Before",
    "Disagreement",
    "Distance",
    "Extreme",
    "Flagged",
    "GroupFigures",
    "Jump",
    "Limits",
    "Reason",
    "Review",
    "Reviewed",
]


class Limits(NamedTuple):
    """What is still ordinary; whatever lies beyond is listed."""

    deviations: Decimal
    high: Decimal
    low: Decimal
    jump: Decimal
    spread: Decimal


class Before(NamedTuple):
    """A total of the cycle before: which cycle, where it is known, and where it stands."""

    total: Decimal
    cycle: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A person with a total. `group` is what the total is compared in, empty where the person is
    in none; `ratings` has each indicator's ratings by group of raters, in their order; `titles`
    what the person's policy calls its indicators."""

    person: str
    name: str
    group: str
    total: Decimal
    before: Before | None = None
    ratings: Mapping[str, Mapping[str, tuple[Decimal, ...]]] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)


class GroupFigures(NamedTuple):
    """A group's figures. Mean and standard deviation (of all members, so divided by their number)
    are rounded half up to two places, to be printed: nothing is decided by them. They are None in
    groups that are too small."""

    name: str
    size: int
    mean: Decimal | None
    deviation: Decimal | None


class Distance(NamedTuple):
    """The total is more than `deviations` standard deviations from the group's mean."""

    total: Decimal
    group: GroupFigures
    deviations: Decimal


class Extreme(NamedTuple):
    """The total is above or below a limit."""

    total: Decimal
    limit: Decimal
    above: bool


class Jump(NamedTuple):
    """The total changed by more than `limit`, up or down."""

    total: Decimal
    before: Before
    change: Decimal
    limit: Decimal


class Disagreement(NamedTuple):
    """Ratings of an indicator are more than `limit` apart: those of one group of raters, or the
    means of two groups (rounded half up to two places, to be printed)."""

    indicator: str
    low_group: str
    high_group: str
    lowest: Decimal
    highest: Decimal
    limit: Decimal

    @property
    def within(self) -> bool:
        """Whether it is one group that disagrees with itself."""
        return self.low_group == self.high_group


Reason = Distance | Extreme | Jump | Disagreement


class Flagged(NamedTuple):
    """A person to be looked at, and why."""

    person: Reviewed
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The list, sorted by group and person; `groups` by name; how many people were looked at, and
    of how many a total of the cycle before was known."""

    entries: tuple[Flagged, ...]
    groups: tuple[GroupFigures, ...]
    people: int
    with_before: int
    limits: Limits

    @property
    def small(self) -> tuple[GroupFigures, ...]:
        """The groups in which no distance was looked at."""
        return tuple(group for group in self.groups if group.mean is None)
