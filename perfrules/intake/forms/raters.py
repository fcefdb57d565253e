"""Who rates whom: the table of raters, the rows of ratings that name one, a column of people.

Somebody rates themself where a policy has a group `self`. The manager of whom no row names one is
the `manager` of the table of people (上级, 直接上级).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from perfrules.diagnostics import Findings
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.files.raw_table import Row
from perfrules.intake.forms.row_keys import FormSubject, RowKeys
from perfrules.intake.people.ids import identity
from perfrules.intake.tables.table import Table
from perfrules.model.ratings import Ratings

__all__ = ["MANAGER", "SELF", "Assignment", "Raters", "groups_of"]

SELF: Final = "self"
MANAGER: Final = "manager"
"""The groups of raters that stand on the form of the person itself."""

_MANAGER_COLUMNS: Final = ("manager", "manager_id", "直接上级", "直属上级", "上级")


class Assignment(NamedTuple):
    """A rater who is to rate an indicator of somebody, as one of a group."""

    subject: FormSubject
    indicator: str
    group: str
    rater: str


class Raters:
    """The assignments of a cycle; what is wrong with the table of raters goes to `findings`."""

    def __init__(
        self, keys: RowKeys, rows: Mapping[str, tuple[Table, list[Row]]], findings: Findings
    ) -> None:
        self.keys, self.findings = keys, findings
        self.names: dict[str, str] = {}
        """The names of raters that the table of raters has, by id."""
        self._found: dict[FormSubject, dict[Assignment, None]] = {}
        self._managers: dict[str, str] = {}
        if "people" in rows:
            self._read_managers(*rows["people"])
        if "raters" in rows:
            self._read_raters(*rows["raters"])
        if "ratings" in rows:
            self._read_ratings(*rows["ratings"])
        for one in self._subjects():
            self._add_own(one)

    def __iter__(self) -> Iterator[Assignment]:
        return (one for found in self._found.values() for one in found)

    def manager(self, one: FormSubject) -> str | None:
        """The id of the manager, empty where nobody is known; None where there are several."""
        found = {other.rater for other in self._found.get(one, ()) if other.group == MANAGER}
        if not found:
            return self._managers.get(one.id, "")
        return found.pop() if len(found) == 1 else None

    def rates_self(self, one: FormSubject, indicator: str) -> str:
        """The id under which somebody rates themself."""
        return next(
            (
                other.rater
                for other in self._found.get(one, ())
                if (other.indicator, other.group) == (indicator, SELF)
            ),
            one.id,
        )

    def without(self) -> dict[str, list[str]]:
        """The ids of those for whom a group has no rater, by group."""
        there = {(other.subject.id, other.indicator, other.group) for other in self}
        lost: dict[str, dict[str, None]] = {}
        for one in self._subjects():
            for name, group in groups_of(one):
                if group != SELF and (one.id, name, group) not in there:
                    lost.setdefault(group, {})[one.id] = None
        return {group: [*ids] for group, ids in lost.items()}

    def _subjects(self) -> Iterator[FormSubject]:
        return (one for found in self.keys.by_id.values() for one in found)

    def _add_own(self, one: FormSubject) -> None:
        """Themself, and the manager of the table of people where no row names one."""
        manager = self._managers.get(one.id, "")
        if not manager or any(other.group == MANAGER for other in self._found.get(one, ())):
            return
        for name, group in groups_of(one):
            if group == MANAGER:
                self._add(Assignment(one, name, group, manager))

    def _add(self, found: Assignment) -> None:
        self._found.setdefault(found.subject, {})[found] = None

    def _read_managers(self, table: Table, rows: Iterable[Row]) -> None:
        column = next((name for name in _MANAGER_COLUMNS if name in table.columns), None)
        if column is None:
            return
        (at,) = table.of("person_id")
        for row in rows:
            if manager := identity(table.text(row, column)):
                self._managers[identity(row.shown(at))] = manager

    def _read_raters(self, table: Table, rows: Iterable[Row]) -> None:
        at, rater_at = table.of("person_id", "rater_id")
        for row in rows:
            person, rater = identity(row.shown(at)), identity(row.shown(rater_at))
            if name := table.text(row, "rater").strip():
                self.names.setdefault(rater, name)
            place = table.place(row.number, "person_id")
            found = self.keys.by_id.get(person.partition("#")[0], [])
            if not found:
                facts = {"person": person, "table": table.name, "rows": 1, "suggestion": None}
                self.findings.extend([Refusal("unknown-person", facts).at(place)])
            elif not rater:
                facts = {"table": table.name, "column": "rater_id"}
                cell = table.place(row.number, "rater_id")
                self.findings.extend([Refusal("empty-cell", facts).at(cell, "error")])
            else:
                self._assign(table, row, found, rater)

    def _assign(self, table: Table, row: Row, found: list[FormSubject], rater: str) -> None:
        group, segment = tidy(table.text(row, "group")), tidy(table.text(row, "segment"))
        indicator = table.text(row, "indicator")
        known = dict.fromkeys(of_group for one in found for _, of_group in groups_of(one))
        is_met = False
        for one in found:
            if segment and segment not in (one.segment, one.rules.policy.id):
                continue
            figure = one.rules.figure(indicator) if indicator.strip() else None
            for name, of_group in groups_of(one):
                wanted = figure.indicator.name if figure else name
                if of_group == group and name == wanted and (figure or not indicator.strip()):
                    self._add(Assignment(one, name, group, rater))
                    is_met = True
        if not is_met:
            shown = ", ".join(known) or "—"
            facts = {"person": found[0].id, "group": group, "known": shown}
            cell = table.place(row.number, "group")
            self.findings.extend([Refusal("nothing-to-rate", facts).at(cell)])

    def _read_ratings(self, table: Table, rows: Iterable[Row]) -> None:
        for row in rows:
            key = self.keys.key(table, row)
            if key is None or not key.rater:
                continue
            for one in self.keys.by_id[key.person]:
                if one.segment == key.segment and (key.indicator, key.group) in groups_of(one):
                    self._add(Assignment(one, key.indicator, key.group, key.rater))


def groups_of(one: FormSubject) -> list[tuple[str, str]]:
    """The indicators that are rated, each with each of its groups of raters."""
    return [
        (indicator.name, group.name)
        for indicator in one.rules.policy.indicators
        if isinstance(indicator.score, Ratings)
        for group in indicator.score.groups
    ]
