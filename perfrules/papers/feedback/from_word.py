"""A filled-in statement in Word -> its improvement plan."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from perfrules.diagnostics import Cell, Findings
from perfrules.intake.files.raw_table import MEBIBYTE, USUAL, read_bytes
from perfrules.intake.forms.cycle_forms import CycleForms
from perfrules.intake.forms.entries import FormCell
from perfrules.intake.forms.form_file import FormFile
from perfrules.intake.forms.improvement_plan import improvement_plans
from perfrules.intake.forms.read_form import ReadForm

__all__ = ["plans_in_word"]

_LARGEST: Final = 32 * MEBIBYTE
_BODY: Final = "word/document.xml"


def plans_in_word(file: FormFile, forms: CycleForms) -> list[ReadForm]:
    """The plans of the statements in a Word file; none of any other file.

    Raises `ImportError` where python-docx is not installed.
    """
    if file.path.suffix.lower() != ".docx":
        return []
    data = read_bytes(file.path, file.name, USUAL.workbook_bytes, Findings())
    if data is None or not _is_sound(data):
        return []
    from docx import Document  # an extra, and slow to load
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile):
        return []
    return improvement_plans(file, [[*_rows(document, file.name)]], forms)


def _is_sound(data: bytes) -> bool:
    """Whether it is a Word file of a usual size."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            names = {one.filename for one in members}
            return _BODY in names and sum(one.file_size for one in members) <= _LARGEST
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _rows(document: object, name: str) -> Iterator[list[FormCell]]:
    """The rows of all tables; a cell that is merged over several stands in the first of them."""
    for number, table in enumerate(getattr(document, "tables", ()), 1):
        for at, row in enumerate(table.rows, 1):
            seen: list[object] = []
            cells = []
            for column, cell in enumerate(row.cells, 1):
                is_first = not any(cell._tc is one for one in seen)
                seen.append(cell._tc)
                place = Cell(name, f"table {number}", at, column)
                cells.append(FormCell(cell.text if is_first else "", place))
            yield cells
