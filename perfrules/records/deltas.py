"""What a new run changes of an old one: deltas.csv, a line for each figure of a person.

An appeal that is granted, or figures that were corrected, make a new run. The old one stays as
it was; this says what became different, and why where a calibration or an appeal says so.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.exact import EXACT, plain
from perfrules.model.appraisal import Appraisal
from perfrules.model.cycle_result import CycleResult
from perfrules.model.scorecard import Cycle
from perfrules.records.intact import altered
from perfrules.records.read import TRACES, ResultFolder, bytes_of, results_beside
from perfrules.records.seals import UnreadableError
from perfrules.records.tables import (
    APPRAISALS,
    PAY_TOTAL,
    REJECTED,
    STRAY_ROW,
    appraisal_cells,
    guarded,
    read_table,
    unguarded,
)

__all__ = [
    "DELTAS",
    "Delta",
    "Entry",
    "delta_rows",
    "entries_in",
    "entries_of",
    "fit_to_revise",
    "revised",
]

DELTAS: Final = "deltas.csv"


class Delta(NamedTuple):
    """A line of deltas.csv: `what` is status, total, grade, pay.<plan> or pay_total.

    A status is `complete` or `rejected`, and empty for somebody who was not there. `change` is the
    exact difference of two numbers, else empty.
    """

    person_id: str
    name: str
    what: str
    before: str
    after: str
    change: str
    reason: str


class Entry(NamedTuple):
    """A calibration or an appeal that a run applied: which figure, to what, and why."""

    what: str
    value: str
    reason: str
    approved_by: str

    @property
    def text(self) -> str:
        return f"{self.reason} ({self.approved_by})" if self.approved_by else self.reason


def entries_of(appraisal: Appraisal) -> tuple[Entry, ...]:
    """The entries that were applied to somebody; most people have none."""
    return tuple(
        Entry(
            _figure(step.path),
            plain(step.value) if isinstance(step.value, Decimal) else str(step.value),
            step.origin.reason if step.origin else "",
            step.origin.approved_by if step.origin else "",
        )
        for step in appraisal.steps.values()
        if step.kind == "revision"
    )


def fit_to_revise(old: ResultFolder, cycle: Cycle, out: Path) -> Findings:
    """Why a folder cannot be what a run of `cycle` into `out` revises; no findings if it can."""
    findings = Findings()
    stated = old.manifest.cycle
    reason: Text | None = None
    if os.path.realpath(old.folder) == os.path.realpath(out):
        reason = Text("它就是本次的输出文件夹", "it is the output folder itself")
    elif stated.get("id") != cycle.id:
        theirs = stated.get("id", "")
        reason = Text(f"它是周期 {theirs} 的结果", f"it has the results of the cycle {theirs}")
    else:
        for problem in altered(old, (APPRAISALS, REJECTED, TRACES)):
            reason = Text(problem.message("zh"), problem.message("en"))
            break
    if reason is not None:
        findings.report("cannot-revise", str(old.folder), path=str(old.folder), reason=reason)
    return findings


def revised(results: ResultFolder) -> ResultFolder | None:
    """The run that a folder revises: whole, beside it, and of the digest that its manifest has;
    None where there is none."""
    for old in results_beside(results.folder, results.manifest.revises):
        if not any(altered(old, (APPRAISALS, REJECTED, TRACES))):
            return old
    return None


def delta_rows(
    old: ResultFolder,
    result: CycleResult,
    entries: Mapping[str, tuple[Entry, ...]] | None = None,
) -> Iterator[list[str]]:
    """deltas.csv: a header, then what differs from the old run, person by person.

    `entries` are those of `entries_of` by person; with None they come from the result's own
    appraisals. Of the old folder the two tables are read, and the trace of whoever has entries.
    Nothing is raised for what the old folder holds: `fit_to_revise` has been asked before.
    """
    if entries is None:
        entries = {person: entries_of(one) for person, one in result.appraisals.items()}
    yield list(Delta._fields)
    before = _standing(old)
    # Of a run that did not add up the pay nobody can say what its sum was.
    adds_up = any(PAY_TOTAL in one for one in before.values())
    after = {
        one.person: {"status": _COMPLETE, **_figures(appraisal_cells(one))}
        if one.complete
        else {"status": _REJECTED, "name": one.name}
        for one in result.judged
        if one.kind != "segment"
    }
    for person in sorted({*before, *after}):
        then, now = before.get(person, {}), after.get(person, {})
        changed = [what for what in _whats(then, now) if _differ(then.get(what), now.get(what))]
        changed = [what for what in changed if what != PAY_TOTAL or adds_up]
        reason = _reason(old, person, entries.get(person, ())) if changed else ""
        for what in changed:
            one, other = then.get(what, ""), now.get(what, "")
            name = now.get("name") or then.get("name", "")
            change = _change(what, one, other)
            delta = Delta(person, name, what, one, other, change, reason)
            yield [_cell(column, text, what) for column, text in delta._asdict().items()]


_COMPLETE: Final = "complete"
_REJECTED: Final = "rejected"


def _standing(old: ResultFolder) -> dict[str, dict[str, str]]:
    """What the old tables say of each person, with the guard of their texts taken off."""
    found = {}
    for row in _table(old, REJECTED):
        if row.get("what") != STRAY_ROW:
            name = unguarded(row.get("name", ""))
            found[unguarded(row.get("person_id", ""))] = {"status": _REJECTED, "name": name}
    for row in _table(old, APPRAISALS):
        cells = {column: unguarded(text) for column, text in row.items()}
        found[cells.get("person_id", "")] = {"status": _COMPLETE, **_figures(cells)}
    # A segment without a result (`E1005#1`) stands in rejected.csv beside its person.
    return {one: said for one, said in found.items() if one.rpartition("#")[0] not in found}


def _table(old: ResultFolder, name: str) -> list[dict[str, str]]:
    data = bytes_of(old.folder / name)
    try:
        return [] if data is None else read_table(data)
    except UnreadableError:
        return []


def _figures(cells: Mapping[str, str]) -> dict[str, str]:
    """The name, and what is compared."""
    return {
        column: text
        for column, text in cells.items()
        if column in ("name", "total", "grade", PAY_TOTAL) or column.startswith("pay.")
    }


def _whats(then: Iterable[str], now: Iterable[str]) -> list[str]:
    names = dict.fromkeys((*now, *then))
    plans = sorted(what for what in names if what.startswith("pay."))
    first = [what for what in ("status", "total", "grade") if what in names]
    return [*first, *plans, *([PAY_TOTAL] if PAY_TOTAL in names else [])]


def _differ(then: str | None, now: str | None) -> bool:
    return (then or "") != (now or "")


def _change(what: str, before: str, after: str) -> str:
    """The exact difference; empty where one of the two is no number."""
    if what in ("status", "grade"):
        return ""
    try:
        return plain(EXACT.subtract(Decimal(after), Decimal(before)))
    except InvalidOperation:
        return ""


def _cell(column: str, text: str, what: str) -> str:
    """Figures as they are, also negative ones; texts so that they stay texts."""
    figure = column in ("before", "after", "change") and what not in ("status", "grade")
    return text if figure else guarded(text)


def _reason(old: ResultFolder, person: str, entries: tuple[Entry, ...]) -> str:
    """What the entries say that the old run did not have yet."""
    if not entries:
        return ""
    record = old.record(person)
    known = Counter(() if isinstance(record, Diagnostic) else entries_in(record))
    fresh = list((Counter(entries) - known).elements())
    return "; ".join(dict.fromkeys(entry.text for entry in fresh if entry.text))


def entries_in(record: Mapping[str, Any]) -> Iterator[Entry]:
    """The entries that a trace in a file has."""
    steps = record.get("steps")
    for step in steps if isinstance(steps, list) else ():
        if isinstance(step, dict) and step.get("kind") == "revision":
            origin = step.get("origin")
            said = origin if isinstance(origin, dict) else {}
            yield Entry(
                _figure(str(step.get("id", "")).partition("#")[2]),
                str(step.get("value", "")),
                str(said.get("reason", "")),
                str(said.get("approved_by", "")),
            )


def _figure(path: str) -> str:
    """What an entry is on: its path without its number, `total` of `total.revision.2`."""
    return path.rpartition(".")[0].removesuffix(".revision")
