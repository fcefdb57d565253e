"""Checks a result folder again, from the bytes up, and believes nothing that it says.

The manifest first, then every file, every record by itself, the records as a whole, the
tables, and where it is asked for the inputs. `perfrules.checker` works every record out once
more without a line of the evaluator.
"""

from pathlib import Path

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.records.group_records import GroupRecords
from perfrules.records.intact import broken_seal, check_files, unlike
from perfrules.records.manifest import MANIFEST
from perfrules.records.opened import check_tables, check_workbook
from perfrules.records.read import ResultFolder, bytes_of, read_results
from perfrules.records.record_checks import Progress, Records
from perfrules.records.replay import replay
from perfrules.records.retold import result_of
from perfrules.records.retold_groups import retold_groups
from perfrules.records.seals import sha256
from perfrules.records.signing import PublicKey, check_signature
from perfrules.records.table_checks import (
    Tables,
    check_appraisals,
    check_counts,
    check_refused,
    check_rejected,
    tables_of,
)

__all__ = ["verify"]


def verify(
    folder: Path,
    inputs: Path | None = None,
    progress: Progress | None = None,
    signed_by: PublicKey | None = None,
    jobs: int = 1,
) -> tuple[Diagnostic, ...]:
    """All that is wrong with a result folder; empty where it is what was written.

    `inputs` is the cycle's folder, where its files are to be compared too, and evaluated again.
    With `signed_by` the manifest has to be signed with that key. `jobs` is how many processes work
    the records out; what they find is the same.
    """
    results, findings = read_results(folder)
    if results is None:
        return tuple(findings)
    if not results.manifest.sealed:
        findings.extend((broken_seal(results.folder),))
    findings.extend(check_signature(results.folder, signed_by))
    findings.extend(check_files(results.folder, results.manifest.outputs))
    _check_policies(results, findings)
    groups = GroupRecords(results, findings)
    records = Records(results, groups, findings, jobs)
    records.check(progress)
    groups.check_claims()
    records.references.check_rest()
    tables = tables_of(results, findings)
    check_appraisals(results, tables.appraisals, records, findings)
    check_rejected(results, tables.rejected, records, findings)
    check_refused(results, tables.refused, findings)
    check_counts(results, tables, records, findings)
    _check_opened(results, tables, records, findings)
    if inputs is not None:
        _check_inputs(results, inputs, findings)
        if not findings.errors:
            replay(results, inputs, findings, jobs=jobs)
    return tuple(findings)


def _check_policies(results: ResultFolder, findings: Findings) -> None:
    """A policy's digest is that of its file, and its file is among the outputs."""
    outputs = {file.path for file in results.manifest.outputs}
    for kept in results.manifest.policies:
        data = bytes_of(results.folder / kept.file)
        if data is not None and sha256(data) != kept.digest:
            place = str(results.folder / kept.file)
            findings.report("changed-output", place, path=kept.file)
        for name in (kept.file, kept.places):
            if name not in outputs:
                findings.report("extra-output", str(results.folder / name), path=name)


def _check_opened(
    results: ResultFolder, tables: Tables, records: Records, findings: Findings
) -> None:
    """The tables and the workbook, cell by cell, where the records themselves are right."""
    if records.retold is None:
        return
    try:
        groups = retold_groups(records.groups.records, records.groups.subjects)
        appraisals, rejected, refused = (rows or () for rows in tables)
        result = result_of(records.retold, results.manifest, appraisals, rejected, refused, groups)
    except (KeyError, ValueError):
        findings.report(
            "damaged-manifest",
            str(results.folder / MANIFEST),
            path=MANIFEST,
            part=Text("考核周期不完整", "its cycle is not whole"),
        )
        return
    check_tables(results, result, records.retold.entries, findings)
    if records.groups.are_sound:
        # The overview tells who was compared.
        check_workbook(results, result, findings)


def _check_inputs(results: ResultFolder, inputs: Path, findings: Findings) -> None:
    """Every input is what it was."""
    for name, place, there in unlike(results.manifest.inputs, inputs):
        if there:
            findings.report("changed-input", place, path=name)
        else:
            findings.report("missing-input", place, path=name)
