"""A cascade along one dimension: the breakdowns that are it, or lead to it."""

from dataclasses import replace

from perfrules.model.cascade import CascadeReached, GoalReached
from perfrules.model.targets import Dimension

__all__ = ["along"]


def along(found: CascadeReached, dimension: Dimension) -> CascadeReached:
    """The goals with nothing but the breakdowns that are, or lead to, this dimension.

    What every node reached stays as it is. Goals that are not broken down that way are left out.
    """
    goals = (_along(goal, dimension) for goal in found.goals)
    return replace(found, goals=tuple(goal for goal in goals if goal is not None))


def _along(goal: GoalReached, dimension: Dimension) -> GoalReached | None:
    kept = []
    for breakdown in goal.breakdowns:
        here = dimension in breakdown.dimensions
        leads = {part.goal.place: _along(part, dimension) for part in breakdown.parts}
        if not here and not any(leads.values()):
            continue
        # Beside parts that lead there stand their siblings; beside parts that are it, nothing.
        shown = tuple(
            replace(part, breakdowns=())
            if part.goal.dimension == dimension
            else leads[part.goal.place] or replace(part, breakdowns=())
            for part in breakdown.parts
            if not here or part.goal.dimension == dimension or leads[part.goal.place]
        )
        kept.append(replace(breakdown, parts=shown))
    return replace(goal, breakdowns=tuple(kept)) if kept else None
