"""Whether two versions of a policy ask the same of the tables, so that what was read for one of
them is what would be read for the other.

They do where they differ in nothing but what is listed here, and read the same names.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from perfrules.language.formulas_of_policy import formulas_of, reads_the_past
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.written import Constant

__all__ = ["asks_the_same"]

_NOT_ASKED: Final = frozenset((
    "total", "tables", "payouts", "rounding", "guardrails", "distribution",
    "group_figures", "follow_ups", "warnings",
))  # fmt: skip
"""Keys of which nothing decides how a cell is read."""

_REWARDS: Final = frozenset(("incentives", "awards", "pools", "vetoes"))
"""Of these the data name the ids and the titles."""

_SCORES: Final = frozenset(("bands", "per_unit", "window", "direct", "formula"))
"""Forms of a score that look at a number, wherever their limits are."""


def asks_the_same(one: Policy, other: Policy) -> bool:
    """Whether the tables of a cycle read for one policy are as they would be read for the other."""
    return one is other or (
        _asked(one.resolved) == _asked(other.resolved)
        and _names(one) == _names(other)
        and reads_the_past(one) == reads_the_past(other)
        and [*map(_of, one.indicators)] == [*map(_of, other.indicators)]
    )


def _names(policy: Policy) -> set[str]:
    return {name for formula in formulas_of(policy) for name in (*formula.names, *formula.reads)}


def _of(indicator: Indicator) -> tuple[object, ...]:
    """What follows from the rest of the policy, and which figures the score looks for."""
    return (
        indicator.target if isinstance(indicator.target, str) else None,
        indicator.reads_actual,
        indicator.attains,
        tuple(indicator.figures),
        type(indicator.score),
        isinstance(indicator.weight, Constant),
    )


def _asked(resolved: Mapping[str, object]) -> Mapping[str, object]:
    """The resolved policy without what the tables do not care about."""
    found = {key: one for key, one in resolved.items() if key not in _NOT_ASKED}
    for key in _REWARDS & found.keys():
        found[key] = {name: _title(one) for name, one in _entries(found[key])}
    found["grades"] = [*_rows(found.get("grades"))]
    found["indicators"] = {name: _indicator(one) for name, one in _entries(found["indicators"])}
    found["sections"] = {
        name: {**dict(_entries(one)), "weight": None}
        for name, one in _entries(found.get("sections"))
    }
    return found


def _indicator(node: object) -> Mapping[str, object]:
    entries = dict(_entries(node))
    entries.pop("weight", None)
    score = entries.get("score")
    if isinstance(score, Mapping):
        entries["score"] = {key: None if key in _SCORES else one for key, one in score.items()}
    return entries


def _rows(node: object) -> Iterator[object]:
    """The grades with their titles, which calibrations name."""
    for row in node if isinstance(node, list) else ():
        yield [one for key, one in _entries(row) if key in ("grade", "otherwise", "title")]


def _title(node: object) -> object:
    return dict(_entries(node)).get("title")


def _entries(node: object) -> Iterator[tuple[str, object]]:
    yield from node.items() if isinstance(node, Mapping) else ()
