"""Rows of absences: days on which people were away, each of a kind."""

from collections.abc import Iterable

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Related, nearest
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.tables.table import Table
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Absence, Cycle, Origin

__all__ = ["read_absences"]

_FIRST = Text("折算系数写在这里", "the proration stands here")


def read_absences(table: Table, roster: Roster, policies: Iterable[Policy], cycle: Cycle) -> None:
    """Gives each draft, and its segments, the absences that the table has of it, by date.

    A cell that cannot be read is an error of its person. A kind that no policy takes off is a
    warning, once; so are absences of somebody whose proration the data state.
    """
    reader = _Absences(table, roster, policies, cycle)
    for row in table:
        reader.take(row)
    reader.share_out()
    for kind, (place, rows) in reader.unknown.items():
        near = nearest(kind, sorted(reader.kinds))
        facts = {"kind": kind, "rows": rows, "known": ", ".join(sorted(reader.kinds)) or "—"}
        roster.unattached.extend([Refusal("unknown-absence-kind", {**facts, **near}).at(place)])


class _Absences:
    def __init__(
        self, table: Table, roster: Roster, policies: Iterable[Policy], cycle: Cycle
    ) -> None:
        self.table, self.roster, self.cycle = table, roster, cycle
        rules = (one.proration for one in policies)
        self.kinds = {kind for rule in rules if rule is not None for kind in rule.less}
        self.unknown: dict[str, tuple[Cell, int]] = {}
        self.found: dict[str, tuple[Draft, list[Absence]]] = {}

    def take(self, row: Row) -> None:
        draft = self.roster.find(self.table, row, ("kind", "from", "to"))
        if draft is None:
            return
        start, end = (
            self.roster.date(draft, self.table, row, column, needed=True)
            for column in ("from", "to")
        )
        kind, place = tidy(self.table.text(row, "kind")), self.table.place(row.number, "kind")
        if self.roster.blank(kind):
            draft.problems.append(Refusal("missing-absence-kind", {}).at(place))
            return
        if kind not in self.kinds:
            first, rows = self.unknown.get(kind, (place, 0))
            self.unknown[kind] = first, rows + 1
        if start is None or end is None:
            return
        if end < start:
            facts = {"start": start.isoformat(), "end": end.isoformat()}
            where = self.table.place(row.number, "to")
            draft.problems.append(Refusal("dates-reversed", facts).at(where))
            return
        origin = Origin(self.table.origin(row.number))
        _, own = self.found.setdefault(draft.id, (draft, []))
        own.append(Absence(kind, start, end, origin))

    def share_out(self) -> None:
        """To everybody their absences, and to their segments."""
        for draft, own in self.found.values():
            own.sort(key=lambda one: (one.start, one.end))
            for one in (draft, *draft.parts):
                one.absences = tuple(own)
            rules = draft.last_rules
            rule = rules.policy.proration if rules is not None else None
            less = rule.less if rule is not None else ()
            counted = next((one for one in own if one.kind in less), None)
            if draft.proration is not None and counted is not None:
                related = (Related(draft.place, _FIRST),)
                facts = {"person": draft.id, "kind": counted.kind}
                draft.problems.append(
                    Refusal("absences-beside-proration", facts).at(
                        counted.origin.place, related=related
                    )
                )
