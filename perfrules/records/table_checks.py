"""appraisals.csv, rejected.csv and the manifest's counts, held against the records."""

from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

from perfrules.diagnostics import Findings
from perfrules.intake.people.roster import DATED
from perfrules.model.cycle_result import tally
from perfrules.records.manifest import MANIFEST
from perfrules.records.read import ResultFolder, bytes_of
from perfrules.records.record_checks import Records
from perfrules.records.seals import UnreadableError
from perfrules.records.tables import (
    APPRAISALS,
    NOT_APPLIED,
    PAY_TOTAL,
    REJECTED,
    STRAY_ROW,
    guarded,
    is_amount,
    read_table,
    unguarded,
)
from perfrules.words.of_counts import title_of_count

__all__ = [
    "Tables", "check_appraisals", "check_counts", "check_refused", "check_rejected", "tables_of",
]  # fmt: skip

Rows = list[dict[str, str]]


class Tables(NamedTuple):
    """The rows of the tables that are read again; None where one is missing or no table."""

    appraisals: Rows | None
    rejected: Rows | None
    refused: Rows | None


def tables_of(results: ResultFolder, findings: Findings) -> Tables:
    """Reads the tables, each once. That one is missing has been said."""
    return Tables(*(_rows(results, name, findings) for name in (APPRAISALS, REJECTED, NOT_APPLIED)))


def _rows(results: ResultFolder, name: str, findings: Findings) -> Rows | None:
    data = bytes_of(results.folder / name)
    try:
        return None if data is None else read_table(data)
    except UnreadableError:
        findings.report("changed-output", str(results.folder / name), path=name)
        return None


class _Disagreement(NamedTuple):
    table: str
    record: str
    column: str
    found: str
    expected: str


def check_appraisals(
    results: ResultFolder, rows: Rows | None, records: Records, findings: Findings
) -> None:
    """appraisals.csv says what the records say, of everybody with a result."""
    if rows is None:
        return
    place = str(results.folder / APPRAISALS)
    expected = {guarded(person): cells for person, cells in records.complete.items()}
    seen = Counter(row.get("person_id", "") for row in rows)
    for person in [person for person in expected if not seen[person]]:
        findings.report("record-without-row", place, record=person, table=APPRAISALS)
    for row in rows:
        person = row.get("person_id", "")
        cells = expected.get(person)
        if cells is None or seen[person] > 1:
            findings.report("row-without-record", place, record=person, table=APPRAISALS)
            continue
        plans = {column for column in (*row, *cells) if column.startswith("pay.")}
        for column in (*_STATED, *sorted(plans)):
            stated = cells.get(column, "")
            wanted = stated if is_amount(column) else guarded(stated)
            if row.get(column, "") != wanted:
                about = _Disagreement(APPRAISALS, person, column, row.get(column, ""), wanted)
                findings.report("row-disagrees", place, **about._asdict())
        _check_role(row, APPRAISALS, records, place, findings)


def _check_role(
    row: Mapping[str, str], table: str, records: Records, place: str, findings: Findings
) -> None:
    """The role in a table is that of the policy which judged."""
    person, role = unguarded(row.get("person_id", "")), unguarded(row.get("role", ""))
    known = records.roles.get(person, (role,))
    if role not in known:
        about = _Disagreement(table, person, "role", role, known[0])
        findings.report("row-disagrees", place, **about._asdict())


_STATED: Final = (
    "kind", "policy", "total", "grade", "excluded", "vetoed", "awards", "follow_ups", PAY_TOTAL,
)  # fmt: skip


def check_rejected(
    results: ResultFolder, rows: Rows | None, records: Records, findings: Findings
) -> None:
    """rejected.csv has everybody whose record has no result, and nobody who has one."""
    if rows is None:
        return
    place = str(results.folder / REJECTED)
    codes: dict[str, list[str]] = {}
    for row in rows:
        if row.get("what") != STRAY_ROW:
            codes.setdefault(row.get("person_id", ""), []).append(row.get("code", ""))
            _check_role(row, REJECTED, records, place, findings)
    for person, wanted in records.rejected.items():
        stated = codes.get(guarded(person))
        if stated is None:
            findings.report("record-without-row", place, record=person, table=REJECTED)
        elif stated != wanted:
            texts = ("; ".join(stated), "; ".join(wanted))
            about = _Disagreement(REJECTED, person, "code", *texts)
            findings.report("row-disagrees", place, **about._asdict())
    for person in records.complete:
        if guarded(person) in codes:
            findings.report("row-without-record", place, record=person, table=REJECTED)


def check_refused(results: ResultFolder, rows: Rows | None, findings: Findings) -> None:
    """refused.csv names tables that have dated entries."""
    for row in rows or ():
        table = row.get("table", "")
        if table not in DATED:
            place = str(results.folder / NOT_APPLIED)
            about = _Disagreement(NOT_APPLIED, row.get("person_id", ""), "table", table, DATED[0])
            findings.report("row-disagrees", place, **about._asdict())


def check_counts(
    results: ResultFolder, tables: Tables, records: Records, findings: Findings
) -> None:
    """The manifest's counts are those of the records."""
    stated = {"records": results.manifest.records, **results.manifest.counts}
    found = {"records": records.lines, **_counted(tables, records)}
    for name in dict.fromkeys((*found, *stated)):
        # How many warnings there were stands in no other file.
        one, other = stated.get(name, 0), found.get(name, 0)
        if name != "warnings" and one != other:
            place, title = str(results.folder / MANIFEST), title_of_count(name)
            findings.report("wrong-count", place, name=title, stated=one, found=other)


def _counted(tables: Tables, records: Records) -> dict[str, int]:
    """What records and tables hold, by the names under which the manifest counts it."""
    rows = tables.rejected or []
    without = {row.get("person_id"): row.get("what", "") for row in rows}
    stray = sum(row.get("what") == STRAY_ROW for row in rows)
    subjects = [(kind, True) for kind in records.kinds]
    subjects += [(kind, False) for kind in without.values() if kind != STRAY_ROW]
    return {
        **tally(subjects),
        "follow_ups": records.follow_ups,
        "not_applied": len(tables.refused or ()),
        "unattached": stray,
    }
