"""A cycle's tables as they stand: texts by person and figure, with nothing judged.

For the sheet that HR fills in. What cannot be sorted by person and figure (an unknown id, a figure
that stands twice, one from another source) stays a row of the long table, so that nothing is lost.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from perfrules.diagnostics import Findings
from perfrules.intake.cells.numerals import tidy
from perfrules.intake.cycle_file import CycleFile
from perfrules.intake.cycle_tables import Tables, read_tables
from perfrules.intake.figures.figure_cells import is_declared, is_source, meant, named
from perfrules.intake.files.raw_table import USUAL, Limits, Row
from perfrules.intake.from_tables import Subject, read_intake
from perfrules.intake.people.ids import identity
from perfrules.intake.people.rules import PolicyChoice, Rules
from perfrules.intake.tables.sheet_names import RoleSheets
from perfrules.intake.tables.table import Table
from perfrules.intake.tables.wide_head import WideTable
from perfrules.model.policy import Policy

__all__ = ["Given", "GivenRow", "GivenTable", "read_given"]

_PARTS: Final = ("actual", "target", "baseline", "weight")
_NOTES: Final = ("source", "as_of", "evidence")


class GivenTable(NamedTuple):
    """A table's columns by their English names, and its rows of texts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class GivenRow:
    """What the data have on one subject, for a row of its role's sheet.

    `id` is that of the person; `segment` the number of the segment, where there are several.
    """

    id: str
    segment: str
    name: str
    team: str
    department: str
    policy: Policy
    figures: dict[tuple[str, str], str] = field(default_factory=dict)
    dates: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)


class Given(NamedTuple):
    """The subjects in the order of the people table, and the tables by name.

    Among these `actuals` has what could not be sorted; there is none where all could be.
    """

    rows: tuple[GivenRow, ...]
    tables: Mapping[str, GivenTable]


def read_given(
    folder: Path, cycle_file: CycleFile, policies: PolicyChoice, limits: Limits = USUAL
) -> tuple[Given | None, Findings]:
    """What stands in a cycle's folder, and what is to be said of its files.

    None without an error means that there are no people yet; with one, that a file or a header
    cannot be used.
    """
    findings = Findings()
    roles = RoleSheets(policies)
    tables = read_tables(folder, cycle_file, roles, limits, findings)
    if [one.code for one in findings.errors] == ["missing-table"]:
        return None, Findings()
    if findings.errors:
        return None, findings
    intake = read_intake(folder, cycle_file, policies, limits)
    if not intake.subjects:
        findings.extend(one for one in intake.unattached if one not in [*findings])
        return None, findings
    own = tuple(dict.fromkeys(roles.figure_words.values()))
    sorter = _Sorter(intake.subjects, cycle_file.missing_markers, own)
    return sorter.given(tables), findings


