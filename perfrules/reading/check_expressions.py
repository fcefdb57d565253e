"""Names and types in every expression, against what its place in the policy offers."""

from collections.abc import Callable, Iterator, Mapping

from perfrules.diagnostics import Diagnostic
from perfrules.formula import Formula, Type
from perfrules.model.incentive import MarginalTiers, WholeTiers
from perfrules.model.policy import Indicator, Policy
from perfrules.model.scoring import FormulaScore, Levels, Ratings, YesNo
from perfrules.reading.addresses import Addresses
from perfrules.reading.expression_types import check_types
from perfrules.reading.source import expression_place

__all__ = ["expressions_fit"]

Known = Mapping[str, Type]


def expressions_fit(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Unknown names, and values of the wrong type."""
    shared = _shared(policy)
    for indicator in policy.indicators:
        own = _own(indicator)
        if indicator.attainment is not None:
            before = {name: kind for name, kind in own.items() if name != "attainment"}
            yield from _check(indicator.attainment, {**shared, **before}, "number", at)
        if isinstance(indicator.score, FormulaScore):
            yield from _check(indicator.score.formula, {**shared, **own}, "number", at)
    for veto in policy.vetoes:
        yield from _check(veto.when, {**shared, "total": "number"}, "truth", at)
    last: Known = {**shared, "total": "number"}
    if policy.grades:
        last = {**last, "grade": "text"}
    for plan in policy.incentives:
        if plan.only_if is not None:
            yield from _check(plan.only_if, last, "truth", at)
        if isinstance(plan.rate, WholeTiers | MarginalTiers):
            yield from _check(plan.rate.by, last, "number", at)
        for formula in (plan.base, *plan.times):
            if formula is not None:
                yield from _check(formula, last, "number", at)


def _check(formula: Formula, names: Known, wanted: Type, at: Addresses) -> Iterator[Diagnostic]:
    span = at.value(formula.path)
    # The span of a quoted scalar is wider than its text by the quotes.
    quoted = span.end_column - span.column > len(formula.text)
    for problem in check_types(formula, _lookup(names), names, wanted):
        place = expression_place(span, quoted, problem)
        yield Diagnostic(problem.code, place, problem.facts)


def _lookup(names: Known) -> Callable[[str], Type | None]:
    def known(name: str) -> Type | None:
        root, _, column = name.partition(".")
        # Which columns and facts there are is known only when the data come.
        if root in ("person", "cycle") and column and name not in names:
            return "any"
        return names.get(name)

    return known


def _shared(policy: Policy) -> dict[str, Type]:
    """The names that every expression may use."""
    names: dict[str, Type] = {"proration": "number", "cycle.days": "number"}
    for indicator in policy.indicators:
        for name, kind in _own(indicator).items():
            names[f"{indicator.name}.{name}"] = kind
        names[f"{indicator.name}.score"] = "number"
    for event in policy.event_names:
        names[event] = "number"
    return names


def _own(indicator: Indicator) -> dict[str, Type]:
    """The names of an indicator's own values."""
    names: dict[str, Type] = {}
    if not isinstance(indicator.score, Ratings):
        word: Type = "truth" if isinstance(indicator.score, YesNo) else "number"
        names["actual"] = "text" if isinstance(indicator.score, Levels) else word
    if indicator.target != "none":
        names["target"] = "number"
    if indicator.baseline != "none":
        names["baseline"] = "number"
    if isinstance(indicator.score, Ratings | Levels | YesNo):
        return names
    if indicator.target != "none" or indicator.attainment is not None:
        names["attainment"] = "number"
    return names
