"""From scores to the total, from the total to the grade, and the vetoes between, by columns.

The twin of `evaluation/grading.py`.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

import polars as pl

from perfrules.columnar.expression import condition, figure
from perfrules.columnar.lanes import (
    Num,
    added,
    compared,
    constant,
    decided,
    least,
    multiplied,
    picked,
    scaled_constant,
)
from perfrules.columnar.names import Names, Word
from perfrules.columnar.rounding import divide_as, round_as
from perfrules.columnar.scoring import cut
from perfrules.columnar.sheet import Sheet
from perfrules.columnar.table import reached
from perfrules.columnar.weighing import Part, counted, weighed
from perfrules.model.grading import Adjustment, Veto
from perfrules.model.policy import Section
from perfrules.model.written import Constant

__all__ = ["Held", "Scored", "graded", "overall_attainment", "totalled", "vetoed"]

_NOUGHT: Final = scaled_constant(0, 0)


class Scored(NamedTuple):
    """What comes of the weighing: the total before vetoes, each indicator's contribution and each
    section's score, with where there is one."""

    total: Num
    contributions: dict[str, Part]
    sections: dict[str, Part]


class Held(NamedTuple):
    """A veto and where it holds."""

    veto: Veto
    holds: pl.Expr


def totalled(sheet: Sheet, names: Names, scores: Mapping[str, Part]) -> Scored:
    """The total before vetoes: weighted scores, adjustments, limits, rounding."""
    policy = names.policy
    in_parts = policy.weights == "parts"
    sections: dict[str, Part] = {}
    contributions = dict(scores)
    if policy.sections:
        parts = []
        for section in policy.sections:
            members = [one.name for one in policy.indicators if one.section == section.name]
            own = [scores[name] for name in members]
            there = counted(own)
            if there is not None:
                there = sheet.column(there)
                for name in members:
                    part = contributions[name]
                    own_there = there if part.there is None else part.there & there
                    contributions[name] = part._replace(there=own_there)
            with sheet.at(section.path, section.place), sheet.within(there):
                value = weighed(
                    sheet, own, complete=section.weights == "shares",
                    rounding=policy.rounding.division,
                )  # fmt: skip
            part = Part(value, constant(section.weight.value), there)
            sections[section.name] = part
            parts.append(part)
    else:
        parts = [scores[one.name] for one in policy.indicators]
    once = in_parts and not policy.adjustments
    rounding = policy.rounding.total if once else policy.rounding.division
    total = weighed(sheet, parts, complete=not in_parts, rounding=rounding)
    if policy.adjustments:
        points = [_points(sheet, names, one) for one in policy.adjustments]
        total = sheet.limited(added(total, *points))
    if policy.total.times:
        factors = [figure(sheet, names, one) for one in policy.total.times]
        total = sheet.limited(multiplied(total, *factors))
    total = cut(sheet, total, policy.total.limits)
    return Scored(
        sheet.limited(round_as(sheet, total, policy.rounding.total)), contributions, sections
    )


def overall_attainment(sheet: Sheet, names: Names, attained: Mapping[str, Part]) -> Part | None:
    """The attainment of a team, department or project: that of its indicators by weight, where one
    of them has one; None where none ever has."""
    policy = names.policy
    sections = {section.name: section for section in policy.sections}
    parts = []
    for indicator in policy.indicators:
        part = attained.get(indicator.name)
        if part is None:
            continue
        if indicator.section is not None:
            section = sections[indicator.section]
            own = part.weight
            if section.weights == "parts":
                own = divide_as(sheet, own, _parts_of(names, section), policy.rounding.division)
            share = multiplied(own, constant(section.weight.value))
            part = part._replace(weight=sheet.kept(share))
        parts.append(part)
    there = counted(parts)
    if there is not None and decided(there) is False:
        return None
    there = None if there is None else sheet.column(there)
    with sheet.within(there):
        value = weighed(sheet, parts, complete=False, rounding=policy.rounding.attainment)
    return Part(value, constant(Decimal(1)), there)


def _parts_of(names: Names, section: Section) -> Num:
    """All parts of a section, whatever counts."""
    own = [one.weight for one in names.policy.indicators if one.section == section.name]
    return constant(sum((one.value for one in own if isinstance(one, Constant)), Decimal(0)))


def _points(sheet: Sheet, names: Names, adjustment: Adjustment) -> Num:
    """What an adjustment adds: so much an event. Where events name their points, the table has
    none; a row that counts such an event is at fault."""
    with sheet.at(adjustment.path, adjustment.place):
        count, each = names.event(adjustment.name), adjustment.points.each
        if each is None:
            sheet.fault(compared(count, "!=", _NOUGHT))
            value = _NOUGHT
        else:
            value = sheet.limited(multiplied(count, constant(each.value)))
        return cut(sheet, value, adjustment.points.limits)


def vetoed(sheet: Sheet, names: Names, total: Num) -> tuple[Num, list[Held]]:
    """The final total and where each veto holds. A veto never lifts a total."""
    names.keep("total", total)
    found = []
    for veto in names.policy.vetoes:
        holds = condition(sheet, names, veto.when)
        found.append(Held(veto, holds))
    for held in found:
        cap = held.veto.then.total
        if cap is not None:
            total = sheet.kept(picked(held.holds, least(total, constant(cap.value)), total))
    return total, found


def graded(sheet: Sheet, names: Names, total: Num, vetoes: list[Held]) -> Word | None:
    """The grade of the total, capped by vetoes; None where the policy has no grades."""
    rows = names.policy.grades
    if not rows:
        return None
    order = tuple(row.grade for row in rows)
    place = pl.lit(len(rows) - 1, dtype=pl.Int64())
    for number, (_, holds) in reversed([*enumerate(reached(rows, total))]):
        if holds is not None:
            place = pl.when(holds).then(pl.lit(number, dtype=pl.Int64())).otherwise(place)
    for held in vetoes:
        cap = held.veto.then.grade
        if cap is not None:
            lowest = pl.lit(order.index(cap.value), dtype=pl.Int64())
            place = sheet.column(place)
            worse = pl.max_horizontal(place, lowest)
            place = pl.when(held.holds).then(worse).otherwise(place)
    return Word(sheet.column(place), order)
