"""The target cascade with the cycle's data: actuals roll up from the parts to the goals.

Pure. Sums are exact; what is divided is rounded as targets.yaml says. A figure that is missing
stays missing, all the way up: it is never taken for nought.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.cycle.new_dues import with_new_dues
from perfrules.cycle.serving import serving
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.evaluation.evaluate import target_in_force
from perfrules.exact import EXACT, OutOfRange, divided
from perfrules.intake.from_tables import Subject
from perfrules.intake.people.ids import identity
from perfrules.intake.plans.from_cascade import check_against_data, target_conflict, targets_of
from perfrules.model.cascade import BreakdownReached, CascadeReached, GoalReached
from perfrules.model.policy import Policy
from perfrules.model.rounding import Rounding
from perfrules.model.scorecard import Datum, Measure
from perfrules.model.targets import FEEDING, Breakdown, Dimension, Goal, Targets

__all__ = ["cascade", "figures_of", "reached"]

_NO_DATA: Final = Measure()

Figures = Mapping[tuple[str, str], Decimal]
"""Actuals by the id of a person or unit (or of its segment, `E1005#1`) and the indicator."""


def cascade(
    targets: Targets, subjects: Sequence[Subject], cycle: str
) -> tuple[CascadeReached, Findings]:
    """What the goals reached by the data of all subjects, and where the two do not fit.

    A figure in another unit or direction than its goal is left out, and reported.
    """
    ids = _unit_ids(subjects)
    policies = _policies(subjects)
    policies.update((name, policies[unit]) for name, unit in ids.items())
    findings = Findings(check_against_data(targets, policies, _groups(subjects)))
    findings.extend(_conflicts(targets_of(targets, ids), subjects))
    unlike = {
        (identity(str(one.facts["name"])), one.facts["indicator"])
        for one in findings
        if one.code == "unlike-policy"
    }
    known = {unit: name for name, unit in ids.items()}

    def named(found: Figures) -> Figures:
        """The figures by what a part may go by as well, without those that are unlike."""
        return {
            (called, indicator): value
            for (subject, indicator), value in found.items()
            for called in {subject, known.get(subject, subject)}
            if (_base(called), indicator) not in unlike
        }

    names = {_base(one.scorecard.subject): one.name for one in subjects if one.name}
    figures, changed = named(figures_of(subjects)), named(changed_targets(subjects))
    dated = with_new_dues(targets, subjects, known)
    return reached(dated, figures, cycle, names, changed), findings


def changed_targets(subjects: Iterable[Subject]) -> Figures:
    """The targets that were changed within the cycle, as the appraisals count them, by the id of a
    person or unit; of somebody who moved, where one of the roles alone has the indicator."""
    found: dict[tuple[str, str], list[Decimal | None]] = {}
    for one in subjects:
        card, policy = one.scorecard, one.policy
        if policy is None:
            continue
        for name in policy.indicator:
            changed = card.measures.get(name, _NO_DATA).changes
            target = target_in_force(policy, card, name) if changed else None
            found.setdefault((_base(card.subject), name), []).append(target)
    alone = {key: roles[0] for key, roles in found.items() if len(roles) == 1}
    return {key: target for key, target in alone.items() if target is not None}


def figures_of(subjects: Iterable[Subject]) -> Figures:
    """The actuals of all subjects that are numbers, as appeals corrected them."""
    figures: dict[tuple[str, str], Decimal] = {}
    for one in subjects:
        card = one.scorecard
        corrected = {revision.what: revision.after.value for revision in card.revisions}
        for name, measure in card.measures.items():
            if measure.actual is not None:
                value = corrected.get(f"{name}.actual", measure.actual.value)
                if isinstance(value, Decimal):
                    figures[card.subject, name] = value
    return figures


def reached(
    targets: Targets,
    figures: Figures,
    cycle: str = "",
    names: Mapping[str, str] | None = None,
    changed: Figures | None = None,
) -> CascadeReached:
    """What the goals reached by these figures; `names` has the names of persons and units,
    `changed` the targets of those whose target was changed within the cycle."""
    rolling = _Rolling(targets, figures, names or {}, changed or {})
    goals = tuple(rolling.goal(goal, None) for goal in targets.goals)
    served = tuple(replace(one, served_by=serving(one, goals)) for one in goals)
    return CascadeReached(cycle, served, targets.percent, targets.division)


class _Sum(NamedTuple):
    """What some parts reached together; `actual` only where none of them is without a figure."""

    actual: Decimal | None
    so_far: Decimal | None
    without: tuple[str, ...]


class _Rolling:
    """Rolls the figures up."""

    def __init__(
        self, targets: Targets, figures: Figures, names: Mapping[str, str], changed: Figures
    ) -> None:
        self.targets, self.figures, self.names = targets, figures, names
        self.changed = changed
        places = targets.percent.decimals + 2  # of the ratio, a percentage being a hundredfold
        self.ratio = replace(targets.percent, places=places)
        self.segments: dict[tuple[str, str], list[Decimal]] = {}
        for (subject, indicator), value in figures.items():
            if "#" in subject:
                self.segments.setdefault((_base(subject), indicator), []).append(value)

    def in_force(self, goal: Goal) -> Goal:
        """The goal with the target that counts in the end."""
        key = (identity(goal.name), goal.indicator)
        if goal.dimension not in FEEDING or key not in self.changed:
            return goal
        return replace(goal, target=self.changed[key])

    def goal(self, written: Goal, above: Goal | None) -> GoalReached:
        goal, whole = self.in_force(written), above and self.in_force(above)
        rolled = [self.breakdown(goal, one) for one in goal.breakdowns]
        # Of several breakdowns the first of the file that has all figures counts; if none has,
        # the first that has any.
        complete = [one for one in rolled if one[1].actual is not None]
        begun = [one for one in rolled if one[1].so_far is not None]
        chosen = next(iter((*complete, *begun, *rolled)), None)
        own = chosen[1] if chosen else self.leaf(goal)
        share = None
        if whole is not None and whole.roll_up == "sum":
            share = _quotient(goal.target, whole.target, self.ratio)
        higher = goal.direction == "higher_is_better"
        pair = (own.actual, goal.target) if higher else (goal.target, own.actual)
        return GoalReached(
            goal=goal,
            label=self.names.get(identity(goal.name), "") if goal.dimension in FEEDING else "",
            actual=own.actual,
            so_far=own.so_far,
            without=own.without,
            attainment=_quotient(*pair, self.ratio),
            met=None if pair[0] is None or pair[1] is None else pair[0] >= pair[1],
            share=share,
            before=None if goal is written else written.target,
            breakdowns=tuple(replace(one, counts=one is chosen[0]) for one, _ in rolled)
            if chosen
            else (),
        )

    def breakdown(self, goal: Goal, found: Breakdown) -> tuple[BreakdownReached, _Sum]:
        parts = tuple(self.goal(part, goal) for part in found.parts)
        rolled = self.rolled_up(goal, parts)
        amounts = [one.goal.target for one in parts if one.goal.target is not None]
        whole = goal.roll_up == "sum" and len(amounts) == len(parts)
        target = _summed(amounts) if whole else None
        return BreakdownReached(found.dimensions, target, rolled.actual, False, parts), rolled

    def leaf(self, goal: Goal) -> _Sum:
        """The cycle's own figure of a person or unit; nobody's data say what a region reached."""
        nothing = _Sum(None, None, (goal.name,))
        if goal.dimension not in FEEDING:
            return nothing
        key = (identity(goal.name), goal.indicator)
        found = self.figures.get(key)
        if found is None and goal.roll_up == "sum" and key in self.segments:
            found = _summed(self.segments[key])  # of somebody who moved within the cycle
        return nothing if found is None else _Sum(found, None, ())

    def rolled_up(self, goal: Goal, parts: Sequence[GoalReached]) -> _Sum:
        without = tuple(dict.fromkeys(name for part in parts for name in part.without))
        if goal.roll_up == "sum":
            known = [part.actual if part.actual is not None else part.so_far for part in parts]
            found = [value for value in known if value is not None]
            if without:
                return _Sum(None, _summed(found) if found else None, without)
            return _Sum(_summed(found), None, ())
        if without:
            return _Sum(None, None, without)
        figures = [part.actual for part in parts if part.actual is not None]
        weights = [part.goal.target for part in parts if part.goal.target is not None]
        if goal.roll_up == "mean":
            weights = [Decimal(1)] * len(figures)
        if len(weights) < len(figures):
            return _Sum(None, None, ())
        products = (EXACT.multiply(*pair) for pair in zip(figures, weights, strict=True))
        mean = _quotient(_summed(products), _summed(weights), self.targets.division)
        return _Sum(mean, None, ())


def _summed(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    return functools.reduce(EXACT.add, amounts, Decimal(0))


def _quotient(
    dividend: Decimal | None, divisor: Decimal | None, rounding: Rounding
) -> Decimal | None:
    """None where there is nothing to divide, or by."""
    if dividend is None or not divisor:
        return None
    try:
        return divided(dividend, divisor, rounding.decimals, rounding.mode)
    except OutOfRange:
        return None


def _base(subject: str) -> str:
    """Whose a segment is: `E1005` of `E1005#1`."""
    return subject.partition("#")[0]


def _unit_ids(subjects: Iterable[Subject]) -> dict[str, str]:
    """The ids of teams, departments and projects by their names, by which a part may go, too."""
    found: dict[str, set[str]] = {}
    for one in subjects:
        if one.policy is not None and one.policy.subject != "person" and one.name:
            found.setdefault(identity(one.name), set()).add(one.scorecard.subject)
    taken = {one.scorecard.subject for one in subjects}
    return {name: ids.pop() for name, ids in found.items() if len(ids) == 1 and name not in taken}


def _policies(subjects: Iterable[Subject]) -> dict[str, list[Policy]]:
    found: dict[str, list[Policy]] = {}
    for one in subjects:
        own = found.setdefault(_base(one.scorecard.subject), [])
        if one.policy is not None:
            own.append(one.policy)
    return found


def _groups(subjects: Iterable[Subject]) -> Mapping[Dimension, set[str]]:
    """The departments, teams and projects that people belong to."""
    found: dict[Dimension, set[str]] = {"department": set(), "team": set(), "project": set()}
    for one in subjects:
        project = one.scorecard.person.get("project")
        names = (one.department, one.team, str(project.value) if project else "")
        for group, name in zip(found.values(), names, strict=True):
            if name:
                group.add(identity(name))
    return found


def _conflicts(
    cascaded: Mapping[tuple[str, str], Datum], subjects: Iterable[Subject]
) -> Iterator[Diagnostic]:
    """Targets that the data give, too, and otherwise."""
    for one in subjects:
        for indicator in one.policy.indicators if one.policy else ():
            given = one.scorecard.measures.get(indicator.name, Measure()).target
            meant = cascaded.get((one.scorecard.subject, indicator.name))
            if given is not None and meant is not None:
                found = target_conflict(one.scorecard.subject, indicator, given, meant)
                if found is not None:
                    yield found
