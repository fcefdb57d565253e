"""A table of a cycle: what its columns are called, then row by row.

One file a format reads what stands there (`csv_table`, `xlsx_table`, `json_table`); here the
headers are understood, in Chinese or English, and the rows brought to one width.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from perfrules.codes.code import Severity, Text
from perfrules.diagnostics import Cell, Findings, closest
from perfrules.intake.cells.notation import AS_USUAL, DATES, TEXTS, converted, from_comma
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.cells.units import enlarged, places_between, split_unit
from perfrules.intake.files.raw_table import RawTable, Row
from perfrules.intake.tables.layouts import ALIASES, Layout, title_of

__all__ = ["WHOLE_ROW", "Table", "column_meant", "is_total", "report_missing", "understood"]

WHOLE_ROW: Final = -1
"""Stands for the whole row among the columns of its faults."""

_FIGURES: Final = ("target", "baseline", "count", "points")
"""Columns that a table need not have, and whose figures decide where it has them."""

NO_FURTHER: Final[Mapping[str, str]] = {}

_TITLES: Final = 5
"""So many rows may stand above the header."""

_TOTALS: Final = frozenset(
    ("合计", "总计", "小计", "共计", "汇总", "total", "totals", "sum", "subtotal")
)


class Table:
    """A table whose header is understood. `columns` maps each name to its place in a row; `further`
    are those of figures that policies declare."""

    def __init__(
        self, layout: Layout, raw: RawTable, columns: Mapping[str, int],
        further: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.name, self.columns, self.further = layout.name, columns, further
        self.file, self.epoch = raw.file, raw.epoch
        self.lettered: Mapping[str, int] = columns if raw.lettered else {}
        """The columns whose cells have places."""
        self._raw = raw
        header = raw.header
        self.head = header.number if header else 0
        """The number of the header's row; 0 where there is none."""
        self._width = max(columns.values(), default=-1) + 1 if header else 0
        # `actuals.csv:` and nothing, or `q3.xlsx[实际值!` and `]`: a row's number goes between.
        self._before, self._after = str(raw.place(7)).rsplit("7", 1)

    def __iter__(self) -> Iterator[Row]:
        """The rows that hold anything, as wide as the header and a blank. To be walked once."""
        width = self._width
        is_plain = self._raw.notation == AS_USUAL and not self._raw.commas
        for found in self._raw.rows:
            if not any(found.texts) and not found.faults:
                continue
            row = found if len(found.texts) == width else _fitted(found, width)
            if not is_plain:
                row = self._as_written(row)
            row.texts.append("")
            yield row

    def _as_written(self, row: Row) -> Row:
        """The row with its numbers and dates as they are written everywhere else."""
        notation, commas = self._raw.notation, self._raw.commas
        faults, texts = dict(row.faults), list(row.texts)
        for name, index in self.columns.items():
            if not texts[index]:
                continue
            found = converted(notation, texts[index], name)
            if found is texts[index] and notation.decimal is None and index in commas:
                found = from_comma(found) if name not in TEXTS and name not in DATES else found
            if isinstance(found, Refusal):
                faults[index] = found
            else:
                texts[index] = found
        return Row(row.number, texts, faults)

    def of(self, *names: str) -> tuple[int, ...]:
        """Where columns stand in a row; one that the table does not have, at the closing blank."""
        return tuple(self.columns.get(name, self._width) for name in names)

    def text(self, row: Row, column: str) -> str:
        """The text of a row's cell in a column; empty where the table does not have the column."""
        return row.texts[self.columns.get(column, self._width)]

    def name_of(self, index: int) -> str:
        """The name of the column at `index`; empty where it has none."""
        return next((name for name, found in self.columns.items() if found == index), "")

    def sample(self, index: int) -> str:
        """The first text that stands in a column."""
        return self._raw.sample(index)

    def report_missing(self, name: str, there: str, findings: Findings) -> None:
        """A column that is needed, and stands under the heading `there`."""
        report_missing(self._raw, self.name, name, (there, self.columns[there]), findings)

    def place(self, row: int, column: str = "") -> Cell:
        """The place of a row, or of its cell in a column."""
        index = self.columns.get(column)
        return self._raw.place(row, 0 if index is None else index + 1)

    def cell(self, row: int, index: int) -> Cell:
        """The place of a cell, whatever its column is called."""
        return self._raw.place(row, index + 1)

    def origin(self, row: int) -> str:
        """The place of a row as traces print it."""
        return f"{self._before}{row}{self._after}"

    def around(self, index: int) -> list[str]:
        """What stands around a row's number in the places of a column's cells, as traces print
        them: `a.csv:`, ` (C` and `)`."""
        is_text = not self._raw.sheet and self._raw.lettered
        return str(self._raw.place(7, index + 1)).rsplit("7", 2 if is_text else 1)


