"""A quantitative indicator without a unit: 5000 of what?"""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.language.addresses import Addresses
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scoring import Levels, YesNo

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Indicators that are numbers and do not say of what."""
    for one in policy.indicators:
        word = isinstance(one.score, Levels | Ratings | YesNo)
        if one.unit is None and one.reads_actual and not word:
            facts = {"name": one.name}
            yield Diagnostic("missing-unit", at.key(one.path), facts, severity="warning")
