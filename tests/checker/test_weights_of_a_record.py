"""A record with weights of all kinds: nothing of it can be changed and sealed again."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tampering import ALLOWED, reseal, survivors

from perfrules.checker.walk import check
from perfrules.language.to_resolved import resolved_json
from perfrules.records.trace_json import trace_record
from perfrules.workbench.policy_tests import run_tests

(CASE,) = run_tests([Path(__file__).parents[1] / "words" / "weights.test.yaml"]).cases
(APPRAISAL,) = CASE.appraisals
RECORD: dict[str, Any] = json.loads(json.dumps(trace_record(APPRAISAL)))
RESOLVED: dict[str, Any] = json.loads(resolved_json(APPRAISAL.policy.resolved))
PLACES = dict(APPRAISAL.policy.places)


def at(record: dict[str, Any], path: str) -> dict[str, Any]:
    (found,) = [one for one in record["steps"] if one["id"] == f"weighed@1#{path}"]
    return found


def test_the_record_is_accepted() -> None:
    assert check(RECORD, RESOLVED, PLACES) == []


@pytest.mark.parametrize("index", range(len(RECORD["steps"])))
def test_every_change_of_a_step_is_found(index: int) -> None:
    record = deepcopy(RECORD)
    passed = survivors(record, index, lambda: check(record, RESOLVED, PLACES))
    assert all(ALLOWED.fullmatch(path) for path in passed), passed


def test_a_weight_cannot_be_passed_to_another() -> None:
    """To the second in the list, though the first has a figure."""
    record = deepcopy(RECORD)
    step = at(record, "indicators.visits.weight.raised")
    step["id"] = step["id"].replace("visits", "sales")
    step["operands"][0] = {**at(record, "indicators.sales.score.weighted")["operands"][1]}
    step["value"] = "2"
    reseal(record)
    assert check(record, RESOLVED, PLACES)


def test_weights_of_the_data_are_a_hundred_to_the_checker_too() -> None:
    """Whatever else is put right with them."""
    record = deepcopy(RECORD)
    at(record, "indicators.goals.weight")["value"] = "0.9"
    at(record, "indicators.extra.weight")["value"] = "0.2"
    reseal(record)
    (found,) = check(record, RESOLVED, PLACES)
    assert "weights-do-not-sum" in found.en


def test_a_total_by_parts_is_not_the_plain_sum() -> None:
    record = deepcopy(RECORD)
    at(record, "total")["value"] = "66.51"
    record["total"] = "66.51"
    reseal(record)
    assert check(record, RESOLVED, PLACES)[0].step == "weighed@1#total"
