"""The policies of `policies/` and of the speed measurement, with made-up people, both ways.

Most of their rules between people are refused by columns; without these, each is compared cell by
cell.
"""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from compared import compare
from made_up_people import rows_for
from random_tables import CYCLE, card_of, table_of

import perfrules
from perfrules.columnar.cells import Cells
from perfrules.columnar.evaluate import compile_policy
from perfrules.columnar.refusal import NotColumnar
from perfrules.model.policy import Policy

ROOT = Path(__file__).parent.parent.parent
POLICIES = [one.rules for one in perfrules.read_policies(ROOT / "policies")]
POLICIES.append(perfrules.read_policy(ROOT / "benchmarks/six_indicators.yaml").rules)

REFUSED = {
    "year@2024.2": "figures from elsewhere have no columnar form",  # from_history
    "seo@2024.5": "no column of a table has `previous.actual`",
}
"""Policies of persons that are not done by columns even so, and why."""

ALONE = [
    replace(one, distribution=None, awards=(), pools=(), group_figures=())
    for one in POLICIES
    if one.subject == "person"
]


@pytest.mark.parametrize("policy", ALONE, ids=lambda one: one.label)
def test_both_ways(policy: Policy) -> None:
    rows = rows_for(policy, 200, Random(policy.label))
    table = table_of(rows, as_text=True)
    cards = [card_of(row, table) for row in rows]
    if policy.label in REFUSED:
        with pytest.raises(NotColumnar, match=REFUSED[policy.label]):
            compare(policy, table, cards, CYCLE)
        return
    found = compare(policy, table, cards, CYCLE)
    print(policy.label, found.by_reference, found.frame["error"].value_counts().to_dicts())
    assert found.by_reference < 150


def test_most_are_compared() -> None:
    assert len(ALONE) - len(REFUSED) >= 10


@pytest.mark.parametrize("policy", POLICIES, ids=lambda one: one.label)
def test_the_whole_policy_is_refused_by_its_lines(policy: Policy) -> None:
    cells = Cells(table_of([{"subject": "E1"}], as_text=True))
    if policy.id == "six_indicators":
        return
    with pytest.raises(NotColumnar) as caught:
        compile_policy(policy, cells, CYCLE)
    assert all(".yaml:" in one.place for one in caught.value.refusals)
