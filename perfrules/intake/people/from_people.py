"""People rows -> the roster: who is judged, by which policy, and what is known of them; and the
columns of people that the policies read and the table has under another heading."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Findings
from perfrules.exact import plain
from perfrules.intake.cells.dates import read_cell_date
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.people.rules import RuleBook
from perfrules.intake.people.subject_rows import SubjectRows
from perfrules.intake.tables.layouts import LAYOUTS
from perfrules.intake.tables.table import Table, column_meant
from perfrules.language.formulas_of_policy import formulas_of
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Datum, Origin, Presence

__all__ = ["check_columns", "read_people"]


def read_people(table: Table, roster: Roster, book: RuleBook) -> None:
    """Fills the roster. A row that cannot be attached to an id is nobody's."""
    reader = _PeopleRows(table, roster, book)
    for row in table:
        reader.take(row)
    reader.note_same_names()
    if not roster.drafts:
        roster.unattached.report("empty-table", table.place(0), severity="error", table=table.name)


class _PeopleRows(SubjectRows):
    no_facts = ("person_id", "joined", "left", "proration")
    needed = ("person_id", "role", "joined", "left", "proration")

    def __init__(self, table: Table, roster: Roster, book: RuleBook) -> None:
        super().__init__(table, roster, book)
        self.cycle = book.cycle
        self.joined, self.left, self.proration = table.of("joined", "left", "proration")

    def fill(self, draft: Draft, row: Row) -> None:
        super().fill(draft, row)
        origin = Origin(self.table.origin(row.number))
        self.dates(draft, row, origin)
        if (text := row.texts[self.proration]) not in self.roster.markers:
            self.share(draft, row, text, origin)

    def dates(self, draft: Draft, row: Row, origin: Origin) -> None:
        joined = self.date(draft, row, "joined", self.joined)
        left = self.date(draft, row, "left", self.left)
        if joined is None and left is None:
            return
        draft.presence = Presence(joined, left, origin, origin)
        facts = {"person": draft.id, "cycle": self.cycle.id}
        if joined is not None and left is not None and left < joined:
            facts = {**facts, "joined": joined.isoformat(), "left": left.isoformat()}
            place = self.table.place(row.number, "left")
            draft.problems.append(Refusal("left-before-joined", facts).at(place))
        elif left is not None and left < self.cycle.start:
            self.outside(draft, row, "left", left)
        elif joined is not None and joined > self.cycle.end:
            self.outside(draft, row, "joined", joined)

    def outside(self, draft: Draft, row: Row, column: str, day: datetime.date) -> None:
        shown = f"{self.cycle.start.isoformat()} – {self.cycle.end.isoformat()}"
        what = _OUTSIDE[column]
        facts = {"person": draft.id, "what": what, "day": day.isoformat(), "cycle": shown}
        place = self.table.place(row.number, column)
        draft.problems.append(Refusal("not-in-cycle", facts).at(place))

    def date(self, draft: Draft, row: Row, column: str, index: int) -> datetime.date | None:
        text = row.texts[index]
        if text in self.roster.markers:
            return None
        found = read_cell_date(text, self.table.epoch)
        if isinstance(found, datetime.date):
            return found
        if not self.roster.blank(text):
            draft.problems.append(found.at(self.table.place(row.number, column), column=column))
        return None

    def share(self, draft: Draft, row: Row, text: str, origin: Origin) -> None:
        """The share of the cycle that a person was there for, where the data state it."""
        found = self.roster.number(text, "%")
        if isinstance(found, Decimal) and not 0 <= found <= 1:
            facts = {"name": "proration", "value": plain(found), "low": 0, "high": 1}
            found = Refusal("out-of-range", facts)
        if isinstance(found, Refusal):
            draft.problems.append(found.at(self.table.place(row.number, "proration")))
        elif found is not None:
            draft.proration = Datum(found, origin)

    def note_same_names(self) -> None:
        """One note for all: the same name is allowed, and sometimes a slip."""
        shared = [name for name, count in self.names.items() if count > 1]
        if shared:
            facts = {"count": len(shared), "name": shared[0]}
            place = self.table.place(0, "")
            self.roster.unattached.extend([Refusal("same-name", facts).at(place)])


_OUTSIDE: Mapping[str, Text] = {
    "joined": Text("入职日期", "joined on"),
    "left": Text("离职日期", "left on"),
}


_DATES: Final = frozenset(("joined", "left", "proration"))
"""What everybody's pay depends on, whatever the policy says."""


def check_columns(
    tables: Mapping[str, Table], policies: Iterable[Policy], findings: Findings
) -> None:
    """Reports headings of the table of people by which a fact was probably meant: without it
    everybody would lack the fact, and the heading is what is wrong."""
    names = (name for one in policies for formula in formulas_of(one) for name in formula.names)
    needed = {name.removeprefix("person.") for name in names if name.startswith("person.")}
    found = [tables[name] for name in ("people", "segments") if name in tables]
    there = {column for table in found for column in table.columns}
    lost = sorted((needed | _DATES) - there)
    people = tables["people"]
    known = {*needed, *LAYOUTS[0].required, *LAYOUTS[0].optional}
    strange = [column for column in people.columns if column not in known]
    for name in lost:
        word = next((one for one in strange if column_meant(one, lost) == name), None)
        if word is not None:
            people.report_missing(name, word, findings)
