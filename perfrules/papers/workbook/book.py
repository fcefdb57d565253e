"""Tables -> the sheets of an Excel file, set for the screen and for A4.

A row is written when it comes and not kept; so is each sheet's page, at the end, when the widths
are known.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar

from perfrules.codes.code import Language, Text
from perfrules.exact import EXACT, plain
from perfrules.layout.terminal import visible, width, wrapped
from perfrules.papers.workbook.columns import Cell, Column, Figure, Table, is_number, needed
from perfrules.papers.workbook.safe_text import header_text, safe_text

__all__ = ["Book", "set_page"]

Row = TypeVar("Row")

_ROWS: Final = 1_048_574
"""So many rows has a sheet below its head, and one for the sums."""

_NARROWEST: Final = 6
_HEAD_WIDEST: Final = 10
"""A title makes its column no wider than this; it takes more lines."""

_MEASURED: Final = 2_000
"""So many rows are looked at for the width of a column."""

_PORTRAIT: Final = 100
"""So many letters fit across an upright page before they are hard to read."""

_LINE: Final = 15
"""How high a line of text is, in points."""

_MOST_LINES: Final = 20
_HEAD: Final[dict[str, Any]] = {
    "bold": True, "text_wrap": True, "bg_color": "#E8EDF3", "border": 1, "border_color": "#8A94A3"
}  # fmt: skip

_TOTAL: Final = Text("合计", "Total")


class _Kept(NamedTuple):
    """The columns of a sheet that somebody fills, how wide each is, and the sums so far."""

    columns: Sequence[Column[Any]]
    widths: list[int]
    sums: list[Decimal | None]


class Book:
    """The workbook and its formats, each made once. `title` stands at the head of each page."""

    def __init__(self, book: Any, title: str, language: Language) -> None:
        self.book, self.title, self.language = book, title, language
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.figures: dict[str, Any] = {}
        self.texts = {
            "left": self.format(text_wrap=True, align="left", indent=1),
            "center": self.format(text_wrap=True, align="center"),
            "right": self.format(text_wrap=True, align="right"),
        }

    def format(self, **settings: Any) -> Any:
        """A format; made once, whoever asks."""
        key = tuple(sorted(settings.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"valign": "vcenter", **settings})
        return self.formats[key]

    def table(self, table: Table[Row]) -> None:
        """A sheet; more than one where the rows are too many, none where there is no row."""
        columns = needed(table)
        if not columns:
            return
        name = table.name.into(self.language)
        kept = _Kept(columns, [self._least(one) for one in columns], [None for _ in columns])
        texts = [self.texts[column.align] for column in columns]
        summed = [index for index, column in enumerate(columns) if column.summed]
        number, row = 1, 0
        sheet = self._started(name, kept)
        for one in table.rows():
            if row == _ROWS:
                self._finished(sheet, name, kept, row)
                number, row = number + 1, 0
                sheet = self._started(f"{name} {number}", kept)
            row += 1
            cells = [column.cell(one) for column in columns]
            if (lines := _lines(columns, cells)) > 1:
                # Not every program makes a row as high as its texts.
                sheet.set_row(row, _LINE * lines)
            for index, cell in enumerate(cells):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(row, index, safe_text(cell), texts[index])
                elif cell is not None:
                    self._figure(sheet, row, index, cell, columns[index].style)
            for index in summed:
                if isinstance(cell := cells[index], Decimal):
                    kept.sums[index] = EXACT.add(kept.sums[index] or Decimal(0), cell)
            if row <= _MEASURED:
                _measure(kept, cells)
        self._sums(sheet, kept, row + 1)
        self._finished(sheet, name, kept, row)

    def text(self, sheet: Any, row: int, column: int, text: str, look: dict[str, Any]) -> None:
        """Writes a text that looks so."""
        sheet.write_string(row, column, safe_text(text), self.format(**look))

    def cell(self, sheet: Any, row: int, column: int, cell: Cell, look: dict[str, Any]) -> None:
        """Writes a cell that looks so; an empty one too."""
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, self.format(**look))
        elif isinstance(cell, str):
            self.text(sheet, row, column, cell, look)
        else:
            self._figure(sheet, row, column, cell, "General", look)

    def _least(self, column: Column[Any]) -> int:
        return max(_NARROWEST, min(width(visible(column.title.into(self.language))), _HEAD_WIDEST))

    def _started(self, name: str, kept: _Kept) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, sum(column.stays for column in kept.columns))
        sheet.repeat_rows(0)
        # Ids such as 00123 are texts on purpose.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        titles = [visible(column.title.into(self.language)) for column in kept.columns]
        lines = max(len(wrapped(title, _HEAD_WIDEST)) for title in titles)
        sheet.set_row(0, 16 * min(lines, 6) + 6)
        for index, title in enumerate(titles):
            align = kept.columns[index].align
            indent = {"indent": 1} if align == "left" else {}
            form = self.format(**_HEAD, align=align, **indent)
            sheet.write_string(0, index, safe_text(title), form)
        return sheet

    def _sums(self, sheet: Any, kept: _Kept, row: int) -> None:
        """The exact sums below the last row, apart from what the filter hides."""
        if all(total is None for total in kept.sums):
            return
        line = {"bold": True, "top": 1, "bg_color": "#F4F6F9"}
        _measure(kept, kept.sums)
        for index, (column, total) in enumerate(zip(kept.columns, kept.sums, strict=True)):
            if total is not None:
                self._figure(sheet, row, index, total, column.style, line)
            elif index:
                sheet.write_blank(row, index, None, self.format(**line))
            else:
                sheet.write_string(row, 0, _TOTAL.into(self.language), self.format(**line))

    def _finished(self, sheet: Any, name: str, kept: _Kept, rows: int) -> None:
        widths = [
            (letters if column.align == "right" else min(letters, column.widest)) + 2
            for letters, column in zip(kept.widths, kept.columns, strict=True)
        ]
        for index, letters in enumerate(widths):
            sheet.set_column(index, index, letters)
        sheet.autofilter(0, 0, rows, len(widths) - 1)
        set_page(sheet, self.title, name, wide=sum(widths) > _PORTRAIT)

    def _figure(
        self, sheet: Any, row: int, index: int, cell: Decimal | Figure, style: str,
        look: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Writes a figure as a number, or as a text where a number would lose digits of it."""
        value, own = cell if isinstance(cell, Figure) else (cell, style)
        form = self.figures.get(own) if look is None else None
        if form is None:
            form = self.format(num_format=own, **(look or {}))
            if look is None:
                self.figures[own] = form
        if is_number(value):
            # One spelling, so that the same figure told from a record gives the same bytes.
            sheet.write_number(row, index, Decimal(plain(value)), form)
        else:
            sheet.write_string(row, index, plain(value), form)


