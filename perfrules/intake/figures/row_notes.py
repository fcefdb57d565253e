"""What a row says of its figure beside the number: source, date, evidence; and what it fails to."""

from perfrules.codes.code import Text
from perfrules.intake.cells.dates import read_cell_date
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.cells.vague_words import hedge
from perfrules.intake.figures.figure_cells import is_source
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.people.rules import Figure
from perfrules.intake.tables.table import Table, column_meant
from perfrules.model.indicator import Indicator

__all__ = ["RowNotes", "check_words"]


class RowNotes:
    """Source, date and evidence of rows; what repeats is looked at once and kept once.

    `has_notes` says that the table's rows are to name their sources; in a role's sheet the
    heading does. A column that was meant for them has been reported.
    """

    def __init__(self, table: Table, roster: Roster, *, has_notes: bool) -> None:
        meant = any(column_meant(word, ("source",)) for word in table.columns)
        self.has_notes = has_notes and not meant
        self.table, self.roster = table, roster
        self.days: dict[str, tuple[str, Refusal | None]] = {"": ("", None)}
        self.sources: dict[str, str] = {}

    def day(self, draft: Draft, row: Row, text: str) -> str:
        """The date of a figure as 2024-09-30; text that is no date stays. That, and a date that
        cannot be one of this cycle's figures, is a warning."""
        found = self.days.get(text)
        if found is None:
            found = self.days[text] = self._day(text)
        shown, refusal = found
        if refusal is not None:
            draft.problems.append(refusal.at(self.table.place(row.number, "as_of"), "warning"))
        return shown

    def _day(self, text: str) -> tuple[str, Refusal | None]:
        if self.roster.blank(text):
            return "", None
        date = read_cell_date(text, self.table.epoch)
        if isinstance(date, Refusal):
            return text, date
        window = self.roster.window
        return date.isoformat(), window.refusal(date) if window else None

    def source(self, draft: Draft, row: Row, text: str, figure: Figure, *, given: bool) -> str:
        """The source that a row names; another than the policy's is a warning, and so is none
        where a figure is `given`. A table without the column is told so once."""
        wanted = figure.indicator.source
        if wanted and text not in figure.sources:
            if self.roster.blank(text):
                if given:
                    self._no_source(draft, row, figure.indicator.name, wanted)
            elif is_source(text, wanted):
                figure.sources.add(text)
            else:
                facts = {"indicator": figure.indicator.name, "wanted": Text.halves(wanted)}
                refusal = Refusal("wrong-source", {**facts, "source": text})
                draft.problems.append(refusal.at(self.table.place(row.number, "source")))
        return self.sources.setdefault(text, text)

    def _no_source(self, draft: Draft, row: Row, indicator: str, wanted: str) -> None:
        facts = {"indicator": indicator, "wanted": Text.halves(wanted)}
        if "source" in self.table.columns:
            place = self.table.place(row.number, "source")
            draft.problems.append(Refusal("no-source", facts).at(place))
        elif self.has_notes:
            self.has_notes = False
            refusal = Refusal("no-source-column", {**facts, "table": self.table.name})
            self.roster.unattached.extend([refusal.at(self.table.place(0))])

    def told(self, draft: Draft, row: Row, text: str, indicator: Indicator, *, given: bool) -> None:
        """Reports what is wrong with the evidence of a row that is about one figure."""
        if given:
            self.evidence(draft, row, text, indicator)
        check_words(self.table, draft, row, "evidence", text)

    def evidence(self, draft: Draft, row: Row, text: str, indicator: Indicator) -> None:
        """Reports that a figure's evidence is missing where the policy requires it."""
        if indicator.evidence == "required" and self.roster.blank(text):
            place = self.table.place(row.number, "evidence")
            refusal = Refusal("missing-evidence", {"indicator": indicator.name})
            draft.problems.append(refusal.at(place))


def check_words(table: Table, draft: Draft, row: Row, column: str, text: str) -> None:
    """Warns of evidence, or a reason, in words that say nothing definite: 看情况, "as needed"."""
    word = hedge(text) if text else None
    if word is not None:
        refusal = Refusal("vague-evidence", {"word": word})
        draft.problems.append(refusal.at(table.place(row.number, column)))
