"""The mechanism that bands, grades and tiers share: rows with inclusive lower thresholds."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

__all__ = ["reached"]


class Row(Protocol):
    """A row of such a table; the last row has no threshold."""

    @property
    def at_least(self) -> Decimal | None: ...


R = TypeVar("R", bound=Row)


def reached(rows: Sequence[R], value: Decimal) -> tuple[R, tuple[R, ...]]:
    """The first row, from the top, whose threshold `value` reaches, and its neighbours."""
    index = 0
    for row in rows:
        if row.at_least is None or value >= row.at_least:
            break
        index += 1
    return rows[index], (*rows[max(index - 1, 0) : index], *rows[index + 1 : index + 2])
