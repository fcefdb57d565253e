"""The target cascade as the cycle turned out: what every goal and part reached."""

from dataclasses import dataclass
from decimal import Decimal

from perfrules.model.rounding import Rounding
from perfrules.model.targets import Dimension, Goal

__all__ = ["BreakdownReached", "CascadeReached", "GoalReached"]


@dataclass(frozen=True, slots=True)
class GoalReached:
    """A goal, or a part of one, and what it reached.

    `actual` is None where no figure is known, or not all of them: `without` names the parts that
    have none, and `so_far` is the sum of the others. `attainment` and `share` (of the target
    above) are ratios, rounded as the file says; `met` compares the exact figures. Each is None
    where it cannot be told. `label` is the person's or unit's name, if the data have one. The
    target of `goal` is the one that counts; where it was changed within the cycle, `before` is that
    of the file. `served_by` are the goals, measured otherwise, that are to bring this one about.
    """

    goal: Goal
    label: str
    actual: Decimal | None
    so_far: Decimal | None
    without: tuple[str, ...]
    attainment: Decimal | None
    met: bool | None
    share: Decimal | None
    breakdowns: tuple["BreakdownReached", ...]
    served_by: tuple["GoalReached", ...] = ()
    before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BreakdownReached:
    """The parts of one or more dimensions together: the sum of their targets (None for means) and
    what they reached together, as `GoalReached`. `counts` says that the goal's own figure is this
    one."""

    dimensions: tuple[Dimension, ...]
    target: Decimal | None
    actual: Decimal | None
    counts: bool
    parts: tuple[GoalReached, ...]


@dataclass(frozen=True, slots=True)
class CascadeReached:
    """All goals of a cycle, by priority. `percent` and `division` say how was rounded."""

    cycle: str
    goals: tuple[GoalReached, ...]
    percent: Rounding
    division: Rounding
