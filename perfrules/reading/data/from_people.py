"""People rows -> the roster: who is judged, by which policy, and what is known of them."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Diagnostic, Related
from perfrules.exact import plain
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Datum, Origin, Presence, Value
from perfrules.reading.data.cell_dates import read_cell_date
from perfrules.reading.data.numerals import Refusal, read_ratio, spreadsheet_error, tidy
from perfrules.reading.data.raw_table import Row
from perfrules.reading.data.roster import Draft, PolicyChoice, Roster, Rules, identity, tidied
from perfrules.reading.data.tables import WHOLE_ROW, Table, is_total

__all__ = ["read_people"]

_NO_FACTS = ("person_id", "joined", "left", "proration")
"""Columns that become something else than a fact `person.<column>`."""

_NEEDED = ("person_id", "role", "joined", "left", "proration")

_ALSO = Text("同一编号的另一行", "the other row of this id")


def read_people(table: Table, roster: Roster, policies: PolicyChoice, cycle: Cycle) -> None:
    """Fills the roster. A row that cannot be attached to an id is nobody's."""
    reader = _PeopleReader(table, roster, policies, cycle)
    for row in table:
        reader.take(row)
    reader.note_same_names()
    if not roster.drafts:
        roster.unattached.report("empty-table", table.place(0), severity="error", table=table.name)


