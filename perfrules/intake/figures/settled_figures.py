"""A draft's measures and events when all tables are read: ratings put in, what the policy takes
from elsewhere, the changes of targets that hold, counts added up."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.intake.figures.figure_cells import NOTHING
from perfrules.intake.figures.target_changes import vetted_changes
from perfrules.intake.history.cycle_order import CycleOrder
from perfrules.intake.people.roster import ChangeEntry, Draft
from perfrules.intake.people.rules import Rules
from perfrules.model.history import Past
from perfrules.model.indicator import Indicator
from perfrules.model.scorecard import Cycle, Datum, EventRecord, Measure, Origin

__all__ = ["events_of", "settled_measures"]

_ACTUAL = Text("实际值", "actual")
_TARGET = Text("目标值", "target")
_MEMBERS = Text("由成员汇总", "its members")


def settled_measures(draft: Draft, cycle: Cycle, history: Sequence[Past]) -> dict[str, Measure]:
    """The measures of a draft; what was not let pass becomes a problem of the draft."""
    measures = _measures_of(draft)
    if draft.rules is None:
        return measures
    for indicator in draft.rules.fetched:
        measure = measures.get(indicator.name, NOTHING)
        draft.problems += _given_twice(draft, indicator, measure)
        if indicator.from_history is not None and measure.actual is None:
            past = _total_of(history, indicator.from_history.value, CycleOrder(cycle, {}))
            if past is not None:
                measures[indicator.name] = replace(measure, actual=past)
    if draft.changes:
        _change_targets(draft, draft.rules, cycle, measures)
    return measures


def _total_of(history: Sequence[Past], cycle: str, order: CycleOrder) -> Datum | None:
    """The total of a cycle, in whatever way the data and the policy write its name."""
    wanted = order.key(cycle)
    return next((past.total for past in history if order.key(past.cycle) == wanted), None)


def _given_twice(draft: Draft, indicator: Indicator, measure: Measure) -> Iterator[Diagnostic]:
    """Figures of the data that the policy has from elsewhere."""
    found = []
    if measure.actual is not None and indicator.actual_from_members is not None:
        found.append((_ACTUAL, measure.actual, _MEMBERS))
    elif measure.actual is not None and indicator.from_history is not None:
        past = indicator.from_history.value
        source = Text(f"{past} 的总分", f"the total of {past}")
        found.append((_ACTUAL, measure.actual, source))
    if measure.target is not None and indicator.target_from_members is not None:
        found.append((_TARGET, measure.target, _MEMBERS))
    for what, datum, source in found:
        facts = {"person": draft.id, "indicator": indicator.name, "what": what, "source": source}
        yield Diagnostic("both-given", datum.origin.place or draft.place, facts)


def _change_targets(draft: Draft, rules: Rules, cycle: Cycle, measures: dict[str, Measure]) -> None:
    """Puts the changes that hold into the measures, and names those that do not."""
    by_indicator: dict[str, list[ChangeEntry]] = {}
    for entry in draft.changes:
        by_indicator.setdefault(entry.indicator, []).append(entry)
    days = draft.days or (cycle.start, cycle.end)
    for name, entries in by_indicator.items():
        measure = measures.get(name, NOTHING)
        indicator = rules.policy.indicator[name]
        due = draft.dues.get(name)
        vetted = vetted_changes(
            draft.id, entries, rules.policy, indicator, measure.target, days, due
        )
        draft.due_changes += vetted.dues
        if vetted.changes:
            measures[name] = replace(measure, changes=vetted.changes)
        draft.refused += vetted.refused
        draft.problems += [one.diagnostic for one in vetted.refused]


def _measures_of(draft: Draft) -> dict[str, Measure]:
    """A person's measures with the ratings put in."""
    for name, groups in draft.ratings.items():
        given = {group: tuple(data) for group, data in groups.items()}
        first = draft.measures.get(name, Measure())
        draft.measures[name] = replace(first, actual=None, ratings=given)
    return draft.measures


def events_of(draft: Draft) -> dict[str, EventRecord]:
    """A person's events: the counts added up, the points one by one."""
    found = {}
    for name, records in draft.events.items():
        points = tuple(given for _, given in records if given is not None)
        counts = [number for number, given in records if number is not None and given is None]
        found[name] = EventRecord(_summed(counts), points)
    return found


def _summed(counts: list[Datum]) -> Datum | None:
    """One count for several rows, from all of their places."""
    if len(counts) < 2:
        return counts[0] if counts else None
    total = sum((one.value for one in counts if isinstance(one.value, Decimal)), Decimal(0))
    place = ", ".join(one.origin.place for one in counts)
    evidence = "; ".join(one.origin.evidence for one in counts if one.origin.evidence)
    return Datum(total, Origin(place, "", "", evidence))
