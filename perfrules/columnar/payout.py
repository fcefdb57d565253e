"""From performance to money, by columns: base x rate x factors, gated, less what comes off, cut,
vetoed, rounded.

The twin of `evaluation/payout.py`.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from perfrules.columnar.expression import condition, figure
from perfrules.columnar.grading import Held
from perfrules.columnar.lanes import Num, added, constant, less, multiplied, picked, scaled_constant
from perfrules.columnar.names import Names
from perfrules.columnar.pay_limits import kept_between, money_limits
from perfrules.columnar.payout_curves import slices, sloped
from perfrules.columnar.rounding import round_as
from perfrules.columnar.sheet import Sheet
from perfrules.columnar.table import reached
from perfrules.model.grading import Veto
from perfrules.model.incentive import ByGrade, IncentivePlan, MarginalTiers, WholeTiers

__all__ = ["paid", "veto_shares"]

_NOUGHT: Final = scaled_constant(0, 0)
_ONE: Final = scaled_constant(1, 0)


def paid(sheet: Sheet, names: Names, plan: IncentivePlan, vetoes: Sequence[Held]) -> Num:
    """The payout of one incentive plan, an amount of money."""
    met: pl.Expr | None = None
    if plan.only_if is not None:
        met = condition(sheet, names, plan.only_if)
    with sheet.at(plan.path, plan.place), sheet.within(met):
        value = sheet.limited(_earned(sheet, names, plan))
        if plan.less:
            off = [figure(sheet, names, one) for one in plan.less]
            value = sheet.limited(less(value, added(*off)))
        low, high = money_limits(sheet, names, plan)
        value = kept_between(value, low, high)
        for share in veto_shares(vetoes):
            value = sheet.limited(multiplied(value, share))
        value = sheet.limited(round_as(sheet, sheet.kept(value), names.policy.rounding.pay))
        return value if met is None else sheet.kept(picked(met, value, _NOUGHT))


def veto_shares(vetoes: Sequence[Held]) -> list[Num]:
    """What each veto leaves of the pay: its share where it holds, all of it elsewhere."""
    shares = [(held.holds, _pay_of(held.veto)) for held in vetoes]
    return [picked(holds, share, _ONE) for holds, share in shares if share is not None]


def _pay_of(veto: Veto) -> Num | None:
    return None if veto.then.pay is None else constant(veto.then.pay.value)


def _earned(sheet: Sheet, names: Names, plan: IncentivePlan) -> Num:
    """base x rate x factors; the slices of marginal tiers are added up first."""
    factors: list[Num] = []
    if plan.base is not None:
        factors.append(figure(sheet, names, plan.base))
    match plan.rate:
        case WholeTiers() as tiers:
            return _whole(sheet, names, plan, tiers, factors)
        case ByGrade() as by_grade:
            grade, rate = names.word("grade"), _NOUGHT
            for one in reversed(by_grade.rates):
                rate = picked(grade.equals(one.name), constant(one.rate.value), rate)
            factors.append(rate)
        case MarginalTiers() as tiers:
            factors.append(sheet.limited(slices(sheet, names, tiers)))
    factors += _times(sheet, names, plan)
    return multiplied(_ONE, *factors)


def _whole(
    sheet: Sheet, names: Names, plan: IncentivePlan, tiers: WholeTiers, factors: list[Num]
) -> Num:
    """The whole base at the rate of the tier reached; on a slope, at a rate of its own."""
    by = sheet.kept(figure(sheet, names, tiers.by))
    rows = reached(tiers.rows, by)
    if all(tier.high is None for tier, _ in rows):
        rate = _NOUGHT
        for tier, holds in reversed(rows):
            own = constant(tier.pay)
            rate = own if holds is None else picked(holds, own, rate)
        return multiplied(_ONE, *factors, rate, *_times(sheet, names, plan))
    (base,) = factors
    times = _times(sheet, names, plan)
    quotient = names.quotients.get(tiers.by.text, (by, _ONE))
    amount = _NOUGHT
    below: pl.Expr = pl.lit(True)
    for tier, holds in rows:
        here = sheet.column(below if holds is None else below & holds)
        if tier.high is None:
            own = multiplied(base, constant(tier.pay))
        else:
            with sheet.within(here):
                own = sheet.limited(sloped(sheet, names, tier, base, quotient))
        amount = picked(here, own, amount)
        if holds is not None:
            below = sheet.column(below & ~holds)
    return multiplied(sheet.kept(amount), *times)


def _times(sheet: Sheet, names: Names, plan: IncentivePlan) -> list[Num]:
    """The further factors."""
    return [figure(sheet, names, one) for one in plan.times]
