"""Rows of progress -> what was reached in each week or month, by subject and indicator."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from perfrules.diagnostics import Diagnostic, Findings
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.figures.figure_cells import refuse_twice, warn_bare
from perfrules.intake.figures.from_figures import figure_of
from perfrules.intake.files.raw_table import Row
from perfrules.intake.from_tables import Subject
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.people.rules import Figure, Rules
from perfrules.intake.people.segment_rows import homes
from perfrules.intake.tables.table import Table
from perfrules.language.check_warnings import has_progress
from perfrules.model.scorecard import Cycle
from perfrules.model.tracking import Entry

__all__ = ["Progress", "read_progress", "roster_for"]

_NEEDED: Final = ("indicator", "date", "actual", "target")
_WEEK: Final = datetime.timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Progress:
    """The rows by subject and indicator, in the order of the data, and by subject what is wrong
    with some. `without_rules` have rows and no policy to tell what they mean."""

    entries: Mapping[tuple[str, str], tuple[Entry, ...]] = field(default_factory=dict)
    problems: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    without_rules: frozenset[str] = frozenset()


def roster_for(subjects: Iterable[Subject], markers: frozenset[str], findings: Findings) -> Roster:
    """Those whose rows may stand in the table, each with the policy that says what they mean.

    Ids that are not among them are reported to `findings` by `Roster.report_strangers`.
    """
    roster = Roster(markers, findings)
    rules: dict[str, Rules] = {}
    known = list(subjects)
    for subject in known:
        draft = Draft(subject.scorecard.subject, 0, subject.place)
        draft.kind, draft.of, draft.days = subject.kind, subject.of, subject.days
        draft.role = subject.role
        if subject.policy is not None and not subject.segments:
            label = subject.policy.label
            draft.rules = rules[label] = rules.get(label) or Rules(subject.policy)
        roster.drafts[draft.id] = roster.spellings[draft.id] = draft
    for subject in known:
        parts = tuple(roster.drafts[part] for part in subject.segments)
        roster.drafts[subject.scorecard.subject].parts = parts
    return roster


def read_progress(table: Table, roster: Roster, cycle: Cycle) -> Progress:
    """The rows of the progress table. A bad row is a finding and left out.

    Cells without a value are None. A date is the last day of its week or month, so that it may
    lie up to six days, or in the same month, behind the cycle's last day.
    """
    reader = _ProgressReader(table, roster, cycle)
    for row in table:
        reader.take(row)
    roster.report_strangers()
    seen = [draft for draft in roster.drafts.values() if draft.seen]
    return Progress(
        {key: tuple(found) for key, found in reader.entries.items()},
        {draft.id: tuple(draft.problems) for draft in seen if draft.problems},
        frozenset(draft.id for draft in seen if draft.last_rules is None),
    )


class _ProgressReader:
    def __init__(self, table: Table, roster: Roster, cycle: Cycle) -> None:
        self.table, self.roster, self.cycle = table, roster, cycle
        self.latest = max(_plus(cycle.end, _WEEK), _end_of_month(cycle.end))
        self.entries: dict[tuple[str, str], list[Entry]] = {}
        self.rows: dict[tuple[str, str, datetime.date], tuple[int, Entry]] = {}
        self.actual, self.target = table.of("actual", "target")
        self.words = table.of("note", "reason", "measure")

    def take(self, row: Row) -> None:
        found = self.roster.find(self.table, row, _NEEDED)
        if found is None or found.last_rules is None:
            return
        day = self.day(row, found)
        # Of somebody who moved, the segment whose policy has the indicator, on that day.
        for draft in homes(self.table, row, found, self.roster, "indicator", on=day):
            if draft.rules is not None:
                self.add_to(draft, draft.rules, row, day)

    def add_to(self, draft: Draft, rules: Rules, row: Row, day: datetime.date | None) -> None:
        figure = figure_of(self.table, row, draft, rules)
        if figure is None:
            return
        if not has_progress(figure.indicator):
            found = Refusal("nothing-to-watch", {"indicator": figure.indicator.name})
            draft.problems.append(found.at(self.table.place(row.number, "indicator")))
            return
        actual = self.number(row, draft, "actual", self.actual, figure)
        target = self.number(row, draft, "target", self.target, figure)
        if day is None or isinstance(actual, Refusal) or isinstance(target, Refusal):
            return
        note, reason, measure = (row.texts[index].strip() for index in self.words)
        place = self.table.origin(row.number)
        entry = Entry(day, actual, target, note, place, reason, measure)
        self.add(row, draft, figure.indicator.name, entry)

    def day(self, row: Row, draft: Draft) -> datetime.date | None:
        day = self.roster.date(draft, self.table, row, "date", needed=True)
        if day is not None and not self.cycle.start <= day <= self.latest:
            shown = f"{self.cycle.start.isoformat()} – {self.cycle.end.isoformat()}"
            facts = {"day": day.isoformat(), "cycle": shown}
            place = self.table.place(row.number, "date")
            draft.problems.append(Refusal("outside-cycle", facts).at(place))
            return None
        return day

    def number(
        self, row: Row, draft: Draft, column: str, index: int, figure: Figure
    ) -> Decimal | Refusal | None:
        found = self.roster.number(row.texts[index], figure.unit)
        place = self.table.place(row.number, column)
        if isinstance(found, Refusal):
            draft.problems.append(found.at(place, column=column))
        warn_bare(draft, figure, row.texts[index], found, place)
        return found

    def add(self, row: Row, draft: Draft, indicator: str, entry: Entry) -> None:
        """Keeps a row; a second one of the same day is a finding, and left out."""
        key = (draft.id, indicator, entry.day)
        if key in self.rows:
            number, first = self.rows[key]
            same = first._replace(place="") == entry._replace(place="")
            place, earlier = self.table.place(row.number), self.table.place(number)
            refuse_twice(draft, "figure", indicator, place, earlier, same=same)
            return
        self.rows[key] = (row.number, entry)
        self.entries.setdefault(key[:2], []).append(entry)


def _plus(day: datetime.date, span: datetime.timedelta) -> datetime.date:
    return day if datetime.date.max - day < span else day + span


def _end_of_month(day: datetime.date) -> datetime.date:
    if (day.year, day.month) == (datetime.MAXYEAR, 12):
        return datetime.date.max
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return datetime.date(year, month, 1) - datetime.timedelta(days=1)
