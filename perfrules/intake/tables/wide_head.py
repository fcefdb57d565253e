"""The head of a wide table: which column holds the actual, target, baseline or weight of what.

A heading names an indicator and a part of its figure: `sales_amount.actual`, `销售额（目标）`; a
bare indicator is its actual. Parts are the actual, target, baseline and weight, and what policies
declare besides: a floor, a stretch. Or the head has two rows: the indicator, merged over its
columns, and below it 实际 | 目标. Rows above the head, and rows of units and sources,
are passed over.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from perfrules.codes.figure_titles import figure_title
from perfrules.codes.vocabulary import meant_by
from perfrules.diagnostics import closest
from perfrules.intake.cells.numerals import tidy
from perfrules.intake.cells.units import split_unit
from perfrules.intake.files.raw_table import RawTable, Row
from perfrules.intake.tables.layouts import ALIASES, title_of
from perfrules.intake.tables.table import Table

__all__ = [
    "BESIDES", "PARTS", "Head", "Heading", "PartWords", "Split", "Unknown", "WideTable",
    "part_meant", "read_head",
]  # fmt: skip

PARTS: Final[Mapping[str, str]] = {
    "actual": "actual", "实际值": "actual", "实际": "actual", "实际完成": "actual",
    "target": "target", "目标值": "target", "目标": "target",
    "baseline": "baseline", "基线值": "baseline", "基线": "baseline",
    "weight": "weight", "权重": "weight",
}  # fmt: skip
"""What the parts of a figure are called in headings, whatever the policy."""

_TITLES: Final = {part: title_of(part) for part in ("actual", "target", "baseline")}

_UNITS: Final = frozenset(("单位", "unit", "units"))
_SOURCES: Final = frozenset(("数据来源", "来源", "source", "sources"))

BESIDES: Final = frozenset(
    ("name", "role", "team", "department", "project", "parent", "joined", "left", "proration",
     "note"),
)  # fmt: skip
"""Columns for the people who read the table; of these only the name is looked at."""

_IDS: Final = ("person_id", "unit_id")
_OF_PEOPLE: Final = frozenset((*_IDS, *BESIDES))
_OF_THE_ROW: Final = ("name", "segment", "source", "as_of", "evidence")

_DEEPEST: Final = 12
"""A head begins within so many rows."""


class Split(NamedTuple):
    """A heading in one cell, taken apart; `is_sure` where something stands between the two."""

    name: str
    part: str
    is_sure: bool


class Heading(NamedTuple):
    """A column that may hold figures, as the head has it; `row` and `column` count from 1.

    In a head of two rows `name` is the indicator. Else it is the whole text, `part` is None,
    `split` what it may be, and what it means is up to the policy. `units` are what a row of units
    says, and brackets behind a part, each with its row and column; `title_at` is where the title
    stands.
    """

    text: str
    name: str
    part: str | None
    row: int
    column: int
    title_at: tuple[int, int]
    units: tuple[tuple[str, int, int], ...] = ()
    split: Split | None = None


class Unknown(NamedTuple):
    """Words in the second row of a head that are no parts: the first, where it is, how many."""

    text: str
    row: int
    column: int
    columns: int


class Head(NamedTuple):
    """The id's row, with the places (from 0) of the id and of what concerns the whole row.

    `unnamed` are columns without a heading, `last_row` is the number of the head's last row, and
    `strange` are words where a part should stand.
    """

    row: Row
    columns: Mapping[str, int]
    headings: tuple[Heading, ...]
    unnamed: tuple[int, ...]
    last_row: int
    strange: tuple[Unknown, ...] = ()


class PartWords:
    """The words of headings that name parts: those of `PARTS`, and `others`, each with its part."""

    def __init__(self, others: Mapping[str, str] | None = None) -> None:
        self.known: Mapping[str, str] = {**(others or {}), **PARTS}
        # An English part needs something before it: `factual` is no heading of an actual.
        words = sorted(map(re.escape, self.known), key=len, reverse=True)
        self._heading = re.compile(
            r"(?P<name>.+?)(?P<gap>[\s._:·|/-]*[(\[【]?)\s*(?P<part>"
            + "|".join(rf"(?<![A-Za-z0-9]){word}" if word.isascii() else word for word in words)
            + r")\s*[)\]】]?",
            re.IGNORECASE,
        )
        own = {part: figure_title(part).zh for part in (others or {}).values()}
        self.titles: Mapping[str, str] = {**_TITLES, **own}
        """How the parts are written for those who wrote them in other words."""

    def split(self, text: str) -> Split | None:
        """`销售额（目标）` -> 销售额, target."""
        found = self._heading.fullmatch(_line(text))
        if found is None:
            return None
        return Split(found["name"], self.known[found["part"].lower()], bool(found["gap"]))

    def part(self, text: str) -> str | None:
        """The part that a text names, perhaps with a unit in brackets."""
        word = _line(text).lower()
        if word in self.known or (beside := split_unit(word)) is None:
            return self.known.get(word)
        return self.known.get(beside[0])


def read_head(raw: RawTable, words: PartWords) -> Head | None:
    """The head of a wide table, of which `raw.rows` then has the rows below.

    None where no row has a column of ids; no row is lost then.
    """
    if raw.header is None:
        return None
    seen: list[Row] = []
    rows = itertools.chain([raw.header], raw.rows)
    for row in itertools.islice(rows, _DEEPEST):
        seen.append(row)
        if any(_column(text) in _IDS for text in row.texts):
            reader = _HeadReader(seen, rows, words)
            head = reader.read()
            raw.rows = reader.rows
            return head
    raw.rows = itertools.chain(seen[1:], rows)
    return None


class _HeadReader:
    """Reads a head whose row with the id is the last of `seen`."""

    def __init__(self, seen: list[Row], rows: Iterator[Row], words: PartWords) -> None:
        self.seen, self.rows, self.words = seen, rows, words
        self.units: Mapping[int, str] = {}
        self.units_row = 0

    def read(self) -> Head:
        row = titles = parts = self.seen[-1]
        if len(self.seen) > 1 and any(self.words.part(text) for text in row.texts):
            titles = self.seen[-2]
        else:
            below = self.next()
            if below is not None and self.is_of_parts(row, below):
                parts = below
            elif below is not None:
                self.put_back(below)
        last_row = self.take_labels(parts.number)
        return self.understood(row, titles, parts, last_row)

    def is_of_parts(self, row: Row, below: Row) -> bool:
        """Whether a row has the parts, be it in other words: 完成值, 任务数."""
        words = [(index, text) for index, text in enumerate(below.texts) if text.strip()]
        if all(self.words.part(text) for _, text in words):
            return True
        named = {index for index, text in enumerate(row.texts) if _column(text) in _OF_PEOPLE}
        if any(index in named for index, _ in words):
            return False
        if any(self.words.part(text) for _, text in words):
            return True
        return all(_meant(text) for _, text in words)

    def next(self) -> Row | None:
        """The next row that holds anything."""
        return next(
            (row for row in self.rows if row.faults or any(map(str.strip, row.texts))), None
        )

    def put_back(self, row: Row) -> None:
        self.rows = itertools.chain([row], self.rows)

    def take_labels(self, last_row: int) -> int:
        """Takes the rows of units and sources; returns the number of the last."""
        while (row := self.next()) is not None:
            label = next((text for text in row.texts if text.strip()), "")
            word = tidy(label).lower().rstrip(":")
            if word in _UNITS:
                self.units = {index: tidy(text) for index, text in enumerate(row.texts)}
                self.units_row = row.number
            elif word not in _SOURCES:
                self.put_back(row)
                break
            last_row = row.number
        return last_row

    def understood(self, row: Row, titles: Row, parts: Row, last_row: int) -> Head:
        columns: dict[str, int] = {}
        headings: list[Heading] = []
        unnamed: list[int] = []
        strange: dict[str, Unknown] = {}
        title, title_column = "", 0
        for index in range(max(len(row.texts), len(titles.texts), len(parts.texts))):
            over, said = _line(_at(titles, index)), _line(_at(parts, index))
            part = self.words.part(said) if titles is not parts else None
            column = index + 1
            unit = self.units.get(index, "")
            units: tuple[tuple[str, int, int], ...] = ()
            if unit:
                units = ((unit, self.units_row, column),)
            if part is not None:
                # A title that is merged over its columns stands in the first of them.
                if over:
                    title, title_column = over, column
                if said.lower() not in self.words.known and (beside := split_unit(said)):
                    units += ((beside[1], parts.number, column),)
                if title:
                    text, at = f"{title} {said}", (titles.number, title_column)
                    headings.append(Heading(text, title, part, parts.number, column, at, units))
                elif headings and headings[-1].title_at == (titles.number, index):
                    # The first of its columns says no part: `销售额 | ` above ` | 目标值`.
                    headings.pop()
                    strange[""] = Unknown("", parts.number, index, 1)
                else:
                    unnamed.append(index)
                continue
            if title and not over and not said and unit:
                strange[""] = Unknown("", parts.number, column, 1)
                continue
            if self.is_strange(said, titles, parts):
                known = strange.get(said, Unknown(said, parts.number, column, 0))
                strange[said] = known._replace(columns=known.columns + 1)
                continue
            title = ""
            text = _line(_at(row, index)) or over
            word = _column(text)
            if word in _IDS and "person_id" not in columns:
                columns["person_id"] = index
            elif word in _OF_THE_ROW and word not in columns:
                columns[word] = index
            elif text:
                at = (row.number, column)
                split = self.words.split(text)
                headings.append(Heading(text, text, None, row.number, column, at, units, split))
            else:
                unnamed.append(index)
        return Head(
            row, columns, tuple(headings), tuple(unnamed), last_row, tuple(strange.values())
        )

    def is_strange(self, said: str, titles: Row, parts: Row) -> bool:
        """Whether a word stands where a part should, under a title or beside parts."""
        if titles is parts or not said or _column(said) in _OF_PEOPLE:
            return False
        return parts is not self.seen[-1] or bool(_meant(said))


def _at(row: Row, index: int) -> str:
    return row.texts[index] if index < len(row.texts) else ""


def _line(text: str) -> str:
    """A heading, which may be broken over lines, in one line."""
    return " ".join(tidy(text).split())


def _column(text: str) -> str:
    word = _line(text)
    return ALIASES.get(word, word)


def _meant(text: str) -> tuple[str, ...]:
    """The parts that a text says in other words."""
    return meant_by(_line(text), _TITLES)


def part_meant(text: str, words: PartWords) -> str | None:
    """How the part that a text was probably meant to be is written, in the language of the text."""
    if text.isascii():
        return closest(text, words.titles)
    meant = _meant(text)
    return _TITLES[meant[0]] if meant else closest(text, words.titles.values())


class WideTable(NamedTuple):
    """A table with one row a person and a column a figure.

    The columns of `table` are the id, those of `headings` by their texts, and what concerns the
    whole row. `roles` are the policies whose people stand here; there are none where anybody may.
    """

    table: Table
    headings: tuple[Heading, ...]
    roles: frozenset[str]
