"""The counts and tables of a cycle, as the terminal prints them and all other reports have them."""

import csv
import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from small_cycle import checked, write
from wcwidth import wcswidth

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.exact import plain
from perfrules.model.cycle_result import CycleResult
from perfrules.records.manifest import manifest_json
from perfrules.records.seals import seal
from perfrules.records.verify import verify
from perfrules.screens.summary import cycle_summary

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def result() -> CycleResult:
    return evaluate_cycle(ROOT / "examples/2024Q3")


def test_everybody_has_a_line(result: CycleResult) -> None:
    text = cycle_summary(result, "zh")
    for one in (*result.complete, *result.rejected):
        assert any(line.startswith(one.person) for line in text.splitlines()), one.person
    assert "人员 40（已出结果 35，未出结果 5）；团队 2（已出结果 1，未出结果 1）" in text


def test_a_line_says_total_grade_and_pay(result: CycleResult) -> None:
    one = result.complete[0]
    first = next(line for line in cycle_summary(result).splitlines() if line.startswith(one.person))
    assert one.total is not None
    pay = sum(one.pay.values(), Decimal(0))
    assert first.split()[-3:] == [plain(one.total), one.grade, plain(pay)]


def test_columns_stand_below_each_other(result: CycleResult) -> None:
    table = cycle_summary(result, "zh").split("\n\n")[1].splitlines()
    assert len(table) == len(result.complete) + 2
    # Units have no pay, and the last column, what somebody won, is as long as it is.
    paid = {one.person for one in result.complete if one.pay and not one.awards}
    assert len({wcswidth(line) for line in table[2:] if line.split()[0] in paid}) == 1


def test_a_long_list_is_cut_unless_all_is_asked_for(result: CycleResult) -> None:
    cut = cycle_summary(result, "en", 3)
    assert f"… and {len(result.complete) - 3} more" in cut
    assert "E1039" not in cut
    assert "E1039" in cycle_summary(result, "en", None)


def test_a_name_does_nothing_to_the_terminal(result: CycleResult) -> None:
    first = replace(result.judged[0], name="\x1b[31m红\u202e" + "长" * 100)
    text = cycle_summary(replace(result, judged=(first, *result.judged[1:])))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "长" * 20 not in text


def test_a_long_place_keeps_its_cell(result: CycleResult) -> None:
    place = "2024Q3.xlsx[a sheet with quite a long title!AB12345]"
    changed = replace(result, not_applied=[result.not_applied[0]._replace(place=place)])
    line = next(one for one in cycle_summary(changed).splitlines() if "!AB12345]" in one)
    assert re.search(r"2024Q3\.xlsx\[a sheet w[^ ]*…", line)
    (shown,) = re.findall(r"2024Q3\.xlsx.*!AB12345\]", line)
    assert wcswidth(shown) <= 32


def test_the_grades_add_up(result: CycleResult) -> None:
    parts = cycle_summary(result, "en").rstrip().splitlines()[-1].split("; ")
    totals = next(part for part in parts if part.startswith("S "))
    assert sum(int(word) for word in totals.split() if word.isdigit()) == len(result.complete)


SALES = """\
title: {zh: 销售, en: Sales}
indicators:
  amount: {weight: 100%, missing: error, score: {direct: {min: 0, max: 100}}}
grades: [{grade: A, at_least: 80}, {otherwise: B}]
"""
SUBJECTS = {
    "people": "person_id,role\nE1,sales\nE2,sales\nE3,sales\n",
    "units": "unit_id,role,name\nT1,team,一组\nD1,nothing,二部\n",
    "segments": "person_id,role,from,to\nE1,sales,,2024-07-31\nE1,sales,2024-08-01,\n"
    "E2,sales,,2024-07-31\nE2,sales,2024-08-01,\n",
    "actuals": "person_id,segment,indicator,actual\nE1,1,amount,九十\nE2,1,amount,90\n"
    "E2,2,amount,80\nE3,,amount,70\nE9,,amount,1\nT1,,amount,50\n",
}
COUNTS = {
    "people": 3, "people_with_result": 2, "people_without_result": 1,
    "teams": 1, "teams_with_result": 1, "teams_without_result": 0,
    "units": 1, "units_with_result": 0, "units_without_result": 1,
    "segments": 4, "segments_with_result": 2, "segments_without_result": 2,
    "follow_ups": 0, "not_applied": 0, "unattached": 1, "warnings": 1,
}  # fmt: skip


def test_all_reports_count_the_same_by_the_same_names(tmp_path: Path) -> None:
    """Who moved and has no result is one person, whose two segments are counted as segments."""
    policies = {"sales": SALES, "team": "subject: team\n" + SALES}
    folder = write(tmp_path / "cycle", policies, **SUBJECTS)
    result = checked(folder)
    out = tmp_path / "cycle-results"
    assert result.counts == COUNTS
    assert json.loads((out / "manifest.json").read_text("utf-8"))["counts"] == COUNTS
    # The terminal.
    last = cycle_summary(result, "en").rstrip().splitlines()[-1]
    assert last == (
        "people: 3 (with a result: 2, without a result: 1); teams: 1 (with a result: 1); "
        "units without a policy: 1 (without a result: 1); "
        "segments: 4 (with a result: 2, without a result: 2); A 1  B 2; "
        "rows that belong to nobody: 1; warnings: 1"
    )
    assert cycle_summary(result, "zh").rstrip().splitlines()[-1] == (
        "人员 3（已出结果 2，未出结果 1）；团队 1（已出结果 1）；没有方案的组织 1（未出结果 1）；"
        "任职段 4（已出结果 2，未出结果 2）；A 1  B 2；无法归属的数据行 1；提醒 1"
    )
    # The workbook.
    notes = openpyxl.load_workbook(out / "appraisals.xlsx")["说明"]
    rows = dict(notes.iter_rows(min_row=2, values_only=True))
    assert rows["人员"] == 3
    assert rows["人员（未出结果）"] == 1
    assert rows["任职段（未出结果）"] == 2
    # The tables, whose rows say of what kind each subject is.
    with (out / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        kinds = Counter({row["person_id"]: row["what"] for row in csv.DictReader(file)}.values())
    assert kinds == {"person": 1, "segment": 2, "unit": 1, "row": 1}
    with (out / "appraisals.csv").open(encoding="utf-8-sig", newline="") as file:
        assert Counter(row["kind"] for row in csv.DictReader(file)) == {"person": 2, "team": 1}


@pytest.mark.parametrize("name", [name for name in COUNTS if name != "warnings"])
def test_verify_counts_them_too(tmp_path: Path, name: str) -> None:
    policies = {"sales": SALES, "team": "subject: team\n" + SALES}
    checked(write(tmp_path / "cycle", policies, **SUBJECTS))
    path = tmp_path / "cycle-results/manifest.json"
    node = json.loads(path.read_text("utf-8"))
    node["counts"][name] += 1
    node["digest"] = seal(node)
    path.write_text(manifest_json(node), "utf-8")
    (finding,) = verify(path.parent)
    assert (finding.code, finding.facts["stated"]) == ("wrong-count", COUNTS[name] + 1)
