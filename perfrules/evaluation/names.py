"""What a name in an expression means: the step that holds its value.

Data that only expressions read (`person.…`, `cycle.…`, counts of events, `proration`) become
steps when they are first read.
"""

import datetime
import re
from decimal import Decimal
from typing import Final

from perfrules.evaluation.changed_facts import changed_fact
from perfrules.evaluation.days_there import prorated
from perfrules.evaluation.trace import Refusal, Trace, number, out_of_range
from perfrules.evaluation.two_way import looked_up
from perfrules.evaluation.year_so_far import so_far
from perfrules.exact import divided, plain
from perfrules.model.appraisal import Step
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Datum, Origin, Presence, Scorecard

__all__ = ["UNITS", "Names"]

UNITS: Final = ("team", "department", "project")
"""What a subject may belong to."""

STREAK: Final = re.compile(r"""streak\(["'](.*)["']\)""")


class Names:
    """Looks names up for one subject. `total` and `grade` are set as they come to exist."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.policy: Policy = trace.policy
        self.scorecard: Scorecard = trace.scorecard
        self.results: dict[str, Step] = {}

    def within(self, indicator: str, name: str) -> Step:
        """A name inside an indicator: its own actual, target, … or any name of the policy."""
        step = self.trace.steps.get(f"indicators.{indicator}.{name}")
        if step is not None:
            return step
        root, _, rest = name.partition(".")
        if root == "previous" and rest not in ("total", "grade"):
            return self._previous_of(indicator, rest)
        return self.anywhere(name)

    def anywhere(self, name: str) -> Step:
        """A name anywhere in the policy; raises `Refusal` where the data have no value."""
        found = self.results.get(name)
        if found is not None:
            return found
        root, _, rest = name.partition(".")
        if name.startswith("streak(") and (streak := STREAK.fullmatch(name)):
            return self.streak(streak[1])
        if not rest:
            return self.proration() if name == "proration" else self.event(name)
        if root == "person":
            return self._of_person(name, rest)
        if root == "cycle":
            return self.days() if rest == "days" else self._cycle_fact(name, rest)
        if root in UNITS:
            return self._of_unit(name, root, rest)
        if root == "previous":
            return self._previous(name, rest)
        if root == "table":
            return looked_up(self.trace, rest, self.anywhere)
        if root == "pay":
            return self._paid(name)
        if root == "group":
            return self._of_group(name, rest)
        if root in ("year", "paid"):
            return so_far(self, name)
        step = self.trace.steps.get(f"indicators.{name}") or self._of_segment(name)
        if step is None:
            raise Refusal("no-value", self.policy.places.get(f"indicators.{root}", ""), name=name)
        return step

    def event(self, name: str) -> Step:
        """How often an event was recorded; one that the data do not mention counts 0."""
        path = f"events.{name}"
        if path in self.trace.steps:
            return self.trace.steps[path]
        record = self.scorecard.events.get(name)
        if record is None or (record.count is None and not record.points):
            return self.trace.add(path, "datum", "not_recorded", (), Decimal(0), "missing")
        if record.count is None:
            given = tuple(
                self.trace.given(f"{path}.{row}", points)
                for row, points in enumerate(record.points, 1)
            )
            return self.trace.add(path, "datum", "count", given, Decimal(len(given)))
        step = self.trace.given(path, record.count)
        count = step.value
        if not isinstance(count, Decimal) or count < 0 or count % 1:
            shown = plain(count) if isinstance(count, Decimal) else count
            raise Refusal("not-a-count", record.count.origin.place, event=name, value=shown)
        return step

    def proration(self) -> Step:
        """The share of the cycle in which the subject was there: days present / days."""
        if "proration" in self.trace.steps:
            return self.trace.steps["proration"]
        known = self.scorecard.proration
        if isinstance(known, Datum):
            return self._stated(known)
        cycle = self.scorecard.cycle
        first = self._date("person.joined", known.joined, known.joined_origin)
        last = self._date("person.left", known.left, known.left_origin)
        if self.policy.proration is not None:
            dates = tuple(step for step in (first, last) if step is not None)
            return prorated(self, self.policy.proration, dates)
        if cycle is None and (known.joined or known.left):
            raise Refusal("missing-cycle", "", name="proration")
        if cycle is None or _whole(cycle, known):
            operands = tuple(step for step in (first, last) if step is not None)
            return self.trace.add("proration", "proration", "whole_cycle", operands, Decimal(1))
        start, end = self.there()
        present = self.trace.add(
            "proration.days", "proration", "days", (start, end), _days(start, end)
        )
        days = self.days()
        rounding = self.policy.rounding.division
        value = divided(number(present), number(days), rounding.places, rounding.mode)
        return self.trace.add(
            "proration", "proration", "divide", (present, days), value, rounding=rounding
        )

    def there(self) -> tuple[Step, Step]:
        """The first and the last day of the cycle on which the subject was there."""
        known, cycle = self.scorecard.proration, self.scorecard.cycle
        first = last = None
        if isinstance(known, Presence) and cycle is not None:
            first = self._date("person.joined", known.joined, known.joined_origin)
            last = self._date("person.left", known.left, known.left_origin)
        start, end = self.bound("from"), self.bound("to")
        if first is not None and str(first.value) > str(start.value):
            start = first
        if last is not None and str(last.value) < str(end.value):
            end = last
        return start, end

    def _stated(self, share: Datum) -> Step:
        """A proration that the data state: a share from 0 to 1."""
        step = self.trace.given("proration", share)
        value, place = share.value, share.origin.place
        if not isinstance(value, Decimal):
            raise Refusal("not-a-figure", place, name="proration", value=value)
        if not 0 <= value <= 1:
            raise out_of_range(value, Decimal(0), Decimal(1), "proration", place)
        return step

    def days(self) -> Step:
        """The days of the cycle, first and last included."""
        if "cycle.days" in self.trace.steps:
            return self.trace.steps["cycle.days"]
        cycle = self.scorecard.cycle
        if cycle is None:
            raise Refusal("missing-cycle", "", name="cycle.days")
        bounds = (self.bound("from"), self.bound("to"))
        return self.trace.add("cycle.days", "datum", "days", bounds, Decimal(cycle.days))

    def _of_person(self, name: str, column: str) -> Step:
        """A column of the person; dates of presence have one spelling wherever they are read."""
        presence = self.scorecard.proration
        if isinstance(presence, Presence):
            if column == "joined" and presence.joined is not None:
                return self._fact(name, _day(presence.joined, presence.joined_origin))
            if column == "left" and presence.left is not None:
                return self._fact(name, _day(presence.left, presence.left_origin))
        if column in self.scorecard.changes:
            return self.trace.steps.get(name) or changed_fact(self, column)
        return self._fact(name, self.scorecard.person.get(column))

    def _cycle_fact(self, name: str, rest: str) -> Step:
        cycle = self.scorecard.cycle
        if cycle is not None and rest in ("from", "to"):
            return self.bound(rest)
        if cycle is not None and rest == "announced":
            return self.told()
        return self._fact(name, cycle.facts.get(rest) if cycle is not None else None)

    def _fact(self, path: str, datum: Datum | None) -> Step:
        if path in self.trace.steps:
            return self.trace.steps[path]
        if datum is None:
            raise Refusal("missing-fact", "", name=path)
        return self.trace.given(path, datum)

    def _date(self, path: str, day: datetime.date | None, origin: Origin) -> Step | None:
        return None if day is None else self._fact(path, _day(day, origin))

    def bound(self, name: str) -> Step:
        """The first or the last day of the cycle, `from` or `to`."""
        cycle = self.scorecard.cycle
        assert cycle is not None
        day = cycle.start if name == "from" else cycle.end
        return self._fact(f"cycle.{name}", Datum(day.isoformat()))

    def told(self) -> Step:
        """The day on which results are told, or the last of the cycle where none is stated."""
        cycle = self.scorecard.cycle
        if cycle is None or cycle.announced is None:
            return self.bound("to")
        return self._fact("cycle.announced", Datum(cycle.announced.isoformat()))

    def streak(self, grade: str) -> Step:
        """How many cycles in a row, this one included, ended with a grade. One in which the
        subject was absent is not in its history and breaks nothing."""
        path = f"streak.{grade}"
        if path in self.trace.steps:
            return self.trace.steps[path]
        read = [self.results["grade"]]
        grades = (past.grade for past in self.scorecard.history if past.grade is not None)
        for row, past in enumerate(grades, 1):
            if read[-1].value != grade:
                break
            read.append(self._fact(f"history.{row}.grade", past))
        count = sum(1 for step in read if step.value == grade)
        return self.trace.add(path, "datum", "streak", tuple(read), Decimal(count))

    def _previous(self, name: str, what: str) -> Step:
        """A result of the cycle before this one."""
        if name in self.trace.steps:
            return self.trace.steps[name]
        found: Datum | None = None
        if self.scorecard.history:
            past = self.scorecard.history[0]
            found = past.total if what == "total" else past.grade
        if found is None:
            raise Refusal("no-history", "", name=name)
        return self.trace.given(name, found)

    def _previous_of(self, indicator: str, what: str) -> Step:
        """An indicator's figure in the cycle before this one."""
        past = self.scorecard.history[0] if self.scorecard.history else None
        measure = past.measures.get(indicator) if past is not None else None
        found = getattr(measure, what, None)
        if found is None:
            place = self.policy.places.get(f"indicators.{indicator}", "")
            raise Refusal("no-history", place, name=f"{indicator}: previous.{what}")
        return self.trace.given(f"indicators.{indicator}.previous.{what}", found)

    def _of_unit(self, name: str, unit: str, what: str) -> Step:
        """What is known of the team, department or project that the subject belongs to."""
        if name in self.trace.steps:
            return self.trace.steps[name]
        found = self.scorecard.units.get(unit, {}).get(what)
        if found is None:
            raise Refusal("missing-unit-result", "", name=name)
        return self.trace.given(name, found)

    def _paid(self, name: str) -> Step:
        """What another incentive pays. One that somebody who moved never had pays nothing that
        could be read."""
        if name not in self.trace.steps:
            raise Refusal("missing-fact", "", name=name)
        return self.trace.steps[name]

    def _of_group(self, name: str, figure: str) -> Step:
        """A figure of the subject's group; of somebody who moved, of the last role's."""
        step = self.trace.steps.get(name)
        if step is not None:
            return step
        segments, given = self.scorecard.segments, self.scorecard.group.get(figure)
        found = given or (segments[-1].figures.get(name) if segments else None)
        if found is not None:
            return self.trace.given(name, found)
        code = "no-group-figure" if f"{name}.size" in self.trace.steps else "no-group"
        raise Refusal(code, self.policy.places.get(f"group_figures.{figure}", ""), name=name)

    def _of_segment(self, name: str) -> Step | None:
        """A figure of the last role of somebody who moved."""
        segments = self.scorecard.segments
        found = segments[-1].figures.get(name) if segments else None
        return None if found is None else self.trace.given(f"indicators.{name}", found)


def _day(day: datetime.date, origin: Origin) -> Datum:
    return Datum(day.isoformat(), origin)


def _whole(cycle: Cycle, presence: Presence) -> bool:
    return (presence.joined is None or presence.joined <= cycle.start) and (
        presence.left is None or presence.left >= cycle.end
    )


def _days(start: Step, end: Step) -> Decimal:
    first, last = (datetime.date.fromisoformat(str(step.value)) for step in (start, end))
    return Decimal(max((last - first).days + 1, 0))
