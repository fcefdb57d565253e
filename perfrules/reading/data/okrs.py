"""Rows of OKRs -> objectives with their key results, kept beside the appraisal."""

from decimal import Decimal
from typing import Final

from perfrules.exact import plain
from perfrules.model.scorecard import Datum, Objective, Origin
from perfrules.reading.data.dated_rows import CannotReadError, DatedRows
from perfrules.reading.data.figure_cells import refuse_twice
from perfrules.reading.data.numerals import Refusal, tidy
from perfrules.reading.data.raw_table import Row
from perfrules.reading.data.roster import Draft, Roster
from perfrules.reading.data.tables import Table

__all__ = ["read_okrs"]

_NEEDED: Final = ("objective", "key_result", "score")


def read_okrs(table: Table, roster: Roster) -> None:
    """Gives each draft its objectives in the order of the rows.

    A key result that stands twice with the same score counts once, with a warning.
    """
    reader = _OkrReader(table, roster)
    for draft, row in reader.rows.of(_NEEDED):
        try:
            reader.take(draft, row)
        except CannotReadError:
            continue
    for person, objectives in reader.found.items():
        roster.drafts[person].objectives = tuple(
            Objective(title, tuple(results.values())) for title, results in objectives.values()
        )


class _OkrReader:
    def __init__(self, table: Table, roster: Roster) -> None:
        self.table, self.rows = table, DatedRows(table, roster)
        self.found: dict[str, dict[str, tuple[Datum, dict[str, Datum]]]] = {}
        self.places: dict[tuple[str, str, str], int] = {}

    def take(self, draft: Draft, row: Row) -> None:
        objective, result = (self.text(draft, row, one) for one in ("objective", "key_result"))
        score = self.score(draft, row)
        if not objective or not result or score is None:
            return
        place = self.table.origin(row.number)
        known = self.found.setdefault(draft.id, {})
        # One that is written with another comma is the same.
        objective_key, key = tidy(objective), tidy(result)
        _, results = known.setdefault(objective_key, (Datum(objective, Origin(place)), {}))
        origin = Origin(place, source=result, evidence=self.rows.text(row, "evidence"))
        first = results.setdefault(key, Datum(score, origin))
        number = self.places.setdefault((draft.id, objective_key, key), row.number)
        if number != row.number:
            here, there = self.table.place(row.number), self.table.place(number)
            refuse_twice(draft, "figure", result, here, there, same=first.value == score)

    def text(self, draft: Draft, row: Row, column: str) -> str:
        found = self.rows.text(row, column)
        if not found:
            self.report_empty(draft, row, column)
        return found

    def score(self, draft: Draft, row: Row) -> Decimal | None:
        """From 0 to 1; `70%` is 0.7."""
        found = self.rows.number(draft, row, "score", "%")
        if found is None:
            self.report_empty(draft, row, "score")
        elif not 0 <= found <= 1:
            facts = {"name": "score", "value": plain(found), "low": 0, "high": 1}
            place = self.table.place(row.number, "score")
            draft.problems.append(Refusal("out-of-range", facts).at(place))
            return None
        return found

    def report_empty(self, draft: Draft, row: Row, column: str) -> None:
        place = self.table.place(row.number, column)
        facts = {"table": self.table.name, "column": column}
        draft.problems.append(Refusal("empty-cell", facts).at(place))
