"""Rows of wide tables -> measures: one row a person, each cell as good as a row of its own.

What a heading means is decided by the policy of the person whose row it is, so that people of
several roles can stand in one table; cells under headings of other roles stay empty for them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Related, closest
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.cells.units import same_or_scaled, split_unit
from perfrules.intake.figures.figure_cells import (
    MAIN,
    NO_RATINGS,
    check_name,
    is_declared,
    keep,
    meant,
    named,
    undeclared,
    unit_problem,
    value_in,
)
from perfrules.intake.figures.row_notes import RowNotes, check_words
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.people.rules import Figure, Rules, unknown_indicator
from perfrules.intake.people.segment_rows import homes
from perfrules.intake.tables.layouts import ALIASES
from perfrules.intake.tables.table import Table
from perfrules.intake.tables.wide_head import BESIDES, Heading, WideTable
from perfrules.model.scorecard import NO_FIGURES, Datum, Measure, Origin

__all__ = ["read_wide"]

_HEADING: Final = Text("列名在此", "the heading is here")


class _Column(NamedTuple):
    """Where a column stands, and what is around a row's number in the places of its cells."""

    at: int
    around: list[str]

    def place(self, row: int) -> str:
        return str(row).join(self.around)


class _Plan(NamedTuple):
    """What the columns are by one policy.

    `figures` are its indicators, each with the columns of its parts; `lost` the headings of
    figures that it does not have.
    """

    rules: Rules
    figures: tuple[tuple[Figure, Mapping[str, _Column]], ...]
    lost: tuple[tuple[Heading, tuple[Figure, str] | None], ...]


def read_wide(wide: WideTable, roster: Roster, long: Table | None, facts: Collection[str]) -> None:
    """Gives each person the measures that stand in the table.

    `long` is the long table of actuals, which has been read before. `facts` are the columns of
    people: such a column is for those who read the table.
    """
    _WideReader(wide, roster, long, facts).read()


