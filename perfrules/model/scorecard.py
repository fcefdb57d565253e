"""A scorecard: what is known of one subject in one cycle, each value with its origin."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from perfrules.codes.code import Text
from perfrules.model.calendar import WorkCalendar
from perfrules.model.datum import GIVEN, Datum, Origin, Value
from perfrules.model.history import Past

__all__ = [
    "GIVEN",
    "MOVED_BY_SEGMENTS",
    "NO_FIGURES",
    "Absence",
    "Cycle",
    "Datum",
    "DueChange",
    "EventRecord",
    "FactChange",
    "Measure",
    "Member",
    "Objective",
    "Origin",
    "Presence",
    "Revision",
    "Scorecard",
    "Segment",
    "TargetChange",
    "Value",
]


NO_FIGURES: Final[Mapping[str, Datum]] = MappingProxyType({})
"""Shared by all measures without further figures: there are millions."""


class TargetChange(NamedTuple):
    """A target that replaces another from `day` on; `new` has the reason and who approved it.

    `old` is None where nobody said which it replaces.
    """

    day: datetime.date
    old: Datum | None
    new: Datum


class FactChange(NamedTuple):
    """A value of a column of the person that replaces another from `day` on; `new` has the reason
    and who approved it."""

    day: datetime.date
    new: Datum


MOVED_BY_SEGMENTS: Final = ("role", "team", "department", "project")
"""Columns that say where somebody belongs: who moves has segments."""


class Absence(NamedTuple):
    """Days from `start` to `end`, both included, on which the subject was away, and of what kind
    (unpaid leave, sickness)."""

    kind: str
    start: datetime.date
    end: datetime.date
    origin: Origin = GIVEN


class DueChange(NamedTuple):
    """A due date of a target that replaces another from `day` on; `origin` has the reason and who
    approved it."""

    indicator: str
    day: datetime.date
    old: datetime.date
    new: datetime.date
    origin: Origin


class Member(NamedTuple):
    """A member's figure that a unit's is rolled up from, under a pseudonym, and its weight."""

    figure: Datum
    weight: Datum | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What the data say of one indicator; None where they say nothing.

    `actual` is a number, a level's word, or whether something was done. `ratings` maps a
    group to its ratings in the order of the data. `changes` are those of the target that hold, by
    date; `members` and `member_targets` what is rolled up, in the order of the pseudonyms;
    `figures` has what the indicator declares besides. `weight` is a ratio, looked at where the
    policy says `weight: given`.
    """

    actual: Datum | None = None
    target: Datum | None = None
    baseline: Datum | None = None
    ratings: Mapping[str, tuple[Datum, ...]] = field(default_factory=dict)
    changes: tuple[TargetChange, ...] = ()
    members: tuple[Member, ...] = ()
    member_targets: tuple[Member, ...] = ()
    figures: Mapping[str, Datum] = field(default_factory=lambda: NO_FIGURES)
    weight: Datum | None = None


@dataclass(frozen=True, slots=True)
class EventRecord:
    """How often an event was recorded, or the points that each of its records names: one of the
    two, never both."""

    count: Datum | None = None
    points: tuple[Datum, ...] = ()


@dataclass(frozen=True, slots=True)
class Cycle:
    """The appraisal cycle: its dates (both inclusive) and the facts that all subjects share.

    `announced` is the day on which results are told. `year` is the first day of a year other than
    the calendar's: each year begins on its month and day. `calendar` has the working days, where a
    policy counts them; None for Monday to Friday.
    """

    id: str
    start: datetime.date
    end: datetime.date
    kind: str | None = None
    facts: Mapping[str, Datum] = field(default_factory=dict)
    announced: datetime.date | None = None
    title: Text | None = None
    year: Datum | None = None
    calendar: WorkCalendar | None = None

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


class Revision(NamedTuple):
    """A calibration or an appeal: a dated entry that puts `after` in the place of `before`.

    `what` is `total`, `grade`, or `<indicator>.score`, `.actual` or `.target`. `after` names the
    reason and who approved it.
    """

    kind: Literal["calibration", "appeal"]
    what: str
    before: Datum
    after: Datum


class Objective(NamedTuple):
    """An objective (OKR) and its key results, each from 0 to 1; the text of a key result is its
    origin's `source`."""

    title: Datum
    key_results: tuple[Datum, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """What came of one of the roles that somebody held one after the other: its days, its total
    and payouts, and its indicators' figures by name (`sales.attainment`), each from its record.
    `cap` is the grade that a veto in it left, `lowered` that a veto took something off its pay;
    None where none did."""

    record: str
    days: Datum
    total: Datum
    pay: Mapping[str, Datum]
    figures: Mapping[str, Datum]
    cap: Datum | None = None
    lowered: Datum | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All that is known of one subject in one cycle.

    `proration` is a share of the cycle (a ratio) where the data state one, else the dates
    from which it is worked out. `cycle` may be None where no rule reads it.

    `units` has what is known of the team, department or project that the subject belongs to:
    `{"team": {"total": …, "fund": …}}`. `history` has earlier cycles, the newest first; `last` is
    the newest that was as long as this one, which is shown beside the result. `segments` are
    there where the subject moved within the cycle; they are then all that is judged.
    `in_cycle_part` is true for one of those segments itself. `group` has figures of the subject's
    group that are given instead of worked out, as a policy test does. `changes` are those of the
    person's columns, `absences` the days away; both by date.
    """

    subject: str
    measures: Mapping[str, Measure] = field(default_factory=dict)
    events: Mapping[str, EventRecord] = field(default_factory=dict)
    person: Mapping[str, Datum] = field(default_factory=dict)
    cycle: Cycle | None = None
    proration: Datum | Presence = field(default_factory=Presence)
    units: Mapping[str, Mapping[str, Datum]] = field(default_factory=dict)
    history: tuple[Past, ...] = ()
    last: Past | None = None
    revisions: tuple[Revision, ...] = ()
    objectives: tuple[Objective, ...] = ()
    segments: tuple[Segment, ...] = ()
    in_cycle_part: bool = False
    group: Mapping[str, Datum] = field(default_factory=dict)
    changes: Mapping[str, tuple[FactChange, ...]] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()

    @property
    def days_there(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day of the cycle on which the subject was there (the last may
        come before the first: never); None without a cycle."""
        if self.cycle is None:
            return None
        there = self.proration if isinstance(self.proration, Presence) else Presence()
        joined, left = there.joined or self.cycle.start, there.left or self.cycle.end
        return max(joined, self.cycle.start), min(left, self.cycle.end)

    def held(self, column: str) -> list[FactChange]:
        """The changes of a column that came to hold: those from a day on which the subject was
        still there, or before."""
        changes, days = self.changes.get(column, ()), self.days_there
        return [one for one in changes if days is None or one.day <= days[1]]

    def last_fact(self, column: str) -> Datum | None:
        """What a column of the person says in the end."""
        held = self.held(column) if column in self.changes else ()
        return held[-1].new if held else self.person.get(column)
