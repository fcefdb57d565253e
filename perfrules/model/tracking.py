"""Progress during a cycle: what a policy wants to be warned of, and what there is to be seen.

Dates are days; figures are in the indicator's unit, attainments and limits are ratios.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, NamedTuple

from perfrules.codes.code import Text
from perfrules.model.declared import NAME, Block, Choice, key
from perfrules.model.kinds import ID, POSITIVE_COUNT, RATE, TEXT
from perfrules.model.targets import State
from perfrules.model.written import Constant, Placed

__all__ = [
    "Alarm",
    "Awaited",
    "Course",
    "Due",
    "Entry",
    "Every",
    "Gap",
    "Improvement",
    "MilestoneCheck",
    "Point",
    "ProgressWarning",
    "Tracking",
]

Every = Literal["week", "month", "quarter"]
Gap = Literal["reset", "skip"]
"""What a period without a figure does to a row of bad ones: it ends the row, or it is passed
over."""


# fmt: off


@dataclass(frozen=True, slots=True)
class ProgressWarning(Placed):
    """A warning is due where an indicator's attainment of the period's own target was below
    `below` (a ratio) in `times` periods in a row."""

    name: str
    block: ClassVar = Block("warning", "进度预警 · Warning",
        "例如连续两周低于周目标的 80%。",
        "For instance: two weeks in a row below 80% of the week's target.",
        Text("预警，例如 `{indicator: sales, every: week, below: 80%}`",
            "a warning such as `{indicator: sales, every: week, below: 80%}`"))
    title: Annotated[Text, key(TEXT,
        "名称 · Title",
        "预警的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.", example="进度落后", absent=NAME)]
    indicator: Annotated[str, key(ID,
        "指标 · Indicator", "关注哪一项指标。", "The indicator that is watched.",
        example="sales_amount", more=Text("须是数据为[数字](../../diagnostics/nothing-to-watch.md)的指标", "one whose figures are [numbers](../diagnostics/nothing-to-watch.md)"))]
    every: Annotated[Every, key(Choice(("每周 · every week", "每月 · every month", "每季度 · every quarter")),
        "频率 · Every", "多久看一次进度。", "How often progress is looked at.", example="week")]
    below: Annotated[Constant, key(RATE,
        "预警线 · Below",
        "进度低于当期目标的多少时预警，例如 80%。",
        "Below which share of the period's target, such as 80%.", example="80%", more=Text("须高于 0%；80% 本身不算低于 80%", "above 0%; 80% itself is not below 80%"))]
    times: Annotated[int, key(POSITIVE_COUNT,
        "连续次数 · Times",
        "连续几次低于预警线才提醒；不写则为一次。",
        "How many times in a row; once if absent.", example="2", unless=Text("一次", "once"), absent=1)]
    gap: Annotated[Gap, key(Choice(("重新计次 · it ends the row", "跳过这一期 · it is passed over")),
        "缺数据时 · Gap",
        "某一期没有数据时，连续次数是重新计还是跳过这一期；不写则重新计。",
        "Whether a period without a figure ends the row, or is passed over; it ends the row if absent.",
        example="skip", absent="reset")]


# fmt: on


class Entry(NamedTuple):
    """A row of progress: what was reached in the week or month whose last day is `day`.

    A figure is None where the row has none. `place` is the row's place in the data; `reason` is why
    it fell short, and `measure` what was done about it, as far as somebody wrote it down.
    """

    day: datetime.date
    actual: Decimal | None
    target: Decimal | None
    note: str = ""
    place: str = ""
    reason: str = ""
    measure: str = ""


class Improvement(NamedTuple):
    """A measure that was agreed upon with a subject: what for (`gap`), who sees to it, by when, how
    far it is (None where nobody said). `place` is its row's place in the data."""

    subject: str
    measure: str
    gap: str
    support: str
    owner: str
    due: datetime.date | None
    state: State | None
    note: str
    place: str
    name: str = ""

    def is_overdue(self, on: datetime.date) -> bool:
        """Whether it was due before a day, and is neither done nor given up."""
        return self.due is not None and self.due < on and self.state not in ("done", "dropped")


class Point(NamedTuple):
    """One week or month of a course. `attainment` is None where it cannot be had, `total` (the
    sum of the actuals so far) where there is no actual, or where figures do not add up."""

    day: datetime.date
    actual: Decimal | None
    target: Decimal | None
    attainment: Decimal | None
    total: Decimal | None
    note: str
    place: str
    reason: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How one indicator of one subject went, by date."""

    subject: str
    name: str
    indicator: str
    title: Text
    unit: str | None
    adds_up: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """A row of bad periods that is long enough to warn of.

    `periods` has the last day and the attainment of each; it was due on `due`, when there were
    enough of them. `is_open` says that no better period has come since.
    """

    subject: str
    name: str
    indicator: str
    indicator_title: Text
    warning: ProgressWarning
    periods: tuple[tuple[datetime.date, Decimal], ...]
    due: datetime.date
    is_open: bool


@dataclass(frozen=True, slots=True)
class MilestoneCheck:
    """A milestone of a goal and what was reached by its day (`as_of`: the last figure's day).

    `subject` is empty where the goal is nobody's who is judged (the company's, a region's).
    `status` is `unknown` where there are no figures to tell by, `ahead` where the day is still
    to come and not enough is reached.
    """

    goal: Text
    subject: str
    name: str
    indicator: str
    title: Text
    unit: str
    by: datetime.date
    needed: Decimal | None
    reached: Decimal | None
    as_of: datetime.date | None
    status: Literal["met", "missed", "ahead", "unknown"]
    place: str


@dataclass(frozen=True, slots=True)
class Awaited:
    """A figure that a subject's result cannot do without, and that is not there yet: the actual,
    or ratings of the groups named."""

    subject: str
    name: str
    indicator: str
    title: Text
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline's day. `days_left` counts working days from the day after today up to it, and
    is negative where it has passed."""

    id: str
    title: Text
    day: datetime.date
    days_left: int


@dataclass(frozen=True, slots=True)
class Tracking:
    """How a cycle stood on the day `on`. Alarms and courses stand in the order of the subjects."""

    cycle: str
    title: Text
    on: datetime.date
    courses: tuple[Course, ...]
    alarms: tuple[Alarm, ...]
    milestones: tuple[MilestoneCheck, ...]
    awaited: tuple[Awaited, ...]
    dues: tuple[Due, ...]
    improvements: tuple[Improvement, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether figures are missing although the deadline `data` has passed."""
        return bool(self.awaited) and any(
            due.id == "data" and due.day < self.on for due in self.dues
        )

    @property
    def needs_attention(self) -> bool:
        """Whether there is a warning, a milestone missed, a figure or a measure late."""
        missed = any(one.status == "missed" for one in self.milestones)
        late = any(one.is_overdue(self.on) for one in self.improvements)
        return bool(self.alarms) or missed or self.is_late or late
