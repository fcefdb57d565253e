"""A scorecard: what is known of one subject in one cycle, each value with its origin."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

__all__ = [
    "GIVEN",
    "Cycle",
    "Datum",
    "EventRecord",
    "Measure",
    "Origin",
    "Presence",
    "Scorecard",
    "Value",
]

Value = Decimal | str | bool
"""A number, a word (a level, a department) or a yes or no."""


class Origin(NamedTuple):
    """Where a value was found: the place in a file, and what the row says of its source."""

    place: str = ""
    source: str = ""
    as_of: str = ""
    evidence: str = ""


GIVEN = Origin()
"""The origin of a value that a program handed in."""


class Datum(NamedTuple):
    """One value and where it comes from. A value that is missing has no datum."""

    value: Value
    origin: Origin = GIVEN


@dataclass(frozen=True, slots=True)
class Measure:
    """What the data say of one indicator; None where they say nothing.

    `actual` is a number, a level's word, or whether something was done. `ratings` maps a
    group to its ratings in the order of the data.
    """

    actual: Datum | None = None
    target: Datum | None = None
    baseline: Datum | None = None
    ratings: Mapping[str, tuple[Datum, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventRecord:
    """How often an event was recorded, or the points that each of its records names: one of the
    two, never both."""

    count: Datum | None = None
    points: tuple[Datum, ...] = ()


@dataclass(frozen=True, slots=True)
class Cycle:
    """The appraisal cycle: its dates (both inclusive) and the facts that all subjects share."""

    id: str
    start: datetime.date
    end: datetime.date
    kind: str | None = None
    facts: Mapping[str, Datum] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """How many days the cycle has, first and last included."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Presence:
    """From when to when the subject was there; None where before or beyond the cycle."""

    joined: datetime.date | None = None
    left: datetime.date | None = None
    joined_origin: Origin = GIVEN
    left_origin: Origin = GIVEN


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All that is known of one subject in one cycle.

    `proration` is a share of the cycle (a ratio) where the data state one, else the dates
    from which it is worked out. `cycle` may be None where no rule reads it.
    """

    subject: str
    measures: Mapping[str, Measure] = field(default_factory=dict)
    events: Mapping[str, EventRecord] = field(default_factory=dict)
    person: Mapping[str, Datum] = field(default_factory=dict)
    cycle: Cycle | None = None
    proration: Datum | Presence = field(default_factory=Presence)
