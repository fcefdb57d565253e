"""A cycle's result as an Excel workbook: results, scores, who has no result, notes.

Excel holds numbers as binary floats of 15 digits. A figure of more digits is written as text;
the exact record is the CSV file and the traces beside the workbook.
"""

import datetime
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.exact import plain, rounded
from perfrules.layout.terminal import width
from perfrules.model.cycle_result import CycleResult, IndicatorLine, Judged
from perfrules.words.of_counts import title_of_count

__all__ = ["safe_text", "write_workbook"]

_ROWS: Final = 1_048_575
"""So many rows has a sheet below its header."""

_DIGITS: Final = 15
_LETTERS: Final = 16_000
_WIDEST: Final = 48
_NO_LETTERS: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_MEASURED: Final = 2_000
"""So many rows are looked at for the width of a column."""


class _Column(NamedTuple):
    title: Text
    style: str = ""
    """The number format of the whole column; empty where each cell has its own."""


class _Figure(NamedTuple):
    """A number with the format that shows all of its digits."""

    value: Decimal
    style: str


_Cell = str | Decimal | _Figure | None
_Row = list[_Cell]


def write_workbook(result: CycleResult, file: BinaryIO, scratch: Path) -> None:
    """Writes the workbook. Its parts grow in a folder of their own below `scratch`.

    Raises `OSError` where something cannot be written.
    """
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = _Book(xlsxwriter.Workbook(file, options))
        if result.cycle is not None:
            # The same input gives the same bytes: no clock here.
            last = datetime.datetime.combine(result.cycle.end, datetime.time())
            book.book.set_properties({"created": last, "title": result.cycle.id})
        book.book.use_zip64()
        book.sheet(_RESULTS, *_results(result))
        book.sheet(_SCORES, _SCORE_COLUMNS, _scores(result))
        book.sheet(_REJECTED, _REJECTED_COLUMNS, _rejected(result))
        if result.not_applied:
            book.sheet(_NOT_APPLIED, _NOT_APPLIED_COLUMNS, _not_applied(result))
        book.sheet(_NOTES, _NOTE_COLUMNS, _notes(result))
        try:
            book.book.close()
        except FileCreateError as error:
            if error.args and isinstance(error.args[0], OSError):
                raise error.args[0] from None
            raise


class _Book:
    """The workbook and its formats, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        plain_header = {"bold": True, "text_wrap": True, "valign": "vcenter"}
        self.header = book.add_format({**plain_header, "bg_color": "#E8EDF3", "border": 1})
        self.formats: dict[str, Any] = {}

    def format(self, style: str) -> Any:
        if style not in self.formats:
            self.formats[style] = self.book.add_format({"num_format": style})
        return self.formats[style]

    def sheet(self, name: Text, columns: list[_Column], rows: Iterable[_Row]) -> None:
        """A sheet with a header that stays in sight; more than one where the rows are too many."""
        title = f"{name.zh} {name.en}"
        number, row = 1, 0
        sheet = self._started(title, columns)
        widths = [max(width(column.title.zh), width(column.title.en)) for column in columns]
        for cells in rows:
            if row == _ROWS:
                self._finished(sheet, widths, row)
                number, row = number + 1, 0
                sheet = self._started(f"{title} {number}", columns)
            row += 1
            for index, (column, cell) in enumerate(zip(columns, cells, strict=True)):
                shown = self._write(sheet, row, index, column, cell)
                if row <= _MEASURED:
                    widths[index] = max(widths[index], width(shown))
        self._finished(sheet, widths, row)

    def _started(self, title: str, columns: list[_Column]) -> Any:
        sheet = self.book.add_worksheet(title)
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, 32)
        # Ids such as 00123 are texts on purpose.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for index, column in enumerate(columns):
            title_text = f"{column.title.zh}\n{column.title.en}"
            sheet.write_string(0, index, safe_text(title_text), self.header)
        return sheet

    def _finished(self, sheet: Any, widths: list[int], rows: int) -> None:
        for index, columns in enumerate(widths):
            sheet.set_column(index, index, min(columns, _WIDEST) + 2)
        if rows:
            sheet.autofilter(0, 0, rows, len(widths) - 1)

    def _write(self, sheet: Any, row: int, index: int, column: _Column, cell: _Cell) -> str:
        """Writes a cell, and returns about what it will show."""
        if cell is None or cell == "":
            return ""
        if isinstance(cell, str):
            sheet.write_string(row, index, safe_text(cell))
            return cell.partition("\n")[0][:200]
        figure = cell if isinstance(cell, _Figure) else _Figure(cell, column.style or "General")
        shown = plain(figure.value)
        if len(figure.value.normalize().as_tuple().digits) <= _DIGITS:
            sheet.write_number(row, index, figure.value, self.format(figure.style))
        else:
            sheet.write_string(row, index, shown)
        return f"{shown}  "


def safe_text(text: str) -> str:
    """A text that XML and the workbook's writer take for nothing but text."""
    if len(text) > _LETTERS:
        text = text[: _LETTERS - 1] + "…"
    text = _NO_LETTERS.sub("\ufffd", text)
    # The writer passes on a text of this form as markup.
    return f" {text}" if text.startswith("<r>") else text


