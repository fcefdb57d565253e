"""`missing: zero` where a nought is outside the range: a missing figure would be an error."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.language.addresses import Addresses
from perfrules.model.policy import Policy
from perfrules.model.scoring import Direct

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Direct scores whose range does not hold 0."""
    for one in policy.indicators:
        score = one.score
        if one.missing == "zero" and isinstance(score, Direct) and not score.low <= 0 <= score.high:
            facts = {"name": one.name}
            place = at.value(f"{one.path}.missing")
            yield Diagnostic("zero-out-of-range", place, facts, severity="warning")
