"""Figures that an indicator declares besides: in long and wide tables, and in the workbook."""

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from cycle_folder import CYCLE, PEOPLE, intake_of, shown, subject, value
from openpyxl import load_workbook

from perfrules.api import evaluate_cycle
from perfrules.cli.main import main
from perfrules.intake.from_tables import Intake

POLICY = """\
policy: sales
title: {zh: 销售代表, en: Sales representative}
indicators:
  sales: {title: {zh: 销售额, en: Sales}, weight: 60%, unit: CNY, figures: [floor, stretch],
    score: {on: actual, bands: [{at_least: stretch, score: 120},
      {at_least: target, score: [100, 120]}, {at_least: floor, score: [60, 100]}, {otherwise: 0}]}}
  margin: {title: {zh: 毛利率, en: Margin}, weight: 40%, unit: "%", figures: [red_line],
    score: {on: actual, bands: [{at_least: target, score: 100}, {at_least: red_line, score: 50},
      {otherwise: 0}]}}
"""
LONG = (
    "person_id,indicator,actual,target,{floor},{stretch},red_line\n"
    'E1,销售额,90,100,80,"1,20",\nE1,margin,8%,10%,,,5%\n'
)


def read(folder: Path, **files: str) -> Intake:
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / "sales.yaml").write_text(POLICY, "utf-8")
    (folder / "cycle.yaml").write_text(CYCLE, "utf-8")
    for name, text in {"people": PEOPLE, **files}.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return intake_of(folder)


def figures(intake: Intake) -> dict[str, object]:
    measures = subject(intake).scorecard.measures
    return {
        f"{name}.{figure}": value(datum)
        for name, one in measures.items()
        for figure, datum in one.figures.items()
    }


GIVEN = {"sales.floor": 80, "sales.stretch": 120, "margin.red_line": Decimal("0.05")}


@pytest.mark.parametrize(
    ("floor", "stretch"), [("floor", "stretch"), ("门槛值", "挑战值"), ("门槛", "stretch")]
)
def test_columns_of_the_long_table(tmp_path: Path, floor: str, stretch: str) -> None:
    text = LONG.format(floor=floor, stretch=stretch).replace('"1,20"', "120")
    intake = read(tmp_path, actuals=text)
    assert [one for one in shown(intake) if "E1" in one] == []
    assert figures(intake) == GIVEN
    datum = subject(intake).scorecard.measures["margin"].figures["red_line"]
    assert datum.origin.place == "actuals.csv:3"
    # 60 + (90 - 80) / (100 - 80) x 40 = 80; 0.6 x 80 + 0.4 x 50
    assert evaluate_cycle(tmp_path).appraisals["E1"].total == 68


@pytest.mark.parametrize(
    "head",
    [
        "工号,销售额,销售额（目标）,销售额（门槛值）,销售额（挑战值）,毛利率,毛利率目标,margin.red_line",
        "工号,sales.actual,sales目标,sales.floor,sales stretch,margin,margin目标,毛利率red_line",
        "工号,销售额,,,,毛利率,,\n,实际,目标,门槛,挑战,实际,目标,red_line",
    ],
)
def test_columns_of_a_wide_table(tmp_path: Path, head: str) -> None:
    intake = read(tmp_path, actuals=f"{head}\nE1,90,100,80,120,8%,10%,5%\n")
    assert [one for one in shown(intake) if "E1" in one] == []
    assert figures(intake) == GIVEN
    assert evaluate_cycle(tmp_path).appraisals["E1"].total == 68


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("5%", "5", "actuals.csv:3 (G3)"),
        (",80,", ",eighty,", "actuals.csv:2 (E2)"),
        (",,,5%", ",3,,5%", "undeclared-figure"),
        ("floor,", "floors,", "missing-column"),
        ("floor,", "门槛值（万元）,", "scaled-heading"),
    ],
)
def test_what_is_wrong_has_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = LONG.format(floor="floor", stretch="stretch").replace('"1,20"', "120")
    assert old in text
    intake = read(tmp_path, actuals=text.replace(old, new, 1))
    assert any(told in one[1:] for one in shown(intake)), shown(intake)