class _WideReader:
    def __init__(
        self, wide: WideTable, roster: Roster, long: Table | None, facts: Collection[str]
    ) -> None:
        self.wide, self.roster, self.table = wide, roster, wide.table
        self.long = wide.table if long is None else long
        self.facts = BESIDES | set(facts)
        self.notes = RowNotes(wide.table, roster, has_notes=False)
        self.source, self.as_of, self.evidence = wide.table.of("source", "as_of", "evidence")
        self.plans: dict[int, _Plan] = {}
        self.figures: set[Heading] = set()
        """Headings of figures, though perhaps not of everybody's."""

    def read(self) -> None:
        table, roster = self.table, self.roster
        self.report_unknown()
        person_id, name, segment = table.of("person_id", "name", "segment")
        needed = {heading.text for heading in self.wide.headings if not self.is_besides(heading)}
        for row in table:
            draft = roster.spellings.get(row.texts[person_id])
            if draft is None or row.faults:
                draft = roster.find(table, row, needed)
            if draft is None:
                continue
            if row.texts[name]:
                check_name(draft, row.texts[name], table.place(row.number, "name"))
            if draft.parts or row.texts[segment]:
                draft = self.part(row, draft)
            if draft is not None and draft.rules is not None:
                self.take(row, draft, draft.rules)

    def part(self, row: Row, draft: Draft) -> Draft | None:
        """The segment that a row is about: the one it names, else the one of the sheet's role."""
        named = self.table.text(row, "segment")
        if not self.roster.blank(named):
            return next(iter(homes(self.table, row, draft, self.roster, "indicator")), None)
        found = [part for part in draft.parts if self.is_for(part.rules)]
        if not found:
            self.refuse_role(row, draft)
            return None
        if len(found) > 1:
            found = [part for part in found if part.rules and self.has_figures(row, part.rules)]
        if len(found) == 1:
            found[0].seen = True
            return found[0]
        if found:
            why = Text("没有写任职段", "no segment is named")
            known = ", ".join(part.id for part in draft.parts)
            facts = {"person": draft.id, "why": why, "known": known}
            place = self.table.place(row.number, "person_id")
            draft.problems.append(Refusal("which-segment", facts).at(place))
        return None

    def has_figures(self, row: Row, rules: Rules) -> bool:
        """Whether anything is filled in of what the policy looks for."""
        columns = [column for _, group in self.plan(rules).figures for column in group.values()]
        return any(row.texts[column.at].strip() for column in columns)

    def refuse_role(self, row: Row, draft: Draft) -> None:
        """Figures of somebody who is not of the sheet's role; an empty row does no harm."""
        if any(row.texts[one.column - 1].strip() for one in self.wide.headings):
            facts = {"person": draft.id, "role": draft.role, "table": self.table.name}
            place = self.table.place(row.number, "person_id")
            draft.problems.append(Refusal("other-role", facts).at(place))

    def is_for(self, rules: Rules | None) -> bool:
        roles = self.wide.roles
        return rules is not None and (not roles or rules.policy.id in roles)

    def take(self, row: Row, draft: Draft, rules: Rules) -> None:
        """All figures of a row."""
        if not self.is_for(rules):
            self.refuse_role(row, draft)
            return
        texts, plan = row.texts, self.plan(rules)
        day = texts[self.as_of] and self.notes.day(draft, row, texts[self.as_of])
        check_words(self.table, draft, row, "evidence", texts[self.evidence])
        for figure, columns in plan.figures:
            # What is not filled in is no figure: the sheet has a cell for everything.
            if any(texts[column.at].strip() for column in columns.values()):
                draft.seen = True
                self.add(row, draft, plan, figure, columns, day)
                continue
            for part, column in columns.items():
                if part in figure.needs:
                    of = f"{figure.indicator.name}.{part}"
                    draft.note_blank(of, self.cell(row, column.at))
        for heading, found in plan.lost:
            if not self.roster.blank(texts[heading.column - 1]):
                self.refuse_lost(row, draft, rules, heading, found)

    def add(
        self, row: Row, draft: Draft, plan: _Plan, figure: Figure,
        columns: Mapping[str, _Column], day: str,
    ) -> None:  # fmt: skip
        """One figure: its actual and target, and what else there is of it, each from a cell of
        its own."""
        texts, name = row.texts, figure.indicator.name
        given = "actual" in columns and texts[columns["actual"].at] not in self.roster.markers
        where = self.notes.source(draft, row, texts[self.source], figure, given=given)
        if given:
            self.notes.evidence(draft, row, texts[self.evidence], figure.indicator)
        data: dict[str, Datum] = {}
        for part, column in columns.items():
            text = texts[column.at]
            if text in self.roster.markers:
                if part in figure.needs:
                    draft.note_blank(f"{name}.{part}", self.cell(row, column.at))
                continue
            value = value_in(draft, figure, part, text, plan.rules, self.roster)
            if isinstance(value, Refusal):
                draft.problems.append(value.at(self.cell(row, column.at), column=part))
            elif value is not None:
                origin = Origin(column.place(row.number), where, day, texts[self.evidence])
                data[part] = Datum(value, origin)
        actual, target, baseline = (data.pop(part, None) for part in MAIN)
        weight = data.pop("weight", None)
        own = data or NO_FIGURES  # what else there is are figures that the indicator declares
        measure = Measure(actual, target, baseline, NO_RATINGS, figures=own, weight=weight)
        place = self.cell(row, min(column.at for column in columns.values()))
        keep(draft, name, measure, place, self.long)

    def cell(self, row: Row, index: int) -> Cell:
        return self.table.cell(row.number, index)

    def plan(self, rules: Rules) -> _Plan:
        found = self.plans.get(id(rules))
        if found is None:
            found = self.plans[id(rules)] = self.planned(rules)
        return found

    def planned(self, rules: Rules) -> _Plan:
        """The columns sorted by indicator; a part that stands twice begins another group."""
        figures: list[tuple[Figure, dict[str, _Column]]] = []
        lost: list[tuple[Heading, tuple[Figure, str] | None]] = []
        for heading in self.wide.headings:
            found = meant(heading, rules)
            if found is None:
                if heading in self.figures:
                    lost.append((heading, None))
                continue
            figure, part = found
            if not is_declared(figure, part):
                lost.append((heading, found))
                continue
            index = heading.column - 1
            column = _Column(index, self.table.around(index))
            for known, columns in figures:
                if known is figure and part not in columns:
                    columns[part] = column
                    break
            else:
                figures.append((figure, {part: column}))
        return _Plan(rules, tuple(figures), tuple(lost))

    def refuse_lost(
        self, row: Row, draft: Draft, rules: Rules, heading: Heading,
        found: tuple[Figure, str] | None,
    ) -> None:  # fmt: skip
        """A figure that the person's policy does not have."""
        related = (Related(self.table.cell(heading.row, heading.column - 1), _HEADING),)
        if found is not None:
            refusal = undeclared(draft, *found)
        else:
            name = named(heading).name
            refusal = unknown_indicator(name, rules, rules.similar(name, rules.figures))
        place = self.cell(row, heading.column - 1)
        draft.problems.append(refusal.at(place, related=related))

    def report_unknown(self) -> None:
        """Headings that no policy of the roster understands, and units that are not theirs."""
        self.figures.update(one for one in self.wide.headings if named(one)[2])
        everybody = self.rules()
        understood: dict[Heading, list[Figure]] = {}
        for heading in self.wide.headings:
            both = [one for rules in everybody if (one := meant(heading, rules))]
            found, is_weight = [one[0] for one in both], any(one[1] == "weight" for one in both)
            if found:
                understood[heading] = found
                self.figures.add(heading)
                if not is_weight:
                    self.check_unit(heading, found)
        there = {one.indicator.name for found in understood.values() for one in found}
        lost = [one for one in self.wide.headings if one not in understood]
        if everybody:
            self.report_lost([one for one in lost if not self.is_besides(one)], everybody, there)

    def report_lost(
        self, lost: Iterable[Heading], everybody: Sequence[Rules], there: Collection[str]
    ) -> None:
        """Headings that are nobody's. That of a figure which stands nowhere else is an error:
        everybody's would be missing."""
        known = {word: one for rules in everybody for word, one in rules.figures.items()}
        told: set[str] = set()
        for heading in lost:
            word = named(heading)[0]
            if word in told:
                continue
            near = closest(word, known)
            place = self.table.cell(heading.title_at[0], heading.title_at[1] - 1)
            if near is not None and known[near].indicator.name not in there:
                told.add(word)
                refusal = unknown_indicator(word, everybody[0], near)
                self.roster.refusals.extend([refusal.at(place)])
            else:
                self.roster.unattached.report(
                    "unknown-column", place,
                    table=self.table.name, column=heading.text, suggestion=near,
                )  # fmt: skip

    def is_besides(self, heading: Heading) -> bool:
        """Whether a column is known as something that is no figure."""
        return heading.part is None and ALIASES.get(heading.name, heading.name) in self.facts

    def rules(self) -> list[Rules]:
        """Those of everybody who may stand here."""
        found: dict[int, Rules] = {}
        for draft in self.roster.drafts.values():
            for one in draft.parts or (draft,):
                if one.rules is not None and self.is_for(one.rules):
                    found[id(one.rules)] = one.rules
        return list(found.values())

    def check_unit(self, heading: Heading, figures: list[Figure]) -> None:
        """A unit in the head that is none of the policies' is a warning, one of another scale an
        error: what stands below could be either."""
        figure = next((one for one in figures if one.kind == "number"), None)
        if figure is None or not (wanted := figure.indicator.unit):
            return
        beside = split_unit(named(heading)[0])
        if beside is not None and not same_or_scaled(beside[1], wanted):
            beside = None
        refused = self.roster.refusals
        units = [*heading.units, *([(beside[1], *heading.title_at)] if beside else ())]
        for unit, *at in units:
            if any(unit_problem(one, unit, "") is None for one in figures):
                continue
            found = unit_problem(figure, unit, self.table.sample(heading.column - 1))
            if found is not None:
                told = refused if found.code == "scaled-unit" else self.roster.unattached
                told.extend([found.at(self.table.cell(at[0], at[1] - 1))])
