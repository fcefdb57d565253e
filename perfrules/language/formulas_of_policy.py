"""Every expression of a policy, from all its blocks."""

from collections.abc import Iterator

from perfrules.formula import Formula
from perfrules.model.incentive import IncentivePlan, MarginalTiers, WholeTiers
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.scoring import FormulaScore
from perfrules.model.written import Amount

__all__ = [
    "amounts_in",
    "formulas_of",
    "formulas_of_indicator",
    "formulas_of_plan",
    "reads_the_past",
]


def formulas_of(policy: Policy) -> Iterator[Formula]:
    """Every expression of the policy, in the order of the work."""
    for indicator in policy.indicators:
        yield from formulas_of_indicator(indicator)
    yield from (one.only_if for one in policy.group_figures if one.only_if is not None)
    yield from policy.total.times
    for veto in policy.vetoes:
        yield veto.when
    if policy.distribution is not None:
        if policy.distribution.only_if is not None:
            yield policy.distribution.only_if
        yield from (sorting.by for sorting in policy.distribution.order)
    for award in policy.awards:
        yield from (sorting.by for sorting in award.order)
        if award.only_if is not None:
            yield award.only_if
    for table in policy.tables:
        yield from table.formulas
    for plan in policy.incentives:
        yield from formulas_of_plan(plan)
    if policy.payouts is not None:
        yield from amounts_in(policy.payouts.at_least, policy.payouts.at_most)
    for pool in policy.pools:
        yield from (pool.amount, pool.share_by)
        if pool.only_if is not None:
            yield pool.only_if
    for follow_up in policy.follow_ups:
        yield follow_up.when


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


def formulas_of_plan(plan: IncentivePlan) -> Iterator[Formula]:
    """The expressions of an incentive, which may read what others pay."""
    yield from (one for one in (plan.base, plan.only_if, *plan.times) if one is not None)
    if isinstance(plan.rate, WholeTiers | MarginalTiers):
        yield plan.rate.by
    if isinstance(plan.rate, MarginalTiers) and plan.rate.of is not None:
        yield plan.rate.of
    yield from plan.less
    yield from amounts_in(plan.at_least, plan.at_most)


def amounts_in(*amounts: Amount | None) -> Iterator[Formula]:
    """Those of some amounts that are worked out."""
    yield from (one for one in amounts if isinstance(one, Formula))
