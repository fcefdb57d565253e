"""Every expression of a policy, from all its blocks."""

from collections.abc import Iterator

from perfrules.formula import Formula
from perfrules.model.incentive import IncentivePlan, MarginalTiers, WholeTiers
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.scoring import FormulaScore

__all__ = ["columns_read", "formulas_of", "formulas_of_indicator", "reads_the_past"]


def formulas_of(policy: Policy) -> Iterator[Formula]:
    """Every expression of the policy, in the order of the work."""
    for indicator in policy.indicators:
        yield from formulas_of_indicator(indicator)
    for veto in policy.vetoes:
        yield veto.when
    if policy.distribution is not None:
        yield from (sorting.by for sorting in policy.distribution.order)
    for award in policy.awards:
        yield from (sorting.by for sorting in award.order)
        if award.only_if is not None:
            yield award.only_if
    for plan in policy.incentives:
        yield from _of_plan(plan)
    for pool in policy.pools:
        yield from (pool.amount, pool.share_by)
        if pool.only_if is not None:
            yield pool.only_if
    for follow_up in policy.follow_ups:
        yield follow_up.when


def columns_read(policy: Policy) -> set[str]:
    """The columns of people that a rule reads as `person.<column>`."""
    names = (name for formula in formulas_of(policy) for name in formula.names)
    return {name.removeprefix("person.") for name in names if name.startswith("person.")}


def reads_the_past(policy: Policy) -> bool:
    """Whether a rule adds up earlier cycles: figures of the year, or what was paid."""
    names = (name for formula in formulas_of(policy) for name in formula.names)
    return any(name.startswith(("year.", "paid.")) for name in names)


def formulas_of_indicator(indicator: Indicator) -> Iterator[Formula]:
    """The expressions inside an indicator, which may name its own figures without its id."""
    if indicator.attainment is not None:
        yield indicator.attainment
    if isinstance(indicator.score, FormulaScore):
        yield indicator.score.formula


def _of_plan(plan: IncentivePlan) -> Iterator[Formula]:
    yield from (one for one in (plan.base, plan.only_if, *plan.times) if one is not None)
    if isinstance(plan.rate, WholeTiers | MarginalTiers):
        yield plan.rate.by
