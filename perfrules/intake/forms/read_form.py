"""A marked form -> the values that it gives, the cells left empty, and what is wrong with it.

Cells are found by the words that people see: the heading above and the labels of the row. So a row
or a column that was put in between, a sheet that was renamed and rows that were sorted do no harm;
and whatever stands where nothing was asked for is said, cell by cell.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from perfrules.codes.code import Severity, Text
from perfrules.diagnostics import Cell, Diagnostic
from perfrules.intake.files.raw_table import Row
from perfrules.intake.forms.cycle_forms import CycleForms
from perfrules.intake.forms.entries import Entry, entry_of
from perfrules.intake.forms.form_file import FormFile, FormSheet
from perfrules.intake.forms.mark import Mark, MarkedCell, in_line
from perfrules.intake.forms.slots import Asked, Slot

__all__ = ["ReadForm", "read_form"]


@dataclass(slots=True)
class ReadForm:
    """What a file gives. `of` is the id of the person or rater, `empty` are the cells that were
    asked for and left empty. `asked` is what there was to fill in, where the form bears no mark."""

    file: FormFile
    kind: str
    of: str
    entries: dict[Slot, Entry] = field(default_factory=dict)
    empty: dict[Slot, Cell] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    asked: dict[Slot, Asked] | None = None
    is_foreign: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong with it."""
        return not any(one.severity == "error" for one in self.findings)

    def report(self, code: str, place: Cell | str, **facts: object) -> None:
        """Keeps an error of the form."""
        self.findings.append(Diagnostic(code, place, facts))


class _Head(NamedTuple):
    """Where a table of the form has its heading: the sheet, the row in it from 0, the columns."""

    sheet: FormSheet
    at: int
    labels: tuple[int, ...]
    inputs: Mapping[str, int]


def read_form(file: FormFile, mark: Mark, forms: CycleForms, *, older: bool = False) -> ReadForm:
    """Reads a form of this cycle; `file` carries `mark`. One that asks by policies which were
    changed since is read if `older` says so."""
    found = ReadForm(file, mark.kind, mark.of, findings=[*file.findings])
    asked = asked_of(mark, forms)
    found.is_foreign = _is_foreign(found, mark, forms) or _is_older(found, mark, forms, older)
    if not found.is_foreign:
        _Reader(found, mark, asked, forms).read()
    return found


def asked_of(mark: Mark, forms: CycleForms) -> dict[Slot, Asked]:
    """What the cycle asks of whom the form is, by slot."""
    if mark.kind == "person":
        of_segments = [one for _, found in forms.of_person(mark.of) for one in found]
        return {one.slot: one for one in (*of_segments, *forms.overall(mark.of))}
    return {one.slot: one for _, found in forms.of_rater(mark.of) for one in found}


def _is_foreign(found: ReadForm, mark: Mark, forms: CycleForms) -> bool:
    """Reports a form of another cycle, or of nobody."""
    place = found.file.name
    if mark.cycle != in_line(forms.cycle.id):
        facts = {"other": mark.cycle, "cycle": forms.cycle.id}
        found.report("form-of-other-cycle", place, **facts)
        return True
    known = forms.people if mark.kind == "person" else forms.by_rater
    if mark.of not in known:
        found.report("form-of-nobody", place, person=mark.of, kind=_KINDS[mark.kind])
        return True
    return False


def _is_older(found: ReadForm, mark: Mark, forms: CycleForms, older: bool) -> bool:
    """Reports a form that asks by policies which were changed since; whether it is not read."""
    now = {
        f"{one.id}#{one.segment}" if one.segment else one.id: one.rules.policy
        for one in forms.subjects
    }
    for by in mark.policies:
        policy = now.get(by.subject)
        # Somebody who is no longer rated is told by the cells.
        if policy is not None and (policy.label, policy.digest) != (by.label, by.digest):
            facts = {"person": by.subject, "old": by.label, "policy": policy.label}
            severity: Severity = "warning" if older else "error"
            place = found.file.name
            found.findings.append(
                Diagnostic("form-of-older-policies", place, facts, severity=severity)
            )
            return not older
    return False


_KINDS = {"person": Text("被考核人", "person judged"), "rater": Text("评分人", "rater")}


