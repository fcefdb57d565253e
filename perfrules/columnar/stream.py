"""A table on disk -> results on disk, part by part, in memory that does not grow with the table.

A part is whole or absent: it is written beside its place, synced and renamed, and only then noted
in the journal. The journal is bound to the policy, the program, the input and the size of the
parts; a run that was killed goes on behind the last part that is noted and unchanged.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl

from perfrules.columnar.in_parts import Program, ranges_of
from perfrules.columnar.ranges import Ranges, joined
from perfrules.columnar.run import Judge
from perfrules.columnar.streamed import Streamed
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle
from perfrules.version import __version__

__all__ = ["JOURNAL", "stream"]

JOURNAL: Final = "journal.jsonl"

_FORMAT: Final = "perfrules-parts/1"
_CARRIED: Final = ("name", "role")
"""Columns that no rule reads; the results have them as well."""

_BATCH: Final = 131_072
"""Rows that are surveyed together."""

_SUFFIXES: Final = (".parquet", ".csv")

Told = Callable[[int, int], object]
"""Told how many rows have results on disk, and how many there are."""


def stream(
    policy: Policy, source: Path, out: Path, judge: Judge, cycle: Cycle | None, rows: int,
    told: Told | None,
) -> Streamed:  # fmt: skip
    """Judges a table on disk, `rows` rows a part.

    Raises what `evaluate_frame` raises before the first row; `ValueError` also where a subject has
    two rows, where the input changes meanwhile, and where `out` holds what is no part of results.
    """
    files = _files(source)
    before = [_digest(path) for path in files]
    table = _scanned(files).with_columns(pl.col("subject").cast(pl.String()))
    asked = [name for name in table.collect_schema() if name not in _CARRIED]
    head = table.select(asked).head(0).collect()
    known = ranges_of(policy, head, "refuse")
    Program(policy, head, known, cycle, "refuse")  # what is refused for its columns is so at once
    seen = _Survey(policy)
    ranges = joined(map(seen.ranges, _batches(table.select(asked), _BATCH)))
    seen.refuse_doubled(table)
    program = Program(policy, head, ranges if seen.rows else known, cycle, "refuse")
    journal = _Journal(out, _bound(policy, cycle, before, rows))
    done = journal.begin()
    for part in _batches(table.slice(done * rows), rows):
        found = program.evaluate(part.select(asked), judge)
        faults = len(part) - found.frame["error"].null_count()
        carried = part.select(name for name in _CARRIED if name in part.columns)
        frame = pl.concat([found.frame, carried], how="horizontal")
        journal.add(frame, found.by_reference, faults)
        if told is not None:
            told(journal.rows, seen.rows)
    if journal.rows != seen.rows or [_digest(path) for path in files] != before:
        journal.forget()
        raise ValueError(f"{source} was changed while it was being read")
    notes = journal.notes
    return Streamed(
        tuple(out / note["file"] for note in notes),
        seen.rows,
        sum(note["by_reference"] for note in notes),
        sum(note["faults"] for note in notes),
        done,
        journal.anew,
        program.nothing.lanes,
    )


class _Survey:
    """What the first way through a table tells: its ranges, how many rows it has, and whether a
    subject has several; for that 8 bytes a row are kept."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self.rows = policy, 0
        self.hashes: list[pl.Series] = []

    def ranges(self, batch: pl.DataFrame) -> Ranges:
        """The ranges of some more rows."""
        self.rows += len(batch)
        self.hashes.append(batch["subject"].hash())
        return ranges_of(self.policy, batch, "refuse")

    def refuse_doubled(self, table: pl.LazyFrame) -> None:
        """Raises `ValueError` for a subject with two rows; those that only share a hash pass."""
        if not self.hashes:
            return
        every = pl.concat(self.hashes).sort()
        self.hashes = []
        twice = every.filter(every == every.shift(1)).unique()
        if not len(twice):
            return
        alike = table.select("subject").filter(pl.col("subject").hash().is_in(twice.implode()))
        found = alike.collect(engine="streaming")["subject"]
        for subject in found.filter(found.is_duplicated())[:1]:
            raise ValueError(f"{subject!r} has several rows")


