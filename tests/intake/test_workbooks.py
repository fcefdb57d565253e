"""Workbooks as people hand them in: what a cell shows is what is read."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from cycle_folder import (
    SHEET,
    intake_of,
    raw_workbook,
    shown,
    text_rows,
    write,
)
from openpyxl import Workbook

from perfrules.intake.cycle_file import read_cycle_file
from perfrules.intake.from_tables import read_intake
from perfrules.language.read import read_policies

EXAMPLES = Path(__file__).parents[2] / "examples"


def book_of(folder: Path, people: list[list[object]], actuals: list[list[object]]) -> Workbook:
    write(folder, more="data: data.xlsx\n")
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("人员", people), ("实际值", actuals)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Workbook, folder: Path) -> list[tuple[str, str, str]]:
    book.save(folder / "data.xlsx")
    return shown(intake_of(folder))


WHO: list[list[object]] = [["工号", "姓名", "岗位"], ["E1", "示例员工01", "销售代表"]]
WHAT: list[object] = ["工号", "指标", "实际值", "目标值", "数据日期"]


def test_cells_as_people_see_them(tmp_path: Path) -> None:
    day = datetime.datetime(2024, 9, 30)
    rows: list[list[object]] = [
        WHAT,
        ["E1", "销售额", 0.1 + 0.2, 10 / 3, day],
        ["E1", "rate", 0.85, 0.95],
    ]
    book = book_of(tmp_path, [[*WHO[0], "入职日期"], [*WHO[1], day]], rows)
    for cell in ("C3", "D3"):
        book["实际值"][cell].number_format = "0.0%"
    assert saved(book, tmp_path) == []
    (subject,) = intake_of(tmp_path).subjects
    amount, rate = (subject.scorecard.measures[name] for name in ("amount", "rate"))
    assert amount.actual is not None
    assert amount.target is not None
    assert rate.actual is not None
    assert amount.actual.value == Decimal("0.3"), "15 digits are what Excel keeps"
    assert amount.target.value == Decimal("3.33333333333333")
    assert rate.actual.value == Decimal("0.85")
    assert amount.actual.origin.as_of == "2024-09-30"
    assert str(getattr(subject.scorecard.proration, "joined", "")) == "2024-09-30"


def test_the_two_examples_say_the_same() -> None:
    if not (EXAMPLES / "2024Q3-excel").is_dir():
        pytest.skip("the examples are not there")

    def values(name: str) -> dict[str, object]:
        cycle_file, _ = read_cycle_file(EXAMPLES / name / "cycle.yaml")
        assert cycle_file is not None
        policies, _ = read_policies(cycle_file.policies)
        intake = read_intake(EXAMPLES / name, cycle_file, policies)
        assert sum(one.kind == "person" for one in intake.subjects) == 40
        return {
            subject.scorecard.subject: [
                (indicator, what, datum and (datum.value, datum.origin.as_of))
                for indicator, measure in sorted(subject.scorecard.measures.items())
                for what in ("actual", "target", "baseline")
                for datum in [getattr(measure, what)]
            ]
            for subject in intake.subjects
        }

    assert values("2024Q3") == values("2024Q3-excel")


def test_ids_as_numbers_shown_with_zeros(tmp_path: Path) -> None:
    figures: list[list[object]] = [
        WHAT,
        [123, "amount", 1],
        ["00123", "rate", 0.9],
        [7, "amount", 1],
    ]
    book = book_of(
        tmp_path, [WHO[0], [123, "示例员工01", "sales"], [7, "示例员工02", "sales"]], figures
    )
    book["人员"]["A2"].number_format = "00000"
    book["实际值"]["A2"].number_format = "00000"
    assert saved(book, tmp_path) == [
        ("00123", "padded-id", "data.xlsx[人员!A2]"),
        ("00123", "padded-id", "data.xlsx[实际值!A2]"),
    ]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("=1/0", "formula-not-computed"), ("#DIV/0!", "spreadsheet-error"),
        ("#N/A", "spreadsheet-error"), ("85", "ambiguous-percent"), (True, "not-a-number"),
        (datetime.date(2024, 7, 1), "date-for-number"),
    ],
)  # fmt: skip
def test_cells_that_hold_no_figure(tmp_path: Path, cell: object, code: str) -> None:
    book = book_of(tmp_path, WHO, [WHAT, ["E1", "rate", cell, 0.9], ["E1", "amount", 1, 1]])
    assert saved(book, tmp_path) == [("E1", code, "data.xlsx[实际值!C2]")]
    (subject,) = intake_of(tmp_path).subjects
    assert subject.scorecard.measures["amount"].actual is not None


def test_a_fault_beside_the_figures_is_a_warning(tmp_path: Path) -> None:
    people = [[*WHO[0], "奖金基数"], [*WHO[1], "=VLOOKUP(1,A1,1)"]]
    book = book_of(tmp_path, people, [[*WHAT, "佐证"], ["E1", "amount", 1, 1, None, "=1"]])
    found = saved(book, tmp_path)
    assert found == [
        ("E1", "formula-not-computed", "data.xlsx[人员!D2]"),
        ("E1", "formula-not-computed", "data.xlsx[实际值!F2]"),
    ]
    (subject,) = intake_of(tmp_path).subjects
    assert {one.severity for one in subject.problems} == {"warning"}
    assert "bonus_base" not in subject.scorecard.person


def test_merged_cells_hidden_rows_totals(tmp_path: Path) -> None:
    figures: list[list[object]] = [
        WHAT,
        ["E1", "amount", 1, 1],
        [None, "rate", 0.9],
        ["合计", None, 1.9],
    ]
    book = book_of(tmp_path, WHO, figures)
    book["实际值"].merge_cells("D2:D3")
    book["实际值"].row_dimensions[2].hidden = True
    book.create_sheet("说明")
    book.create_sheet("事件")
    found = saved(book, tmp_path)
    assert set(found) == {
        ("", "merged-cells", "data.xlsx[实际值]"), ("", "hidden-rows", "data.xlsx[实际值]"),
        ("", "totals-row", "data.xlsx[实际值!4]"), ("", "unused-sheet", "data.xlsx[说明]"),
        ("", "missing-person-id", "data.xlsx[实际值!A3]"), ("", "empty-table", "data.xlsx[事件]"),
    }  # fmt: skip


@pytest.mark.parametrize("since_1904", [False, True])
def test_day_numbers_count_from_the_workbooks_epoch(tmp_path: Path, since_1904: bool) -> None:
    serial = 45474 - (1462 if since_1904 else 0)
    head = text_rows(["person_id", "role", "joined"])
    row = (
        '<row r="2"><c t="inlineStr"><is><t>E1</t></is></c>'
        f'<c t="inlineStr"><is><t>sales</t></is></c><c><v>{serial}</v></c></row>'
    )
    write(tmp_path, more="data: data.xlsx\n")
    sheet = SHEET.format(before="", rows=head + row, after="")
    raw_workbook(tmp_path / "data.xlsx", {"people": sheet}, date1904=since_1904)
    (subject,) = intake_of(tmp_path).subjects
    assert getattr(subject.scorecard.proration, "joined", None) == datetime.date(2024, 7, 1)


def _formula_cell(result: str, kind: str = "") -> str:
    head = text_rows(["person_id", "role"], ["E1", "sales"])
    figures = text_rows(["person_id", "indicator", "actual"])
    texts = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("E1", "amount"))
    figures += f'<row r="2">{texts}<c{kind}><f>1+1</f>{result}</c></row>'
    return head + "|" + figures


@pytest.mark.parametrize(
    ("cell", "calc", "codes"),
    [
        (_formula_cell("<v>2</v>"), "", []),
        (_formula_cell("<v></v>"), "", ["formula-not-computed"]),
        (_formula_cell("<v/>"), "", ["formula-not-computed"]),
        (_formula_cell(""), "", ["formula-not-computed"]),
        (_formula_cell("<v></v>", ' t="str"'), "", []),
        (_formula_cell("<v>#REF!</v>", ' t="e"'), "", ["spreadsheet-error"]),
        (_formula_cell("<v>0</v>"), '<calcPr fullCalcOnLoad="1"/>', ["formula-not-computed"]),
    ],
)
def test_results_of_formulas(tmp_path: Path, cell: str, calc: str, codes: list[str]) -> None:
    write(tmp_path, more="data: data.xlsx\n")
    people, actuals = (SHEET.format(before="", rows=rows, after="") for rows in cell.split("|"))
    raw_workbook(tmp_path / "data.xlsx", {"people": people, "actuals": actuals}, calc)
    assert [code for _, code, _ in shown(intake_of(tmp_path))] == codes
