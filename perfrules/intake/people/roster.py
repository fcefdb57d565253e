"""The people of a cycle while their data are being gathered, and what their policies look for."""

import datetime
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, Literal, NamedTuple, Protocol, TypeVar

from perfrules.diagnostics import Cell, Diagnostic, Findings, closest
from perfrules.intake.cells.numerals import DOUBTFUL, Refusal, read_cell_number, tidy
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.refused import ChangeEntry, RefusedEntry
from perfrules.intake.people.strangers import Strangers
from perfrules.intake.tables.table import WHOLE_ROW, Table, is_total
from perfrules.intake.window import Window
from perfrules.model.policy import Indicator, Policy
from perfrules.model.scorecard import Datum, DueChange, Measure, Objective, Presence, Revision
from perfrules.model.scoring import Levels, Ratings, YesNo

__all__ = [
    "Draft",
    "Figure",
    "PolicyChoice",
    "Roster",
    "Rules",
    "identity",
    "report_faults",
    "tidied",
]

Thing = TypeVar("Thing")
Kind = Literal["number", "level", "yes_no", "ratings"]

_NO_BLANKS: Final[Mapping[str, Cell]] = {}
_NO_COLUMNS: Final[Mapping[str, int]] = {}
_NO_UNITS: Final[Mapping[str, str]] = {}
"""Shared by all drafts that belong to no unit: there are millions."""


_NO_DUES: Final[Mapping[str, datetime.date]] = {}
"""Shared by all drafts that targets.yaml does not name."""


class PolicyChoice(Protocol):
    """Where policies are found; `perfrules.model.policy_set.PolicySet` is one."""

    def __iter__(self) -> Iterator[Policy]: ...

    def in_force(self, policy_id: str, /, *, on: datetime.date) -> Policy | Diagnostic: ...

    def named(self, text: str, /) -> str | None: ...


class Figure(NamedTuple):
    """What is looked for under an indicator: a number (`unit` only where it is `%`), a word, …"""

    indicator: Indicator
    kind: Kind
    unit: str | None
    sources: set[str]
    """Spellings of the source that were found to be the right one."""
    needs: frozenset[str]
    """The parts without which there is no result."""


class Rules:
    """What a policy calls things. `figures` and `events` grow by the spellings that are met."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.figures: dict[str, Figure] = {}
        self.events: dict[str, str] = {}
        self.levels: dict[str, dict[str, str]] = {}
        self.fetched: list[Indicator] = []
        """Those whose figures the policy takes from members or from earlier cycles."""
        self._similar: dict[str, str | None] = {}
        for indicator in policy.indicators:
            self.figures[indicator.name] = _figure(indicator)
            if indicator.roll_up or indicator.roll_up_target or indicator.from_history:
                self.fetched.append(indicator)
            if isinstance(indicator.score, Levels):
                names = [level.name for level in indicator.score.rows]
                # `优秀 / excellent` may be told in either language.
                halves = {tidy(half): name for name in names for half in name.split(" / ")}
                self.levels[indicator.name] = halves | {tidy(name): name for name in names}
        _add_titles(self.figures, [(one.name, one.title) for one in policy.indicators])
        titles: list[tuple[str, Iterable[str]]] = [
            *((one.name, one.title) for one in policy.adjustments),
            *((one.name, one.title) for one in policy.vetoes),
            *((one.name, one.title) for one in policy.events),
        ]
        self.events = {name: name for name, _ in titles}
        _add_titles(self.events, titles)

    @property
    def all_fetched(self) -> bool:
        """Whether the data need not give any actual."""
        given = [one for one in self.fetched if one.roll_up or one.from_history]
        return len(given) == len(self.policy.indicators)

    def figure(self, text: str) -> Figure | None:
        """What an indicator's id or title stands for, in any spelling."""
        found = self.figures.get(text) or self.figures.get(tidy(text))
        if found is not None:
            self.figures[text] = found
        return found

    def similar(self, word: str, known: Iterable[str]) -> str | None:
        """What an unknown word was probably meant to be; each word is looked for once."""
        if word not in self._similar:
            self._similar[word] = closest(word, known)
        return self._similar[word]

    def event(self, text: str) -> str | None:
        """The event that an id or title stands for, in any spelling."""
        found = self.events.get(text) or self.events.get(tidy(text))
        if found is not None:
            self.events[text] = found
        return found