class _Journal:
    """The parts of a folder that are whole: a line each, behind a line that says of what."""

    def __init__(self, out: Path, bound: str) -> None:
        self.out, self.path, self.bound = out, out / JOURNAL, bound
        self.notes: list[dict[str, Any]] = []
        self.anew = False

    @property
    def rows(self) -> int:
        """How many rows have results."""
        return sum(note["rows"] for note in self.notes)

    def begin(self) -> int:
        """How many parts are there already and are what this run would write."""
        self.out.mkdir(parents=True, exist_ok=True)
        strange = [one.name for one in self.out.iterdir() if not _is_ours(one.name)]
        if strange:
            raise ValueError(f"{self.out} holds {min(strange)}, which is no part of results")
        head, *lines = _lines(self.path) or [{}]
        if head.get("bound") == self.bound:
            for line in lines:
                path = self.out / line["file"]
                if not path.is_file() or _digest(path) != line["sha256"]:
                    break
                self.notes.append(line)
        else:
            self.anew = bool(head)
        whole = {JOURNAL, *(note["file"] for note in self.notes)}
        for path in self.out.iterdir():
            if path.name not in whole:
                path.unlink()
        head = {"format": _FORMAT, "bound": self.bound}
        text = "".join(json.dumps(one) + "\n" for one in (head, *self.notes))
        _write_whole(self.path, lambda path: path.write_text(text, "utf-8"))
        return len(self.notes)

    def add(self, frame: pl.DataFrame, by_reference: int, faults: int) -> None:
        """Writes the next part, and then that it is there."""
        name = f"part-{len(self.notes):05}.parquet"
        path = self.out / name
        _write_whole(path, frame.write_parquet)
        note = {
            "file": name, "rows": len(frame), "by_reference": by_reference, "faults": faults,
            "sha256": _digest(path),
        }  # fmt: skip
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(note) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self.notes.append(note)

    def forget(self) -> None:
        """Takes back that anything was done."""
        self.path.unlink()


def _is_ours(name: str) -> bool:
    return name == JOURNAL or (name.lstrip(".").startswith(("part-", JOURNAL)))


def _lines(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a journal; the last may be torn."""
    try:
        text = path.read_text("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return []
    try:
        return [json.loads(line) for line in text.split("\n")[:-1]]
    except json.JSONDecodeError:
        return []


def _write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """A file that is there as a whole or not at all, whenever the machine stops."""
    beside = path.with_name(f".{path.name}")
    write(beside)
    _sync(beside, os.O_RDWR)
    beside.replace(path)
    if os.name != "nt":
        _sync(path.parent, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    file = os.open(path, flags)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _bound(policy: Policy, cycle: Cycle | None, inputs: Sequence[str], rows: int) -> str:
    """A digest of all that the parts depend on."""
    what = (__version__, policy.digest, repr(cycle), *inputs, str(rows))
    return hashlib.sha256("\n".join(what).encode()).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(source: Path) -> list[Path]:
    """The file itself, or the parts in a folder, sorted by name."""
    if source.is_file():
        if source.suffix not in _SUFFIXES:
            raise ValueError(f"{source} is no .parquet and no .csv")
        return [source]
    found = sorted(path for path in source.iterdir() if path.suffix in _SUFFIXES)
    if not found:
        raise ValueError(f"{source} holds no .parquet and no .csv")
    if len({path.suffix for path in found}) > 1:
        raise ValueError(f"{source} holds both .parquet and .csv")
    return found


def _scanned(files: Sequence[Path]) -> pl.LazyFrame:
    """The table, lazily; all cells of a CSV file are texts, and an empty one is missing."""
    if files[0].suffix == ".csv":
        return pl.scan_csv([*files], infer_schema=False)
    return pl.scan_parquet([*files])


def _batches(table: pl.LazyFrame, rows: int) -> Iterator[pl.DataFrame]:
    """The rows in their order, so many at a time, whatever groups the file has them in."""
    held = list[pl.DataFrame]()
    count = 0
    for batch in table.collect_batches(
        chunk_size=min(rows, _BATCH), maintain_order=True, lazy=True
    ):
        held.append(batch)
        count += len(batch)
        while count >= rows:
            whole = pl.concat(held)
            yield whole[:rows]
            held, count = [whole[rows:]], count - rows
    if count:
        yield pl.concat(held)
