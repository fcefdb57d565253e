"""Whole seats from shares, and the grades that they leave at each place of an order.

The method of the largest remainder (Hamilton's): everybody's exact quota is cut to whole seats,
and the seats that are over go to the largest remainders, of equal ones to the earlier. So the
seats always add up to the group: 25 people at 20, 70 and 10 % are 5, 18 and 2.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfrules.model.population import Distribution

__all__ = ["final_counts", "grade_at", "place_in_order", "seats_of"]

OPEN = ""
"""Stands for all grades without a quota, which share what is left."""


def seats_of(rule: Distribution, grades: Sequence[str], size: int) -> dict[str, int]:
    """The seats of each grade with a quota, and of the `OPEN` rest where there is one.

    The rest stands at the place of the first grade without a quota, or last.
    """
    shares = {quota.grade: quota.share.value for quota in rule.quotas}
    rest = 1 - sum(shares.values(), Decimal(0))
    ordered: dict[str, Decimal] = {}
    for grade in grades:
        if grade in shares:
            ordered[grade] = shares[grade]
        elif OPEN not in ordered and rest:
            ordered[OPEN] = rest
    if rest and OPEN not in ordered:
        ordered[OPEN] = rest
    quotas = {name: size * share for name, share in ordered.items()}
    seats = {name: int(quota) for name, quota in quotas.items()}
    over = size - sum(seats.values())
    names = list(quotas)
    by_remainder = sorted(names, key=lambda name: (seats[name] - quotas[name], names.index(name)))
    for name in by_remainder[:over]:
        seats[name] += 1
    return seats


def final_counts(
    rule: Distribution, grades: Sequence[str], seats: Mapping[str, int], counts: Mapping[str, int]
) -> list[int]:
    """How many get each grade, best first.

    Where places alone decide, as many as there are seats. Otherwise a grade that holds too many
    hands the surplus down, from the best grade on; and then, from the last one up, a grade that
    holds too few takes what it lacks from the nearest above.
    """
    if rule.forced:
        return [seats[grade] for grade in grades]
    final = [counts.get(grade, 0) for grade in grades]
    bounds = {quota.grade: quota.bound for quota in rule.quotas}
    for index, grade in enumerate(grades[:-1]):
        if bounds.get(grade) in ("at_most", "exactly") and final[index] > seats[grade]:
            final[index + 1] += final[index] - seats[grade]
            final[index] = seats[grade]
    for index in range(len(grades) - 1, 0, -1):
        grade = grades[index]
        if bounds.get(grade) in ("at_least", "exactly"):
            for above in range(index - 1, -1, -1):
                taken = min(max(seats[grade] - final[index], 0), final[above])
                final[index] += taken
                final[above] -= taken
    return final


def grade_at(place: int, grades: Sequence[str], final: Sequence[int]) -> str:
    """The grade at a place of the order, counted from 1."""
    reached = 0
    for grade, count in zip(grades, final, strict=True):
        reached += count
        if place <= reached:
            return grade
    return grades[-1]


def place_in_order(ties: str, above: int, equal: int) -> int:
    """The place that counts for those who are level: their first, or their last."""
    return above + 1 if ties == "keep_together" else above + equal
