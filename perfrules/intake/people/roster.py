"""The people of a cycle while their data are being gathered: what there is of each, and whose a
row is; dated entries as they were asked for, and those that were not applied."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

from perfrules.diagnostics import Cell, Diagnostic, Findings, Span
from perfrules.intake.cells.dates import Window, read_cell_date
from perfrules.intake.cells.numerals import DOUBTFUL, Refusal, read_cell_number, tidy
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.ids import Strangers, identity, tidied
from perfrules.intake.people.rules import Rules
from perfrules.intake.tables.table import WHOLE_ROW, Table, is_total
from perfrules.model.scorecard import (
    Absence,
    Datum,
    DueChange,
    FactChange,
    Measure,
    Objective,
    Origin,
    Presence,
    Revision,
)

__all__ = ["DATED", "ChangeEntry", "Draft", "RefusedEntry", "Roster", "report_faults"]

_NONE: Final[Mapping[str, Any]] = {}
"""Shared by all drafts that have nothing of a kind: there are millions."""

DATED: Final = ("target_changes", "calibrations")
"""The tables whose entries can be refused."""


class ChangeEntry(NamedTuple):
    """A row of the table of target changes, or a change in a policy test; None or empty where it
    says nothing."""

    indicator: str
    day: datetime.date | None
    old: Datum | None
    new: Datum | None
    origin: Origin
    place: Cell | Span
    old_due: datetime.date | None = None
    new_due: datetime.date | None = None

    @property
    def changes_value(self) -> bool:
        """Whether it names a target, old or new."""
        return self.old is not None or self.new is not None

    @property
    def changes_due(self) -> bool:
        """Whether it names a due date, old or new."""
        return self.old_due is not None or self.new_due is not None

    @property
    def order(self) -> tuple[datetime.date, int]:
        """By date, then by row; what has no date comes first."""
        row = self.place.row if isinstance(self.place, Cell) else self.place.line
        return (self.day or datetime.date.min, row)


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """A change of a target or a calibration that could be read and was not applied.

    `what` is the indicator, or what was to be calibrated. `diagnostic` is a warning. `change` is
    what a change of a target asked for.
    """

    table: str
    person: str
    what: str
    place: Cell | Span
    diagnostic: Diagnostic
    change: ChangeEntry | None = None


class Draft:
    """A person, a unit or a segment of the roster while the other tables are read.

    Somebody who moved within the cycle has `parts`, the segments by date, and no rules of their
    own: rows of figures go to one of the parts.
    """

    __slots__ = (
        "absences", "blanks", "changes", "columns", "days", "due_changes", "dues", "event_rows",
        "events", "fact_changes", "figure_rows", "id", "kind", "label", "measures", "objectives",
        "of", "parent", "parts", "person", "place", "presence", "problems", "proration",
        "rating_rows", "ratings", "refused", "revisions", "role", "row", "rules", "seen", "table",
        "unit_ids",
    )  # fmt: skip

    def __init__(self, draft_id: str, row: int, place: Cell, table: str = "people") -> None:
        self.id, self.row, self.place, self.table = draft_id, row, place, table
        self.kind = "person"
        self.role = ""
        self.rules: Rules | None = None
        self.person: dict[str, Datum] = {}
        self.presence = Presence()
        self.proration: Datum | None = None
        self.measures: dict[str, Measure] = {}
        self.figure_rows: list[int | Cell] = []
        """Where the measures are from, in their order: rows of the long table, else cells."""
        self.ratings: dict[str, dict[str, list[Datum]]] = {}
        self.rating_rows: dict[tuple[str, str, str], tuple[int, Decimal | None]] = {}
        self.events: dict[str, list[tuple[Datum | None, Datum | None]]] = {}
        self.event_rows: dict[tuple[str, ...], int] = {}
        self.problems: list[Diagnostic] = []
        self.seen = False
        self.parent = ""
        self.unit_ids: Mapping[str, str] = _NONE
        self.parts: tuple[Draft, ...] = ()
        self.of = self.label = ""
        self.days: tuple[datetime.date, datetime.date] | None = None
        self.changes: tuple[ChangeEntry, ...] = ()
        self.fact_changes: Mapping[str, tuple[FactChange, ...]] = _NONE
        self.absences: tuple[Absence, ...] = ()
        self.dues: Mapping[str, datetime.date] = _NONE
        """The due dates that targets.yaml gives its targets, by indicator."""
        self.due_changes: tuple[DueChange, ...] = ()
        self.revisions: tuple[Revision, ...] = ()
        self.objectives: tuple[Objective, ...] = ()
        self.refused: tuple[RefusedEntry, ...] = ()
        self.blanks: Mapping[str, Cell] = _NONE
        """Cells that were left empty, by what they are of: `sales.actual`."""
        self.columns: Mapping[str, int] = _NONE
        """Where the columns of the draft's own row stand."""

    def note_blank(self, of: str, cell: Cell) -> None:
        """Keeps where a value was left empty, in case it is missed."""
        self.blanks = {of: cell, **self.blanks}

    @property
    def last_rules(self) -> Rules | None:
        """By which the draft is judged in the end: those of the last segment, if it has any."""
        return self.parts[-1].rules if self.parts else self.rules


