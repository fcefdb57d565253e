"""The proration by the policy's own days: days there less days away, over the days of the cycle.

Days are those of the calendar, those that are worked, or 30 a month: then the last day of each
month is its 30th, whichever that is, and a 31st adds nothing (30E/360 of the ISDA definitions, from
the eve of the first day to the last).
"""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

from perfrules.evaluation.trace import Refusal, Trace, number
from perfrules.exact import divided
from perfrules.model.appraisal import Step
from perfrules.model.datum import Datum, Origin
from perfrules.model.scorecard import Absence
from perfrules.model.time import ProrationRule

__all__ = ["days_of_thirty", "prorated"]

_DAY: Final = datetime.timedelta(days=1)
_SATURDAY: Final = 5


class _Names(Protocol):
    trace: Trace

    def bound(self, name: str) -> Step: ...

    def days(self) -> Step: ...

    def there(self) -> tuple[Step, Step]: ...


class _Away(NamedTuple):
    """An absence in the trace: its first and last day there."""

    start: Step
    end: Step


def prorated(names: _Names, rule: ProrationRule, known: tuple[Step, ...]) -> Step:
    """The proration by a rule; `known` are the days of joining and leaving that the data have."""
    trace = names.trace
    cycle, days = trace.scorecard.cycle, trace.scorecard.days_there
    counted = [one for one in trace.scorecard.absences if one.kind in rule.less]
    counted.sort(key=lambda one: (one.start, one.end))
    if cycle is None or days is None:
        if known or counted:
            raise Refusal("missing-cycle", "", name="proration")
        return trace.add("proration", "proration", "whole_cycle", known, Decimal(1))
    first, last = days
    counted = [one for one in counted if one.start <= last and one.end >= first]
    if not counted and days == (cycle.start, cycle.end):
        return trace.add("proration", "proration", "whole_cycle", known, Decimal(1))
    start, end = names.there()
    away = [_told(trace, row, one) for row, one in enumerate(counted, 1)]
    _refuse_overlaps(counted)
    count = _Days(names, rule)
    there = count.between("proration.days", start, end)
    whole = count.of_cycle()
    if not away:
        return _divided(trace, "divide", (there, whole), number(there), number(whole), rule)
    absent = [
        count.between(
            f"absences.{row}",
            start if str(one.start.value) < str(start.value) else one.start,
            end if str(one.end.value) > str(end.value) else one.end,
        )
        for row, one in enumerate(away, 1)
    ]
    total = sum((number(one) for one in absent), Decimal(0))
    off = trace.add("proration.absent", "proration", "sum", tuple(absent), total)
    present = number(there) - total
    return _divided(trace, "prorate", (there, off, whole), present, number(whole), rule)


def _divided(
    trace: Trace, operation: str, operands: tuple[Step, ...], top: Decimal, under: Decimal,
    rule: ProrationRule,
) -> Step:  # fmt: skip
    if not under:
        raise Refusal("division-by-zero", rule.place, name="proration")
    rounding = trace.policy.rounding.division
    value = divided(top, under, rounding.places, rounding.mode)
    return trace.add(
        "proration", "proration", operation, operands, value, rule=rule, rounding=rounding
    )


def _told(trace: Trace, row: int, one: Absence) -> _Away:
    path = f"absences.{row}"
    trace.given(f"{path}.kind", Datum(one.kind, one.origin))
    return _Away(
        trace.given(f"{path}.from", Datum(one.start.isoformat(), one.origin)),
        trace.given(f"{path}.to", Datum(one.end.isoformat(), one.origin)),
    )


def _refuse_overlaps(absences: list[Absence]) -> None:
    """A day of which two absences say that it was off would be taken off twice."""
    for first, second in pairwise(absences):
        if second.start <= first.end:
            facts = {"first": _shown(first), "second": _shown(second)}
            raise Refusal("absences-overlap", second.origin.place, **facts)


def _shown(one: Absence) -> str:
    return f"{one.kind} {one.start.isoformat()} – {one.end.isoformat()}"


class _Days:
    """Counts days by the basis of a rule."""

    def __init__(self, names: _Names, rule: ProrationRule) -> None:
        self.names, self.trace, self.basis = names, names.trace, rule.basis
        self.special: tuple[Step, ...] = ()
        if rule.basis == "working_days":
            self.special = tuple(self._calendar())

    def _calendar(self) -> Iterator[Step]:
        """The days of the cycle that are worked or off against the rule of the week."""
        cycle = self.trace.scorecard.cycle
        assert cycle is not None  # who counts days has looked
        if cycle.calendar is None:
            return
        days = cycle.calendar.exceptions(cycle.start, cycle.end)
        for row, (day, place) in enumerate(days, 1):
            path = f"calendar.{row}"
            known = self.trace.steps.get(path)
            yield known or self.trace.given(path, Datum(day.isoformat(), Origin(place)))

    def of_cycle(self) -> Step:
        """All days of the cycle."""
        if self.basis == "calendar":
            return self.names.days()
        return self.between("proration.cycle", self.names.bound("from"), self.names.bound("to"))

    def between(self, path: str, start: Step, end: Step) -> Step:
        """From one day to another, both included."""
        first, last = (datetime.date.fromisoformat(str(one.value)) for one in (start, end))
        operands = (start, end)
        if self.basis == "working_days":
            inside = [one for one in self.special if str(start.value) <= str(one.value)
                      and str(one.value) <= str(end.value)]  # fmt: skip
            count = _weekdays(first, last)
            for one in inside:
                day = datetime.date.fromisoformat(str(one.value))
                count += 1 if day.weekday() >= _SATURDAY else -1
            operands = (start, end, *inside)  # type: ignore[assignment]
        else:
            count = _COUNTS[self.basis](first, last)
        operation = _OPERATIONS[self.basis]
        return self.trace.add(path, "proration", operation, operands, Decimal(count))


def _weekdays(first: datetime.date, last: datetime.date) -> int:
    """Mondays to Fridays from one day to another."""
    days = range(first.toordinal(), last.toordinal() + 1)
    return sum(datetime.date.fromordinal(one).weekday() < _SATURDAY for one in days)


def days_of_thirty(first: datetime.date, last: datetime.date) -> int:
    """Days of months that have 30 each, from one day to another."""
    return max(_thirtieth(last) - _thirtieth(first - _DAY), 0) if first <= last else 0


def _thirtieth(day: datetime.date) -> int:
    is_last = (day + _DAY).day == 1
    return 360 * day.year + 30 * day.month + (30 if is_last else min(day.day, 30))


_COUNTS: Final[dict[str, Callable[[datetime.date, datetime.date], int]]] = {
    "calendar": lambda first, last: max((last - first).days + 1, 0),
    "thirty_days": days_of_thirty,
}
_OPERATIONS: Final = {
    "calendar": "days", "thirty_days": "thirty_days", "working_days": "working_days",
}  # fmt: skip
