"""Pools: a sum of money that a group shares, to the smallest unit, so that nothing is left."""

from decimal import Decimal

from perfrules.evaluation.expression import condition, figure
from perfrules.evaluation.names import Names
from perfrules.evaluation.trace import Refusal, Trace, number
from perfrules.exact import divided, plain, rounded
from perfrules.model.appraisal import Step
from perfrules.model.grading import Veto
from perfrules.model.population import Pool
from perfrules.model.rounding import Rounding
from perfrules.model.standing import Alone, Figures, Share

__all__ = ["shared"]


def shared(trace: Trace, names: Names, pool: Pool, vetoes: tuple[Veto, ...]) -> Step:
    """The subject's part of the pool, an amount of money.

    The part is cut to whole units first; the units that are over go to the largest remainders.
    Raises `Refusal` for a negative share, or an amount finer than money is.
    """
    path, pay = f"pools.{pool.name}", f"pay.{pool.name}"
    if pool.only_if is not None:
        met = condition(trace, f"{path}.only_if", "pay", pool.only_if, names.anywhere)
        if not met.value:
            return trace.add(pay, "pay", "gate", (met,), Decimal(0), "skipped", pool.only_if)
    amount = figure(trace, f"{path}.amount", "pay", pool.amount, names.anywhere)
    share = figure(trace, f"{path}.share", "pay", pool.share_by, names.anywhere)
    paying = [(veto, veto.then.pay) for veto in vetoes if veto.then.pay is not None]
    for row, (veto, factor) in enumerate(paying, 1):
        into = f"{path}.share.vetoed" if row == 1 else f"{path}.share.vetoed.{row}"
        value = number(share) * factor.value
        share = trace.add(into, "pay", "multiply", (share, factor), value, rule=veto)
    rounding = trace.policy.rounding.pay
    _refuse_meaningless(pool, amount, share, rounding.places)
    if pool.scale == "down_only":
        share = _payable(trace, f"{path}.share", share, rounding)
    place = trace.stands(Figures(path, amount=number(amount), share=number(share)))
    if isinstance(place, Alone):
        return trace.add(path, "pay", "alone", (), False, "skipped", pool)
    assert isinstance(place, Share)
    shares = trace.from_group(f"{path}.shares", place.shares, place)
    if pool.scale == "down_only" and place.shares <= number(amount):
        operands = (share, shares, amount)
        return trace.add(pay, "pay", "in_full", operands, number(share), rule=pool)
    left = trace.from_group(f"{path}.left", place.left, place)
    ahead = trace.from_group(f"{path}.ahead", place.ahead, place)
    cut = divided(number(amount) * number(share), number(shares), rounding.places, "floor")
    part = trace.add(
        f"{pay}.part", "pay", "part", (amount, share, shares), cut, rule=pool, rounding=rounding
    )
    unit = Decimal(1).scaleb(-rounding.places) if place.ahead < place.left else Decimal(0)
    handed_out = (part, left, ahead)
    return trace.add(pay, "pay", "allocate", handed_out, cut + unit, rule=pool, rounding=rounding)


def _payable(trace: Trace, path: str, share: Step, rounding: Rounding) -> Step:
    """A share that is an amount of money, rounded like any other before it is compared: rounded
    afterwards, the amounts could come to more than the pool."""
    value = rounded(number(share), rounding.places, rounding.mode)
    if value == number(share):
        return share
    return trace.add(f"{path}.rounded", "pay", "round", (share,), value, rounding=rounding)


def _refuse_meaningless(pool: Pool, amount: Step, share: Step, places: int) -> None:
    if number(share) < 0:
        facts = {"name": pool.name, "value": plain(number(share))}
        raise Refusal("negative-share", pool.share_by.place, **facts)
    value = number(amount)
    if value < 0 or rounded(value, places, "down") != value:
        facts = {"name": pool.name, "value": plain(value), "places": str(places)}
        raise Refusal("pool-not-payable", pool.amount.place, **facts)
