"""The first sheet: key figures, who has no result, charts on one page; their tables beneath it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from perfrules.codes.code import Language, Text
from perfrules.exact import plain
from perfrules.layout.terminal import visible, width
from perfrules.papers.overview.figures import mean_of, median_of
from perfrules.papers.overview.pay import pay_in_all
from perfrules.papers.overview.rows import Everybody
from perfrules.papers.workbook.book import Book, set_page
from perfrules.papers.workbook.columns import Cell, Figure, places, style_of
from perfrules.papers.workbook.first_sheet.blocks import Block, is_drawn
from perfrules.papers.workbook.first_sheet.charts import drawn
from perfrules.papers.workbook.first_sheet.of_grades import grade_blocks
from perfrules.papers.workbook.first_sheet.of_groups import group_blocks
from perfrules.papers.workbook.first_sheet.of_missing import without_result
from perfrules.papers.workbook.first_sheet.of_pay import pay_blocks
from perfrules.papers.workbook.first_sheet.of_totals import totals_block

__all__ = ["write_overview"]

_NAME: Final = Text("概览", "Overview")
_TABLES: Final = Text("图表所用数据", "The figures of the charts")
_COLUMNS: Final = 12
_NAMES_WIDE: Final = 24
_LEAST_WIDE: Final = 8
_MOST_WIDE: Final = 20
_ROWS: Final = 10
"""So many rows has a chart, and one is between it and the next."""

_APART: Final = 8
"""So many pixels lie between two charts."""

_LOWEST, _HIGHEST = 135, 220
"""A chart is at least and at most so high, in points."""

_PAGE: Final = Decimal("1.37")
"""A page has room for so many times its width, from top to bottom, beside margins."""

_GAP: Final = 8
"""Between two rows of charts, in points."""

_TITLE: Final = {"bold": True, "font_size": 16, "font_color": "#1D2433"}
_PART: Final = {"bold": True, "font_size": 12, "font_color": "#1F3F73"}
_SOFT: Final = {"font_size": 9, "font_color": "#4B5565"}
_HEAD: Final = {
    "bold": True, "font_size": 9, "bg_color": "#E8EDF3", "border": 1, "border_color": "#C3CAD5",
    "text_wrap": True,
}  # fmt: skip
_BODY: Final = {"font_size": 9, "border": 1, "border_color": "#C3CAD5"}
_ASIDE: Final = {"font_color": "#8A94A3"}


def write_overview(book: Book, everybody: Everybody, language: Language) -> None:
    """Adds the sheet. Rows are written from the top down, as the workbook needs it."""
    blocks = [
        *([one] if (one := totals_block(everybody, language)) else []),
        *grade_blocks(everybody, language),
        *group_blocks(everybody, language),
        *pay_blocks(everybody, language),
    ]
    _Overview(book, everybody, blocks, language).write()


class _Overview:
    """The sheet, written row by row."""

    def __init__(
        self, book: Book, everybody: Everybody, blocks: Sequence[Block], language: Language
    ) -> None:
        self.book, self.everybody, self.blocks, self.language = book, everybody, blocks, language
        self.name = _NAME.into(language)
        self.sheet = book.book.add_worksheet(self.name)
        self.widths = _widths(blocks)
        self.row = 0
        self.down = 0
        """How far down the rows reach, in points."""

    def write(self) -> None:
        self._page()
        self._line(self.book.title, 26, **_TITLE)
        dates = f"{self.everybody.cycle}  {self.everybody.start} – {self.everybody.end}"
        self._line(dates if self.everybody.cycle else "", 15, **_SOFT)
        self._tiles()
        self._without_result()
        self._line("", 8)
        first, charted = self.row, [one for one in self.blocks if is_drawn(one)]
        high = self._room(-(-len(charted) // 2))
        tops = self._tables()
        self._charts(first, charted, tops, high)

    def _page(self) -> None:
        sheet = self.sheet
        set_page(sheet, self.book.title, self.name, wide=False)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.hide_gridlines(2)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for column, letters in enumerate(self.widths):
            sheet.set_column(column, column, letters)

    def _line(self, text: str, height: int, **look: Any) -> None:
        # A row without a cell would not be written, nor would its height.
        self.book.cell(self.sheet, self.row, 0, visible(text), look)
        self._ended(height)

    def _ended(self, height: int) -> None:
        """Makes the row so high; not every program knows by itself."""
        self.sheet.set_row(self.row, height)
        self.row += 1
        self.down += height

    def _room(self, rows: int) -> int:
        """Leaves room for so many rows of charts, that they fill the page; how high each is."""
        if not rows:
            return 0
        page = int(_PAGE * 3 * _pixels(self.widths) / 4)
        high = (page - self.down) // rows - _GAP
        each = min(max(high, _LOWEST), _HIGHEST) // _ROWS
        for _ in range(rows):
            for _ in range(_ROWS):
                self._line("", each)
            self._line("", _GAP)
        return each * _ROWS

    def _merged(self, row: int, first: int, last: int, text: str, look: dict[str, Any]) -> None:
        self.sheet.merge_range(row, first, row, last, "", self.book.format(**look))
        self.book.text(self.sheet, row, first, text, look)

    def _tiles(self) -> None:
        """The key figures, each under its name."""
        label = {**_SOFT, "align": "center", "bg_color": "#F4F6F9"}
        value = {"bold": True, "font_size": 14, "align": "center", "bg_color": "#F4F6F9"}
        tiles = _key_figures(self.everybody, self.language)
        spans = ((0, 0), (1, 2), (3, 4), (5, 6), (7, 8), (9, _COLUMNS - 1))
        for height, look, part in ((18, label, 0), (26, value, 1)):
            for (first, last), tile in zip(spans, tiles, strict=True):
                if first < last:
                    self.sheet.merge_range(
                        self.row, first, self.row, last, "", self.book.format(**look)
                    )
                cell: Cell = tile[part]
                self.book.cell(self.sheet, self.row, first, cell, look)
            self._ended(height)

    def _without_result(self) -> None:
        found = without_result(self.everybody, self.language)
        if found is None:
            return
        self._line("", 8)
        self._line(found.title, 18, **_PART)
        room = int(sum(self.widths[1:])) - 4
        for who, reason in found.lines:
            look = {"font_size": 9, "text_wrap": True}
            self.book.text(self.sheet, self.row, 0, who, {**look, "bold": True})
            self._merged(self.row, 1, _COLUMNS - 1, reason, look)
            self._ended(14 * max(1, -(-width(reason) // room)))
        if found.note:
            self._line(found.note, 14, **_SOFT)

    def _tables(self) -> list[int]:
        """The tables one under the other; the row of the first line of each that is drawn."""
        tops = []
        if self.blocks:
            # Programs that keep to breaks on a page that is fitted begin a new one here.
            self.sheet.set_h_pagebreaks([self.row])
            self._line(_TABLES.into(self.language), 20, **_PART)
        for block in self.blocks:
            self._line(block.name, 18, bold=True)
            lines = max(
                -(-width(title) // int(wide - 1))
                for title, wide in zip(block.head, self.widths, strict=False)
            )
            aligned = [_align(block, column) for column in range(len(block.head))]
            for column, title in enumerate(block.head):
                look = {**_HEAD, **_aside(block, column), "align": aligned[column]}
                self.book.text(self.sheet, self.row, column, title, look)
            self._ended(13 * lines + 3)
            if is_drawn(block):
                tops.append(self.row)
            for row in block.rows:
                for column, cell in enumerate(row):
                    look = {**_BODY, **_aside(block, column), "align": aligned[column]}
                    self.book.cell(self.sheet, self.row, column, cell, look)
                self._ended(15)
            if block.note:
                self._line(block.note, 14, **_SOFT)
            self._line("", 15)
        return tops

    def _charts(self, first: int, blocks: Sequence[Block], tops: Sequence[int], high: int) -> None:
        """Two charts beside one another; the last one across the page where it is alone. They begin
        and end with columns, which are not equally wide in every program."""
        across = _pixels(self.widths)
        middle = min(
            range(1, _COLUMNS), key=lambda column: abs(across - 2 * _pixels(self.widths[:column]))
        )
        left = _pixels(self.widths[:middle])
        for place, (block, top) in enumerate(zip(blocks, tops, strict=True)):
            row, side = first + place // 2 * (_ROWS + 1), place % 2
            alone = place == len(blocks) - 1 and not side
            wide = across if alone else across - left if side else left - _APART
            # One that ended where its column does would take the next column on the page.
            size = (wide - 2, high * 4 // 3)
            chart = drawn(self.book.book, block, self.name, top, size)
            assert block.chart is not None
            described = {"description": block.chart.title}
            self.sheet.insert_chart(row, middle if side else 0, chart, described)


def _pixels(widths: Sequence[int]) -> int:
    """How wide columns of so many letters are."""
    return sum(7 * letters + 5 for letters in widths)


def _aside(block: Block, column: int) -> dict[str, Any]:
    return _ASIDE if block.aside is not None and column >= block.aside else {}


def _align(block: Block, column: int) -> str:
    """Figures to the right, names and sentences to the left."""
    has_text = any(isinstance(row[column], str) for row in block.rows)
    return "left" if has_text or not column else "right"


def _key_figures(everybody: Everybody, language: Language) -> list[tuple[str, Cell]]:
    totals = [line.total for line in everybody.people if line.total is not None]
    mean, middle = mean_of(totals), median_of(totals)
    paid = pay_in_all(everybody)
    behind = places(amount for line in everybody.lines for amount in line.pay.values())
    about = "" if mean is None or mean.is_exact else " ≈"
    tiles: list[tuple[Text, Cell]] = [
        (Text("人数", "People"), Decimal(everybody.head_count)),
        (Text("已出结果", "With a result"), Decimal(len(everybody.people))),
        (Text("未出结果", "Without a result"), Decimal(everybody.people_missing)),
        (
            Text(f"平均总分{about}", f"Mean total{about}"),
            Figure(mean.value, style_of(places([mean.value]), "0")) if mean else "—",
        ),
        (
            Text("总分中位数", "Median total"),
            "—" if middle is None else Figure(middle, style_of(places([middle]), "0")),
        ),
        (
            Text("奖金合计", "Total pay"),
            Figure(paid, style_of(behind)) if everybody.plans else "—",
        ),
    ]
    return [(name.into(language), cell) for name, cell in tiles]


def _widths(blocks: Sequence[Block]) -> list[int]:
    """How wide the columns are, in letters: all but the first the same, so that charts and tables
    stand in order."""
    least = _LEAST_WIDE
    for block in blocks:
        for row in block.rows:
            for cell in row[1:]:
                figure = cell.value if isinstance(cell, Figure) else cell
                if isinstance(figure, Decimal):
                    digits = len(plain(figure))
                    least = max(least, min(digits + digits // 4, _MOST_WIDE))
    return [_NAMES_WIDE, *([least] * (_COLUMNS - 1))]
