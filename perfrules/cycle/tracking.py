"""Progress: the course of an indicator, and the warnings it gives rise to.

Pure: rows, rules and a day go in, nothing is read here. The attainment of a week or month is
worked out as that of a cycle is, from the period's own actual and target.
"""

import datetime
import decimal
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from perfrules.diagnostics import Findings
from perfrules.evaluation.attainment import attainment, given_or_fixed
from perfrules.evaluation.trace import Refusal, Trace
from perfrules.exact import EXACT, OutOfRange, within_limit
from perfrules.model.appraisal import Step
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Datum, Origin, Scorecard
from perfrules.model.scoring import Direct
from perfrules.model.tracking import (
    Alarm,
    Course,
    Entry,
    Every,
    Point,
    ProgressWarning,
)

__all__ = ["Followed", "alarms", "course", "joined"]


class Followed(NamedTuple):
    """An indicator of a subject that is followed; `baseline` is what the cycle's data give."""

    subject: str
    name: str
    policy: Policy
    indicator: Indicator
    baseline: Datum | None = None

    @property
    def warnings(self) -> tuple[ProgressWarning, ...]:
        """The policy's warnings that look at the indicator."""
        return tuple(one for one in self.policy.warnings if one.indicator == self.indicator.name)

    @property
    def adds_up(self) -> bool:
        """Whether figures of several weeks make one by their sum: no percentages, no costs or
        scores, nothing that starts from a baseline."""
        one = self.indicator
        return (
            not one.in_percent
            and one.direction == "higher_is_better"
            and one.baseline == "none"
            and not isinstance(one.score, Direct)
            and (one.actual_from_members is None or one.actual_from_members.by == "sum")
        )

    @property
    def needs_target(self) -> bool:
        """Whether a figure says nothing without the period's target."""
        own = self.indicator.attainment
        if own is not None:
            return any(name.rpartition(".")[2] == "target" for name in own.names)
        return self.indicator.target != "none" or bool(self.warnings)

    def attainment(self, actual: Decimal, target: Decimal | None, place: str) -> Decimal | None:
        """The attainment of a period, rounded as the policy says; None where nothing tells it.

        Raises `Refusal` with the code of the evaluation where there is none.
        """
        if target is None and self.indicator.attainment is None:
            return None
        trace = Trace(self.policy, Scorecard(self.subject))
        path, origin = self.indicator.path, Origin(place)
        steps: dict[str, Step | None] = {
            "actual": trace.given(f"{path}.actual", Datum(actual, origin)),
            "target": None
            if target is None
            else trace.given(f"{path}.target", Datum(target, origin)),
            "baseline": given_or_fixed(
                trace, self.indicator, "baseline", self.baseline, self.indicator.baseline, place
            ),
        }

        def lookup(name: str) -> Step:
            what = name.rpartition(".")[2]
            step = steps.get(what)
            if step is None:
                raise Refusal(f"missing-{what}", place, indicator=self.indicator.called)
            return step

        own = (steps["actual"], steps["target"], steps["baseline"])
        value = attainment(trace, self.indicator, *own, lookup).value
        assert isinstance(value, Decimal)
        return value


def course(
    followed: Followed, entries: Iterable[Entry], on: datetime.date, findings: Findings
) -> Course:
    """The course up to and with the day `on`: a point for each row, by date.

    `entries` have different days. A target that is missing where it is needed is a finding
    (`missing-period-target`), and so is whatever keeps an attainment from being had; the point
    then has none.
    """
    points, total = [], Decimal(0)
    with decimal.localcontext(EXACT):
        for entry in sorted(entries, key=lambda one: one.day):
            if entry.day > on:
                break
            running: Decimal | None = None
            reached: Decimal | None = None
            try:
                if entry.actual is not None and followed.adds_up:
                    running = total = within_limit(total + entry.actual)
                reached = _reached(followed, entry, findings)
            except OutOfRange:
                name = f"{followed.indicator.name}.actual"
                findings.report("number-out-of-range", entry.place, name=name)
            told = (entry.note, entry.place, entry.reason, entry.measure)
            points.append(Point(entry.day, entry.actual, entry.target, reached, running, *told))
    return Course(
        subject=followed.subject,
        name=followed.name,
        indicator=followed.indicator.name,
        title=followed.indicator.title,
        unit=followed.indicator.unit,
        adds_up=followed.adds_up,
        points=tuple(points),
    )


