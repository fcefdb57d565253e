"""A result folder -> its manifest, its policies, the record of a person."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.intake.people.ids import name_spelled, same_id
from perfrules.records.manifest import MANIFEST, KeptPolicy, Manifest, manifest_from
from perfrules.records.seals import UnreadableError, parsed, seal
from perfrules.records.staging import set_aside
from perfrules.records.tables import (
    APPRAISALS,
    REJECTED,
    STRAY_ROW,
    RejectedRow,
    guarded,
    read_table,
    unguarded,
)

__all__ = ["TRACES", "ResultFolder", "bytes_of", "files_in", "read_results", "results_beside"]

TRACES: Final = "traces.jsonl"

_CRUMBS: Final = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))

_LARGEST: Final = 1 << 30
"""No file that is read as a whole is larger: 1 GiB."""

_LONGEST: Final = 1 << 25
"""No record is longer: 32 MiB."""


@dataclass(frozen=True, slots=True)
class ResultFolder:
    """A result folder that was opened. What it says is believed only as far as it is read."""

    folder: Path
    manifest: Manifest

    def record(self, person: str) -> dict[str, Any] | Diagnostic:
        """The trace of a person, or why there is none.

        The records are sorted by id, so that a few looks into the file find one.
        """
        path = self.folder / TRACES
        try:
            with path.open("rb") as file:
                line = _found(file, person)
        except UnreadableError as error:
            return Diagnostic("damaged-record", str(path), {"record": str(error)})
        except OSError:
            return Diagnostic("missing-output", str(path), {"path": TRACES})
        if line is not None:
            record = parsed(line)
            if record.get("digest") == seal(record) and _has_policy(record):
                return record
            return Diagnostic("damaged-record", str(path), {"record": person})
        rows = self.rejections(person)
        if rows:
            reason = Text(rows[0].reason_zh, rows[0].reason_en)
            place = rows[0].place
            return Diagnostic(
                "no-trace", str(path), {"person": person, "reason": reason, "place": place}
            )
        near = same_id(person, map(unguarded, self.people()))
        return Diagnostic("no-record", str(path), {"person": person, "suggestion": near})

    def find(self, text: str) -> dict[str, Any] | Diagnostic:
        """The trace of the one whose id, or else whose name, a text is, or why there is none."""
        found = self.record(text)
        if not isinstance(found, Diagnostic) or found.code != "no-record":
            return found
        rows = (*self._table(APPRAISALS), *self._table(REJECTED))
        wanted = name_spelled(text)
        named = {
            unguarded(row.get("person_id", "")): row
            for row in rows
            if wanted and name_spelled(unguarded(row.get("name", ""))) == wanted
        }
        if len(named) < 2:
            return self.record(next(iter(named))) if named else found
        people = ", ".join(
            f"{one} ({', '.join(filter(None, (row.get('role'), row.get('team'))))})"
            for one, row in sorted(named.items())
        )
        return Diagnostic("several-of-that-name", found.place, {"name": text, "people": people})

    def records(self) -> Iterator[bytes]:
        """The lines of all traces, as they stand in the file."""
        with (self.folder / TRACES).open("rb") as file:
            while line := file.readline(_LONGEST):
                yield line.removesuffix(b"\n")

    def spans(self) -> Iterator[tuple[int, int]]:
        """Where each of those lines begins in the file, and how long it is with its break."""
        start = 0
        with (self.folder / TRACES).open("rb") as file:
            while line := file.readline(_LONGEST):
                yield start, len(line)
                start += len(line)

    def rejections(self, person: str) -> tuple[RejectedRow, ...]:
        """Why a person has no result, as rejected.csv says."""
        rows = self._table(REJECTED)
        try:
            return tuple(
                RejectedRow(**row)
                for row in rows
                if row["what"] != STRAY_ROW and row["person_id"] == guarded(person)
            )
        except (KeyError, TypeError):
            return ()

    def people(self) -> list[str]:
        """The ids of everybody with a result, as appraisals.csv has them."""
        return [row.get("person_id", "") for row in self._table(APPRAISALS)]

    def name_of(self, person: str) -> str:
        """The name of a person, as the tables have it; empty where they have none."""
        rows = (*self._table(APPRAISALS), *self._table(REJECTED))
        ids = guarded(person)
        return next((row.get("name", "") for row in rows if row.get("person_id") == ids), "")

    def kept(self, label: str) -> KeptPolicy | None:
        """What the manifest says of a policy (`sales@2024.2`)."""
        return next((one for one in self.manifest.policies if one.label == label), None)

    def policy(self, label: str) -> tuple[dict[str, Any], dict[str, str]] | Diagnostic:
        """The resolved text of a policy and the places of its lines, or why there is none."""
        kept = self.kept(label)
        if kept is None:
            return Diagnostic("missing-output", str(self.folder), {"path": label})
        found: list[dict[str, Any]] = []
        for name in (kept.file, kept.places):
            data = bytes_of(self.folder / name)
            try:
                if data is None:
                    return Diagnostic("missing-output", str(self.folder), {"path": name})
                found.append(parsed(data))
            except UnreadableError:
                return Diagnostic("changed-output", str(self.folder / name), {"path": name})
        return found[0], {path: str(place) for path, place in found[1].items()}

    def _table(self, name: str) -> list[dict[str, str]]:
        data = bytes_of(self.folder / name)
        try:
            return [] if data is None else read_table(data)
        except UnreadableError:
            return []


def read_results(folder: Path) -> tuple[ResultFolder | None, Findings]:
    """Opens a result folder; None, with a finding, where it is none."""
    findings = Findings()
    if not folder.exists() and set_aside(folder).is_dir():
        # A run was killed between two renames: this is the whole folder.
        folder = set_aside(folder)
    data = bytes_of(folder / MANIFEST)
    if data is None:
        findings.report("not-a-result-folder", str(folder), path=str(folder))
        return None, findings
    try:
        return ResultFolder(folder, manifest_from(data)), findings
    except UnreadableError as error:
        place = str(folder / MANIFEST)
        findings.report("damaged-manifest", place, path=MANIFEST, part=str(error)[:200])
        return None, findings


def results_beside(folder: Path, digest: str | None) -> Iterator[ResultFolder]:
    """The result folders that lie beside a folder and whose manifest has this digest."""
    for path in sorted(path for path in folder.absolute().parent.iterdir() if path.is_dir()):
        found, _ = read_results(path)
        if found is not None and found.manifest.digest == digest:
            yield found


def files_in(folder: Path) -> list[str]:
    """What lies in a folder, sorted, but for the crumbs that desktops leave."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.name not in _CRUMBS and (path.is_symlink() or not path.is_dir())
    )


