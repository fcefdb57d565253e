"""A cycle's folder -> what became of everybody in it.

    result = evaluate_cycle(Path("examples/2024Q3"))

For cycles so large that their traces do not fit into memory, `each` takes every subject as
soon as it is judged, and nothing but a line of it is kept.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.codes.figure_titles import figure_title
from perfrules.cycle.judging import Judging
from perfrules.cycle.many_cores import spread
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.exact import percent, percent_downward, plain
from perfrules.intake.cells.numerals import Refusal, read_cell_number
from perfrules.intake.cycle_file import CycleFile, read_cycle_file
from perfrules.intake.files.raw_table import USUAL, Limits
from perfrules.intake.from_tables import Subject, read_intake
from perfrules.intake.tables.layouts import title_of
from perfrules.language.read import read_policies
from perfrules.model.appraisal import Appraisal
from perfrules.model.bands import Bands
from perfrules.model.cycle_result import (
    CycleResult,
    IndicatorLine,
    InputFile,
    Judged,
    NotApplied,
    Stage,
)
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Value

__all__ = ["CycleResult", "EachInTurn", "Opened", "evaluate_cycle", "iter_appraisals", "open_cycle"]

Progress = Callable[[int, int], None]
"""Told how many appraisals are made, and how many there will be: one of each subject in the end,
and before that one for each stage of rules between subjects that its policy has."""

_MISSING: Final = (
    "missing-actual", "missing-weight", "missing-figure", "empty-group", "missing-unit-result",
    "no-history",
    "pool-amount-differs", "nothing-to-share", "figure-not-in-history", "history-overlaps",
    "year-of-segment",
)  # fmt: skip

Each = Callable[[Judged, Appraisal | None], object]


class EachInTurn(NamedTuple):
    """What takes every subject in two steps, so that several processes can judge: what `make` makes
    of an appraisal, in the process that judged it, comes to `take` in this one, in the order of
    the ids."""

    make: Callable[[Judged, Appraisal | None], Any]
    take: Callable[[Judged, Any], object]


OUTLIER: Final = Decimal(10)
"""An attainment above this is more often a slip of the unit than a triumph."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A cycle that was read and not yet judged; where `refused`, `findings` say why."""

    folder: Path
    cycle: Cycle | None
    subjects: tuple[Subject, ...]
    unattached: tuple[Diagnostic, ...]
    findings: Findings
    inputs: tuple[InputFile, ...]
    refused: Stage | None = None


def evaluate_cycle(
    folder: Path,
    *,
    progress: Progress | None = None,
    each: Each | EachInTurn | None = None,
    limits: Limits = USUAL,
    jobs: int = 1,
) -> CycleResult:
    """Judges everybody in a cycle's folder, with so many processes (`many_cores.all_cores`); the
    result is the same whatever their number.

    Where the cycle, its policies or a table as a whole cannot be used, nobody is judged, and
    `refused` and `findings` say so. With `each`, the appraisals go there, one by one in the
    order of the ids, and are not kept. Only what takes them in two steps is judged for the last
    time by more processes than this one.
    """
    opened = open_cycle(folder, limits)
    judged: list[Judged] = []
    kept: dict[str, Appraisal] = {}
    judging = Judging(opened.subjects, _salt(opened.inputs), jobs)
    work = _Work(judging, progress)
    judging.prepare(work.one)
    if isinstance(each, EachInTurn):
        for line, made in _made(opened, judging, each.make):
            judged.append(line)
            each.take(line, made)
            work.last()
    else:
        for line, appraisal in iter_appraisals(opened, judging):
            judged.append(line)
            if each is not None:
                each(line, appraisal)
            elif appraisal is not None:
                kept[line.person] = appraisal
            work.last()
    refused: Stage | None = opened.refused
    if refused is None and _report_changes(opened):
        refused = "data"
    policies = {one.policy.label: one.policy for one in opened.subjects if one.policy}
    return CycleResult(
        cycle=opened.cycle,
        policies=tuple(policies[label] for label in sorted(policies)),
        judged=tuple(judged),
        appraisals=kept,
        unattached=opened.unattached,
        findings=opened.findings,
        inputs=opened.inputs,
        refused=refused,
        groups=tuple(sorted(judging.groups, key=lambda group: group.name)),
        not_applied=tuple(_not_applied(opened.subjects)),
    )


def _salt(inputs: Iterable[InputFile]) -> str:
    """What the pseudonyms depend on: the inputs, so that the same cycle has the same ones."""
    lines = "".join(f"{file.path}\n{file.sha256}\n" for file in sorted(inputs))
    return hashlib.sha256(lines.encode()).hexdigest()


def _not_applied(subjects: Iterable[Subject]) -> Iterator[NotApplied]:
    for subject in subjects:
        for one in subject.refused:
            yield NotApplied(one.table, one.person, one.what, str(one.place), one.diagnostic)