def _figure(indicator: Indicator) -> Figure:
    kinds: dict[type, Kind] = {Levels: "level", YesNo: "yes_no", Ratings: "ratings"}
    unit = "%" if indicator.in_percent else None
    parts = {"target": indicator.target, "baseline": indicator.baseline}
    needs = {part for part, need in parts.items() if need == "required"}
    if indicator.missing == "error":
        needs.add("actual")
    kind = kinds.get(type(indicator.score), "number")
    return Figure(indicator, kind, unit, set(), frozenset(needs))


def _add_titles(found: dict[str, Thing], titles: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Lets titles stand for ids, where a title is that of one thing only and no id itself."""
    owners: dict[str, set[str]] = {}
    for name, title in titles:
        for word in title:
            owners.setdefault(tidy(word), set()).add(name)
    for word, names in owners.items():
        if len(names) == 1 and word not in found:
            found[word] = found[names.pop()]


class Draft:
    """A person, a unit or a segment of the roster while the other tables are read.

    Somebody who moved within the cycle has `parts`, the segments by date, and no rules of their
    own: rows of figures go to one of the parts.
    """

    __slots__ = (
        "blanks", "changes", "columns", "days", "due_changes", "dues", "event_rows", "events",
        "figure_rows", "id", "kind", "label", "measures", "objectives", "of", "parent", "parts",
        "person", "place", "presence", "problems", "proration", "rating_rows", "ratings", "refused",
        "revisions", "role", "row", "rules", "seen", "table", "unit_ids",
    )  # fmt: skip

    def __init__(self, draft_id: str, row: int, place: Cell, table: str = "people") -> None:
        self.id, self.row, self.place, self.table = draft_id, row, place, table
        self.kind = "person"
        self.role = ""
        self.rules: Rules | None = None
        self.person: dict[str, Datum] = {}
        self.presence = Presence()
        self.proration: Datum | None = None
        self.measures: dict[str, Measure] = {}
        self.figure_rows: list[int | Cell] = []
        """Where the measures are from, in their order: rows of the long table, else cells."""
        self.ratings: dict[str, dict[str, list[Datum]]] = {}
        self.rating_rows: dict[tuple[str, str, str], tuple[int, Decimal | None]] = {}
        self.events: dict[str, list[tuple[Datum | None, Datum | None]]] = {}
        self.event_rows: dict[tuple[str, ...], int] = {}
        self.problems: list[Diagnostic] = []
        self.seen = False
        self.parent = ""
        self.unit_ids: Mapping[str, str] = _NO_UNITS
        self.parts: tuple[Draft, ...] = ()
        self.of = self.label = ""
        self.days: tuple[datetime.date, datetime.date] | None = None
        self.changes: tuple[ChangeEntry, ...] = ()
        self.dues: Mapping[str, datetime.date] = _NO_DUES
        """The due dates that targets.yaml gives its targets, by indicator."""
        self.due_changes: tuple[DueChange, ...] = ()
        self.revisions: tuple[Revision, ...] = ()
        self.objectives: tuple[Objective, ...] = ()
        self.refused: tuple[RefusedEntry, ...] = ()
        self.blanks: Mapping[str, Cell] = _NO_BLANKS
        """Cells that were left empty, by what they are of: `sales.actual`."""
        self.columns: Mapping[str, int] = _NO_COLUMNS
        """Where the columns of the draft's own row stand."""

    def note_blank(self, of: str, cell: Cell) -> None:
        """Keeps where a value was left empty, in case it is missed."""
        self.blanks = {of: cell, **self.blanks}

    @property
    def last_rules(self) -> Rules | None:
        """By which the draft is judged in the end: those of the last segment, if it has any."""
        return self.parts[-1].rules if self.parts else self.rules


def identity(text: str) -> str:
    """An id as it counts: full-width letters, spaces around it and invisible signs undone."""
    if text.isascii() and text.isprintable():
        return text.strip()
    shown = (one for one in tidy(text) if unicodedata.category(one) not in ("Cc", "Cf"))
    return "".join(shown).strip()


def tidied(text: str, person: str, place: Cell) -> Diagnostic:
    """The warning that an id was not written as it counts."""
    return Refusal("tidied-id", {"text": text, "person": person}).at(place)


class Roster:
    """Everybody in the people table, the units and the segments, to be found by id.

    `window` says which dates their figures may have; any without it.
    """

    def __init__(
        self, markers: Collection[str], unattached: Findings, window: Window | None = None
    ) -> None:
        self.window = window
        self.markers = frozenset((*markers, ""))
        self.unattached = unattached
        self.refusals = Findings()
        """Errors of tables as a whole: with one of them nobody is judged."""
        self.drafts: dict[str, Draft] = {}
        self.spellings: dict[str, Draft] = {}
        self.bare: dict[tuple[str, str], list[Draft]] = {}
        """Whose shares stand without a percent sign, by indicator and part."""
        self.doubtful: set[tuple[str, str]] = set()
        """The indicators and parts of which such a share could be two numbers."""
        self._strangers = Strangers()

    def blank(self, text: str) -> bool:
        """Whether a cell says that there is no value."""
        return text in self.markers or text.strip() in self.markers or tidy(text) in self.markers

    def number(self, text: str, unit: str | None) -> Decimal | Refusal | None:
        """The number in a cell; None where the cell says that there is none."""
        if text in self.markers:
            return None
        number = read_cell_number(text, unit)
        return None if isinstance(number, Refusal) and self.blank(text) else number

    def find(self, table: Table, row: Row, needed: Collection[str]) -> Draft | None:
        """Whose row it is; None where it cannot be used, which is reported to whom it concerns.

        `needed` names the columns without which the row says nothing; a fault elsewhere is a
        warning.
        """
        draft = self.whose(table, row)
        if draft is None:
            return None
        usable = report_faults(draft, table, row, "person_id", (*needed, "person_id"))
        return draft if usable else None

    def whose(self, table: Table, row: Row) -> Draft | None:
        """Whose row it is, whatever its cells hold; None, and reported, where it is nobody's."""
        (index,) = table.of("person_id")
        text, fault = row.texts[index], row.faults.get(index)
        if fault is not None and fault.code == "padded-id":
            text = str(fault.facts["shown"])
        draft = self.spellings.get(text) or self._slowly(table, row, text)
        if draft is not None:
            draft.seen = True
        return draft

    def _slowly(self, table: Table, row: Row, text: str) -> Draft | None:
        """A person whose id is not written as in the roster, or a row of nobody's."""
        person = identity(text)
        place = table.place(row.number, "person_id")
        draft = self.drafts.get(person)
        if draft is not None:
            self.spellings[text] = draft
            draft.problems.append(tidied(text, person, place))
            return draft
        if not any(cell.strip() for cell in row.texts) and not row.faults:
            return None
        if is_total(row.texts):
            self.unattached.report("totals-row", table.place(row.number))
        elif not person or self.blank(person):
            self.unattached.report("missing-person-id", place, table=table.name)
        else:
            self._strangers.meet(person, table.name, place)
        return None

    def report_strangers(self) -> None:
        """Reports the ids that rows name and the roster does not have."""
        names = {person: _name(draft) for person, draft in self.drafts.items()}
        self.unattached.extend(self._strangers.findings(names))


def report_faults(
    draft: Draft, table: Table, row: Row, id_column: str, needed: Collection[str]
) -> bool:
    """Reports the cells of a row that could not be read; whether the row can be used.

    A fault in a column that is not `needed` is a warning, unless the cell could be two numbers.
    """
    usable = True
    for column, refusal in row.faults.items():
        name = table.name_of(column)
        if refusal.code == "padded-id" and name != id_column:
            continue
        weighs = column == WHOLE_ROW or name in needed or refusal.code in DOUBTFUL
        place = table.place(row.number, name)
        draft.problems.append(refusal.at(place, None if weighs else "warning", column=name))
        usable = usable and not weighs
    return usable


def _name(draft: Draft) -> str:
    datum = draft.person.get("name")
    return tidy(str(datum.value)) if datum is not None else ""
