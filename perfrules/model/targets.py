"""The target cascade: goals, and how they are broken down to departments, teams, persons, regions.

Whatever a part takes from above (unit, date, indicator, …) is written out here.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from perfrules.codes.code import Text
from perfrules.diagnostics import Span
from perfrules.model.rounding import Rounding
from perfrules.model.scorecard import DueChange

__all__ = [
    "DIMENSIONS",
    "FEEDING",
    "TOGETHER",
    "Action",
    "Breakdown",
    "Dimension",
    "Goal",
    "Milestone",
    "Risk",
    "RollingUp",
    "State",
    "Targets",
]

Dimension = Literal[
    "department", "team", "person", "project", "region", "product", "channel", "customer"
]
DIMENSIONS: Final[tuple[Dimension, ...]] = (
    "department", "team", "person", "project", "region", "product", "channel", "customer",
)  # fmt: skip
FEEDING: Final[frozenset[Dimension]] = frozenset(("department", "team", "person", "project"))
"""Dimensions whose parts go by the id of somebody who is judged, and give that one its target."""

TOGETHER: Final = "together"
"""The key under which parts of several dimensions stand that add up with one another."""

RollingUp = Literal["sum", "mean", "weighted_mean"]
State = Literal["planned", "running", "done", "dropped"]
"""How far an action is, or a measure of improvement."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A check on the way to a goal.

    `needed` is what the sum since the period's first day has to be by the end of `by`, in the
    goal's unit; None where the milestone is done or not. `share` is the ratio that it came from.
    """

    title: Text
    by: datetime.date
    share: Decimal | None
    needed: Decimal | None
    place: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is done for a goal, and how (`method`); both days inclusive, `start` may be
    left open. `budget` is the money for it, in the currency of the file; None where none is named.
    `state` is how far it is, None where the file does not say."""

    title: Text
    start: datetime.date | None
    end: datetime.date
    owner: str
    resources: str
    method: Text | None
    place: Span = field(compare=False)
    budget: Decimal | None = None
    state: State | None = None
    budget_place: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Risk:
    """What may keep a goal from being reached, and what is done about it. `place` is that of the
    counter-measure."""

    title: Text
    counter_measure: Text
    owner: str
    place: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal (`dimension` is None), or a part of one.

    `target` is that of the whole period: `written` times `periods`, where the file states the
    target of each month or quarter. `unit` is empty, `target` and `due` are None where neither the
    part nor anything above it says. A part's `title` is None where it goes by its name alone.
    `over_assign` is a ratio. `serves` is the id of the goal that this one, measured otherwise,
    is to bring about; empty where none. `due_change` is how `due` became another one than the file
    says, within the cycle.
    """

    name: str
    dimension: Dimension | None
    title: Text | None
    priority: int | None
    indicator: str
    written: Decimal | None
    periods: int
    target: Decimal | None
    unit: str
    due: datetime.date | None
    direction: Literal["higher_is_better", "lower_is_better"]
    roll_up: RollingUp
    over_assign: Decimal
    owner: str
    executors: tuple[str, ...]
    supporters: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    actions: tuple[Action, ...]
    risks: tuple[Risk, ...]
    serves: str
    breakdowns: tuple["Breakdown", ...]
    place: Span = field(compare=False)
    target_place: Span = field(compare=False)
    title_place: Span = field(compare=False)
    due_place: Span = field(compare=False)
    serves_place: Span = field(compare=False)
    due_change: DueChange | None = None

    def walk(self) -> Iterator["Goal"]:
        """The goal itself, and every part below it, in the order of the file."""
        yield self
        for breakdown in self.breakdowns:
            for part in breakdown.parts:
                yield from part.walk()


@dataclass(frozen=True, slots=True)
class Breakdown:
    """All parts of a goal in one dimension, or in several `dimensions` together."""

    dimensions: tuple[Dimension, ...]
    parts: tuple[Goal, ...]
    place: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Targets:
    """A targets.yaml. `percent` rounds percentages, `division` quotients of means; `currency` is
    that of the budgets, empty where none is named."""

    goals: tuple[Goal, ...]
    start: datetime.date | None
    end: datetime.date | None
    percent: Rounding
    division: Rounding
    place: Span = field(compare=False)
    currency: str = ""

    def walk(self) -> Iterator[Goal]:
        """Every goal and part, in the order of the file."""
        for goal in self.goals:
            yield from goal.walk()