def test_one_that_is_not_filled_in(tmp_path: Path) -> None:
    text = LONG.format(floor="floor", stretch="stretch").replace('"1,20"', "")
    read(tmp_path, actuals=text)
    result = CliRunner().invoke(main, ["--lang", "en", "evaluate", str(tmp_path)])
    assert "`stretch`" in result.output
    assert evaluate_cycle(tmp_path).appraisals["E1"].total is None


def test_another_column_of_the_same_figure(tmp_path: Path) -> None:
    text = LONG.format(floor="floor", stretch="门槛值")
    assert any("duplicate-column" in one[1:] for one in shown(read(tmp_path, actuals=text)))


def test_a_wide_cell_of_a_figure_that_is_not_declared(tmp_path: Path) -> None:
    head = "工号,销售额,销售额目标,销售额门槛,销售额挑战"
    head += ",毛利率,毛利率目标,margin.red_line,毛利率门槛"
    intake = read(tmp_path, actuals=f"{head}\nE1,90,100,80,120,8%,10%,5%,1%\n")
    (told,) = [one for one in shown(intake) if "E2" not in one]
    assert told == ("E1", "undeclared-figure", "actuals.csv:2 (I2)")


def test_the_workbook_asks_for_them_and_takes_them_along(tmp_path: Path) -> None:
    text = LONG.format(floor="floor", stretch="stretch").replace('"1,20"', "120")
    read(tmp_path, actuals=text)
    (tmp_path / "actuals.csv").write_text(text + "E2,sales,70,100,60,130,\n", "utf-8")
    book = tmp_path / "q.xlsx"
    result = CliRunner().invoke(main, ["sheet", str(tmp_path), "--out", str(book), "--lang", "zh"])
    assert result.exit_code == 0, result.output
    sheet = load_workbook(book)["销售代表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "门槛值" in row)
    assert head.count("门槛值") == 1
    assert {"挑战值", "red_line"} < set(head)
    (first,) = [row for row in rows if row[0] == "E1"]
    assert [first[head.index(one)] for one in ("门槛值", "挑战值")] == [80, 120]
    # and what the workbook has is read as the tables were
    (tmp_path / "actuals.csv").unlink()
    (tmp_path / "people.csv").unlink()
    (tmp_path / "cycle.yaml").write_text(f"{CYCLE}data: q.xlsx\n", "utf-8")
    assert figures(intake_of(tmp_path)) == GIVEN


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("90,100,80,120", "90,100,9,120", ("stretch", "floor")),  # 120 is more than 10 x 9
        ("90,100,80,120", "90,100,12,120", None),  # and 10 x 12 is not more
        ("90,100,80,120", "1300,100,80,120", ("actual", "stretch")),
        ("90,100,80,120", "1200,100,80,120", None),
        ("90,100,80,120", "1,100,80,120", None),  # a bad result is no slip
        ("8%,10%,,,5%", "8%,10%,,,0.9%", ("target", "red_line")),
        ("8%,10%,,,5%", "99%,9.8%,,,5%", ("actual", "target")),
    ],
)
def test_figures_of_another_size_are_a_warning(
    tmp_path: Path, old: str, new: str, said: tuple[str, str] | None
) -> None:
    text = LONG.format(floor="floor", stretch="stretch").replace('"1,20"', "120")
    assert old in text
    read(tmp_path, actuals=text.replace(old, new))
    (line,) = [one for one in evaluate_cycle(tmp_path).judged if one.person == "E1"]
    assert line.complete
    found = [one for one in line.problems if one.code == "figures-far-apart"]
    assert [(str(one.facts["first"].en), str(one.facts["second"].en)) for one in found] == (
        [said] if said else []
    )
