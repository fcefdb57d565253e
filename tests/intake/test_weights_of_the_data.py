"""Weights in the data: the column `weight`, in long and wide tables, workbooks and plain values."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cycle_folder import CYCLE, PEOPLE, intake_of, shown, subject, value
from openpyxl import Workbook, load_workbook

from perfrules.api import evaluate_cycle, read_policies, scorecard
from perfrules.cli.main import main
from perfrules.cycle.awaited import awaited
from perfrules.intake.from_tables import Intake

POLICY = """\
policy: sales
title: {zh: 销售代表, en: Sales representative}
indicators:
  unit: {title: {zh: 部门业绩, en: Unit}, weight: given, unit: 分,
    score: {direct: {min: 0, max: 100}}}
  own: {title: {zh: 个人目标, en: Own goals}, weight: {given: {at_most: 60%}},
    score: {direct: {min: 0, max: 100}}}
  teamwork: {title: {zh: 协作, en: Teamwork}, weight: given,
    score: {ratings: {groups: {peer: 100%}, scale: {min: 0, max: 100}}}}
  fixed: {title: {zh: 考勤, en: Presence}, weight: 20%, score: {direct: {min: 0, max: 100}}}
"""
RATINGS = "person_id,indicator,group,rater_id,score\nE1,teamwork,peer,R1,50\n"
HEAD = "person_id,indicator,actual,weight\n"
ROWS = "E1,unit,90,40%\nE1,own,80,30%\nE1,teamwork,,10%\nE1,fixed,100,\n"
OTHERS = "E2,unit,90,80%\nE2,own,,0%\nE2,teamwork,,0\nE2,fixed,100,\n"


def write(folder: Path, more: str = "", **files: str) -> None:
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / "sales.yaml").write_text(POLICY, "utf-8")
    (folder / "cycle.yaml").write_text(CYCLE + more, "utf-8")
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")


def read(folder: Path, actuals: str) -> Intake:
    write(folder, people=PEOPLE, actuals=actuals, ratings=RATINGS)
    return intake_of(folder)


def weights(intake: Intake, person: str = "E1") -> dict[str, object]:
    measures = subject(intake, person).scorecard.measures
    return {name: value(one.weight) for name, one in measures.items()}


@pytest.mark.parametrize("heading", ["weight", "权重"])
def test_a_column_of_the_long_table(tmp_path: Path, heading: str) -> None:
    intake = read(tmp_path, (HEAD + ROWS + OTHERS).replace("weight", heading, 1))
    assert shown(intake) == []
    own = [Decimal(one) for one in ("0.4", "0.3", "0.1")]
    assert weights(intake) == dict(zip(("unit", "own", "teamwork", "fixed"), (*own, None)))
    datum = subject(intake).scorecard.measures["teamwork"].weight
    assert datum is not None
    assert datum.origin.place == "actuals.csv:4"
    result = evaluate_cycle(tmp_path)
    # 0.4 x 90 + 0.3 x 80 + 0.1 x 50 + 0.2 x 100; 0.8 x 90 + 0.2 x 100
    totals = [result.appraisals[person].total for person in ("E1", "E2")]
    assert totals == [Decimal(85), Decimal(92)]
    assert result.appraisals["E2"].excluded == ("own", "teamwork")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("40", "ambiguous-percent"),
        ("0.4", "ambiguous-percent"),
        ("1", "ambiguous-percent"),
        ("forty", "not-a-number"),
        ("４０％", None),
        ("40.0%", None),
    ],
)
def test_a_weight_bears_its_sign(tmp_path: Path, cell: str, code: str | None) -> None:
    intake = read(tmp_path, HEAD + ROWS.replace("40%", cell) + OTHERS)
    found = [one for one in shown(intake) if one[0] == "E1"]
    assert found == ([("E1", code, "actuals.csv:2 (D2)")] if code else [])
    if code is None:
        assert weights(intake)["unit"] == Decimal("0.4")


def test_what_is_not_there_is_named_at_its_cell(tmp_path: Path) -> None:
    write(tmp_path, people=PEOPLE, actuals=HEAD + ROWS.replace("30%", "—") + OTHERS)
    result = evaluate_cycle(tmp_path)
    (rejected,) = [one for one in result.rejected if one.person == "E1"]
    found = {(one.code, str(one.place)) for one in rejected.problems}
    assert ("missing-weight", "actuals.csv:3 (D3)") in found


def test_a_fixed_weight_is_compared(tmp_path: Path) -> None:
    """The same is nothing to speak of, another one is a warning and does not count."""
    same = read(tmp_path, HEAD + ROWS.replace("fixed,100,", "fixed,100,20%") + OTHERS)
    assert shown(same) == []
    for cell in ("30%", "20", "0.2x"):
        other = read(tmp_path, HEAD + ROWS.replace("fixed,100,", f"fixed,100,{cell}") + OTHERS)
        assert shown(other) == [("E1", "weight-is-fixed", "actuals.csv:5 (D5)")]
        assert weights(other)["fixed"] is None


def test_a_weight_that_stands_twice(tmp_path: Path) -> None:
    again = read(tmp_path, HEAD + ROWS + "E1,unit,90,40%\n" + OTHERS)
    assert [one[1] for one in shown(again)] == ["repeated-figure"]
    other = read(tmp_path, HEAD + ROWS + "E1,unit,90,30%\n" + OTHERS)
    assert [one[1] for one in shown(other)] == ["duplicate-figure"]


WIDE: list[list[object]] = [
    ["工号", "部门业绩", None, "个人目标", None, "协作", "考勤"],
    [None, "实际", "权重", "实际", "权重", "权重", "实际"],
    ["单位", "分", "%", None, "%", "%", None],
    ["E1", 90, 0.4, 80, 0.3, 0.1, 100],
    ["E2", 90, "80%", None, 0, "0%", 100],
]


def book_of(folder: Path, style: str) -> Intake:
    write(folder, more="data: q3.xlsx\n")
    book = Workbook()
    book.remove(book.worksheets[0])
    people = [["工号", "姓名", "岗位"], ["E1", "一", "sales"], ["E2", "二", "sales"]]
    ratings = [["工号", "指标", "评分组", "评分人", "评分"], ["E1", "协作", "peer", "R1", 50]]
    for name, rows in {"人员": people, "sales": WIDE, "评分": ratings}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for column in "CEF":
        for row in (4, 5):
            book["sales"][f"{column}{row}"].number_format = style
    book.save(folder / "q3.xlsx")
    return intake_of(folder)


def test_columns_of_a_wide_sheet(tmp_path: Path) -> None:
    intake = book_of(tmp_path, "0%")
    assert shown(intake) == []
    assert weights(intake)["unit"] == Decimal("0.4")
    result = evaluate_cycle(tmp_path)
    assert [one.total for one in result.appraisals.values()] == [Decimal(85), Decimal(92)]


def test_bare_cells_of_a_wide_sheet(tmp_path: Path) -> None:
    found = [one for one in shown(book_of(tmp_path, "General")) if one[0] == "E1"]
    assert [one[1] for one in found] == ["ambiguous-percent"] * 3


def test_the_sheet_goes_out_and_comes_back(tmp_path: Path) -> None:
    write(tmp_path, people=PEOPLE, actuals=HEAD + ROWS + OTHERS, ratings=RATINGS)
    before = evaluate_cycle(tmp_path)
    book = tmp_path / "fill.xlsx"
    run = CliRunner().invoke(main, ["sheet", str(tmp_path), "--out", str(book), "--lang", "zh"])
    assert run.exit_code == 0, run.output
    page = load_workbook(book)["销售代表"]
    heads = [(cell.value, cell.number_format) for cell in page[3]]
    assert [text for text, _ in heads if text == "权重"] == ["权重"] * 3
    texts = {cell.coordinate: cell.value for row in page.iter_rows(min_row=6) for cell in row}
    assert texts["C6"] == 0.4
    assert page["C6"].number_format == "0.00%"
    rules: Any = page.data_validations.dataValidation
    assert any("C6" in str(one.sqref) and "ISNUMBER" in one.formula1 for one in rules)
    for name in ("people", "actuals", "ratings"):
        (tmp_path / f"{name}.csv").unlink()
    (tmp_path / "cycle.yaml").write_text(CYCLE + "data: fill.xlsx\n", "utf-8")
    after = evaluate_cycle(tmp_path)
    assert {who: one.total for who, one in after.appraisals.items()} == {
        who: one.total for who, one in before.appraisals.items()
    }


def test_a_bare_weight_goes_out_as_it_stands(tmp_path: Path) -> None:
    """0.3 could be two things, and does not become 30 % on the way."""
    write(tmp_path, people=PEOPLE, actuals=HEAD + ROWS.replace("30%", "0.3") + OTHERS)
    book = tmp_path / "fill.xlsx"
    run = CliRunner().invoke(main, ["sheet", str(tmp_path), "--out", str(book), "--lang", "zh"])
    assert run.exit_code == 0, run.output
    page = load_workbook(book)["销售代表"]
    (cell,) = [cell for cell in page[6] if cell.value == 0.3]
    assert cell.number_format == "General"


@pytest.mark.parametrize("weight", [Decimal("0.4"), "0.4", "40%"])
def test_plain_values(tmp_path: Path, weight: Decimal | str) -> None:
    write(tmp_path)
    policy = read_policies(tmp_path / "policies").in_force("sales", on="2024-09-30")
    card = scorecard(
        "E1",
        {
            "unit": {"actual": 90, "weight": weight},
            "own": {"actual": 80, "weight": "40%"},
            "teamwork": {"weight": 0},
            "fixed": {"actual": 100},
        },
    )
    appraisal = policy.evaluate(card)
    assert appraisal.total == 88
    assert appraisal.steps["indicators.unit.weight"].value == Decimal("0.4")


def test_what_carries_no_weight_is_not_waited_for(tmp_path: Path) -> None:
    intake = read(tmp_path, HEAD + "E2,own,,0%\nE2,teamwork,,0%\n")
    policy = subject(intake, "E2").policy
    assert policy is not None
    found = awaited("E2", "二", policy, subject(intake, "E2").scorecard.measures)
    assert [one.indicator for one in found] == ["unit", "fixed"]
