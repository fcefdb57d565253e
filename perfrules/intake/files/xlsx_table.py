"""Excel workbooks: each sheet a table, each cell the text that a person would write for it.

Numbers keep the 15 digits that Excel keeps; a number shown as a percentage becomes one
(`85%`), a date the year, month and day. openpyxl is loaded when the first workbook is read.
"""

import datetime
import re
import sys
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar
from xml.etree.ElementTree import ParseError

from perfrules.codes.code import Severity, Text
from perfrules.diagnostics import Cell, Findings
from perfrules.exact import EXACT, plain
from perfrules.intake.cells.notation import Stored
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.files.number_formats import moves_point, shown_otherwise
from perfrules.intake.files.raw_table import NO_FAULTS, Limits, RawTable, Row, read_bytes
from perfrules.intake.files.workbook_guard import SheetLook, column_number, look_over

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["read_workbook", "report_merged"]

Cells = TypeVar("Cells")

# What openpyxl raises over files that are not quite workbooks.
_BROKEN: Final = (
    ArithmeticError, AssertionError, AttributeError, LookupError, OSError, ParseError, RuntimeError,
    TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip

_PADDED: Final = re.compile("0{2,}")
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SHOWN: Final = 5
_SURELY_TYPED: Final = 2
"""From here on a cell in percent format more likely holds 70.1 for 70.1 % than 7010 %."""


def read_workbook(
    path: Path, name: str, limits: Limits, findings: Findings
) -> list[RawTable] | None:
    """The sheets of a workbook; None where the file as a whole cannot be read."""
    data = read_bytes(path, name, limits.workbook_bytes, findings)
    if data is None:
        return None
    look = look_over(data, limits)
    if isinstance(look, Refusal):
        findings.extend([look.at(Cell(name), file=name)])
        return None
    # Loaded only where there is a workbook to read: it takes a third of a second.
    try:
        from openpyxl import load_workbook
    except ImportError:
        findings.report("no-openpyxl", Cell(name), file=name)
        return None
    try:
        with _quiet():
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [(book[title], title, look.sheets[title]) for title in look.sheets]
    except _BROKEN:
        findings.report("not-a-workbook", Cell(name), file=name)
        return None
    epoch = book.epoch.date()
    return [_table(sheet, name, title, seen, epoch, findings) for sheet, title, seen in sheets]


def _table(
    sheet: "Worksheet", name: str, title: str, look: SheetLook, epoch: datetime.date,
    findings: Findings,
) -> RawTable:  # fmt: skip
    place = Cell(name, title)
    hidden = [str(row) for row in look.hidden_rows if row <= look.last_row]
    if hidden:
        findings.report("hidden-rows", place, rows=_some(hidden))
    rows = _rows(sheet, name, title, look, findings)
    header = next((row for row in rows if any(text.strip() for text in row.texts)), None)
    return RawTable(name, title, header, rows, epoch, merged=tuple(look.merged), hidden=look.hidden)


def report_merged(table: RawTable, findings: Findings, below: int, needed: Collection[int]) -> None:
    """Warns of merged cells that reach below a row: within a head they do no harm. Where they leave
    cells empty in a column that is `needed` (by its place, from 0), it is an error."""
    merged = [cells for cells in table.merged if _last_row(cells) > below]
    if merged:
        severity: Severity = "error" if any(_empties(one, needed) for one in merged) else "warning"
        findings.report("merged-cells", table.place(), severity=severity, cells=_some(merged))


def _empties(cells: str, needed: Collection[int]) -> bool:
    """Whether `A2:A3` covers more than one row of a column that is needed."""
    first, _, last = cells.partition(":")
    rows = ["".join(filter(str.isdigit, end)) for end in (first, last or first)]
    start, end = (column_number(one) - 1 for one in (first, last or first))
    return rows[0] != rows[1] and any(start <= column <= end for column in needed)


def _last_row(cells: str) -> int:
    """The last row of `A2:B3`; a range of whole columns has no end."""
    digits = "".join(letter for letter in cells.rpartition(":")[2] if letter.isdigit())
    return int(digits) if digits else sys.maxsize


def _some(words: list[str]) -> Text:
    shown, count = ", ".join(words[:_SHOWN]), len(words)
    if count <= _SHOWN:
        return Text(shown, shown)
    return Text(f"{shown} 等 {count} 处", f"{shown} and others, {count} in all")


def _rows(
    sheet: "Worksheet", name: str, title: str, look: SheetLook, findings: Findings
) -> Iterator[Row]:
    if not look.last_row:
        return
    number = 0
    scaled: dict[int, _Scaled] = {}
    try:
        cells = sheet.iter_rows(
            min_row=1, max_row=look.last_row, min_col=1, max_col=look.last_column
        )
        for number, row in enumerate(_quietly(cells), 1):
            faults: dict[int, Refusal] = {}
            texts = []
            for index, cell in enumerate(row):
                text = _text(cell, index, faults)
                if isinstance(text, Stored):
                    if moves_point(cell.number_format or "") and not text.endswith("%"):
                        _note_scaled(scaled, Cell(name, title, number, index + 1), text, cell)
                elif text == "#VALUE!":
                    text = look.dates.get((number, index + 1), text)
                if look.uncomputed and (number, index + 1) in look.uncomputed:
                    text, faults[index] = "", Refusal("formula-not-computed", {})
                texts.append(text)
            yield Row(number, texts, faults or NO_FAULTS)
    except _BROKEN:
        findings.report("not-a-workbook", Cell(name, title, number + 1), file=name)
    for one in scaled.values():
        findings.report(
            "scaled-format", one.place,
            stored=one.stored, shown=one.shown, format=one.format, count=one.cells,
        )  # fmt: skip


class _Scaled(NamedTuple):
    """The first cell of a column that shows another size than it holds, and how many do."""

    place: Cell
    stored: str
    shown: str
    format: str
    cells: int


def _note_scaled(
    scaled: dict[int, _Scaled], place: Cell, text: str, cell: "SheetCell | MergedCell"
) -> None:
    """Notes a cell whose number format moves the point."""
    shown_as = cell.number_format or ""
    shown = shown_otherwise(Decimal(text), shown_as)
    if shown is None:
        return
    first = scaled.get(place.column, _Scaled(place, text, shown, shown_as, 0))
    scaled[place.column] = first._replace(cells=first.cells + 1)


@contextmanager
def _quiet() -> Iterator[None]:
    """openpyxl warns on stderr of what it does not keep; only values are wanted of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _quietly(rows: Iterator[Cells]) -> Iterator[Cells]:
    """The same rows; the warnings are back on between them."""
    while True:
        with _quiet():
            row = next(rows, None)
        if row is None:
            return
        yield row


def _text(cell: "SheetCell | MergedCell", index: int, faults: dict[int, Refusal]) -> str:
    """The text that a person would write for a cell."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "", index, faults)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _number(value: float, shown_as: str, index: int, faults: dict[int, Refusal]) -> str:
    """A number in the 15 digits that Excel keeps: what is stored is binary."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if "%" in shown_as and "%" in _QUOTED.sub("", shown_as):
        shown = f"{plain(number.scaleb(2, EXACT))}%"
        if abs(number) >= _SURELY_TYPED:
            stored = plain(number)
            facts = {"stored": stored, "shown": shown, "low": f"{stored}%"}
            faults[index] = Refusal("percent-cell", facts)
        return Stored(shown)
    text = plain(number)
    if _PADDED.fullmatch(shown_as) and len(text) < len(shown_as) and text.isdigit():
        shown = text.zfill(len(shown_as))
        faults[index] = Refusal("padded-id", {"stored": text, "shown": shown})
    return Stored(text)
