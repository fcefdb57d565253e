"""What a form is made of: a head, an explanation, tables of cells to fill in; and its mark."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from perfrules.codes.code import Language
from perfrules.intake.forms.mark import AskedBy, Mark, MarkedCell, ShownCell, in_line
from perfrules.intake.forms.row_keys import FormSubject
from perfrules.intake.forms.slots import Asked, Kind
from perfrules.papers.workbook.safe_text import safe_text

__all__ = ["FormColumn", "FormPlan", "FormRow", "FormTable", "asked_by", "clean"]


class FormColumn(NamedTuple):
    """A column with its heading and its width in letters; `span` grid columns wide."""

    heading: str
    width: int
    span: int = 1


class FormRow(NamedTuple):
    """A row: its labels, and for each further column what is asked there, a text that is only
    shown, or nothing. `band` changes where the rows begin to be about somebody else."""

    labels: tuple[str, ...]
    cells: tuple[Asked | str | None, ...]
    band: int = 0


class FormTable(NamedTuple):
    """A table of a form; `title` stands above its head and may be empty."""

    title: str
    labels: tuple[FormColumn, ...]
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form. `of` is the id of whom it is for, `pairs` say who that is, in order."""

    kind: Kind
    language: Language
    cycle: str
    of: str
    sheet: str
    title: str
    pairs: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    tables: tuple[FormTable, ...]
    policies: tuple[AskedBy, ...]

    def texts(self) -> Iterator[str]:
        """The words that stand outside of the tables."""
        yield self.title
        yield from self.lines
        for pair in self.pairs:
            yield from pair
        yield from (table.title for table in self.tables)

    def mark(self) -> Mark:
        """What the form says of itself."""
        cells, shown = [], []
        for number, table in enumerate(self.tables):
            for row in table.rows:
                labels = tuple(map(clean, row.labels))
                for column, cell in zip(table.columns, row.cells, strict=True):
                    heading = clean(column.heading)
                    if isinstance(cell, Asked):
                        known = clean(cell.known)
                        cells.append(MarkedCell(number, labels, heading, cell.slot, known))
                    elif cell is not None:
                        shown.append(ShownCell(number, labels, heading, clean(cell)))
        heads = tuple(tuple(clean(one.heading) for one in table.labels) for table in self.tables)
        texts = Counter(filter(None, map(in_line, map(clean, self.texts()))))
        return Mark(
            self.kind, clean(self.cycle), clean(self.of), self.policies, heads, tuple(cells),
            tuple(shown), texts,
        )  # fmt: skip


def clean(text: str) -> str:
    """A text as a workbook can hold it, so that it is the same when it comes back."""
    return safe_text(_CONTROL.sub("", text))


_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def asked_by(one: FormSubject) -> AskedBy:
    """By which policy somebody is asked."""
    policy = one.rules.policy
    subject = f"{one.id}#{one.segment}" if one.segment else one.id
    return AskedBy(subject, policy.label, policy.digest)
