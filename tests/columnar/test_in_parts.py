"""A table in parts, each by itself with the ranges of all: what the whole table gives."""

from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from made_up_people import rows_for
from random_tables import CYCLE, table_of
from test_policies_of_the_repository import ALONE, REFUSED

import perfrules
from perfrules.columnar.cells import Floats
from perfrules.columnar.in_parts import Program, ranges_of
from perfrules.columnar.ranges import RangesDoNotHold, joined
from perfrules.columnar.run import evaluate_frame
from perfrules.cycle.comparing import group_rules
from perfrules.evaluation.evaluate import evaluate
from perfrules.model.policy import Policy


def by_parts(policy: Policy, parts: list[pl.DataFrame], floats: Floats = "refuse") -> pl.DataFrame:
    ranges = joined(ranges_of(policy, one, floats) for one in parts)
    program = Program(policy, parts[0].head(0), ranges, CYCLE, floats)
    return pl.concat([program.evaluate(one, evaluate).frame for one in parts])


@pytest.mark.parametrize("as_text", [True, False])
@pytest.mark.parametrize(
    "policy",
    [one for one in ALONE if one.label not in REFUSED and not any(group_rules(one))],
    ids=lambda one: one.label,
)
def test_the_parts_give_what_the_whole_gives(policy: Policy, as_text: bool) -> None:
    rows = rows_for(policy, 120, Random(policy.label))
    table = table_of(rows, as_text=as_text)
    whole = evaluate_frame(policy, table, evaluate, CYCLE, "refuse").frame
    # One row alone, some without rows, the rest.
    parts = [table[:1], table[1:1], table[1:40], table[40:]]
    found = by_parts(policy, parts)
    assert found.schema == whole.schema
    assert found.equals(whole)


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    (tmp_path / "p.yaml").write_text(
        "policy: p\nindicators:\n  sales:\n    weight: 100%\n    score:\n"
        "      bands: [{at_least: 100%, score: 100}, {otherwise: 0}]\n",
        "utf-8",
    )
    return perfrules.read_policy(tmp_path / "p.yaml").rules


def table(actuals: list[Any], kind: Any) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "subject": [f"E{number}" for number in range(len(actuals))],
            "sales.actual": pl.Series(actuals, dtype=kind),
            "sales.target": ["100"] * len(actuals),
        }
    )


@pytest.mark.parametrize(
    "other", [["101"], ["-1"], ["50.5"], ["many"], [None]],
    ids=["above", "below", "more places", "no number", "missing"],
)  # fmt: skip
def test_a_part_that_was_not_measured_is_refused(policy: Policy, other: list[Any]) -> None:
    """What was proven for other values is never worked out with these."""
    some = table(["50", "100"], pl.String())
    program = Program(policy, some.head(0), ranges_of(policy, some, "refuse"), None, "refuse")
    assert program.evaluate(some[1:], evaluate).frame["total"].to_list() == [100]
    with pytest.raises(RangesDoNotHold, match=r"sales\.actual"):
        program.evaluate(table(other, pl.String()), evaluate)


def test_the_lanes_are_those_of_all_parts(policy: Policy) -> None:
    parts = [table(["1"], pl.String()), table(["99999999999999.999"], pl.String())]
    ranges = joined(ranges_of(policy, one, "refuse") for one in parts)
    program = Program(policy, parts[0].head(0), ranges, None, "refuse")
    whole = evaluate_frame(policy, pl.concat(parts), evaluate, None, "refuse")
    assert program.evaluate(parts[0], evaluate).lanes == whole.lanes
    assert any(lane.bits == 128 for lane in whole.lanes)
