"""What a goal says beside its number: definite words, and dates within the period."""

import datetime
from collections.abc import Iterator

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Span
from perfrules.intake.cells.vague_words import hedge, vague_word
from perfrules.model.targets import Goal, Targets

__all__ = ["check_plans"]

_DUE = Text("完成日期", "the due date")
_MILESTONE = Text("里程碑", "the milestone")
_ACTION = Text("行动", "the action")


def check_plans(goal: Goal, targets: Targets) -> Iterator[Diagnostic]:
    """Vague words in what is promised, and days on which the period has not begun or is over."""
    yield from _is_definite(goal)
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
        told = (
            one.share is not None and one.needed is None
        )  # no share of a period that is not there
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


def _is_definite(goal: Goal) -> Iterator[Diagnostic]:
    texts = [(goal.title, goal.title_place)] if goal.title else []
    texts += [(one.title, one.place) for one in goal.milestones]
    texts += [(one.title, one.place) for one in goal.actions]
    plain = [(one.method, one.place) for one in goal.actions if one.method]
    plain += [(one.counter_measure, one.place) for one in goal.risks]
    # How something is done needs no number, so that aims are not looked for there.
    for find, found in ((vague_word, texts), (hedge, plain)):
        for title, place in found:
            word = next(filter(None, map(find, dict.fromkeys(title))), None)
            if word is not None:
                yield Diagnostic("vague-words", place, {"word": word}, severity="warning")
