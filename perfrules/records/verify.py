"""Checks a result folder again, from the bytes up, and believes nothing that it says.

The manifest first, then every file, every record by itself, the records as a whole, the
tables, and where it is asked for the inputs. `perfrules.checker` works every record out once
more without a line of the evaluator.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from perfrules.checker import check
from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.model.cycle_result import InputFile, tally
from perfrules.records.cross_references import CrossReferences
from perfrules.records.group_records import GroupRecords
from perfrules.records.manifest import MANIFEST
from perfrules.records.read import TRACES, ResultFolder, bytes_of, files_in, read_results
from perfrules.records.replay import replay
from perfrules.records.seals import CHAIN_START, UnreadableError, chained, parsed, seal, sha256
from perfrules.records.staging import OutputFile
from perfrules.records.tables import (
    APPRAISALS,
    NOT_APPLIED,
    REJECTED,
    STRAY_ROW,
    guarded,
    read_table,
    trace_cells,
)
from perfrules.reports.words_of_counts import title_of_count

__all__ = ["verify"]

Progress = Callable[[int, int], None]


def verify(
    folder: Path, inputs: Path | None = None, progress: Progress | None = None
) -> tuple[Diagnostic, ...]:
    """All that is wrong with a result folder; empty where it is what was written.

    `inputs` is the cycle's folder, where its files are to be compared too, and evaluated again.
    """
    results, findings = read_results(folder)
    if results is None:
        return tuple(findings)
    if not results.manifest.sealed:
        place = str(results.folder / MANIFEST)
        part = Text("摘要与内容不符", "its seal does not fit")
        findings.report("damaged-manifest", place, path=MANIFEST, part=part)
    _check_files(results, findings)
    _check_policies(results, findings)
    groups = GroupRecords(results, findings)
    records = _Records(results, groups, findings)
    records.check(progress)
    groups.check_claims()
    records.references.check_rest()
    _check_appraisals(results, records, findings)
    _check_rejected(results, records, findings)
    _check_counts(results, records, findings)
    if inputs is not None:
        _check_inputs(results, inputs, findings)
        if not findings.errors:
            replay(results, inputs, findings)
    return tuple(findings)


def _check_files(results: ResultFolder, findings: Findings) -> None:
    """Every file of the manifest is there and unchanged, and there is no other."""
    folder = results.folder
    for name, place, there in _unlike(results.manifest.outputs, folder):
        if there:
            findings.report("changed-output", place, path=name)
        else:
            findings.report("missing-output", place, path=name)
    known = {MANIFEST, *(file.path for file in results.manifest.outputs)}
    for name in files_in(folder):
        if name not in known:
            findings.report("extra-output", str(folder / name), path=name)


def _unlike(
    files: Iterable[OutputFile | InputFile], folder: Path
) -> Iterator[tuple[str, str, bool]]:
    """The files that are not as the manifest has them: name, place, and whether they are there."""
    for file in files:
        path = folder / file.path
        found = _digest(path)
        if found != (file.sha256, file.size):
            yield file.path, str(path), found is not None


def _digest(path: Path) -> tuple[str, int] | None:
    digest, size = hashlib.sha256(), 0
    try:
        if not path.is_file() or path.is_symlink():
            return None
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
                size += len(chunk)
    except OSError:
        return None
    return digest.hexdigest(), size


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


class _Records:
    """The traces: each by itself, their order, their chain; and what the tables must say."""

    def __init__(self, results: ResultFolder, groups: GroupRecords, findings: Findings) -> None:
        self.results, self.groups, self.findings = results, groups, findings
        self.place = str(results.folder / TRACES)
        self.references = CrossReferences(groups.policies, self.place, findings)
        self.policies: dict[str, tuple[dict[str, Any], dict[str, str]] | None] = {}
        self.complete: dict[str, Mapping[str, str]] = {}
        """What appraisals.csv must say, by person."""
        self.rejected: dict[str, list[str]] = {}
        """The codes that rejected.csv must give, by person."""
        self.kinds: list[str] = []
        """The kind of each subject with a result."""
        self.follow_ups = self.lines = 0

    def check(self, progress: Progress | None) -> None:
        """Checks one record after the other; a bad one does not hide the next."""
        head, last = CHAIN_START, ""
        try:
            for line in self.results.records():
                self.lines += 1
                head = chained(head, line)
                last = self.one(line, last)
                if progress is not None:
                    progress(self.lines, self.results.manifest.records)
        except OSError:
            return  # that it is missing has been said
        if head != self.results.manifest.head:
            self.findings.report("broken-chain", self.place)

    def one(self, line: bytes, last: str) -> str:
        """One record; returns its person, or the last one's where it has none."""
        place = f"{self.place}:{self.lines}"
        try:
            record = parsed(line)
            person, policy = record["subject"], record["policy"]
            label, digest = f"{policy['id']}@{policy['version']}", policy["digest"]
            sealed = seal(record) == record["digest"]
            cells = trace_cells(record)
            if not all(isinstance(text, str) for text in (person, *cells.values())):
                raise TypeError
            codes = [one["code"] for one in record["problems"] if one["severity"] == "error"]
        except (UnreadableError, KeyError, TypeError, AttributeError, RecursionError):
            self.findings.report("damaged-record", place, record=f"{TRACES}:{self.lines}")
            return last
        if not sealed:
            self.findings.report("damaged-record", place, record=person)
        if self.lines > 1 and person <= last:
            self.findings.report("unordered-record", place, record=person)
        if not self.of_this_cycle(record):
            self.findings.report("wrong-cycle-in-record", place, record=person)
        rules = self.rules(label, digest)
        if rules is None:
            self.findings.report("unknown-policy-in-record", place, record=person, policy=label)
        else:
            rejections = check(record, *rules, self.groups.records)
            for rejection in rejections:
                step = f" ({rejection.step})" if rejection.step else ""
                reason = Text(rejection.zh + step, rejection.en + step)
                self.findings.report("rejected-record", place, record=person, reason=reason)
            if not rejections:
                self.groups.claim(person, record)
            self.references.read(record)
        if record.get("status") == "complete":
            self.kinds.append(record["subject_kind"])
            if record["subject_kind"] != "segment":
                self.complete[person] = cells
                self.follow_ups += len(record["follow_ups"])
        else:
            self.rejected[person] = codes
        return str(person)

    def of_this_cycle(self, record: Mapping[str, Any]) -> bool:
        cycle, stated = record.get("cycle"), self.results.manifest.cycle
        return isinstance(cycle, dict) and all(
            cycle.get(key) == stated.get(key) for key in ("id", "from", "to")
        )

    def rules(self, label: str, digest: str) -> tuple[dict[str, Any], dict[str, str]] | None:
        """The policy of a record, read once; None where the folder has none of that digest."""
        if label not in self.policies:
            found = self.results.policy(label)
            self.policies[label] = None if isinstance(found, Diagnostic) else found
        kept = self.results.kept(label)
        return self.policies[label] if kept and kept.digest == digest else None


