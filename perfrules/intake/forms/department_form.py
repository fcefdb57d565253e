"""The usual form of departments -> the values that it gives, as those of a form that was sent out.

Whose it is says its head, by the id or else the name. Indicators are known by id or title; weights
and targets are held against the policy and the cycle.
"""

import re
from typing import Final

from perfrules.codes.code import Severity, Text
from perfrules.diagnostics import Cell, Diagnostic
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.figures.figure_cells import unit_problem
from perfrules.intake.files.raw_table import Row
from perfrules.intake.forms.cycle_forms import CycleForms, shown_target
from perfrules.intake.forms.department_checks import other_target, other_weight
from perfrules.intake.forms.department_layout import (
    Column,
    DepartmentSheet,
    department_sheet,
    is_remark,
)
from perfrules.intake.forms.entries import FormCell, entry_of
from perfrules.intake.forms.form_file import FormFile
from perfrules.intake.forms.read_form import ReadForm
from perfrules.intake.forms.row_keys import FormSubject
from perfrules.intake.forms.slots import Asked, RowKey, Slot
from perfrules.intake.people.ids import identity
from perfrules.intake.people.rules import Figure, unknown_indicator
from perfrules.intake.tables.table import is_total

__all__ = ["department_forms"]

_OF_A_FORM: Final = frozenset(("自评说明", "上级评语", "Self: in words", "Manager: in words"))
"""Headings of the form of a person: its sheet was copied into another workbook."""

_NAMED: Final = re.compile(r"(.*)\(([^()]+)\)")
"""A name with its id behind it: `示例员工01（E001）`."""

_NUMBERED: Final = re.compile(r"\s*[(（]?[0-9一二三四五六七八九十]{1,2}[)）]?[.、．)）]\s*")


def department_forms(file: FormFile, forms: CycleForms) -> list[ReadForm]:
    """The forms in a workbook, one a sheet; sheets that are none are said, where any is one."""
    found, besides = [], []
    for sheet in file.sheets:
        laid_out = department_sheet(sheet)
        if laid_out is not None and any(one.heading in _OF_A_FORM for one in laid_out.columns):
            lost = ReadForm(file, "department", "", asked={}, is_foreign=True)
            lost.report("damaged-form", sheet.raw.place(), file=file.name)
            found.append(lost)
        elif laid_out is not None:
            found.append(_Reader(file, laid_out, forms).read())
        elif sheet.rows:
            facts = {"name": sheet.raw.sheet, "suggestion": None}
            place = sheet.raw.place()
            besides.append(Diagnostic("unused-sheet", place, facts, severity="note"))
    if found:
        found[0].findings += [*file.findings, *besides]
    return found


