"""Due dates that were changed within the cycle, put into the cascade."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perfrules.intake.from_tables import Subject
from perfrules.intake.people.ids import identity
from perfrules.model.scorecard import DueChange
from perfrules.model.targets import FEEDING, Goal, Targets

__all__ = ["with_new_dues"]


def with_new_dues(
    targets: Targets, subjects: Sequence[Subject], names: Mapping[str, str]
) -> Targets:
    """The cascade with the dates that are in force in the end; each goal that has another one than
    the file says knows the change (`due_change`, the last one). `names` has the names of units by
    their ids, by which a part may go as well.
    """
    found: dict[tuple[str, str], DueChange] = {}
    for one in subjects:
        subject = one.of or one.scorecard.subject
        for change in one.due_changes:
            for called in {subject, names.get(subject, subject)}:
                last = found.get((called, change.indicator))
                if last is None or last.day <= change.day:
                    found[called, change.indicator] = change
    if not found:
        return targets
    return replace(targets, goals=tuple(_changed(goal, found) for goal in targets.goals))


def _changed(goal: Goal, found: Mapping[tuple[str, str], DueChange]) -> Goal:
    breakdowns = tuple(
        replace(one, parts=tuple(_changed(part, found) for part in one.parts))
        for one in goal.breakdowns
    )
    change = found.get((identity(goal.name), goal.indicator))
    if change is None or goal.dimension not in FEEDING:
        return replace(goal, breakdowns=breakdowns)
    return replace(goal, breakdowns=breakdowns, due=change.new, due_change=change)
