"""A workbook that may be a form: its visible sheets cell by cell, and the mark that it carries."""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Final

from perfrules.diagnostics import Diagnostic, Findings
from perfrules.intake.files.raw_table import MEBIBYTE, Limits, RawTable, Row
from perfrules.intake.files.xlsx_table import read_workbook
from perfrules.intake.forms.entries import FormCell
from perfrules.intake.forms.mark import PROPERTY, SHEET, Mark, read_mark

__all__ = ["FormFile", "FormSheet", "form_files", "read_form_file"]

_SUFFIXES: Final = (".xlsx", ".xlsm")
_OF_A_FORM: Final = Limits(
    workbook_bytes=10 * MEBIBYTE, unpacked_bytes=60 * MEBIBYTE, workbook_rows=5_000, columns=200
)
"""People send whatever they have: no form is larger than this."""

_OF_THE_SYSTEM: Final = frozenset(("thumbs.db", "desktop.ini"))
_PROPERTIES: Final = "docProps/custom.xml"


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet and its rows from 1 on, each as wide as it is written."""

    raw: RawTable
    rows: tuple[Row, ...]

    def cell(self, row: Row, index: int) -> FormCell:
        """The cell of a row in the column at `index`, from 0."""
        text = row.texts[index] if index < len(row.texts) else ""
        place = self.raw.place(row.number, index + 1)
        return FormCell(text, place, row.faults.get(index))


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file; `mark` is None where it has none, `is_damaged` says that it had one.

    `findings` are those of reading the file, whatever it is.
    """

    path: Path
    name: str
    sheets: tuple[FormSheet, ...] = ()
    mark: Mark | None = None
    is_damaged: bool = False
    findings: tuple[Diagnostic, ...] = field(default=())


def form_files(folder: Path) -> list[Path]:
    """The files of a folder and of those below, by name; without what programs put beside them."""
    found = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        is_ours = not any(part.startswith((".", "~$")) for part in inside)
        if path.is_file() and is_ours and path.name.lower() not in _OF_THE_SYSTEM:
            found.append(path)
    return found


def read_form_file(path: Path, name: str) -> FormFile:
    """What stands in a file that is called `name` in findings."""
    if path.suffix.lower() not in _SUFFIXES:
        finding = Diagnostic("not-a-form", name, {"file": name})
        return FormFile(path, name, findings=(finding,))
    findings = Findings()
    tables = read_workbook(path, name, _OF_A_FORM, findings)
    sheets: list[FormSheet] = []
    mark: Mark | None = None
    is_damaged = False
    for raw in tables or ():
        rows = (*((raw.header,) if raw.header else ()), *raw.rows)
        if raw.sheet == SHEET:
            mark = read_mark(row.texts for row in rows)
            is_damaged = mark is None
        else:
            sheets.append(FormSheet(raw, rows))
    if tables is not None and mark is None and not is_damaged:
        is_damaged = _has_property(path)
    return FormFile(path, name, tuple(sheets), mark, is_damaged, tuple(findings))


def _has_property(path: Path) -> bool:
    """Whether the file was a form once, by its properties."""
    try:
        with zipfile.ZipFile(BytesIO(path.read_bytes())) as archive:
            return PROPERTY.encode() in archive.read(_PROPERTIES)
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError):
        return False
