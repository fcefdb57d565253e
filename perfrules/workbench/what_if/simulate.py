"""A cycle's folder and changes of its rules -> what would be different.

The cycle is judged as it is, and once more after each clause; what a clause moves is the difference
to the run before it, so that all of them add up to the whole, to the last cent.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from perfrules.cycle.evaluate_cycle import (
    Opened,
    cycle_result,
    open_cycle,
    salt_of,
    under_other_policies,
)
from perfrules.cycle.judged_before import JudgingAgain, Memory
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.intake.cycle_file import CycleFile, read_cycle_file
from perfrules.intake.files.raw_table import USUAL, Limits
from perfrules.language.read import policy_files, read_all
from perfrules.model.cycle_result import CycleResult, Judged, Stage
from perfrules.model.policy_set import PolicySet
from perfrules.model.simulation import Clause, Moved, Simulation, pay_moves, sums
from perfrules.workbench.what_if.asked import InForce
from perfrules.workbench.what_if.steps import Step, placed_at, steps

__all__ = ["Simulated", "narrowed", "simulated"]

Progress = Callable[[int, int], None]


class Simulated(NamedTuple):
    """What would be different, or at which stage the question came to an end and why: `changes`
    where what is asked for makes no policy."""

    simulation: Simulation | None
    findings: Findings
    refused: Stage | Literal["changes"] | None = None


def simulated(
    folder: Path,
    changes: Mapping[str, str],
    policies: Sequence[Path] = (),
    *,
    progress: Progress | None = None,
    limits: Limits = USUAL,
) -> Simulated:
    """What becomes of a cycle when `policies` take the place of those with their ids, and then each
    of the `changes` (`sales.grades.S.at_least=92`) is made; these by what findings call them.

    Findings are what is wrong with the cycle, or with what is asked for; of a simulation, what the
    cycle's own files have to say.
    """
    opened = open_cycle(folder, limits)
    setting, _ = read_cycle_file(folder / "cycle.yaml")
    if opened.refused is not None or setting is None:
        return Simulated(None, opened.findings, opened.refused or "cycle")
    rules, known = _in_force(setting)
    findings = Findings()
    planned = steps(rules, changes, policies, findings)
    if findings.errors:
        return Simulated(None, findings, "changes")
    run = _Runs(opened, setting, len(planned) + 1, progress)
    first = before = run.judged(opened)
    clauses: list[Clause] = []
    for step in planned:
        changed = under_other_policies(opened, setting, step.policies, limits)
        if changed.refused is not None:
            arguments = tuple(dict.fromkeys(one for step in planned for one in step.arguments))
            wrong = Findings(placed_at(one, arguments) for one in changed.findings.errors)
            return Simulated(None, wrong, "changes")
        after = run.judged(changed)
        clauses.append(_clause(step, before, after))
        before = after
    if first.refused is not None or before.refused is not None:
        return Simulated(None, opened.findings, "data")
    warnings = (
        *_idle(planned, first, known),
        *(one for one in findings if one.severity != "error"),
    )
    return Simulated(
        _simulation(first, before, tuple(clauses), warnings, run.again), opened.findings
    )


def _in_force(setting: CycleFile) -> tuple[InForce, str]:
    """The policies that judge the cycle; reading them once more finds no errors."""
    root = Path(os.path.normpath(setting.policies))
    found, _ = read_all(policy_files(root), root)
    day = setting.cycle.end
    everything = PolicySet(tuple(read.policy for read in found))
    read = {one.policy.id: one for one in found if one.policy.in_force(day)}
    return InForce(everything, day, read, root), setting.cycle.id


class _Runs:
    """Judges the cycle again and again, and counts how many appraisals that takes."""

    def __init__(
        self, opened: Opened, setting: CycleFile, runs: int, progress: Progress | None
    ) -> None:
        self.salt, self.memory, self.again, self.runs = salt_of(opened.inputs), Memory(), 0, runs
        self.progress, self.run = progress, 0

    def judged(self, opened: Opened) -> CycleResult:
        judging = JudgingAgain(opened.subjects, self.salt, self.memory)
        size = judging.rounds + len(judging.subjects)
        done = self.run * size

        def told() -> None:
            if self.progress is not None:
                self.progress(done + min(judging.count, size - 1), self.runs * size)

        judging.prepare(told)
        lines: list[Judged] = []
        for line in judging.lines():
            lines.append(line)
            told()
        self.again += judging.count if self.run else 0
        self.run += 1
        if self.progress is not None:
            self.progress(self.run * size, self.runs * size)
        return cycle_result(opened, judging, lines)


def _lines(result: CycleResult) -> dict[str, Judged]:
    return {one.person: one for one in result.judged if one.kind != "segment"}


def _clause(step: Step, before: CycleResult, after: CycleResult) -> Clause:
    then, now = _lines(before), _lines(after)
    pay = pay_moves(then, now)
    regraded = frozenset(
        one for one, line in now.items() if one in then and then[one].grade != line.grade
    )
    departments = {one: now[one].department if one in now else then[one].department for one in pay}
    return Clause(step.arguments, step.changes, pay, regraded, departments)


def _simulation(
    before: CycleResult, after: CycleResult, clauses: tuple[Clause, ...],
    warnings: tuple[Diagnostic, ...], again: int,
) -> Simulation:  # fmt: skip
    then, now = _lines(before), _lines(after)
    people = tuple(
        Moved(then[one], now[one])
        for one in sorted(then.keys() & now.keys())
        if then[one] is not now[one] and _told(then[one]) != _told(now[one])
    )
    cycle = before.cycle.id if before.cycle is not None else ""
    budget = sums(then.values(), now.values())
    looked_at = frozenset((*then, *now))
    return Simulation(cycle, before, after, clauses, people, budget, looked_at, warnings, again)


def _told(line: Judged) -> tuple[object, ...]:
    """What somebody hears of a result."""
    return (line.complete, line.total, line.grade, line.pay, [*line.awards])


def _idle(planned: Iterable[Step], before: CycleResult, cycle: str) -> Iterable[Diagnostic]:
    """Warnings of policies that are changed and judge nobody; of a change of all policies, only
    where none of them judges anybody."""
    judging = {one.policy.partition("@")[0] for one in before.judged if one.policy is not None}
    said: set[str] = set()
    for step in planned:
        for name in sorted(step.ids - said) if not step.ids & judging else ():
            said.add(name)
            places = ", ".join(step.arguments)
            facts = {"policy": name, "cycle": cycle}
            yield Diagnostic("judges-nobody", places, facts, severity="warning")


def narrowed(found: Simulation, subjects: frozenset[str]) -> Simulation:
    """The same of some subjects alone; `before` and `after` stay those of the whole cycle."""
    then, now = (
        [one for one in result.judged if one.kind != "segment" and one.person in subjects]
        for result in (found.before, found.after)
    )
    clauses = tuple(
        replace(
            one,
            pay={subject: lines for subject, lines in one.pay.items() if subject in subjects},
            regraded=one.regraded & subjects,
        )
        for one in found.clauses
    )
    return replace(
        found,
        clauses=clauses,
        people=tuple(one for one in found.people if one.person in subjects),
        budget=sums(then, now),
        looked_at=found.looked_at & subjects,
    )
