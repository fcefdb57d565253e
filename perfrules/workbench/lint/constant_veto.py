"""A veto whose condition reads no event and no figure: it holds always or never."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.language.addresses import Addresses
from perfrules.model.policy import Policy

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Conditions made of constants only."""
    for veto in policy.vetoes:
        if not veto.when.names:
            facts = {"name": veto.name, "text": veto.when.text}
            place = at.value(f"{veto.path}.when")
            yield Diagnostic("constant-veto", place, facts, severity="warning")
