"""An indicator that does not say where its figure comes from."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.language.addresses import Addresses
from perfrules.model.policy import Policy

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Indicators with data of their own and no `source`."""
    for one in policy.indicators:
        if one.source is None and one.reads_actual:
            facts = {"name": one.name}
            yield Diagnostic("missing-source", at.key(one.path), facts, severity="warning")
