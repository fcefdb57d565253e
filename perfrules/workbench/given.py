"""The `given` of a case as a scorecard."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace

from perfrules.diagnostics import Diagnostic, Findings, Span, closest, nearest
from perfrules.evaluation.names import UNITS
from perfrules.language.source import number_in
from perfrules.language.text.document import Entry, Mapping, Node, Scalar, Sequence
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.scorecard import (
    Cycle,
    Datum,
    EventRecord,
    Measure,
    Origin,
    Presence,
    Scorecard,
)
from perfrules.workbench.given_entries import (
    absences_from,
    calendar_from,
    changes_from,
    date_of,
    datum_from,
    fact_changes_from,
    history_from,
    members_from,
    objectives_from,
    revisions_from,
    segments_from,
)

__all__ = ["datum_from", "scorecard_from"]

_SPECIAL = (
    "person", "events", "cycle", "proration", "previous", "team", "department", "project",
    "calibrations", "okr", "moves", "group", "person_changes", "absences", "calendar",
)  # fmt: skip
_DAY = datetime.date(2000, 1, 1)
"""The first day of a cycle of which a case says how long it is, and not when."""
_ALWAYS = (datetime.date.min, datetime.date.max)


def scorecard_from(
    given: Mapping | None, policy: Policy, findings: Findings, subject: str = "test"
) -> Scorecard:
    """What a case gives. A name that the policy does not have is a finding."""
    entries = given.entries if given is not None else {}
    cycle = _cycle(_below(entries, "cycle"), findings)
    if cycle is not None and (listed := entries.get("calendar")) is not None:
        cycle = replace(cycle, calendar=calendar_from(listed, findings))
    days = (cycle.start, cycle.end) if cycle and cycle.start != _DAY else _ALWAYS
    measures = {}
    for name, entry in entries.items():
        special = name in _SPECIAL and name not in policy.indicator
        if special or not _known(name, entry.key_span, policy.indicator, findings):
            continue
        measure = _measure(entry.value, policy.indicator[name], findings)
        if isinstance(entry.value, Mapping) and (listed := entry.value.entries.get("changes")):
            indicator, target = policy.indicator[name], measure.target
            changes = changes_from(listed, subject, policy, indicator, target, days, findings)
            measure = replace(measure, changes=changes)
        measures[name] = measure
    proration = entries.get("proration")
    return Scorecard(
        subject=subject,
        measures=measures,
        events=_events(_below(entries, "events"), policy, findings),
        person=_facts(_below(entries, "person")),
        cycle=cycle,
        proration=_proration(
            proration.value if proration else None, _below(entries, "person"), findings
        ),
        units={
            kind: _facts(_below(entries, kind))
            for kind in UNITS
            if kind not in policy.indicator and _below(entries, kind)
        },
        history=history_from(
            entries.get("previous"), cycle.end if cycle and cycle.start != _DAY else None, findings
        ),
        revisions=revisions_from(entries.get("calibrations"), policy, findings),
        objectives=objectives_from(_below(entries, "okr")),
        segments=segments_from(entries.get("moves")),
        group=_group(_below(entries, "group"), policy, findings),
        changes=fact_changes_from(entries.get("person_changes"), findings),
        absences=absences_from(entries.get("absences"), findings),
    )


def _group(entries: dict[str, Entry], policy: Policy, findings: Findings) -> dict[str, Datum]:
    """Figures of the group that a case gives in place of all others in it."""
    names = [one.name for one in policy.group_figures]
    known = {
        name: entry
        for name, entry in entries.items()
        if _known(name, entry.key_span, names, findings)
    }
    return _facts(known)


def _facts(entries: dict[str, Entry]) -> dict[str, Datum]:
    found = {name: datum_from(entry.value) for name, entry in entries.items()}
    return {name: datum for name, datum in found.items() if datum is not None}


def _below(entries: dict[str, Entry], key: str) -> dict[str, Entry]:
    entry = entries.get(key)
    node = entry.value if entry is not None else None
    return node.entries if isinstance(node, Mapping) else {}


def _known(name: str, span: Span, names: Iterable[str], findings: Findings) -> bool:
    known = list(names)
    if name in known:
        return True
    findings.report(
        "unknown-in-test",
        span,
        name=name,
        known=", ".join(known),
        suggestion=closest(name, known),
    )
    return False


_OF_MEASURE = (
    "actual", "target", "baseline", "ratings", "level", "done", "changes", "members",
    "member_targets", "weight",
)  # fmt: skip


def _measure(node: Node, indicator: Indicator, findings: Findings) -> Measure:
    entries = node.entries if isinstance(node, Mapping) else {}
    known = (*_OF_MEASURE, *indicator.figures)
    for key, entry in entries.items():
        if key not in known:
            facts = {"key": key, "known": ", ".join(known), **nearest(key, known)}
            findings.extend((Diagnostic("unknown-key", entry.key_span, facts),))

    def value(key: str) -> Datum | None:
        return datum_from(entries[key].value) if key in entries else None

    level = entries.get("level")
    actual = value("actual") or value("done")
    if level is not None and isinstance(level.value, Scalar):
        actual = Datum(level.value.text, Origin(str(level.value.span)))
    ratings = {
        group: _each(entry.value, datum_from) for group, entry in _below(entries, "ratings").items()
    }
    target = value("target")
    members = members_from(entries.get("members"))
    targets = members_from(entries.get("member_targets"))
    figures = {name: datum for name in indicator.figures if (datum := value(name)) is not None}
    baseline, weight = value("baseline"), value("weight")
    return Measure(actual, target, baseline, ratings, (), members, targets, figures, weight)


def _each(node: Node, read: Callable[[Node], Datum | None]) -> tuple[Datum, ...]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return tuple(datum for item in items if (datum := read(item)) is not None)


def _events(
    entries: dict[str, Entry], policy: Policy, findings: Findings
) -> dict[str, EventRecord]:
    names = policy.event_names
    found = {}
    for name, entry in entries.items():
        if not _known(name, entry.key_span, names, findings):
            continue
        if isinstance(entry.value, Mapping):
            points = entry.value.entries.get("points")
            found[name] = EventRecord(None, _each(points.value, datum_from) if points else ())
        else:
            found[name] = EventRecord(datum_from(entry.value))
    return found


def _cycle(entries: dict[str, Entry], findings: Findings) -> Cycle | None:
    """The cycle's dates and facts; `days` alone makes a cycle of that length."""
    if not entries:
        return None
    facts = {
        name: datum
        for name, entry in entries.items()
        if name not in ("from", "to", "days", "id", "announced", "year")
        and (datum := datum_from(entry.value)) is not None
    }
    start, end, told = (date_of(entries.get(key), findings) for key in ("from", "to", "announced"))
    if start is not None and end is not None:
        if end < start:
            place, first, last = entries["to"].value.span, start.isoformat(), end.isoformat()
            findings.report("dates-reversed", place, start=first, end=last)
        begun, year = date_of(entries.get("year"), findings), None
        if begun is not None:
            year = Datum(begun.isoformat(), Origin(str(entries["year"].value.span)))
        return Cycle("test", start, end, None, facts, told, None, year)
    days = entries.get("days")
    number = number_in(days.value) if days and isinstance(days.value, Scalar) else None
    end = _DAY + datetime.timedelta(days=int(number or 1) - 1)
    return Cycle("test", _DAY, end, None, facts, told)


def _proration(node: Node | None, person: dict[str, Entry], findings: Findings) -> Datum | Presence:
    """The share that a case states, or the dates from which it is worked out."""
    stated = datum_from(node)
    if stated is not None:
        return stated
    joined, left = (person.get(name) for name in ("joined", "left"))
    return Presence(
        date_of(joined, findings),
        date_of(left, findings),
        Origin(str(joined.value.span)) if joined else Origin(),
        Origin(str(left.value.span)) if left else Origin(),
    )
