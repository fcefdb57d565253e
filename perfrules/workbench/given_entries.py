"""What a case gives besides figures: changed targets, members, earlier cycles, calibrations,
objectives, roles that were held one after the other."""

import datetime
from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic, Findings, closest
from perfrules.intake.figures.target_changes import vetted_changes
from perfrules.intake.people.fact_changes import NOT_CHANGED, in_order, way_of
from perfrules.intake.people.roster import ChangeEntry
from perfrules.language.source import number_in
from perfrules.language.text.dates import read_date
from perfrules.language.text.document import Entry, Mapping, Node, Scalar, Sequence
from perfrules.model.calendar import WorkCalendar
from perfrules.model.history import Past, PastMeasure
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.scorecard import (
    Absence,
    Datum,
    FactChange,
    Member,
    Objective,
    Origin,
    Revision,
    Segment,
    TargetChange,
    Value,
)

__all__ = [
    "absences_from",
    "calendar_from",
    "changes_from",
    "date_of",
    "datum_from",
    "fact_changes_from",
    "history_from",
    "members_from",
    "objectives_from",
    "revisions_from",
    "segments_from",
]

_DAY = "2000-01-01"
"""The date of an entry that a case gives none: what it shows does not depend on it."""

_FIGURES = ("actual", "target", "attainment", "score")


def datum_from(node: Node | None) -> Datum | None:
    """A value with its place in the test; None where there is none."""
    if not isinstance(node, Scalar) or node.value is None:
        return None
    value: Value = node.value
    number = None if node.quoted else number_in(node)
    return Datum(value if number is None else number, Origin(str(node.span)))


def _items(entry: Entry | None) -> Iterator[Node]:
    """The items of a list, or the one value that stands for a list of one."""
    if entry is None:
        return
    yield from entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)


def _entries(node: Node | None) -> dict[str, Entry]:
    return node.entries if isinstance(node, Mapping) else {}


def _datum(entries: dict[str, Entry], key: str) -> Datum | None:
    return datum_from(entries[key].value) if key in entries else None


def _text(entries: dict[str, Entry], key: str, default: str = "") -> str:
    entry = entries.get(key)
    return entry.value.text if entry is not None and isinstance(entry.value, Scalar) else default


def _signed(datum: Datum, entries: dict[str, Entry]) -> Datum:
    """The datum with the date, the reason and who approved it, or fillers for these."""
    origin = datum.origin._replace(
        as_of=_text(entries, "date", _DAY),
        reason=_text(entries, "reason", "test"),
        approved_by=_text(entries, "approved_by", "test"),
    )
    return Datum(datum.value, origin)


def changes_from(
    entry: Entry | None,
    subject: str,
    policy: Policy,
    indicator: Indicator,
    target: Datum | None,
    days: tuple[datetime.date, datetime.date],
    findings: Findings,
) -> tuple[TargetChange, ...]:
    """Changed targets, `[{from: 2024-08-01, target: 80}]`, as far as the policy lets them pass.

    A cycle judges its table of changes by the same code. One that is refused is a warning. Without
    `old` a change replaces the target in force.
    """
    entries: list[ChangeEntry] = []
    for node in _items(entry):
        below = _entries(node)
        new = _datum(below, "target")
        day = read_date(_text(below, "from"))
        if not isinstance(day, datetime.date):
            findings.extend([Diagnostic(day.code, node.span, day.facts)])
        elif new is not None:
            origin = new.origin._replace(
                as_of=day.isoformat(),
                evidence=_text(below, "evidence"),
                reason=_text(below, "reason"),
                approved_by=_text(below, "approved_by"),
            )
            old, changed = _datum(below, "old"), Datum(new.value, origin)
            entries.append(ChangeEntry(indicator.name, day, old, changed, origin, node.span))
    vetted = vetted_changes(subject, entries, policy, indicator, target, days, old_given=False)
    findings.extend(one.diagnostic for one in vetted.refused)
    return vetted.changes


def members_from(entry: Entry | None) -> tuple[Member, ...]:
    """Members' figures: `[10, 20]`, or with weights `[{figure: 10, weight: 2}]`."""
    found = []
    for node in _items(entry):
        below = _entries(node)
        figure = _datum(below, "figure") if below else datum_from(node)
        if figure is not None:
            found.append(Member(figure, _datum(below, "weight")))
    return tuple(found)


def history_from(
    entry: Entry | None, end: datetime.date | None, findings: Findings
) -> tuple[Past, ...]:
    """Earlier cycles, the newest first: grades, or mappings with total, grade, pay, dates and
    indicators. None of them may end after the present cycle, which ends on `end`."""
    found = []
    for place, node in enumerate(_items(entry), 1):
        below = _entries(node)
        if not below:
            grade = datum_from(node)
            word = node.text if isinstance(node, Scalar) else ""
            found.append(Past(f"-{place}", None, None, grade and Datum(word, grade.origin)))
            continue
        measures = {
            name: PastMeasure(**{key: _datum(_entries(one.value), key) for key in _FIGURES})
            for name, one in below.items()
            if name != "pay" and not isinstance(one.value, Scalar)
        }
        grade = _datum(below, "grade")
        pay = {
            name: datum
            for name, one in _entries(below["pay"].value if "pay" in below else None).items()
            if (datum := datum_from(one.value)) is not None
        }
        start, last = date_of(below.get("from"), findings), date_of(below.get("to"), findings)
        total = _datum(below, "total")
        name = _text(below, "cycle", f"-{place}")
        past = Past(name, last, total, grade, measures, start, pay)
        _refuse_later(past, below, found, end, findings)
        found.append(past)
    return tuple(found)