class _Reader:
    def __init__(self, file: FormFile, laid_out: DepartmentSheet, forms: CycleForms) -> None:
        self.laid_out, self.sheet, self.forms = laid_out, laid_out.sheet, forms
        self.found = ReadForm(file, "department", "", asked={})
        self.scores = 0

    def read(self) -> ReadForm:
        subjects = self.whose()
        if subjects and self.laid_out.column("actual") is None:
            self.report_no_actuals()
        elif subjects:
            self.found.of = subjects[0].id
            asked = {one.slot: one for _, some in self._asked() for one in some}
            self.found.asked = asked
            self.report_columns()
            for row in self.laid_out.rows:
                self.read_row(row, subjects, asked)
            if self.scores:
                place = self.sheet.raw.place(self.laid_out.head.number)
                self.say("score-not-collected", place, "note", count=self.scores)
        return self.found

    def _asked(self) -> list[tuple[FormSubject, list[Asked]]]:
        return self.forms.of_person(self.found.of)

    def say(self, code: str, place: Cell, severity: Severity, **facts: object) -> None:
        self.found.findings.append(Diagnostic(code, place, facts, severity=severity))

    def refuse(self, refusal: Refusal, place: Cell, column: str) -> None:
        self.found.findings.append(refusal.at(place, column=column))

    # Whose form it is

    def whose(self) -> list[FormSubject]:
        """The person of the head, with the segments of one who moved; none, and reported, where
        nobody of the cycle is named."""
        people, pairs = self.forms.people, self.laid_out.pairs
        ids = [one for one in pairs if one.name == "person_id"]
        names = [one for one in pairs if one.name == "name"]
        called = _spelled(names[0].value) if names else ""
        pair = next(iter((*ids, *names)), None)
        in_brackets = _NAMED.fullmatch(tidy(names[0].value)) if names else None
        if ids:
            person = identity(ids[0].value)
        elif in_brackets and identity(in_brackets[2]) in people:
            person, called = identity(in_brackets[2]), _spelled(in_brackets[1])
        else:
            same = [one for one in people if called and _spelled(self.forms.name(one)) == called]
            person = same[0] if len(same) == 1 else ""
        if person not in people:
            row = pair.row if pair else self.laid_out.head
            place = self.sheet.raw.place(row.number, pair.at + 1 if pair else 0)
            text = pair.value if pair else "—"
            self.say("form-names-nobody", place, "error", text=text)
            self.found.is_foreign = True
            return []
        known = self.forms.name(person)
        if names and known and _spelled(known) != called:
            place = self.sheet.raw.place(names[0].row.number, names[0].at + 1)
            facts = {"person": person, "name": names[0].value, "known": known}
            # A row of a table goes by its id; of a whole form nobody can tell whose it is.
            self.say("wrong-name", place, "error", **facts)
        return people[person]

    def report_no_actuals(self) -> None:
        """Says that no column of the head is known to hold what was reached."""
        self.found.of, self.found.is_foreign = "", True
        place = self.sheet.raw.place(self.laid_out.head.number)
        others = [one for one in self.laid_out.columns if one.name == "?"]
        shown = Text("", "")
        if others:
            word = others[0].heading
            shown = Text(f"（现有列 `{word}`）", f" (there is a column `{word}`)")
        facts = {"table": self.sheet.raw.sheet, "column": "actual", "alias": "实际值"}
        self.say("missing-column", place, "error", **facts, there=shown)

    # Its rows

    def report_columns(self) -> None:
        """Warns of columns of which nothing is read."""
        for one in self.laid_out.columns:
            filled = any(self.cell(row, one).text.strip() for row in self.laid_out.rows)
            if one.name == "?" and filled:
                place = self.sheet.raw.place(self.laid_out.head.number, one.at + 1)
                facts = {"table": self.sheet.raw.sheet, "column": one.heading, "suggestion": None}
                self.say("unknown-column", place, "warning", **facts)

    def cell(self, row: Row, column: Column) -> FormCell:
        return self.sheet.cell(row, column.at)

    def read_row(self, row: Row, subjects: list[FormSubject], asked: dict[Slot, Asked]) -> None:
        column = self.laid_out.column("indicator")
        assert column is not None
        label = self.cell(row, column)
        if is_total(row.texts) or is_total([label.text]):
            return
        if not label.text.strip():
            self.report_remarks(row)
            return
        subject, figure = self.meant(label, subjects)
        if subject is None or figure is None:
            # A line for the signatures may begin in any column.
            if not self.has_figures(row):
                self.report_remarks(row)
            elif figure is None:
                rules = subjects[-1].rules
                word = _title(label.text)
                near = rules.similar(word, rules.figures)
                self.refuse(unknown_indicator(word, rules, near), label.place, "indicator")
            return
        self.check_weight(row, subject, figure)
        name = figure.indicator.name
        key = RowKey("actuals", subject.id, subject.segment, name)
        for one in self.laid_out.columns:
            cell = self.cell(row, one)
            if one.name == "target":
                self.take_target(cell, subject, figure, asked.get(Slot(key, "target")))
            elif one.name in ("actual", "baseline"):
                self.take(cell, figure, one, asked.get(Slot(key, one.name)))
            elif one.name in ("source", "evidence"):
                self.take_words(cell, Slot(key, one.name), asked)
            elif one.name == "note":
                remark = RowKey("comments", subject.id, subject.segment, name)
                self.take_words(cell, Slot(remark, "comment"), asked)
            elif one.name == "unit" and cell.text.strip():
                problem = unit_problem(figure, cell.text, self._actual(row))
                if problem is not None:
                    self.refuse(problem, cell.place, one.name)
            elif one.name == "score":
                self.scores += bool(cell.text.strip())

    def _actual(self, row: Row) -> str:
        column = self.laid_out.column("actual")
        return self.cell(row, column).text if column else ""

    def has_figures(self, row: Row) -> bool:
        return any(
            self.cell(row, one).text.strip()
            for one in self.laid_out.columns
            if one.name in ("actual", "target", "weight")
        )

    def meant(
        self, label: FormCell, subjects: list[FormSubject]
    ) -> tuple[FormSubject | None, Figure | None]:
        """The indicator of a row, and of somebody who moved the segment that has it."""
        for text in (label.text, _title(label.text)):
            found = [(one, one.rules.figure(text)) for one in subjects]
            known = [(one, figure) for one, figure in found if figure is not None]
            if len(known) > 1:
                facts = {"person": subjects[0].id, "indicator": text.strip()}
                self.say("several-segments", label.place, "error", **facts)
                return None, known[0][1]
            if known:
                return known[0]
        return None, None

    def report_remarks(self, row: Row) -> None:
        """Says of words below the table that they are not taken; a figure there is an error."""
        figures = {
            one.at for one in self.laid_out.columns if one.name in ("actual", "target", "baseline")
        }
        if any(is_remark(text) for text in row.texts if text.strip()):
            return
        for at, text in enumerate(row.texts):
            if text.strip():
                severity: Severity = "error" if at in figures else "warning"
                place = self.sheet.raw.place(row.number, at + 1)
                self.say("stray-cell", place, severity, text=text.strip())

    # Its values

    def take(self, cell: FormCell, figure: Figure, column: Column, asked: Asked | None) -> None:
        """A figure; one that the cycle does not ask for is an error."""
        if self.forms.is_blank(cell.text) and cell.fault is None:
            if asked is not None:
                self.found.empty[asked.slot] = cell.place
            return
        if figure.kind == "ratings":
            facts = {"indicator": figure.indicator.name, "text": cell.text.strip()}
            self.refuse(Refusal("figure-for-ratings", facts), cell.place, column.name)
            return
        if asked is None:
            self.say("stray-cell", cell.place, "error", text=cell.text.strip())
            return
        if column.unit and (problem := unit_problem(figure, column.unit, cell.text)) is not None:
            self.refuse(problem, cell.place, column.name)
            return
        entry, finding = entry_of(asked, cell, self.forms)
        if finding is not None:
            self.found.findings.append(finding)
        if entry is not None:
            self.found.entries[asked.slot] = entry

    def take_target(
        self, cell: FormCell, subject: FormSubject, figure: Figure, asked: Asked | None
    ) -> None:
        """A target, which has to be that of the cycle; one that the cycle lacks is taken."""
        if self.forms.is_blank(cell.text) and cell.fault is None:
            return
        indicator = figure.indicator
        known = shown_target(subject, indicator)
        if not known and asked is not None:
            column = self.laid_out.column("target")
            assert column is not None
            self.take(cell, figure, column, asked)
            return
        found = cell.fault or other_target(subject, indicator, cell.text)
        if isinstance(found, Refusal):
            self.refuse(found, cell.place, "target")
        elif found is not None:
            facts = {"indicator": indicator.called, "text": cell.text.strip(), "known": found}
            self.say("other-target", cell.place, "error", **facts)

    def take_words(self, cell: FormCell, slot: Slot, asked: dict[Slot, Asked]) -> None:
        if cell.text.strip():
            wanted = asked.setdefault(slot, Asked(slot, known=self.forms.known(slot)))
            entry, finding = entry_of(wanted, cell, self.forms)
            self.found.findings += [finding] if finding else []
            if entry is not None:
                self.found.entries[slot] = entry

    def check_weight(self, row: Row, subject: FormSubject, figure: Figure) -> None:
        column = self.laid_out.column("weight")
        if column is None or self.forms.is_blank(self.cell(row, column).text):
            return
        cell, indicator = self.cell(row, column), figure.indicator
        known = other_weight(subject, indicator, cell.text)
        if known is not None:
            facts = {"indicator": indicator.called, "text": cell.text.strip(), "known": known}
            self.say("other-weight", cell.place, "error", **facts)


def _title(text: str) -> str:
    """An indicator without the number before it: `1、销售额`."""
    return _NUMBERED.sub("", tidy(text), count=1) if _NUMBERED.match(tidy(text)) else tidy(text)


def _spelled(name: str) -> str:
    return "".join(tidy(name).split()).casefold()
