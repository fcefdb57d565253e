"""The company's guides: how many indicators, how much outcome, how much quantitative."""

from collections.abc import Iterator
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.exact import percent, plain
from perfrules.language.addresses import Addresses
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy

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
        low, high = guardrail.low, guardrail.high
        breached = (low is not None and value < low) or (high is not None and value > high)
        if breached and rule not in waived:
            shown = plain if rule == "indicators" else percent
            facts = {
                "what": _WHAT[rule],
                "value": shown(value),
                "low": "—" if low is None else shown(low),
                "high": "—" if high is None else shown(high),
            }
            place = at.key("indicators")
            yield Diagnostic("guardrail", place, facts, severity=guardrail.level)
        if not breached and rule in waived:
            place = at.key("guardrails.waive")
            yield Diagnostic("unused-waiver", place, {"rule": rule}, severity="warning")


def _measured(policy: Policy, rule: str) -> Decimal:
    if rule == "indicators":
        return Decimal(sum(1 for indicator in policy.indicators if indicator.weight.value))
    sections = {section.name: section.weight.value for section in policy.sections}
    return sum(
        (
            indicator.weight.value * sections.get(indicator.section or "", Decimal(1))
            for indicator in policy.indicators
            if _counts(indicator, rule)
        ),
        Decimal(0),
    )


def _counts(indicator: Indicator, rule: str) -> bool:
    if rule == "outcome":
        return indicator.stage == "outcome"
    return indicator.nature == "quantitative"
