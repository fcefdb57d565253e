"""What a new run changes of an old one: worked-examples P36, people who come and go, reasons."""

import csv
import datetime
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from perfrules.codes.code import Text
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.model.cycle_result import CycleResult
from perfrules.model.scorecard import Cycle
from perfrules.records.deltas import Delta, delta_rows, entries_of, fit_to_revise
from perfrules.records.read import ResultFolder, read_results
from perfrules.records.tables import read_table, table_text
from perfrules.records.write import write_results
from perfrules.screens.delta_text import delta_text

POLICY = """\
policy: sales
indicators:
  sales: {weight: 40%, score: {direct: {min: 0, max: 100}}}
  customers:
    weight: 30%
    target: 15
    score: {bands: [{at_least: 100%, score: 100}, {at_least: 80%, score: 80}, {otherwise: 0}]}
  cac: {weight: 20%, score: {direct: {min: 0, max: 100}}}
  upkeep: {weight: 10%, score: {direct: {min: 0, max: 100}}}
grades: [{grade: A, at_least: 95}, {grade: B, at_least: 80}, {otherwise: C}]
incentives:
  bonus: {base: 10000, by_grade: {A: 150%, B: 120%, C: 0%}}
"""
CYCLE = "id: 2024Q3\nfrom: 2024-07-01\nto: 2024-09-30\npolicies: policies\n"
CALIBRATIONS = "person_id,date,what,before,after,kind,reason,approved_by\n"
APPEAL = "E1,2024-10-15,customers.actual,12,15,appeal,补录三份合同,示例经理01\n"


def figures(person: str, customers: str = "12") -> str:
    actuals = {"sales": "100", "customers": customers, "cac": "100", "upkeep": "85"}
    return "".join(f"{person},{name},{actual}\n" for name, actual in actuals.items())


@pytest.fixture
def cycle(tmp_path: Path) -> Path:
    """Seed 001: sales at 110 %, 12 of 15 new customers, CAC met, upkeep 85."""
    folder = tmp_path / "2024Q3"
    (folder / "policies").mkdir(parents=True)
    (folder / "policies" / "sales.yaml").write_text(POLICY, "utf-8")
    (folder / "cycle.yaml").write_text(CYCLE, "utf-8")
    write(folder, "people", "person_id,name,role\nE1,示例员工01,sales\nE2,示例员工02,sales\n")
    write(folder, "actuals", f"person_id,indicator,actual\n{figures('E1')}{figures('E2')}")
    return folder


def write(folder: Path, table: str, text: str) -> None:
    (folder / f"{table}.csv").write_text(text, "utf-8")


def run(folder: Path, out: str) -> tuple[CycleResult, ResultFolder]:
    result = evaluate_cycle(folder)
    written, findings = write_results(result, folder.parent / out)
    assert written is not None, [one.message() for one in findings]
    return result, written


def deltas(old: ResultFolder, result: CycleResult) -> list[Delta]:
    header, *rows = delta_rows(old, result)
    assert tuple(header) == Delta._fields
    return [Delta(*row) for row in rows]


def test_an_appeal_makes_a_new_run_and_the_old_one_stays(cycle: Path) -> None:
    _, old = run(cycle, "old")
    before = {path: path.read_bytes() for path in old.folder.rglob("*") if path.is_file()}
    write(cycle, "calibrations", CALIBRATIONS + APPEAL)
    result, _ = run(cycle, "new")
    why = "补录三份合同 (示例经理01)"
    assert deltas(old, result) == [
        Delta("E1", "示例员工01", "total", "92.5", "98.5", "6", why),
        Delta("E1", "示例员工01", "grade", "B", "A", "", why),
        Delta("E1", "示例员工01", "pay.bonus", "12000", "15000", "3000", why),
        Delta("E1", "示例员工01", "pay_total", "12000", "15000", "3000", why),
    ]
    assert {path: path.read_bytes() for path in before} == before


def test_nothing_differs_from_the_same_run(cycle: Path) -> None:
    result, old = run(cycle, "old")
    assert deltas(old, result) == []
    assert "nothing differs" in delta_text(delta_rows(old, result), "en")


def test_a_run_that_did_not_add_up_the_pay_is_not_compared_by_its_sum(cycle: Path) -> None:
    result, old = run(cycle, "old")
    path = old.folder / "appraisals.csv"
    rows = path.read_text("utf-8-sig").splitlines()
    assert rows[0].endswith(",pay_total")
    path.write_text("".join(row.rpartition(",")[0] + "\r\n" for row in rows), "utf-8-sig")
    assert deltas(old, result) == []


def test_only_what_is_new_is_a_reason(cycle: Path) -> None:
    write(cycle, "calibrations", CALIBRATIONS + APPEAL)
    _, old = run(cycle, "old")
    calibration = "E1,2024-10-20,total,98.5,88,calibration,与同组比较,示例经理02\n"
    write(cycle, "calibrations", CALIBRATIONS + APPEAL + calibration)
    result, _ = run(cycle, "new")
    total = deltas(old, result)[0]
    assert total == Delta(
        "E1", "示例员工01", "total", "98.5", "88", "-10.5", "与同组比较 (示例经理02)"
    )
    assert len(entries_of(result.appraisals["E1"])) == 2


def test_corrected_figures_need_no_reason(cycle: Path) -> None:
    _, old = run(cycle, "old")
    write(cycle, "actuals", f"person_id,indicator,actual\n{figures('E1')}{figures('E2', '3')}")
    result, _ = run(cycle, "new")
    assert [(one.person_id, one.what, one.change, one.reason) for one in deltas(old, result)] == [
        ("E2", "total", "-24", ""),
        ("E2", "grade", "", ""),
        ("E2", "pay.bonus", "-12000", ""),
        ("E2", "pay_total", "-12000", ""),
    ]


