"""Evaluates the inputs once more and holds what comes out against a result folder.

Hashes tell that files are unchanged, and the checker that records follow from their data;
this tells that the data of the records are those of the inputs. The same input gives the
same bytes, so that bytes are compared.
"""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Final

from perfrules.codes.code import Text
from perfrules.cycle.evaluate_cycle import EachInTurn, Progress, evaluate_cycle
from perfrules.diagnostics import Findings
from perfrules.intake.files.raw_table import LARGE
from perfrules.model.appraisal import Appraisal
from perfrules.model.cycle_result import CycleResult, Judged
from perfrules.records.follow_ups import FOLLOW_UPS, follow_up_rows
from perfrules.records.groups import GROUPS, group_lines
from perfrules.records.manifest import MANIFEST, cycle_entry
from perfrules.records.opened import check_workbook
from perfrules.records.read import ResultFolder, bytes_of
from perfrules.records.tables import (
    APPRAISALS,
    NOT_APPLIED,
    REJECTED,
    appraisal_rows,
    not_applied_rows,
    rejected_rows,
    table_text,
)
from perfrules.records.trace_json import TraceLines, canonical

__all__ = ["replay"]

_MOST: Final = 20
"""How many records that differ are named."""


def replay(
    results: ResultFolder,
    inputs: Path,
    findings: Findings,
    progress: Progress | None = None,
    jobs: int = 1,
) -> None:
    """Reports the records and tables that the cycle's folder `inputs` does not give."""
    stored = results.records()
    lines = TraceLines()
    differing: list[str] = []

    def make(judged: Judged, appraisal: Appraisal | None) -> bytes | None:
        return None if appraisal is None else lines.line(appraisal)

    def compare(judged: Judged, line: bytes | None) -> None:
        if line is not None and next(stored, b"") != line:
            differing.append(judged.person)

    each = EachInTurn(make, compare)
    result = evaluate_cycle(inputs, progress=progress, each=each, limits=LARGE, jobs=jobs)
    for person in differing[:_MOST]:
        findings.report("replay-differs", str(results.folder), what=person)
    if differing:
        return
    _compare_head(results, result, findings)
    for name, parts in _files(results, result):
        made = b"".join(parts)
        kept = bytes_of(results.folder / name) or b""
        if kept != made:
            findings.report(
                "replay-differs",
                str(results.folder / name),
                what=_where(kept, made),
            )


def _compare_head(results: ResultFolder, result: CycleResult, findings: Findings) -> None:
    """What the manifest says of the cycle and counts, and the workbook."""
    stated = results.manifest
    policies = [one.label for one in result.policies]
    kept = (dict(stated.cycle), dict(stated.counts), [one.label for one in stated.policies])
    if kept != (cycle_entry(result), result.counts, policies):
        findings.report("replay-differs", str(results.folder / MANIFEST), what=MANIFEST)
    check_workbook(results, result, findings)


def _files(results: ResultFolder, result: CycleResult) -> Iterator[tuple[str, Iterable[bytes]]]:
    """What else is written of a result, without a line where there is no such file."""
    for policy in result.policies:
        if kept := results.kept(policy.label):
            yield kept.places, [(canonical(dict(policy.places)) + "\n").encode()]
    yield APPRAISALS, table_text(appraisal_rows(result))
    yield REJECTED, table_text(rejected_rows(result))
    yield GROUPS, group_lines(result)
    follows = any(policy.follow_ups for policy in result.policies)
    yield FOLLOW_UPS, table_text(follow_up_rows(result)) if follows else ()
    yield NOT_APPLIED, table_text(not_applied_rows(result)) if result.not_applied else ()


def _where(kept: bytes, made: bytes) -> Text:
    """The first line that differs, by its number."""
    lines = zip_longest(kept.split(b"\n"), made.split(b"\n"))
    number = next((row for row, (one, other) in enumerate(lines, 1) if one != other), 0)
    return Text(f"第 {number} 行", f"line {number}")
