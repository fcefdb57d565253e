"""Departments, teams and roles side by side."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from perfrules.codes.code import Text
from perfrules.papers.overview.figures import Mean, Spread, mean_of, spread_of
from perfrules.papers.overview.rows import Line

__all__ = ["GroupFigures", "Side", "side_by_side"]

Side = Literal["department", "team", "role"]

_NAMES: Final[dict[Side, Callable[[Line], Text]]] = {
    "department": lambda line: Text(line.department, line.department),
    "team": lambda line: Text(line.team, line.team),
    "role": lambda line: line.role,
}


class GroupFigures(NamedTuple):
    """A group with its totals; the name is empty for those who are in none."""

    name: Text
    spread: Spread
    mean: Mean
    totals: tuple[Decimal, ...]


def side_by_side(people: Iterable[Line], side: Side) -> tuple[GroupFigures, ...]:
    """The groups whose members have totals, highest median first, level ones by name."""
    totals: dict[Text, list[Decimal]] = {}
    for line in people:
        if line.total is not None:
            totals.setdefault(_NAMES[side](line), []).append(line.total)
    found = []
    for name, values in totals.items():
        spread, mean = spread_of(values), mean_of(values)
        assert spread is not None and mean is not None  # no group is empty
        found.append(GroupFigures(name, spread, mean, tuple(sorted(values))))
    return tuple(sorted(found, key=lambda one: (-one.spread.middle, one.name)))