def test_people_come_and_go_and_lose_their_results(cycle: Path) -> None:
    _, old = run(cycle, "old")
    write(cycle, "people", "person_id,name,role\nE2,示例员工02,sales\nE3,=示例,sales\n")
    rest = figures("E2").replace("E2,cac,100\n", "")
    write(cycle, "actuals", f"person_id,indicator,actual\n{rest}{figures('E3')}")
    result, new = run(cycle, "new")
    found = deltas(old, result)
    assert [one[:5] for one in found if one.what in ("status", "pay.bonus")] == [
        ("E1", "示例员工01", "status", "complete", ""),
        ("E1", "示例员工01", "pay.bonus", "12000", ""),
        ("E2", "示例员工02", "status", "complete", "rejected"),
        ("E2", "示例员工02", "pay.bonus", "12000", ""),
        ("E3", "'=示例", "status", "", "complete"),
        ("E3", "'=示例", "pay.bonus", "", "12000"),
    ]
    assert {one.change for one in found} == {""}
    again = evaluate_cycle(cycle)
    assert deltas(new, again) == []  # the guarded name is the same name
    text = delta_text(delta_rows(old, result), "zh", {"bonus": Text("季度奖金", "Bonus")})
    assert "3 个对象的结果有变化；季度奖金 合计 -12000" in text
    assert "不在其中" in text


def test_the_table_is_one_that_excel_opens(cycle: Path) -> None:
    _, old = run(cycle, "old")
    write(cycle, "calibrations", CALIBRATIONS + APPEAL.replace("补录", "=补录"))
    result, _ = run(cycle, "new")
    data = b"".join(table_text(delta_rows(old, result)))
    rows = read_table(data)
    assert [row["change"] for row in rows] == ["6", "", "3000", "3000"]
    assert {row["reason"] for row in rows} == {"'=补录三份合同 (示例经理01)"}
    assert next(csv.reader([data.decode("utf-8-sig").splitlines()[0]])) == list(Delta._fields)


def test_entries_may_be_collected_while_traces_are_written(cycle: Path) -> None:
    _, old = run(cycle, "old")
    write(cycle, "calibrations", CALIBRATIONS + APPEAL)
    result, _ = run(cycle, "new")
    entries = {person: entries_of(one) for person, one in result.appraisals.items()}
    bare = replace(result, appraisals={})
    assert list(delta_rows(old, bare, entries)) == list(delta_rows(old, result))
    assert all(not one.reason for one in deltas(old, bare))


def test_the_terminal_sees_a_table_with_what_it_comes_to(cycle: Path) -> None:
    _, old = run(cycle, "old")
    write(cycle, "calibrations", CALIBRATIONS + APPEAL)
    result, _ = run(cycle, "new")
    titles = {"bonus": Text("季度奖金", "Quarterly bonus")}
    english = delta_text(delta_rows(old, result), "en", titles)
    assert "Quarterly bonus" in english
    assert "whose results changed: 1; Quarterly bonus in all +3000" in english
    assert "… and 3 more" in delta_text(delta_rows(old, result), "en", titles, 1)


def test_somebody_who_moved_is_one_person(cycle: Path) -> None:
    moved = (
        "person_id,role,from,to\nE1,sales,2024-07-01,2024-07-31\nE1,sales,2024-08-01,2024-09-30\n"
    )
    write(cycle, "segments", moved)
    whole = figures("E2").replace("\n", ",\n")
    first, second = (figures("E1").replace("\n", f",{number}\n") for number in (1, 2))
    header = "person_id,indicator,actual,segment\n"
    write(cycle, "actuals", f"{header}{whole}{first.replace('100', '不详', 1)}{second}")
    _, old = run(cycle, "old")
    assert "E1#1" in (old.folder / "rejected.csv").read_text("utf-8")
    write(cycle, "actuals", header + whole + first + second)
    result, new = run(cycle, "new")
    assert [one[:5] for one in deltas(old, result)] == [
        ("E1", "示例员工01", "status", "rejected", "complete"),
        ("E1", "示例员工01", "total", "", "92.5"),
        ("E1", "示例员工01", "grade", "", "B"),
        ("E1", "示例员工01", "pay.bonus", "", "12000"),
        ("E1", "示例员工01", "pay_total", "", "12000"),
    ]
    assert deltas(new, result) == []


# What can be revised


def fit(old: ResultFolder, cycle: str = "2024Q3", out: str = "new") -> str:
    day = datetime.date(2024, 7, 1)
    found = fit_to_revise(old, Cycle(cycle, day, day), old.folder.parent / out)
    assert {one.code for one in found} <= {"cannot-revise"}
    return "".join(one.message("en") for one in found)


def test_only_sound_results_of_the_same_cycle_can_be_revised(cycle: Path) -> None:
    _, old = run(cycle, "old")
    assert fit(old) == ""
    assert "output folder itself" in fit(old, out="old")
    assert "cycle 2024Q3" in fit(old, cycle="2024Q4")
    copy = Path(shutil.copytree(old.folder, old.folder.parent / "copy"))
    path = copy / "appraisals.csv"
    path.write_bytes(path.read_bytes().replace(b"92.5", b"95.5"))
    opened, _ = read_results(copy)
    assert opened is not None
    assert "`appraisals.csv` does not fit its digest" in fit(opened)
    path.unlink()
    assert "missing" in fit(opened)
