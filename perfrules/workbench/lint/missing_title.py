"""An indicator, adjustment, veto or incentive without a title: people would read its id."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.model.policy import Policy
from perfrules.reading.addresses import Addresses

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """One finding for each thing that reports name."""
    named = (
        *policy.sections,
        *policy.indicators,
        *policy.adjustments,
        *policy.vetoes,
        *policy.incentives,
    )
    if "title" not in policy.places:
        facts = {"name": policy.id}
        yield Diagnostic("missing-title", at.key("policy"), facts, severity="warning")
    for one in named:
        if f"{one.path}.title" not in policy.places:
            facts = {"name": one.name}
            yield Diagnostic("missing-title", at.key(one.path), facts, severity="warning")
