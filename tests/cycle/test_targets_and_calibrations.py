"""Changed targets, calibrations and appeals in a cycle: worked-examples T6, T7, G10, P36."""

import csv
from pathlib import Path

from click.testing import CliRunner
from small_cycle import (
    DIRECT,
    checked,
    codes,
    grades,
    line,
    pay,
    step,
    table,
    totals,
    value,
    write,
)

from perfrules.cli.main import main
from perfrules.model.cycle_result import CycleResult
from perfrules.records.verify import verify

POLICY = f"""\
indicators:
  amount: {{weight: 60%, score: {{bands: [
    {{at_least: 100%, score: 100}}, {{at_least: 80%, score: 80}}, {{otherwise: 0}}]}}}}
  care: {{weight: 40%, {DIRECT}}}
grades: [{{grade: 优秀, at_least: 90}}, {{grade: 良好, at_least: 80}}, {{otherwise: 合格}}]
incentives:
  bonus: {{base: "10000", by_grade: {{优秀: 120%, 良好: 100%, 合格: 0%}}}}
"""
MONTHS = "target_changes: {per_quarter: 1, weighting: months}\n"
PEOPLE = table("person_id,name,role", "E1,示例员工01,sales", "E2,示例员工02,sales")
ACTUALS = table(
    "person_id,indicator,actual,target",
    "E1,amount,78,100", "E1,care,90,", "E2,amount,100,100", "E2,care,81.25,",
)  # fmt: skip
CHANGES = "person_id,indicator,date,old,new,reason,approved_by"
CALIBRATIONS = "person_id,date,what,before,after,kind,reason,approved_by"


def cycle(folder: Path, policy: str = POLICY, **tables: str) -> CycleResult:
    return checked(write_cycle(folder, policy, **tables))


def write_cycle(folder: Path, policy: str = POLICY, **tables: str) -> Path:
    given = {"people": PEOPLE, "actuals": ACTUALS, **tables}
    return write(folder / "cycle", {"sales": policy}, **given)


# Changed targets


def test_each_target_counts_for_its_months(tmp_path: Path) -> None:
    # T6: 100 for one month and 80 for two; 78 of 86.67 are 90 %.
    change = table(CHANGES, "E1,amount,2024-08-01,100,80,大客户退出,示例经理01")
    result = cycle(tmp_path, POLICY + MONTHS, target_changes=change)
    assert value(result, "E1", "indicators.amount.target") == "86.6666666667"
    assert value(result, "E1", "indicators.amount.attainment") == "0.9"
    assert value(result, "E1", "indicators.amount.target.before") == "100"
    changed = step(result, "E1", "indicators.amount.target.change.1")
    assert changed.origin is not None
    assert (str(changed.value), changed.origin.as_of) == ("80", "2024-08-01")
    assert (changed.origin.reason, changed.origin.approved_by) == ("大客户退出", "示例经理01")


def test_the_last_target_counts_where_nothing_is_weighted(tmp_path: Path) -> None:
    change = table(CHANGES, "E1,amount,2024-08-01,100,80,大客户退出,示例经理01")
    for weighting, attainment in (("", "0.975"), ("weighting: days", "0.8992481203")):
        rule = f"target_changes: {{per_quarter: 1{weighting and ', '}{weighting}}}\n"
        folder = tmp_path / (weighting or "none")
        result = cycle(folder, POLICY + rule, target_changes=change)
        assert value(result, "E1", "indicators.amount.attainment") == attainment


def test_a_second_change_in_the_quarter_is_refused_and_listed(tmp_path: Path) -> None:
    # T7; each refused entry is told with its reason, and nobody loses the result for it.
    change = table(
        CHANGES,
        "E1,amount,2024-08-01,100,80,大客户退出,示例经理01",
        "E1,amount,2024-09-01,80,70,市场变化,示例经理01",
        "E2,amount,2024-08-01,100,90,,示例经理01",
        "E2,amount,2024-08-01,100,90,市场变化,",
    )
    result = cycle(tmp_path, POLICY + MONTHS, target_changes=change)
    assert codes(result) == {}
    assert value(result, "E1", "indicators.amount.attainment") == "0.9"
    assert value(result, "E2", "indicators.amount.target") == "100"
    rows = refused(tmp_path / "cycle-results")
    assert [(row["person_id"], row["place"], row["code"]) for row in rows] == [
        ("E1", "target_changes.csv:3", "target-change-refused"),
        ("E2", "target_changes.csv:4", "target-change-refused"),
        ("E2", "target_changes.csv:5", "target-change-refused"),
    ]
    assert "每季度最多 1 次" in rows[0]["reason_zh"]
    assert "no reason" in rows[1]["reason_en"]
    assert "no approver" in rows[2]["reason_en"]


def test_without_a_rule_no_target_changes(tmp_path: Path) -> None:
    change = table(CHANGES, "E1,amount,2024-08-01,100,80,大客户退出,示例经理01")
    result = cycle(tmp_path, target_changes=change)
    assert value(result, "E1", "indicators.amount.target") == "100"
    assert [one.what for one in result.not_applied] == ["amount"]


