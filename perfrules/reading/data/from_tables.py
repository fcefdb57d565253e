"""Tables -> scorecards: one subject for each person of the roster, with what is wrong with it."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perfrules.diagnostics import Cell, Diagnostic, Findings
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Scorecard
from perfrules.reading.data.cycle_file import CycleFile
from perfrules.reading.data.from_figures import (
    events_of,
    measures_of,
    read_actuals,
    read_events,
    read_ratings,
)
from perfrules.reading.data.from_people import read_people
from perfrules.reading.data.numerals import Refusal
from perfrules.reading.data.raw_table import USUAL, Limits
from perfrules.reading.data.roster import Draft, PolicyChoice, Roster
from perfrules.reading.data.tables import Table, read_tables

__all__ = ["Intake", "Subject", "read_intake"]


@dataclass(frozen=True, slots=True)
class Subject:
    """One person with all that the data say.

    `policy` is None where none could be found. An error among `problems` means that these
    data are rejected; warnings are carried along. `place` is the person's row.
    """

    scorecard: Scorecard
    name: str
    role: str
    team: str
    department: str
    policy: Policy | None
    problems: tuple[Diagnostic, ...]
    place: Cell


@dataclass(frozen=True, slots=True)
class Intake:
    """What a cycle's data hold.

    `subjects` are sorted by id; there are none where a table as a whole could not be read.
    `unattached` is what concerns nobody of the roster; `files` are those that were read.
    """

    subjects: tuple[Subject, ...]
    unattached: tuple[Diagnostic, ...]
    files: tuple[Path, ...]


_READERS: Final[tuple[tuple[str, Callable[[Table, Roster], None]], ...]] = (
    ("actuals", read_actuals),
    ("ratings", read_ratings),
    ("events", read_events),
)


def read_intake(
    folder: Path, cycle_file: CycleFile, policies: PolicyChoice, limits: Limits = USUAL
) -> Intake:
    """The subjects of a cycle's folder.

    Nothing is half read: where a file or a header cannot be used, there are no subjects, since
    figures that were not read would look like figures that are missing.
    """
    findings, rows = Findings(), Findings()
    tables, files = read_tables(folder, cycle_file.data, limits, findings)
    roster = Roster(cycle_file.missing_markers, rows)
    with _collector_at_rest():
        if "people" in tables and not findings.errors:
            read_people(tables["people"], roster, policies, cycle_file.cycle)
            for name, read in _READERS:
                if name in tables:
                    read(tables[name], roster)
            roster.report_strangers()
        # A table can break off while its rows are read.
        drafts = () if findings.errors else roster.drafts.values()
        subjects = [_subject(draft, cycle_file.cycle) for draft in drafts]
        subjects.sort(key=lambda subject: subject.scorecard.subject)
    return Intake(tuple(subjects), (*findings, *rows), tuple(files))


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


def _subject(draft: Draft, cycle: Cycle) -> Subject:
    if draft.rules is not None and not draft.seen:
        draft.problems.append(Refusal("no-figures", {"person": draft.id}).at(draft.place))
    scorecard = Scorecard(
        subject=draft.id,
        measures=measures_of(draft),
        events=events_of(draft),
        person=draft.person,
        cycle=cycle,
        proration=draft.proration or draft.presence,
    )
    problems = sorted(draft.problems, key=Diagnostic.sort_key) if draft.problems else ()
    return Subject(
        scorecard,
        _word(draft, "name"),
        draft.role,
        _word(draft, "team"),
        _word(draft, "department"),
        draft.rules.policy if draft.rules else None,
        tuple(problems),
        draft.place,
    )


def _word(draft: Draft, column: str) -> str:
    datum = draft.person.get(column)
    return str(datum.value) if datum else ""
