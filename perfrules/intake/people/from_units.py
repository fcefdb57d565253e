"""Rows of units -> teams, departments and projects in the roster; and who belongs to which."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import closest
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.ids import identity
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.people.rules import UNIT_KINDS, RuleBook
from perfrules.intake.people.subject_rows import SubjectRows
from perfrules.intake.tables.table import Table

__all__ = ["attach_units", "names_of_units", "read_units"]

_AMBIGUOUS: Final = ""
"""What a name finds that is that of several units."""

_WORDS: Final[Mapping[str, Text]] = {
    "team": Text("团队", "team"),
    "department": Text("部门", "department"),
    "project": Text("项目", "project"),
    "parent": Text("上级组织", "unit"),
}


def read_units(table: Table, roster: Roster, book: RuleBook) -> None:
    """Puts the units into the roster, where their figures find them by their ids."""
    reader = _UnitRows(table, roster, book)
    for row in table:
        reader.take(row)


class _UnitRows(SubjectRows):
    id_column = "unit_id"
    no_id = "missing-unit-id"
    no_facts = ("unit_id",)
    needed = ("unit_id", "role")
    units = True

    def fill(self, draft: Draft, row: Row) -> None:
        super().fill(draft, row)
        # One whose policy is not found is of no kind that a column could name.
        draft.kind = draft.rules.policy.subject if draft.rules else "unit"


def attach_units(tables: Mapping[str, Table], roster: Roster) -> None:
    """Finds the units that the columns `team`, `department`, `project` and `parent` name.

    A column may name a unit by its id or its name. One that names none is no fault: not every
    team is judged. It is a warning where a unit is called nearly so.
    """
    units = [one for one in roster.drafts.values() if one.table == "units"]
    if not units:
        return
    names = {kind: _Names(kind, (one for one in units if one.kind == kind)) for kind in UNIT_KINDS}
    shared: dict[tuple[str, ...], Mapping[str, str]] = {}
    for draft in roster.drafts.values():
        table = tables[draft.table]
        found = tuple(names[kind].find(draft, table, roster) for kind in UNIT_KINDS)
        if any(found):
            known = {kind: unit for kind, unit in zip(UNIT_KINDS, found, strict=True) if unit}
            draft.unit_ids = shared.setdefault(found, known)
    parents = _Names("parent", units)
    for unit in units:
        unit.parent = parents.find(unit, tables["units"], roster)
    _refuse_circles(units, roster, tables["units"])


def names_of_units(roster: Roster) -> Mapping[str, str]:
    """The ids of the units by their names, where a name is that of one unit alone."""
    units = [one for one in roster.drafts.values() if one.table == "units"]
    found = _Names("parent", units).found if units else {}
    return {word: unit for word, unit in found.items() if unit}


class _Names:
    """The units that a column can name, by id and by name."""

    def __init__(self, column: str, units: Iterable[Draft]) -> None:
        self.column = column
        self.found: dict[str, str] = {}
        ids = {}
        for unit in units:
            ids[unit.id] = unit.id
            if (name := unit.person.get("name")) is not None:
                word = tidy(str(name.value))
                self.found[word] = _AMBIGUOUS if word in self.found else unit.id
        self.found |= ids
        self.similar: dict[str, str | None] = {}

    def find(self, draft: Draft, table: Table, roster: Roster) -> str:
        """The id of the unit that the draft's column names; empty where it names none."""
        datum = draft.person.get(self.column)
        if datum is None or not self.found:
            return ""
        word = str(datum.value)
        unit = self.found.get(identity(word), self.found.get(tidy(word)))
        if unit:
            return unit
        # A segment has this from its person, where it was said.
        whole = roster.drafts[draft.of].person.get(self.column) if draft.of else None
        if datum is not whole:
            place = table.place(draft.row, self.column)
            facts = {"kind": _WORDS[self.column], "name": word}
            if unit == _AMBIGUOUS:
                draft.problems.append(Refusal("ambiguous-unit", facts).at(place))
            elif (near := self.near(word)) or self.column == "parent":
                found = Refusal("unknown-unit", {**facts, "suggestion": near})
                draft.problems.append(found.at(place))
        return ""

    def near(self, word: str) -> str | None:
        """What an unknown name was probably meant to be; each is looked for once."""
        if word not in self.similar:
            self.similar[word] = closest(tidy(word), self.found)
        return self.similar[word]


def _refuse_circles(units: Iterable[Draft], roster: Roster, table: Table) -> None:
    """Units that stand above themselves: nobody could walk up from them."""
    looped = [unit for unit in units if unit.id in list(_above(unit, roster))]
    for unit in looped:
        facts = {"unit": unit.id, "parent": unit.parent}
        place = table.place(unit.row, "parent")
        unit.problems.append(Refusal("parent-circle", facts).at(place))
    for unit in looped:
        unit.parent = ""


def _above(unit: Draft, roster: Roster) -> Iterator[str]:
    """The ids above a unit, each once."""
    seen: set[str] = set()
    parent = unit.parent
    while parent and parent not in seen:
        seen.add(parent)
        yield parent
        parent = roster.drafts[parent].parent
