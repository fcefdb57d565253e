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
        own = row.threshold
        if limit is None or own is None or isinstance(own.at, str):
            continue
        if own.at > limit.value or (own.is_open and own.at == limit.value):
            facts = {"grade": row.grade, "threshold": plain(own.at)}
            facts["limit"] = plain(limit.value)
            place = at.value(f"{row.path}.{own.word}")
            yield Diagnostic("unreachable-grade", place, facts, severity="warning")
