"""follow_ups.csv: what results set going, and when it is due."""

import csv
import datetime
import io
from dataclasses import replace
from pathlib import Path

import pytest
from cycle_to_tell import write_cycle

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.model.cycle_result import CycleResult
from perfrules.records.follow_ups import follow_up_rows
from perfrules.records.write import write_results


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> CycleResult:
    return evaluate_cycle(write_cycle(tmp_path_factory.mktemp("cycle")))


def test_a_row_for_each_follow_up_with_its_condition(result: CycleResult) -> None:
    header, *rows = follow_up_rows(result)
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert found[1] == {
        "person_id": "E005", "name": "示例员工05", "role": "sales", "team": "T1",
        "department": "销售部", "follow_up": "improvement_plan", "title_zh": "30天改进计划",
        "title_en": "30-day plan", "due": "2024-11-09", "condition": 'grade == "D"',
    }  # fmt: skip
    # A talk without a date comes after the plans.
    assert [(row["person_id"], row["follow_up"], row["due"]) for row in found] == [
        ("E004", "improvement_plan", "2024-11-09"),
        ("E005", "improvement_plan", "2024-11-09"),
        ("E005", "talk", ""),
    ]


def test_the_next_that_is_due_comes_first(result: CycleResult) -> None:
    days = {"E004": datetime.date(2024, 12, 1), "E005": datetime.date(2024, 10, 20)}
    judged = tuple(
        replace(one, follow_ups={"improvement_plan": days[one.person]})
        if one.person in days
        else one
        for one in result.judged
    )
    _, *rows = follow_up_rows(replace(result, judged=judged))
    assert [row[0] for row in rows] == ["E005", "E004"]


def test_no_cell_is_a_formula(result: CycleResult) -> None:
    judged = tuple(replace(one, name="=1+1") for one in result.judged)
    _, *rows = follow_up_rows(replace(result, judged=judged))
    assert {row[1] for row in rows} == {"'=1+1"}


def test_the_table_is_part_of_the_results(result: CycleResult, tmp_path: Path) -> None:
    folder, _ = write_results(result, tmp_path / "results")
    assert folder is not None
    text = (folder.folder / "follow_ups.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["follow_up"] for row in rows] == ["improvement_plan", "improvement_plan", "talk"]
    assert "follow_ups.csv" in {one.path for one in folder.manifest.outputs}