def refused(results: Path) -> list[dict[str, str]]:
    return rows_of(results / "refused.csv")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# Calibrations and appeals


def test_a_calibrated_total_decides_grade_and_pay_and_both_are_kept(tmp_path: Path) -> None:
    # G10: 92.5 would be excellent, the committee says 88.
    meeting = table(CALIBRATIONS, "E2,2024-10-08,total,92.5,88,校准,与同组比较,示例总监01")
    result = cycle(tmp_path, calibrations=meeting)
    assert totals(result, "E2") == ["88"]
    assert value(result, "E2", "total.sum") == "92.5"
    assert (grades(result, "E2"), pay(result, "bonus", "E2")) == (["良好"], ["10000"])
    entry = step(result, "E2", "total.revision.1")
    assert entry.kind == "revision"
    assert entry.origin is not None
    assert (entry.origin.reason, entry.origin.approved_by) == ("与同组比较", "示例总监01")


def test_an_entry_without_reason_or_approver_changes_nothing(tmp_path: Path) -> None:
    meeting = table(
        CALIBRATIONS,
        "E2,2024-10-08,total,92.5,88,校准,,示例总监01",
        "E2,2024-10-08,grade,优秀,良好,校准,与同组比较,",
    )
    result = cycle(tmp_path, calibrations=meeting)
    assert totals(result, "E2") == ["92.5"]
    assert grades(result, "E2") == ["优秀"]
    assert {row["code"] for row in refused(tmp_path / "cycle-results")} == {"calibration-refused"}


def test_an_entry_on_another_value_than_there_is_stops_the_appraisal(tmp_path: Path) -> None:
    meeting = table(CALIBRATIONS, "E2,2024-10-08,total,92,88,校准,与同组比较,示例总监01")
    result = cycle(tmp_path, calibrations=meeting)
    assert codes(result) == {"E2": ["revision-out-of-date"]}
    (reason,) = line(result, "E2").reasons
    assert str(reason.place) == "calibrations.csv:2"


def test_entries_apply_in_the_order_of_their_dates(tmp_path: Path) -> None:
    meeting = table(
        CALIBRATIONS,
        "E2,2024-10-12,total,90,91,申诉,补充材料,示例总监01",
        "E2,2024-10-08,total,92.5,90,校准,与同组比较,示例总监01",
    )
    result = cycle(tmp_path, calibrations=meeting)
    assert totals(result, "E2") == ["91"]
    assert value(result, "E2", "total.revised.1") == "90"


def test_a_granted_appeal_is_a_new_run_and_the_old_one_stays(tmp_path: Path) -> None:
    # P36: an actual is put right; what changes of total, grade and pay is in deltas.csv.
    folder = write_cycle(tmp_path)
    old, new = tmp_path / "2024Q3", tmp_path / "2024Q3-appeal"
    assert run("evaluate", folder, "--out", old) == 0
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    appeal = table(CALIBRATIONS, "E1,2024-10-15,amount.actual,78,100,申诉,补录合同,示例经理01")
    write(folder, {}, calibrations=appeal)
    assert run("evaluate", folder, "--out", new, "--revises", old) == 0
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before
    assert [
        (row["person_id"], row["what"], row["before"], row["after"], row["change"])
        for row in rows_of(new / "deltas.csv")
    ] == [
        ("E1", "total", "36", "96", "60"),
        ("E1", "grade", "合格", "优秀", ""),
        ("E1", "pay.bonus", "0", "12000", "12000"),
        ("E1", "pay_total", "0", "12000", "12000"),
    ]
    assert {row["reason"] for row in rows_of(new / "deltas.csv")} == {"补录合同 (示例经理01)"}
    assert verify(new, folder) == ()
    assert verify(old) == ()
    # Nobody writes over the run that is revised.
    assert run("evaluate", folder, "--out", old, "--revises", old) == 2
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before


def test_a_revision_changes_the_places_of_others_and_says_so(tmp_path: Path) -> None:
    rank = "distribution: {quotas: {优秀: {at_most: 50%}}, order: [total desc]}\n"
    folder = write_cycle(tmp_path, POLICY + rank)
    old, new = tmp_path / "old", tmp_path / "new"
    assert run("evaluate", folder, "--out", old) == 0
    appeal = table(CALIBRATIONS, "E1,2024-10-15,amount.actual,78,100,申诉,补录合同,示例经理01")
    write(folder, {}, calibrations=appeal)
    assert run("evaluate", folder, "--out", new, "--revises", old) == 0
    found = {(row["person_id"], row["what"]): row for row in rows_of(new / "deltas.csv")}
    assert found["E2", "grade"]["after"] == "良好"
    assert found["E2", "grade"]["reason"] == ""  # the entry is not on E2
    assert verify(new, folder) == ()


def run(*words: object) -> int:
    result = CliRunner(env={"PERFRULES_LANG": "en", "NO_COLOR": "1"}).invoke(
        main, [str(word) for word in words]
    )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code