def _places(values: Iterable[Decimal | None]) -> int:
    """The most digits that any of the values has behind the point."""
    exponents = (value.normalize().as_tuple().exponent for value in values if value is not None)
    return max([0, *(-exponent for exponent in exponents if isinstance(exponent, int))])


def _style(places: int, whole: str = "#,##0") -> str:
    return f"{whole}.{'0' * places}" if places else whole


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


_RESULTS: Final = Text("考核结果", "Results")
_SCORES: Final = Text("指标得分", "Scores")
_REJECTED: Final = Text("未出结果", "Rejected")
_NOTES: Final = Text("说明", "Notes")

_PAY_TOTAL: Final = Text("奖金合计", "Total pay")

_PERSON: Final = [
    _Column(Text("工号", "Person id")),
    _Column(Text("姓名", "Name")),
    _Column(Text("岗位", "Role")),
]


def _results(result: CycleResult) -> tuple[list[_Column], Iterator[_Row]]:
    complete = result.complete
    plans = result.pay_titles
    titles: dict[tuple[str | None, str], Text] = {
        (policy.label, rule.name): rule.title
        for policy in result.policies
        for rule in policy.follow_ups
    }
    columns = [
        *_PERSON,
        _Column(Text("团队", "Team")),
        _Column(Text("部门", "Department")),
        _Column(Text("总分", "Total"), _style(_places(one.total for one in complete), "0")),
        _Column(Text("等级", "Grade")),
        *(
            _Column(title, _style(_places(one.pay.get(name) for one in complete)))
            for name, title in plans.items()
        ),
        *(
            [_Column(_PAY_TOTAL, _style(_places(one.pay_total for one in complete)))]
            if plans
            else []
        ),
        _Column(Text("奖项", "Awards")),
        _Column(Text("后续跟进", "Follow-ups")),
        _Column(Text("一票否决", "Vetoes")),
        _Column(Text("不计入的指标", "Left out")),
        _Column(Text("考核方案", "Policy")),
    ]

    def rows() -> Iterator[_Row]:
        for one in complete:
            left_out = [_both(line.title) for line in one.indicators if line.excluded]
            yield [
                *_person(one),
                one.team,
                one.department,
                one.total,
                one.grade,
                *(one.pay.get(name) for name in plans),
                *([one.pay_total] if plans else []),
                "; ".join(_both(title) for title in one.awards.values()),
                "; ".join(_follow_ups(one, titles)),
                "; ".join(_both(title) for title in one.vetoed.values()),
                "; ".join(left_out),
                one.policy,
            ]

    return columns, rows()


def _follow_ups(one: Judged, titles: Mapping[tuple[str | None, str], Text]) -> Iterator[str]:
    """What is set going, and until when."""
    for name, due in one.follow_ups.items():
        title = titles.get((one.policy, name))
        yield (_both(title) if title else name) + ("" if due is None else f" → {due.isoformat()}")


def _person(one: Judged) -> _Row:
    return [one.person, one.name, _both(one.title)]