def joined(first: Course, second: Course) -> Course:
    """The course of one indicator over two roles that somebody held one after the other."""
    points, total = [], Decimal(0)
    with decimal.localcontext(EXACT):
        for point in sorted((*first.points, *second.points), key=lambda one: one.day):
            total += point.actual or 0
            running = total if point.total is not None else None
            points.append(point._replace(total=running))
    return replace(first, points=tuple(points))


def _reached(followed: Followed, entry: Entry, findings: Findings) -> Decimal | None:
    if entry.actual is None:
        return None
    if entry.target is None and followed.needs_target:
        findings.report(
            "missing-period-target",
            entry.place,
            indicator=followed.indicator.called,
            person=followed.subject,
            day=entry.day.isoformat(),
        )
        return None
    try:
        return followed.attainment(entry.actual, entry.target, entry.place)
    except Refusal as refusal:
        findings.extend([refusal.diagnostic])
        return None


class _Period(NamedTuple):
    """What one week, month or quarter came to."""

    day: datetime.date
    attainment: Decimal


def alarms(
    followed: Followed,
    seen: Course,
    warning: ProgressWarning,
    cycle: Cycle,
    on: datetime.date,
    findings: Findings,
) -> Iterator[Alarm]:
    """A warning for every row of bad periods that is long enough.

    Weeks run from Monday to Sunday; a row belongs to the period that its date is in. Rows of one
    period are added up where figures add up, else they are a finding (`several-in-period`). A
    month or quarter is looked at when it is over, or the cycle is.
    """
    periods = dict(_periods(followed, seen, warning, cycle, on, findings))
    run: list[_Period] = []
    for number in range(min(periods, default=0), max(periods, default=-1) + 1):
        period = periods.get(number)
        if period is None and warning.gap == "skip":
            continue
        if period is not None and period.attainment < warning.below.value:
            run.append(period)
            continue
        yield from _alarm(followed, warning, run, is_open=False)
        run = []
    yield from _alarm(followed, warning, run, is_open=True)


def _alarm(
    followed: Followed, warning: ProgressWarning, run: Sequence[_Period], *, is_open: bool
) -> Iterator[Alarm]:
    if run and len(run) >= warning.times:
        yield Alarm(
            subject=followed.subject,
            name=followed.name,
            indicator=followed.indicator.name,
            indicator_title=followed.indicator.title,
            warning=warning,
            periods=tuple((period.day, period.attainment) for period in run),
            due=run[warning.times - 1].day,
            is_open=is_open,
        )


def _periods(
    followed: Followed,
    seen: Course,
    warning: ProgressWarning,
    cycle: Cycle,
    on: datetime.date,
    findings: Findings,
) -> Iterator[tuple[int, _Period]]:
    """What each period came to that has figures and is over, by its number."""
    rows: dict[int, list[Point]] = defaultdict(list)
    for point in seen.points:
        if point.attainment is not None:
            rows[_number(point.day, warning.every)].append(point)
    for number, points in rows.items():
        first, last = points[0], points[-1]
        if not _is_over(last.day, warning.every, cycle, on):
            continue
        reached = first.attainment
        if len(points) > 1:
            if not followed.adds_up:
                findings.report(
                    "several-in-period",
                    last.place,
                    warning=warning.title,
                    indicator=followed.indicator.called,
                    person=followed.subject,
                    first=first.day.isoformat(),
                    last=last.day.isoformat(),
                )
                continue
            reached = _added_up(followed, points, findings)
        if reached is not None:
            yield number, _Period(last.day, reached)


def _added_up(followed: Followed, points: Sequence[Point], findings: Findings) -> Decimal | None:
    with decimal.localcontext(EXACT):
        actual = sum((one.actual for one in points if one.actual is not None), Decimal(0))
        targets = [one.target for one in points if one.target is not None]
        target = sum(targets, Decimal(0)) if targets else None
        try:
            return followed.attainment(actual, target, points[-1].place)
        except Refusal as refusal:
            findings.extend([refusal.diagnostic])
            return None


def _number(day: datetime.date, every: Every) -> int:
    """The number of the week, month or quarter that a day is in; the next one has the next."""
    if every == "week":
        return (day.toordinal() - 1) // 7  # 0001-01-01 was a Monday
    months = day.year * 12 + day.month - 1
    return months if every == "month" else months // 3


def _is_over(day: datetime.date, every: Every, cycle: Cycle, on: datetime.date) -> bool:
    """Whether no more rows are to come in the period of `day`; a week has one."""
    if every == "week" or cycle.end <= on:
        return True
    tomorrow = datetime.date.fromordinal(min(on.toordinal() + 1, datetime.date.max.toordinal()))
    return _number(tomorrow, every) > _number(day, every)