class _Reader:
    def __init__(
        self, found: ReadForm, mark: Mark, asked: Mapping[Slot, Asked], forms: CycleForms
    ) -> None:
        self.found, self.mark, self.asked, self.forms = found, mark, asked, forms
        self.claimed: set[Cell] = set()
        self.headings: list[list[str]] = [[] for _ in mark.heads]
        self.lines: list[dict[tuple[str, ...], dict[str, MarkedCell]]] = [{} for _ in mark.heads]
        for cell in mark.cells:
            if cell.heading not in self.headings[cell.table]:
                self.headings[cell.table].append(cell.heading)
            self.lines[cell.table].setdefault(cell.labels, {})[cell.heading] = cell
        self.shown: list[dict[tuple[str, ...], dict[str, str]]] = [{} for _ in mark.heads]
        for one in mark.shown:
            self.shown[one.table].setdefault(one.labels, {})[one.heading] = one.text
            if one.heading not in self.headings[one.table]:
                self.headings[one.table].append(one.heading)

    def read(self) -> None:
        heads = [self.head(number) for number in range(len(self.mark.heads))]
        for number, head in enumerate(heads):
            if head is not None:
                others = {one.at for one in heads if one and one.sheet is head.sheet}
                self.read_rows(number, head, min((at for at in others if at > head.at), default=0))
        # Without a head nobody knows what the cells below are, and the form is refused for that.
        if None not in heads:
            self.report_strays()

    def head(self, number: int) -> _Head | None:
        """The heading of a table; None, and reported, where it is not there once."""
        labels, inputs = self.mark.heads[number], self.headings[number]
        found = []
        for sheet in self.found.file.sheets:
            for at, row in enumerate(sheet.rows):
                texts = [in_line(text) for text in row.texts]
                if all(label in texts for label in labels) and any(one in texts for one in inputs):
                    columns = {one: texts.index(one) for one in inputs if one in texts}
                    places = tuple(texts.index(label) for label in labels)
                    found.append((_Head(sheet, at, places, columns), texts))
        name = self.found.file.name
        if len(found) != 1:
            shown = " | ".join(labels)
            what = (
                Text(f"有 {len(found)} 处表头“{shown}”", f"there are {len(found)} heads {shown}")
                if found
                else Text(f"找不到表头“{shown}”", f"the head {shown} is gone")
            )
            self.found.report("form-changed", name, what=what)
            return None
        head, texts = found[0]
        place = head.sheet.raw.place(head.sheet.rows[head.at].number)
        lost = [one for one in inputs if one not in head.inputs]
        twice = [one for one in (*labels, *inputs) if texts.count(one) > 1]
        for one in lost:
            what = Text(f"找不到“{one}”一栏", f"the column {one} is gone")
            self.found.report("form-changed", place, what=what)
        for one in twice:
            what = Text(f"“{one}”一栏出现两次", f"the column {one} stands twice")
            self.found.report("form-changed", place, what=what)
        return None if twice else head

    def read_rows(self, number: int, head: _Head, end: int) -> None:
        """Reads the rows below a head, to the end of the sheet or up to the next head."""
        lines, seen = self.lines[number], dict[tuple[str, ...], int]()
        words = {label for known in (*lines, *self.shown[number]) for label in known}
        top = head.sheet.rows[head.at]
        for at in (*head.labels, *head.inputs.values()):
            self.claim(head.sheet, top, at)
        for row in head.sheet.rows[head.at + 1 : end or None]:
            labels = tuple(_text(row, at) for at in head.labels)
            self.claim_words(head, row, words, self.shown[number].get(labels, {}))
            line = lines.get(labels)
            if line is None:
                continue
            if labels in seen:
                facts = {"row": seen[labels], "labels": _joined(labels)}
                self.found.report("form-row-twice", head.sheet.raw.place(row.number), **facts)
            seen.setdefault(labels, row.number)
            for heading, at in head.inputs.items():
                cell = line.get(heading)
                if cell is not None:
                    self.claim(head.sheet, row, at)
                    self.take(cell, head.sheet, row, at)
        for labels, line in lines.items():
            is_asked = any(one.slot in self.asked for one in line.values())
            if labels not in seen and is_asked:
                place = head.sheet.raw.place(top.number)
                self.found.report("form-row-gone", place, labels=_joined(labels))

    def claim_words(
        self, head: _Head, row: Row, words: Collection[str], shown: Mapping[str, str]
    ) -> None:
        """Claims what a row was written with: words in the columns of the labels, be it in a row
        that was changed, and what it only shows."""
        for at in head.labels:
            if _text(row, at) in words:
                self.claim(head.sheet, row, at)
        for heading, text in shown.items():
            place = head.inputs.get(heading)
            if place is not None and _text(row, place) == text:
                self.claim(head.sheet, row, place)

    def take(self, marked: MarkedCell, sheet: FormSheet, row: Row, at: int) -> None:
        """Reads a cell that was asked for."""
        cell = sheet.cell(row, at)
        if cell.fault is None and marked.given and in_line(cell.text) == marked.given:
            return  # it stood there from the beginning
        asked = self.asked.get(marked.slot)
        if asked is None:
            if not self.forms.is_blank(cell.text) or cell.fault is not None:
                self.found.report("no-longer-asked", cell.place, text=cell.text)
            return
        entry, finding = entry_of(asked, cell, self.forms)
        if finding is not None:
            self.found.findings.append(finding)
        if entry is not None:
            self.found.entries[marked.slot] = entry
        elif finding is None:
            self.found.empty[marked.slot] = cell.place

    def claim(self, sheet: FormSheet, row: Row, at: int) -> None:
        self.claimed.add(sheet.raw.place(row.number, at + 1))

    def report_strays(self) -> None:
        """Says of each cell that stands where nothing was asked for. What the form was written
        with outside of its tables may stand there as often as it did."""
        left = Counter(self.mark.texts)
        for sheet in self.found.file.sheets:
            for row in sheet.rows:
                for at, text in _filled(row):
                    place, word = sheet.raw.place(row.number, at + 1), in_line(text)
                    if place in self.claimed:
                        continue
                    if left[word] > 0:
                        left[word] -= 1
                    else:
                        self.found.report("stray-cell", place, text=text.strip() or "?")


def _text(row: Row, at: int) -> str:
    return in_line(row.texts[at]) if at < len(row.texts) else ""


def _joined(labels: Iterable[str]) -> str:
    return " | ".join(filter(None, labels))


def _filled(row: Row) -> Iterator[tuple[int, str]]:
    """The cells of a row that hold anything, be it that they cannot be read."""
    for at, text in enumerate(row.texts):
        if text.strip() or (at in row.faults):
            yield at, text
