"""Two workbooks cell by cell: what each shows and stores, whatever program saved them."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import zip_longest
from typing import Any, NamedTuple

from perfrules.codes.code import Text
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.files.raw_table import LARGE
from perfrules.intake.files.workbook_charts import IS_LOOKED_INTO, charts_beyond
from perfrules.intake.files.workbook_guard import Look, look_over

__all__ = ["CellsDiffer", "differences", "parts_beyond"]


class CellsDiffer(NamedTuple):
    """A cell of a sheet, counted from 1, and what each of the two has in it."""

    sheet: str
    row: int
    column: int
    found: str
    expected: str


def differences(found: bytes, expected: bytes) -> Iterator[CellsDiffer] | Refusal:
    """The cells in which a workbook is not as expected: value, formula, number format.

    A `Refusal` where it is no workbook that can be read. Raises `ImportError` without openpyxl.
    """
    look = look_over(found, LARGE)
    if isinstance(look, Refusal):
        return look
    from openpyxl import load_workbook  # an extra, and slow to load

    books = [load_workbook(BytesIO(data), read_only=True) for data in (found, expected)]
    return _differences(*books)


def _differences(found: Any, expected: Any) -> Iterator[CellsDiffer]:
    titles = list(dict.fromkeys((*expected.sheetnames, *found.sheetnames)))
    for title in titles:
        rows = zip_longest(_rows(found, title), _rows(expected, title), fillvalue=())
        for number, (ours, theirs) in enumerate(rows, 1):
            for column, (one, other) in enumerate(zip_longest(ours, theirs, fillvalue=None), 1):
                if one != other:
                    yield CellsDiffer(title, number, column, *_shown(one, other))


_Kept = tuple[str, object, str]


def _rows(book: Any, title: str) -> Iterator[tuple[_Kept | None, ...]]:
    if title not in book.sheetnames:
        return
    sheet = book[title]
    sheet.reset_dimensions()  # what the file says of itself is not believed
    for row in sheet.iter_rows():
        yield tuple(
            None if cell.value is None else (cell.data_type, cell.value, cell.number_format)
            for cell in row
        )


def _shown(one: _Kept | None, other: _Kept | None) -> tuple[str, str]:
    """What the two are; how they are shown only where nothing else tells them apart."""
    found, expected = (("", "", "") if cell is None else cell for cell in (one, other))
    texts = str(found[1]), str(expected[1])
    if texts[0] == texts[1]:
        return f"{texts[0]} ({found[2]})", f"{texts[1]} ({expected[2]})"
    return texts


def parts_beyond(found: bytes, expected: bytes) -> list[Text]:
    """What lies over or hides the cells of a workbook: pictures, comments, other charts, hidden
    rows, sheets."""
    names = [set(zipfile.ZipFile(BytesIO(data)).namelist()) for data in (found, expected)]
    beyond = sorted(name for name in names[0] - names[1] if name.startswith(_OVER))
    parts = [
        Text(f"多出的部件 {name}", f"the part {name}")
        for name in beyond
        if not IS_LOOKED_INTO.fullmatch(name)
    ]
    parts += charts_beyond(found, expected)
    look = look_over(found, LARGE)
    for title, sheet in look.sheets.items() if isinstance(look, Look) else ():
        if sheet.hidden:
            parts.append(Text(f"隐藏的工作表“{title}”", f"the hidden sheet {title}"))
        if sheet.hidden_rows:
            shown = ", ".join(map(str, sheet.hidden_rows[:5]))
            parts.append(
                Text(f"工作表“{title}”隐藏的行 {shown}", f"hidden rows {shown} of {title}")
            )
    return parts


_OVER = ("xl/drawings", "xl/media", "xl/comments", "xl/charts", "xl/externalLinks", "xl/vba")
