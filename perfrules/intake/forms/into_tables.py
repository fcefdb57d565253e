"""What forms give -> the tables of a cycle's folder, as files that are to be written.

A cell that is empty is filled, a row that is not there is added. What stands there already and says
something else is a finding, and stays, unless it is to be replaced.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Diagnostic, Related
from perfrules.intake.files.csv_table import separator_of
from perfrules.intake.files.raw_table import Row
from perfrules.intake.forms.csv_text import CsvStyle, CsvText
from perfrules.intake.forms.cycle_forms import CycleForms
from perfrules.intake.forms.entries import Entry, same_value
from perfrules.intake.forms.row_keys import KEYED
from perfrules.intake.forms.slots import Asked, RowKey, Slot
from perfrules.intake.forms.wide_cells import WideCells
from perfrules.intake.tables.layouts import title_of
from perfrules.intake.tables.table import Table

__all__ = ["Tables", "Written"]

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "actuals": ("person_id", "indicator", "actual", "target", "evidence"),
    "ratings": ("person_id", "indicator", "group", "rater_id", "score", "evidence"),
    "comments": ("person_id", "group", "rater_id", "indicator", "score", "comment"),
    "improvements": (
        "person_id", "gap", "measure", "support", "owner", "due", "state", "note",
    ),
}  # fmt: skip
"""The columns of a table that is new."""

_LIKE_FORMULAS: Final = ("=", "+", "-", "@")
"""Words that begin so get a blank before them: a spreadsheet that opens the table would else work
them out."""

_THERE: Final = Text("表中的值在此", "what the table has")
_USUAL: Final = CsvStyle()


class Written(NamedTuple):
    """A file to be written: its name, the bytes that were read of it, or None where it is new,
    those that are to be there, the rows that are new, the cells of others that are filled."""

    name: str
    before: bytes | None
    data: bytes
    rows: int
    cells: int


@dataclass(slots=True)
class _Edited:
    """A file of the folder while it is filled in; `columns` are places, counted from 0."""

    csv: CsvText
    before: bytes
    columns: dict[str, int]
    head: int
    rows: int = 0
    cells: int = 0

    def column(self, name: str) -> int:
        """Where a column stands, which is added if the table does not have it."""
        if name not in self.columns:
            width = len(self.csv.rows[self.head - 1])
            is_chinese = any(not text.isascii() for text in self.csv.rows[self.head - 1])
            self.csv.add_columns(self.head, width, [heading(name, is_chinese=is_chinese)])
            self.columns[name] = width
        return self.columns[name]


def heading(column: str, *, is_chinese: bool) -> str:
    """What a column is called in a table whose headings are Chinese, or English."""
    if not is_chinese:
        return column
    return _TITLES.get(column) or title_of(column)


_TITLES: Final = {"weight": "权重", "measure": "改进措施"}
"""What columns are called that have no title of their own, or several."""


class Tables:
    """The tables of a cycle that are to be filled in.

    Where the cycle's data are a workbook or JSON, what forms give goes into tables of its own.
    """

    def __init__(self, folder: Path, forms: CycleForms) -> None:
        self.folder, self.forms = folder, forms
        self.is_csv = forms.setting.data is None
        self.rows: dict[RowKey, tuple[Table, Row]] = {}
        for name in KEYED:
            table, rows = forms.rows.get(name, (None, []))
            for row in rows:
                key = forms.keys.key(table, row) if table is not None else None
                if key is not None and table is not None:
                    self.rows.setdefault(key, (table, row))
        self.wide = WideCells(forms.tables.wide, forms.keys)
        names = {table.file for table, _ in forms.rows.values()}
        names |= {one.table.file for one in forms.tables.wide}
        # What is there by now: forms may take a while to be read.
        self.before = {name: (folder / name).read_bytes() for name in names} if self.is_csv else {}
        self.edited: dict[str, _Edited] = {}

    # What stands there

    def there(self, slot: Slot) -> tuple[str, Cell] | None:
        """What the cell of a slot holds, and where it is; None where there is none."""
        if slot.row.table == "actuals" and (wide := self.wide.cell(slot)) is not None:
            return wide.text, wide.place
        found = self._row(slot.row)
        if found is None:
            return None
        table, row = found
        column = _column(table, slot.column)
        if column not in table.columns:
            return None
        return row.texts[table.columns[column]], table.place(row.number, column)

    def _row(self, key: RowKey) -> tuple[Table, Row] | None:
        return self.rows.get(self.forms.kept(key))

    def differing(self, entry: Entry, asked: Asked | None) -> Diagnostic | None:
        """What keeps a value out: another one is there, or its table has no place for it."""
        slot = entry.slot
        if slot.row.table == "actuals" and self.is_csv and self._has_no_place(slot):
            facts = {"indicator": slot.row.indicator, "column": slot.column}
            return Diagnostic("no-column-for", entry.place, facts)
        found = self.there(slot)
        if found is None or self.forms.is_blank(found[0]) or same_value(entry, found[0], asked):
            return None
        text, place = found
        facts = {"text": entry.text, "there": text, "place": str(place)}
        return Diagnostic("already-there", entry.place, facts, (Related(place, _THERE),))

    def _has_no_place(self, slot: Slot) -> bool:
        """Whether the figures of an indicator stand in a wide table that lacks this column."""
        if self._row(slot.row) is not None or self.wide.cell(slot) is not None:
            return False
        if self.wide.has_indicator(slot.row):
            return True
        return "actuals" not in self.forms.rows and (self.folder / "actuals.csv").exists()

    # What is written

    def files(self, entries: Iterable[tuple[Entry, Asked | None]]) -> list[Written]:
        """The files with all of these values in them; those alone that change."""
        new: dict[RowKey, dict[str, str]] = {}
        for entry, asked in entries:
            slot, text = entry.slot, self._written(entry, asked)
            found = self.there(slot)
            if found is not None and same_value(entry, found[0], asked):
                continue
            kept = self._row(slot.row)
            if not self.is_csv or (kept is None and found is None):
                new.setdefault(slot.row, {})[slot.column] = text
            elif slot.row.table == "actuals" and (wide := self.wide.cell(slot)) is not None:
                file = self._file(wide.place.file, {}, 1)
                file.csv.set(wide.place.row, wide.place.column - 1, text)
                file.cells += 1
            elif kept is not None:
                table, row = kept
                file = self._file_of(table)
                file.csv.set(row.number, file.column(_column(table, slot.column)), text)
                file.cells += 1
        added = self._added(new)
        changed = [
            Written(name, file.before, file.csv.data(), file.rows, file.cells)
            for name, file in self.edited.items()
        ]
        return sorted(one for one in (*added, *changed) if one.data != one.before)

    def _added(self, new: Mapping[RowKey, Mapping[str, str]]) -> list[Written]:
        """Puts rows at the ends of their tables; those of tables that are not there yet."""
        tables: dict[str, list[dict[str, str]]] = {}
        for key, cells in new.items():
            row = {**_ids(key), **cells}
            if key.table not in self.forms.rows or not self.is_csv:
                tables.setdefault(key.table, []).append(row)
                continue
            file = self._file_of(self.forms.rows[key.table][0])
            columns = {file.column(name): text for name, text in row.items() if text}
            named = file.columns.get("name")
            if named is not None:
                columns[named] = self.forms.name(key.person)
            width = len(file.csv.rows[file.head - 1])
            file.csv.append([columns.get(at, "") for at in range(width)])
            file.rows += 1
        return [self._table(name, rows) for name, rows in tables.items()]

    def _table(self, name: str, rows: list[dict[str, str]]) -> Written:
        """A table that is new, in the style of the table of people."""
        style, is_chinese = _USUAL, False
        if self.is_csv:
            people = self._file_of(self.forms.rows["people"][0])
            style = people.csv.style
            is_chinese = any(not text.isascii() for text in people.csv.rows[people.head - 1])
        used = {column for row in rows for column, text in row.items() if text}
        columns = [*_COLUMNS[name], *sorted(used - set(_COLUMNS[name]))]
        heads = [heading(column, is_chinese=is_chinese) for column in columns]
        lines = [heads, *([row.get(column, "") for column in columns] for row in rows)]
        text = "".join(style.line(line) for line in lines)
        return Written(f"{name}.csv", None, style.mark + text.encode(style.encoding), len(rows), 0)

    def _file_of(self, table: Table) -> _Edited:
        columns = {("weight" if name == "权重" else name): at for name, at in table.columns.items()}
        return self._file(table.file, columns, table.head)

    def _file(self, name: str, columns: dict[str, int], head: int) -> _Edited:
        if name not in self.edited:
            data = self.before[name]
            mark = CsvStyle.of(data, ",")
            text = data[len(mark.mark) :].decode(mark.encoding)
            self.edited[name] = _Edited(CsvText(data, separator_of(text)), data, columns, head)
        return self.edited[name]

    def _written(self, entry: Entry, asked: Asked | None) -> str:
        """A value as its table writes numbers."""
        if asked is not None and asked.form == "words" and entry.text.startswith(_LIKE_FORMULAS):
            return f" {entry.text}"
        is_number = asked is not None and asked.form in ("number", "percent")
        notations = self.forms.setting.notations
        notation = notations.get(entry.slot.row.table, notations[""])
        if is_number and notation.decimal and self.is_csv:
            return entry.text.replace(".", notation.decimal)
        return entry.text


def _column(table: Table, name: str) -> str:
    return "权重" if name == "weight" and "权重" in table.columns else name


def _ids(key: RowKey) -> dict[str, str]:
    """The cells that say which row it is."""
    if key.table == "improvements":
        return {"person_id": key.person, "gap": key.group, "measure": key.indicator}
    return {
        "person_id": key.person, "segment": key.segment, "indicator": key.indicator,
        "group": key.group, "rater_id": key.rater,
    }  # fmt: skip
