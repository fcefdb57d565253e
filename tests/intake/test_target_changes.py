"""Changes of targets: which pass, by the policy's rule, and what is said of those that do not."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from cycle_folder import HEADER, intake_of, read, shown, subject, value, write_policy

from perfrules.intake.from_tables import Intake
from perfrules.model.scorecard import TargetChange

PEOPLE = "person_id,name,role\nE1,示例员工01,seller\nE2,乙,seller\n"
SELLER = """\
indicators:
  amount: {title: {zh: 销售额, en: Sales}, weight: 40%, missing: exclude,
    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
  rate: {weight: 30%, unit: "%", target: 95%, missing: exclude,
    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
  calls: {weight: 30%, missing: exclude, score: {direct: {min: 0, max: 1000}}}
"""
RULE = "target_changes: {per_quarter: 1, needs: [reason, approved_by]}\n"
CHANGES = "person_id,indicator,date,old,new,reason,approved_by,evidence\n"
ACTUALS = HEADER + "E1,amount,78,100\nE2,amount,80,100\n"


def changed(folder: Path, rows: str, rule: str = RULE, more: str = "", **tables: str) -> Intake:
    write_policy(folder, "seller", SELLER + rule)
    tables = {"people": PEOPLE, "actuals": ACTUALS, **tables}
    return read(folder, more, target_changes=CHANGES + rows, **tables)


def held(intake: Intake, indicator: str = "amount", person: str = "E1") -> tuple[TargetChange, ...]:
    return subject(intake, person).scorecard.measures[indicator].changes


def whys(intake: Intake) -> list[str]:
    return [one.diagnostic.message() for one in intake.refused]


def test_a_change_that_passes_has_its_reason_and_approver(tmp_path: Path) -> None:
    intake = changed(tmp_path, "E1,销售额,2024/8/1,100,80,产线停工,经理01,OA-12\n")
    assert shown(intake) == []
    (change,) = held(intake)
    assert (change.day, value(change.old), value(change.new)) == (
        datetime.date(2024, 8, 1),
        100,
        80,
    )
    origin = change.new.origin
    assert (origin.place, origin.as_of, origin.evidence, origin.reason, origin.approved_by) == (
        "target_changes.csv:2", "2024-08-01", "OA-12", "产线停工", "经理01",
    )  # fmt: skip
    assert value(subject(intake).scorecard.measures["amount"].target) == 100
    assert intake.refused == ()


def test_the_second_of_a_quarter_is_refused_and_the_earlier_date_goes_first(tmp_path: Path) -> None:
    rows = "E1,amount,2024-09-01,80,70,r,a,\nE1,amount,2024-08-01,100,80,r,a,\n"
    intake = changed(tmp_path, rows)
    assert [value(one.new) for one in held(intake)] == [80]
    assert shown(intake) == [("E1", "target-change-refused", "target_changes.csv:2")]
    (entry,) = intake.refused
    assert (entry.table, entry.person, entry.what, str(entry.place)) == (
        "target_changes", "E1", "amount", "target_changes.csv:2",
    )  # fmt: skip
    assert entry.diagnostic.severity == "warning"
    assert entry.diagnostic in subject(intake).problems
    assert whys(intake) == [
        "the change of the target of `amount` for `E1` is not applied: "
        "2024Q3 has 1 already, and 1 a quarter is the most"
    ]


def test_quarters_are_those_of_the_calendar_and_count_each_indicator_by_itself(
    tmp_path: Path,
) -> None:
    rows = (
        "E1,amount,2024-06-30,100,90,r,a,\nE1,amount,2024-07-01,90,80,r,a,\n"
        "E1,rate,2024-07-01,95%,90%,r,a,\nE2,amount,2024-09-30,100,1,r,a,\n"
    )
    intake = changed(tmp_path, rows)
    cycle = (tmp_path / "cycle.yaml").read_text("utf-8")
    (tmp_path / "cycle.yaml").write_text(cycle.replace("from: 2024-07", "from: 2024-04"), "utf-8")
    assert "2024-06-30 is not within 2024-07-01 – 2024-09-30" in whys(intake)[0]
    longer = intake_of(tmp_path)
    assert longer.refused == ()
    assert [value(one.new) for one in held(longer)] == [90, 80]
    assert [value(one.new) for one in held(longer, "rate")] == [Decimal("0.9")]
    assert [value(one.new) for one in held(longer, person="E2")] == [1]


def test_without_a_limit_each_replaces_the_one_before(tmp_path: Path) -> None:
    rows = "E1,amount,2024-08-01,100,80,r,a,\nE1,amount,2024-08-20,80,90,r,a,\n"
    intake = changed(tmp_path, rows, "target_changes: {}\n".replace("{}", "{needs: [reason]}"))
    assert [value(one.new) for one in held(intake)] == [80, 90]


REFUSED: dict[str, tuple[str, str]] = {
    "no approver": ("E1,amount,2024-08-01,100,80,r,,\n", "it names no approver"),
    "no reason": ("E1,amount,2024-08-01,100,80,-,a,\n", "it names no reason"),
    "neither": ("E1,amount,2024-08-01,100,80,,,\n", "it names no reason and no approver"),
    "no date": ("E1,amount,,100,80,r,a,\n", "it names no date"),
    "no new target": ("E1,amount,2024-08-01,100,,r,a,\n", "it names no new target"),
    "another old target": (
        "E1,amount,2024-08-01,90,80,r,a,\n", "it replaces 90, and the target in force is 100",
    ),
    "another old target of the policy": (
        "E1,rate,2024-08-01,96%,80%,r,a,\n", "it replaces 96%, and the target in force is 95%",
    ),
    "after the cycle": (
        "E1,amount,2024-10-01,100,80,r,a,\n", "2024-10-01 is not within 2024-07-01 – 2024-09-30",
    ),
    "no target to change": (
        "E1,calls,2024-08-01,100,80,r,a,\n", "there is no target that it could replace",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("row", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_pass(tmp_path: Path, row: str, why: str) -> None:
    intake = changed(tmp_path, row)
    assert [code for _, code, _ in shown(intake)] == ["target-change-refused"]
    assert whys(intake)[0].endswith(f"is not applied: {why}")
    assert held(intake) == ()


def test_no_rule_no_change(tmp_path: Path) -> None:
    intake = changed(tmp_path, "E1,amount,2024-08-01,100,80,r,a,\n", rule="")
    assert whys(intake)[0].endswith("the policy `seller@1` has no `target_changes`")


def test_what_is_weighted_by_months_changes_with_a_month(tmp_path: Path) -> None:
    rule = "target_changes: {weighting: months, needs: [evidence]}\n"
    rows = "E1,amount,2024-08-15,100,80,,,OA\nE1,amount,2024-09-01,100,90,,,OA\n"
    intake = changed(tmp_path, rows, rule)
    assert [value(one.new) for one in held(intake)] == [90]
    assert "begins on the first of one and not on 2024-08-15" in whys(intake)[0]


def test_a_change_after_a_refused_one_does_not_fit(tmp_path: Path) -> None:
    rows = "E1,amount,2024-08-01,100,80,r,,\nE1,amount,2024-09-01,80,70,r,a,\n"
    assert [one.split(": ")[1] for one in whys(changed(tmp_path, rows))] == [
        "it names no approver", "it replaces 80, and the target in force is 100",
    ]  # fmt: skip


BAD: dict[str, tuple[str, tuple[str, str, str]]] = {
    "a date": ("E1,amount,八月,100,80,r,a,\n", ("E1", "bad-date", "target_changes.csv:2 (C2)")),
    "a number": (
        "E1,amount,2024-08-01,100,8千,r,a,\n", ("E1", "unit-suffix", "target_changes.csv:2 (E2)"),
    ),
    "an indicator": (
        "E1,amuont,2024-08-01,100,80,r,a,\n",
        ("E1", "unknown-indicator", "target_changes.csv:2 (B2)"),
    ),
    "somebody": (
        "E9,amount,2024-08-01,100,80,r,a,\n", ("", "unknown-person", "target_changes.csv:2 (A2)"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_is_an_error(
    tmp_path: Path, row: str, expected: tuple[str, str, str]
) -> None:
    intake = changed(tmp_path, row)
    assert shown(intake) == [expected]
    assert intake.refused == ()


def test_a_change_of_somebody_who_moved_goes_by_its_date(tmp_path: Path) -> None:
    segments = "person_id,role,from,to\nE1,seller,,2024-07-31\nE1,seller,2024-08-01,\n"
    actuals = "person_id,indicator,segment,actual,target\nE1,amount,1,5,10\nE1,amount,2,50,100\n"
    rows = "E1,amount,2024-08-20,100,80,r,a,\nE1#1,amount,2024-08-20,10,5,r,a,\n"
    intake = changed(tmp_path, rows, segments=segments, actuals=actuals + "E2,amount,,1,1\n")
    assert [value(one.new) for one in held(intake, person="E1#2")] == [80]
    assert held(intake, person="E1#1") == ()
    assert [(one.person, one.what) for one in intake.refused] == [("E1#1", "amount")]
    assert "2024-08-20 is not within 2024-07-01 – 2024-07-31" in whys(intake)[0]
