"""Highlights beside figures that people know: the last cycle's, and the unit's; and what the run
says for everybody. Each can be worked out again from the records."""

import json
from pathlib import Path
from typing import Any

import pytest
from cycle_to_tell import PEOPLE, TEAM, write_cycle
from feedback_texts import lines, of_person, part, result

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.records.read import ResultFolder
from perfrules.records.verify import verify
from perfrules.records.write import write_results

HISTORY = """person_id,cycle,total,grade,indicator,actual,score
E001,2024Q2,80,B,sales,100000,
E001,2024Q2,,,cac,5000,
E001,2024Q2,,,teamwork,,90
E002,2024Q2,,,sales,105000,
E002,2023,,,cac,1,
E003,2024-06,,,sales,30000,
E003,2024Q1,70,C,sales,125000,
E004,2024Q2,,,sales,0,
E005,2024Q2,50,D,,,
"""


def results_of(folder: Path, history: str = HISTORY, team: str = TEAM) -> ResultFolder:
    cycle = write_cycle(folder)
    (cycle / "history.csv").write_text(history, "utf-8")
    (folder / "policies" / "team.yaml").write_text(team, "utf-8")
    settings = cycle / "cycle.yaml"
    title = "title: {zh: 2024年第三季度考核, en: Third quarter of 2024}\n"
    settings.write_text(settings.read_text("utf-8") + title, "utf-8")
    result = evaluate_cycle(cycle)
    assert result.refused is None, [one.message() for one in result.findings]
    kept, _ = write_results(result, folder / "results")
    assert kept is not None
    return kept


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> ResultFolder:
    return results_of(tmp_path_factory.mktemp("beside"))


def record(results: ResultFolder, subject: str) -> dict[str, Any]:
    found = results.record(subject)
    assert isinstance(found, dict)
    return found


def test_a_highlight_says_how_it_stands_to_the_last_cycle(results: ResultFolder) -> None:
    found = lines(of_person(results, "E001"), "highlights")
    assert "获客成本 4800 元，目标 5000 元，达成率 104.16%，得分 100 分" in found
    assert "比 2024Q2 低 4%" in found
    assert "比 2024Q2 高 10%" in found
    assert "4% below 2024Q2" in lines(of_person(results, "E001", "en"), "highlights")
    assert "与 2024Q2 持平" in lines(of_person(results, "E002"), "highlights")
    # Without an actual, the score.
    assert [one for one in lines(of_person(results, "E001"), "gaps") if "2024Q2" in one] == [
        "得分比 2024Q2 低 1.96 分"
    ]


def test_the_last_cycle_is_one_as_long_and_is_named(results: ResultFolder) -> None:
    assert part(of_person(results, "E003"), "trend").title == "与 2024Q1 相比"
    assert lines(of_person(results, "E003"), "trend")[-1] == (
        "销售额 实际值 100000 元，2024Q1 为 125000 元，减少 25000 元（20%）"
    )
    # From nothing there is no share to tell.
    assert "比 2024Q2 高 80000 元" in lines(of_person(results, "E004"), "gaps")
    assert not [one for one in of_person(results, "E006").parts if one.kind == "trend"]


def test_a_year_is_not_held_against_its_quarters(tmp_path: Path) -> None:
    history = "person_id,cycle,total,grade\nE001,2024Q4,95,A\nE001,2024Q3,94,A\nE001,2023,60,C\n"
    cycle = write_cycle(tmp_path)
    settings = cycle / "cycle.yaml"
    text = settings.read_text("utf-8").replace("id: 2024Q3", "id: '2024'")
    text = text.replace("from: 2024-07-01", "from: 2024-01-01")
    settings.write_text(text.replace("to: 2024-09-30", "to: 2024-12-31"), "utf-8")
    (cycle / "history.csv").write_text(history, "utf-8")
    (cycle / "segments.csv").unlink()
    result = evaluate_cycle(cycle)
    last = result.appraisals["E001"].scorecard.last
    assert last is not None
    assert last.cycle == "2023"


def test_the_last_cycle_is_in_the_record_and_the_checker_accepts_it(results: ResultFolder) -> None:
    steps = {one["id"].partition("#")[2]: one["value"] for one in record(results, "E001")["steps"]}
    last = {path: value for path, value in steps.items() if path.startswith("last.")}
    assert last == {
        "last.cycle": "2024Q2", "last.total": "80", "last.grade": "B",
        "last.sales.actual": "100000", "last.cac.actual": "5000", "last.teamwork.score": "90",
    }  # fmt: skip
    assert not [one for one in verify(results.folder) if one.severity == "error"]


def test_a_share_of_the_units_sum_is_that_of_the_records(results: ResultFolder) -> None:
    found = lines(of_person(results, "E001"), "highlights")
    team = {one["id"]: one["value"] for one in record(results, "T1")["steps"]}
    assert team["team@1#indicators.revenue.actual"] == "620000"
    # 110000 ÷ 620000 = 0.177419…
    assert "占华东组合计 620000 元的 17.74%" in found
    english = lines(of_person(results, "E001", "en"), "highlights")
    assert "17.74% of the 620000 CNY of 华东组" in english
    # Only what a unit adds up is a part of it.
    assert len([one for one in found if one.startswith("占")]) == 1


@pytest.mark.parametrize("by", ["mean", "max"])
def test_of_what_is_not_added_up_nobody_has_a_share(tmp_path: Path, by: str) -> None:
    results = results_of(tmp_path, team=TEAM.replace("by: sum", f"by: {by}"))
    for person in PEOPLE:
        assert not [one for one in lines(of_person(results, person), "highlights") if "占" in one]


def test_the_cycles_title_stands_above_and_is_sealed(results: ResultFolder) -> None:
    assert of_person(results, "E001").running_head.startswith("2024年第三季度考核（2024Q3）")
    assert of_person(results, "E001", "en").cycle == "Third quarter of 2024 (2024Q3)"
    manifest = json.loads((results.folder / "manifest.json").read_text("utf-8"))
    assert manifest["cycle"]["title_zh"] == "2024年第三季度考核"


def test_the_currency_of_the_run_is_meant_where_a_policy_names_none(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path)
    policy = tmp_path / "policies" / "sales.yaml"
    policy.write_text(policy.read_text("utf-8").replace("unit: CNY", "unit: 单"), "utf-8")
    kept, _ = write_results(evaluate_cycle(cycle), tmp_path / "results")
    assert kept is not None
    # The policy of the team counts in yuan.
    assert dict(result(of_person(kept, "E001")))["季度奖金"] == "12000.00 元"
    assert dict(result(of_person(kept, "E005", "en")))["Quarterly bonus"] == "0.00 CNY"
