"""The weight of each indicator: of the policy, or of the data within their limits.

The twin of the first part of `evaluation/weights.py`; what is missing and passes its weight on is
at fault.
"""

from decimal import Decimal

from perfrules.columnar.cells import Cells
from perfrules.columnar.lanes import Num, added, compared, constant, greatest, least
from perfrules.columnar.sheet import Sheet
from perfrules.model.policy import Policy
from perfrules.model.weights import GivenWeight
from perfrules.model.written import Constant

__all__ = ["weights_of"]


def weights_of(sheet: Sheet, cells: Cells, policy: Policy) -> dict[str, Num]:
    """The weights by indicator; rows whose own are not in order are at fault."""
    found: dict[str, Num] = {}
    for one in policy.indicators:
        if isinstance(one.weight, Constant):
            found[one.name] = constant(one.weight.value)
        else:
            with sheet.at(one.weight.path, one.weight.place):
                found[one.name] = _given(sheet, cells, f"{one.name}.weight", one.weight)
    for section in policy.sections or (None,):
        name = None if section is None else section.name
        own = [one for one in policy.indicators if name is None or one.section == name]
        if any(isinstance(one.weight, GivenWeight) for one in own):
            total = sheet.limited(added(*(found[one.name] for one in own)))
            sheet.fault(compared(total, "!=", constant(Decimal(1))))
    return found


def _given(sheet: Sheet, cells: Cells, column: str, rule: GivenWeight) -> Num:
    """The weight that the data give; where that is outside of its limits, nobody reads it."""
    given = cells.number(column)
    for wrong in (given.odd, None if given.there is None else ~given.there):
        if wrong is not None:
            sheet.fault(wrong)
    low, high = constant(rule.limits.low), constant(rule.limits.high)
    sheet.fault(compared(given.number, "<", low))
    sheet.fault(compared(given.number, ">", high))
    return sheet.kept(least(greatest(given.number, low), high))
