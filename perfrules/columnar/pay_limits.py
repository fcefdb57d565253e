"""Limits of money, by columns: those of an incentive, and those of all incentives together.

The twin of `evaluation/pay_limits.py`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from perfrules.columnar.expression import figure
from perfrules.columnar.lanes import (
    Num,
    added,
    compared,
    constant,
    greatest,
    least,
    less,
    multiplied,
)
from perfrules.columnar.names import Names
from perfrules.columnar.rounding import round_as
from perfrules.columnar.sheet import Sheet
from perfrules.formula import Formula
from perfrules.model.incentive import IncentivePlan, PayLimits
from perfrules.model.written import Amount

__all__ = ["Line", "kept_between", "kept_within", "money_limits"]


class Line(NamedTuple):
    """A line of pay that not everybody has: its amount, and where it is there."""

    value: Num
    there: pl.Expr


def money_limits(
    sheet: Sheet, names: Names, limits: IncentivePlan | PayLimits
) -> tuple[Num | None, Num | None]:
    """The lower and the upper limit; rows in which the two cross are at fault."""
    low, high = (_bound(sheet, names, one) for one in (limits.at_least, limits.at_most))
    _refuse_crossed(sheet, low, high)
    return low, high


def _bound(sheet: Sheet, names: Names, amount: Amount | None) -> Num | None:
    if isinstance(amount, Formula):
        return sheet.kept(figure(sheet, names, amount))
    return None if amount is None else constant(amount.value)


def _refuse_crossed(sheet: Sheet, low: Num | None, high: Num | None) -> None:
    if low is not None and high is not None:
        sheet.fault(compared(low, ">", high))


def kept_between(value: Num, low: Num | None, high: Num | None) -> Num:
    """The value within limits that do not cross."""
    value = value if high is None else least(value, high)
    return value if low is None else greatest(value, low)


def kept_within(
    sheet: Sheet, names: Names, limits: PayLimits, lines: Sequence[Num], shares: Sequence[Num]
) -> tuple[Line | None, Line | None]:
    """What is cut from what the incentives pay together, and what is added to it.

    `shares` are what each veto leaves of the pay, and so of the lower limit.
    """
    with sheet.at(limits.path, limits.place):
        total = sheet.limited(added(*lines))
        low, high = money_limits(sheet, names, limits)
        rounding = names.policy.rounding.pay
        if low is not None:
            for share in shares:
                low = sheet.limited(multiplied(low, share))
            low = sheet.kept(round_as(sheet, low, rounding, "ceiling"))
        if high is not None:
            high = sheet.kept(round_as(sheet, high, rounding, "floor"))
        _refuse_crossed(sheet, low, high)
        cut = None if high is None else _line(sheet, high, ">", total)
        return cut, None if low is None else _line(sheet, low, "<", total)


def _line(sheet: Sheet, limit: Num, sign: str, total: Num) -> Line:
    """The line that brings the sum to the limit, where it is beyond."""
    there = sheet.column(compared(total, ">" if sign == ">" else "<", limit))
    return Line(sheet.limited(less(limit, total)), there)
