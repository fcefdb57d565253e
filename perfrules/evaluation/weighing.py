"""Values by weight: of raters' groups, of indicators in a section, of sections in the total."""

from collections.abc import Sequence
from decimal import Decimal

from perfrules.evaluation.trace import Chain, Refusal, Trace
from perfrules.exact import divided
from perfrules.model.appraisal import Kind, Step
from perfrules.model.written import Constant

__all__ = ["weighed"]


def weighed(
    trace: Trace,
    path: str,
    kind: Kind,
    parts: Sequence[tuple[Step, Constant]],
    *,
    complete: bool,
) -> Chain:
    """The sum of value x weight; over the sum of the weights where parts were left out.

    Raises `Refusal` (`nothing-to-count`) where no weight is left.
    """
    if not any(weight.value for _, weight in parts):
        raise Refusal("nothing-to-count", trace.policy.places.get("indicators", ""))
    contributions = []
    total, weights = Decimal(0), Decimal(0)
    for step, weight in parts:
        assert isinstance(step.value, Decimal)
        value = step.value * weight.value
        contributions.append(
            trace.add(
                f"{step.path}.weighted", "contribution", "multiply", (step, weight), value,
                rule=weight,
            )
        )  # fmt: skip
        total += value
        weights += weight.value
    chain = Chain(trace, path, kind, "sum", "sum", *contributions, value=total)
    if not complete:
        terms = tuple(weight for _, weight in parts)
        left = trace.add(f"{path}.weights", kind, "sum", terms, weights)
        rounding = trace.policy.rounding.division
        value = divided(total, weights, rounding.places, rounding.mode)
        chain.then("share", "divide", left, value=value, rounding=rounding)
    return chain
