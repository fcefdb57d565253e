"""The company's guides: how many indicators, how much outcome, how much quantitative."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.exact import divided, percent, plain
from perfrules.language.addresses import Addresses
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.weights import GivenWeight
from perfrules.model.written import Constant

__all__ = ["guardrails_hold"]

_WHAT = {
    "indicators": Text("指标数量", "the number of indicators is"),
    "outcome": Text("结果类指标的权重合计", "the weight of outcome indicators adds up to"),
    "quantitative": Text("定量指标的权重合计", "the weight of quantitative indicators adds up to"),
}


def guardrails_hold(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """A breach is a warning, or an error where the guardrail says so, unless it is waived."""
    waived = {waiver.rule for waiver in policy.guardrails.waive}
    for rule, guardrail in policy.guardrails.each():
        value = _measured(policy, rule)
        if value is None:
            continue
        low, high = guardrail.low, guardrail.high
        breached = (low is not None and value < low) or (high is not None and value > high)
        if breached and rule not in waived:
            shown = plain if rule == "indicators" else percent
            facts = {
                "what": _WHAT[rule],
                "value": shown(_decimal(value)),
                "low": "—" if low is None else shown(low),
                "high": "—" if high is None else shown(high),
            }
            place = at.key("indicators")
            yield Diagnostic("guardrail", place, facts, severity=guardrail.level)
        if not breached and rule in waived:
            place = at.key("guardrails.waive")
            yield Diagnostic("unused-waiver", place, {"rule": rule}, severity="warning")


def _measured(policy: Policy, rule: str) -> Fraction | None:
    """A count of indicators or a share of the total; None where only the data know it."""
    if rule == "indicators":
        return Fraction(sum(1 for one in policy.indicators if _may_weigh(one)))
    if not policy.sections:
        return _share(policy.indicators, rule, in_parts=policy.weights == "parts")
    weights = [Fraction(one.weight.value) for one in policy.sections]
    whole = sum(weights) if policy.weights == "parts" else Fraction(1)
    total = Fraction(0)
    for section, weight in zip(policy.sections, weights, strict=True):
        own = [one for one in policy.indicators if one.section == section.name]
        share = _share(own, rule, in_parts=section.weights == "parts")
        if share is None or not whole:
            return None
        total += share * weight / whole
    return total


def _decimal(value: Fraction) -> Decimal:
    """A fraction as it is shown: to two decimals of a percent where it has no end."""
    top, under = Decimal(value.numerator), Decimal(value.denominator)
    exact = divided(top, under, 10, "half_up")
    return exact if exact * under == top else divided(top, under, 4, "half_up")


def _may_weigh(indicator: Indicator) -> bool:
    return isinstance(indicator.weight, GivenWeight) or bool(indicator.weight.value)


def _share(own: Sequence[Indicator], rule: str, *, in_parts: bool) -> Fraction | None:
    """What the indicators that count make of a section, or of all where there are none. Of weights
    that come with the data it is known only where all of them count, or none."""
    fixed = [(one, Fraction(one.weight.value)) for one in own if isinstance(one.weight, Constant)]
    given = {_counts(one, rule) for one in own if isinstance(one.weight, GivenWeight)}
    whole = sum((weight for _, weight in fixed), Fraction(0))
    counted = sum((weight for one, weight in fixed if _counts(one, rule)), Fraction(0))
    if in_parts:
        return counted / whole if whole else None
    if len(given) > 1:
        return None
    return counted + (1 - whole if True in given else 0)


def _counts(indicator: Indicator, rule: str) -> bool:
    if rule == "outcome":
        return indicator.stage == "outcome"
    return indicator.nature == "quantitative"
