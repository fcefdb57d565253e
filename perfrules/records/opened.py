"""What people open, the tables and the workbook, held against the records.

The records are told once more by the writers of tables and workbook, and each cell compared.
Where names and teams come from tables only, the files are held against each other.
"""

import importlib.util
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Cell, Findings
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.files.workbook_cells import differences, parts_beyond
from perfrules.model.cycle_result import CycleResult
from perfrules.records.deltas import DELTAS, Entry, delta_rows, revised
from perfrules.records.follow_ups import FOLLOW_UPS, follow_up_rows
from perfrules.records.read import ResultFolder, bytes_of
from perfrules.records.seals import UnreadableError, sha256
from perfrules.records.tables import (
    APPRAISALS,
    NOT_APPLIED,
    REJECTED,
    WORKBOOK,
    appraisal_rows,
    guarded,
    not_applied_rows,
    read_lines,
    rejected_rows,
    table_text,
)

__all__ = ["check_tables", "check_workbook"]

_MOST: Final = 20
"""How many cells of a file are named."""


def check_tables(
    results: ResultFolder,
    result: CycleResult,
    entries: Mapping[str, tuple[Entry, ...]],
    findings: Findings,
) -> None:
    """Each table is, cell by cell, what its writer makes of the records; one of which something
    has been said is left alone. `entries` are the calibrations and appeals of each person."""
    said = {str(one.place) for one in findings.errors if one.code != "changed-output"}
    listed = {file.path for file in results.manifest.outputs}
    for name, rows in (*_tables(result), *_deltas(results, result, entries, findings)):
        lines = [list(row) for row in rows]
        path = results.folder / name
        if str(path) in said:
            continue
        if name not in listed:
            if len(lines) > 1:
                findings.report("missing-output", str(path), path=name)
            continue
        if not lines:
            findings.report("extra-output", str(path), path=name)
            continue
        data = bytes_of(path)
        if data is None or data == b"".join(table_text(lines)):
            continue  # that it is missing has been said
        try:
            differing = list(_differing(read_lines(data), lines))
        except UnreadableError:
            findings.report("changed-output", str(path), path=name)
            continue
        for cell, found, expected in differing[:_MOST]:
            place = Cell(str(path), "", *cell)
            findings.report("cell-disagrees", place, path=name, found=found, expected=expected)
        if not differing:
            findings.report("changed-output", str(path), path=name)


def _tables(result: CycleResult) -> Iterator[tuple[str, Iterable[Iterable[str]]]]:
    yield APPRAISALS, appraisal_rows(result)
    yield REJECTED, rejected_rows(result)
    yield FOLLOW_UPS, follow_up_rows(result)
    yield NOT_APPLIED, not_applied_rows(result)


def _deltas(
    results: ResultFolder,
    result: CycleResult,
    entries: Mapping[str, tuple[Entry, ...]],
    findings: Findings,
) -> Iterator[tuple[str, Iterable[Iterable[str]]]]:
    """deltas.csv, where the run that is revised lies beside this one."""
    if results.manifest.revises is None:
        yield DELTAS, ()
    elif old := revised(results):
        yield DELTAS, delta_rows(old, result, entries)
    else:
        findings.report("deltas-unchecked", str(results.folder / DELTAS))


def _differing(
    found: list[list[str]], expected: list[list[str]]
) -> Iterator[tuple[tuple[int, int], str, str]]:
    """The cells, by row and column from 1, and what stands and should stand there."""
    none: list[str] = []
    for row, (ours, theirs) in enumerate(zip_longest(found, expected, fillvalue=none), 1):
        for column, (one, other) in enumerate(zip_longest(ours, theirs, fillvalue=""), 1):
            if one != other:
                yield (row, column), one, other


def check_workbook(results: ResultFolder, result: CycleResult, findings: Findings) -> None:
    """The workbook has in each cell what its writer makes of the records, and nothing over it."""
    path = results.folder / WORKBOOK
    found = bytes_of(path)
    if found is None:
        return  # there is none, or that it is missing has been said
    if any(importlib.util.find_spec(name) is None for name in ("xlsxwriter", "openpyxl")):
        findings.report("workbook-unchecked", str(path), path=WORKBOOK)
        return
    language = results.manifest.language
    if language is None:
        part = Text(
            "清单没有写明它的语言，应是较早的版本所写",
            "the manifest does not name its language, as if an earlier version had written it",
        )
        findings.report("workbook-differs", str(path), path=WORKBOOK, part=part)
        return
    expected = _written(result, language, results.manifest.workbook_rows)
    if found != expected:
        _compare(str(path), found, expected, findings)


def _written(result: CycleResult, language: Language, most: int | None) -> bytes:
    from perfrules.papers.workbook.write_workbook import write_workbook  # xlsxwriter is an extra

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / WORKBOOK
        with path.open("xb") as file:
            write_workbook(result, file, Path(scratch), language, _digests(result), most)
        return path.read_bytes()


def _digests(result: CycleResult) -> dict[str, str]:
    """The digests of the tables as their writers make them of the result."""
    written = {
        APPRAISALS: table_text(appraisal_rows(result)),
        REJECTED: table_text(rejected_rows(result)),
    }
    if result.not_applied:
        written[NOT_APPLIED] = table_text(not_applied_rows(result))
    return {name: sha256(b"".join(parts)) for name, parts in written.items()}


def _compare(path: str, found: bytes, expected: bytes, findings: Findings) -> None:
    """Names what differs. Where nothing does, another version of a library wrote the file."""
    cells = differences(found, expected)
    if isinstance(cells, Refusal):
        part = Text("无法打开", "it cannot be opened")
        findings.report("workbook-differs", path, path=WORKBOOK, part=part)
        return
    named = 0
    for cell in cells:
        if guarded(cell.found) == guarded(cell.expected):
            continue
        place = Cell(path, cell.sheet, cell.row, cell.column)
        findings.report(
            "cell-disagrees", place, path=WORKBOOK, found=cell.found, expected=cell.expected
        )
        named += 1
        if named == _MOST:
            break
    for part in parts_beyond(found, expected):
        findings.report("workbook-differs", path, path=WORKBOOK, part=part)
