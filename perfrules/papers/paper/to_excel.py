"""Papers as a workbook (XlsxWriter), a sheet each, set for printing on A4.

A figure is a number that shows what the paper says, digit for digit; one that a binary float of
15 digits cannot hold stays the text that it is. No clock: the same papers give the same bytes.
"""

import datetime
import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from perfrules.codes.code import Language
from perfrules.layout.terminal import visible, width
from perfrules.papers.charts.native_curve import curve_chart
from perfrules.papers.charts.pieces import Curve
from perfrules.papers.paper.mark import mark, text_of
from perfrules.papers.paper.parts import Paper, Part, Signing, Table
from perfrules.papers.workbook.safe_text import safe_text

__all__ = ["excel"]

_FIGURE: Final = re.compile(
    r"(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?)(%?)((?: .{0,24})?)", re.DOTALL
)
"""`1,200.50 CNY`, `12%`, `3 个`: a number, and the unit behind it."""

_DIGITS: Final = 15
_NARROWEST, _WIDEST = 8, 36
"""A column is at least and at most so many letters wide."""

_HEAD_WIDEST: Final = 12
"""The head of a column of figures makes it no wider than this; it takes more lines."""

_LEAST_COLUMNS: Final = 4
_LEAST_WIDTH: Final = 84
_SPARE: Final = 16
"""So much wider a column is that no table has: the head needs it."""

_NO_CLOCK: Final = datetime.datetime(2000, 1, 1)
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31
_ROOMY_HEIGHT: Final = 30
_ROWS_OF_CHART: Final = 15
"""So many rows of the usual height are as high as a chart."""


def excel(found: Sequence[Paper]) -> bytes:
    """The whole file."""
    return _written(found, mark(text_of(_written(found, "")) or b""))


def _written(found: Sequence[Paper], status: str) -> bytes:
    buffer = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(buffer, options)
    title = visible(f"{found[0].title} {found[0].cycle}".strip())
    book.set_properties({"created": _NO_CLOCK, "title": title, "status": status})
    formats = _Formats(book)
    sheets = [(book.add_worksheet(name), one) for one, name in zip(found, _names(found))]
    charts = _Charts(book, found)
    for sheet, one in sheets:
        _Sheet(sheet, one, formats, charts).write()
    book.close()
    return buffer.getvalue()


def _names(found: Sequence[Paper]) -> Iterator[str]:
    """A name for each sheet: whom it is about, or what it is; none twice."""
    taken: set[str] = set()
    for one in found:
        text = _FORBIDDEN.sub("_", visible(one.subject or one.title)).strip() or "1"
        name, number = text[:_LONGEST_NAME], 1
        while name.casefold() in taken or name.casefold() == "history":
            number += 1
            end = f" {number}"
            name = text[: _LONGEST_NAME - len(end)] + end
        taken.add(name.casefold())
        yield name


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **settings: Any) -> Any:
        key = tuple(sorted(settings.items()))
        if key not in self.made:
            usual = {"valign": "vcenter", "text_wrap": True, "font_size": 10.5}
            self.made[key] = self.book.add_format({**usual, **settings})
        return self.made[key]


class _Charts:
    """The curves of a workbook; their figures stand on a sheet of their own behind the papers."""

    def __init__(self, book: Any, found: Sequence[Paper]) -> None:
        self.book, self.row = book, 0
        if any(part.picture for one in found for part in one.parts):
            name = {"zh": "曲线数据", "en": "Figures of curves"}[found[0].language]
            self.sheet = book.add_worksheet(name)
            self.sheet.set_column(0, 0, 30)

    def chart(self, curve: Curve, language: Language) -> Any:
        chart, self.row = curve_chart(self.book, self.sheet, self.row, curve, language)
        return chart


_HEAD: Final = {"bold": True, "bg_color": "#EEF2F7", "border": 1}