class _PeopleReader:
    def __init__(self, table: Table, roster: Roster, policies: PolicyChoice, cycle: Cycle) -> None:
        self.table, self.roster, self.policies, self.cycle = table, roster, policies, cycle
        self.rules: dict[str, Rules | Diagnostic] = {}
        self.by_policy: dict[tuple[str, str], Rules] = {}
        self.facts = [
            (name, index) for name, index in table.columns.items() if name not in _NO_FACTS
        ]
        self.person_id, self.role, self.name, self.joined, self.left, self.proration = table.of(
            "person_id", "role", "name", "joined", "left", "proration"
        )
        self.names: dict[str, int] = {}

    def take(self, row: Row) -> None:
        texts, number = row.texts, row.number
        if is_total((texts[self.person_id], texts[self.name])):
            self.roster.unattached.report("totals-row", self.table.place(number))
            return
        text, fault = texts[self.person_id], row.faults.get(self.person_id)
        if fault is not None and fault.code == "padded-id":
            text = str(fault.facts["shown"])
        person = identity(text)
        place = self.table.place(number, "person_id")
        if spreadsheet_error(person):
            fault = Refusal("spreadsheet-error", {"text": person})
        if not person or self.roster.blank(person) or (fault and fault.code != "padded-id"):
            if any(cell.strip() for cell in texts) or row.faults:
                reason = fault or Refusal("missing-person-id", {})
                found = reason.at(place, table=self.table.name, column="person_id")
                self.roster.unattached.extend([found])
            return
        draft = Draft(person, number, self.table.place(number))
        self.fill(draft, row)
        if person != text:
            draft.problems.append(tidied(text, person, place))
        first = self.roster.drafts.get(person)
        if first is not None:
            self.merge(first, draft, place)
            return
        self.roster.drafts[person] = self.roster.spellings[person] = draft
        self.roster.spellings[text] = draft
        name = tidy(texts[self.name])
        if name:
            self.names[name] = self.names.get(name, 0) + 1

    def merge(self, first: Draft, second: Draft, place: Cell) -> None:
        """Two rows of one id: the first stays; unless they are alike, that is an error."""
        same = _alike(first, second)
        code = "repeated-person" if same else "duplicate-person"
        related = (Related(self.table.place(first.row, "person_id"), _ALSO),)
        first.problems += second.problems
        facts = {"person": first.id, "row": first.row}
        first.problems.append(Refusal(code, facts).at(place, related=related))

    def fill(self, draft: Draft, row: Row) -> None:
        """All that a row says, and what is wrong with it."""
        texts, table, markers = row.texts, self.table, self.roster.markers
        for column, refusal in row.faults.items():
            name = table.name_of(column)
            if refusal.code == "padded-id" and name != "person_id":
                continue
            weighs = column == WHOLE_ROW or name in _NEEDED
            place = table.place(row.number, name)
            draft.problems.append(refusal.at(place, None if weighs else "warning", column=name))
        origin = Origin(table.origin(row.number))
        for name, index in self.facts:
            text = texts[index]
            if text in markers or self.roster.blank(text):
                continue
            if text.startswith("#") and spreadsheet_error(text.strip()):
                fault = Refusal("spreadsheet-error", {"text": text.strip()})
                draft.problems.append(fault.at(table.place(row.number, name), "warning"))
            else:
                draft.person[name] = Datum(_fact(name, text), origin)
        draft.role = tidy(texts[self.role])
        self.choose(draft, row)
        self.dates(draft, row, origin)
        if (text := texts[self.proration]) not in markers:
            self.share(draft, row, text, origin)

    def choose(self, draft: Draft, row: Row) -> None:
        """The rules of the role, looked up once for each spelling."""
        place = self.table.place(row.number, "role")
        if self.role in row.faults:
            return
        if self.roster.blank(draft.role):
            draft.problems.append(Refusal("missing-role", {"person": draft.id}).at(place))
            return
        found = self.rules.get(draft.role)
        if found is None:
            found = self.rules[draft.role] = self.rules_of(draft.role)
        if isinstance(found, Rules):
            draft.rules = found
        else:
            draft.problems.append(Refusal(found.code, found.facts).at(place))

    def rules_of(self, role: str) -> Rules | Diagnostic:
        policy = self.policies.in_force(self.policies.named(role) or role, on=self.cycle.end)
        if not isinstance(policy, Policy):
            return policy
        if policy.cycle is not None and self.cycle.kind not in (None, policy.cycle):
            facts = {"policy": policy.label, "kind": policy.cycle, "cycle": self.cycle.kind}
            return Diagnostic("other-cycle-kind", None, facts)
        return self.by_policy.setdefault((policy.id, policy.version), Rules(policy))

    def dates(self, draft: Draft, row: Row, origin: Origin) -> None:
        joined = self.date(draft, row, "joined", self.joined)
        left = self.date(draft, row, "left", self.left)
        if joined is None and left is None:
            return
        draft.presence = Presence(joined, left, origin, origin)
        facts = {"person": draft.id, "cycle": self.cycle.id}
        if joined is not None and left is not None and left < joined:
            facts = {**facts, "joined": joined.isoformat(), "left": left.isoformat()}
            place = self.table.place(row.number, "left")
            draft.problems.append(Refusal("left-before-joined", facts).at(place))
        elif left is not None and left < self.cycle.start:
            self.outside(draft, row, "left", left)
        elif joined is not None and joined > self.cycle.end:
            self.outside(draft, row, "joined", joined)

    def outside(self, draft: Draft, row: Row, column: str, day: datetime.date) -> None:
        shown = f"{self.cycle.start.isoformat()} – {self.cycle.end.isoformat()}"
        what = _OUTSIDE[column]
        facts = {"person": draft.id, "what": what, "day": day.isoformat(), "cycle": shown}
        place = self.table.place(row.number, column)
        draft.problems.append(Refusal("not-in-cycle", facts).at(place))

    def date(self, draft: Draft, row: Row, column: str, index: int) -> datetime.date | None:
        text = row.texts[index]
        if text in self.roster.markers:
            return None
        found = read_cell_date(text, self.table.epoch)
        if isinstance(found, datetime.date):
            return found
        if not self.roster.blank(text):
            draft.problems.append(found.at(self.table.place(row.number, column), column=column))
        return None

    def share(self, draft: Draft, row: Row, text: str, origin: Origin) -> None:
        """The share of the cycle that a person was there for, where the data state it."""
        found = self.roster.number(text, "%")
        if isinstance(found, Decimal) and not 0 <= found <= 1:
            facts = {"name": "proration", "value": plain(found), "low": 0, "high": 1}
            found = Refusal("out-of-range", facts)
        if isinstance(found, Refusal):
            draft.problems.append(found.at(self.table.place(row.number, "proration")))
        elif found is not None:
            draft.proration = Datum(found, origin)

    def note_same_names(self) -> None:
        """One note for all: the same name is allowed, and sometimes a slip."""
        shared = [name for name, count in self.names.items() if count > 1]
        if shared:
            facts = {"count": len(shared), "name": shared[0]}
            place = self.table.place(0, "")
            self.roster.unattached.extend([Refusal("same-name", facts).at(place)])


_OUTSIDE: Mapping[str, Text] = {
    "joined": Text("入职日期", "joined on"),
    "left": Text("离职日期", "left on"),
}


def _fact(name: str, text: str) -> Value:
    """A number where the cell is one (`00123` is none), else the text."""
    text = text.strip()
    if name in ("name", "role", "team", "department"):
        return text
    if text[0].isdigit() or text[0] in "-－":
        number = read_ratio(text)
        if not isinstance(number, Refusal):
            return number
    return text


def _alike(one: Draft, other: Draft) -> bool:
    """Whether two rows say the same, wherever they stand."""
    return (
        (one.role, one.presence.joined, one.presence.left)
        == (other.role, other.presence.joined, other.presence.left)
        and {name: datum.value for name, datum in one.person.items()}
        == {name: datum.value for name, datum in other.person.items()}
        and (one.proration and one.proration.value) == (other.proration and other.proration.value)
    )
