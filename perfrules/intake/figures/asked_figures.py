"""What a policy needs to be told of each indicator: the figures that people have to fill in."""

from collections.abc import Iterator, Sequence

from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.weights import GivenWeight

__all__ = ["figures_of"]


def figures_of(policies: Sequence[Policy]) -> Iterator[tuple[Policy, Indicator, str]]:
    """What has to be filled in for a role: the parts of each indicator that come with the data."""
    seen: set[str] = set()
    for policy in policies:
        for indicator in policy.indicators:
            if indicator.name in seen:
                continue
            seen.add(indicator.name)
            if isinstance(indicator.weight, GivenWeight):
                yield policy, indicator, "weight"
            if isinstance(indicator.score, Ratings):
                yield from ((policy, indicator, name) for name in indicator.figures)
                continue
            rolled = indicator.actual_from_members is not None or indicator.from_history is not None
            if indicator.reads_actual and not rolled:
                yield policy, indicator, "actual"
            if indicator.target != "none" and indicator.target_from_members is None:
                yield policy, indicator, "target"
            if indicator.baseline == "required":
                yield policy, indicator, "baseline"
            yield from ((policy, indicator, name) for name in indicator.figures)
