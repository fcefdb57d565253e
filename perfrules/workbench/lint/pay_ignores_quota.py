"""Pay that follows the total where quotas move the grade: who is moved down is paid as before."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.formula import Formula
from perfrules.language.addresses import Addresses
from perfrules.model.incentive import ByGrade, IncentivePlan, MarginalTiers, WholeTiers
from perfrules.model.policy import Policy
from perfrules.model.population import Pool

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Incentives and pools that read the total and not the grade, each where it first does."""
    if policy.distribution is None:
        return
    paying: tuple[IncentivePlan | Pool, ...] = (*policy.incentives, *policy.pools)
    for rule in paying:
        formulas = list(_formulas(rule))
        by_grade = isinstance(rule, IncentivePlan) and isinstance(rule.rate, ByGrade)
        if by_grade or any("grade" in one.names for one in formulas):
            continue
        reading = next((one for one in formulas if "total" in one.names), None)
        if reading is not None:
            place = at.value(reading.path)
            yield Diagnostic("pay-ignores-quota", place, {"name": rule.name}, severity="warning")


def _formulas(rule: IncentivePlan | Pool) -> Iterator[Formula]:
    """All that decides what is paid."""
    found: tuple[Formula | None, ...]
    if isinstance(rule, Pool):
        found = (rule.amount, rule.share_by, rule.only_if)
    else:
        rate = rule.rate
        by = rate.by if isinstance(rate, WholeTiers | MarginalTiers) else None
        found = (rule.base, by, *rule.times, rule.only_if)
    yield from (one for one in found if one is not None)
