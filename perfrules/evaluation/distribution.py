"""The distribution of grades: what a subject's place in its group leaves of its grade."""

from decimal import Decimal
from typing import NamedTuple

from perfrules.evaluation.expression import condition, figure
from perfrules.evaluation.names import Names
from perfrules.evaluation.seats import OPEN, final_counts, grade_at, place_in_order, seats_of
from perfrules.evaluation.trace import Trace, number
from perfrules.model.appraisal import Kind, Operand
from perfrules.model.population import Distribution, Sorting
from perfrules.model.standing import Alone, Figures, Position

__all__ = ["Distributed", "distributed", "ordered"]


class Distributed(NamedTuple):
    """The grade that the group leaves, and the steps that it follows from."""

    grade: str
    operands: tuple[Operand, ...]


def ordered(
    trace: Trace, names: Names, path: str, kind: Kind, order: tuple[Sorting, ...]
) -> tuple[Decimal, ...]:
    """The figures by which members are compared."""
    return tuple(
        number(figure(trace, f"{path}.order.{row}", kind, sorting.by, names.anywhere))
        for row, sorting in enumerate(order, 1)
    )


def distributed(trace: Trace, names: Names, rule: Distribution, own: str) -> Distributed | None:
    """What the distribution makes of the grade `own`; None where there is no group to compare, or
    where the subject takes no part: it is then in no group, so that nobody else notices."""
    if rule.only_if is not None:
        path = "distribution.only_if"
        met = condition(trace, path, "standing", rule.only_if, names.anywhere)
        if not met.value:
            trace.add("distribution", "standing", "gate", (met,), False, "skipped", rule.only_if)
            return None
    keys = ordered(trace, names, "distribution", "standing", rule.order)
    place = trace.stands(Figures("distribution", keys, own))
    if isinstance(place, Alone):
        _none(trace, rule, place)
        return None
    assert isinstance(place, Position)
    grades = [row.grade for row in trace.policy.grades]
    size = trace.from_group("distribution.size", place.size, place)
    above = trace.from_group("distribution.above", place.above, place)
    equal = trace.from_group("distribution.equal", place.equal, place)
    held: list[Operand] = []
    if not rule.forced:
        held = [
            trace.from_group(f"distribution.counts.{grade}", place.counts.get(grade, 0), place)
            for grade in grades
        ]
    seats = seats_of(rule, grades, place.size)
    shares = {quota.grade: quota.share for quota in rule.quotas}
    seated: list[Operand] = []
    for name, count in seats.items():
        path = f"distribution.seats.{name}" if name is not OPEN else "distribution.open"
        operands: tuple[Operand, ...] = (size, shares[name]) if name is not OPEN else (size,)
        seated.append(trace.add(path, "standing", "seats", operands, Decimal(count), rule=rule))
    final = final_counts(rule, grades, seats, place.counts)
    found = grade_at(place_in_order(rule.ties, place.above, place.equal), grades, final)
    if not rule.forced:
        found = max(found, own, key=grades.index)
    return Distributed(found, (above, equal, *seated, *held))


def _none(trace: Trace, rule: Distribution, place: Alone) -> None:
    """No distribution: nobody to compare with, or too few."""
    path = "distribution"
    if place.size is None or rule.min_group is None:
        trace.add(path, "standing", "alone", (), False, "skipped", rule)
        return
    size = trace.from_group(f"{path}.size", place.size, place)
    trace.add(path, "standing", "too_small", (size, rule.min_group), False, "skipped", rule)