_SCORE_COLUMNS: Final = [
    *_PERSON,
    _Column(Text("指标", "Indicator")),
    _Column(Text("单位", "Unit")),
    _Column(Text("实际值", "Actual")),
    _Column(Text("目标值", "Target")),
    _Column(Text("达成率", "Attainment")),
    _Column(Text("得分", "Score")),
    _Column(Text("备注", "Note")),
]


def _scores(result: CycleResult) -> Iterator[_Row]:
    score_style = _style(
        _places(line.score for one in result.complete for line in one.indicators), "0"
    )
    for one in result.complete:
        for line in one.indicators:
            yield [
                *_person(one),
                _both(line.title),
                line.unit or "",
                _figure(line, line.actual),
                _figure(line, line.target),
                _attainment(line.attainment),
                None if line.score is None else _Figure(line.score, score_style),
                "不计入 / left out" if line.excluded else "",
            ]


def _figure(line: IndicatorLine, value: object) -> _Cell:
    if isinstance(value, bool):
        return "是 / yes" if value else "否 / no"
    if isinstance(value, Decimal):
        return _percentage(value) if line.unit == "%" else _Figure(value, _style(_places([value])))
    return None if value is None else str(value)


def _percentage(value: Decimal | None) -> _Cell:
    if value is None:
        return None
    return _Figure(value, _style(max(_places([value]) - 2, 0), "0") + "%")


def _attainment(value: Decimal | None) -> _Cell:
    """The cell has every digit; two are shown where they do not say more than was reached."""
    if value is None or rounded(value, 4, "half_up") > value:
        return _percentage(value)
    return _Figure(value, _style(min(max(_places([value]) - 2, 0), 2), "0") + "%")


_REJECTED_COLUMNS: Final = [
    *_PERSON,
    _Column(Text("位置", "Place")),
    _Column(Text("原因", "Reason, in Chinese")),
    _Column(Text("处理办法", "What to do, in Chinese")),
    _Column(Text("原因（英文）", "Reason")),
    _Column(Text("处理办法（英文）", "What to do")),
    _Column(Text("代码", "Code")),
]


def _rejected(result: CycleResult) -> Iterator[_Row]:
    for one in result.rejected:
        for problem in one.reasons:
            yield [*_person(one), *_reason(problem, one.place)]
    for problem in result.unattached:
        yield ["", "", "", *_reason(problem, "")]


def _reason(problem: Diagnostic, place: str) -> _Row:
    return [
        str(problem.place or place),
        problem.message("zh"),
        problem.help("zh"),
        problem.message("en"),
        problem.help("en"),
        problem.code,
    ]


_NOT_APPLIED: Final = Text("未生效的变更", "Not applied")

_NOT_APPLIED_COLUMNS: Final = [
    _Column(Text("工号", "Person id")),
    _Column(Text("对象", "What")),
    *_REJECTED_COLUMNS[len(_PERSON) :],
]


def _not_applied(result: CycleResult) -> Iterator[_Row]:
    for one in result.not_applied:
        yield [one.person, one.what, *_reason(one.reason, one.place)]


_NOTE_COLUMNS: Final = [
    _Column(Text("项目", "Item")),
    _Column(Text("内容", "Content")),
]


def _notes(result: CycleResult) -> Iterator[_Row]:
    cycle = result.cycle
    if cycle is not None:
        dates = f"{cycle.start.isoformat()} – {cycle.end.isoformat()}"
        yield ["考核周期 / Cycle", f"{cycle.id}  {dates}"]
    for name, count in result.counts.items():
        yield [_both(title_of_count(name)), Decimal(count)]
    for policy in result.policies:
        yield [f"{_both(policy.title)}  {policy.label}", f"SHA-256 {policy.digest}"]
    yield ["精度 / Exactness", _both(_EXACTNESS)]


_EXACTNESS: Final = Text(
    "Excel 以 15 位二进制浮点数保存数值，超出的以文本写入；"
    "准确数值以同一文件夹中的 appraisals.csv 和 traces.jsonl 为准。",
    "Excel holds numbers as binary floats of 15 digits, and what has more is written as text; "
    "the exact record is appraisals.csv and traces.jsonl in the same folder.",
)
