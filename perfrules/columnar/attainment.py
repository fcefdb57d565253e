"""From actual and target to attainment, by columns.

The twin of `evaluation/attainment.py`: three ratio forms, or the policy's own formula.
"""

from typing import Final, NamedTuple

from perfrules.columnar.expression import figure
from perfrules.columnar.lanes import Num, compared, constant, less, picked, scaled_constant
from perfrules.columnar.names import Names
from perfrules.columnar.rounding import divide_as, round_as
from perfrules.columnar.sheet import Sheet
from perfrules.model.indicator import Indicator

__all__ = ["Attained", "attainment"]

_NOUGHT: Final = scaled_constant(0, 0)
_ONE: Final = scaled_constant(1, 0)


class Attained(NamedTuple):
    """An attainment, and what it is the rounded quotient of."""

    value: Num
    numerator: Num
    denominator: Num


def attainment(
    sheet: Sheet, names: Names, indicator: Indicator, actual: Num | None, target: Num | None,
    baseline: Num | None,
) -> Attained:  # fmt: skip
    """The attainment of an indicator, a ratio."""
    rounding = names.policy.rounding.attainment
    if indicator.attainment is not None:
        own = figure(sheet, names, indicator.attainment)
        return Attained(sheet.limited(round_as(sheet, own, rounding)), own, _ONE)
    assert actual is not None
    assert target is not None
    if baseline is not None:
        numerator = sheet.kept(less(actual, baseline))
        denominator = sheet.kept(less(target, baseline))
        value = divide_as(sheet, numerator, denominator, rounding)
        return Attained(sheet.kept(value), numerator, denominator)
    sheet.fault(compared(target, "<=", _NOUGHT))
    target = _from(target, 1)
    if indicator.direction == "higher_is_better":
        return Attained(sheet.kept(divide_as(sheet, actual, target, rounding)), actual, target)
    return _lower_is_better(sheet, names, indicator, actual, target)


def _from(value: Num, low: int) -> Num:
    """The number with what is known of it since rows below are at fault."""
    if value.low >= low or value.high < low or value.is_constant:
        return value
    narrowed = Num(value.expr, value.scale, low, value.high)
    return narrowed if narrowed.is_wide is value.is_wide else value


def _lower_is_better(
    sheet: Sheet, names: Names, indicator: Indicator, actual: Num, target: Num
) -> Attained:
    """target / actual; of an actual of nought, what the policy says that counts as."""
    rounding = names.policy.rounding.attainment
    sheet.fault(compared(actual, "<", _NOUGHT))
    actual = _from(actual, 0)
    fixed = indicator.zero_actual
    if fixed is None or actual.low > 0:
        if actual.low <= 0:
            sheet.fault(compared(actual, "==", _NOUGHT))
            actual = _filled(sheet, actual)
        value = divide_as(sheet, target, actual, rounding)
        return Attained(sheet.kept(value), target, actual)
    is_nought = sheet.column(compared(actual, "==", _NOUGHT))
    spent = _filled(sheet, actual)
    quotient = divide_as(sheet, target, spent, rounding)
    stated = constant(fixed.value)
    return Attained(
        sheet.kept(picked(is_nought, stated, quotient)),
        sheet.kept(picked(is_nought, stated, target)),
        sheet.kept(picked(is_nought, _ONE, spent)),
    )


def _filled(sheet: Sheet, actual: Num) -> Num:
    """The actual, and the least there is above nought where it is nought: nobody reads that."""
    least = scaled_constant(1, actual.scale)
    filled = sheet.kept(picked(compared(actual, "==", _NOUGHT), least, actual))
    return _from(filled, 1)
