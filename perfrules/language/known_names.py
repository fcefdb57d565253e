"""Which names the expressions of a policy may use, and of what type each is."""

from collections.abc import Callable, Mapping
from typing import Final

from perfrules.codes.figure_titles import figure_words
from perfrules.codes.vocabulary import MEANT
from perfrules.formula import Formula, Type, streak_of
from perfrules.language.expression_types import type_of
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scoring import Levels, YesNo

__all__ = [
    "PREVIOUS",
    "UNITS",
    "Known",
    "group_names",
    "likely_names",
    "lookup",
    "own_names",
    "pay_names",
    "shared_names",
    "table_names",
    "titles_of_names",
    "type_in_plan",
    "words_of_names",
]

Known = Mapping[str, Type]

_OF_UNIT: Final[Known] = {"total": "number", "attainment": "share", "grade": "text"}
UNITS: Final = ("team", "department", "project")
_OPEN: Final = ("person", "cycle", *UNITS)
"""Whose columns and facts are known only when the data come."""

PREVIOUS: Final = ("actual", "target", "attainment", "score")
"""What an indicator's own formulas may read of the cycle before."""


def type_in_plan(policy: Policy, formula: Formula) -> Type:
    """What an expression of an incentive gives, such as the basis of its tiers."""
    names: Known = {
        **shared_names(policy), **group_names(policy), **pay_names(policy), "total": "number",
        "grade": "text",
    }  # fmt: skip
    return type_of(formula, lookup({**names, **table_names(policy, names)}))


def group_names(policy: Policy, *, of_total: bool = True) -> dict[str, Type]:
    """The figures of groups, from the total on; without those `of_total` until that is settled. A
    figure of shares is a share."""
    kinds: dict[str, Type] = (
        {**shared_names(policy), "total": "number"} if policy.group_figures else {}
    )
    return {
        f"group.{one.name}": "number" if one.by == "count" else kinds.get(one.of, "any")
        for one in policy.group_figures
        if of_total or one.of != "total"
    }


def table_names(policy: Policy, names: Known) -> dict[str, Type]:
    """The policy's tables of two inputs, as far as all that they look at is known by then.

    One that reads what comes to exist later has no value yet; a streak goes with the grade.
    """
    known = lookup(names)

    def is_there(name: str) -> bool:
        return known(name) is not None or (streak_of(name) is not None and "grade" in names)

    return {
        f"table.{table.name}": table.gives
        for table in policy.tables
        if all(is_there(name) for formula in table.formulas for name in formula.names)
    }


def lookup(names: Known) -> Callable[[str], Type | None]:
    """The type of each name; columns and facts that only the data know may be anything."""

    def known(name: str) -> Type | None:
        root, _, column = name.partition(".")
        if root in _OPEN and column and name not in names:
            return _OF_UNIT.get(column, "any") if root in UNITS else "any"
        return names.get(name)

    return known


def shared_names(policy: Policy) -> dict[str, Type]:
    """The names that every expression may use."""
    names: dict[str, Type] = {"proration": "share", "cycle.days": "number"}
    names |= {"previous.total": "number", "previous.grade": "text"}
    for indicator in policy.indicators:
        for name, kind in own_names(indicator).items():
            names[f"{indicator.name}.{name}"] = kind
        names[f"{indicator.name}.score"] = "number"
        names |= {f"year.{indicator.name}.{one}": "number" for one in _summable(indicator)}
    rewards = (policy.incentives, policy.pools, policy.awards)
    for name in (one.name for some in rewards for one in some):
        names |= {f"paid.{name}": "number", f"year.paid.{name}": "number"}
    for event in policy.event_names:
        names[event] = "number"
    return names


def pay_names(policy: Policy) -> dict[str, Type]:
    """The names of what incentives pay, which incentives and whatever comes after them may use."""
    return {f"pay.{plan.name}": "number" for plan in policy.incentives}


def _summable(indicator: Indicator) -> tuple[str, ...]:
    """The figures that the cycles of a year can be added up by: amounts and counts, no shares."""
    if indicator.in_percent or isinstance(indicator.score, Ratings | Levels | YesNo):
        return ()
    return ("actual",) if indicator.target == "none" else ("actual", "target")


def own_names(indicator: Indicator) -> dict[str, Type]:
    """The names of an indicator's own values."""
    names: dict[str, Type] = {}
    figure: Type = "share" if indicator.in_percent else "number"
    if not isinstance(indicator.score, Ratings):
        word: Type = "truth" if isinstance(indicator.score, YesNo) else figure
        names["actual"] = "text" if isinstance(indicator.score, Levels) else word
    if indicator.target != "none":
        names["target"] = figure
    if indicator.baseline != "none":
        names["baseline"] = figure
    names |= dict.fromkeys(indicator.figures, figure)
    if isinstance(indicator.score, Ratings | Levels | YesNo):
        return names
    if indicator.target != "none" or indicator.attainment is not None:
        names["attainment"] = "share"
    return names


_FIGURES: Final = ("actual", "target", "baseline", "attainment", "score")


def titles_of_names(policy: Policy) -> dict[str, tuple[str, ...]]:
    """What people call the names of a policy: `销售额达成率` is `sales.attainment`."""
    titles: dict[str, tuple[str, ...]] = {}
    for indicator in policy.indicators:
        called = dict.fromkeys((*indicator.title, indicator.name))
        for figure in (*_FIGURES, *indicator.figures):
            words = (figure, *MEANT[figure].split()) if figure in _FIGURES else figure_words(figure)
            titles[f"{indicator.name}.{figure}"] = tuple(
                f"{title}{between}{word}" for title in called for word in words
                for between in (".", "", "的")
            )  # fmt: skip
        for figure in _summable(indicator):
            said = MEANT[figure].split() if figure == "target" else ["", *MEANT[figure].split()]
            titles[f"year.{indicator.name}.{figure}"] = tuple(
                text for title in called for word in said
                for text in (f"本年累计{title}{word}", f"{title}{word}本年累计")
            )  # fmt: skip
    for plan in (one for some in (policy.incentives, policy.pools, policy.awards) for one in some):
        words = tuple(dict.fromkeys((*plan.title, plan.name)))
        titles[f"year.paid.{plan.name}"] = tuple(f"本年已发{word}" for word in words)
        titles[f"paid.{plan.name}"] = tuple(f"已发{word}" for word in words)
    titles |= {f"table.{one.name}": tuple(one.title) for one in policy.tables}
    titles |= {f"group.{one.name}": tuple(one.title) for one in policy.group_figures}
    titles |= {one.name: tuple(one.title) for one in policy.adjustments}
    titles |= {one.name: tuple(one.title) for one in policy.vetoes}
    titles |= {f"pay.{one.name}": tuple(one.title) for one in policy.incentives}
    return titles | {one.name: tuple(one.title) for one in policy.events}


def likely_names(policy: Policy) -> dict[str, str]:
    """The figure that is probably meant where an indicator is named by itself: what was reached."""
    return {
        word: f"{indicator.name}.{'score' if isinstance(indicator.score, Ratings) else 'actual'}"
        for indicator in policy.indicators
        for word in (*indicator.title, indicator.name)
    }


def words_of_names(policy: Policy) -> dict[str, tuple[str, ...]]:
    """The texts that a name can be: the grades, and the levels of an indicator."""
    words = {"grade": tuple(row.grade for row in policy.grades)}
    for indicator in policy.indicators:
        if isinstance(indicator.score, Levels):
            words[f"{indicator.name}.actual"] = tuple(row.name for row in indicator.score.rows)
    return words
