"""What rows of dated entries have in common: whose they are, their date, their origin."""

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.intake.cells.dates import read_cell_date
from perfrules.intake.cells.numerals import tidy
from perfrules.intake.figures.row_notes import check_words
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.tables.table import Table
from perfrules.model.scorecard import Origin

__all__ = ["CannotReadError", "DatedRows", "lacking"]


class CannotReadError(Exception):
    """A cell of the row cannot be read; its draft has the problem already."""


def lacking(missing: Iterable[Text]) -> Text:
    """Why an entry is refused that does not say all it has to."""
    words = list(missing)
    chinese, english = "、".join(one.zh for one in words), " and no ".join(one.en for one in words)
    return Text(f"没有填写{chinese}", f"it names no {english}")


class DatedRows:
    """The rows of a table that belong to somebody, and their cells."""

    def __init__(self, table: Table, roster: Roster) -> None:
        self.table, self.roster = table, roster

    def of(self, needed: tuple[str, ...]) -> Iterator[tuple[Draft, Row]]:
        """Each row with the draft of its id; rows that cannot be used are reported there."""
        for row in self.table:
            draft = self.roster.find(self.table, row, needed)
            if draft is not None and draft.last_rules is not None:
                yield draft, row

    def text(self, row: Row, column: str) -> str:
        """The text of a cell as somebody wrote it; empty where it says that there is none."""
        text = self.table.text(row, column).strip()
        return "" if self.roster.blank(text) else text

    def word(self, row: Row, column: str) -> str:
        """The word of a cell that holds a date, an id or a word of the tables, in one spelling."""
        return tidy(self.text(row, column))

    def day(self, draft: Draft, row: Row, column: str = "date") -> datetime.date | None:
        """The date in a cell; None where it is empty."""
        if not (text := self.word(row, column)):
            return None
        found = read_cell_date(text, self.table.epoch)
        if isinstance(found, datetime.date):
            return found
        draft.problems.append(found.at(self.table.place(row.number, column), column=column))
        raise CannotReadError

    def number(self, draft: Draft, row: Row, column: str, unit: str | None) -> Decimal | None:
        """The number in a cell; None where it is empty."""
        found = self.roster.number(self.table.text(row, column), unit)
        if found is None or isinstance(found, Decimal):
            return found
        draft.problems.append(found.at(self.table.place(row.number, column), column=column))
        raise CannotReadError

    def origin(self, draft: Draft, row: Row, day: datetime.date | None) -> Origin:
        """The place of a row with its date, evidence, reason and who approved it. Words that say
        nothing definite are a warning to `draft`."""
        for column in ("evidence", "reason"):
            check_words(self.table, draft, row, column, self.word(row, column))
        return Origin(
            place=self.table.origin(row.number),
            as_of=day.isoformat() if day else "",
            evidence=self.text(row, "evidence"),
            reason=self.text(row, "reason"),
            approved_by=self.text(row, "approved_by"),
        )
