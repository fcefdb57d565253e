"""History rows -> earlier cycles of the people in the roster.

A row has the total and the grade of a cycle, or the figures of one of its indicators, or what was
paid under one of its incentives, or several of these. A cycle of which the rows hold nothing is one
in which the person was absent.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.intake.cells.dates import read_cell_date
from perfrules.intake.cells.numerals import (
    Refusal,
    read_ratio,
    read_yes_no,
    spreadsheet_error,
    tidy,
)
from perfrules.intake.files.raw_table import Row
from perfrules.intake.history.cycle_order import CycleOrder, span_named
from perfrules.intake.history.merged_history import disagreement
from perfrules.intake.people.ids import identity
from perfrules.intake.people.roster import Draft, Roster, report_faults
from perfrules.intake.people.rules import Figure, Rules, unknown_indicator
from perfrules.intake.tables.table import Table, is_total
from perfrules.model.datum import Datum, Origin, Value
from perfrules.model.history import Past, PastMeasure
from perfrules.model.scorecard import Cycle

__all__ = ["read_history"]

_RESULTS: Final = ("total", "grade")
_FIGURES: Final = PastMeasure._fields
_PAID: Final = "paid"
_NEEDED: Final = ("person_id", "cycle", "indicator", "incentive", "paid", *_RESULTS, *_FIGURES)


@dataclass(slots=True)
class _Growing:
    """A cycle of a person while its rows are read: `("", "total")`, `("sales", "actual")`, or
    `("bonus", "paid")`."""

    name: str
    place: str
    data: dict[tuple[str, str], Datum] = field(default_factory=dict)

    def past(self, start: datetime.date | None, end: datetime.date | None) -> Past:
        pay = {name: datum for (name, what), datum in self.data.items() if what == _PAID}
        names = dict.fromkeys(name for name, what in self.data if name and what != _PAID)
        measures = {
            name: PastMeasure(*(self.data.get((name, what)) for what in _FIGURES)) for name in names
        }
        total, grade = (self.data.get(("", what)) for what in _RESULTS)
        return Past(self.name, end, total, grade, measures, start, pay)


def read_history(
    table: Table,
    roster: Roster,
    current: Cycle,
    ends: Mapping[str, datetime.date] | None = None,
) -> dict[str, tuple[Past, ...]]:
    """The earlier cycles that the table has of each person in the roster, newest first.

    `current` is the cycle that is being judged; `ends` has the last days of the cycles of which
    there are result folders. The order is that of `cycle_order`: by the last day, which a result
    folder or the cycle's name says (2024Q1 < 2024Q2 < 2024-10), else by the numbers in names that
    are written alike. What is wrong with a row becomes a problem of its person: a cell that
    cannot be read, a figure given twice and differently, a cycle that is not before this one or
    does not say when it was. Rows of people who are not in the roster are one note.
    """
    order = CycleOrder(current, ends or {})
    reader = _HistoryReader(table, roster, order)
    for row in table:
        reader.take(row)
    reader.report_others()
    return {person: pasts for person, pasts in reader.result() if pasts}


class _HistoryReader:
    def __init__(self, table: Table, roster: Roster, order: CycleOrder) -> None:
        self.table, self.roster, self.order = table, roster, order
        self.growing: dict[str, tuple[Draft, dict[object, _Growing]]] = {}
        self.others: dict[str, int] = {}
        self.first_other = 0
        self.person_id, self.cycle, self.indicator = table.of("person_id", "cycle", "indicator")

    def take(self, row: Row) -> None:
        draft = self.draft(row)
        if draft is None or not self.usable(draft, row):
            return
        name = self.name(row.texts[self.cycle])
        when = "unknown" if self.roster.blank(name) else self.order.when(name)
        place = self.table.place(row.number, "cycle")
        if when == "unknown":
            shown = name or Text("（空）", "(empty)")
            draft.problems.append(Refusal("undated-cycle", {"cycle": shown}).at(place))
        elif when == "not before":
            facts = {"cycle": name, "current": self.order.current.id}
            draft.problems.append(Refusal("later-history", facts).at(place))
        else:
            _, cycles = self.growing.setdefault(draft.id, (draft, {}))
            growing = cycles.setdefault(self.order.key(name), _Growing(name, str(place)))
            for key, datum in self.data(draft, row):
                self.add(draft, growing, key, datum)

    def name(self, text: str) -> str:
        """The cycle's name. Spreadsheets make a date of `2024-10`: the first of the month."""
        word = tidy(text)
        day = None if span_named(word) else read_cell_date(text, self.table.epoch)
        if isinstance(day, datetime.date) and day.day == 1:
            return f"{day.year:04}-{day.month:02}"
        return word

    def draft(self, row: Row) -> Draft | None:
        """Whose row it is; whoever is not in this cycle may be in the history all the same."""
        text = row.shown(self.person_id)
        person = identity(text)
        draft = self.roster.spellings.get(text) or self.roster.drafts.get(person)
        if draft is None and not is_total(row.texts):
            if not person or self.roster.blank(person):
                place = self.table.place(row.number, "person_id")
                self.roster.unattached.report("missing-person-id", place, table=self.table.name)
            else:
                self.first_other = self.first_other or row.number
                self.others[person] = self.others.get(person, 0) + 1
        return draft

    def usable(self, draft: Draft, row: Row) -> bool:
        """Whether the cells could be read as cells."""
        return report_faults(draft, self.table, row, "person_id", _NEEDED)

    def data(self, draft: Draft, row: Row) -> Iterator[tuple[tuple[str, str], Datum]]:
        """Each value of the row, by indicator and figure."""
        name, figure = self.figure(draft, row)
        origin = Origin(self.table.origin(row.number))
        for what in (*_RESULTS, *_FIGURES):
            text = self.table.text(row, what)
            if self.roster.blank(text):
                continue
            place = self.table.place(row.number, what)
            if what in _FIGURES and not name:
                refusal = Refusal("missing-indicator", {"table": self.table.name})
                draft.problems.append(refusal.at(place))
                return
            value = self.value(what, text, figure, draft.last_rules)
            if isinstance(value, Refusal):
                draft.problems.append(value.at(place, column=what))
            else:
                yield (name if what in _FIGURES else "", what), Datum(value, origin)
        yield from self.paid(draft, row, origin)

    def paid(
        self, draft: Draft, row: Row, origin: Origin
    ) -> Iterator[tuple[tuple[str, str], Datum]]:
        """What was paid under an incentive, which may be one that the policy no longer has."""
        text, word = self.table.text(row, _PAID), self.table.text(row, "incentive")
        if self.roster.blank(text):
            return
        place = self.table.place(row.number, _PAID)
        if self.roster.blank(word):
            draft.problems.append(Refusal("missing-incentive", {}).at(place))
            return
        value = self.value(_PAID, text, None, None)
        if isinstance(value, Refusal):
            draft.problems.append(value.at(place, column=_PAID))
            return
        name, rules = tidy(word), draft.last_rules
        if rules is not None and (found := rules.plans.get(name)) is None:
            if near := rules.similar(name, rules.plans):
                facts = {"name": name, "suggestion": near, "known": ", ".join(rules.plans)}
                where = self.table.place(row.number, "incentive")
                draft.problems.append(Refusal("unknown-incentive", facts).at(where))
        elif rules is not None:
            name = found or name
        yield (name, _PAID), Datum(value, origin)

    def figure(self, draft: Draft, row: Row) -> tuple[str, Figure | None]:
        """The row's indicator, which may be one that the policy no longer has."""
        text = row.texts[self.indicator]
        if self.roster.blank(text):
            return "", None
        rules = draft.last_rules
        found = rules.figure(text) if rules is not None else None
        if found is not None:
            return found.indicator.name, found
        word = tidy(text)
        if rules is not None and (near := rules.similar(word, rules.figures)):
            place = self.table.place(row.number, "indicator")
            draft.problems.append(unknown_indicator(word, rules, near).at(place, "warning"))
        return word, None

    def value(
        self, what: str, text: str, figure: Figure | None, rules: Rules | None
    ) -> Value | Refusal:
        """What a cell means."""
        if spreadsheet_error(tidy(text)):
            return Refusal("spreadsheet-error", {"text": tidy(text)})
        if what == "grade":
            return tidy(text)
        if what in ("total", "score", "attainment", _PAID):
            return _number(self.roster.number(text, "%" if what == "attainment" else None))
        if figure is None:
            number = read_ratio(text)
            return tidy(text) if isinstance(number, Refusal) else number
        if what == "actual" and figure.kind == "level" and rules is not None:
            word = tidy(text)
            return rules.levels[figure.indicator.name].get(word, word)
        if what == "actual" and figure.kind == "yes_no":
            done = read_yes_no(text)
            facts = {"indicator": figure.indicator.name, "value": tidy(text)}
            return Refusal("not-a-yes-or-no", facts) if done is None else done
        return _number(self.roster.number(text, figure.unit))

    def add(self, draft: Draft, growing: _Growing, key: tuple[str, str], datum: Datum) -> None:
        first = growing.data.setdefault(key, datum)
        if first.value != datum.value:
            draft.problems.append(disagreement(draft.id, growing.name, key, datum, first))

    def report_others(self) -> None:
        if self.others:
            rows = sum(self.others.values())
            first = next(iter(self.others))
            place = self.table.place(self.first_other)
            self.roster.unattached.report(
                "history-of-others", place, rows=rows, people=len(self.others), person=first
            )

    def result(self) -> Iterator[tuple[str, tuple[Past, ...]]]:
        for person, (draft, cycles) in self.growing.items():
            pasts = [
                one.past(self.order.start(one.name), self.order.end(one.name))
                for one in cycles.values()
                if one.data
            ]
            found, lost = self.order.newest_first(pasts)
            for past in lost:
                place = cycles[self.order.key(past.cycle)].place
                draft.problems.append(Diagnostic("undated-cycle", place, {"cycle": past.cycle}))
            yield person, found


def _number(value: Decimal | Refusal | None) -> Value | Refusal:
    return Refusal("not-a-number", {"text": "", "suggestion": None}) if value is None else value