def _fitted(row: Row, width: int) -> Row:
    """A row cut or filled up to `width`, with a fault unless only blanks were cut off."""
    found = len(row.texts)
    texts = row.texts[:width] + [""] * (width - found)
    if found > width and not any(text.strip() for text in row.texts[width:]):
        return Row(row.number, texts, row.faults)
    code = "short-row" if found < width else "long-row"
    fault = Refusal(code, {"found": found, "expected": width})
    return Row(row.number, texts, {**row.faults, WHOLE_ROW: fault})


def is_total(texts: Iterable[str]) -> bool:
    """Whether a row adds up those above it: its first word says so."""
    first = next((text for text in texts if text.strip()), "")
    return len(first) < 16 and tidy(first).casefold().rstrip(":") in _TOTALS


def understood(
    layout: Layout, raw: RawTable, findings: Findings, further: Mapping[str, str] = NO_FURTHER
) -> Table | None:
    """The table with its columns by name; None where the header cannot be used.

    `further` are headings of figures that policies declare, each with the column's name.
    """
    header = raw.header = _head_row(layout, raw)
    if header is None:
        severity: Severity = "error" if layout.name == "people" else "note"
        findings.report("empty-table", raw.place(), severity=severity, table=layout.name)
        return Table(layout, raw, {})
    columns: dict[str, int] = {}
    words: dict[str, str] = {}
    broken = False
    known = (*layout.required, *layout.optional)
    for index, text in enumerate(header.texts):
        word = tidy(text)
        name = further.get(word) or ALIASES.get(word, word)
        place = raw.place(header.number, index + 1)
        if not name:
            if any(tidy(later) for later in header.texts[index + 1 :]):
                findings.report("unnamed-column", place)
        elif name in columns:
            first = raw.place(header.number, columns[name] + 1).address or str(columns[name] + 1)
            findings.report("duplicate-column", place, column=text, first=first)
            broken = True
        else:
            columns[name], words[name] = index, word
    own = [word for word in columns if word in further.values()]
    strange = [word for word in columns if word not in known and word not in own]
    further = {word: name for word, name in further.items() if name not in own}
    lost = [name for name in known if name not in columns]
    meant = {word: column_meant(words[word], [*lost, *further]) for word in strange}
    for name in layout.required:
        if name not in columns:
            there = next(
                ((words[word], columns[word]) for word in strange if meant[word] == name), None
            )
            report_missing(raw, layout.name, name, there, findings)
            broken = True
    for word in strange:
        known_as = meant[word]
        if known_as in further or (known_as in _FIGURES and known_as not in layout.required):
            # Its figures would be lost, or the policy's own taken in their place.
            report_missing(raw, layout.name, known_as, (words[word], columns[word]), findings)
            broken = True
        elif not layout.open and known_as not in layout.required:
            near = closest(words[word], (*known, *_aliases(known)))
            if near is not None and not words[word].isascii():
                near = title_of(near)
            place = raw.place(header.number, columns[word] + 1)
            findings.report(
                "unknown-column", place, table=layout.name, column=words[word], suggestion=near
            )
    return None if broken else Table(layout, raw, columns, own)


def _head_row(layout: Layout, raw: RawTable) -> Row | None:
    """The header; below rows of titles the first row that has all columns it must have."""
    if raw.header is None or _has_columns(layout, raw.header):
        return raw.header
    for above, row in enumerate(raw.peek(_TITLES)):
        if _has_columns(layout, row):
            raw.rows = itertools.islice(raw.rows, above + 1, None)
            return row
    return raw.header


def _has_columns(layout: Layout, row: Row) -> bool:
    words = map(tidy, row.texts)
    return {ALIASES.get(word, word) for word in words}.issuperset(layout.required)


def report_missing(
    raw: RawTable, table: str, name: str, there: tuple[str, int] | None, findings: Findings
) -> None:
    """A column that is needed and not there; `there` is one that may be it, and its place."""
    number = raw.header.number if raw.header else 0
    alias = next(iter(_aliases([name])), name)
    if there is None:
        place = raw.place(number)
        findings.report("missing-column", place, table=table, column=name, alias=alias, there="")
        return
    word, index = there
    place, beside = raw.place(number, index + 1), split_unit(word)
    places = places_between(beside[1], "元") if beside else None
    if beside is not None and places:
        text = raw.sample(index)
        findings.report(
            "scaled-heading", place,
            column=word, unit=beside[1], name=alias, text=text, large=enlarged(text, places),
        )  # fmt: skip
        return
    shown = Text(f"（现有列 `{word}`）", f" (there is a column `{word}`)")
    findings.report("missing-column", place, table=table, column=name, alias=alias, there=shown)


def column_meant(word: str, lost: Collection[str]) -> str | None:
    """Which of the columns that a table does not have was probably meant by a heading."""
    beside = split_unit(word)
    bare = beside[0] if beside else word
    if ALIASES.get(bare, bare) in lost:
        return ALIASES.get(bare, bare)
    near = closest(bare, (*lost, *_aliases(lost)))
    return ALIASES.get(near, near) if near else None


def _aliases(names: Iterable[str]) -> list[str]:
    wanted = set(names)
    return [alias for alias, name in ALIASES.items() if name in wanted]
