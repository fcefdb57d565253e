"""A target that was changed within the cycle: the last one counts, or each for its time; and how
values are weighted by time."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from perfrules.codes.code import Text
from perfrules.evaluation.trace import Refusal, Trace, number
from perfrules.exact import divided
from perfrules.model.appraisal import Operand, Rule, Step
from perfrules.model.datum import Datum
from perfrules.model.scorecard import FactChange, TargetChange

__all__ = ["changed_target", "mean_by_time", "times_in_force"]

_WHOLE_MONTHS = Text(
    "按月加权时，周期须为整月，目标须自某月 1 日起调整",
    "weighted by months, the cycle has whole months and a change begins on the first of one",
)


class Bounds(Protocol):
    """Who knows the first and the last day of the cycle."""

    def bound(self, name: str) -> Step: ...


def changed_target(
    trace: Trace, names: Bounds, path: str, before: Step, changes: tuple[TargetChange, ...]
) -> Step:
    """The target that the changes make of the one `before`."""
    rule = trace.policy.target_changes
    assert rule is not None  # whoever takes changes in has looked
    steps = [trace.given(f"{path}.change.{row}", one.new) for row, one in enumerate(changes, 1)]
    if rule.weighting == "none":
        operands = (before, *steps)
        return trace.add(path, "datum", "changed", operands, steps[-1].value, rule=rule)
    if trace.scorecard.cycle is None:
        raise Refusal("missing-cycle", "", name=path)
    bounds = names.bound("from"), names.bound("to")
    times = times_in_force(trace, path, changes, bounds, rule.weighting)
    return mean_by_time(trace, path, (before, *steps), times, rule)


def mean_by_time(
    trace: Trace, path: str, values: tuple[Step, ...], times: list[Step], rule: Rule
) -> Step:
    """The values, each weighted by its time: one sum, divided and rounded once."""
    pairs = [*zip(values, times, strict=True)]
    value = sum((number(target) * number(time) for target, time in pairs), Decimal(0))
    flat: tuple[Operand, ...] = tuple(step for pair in pairs for step in pair)
    total = trace.add(f"{path}.sum", "datum", "sum_product", flat, value)
    weight = sum((number(time) for time in times), Decimal(0))
    weights = trace.add(f"{path}.weights", "datum", "sum", tuple(times), weight)
    rounding = trace.policy.rounding.division
    mean = divided(value, weight, rounding.places, rounding.mode)
    return trace.add(path, "datum", "divide", (total, weights), mean, rule=rule, rounding=rounding)


def times_in_force(
    trace: Trace,
    path: str,
    changes: Sequence[TargetChange | FactChange],
    bounds: tuple[Step, Step],
    unit: str,
) -> list[Step]:
    """For how many days or months each value was in force, from the first day to the last."""
    first, last = bounds
    since = [
        trace.given(f"{path}.since.{row}", Datum(one.day.isoformat(), one.new.origin))
        for row, one in enumerate(changes, 1)
    ]
    starts = [first, *since]
    times = []
    for row, start in enumerate(starts):
        end = starts[row + 1] if row + 1 < len(starts) else last
        until = row + 1 < len(starts)
        count = _between(_day(start), _day(end), unit, until=until)
        if count is None:
            raise Refusal("change-mid-month", changes[0].new.origin.place, why=_WHOLE_MONTHS)
        operation = f"{unit}_until" if until else unit
        both = (start, end)
        times.append(trace.add(f"{path}.for.{row}", "datum", operation, both, Decimal(count)))
    return times


def _day(step: Step) -> datetime.date:
    return datetime.date.fromisoformat(str(step.value))


def _between(start: datetime.date, end: datetime.date, unit: str, *, until: bool) -> int | None:
    """Days or months from `start` to `end`, which is excluded where `until`; None where the
    months are not whole."""
    stop = end if until else end + datetime.timedelta(days=1)
    if unit == "days":
        return (stop - start).days
    if start.day != 1 or stop.day != 1:
        return None
    return (stop.year - start.year) * 12 + stop.month - start.month