def open_cycle(folder: Path, limits: Limits = USUAL) -> Opened:
    """Reads cycle.yaml, the policies and the tables. Nobody is judged by half the rules or data."""
    setting, findings = read_cycle_file(folder / "cycle.yaml")
    if setting is None:
        return Opened(folder, None, (), (), findings, (), "cycle")
    files = [setting.path, *_policy_sources(setting)]
    inputs = _inputs(files, folder)
    policies, found = read_policies(setting.policies)
    findings.extend(found)
    if findings.errors:
        return Opened(folder, setting.cycle, (), (), findings, inputs, "policies")
    intake = read_intake(folder, setting, policies, limits)
    inputs = (*inputs, *_inputs(intake.files, folder))
    if not intake.subjects:
        findings.extend(intake.unattached)
        return Opened(folder, setting.cycle, (), (), findings, inputs, "data")
    # What is only worth a remark says something of a file; what is wrong is a row without a home.
    findings.extend(one for one in intake.unattached if one.severity != "error")
    stray = tuple(one for one in intake.unattached if one.severity == "error")
    return Opened(folder, setting.cycle, intake.subjects, stray, findings, inputs)


class _Work:
    """Counts the appraisals for whoever watches. How many have to be made before the last ones is
    known but roughly, so that the count is put right when those begin."""

    def __init__(self, judging: Judging, progress: Progress | None) -> None:
        self.progress = progress
        self.before, self.done = judging.rounds, 0
        self.total = self.before + len(judging.subjects)

    def one(self) -> None:
        """Another appraisal that the rules between subjects ask for."""
        self._tell(min(self.done + 1, self.before))

    def last(self) -> None:
        """Another appraisal that nothing comes after."""
        self._tell(max(self.done, self.before) + 1)

    def _tell(self, done: int) -> None:
        if self.progress is not None and done > self.done:
            self.progress(done, self.total)
        self.done = done


def iter_appraisals(opened: Opened, judging: Judging) -> Iterator[tuple[Judged, Appraisal | None]]:
    """Judges one subject after the other, in the order of the ids; `judging` is prepared.

    A subject whose data or role are at fault is not judged: it has a line with the reasons, and
    no appraisal.
    """
    for subject in opened.subjects:
        yield _judged(subject, judging)


def _made(
    opened: Opened, judging: Judging, make: Callable[[Judged, Appraisal | None], Any]
) -> Iterator[tuple[Judged, Any]]:
    """The line of each subject and what is made of its appraisal, in the order of the ids."""

    def work(subject: Subject) -> tuple[Judged, Any]:
        line, appraisal = _judged(subject, judging)
        return line, make(line, appraisal)

    return spread(work, opened.subjects, judging.jobs)


def _judged(subject: Subject, judging: Judging) -> tuple[Judged, Appraisal | None]:
    appraisal = judging.appraisal(subject)
    known = judging.problems(subject)
    if appraisal is None:
        return _line(subject, None, known), None
    found = (_placed(problem, subject) for problem in appraisal.problems)
    noted = (*known, *found, *_outliers(appraisal), *_far_apart(appraisal))
    if noted:
        appraisal = replace(appraisal, problems=noted)
    return _line(subject, appraisal, noted), appraisal


def _placed(problem: Diagnostic, subject: Subject) -> Diagnostic:
    """What the data do not have is placed where to look: at the cell that was left empty, or where
    there is none at the person's row."""
    if problem.code == "missing-fact":
        name = str(problem.facts["name"])
        fact = name.removeprefix("person.")
        shown = name if title_of(fact) == fact else Text(f"{title_of(fact)} ({name})", name)
        place = subject.cell_of(fact) if fact != name else subject.place
        return replace(problem, place=place, facts={**problem.facts, "name": shown})
    if problem.code == "wrong-value-type":
        return _unread(problem, subject)
    blank = subject.blanks.get(str(problem.facts.get("cell")))
    if blank is not None:
        return replace(problem, place=blank)
    return replace(problem, place=subject.place) if problem.code in _MISSING else problem


def _unread(problem: Diagnostic, subject: Subject) -> Diagnostic:
    """A fact that should be a number, told as its cell: `3000元` has its unit with it."""
    fact = str(problem.facts["name"]).removeprefix("person.")
    datum = subject.scorecard.person.get(fact)
    if fact == problem.facts["name"] or datum is None:
        return problem
    place = subject.cell_of(fact)
    found = read_cell_number(str(datum.value), None)
    if not isinstance(found, Refusal):
        return replace(problem, place=place)
    return found.at(place, column=fact)


def _outliers(appraisal: Appraisal) -> Iterator[Diagnostic]:
    """Warnings of attainments that are hard to believe."""
    for indicator in appraisal.policy.indicators:
        step = appraisal.steps.get(f"indicators.{indicator.name}.attainment")
        if step is not None and isinstance(step.value, Decimal) and step.value > OUTLIER:
            actual = appraisal.steps.get(f"indicators.{indicator.name}.actual")
            place = actual.origin.place if actual and actual.origin else ""
            facts = {"indicator": indicator.name, "limit": percent(OUTLIER)}
            yield Diagnostic(
                "outlier",
                place or None,
                {**facts, "value": percent_downward(step.value)},
                severity="warning",
            )


