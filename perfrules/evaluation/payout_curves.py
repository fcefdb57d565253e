"""From a figure to money by a table: slopes of a rate, and slices at their own price."""

from decimal import Decimal

from perfrules.evaluation.attainment import place_of, quotient_of
from perfrules.evaluation.expression import figure
from perfrules.evaluation.names import Names
from perfrules.evaluation.trace import Chain, Refusal, Trace, number
from perfrules.exact import divided, plain
from perfrules.formula import Formula
from perfrules.model.appraisal import Operand, Step
from perfrules.model.incentive import MarginalTiers, Tier

__all__ = ["slices", "sloped"]


def sloped(
    trace: Trace, path: str, tier: Tier, beside: tuple[Tier, ...], base: Operand, by: Step
) -> Chain:
    """The base at a rate on a straight line, from `pay` at the tier's limit to `high` at `until`.

    The tier is that of the figure as it was rounded. The place on the line is that of the exact
    quotient, within the ends of the line: neither it nor the rate need have an end, so that the
    amount is rounded once, by `rounding.division`.
    """
    limit, until, high = tier.threshold, tier.until, tier.high
    assert limit is not None
    assert isinstance(limit.at, Decimal)
    assert until is not None
    assert high is not None
    parts, numerator, denominator = quotient_of(by)
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    low = limit.at
    first, last = sorted((low, until))
    if numerator <= first * denominator:
        numerator, denominator = first, Decimal(1)
    elif numerator >= last * denominator:
        numerator, denominator = last, Decimal(1)
    width = until - low
    way = numerator - low * denominator
    exact = number(base) * (tier.pay * width * denominator + way * (high - tier.pay))
    rounding = trace.policy.rounding.division
    value = divided(exact, width * denominator, rounding.places, rounding.mode)
    return Chain(
        trace, path, "pay", "sloped", "slope_pay", by, base, *parts, value=value, rule=tier,
        rounding=rounding, not_taken=beside,
    )  # fmt: skip


def slices(trace: Trace, names: Names, tiers: MarginalTiers, path: str) -> list[Step]:
    """What each slice that the figure reaches into earns: its part of the figure x its price.

    Where the tiers are `of` a quota, that is what their ends are shares of.
    """
    by = figure(trace, f"{path}.by", "pay", tiers.by, names.anywhere)
    quota = () if tiers.of is None else (_quota(trace, names, tiers.of, f"{path}.of"),)
    operation = "quota_slice" if quota else "slice"
    amount, whole = number(by), number(quota[0]) if quota else Decimal(1)
    steps = []
    for place, row in enumerate(tiers.rows, 1):
        start = row.start * whole
        if amount > start:
            end = amount if row.until is None else min(amount, row.until * whole)
            value = (end - start) * row.price.value
            into, operands = f"{path}.slices.{place}", (by, *quota, row.price)
            steps.append(trace.add(into, "pay", operation, operands, value, rule=row))
    return steps


def _quota(trace: Trace, names: Names, formula: Formula, path: str) -> Step:
    """A quota, of which there are shares only where it is above nought."""
    quota = figure(trace, path, "pay", formula, names.anywhere)
    if number(quota) <= 0:
        facts = {"name": formula.text, "value": plain(number(quota))}
        raise Refusal("quota-not-positive", place_of(quota) or formula.place, **facts)
    return quota
