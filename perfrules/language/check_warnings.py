"""Warnings of progress: of an indicator that there is, and that has figures to be compared."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic, nearest
from perfrules.exact import percent
from perfrules.language.addresses import Addresses
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scoring import Levels, YesNo

__all__ = ["has_progress", "warnings_fit"]


def has_progress(indicator: Indicator) -> bool:
    """Whether an indicator has a figure week by week that a target can be set for: a number whose
    attainment, where the policy writes it as a formula, reads nothing of other indicators."""
    if isinstance(indicator.score, Levels | Ratings | YesNo):
        return False
    own = {
        word for what in ("actual", "target", "baseline")
        for word in (what, f"{indicator.name}.{what}")
    }  # fmt: skip
    return indicator.attainment is None or own.issuperset(indicator.attainment.names)


def warnings_fit(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Unknown indicators, those without a number, and lines that nothing can be below."""
    for warning in policy.warnings:
        name, place = warning.indicator, at.value(f"{warning.path}.indicator")
        indicator = policy.indicator.get(name)
        if indicator is None:
            known = [one.name for one in policy.indicators]
            facts = {"indicator": name, "policy": policy.label, "known": ", ".join(known)}
            titles = {one.name: one.title for one in policy.indicators}
            near = nearest(name, known, titles)
            yield Diagnostic("unknown-indicator", place, {**facts, **near})
        elif not has_progress(indicator):
            yield Diagnostic("nothing-to-watch", place, {"indicator": name})
        if warning.below.value <= 0:
            line = at.value(warning.below.path)
            shown = percent(warning.below.value)
            yield Diagnostic("not-positive", line, {"key": "below", "value": shown})
