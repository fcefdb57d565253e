"""A policy without a first day: a later version could not be told from it."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.language.addresses import Addresses
from perfrules.model.policy import Policy

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """One finding at the policy's id."""
    if policy.effective.start is None:
        facts = {"name": policy.id}
        yield Diagnostic("missing-dates", at.key("policy"), facts, severity="warning")
