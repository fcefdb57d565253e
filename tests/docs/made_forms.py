"""Forms in the state that a page describes: of the starter's cycle, filled in, returned."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from click.testing import CliRunner

from perfrules.cli.main import main

__all__ = ["FORMS_MADE"]

Make = Callable[[Path], None]
Change = Callable[[Any], None]

CYCLE: Final = Path("2024Q3")
SENT: Final = Path("sent")
RETURNED: Final = Path("returned")
FIGURES: Final = {
    ("销售额", "实际值"): 412000,
    ("新客户数", "实际值"): 8,
    ("团队协作", "实际值"): 88,
}
TARGETS: Final = {("销售额", "目标值"): 400000, ("新客户数", "目标值"): 10}


def _without_figures() -> None:
    """The starter's cycle before anybody has told the figures of E001."""
    path = CYCLE / "actuals.csv"
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(one for one in lines if not one.startswith("E001")), "utf-8-sig")


def _send(per: str) -> None:
    words = ["sheet", str(CYCLE), "--per", per, "--out", str(SENT), "--lang", "zh"]
    assert CliRunner().invoke(main, words).exit_code == 0


def _typed(values: dict[tuple[str, str], object], path: Path, name: str, then: Change) -> None:
    """A form with values typed in, changed, and returned under a name."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book.worksheets[0]
    for (label, heading), value in values.items():
        sheet[_cell(sheet, label, heading)] = value
    then(book)
    RETURNED.mkdir(exist_ok=True)
    book.save(RETURNED / name)


def _cell(sheet: Any, label: str, heading: str) -> str:
    """The cell in the row of a label under a heading, as a spreadsheet names it."""
    row = next(
        row[0].row for row in sheet.iter_rows() if any(str(cell.value) == label for cell in row)
    )
    column = next(
        cell.column_letter
        for above in reversed([*sheet.iter_rows(max_row=row - 1)])
        for cell in above
        if cell.value == heading
    )
    return f"{column}{row}"


def _as_it_is(_: Any) -> None:
    """Nothing more is changed."""


def _returned(then: Change = _as_it_is, less: str = "", name: str = "E001.xlsx") -> Make:
    """The form of E001, filled in but for the row of `less`, and changed."""

    def make(folder: Path) -> None:
        _without_figures()
        _send("person")
        values = {one: value for one, value in (FIGURES | TARGETS).items() if one[0] != less}
        _typed(values, SENT / "E001-示例员工01.xlsx", name, then)

    return make


def _and(make: Make, *more: Make) -> Make:
    def both(folder: Path) -> None:
        for one in (make, *more):
            one(folder)

    return both


def _replace(name: str, old: str, new: str) -> Make:
    def make(folder: Path) -> None:
        path = folder / name
        text = path.read_text("utf-8-sig")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return make


def _write(name: str, text: str) -> Make:
    def make(folder: Path) -> None:
        (folder / name).write_text(text, "utf-8")

    return make


def _apart(book: Any) -> Any:
    """The first sheet, without its merged cells."""
    sheet = book.worksheets[0]
    for merged in [*sheet.merged_cells.ranges]:
        sheet.unmerge_cells(str(merged))
    return sheet


def _without_column(book: Any) -> None:
    sheet = _apart(book)
    sheet.delete_cols(sheet[_cell(sheet, "销售额", "实际值")].column)


def _without_row(book: Any) -> None:
    sheet = _apart(book)
    sheet.delete_rows(sheet[_cell(sheet, "销售额", "实际值")].row)


def _row_twice(book: Any) -> None:
    sheet = _apart(book)
    row = sheet[_cell(sheet, "销售额", "实际值")].row
    sheet.insert_rows(row + 1)
    for column in range(1, sheet.max_column + 1):
        sheet.cell(row + 1, column).value = sheet.cell(row, column).value


def _without_mark(book: Any) -> None:
    del book["perfrules"]


def _beside(book: Any) -> None:
    book.worksheets[0]["M8"] = "含税"


def _emptied(book: Any) -> None:
    sheet = book.worksheets[0]
    for label, heading in FIGURES | TARGETS:
        sheet[_cell(sheet, label, heading)] = None


def _notes(folder: Path) -> None:
    RETURNED.mkdir()
    (RETURNED / "说明.docx").write_bytes(b"no form")


def _once_more(folder: Path) -> None:
    shutil.copy(RETURNED / "E001.xlsx", RETURNED / "E001 (1).xlsx")


def _otherwise(folder: Path) -> None:
    values = FIGURES | TARGETS | {("销售额", "实际值"): 421000}
    _typed(values, SENT / "E001-示例员工01.xlsx", "E001 (1).xlsx", _as_it_is)


RATED: Final = (
    "score: {ratings: {groups: {manager: 60%, peer: 40%}, scale: {min: 0, max: 100}, "
    "empty_group: exclude}}"
)


def _rated(raters: str) -> Make:
    """Teamwork is rated by a manager and by peers; `raters` are the rows of their table."""

    def make(folder: Path) -> None:
        _replace("policies/sales.yaml", "score: {direct: {min: 0, max: 100}}", RATED)(folder)
        path = CYCLE / "actuals.csv"
        lines = path.read_text("utf-8-sig").splitlines(keepends=True)
        path.write_text("".join(one for one in lines if "teamwork" not in one), "utf-8-sig")
        _write("2024Q3/raters.csv", f"工号,评分组,评分人\n{raters}")(folder)

    return make


def _rating(name: str = "L01.xlsx", score: int = 85) -> Make:
    def make(folder: Path) -> None:
        _send("rater")
        _typed({("E001", "评分"): score}, SENT / "L01.xlsx", name, _as_it_is)

    return make


def _rated_on_both(folder: Path) -> None:
    _rated("E001,manager,L01\n")(folder)
    _send("person")
    _typed({("团队协作", "上级评分"): 88}, SENT / "E001-示例员工01.xlsx", "E001.xlsx", _as_it_is)
    _rating()(folder)


def _in_a_wide_table(folder: Path) -> None:
    _returned()(folder)
    (CYCLE / "actuals.csv").unlink()
    _write("2024Q3/actuals.sales.csv", "工号,销售额 目标,新客户数,团队协作\nE001,400000,,\n")(
        folder
    )


def _department(row: int = -1, column: int = 0, value: object = None) -> Make:
    """The usual form of a department, with one cell that is another."""

    def make(folder: Path) -> None:
        from openpyxl import Workbook

        _without_figures()
        rows: list[list[object]] = [
            ["2024年第三季度考核表"],
            ["姓名", "示例员工01", "工号", "E001"],
            ["考核指标", "权重", "目标值", "实际完成", "得分"],
            ["销售额", "60%", 400000, 412000, 100],
            ["新客户数", "25%", 10, 8, 80],
            ["团队协作", "15%", None, 88, 88],
        ]
        if row >= 0:
            rows[row][column] = value
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "示例员工01"
        for line in rows:
            sheet.append(line)
        RETURNED.mkdir()
        book.save(RETURNED / "销售部.xlsx")

    return make


def _moved(folder: Path) -> None:
    _department()(folder)
    _write(
        "2024Q3/segments.csv",
        "工号,岗位,起始日期,截止日期,团队\n"
        "E001,sales,,2024-08-15,一组\nE001,sales,2024-08-16,,二组\n",
    )(folder)


FORMS_MADE: Final[dict[str, Make]] = {
    "no-raters": _rated("E001,manager,L01\nE002,manager,L01\nE001,peer,E002\n"),
    "nothing-to-rate": _rated("E001,customer,C01\n"),
    "not-a-form": _notes,
    "damaged-form": _returned(_without_mark),
    "form-of-other-cycle": _and(_returned(), _replace("2024Q3/cycle.yaml", "2024Q3", "2024Q4")),
    "form-of-nobody": _and(
        _returned(),
        _replace("2024Q3/people.csv", "E001,示例员工01,sales,一组,销售部,2021-03-01,,6000\n", ""),
    ),
    "form-of-older-policies": _and(
        _returned(), _replace("policies/sales.yaml", "60%, score: 60}", "60%, score: 50}"),
    ),
    "same-form-twice": _and(_returned(), _once_more),
    "forms-differ": _and(_returned(), _otherwise),
    "forms-disagree": _rated_on_both,
    "form-changed": _returned(_without_column),
    "form-row-gone": _returned(_without_row),
    "form-row-twice": _returned(_row_twice),
    "stray-cell": _returned(_beside),
    "no-longer-asked": _and(
        _rated("E001,manager,L01\nE002,manager,L01\n"),
        _rating(),
        _write("2024Q3/raters.csv", "工号,评分组,评分人\nE001,manager,L02\nE002,manager,L01\n"),
    ),
    "already-there": _and(
        _returned(),
        _write("2024Q3/actuals.csv", "工号,指标,实际值,目标值\nE001,sales_amount,421000,400000\n"),
    ),
    "no-column-for": _in_a_wide_table,
    "form-to-come": _returned(),
    "form-unfinished": _returned(less="新客户数"),
    "empty-form": _returned(_emptied),
    "form-names-nobody": _department(1, 3, "E009"),
    "several-segments": _moved,
    "other-target": _and(
        _department(3, 2, 380000),
        _write("2024Q3/actuals.csv", "工号,指标,实际值,目标值\nE001,sales_amount,,400000\n"),
    ),
    "other-weight": _department(3, 1, "50%"),
    "score-not-collected": _department(),
}  # fmt: skip
"""What sets an example up, by code, in the folder that is the current one."""
