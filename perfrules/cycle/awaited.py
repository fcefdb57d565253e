"""What is still to come in: figures without which there is no result, and the days they are due."""

import datetime
from collections.abc import Iterable, Iterator, Mapping

from perfrules.diagnostics import Diagnostic, Findings
from perfrules.model.calendar import Deadline, WorkCalendar
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scorecard import Measure
from perfrules.model.tracking import Awaited, Due
from perfrules.model.weights import GivenWeight, WeightTo

__all__ = ["awaited", "dues"]

_NOTHING = Measure()


def awaited(
    subject: str, name: str, policy: Policy, measures: Mapping[str, Measure]
) -> Iterator[Awaited]:
    """The indicators of a subject that have neither an actual nor ratings, and whose policy
    says `missing: error`."""
    for indicator in policy.indicators:
        if indicator.missing != "error" or indicator.actual_from_members or indicator.from_history:
            continue
        measure = measures.get(indicator.name, _NOTHING)
        if (
            isinstance(indicator.weight, GivenWeight)
            and measure.weight
            and not measure.weight.value
        ):
            continue  # what carries no weight needs no figure
        if isinstance(indicator.score, Ratings):
            groups = _silent_groups(indicator.score, measure)
            if groups:
                yield Awaited(subject, name, indicator.name, indicator.title, groups)
        elif indicator.reads_actual and measure.actual is None:
            yield Awaited(subject, name, indicator.name, indicator.title)


def _silent_groups(score: Ratings, measure: Measure) -> tuple[str, ...]:
    """The groups without which there is no score: each, or all of them where one is enough."""
    silent = tuple(one.name for one in score.groups if not measure.ratings.get(one.name))
    if score.empty_group == "exclude" and len(silent) < len(score.groups):
        return ()
    if isinstance(score.empty_group, WeightTo) and any(
        word.value not in silent for word in score.empty_group.names
    ):
        return ()
    return silent


def dues(
    deadlines: Iterable[Deadline],
    calendar: WorkCalendar,
    on: datetime.date,
    *,
    is_given: bool,
    findings: Findings,
) -> Iterator[Due]:
    """The days of the deadlines. A year that a given calendar says nothing of is a note."""
    said: set[int] = set()
    for deadline in deadlines:
        day = deadline.day(calendar)
        years = calendar.unknown_years(deadline.anchor, day) if is_given else ()
        for year in years:
            if year not in said:
                said.add(year)
                findings.extend(
                    [Diagnostic("unknown-year", deadline.place, {"year": year}, severity="note")]
                )
        yield Due(deadline.id, deadline.title, day, calendar.between(on, day))
