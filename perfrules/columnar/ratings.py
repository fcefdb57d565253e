"""Scores by ratings of 360 degrees, by columns of lists.

The twin of `score_of_ratings` in `evaluation/scoring.py`.
"""

from typing import Final

import polars as pl

from perfrules.columnar.cells import Cells, Rated
from perfrules.columnar.lanes import Num, added, compared, constant, picked, scaled_constant
from perfrules.columnar.names import Names
from perfrules.columnar.rounding import divide_as, round_as
from perfrules.columnar.sheet import Sheet
from perfrules.columnar.weighing import Part, weighed
from perfrules.model.indicator import Indicator
from perfrules.model.ratings import RaterGroup, Ratings

__all__ = ["rated", "score_of_ratings"]

_NOUGHT, _ONE, _TWO = (scaled_constant(value, 0) for value in range(3))
_NO_TRIM: Final = (0, 1)


def rated(cells: Cells, indicator: Indicator, rule: Ratings) -> dict[str, Rated]:
    """The ratings of each group of which the table has a column."""
    drop, least = _NO_TRIM if rule.trim is None else (rule.trim.drop, rule.trim.from_raters)
    columns = {
        one.name: cells.ratings(f"{indicator.name}.ratings.{one.name}", drop, least)
        for one in rule.groups
    }
    return {name: found for name, found in columns.items() if found is not None}


def score_of_ratings(sheet: Sheet, names: Names, rule: Ratings, groups: dict[str, Rated]) -> Num:
    """Each group's mean, trimmed where it is large enough, then by weight."""
    parts = [
        _part(sheet, names, rule, group, groups[group.name])
        for group in rule.groups
        if group.name in groups
    ]
    absent = len(parts) < len(rule.groups)
    if absent and rule.empty_group != "exclude":
        sheet.fault(pl.lit(True))
    total = weighed(sheet, parts, complete=not absent, rounding=names.policy.rounding.division)
    return sheet.limited(round_as(sheet, total, names.policy.rounding.score))


def _part(sheet: Sheet, names: Names, rule: Ratings, group: RaterGroup, found: Rated) -> Part:
    sheet.fault(found.odd)
    is_empty = sheet.column(compared(found.size, "==", _NOUGHT))
    there: pl.Expr | None = None
    if found.size.low == 0:
        there = sheet.column(~is_empty)
        if rule.empty_group != "exclude":
            sheet.fault(is_empty)
            there = None
    with sheet.within(~is_empty):
        sheet.fault(compared(found.lowest, "<", constant(rule.scale.low)))
        sheet.fault(compared(found.highest, ">", constant(rule.scale.high)))
        rounding = names.policy.rounding.division
        if rule.by == "median":
            is_odd = (found.kept.expr % pl.lit(2)) == pl.lit(1)
            middle = added(found.lower, found.upper)
            mean = divide_as(sheet, middle, _TWO, rounding)
            mean = picked(is_odd, found.lower, mean)
        else:
            kept = sheet.kept(picked(is_empty, _ONE, found.kept))
            mean = divide_as(sheet, found.total, kept, rounding)
    return Part(sheet.kept(mean), constant(group.weight.value), there)
