"""The percentile of a figure in its group, by columns.

The twin of `evaluation/percentile.py`.
"""

from decimal import Decimal

from perfrules.columnar.comparing import places_of
from perfrules.columnar.lanes import Num, constant, greatest, less, multiplied
from perfrules.columnar.names import Names
from perfrules.columnar.rounding import divide_as
from perfrules.columnar.sheet import Sheet

__all__ = ["percentile"]

_ONE, _TWO = constant(Decimal(1)), constant(Decimal(2))


def percentile(sheet: Sheet, names: Names, rule: str, rows: int) -> Num:
    """(below + equal / 2) / size, rounded once; `rule` is the path under which rows stand, `rows`
    how many there are."""
    size, above, equal = places_of(rule, rows)
    twice = multiplied(size, _TWO)
    counted = less(less(twice, multiplied(above, _TWO)), equal)
    # Whoever is compared is level with itself.
    counted = sheet.kept(greatest(counted, _ONE))
    return sheet.kept(divide_as(sheet, counted, twice, names.policy.rounding.attainment))
