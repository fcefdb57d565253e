"""From a figure to a score, by columns: one function for each form that `score:` can take.

The twin of `evaluation/scoring.py`; the scores of ratings stand in `ratings`.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

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
    picked,
    scaled_constant,
)
from perfrules.columnar.names import Names, Truth, Value, Word
from perfrules.columnar.rounding import divide, divide_as, round_as
from perfrules.columnar.sheet import Sheet
from perfrules.columnar.table import limit_of, reached
from perfrules.model.bands import Band, Bands
from perfrules.model.indicator import Indicator
from perfrules.model.scoring import Direct, FormulaScore, Levels, PerUnit, Window, YesNo
from perfrules.model.written import Limits

__all__ = ["cut", "score"]

_NOUGHT: Final = scaled_constant(0, 0)


def score(sheet: Sheet, names: Names, indicator: Indicator, actual: Value | None) -> Num:
    """The score of an indicator, rounded."""
    form = indicator.score
    match form:
        case FormulaScore(formula=formula):
            value = figure(sheet, names, formula)
        case Bands():
            value = _banded(sheet, names, form)
        case PerUnit():
            value = _per_unit(sheet, names, form)
        case Window():
            value = _window(sheet, names, form)
        case Direct():
            assert isinstance(actual, Num)
            value = _direct(sheet, form, actual)
        case Levels():
            assert isinstance(actual, Word)
            value = _levelled(sheet, form, actual)
        case YesNo():
            assert isinstance(actual, Truth)
            value = picked(actual.expr, constant(form.done), constant(form.otherwise))
        case _:
            raise sheet.refuse("这种计分方式不按列计算", "this way to score has no columnar form")
    value = sheet.limited(value)
    return sheet.limited(round_as(sheet, value, names.policy.rounding.score))


def _banded(sheet: Sheet, names: Names, bands: Bands) -> Num:
    """The score of the row that is reached."""
    reading = sheet.kept(names.number(bands.on))
    figures = {name: sheet.kept(names.number(name)) for name in bands.names}
    if figures:
        _refuse_disorder(sheet, bands, figures)
    rows = reached(bands.rows, reading, figures)
    (last, _), *others = reversed(rows)
    found = _of_band(sheet, names, last, reading, figures)
    for band, holds in others:
        assert holds is not None
        found = picked(holds, _of_band(sheet, names, band, reading, figures), found)
    return found


def _refuse_disorder(sheet: Sheet, bands: Bands, figures: Mapping[str, Num]) -> None:
    """Rows whose figures stand in another order than the bands that they limit are at fault."""
    limits = [limit for row in bands.rows if (limit := row.threshold) is not None]
    first = bands.rows[0]
    if first.high is not None and first.until is not None:
        limits = [limits[0]._replace(at=first.until), *limits]
    for above, limit in pairwise(limits):
        high, low = limit_of(above.at, figures), limit_of(limit.at, figures)
        sheet.fault(compared(high, ">" if limit.is_upper else "<", low))


def _of_band(
    sheet: Sheet, names: Names, band: Band, reading: Num, figures: Mapping[str, Num]
) -> Num:
    """The score of a row: a step, or a straight line from `score` at its own limit to `high` at
    `until`, level beyond."""
    limit, high = band.threshold, band.high
    if high is None:
        return constant(band.score)
    assert limit is not None
    assert band.until is not None
    low, until = limit_of(limit.at, figures), limit_of(band.until, figures)
    # Within the line's ends, so that what other rows reach makes no number larger than it has
    # to be; below them nobody reads it.
    value = greatest(least(reading, until), low)
    if limit.is_upper:
        value = least(greatest(reading, until), low)
    width = less(until, low)
    start, rise = constant(band.score), less(constant(high), constant(band.score))
    exact = added(multiplied(start, width), multiplied(less(value, low), rise))
    rounding = names.policy.rounding.score
    if width.is_constant:
        return divide_as(sheet, exact, width, rounding)
    width = sheet.kept(width)
    is_point = sheet.column(compared(width, "==", _NOUGHT))
    with sheet.within(~is_point):
        filled = sheet.kept(picked(is_point, scaled_constant(1, width.scale), width))
        line = divide_as(sheet, exact, filled, rounding)
    return picked(is_point, constant(high), line)


def _direct(sheet: Sheet, direct: Direct, actual: Num) -> Num:
    low, high = constant(direct.low), constant(direct.high)
    sheet.fault(compared(actual, "<", low) | compared(actual, ">", high))
    return actual


def _levelled(sheet: Sheet, levels: Levels, actual: Word) -> Num:
    found = _NOUGHT
    known: pl.Expr = pl.lit(False)
    for level in reversed(levels.rows):
        holds = sheet.column(actual.equals(level.name))
        known, found = known | holds, picked(holds, constant(level.score), found)
    sheet.fault(~known)
    return found


def _per_unit(sheet: Sheet, names: Names, rule: PerUnit) -> Num:
    """`points` for every `per` on the side that counts; `both` counts with its sign."""
    value, mark = names.number(rule.on), constant(rule.mark)
    distance = less(mark, value) if rule.side == "below" else less(value, mark)
    if rule.side != "both":
        distance = greatest(distance, _NOUGHT)
    start, points, per = constant(rule.start), constant(rule.points), constant(rule.per)
    if rule.whole_units == "no":
        found = _by_distance(sheet, names, rule, start, distance)
    else:
        units = divide(sheet, distance, per, 0, rule.whole_units)
        found = sheet.limited(added(start, multiplied(units, points)))
    return cut(sheet, found, rule.limits)


def _window(sheet: Sheet, names: Names, rule: Window) -> Num:
    """Full score inside the window, ends included; points off outside, proportionally."""
    value = sheet.kept(names.number(rule.on))
    below, above = less(constant(rule.low), value), less(value, constant(rule.high))
    outside = greatest(below, above, _NOUGHT)
    found = _by_distance(sheet, names, rule, constant(rule.score), outside)
    return cut(sheet, found, rule.limits)


def _by_distance(
    sheet: Sheet, names: Names, rule: PerUnit | Window, start: Num, distance: Num
) -> Num:
    """`start` + `distance` x `points` / `per`, rounded once."""
    per, points = constant(rule.per), constant(rule.points)
    exact = added(multiplied(start, per), multiplied(distance, points))
    return divide_as(sheet, exact, per, names.policy.rounding.score)


def cut(sheet: Sheet, value: Num, limits: Limits) -> Num:
    """The value within the limits; a value below the lower one is not looked at again."""
    low, high = limits.at_least, limits.at_most
    value = sheet.kept(value)
    found = value
    if high is not None:
        found = least(found, constant(high.value))
    if low is not None:
        end = constant(low.value)
        if high is not None and high.value < low.value:
            found = picked(compared(value, "<", end), end, found)
        else:
            found = greatest(found, end)
    return found
