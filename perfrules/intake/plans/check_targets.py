"""What a target cascade has to be beside well-formed: complete, unambiguous, adding up."""

import datetime
import functools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Related, Span, closest
from perfrules.exact import EXACT, percent
from perfrules.intake.cells.units import shown_amount
from perfrules.intake.cells.vague_words import hedge, vague_word
from perfrules.intake.people.ids import identity
from perfrules.model.targets import FEEDING, Breakdown, Dimension, Goal, Targets

__all__ = ["DIMENSION_NAMES", "check_targets", "dimensions_named"]

Found = Iterator[Diagnostic]

MOST_GOALS: Final = 5
"""More core goals than this are none."""

FEWEST_GOALS: Final = 3
"""Fewer core goals than this leave out what a department is there for."""

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

_DUE = Text("完成日期", "the due date")
_MILESTONE = Text("里程碑", "the milestone")
_ACTION = Text("行动", "the action")
_WHOLE: Final = Text("整体目标在此", "the whole is here")
_PART: Final = Text("其中一份在此", "a part is here")
_FIRST: Final = Text("先写在这里", "it first stands here")


def check_targets(targets: Targets) -> Found:
    """Everything that is wrong or doubtful in a cascade, seen by itself."""
    yield from _goals_are_few(targets)
    yield from _serve_other_goals(targets)
    yield from _nobody_stands_twice(targets)
    for goal in targets.walk():
        yield from _is_complete(goal)
        yield from _plans_are_definite(goal, targets)
        for breakdown in goal.breakdowns:
            yield from _is_in_one_unit(goal, breakdown)
        yield from _add_up(goal)


def dimensions_named(dimensions: Sequence[Dimension]) -> Text:
    """The dimensions of a breakdown: `团队和个人`, "team and person"."""
    names = [DIMENSION_NAMES[one] for one in dimensions]
    return Text("和".join(one.zh for one in names), " and ".join(one.en for one in names))


def _goals_are_few(targets: Targets) -> Found:
    """Three to five; a goal that others serve is carried out by those, and counts with them."""
    served = {goal.serves for goal in targets.goals}
    places = sorted(goal.place for goal in targets.goals if goal.name not in served)
    if len(places) > MOST_GOALS:
        facts = {"count": len(places), "limit": MOST_GOALS}
        yield Diagnostic("too-many-goals", places[MOST_GOALS], facts, severity="warning")
    if len(targets.goals) < FEWEST_GOALS:
        place = targets.goals[0].place
        facts = {"count": len(targets.goals), "limit": FEWEST_GOALS}
        yield Diagnostic("too-few-goals", place, facts, severity="warning")


def _serve_other_goals(targets: Targets) -> Found:
    """A goal that another serves is there, and does not serve that one in turn."""
    for part in targets.walk():
        if part.serves and part.dimension is not None:
            yield Diagnostic("part-serves", part.serves_place, {"name": part.name})
    served = {goal.name: goal.serves for goal in targets.goals}
    for goal in targets.goals:
        if not goal.serves:
            continue
        if goal.serves not in served:
            facts = {"goal": goal.serves, "suggestion": closest(goal.serves, served)}
            yield Diagnostic("unknown-goal", goal.serves_place, facts)
            continue
        way, at = [goal.name], goal.serves
        while at and at not in way:
            way.append(at)
            at = served.get(at, "")
        # Said once: at the first of the circle.
        if at == goal.name and min(way) == goal.name:
            facts = {"circle": " → ".join((*way, at))}
            yield Diagnostic("goals-serve-in-circle", goal.serves_place, facts)


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
    whole, total = goal.target, _sum_of(goal, breakdown)
    if goal.roll_up != "sum" or whole is None or total is None:
        return
    over = EXACT.subtract(total, whole)
    allowed = EXACT.multiply(whole, goal.over_assign)
    if not 0 <= over <= allowed:
        facts = {
            "goal": goal.name,
            "dimension": dimensions_named(breakdown.dimensions),
            "sum": shown_amount(total, goal.unit),
            "whole": shown_amount(whole, goal.unit),
            "difference": _difference(over, allowed, goal),
        }
        parts = (Related(part.target_place, _PART) for part in breakdown.parts[:MOST_SHOWN])
        related = (Related(goal.target_place, _WHOLE), *parts)
        yield Diagnostic("parts-do-not-add-up", breakdown.place, facts, related)