def _refuse_later(
    past: Past,
    below: dict[str, Entry],
    before: list[Past],
    end: datetime.date | None,
    findings: Findings,
) -> None:
    """Reports an earlier cycle that is none, or that does not stand in its order."""
    if past.start is not None and past.end is not None and past.end < past.start:
        shown = (past.start.isoformat(), past.end.isoformat())
        findings.report("dates-reversed", below["to"].value.span, start=shown[0], end=shown[1])
    newest = next((one.end for one in reversed(before) if one.end is not None), end)
    if past.end is not None and newest is not None and past.end > newest:
        place, days = below["to"].value.span, (past.end.isoformat(), newest.isoformat())
        findings.report("later-history", place, cycle=days[0], current=days[1])


def date_of(entry: Entry | None, findings: Findings) -> datetime.date | None:
    """The date that an entry writes; one that is none is a finding."""
    if entry is None or not isinstance(entry.value, Scalar) or entry.value.value is None:
        return None
    found = read_date(entry.value.text)
    if isinstance(found, datetime.date):
        return found
    findings.extend([Diagnostic(found.code, entry.value.span, found.facts)])
    return None


def fact_changes_from(entry: Entry | None, findings: Findings) -> dict[str, tuple[FactChange, ...]]:
    """Columns of people that change, `[{column: bonus_base, value: 6000, from: 2024-06-22}]`."""
    found: dict[str, list[FactChange]] = {}
    for node in _items(entry):
        below = _entries(node)
        day, new = date_of(below.get("from"), findings), _datum(below, "value")
        if day is None or new is None:
            continue
        column = _text(below, "column")
        if column in NOT_CHANGED:
            facts = {"column": column, "fix": way_of(column)}
            findings.extend([Diagnostic("change-of-role", below["column"].value.span, facts)])
        origin = new.origin._replace(
            as_of=day.isoformat(),
            reason=_text(below, "reason"),
            approved_by=_text(below, "approved_by"),
        )
        found.setdefault(column, []).append(FactChange(day, Datum(new.value, origin)))
    return in_order(found)


def absences_from(entry: Entry | None, findings: Findings) -> tuple[Absence, ...]:
    """Days away, `[{kind: unpaid_leave, from: 2024-06-03, to: 2024-06-07}]`, by date."""
    found = []
    for node in _items(entry):
        below = _entries(node)
        start, end = (date_of(below.get(key), findings) for key in ("from", "to"))
        if start is not None and end is not None:
            if end < start:
                place, days = below["to"].value.span, (start.isoformat(), end.isoformat())
                findings.report("dates-reversed", place, start=days[0], end=days[1])
            found.append(Absence(_text(below, "kind"), start, end, Origin(str(node.span))))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def calendar_from(entry: Entry | None, findings: Findings) -> WorkCalendar | None:
    """The days of the calendar, `{holidays: [2024-10-01], workdays: [2024-10-12]}`."""
    below = _entries(entry.value if entry is not None else None)
    if not below:
        return None
    days: dict[str, set[datetime.date]] = {"holidays": set(), "workdays": set()}
    places: dict[datetime.date, str] = {}
    for key, found in days.items():
        for node in _items(below.get(key)):
            day = read_date(node.text) if isinstance(node, Scalar) else None
            if isinstance(day, datetime.date):
                found.add(day)
                places[day] = str(node.span)
            elif day is not None:
                findings.extend([Diagnostic(day.code, node.span, day.facts)])
    years = frozenset(day.year for day in places)
    off, worked = (frozenset(days[key]) for key in ("holidays", "workdays"))
    return WorkCalendar(off, worked, years, places)


def revisions_from(entry: Entry | None, policy: Policy, findings: Findings) -> tuple[Revision, ...]:
    """Calibrations and appeals, `[{what: total, before: 92.5, after: 88}]`: by their dates where
    all have one, as in a cycle, else in their order. A `what` that nobody has is a finding."""
    known, found = policy.revisable, []
    for node in _items(entry):
        below = _entries(node)
        before, after = _datum(below, "before"), _datum(below, "after")
        if before is not None and after is not None:
            what = _text(below, "what")
            if what not in known:
                place, names = below["what"].value.span, ", ".join(known)
                near = closest(what, known)
                findings.report("unknown-in-test", place, name=what, known=names, suggestion=near)
            appeal = _text(below, "kind") == "appeal"
            entered = _signed(after, below)
            found.append(Revision("appeal" if appeal else "calibration", what, before, entered))
    if all(one.after.origin.as_of != _DAY for one in found):
        found.sort(key=lambda one: one.after.origin.as_of)
    return tuple(found)


def objectives_from(entries: dict[str, Entry]) -> tuple[Objective, ...]:
    """Objectives by their names, each with the scores of its key results."""
    return tuple(
        Objective(
            Datum(name, Origin(str(entry.key_span))),
            tuple(datum for node in _items(entry) if (datum := datum_from(node)) is not None),
        )
        for name, entry in entries.items()
    )


def segments_from(entry: Entry | None) -> tuple[Segment, ...]:
    """Roles held one after the other: `[{days: 31, total: 90, pay: {bonus: 100}}]`."""
    found = []
    for place, node in enumerate(_items(entry), 1):
        below = _entries(node)
        pay = {
            name: datum
            for name, one in _entries(below["pay"].value if "pay" in below else None).items()
            if (datum := datum_from(one.value)) is not None
        }
        days, total = _datum(below, "days"), _datum(below, "total")
        if days is not None and total is not None:
            cap, lowered = _datum(below, "cap"), _datum(below, "lowered")
            lowered = lowered if lowered is not None and lowered.value is True else None
            found.append(Segment(f"test#{place}", days, total, pay, {}, cap, lowered))
    return tuple(found)
