"""A part of the first sheet: a small table, and the chart that is drawn over it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeVar

from perfrules.codes.code import Text
from perfrules.layout.terminal import visible
from perfrules.papers.workbook.columns import Cell, Figure, is_number

__all__ = ["MOST", "Block", "Chart", "both_ends", "is_drawn", "people_in", "short"]

MOST: Final = 12
"""So many groups have room in a chart."""

_LONGEST: Final = 28

One = TypeVar("One")


class Chart(NamedTuple):
    """A chart over the rows of a table, whose first column has the names.

    kind: `columns` (upright), `bars` (lying), `stacked` (lying, one behind the other) or `boxes`.
    series: the columns of the table that are drawn; of boxes the lower quartile, the two parts of
    the box, and what the lines reach beyond it below and above. marks: a column that is drawn as
    marks over the others. figures: what the axis of figures says; style: its number format.
    scale: where that axis begins and ends, and its step; None where the program sees to it.
    """

    kind: Literal["columns", "bars", "stacked", "boxes"]
    title: str
    figures: str
    series: tuple[int, ...]
    marks: int | None = None
    style: str = "General"
    scale: tuple[str, str, str] | None = None


class Block(NamedTuple):
    """A table with its heading; from column `aside` on it has what only the chart needs."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: Chart | None = None
    note: str = ""
    aside: int | None = None


def is_drawn(block: Block) -> bool:
    """Whether there is a chart, and no figure of it so long that its cell is a text."""
    chart = block.chart
    if chart is None:
        return False
    columns = (*chart.series, *(() if chart.marks is None else (chart.marks,)))
    cells = [row[column] for row in block.rows for column in columns]
    figures = [cell.value if isinstance(cell, Figure) else cell for cell in cells]
    return all(is_number(one) for one in figures if isinstance(one, Decimal))


def people_in(count: int) -> Text:
    """So many people, in words."""
    return Text(f"{count} 人", "1 person" if count == 1 else f"{count} people")


def both_ends(found: Sequence[One]) -> Sequence[One]:
    """The first and the last where there are more than a chart has room for."""
    half = MOST // 2
    return found if len(found) <= MOST else [*found[:half], *found[-half:]]


def short(name: str) -> str:
    """A name as a chart has room for it, without anything in it that acts."""
    shown = visible(name)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
