"""Evaluates the inputs once more and holds what comes out against a result folder.

Hashes tell that files are unchanged, and the checker that records follow from their data;
this tells that the data of the records are those of the inputs. The same input gives the
same bytes, so that bytes are compared.
"""

from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import Final

from perfrules.codes.code import Text
from perfrules.cycle.evaluate_cycle import Progress, evaluate_cycle
from perfrules.diagnostics import Findings
from perfrules.model.appraisal import Appraisal
from perfrules.model.cycle_result import CycleResult, Judged
from perfrules.reading.data.raw_table import LARGE
from perfrules.records.read import ResultFolder, bytes_of
from perfrules.records.tables import APPRAISALS, REJECTED, appraisal_rows, rejected_rows, table_text
from perfrules.reports.trace_json import TraceLines

__all__ = ["replay"]

_LINE: Final = ("第几行：", "line")

_MOST: Final = 20
"""How many records that differ are named."""


def replay(
    results: ResultFolder, inputs: Path, findings: Findings, progress: Progress | None = None
) -> None:
    """Reports the records and tables that the cycle's folder `inputs` does not give."""
    stored = results.records()
    lines = TraceLines()
    differing: list[str] = []

    def compare(judged: Judged, appraisal: Appraisal | None) -> None:
        if appraisal is not None and next(stored, b"") != lines.line(appraisal):
            differing.append(judged.person)

    result = evaluate_cycle(inputs, progress=progress, each=compare, limits=LARGE)
    for person in differing[:_MOST]:
        findings.report("replay-differs", str(results.folder), what=person)
    if differing:
        return
    for name, rows in _tables(result):
        made = b"".join(table_text(rows))
        kept = bytes_of(results.folder / name)
        if kept is not None and kept != made:
            findings.report(
                "replay-differs",
                str(results.folder / name),
                what=_where(kept, made),
            )


def _tables(result: CycleResult) -> Iterable[tuple[str, Iterable[Iterable[str]]]]:
    return ((APPRAISALS, appraisal_rows(result)), (REJECTED, rejected_rows(result)))


def _where(kept: bytes, made: bytes) -> Text:
    """The first line that differs, by its number."""
    lines = zip_longest(kept.split(b"\n"), made.split(b"\n"))
    number = next((row for row, (one, other) in enumerate(lines, 1) if one != other), 0)
    return Text(*(f"{word} {number}" for word in _LINE))
