"""A value out of a table of two inputs, by columns: the cell where its row and its column meet.

The twin of `evaluation/two_way.py`.
"""

from collections.abc import Callable
from typing import Final

import polars as pl

from perfrules.columnar.lanes import Num, compared, constant, picked, scaled_constant
from perfrules.columnar.names import Names, Word
from perfrules.columnar.sheet import Sheet
from perfrules.formula import Formula
from perfrules.model.two_way import Axis, TwoWayTable

__all__ = ["looked_up"]

_NOUGHT: Final = scaled_constant(0, 0)

Figure = Callable[[Sheet, Names, Formula], Num]
Called = Callable[[Sheet, Names, Formula], Word]


def looked_up(sheet: Sheet, names: Names, table: TwoWayTable, figure: Figure, word: Called) -> Num:
    """The value of a table; rows for which it has no row or no column are at fault.

    `figure` and `word` work out what it looks at.
    """
    before, names.indicator = names.indicator, ""
    down = _holding(sheet, names, table.rows, figure, word)
    across = _holding(sheet, names, table.columns, figure, word)
    names.indicator = before
    found = _NOUGHT
    for row, is_row in reversed([*enumerate(down)]):
        value = _NOUGHT
        for column, is_column in reversed([*enumerate(across)]):
            value = picked(is_column, constant(table.cell(row, column).value), value)
        found = picked(is_row, value, found)
    for axis in (down, across):
        sheet.fault(~pl.any_horizontal(axis))
    return sheet.kept(found)


def _holding(sheet: Sheet, names: Names, axis: Axis, figure: Figure, word: Called) -> list[pl.Expr]:
    """Where each row or column holds; the first one counts."""
    with sheet.at(axis.path, axis.place):
        if axis.words:
            value = word(sheet, names, axis.by)
            found = [value.equals(one) for one in axis.words]
        else:
            number = sheet.kept(figure(sheet, names, axis.by))
            sign = "<=" if axis.at_most else ">="
            found = [
                compared(number, "<=" if sign == "<=" else ">=", constant(one))
                for one in axis.limits
            ]
        if axis.otherwise:
            found.append(pl.lit(True))
        return [sheet.column(one) for one in found]
