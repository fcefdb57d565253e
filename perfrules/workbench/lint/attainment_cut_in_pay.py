"""An attainment that is cut to few places and multiplies money."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfrules.diagnostics import Diagnostic
from perfrules.exact import percent, plain
from perfrules.formula import Formula
from perfrules.language.addresses import Addresses
from perfrules.model.incentive import IncentivePlan, MarginalTiers
from perfrules.model.policy import Policy

__all__ = ["find"]

_ENOUGH: Final = 8
"""At so many places less than a cent is lost of each million."""

_MILLION: Final = Decimal(1000000)
_HALVES: Final = ("half_up", "half_even")


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """The most that a payout can be off, as a share of what the attainment multiplies."""
    rounding = policy.rounding.attainment
    if rounding.places >= _ENOUGH:
        return
    unit = Decimal(1).scaleb(-rounding.places)
    off = unit / 2 if rounding.mode in _HALVES else unit
    for plan in policy.incentives:
        for formula, share in _multiplying(plan):
            names = [name for name in formula.names if name.rpartition(".")[2] == "attainment"]
            if not names:
                continue
            facts = {
                "name": names[0], "plan": plan.name, "places": str(rounding.places),
                "share": percent(off * share), "cost": plain(off * share * _MILLION),
            }  # fmt: skip
            place = at.value(formula.path)
            yield Diagnostic("attainment-cut-in-pay", place, facts, severity="warning")
            break


def _multiplying(plan: IncentivePlan) -> Iterator[tuple[Formula, Decimal]]:
    """The expressions whose value is multiplied into money, each with the rate that goes with it:
    of slices the highest. A tier only compares."""
    for formula in (plan.base, *plan.times):
        if formula is not None:
            yield formula, Decimal(1)
    if isinstance(plan.rate, MarginalTiers):
        rates = [row.rate.value for row in plan.rate.rows if row.rate is not None]
        yield plan.rate.by, max(rates, default=Decimal(1))
