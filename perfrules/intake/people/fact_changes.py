"""Rows of changes of people's columns, each from a day on: which columns can change this way, whose
the change is, and what the new value is."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, nearest
from perfrules.intake.cells.numerals import Refusal, spreadsheet_error, tidy
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.people.subject_rows import fact_value
from perfrules.intake.tables.layouts import ALIASES, title_of
from perfrules.intake.tables.table import Table
from perfrules.language.formulas_of_policy import columns_read
from perfrules.model.policy import Policy
from perfrules.model.scorecard import MOVED_BY_SEGMENTS, Cycle, Datum, FactChange, Origin

__all__ = ["NOT_CHANGED", "in_order", "read_person_changes", "way_of"]

_BY_DATES: Final = ("joined", "left", "proration")
NOT_CHANGED: Final = frozenset((*MOVED_BY_SEGMENTS, *_BY_DATES, "person_id", "unit_id", "name"))
"""Columns that no change from a day on can be made of."""

_SEGMENTS: Final = Text(
    "岗位、团队、部门的变动请写进任职表（segments）",
    "who moves to another role, team or department has rows in the table `segments`",
)
_PEOPLE: Final = Text("请直接改人员表", "it is put right in the table of people")


def way_of(column: str) -> Text:
    """What to do where a column cannot change from a day on."""
    return _SEGMENTS if column in MOVED_BY_SEGMENTS else _PEOPLE


def in_order(found: Mapping[str, Sequence[FactChange]]) -> dict[str, tuple[FactChange, ...]]:
    """The changes of each column by date; of one day, as they stand."""
    return {name: tuple(sorted(rows, key=lambda one: one.day)) for name, rows in found.items()}


def read_person_changes(
    table: Table, roster: Roster, policies: Iterable[Policy], cycle: Cycle, people: Table
) -> None:
    """Gives each draft, and its segments, the changes that the table has of it.

    What is wrong with a row is an error of its person: a cell that cannot be read, a column that
    nobody has, or one that changes otherwise. A change after the cycle is a warning.
    """
    reader = _Changes(table, roster, policies, cycle, people)
    for row in table:
        reader.take(row)
    for draft, found in reader.found.values():
        for one in (draft, *draft.parts):
            one.fact_changes = in_order(found)


class _Changes:
    def __init__(
        self, table: Table, roster: Roster, policies: Iterable[Policy], cycle: Cycle, people: Table
    ) -> None:
        self.table, self.roster, self.cycle = table, roster, cycle
        self.found: dict[str, tuple[Draft, dict[str, list[FactChange]]]] = {}
        read = {name for one in policies for name in columns_read(one)}
        self.columns = frozenset(read | {*people.columns} | {*NOT_CHANGED})
        self.near: dict[str, dict[str, object]] = {}
        """What unknown words were probably meant to be; each is looked for once."""

    def take(self, row: Row) -> None:
        draft = self.roster.find(self.table, row, ("column", "value", "from"))
        if draft is None:
            return
        column = self.column(draft, row)
        day = self.roster.date(draft, self.table, row, "from", needed=True)
        text = self.table.text(row, "value")
        if spreadsheet_error(tidy(text)):
            fault = Refusal("spreadsheet-error", {"text": tidy(text)})
            draft.problems.append(fault.at(self.place(row, "value")))
        elif self.roster.blank(text):
            facts = {"column": column}
            draft.problems.append(Refusal("change-without-value", facts).at(self.place(row)))
        elif column and day is not None:
            self.keep(draft, row, column, day, text)

    def keep(self, draft: Draft, row: Row, column: str, day: datetime.date, text: str) -> None:
        if day > self.cycle.end:
            facts = {"column": column, "day": day.isoformat(), "end": self.cycle.end.isoformat()}
            found = Refusal("change-after-cycle", facts).at(self.place(row, "from"))
            draft.problems.append(found)
            return
        origin = Origin(
            place=self.table.origin(row.number),
            as_of=day.isoformat(),
            reason=self.word(row, "reason"),
            approved_by=self.word(row, "approved_by"),
        )
        _, changes = self.found.setdefault(draft.id, (draft, {}))
        change = FactChange(day, Datum(fact_value(column, text), origin))
        changes.setdefault(column, []).append(change)

    def place(self, row: Row, column: str = "column") -> Cell:
        return self.table.place(row.number, column)

    def word(self, row: Row, column: str) -> str:
        text = self.table.text(row, column).strip()
        return "" if self.roster.blank(text) else text

    def column(self, draft: Draft, row: Row) -> str:
        """The column that changes, by its name or its heading; empty, and reported, where there is
        none."""
        word = tidy(self.table.text(row, "column"))
        column = word.removeprefix("person.")
        column = column if column in self.columns else ALIASES.get(column, column)
        place = self.table.place(row.number, "column")
        if column in NOT_CHANGED:
            why = {"column": title_of(column), "fix": way_of(column)}
            draft.problems.append(Refusal("change-of-role", why).at(place))
        elif column not in self.columns:
            if word not in self.near:
                titles = {name: (title_of(name),) for name in self.columns}
                self.near[word] = nearest(word, sorted(self.columns), titles)
            facts = {"column": word, **self.near[word]}
            draft.problems.append(Refusal("unknown-changed-column", facts).at(place))
        else:
            return column
        return ""
