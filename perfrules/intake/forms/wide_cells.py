"""Where the figures of people stand in wide tables: the cell of each person and figure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from perfrules.diagnostics import Cell
from perfrules.intake.cells.numerals import tidy
from perfrules.intake.figures.figure_cells import meant
from perfrules.intake.files.raw_table import Row
from perfrules.intake.forms.row_keys import FormSubject, RowKeys
from perfrules.intake.forms.slots import RowKey, Slot
from perfrules.intake.people.ids import identity
from perfrules.intake.tables.wide_head import WideTable

__all__ = ["WideCell", "WideCells"]


class WideCell(NamedTuple):
    """A cell and what it holds."""

    text: str
    place: Cell


class WideCells:
    """The cells of all wide tables, by slot."""

    def __init__(self, tables: Iterable[WideTable], keys: RowKeys) -> None:
        self._cells: dict[Slot, WideCell] = {}
        self._rows: set[RowKey] = set()
        for wide in tables:
            for row in wide.table:
                for one in _subjects(wide, row, keys):
                    self._take(wide, row, one)

    def cell(self, slot: Slot) -> WideCell | None:
        """Where a figure stands; None where no wide table has a row and a column for it."""
        return self._cells.get(slot)

    def has_indicator(self, row: RowKey) -> bool:
        """Whether a wide table has any figure of the indicator in a row of theirs."""
        return row in self._rows

    def _take(self, wide: WideTable, row: Row, one: FormSubject) -> None:
        for heading in wide.headings:
            found = meant(heading, one.rules)
            if found is not None:
                key = RowKey("actuals", one.id, one.segment, found[0].indicator.name)
                at = heading.column - 1
                place = wide.table.cell(row.number, at)
                self._cells.setdefault(Slot(key, found[1]), WideCell(row.texts[at], place))
                self._rows.add(key)


def _subjects(wide: WideTable, row: Row, keys: RowKeys) -> Iterator[FormSubject]:
    """Whose row it is; of somebody who moved, the segment of the table's role."""
    person, segment = wide.table.of("person_id", "segment")
    word = tidy(row.texts[segment])
    found = [
        one
        for one in keys.by_id.get(identity(row.shown(person)), [])
        if not wide.roles or one.rules.policy.id in wide.roles
        if word in ("", one.segment)
    ]
    return iter(found if len(found) == 1 else [])
