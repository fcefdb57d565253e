"""Rows of OKRs -> objectives with their key results, kept beside the appraisal.

They are no part of the result, so that nothing that is wrong with them costs it: whatever is
found here is a warning.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.diagnostics import Diagnostic
from perfrules.exact import plain
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.cells.units import shown_amount
from perfrules.intake.figures.figure_cells import refuse_twice
from perfrules.intake.figures.row_notes import check_words
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.roster import Draft, Roster, report_faults
from perfrules.intake.tables.table import Table
from perfrules.model.scorecard import Datum, Objective, Origin

__all__ = ["read_okrs"]

_NEEDED: Final = ("person_id", "objective", "key_result", "score")


def read_okrs(table: Table, roster: Roster) -> None:
    """Gives each draft its objectives in the order of the rows.

    A key result that stands twice with the same score counts once. One whose row is at fault
    keeps what is written there, as a text that no mean is made of.
    """
    reader = _OkrReader(table, roster)
    known = {draft.id: len(draft.problems) for draft in roster.drafts.values()}
    for row in table:
        draft = roster.whose(table, row)
        if draft is not None and draft.last_rules is not None:
            reader.take(draft, row)
    for draft in roster.drafts.values():
        start = known[draft.id]
        draft.problems[start:] = [_mild(one) for one in draft.problems[start:]]
    for person, objectives in reader.found.items():
        roster.drafts[person].objectives = tuple(
            Objective(title, tuple(one.datum for one in results.values()))
            for title, results in objectives.values()
        )


def _mild(problem: Diagnostic) -> Diagnostic:
    return replace(problem, severity="warning") if problem.severity == "error" else problem


class _Result(NamedTuple):
    """A key result and the row where it stands first."""

    datum: Datum
    row: int


class _OkrReader:
    def __init__(self, table: Table, roster: Roster) -> None:
        self.table, self.roster = table, roster
        self.found: dict[str, dict[str, tuple[Datum, dict[str, _Result]]]] = {}

    def take(self, draft: Draft, row: Row) -> None:
        sound = report_faults(draft, self.table, row, "person_id", _NEEDED)
        words = {
            name: self.text(draft, row, name) for name in ("objective", "key_result", "evidence")
        }
        title, name = words["objective"], words["key_result"]
        check_words(self.table, draft, row, "evidence", words["evidence"])
        score = self.score(draft, row) if sound else None
        written = self.table.text(row, "score").strip()
        value = written if score is None or not title or not name else score
        place = self.table.origin(row.number)
        objectives = self.found.setdefault(draft.id, {})
        # One that is written with another comma is the same.
        _, results = objectives.setdefault(tidy(title), (Datum(title, Origin(place)), {}))
        # Rows without a name are not one another's repetition.
        key = tidy(name) or f"#{row.number}"
        datum = Datum(value, Origin(place, source=name, evidence=words["evidence"]))
        first = results.get(key)
        if first is None:
            results[key] = _Result(datum, row.number)
            return
        here, there = self.table.place(row.number), self.table.place(first.row)
        same = first.datum.value == value
        refuse_twice(draft, "figure", name, here, there, same=same)
        if not same:
            both = " / ".join(shown_amount(one, None) for one in (first.datum.value, value))
            results[key] = first._replace(datum=first.datum._replace(value=both))

    def text(self, draft: Draft, row: Row, column: str) -> str:
        found = self.table.text(row, column).strip()
        found = "" if self.roster.blank(found) else found
        if not found and column in _NEEDED:
            self.report_empty(draft, row, column)
        return found

    def score(self, draft: Draft, row: Row) -> Decimal | None:
        """From 0 to 1; `70%` is 0.7. None, and reported, where it is not that."""
        found = self.roster.number(self.table.text(row, "score"), "%")
        if found is None:
            self.report_empty(draft, row, "score")
            return None
        facts: Mapping[str, object] = {"name": "score", "low": 0, "high": 1}
        if isinstance(found, Decimal) and not 0 <= found <= 1:
            found = Refusal("out-of-range", {**facts, "value": plain(found)})
        if isinstance(found, Refusal):
            place = self.table.place(row.number, "score")
            draft.problems.append(found.at(place, column="score"))
            return None
        return found

    def report_empty(self, draft: Draft, row: Row, column: str) -> None:
        place = self.table.place(row.number, column)
        facts = {"table": self.table.name, "column": column}
        draft.problems.append(Refusal("empty-cell", facts).at(place))