def _measure(kept: _Kept, cells: Sequence[Cell]) -> None:
    """Makes the columns as wide as what stands in them."""
    for index, cell in enumerate(cells):
        if isinstance(cell, str):
            letters = width(cell.partition("\n")[0][:200])
        elif cell is None:
            continue
        else:
            # Room for what sets thousands apart.
            letters = len(plain(cell.value if isinstance(cell, Figure) else cell)) + 2
        kept.widths[index] = max(kept.widths[index], letters)


def _lines(columns: Sequence[Column[Any]], cells: Sequence[Cell]) -> int:
    """How many lines the longest text of a row takes in its column."""
    most = 1
    for column, cell in zip(columns, cells, strict=True):
        # A letter is at most two columns wide, and those of ASCII one.
        if isinstance(cell, str) and len(cell) * (2 - cell.isascii()) > column.widest:
            most = max(most, _lines_of(cell, column.widest))
    return min(most, _MOST_LINES)


@lru_cache(4_096)
def _lines_of(text: str, widest: int) -> int:
    """How many lines a text takes; titles come again and again."""
    return sum(-(-width(line) // widest) for line in text[:2_000].split("\n"))


def set_page(sheet: Any, title: str, name: str, *, wide: bool) -> None:
    """A4, one page wide, with the title at its head and its number at its foot."""
    sheet.set_paper(9)
    if wide:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    # A blank ends the code of the size: digits behind it would be read as part of it.
    sheet.set_header(f"&L&9 {header_text(title)}&R&9 {header_text(name)}")
    sheet.set_footer("&C&9 &P / &N")
