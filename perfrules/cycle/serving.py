"""Goals that serve another one: "revenue +30 %" is brought about by "new customers +40 %"."""

from collections.abc import Sequence
from dataclasses import replace

from perfrules.model.cascade import GoalReached

__all__ = ["serving"]


def serving(
    goal: GoalReached, goals: Sequence[GoalReached], above: frozenset[str] = frozenset()
) -> tuple[GoalReached, ...]:
    """The goals that serve `goal`, each with those that serve it in turn, and without its parts.

    They are other measures: what they reached is theirs and makes no sum. A circle, which is
    reported, is followed once round.
    """
    way = above | {goal.goal.name}
    return tuple(
        replace(one, breakdowns=(), served_by=serving(one, goals, way))
        for one in goals
        if one.goal.serves == goal.goal.name and one.goal.name not in way
    )
