"""Rows of a cycle's tables -> the keys by which forms name them, however they are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from perfrules.intake.cells.numerals import tidy
from perfrules.intake.files.raw_table import Row
from perfrules.intake.forms.slots import RowKey
from perfrules.intake.from_tables import Subject
from perfrules.intake.people.ids import identity
from perfrules.intake.people.rules import Rules
from perfrules.intake.tables.table import Table
from perfrules.model.scorecard import Measure, Revision

__all__ = ["KEYED", "FormSubject", "RowKeys", "form_subjects"]

KEYED: Final[Mapping[str, tuple[str, ...]]] = {
    "actuals": ("indicator",),
    "ratings": ("indicator", "group", "rater_id"),
    "comments": ("indicator", "group", "rater_id"),
    "improvements": ("measure", "gap"),
}
"""What tells the rows of one person apart, by table."""


@dataclass(frozen=True, slots=True, eq=False)
class FormSubject:
    """Somebody or something that is judged by one policy: a person, a unit, a segment of a person.

    `segment` is its number, empty for those who did not move. `measures` and `revisions` are what
    the data say.
    """

    id: str
    segment: str
    name: str
    team: str
    department: str
    rules: Rules
    measures: Mapping[str, Measure]
    revisions: tuple[Revision, ...]

    @property
    def is_person(self) -> bool:
        """Whether it is a person, and no team, department or project."""
        return self.rules.policy.subject == "person"


def form_subjects(subjects: Iterable[Subject]) -> tuple[FormSubject, ...]:
    """Everybody who has a policy, those who moved once for each segment."""
    known: dict[str, Rules] = {}
    found = []
    for one in subjects:
        if one.policy is None or one.segments:
            continue
        card = one.scorecard
        person = one.of or card.subject
        segment = card.subject.removeprefix(f"{person}#") if one.of else ""
        rules = known.setdefault(one.policy.label, Rules(one.policy))
        found.append(
            FormSubject(
                person, segment, one.name, one.team, one.department, rules, card.measures,
                card.revisions,
            )
        )  # fmt: skip
    return tuple(found)


class RowKeys:
    """Finds whose a row is and what it is about, by what the policies call things."""

    def __init__(self, subjects: Iterable[FormSubject], markers: Iterable[str]) -> None:
        self.by_id: dict[str, list[FormSubject]] = {}
        self._markers = frozenset(markers)
        for one in subjects:
            self.by_id.setdefault(one.id, []).append(one)

    def key(self, table: Table, row: Row) -> RowKey | None:
        """The key of a row of one of the `KEYED` tables; None where it is nobody's."""
        (at,) = table.of("person_id")
        person, _, number = identity(row.shown(at)).partition("#")
        found = self.by_id.get(person)
        if not found:
            return None
        cells = {name: tidy(table.text(row, name)) for name in KEYED[table.name]}
        cells = {name: "" if text in self._markers else text for name, text in cells.items()}
        if table.name == "improvements":
            measure, gap = (" ".join(cells[name].split()) for name in KEYED[table.name])
            return RowKey(table.name, person, indicator=measure, group=gap)
        segment = number or tidy(table.text(row, "segment"))
        one = self._subject(found, segment, cells["indicator"])
        indicator = cells["indicator"]
        if one is not None and indicator:
            figure = one.rules.figure(indicator)
            indicator = figure.indicator.name if figure else indicator
        return RowKey(
            table.name, person, one.segment if one else segment, indicator,
            cells.get("group", ""), identity(cells.get("rater_id", "")),
        )  # fmt: skip

    def _subject(
        self, found: list[FormSubject], segment: str, indicator: str
    ) -> FormSubject | None:
        """The segment that a row names, by number or role; else the only one that knows the
        indicator."""
        if len(found) == 1:
            return found[0]
        if segment:
            words = [
                one
                for one in found
                if segment == one.segment
                or segment in (one.rules.policy.id, *map(tidy, one.rules.policy.title))
            ]
        else:
            words = [one for one in found if indicator and one.rules.figure(indicator)]
        return words[0] if len(words) == 1 else None
