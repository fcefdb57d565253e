"""What a form says of itself on a hidden sheet, whatever program saves it and whatever its file is
called: whose it is, of which cycle, by which policies it asks, and what each of its cells becomes.

A cell is found by what people see: the heading above it and the labels of its row. The words that
a form was written with stand here too, so that whatever else is written into it is noticed.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, cast

from perfrules.intake.cells.numerals import tidy
from perfrules.intake.forms.slots import Kind, Slot

__all__ = [
    "FORMAT",
    "LISTS",
    "PROPERTY",
    "SHEET",
    "AskedBy",
    "Mark",
    "MarkedCell",
    "in_line",
    "read_mark",
]

FORMAT: Final = "perfrules-form/1"
SHEET: Final = "perfrules"
PROPERTY: Final = "perfrules-form"
"""The property of the file that names the form once more, in case the sheet is lost."""

LISTS: Final = 16
"""The column, from 0, from which on the hidden sheet has lists to choose from and no mark."""

_COUNT: Final = re.compile("[0-9]{1,4}")
_SEPARATOR: Final = "\x1f"


def in_line(text: str) -> str:
    """A text as it is compared: spreadsheets change widths, blanks and line ends."""
    return " ".join(tidy(text).split())


class MarkedCell(NamedTuple):
    """A cell to fill in: the table of the form that it is in, from 0, the labels of its row, its
    heading, what it becomes, and what stood in it from the beginning."""

    table: int
    labels: tuple[str, ...]
    heading: str
    slot: Slot
    given: str = ""


class ShownCell(NamedTuple):
    """A cell in which something is only shown: the table, the labels, the heading, the text."""

    table: int
    labels: tuple[str, ...]
    heading: str
    text: str


class AskedBy(NamedTuple):
    """The policy by which somebody was asked, or a segment (`E1005#1`)."""

    subject: str
    label: str
    digest: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A form's account of itself. `heads` has the headings of the labels of each of its tables,
    `texts` the words that stand outside of the tables, each as often as it does."""

    kind: Kind
    cycle: str
    of: str
    policies: tuple[AskedBy, ...]
    heads: tuple[tuple[str, ...], ...]
    cells: tuple[MarkedCell, ...]
    shown: tuple[ShownCell, ...]
    texts: Counter[str]

    def rows(self) -> Iterator[list[str]]:
        """The rows of the hidden sheet, the last of which closes them."""
        lines = [*self._rows()]
        yield from lines
        yield ["end", _digest(lines)]

    def _rows(self) -> Iterator[list[str]]:
        yield [FORMAT, self.kind, in_line(self.cycle), in_line(self.of)]
        for policy in self.policies:
            yield ["policy", *map(in_line, policy)]
        for head in self.heads:
            yield ["table", *map(in_line, head)]
        for cell in self.cells:
            labels = map(in_line, cell.labels)
            given = in_line(cell.given)
            yield [
                "cell", str(cell.table), in_line(cell.heading), cell.slot.text(), given, *labels
            ]  # fmt: skip
        for shown in self.shown:
            labels = map(in_line, shown.labels)
            yield [
                "shown", str(shown.table), in_line(shown.heading), in_line(shown.text), "", *labels
            ]  # fmt: skip
        counted = Counter(map(in_line, self.texts.elements()))
        for text in sorted(counted):
            yield ["text", text, str(counted[text])]


def read_mark(rows: Iterable[Sequence[str]]) -> Mark | None:
    """The mark that stands on a hidden sheet; None where it is not as it was written."""
    lines: list[list[str]] = []
    for row in rows:
        texts = [*row[:LISTS]]
        while texts and not texts[-1]:
            texts.pop()
        if texts[:1] == ["end"]:
            return _mark(lines) if texts[1:] == [_digest(lines)] else None
        lines.append(texts)
    return None


def _mark(lines: list[list[str]]) -> Mark | None:
    if not lines or len(lines[0]) != 4 or lines[0][0] != FORMAT:
        return None
    _, kind, cycle, of = lines[0]
    if kind not in ("person", "rater"):
        return None
    lines = [line for line in lines if line]
    heads = tuple(tuple(map(in_line, line[1:])) for line in lines if line[0] == "table")
    cells, shown = [], []
    for line in lines:
        if line[0] not in ("cell", "shown") or len(line) < 4:
            continue
        table = next((number for number in range(len(heads)) if str(number) == line[1]), None)
        if table is None:
            return None
        rest = [*line[4:], *[""] * (1 + len(heads[table]))]
        given, *labels = map(in_line, rest[: 1 + len(heads[table])])
        heading, slot = in_line(line[2]), Slot.from_text(line[3])
        if line[0] == "shown":
            shown.append(ShownCell(table, tuple(labels), heading, in_line(line[3])))
        elif slot is None:
            return None
        else:
            cells.append(MarkedCell(table, tuple(labels), heading, slot, given))
    policies = tuple(AskedBy(*(*line[1:], "", "", "")[:3]) for line in lines if line[0] == "policy")
    texts = Counter(
        {
            in_line(line[1]): int(line[2])
            for line in lines
            if line[0] == "text" and len(line) > 2 and _COUNT.fullmatch(line[2])
        }
    )
    return Mark(cast(Kind, kind), cycle, of, policies, heads, tuple(cells), tuple(shown), texts)


def _digest(lines: Iterable[Sequence[str]]) -> str:
    text = "\n".join(_SEPARATOR.join(_stripped(line)) for line in lines)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _stripped(line: Sequence[str]) -> list[str]:
    """A row without the empty cells at its end, which no file keeps."""
    texts = [*map(in_line, line)]
    while texts and not texts[-1]:
        texts.pop()
    return texts
