"""A row of the table -> a scorecard, for the reference; and which columns a table may have."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.diagnostics import closest
from perfrules.exact import read_number
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scorecard import (
    Cycle,
    Datum,
    EventRecord,
    Measure,
    Presence,
    Scorecard,
)
from perfrules.model.weights import GivenWeight

__all__ = ["Destination", "destinations", "scorecard_of"]

SUBJECT: Final = "subject"
_FIGURES: Final = ("actual", "target", "baseline")
_OWN: Final = (*_FIGURES, "weight")
"""What every indicator can have, beside the figures that it declares."""


class Destination(NamedTuple):
    """What a column holds: `measure` (an indicator and one of its figures), `ratings` (an
    indicator and a group), `event`, `person`, `proration` or `subject`."""

    what: str
    name: str = ""
    part: str = ""


def destinations(policy: Policy, columns: Sequence[str]) -> dict[str, Destination]:
    """What each column of a table holds.

    Raises `ValueError` for a column that the policy does not know, and where there is no `subject`.
    """
    known = {SUBJECT: Destination(SUBJECT), "proration": Destination("proration")}
    for indicator in policy.indicators:
        for figure in (*_FIGURES, *indicator.figures):
            known[f"{indicator.name}.{figure}"] = Destination("measure", indicator.name, figure)
        if isinstance(indicator.weight, GivenWeight):
            known[f"{indicator.name}.weight"] = Destination("measure", indicator.name, "weight")
        if isinstance(indicator.score, Ratings):
            for group in indicator.score.groups:
                column = f"{indicator.name}.ratings.{group.name}"
                known[column] = Destination("ratings", indicator.name, group.name)
    for event in policy.event_names:
        known[f"event.{event}"] = Destination("event", event)
    found = {}
    for column in columns:
        root, _, rest = column.partition(".")
        if column in known:
            found[column] = known[column]
        elif root == "person" and rest:
            found[column] = Destination("person", rest)
        else:
            near = closest(column, known)
            hint = f", did you mean {near!r}?" if near else ""
            raise ValueError(f"the policy knows no column {column!r}{hint}")
    if SUBJECT not in found:
        raise ValueError("the table has no column 'subject'")
    return found


def scorecard_of(
    row: Mapping[str, object], known: Mapping[str, Destination], cycle: Cycle | None
) -> Scorecard:
    """What a row says of its subject; an empty cell says nothing."""
    figures: dict[str, dict[str, Datum]] = {}
    ratings: dict[str, dict[str, tuple[Datum, ...]]] = {}
    events, person, subject = dict[str, EventRecord](), dict[str, Datum](), ""
    proration: Datum | Presence = Presence()
    for column, value in row.items():
        if value is None:
            continue
        what, name, part = known[column]
        match what:
            case "subject":
                subject = str(value)
            case "measure":
                figures.setdefault(name, {})[part] = _datum(value)
            case "ratings":
                listed = value if isinstance(value, list) else [value]
                found = tuple(_datum(one) for one in listed if one is not None)
                ratings.setdefault(name, {})[part] = found
            case "event":
                events[name] = EventRecord(_datum(value))
            case "person":
                person[name] = _datum(value)
            case _:
                proration = _datum(value)
    measures = {
        name: _measure(figures.get(name, {}), ratings.get(name, {}))
        for name in dict.fromkeys((*figures, *ratings))
    }
    return Scorecard(subject, measures, events, person, cycle, proration)


def _measure(figures: dict[str, Datum], ratings: dict[str, tuple[Datum, ...]]) -> Measure:
    own = {name: one for name, one in figures.items() if name not in _OWN}
    actual, target, baseline = (figures.get(name) for name in _FIGURES)
    weight = figures.get("weight")
    return Measure(actual, target, baseline, ratings, figures=own, weight=weight)


def _datum(value: object) -> Datum:
    if isinstance(value, bool | Decimal):
        return Datum(value)
    if isinstance(value, int):
        return Datum(Decimal(value))
    text = str(value)
    number = read_number(text)
    return Datum(number if isinstance(number, Decimal) else text)
