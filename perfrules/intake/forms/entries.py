"""The cells of a form -> the values that they hold, by the same grammar as all cells of tables."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Diagnostic
from perfrules.exact import percent, plain, share_readings
from perfrules.intake.cells.dates import read_cell_date
from perfrules.intake.cells.notation import converted
from perfrules.intake.cells.numerals import (
    Refusal,
    ambiguous_share,
    read_cell_number,
    read_yes_no,
    spreadsheet_error,
    tidy,
    yes_no_meant,
)
from perfrules.intake.forms.cycle_forms import CycleForms
from perfrules.intake.forms.slots import Asked, Slot
from perfrules.model.scorecard import Value

__all__ = ["Entry", "FormCell", "entry_of", "same_value"]

_HARMLESS: Final = frozenset(("padded-id", "percent-cell"))
"""Faults of numbers, which do no harm to words."""


class FormCell(NamedTuple):
    """A cell of a form as it stands there."""

    text: str
    place: Cell
    fault: Refusal | None = None


class Entry(NamedTuple):
    """A value that a form gives: as it goes into the table, and as it is compared."""

    slot: Slot
    text: str
    value: Value
    place: Cell


def entry_of(
    asked: Asked, cell: FormCell, forms: CycleForms
) -> tuple[Entry | None, Diagnostic | None]:
    """What a cell gives, if anything, and what is wrong with it; a warning comes with an entry."""
    if cell.fault is not None and not (asked.form == "words" and cell.fault.code in _HARMLESS):
        return None, cell.fault.at(cell.place, column=asked.slot.column)
    if forms.is_blank(cell.text):
        return None, None
    # A line end of another system, as workbooks write it.
    text, slot = cell.text.replace("_x000D_", "").strip(), asked.slot
    if spreadsheet_error(tidy(text)):
        return None, Refusal("spreadsheet-error", {"text": text}).at(cell.place)
    if asked.form in ("number", "percent"):
        return _number(asked, cell, forms)
    if asked.form == "words":
        return Entry(slot, text, text, cell.place), None
    if asked.form == "date":
        day = read_cell_date(text, None)
        if isinstance(day, Refusal):
            return None, day.at(cell.place, column=slot.column)
        return Entry(slot, day.isoformat(), day.isoformat(), cell.place), None
    found = _word(asked, text, forms)
    if isinstance(found, Refusal):
        return None, found.at(cell.place)
    return Entry(slot, *found, cell.place), None


def _number(
    asked: Asked, cell: FormCell, forms: CycleForms
) -> tuple[Entry | None, Diagnostic | None]:
    slot = asked.slot
    notations = forms.setting.notations
    notation = notations.get(slot.row.table, notations[""])
    text = converted(notation, cell.text, slot.column)
    if isinstance(text, Refusal):
        return None, text.at(cell.place, column=slot.column)
    number = read_cell_number(text, "%" if asked.form == "percent" else None)
    signed = text.rstrip().endswith(("%", "％"))
    if isinstance(number, Decimal) and slot.column == "weight" and number and not signed:
        number = ambiguous_share(number, text)
    if isinstance(number, Refusal):
        return None, number.at(cell.place, column=slot.column)
    low, high = asked.low, asked.high
    if (low is not None and number < low) or (high is not None and number > high):
        shown = percent if asked.form == "percent" else plain
        ends = ["—" if end is None else shown(end) for end in (low, high)]
        name = slot.row.indicator or slot.column
        facts = {"name": name, "value": shown(number), "low": ends[0], "high": ends[1]}
        return None, Refusal("out-of-range", facts).at(cell.place)
    # A share without its sign stays as it was written: `evaluate` looks at all of a column.
    shown_as = tidy(text) if asked.form == "percent" else plain(number)
    warning = None
    if asked.form == "percent" and abs(number) > 1 and not signed:
        facts = share_readings(text.strip(), number)
        warning = Refusal("bare-ratio", facts).at(cell.place)
    return Entry(slot, shown_as, number, cell.place), warning


def _word(asked: Asked, text: str, forms: CycleForms) -> tuple[str, Value] | Refusal:
    """A level or a yes or no, and how it is written in the table."""
    word = tidy(text)
    if asked.form == "yes_no":
        done = read_yes_no(word)
        facts = {"indicator": asked.slot.row.indicator, "value": word}
        refusal = Refusal("not-a-yes-or-no", {**facts, "suggestion": yes_no_meant(word)})
        return refusal if done is None else (word, done)
    row = asked.slot.row
    rules = next(one.rules for one in forms.keys.by_id[row.person] if one.segment == row.segment)
    levels: Mapping[str, str] = rules.levels[row.indicator]
    if (level := levels.get(word)) is not None:
        return word, level
    called: Text = rules.policy.indicator[row.indicator].title
    known, near = "、".join(levels), rules.similar(word, levels)
    return Refusal(
        "unknown-level", {"indicator": called, "value": word, "known": known, "suggestion": near}
    )


def same_value(entry: Entry, text: str, asked: Asked | None) -> bool:
    """Whether a cell of a table says the same as an entry."""
    if isinstance(entry.value, Decimal):
        in_percent = asked is not None and asked.form == "percent"
        number = read_cell_number(text, "%" if in_percent else None)
        return isinstance(number, Decimal) and number == entry.value
    if isinstance(entry.value, bool):
        return read_yes_no(text) is entry.value
    return " ".join(tidy(text).split()) == " ".join(tidy(entry.text).split())
