"""Values by weight: of raters' groups, of indicators in a section, of sections in the total."""

from collections.abc import Sequence
from decimal import Decimal

from perfrules.evaluation.trace import Chain, Refusal, Trace, number
from perfrules.exact import divided
from perfrules.model.appraisal import Kind, Operand, Rule, Step
from perfrules.model.rounding import Rounding

__all__ = ["Part", "weighed"]

Part = tuple[Step, Operand, Rule]
"""A value, the weight that counts, and the line of the policy that says so."""


def weighed(
    trace: Trace,
    path: str,
    kind: Kind,
    parts: Sequence[Part],
    *,
    complete: bool,
    rounding: Rounding | None = None,
) -> Chain:
    """The sum of value x weight; over the sum of the weights where these do not make up a whole.

    `rounding` is that of the quotient, `rounding.division` where it is None.

    Raises `Refusal` (`nothing-to-count`) where no weight is left.
    """
    if not any(weight.value for _, weight, _ in parts):
        raise Refusal("nothing-to-count", trace.policy.places.get("indicators", ""))
    contributions = []
    total, weights = Decimal(0), Decimal(0)
    for step, weight, rule in parts:
        share = number(weight)
        value = number(step) * share
        contributions.append(
            trace.add(
                f"{step.path}.weighted", "contribution", "multiply", (step, weight), value,
                rule=rule,
            )
        )  # fmt: skip
        total += value
        weights += share
    chain = Chain(trace, path, kind, "sum", "sum", *contributions, value=total)
    if not complete:
        terms = tuple(weight for _, weight, _ in parts)
        left = trace.add(f"{path}.weights", kind, "sum", terms, weights)
        rounding = rounding or trace.policy.rounding.division
        value = divided(total, weights, rounding.places, rounding.mode)
        chain.then("share", "divide", left, value=value, rounding=rounding)
    return chain