def _far_apart(appraisal: Appraisal) -> Iterator[Diagnostic]:
    """Warnings of figures that are limits: one that is hard to believe beside another, and an
    actual that is, as an attainment would be, beside the best of them."""
    for indicator in appraisal.policy.indicators:
        score = indicator.score
        if not (isinstance(score, Bands) and score.on == "actual" and score.names):
            continue
        found = {}
        for name in ("actual", *score.names):
            step = appraisal.steps.get(f"{indicator.path}.{name}")
            if step is not None and isinstance(step.value, Decimal) and step.value > 0:
                found[name] = step.value
        actual, limits = found.pop("actual", None), sorted(found, key=lambda name: found[name])
        pairs = [(limits[-1], limits[0])] if limits else []
        if actual is not None and limits:
            less = indicator.direction == "lower_is_better"
            pairs.append((limits[0], "actual") if less else ("actual", limits[-1]))
            found["actual"] = actual
        for first, second in pairs:
            if found[first] > OUTLIER * found[second]:
                yield _apart(appraisal, indicator, first, second)


def _apart(appraisal: Appraisal, indicator: Indicator, first: str, second: str) -> Diagnostic:
    steps = [appraisal.steps[f"{indicator.path}.{name}"] for name in (first, second)]
    shown = percent if indicator.in_percent else plain
    high, low = (shown(step.value) for step in steps if isinstance(step.value, Decimal))
    facts = {
        "indicator": indicator.called,
        "first": figure_title(first),
        "second": figure_title(second),
        "high": high,
        "low": low,
        "times": plain(OUTLIER),
    }
    places = [step.origin.place for step in steps if step.origin and step.origin.place]
    place = places[0] if places else None
    return Diagnostic("figures-far-apart", place, facts, severity="warning")


def _line(
    subject: Subject, appraisal: Appraisal | None, problems: tuple[Diagnostic, ...]
) -> Judged:
    policy = subject.policy
    complete = appraisal is not None and appraisal.complete
    return Judged(
        person=subject.scorecard.subject,
        name=subject.name,
        role=subject.role,
        title=policy.title if policy else Text(subject.role, subject.role),
        team=subject.team,
        department=subject.department,
        place=str(subject.place),
        policy=policy.label if policy else None,
        complete=complete,
        total=appraisal.total if appraisal else None,
        grade=appraisal.grade if appraisal else None,
        pay=appraisal.pay if appraisal else {},
        indicators=tuple(_indicators(policy, appraisal)) if policy and appraisal else (),
        vetoed=_vetoed(policy, appraisal) if policy and appraisal else {},
        problems=problems,
        kind=subject.kind,
        awards=_awards(appraisal) if appraisal else {},
        follow_ups=appraisal.follow_ups if appraisal else {},
        pay_total=appraisal.pay_total if appraisal else None,
    )


def _awards(appraisal: Appraisal) -> dict[str, Text]:
    return {one.name: one.title for one in appraisal.policy.awards if one.name in appraisal.awards}


def _vetoed(policy: Policy, appraisal: Appraisal) -> dict[str, Text]:
    return {veto.name: veto.title for veto in policy.vetoes if veto.name in appraisal.vetoed}


def _indicators(policy: Policy, appraisal: Appraisal) -> Iterator[IndicatorLine]:
    for indicator in policy.indicators:
        yield IndicatorLine(
            name=indicator.name,
            title=indicator.title,
            unit=indicator.unit,
            actual=_value(appraisal, indicator, "actual"),
            target=_value(appraisal, indicator, "target"),
            attainment=appraisal.attainment(indicator.name),
            score=appraisal.score(indicator.name),
            excluded=indicator.name in appraisal.excluded,
        )


def _value(appraisal: Appraisal, indicator: Indicator, what: str) -> Value | None:
    step = appraisal.steps.get(f"indicators.{indicator.name}.{what}")
    return step.value if step is not None else None


def _policy_sources(setting: CycleFile) -> list[Path]:
    """Whatever of the policies' folder can have a say in a policy, fragments included."""
    found = (path for path in setting.policies.rglob("*") if path.suffix in (".yaml", ".yml"))
    return sorted(path for path in found if path.is_file() and ".test." not in path.name)


def _inputs(files: Iterable[Path], folder: Path) -> tuple[InputFile, ...]:
    return tuple(found for path in files if (found := _input(path, folder)) is not None)


def _input(path: Path, folder: Path) -> InputFile | None:
    """A file's digest; None where it cannot be read, which reading it says better."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
                size += len(chunk)
    except OSError:
        return None
    name = Path(os.path.relpath(path, folder)).as_posix()
    return InputFile(name, digest.hexdigest(), size)


def _report_changes(opened: Opened) -> bool:
    """Reports inputs that are no longer what they were: nobody could tell what was judged."""
    changed = [
        file for file in opened.inputs if _input(opened.folder / file.path, opened.folder) != file
    ]
    for file in changed:
        opened.findings.report("input-changed", file.path, path=file.path)
    return bool(changed)
