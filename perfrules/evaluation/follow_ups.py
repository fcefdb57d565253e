"""What a result sets going, and what is shown beside it: plans, talks, objectives, the last
cycle."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfrules.diagnostics import Diagnostic
from perfrules.evaluation.expression import condition
from perfrules.evaluation.names import Names
from perfrules.evaluation.rounding import divide_as
from perfrules.evaluation.trace import Refusal, Trace, number
from perfrules.exact import plain
from perfrules.model.appraisal import Operand, Outcome, Step
from perfrules.model.datum import Datum
from perfrules.model.following import FollowUp
from perfrules.model.history import Past, PastMeasure
from perfrules.model.scorecard import Objective

__all__ = ["followed_up", "last_cycle", "objectives"]


def followed_up(trace: Trace, names: Names, rule: FollowUp) -> Step:
    """Whether the follow-up is set going, with the day on which it is due."""
    path = f"follow_ups.{rule.name}"
    met = condition(trace, f"{path}.when", "follow_up", rule.when, names.anywhere)
    operands: tuple[Operand, ...] = (met,)
    if met.value and rule.due_days is not None and trace.scorecard.cycle is not None:
        start = names.told()
        day = datetime.date.fromisoformat(str(start.value))
        try:
            due = day + datetime.timedelta(days=int(rule.due_days.value))
        except OverflowError:
            raise Refusal("number-out-of-range", rule.place, name=rule.name) from None
        both = (start, rule.due_days)
        step = trace.add(f"{path}.due", "follow_up", "due", both, due.isoformat(), rule=rule)
        operands = (met, step)
    outcome: Outcome = "applied" if met.value else "skipped"
    return trace.add(path, "follow_up", "follow_up", operands, bool(met.value), outcome, rule)


def objectives(trace: Trace, found: tuple[Objective, ...]) -> Iterator[Diagnostic]:
    """The means of the objectives' key results, and of the objectives: never part of a total.

    A key result that is no number from 0 to 1 costs its objective the mean, and OKR as a whole
    with it; nothing else. It is a warning; what is no number at all, the data have been told of.
    """
    means: list[Step] = []
    for row, objective in enumerate(found, 1):
        path = f"okr.{row}"
        trace.given(f"{path}.objective", objective.title, "objective")
        results = [
            trace.given(f"{path}.{place}", datum, "objective")
            for place, datum in enumerate(objective.key_results, 1)
        ]
        for step in results:
            if isinstance(step.value, Decimal) and not _counts(step):
                facts = {"name": step.path, "value": plain(step.value), "low": "0", "high": "1"}
                place = step.origin.place if step.origin else None
                yield Diagnostic("out-of-range", place, facts, severity="warning")
        if all(_counts(step) for step in results):
            means.append(_mean(trace, path, tuple(results)))
    if means and len(means) == len(found):
        _mean(trace, "okr", tuple(means))


def last_cycle(trace: Trace, past: Past | None) -> None:
    """What became of the subject in the last cycle that was as long: shown, read by no rule."""
    if past is None:
        return
    trace.given("last.cycle", Datum(past.cycle))
    for what, datum in (("total", past.total), ("grade", past.grade)):
        if datum is not None:
            trace.given(f"last.{what}", datum)
    for indicator in trace.policy.indicators:
        measure = past.measures.get(indicator.name, _NOTHING)
        for what in ("actual", "attainment", "score"):
            datum = getattr(measure, what)
            if datum is not None:
                trace.given(f"last.{indicator.name}.{what}", datum)


_NOTHING: Final = PastMeasure()


def _mean(trace: Trace, path: str, steps: tuple[Step, ...]) -> Step:
    rounding = trace.policy.rounding.division
    total = sum((number(step) for step in steps), Decimal(0))
    value = divide_as(total, Decimal(len(steps)), rounding)
    return trace.add(path, "objective", "objective_mean", steps, value, rounding=rounding)


def _counts(step: Step) -> bool:
    return isinstance(step.value, Decimal) and 0 <= step.value <= 1