def _sum_of(goal: Goal, breakdown: Breakdown) -> Decimal | None:
    """What the parts make; None where one has no number or another unit, which is reported."""
    amounts = [
        part.target
        for part in breakdown.parts
        if part.target is not None and part.unit == goal.unit
    ]
    if not goal.unit or len(amounts) < len(breakdown.parts):
        return None
    return functools.reduce(EXACT.add, amounts, Decimal(0))


def _add_up(goal: Goal) -> Found:
    """Every breakdown by itself; where only all of them together make the whole, that is said."""
    sums = [_sum_of(goal, one) for one in goal.breakdowns]
    known = [one for one in sums if one is not None]
    if goal.roll_up == "sum" and goal.target is not None and len(known) == len(sums) > 1:
        together = functools.reduce(EXACT.add, known, Decimal(0))
        if together == goal.target and all(one < goal.target for one in known):
            facts = {
                "goal": goal.name,
                "dimension": dimensions_named(
                    [name for one in goal.breakdowns for name in one.dimensions]
                ),
                "whole": shown_amount(goal.target, goal.unit),
            }
            yield Diagnostic("parts-belong-together", goal.breakdowns[0].place, facts)
            return
    for breakdown in goal.breakdowns:
        yield from _adds_up(goal, breakdown)


def _difference(over: Decimal, allowed: Decimal, goal: Goal) -> Text:
    size = shown_amount(over.copy_abs(), goal.unit)
    if over < 0:
        return Text(f"少 {size}", f"short by {size}")
    if not goal.over_assign:
        return Text(f"多 {size}", f"over by {size}")
    most = f"{percent(goal.over_assign)} = {shown_amount(allowed, goal.unit)}"
    return Text(f"多 {size}，最多可多 {most}", f"over by {size}, allowed {most}")


def _plans_are_definite(goal: Goal, targets: Targets) -> Found:
    """Vague words in what is promised, and days on which the period has not begun or is over."""
    yield from _is_definite(goal)
    if not targets.currency:
        for action in goal.actions:
            if action.budget is not None:
                parent = "targets.yaml"
                place = action.budget_place
                yield Diagnostic("missing-key", place, {"key": "currency", "parent": parent})
    late = [one for one in goal.milestones if goal.due is not None and one.by > goal.due]
    for milestone in late:
        late_by = {"by": milestone.by.isoformat(), "due": str(goal.due)}
        yield Diagnostic("late-milestone", milestone.place, late_by, severity="warning")
    if targets.start is None or targets.end is None or targets.end < targets.start:
        return  # there is no period, or it is reported
    days: list[tuple[Text, datetime.date | None, Span]] = []
    if goal.due_place != goal.place:  # else it is that of the goal above
        days.append((_DUE, goal.due, goal.due_place))
    for one in goal.milestones:
        # No share of a period that is not there: that is reported.
        told = one.share is not None and one.needed is None
        if not told and one not in late:
            days.append((_MILESTONE, one.by, one.place))
    for action in goal.actions:
        days += [(_ACTION, day, action.place) for day in (action.start, action.end)]
    for what, day, place in days:
        if day is not None and not targets.start <= day <= targets.end:
            facts: dict[str, object] = {
                "what": what,
                "day": day.isoformat(),
                "start": targets.start.isoformat(),
                "end": targets.end.isoformat(),
            }
            yield Diagnostic("outside-period", place, facts, severity="warning")


def _is_definite(goal: Goal) -> Found:
    texts = [(goal.title, goal.title_place)] if goal.title else []
    texts += [(one.title, one.place) for one in goal.milestones]
    texts += [(one.title, one.place) for one in goal.actions]
    ways = [(one.method, one.place) for one in goal.actions if one.method]
    ways += [(one.counter_measure, one.place) for one in goal.risks]
    # How something is done needs no number, so that aims are not looked for there.
    for find, found in ((vague_word, texts), (hedge, ways)):
        for title, place in found:
            word = next(filter(None, map(find, dict.fromkeys(title))), None)
            if word is not None:
                yield Diagnostic("vague-words", place, {"word": word}, severity="warning")
