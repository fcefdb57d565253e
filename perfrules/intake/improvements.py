"""Rows of improvements -> the measures that were agreed upon when the results were talked over."""

from typing import Final

from perfrules.diagnostics import Diagnostic
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.people.roster import Roster
from perfrules.intake.tables.table import Table
from perfrules.model.targets import State
from perfrules.model.tracking import Improvement

__all__ = ["read_improvements"]

_NEEDED: Final = ("measure",)

_STATES: Final[dict[str, State]] = {
    "planned": "planned", "未开始": "planned", "计划": "planned",
    "running": "running", "进行中": "running", "执行中": "running",
    "done": "done", "已完成": "done", "完成": "done",
    "dropped": "dropped", "已取消": "dropped", "取消": "dropped",
}  # fmt: skip


def read_improvements(
    table: Table, roster: Roster
) -> tuple[tuple[Improvement, ...], dict[str, tuple[Diagnostic, ...]]]:
    """The measures in the order of the rows, and by subject what is wrong with some. A row without
    a measure, or with a date or state that is none, is a finding and left out."""
    found = []
    for row in table:
        draft = roster.find(table, row, _NEEDED)
        if draft is None:
            continue
        before = len(draft.problems)
        measure, gap, support, owner, note = (
            table.text(row, column).strip()
            for column in ("measure", "gap", "support", "owner", "note")
        )
        due = roster.date(draft, table, row, "due")
        state = _state(table.text(row, "state"), roster)
        if isinstance(state, Refusal):
            draft.problems.append(state.at(table.place(row.number, "state")))
        if not measure:
            facts = {"table": table.name, "column": "measure"}
            cell = table.place(row.number, "measure")
            draft.problems.append(Refusal("empty-cell", facts).at(cell))
        if len(draft.problems) > before or isinstance(state, Refusal):
            continue
        place = table.origin(row.number)
        found.append(Improvement(draft.id, measure, gap, support, owner, due, state, note, place))
    roster.report_strangers()
    problems = {
        draft.id: tuple(draft.problems) for draft in roster.drafts.values() if draft.problems
    }
    return tuple(found), problems


def _state(text: str, roster: Roster) -> State | Refusal | None:
    """How far a measure is; None where the cell says nothing."""
    if roster.blank(text):
        return None
    word = tidy(text).casefold()
    return _STATES.get(word) or Refusal("bad-state", {"text": text.strip()})
