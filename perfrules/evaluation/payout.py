"""From performance to money: base x rate x factors, gated, less what comes off, cut, vetoed,
rounded."""

from decimal import Decimal
from math import prod

from perfrules.codes.code import Text
from perfrules.evaluation.expression import condition, figure
from perfrules.evaluation.names import Names
from perfrules.evaluation.pay_limits import money_limits
from perfrules.evaluation.payout_curves import slices, sloped
from perfrules.evaluation.table import reached
from perfrules.evaluation.trace import Chain, Trace, number
from perfrules.model.appraisal import Operand, Step
from perfrules.model.grading import Veto
from perfrules.model.incentive import ByGrade, IncentivePlan, MarginalTiers, WholeTiers

__all__ = ["paid"]


def paid(trace: Trace, names: Names, plan: IncentivePlan, vetoes: tuple[Veto, ...]) -> Step:
    """The payout of one incentive plan, an amount of money."""
    path = f"pay.{plan.name}"
    if plan.only_if is not None:
        met = condition(trace, f"{path}.only_if", "pay", plan.only_if, names.anywhere)
        if not met.value:
            zero = Decimal(0)
            return trace.add(path, "pay", "gate", (met,), zero, "skipped", plan.only_if)
    chain = _earned(trace, names, plan, path)
    if plan.less:
        _take_off(trace, names, plan, path, chain)
    if plan.at_least is not None or plan.at_most is not None:
        called = Text(f"激励方案 `{plan.name}` ", f"the incentive `{plan.name}`")
        chain.keep_within(*money_limits(trace, names, plan, path, called))
    paying = [(veto, veto.then.pay) for veto in vetoes if veto.then.pay is not None]
    for place, (veto, share) in enumerate(paying, 1):
        name = "vetoed" if place == 1 else f"vetoed.{place}"
        chain.then(name, "multiply", share, value=chain.value * share.value, rule=veto)
    chain.round(trace.policy.rounding.pay)
    return chain.end()


def _take_off(trace: Trace, names: Names, plan: IncentivePlan, path: str, chain: Chain) -> None:
    """What comes off before the limits; the rest may well be below nought."""
    less = [
        figure(trace, f"{path}.less.{place}", "pay", formula, names.anywhere)
        for place, formula in enumerate(plan.less, 1)
    ]
    value = chain.value - sum((number(one) for one in less), Decimal(0))
    chain.then("less", "less", *less, value=value)


def _earned(trace: Trace, names: Names, plan: IncentivePlan, path: str) -> Chain:
    """base x rate x factors; the slices of marginal tiers are added up first."""
    factors: list[Operand] = []
    if plan.base is not None:
        factors.append(figure(trace, f"{path}.base", "pay", plan.base, names.anywhere))
    match plan.rate:
        case WholeTiers() as tiers:
            by = figure(trace, f"{path}.by", "pay", tiers.by, names.anywhere)
            tier, beside = reached(tiers.rows, number(by))
            if tier.high is not None:
                (base,) = factors  # the policy's checks see to it that there is one
                chain = sloped(trace, path, tier, beside, base, by)
                return _multiplied(chain, _times(trace, names, plan, path))
            factors.append(
                trace.add(
                    f"{path}.rate", "pay", "tier", (by,), tier.pay, rule=tier, not_taken=beside
                )
            )
        case ByGrade() as by_grade:
            grade = names.results["grade"]
            rate = next(one.rate for one in by_grade.rates if one.name == grade.value)
            factors.append(
                trace.add(f"{path}.rate", "pay", "by_grade", (grade, rate), rate.value, rule=rate)
            )
    factors += _times(trace, names, plan, path)
    if isinstance(plan.rate, MarginalTiers):
        parts = slices(trace, names, plan.rate, path)
        amount = sum((number(step) for step in parts), Decimal(0))
        chain = Chain(trace, path, "pay", "slices", "sum", *parts, value=amount, rule=plan.rate)
        return _multiplied(chain, factors)
    value = prod((number(factor) for factor in factors), start=Decimal(1))
    return Chain(trace, path, "pay", "product", "multiply", *factors, value=value)


def _times(trace: Trace, names: Names, plan: IncentivePlan, path: str) -> list[Operand]:
    """The further factors."""
    return [
        figure(trace, f"{path}.times.{place}", "pay", formula, names.anywhere)
        for place, formula in enumerate(plan.times, 1)
    ]


def _multiplied(chain: Chain, factors: list[Operand]) -> Chain:
    """An amount that a table gave x the factors, where there are any."""
    if factors:
        value = prod((number(factor) for factor in factors), start=chain.value)
        chain.then("product", "multiply", *factors, value=value)
    return chain
