"""Tables -> scorecards: one subject for each person, unit and segment, with what is wrong."""

import datetime
import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from perfrules.diagnostics import Cell, Diagnostic, Findings
from perfrules.intake.calendar_file import window_of, with_calendar
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.cycle_file import CycleFile
from perfrules.intake.cycle_tables import read_tables
from perfrules.intake.figures.calibrations import read_calibrations
from perfrules.intake.figures.figure_cells import settle_shares
from perfrules.intake.figures.from_figures import read_actuals, read_events, read_ratings
from perfrules.intake.figures.from_wide import read_wide
from perfrules.intake.figures.okrs import read_okrs
from perfrules.intake.figures.settled_figures import events_of, settled_measures
from perfrules.intake.figures.target_changes import read_target_changes
from perfrules.intake.files.raw_table import USUAL, Limits
from perfrules.intake.history.cycle_order import CycleOrder
from perfrules.intake.history.from_history import read_history
from perfrules.intake.history.gaps import report_gaps
from perfrules.intake.history.merged_history import merged
from perfrules.intake.history.past_results import Lost, ends_of, files_of, past_results
from perfrules.intake.people.absences import read_absences
from perfrules.intake.people.fact_changes import read_person_changes
from perfrules.intake.people.from_people import check_columns, read_people
from perfrules.intake.people.from_segments import read_segments
from perfrules.intake.people.from_units import attach_units, read_units
from perfrules.intake.people.roster import Draft, RefusedEntry, Roster
from perfrules.intake.people.rules import PolicyChoice, RuleBook
from perfrules.intake.plans.from_cascade import feed_targets, read_cascade
from perfrules.intake.tables.sheet_names import RoleSheets
from perfrules.intake.tables.table import Table
from perfrules.model.history import Past
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, DueChange, Scorecard