class _Sheet:
    """One paper, from top to bottom."""

    def __init__(self, sheet: Any, found: Paper, formats: _Formats, charts: _Charts) -> None:
        self.sheet, self.found, self.formats, self.charts = sheet, found, formats, charts
        self.columns = max([_LEAST_COLUMNS, *(len(table.head) for table in found.tables)])
        self.widths = _widths(found, self.columns)
        # Of one table of a sheet each page can repeat the head.
        self.longest = max(found.tables, key=lambda table: len(table.rows), default=None)
        self.row = 0

    def write(self) -> None:
        self._page()
        found = self.found
        self._across(found.title, 30, bold=True, font_size=16, align="center")
        above = " · ".join(filter(None, (found.cycle, found.secrecy)))
        if above:
            self._across(above, 18, align="center", font_color="#5B6577")
        self._pairs(found.head)
        for part in found.parts:
            self._part(part)
        self.row += 1
        for name, value in found.seal:
            self._across(f"{name}{found.colon}{value}", 14, font_size=8, font_color="#5B6577")

    def _page(self) -> None:
        sheet, found = self.sheet, self.found
        sheet.set_paper(9)
        if found.wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.hide_gridlines(2)
        head = (
            found.running_head if not found.subject else f"{found.subject} · {found.running_head}"
        )
        head = visible(head).replace("&", "&&")[:200]
        sheet.set_header(f"&R&9 {head}")
        sheet.set_footer("&C&9&P / &N")
        # Ids such as 00123 are texts on purpose.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for column, letters in enumerate(self.widths):
            sheet.set_column(column, column, letters)

    def _across(self, text: str, height: float, **settings: Any) -> None:
        """A line over the whole width."""
        form = self.formats(**settings)
        self.sheet.set_row(self.row, max(height, height * self._lines(text, 0, self.columns)))
        self.sheet.merge_range(self.row, 0, self.row, self.columns - 1, "", form)
        self._text(self.row, 0, text, form)
        self.row += 1

    def _lines(self, text: str, first: int, last: int) -> int:
        """How many lines a text takes in these columns."""
        room = max(1, int(sum(self.widths[first:last])))
        return sum(1 + _taken(visible(line)) // room for line in text.split("\n"))

    def _text(self, row: int, column: int, text: str, form: Any) -> None:
        self.sheet.write_string(row, column, safe_text(visible(text)), form)

    def _pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Names and values, two pairs a row."""
        middle = self.columns // 2
        spans = ((0, middle), (middle, self.columns))
        for start in range(0, len(pairs), 2):
            shown = pairs[start : start + 2]
            lines = [1]
            for (first, last), (name, value) in zip(spans, shown, strict=False):
                end = self.columns if len(shown) == 1 else last
                self._text(self.row, first, name, self.formats(**_HEAD))
                self._merged(self.row, first + 1, end - 1, value)
                lines.append(self._lines(value, first + 1, end))
            self.sheet.set_row(self.row, 18 * max(lines))
            self.row += 1

    def _merged(self, row: int, first: int, last: int, text: str) -> None:
        form = self.formats(border=1)
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", form)
        self._text(row, first, text, form)

    def _part(self, part: Part) -> None:
        self.row += 1
        if part.title:
            self._across(part.title, 22, bold=True, font_size=12, font_color="#1F3864")
        if part.remark:
            self._across(part.remark, 16)
        self._pairs(part.pairs)
        if part.picture:
            self.sheet.insert_chart(
                self.row, 0, self.charts.chart(part.picture, self.found.language)
            )
            self.row += _ROWS_OF_CHART
        for point in part.points:
            figures = f"{self.found.joint}{point.figures}" if point.figures else ""
            self._across(f"• {point.title}{figures}", 16)
            for note in point.notes:
                self._across(f"    {note}", 15, font_color="#5B6577")
        if part.table:
            self._table(part.table)
        if part.signing:
            self._signing(part.signing)

    def _table(self, table: Table) -> None:
        head = self.formats(**_HEAD)
        right = self.formats(**_HEAD, align="right")
        for column, text in enumerate(table.head):
            self._text(self.row, column, text, right if table.is_figure(column) else head)
        self._height(table.head, 20)
        if table is self.longest:
            self.sheet.repeat_rows(self.row)
        self.row += 1
        for bold, rows in ((False, table.rows), (True, table.foot)):
            for row in rows:
                for column, text in enumerate(row):
                    self._cell(column, text, bold=bold, is_figure=table.is_figure(column))
                self._height(row, _ROOMY_HEIGHT if table.roomy else 16)
                self.row += 1

    def _height(self, row: Sequence[str], least: float) -> None:
        lines = max(self._lines(text, column, column + 1) for column, text in enumerate(row))
        self.sheet.set_row(self.row, max(least, 15 * lines + 3))

    def _cell(self, column: int, text: str, *, bold: bool, is_figure: bool) -> None:
        settings: dict[str, Any] = {"border": 1, **({"bold": True} if bold else {})}
        found = _FIGURE.fullmatch(text) if is_figure else None
        if not is_figure:
            self._text(self.row, column, text, self.formats(**settings))
            return
        settings["align"] = "right"
        if found is None or sum(letter.isdigit() for letter in found[1]) > _DIGITS:
            self._text(self.row, column, text, self.formats(**settings))
            return
        number = Decimal(found[1].replace(",", ""))
        if found[3]:
            number = number.scaleb(-2)
        form = self.formats(num_format=_style(found[1], found[2], found[3], found[4]), **settings)
        self.sheet.write_number(self.row, column, number, form)

    def _signing(self, part: Signing) -> None:
        for place, name in enumerate(part.blanks):
            self._text(self.row, 0, name, self.formats(**_HEAD))
            self._merged(self.row, 1, self.columns - 1, "")
            self.sheet.set_row(self.row, 44 if place else 26)
            self.row += 1
        for name in part.signatures:
            last = self.columns - 1
            self._text(self.row, 0, name, self.formats(**_HEAD))
            self._merged(self.row, 1, last - 2, "")
            self._text(self.row, last - 1, part.date_word, self.formats(**_HEAD))
            self._text(self.row, last, "", self.formats(border=1))
            self.sheet.set_row(self.row, 34)
            self.row += 1
        if part.remark:
            self._across(part.remark, 15, font_size=9, font_color="#5B6577")


def _taken(text: str) -> int:
    """How many digits wide a text is: most Latin letters are narrower than a digit."""
    return width(text) - sum(letter.isascii() for letter in text) // 8


def _style(number: str, places: str | None, percent: str, unit: str) -> str:
    """The number format that shows a figure as the paper writes it."""
    form = "#,##0" if "," in number else "0"
    if places:
        form += "." + "0" * len(places)
    quoted = unit.replace('"', "")
    return form + percent + (f'"{quoted}"' if quoted else "")


def _widths(found: Paper, columns: int) -> list[int]:
    """The widest that stands in each column, in letters."""
    widths = [_NARROWEST] * columns
    for table in found.tables:
        for row in (table.head, *table.rows, *table.foot):
            for column, text in enumerate(row):
                is_tall = row is table.head and table.is_figure(column)
                most = _HEAD_WIDEST if is_tall else _WIDEST
                widths[column] = max(widths[column], min(width(visible(text)) + 2, most))
    names = [name for name, _ in found.head]
    widths[0] = max([widths[0], *(min(width(name) + 2, 20) for name in names)])
    # What is not taken by a table is room for the head, first in columns that no table has.
    used = max((len(table.head) for table in found.tables), default=0)
    spare = range(used, columns) if 0 < used < columns else range(columns)
    missing = max(_LEAST_WIDTH - sum(widths), len(spare) * _SPARE if used < columns else 0)
    if used < columns:
        widths[1] = max(widths[1], _NARROWEST + _SPARE // 2)
    for column in spare:
        widths[column] += max(missing, 0) // len(spare)
    return widths
