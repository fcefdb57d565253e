"""A cycle's result -> a result folder, all of it or nothing."""

import errno
import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from perfrules.codes.code import Language, Text
from perfrules.cycle.evaluate_cycle import EachInTurn
from perfrules.diagnostics import Findings
from perfrules.language.to_resolved import resolved_json
from perfrules.model.appraisal import Appraisal
from perfrules.model.cycle_result import CycleResult, Judged
from perfrules.model.policy import Policy
from perfrules.papers.workbook.scores import left_out
from perfrules.records.deltas import DELTAS, Entry, delta_rows, entries_of, fit_to_revise
from perfrules.records.follow_ups import FOLLOW_UPS, follow_up_rows
from perfrules.records.groups import GROUPS, group_lines
from perfrules.records.lock import LockHeldError, locked
from perfrules.records.manifest import MANIFEST, KeptPolicy, WorkbookAsked, manifest_text
from perfrules.records.read import TRACES, ResultFolder, files_in, read_results
from perfrules.records.seals import CHAIN_START, chained
from perfrules.records.signing import SIGNATURE, Signer
from perfrules.records.staging import OutputFile, Staging, lock_path, recover
from perfrules.records.tables import (
    APPRAISALS,
    NOT_APPLIED,
    REJECTED,
    TABLES,
    WORKBOOK,
    appraisal_rows,
    not_applied_rows,
    rejected_rows,
    table_text,
)
from perfrules.records.trace_json import TraceLines, canonical
from perfrules.version import __version__

__all__ = ["WORKBOOK_ROWS", "write_results", "write_while"]

WORKBOOK_ROWS: Final = 5_000
"""So many rows have the sheets of scores where nothing else is asked for: as many as somebody
reads. All of them take longer to write than all people to judge."""


def write_results(
    result: CycleResult, out: Path, language: Language = "zh"
) -> tuple[ResultFolder | None, Findings]:
    """Writes the result folder; None, with findings, where the old one is left as it was."""

    def replay(each: EachInTurn) -> CycleResult:
        for one in result.judged:
            each.take(one, each.make(one, result.appraisals.get(one.person)))
        return result

    _, folder, findings = write_while(out, replay, language=language)
    return folder, findings


def write_while(
    out: Path,
    evaluate: Callable[[EachInTurn], CycleResult],
    revises: Path | None = None,
    signer: Signer | None = None,
    language: Language = "zh",
    workbook_rows: int | None = WORKBOOK_ROWS,
) -> tuple[CycleResult | None, ResultFolder | None, Findings]:
    """Writes each trace while the cycle is evaluated, so that none has to be kept.

    `evaluate` hands each subject on, in the order of the ids. The result is None where nothing
    was evaluated, since there is no place to write to. `revises` is the result folder of an
    earlier run of the same cycle, which stays as it is: deltas.csv tells what differs from it.
    `signer` signs the manifest. `language` is that of the workbook; all else is in both.
    Each of its sheets of scores has at most `workbook_rows` rows.
    """
    findings, result = Findings(), None
    out = Path(os.path.abspath(out))
    old = None
    if revises is not None:
        old, findings = read_results(revises)
        if old is None:
            return None, None, findings
    stage = ""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with locked(lock_path(out)):
            recover(out)
            if not _replaceable(out, findings):
                return None, None, findings
            staging = Staging(out)
            try:
                with _traces(staging) as chain:
                    result = evaluate(EachInTurn(chain.make, chain.take))
                if old is not None and result.cycle is not None:
                    findings.extend(fit_to_revise(old, result.cycle, out))
                if result.refused is None and not findings.errors:
                    asked = WorkbookAsked(language, workbook_rows)
                    _write_rest(staging, result, chain, old, signer, asked, findings)
                    staging.commit()
            finally:
                stage = staging.current
                staging.discard()
    except LockHeldError as held:
        findings.report("output-locked", str(out), path=str(out), holder=str(held))
    except OSError as error:
        path = out / stage
        findings.report("cannot-write", str(out), path=str(path), reason=_why(error, out))
    if result is None or result.refused is not None or findings.errors:
        return result, None, findings
    folder, found = read_results(out)
    findings.extend(found)
    return result, folder, findings


_Made = tuple[bytes, tuple[Entry, ...]]


