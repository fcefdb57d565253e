"""Objectives and key results, kept beside the figures."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from cycle_folder import ACTUALS, PEOPLE, read, shown, subject, write

from perfrules.checker import check
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.language.to_resolved import resolved_json
from perfrules.records.trace_json import trace_record
from perfrules.screens.explain import explain

OKRS = "person_id,objective,key_result,score,evidence\n"


def test_objectives_in_the_order_of_the_rows(tmp_path: Path) -> None:
    rows = (
        "工号,目标,关键结果,评分,佐证\nE1,打开新市场,签约 3 家渠道,0.7,合同\n"
        "E1,提升口碑,NPS 到 50,1,\nE1,打开新市场,完成调研报告,40%,\nE2,提升口碑,NPS 到 50,0,\n"
    )
    intake = read(tmp_path, okrs=rows)
    assert shown(intake) == []
    first, second = subject(intake).scorecard.objectives
    assert (first.title.value, second.title.value) == ("打开新市场", "提升口碑")
    assert [(one.origin.source, one.value) for one in first.key_results] == [
        ("签约 3 家渠道", Decimal("0.7")), ("完成调研报告", Decimal("0.4")),
    ]  # fmt: skip
    assert (first.key_results[0].origin.place, first.key_results[0].origin.evidence) == (
        "okrs.csv:2", "合同",
    )  # fmt: skip
    assert first.title.origin.place == "okrs.csv:2"
    assert [one.value for one in subject(intake, "E2").scorecard.objectives[0].key_results] == [0]


BAD: dict[str, tuple[str, tuple[str, str]]] = {
    "above one": ("E1,o,k,1.2,\n", ("out-of-range", "okrs.csv:2 (D2)")),
    "below nought": ("E1,o,k,-0.1,\n", ("out-of-range", "okrs.csv:2 (D2)")),
    "a whole percentage": ("E1,o,k,70,\n", ("ambiguous-percent", "okrs.csv:2 (D2)")),
    "words": ("E1,o,k,不错,\n", ("not-a-number", "okrs.csv:2 (D2)")),
    "no score": ("E1,o,k,,\n", ("empty-cell", "okrs.csv:2 (D2)")),
    "no objective": ("E1,,k,0.5,\n", ("empty-cell", "okrs.csv:2 (B2)")),
    "no key result": ("E1,o,,0.5,\n", ("empty-cell", "okrs.csv:2 (C2)")),
    "twice, otherwise": ("E1,o,k,0.5,\nE1,o,k,0.6,\n", ("duplicate-figure", "okrs.csv:3")),
    "twice": ("E1,o,k,0.5,\nE1,o,k,0.50,\n", ("repeated-figure", "okrs.csv:3")),
}


@pytest.mark.parametrize(("rows", "expected"), BAD.values(), ids=BAD.keys())
def test_rows_that_are_at_fault(tmp_path: Path, rows: str, expected: tuple[str, str]) -> None:
    intake = read(tmp_path, okrs=OKRS + rows)
    assert shown(intake) == [("E1", *expected)]
    assert subject(intake).problems[0].severity == "warning"
    (objective,) = subject(intake).scorecard.objectives
    (result,) = objective.key_results
    written = {"twice": Decimal("0.5"), "twice, otherwise": "0.5 / 0.6", "no score": ""}
    default = rows.strip().split(",")[3]
    assert result.value == next(
        (value for name, value in written.items() if BAD[name][0] == rows), default
    )


@pytest.mark.parametrize("rows", [*(rows for rows, _ in BAD.values()), "E1,o,k,#DIV/0!,\n"])
def test_a_faulty_key_result_costs_nobody_the_result(tmp_path: Path, rows: str) -> None:
    write(tmp_path, people=PEOPLE, actuals=ACTUALS, okrs=OKRS + rows + "E1,p,q,1,\n")
    result = evaluate_cycle(tmp_path)
    line = next(one for one in result.judged if one.person == "E1")
    assert line.complete and line.total == 100
    appraisal = result.appraisals["E1"]
    # The means that rest on the faulty one are not made of the others.
    twice = rows == BAD["twice"][0]
    assert appraisal.okr == (Decimal("0.75") if twice else None)
    assert appraisal.steps["okr.2"].value == 1
    record = trace_record(appraisal)
    resolved = json.loads(resolved_json(appraisal.policy.resolved))
    assert check(record, resolved) == []
    said = explain(record, resolved, "zh", "text")
    assert twice or "不算平均" in said
    # Each objective is named, with a mean or without.
    assert "p" in [line.split()[0] for line in said.splitlines() if line.strip()]


def test_okrs_of_somebody_who_moved_stay_with_the_person(tmp_path: Path) -> None:
    segments = "person_id,role,from,to\nE1,sales,,2024-07-31\nE1,sales,2024-08-01,\n"
    figures = "person_id,indicator,segment,actual,target\nE1,amount,1,1,1\nE1,amount,2,1,1\n"
    intake = read(
        tmp_path, okrs=OKRS + "E1,o,k,0.5,\n", segments=segments,
        actuals=figures + "E2,amount,,1,1\n",
    )  # fmt: skip
    assert shown(intake) == []
    assert len(subject(intake).scorecard.objectives) == 1
    assert subject(intake, "E1#1").scorecard.objectives == ()
