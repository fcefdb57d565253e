"""What only the traces know: grades before quotas, where people stand on curves, ratings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from perfrules.exact import divided
from perfrules.model.review import Before
from perfrules.papers.charts.from_policy import figures_of
from perfrules.records.read import ResultFolder
from perfrules.records.report.trace_scan import Found, found_in

__all__ = ["Ratings", "Traced", "traced"]

Ratings = Mapping[str, Mapping[str, tuple[Decimal, ...]]]
"""By indicator and group of raters."""

_SIZE: Final = "distribution.size"
_CAPPED: Final = "grade.capped"
_BY_TOTAL: Final = "grade.by_total"
_BEFORE: Final = "previous.total"


@dataclass(slots=True)
class Traced:
    """Of subjects with a result: `before` has the group of quotas of each and the grade before
    them, `standings` the figures on curves by policy, plan and subject, `ratings` those of whole
    cycles by subject, of segments by the segment's own id (`E1005#1`); `totals` the totals of the
    cycle before that rules read, and `labels` the policy of each record.
    """

    before: dict[str, tuple[str, str]] = field(default_factory=dict)
    standings: dict[tuple[str, str], dict[str, Decimal]] = field(default_factory=dict)
    ratings: dict[str, Ratings] = field(default_factory=dict)
    totals: dict[str, Before] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


def traced(results: ResultFolder, policies: Mapping[str, Mapping[str, Any]]) -> Traced:
    """Reads the traces once. `policies` are the resolved texts by label.

    Raises `UnreadableError`, `KeyError`, `ArithmeticError`, `OSError` where they are not as
    they are written.
    """
    curves = {
        label: {plan: figures_of(resolved, plan) for plan in resolved.get("incentives", {})}
        for label, resolved in policies.items()
    }
    read = {
        path for own in curves.values() for ways in own.values() for way in ways for path in way
    }
    wanted = [_SIZE, _CAPPED, _BY_TOTAL, _BEFORE, *sorted(read)]
    found = Traced()
    for one in found_in(results.records(), wanted):
        if one.policy:
            _take(one, found, curves.get(one.policy, {}))
    return found


def _take(one: Found, found: Traced, curves: Mapping[str, Sequence[tuple[str, ...]]]) -> None:
    steps = one.steps
    found.labels[one.subject] = one.policy
    if ratings := _ratings(one):
        found.ratings[one.subject] = ratings
    if one.kind == "segment":
        return
    if size := steps.get(_SIZE):
        grade = steps.get(_CAPPED) or steps[_BY_TOTAL]
        found.before[one.subject] = str(size["origin"]["group"]), str(grade["value"])
    if before := steps.get(_BEFORE):
        place = str(before.get("origin", {}).get("place", ""))
        found.totals[one.subject] = Before(Decimal(before["value"]), "", place)
    for plan, ways in curves.items():
        way = next((way for way in ways if way[0] in steps), None)
        if way is None or any(path not in steps for path in way):
            continue
        value, *quota = (Decimal(steps[path]["value"]) for path in way)
        if quota:  # which is above nought: the run refuses any other
            value = divided(value, quota[0], 10, "half_up")
        found.standings.setdefault((one.policy, plan), {})[one.subject] = value


def _ratings(one: Found) -> Ratings:
    """All ratings that were given, also those that the policy leaves out."""
    found: dict[str, dict[str, tuple[Decimal, ...]]] = {}
    for path, value in one.ratings.items():
        _, indicator, _, group, _ = path.split(".")
        groups = found.setdefault(indicator, {})
        groups[group] = (*groups.get(group, ()), value)
    return found
