"""Milestones of the target cascade, against the progress made by their days."""

import datetime
import decimal
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from perfrules.codes.code import Text
from perfrules.exact import EXACT
from perfrules.model.targets import FEEDING, Goal, Milestone, Targets
from perfrules.model.tracking import Course, MilestoneCheck

__all__ = ["Courses", "milestone_checks"]

Courses = Mapping[tuple[str, str], Course]
"""By subject and indicator."""


class _Reached(NamedTuple):
    """A figure, and the day of the last row that is in it."""

    value: Decimal
    as_of: datetime.date


def milestone_checks(
    targets: Targets, courses: Courses, names: Mapping[str, str], on: datetime.date
) -> Iterator[MilestoneCheck]:
    """Every milestone of every goal and part, in the order of the file.

    What was reached is the sum of the progress with a date up to the milestone's; where figures
    do not add up (a rate, a cost) it is the last of them. A goal without progress of its own is
    the sum of its parts, provided that each of them has some and that they roll up as a sum.
    `names` has the subjects' names by id.
    """
    # The file may call a unit by its name, and the rows of progress stand under its id.
    alone = Counter(names.values())
    ids = {name: subject for subject, name in names.items() if name and alone[name] == 1}
    courses = {**_by_name(courses, ids), **courses}
    with decimal.localcontext(EXACT):
        for goal in targets.walk():
            for milestone in goal.milestones:
                yield _checked(goal, milestone, courses, names, on)


def _by_name(courses: Courses, ids: Mapping[str, str]) -> dict[tuple[str, str], Course]:
    """The courses once more, by the names of those whose names are theirs alone."""
    names = {subject: name for name, subject in ids.items()}
    return {
        (names[subject], indicator): course
        for (subject, indicator), course in courses.items()
        if subject in names
    }


def _checked(
    goal: Goal, milestone: Milestone, courses: Courses, names: Mapping[str, str], on: datetime.date
) -> MilestoneCheck:
    found = _reached(goal, courses, min(milestone.by, on))
    value = found.value if found else None
    return MilestoneCheck(
        goal=goal.title or Text(goal.name, goal.name),
        subject=goal.name if goal.dimension in FEEDING else "",
        name=names.get(goal.name, ""),
        indicator=goal.indicator,
        title=milestone.title,
        unit=goal.unit,
        by=milestone.by,
        needed=milestone.needed,
        reached=value,
        as_of=found.as_of if found else None,
        status=_status(goal, milestone, value, on),
        place=str(milestone.place),
    )


def _status(
    goal: Goal, milestone: Milestone, reached: Decimal | None, on: datetime.date
) -> Literal["met", "missed", "ahead", "unknown"]:
    if milestone.needed is not None and reached is not None:
        higher = goal.direction == "higher_is_better"
        met = reached >= milestone.needed if higher else reached <= milestone.needed
        if met and (higher or milestone.by <= on):
            return "met"
        if milestone.by <= on:
            return "missed"
    return "ahead" if milestone.by > on else "unknown"


def _reached(goal: Goal, courses: Courses, by: datetime.date) -> _Reached | None:
    """What a goal stood at on the day `by`; None where the rows do not tell."""
    own = courses.get((goal.name, goal.indicator)) if goal.dimension in FEEDING else None
    if own is not None:
        return _latest(own, by)
    if goal.roll_up != "sum":
        return None
    for breakdown in goal.breakdowns:
        parts = [_reached(part, courses, by) for part in breakdown.parts]
        found = [part for part in parts if part is not None]
        if found and len(found) == len(parts):
            total = sum((part.value for part in found), Decimal(0))
            return _Reached(total, min(part.as_of for part in found))
    return None


def _latest(course: Course, by: datetime.date) -> _Reached | None:
    for point in reversed(course.points):
        value = point.total if course.adds_up else point.actual
        if point.day <= by and value is not None:
            return _Reached(value, point.day)
    return None
