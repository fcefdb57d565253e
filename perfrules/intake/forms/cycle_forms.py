"""A cycle's folder -> what its forms ask of whom, and what the tables have already."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

from perfrules.diagnostics import Findings
from perfrules.exact import percent, plain
from perfrules.intake.cycle_file import CycleFile
from perfrules.intake.cycle_tables import Tables, read_tables
from perfrules.intake.figures.asked_figures import figures_of
from perfrules.intake.figures.figure_cells import datum_of
from perfrules.intake.files.raw_table import USUAL, Row
from perfrules.intake.forms.raters import MANAGER, SELF, Assignment, Raters, groups_of
from perfrules.intake.forms.row_keys import KEYED, FormSubject, RowKeys, form_subjects
from perfrules.intake.forms.slots import Asked, RowKey, Slot, SlotForm
from perfrules.intake.from_tables import read_intake
from perfrules.intake.people.rules import PolicyChoice
from perfrules.intake.tables.sheet_names import RoleSheets
from perfrules.intake.tables.table import Table
from perfrules.model.indicator import Indicator
from perfrules.model.ratings import Ratings
from perfrules.model.scoring import Direct, Levels, YesNo
from perfrules.model.weights import GivenWeight
from perfrules.model.written import Constant

__all__ = ["CycleForms", "open_forms", "shown_target"]

_HUNDRED: Final = Decimal(100)


class CycleForms:
    """What a cycle asks for.

    `rows` has the tables with their rows, `raters` says who rates whom, `findings` what is wrong
    with the table of raters; `left_out` says of whom there is no policy, and so no form.
    """

    def __init__(
        self, setting: CycleFile, subjects: tuple[FormSubject, ...], tables: Tables,
        policies: PolicyChoice,
    ) -> None:  # fmt: skip
        self.setting, self.subjects, self.tables = setting, subjects, tables
        self.cycle, self.policies = setting.cycle, policies
        self.findings, self.left_out = Findings(), Findings()
        self.rows: dict[str, tuple[Table, list[Row]]] = {
            name: (table, [*table]) for name, table in tables.named.items()
        }
        self.keys = RowKeys(subjects, setting.missing_markers)
        self.raters = Raters(self.keys, self.rows, self.findings)
        self.cells = self._cells()
        self._rows = {slot.row for slot in self.cells}
        self.by_rater: dict[str, list[Assignment]] = {}
        for one in self.raters:
            if one.group != SELF:
                self.by_rater.setdefault(one.rater, []).append(one)

    @property
    def people(self) -> dict[str, list[FormSubject]]:
        """The persons who are judged, by id, those who moved with all their segments."""
        found: dict[str, list[FormSubject]] = {}
        for one in self.subjects:
            if one.is_person:
                found.setdefault(one.id, []).append(one)
        return found

    def name(self, person: str) -> str:
        """What an id is called, of somebody who is judged or of a rater; empty if nobody knows."""
        found = self.keys.by_id.get(person)
        return found[0].name if found and found[0].name else self.raters.names.get(person, "")

    def known(self, slot: Slot) -> str:
        """What stands in the cell of a table; empty where nothing does."""
        text = self.cells.get(Slot(self.kept(slot.row), slot.column), "")
        return "" if self.is_blank(text) else text

    def kept(self, row: RowKey) -> RowKey:
        """The key of a row as the tables have it: people's own ratings and those of their managers
        may stand there without a rater."""
        unnamed = row._replace(rater="")
        if row.table == "ratings" and row.group in (SELF, MANAGER) and row not in self._rows:
            return unnamed if unnamed in self._rows else row
        return row

    def is_blank(self, text: str) -> bool:
        """Whether a cell says that there is no value."""
        return not text.strip() or text.strip() in self.setting.missing_markers

    # What is asked

    def of_person(self, person: str) -> list[tuple[FormSubject, list[Asked]]]:
        """What the form of a person asks of indicators, by segment."""
        return [(one, [*self._of_subject(one)]) for one in self.people.get(person, ())]

    def overall(self, person: str) -> list[Asked]:
        """What the form of a person asks of the whole: by themself, then by the manager."""
        found = self.people.get(person)
        if not found:
            return []
        manager = self.raters.manager(found[-1])
        asked = [*self._overall(found[-1], SELF, person)]
        return asked if manager is None else [*asked, *self._overall(found[-1], MANAGER, manager)]

    def of_rater(self, rater: str) -> list[tuple[Assignment, list[Asked]]]:
        """What the form of a rater asks, by whom and what is rated."""
        return [
            (one, [*self._rating(one.subject, one.indicator, one.group, rater)])
            for one in self.by_rater.get(rater, ())
        ]

    def _of_subject(self, one: FormSubject) -> Iterator[Asked]:
        policy = one.rules.policy
        for _, indicator, part in figures_of([policy]):
            if (asked := self._figure(one, indicator, part)) is not None:
                yield asked
                if part == "actual":
                    row = asked.slot.row
                    yield self._words(Slot(row, "evidence"))
        manager = self.raters.manager(one)
        for indicator in policy.indicators:
            rated = [group for name, group in groups_of(one) if name == indicator.name]
            mine = self.raters.rates_self(one, indicator.name)
            yield from self._said(one, indicator.name, SELF, mine, is_rated=SELF in rated)
            if manager is not None:
                yield from self._said(
                    one, indicator.name, MANAGER, manager, is_rated=MANAGER in rated
                )

    def _said(
        self, one: FormSubject, indicator: str, group: str, rater: str, *, is_rated: bool
    ) -> Iterator[Asked]:
        """What is said of an indicator: a rating with what it goes by, else a comment."""
        if is_rated:
            yield from self._rating(one, indicator, group, rater)
            return
        row = RowKey("comments", one.id, one.segment, indicator, group, rater)
        yield self._words(Slot(row, "comment"))

    def _overall(self, one: FormSubject, group: str, rater: str) -> Iterator[Asked]:
        """What is said of the whole: points, which do not count, and a comment."""
        limits = one.rules.policy.total
        high = limits.at_most.value if limits and limits.at_most else _HUNDRED
        row = RowKey("comments", one.id, "", "", group, rater)
        slot = Slot(row, "score")
        yield Asked(slot, "number", low=Decimal(0), high=high, known=self.known(slot))
        yield self._words(Slot(row, "comment"))

    def _rating(self, one: FormSubject, indicator: str, group: str, rater: str) -> Iterator[Asked]:
        score = one.rules.policy.indicator[indicator].score
        assert isinstance(score, Ratings)
        row = RowKey("ratings", one.id, one.segment, indicator, group, rater)
        slot = Slot(row, "score")
        yield Asked(
            slot, "number", low=score.scale.low, high=score.scale.high, needed=True,
            known=self.known(slot),
        )  # fmt: skip
        yield self._words(Slot(row, "evidence"))

    def _words(self, slot: Slot) -> Asked:
        return Asked(slot, known=self.known(slot))

    def _figure(self, one: FormSubject, indicator: Indicator, part: str) -> Asked | None:
        """A figure; None of a target or baseline that the policy fixes."""
        figure = one.rules.figures[indicator.name]
        fixed = {"target": indicator.target, "baseline": indicator.baseline}.get(part)
        slot = Slot(RowKey("actuals", one.id, one.segment, indicator.name), part)
        known = self.known(slot) or _shown(one, indicator, part)
        if isinstance(fixed, Constant) and not known:
            return None
        form: SlotForm = "percent" if part == "weight" or indicator.in_percent else "number"
        low = high = None
        choices: tuple[str, ...] = ()
        if part == "weight" and isinstance(indicator.weight, GivenWeight):
            low, high = indicator.weight.limits.low, indicator.weight.limits.high
        elif part == "actual":
            score = indicator.score
            if isinstance(score, Levels):
                form, choices = "level", tuple(level.name for level in score.rows)
            elif isinstance(score, YesNo):
                form = "yes_no"
            elif isinstance(score, Direct):
                low, high = score.low, score.high
        return Asked(
            slot, form, indicator.unit or "", low, high, choices, part in figure.needs, known
        )

    def _cells(self) -> dict[Slot, str]:
        """What stands in the long tables, by slot."""
        found: dict[Slot, str] = {}
        for name in KEYED:
            if name not in self.rows:
                continue
            table, rows = self.rows[name]
            for row in rows:
                key = self.keys.key(table, row)
                if key is None:
                    continue
                for column, at in table.columns.items():
                    part = "weight" if column == "权重" else column
                    found.setdefault(Slot(key, part), row.texts[at])
        return found


def _shown(one: FormSubject, indicator: Indicator, part: str) -> str:
    """What the data have of a figure, wherever it stands, as people write it."""
    datum = datum_of(one.measures.get(indicator.name), part)
    if datum is None:
        return ""
    if isinstance(datum.value, Decimal):
        in_percent = part == "weight" or indicator.in_percent
        return percent(datum.value) if in_percent else plain(datum.value)
    if isinstance(datum.value, bool):
        return "是" if datum.value else "否"
    return str(datum.value)


def shown_target(one: FormSubject, indicator: Indicator) -> str:
    """The target as people write it, be it of the data or of the policy; empty if there is none."""
    known = _shown(one, indicator, "target")
    if known or not isinstance(indicator.target, Constant):
        return known
    value = indicator.target.value
    return percent(value) if indicator.in_percent else plain(value)


def open_forms(
    folder: Path, setting: CycleFile, policies: PolicyChoice
) -> tuple[CycleForms | None, Findings]:
    """What a cycle asks for; None, with an error, where its tables cannot be read.

    Faults of single rows are `evaluate`'s to tell.
    """
    findings = Findings()
    tables = read_tables(folder, setting, RoleSheets(policies), USUAL, findings)
    if findings.errors:
        return None, findings
    intake = read_intake(folder, setting, policies)
    if not intake.subjects:
        findings.extend(one for one in intake.unattached if one not in [*findings])
        return None, findings
    forms = CycleForms(setting, form_subjects(intake.subjects), tables, policies)
    for one in intake.subjects:
        if one.policy is None:
            forms.left_out.extend(found for found in one.problems if found.severity == "error")
    return forms, findings
