"""The mechanism that bands, grades and tiers share: rows, each with a limit, from the best on."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final, TypeVar

from perfrules.model.thresholds import Thresholds

__all__ = ["limit_of", "reached"]

R = TypeVar("R", bound=Thresholds)

_NONE: Final[Mapping[str, Decimal]] = MappingProxyType({})


def reached(
    rows: Sequence[R], value: Decimal, figures: Mapping[str, Decimal] = _NONE
) -> tuple[R, tuple[R, ...]]:
    """The first row, from the top, whose limit `value` keeps, and its neighbours.

    `figures` has the values of the figures that limits name.
    """
    index = 0
    for row in rows:
        if _keeps(row, value, figures):
            break
        index += 1
    return rows[index], (*rows[max(index - 1, 0) : index], *rows[index + 1 : index + 2])


def _keeps(row: Thresholds, value: Decimal, figures: Mapping[str, Decimal]) -> bool:
    """Whether a value is within the limit of a row; the last row has none."""
    if (limit := row.at_least) is not None:
        return value >= limit_of(limit, figures)
    if (limit := row.at_most) is not None:
        return value <= limit_of(limit, figures)
    if (limit := row.above) is not None:
        return value > limit_of(limit, figures)
    if (limit := row.below) is not None:
        return value < limit_of(limit, figures)
    return True


def limit_of(limit: Decimal | str, figures: Mapping[str, Decimal]) -> Decimal:
    """The number of a limit, or of the figure that it names."""
    return figures[limit] if isinstance(limit, str) else limit
