"""A policy in sentences: nothing of it may change without the sentences changing."""

import json
import sys
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))
from strategies import policies, unit_policies

from perfrules.codes.code import Language
from perfrules.language.read import read_policies, read_policy
from perfrules.language.to_resolved import resolved_json
from perfrules.model.policy import Policy
from perfrules.model.thresholds import LIMITS
from perfrules.words.rules.of_policy import about, chapters
from perfrules.words.rules.rule import glossary_of

ROOT: Final = Path(__file__).parents[2]


def tree_of(policy: Policy) -> Any:
    return json.loads(resolved_json(policy.resolved))


def told(tree: Any, language: Language) -> str:
    glossary = glossary_of(tree, language, {"zh": "元", "en": "CNY"}[language])
    return str((list(about(glossary)), list(chapters(glossary))))


OTHERS: Final = {
    one: other
    for row in (
        ("outcome", "process"), ("quantitative", "qualitative"), ("error", "exclude"),
        ("mean", "median"), ("min", "max"), ("sum", "max"), ("weighted_mean", "weighted_sum"),
        ("deviation", "count"), ("below", "above"), ("both", "below"), ("up", "down"),
        ("no", "up"), ("half_up", "floor"), ("days", "months"), ("week", "month"),
        ("quarter", "month"), ("year", "half_year"), ("keep_together", "keep_together_lower"),
        ("reset", "skip"), ("calendar", "working_days"), ("person", "team"), ("share", "all_get"),
        ("attainment", "actual"), ("reason", "evidence"),
        ("higher_is_better", "lower_is_better"), ("approved_by", "source"),
    )
    for one, other in (row, row[::-1])
}  # fmt: skip
"""Words of the language, each with another that may stand in its place."""

ELSEWHERE: Final = {
    ("level", "error"): "warning", ("level", "warning"): "error", ("weighting", "none"): "days",
    ("evidence", "required"): "optional", ("needs", "evidence"): "reason",
    ("gives", "share"): "number", ("gives", "number"): "share", ("missing", "zero"): "error",
    ("moves", "sum"): "by_days", ("moves", "by_days"): "sum", ("on", "percentile"): "actual",
}  # fmt: skip
"""Those that mean something else under their key."""

FIGURES: Final = ("floor", "target", "stretch")
"""Names that limits of the policy beside this file may have."""


def leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*path, key))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from leaves(value, (*path, place))
    else:
        yield path, node


def another(path: tuple[Any, ...], value: str) -> str:
    """Another value that might stand at the path."""
    key = next(one for one in reversed(path) if isinstance(one, str))
    if path[0] == "person_changes":
        return {"by_days": "last", "last": "by_days"}[value]
    if (key, value) in ELSEWHERE:
        return ELSEWHERE[key, value]
    if key in ("source", "reason"):
        return "else"
    if key in LIMITS and value in FIGURES:
        return FIGURES[FIGURES.index(value) - 1]
    if key == "order":
        return value.replace(" desc", " asc") if value.endswith(" desc") else f"{value[:-3]}desc"
    if key in ("target", "baseline") and value in ("none", "required"):
        return "8.5"
    if key == "of" and "tiers" not in path and value not in OTHERS:
        return "total" if value != "total" else "sales.score"
    if value in OTHERS:
        return OTHERS[value]
    try:
        return str(Decimal(value) + 1)
    except InvalidOperation:
        return f"{value} + 1"


def changed(tree: Any, path: tuple[Any, ...], value: str) -> Any:
    copy = json.loads(json.dumps(tree))
    node = copy
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return copy


def silent(tree: Any, language: Language) -> list[tuple[Any, ...]]:
    """The paths of values that may change without a sentence changing."""
    before, found = told(tree, language), []
    for path, value in leaves(tree):
        if path[-1] in ("zh", "en") and path[-1] != language:
            continue
        # What stands alone, and what other values depend on.
        if value not in ("down_only", "true", "false") and "figures" not in path:
            other = changed(tree, path, another(path, value))
            found += [path] if told(other, language) == before else []
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["further", "everything"])
def test_no_value_changes_in_silence(name: str, language: Language) -> None:
    policy, findings = read_policy(Path(__file__).parent / f"{name}.yaml")
    assert policy is not None, [one.message() for one in findings]
    tree = tree_of(policy)
    assert sum(1 for _ in leaves(tree)) > 150
    assert silent(tree, language) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_value_of_the_example_changes_in_silence(language: Language) -> None:
    found, _ = read_policies(ROOT / "policies")
    names = {"sales", "ads", "sales_team", "year"}
    for policy in found:
        if policy.id in names:
            assert silent(tree_of(policy), language) == [], policy.label


@given(st.one_of(policies(), unit_policies()), st.sampled_from(["zh", "en"]))
def test_any_policy_can_be_told(policy: Policy, language: Language) -> None:
    text = told(tree_of(policy), language)
    assert all(one.title.into(language) in text for one in policy.indicators)
