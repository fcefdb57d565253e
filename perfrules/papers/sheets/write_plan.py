"""The plan of the workbook -> an Excel file: heads and ids locked, cells to fill in open.

Texts are written as texts, whatever they begin with. A number that Excel's 15 digits cannot hold
stays a text too, and so does whatever is no number where one is due.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, BinaryIO, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from perfrules.exact import plain
from perfrules.intake.cells.dates import read_cell_date
from perfrules.intake.cells.numerals import read_cell_number
from perfrules.layout.terminal import width
from perfrules.papers.sheets.plan import SheetColumn, SheetPlan, WorkbookPlan
from perfrules.papers.workbook.safe_text import safe_text

__all__ = ["as_percentage", "write_plan"]

_DIGITS: Final = 15
_NARROW, _WIDE = 8, 34
_LITERAL: Final = 255
"""So many characters may a list of words have that stands in the rule itself."""

_LISTS: Final = 8
"""The column of the notes in which the long lists begin."""

_MEASURED: Final = 500

_NO_CLOCK: Final = datetime.datetime(2000, 1, 1)
"""The same plan gives the same bytes."""

_FORMATS: Final = {
    "text": "@", "number": "General", "money": "#,##0.00", "percent": "0.00%", "date": "yyyy-mm-dd",
}  # fmt: skip

_HEAD: Final = {
    "bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1,
    "border_color": "#BFC7D1", "bg_color": "#DCE4EE", "num_format": "@",
}  # fmt: skip
_LABEL: Final = {**_HEAD, "bold": False, "font_color": "#555555", "bg_color": "#EEF2F7"}
_GIVEN: Final = {"border": 1, "border_color": "#D9D9D9", "bg_color": "#F2F2F2"}
_OPEN: Final = {"border": 1, "border_color": "#D9D9D9", "locked": False}

_ALLOWED: Final = {
    "format_columns": True, "format_rows": True, "insert_rows": True, "sort": True,
    "autofilter": True,
}  # fmt: skip


def write_plan(plan: WorkbookPlan, file: BinaryIO) -> None:
    """Writes the workbook. Raises `OSError` where that cannot be done."""
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    book = _Book(xlsxwriter.Workbook(file, options), plan)
    book.write()


class _Book:
    """The workbook and its formats, each made once."""

    def __init__(self, book: Any, plan: WorkbookPlan) -> None:
        self.book, self.plan = book, plan
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self.lists: dict[tuple[str, ...], str] = {}

    def format(self, look: Mapping[str, object], **more: object) -> Any:
        key = tuple(sorted({**look, **more}.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(key))
        return self.formats[key]

    def write(self) -> None:
        self.book.set_properties({"created": _NO_CLOCK, "title": self.plan.title})
        notes = self.book.add_worksheet(self.plan.notes_name)
        for sheet in self.plan.sheets:
            _Sheet(self, sheet, self.book.add_worksheet(sheet.name)).write()
        self.write_notes(notes)
        if self.plan.sheets:
            self.book.get_worksheet_by_name(self.plan.sheets[0].name).activate()
        self.book.close()

    def choices(self, words: tuple[str, ...]) -> object:
        """A list of words for a rule: in the rule itself, or among the notes if it is long."""
        # A quotation mark within the rule would break the file.
        if len(",".join(words)) <= _LITERAL and not any(set(word) & {",", '"'} for word in words):
            return list(words)
        if words not in self.lists:
            column = xl_col_to_name(_LISTS + len(self.lists), col_abs=True)
            cells = f"{column}$2:{column}${len(words) + 1}"
            self.lists[words] = f"='{self.plan.notes_name}'!{cells}"
        return self.lists[words]

    def write_notes(self, sheet: Any) -> None:
        """What to do, in both languages, then what is asked, then the long lists."""
        plain_text = self.format({"text_wrap": True, "valign": "top"})
        title = self.format({"bold": True, "font_size": 14})
        row = 0
        for first, second in self.plan.lines:
            look = title if row == 0 else plain_text
            sheet.merge_range(row, 0, row, 4, first, look)
            sheet.write_string(row, 6, second, look)
            sheet.set_row(row, 22 if row == 0 else 34)
            row += 1
        row += 1
        for number, line in enumerate(self.plan.asked):
            look = self.format(_HEAD) if number == 0 else self.format({"border": 1, **_GIVEN})
            for index, text in enumerate(line):
                sheet.write_string(row, index, safe_text(text), look)
            row += 1
        for index, columns in enumerate((18, 30, 12, 24, 34)):
            sheet.set_column(index, index, columns)
        sheet.set_column(5, 5, 3)
        sheet.set_column(6, 6, 70)
        for number, words in enumerate(self.lists):
            column = _LISTS + number
            sheet.set_column(column, column, 18)
            for index, word in enumerate(words, 1):
                sheet.write_string(index, column, safe_text(word))
        sheet.protect("", _ALLOWED)


class _Sheet:
    """One sheet: the head, the rows, the rules of its columns."""

    def __init__(self, book: _Book, plan: SheetPlan, sheet: Any) -> None:
        self.book, self.plan, self.sheet = book, plan, sheet
        self.top = 1 if plan.banner else 0
        self.first = self.top + (4 if plan.has_parts else 1)
        self.widths = [_NARROW] * len(plan.columns)

    def write(self) -> None:
        plan, sheet = self.plan, self.sheet
        if plan.banner:
            sheet.write_string(0, 0, safe_text(plan.banner), self.book.format({"bold": True}))
            sheet.set_row(0, 22)
        self.write_head()
        for number, texts in enumerate(plan.rows):
            for index, text in enumerate(texts):
                self.write_cell(self.first + number, index, text)
        last = self.first + len(plan.rows) + plan.blank_rows - 1
        for row in range(self.first + len(plan.rows), last + 1):
            for index, column in enumerate(plan.columns):
                sheet.write_blank(row, index, None, self.look(column, _OPEN))
        if last >= self.first:
            for index, column in enumerate(plan.columns):
                self.add_rule(index, column, last)
            # Ids such as 00123 are texts on purpose.
            sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        for index, columns in enumerate(self.widths):
            sheet.set_column(index, index, min(max(columns, _NARROW), _WIDE) + 2)
        sheet.freeze_panes(self.first, plan.frozen)
        sheet.protect("", _ALLOWED)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, self.first - 1)

    def write_head(self) -> None:
        plan, head = self.plan, self.book.format(_HEAD)
        label = self.book.format(_LABEL)
        self.sheet.set_row(self.top, 32)
        start = 0
        for index, column in enumerate(plan.columns):
            self.seen(index, min(width(column.heading), 16 if column.part else _WIDE))
            self.seen(index, max(map(width, column.choices), default=0))
            if not plan.has_parts:
                self.sheet.write_string(self.top, index, safe_text(column.heading), head)
                continue
            if not column.part:
                self.merge(self.top, index, self.top + 1, index, column.heading)
            else:
                following = plan.columns[index + 1] if index + 1 < len(plan.columns) else None
                first = plan.columns[index - 1]
                if not (index and first.part and first.heading == column.heading):
                    start = index
                if not (following and following.part and following.heading == column.heading):
                    self.merge(self.top, start, self.top, index, column.heading)
                self.sheet.write_string(self.top + 1, index, safe_text(column.part), head)
            for row, text in ((2, column.unit), (3, column.source)):
                if text:
                    self.sheet.write_string(self.top + row, index, safe_text(text), label)
                else:
                    self.sheet.write_blank(self.top + row, index, None, label)
                self.seen(index, min(width(text), 16))
        if plan.has_parts:
            self.sheet.set_row(self.top + 3, 32)

    def merge(self, top: int, left: int, bottom: int, right: int, text: str) -> None:
        head = self.book.format(_HEAD)
        if (top, left) == (bottom, right):
            self.sheet.write_string(top, left, safe_text(text), head)
        else:
            self.sheet.merge_range(top, left, bottom, right, "", head)
            self.sheet.write_string(top, left, safe_text(text), head)

    def seen(self, index: int, columns: int) -> None:
        self.widths[index] = max(self.widths[index], columns)

    def look(self, column: SheetColumn, look: Mapping[str, object]) -> Any:
        return self.book.format(look, num_format=_FORMATS[column.form])

    def write_cell(self, row: int, index: int, text: str) -> None:
        """A cell as the number, percentage or date that its text is, else as the text."""
        column = self.plan.columns[index]
        look = _GIVEN if column.given else _OPEN
        if row - self.first < _MEASURED:
            self.seen(index, width(text[:80].partition("\n")[0]) + 2)
        if not text.strip():
            self.sheet.write_blank(row, index, None, self.look(column, look))
            return
        if column.form == "date":
            day = read_cell_date(text, None)
            if isinstance(day, datetime.date):
                self.sheet.write_datetime(row, index, day, self.look(column, look))
                return
        elif column.form != "text":
            number = read_cell_number(text, "%" if text.rstrip().endswith(("%", "％")) else None)
            if isinstance(number, Decimal) and _fits(number):
                style = _style(column, number, text)
                self.sheet.write_number(
                    row, index, number, self.book.format(look, num_format=style)
                )
                return
        self.sheet.write_string(row, index, safe_text(text), self.book.format(look, num_format="@"))

    def add_rule(self, index: int, column: SheetColumn, last: int) -> None:
        """What may be entered in a column; a warning lets a sign such as — pass."""
        rule: dict[str, object] = {"ignore_blank": True}
        if column.choices:
            rule |= {"validate": "list", "source": self.book.choices(column.choices)}
            rule["error_type"] = "stop" if column.sure else "warning"
        elif column.choose_from:
            rule |= {"validate": "list", "source": f"={column.choose_from}"}
            rule["error_type"] = "warning"
        elif column.form == "percent":
            rule |= {"validate": "custom", "value": as_percentage(self.first, index)}
        elif column.form in ("number", "money"):
            rule |= {"validate": "decimal", "error_type": "warning"}
            if column.low is not None and column.high is not None:
                rule |= {"criteria": "between", "minimum": plain(column.low)}
                rule["maximum"] = plain(column.high)
            else:
                rule |= {"criteria": "between", "minimum": -(10**15), "maximum": 10**15}
        elif column.form == "date":
            rule |= {"validate": "date", "error_type": "warning", "criteria": ">="}
            rule["value"] = datetime.date(1950, 1, 1)
        else:
            return
        if column.refusal:
            rule["error_message"] = column.refusal
        if column.hint:
            rule["input_message"] = column.hint[:255]
        self.sheet.data_validation(self.first, index, last, index, rule)


def as_percentage(row: int, column: int) -> str:
    """Whether a cell holds a share below 200 %, a text that bears the sign, or a text that is no
    number: what else is typed could be off by 100, and is refused when the cells are read."""
    cell = xl_rowcol_to_cell(row, column)
    signed = f'RIGHT({cell},1)="%",RIGHT({cell},1)="％"'
    return f"=IF(ISNUMBER({cell}),ABS({cell})<2,OR({signed},ISERROR(VALUE({cell}))))"


def _fits(number: Decimal) -> bool:
    """Whether a number has no more digits than Excel keeps."""
    return len(number.normalize().as_tuple().digits) <= _DIGITS


def _style(column: SheetColumn, number: Decimal, text: str) -> str:
    """The column's number format, with more places where the number has them."""
    exponent = number.normalize().as_tuple().exponent
    places = max(-exponent, 0) if isinstance(exponent, int) else 0
    is_share = column.form == "percent" and not column.signed and -2 <= number <= 2
    if text.rstrip().endswith(("%", "％")) or is_share or (column.signed and not number):
        return f"0.{'0' * max(places - 2, 2)}%"
    if column.form == "money":
        return f"#,##0.{'0' * max(places, 2)}"
    # A plain 85 where a percentage is due stays what it is: it could mean two things.
    return "General"
