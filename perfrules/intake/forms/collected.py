"""All forms of a folder, held against one another and against the tables: what is taken, what is
refused, who is missing."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Diagnostic, Related
from perfrules.intake.forms.cycle_forms import CycleForms
from perfrules.intake.forms.entries import Entry
from perfrules.intake.forms.form_file import FormFile, form_files, read_form_file
from perfrules.intake.forms.into_tables import Tables
from perfrules.intake.forms.read_form import ReadForm, asked_of, read_form
from perfrules.intake.forms.slots import Asked, Slot
from perfrules.intake.tables.layouts import title_of

__all__ = ["Collected", "OtherForms", "collect"]

OtherForms = Callable[[FormFile, CycleForms], list[ReadForm]]
"""Reads a file that has no mark of a form: none where it is nothing that can be collected."""

_FIRST: Final = Text("另一份在此", "the other one is here")
_KINDS: Final = ("person", "rater", "department")


@dataclass(slots=True)
class Collected:
    """What a folder of forms holds.

    `forms` are all that could be told to be forms, `taken` those without errors, in the order of
    the files; `missing` and `unfinished` are findings too, but no errors.
    """

    files: int = 0
    forms: list[ReadForm] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    missing: list[Diagnostic] = field(default_factory=list)

    @property
    def taken(self) -> list[ReadForm]:
        return [one for one in self.forms if one.is_clean]

    @property
    def errors(self) -> list[Diagnostic]:
        """All errors, of the files in their order."""
        found = [*self.findings, *(one for form in self.forms for one in form.findings)]
        return [one for one in found if one.severity == "error"]

    @property
    def remarks(self) -> list[Diagnostic]:
        """Warnings and notes of forms."""
        found = [*self.findings, *(one for form in self.forms for one in form.findings)]
        return [one for one in found if one.severity != "error"]

    def entries(self, forms: CycleForms) -> list[tuple[Entry, Asked | None]]:
        """The values of the forms that are taken, each once."""
        found: dict[Slot, tuple[Entry, Asked | None]] = {}
        for form in self.taken:
            asked = _asked(form, forms)
            for slot, entry in form.entries.items():
                found.setdefault(slot, (entry, asked.get(slot)))
        return [*found.values()]


def collect(
    folder: Path, forms: CycleForms, tables: Tables, others: Iterable[OtherForms], *,
    replace: bool = False, older: bool = False,
) -> Collected:  # fmt: skip
    """Reads all forms in a folder. What the tables have already and a form says otherwise is an
    error of the form, unless it is to `replace` it; so is what asks by `older` policies."""
    found = Collected()
    readers = [*others]
    for path in form_files(folder):
        found.files += 1
        name = path.relative_to(folder).as_posix()
        file = read_form_file(path, name)
        if file.mark is not None:
            found.forms.append(read_form(file, file.mark, forms, older=older))
        elif file.is_damaged:
            found.findings.append(Diagnostic("damaged-form", name, {"file": name}))
        else:
            read: list[ReadForm] = next(filter(None, (one(file, forms) for one in readers)), [])
            found.forms += read
            found.findings += [] if read else _refused(file)
    for form in found.forms:
        # What stands in the cells has been read; there may be thousands of forms.
        form.file = dataclasses.replace(form.file, sheets=())
    _hold_together(found)
    _hold_against_tables(found, forms, tables, replace=replace)
    found.missing += _missing(found, forms)
    return found


def _refused(file: FormFile) -> list[Diagnostic]:
    """Why a file is no form: it cannot be read, or there is nothing of the kind in it."""
    errors = [one for one in file.findings if one.severity == "error"]
    return errors or [Diagnostic("not-a-form", file.name, {"file": file.name})]


def _asked(form: ReadForm, forms: CycleForms) -> dict[Slot, Asked]:
    if form.asked is not None:
        return form.asked
    assert form.file.mark is not None
    return asked_of(form.file.mark, forms)


def _hold_together(found: Collected) -> None:
    """Two forms of one person: the same, and taken once, or an error of both. Then single values
    of different forms."""
    first: dict[tuple[str, str], ReadForm] = {}
    kept = []
    for form in found.forms:
        is_known = bool(form.of) and not form.is_foreign
        other = first.setdefault((form.kind, form.of), form) if is_known else form
        if other is form or (
            _values(form) == _values(other) and not (form.is_clean and other.is_clean)
        ):
            kept.append(form)
        elif _values(form) == _values(other):
            facts = {"first": other.file.name, "of": form.of}
            finding = Diagnostic("same-form-twice", form.file.name, facts, severity="note")
            found.findings.append(finding)
        else:
            kept.append(form)
            for one, two in ((form, other), (other, form)):
                facts = {"first": two.file.name, "of": form.of, "differs": _difference(one, two)}
                one.findings.append(Diagnostic("forms-differ", one.file.name, facts))
    found.forms = kept
    seen: dict[Slot, tuple[ReadForm, Entry]] = {}
    for form in found.forms:
        for slot, entry in form.entries.items():
            earlier, known = seen.setdefault(slot, (form, entry))
            if earlier.of == form.of and earlier.kind == form.kind:
                continue
            if entry.value != known.value:
                for one, mine, yours in ((form, entry, known), (earlier, known, entry)):
                    facts = {"text": mine.text, "other": yours.text, "place": str(yours.place)}
                    related = (Related(yours.place, _FIRST),)
                    one.findings.append(Diagnostic("forms-disagree", mine.place, facts, related))


def _values(form: ReadForm) -> dict[Slot, object]:
    return {slot: entry.value for slot, entry in form.entries.items()}


def _difference(one: ReadForm, two: ReadForm) -> str:
    """The first cell in which one form is not as another."""
    for slot, entry in one.entries.items():
        other = two.entries.get(slot)
        if other is None or other.value != entry.value:
            return f"{_address(entry.place)} `{entry.text}`"
    empty = next((slot for slot in two.entries if slot in one.empty), None)
    return f"{_address(one.empty[empty])} —" if empty is not None else "—"


def _address(place: Cell) -> str:
    return place.address or str(place.row)


def _hold_against_tables(
    found: Collected, forms: CycleForms, tables: Tables, *, replace: bool
) -> None:
    for form in found.forms:
        asked = _asked(form, forms)
        for slot, entry in form.entries.items():
            finding = tables.differing(entry, asked.get(slot))
            if finding is not None and not (replace and finding.code == "already-there"):
                form.findings.append(finding)


# Who is missing


def _missing(found: Collected, forms: CycleForms) -> Iterator[Diagnostic]:
    """Forms that are still to come, and cells that were left empty.

    A kind of form is waited for if the folder has any of it. Whoever's values the tables have
    already was there before.
    """
    given = {slot for form in found.taken for slot in form.entries}
    for kind in _KINDS:
        there = {one.of for one in found.forms if one.kind == kind and not one.is_foreign}
        if not there:
            continue
        known = forms.by_rater if kind == "rater" else forms.people
        for of in known:
            if of not in there and _is_waited_for(kind, of, forms, given):
                name, who = forms.name(of), Text(f"`{of}`", f"`{of}`")
                if name:
                    who = Text(f"{name}（`{of}`）", f"{name} (`{of}`)")
                facts = {"who": who, "kind": _NAMES[kind]}
                yield Diagnostic("form-to-come", None, facts, severity="warning")
    for form in found.taken:
        yield from _unfinished(form, forms, given)


_NAMES: Final = {
    "person": Text("个人考核表", "person"), "rater": Text("评分表", "rater"),
    "department": Text("考核表", "department"),
}  # fmt: skip


def _is_waited_for(kind: str, of: str, forms: CycleForms, given: set[Slot]) -> bool:
    """Whether a value that is needed is nowhere, or nothing that was asked for is anywhere."""
    if kind != "rater":
        asked = [one for _, found in forms.of_person(of) for one in found]
        asked += forms.overall(of)
    else:
        asked = [one for _, found in forms.of_rater(of) for one in found]
    if kind == "department":
        asked = [one for one in asked if one.slot.row.table == "actuals"]
    filled = [bool(one.known) or one.slot in given for one in asked]
    if any(one.needed and not is_filled for one, is_filled in zip(asked, filled, strict=True)):
        return True
    return kind != "department" and not any(
        is_filled and one.slot.row.table != "actuals"
        for one, is_filled in zip(asked, filled, strict=True)
    )


def _unfinished(form: ReadForm, forms: CycleForms, given: set[Slot]) -> Iterator[Diagnostic]:
    """The cells of a form that were left empty though they are needed."""
    asked = _asked(form, forms)
    left = [
        (place, asked[slot])
        for slot, place in form.empty.items()
        if slot in asked and asked[slot].needed and slot not in given and not asked[slot].known
    ]
    if not form.entries and form.empty:
        yield Diagnostic("empty-form", form.file.name, {"of": form.of}, severity="warning")
        return
    for place, one in left:
        facts = {"what": _called(one.slot, forms)}
        yield Diagnostic("form-unfinished", place, facts, severity="warning")


def _called(slot: Slot, forms: CycleForms) -> Text:
    """What a cell asks for: of whom, which indicator, which column."""
    row = slot.row
    title = next(
        (
            figure.indicator.title
            for one in forms.keys.by_id.get(row.person, ())
            if (figure := one.rules.figures.get(row.indicator)) is not None
        ),
        Text(row.indicator, row.indicator),
    )
    column = Text(title_of(slot.column), slot.column)
    return Text(*(" ".join((row.person, *words)) for words in zip(title, column, strict=True)))
