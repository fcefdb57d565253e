"""The weights that count for each row: of the policy, or of the data.

The twin of `evaluation/weights.py`. A weight that is missing, beyond its limits, or one of several
that do not add up is the row's fault; so is an indicator of 0 % that is missing, for which the
reference asks nobody.
"""

from typing import Final

import polars as pl

from perfrules.columnar.cells import Cells
from perfrules.columnar.from_row import WEIGHT
from perfrules.columnar.lanes import (
    Num,
    added,
    compared,
    constant,
    rescaled,
    scaled_constant,
    settled,
)
from perfrules.columnar.sheet import Sheet
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.weights import GivenWeight
from perfrules.model.written import Constant

__all__ = ["is_weightless", "weights_of"]

_NOUGHT: Final = scaled_constant(0, 0)
_WHOLE: Final = scaled_constant(1, 0)


def weights_of(sheet: Sheet, policy: Policy, cells: Cells) -> dict[str, Num]:
    """The weight of each indicator, a ratio or a number of parts."""
    found = {}
    for indicator in policy.indicators:
        match indicator.weight:
            case Constant() as fixed:
                found[indicator.name] = constant(fixed.value)
            case GivenWeight() as rule:
                with sheet.at(rule.path, rule.place):
                    found[indicator.name] = _given(sheet, cells, indicator, rule)
    for section in policy.sections or (None,):
        name = None if section is None else section.name
        own = [one for one in policy.indicators if name is None or one.section == name]
        given = [one for one in own if isinstance(one.weight, GivenWeight)]
        if given:
            with sheet.at(given[0].weight.path, given[0].weight.place):
                total = sheet.kept(added(_NOUGHT, *(found[one.name] for one in own)))
                sheet.fault(compared(total, "!=", _WHOLE))
    return found


def is_weightless(indicator: Indicator, weight: Num) -> pl.Expr:
    """Where the data give the indicator a weight of 0 %."""
    if not isinstance(indicator.weight, GivenWeight):
        return pl.lit(False)
    return compared(weight, "==", _NOUGHT)


def _given(sheet: Sheet, cells: Cells, indicator: Indicator, rule: GivenWeight) -> Num:
    """A weight of the data within its limits."""
    given = cells.number(f"{indicator.name}.{WEIGHT}")
    for wrong in (given.odd, None if given.there is None else ~given.there):
        if wrong is not None:
            sheet.fault(wrong)
    low, high = constant(rule.limits.low), constant(rule.limits.high)
    value = given.number
    sheet.fault(compared(value, "<", low))
    sheet.fault(compared(value, ">", high))
    return sheet.kept(_between(value, low, high))


def _between(value: Num, low: Num, high: Num) -> Num:
    """The number with what is known of it since rows outside are at fault."""
    value = rescaled(value, max(value.scale, low.scale, high.scale))
    least, most = rescaled(low, value.scale).low, rescaled(high, value.scale).low
    least, most = max(value.low, least), min(value.high, most)
    if least > most:
        return low  # outside in every row, so that what stands here is never read
    return settled(value.expr, value.scale, least, most, value.is_wide)
