"""`missing: zero` where a nought is the best of all figures: silence would be rewarded."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.language.addresses import Addresses
from perfrules.model.bands import Bands
from perfrules.model.policy import Policy
from perfrules.model.scoring import PerUnit

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Costs that are lower_is_better, and points off for each incident."""
    for one in policy.indicators:
        score = one.score
        cost = (
            one.direction == "lower_is_better"
            and isinstance(score, Bands)
            and score.on == "attainment"
        )
        incidents = (
            isinstance(score, PerUnit)
            and score.on == "actual"
            and score.side == "above"
            and score.points < 0
        )
        if one.missing == "zero" and (cost or incidents):
            facts = {"name": one.name}
            place = at.value(f"{one.path}.missing")
            yield Diagnostic("flattering-zero", place, facts, severity="warning")
