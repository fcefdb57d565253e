"""Rows of segments -> parts of the people who moved within the cycle, each with its own rules."""

import datetime
import itertools
from typing import Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Diagnostic, Related
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.people.rules import RuleBook, Rules
from perfrules.intake.people.subject_rows import read_facts, report_taken
from perfrules.intake.tables.table import Table
from perfrules.model.scorecard import Cycle, Presence

__all__ = ["read_segments"]

_NEEDED: Final = ("role", "from", "to")
_NO_FACTS: Final = ("person_id", "name", "segment", "from", "to")

_EARLIER: Final = Text("前一段任职", "the earlier segment")


class _Span(NamedTuple):
    """A segment's row with its dates as the data write them; None where the cell is empty."""

    row: Row
    start: datetime.date | None
    end: datetime.date | None


def read_segments(table: Table, roster: Roster, book: RuleBook) -> None:
    """Splits those who have rows here into segments by date: `E1005#1`, `E1005#2`.

    An empty `from` means that the role was held before the cycle or from the first day in the
    company on, an empty `to` that it still is. What is wrong with one of the rows is an error of
    the person, who is then not split, and whose figures are not looked at.
    """
    reader = _SegmentReader(table, roster, book)
    for row in table:
        reader.take(row)
    reader.split()


class _SegmentReader:
    def __init__(self, table: Table, roster: Roster, book: RuleBook) -> None:
        self.table, self.roster, self.book = table, roster, book
        self.found: dict[str, list[_Span]] = {}
        self.role, self.start, self.end, self.label = table.of("role", "from", "to", "segment")
        self.facts = [
            (name, index) for name, index in table.columns.items() if name not in _NO_FACTS
        ]

    def take(self, row: Row) -> None:
        draft = self.roster.find(self.table, row, _NEEDED)
        if draft is None:
            return
        if draft.kind != "person":
            facts = {"person": draft.id, "rows": 1, "table": self.table.name}
            place = self.table.place(row.number, "person_id")
            self.roster.unattached.extend([Refusal("unknown-person", facts).at(place)])
            return
        start, end = (self.roster.date(draft, self.table, row, column) for column in ("from", "to"))
        self.found.setdefault(draft.id, []).append(_Span(row, start, end))

    def split(self) -> None:
        for person, spans in self.found.items():
            draft = self.roster.drafts[person]
            spans.sort(key=lambda one: (one.start or datetime.date.min, one.row.number))
            parts = [self.part(draft, number, span) for number, span in enumerate(spans, 1)]
            self.refuse_overlaps(draft, spans)
            # Rows of other tables are for the segments from now on, and for nobody if those failed.
            rules, draft.rules = draft.rules, None
            if not any(self.is_error_here(one) for one in draft.problems):
                self.compare_role(draft, rules, parts)
                draft.parts = tuple(parts)
                for part in parts:
                    self.roster.drafts[part.id] = self.roster.spellings[part.id] = part

    def compare_role(self, draft: Draft, rules: Rules | None, parts: list[Draft]) -> None:
        """The role of the people table is mostly that of the last segment; it does not count."""
        held = [part.rules.policy.id for part in parts if part.rules]
        if rules is not None and rules.policy.id not in held:
            facts = {"person": draft.id, "role": draft.role}
            draft.problems.append(Refusal("role-without-segment", facts).at(draft.place))

    def is_error_here(self, problem: Diagnostic) -> bool:
        """Whether it is one of this table."""
        own, place = self.table.place(0), problem.place
        here = isinstance(place, Cell) and (place.file, place.sheet) == (own.file, own.sheet)
        return here and problem.severity == "error"

    def part(self, draft: Draft, number: int, span: _Span) -> Draft:
        """A segment with its facts, which go before those of the person."""
        row, table = span.row, self.table
        part = Draft(f"{draft.id}#{number}", row.number, table.place(row.number), table.name)
        part.kind, part.of = "segment", draft.id
        part.label = tidy(row.texts[self.label])
        part.presence, part.proration = draft.presence, draft.proration
        part.person = dict(draft.person)
        read_facts(part, row, self.facts, table, self.roster)
        if (other := self.roster.drafts.get(part.id)) is not None:
            report_taken(draft, other, table.place(row.number, "person_id"), part.id)
        part.days = self.days(draft, span)
        part.role = tidy(row.texts[self.role])
        self.choose(draft, part, row)
        return part

    def choose(self, draft: Draft, part: Draft, row: Row) -> None:
        """The policy of the role that is in force on the segment's last day."""
        place = self.table.place(row.number, "role")
        if self.roster.blank(part.role):
            draft.problems.append(Refusal("missing-role", {"person": part.id}).at(place))
        elif part.days is not None:
            found = self.book.rules(part.role, on=part.days[1])
            if isinstance(found, Rules):
                part.rules = found
            else:
                draft.problems.append(found.at(place))

    def days(self, draft: Draft, span: _Span) -> tuple[datetime.date, datetime.date] | None:
        """The days that count, within the cycle; None where there are none."""
        there, cycle = draft.presence, self.book.cycle
        if span.start and span.end and span.end < span.start:
            facts = {"start": span.start.isoformat(), "end": span.end.isoformat()}
            place = self.table.place(span.row.number, "to")
            draft.problems.append(Refusal("dates-reversed", facts).at(place))
            return None
        if outside := _outside(span, there, cycle):
            column, within = outside
            shown = tuple(day.isoformat() if day else "…" for day in (span.start, span.end))
            facts = {"person": draft.id, "start": shown[0], "end": shown[1]}
            place = self.table.place(span.row.number, column)
            draft.problems.append(Refusal("segment-outside", facts).at(place, within=within))
            return None
        start = max(span.start or there.joined or cycle.start, cycle.start)
        end = min(span.end or there.left or cycle.end, cycle.end)
        return start, end

    def refuse_overlaps(self, draft: Draft, spans: list[_Span]) -> None:
        """Two segments that share a day."""
        for first, second in itertools.pairwise(spans):
            if first.end is not None and second.start is not None and first.end < second.start:
                continue
            day = (second.start or self.book.cycle.start).isoformat()
            related = (Related(self.table.place(first.row.number), _EARLIER),)
            place = self.table.place(second.row.number, "from")
            facts = {"person": draft.id, "day": day, "row": first.row.number}
            draft.problems.append(Refusal("segments-overlap", facts).at(place, related=related))


def _outside(span: _Span, there: Presence, cycle: Cycle) -> tuple[str, Text] | None:
    """The column that is at fault and what it does not fit; None where all is well."""
    dates = f"{cycle.start.isoformat()} – {cycle.end.isoformat()}"
    if span.end is not None and span.end < cycle.start:
        return "to", Text(f"本周期（{dates}）", f"the cycle ({dates})")
    if span.start is not None and span.start > cycle.end:
        return "from", Text(f"本周期（{dates}）", f"the cycle ({dates})")
    if span.start is not None and there.joined is not None and span.start < there.joined:
        joined = there.joined.isoformat()
        return "from", Text(f"在职期间（{joined} 入职）", f"the time after joining on {joined}")
    if span.end is not None and there.left is not None and span.end > there.left:
        left = there.left.isoformat()
        return "to", Text(f"在职期间（{left} 离职）", f"the time before leaving on {left}")
    return None
