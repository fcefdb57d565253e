"""The mechanism that bands, grades and tiers share: rows, each with a limit, from the best on.

The twin of `evaluation/table.py`.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final, TypeVar

import polars as pl

from perfrules.columnar.lanes import Comparison, Num, compared, constant
from perfrules.model.thresholds import Thresholds, Word

__all__ = ["SIGNS", "limit_of", "reached"]

R = TypeVar("R", bound=Thresholds)

_NONE: Final[Mapping[str, Num]] = MappingProxyType({})

SIGNS: Final[dict[Word, Comparison]] = {
    "at_least": ">=", "above": ">", "at_most": "<=", "below": "<",
}  # fmt: skip


def reached(
    rows: Sequence[R], value: Num, figures: Mapping[str, Num] = _NONE
) -> list[tuple[R, pl.Expr | None]]:
    """Each row with where its limit is kept, None for the last: the first that is kept decides."""
    found: list[tuple[R, pl.Expr | None]] = []
    for row in rows:
        limit = row.threshold
        if limit is None:
            found.append((row, None))
            break
        found.append((row, compared(value, SIGNS[limit.word], limit_of(limit.at, figures))))
    return found


def limit_of(limit: Decimal | str, figures: Mapping[str, Num]) -> Num:
    """The number of a limit, or of the figure that it names."""
    return figures[limit] if isinstance(limit, str) else constant(limit)
