"""What is not done by columns is refused before the first row, with its line and the reason."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import perfrules
from perfrules.columnar.in_parts import Program, ranges_of

HEAD = """\
policy: p
indicators:
  sales: {weight: 100%, target: 100, score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
grades: [{grade: A, at_least: 90}, {otherwise: B}]
"""

REFUSED = {
    "a distribution": (
        "distribution: {quotas: {A: {at_most: 20%}}, order: [total desc]}\n",
        ":5:1", "between people",
    ),
    "an award": ("awards: {star: {order: [total desc], top: 1}}\n", ":5:10", "between people"),
    "a pool": (
        "pools: {fund: {amount: cycle.fund, share_by: total}}\n", ":5:9", "between people",
    ),
    "a figure of a group": (
        "group_figures: {mean: {of: sales.score, by: mean}}\n", ":5:17", "between people",
    ),
    "what the team came to": (
        "incentives:\n  bonus: {base: person.base, only_if: team.total > 80}\n",
        ":6:30", "no column of a table has `team.total`",
    ),
    "the year so far": (
        "incentives:\n  bonus: {base: year.sales.actual}\n",
        ":6:11", "no column of a table has `year.sales.actual`",
    ),
}  # fmt: skip


def policy_of(folder: Path, text: str) -> perfrules.Policy:
    (folder / "p.yaml").write_text(text, "utf-8")
    return perfrules.read_policy(folder / "p.yaml")


def table(**columns: Any) -> pl.DataFrame:
    return pl.DataFrame({"subject": ["E1"], "sales.actual": ["90"], **columns})


@pytest.mark.parametrize("name", REFUSED)
def test_a_rule_without_columns(name: str, tmp_path: Path) -> None:
    rule, place, reason = REFUSED[name]
    policy = policy_of(tmp_path, HEAD + rule)
    with pytest.raises(perfrules.NotColumnar) as caught:
        perfrules.evaluate_table(policy, table())
    (refusal,) = caught.value.refusals
    assert place in refusal.place
    assert reason in refusal.reason.en
    assert any("\u4e00" <= letter <= "\u9fff" for letter in refusal.reason.zh)


def test_all_blocks_that_stand_in_the_way_are_told(tmp_path: Path) -> None:
    rules = REFUSED["an award"][0] + REFUSED["a figure of a group"][0]
    with pytest.raises(perfrules.NotColumnar) as caught:
        perfrules.evaluate_table(policy_of(tmp_path, HEAD + rules), table())
    assert len(caught.value.refusals) == 2


def test_values_that_no_lane_holds(tmp_path: Path) -> None:
    """Twelve factors of 15 digits each may come to 180 digits; refused, though none does."""
    plan = "incentives:\n  bonus:\n    base: person.base\n"
    plan += f"    times: [{', '.join(['person.factor'] * 12)}]\n"
    policy = policy_of(tmp_path, HEAD + plan)
    columns = {"person.base": ["1"], "person.factor": ["1.5"]}
    found = perfrules.evaluate_table(policy, table(**columns)).frame
    assert str(found["pay_total"].item()) == "129.75"  # 1.5 to the power of 12 is 129.746…
    rows = pl.concat([table(**columns)] * 2).with_columns(
        pl.Series("person.factor", ["1.5", "123456789012345.5"])
    )
    with pytest.raises(perfrules.NotColumnar, match="more than 128 bits") as caught:
        perfrules.evaluate_table(policy, rows)
    assert ":6:3" in caught.value.refusals[0].place


def test_the_same_with_few_digits_goes_to_the_reference(tmp_path: Path) -> None:
    """A product that may reach 10^15 is looked at row by row, and told as the reference does."""
    policy = policy_of(tmp_path, HEAD + "incentives:\n  bonus: {base: person.a * person.b}\n")
    columns = {"person.a": ["99999999"], "person.b": ["99999999"]}
    rows = pl.concat([table(**columns), table(**{"person.a": ["3"], "person.b": ["4"]})])
    found = perfrules.evaluate_table(policy, rows)
    assert found.frame["error"].to_list() == ["number-out-of-range", None]
    assert found.by_reference == 1


PERCENTILE = """\
policy: p
indicators:
  sales:
    weight: 50%
    target: 100
    score:
      {on: percentile, within: department, bands: [{at_least: 50%, score: 9}, {otherwise: 0}]}
  calls: {weight: 50%, score: {direct: {min: 0, max: 100}}}
"""


def compared(**columns: Any) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "subject": ["E1", "E2"], "sales.actual": ["90", "80"], "calls.actual": ["90", "80"],
            "person.department": ["S", "S"], **columns,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"subject": ["E1", "E1"]}, "in the table twice"),
        ({"person.department": ["S", None]}, "no group"),
        ({"person.department": [date(2024, 7, 1)] * 2}, "no groups can be made"),
    ],
)
def test_rows_that_cannot_be_compared(columns: dict[str, Any], reason: str, tmp_path: Path) -> None:
    with pytest.raises(perfrules.NotColumnar, match=reason) as caught:
        perfrules.evaluate_table(policy_of(tmp_path, PERCENTILE), compared(**columns))
    assert ":7:" in caught.value.refusals[0].place


def test_a_score_that_waits_for_a_percentile(tmp_path: Path) -> None:
    text = PERCENTILE.replace("{direct: {min: 0, max: 100}}", '{formula: "sales.score / 2"}')
    with pytest.raises(perfrules.NotColumnar, match=r"`sales\.score` waits for a comparison"):
        perfrules.evaluate_table(policy_of(tmp_path, text), compared())


def test_a_percentile_of_parts(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, PERCENTILE).rules
    with pytest.raises(perfrules.NotColumnar, match="only parts") as caught:
        Program(policy, compared(), ranges_of(policy, compared(), "refuse"), None, "refuse")
    assert ":7:" in caught.value.refusals[0].place
