"""Weights and targets of a department's form, held against the policy and the cycle."""

from decimal import Decimal
from typing import Final

from perfrules.exact import EXACT, percent, plain
from perfrules.intake.cells.numerals import Refusal, read_cell_number
from perfrules.intake.forms.cycle_forms import shown_target
from perfrules.intake.forms.row_keys import FormSubject
from perfrules.model.indicator import Indicator
from perfrules.model.written import Constant

__all__ = ["other_target", "other_weight"]

_PERCENT: Final = ("%", "％")


def other_weight(one: FormSubject, indicator: Indicator, text: str) -> str | None:
    """The weight of the policy, where a form has another; None where it is the same, or comes with
    the data. A form may have a share, a number of percent or of parts, or the share of the whole
    where sections have weights of their own."""
    own, policy = indicator.weight, one.rules.policy
    if not isinstance(own, Constant):
        return None
    number = read_cell_number(text.strip().rstrip("%％"), None)
    if isinstance(number, Decimal) and text.strip().endswith(_PERCENT):
        number = number.scaleb(-2, EXACT)
    wholes = [own.value]
    section = next((found for found in policy.sections if found.name == indicator.section), None)
    if section is not None and isinstance(section.weight, Constant):
        wholes.append(EXACT.multiply(own.value, section.weight.value))
    if any(number in (whole, whole.scaleb(2, EXACT)) for whole in wholes):
        return None
    return plain(own.value) if policy.in_parts(indicator.section) else percent(own.value)


def other_target(one: FormSubject, indicator: Indicator, text: str) -> str | Refusal | None:
    """The target of the cycle, where a form has another; a refusal where it has no number, None
    where it is the same, be it before a change or after it."""
    unit = "%" if indicator.in_percent else None
    number = read_cell_number(text, unit)
    if isinstance(number, Refusal):
        return number
    known, measure = shown_target(one, indicator), one.measures.get(indicator.name)
    allowed = [read_cell_number(known, unit)] if known else []
    changed = [change.new.value for change in measure.changes] if measure else []
    return None if number in (*allowed, *changed) else known or "—"
