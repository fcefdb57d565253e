"""An incentive plan, with its defaults made explicit."""

from decimal import Decimal

from perfrules.language.source import Source
from perfrules.model.incentive import (
    ByGrade,
    IncentivePlan,
    MarginalTiers,
    Slice,
    Tier,
    WholeTiers,
)
from perfrules.model.scoring import Constant

__all__ = ["incentive_from"]

_ZERO = Decimal(0)


def incentive_from(name: str, plan: Source) -> IncentivePlan:
    """The plan called `name`; an expression that is wrong is a finding and left out."""
    return IncentivePlan(
        name=name,
        title=plan.title(name),
        base=plan.formula("base"),
        rate=_rate(plan),
        times=plan.formulas("times"),
        only_if=plan.formula("only_if"),
        limits=plan.limits(),
        path=plan.path,
        place=plan.addresses.place(plan.path),
        moves=plan.word("moves", "by_days"),  # type: ignore[arg-type]
    )


def _rate(plan: Source) -> WholeTiers | MarginalTiers | ByGrade | None:
    if "by_grade" in plan:
        rates = plan.below("by_grade")
        constants = (
            (grade, rates.constant(grade) or Constant(_ZERO, rates.at(grade)))
            for grade in rates.node.entries
        )
        return ByGrade(tuple(constants), rates.path, plan.place("by_grade"))
    tiers = plan.below("tiers")
    by = tiers.formula("by")
    if by is None:
        return None
    if "whole" in tiers:
        rows = tuple(
            Tier(
                row.number("at_least"),
                row.number("pay") if "pay" in row else row.number("otherwise") or _ZERO,  # type: ignore[arg-type]
                row.path,
                row.addresses.place(row.path),
            )
            for row in tiers.rows("whole")
        )
        return WholeTiers(by, rows, tiers.at("whole"), tiers.place("whole"))
    rows_up = list(tiers.rows("marginal"))
    starts = [row.number("from") or _ZERO for row in rows_up]
    slices = tuple(
        Slice(
            start,
            until,
            row.constant("rate") or Constant(_ZERO, row.at("rate")),
            row.path,
            row.addresses.place(row.path),
        )
        for row, start, until in zip(rows_up, starts, [*starts[1:], None], strict=True)
    )
    return MarginalTiers(by, slices, tiers.at("marginal"), tiers.place("marginal"))
