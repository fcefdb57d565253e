"""A grade above the highest total that the policy allows."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.exact import plain
from perfrules.language.addresses import Addresses
from perfrules.model.policy import Policy

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Grades whose threshold lies above `total.at_most`."""
    limit = policy.total.at_most
    for row in policy.grades:
        if limit is not None and row.at_least is not None and row.at_least > limit.value:
            facts = {"grade": row.grade, "threshold": plain(row.at_least)}
            facts["limit"] = plain(limit.value)
            place = at.value(f"{row.path}.at_least")
            yield Diagnostic("unreachable-grade", place, facts, severity="warning")
