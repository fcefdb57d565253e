"""A policy without grades: a total that nobody can read."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.language.addresses import Addresses
from perfrules.model.policy import Policy

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """One finding at the policy's id."""
    if not policy.grades:
        facts = {"name": policy.id}
        yield Diagnostic("missing-grades", at.key("policy"), facts, severity="warning")
