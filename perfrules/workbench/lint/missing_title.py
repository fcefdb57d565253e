"""An indicator, adjustment, veto or incentive without a title: people would read its id."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.language.addresses import Addresses
from perfrules.model.policy import Policy

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """One finding for each thing that reports name."""
    named = [(one.name, one.path) for one in policy.sections]
    named += [(one.name, one.path) for one in policy.indicators]
    named += [(one.name, one.path) for one in policy.adjustments]
    named += [(one.name, one.path) for one in policy.vetoes]
    named += [(one.name, one.path) for one in policy.incentives]
    if "title" not in policy.places:
        facts = {"name": policy.id}
        yield Diagnostic("missing-title", at.key("policy"), facts, severity="warning")
    for name, path in named:
        # A Chinese id is as good as a title.
        if f"{path}.title" not in policy.places and name.isascii():
            yield Diagnostic("missing-title", at.key(path), {"name": name}, severity="warning")
