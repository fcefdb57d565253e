"""Awards: to those at the top of their group, or to all who meet a condition."""

from decimal import Decimal

from perfrules.evaluation.distribution import ordered
from perfrules.evaluation.expression import condition
from perfrules.evaluation.names import Names
from perfrules.evaluation.seats import place_in_order
from perfrules.evaluation.trace import Trace, number
from perfrules.exact import rounded
from perfrules.model.appraisal import Operand, Outcome, Step
from perfrules.model.population import Award
from perfrules.model.standing import Alone, Figures, Position

__all__ = ["awarded"]


def awarded(trace: Trace, names: Names, award: Award) -> Step:
    """Whether the subject gets the award, a yes or no."""
    path = f"awards.{award.name}"
    met: tuple[Step, ...] = ()
    if award.only_if is not None:
        step = condition(trace, f"{path}.only_if", "award", award.only_if, names.anywhere)
        if not step.value:
            if award.ranks:
                trace.stands(Figures(path, eligible=False))  # of the group all the same
            return trace.add(path, "award", "gate", (step,), False, "skipped", award.only_if)
        met = (step,)
    if not award.ranks:
        return trace.add(path, "award", "award", met, True, rule=award)
    keys = ordered(trace, names, path, "award", award.order)
    place = trace.stands(Figures(path, keys))
    if isinstance(place, Alone):
        return trace.add(path, "award", "alone", (), False, "skipped", award)
    assert isinstance(place, Position)
    size = trace.from_group(f"{path}.size", place.size, place)
    above = trace.from_group(f"{path}.above", place.above, place)
    equal = trace.from_group(f"{path}.equal", place.equal, place)
    if award.places:
        first = place.above < len(award.places)
        reached: Outcome = "applied" if first else "skipped"
        return trace.add(path, "award", "award_place", (above, equal), first, reached, award)
    seats = _seats(trace, award, path, size)
    won = place_in_order(award.ties, place.above, place.equal) <= number(seats)
    outcome: Outcome = "applied" if won else "skipped"
    return trace.add(path, "award", "award", (above, equal, seats), won, outcome, award)


def _seats(trace: Trace, award: Award, path: str, size: Step) -> Operand:
    """So many people, or a share of the whole group in whole people."""
    top = award.top
    assert top is not None
    if not award.by_share:
        return top
    seats = rounded(number(size) * top.value, 0, award.count)
    if award.at_least_one:
        seats = max(seats, Decimal(1))
    return trace.add(f"{path}.seats", "award", "award_seats", (size, top), seats, rule=award)