class Roster:
    """Everybody in the people table, the units and the segments, to be found by id.

    `window` says which dates their figures may have; any without it.
    """

    def __init__(
        self, markers: Collection[str], unattached: Findings, window: Window | None = None
    ) -> None:
        self.window = window
        self.markers = frozenset((*markers, ""))
        self.unattached = unattached
        self.refusals = Findings()
        """Errors of tables as a whole: with one of them nobody is judged."""
        self.drafts: dict[str, Draft] = {}
        self.spellings: dict[str, Draft] = {}
        self.bare: dict[tuple[str, str], list[Draft]] = {}
        """Whose shares stand without a percent sign, by indicator and part."""
        self.doubtful: set[tuple[str, str]] = set()
        """The indicators and parts of which such a share could be two numbers."""
        self._strangers = Strangers()

    def blank(self, text: str) -> bool:
        """Whether a cell says that there is no value."""
        return text in self.markers or text.strip() in self.markers or tidy(text) in self.markers

    def number(self, text: str, unit: str | None) -> Decimal | Refusal | None:
        """The number in a cell; None where the cell says that there is none."""
        if text in self.markers:
            return None
        number = read_cell_number(text, unit)
        return None if isinstance(number, Refusal) and self.blank(text) else number

    def date(
        self, draft: Draft, table: Table, row: Row, column: str, *, needed: bool = False
    ) -> datetime.date | None:
        """The date in a cell of the draft's row; None where there is none, which is a problem of
        the draft where it cannot be read, and where it is `needed`."""
        text, place = table.text(row, column), table.place(row.number, column)
        if self.blank(text):
            if needed:
                draft.problems.append(Refusal("missing-date", {"table": table.name}).at(place))
            return None
        found = read_cell_date(text, table.epoch)
        if isinstance(found, datetime.date):
            return found
        draft.problems.append(found.at(place, column=column))
        return None

    def find(self, table: Table, row: Row, needed: Collection[str]) -> Draft | None:
        """Whose row it is; None where it cannot be used, which is reported to whom it concerns.

        `needed` names the columns without which the row says nothing; a fault elsewhere is a
        warning.
        """
        draft = self.whose(table, row)
        if draft is None:
            return None
        usable = report_faults(draft, table, row, "person_id", (*needed, "person_id"))
        return draft if usable else None

    def whose(self, table: Table, row: Row) -> Draft | None:
        """Whose row it is, whatever its cells hold; None, and reported, where it is nobody's."""
        (index,) = table.of("person_id")
        text = row.shown(index)
        draft = self.spellings.get(text) or self._slowly(table, row, text)
        if draft is not None:
            draft.seen = True
        return draft

    def _slowly(self, table: Table, row: Row, text: str) -> Draft | None:
        """A person whose id is not written as in the roster, or a row of nobody's."""
        person = identity(text)
        place = table.place(row.number, "person_id")
        draft = self.drafts.get(person)
        if draft is not None:
            self.spellings[text] = draft
            draft.problems.append(tidied(text, person, place))
            return draft
        if not any(cell.strip() for cell in row.texts) and not row.faults:
            return None
        if is_total(row.texts):
            self.unattached.report("totals-row", table.place(row.number))
        elif not person or self.blank(person):
            self.unattached.report("missing-person-id", place, table=table.name)
        else:
            self._strangers.meet(person, table.name, place)
        return None

    def report_strangers(self) -> None:
        """Reports the ids that rows name and the roster does not have."""
        names = {person: _name(draft) for person, draft in self.drafts.items()}
        self.unattached.extend(self._strangers.findings(names))


def report_faults(
    draft: Draft, table: Table, row: Row, id_column: str, needed: Collection[str]
) -> bool:
    """Reports the cells of a row that could not be read; whether the row can be used.

    A fault in a column that is not `needed` is a warning, unless the cell could be two numbers.
    """
    usable = True
    for column, refusal in row.faults.items():
        name = table.name_of(column)
        if refusal.code == "padded-id" and name != id_column:
            continue
        weighs = column == WHOLE_ROW or name in needed or refusal.code in DOUBTFUL
        place = table.place(row.number, name)
        draft.problems.append(refusal.at(place, None if weighs else "warning", column=name))
        usable = usable and not weighs
    return usable


def _name(draft: Draft) -> str:
    datum = draft.person.get("name")
    return tidy(str(datum.value)) if datum is not None else ""
