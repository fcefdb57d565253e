"""A cycle's folder -> how it stands on a day: courses, warnings, milestones, what is awaited."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from perfrules.codes.code import Text
from perfrules.cycle.awaited import awaited, dues
from perfrules.cycle.milestones import Courses, milestone_checks
from perfrules.cycle.tracking import Followed, alarms, course, joined
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.intake.calendar_file import read_calendar
from perfrules.intake.cycle_file import CycleFile, read_cycle_file
from perfrules.intake.cycle_tables import read_tables
from perfrules.intake.files.raw_table import USUAL, Limits
from perfrules.intake.from_tables import Subject, read_intake
from perfrules.intake.improvements import read_improvements
from perfrules.intake.plans.targets import TARGETS_FILE, read_targets
from perfrules.intake.progress import Progress, read_progress, roster_for
from perfrules.intake.tables.sheet_names import RoleSheets
from perfrules.language.read import read_policies
from perfrules.model.calendar import PLAIN_WEEK
from perfrules.model.cycle_result import Stage
from perfrules.model.policy_set import PolicySet
from perfrules.model.scorecard import Cycle
from perfrules.model.targets import Targets
from perfrules.model.tracking import Alarm, Awaited, Course, Due, Improvement, Tracking

__all__ = ["Tracked", "track_cycle"]


@dataclass(frozen=True, slots=True)
class Tracked:
    """What came of it. `tracking` is None where something as a whole could not be read, which
    `refused` names; `subjects` are the ids that there are."""

    tracking: Tracking | None
    findings: Findings
    subjects: frozenset[str] = frozenset()
    refused: Stage | None = None


def track_cycle(
    folder: Path, on: datetime.date, *, person: str | None = None, limits: Limits = USUAL
) -> Tracked:
    """How the cycle in a folder stands at the end of the day `on`.

    With `person` only what concerns that subject is told. A bad row of progress is a finding and
    left out; figures of other tables are not judged here.
    """
    setting, findings = read_cycle_file(folder / "cycle.yaml")
    if setting is None:
        return Tracked(None, findings, refused="cycle")
    policies, found = read_policies(setting.policies)
    findings.extend(found)
    if findings.errors:
        return Tracked(None, findings, refused="policies")
    intake = read_intake(folder, setting, policies, limits)
    if not intake.subjects:
        findings.extend(intake.unattached)
        return Tracked(None, findings, refused="data")
    given = _Tables(folder, setting, policies, intake.subjects, limits)
    progress, improvements, strangers = given.progress, given.improvements, given.strangers
    due = tuple(_dues(setting, on, findings))
    targets = _targets(folder, setting, findings)
    if person is None:
        findings.extend(strangers)
    seen: list[Course] = []
    raised: list[Alarm] = []
    waiting: list[Awaited] = []
    for subject in intake.subjects:
        told = person in (None, subject.scorecard.subject, subject.of)
        own = findings if told else Findings()
        own.extend(given.problems.get(subject.scorecard.subject, ()))
        courses = list(_courses(subject, progress, setting.cycle, on, own))
        seen += (one for one, _ in courses)
        if told:
            raised += (alarm for _, found_alarms in courses for alarm in found_alarms)
            waiting += _awaited(subject)
    names = {one.scorecard.subject: one.name for one in intake.subjects}
    owners = {one.scorecard.subject: one.of for one in intake.subjects}
    checks = milestone_checks(targets, _by_key(seen, owners), names, on) if targets else ()
    cycle = setting.cycle
    tracking = Tracking(
        cycle=cycle.id,
        title=setting.title or Text(cycle.id, cycle.id),
        on=on,
        courses=tuple(one for one in seen if person in (None, one.subject, owners[one.subject])),
        alarms=tuple(raised),
        milestones=tuple(one for one in checks if person in (None, one.subject)),
        awaited=tuple(waiting),
        dues=due,
        improvements=tuple(
            one._replace(name=names[one.subject])
            for one in improvements
            if person in (None, one.subject, owners[one.subject])
        ),
    )
    return Tracked(tracking, findings, frozenset(names))


class _Tables:
    """What is read for those who track: rows of progress and of improvements, what is said of rows
    that are nobody's, and by subject what is wrong with rows of improvements."""

    def __init__(
        self,
        folder: Path,
        setting: CycleFile,
        policies: PolicySet,
        subjects: Sequence[Subject],
        limits: Limits,
    ) -> None:
        self.strangers = Findings()
        said = Findings()  # which the intake has said already
        tables = read_tables(folder, setting, RoleSheets(policies), limits, said).named
        self.progress = Progress()
        self.improvements: tuple[Improvement, ...] = ()
        self.problems: Mapping[str, tuple[Diagnostic, ...]] = {}
        if (table := tables.get("progress")) is not None:
            roster = roster_for(subjects, setting.missing_markers, self.strangers)
            self.progress = read_progress(table, roster, setting.cycle)
        if (table := tables.get("improvements")) is not None:
            roster = roster_for(subjects, setting.missing_markers, self.strangers)
            self.improvements, self.problems = read_improvements(table, roster)


def _courses(
    subject: Subject, progress: Progress, cycle: Cycle, on: datetime.date, findings: Findings
) -> Iterator[tuple[Course, list[Alarm]]]:
    """The courses of a subject in the order of its policy's indicators, each with its alarms."""
    person, policy = subject.scorecard.subject, subject.policy
    findings.extend(progress.problems.get(person, ()))
    if policy is None:
        if person in progress.without_rules:
            findings.extend(subject.problems)
        return
    for indicator in policy.indicators:
        entries = progress.entries.get((person, indicator.name))
        if not entries:
            continue
        measure = subject.scorecard.measures.get(indicator.name)
        baseline = measure.baseline if measure else None
        followed = Followed(person, subject.name, policy, indicator, baseline)
        seen = course(followed, entries, on, findings)
        if not seen.points:
            continue
        raised: list[Alarm] = []
        for warning in followed.warnings:
            raised += alarms(followed, seen, warning, cycle, on, findings)
        yield seen, raised


def _by_key(courses: Iterable[Course], owners: Mapping[str, str]) -> Courses:
    """The courses by subject; those of segments stand for the person who held them too."""
    found: dict[tuple[str, str], Course] = {}
    for one in courses:
        found[one.subject, one.indicator] = one
        if owner := owners[one.subject]:
            key = (owner, one.indicator)
            found[key] = joined(found[key], one) if key in found else one
    return found


def _awaited(subject: Subject) -> Iterable[Awaited]:
    """Nothing is awaited of somebody who was not there, or whose rules nobody knows; of somebody
    who moved it is of the segments."""
    absent = any(one.code == "not-in-cycle" for one in subject.problems)
    if subject.policy is None or subject.segments or absent:
        return ()
    scorecard = subject.scorecard
    return awaited(scorecard.subject, subject.name, subject.policy, scorecard.measures)


def _targets(folder: Path, setting: CycleFile, findings: Findings) -> Targets | None:
    path = folder / TARGETS_FILE
    if not path.exists():
        return None
    targets, found = read_targets(path, setting.cycle)
    findings.extend(found)
    return targets


def _dues(setting: CycleFile, on: datetime.date, findings: Findings) -> Iterable[Due]:
    """The deadlines; none of them where the calendar is at fault, since they would be guesses."""
    calendar = None
    if setting.calendar is not None:
        calendar, found = read_calendar(setting.calendar)
        findings.extend(found)
        if calendar is None:
            return ()
    working = calendar or PLAIN_WEEK
    return dues(setting.deadlines, working, on, is_given=calendar is not None, findings=findings)
