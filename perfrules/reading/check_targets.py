"""What a target cascade has to be beside well-formed: complete, unambiguous, adding up."""

import functools
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Related, Span
from perfrules.exact import EXACT, in_percent, percent, plain
from perfrules.model.targets import FEEDING, Breakdown, Dimension, Goal, Targets
from perfrules.reading.data.roster import identity
from perfrules.reading.vague_words import vague_word

__all__ = ["DIMENSION_NAMES", "check_targets", "shown_amount"]

Found = Iterator[Diagnostic]

MOST_GOALS: Final = 5
"""More core goals than this are none."""

MOST_SHOWN: Final = 10
"""So many parts of a sum are shown with the finding."""

DIMENSION_NAMES: Final[dict[Dimension, Text]] = {
    "department": Text("部门", "department"),
    "team": Text("团队", "team"),
    "person": Text("个人", "person"),
    "project": Text("项目", "project"),
    "region": Text("区域", "region"),
    "product": Text("产品线", "product line"),
    "channel": Text("渠道", "channel"),
    "customer": Text("客户类型", "kind of customer"),
}

_WHOLE: Final = Text("整体目标在此", "the whole is here")
_PART: Final = Text("其中一份在此", "a part is here")
_FIRST: Final = Text("先写在这里", "it first stands here")


def check_targets(targets: Targets) -> Found:
    """Everything that is wrong or doubtful in a cascade, seen by itself."""
    yield from _goals_are_few(targets)
    yield from _nobody_stands_twice(targets)
    for goal in targets.walk():
        yield from _is_complete(goal)
        yield from _is_definite(goal)
        for breakdown in goal.breakdowns:
            yield from _is_in_one_unit(goal, breakdown)
            yield from _adds_up(goal, breakdown)


def shown_amount(value: Decimal, unit: str) -> str:
    """A target as the file writes it: `12%`, or `80`."""
    return percent(value) if in_percent(unit) else plain(value)


def _goals_are_few(targets: Targets) -> Found:
    count = len(targets.goals)
    if count > MOST_GOALS:
        sixth = sorted(goal.place for goal in targets.goals)[MOST_GOALS]
        facts = {"count": count, "limit": MOST_GOALS}
        yield Diagnostic("too-many-goals", sixth, facts, severity="warning")


def _is_complete(goal: Goal) -> Found:
    """A number, a unit and a date; parts have the last two from above."""
    missing = []
    # A number that is written and cannot be read has been reported.
    if goal.target is None and goal.target_place == goal.place:
        missing.append(Text("数字（target）", "number (`target`)"))
    if goal.dimension is None:
        if not goal.unit:
            missing.append(Text("单位（unit）", "unit (`unit`)"))
        if goal.due is None:
            missing.append(Text("日期（due）", "date (`due`)"))
    if missing:
        words = Text(
            "、".join(one.zh for one in missing), " and no ".join(one.en for one in missing)
        )
        yield Diagnostic("goal-incomplete", goal.place, {"goal": goal.name, "missing": words})


def _is_definite(goal: Goal) -> Found:
    """No vague words in what is promised, and no milestone that comes too late."""
    texts = [(goal.title, goal.title_place)] if goal.title else []
    texts += [(one.title, one.place) for one in goal.milestones]
    texts += [(one.title, one.place) for one in goal.actions]
    for title, place in texts:
        word = next(filter(None, map(vague_word, dict.fromkeys(title))), None)
        if word is not None:
            yield Diagnostic("vague-words", place, {"word": word}, severity="warning")
    for milestone in goal.milestones:
        if goal.due is not None and milestone.by > goal.due:
            facts = {"by": milestone.by.isoformat(), "due": goal.due.isoformat()}
            yield Diagnostic("late-milestone", milestone.place, facts, severity="warning")


def _nobody_stands_twice(targets: Targets) -> Found:
    """Two targets of one person, or unit, for one indicator: which of them counts?"""
    first: dict[tuple[str, str], Span] = {}
    for goal in targets.walk():
        if goal.dimension in FEEDING:
            place = first.setdefault((identity(goal.name), goal.indicator), goal.place)
            if place != goal.place:
                facts = {"name": goal.name, "indicator": goal.indicator, "line": place.line}
                related = (Related(place, _FIRST),)
                yield Diagnostic("repeated-target", goal.place, facts, related)


def _is_in_one_unit(goal: Goal, breakdown: Breakdown) -> Found:
    """Parts of a sum or a mean count the same thing as their whole."""
    for part in breakdown.parts:
        if goal.unit and part.unit != goal.unit:
            facts = {"name": part.name, "unit": part.unit, "whole": goal.name, "wanted": goal.unit}
            yield Diagnostic("mixed-units", part.place, facts)


def _adds_up(goal: Goal, breakdown: Breakdown) -> Found:
    """Parts that are neither short of their whole nor too far over; those of means need not be."""
    amounts = [
        part.target
        for part in breakdown.parts
        if part.target is not None and part.unit == goal.unit
    ]
    whole = goal.target
    # What is left out here is reported already.
    unsound = not goal.unit or len(amounts) < len(breakdown.parts)
    if goal.roll_up != "sum" or whole is None or unsound:
        return
    total = functools.reduce(EXACT.add, amounts, Decimal(0))
    over = EXACT.subtract(total, whole)
    allowed = EXACT.multiply(whole, goal.over_assign)
    if not 0 <= over <= allowed:
        facts = {
            "goal": goal.name,
            "dimension": DIMENSION_NAMES[breakdown.dimension],
            "sum": shown_amount(total, goal.unit),
            "whole": shown_amount(whole, goal.unit),
            "difference": _difference(over, allowed, goal),
        }
        parts = (Related(part.target_place, _PART) for part in breakdown.parts[:MOST_SHOWN])
        related = (Related(goal.target_place, _WHOLE), *parts)
        yield Diagnostic("parts-do-not-add-up", breakdown.place, facts, related)


def _difference(over: Decimal, allowed: Decimal, goal: Goal) -> Text:
    size = shown_amount(over.copy_abs(), goal.unit)
    if over < 0:
        return Text(f"少 {size}", f"short by {size}")
    if not goal.over_assign:
        return Text(f"多 {size}", f"over by {size}")
    most = f"{percent(goal.over_assign)} = {shown_amount(allowed, goal.unit)}"
    return Text(f"多 {size}，最多可多 {most}", f"over by {size}, allowed {most}")
