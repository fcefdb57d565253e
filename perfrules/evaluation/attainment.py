"""From actual and target to attainment.

Three ratio forms, or the policy's own formula. The quotient is rounded once, straight from
the two figures, by `rounding.attainment`.
"""

from decimal import Decimal

from perfrules.evaluation.expression import Lookup, figure
from perfrules.evaluation.trace import Chain, Refusal, Trace, number
from perfrules.exact import OutOfRange, divided, plain
from perfrules.model.appraisal import Operand, Step
from perfrules.model.following import TargetRule
from perfrules.model.indicator import Indicator
from perfrules.model.scorecard import Datum
from perfrules.model.written import Constant

__all__ = ["attainment", "given_or_fixed", "number_of", "place_of", "quotient_of"]


def number_of(step: Step, name: str) -> Decimal:
    """The number that a step holds; raises `Refusal` where it holds a word."""
    if isinstance(step.value, Decimal):
        return step.value
    raise Refusal("not-a-figure", place_of(step), name=name, value=step.value)


def place_of(step: Step) -> str:
    """Where a value came from: the data, or the line of the policy."""
    if step.origin is not None and step.origin.place:
        return step.origin.place
    return step.rule.place if step.rule is not None else ""


def given_or_fixed(
    trace: Trace, indicator: Indicator, what: str, datum: Datum | None, need: str | Constant,
    row: str = "", into: str = "",
) -> Step | None:  # fmt: skip
    """The target or baseline: the data's, else the policy's number.

    None where the policy has none; what the data may say of it is then not looked at.

    Raises `Refusal` (`missing-target`, `missing-baseline`) where the policy requires one; its
    place is `row`, where the data speak of the indicator, or else the policy's line. The step's
    path is `into`, the figure's own by default.
    """
    if need == "none":
        return None
    path = into or f"{indicator.path}.{what}"
    if datum is not None:
        step = trace.given(path, datum)
        number_of(step, f"{indicator.name}.{what}")
        return step
    if isinstance(need, Constant):
        return trace.add(path, "datum", "from_policy", (need,), need.value, rule=need)
    if need == "required":
        facts = {"indicator": indicator.called, "cell": f"{indicator.name}.{what}"}
        raise Refusal(f"missing-{what}", row or indicator.place, **facts)
    return None


def attainment(
    trace: Trace,
    indicator: Indicator,
    actual: Step | None,
    target: Step | None,
    baseline: Step | None,
    lookup: Lookup,
) -> Step:
    """The attainment of an indicator, a ratio."""
    path = f"{indicator.path}.attainment"
    rounding = trace.policy.rounding.attainment
    if indicator.attainment is not None:
        own = figure(trace, f"{path}.formula", "attainment", indicator.attainment, lookup)
        chain = Chain(trace, path, "attainment", "unrounded", "same", own, value=number(own))
        chain.round(rounding)
        return chain.end()
    # The policy's checks see to it that there is a target.
    assert actual is not None
    assert target is not None
    if baseline is not None:
        numerator = number(actual) - number(baseline)
        denominator = number(target) - number(baseline)
        operation, operands = "improvement", [actual, target, baseline]
        if not denominator:
            raise Refusal("division-by-zero", place_of(target), name=path)
    else:
        _refuse_meaningless(indicator, actual, target)
        if indicator.direction == "lower_is_better" and not actual.value:
            return _of_zero_actual(trace, indicator, actual, path)
        if isinstance(target.rule, TargetRule) and target.operation == "divide":
            # A mean over time may have no end: the attainment comes straight from its two parts.
            total, weights = (trace.steps[part.path] for part in target.operands if part.path)
            numerator, denominator = number(actual) * number(weights), number(total)
            operation, operands = "divide_weighted", [actual, total, weights]
            if indicator.direction == "lower_is_better":
                numerator, denominator = denominator, numerator
        elif indicator.direction == "higher_is_better":
            numerator, denominator = number(actual), number(target)
            operation, operands = "divide", [actual, target]
        else:
            numerator, denominator = number(target), number(actual)
            operation, operands = "divide", [target, actual]
    try:
        value = divided(numerator, denominator, rounding.places, rounding.mode)
    except OutOfRange:
        raise Refusal("number-out-of-range", place_of(actual), name=path) from None
    return trace.add(
        path, "attainment", operation, tuple(operands), value, rule=indicator, rounding=rounding
    )


def quotient_of(step: Step) -> tuple[tuple[Operand, ...], Decimal, Decimal]:
    """Of an attainment the figures of which it is the quotient, and what is divided by what.

    Of the policy's own formula it is the value before it was rounded. Any other value is its own
    quotient by 1, and there are no figures.
    """
    if step.kind == "attainment":
        read = [value for one in step.operands if isinstance(value := one.value, Decimal)]
        match step.operation, read:
            case "divide", [top, under]:
                return step.operands, top, under
            case "improvement", [actual, target, baseline]:
                return step.operands, actual - baseline, target - baseline
            case "divide_weighted", [actual, total, weights]:
                assert isinstance(step.rule, Indicator)
                both = actual * weights, total
                if step.rule.direction == "lower_is_better":
                    both = total, actual * weights
                return (step.operands, *both)
            case "round", [unrounded]:
                return step.operands, unrounded, Decimal(1)
    return (), number(step), Decimal(1)


def _refuse_meaningless(indicator: Indicator, actual: Step, target: Step) -> None:
    wanted, reached = number(target), number(actual)
    if wanted <= 0:
        code = "negative-target" if wanted else "zero-target"
        raise Refusal(code, place_of(target), indicator=indicator.called, value=plain(wanted))
    if indicator.direction == "lower_is_better" and reached < 0:
        place, shown = place_of(actual), plain(reached)
        raise Refusal("negative-actual", place, indicator=indicator.called, value=shown)


def _of_zero_actual(trace: Trace, indicator: Indicator, actual: Step, path: str) -> Step:
    """Lower is better and nothing was spent: what the policy says that counts as."""
    fixed = indicator.zero_actual
    if fixed is None:
        raise Refusal("zero-actual", place_of(actual), indicator=indicator.called)
    return trace.add(path, "attainment", "zero_actual", (actual, fixed), fixed.value, rule=fixed)
