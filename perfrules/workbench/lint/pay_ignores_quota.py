"""Pay that follows the total where quotas move the grade: who is moved down is paid as before."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.formula import Formula
from perfrules.language.addresses import Addresses
from perfrules.language.formulas_of_policy import formulas_of_plan
from perfrules.model.incentive import ByGrade, IncentivePlan
from perfrules.model.policy import Policy
from perfrules.model.population import Pool

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Incentives and pools that read the total and not the grade, each where it first does."""
    if policy.distribution is None:
        return
    rules: tuple[IncentivePlan | Pool, ...] = (*policy.incentives, *policy.pools)
    for rule in rules:
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
    if isinstance(rule, IncentivePlan):
        yield from formulas_of_plan(rule)
        return
    yield from (rule.amount, rule.share_by)
    if rule.only_if is not None:
        yield rule.only_if