class _Disagreement(NamedTuple):
    table: str
    record: str
    column: str
    found: str
    expected: str


def _check_appraisals(results: ResultFolder, records: _Records, findings: Findings) -> None:
    """appraisals.csv says what the records say, of everybody with a result."""
    rows = _rows(results, APPRAISALS, findings)
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
            wanted = stated if column in plans or column == "total" else guarded(stated)
            if row.get(column, "") != wanted:
                about = _Disagreement(APPRAISALS, person, column, row.get(column, ""), wanted)
                findings.report("row-disagrees", place, **about._asdict())


_STATED: Final = (
    "kind", "policy", "total", "grade", "excluded", "vetoed", "awards", "follow_ups",
)  # fmt: skip


def _check_rejected(results: ResultFolder, records: _Records, findings: Findings) -> None:
    """rejected.csv has everybody whose record has no result, and nobody who has one."""
    rows = _rows(results, REJECTED, findings)
    if rows is None:
        return
    place = str(results.folder / REJECTED)
    codes: dict[str, list[str]] = {}
    for row in rows:
        if row.get("what") != STRAY_ROW:
            codes.setdefault(row.get("person_id", ""), []).append(row.get("code", ""))
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


def _rows(results: ResultFolder, name: str, findings: Findings) -> list[dict[str, str]] | None:
    """The rows of a table; None where it is missing, which has been said, or no table."""
    data = bytes_of(results.folder / name)
    try:
        return None if data is None else read_table(data)
    except UnreadableError:
        findings.report("changed-output", str(results.folder / name), path=name)
        return None


def _check_counts(results: ResultFolder, records: _Records, findings: Findings) -> None:
    """The manifest's counts are those of the records."""
    stated = {"records": results.manifest.records, **results.manifest.counts}
    found = {"records": records.lines, **_counted(results, records)}
    for name in dict.fromkeys((*found, *stated)):
        # How many warnings there were stands in no other file.
        one, other = stated.get(name, 0), found.get(name, 0)
        if name != "warnings" and one != other:
            place, title = str(results.folder / MANIFEST), title_of_count(name)
            findings.report("wrong-count", place, name=title, stated=one, found=other)


def _counted(results: ResultFolder, records: _Records) -> dict[str, int]:
    """What records and tables hold, by the names under which the manifest counts it."""
    rows = _rows(results, REJECTED, Findings()) or []
    without = {row.get("person_id"): row.get("what", "") for row in rows}
    stray = sum(row.get("what") == STRAY_ROW for row in rows)
    subjects = [(kind, True) for kind in records.kinds]
    subjects += [(kind, False) for kind in without.values() if kind != STRAY_ROW]
    return {
        **tally(subjects),
        "follow_ups": records.follow_ups,
        "not_applied": len(_rows(results, NOT_APPLIED, Findings()) or ()),
        "unattached": stray,
    }


def _check_inputs(results: ResultFolder, inputs: Path, findings: Findings) -> None:
    """Every input is what it was."""
    for name, place, there in _unlike(results.manifest.inputs, inputs):
        if there:
            findings.report("changed-input", place, path=name)
        else:
            findings.report("missing-input", place, path=name)
