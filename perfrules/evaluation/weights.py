"""The weights that count for one subject: of the policy, of the data, and passed on by what is
missing."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.evaluation.trace import Refusal, Trace, number
from perfrules.exact import percent
from perfrules.model.appraisal import Operand, Step
from perfrules.model.indicator import Indicator
from perfrules.model.scorecard import Measure
from perfrules.model.weights import GivenWeight, WeightTo
from perfrules.model.written import Constant

__all__ = ["given_weights", "is_weightless", "passed_on", "raised", "weight_of"]

_NO_DATA = Measure()


def weight_of(trace: Trace, indicator: Indicator) -> Operand:
    """The weight that counts: with what others passed on, or the data's, or the policy's."""
    found = trace.weights.get(indicator.name)
    if found is not None:
        return found
    assert isinstance(indicator.weight, Constant)
    return indicator.weight


def is_weightless(trace: Trace, indicator: Indicator) -> bool:
    """Whether the data give the indicator a weight of 0 %."""
    return isinstance(indicator.weight, GivenWeight) and not number(weight_of(trace, indicator))


# ---- weights of the data


def given_weights(trace: Trace) -> list[Diagnostic]:
    """Writes the weights of the data down as steps; what is wrong with them, if anything is."""
    if not any(isinstance(one.weight, GivenWeight) for one in trace.policy.indicators):
        return []
    problems = []
    for indicator in trace.policy.indicators:
        if isinstance(indicator.weight, GivenWeight):
            try:
                trace.weights[indicator.name] = _given(trace, indicator, indicator.weight)
            except Refusal as refusal:
                problems.append(refusal.diagnostic)
    return problems or _sums(trace)


def _given(trace: Trace, indicator: Indicator, rule: GivenWeight) -> Step:
    """A weight within its limits; raises `Refusal` for one that is not, or is not there."""
    datum = trace.scorecard.measures.get(indicator.name, _NO_DATA).weight
    if datum is None:
        facts = {"indicator": indicator.called, "cell": f"{indicator.name}.weight"}
        raise Refusal("missing-weight", indicator.place, **facts)
    value, place = datum.value, datum.origin.place
    name = Text(*(f"{word}{end}" for word, end in zip(indicator.called, ("的权重", " (weight)"))))
    if not isinstance(value, Decimal):
        raise Refusal("not-a-figure", place, name=name, value=value)
    low, high = rule.limits.low, rule.limits.high
    if not low <= value <= high:
        facts = {"value": percent(value), "low": percent(low), "high": percent(high)}
        raise Refusal("out-of-range", place, name=name, **facts)
    return trace.given(f"{indicator.path}.weight", datum)


def _sums(trace: Trace) -> list[Diagnostic]:
    """Each section's weights add up to 100 %, or those of all where there are no sections."""
    problems = []
    for section in trace.policy.sections or (None,):
        name = None if section is None else section.name
        own = [one for one in trace.policy.indicators if name is None or one.section == name]
        given = [one for one in own if isinstance(one.weight, GivenWeight)]
        weights = [(one, weight_of(trace, one)) for one in own] if given else []
        total = sum((number(weight) for _, weight in weights), Decimal(0))
        if given and total != 1:
            where = _where(None if section is None else section.title, weights)
            place = next((_place(weight) for _, weight in weights if _place(weight)), "")
            facts = {"where": where, "sum": percent(total)}
            problems.append(Diagnostic("weights-do-not-sum", place or given[0].place, facts))
    return problems


def _where(section: Text | None, weights: Sequence[tuple[Indicator, Operand]]) -> Text:
    """`of the indicators (quality 70% actuals.csv:2, records 20% actuals.csv:3)`."""
    listed = []
    for indicator, weight in weights:
        at = _place(weight)
        listed.append(
            [
                f"{word} {percent(number(weight))}" + (f" {at}" if at else "")
                for word in indicator.called
            ]
        )
    zh, en = (mark.join(one[index] for one in listed) for index, mark in enumerate(("、", ", ")))
    if section is None:
        return Text(f"各指标（{zh}）", f"of the indicators ({en})")
    return Text(f"板块「{section.zh}」内（{zh}）", f"in the section “{section.en}” ({en})")


def _place(weight: Operand) -> str:
    """Where a weight of the data stands."""
    return weight.origin.place if isinstance(weight, Step) and weight.origin else ""


# ---- the weight of what is missing


def passed_on(trace: Trace, scores: Mapping[str, Step]) -> list[Diagnostic]:
    """Gives the weight of each missing indicator to the first of its receivers that has a figure
    of its own; a problem where none has one."""
    policy = trace.policy
    receivers: dict[str, list[Operand]] = {}
    problems = []
    for indicator in policy.indicators:
        rule = indicator.missing
        left_out = trace.steps.get(f"{indicator.path}.excluded")
        if left_out is None or left_out.operation != "pass_weight":
            continue
        assert isinstance(rule, WeightTo)
        able = (word.value for word in rule.names if _has_figure(trace, word.value, scores))
        receiver = next(able, None)
        if receiver is None:
            facts = {"indicator": indicator.called, "cell": f"{indicator.name}.actual"}
            problems.append(Diagnostic("missing-actual", indicator.place, facts))
        else:
            receivers.setdefault(receiver, []).append(weight_of(trace, indicator))
    if problems:
        return problems
    for indicator in policy.indicators:
        if indicator.name in receivers:
            own = weight_of(trace, indicator)
            trace.weights[indicator.name] = raised(
                trace, indicator.path, own, receivers[indicator.name]
            )
    return []


def _has_figure(trace: Trace, name: str, scores: Mapping[str, Step]) -> bool:
    """Whether an indicator counts, with a figure of its own: not with the nought of a missing one,
    and not with a weight of 0 %."""
    indicator = trace.policy.indicator[name]
    noughts = (trace.steps.get(f"{indicator.path}.{what}") for what in ("actual", "score"))
    return (
        name in scores
        and bool(weight_of(trace, indicator).value)
        and all(one is None or one.operation != "count_as_nought" for one in noughts)
    )


def raised(trace: Trace, path: str, own: Operand, others: Sequence[Operand]) -> Step:
    """A weight with those that were passed on to it."""
    value = sum((number(one) for one in others), number(own))
    into = f"{path}.weight.raised"
    return trace.add(into, "contribution", "take_weight", (own, *others), value)
