"""What a sheet is made of: columns that know what each row has in them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final, Generic, Literal, NamedTuple, TypeVar

from perfrules.codes.code import Text
from perfrules.exact import rounded

__all__ = [
    "Cell", "Column", "Figure", "Table", "attainment", "is_number", "needed", "percentage",
    "places", "places_of", "style_of",
]  # fmt: skip

Row = TypeVar("Row")


class Figure(NamedTuple):
    """A number with the format that shows all of its digits."""

    value: Decimal
    style: str


_DIGITS: Final = 15
"""So many digits has a binary float for certain."""

Cell = str | Decimal | Figure | None
"""None and an empty text are an empty cell."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column. `style` is the number format of all of it; empty where each cell has its own.

    `widest` is the most letters that it is wide; a text that is longer is broken into lines. It
    `stays` in sight when one scrolls to the right, `summed` has its sum below the last row.
    """

    title: Text
    cell: Callable[[Row], Cell]
    style: str = ""
    stays: bool = False
    summed: bool = False
    widest: int = 16
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A sheet: a name, columns, and its rows as often as they are asked for."""

    name: Text
    columns: tuple[Column[Row], ...]
    rows: Callable[[], Iterable[Row]]


def is_number(value: Decimal) -> bool:
    """Whether Excel holds a figure with all of its digits."""
    # What has no more letters has no more digits.
    return len(str(value)) <= _DIGITS or len(value.normalize().as_tuple().digits) <= _DIGITS


def needed(table: Table[Row]) -> tuple[Column[Row], ...]:
    """The columns that somebody fills. Each is looked at until there is a first cell in it."""
    return tuple(
        column
        for column in table.columns
        if any(column.cell(row) not in (None, "") for row in table.rows())
    )


def places_of(value: Decimal) -> int:
    """How many digits it has behind the point; closing zeros are none."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def places(values: Iterable[Decimal | None]) -> int:
    """The most digits that any of the values has behind the point."""
    return max((places_of(value) for value in values if value is not None), default=0)


@cache
def style_of(behind: int, whole: str = "#,##0") -> str:
    """The number format with so many places behind the point."""
    return f"{whole}.{'0' * behind}" if behind else whole


def percentage(value: Decimal | None) -> Cell:
    """A share, with every digit shown."""
    if value is None:
        return None
    return Figure(value, style_of(max(places_of(value) - 2, 0), "0") + "%")


def attainment(value: Decimal | None) -> Cell:
    """The cell has every digit; two are shown where they do not say more than was reached."""
    if value is None or rounded(value, 4, "half_up") > value:
        return percentage(value)
    return Figure(value, style_of(min(max(places_of(value) - 2, 0), 2), "0") + "%")
