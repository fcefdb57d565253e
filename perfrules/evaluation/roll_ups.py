"""The figure of a team, department or project from the figures of its members."""

from collections.abc import Sequence
from decimal import Decimal

from perfrules.evaluation.attainment import number_of
from perfrules.evaluation.trace import Refusal, Trace, number
from perfrules.exact import divided, within_limit
from perfrules.model.appraisal import Operand, Step
from perfrules.model.indicator import Indicator, RollUp
from perfrules.model.rounding import Rounding
from perfrules.model.scorecard import Member

__all__ = ["rolled_up"]


def rolled_up(
    trace: Trace, indicator: Indicator, rule: RollUp, what: str, members: Sequence[Member]
) -> Step:
    """The step of the unit's actual or target; raises `Refusal` where it has no members."""
    if not members:
        raise Refusal("no-members", rule.place, name=indicator.name, figure=rule.of)
    below = f"{indicator.path}.{'members' if what == 'actual' else 'target_members'}"
    figures: list[Step] = []
    weights: list[Step] = []
    for row, member in enumerate(members, 1):
        step = trace.given(f"{below}.{row}", member.figure)
        number_of(step, rule.of)
        figures.append(step)
        if member.weight is not None:
            weight = trace.given(f"{below}.{row}.weight", member.weight)
            number_of(weight, rule.weight or "")
            weights.append(weight)
    rounding = trace.policy.rounding.division
    path = f"{indicator.path}.{what}"
    values = [number(step) for step in figures]
    operands: tuple[Operand, ...] = tuple(figures)
    paired = tuple(step for pair in zip(figures, weights, strict=False) for step in pair)
    rounded_by: Rounding | None = None
    if rule.by == "sum":
        value = within_limit(sum(values, Decimal(0)))
    elif rule.by == "weighted_sum":
        operands = paired
        value = within_limit(_products(values, weights))
    elif rule.by == "min":
        value = min(values)
    elif rule.by == "max":
        value = max(values)
    else:
        rounded_by = rounding
        total, over = sum(values, Decimal(0)), Decimal(len(values))
        if weights:
            operands, total = paired, _products(values, weights)
            over = sum((number(step) for step in weights), Decimal(0))
        if not over:
            raise Refusal("division-by-zero", rule.place, name=indicator.name)
        value = divided(total, over, rounding.places, rounding.mode)
    return trace.add(path, "datum", "roll_up", operands, value, rule=rule, rounding=rounded_by)


def _products(values: Sequence[Decimal], weights: Sequence[Step]) -> Decimal:
    """The sum of value x weight."""
    pairs = zip(values, weights, strict=True)
    return sum((value * number(weight) for value, weight in pairs), Decimal(0))
