"""Rows that make a subject, of the tables of people and of units: id, role, facts."""

from collections.abc import Collection, Iterable
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Related
from perfrules.intake.cells.numerals import Refusal, read_ratio, spreadsheet_error, tidy
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.ids import identity, tidied
from perfrules.intake.people.roster import Draft, Roster, report_faults
from perfrules.intake.people.rules import RuleBook, Rules
from perfrules.intake.tables.table import Table, is_total
from perfrules.model.scorecard import Datum, Origin, Value

__all__ = ["SubjectRows", "fact_value", "read_facts", "report_taken"]

_WORDS: Final = frozenset(("name", "role", "team", "department", "project", "parent"))
"""Columns that hold words, even where all of their letters are digits."""

_ALSO = Text("同一编号的另一行", "the other row of this id")


class SubjectRows:
    """Takes the rows of one table into the roster.

    A table says what is its own: the column of the id, the columns that are no facts, those
    without which a row is at fault, and in `fill` what else a row holds.
    """

    id_column = "person_id"
    no_id = "missing-person-id"
    no_facts: Collection[str] = ()
    needed: Collection[str] = ()
    units = False

    def __init__(self, table: Table, roster: Roster, book: RuleBook) -> None:
        self.table, self.roster, self.book = table, roster, book
        self.rules: dict[str, Rules | Refusal] = {}
        self.facts = [
            (name, index) for name, index in table.columns.items() if name not in self.no_facts
        ]
        self.id, self.role, self.name = table.of(self.id_column, "role", "name")
        self.names: dict[str, int] = {}

    def take(self, row: Row) -> None:
        """One row. What cannot be attached to an id is nobody's."""
        texts, number = row.texts, row.number
        if is_total((texts[self.id], texts[self.name])):
            self.roster.unattached.report("totals-row", self.table.place(number))
            return
        text, fault = row.shown(self.id), row.faults.get(self.id)
        found = identity(text)
        place = self.table.place(number, self.id_column)
        if spreadsheet_error(found):
            fault = Refusal("spreadsheet-error", {"text": found})
        if not found or self.roster.blank(found) or (fault and fault.code != "padded-id"):
            if any(cell.strip() for cell in texts) or row.faults:
                reason = fault or Refusal(self.no_id, {})
                lost = reason.at(place, table=self.table.name, column=self.id_column)
                self.roster.unattached.extend([lost])
            return
        draft = Draft(found, number, self.table.place(number), self.table.name)
        draft.columns = self.table.lettered
        self.fill(draft, row)
        if found != text:
            draft.problems.append(tidied(text, found, place))
        first = self.roster.drafts.get(found)
        if first is not None:
            self.merge(first, draft, place)
            return
        self.roster.drafts[found] = self.roster.spellings[found] = draft
        self.roster.spellings[text] = draft
        name = tidy(texts[self.name])
        if name:
            self.names[name] = self.names.get(name, 0) + 1

    def merge(self, first: Draft, second: Draft, place: Cell) -> None:
        """Two rows of one id: the first stays; unless they are alike, that is an error."""
        if first.table != second.table:
            report_taken(first, first, place, second.id)
            return
        same = _alike(first, second)
        code = "repeated-person" if same else "duplicate-person"
        related = (Related(self.table.place(first.row, self.id_column), _ALSO),)
        first.problems += second.problems
        facts = {"person": first.id, "row": first.row}
        first.problems.append(Refusal(code, facts).at(place, related=related))

    def fill(self, draft: Draft, row: Row) -> None:
        """All that a row says, and what is wrong with it."""
        report_faults(draft, self.table, row, self.id_column, self.needed)
        read_facts(draft, row, self.facts, self.table, self.roster)
        draft.role = tidy(row.texts[self.role])
        self.choose(draft, row)

    def choose(self, draft: Draft, row: Row) -> None:
        """The rules of the role."""
        place = self.table.place(row.number, "role")
        if self.role in row.faults:
            return
        if self.roster.blank(draft.role):
            draft.problems.append(Refusal("missing-role", {"person": draft.id}).at(place))
            return
        found = self.rules.get(draft.role)
        if found is None:
            found = self.rules[draft.role] = self.book.rules(draft.role, units=self.units)
        if isinstance(found, Rules):
            draft.rules = found
        else:
            draft.problems.append(found.at(place))


def read_facts(
    draft: Draft, row: Row, columns: Iterable[tuple[str, int]], table: Table, roster: Roster
) -> None:
    """Gives the draft what the columns say, each by its name."""
    origin, texts, markers = Origin(table.origin(row.number)), row.texts, roster.markers
    for name, index in columns:
        text = texts[index]
        if text in markers or roster.blank(text):
            continue
        if text.startswith("#") and spreadsheet_error(text.strip()):
            fault = Refusal("spreadsheet-error", {"text": text.strip()})
            draft.problems.append(fault.at(table.place(row.number, name), "warning"))
        else:
            draft.person[name] = Datum(fact_value(name, text), origin)


def report_taken(draft: Draft, other: Draft, place: Cell, taken: str) -> None:
    """An id that stands for two things of different kinds."""
    related = (Related(other.place, _ALSO),)
    draft.problems.append(Refusal("id-taken", {"id": taken}).at(place, related=related))


def fact_value(name: str, text: str) -> Value:
    """A number where the cell is one (`00123` is none), else the text."""
    text = text.strip()
    if name in _WORDS:
        return text
    if text[0].isdigit() or text[0] in "-－":
        number = read_ratio(text)
        if not isinstance(number, Refusal):
            return number
    return text


def _alike(one: Draft, other: Draft) -> bool:
    """Whether two rows say the same, wherever they stand."""
    return (
        (one.role, one.presence.joined, one.presence.left)
        == (other.role, other.presence.joined, other.presence.left)
        and {name: datum.value for name, datum in one.person.items()}
        == {name: datum.value for name, datum in other.person.items()}
        and (one.proration and one.proration.value) == (other.proration and other.proration.value)
    )
