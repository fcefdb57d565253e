"""The improvement plan of a filled-in statement -> rows of the table of improvements.

A statement is told by its head (whose it is, of which cycle) and by its table of measures, in a
workbook or in Word; `Grid` is what the two have in common.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from perfrules.diagnostics import Cell, Diagnostic
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.forms.cycle_forms import CycleForms
from perfrules.intake.forms.entries import FormCell, entry_of
from perfrules.intake.forms.form_file import FormFile
from perfrules.intake.forms.mark import in_line
from perfrules.intake.forms.read_form import ReadForm
from perfrules.intake.forms.slots import Asked, RowKey, Slot
from perfrules.intake.people.ids import identity

__all__ = ["Grid", "improvement_plans", "plans_in_workbook"]

Grid = Sequence[Sequence[FormCell]]
"""Rows of cells, from top to bottom."""

_WHOSE: Final = frozenset(
    ("被考核人", "团队", "部门", "项目", "name", "team", "department", "project")
)
_CYCLE: Final = frozenset(("考核周期", "cycle"))
_COLUMNS: Final = {
    "差距": "gap", "改进措施": "measure", "所需支持": "support", "负责人": "owner",
    "完成日期": "due", "gap": "gap", "measure": "measure", "support": "support", "owner": "owner",
    "date": "due",
}  # fmt: skip
_BELOW: Final = frozenset(
    ("后续安排", "面谈与签字", "follow-ups", "talk and signatures", "面谈日期", "date of the talk")
)
"""What may stand below the table of measures."""

_BLANKS: Final = frozenset(
    ("面谈日期", "本人意见", "上级意见", "date of the talk", "own comments",
     "comments of the superior")
)  # fmt: skip
"""Fields of a statement that people fill in, and that no table has a place for."""

_NAMED: Final = re.compile(r"(.*)\(([^()]+)\)")


def plans_in_workbook(file: FormFile, forms: CycleForms) -> list[ReadForm]:
    """The plans in the sheets of a workbook."""
    grids = [
        [[sheet.cell(row, at) for at in range(len(row.texts))] for row in sheet.rows]
        for sheet in file.sheets
    ]
    found = improvement_plans(file, grids, forms)
    if found:
        found[0].findings += file.findings
    return found


def improvement_plans(file: FormFile, grids: Iterable[Grid], forms: CycleForms) -> list[ReadForm]:
    """The plans of all statements that stand in the grids."""
    found: list[ReadForm] = []
    for grid in grids:
        reader = _Reader(file, forms)
        for row in grid:
            reader.take(row)
        found += reader.found
    return found


class _Reader:
    """Walks the rows of a grid, which may hold several statements one after the other."""

    def __init__(self, file: FormFile, forms: CycleForms) -> None:
        self.file, self.forms = file, forms
        self.found: list[ReadForm] = []
        self.whose: tuple[str, Cell] | None = None
        self.cycle: tuple[str, Cell] | None = None
        self.columns: dict[int, str] = {}
        self.current: ReadForm | None = None

    def take(self, row: Sequence[FormCell]) -> None:
        texts = [in_line(cell.text).casefold() for cell in row]
        columns = {at: _COLUMNS[text] for at, text in enumerate(texts) if text in _COLUMNS}
        if {"gap", "measure", "owner"} <= set(columns.values()):
            self.columns, self.current = columns, self.begin(row[0].place)
            return
        if self.current is not None and not self.columns:
            self.note_blanks(row, texts)
        first = next((text for text in texts if text), "")
        if self.columns and first in _BELOW:
            self.columns = {}
            self.note_blanks(row, texts)
        elif self.columns and self.current is not None:
            self.measure(row, self.current)
        else:
            self.read_head(row, texts)

    def read_head(self, row: Sequence[FormCell], texts: Sequence[str]) -> None:
        """The pairs of a statement's head."""
        for at, text in enumerate(texts):
            value = next((cell for cell in row[at + 1 :] if cell.text.strip()), None)
            if value is None:
                continue
            if text in _CYCLE:
                self.cycle = _in_brackets(value.text), value.place
            elif text in _WHOSE and at == 0 and (text in ("被考核人", "name") or not self.whose):
                self.whose, self.current = (_in_brackets(value.text), value.place), None

    def begin(self, place: Cell) -> ReadForm | None:
        """The form of the statement whose measures follow; None of what is no statement."""
        if self.whose is None or self.cycle is None:
            return None
        person, cycle = identity(self.whose[0]), self.cycle[0]
        form = ReadForm(self.file, "statement", person, asked={})
        self.found.append(form)
        if cycle != in_line(self.forms.cycle.id):
            form.report(
                "form-of-other-cycle", self.cycle[1], other=cycle, cycle=self.forms.cycle.id
            )
            form.is_foreign = True
        elif person not in self.forms.keys.by_id:
            form.report("form-names-nobody", self.whose[1], text=self.whose[0])
            form.is_foreign = True
        self.whose = None
        return form

    def measure(self, row: Sequence[FormCell], form: ReadForm) -> None:
        """A line of the table: what is to be done, and what for."""
        cells = {name: row[at] for at, name in self.columns.items() if at < len(row)}
        told = {name: cell for name, cell in cells.items() if cell.text.strip() or cell.fault}
        if form.is_foreign or "measure" not in cells:
            return
        gap = in_line(cells["gap"].text) if "gap" in cells else ""
        if "measure" not in told:
            place = cells["measure"].place
            if set(told) - {"gap"}:
                facts = {"table": "improvements", "column": "measure"}
                form.findings.append(Refusal("empty-cell", facts).at(place, "error"))
            elif told:
                key = RowKey("improvements", form.of, indicator="", group=gap)
                form.empty[Slot(key, "measure")] = place
            return
        text = in_line(cells["measure"].text)
        key = RowKey("improvements", form.of, indicator=text, group=gap)
        assert form.asked is not None
        for name, cell in told.items():
            slot = Slot(key, name)
            asked = form.asked[slot] = Asked(slot, "date" if name == "due" else "words")
            if slot in form.entries:
                first = form.entries[slot].place
                form.report("form-row-twice", cell.place, row=first.row, labels=text)
            entry, finding = entry_of(asked, cell, self.forms)
            form.findings += [finding] if finding else []
            if entry is not None:
                form.entries[slot] = entry

    def note_blanks(self, row: Sequence[FormCell], texts: Sequence[str]) -> None:
        """Says of what stands in the other fields that it is not taken."""
        first = next((text for text in texts if text), "")
        if self.current is None or first not in _BLANKS:
            return
        for cell, text in zip(row, texts, strict=True):
            if text and text != first:
                facts = {"text": cell.text.strip()}
                finding = Diagnostic("stray-cell", cell.place, facts, severity="note")
                self.current.findings.append(finding)


def _in_brackets(text: str) -> str:
    """The id in `示例员工07（E1007）`; the whole text where there are no brackets."""
    word = tidy(text)
    found = _NAMED.fullmatch(word)
    return found[2].strip() if found else word
