"""Plain values -> what a scorecard is made of: for programs that call the public face.

Numbers are `Decimal`, `int`, or text such as "99.5"; a text that is no number is a word. A binary
float raises `TypeError`: it is not the number that was meant. A key that nothing knows, or one that
is missing, raises `ValueError`.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from perfrules.diagnostics import closest
from perfrules.exact import read_number, read_percent
from perfrules.intake.history.cycle_order import CycleOrder, span_named
from perfrules.intake.people.fact_changes import NOT_CHANGED, in_order
from perfrules.model.calendar import WorkCalendar
from perfrules.model.history import Past, PastMeasure
from perfrules.model.scorecard import (
    Absence,
    Cycle,
    Datum,
    FactChange,
    Objective,
    Origin,
    Revision,
    TargetChange,
)

__all__ = [
    "Plain", "absences_of", "changes_of", "cycle_of", "datum_of", "fact_changes_of", "history_of",
    "known_keys", "objectives_of", "revisions_of", "share_of", "sure",
]  # fmt: skip

Plain = Decimal | int | str | bool

_FIGURES: Final = ("actual", "target", "attainment", "score")
_WHY: Final = ("reason", "approved_by", "evidence")


def datum_of(value: Plain | None) -> Datum | None:
    """The value as a datum; None stays None."""
    return None if value is None else sure(value)


def sure(value: Plain, origin: Origin | None = None) -> Datum:
    """The value as a datum."""
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a binary float; give a Decimal, an int or a text")
    found: Decimal | str | bool
    if isinstance(value, bool | Decimal):
        found = value
    elif isinstance(value, int):
        found = Decimal(value)
    else:
        number = read_number(value)
        found = number if isinstance(number, Decimal) else value
    return Datum(found) if origin is None else Datum(found, origin)


def share_of(value: Plain | None) -> Datum | None:
    """The same of a share: a ratio, or a text with a percent sign."""
    if isinstance(value, str) and value.rstrip().endswith("%"):
        ratio = read_percent(value.strip())
        return Datum(ratio if isinstance(ratio, Decimal) else value)
    return datum_of(value)


def known_keys(
    what: str, given: Iterable[str], known: Collection[str], needed: Iterable[str] = ()
) -> None:
    """Raises `ValueError` for a key that is not known, or that is needed and missing."""
    names = set(given)
    for name in sorted(names - set(known)):
        near = closest(name, known)
        hint = f", did you mean {near!r}?" if near else f"; it has {', '.join(known)}"
        raise ValueError(f"{what} has no {name!r}{hint}")
    for name in needed:
        if name not in names:
            raise ValueError(f"{what} needs {name!r}")


def _day(value: str | datetime.date) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)


def cycle_of(given: Cycle | Mapping[str, Any] | None) -> Cycle | None:
    """`{"id": "2024Q3", "from": "2024-07-01", "to": "2024-09-30", "facts": {"fund": 30000}}`.

    `year` is the first day of a year other than the calendar's, `holidays` and `workdays` are lists
    of days off and of weekends that are worked.
    """
    if given is None or isinstance(given, Cycle):
        return given
    days = ("year", "holidays", "workdays")
    known = ("id", "from", "to", "kind", "announced", "facts", *days)
    known_keys("cycle", given, known, ("from", "to"))
    start, end = _day(given["from"]), _day(given["to"])
    if end < start:
        raise ValueError(f"cycle ends on {end} and begins on {start}")
    facts = {name: sure(value) for name, value in given.get("facts", {}).items()}
    told = given.get("announced")
    return Cycle(
        given.get("id", f"{start} – {end}"), start, end, given.get("kind"), facts,
        None if told is None else _day(told),
        year=Datum(_day(given["year"]).isoformat()) if "year" in given else None,
        calendar=_calendar(given) if {*given} & {*days[1:]} else None,
    )  # fmt: skip


def _calendar(given: Mapping[str, Any]) -> WorkCalendar:
    off, worked = (frozenset(map(_day, given.get(key, ()))) for key in ("holidays", "workdays"))
    return WorkCalendar(off, worked, frozenset(day.year for day in off | worked))


def changes_of(given: Iterable[Mapping[str, Any]]) -> tuple[TargetChange, ...]:
    """`[{"from": "2024-08-01", "target": 80, "reason": "…", "approved_by": "…"}]`, by date."""
    found = []
    for one in given:
        known_keys("a change", one, ("from", "target", "old", *_WHY), ("from", "target"))
        day = _day(one["from"])
        new = sure(one["target"], _signed(one, day))
        found.append(TargetChange(day, datum_of(one.get("old")), new))
    return tuple(sorted(found, key=lambda change: change.day))


def fact_changes_of(
    given: Mapping[str, Iterable[Mapping[str, Any]]],
) -> dict[str, tuple[FactChange, ...]]:
    """`{"bonus_base": [{"from": "2024-06-22", "value": 6000, "reason": "…"}]}`, by date."""
    found = {}
    for column, changes in given.items():
        if column in NOT_CHANGED:
            raise ValueError(f"the column {column!r} cannot change from a day on")
        rows = []
        for one in changes:
            known_keys("a change", one, ("from", "value", *_WHY), ("from", "value"))
            day = _day(one["from"])
            rows.append(FactChange(day, sure(one["value"], _signed(one, day))))
        found[column] = rows
    return in_order(found)


def absences_of(given: Iterable[Mapping[str, Any]]) -> tuple[Absence, ...]:
    """`[{"kind": "unpaid_leave", "from": "2024-06-03", "to": "2024-06-07"}]`, by date."""
    found = []
    for one in given:
        known_keys("an absence", one, ("kind", "from", "to"), ("kind", "from", "to"))
        start, end = _day(one["from"]), _day(one["to"])
        if end < start:
            raise ValueError(f"an absence ends on {end} and begins on {start}")
        found.append(Absence(one["kind"], start, end))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def revisions_of(given: Iterable[Mapping[str, Any]]) -> tuple[Revision, ...]:
    """`[{"what": "total", "before": 92, "after": 88, "date": "2024-10-08", "reason": "…",
    "approved_by": "…"}]`, by date; what a cycle refuses without, is needed here."""
    needed = ("what", "before", "after", "date", "reason", "approved_by")
    found = []
    for one in given:
        known_keys("a calibration", one, (*needed, "kind", "evidence"), needed)
        kind, day = one.get("kind", "calibration"), _day(one["date"])
        if kind not in ("calibration", "appeal"):
            raise ValueError(f"a calibration is a 'calibration' or an 'appeal', not {kind!r}")
        after = sure(one["after"], _signed(one, day))
        found.append((day, Revision(kind, one["what"], sure(one["before"]), after)))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _signed(one: Mapping[str, Any], day: datetime.date) -> Origin:
    return Origin(as_of=day.isoformat(), **{key: one[key] for key in _WHY if key in one})


def history_of(given: Iterable[Mapping[str, Any]], current: Cycle | None) -> tuple[Past, ...]:
    """`[{"cycle": "2024Q2", "from": "2024-04-01", "to": "2024-06-30", "total": 91, "grade": "A",
    "indicators": {"sales": {"actual": 9}}, "pay": {"bonus": 900}}]`, the newest first.

    A grade is a word, whatever it looks like. A cycle without dates has those that its name says (a
    year, a half, a quarter, a month), else it counts as one of the same year. None of them ends
    after the `current` one.
    """
    found: list[Past] = []
    keys = ("cycle", "from", "to", "total", "grade", "indicators", "pay")
    for one in given:
        known_keys("an earlier cycle", one, keys, ("cycle",))
        measures = {}
        for name, figures in one.get("indicators", {}).items():
            known_keys(f"{name!r} of an earlier cycle", figures, _FIGURES)
            measures[name] = PastMeasure(**{key: datum_of(one) for key, one in figures.items()})
        grade = one.get("grade")
        word = None if grade is None else Datum(str(grade))
        pay = {name: sure(value) for name, value in one.get("pay", {}).items()}
        start, end = _days_of(one, current)
        total = datum_of(one.get("total"))
        found.append(Past(one["cycle"], end, total, word, measures, start, pay))
    return tuple(found)


def _days_of(
    one: Mapping[str, Any], current: Cycle | None
) -> tuple[datetime.date, datetime.date] | tuple[None, None]:
    """The first and the last day of an earlier cycle, as it says or as its name does."""
    name = str(one["cycle"])
    if "from" in one or "to" in one:
        known_keys(f"{name!r} with dates", one, [*one], ("from", "to"))
        start, end = _day(one["from"]), _day(one["to"])
        if end < start:
            raise ValueError(f"{name!r} ends on {end} and begins on {start}")
    elif current is not None:
        order = CycleOrder(current, {})
        named = order.start(name), order.end(name)
        if named[0] is None or named[1] is None:
            return None, None
        start, end = named[0], named[1]
    else:
        span = span_named(name)
        if span is None:
            return None, None
        start, end = span.start, span.end
    if current is not None and end > current.end:
        raise ValueError(f"{name!r} ends on {end}, after the cycle, which ends on {current.end}")
    return start, end


def objectives_of(given: Mapping[str, Mapping[str, Plain]]) -> tuple[Objective, ...]:
    """`{"a new market": {"three dealers signed": "0.7"}}`: the key results of each objective."""
    return tuple(
        Objective(
            Datum(title),
            tuple(sure(score, Origin(source=result)) for result, score in results.items()),
        )
        for title, results in given.items()
    )