__all__ = ["Intake", "Subject", "read_intake"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, a unit or a segment with all that the data say.

    `policy` is None where none could be found. An error among `problems` means that these
    data are rejected; warnings are carried along. `place` is the subject's row.

    `kind` is `person`, `team`, `department`, `project`, `segment`, or `unit` where no policy
    says which. `parent` is the id of the unit above a unit. `unit_ids` has the ids of the units
    that the columns `team`, `department` and `project` name, each where it names one.

    Somebody who moved within the cycle has `segments`, ids in the order of their dates, each a
    subject of its own with its `days` in the cycle and the person's id as `of`; the person has no
    measures then, and the policy of the last segment. `refused` is what was asked for (changed
    targets, calibrations) and is not applied; each is a warning among the problems as well.
    `blanks` are cells left empty, by what they are of (`sales.actual`), `columns` are those of the
    subject's own table.
    `due_changes` are the due dates of targets that were changed, which no figure depends on.
    """

    scorecard: Scorecard
    name: str
    role: str
    team: str
    department: str
    policy: Policy | None
    problems: tuple[Diagnostic, ...]
    place: Cell
    kind: str = "person"
    parent: str = ""
    unit_ids: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    days: tuple[datetime.date, datetime.date] | None = None
    segments: tuple[str, ...] = ()
    refused: tuple[RefusedEntry, ...] = ()
    blanks: Mapping[str, Cell] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
    due_changes: tuple[DueChange, ...] = ()

    def cell_of(self, fact: str) -> Cell:
        """Where a fact of the subject should stand: its cell, else the subject's row."""
        index = self.columns.get(fact)
        return self.place if index is None else self.place._replace(column=index + 1)


@dataclass(frozen=True, slots=True)
class Intake:
    """What a cycle's data hold.

    `subjects` are sorted by id; there are none where a table as a whole could not be read.
    `unattached` is what concerns nobody of the roster; `files` are those that were read.
    """

    subjects: tuple[Subject, ...]
    unattached: tuple[Diagnostic, ...]
    files: tuple[Path, ...]

    @property
    def refused(self) -> tuple[RefusedEntry, ...]:
        """All entries that are not applied, in the order of the subjects."""
        return tuple(one for subject in self.subjects for one in subject.refused)


_READERS: Final[tuple[tuple[str, Callable[[Table, Roster], None]], ...]] = (
    ("actuals", read_actuals),
    ("ratings", read_ratings),
    ("events", read_events),
    ("target_changes", read_target_changes),
    ("calibrations", read_calibrations),
    ("okrs", read_okrs),
)


def read_intake(
    folder: Path, cycle_file: CycleFile, policies: PolicyChoice, limits: Limits = USUAL
) -> Intake:
    """The subjects of a cycle's folder.

    Nothing is half read: where a file or a header cannot be used, there are no subjects, since
    figures that were not read would look like figures that are missing.
    """
    findings, rows, cycle = Findings(), Findings(), cycle_file.cycle
    roles = RoleSheets(policies)
    tables, wide, files = read_tables(folder, cycle_file, roles, limits, findings)
    if "people" in tables and not findings.errors:
        check_columns(tables, policies, findings)
    targets, more = read_cascade(folder, cycle, findings)
    window, calendar = window_of(cycle_file, findings)
    if any(_counts_working_days(policy) for policy in policies):
        cycle, more_files = with_calendar(cycle_file, findings)
        calendar = tuple(dict.fromkeys((*calendar, *more_files)))
    roster = Roster(cycle_file.missing_markers, rows, window)
    history: Mapping[str, tuple[Past, ...]] = {}
    with _collector_at_rest():
        if "people" in tables and not findings.errors:
            _read_roster(tables, roster, RuleBook(policies, cycle))
            _read_time(tables, roster, policies, cycle)
            for name, read in _READERS:
                if name in tables:
                    read(tables[name], roster)
            for one in wide:
                read_wide(one, roster, tables.get("actuals"), tables["people"].columns)
            if targets is not None:
                feed_targets(targets, roster)
            history = _history(folder, cycle_file, tables, roster, findings)
            roster.report_strangers()
            findings.extend(roster.refusals)
            settle_shares(roster, tables.get("actuals"))
        # A table can break off while its rows are read.
        subjects = [] if findings.errors else _subjects(roster, cycle, history)
        subjects.sort(key=lambda subject: subject.scorecard.subject)
    files = [*files, *more, *calendar, *files_of(cycle_file.history)]
    return Intake(tuple(subjects), (*findings, *rows), tuple(files))


def _counts_working_days(policy: Policy) -> bool:
    return policy.proration is not None and policy.proration.basis == "working_days"


def _read_roster(tables: Mapping[str, Table], roster: Roster, book: RuleBook) -> None:
    """Everybody and everything that is judged."""
    read_people(tables["people"], roster, book)
    if "units" in tables:
        read_units(tables["units"], roster, book)
    if "segments" in tables:
        read_segments(tables["segments"], roster, book)
    attach_units(tables, roster)


def _read_time(
    tables: Mapping[str, Table], roster: Roster, policies: PolicyChoice, cycle: Cycle
) -> None:
    """What changes on the way, and days away."""
    if "person_changes" in tables:
        people = tables["people"]
        read_person_changes(tables["person_changes"], roster, policies, cycle, people)
    if "absences" in tables:
        read_absences(tables["absences"], roster, policies, cycle)


def _history(
    folder: Path,
    cycle_file: CycleFile,
    tables: Mapping[str, Table],
    roster: Roster,
    findings: Findings,
) -> Mapping[str, tuple[Past, ...]]:
    """The earlier cycles of everybody, from the history table and from result folders."""
    cycle = cycle_file.cycle
    if "history" not in tables and not cycle_file.history:
        return {}
    lost: dict[str, Lost] = {}
    found = past_results(
        cycle_file.history, findings, base=folder, current=cycle, wanted=roster.drafts, lost=lost
    )
    ends = ends_of(found)
    listed = read_history(tables["history"], roster, cycle, ends) if "history" in tables else {}
    whole = merged(listed, found, roster, cycle)
    report_gaps(whole, lost, roster, cycle)
    return whole


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Spares the garbage collector: it would walk millions of new objects again and again.

    None of them is garbage, so that it would find nothing; without it reading takes half the time.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _subjects(
    roster: Roster, cycle: Cycle, history: Mapping[str, tuple[Past, ...]]
) -> list[Subject]:
    """All subjects; those who moved after their segments, whose faults they share."""
    drafts = sorted(roster.drafts.values(), key=lambda draft: bool(draft.parts))
    order = CycleOrder(cycle, {})
    return [_subject(one, cycle, order, history.get(one.of or one.id, ())) for one in drafts]


def _subject(draft: Draft, cycle: Cycle, order: CycleOrder, history: tuple[Past, ...]) -> Subject:
    if draft.rules is not None and not draft.seen and not draft.rules.all_fetched:
        draft.problems.append(Refusal("no-figures", {"person": draft.id}).at(draft.place))
    for part in draft.parts:
        if any(problem.severity == "error" for problem in part.problems):
            facts = {"person": draft.id, "segment": part.id}
            draft.problems.append(Refusal("segment-at-fault", facts).at(part.place))
    scorecard = Scorecard(
        subject=draft.id,
        measures=settled_measures(draft, cycle, history),
        events=events_of(draft),
        person=draft.person,
        cycle=cycle,
        proration=draft.proration or draft.presence,
        history=history,
        last=order.last(history),
        revisions=draft.revisions,
        objectives=draft.objectives,
        in_cycle_part=bool(draft.of),
        changes=draft.fact_changes,
        absences=draft.absences,
    )
    problems = sorted(draft.problems, key=Diagnostic.sort_key) if draft.problems else ()
    rules = draft.last_rules
    return Subject(
        scorecard,
        _word(draft, "name"),
        draft.role,
        _word(draft, "team"),
        _word(draft, "department"),
        rules.policy if rules else None,
        tuple(problems),
        draft.place,
        draft.kind,
        draft.parent,
        draft.unit_ids,
        draft.of,
        draft.days,
        tuple(part.id for part in draft.parts),
        draft.refused,
        draft.blanks,
        draft.columns,
        draft.due_changes,
    )


def _word(draft: Draft, column: str) -> str:
    datum = draft.person.get(column)
    return str(datum.value) if datum else ""
