"""A column of people that changed within the cycle: the last value counts, or each for its days."""

from decimal import Decimal
from itertools import pairwise
from typing import Protocol

from perfrules.evaluation.changed_targets import mean_by_time, times_in_force
from perfrules.evaluation.trace import Refusal, Trace
from perfrules.model.appraisal import Step
from perfrules.model.datum import Datum
from perfrules.model.scorecard import FactChange
from perfrules.model.time import FactRule

__all__ = ["changed_fact"]


class _Names(Protocol):
    trace: Trace

    def there(self) -> tuple[Step, Step]: ...


def changed_fact(names: _Names, column: str) -> Step:
    """What `person.<column>` is, of whom the data have changes; raises `Refusal` where it never
    was anything, and where a day has two values."""
    trace, path = names.trace, f"person.{column}"
    card = trace.scorecard
    rule = next((one for one in trace.policy.person_changes if one.name == column), None)
    changes = card.held(column)
    own = card.person.get(column)
    values: list[Datum] = [] if own is None else [own]
    days = card.days_there
    weighed = rule is not None and rule.way.value == "by_days"
    if weighed and changes and days is None:
        raise Refusal("missing-cycle", "", name=path)
    if days is not None and weighed:
        # What held before the first day there is what the column said then.
        earlier = [one for one in changes if one.day <= days[0]]
        _refuse_twice(column, earlier)
        values = [earlier[-1].new] if earlier else values
        changes = changes[len(earlier) :]
        if not values:
            raise Refusal("missing-fact", "", name=path)
    _refuse_twice(column, changes)
    if not values and changes:
        values, changes = [changes[0].new], changes[1:]
    if not values:
        raise Refusal("missing-fact", "", name=path)
    if not changes:
        return trace.given(path, values[0])
    before = trace.given(f"{path}.before", values[0])
    steps = [trace.given(f"{path}.change.{row}", one.new) for row, one in enumerate(changes, 1)]
    if not weighed:
        operands = (before, *steps)
        return trace.add(path, "datum", "changed", operands, steps[-1].value, rule=rule)
    assert rule is not None  # a column is weighed only where the policy says so
    return _weighed(names, path, (before, *steps), changes, rule)


def _weighed(
    names: _Names, path: str, values: tuple[Step, ...], changes: list[FactChange], rule: FactRule
) -> Step:
    for step in values:
        if not isinstance(step.value, Decimal):
            place = step.origin.place if step.origin else ""
            raise Refusal("not-a-figure", place, name=path, value=step.value)
    times = times_in_force(names.trace, path, changes, names.there(), "days")
    return mean_by_time(names.trace, path, values, times, rule)


def _refuse_twice(column: str, changes: list[FactChange]) -> None:
    """Two values from one day on: nobody knows which was meant."""
    for first, second in pairwise(changes):
        if first.day == second.day:
            facts = {"name": f"person.{column}", "day": second.day.isoformat()}
            raise Refusal("two-changes-a-day", second.new.origin.place, **facts)
