"""Changes of the day by which a target is due: the same rules as for a changed value."""

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from cycle_folder import PEOPLE, read, shown, subject, write_policy

from perfrules.cli.main import main
from perfrules.intake.from_tables import Intake

SELLER = """\
title: {zh: 销售, en: Seller}
indicators:
  amount: {title: {zh: 销售额, en: Sales}, weight: 100%, unit: CNY,
    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
"""
RULE = "target_changes: {per_quarter: 1, needs: [reason, approved_by]}\n"
TWICE = "target_changes: {per_quarter: 2, needs: [reason, approved_by]}\n"
MONTHS = "target_changes: {weighting: months}\n"
HEAD = "person_id,indicator,date,old,new,old_due,new_due,reason,approved_by\n"
FIGURES = "person_id,indicator,actual\nE1,amount,78\nE2,amount,100\n"
TARGETS = """\
goals:
  amount:
    {target: 200, unit: CNY, due: 2024-08-31,
     parts: {person: {E1: {target: 100}, E2: {target: 100, due: 2024-09-15}}}}
"""


def changed(
    folder: Path, rows: str, rule: str = RULE, targets: str = TARGETS, more: str = ""
) -> Intake:
    write_policy(folder, "seller", SELLER + rule)
    people = PEOPLE.replace(",sales", ",seller")
    (folder / "targets.yaml").write_text(targets, "utf-8")
    return read(folder, more, people=people, actuals=FIGURES, target_changes=HEAD + rows)


def dues(intake: Intake, person: str = "E1") -> list[tuple[str, str]]:
    found = subject(intake, person).due_changes
    return [(one.old.isoformat(), one.new.isoformat()) for one in found]


DATE = "E1,amount,2024-08-01,,,2024-08-31,2024-09-30,台风停运,经理01\n"


def test_a_due_date_is_changed_and_the_value_stays(tmp_path: Path) -> None:
    intake = changed(tmp_path, DATE)
    assert shown(intake) == []
    assert dues(intake) == [("2024-08-31", "2024-09-30")]
    (change,) = subject(intake).due_changes
    assert (change.day, change.origin.reason, change.origin.approved_by) == (
        datetime.date(2024, 8, 1), "台风停运", "经理01",
    )  # fmt: skip
    measure = subject(intake).scorecard.measures["amount"]
    assert measure.changes == () and measure.target is not None and measure.target.value == 100


def test_the_days_are_read_as_cycle_yaml_says(tmp_path: Path) -> None:
    rows = "E1,amount,01/08/2024,,,31/08/2024,04/09/2024,台风停运,经理01\n"
    intake = changed(tmp_path, rows, more="dates: day_first\n")
    assert shown(intake) == []
    assert dues(intake) == [("2024-08-31", "2024-09-04")]


def test_a_value_and_a_date_are_changed_in_one_row(tmp_path: Path) -> None:
    intake = changed(tmp_path, "E1,amount,2024-08-01,100,80,2024-08-31,2024-09-30,r,a\n")
    assert shown(intake) == []
    assert dues(intake) == [("2024-08-31", "2024-09-30")]
    (change,) = subject(intake).scorecard.measures["amount"].changes
    assert (change.old.value, change.new.value) == (100, 80)


VALUE = "E1,amount,2024-09-01,100,80,,,r,a\n"
REFUSED = {
    "no reason": (DATE.replace("台风停运", ""), RULE, "it names no reason"),
    "no approver": (DATE.replace("经理01", ""), RULE, "it names no approver"),
    "no day of its own": (DATE.replace("2024-08-01", ""), RULE, "it names no date"),
    "no new date": (DATE.replace("2024-09-30", ""), RULE, "it names no new due date"),
    "no old date": (DATE.replace("2024-08-31", ""), RULE, "it names no old due date"),
    "half a value beside": (
        DATE.replace(",,,", ",100,,"), RULE, "it names no new target",
    ),
    "outside the cycle": (DATE.replace("2024-08-01", "2024-10-01"), RULE, "is not within"),
    "another date in force": (
        DATE.replace("2024-08-31", "2024-08-30"), RULE,
        "it replaces the due date 2024-08-30, and the one in force is 2024-08-31",
    ),
    "no rule": (DATE, "", "has no `target_changes`"),
    "a value after a date, once a quarter": (DATE + VALUE, RULE, "has 1 already"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "rule", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_change_that_does_not_hold(tmp_path: Path, rows: str, rule: str, why: str) -> None:
    intake = changed(tmp_path, rows, rule)
    (refused,) = intake.refused
    assert why in refused.diagnostic.message("en")
    assert refused.diagnostic.message("zh")
    assert len(dues(intake)) == (1 if VALUE in rows else 0)


def test_a_row_that_changes_both_holds_or_falls_as_a_whole(tmp_path: Path) -> None:
    intake = changed(tmp_path, "E1,amount,2024-08-01,90,80,2024-08-31,2024-09-30,r,a\n")
    assert [one.what for one in intake.refused] == ["amount"]
    assert dues(intake) == [] and subject(intake).scorecard.measures["amount"].changes == ()


def test_the_second_change_replaces_the_date_of_the_first(tmp_path: Path) -> None:
    second = "E1,amount,2024-09-01,,,2024-09-30,2024-10-31,r,a\n"
    intake = changed(tmp_path, second + DATE, TWICE)
    assert dues(intake) == [("2024-08-31", "2024-09-30"), ("2024-09-30", "2024-10-31")]


def test_a_date_changes_on_any_day_of_the_month(tmp_path: Path) -> None:
    row = DATE.replace("2024-08-01", "2024-08-15")
    assert shown(changed(tmp_path, row, MONTHS)) == []


def test_without_a_date_in_targets_none_can_be_changed(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    write_policy(tmp_path, "seller", SELLER.replace("unit: CNY", "unit: CNY, target: 100") + RULE)
    people = PEOPLE.replace(",sales", ",seller")
    intake = read(tmp_path, people=people, actuals=FIGURES, target_changes=HEAD + DATE)
    (refused,) = intake.refused
    assert "targets.yaml has no due date" in refused.diagnostic.message("en")
    assert "没有写这项目标的完成日期" in refused.diagnostic.message("zh")


def test_an_unreadable_date_is_an_error_at_its_cell(tmp_path: Path) -> None:
    intake = changed(tmp_path, DATE.replace("2024-09-30", "下月"))
    assert [one[1:] for one in shown(intake)] == [("bad-date", "target_changes.csv:2 (G2)")]


def test_the_cascade_shows_the_new_day_and_the_old_one(tmp_path: Path) -> None:
    changed(tmp_path, DATE)

    def run(*words: str) -> str:
        environment = {"PERFRULES_LANG": "zh", "NO_COLOR": "1"}
        return CliRunner(env=environment).invoke(main, ["cascade", str(tmp_path), *words]).stdout

    line = "完成日期改为 2024-09-30（原 2024-08-31）  原因 台风停运  批准人 经理01"
    assert f"E1 示例员工01: {line}" in run()
    node = json.loads(run("--format", "json"))["goals"][0]["breakdowns"][0]["parts"]
    assert [(one["due"], one["due_before"]) for one in node] == [
        ("2024-09-30", "2024-08-31"), ("2024-09-15", None),
    ]  # fmt: skip
