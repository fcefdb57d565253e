"""The plan of a form -> an Excel file: locked but for the cells to fill in, one page wide.

Texts are written as texts, whatever they begin with. What the tables have already stands there
locked, as they write it.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, BinaryIO, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from perfrules.codes.code import Text
from perfrules.exact import percent, plain
from perfrules.intake.forms.mark import FORMAT, LISTS, PROPERTY, SHEET
from perfrules.intake.forms.slots import Asked
from perfrules.layout.terminal import width
from perfrules.papers.forms.form_plan import FormColumn, FormPlan, FormRow, FormTable, clean
from perfrules.papers.forms.words import REFUSALS
from perfrules.papers.sheets.words import CHOICES_OF_YES_NO, PERCENT_DUE
from perfrules.papers.sheets.write_plan import as_percentage

__all__ = ["write_form"]

_NO_CLOCK: Final = datetime.datetime(2000, 1, 1)
"""The same plan gives the same bytes."""

_LITERAL: Final = 255
"""So many characters may a list of words have that stands in the rule itself."""

_LETTERS_OF_WORDS: Final = 2000
_PAIRS_IN_A_ROW: Final = 4
_LINE: Final = 17

_BORDER: Final = {"border": 1, "border_color": "#BFC7D1"}
_TITLE: Final = {"bold": True, "font_size": 16, "font_color": "#1F3864", "valign": "vcenter"}
_SECTION: Final = {"bold": True, "font_size": 11, "font_color": "#1F3864", "valign": "vcenter"}
_NOTE: Final = {"font_color": "#555555", "font_size": 9, "text_wrap": True, "valign": "top"}
_HEAD: Final = {
    **_BORDER, "bold": True, "text_wrap": True, "valign": "vcenter", "align": "center",
    "bg_color": "#DCE4EE", "num_format": "@",
}  # fmt: skip
_LABEL: Final = {
    **_BORDER, "text_wrap": True, "valign": "vcenter", "num_format": "@", "indent": 1,
}  # fmt: skip
_BANDS: Final = ("#F2F2F2", "#E9ECF1")
_NEEDED: Final = "#FFE699"
_OPTIONAL: Final = "#FFF8E1"
_FORMATS: Final = {"number": "General", "percent": "0.00%"}

_ALLOWED: Final = {"format_columns": True, "format_rows": True}


def write_form(plan: FormPlan, file: BinaryIO) -> None:
    """Writes the workbook. Raises `OSError` where that cannot be done."""
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    _Form(xlsxwriter.Workbook(file, options), plan).write()


class _Form:
    """The workbook and its formats, each made once; rows and columns count from 0."""

    def __init__(self, book: Any, plan: FormPlan) -> None:
        self.book, self.plan = book, plan
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self.lists: dict[tuple[str, ...], int] = {}
        first = plan.tables[0]
        self.widths = [one.width for one in (*first.labels, *first.columns)]
        self.sheet: Any = None

    def format(self, look: Mapping[str, object], **more: object) -> Any:
        key = tuple(sorted({**look, **more}.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(key))
        return self.formats[key]

    def say(self, text: Text) -> str:
        return text.into(self.plan.language)

    def write(self) -> None:
        plan, book = self.plan, self.book
        book.set_properties({"created": _NO_CLOCK, "title": clean(plan.title)})
        # A second account of what it is, for when the hidden sheet is lost.
        named = f"{FORMAT} {plan.kind} {plan.cycle} {plan.of}"
        book.set_custom_property(PROPERTY, clean(named)[:255])
        self.sheet = book.add_worksheet(plan.sheet)
        mark = book.add_worksheet(SHEET)
        row = self.write_head()
        frozen = row + (2 if plan.tables[0].title else 1)
        for number, table in enumerate(plan.tables):
            row = self.write_table(table, row + bool(number))
        for index, letters in enumerate(self.widths):
            self.sheet.set_column(index, index, letters + 1)
        self.set_page(frozen)
        for number, texts in enumerate(plan.mark().rows()):
            for index, text in enumerate(texts):
                mark.write_string(number, index, clean(text))
        for words, column in self.lists.items():
            for number, word in enumerate(words):
                mark.write_string(number, column, clean(word))
        mark.protect("")
        mark.very_hidden()
        self.sheet.activate()
        book.close()

    def set_page(self, frozen: int) -> None:
        sheet = self.sheet
        sheet.freeze_panes(frozen, 0)
        sheet.protect("", _ALLOWED)
        sheet.hide_gridlines(2)
        # Ids such as 00123 are texts on purpose.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD10000"})
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        # With several tables of indicators none of their heads is that of all pages.
        sheet.repeat_rows(0 if self.plan.tables[0].title else frozen - 1)
        sheet.set_footer(
            "&L&9 " + _in_footer(f"{self.plan.cycle}  {self.plan.of}") + "&R&9 &P / &N"
        )

    # The head

    def write_head(self) -> int:
        """Title, who it is and what to do; returns the row of the first table."""
        plan, last = self.plan, len(self.widths) - 1
        self.merged(0, 0, last, plan.title, self.format(_TITLE))
        self.sheet.set_row(0, 30)
        row = self.write_pairs(1)
        look = self.format(_NOTE)
        room = max(sum(self.widths) - 4, 40)
        for line in plan.lines:
            self.merged(row, 0, last, line, look)
            lines = -(-width(line) // room)
            self.sheet.set_row(row, 4 + 13 * lines)
            row += 1
        return row

    def write_pairs(self, row: int) -> int:
        """Labels and values, some beside each other: as many as the grid has room for."""
        slots = self.shares_of_row()
        label, value = self.format(_LABEL, bg_color="#DCE4EE"), self.format(_LABEL)
        pairs = [*self.plan.pairs]
        while pairs:
            for start, end in slots:
                name, text = pairs.pop(0) if pairs else ("", "")
                self.merged(row, start, start, name, label)
                self.merged(row, start + 1, end, text, value)
            self.sheet.set_row(row, 20)
            row += 1
        return row

    def shares_of_row(self) -> list[tuple[int, int]]:
        """The first and last columns of the pairs in a row, about as wide as each other."""
        count = min(_PAIRS_IN_A_ROW, len(self.widths) // 2, len(self.plan.pairs))
        whole, start, passed = sum(self.widths), 0, 0
        slots: list[tuple[int, int]] = []
        for index, letters in enumerate(self.widths):
            passed += letters
            left = len(self.widths) - 1 - index
            due = passed * count >= whole * (len(slots) + 1)
            wanted = count - len(slots) - 1
            if index > start and (due or left == 2 * wanted) and wanted:
                slots.append((start, index))
                start = index + 1
        return [*slots, (start, len(self.widths) - 1)]

    # Tables

    def write_table(self, table: FormTable, row: int) -> int:
        """Writes a table and returns the row below it."""
        if table.title:
            self.merged(row, 0, len(self.widths) - 1, table.title, self.format(_SECTION))
            self.sheet.set_row(row, 24)
            row += 1
        columns = [*table.labels, *table.columns]
        starts = _starts(columns)
        head = self.format(_HEAD)
        for start, column in zip(starts, columns, strict=True):
            self.merged(row, start, start + column.span - 1, column.heading, head)
        self.sheet.set_row(row, 32)
        for number, line in enumerate(table.rows, row + 1):
            self.write_row(table, line, number, starts)
        return row + 1 + len(table.rows)

    def write_row(self, table: FormTable, line: FormRow, row: int, starts: list[int]) -> None:
        grey = _BANDS[line.band % 2]
        columns = [*table.labels, *table.columns]
        label = self.format(_LABEL, bg_color=grey)
        tallest = 1
        for start, column, cell in zip(starts, columns, (*line.labels, *line.cells), strict=True):
            end = start + column.span - 1
            if isinstance(cell, Asked):
                self.write_asked(row, start, end, cell, grey)
                roomy = cell.form == "words" and not cell.known
                tallest = max(tallest, 2 if roomy else 1)
            else:
                look = label if start < len(line.labels) else self.known_look(grey)
                self.merged(row, start, end, cell or "", look)
            shown = cell if isinstance(cell, str) else cell.known if cell else ""
            letters = sum(self.widths[start : end + 1])
            tallest = max(tallest, min(-(-width(shown) // max(letters, 1)), 6))
        self.sheet.set_row(row, 6 + _LINE * tallest)

    def known_look(self, grey: str) -> Any:
        return self.format(_LABEL, bg_color=grey, align="right")

    def write_asked(self, row: int, start: int, end: int, cell: Asked, grey: str) -> None:
        """A cell to fill in; one that the tables fill in already is locked."""
        if cell.known:
            is_words = cell.form == "words"
            look = self.format(_LABEL, bg_color=grey) if is_words else self.known_look(grey)
            self.merged(row, start, end, cell.known, look)
            return
        look = self.format(
            _LABEL, locked=False, bg_color=_NEEDED if cell.needed else _OPTIONAL,
            num_format=_FORMATS.get(cell.form, "@"),
        )  # fmt: skip
        self.merged(row, start, end, "", look)
        self.sheet.data_validation(row, start, row, start, self.rule(cell, row, start))

    def rule(self, cell: Asked, row: int, column: int) -> dict[str, object]:
        """What may be entered, and what is said where something else is."""
        say, rule = self.say, dict[str, object](ignore_blank=True)
        rule["error_title"] = say(REFUSALS["title"])
        if cell.form == "words":
            most = _LETTERS_OF_WORDS
            rule |= {"validate": "length", "criteria": "<=", "value": most}
            rule["error_message"] = say(REFUSALS["length"])
            return rule
        if cell.form in ("level", "yes_no"):
            yes_no = tuple(say(one) for one in CHOICES_OF_YES_NO)
            words = cell.choices if cell.form == "level" else yes_no
            rule |= {"validate": "list", "source": self.choices(words)}
            rule["error_message"] = say(REFUSALS["choice"])
            return rule
        bounded = cell.low is not None and cell.high is not None
        if cell.form == "percent" and not bounded:
            rule |= {"validate": "custom", "value": as_percentage(row, column)}
            rule["error_message"] = rule["input_message"] = say(PERCENT_DUE)[:255]
            return rule
        low, high = (cell.low, cell.high) if bounded else (Decimal(-(10**15)), Decimal(10**15))
        assert low is not None
        assert high is not None
        rule |= {"validate": "decimal", "criteria": "between"}
        rule |= {"minimum": plain(low), "maximum": plain(high)}
        shown = percent if cell.form == "percent" else plain
        between = say(REFUSALS["between"]).format(low=shown(low), high=shown(high))
        rule["error_message"] = between if bounded else say(REFUSALS["number"])
        if bounded:
            rule["input_message"] = between
        return rule

    def choices(self, words: tuple[str, ...]) -> object:
        """A list of words for a rule: in the rule itself, or on the hidden sheet if it is long."""
        if len(",".join(words)) <= _LITERAL and not any(set(word) & {",", '"'} for word in words):
            return list(words)
        number = self.lists.setdefault(words, LISTS + len(self.lists))
        column = xl_col_to_name(number, col_abs=True)
        return f"='{SHEET}'!{column}$1:{column}${len(words)}"

    def merged(self, row: int, left: int, right: int, text: str, look: Any) -> None:
        """A text over one cell or several."""
        if left < right:
            self.sheet.merge_range(row, left, row, right, "", look)
        if text:
            self.sheet.write_string(row, left, clean(text), look)
        elif left == right:
            self.sheet.write_blank(row, left, None, look)


def _starts(columns: list[FormColumn]) -> list[int]:
    """Where each column begins in the grid."""
    starts, at = [], 0
    for column in columns:
        starts.append(at)
        at += column.span
    return starts


def _in_footer(text: str) -> str:
    """A text in a footer, where `&` begins an order."""
    return text.replace("&", "&&")[:200]