class _ChainedTraces:
    """The records as they are written, and the head of their chain."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.head, self.records = CHAIN_START, 0
        self.lines = TraceLines()
        self.entries: dict[str, tuple[Entry, ...]] = {}

    def make(self, judged: Judged, appraisal: Appraisal | None) -> _Made | None:
        """A subject's trace as it is written, and its dated entries; one that was never evaluated
        has none. Several processes may make them."""
        if appraisal is None:
            return None
        return self.lines.line(appraisal), entries_of(appraisal)

    def take(self, judged: Judged, made: _Made | None) -> None:
        """Writes a trace behind the last one."""
        if made is None:
            return
        line, entries = made
        self.file.write(line + b"\n")
        self.head = chained(self.head, line)
        self.records += 1
        if entries:
            self.entries[judged.person] = entries


@contextmanager
def _traces(staging: Staging) -> Iterator[_ChainedTraces]:
    with staging.open(TRACES) as file:
        yield _ChainedTraces(file)


def _write_rest(
    staging: Staging,
    result: CycleResult,
    chain: _ChainedTraces,
    old: ResultFolder | None,
    signer: Signer | None,
    asked: WorkbookAsked,
    findings: Findings,
) -> None:
    outputs = [staging.finished(TRACES)]
    outputs.append(staging.write(APPRAISALS, table_text(appraisal_rows(result))))
    outputs.append(staging.write(REJECTED, table_text(rejected_rows(result))))
    if result.groups:
        outputs.append(staging.write(GROUPS, group_lines(result)))
    if any(policy.follow_ups for policy in result.policies):
        outputs.append(staging.write(FOLLOW_UPS, table_text(follow_up_rows(result))))
    if result.not_applied:
        outputs.append(staging.write(NOT_APPLIED, table_text(not_applied_rows(result))))
    if old is not None:
        rows = delta_rows(old, result, chain.entries)
        outputs.append(staging.write(DELTAS, table_text(rows)))
    policies = tuple(_write_policy(staging, policy, outputs) for policy in result.policies)
    if not left_out(result, asked.rows):
        asked = asked._replace(rows=None)  # where all have room, the limit says nothing
    has_workbook = importlib.util.find_spec("xlsxwriter") is not None
    if has_workbook:
        digests = {one.path: one.sha256 for one in outputs if one.path in TABLES}
        outputs.append(_write_workbook(staging, result, asked, digests))
    else:
        findings.report("no-workbook", None)
    revised = old.manifest.digest if old is not None else None
    text = manifest_text(
        __version__, result, policies, tuple(outputs), chain.head, chain.records, revised,
        asked if has_workbook else None,
    )  # fmt: skip
    staging.write(MANIFEST, [text.encode()])
    if signer is not None:
        staging.write(SIGNATURE, [signer.signature(text.encode())])


def _write_workbook(
    staging: Staging, result: CycleResult, asked: WorkbookAsked, digests: Mapping[str, str]
) -> OutputFile:
    from perfrules.papers.workbook.write_workbook import write_workbook  # xlsxwriter is an extra

    with staging.open(WORKBOOK) as file:
        write_workbook(result, file, staging.folder, asked.language, digests, asked.rows)
    return staging.finished(WORKBOOK)


def _write_policy(staging: Staging, policy: Policy, outputs: list[OutputFile]) -> KeptPolicy:
    """The resolved text exactly as its digest was taken, and where each line of it stood."""
    name = f"policies/{_file_name(policy.label)}"
    kept = KeptPolicy(
        policy.id, policy.version, policy.digest, f"{name}.json", f"{name}.places.json"
    )
    places = canonical(dict(policy.places)) + "\n"
    outputs.append(staging.write(kept.file, [resolved_json(policy.resolved).encode()]))
    outputs.append(staging.write(kept.places, [places.encode()]))
    return kept


def _file_name(label: str) -> str:
    """A label as a file's name; what no file system can be trusted with becomes `%2F`."""
    return "".join(
        letter
        if letter.isalnum() or letter in "@_-" or (letter == "." and index)
        else "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))
        for index, letter in enumerate(label)
    )


def _replaceable(out: Path, findings: Findings) -> bool:
    """Whether `out` may be written: it is not there, empty, or a result folder and no more."""
    path = str(out)
    if out.is_symlink():
        findings.report("output-is-link", path, path=path)
    elif not out.name or (out.exists() and not out.is_dir()):
        findings.report("output-not-a-folder", path, path=path)
    elif out.is_dir() and (strange := _strangers(out)):
        findings.report("output-not-ours", path, path=path, found=strange)
    return not findings.errors


def _strangers(out: Path) -> str:
    """Something in the folder that no run of ours has put there; empty where all is ours."""
    names = set(files_in(out))
    folder, _ = read_results(out) if MANIFEST in names else (None, None)
    outputs = [file.path for file in folder.manifest.outputs] if folder else []
    known = {MANIFEST, SIGNATURE, *outputs} if folder else set()
    return min(names - known, default="")


def _why(error: OSError, out: Path) -> Text:
    """What the system's refusal means."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        free = shutil.disk_usage(out.parent).free >> 20
        return Text(f"磁盘空间不足（剩余 {free} MiB）", f"the disk is full ({free} MiB left)")
    return _REASONS.get(error.errno or 0, Text(str(error), str(error)))


_REASONS: Final = {
    errno.EFBIG: Text("文件超过系统允许的大小", "the file is larger than the system allows"),
    errno.EACCES: Text("没有写入权限", "there is no permission to write"),
    errno.EPERM: Text("没有写入权限", "there is no permission to write"),
    errno.EROFS: Text("磁盘是只读的", "the disk is read-only"),
    errno.ENOTDIR: Text("上级路径不是文件夹", "a part of the path is no folder"),
    errno.EEXIST: Text("上级路径不是文件夹", "a part of the path is no folder"),
    errno.ENAMETOOLONG: Text("名称过长", "the name is too long"),
    errno.ELOOP: Text("路径中有符号链接", "there is a symbolic link in its place"),
}