class _Sorter:
    """Sorts figures by the rows of the role sheets; `own` are those that policies declare."""

    def __init__(
        self, subjects: Iterable[Subject], markers: frozenset[str], own: tuple[str, ...]
    ) -> None:
        self.markers = markers
        self.parts = (*_PARTS, *own)
        self.long = ("person_id", "segment", "indicator", *self.parts, *_NOTES)
        self.rows: list[GivenRow] = []
        self.by_id: dict[str, list[GivenRow]] = {}
        self.rules: dict[str, Rules] = {}
        self.left: list[tuple[str, ...]] = []
        """Rows of the long table that could not be sorted."""
        for one in subjects:
            # Figures of somebody who moved are those of the segments.
            if one.policy is None or one.segments:
                continue
            subject = one.scorecard.subject
            person = one.of or subject
            segment = subject.removeprefix(f"{person}#") if one.of else ""
            row = GivenRow(person, segment, one.name, one.team, one.department, one.policy)
            self.rows.append(row)
            # Rows of a segment may be under the person's id or under its own.
            for key in {person, subject}:
                self.by_id.setdefault(key, []).append(row)
            self.rules.setdefault(one.policy.label, Rules(one.policy))

    def given(self, tables: Tables) -> Given:
        found: dict[str, GivenTable] = {}
        for name, table in tables.named.items():
            if name == "actuals":
                places = table.of(*_columns(table, self.long))
                self.left += [
                    tuple(texts[index] for index in places)
                    for row in table
                    if not self.takes(table, row)
                    for texts in [_texts(row)]
                ]
            else:
                found[name] = _copied(table)
        for wide in tables.wide:
            for row in wide.table:
                self.take_wide(wide, row)
        if self.left:
            found["actuals"] = _without_empty(self.parts[3:], self.long, self.left)
        ids = [*_column(found.get("people"), "person_id"), *_column(found.get("units"), "unit_id")]
        order = {identity(text): number for number, text in enumerate(ids)}
        self.rows.sort(key=lambda row: order.get(row.id, len(order)))
        return Given(tuple(self.rows), found)

    def takes(self, table: Table, row: Row) -> bool:
        """Sorts a row of the long table; whether it could be."""
        texts = row.texts
        person, segment, indicator, source, as_of, evidence = table.of(
            "person_id", "segment", "indicator", "source", "as_of", "evidence"
        )
        cells = dict(zip(self.parts, table.of(*_columns(table, self.parts)), strict=True))
        found = []
        for one in self.by_id.get(identity(texts[person]), []):
            figure = self.rules[one.policy.label].figure(texts[indicator])
            if figure is not None and tidy(texts[segment]) in ("", one.segment):
                found.append((one, figure))
        if len(found) != 1 or row.faults:
            return False
        one, figure = found[0]
        name = figure.indicator.name
        wanted = figure.indicator.source
        known = texts[source] in self.markers or not texts[source].strip()
        if figure.kind == "ratings" and any(texts[cells[part]] for part in _PARTS[:3]):
            return False
        if any((name, part) in one.figures for part in self.parts):
            return False
        filled = {figure.part(part) or part: at for part, at in cells.items() if texts[at]}
        if not all(is_declared(figure, part) for part in filled):
            return False
        if not known and not (wanted and is_source(texts[source], wanted)):
            return False
        one.figures |= {(name, part): texts[index] for part, index in filled.items()}
        _note(one.dates, texts[as_of])
        _note(one.evidence, texts[evidence])
        return True

    def take_wide(self, wide: WideTable, row: Row) -> None:
        """Sorts the cells of a row of a wide table."""
        texts, table = _texts(row), wide.table
        person, segment, as_of, evidence = table.of("person_id", "segment", "as_of", "evidence")
        found = [
            one
            for one in self.by_id.get(identity(texts[person]), [])
            if not wide.roles or one.policy.id in wide.roles
            if tidy(texts[segment]) in ("", one.segment)
        ]
        one = found[0] if len(found) == 1 else None
        for heading in wide.headings:
            text = texts[heading.column - 1]
            figure = meant(heading, self.rules[one.policy.label]) if one and text.strip() else None
            if one is not None and figure is not None and is_declared(*figure):
                key = (figure[0].indicator.name, figure[1])
                if one.figures.setdefault(key, text) == text:
                    continue
            name, part, is_figure = named(heading)
            if text.strip() and (is_figure or figure):
                cells = [text if part == other else "" for other in self.parts]
                notes = ("", texts[as_of], texts[evidence])
                self.left.append((texts[person], texts[segment], name, *cells, *notes))
        if one is not None:
            _note(one.dates, texts[as_of])
            _note(one.evidence, texts[evidence])


def _without_empty(
    columns: Collection[str], names: tuple[str, ...], rows: list[tuple[str, ...]]
) -> GivenTable:
    """A table, without those of the columns in which nothing stands."""
    kept = [
        at for at, name in enumerate(names) if name not in columns or any(row[at] for row in rows)
    ]
    return GivenTable(
        tuple(names[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)
    )


def _columns(table: Table, names: tuple[str, ...]) -> list[str]:
    """What the columns are called in a table: `权重` has no alias, as any table may have it."""
    chinese = "权重" in table.columns
    return ["权重" if name == "weight" and chinese else name for name in names]


def _copied(table: Table) -> GivenTable:
    """A table as it stands, without its unnamed columns."""
    columns = sorted(table.columns, key=lambda name: table.columns[name])
    places = table.of(*columns)
    rows = [[texts[index] for index in places] for texts in map(_texts, table)]
    return GivenTable(tuple(columns), tuple(map(tuple, rows)))


def _column(table: GivenTable | None, name: str) -> list[str]:
    if table is None:
        return []
    index = table.columns.index(name)
    return [row[index] for row in table.rows]


def _texts(row: Row) -> list[str]:
    return [row.shown(index) for index in range(len(row.texts))]


def _note(notes: list[str], text: str) -> None:
    if text.strip() and text not in notes:
        notes.append(text)
