"""The year so far: an indicator's figures of all cycles of the year, and what was paid before.

A cycle belongs to the year in which it ends. All earlier cycles of the subject stand in the trace,
with their days, as soon as one of these names is read.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

from perfrules.evaluation.trace import Refusal, Trace, number
from perfrules.formula import summed_of
from perfrules.model.appraisal import Step
from perfrules.model.datum import Datum
from perfrules.model.history import Past, PastMeasure

__all__ = ["so_far", "year_of"]

_NOTHING: Final = PastMeasure()


class _Names(Protocol):
    trace: Trace

    def anywhere(self, name: str) -> Step: ...

    def bound(self, name: str) -> Step: ...


class _Earlier(NamedTuple):
    """An earlier cycle, under the number by which the trace calls it: 1 is the newest."""

    number: int
    past: Past


def so_far(names: _Names, name: str) -> Step:
    """The value of `year.sales.actual`, `year.paid.bonus` or `paid.bonus`."""
    trace = names.trace
    if name in trace.steps:
        return trace.steps[name]
    if trace.scorecard.in_cycle_part or trace.scorecard.segments:
        raise Refusal("year-of-segment", "", name=name)
    figure = summed_of(name)
    own = names.anywhere(figure) if figure is not None else None
    earlier = _told(names)
    if name.startswith("year."):
        earlier = _of_the_year(names, earlier)
    if figure is None or own is None:
        return _paid(trace, name, earlier)
    return _summed(trace, name, figure, own, earlier)


def year_of(day: datetime.date, declared: datetime.date | None) -> datetime.date:
    """The first day of the year that a day lies in; years begin on the month and day of
    `declared`, else on 1 January."""
    month, first = (1, 1) if declared is None else (declared.month, declared.day)
    begun = [one for one in (_day(day.year, month, first), _day(day.year - 1, month, first))
             if one <= day]  # fmt: skip
    return begun[0]


def _day(year: int, month: int, day: int) -> datetime.date:
    """A day of the year; 29 February is 1 March where there is none."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return datetime.date(year, 3, 1)


def _told(names: _Names) -> list[_Earlier]:
    """All earlier cycles, the oldest first; they are written down the newest first."""
    trace = names.trace
    found = [_Earlier(row, past) for row, past in enumerate(trace.scorecard.history, 1)]
    if found and "past.1.cycle" not in trace.steps:
        for row, past in found:
            trace.given(f"past.{row}.cycle", Datum(past.cycle))
            if past.start is not None and past.end is not None:
                trace.given(f"past.{row}.from", Datum(past.start.isoformat()))
                trace.given(f"past.{row}.to", Datum(past.end.isoformat()))
    return found[::-1]


def _of_the_year(names: _Names, earlier: Sequence[_Earlier]) -> list[_Earlier]:
    """Those that end in the same year as the cycle, or of which nobody says when they were."""
    trace = names.trace
    cycle, is_dated = trace.scorecard.cycle, any(one.past.is_dated for one in earlier)
    if not is_dated:
        return list(earlier)
    if cycle is None:
        raise Refusal("missing-cycle", "", name="year")
    if "year.from" not in trace.steps:
        operands: tuple[Step, ...] = (names.bound("to"),)
        if cycle.year is not None:
            operands = (*operands, trace.given("year.declared", cycle.year))
        declared = cycle.year and datetime.date.fromisoformat(str(cycle.year.value))
        first = year_of(cycle.end, declared).isoformat()
        trace.add("year.from", "datum", "year_from", operands, first)
    first = str(trace.steps["year.from"].value)
    return [one for one in earlier
            if not one.past.is_dated or str(one.past.end) >= first]  # fmt: skip


def _summed(
    trace: Trace, name: str, figure: str, own: Step, earlier: Sequence[_Earlier]
) -> Step:  # fmt: skip
    """The figures of the cycles of the year, the present one last."""
    if not isinstance(own.value, Decimal):
        place = own.origin.place if own.origin is not None else ""
        raise Refusal("not-a-figure", place, name=figure, value=own.value)
    indicator, _, what = figure.partition(".")
    addends, known = list[Step](), list[_Earlier]()
    for one in earlier:
        datum = getattr(one.past.measures.get(indicator, _NOTHING), what)
        step = _addend(trace, one, figure, datum, is_told=one.past.has_all_figures)
        addends.append(step)
        if datum is not None:
            known.append(one)
    _refuse_overlaps(trace, figure, known)
    value = sum((number(step) for step in (*addends, own)), Decimal(0))
    return trace.add(name, "datum", "year_sum", (*addends, own), value)


def _paid(trace: Trace, name: str, earlier: Sequence[_Earlier]) -> Step:
    """What was paid under an id in the earlier cycles."""
    plan = name.rpartition(".")[2]
    addends = tuple(
        _addend(trace, one, f"pay.{plan}", one.past.pay.get(plan), is_told=one.past.has_all_pay)
        for one in earlier
    )
    value = sum((number(step) for step in addends), Decimal(0))
    return trace.add(name, "datum", "paid_sum", addends, value)


def _addend(trace: Trace, one: _Earlier, what: str, datum: Datum | None, *, is_told: bool) -> Step:
    """A figure of an earlier cycle; nought where it is certain that there was none."""
    path = f"past.{one.number}.{what}"
    if path in trace.steps:
        return trace.steps[path]
    if datum is None:
        if not is_told:
            raise Refusal("figure-not-in-history", "", name=what, cycle=one.past.cycle)
        return trace.add(path, "datum", "not_there", (), Decimal(0), "missing")
    step = trace.given(path, datum)
    if not isinstance(step.value, Decimal):
        raise Refusal("not-a-figure", datum.origin.place, name=what, value=step.value)
    return step


def _refuse_overlaps(trace: Trace, figure: str, known: Sequence[_Earlier]) -> None:
    """What is counted twice where two of the cycles share a day."""
    cycle = trace.scorecard.cycle
    spans = [(past.start, past.end, past.cycle) for _, past in known if past.is_dated]
    if not spans or cycle is None:
        return
    spans.append((cycle.start, cycle.end, cycle.id))
    spans.sort(key=lambda one: (str(one[0]), str(one[1]), one[2]))
    for first, second in pairwise(spans):
        if str(second[0]) <= str(first[1]):
            facts = {"name": figure, "first": first[2], "second": second[2]}
            raise Refusal("history-overlaps", "", **facts)
