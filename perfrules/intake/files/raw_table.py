"""A table as it stands in a file, whatever the format: rows of texts with their numbers.

Numbers, dates and percentages of a spreadsheet are texts here too (`1200`, `2024-07-01`,
`85%`), so that one grammar reads them all. Rows come one by one: none is kept.
"""

import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from perfrules.diagnostics import Cell, Findings
from perfrules.intake.cells.notation import AS_USUAL, Notation
from perfrules.intake.cells.numerals import Refusal

__all__ = ["LARGE", "MEBIBYTE", "NO_FAULTS", "USUAL", "Limits", "RawTable", "Row", "read_bytes"]

MEBIBYTE: Final = 1024 * 1024

_NEAR: Final = 20
"""So many rows are looked at for a sample."""

NO_FAULTS: Final[Mapping[int, Refusal]] = {}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file is refused."""

    text_bytes: int = 50 * MEBIBYTE
    text_rows: int = 1_000_000
    workbook_bytes: int = 20 * MEBIBYTE
    unpacked_bytes: int = 200 * MEBIBYTE
    ratio: int = 100
    workbook_rows: int = 100_000
    columns: int = 256
    cell_letters: int = 32_767


USUAL: Final = Limits()
"""For files from people and from the network."""

LARGE: Final = Limits(text_bytes=2048 * MEBIBYTE, text_rows=20_000_000)
"""For extracts from one's own systems: hundreds of thousands of people in CSV files."""


class Row(NamedTuple):
    """A row: its number in the file (from 1), its texts, and by column what went wrong there."""

    number: int
    texts: list[str]
    faults: Mapping[int, Refusal] = NO_FAULTS

    def shown(self, index: int) -> str:
        """The text of a cell; an id that its workbook shows as 00123 is that."""
        fault = self.faults.get(index)
        if fault is not None and fault.code == "padded-id":
            return str(fault.facts["shown"])
        return self.texts[index]


@dataclass(slots=True)
class RawTable:
    """A table's place, its header and the rows below.

    `epoch` is day 0 of a workbook. `lettered` says whether its columns have letters (those of
    JSON have not), `merged` its merged cells (`A2:A3`). The rows can be walked once; a limit met
    on the way is a finding, and ends them. `notation` is what cycle.yaml says of its numbers and
    dates. Where it says nothing of numbers, `commas` are the columns whose points and commas may be
    those of a decimal comma, and `comma_seen` says that a cell proves one. `hidden` sheets are not
    seen in their workbook.
    """

    file: str
    sheet: str
    header: Row | None
    rows: Iterator[Row]
    epoch: datetime.date | None = None
    lettered: bool = True
    merged: tuple[str, ...] = ()
    notation: Notation = AS_USUAL
    commas: frozenset[int] = frozenset()
    comma_seen: bool = False
    hidden: bool = False

    def place(self, row: int = 0, column: int = 0) -> Cell:
        """The place of a row, or of a cell; columns count from 1."""
        return Cell(self.file, self.sheet, row, column if self.lettered else 0)

    def peek(self, count: int) -> list[Row]:
        """The next rows, which are walked all the same."""
        rows = list(itertools.islice(self.rows, count))
        self.rows = itertools.chain(rows, self.rows)
        return rows

    def sample(self, index: int) -> str:
        """The first text that stands in a column; empty where there is none near the top."""
        texts = (row.texts[index] for row in self.peek(_NEAR) if index < len(row.texts))
        return next((text for text in texts if text.strip()), "")


def read_bytes(path: Path, name: str, most: int, findings: Findings) -> bytes | None:
    """The bytes of a file; None, with a finding, where it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        findings.report(_CODES.get(type(error), "unreadable-file"), Cell(name), path=name)
        return None
    if len(data) > most:
        findings.report("file-too-large", Cell(name), limit=f"{most // MEBIBYTE} MiB")
        return None
    return data


_CODES: Final[Mapping[type[OSError], str]] = {
    FileNotFoundError: "file-not-found",
    IsADirectoryError: "not-a-file",
}