def bytes_of(path: Path, most: int = _LARGEST) -> bytes | None:
    """The bytes of an ordinary file; None where there is none, or one too large to be ours."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError):
        return None
    return data if len(data) <= most else None


def _has_policy(record: dict[str, Any]) -> bool:
    """Whether the record says by which policy, as whoever reads it will ask."""
    policy = record.get("policy")
    return isinstance(policy, dict) and all(
        isinstance(policy.get(key), str) for key in ("id", "version")
    )


def _found(file: BinaryIO, person: str) -> bytes | None:
    """The line of a person's record in a file sorted by person; None where there is none."""
    wanted = person.encode("utf-8", "surrogatepass")
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        start = _line_start(file, middle, low)
        file.seek(start)
        line = file.readline(_LONGEST)
        subject = parsed(line).get("subject")
        if not isinstance(subject, str):
            raise UnreadableError(f"@{start}")
        found = subject.encode("utf-8", "surrogatepass")
        if found == wanted:
            return line
        if found < wanted:
            low = start + len(line)
        else:
            high = start
    return None


def _line_start(file: BinaryIO, position: int, lowest: int) -> int:
    """Where the line begins that holds the byte at `position`."""
    end = position
    while end > lowest:
        begin = max(lowest, end - 8192)
        file.seek(begin)
        found = file.read(end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return lowest
