"""A cycle's folder -> the papers that come before its results: goals, actions, changes, courses."""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from perfrules.codes.code import Language, Text
from perfrules.cycle.cascade import reached
from perfrules.cycle.evaluate_cycle import Opened, open_cycle
from perfrules.cycle.track_cycle import Tracked, track_cycle
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.exact import percent
from perfrules.intake.from_tables import Subject
from perfrules.intake.people.ids import identity
from perfrules.intake.plans.targets import TARGETS_FILE, read_targets
from perfrules.model.cascade import CascadeReached
from perfrules.model.cycle_result import InputFile
from perfrules.model.targets import Targets
from perfrules.papers.documents.actions import actions
from perfrules.papers.documents.breakdown import Share, breakdown
from perfrules.papers.documents.change import change
from perfrules.papers.documents.of_cycle import CycleOf
from perfrules.papers.documents.strategy import strategy
from perfrules.papers.documents.tracking import tracking
from perfrules.papers.paper.parts import Paper
from perfrules.records.papers.asked import Asked, Made
from perfrules.records.papers.of_policies import PapersOfPolicies
from perfrules.records.papers.requests import requests_of, rule_of
from perfrules.records.papers.whom import meant

__all__ = ["PapersOfCycle", "digest_of"]

_Only = frozenset[str] | None


def digest_of(inputs: Iterable[InputFile]) -> str:
    """One SHA-256 for all files of a cycle: of a line with path and digest for each, sorted."""
    lines = "".join(f"{one.path}\n{one.sha256}\n" for one in sorted(set(inputs)))
    return hashlib.sha256(lines.encode()).hexdigest()


class PapersOfCycle:
    """The papers of a cycle's folder in one language.

    `findings` are those of reading it; where `opened.refused` says so there are no papers.
    """

    def __init__(self, folder: Path, language: Language) -> None:
        self.folder, self.language = folder, language
        self.opened: Opened = open_cycle(folder)
        self.findings: Findings = self.opened.findings

    @property
    def digest(self) -> str:
        """The digest of all that was read."""
        return digest_of(self.opened.inputs)

    def called(self, kind: str = "") -> dict[str, str]:
        """The names of all subjects, by id; for handbooks, of the policies."""
        if kind == "handbook":
            return self.of_policies.called()
        return {one.scorecard.subject: one.name for one in self._whole}

    def made(self, asked: Asked) -> Iterator[Made]:
        """The papers that are asked for; a finding ends them."""
        whom: _Only | Diagnostic = frozenset((asked.subject,)) if asked.subject else None
        if asked.kind == "handbook":
            yield from self._handbooks(asked)
            return
        if asked.whom:
            whom = self._whom(asked.whom)
        if isinstance(whom, Diagnostic):
            yield "", whom
        elif asked.kind in _WITH_TARGETS:
            yield "", self._of_targets(asked.kind, whom)
        elif asked.kind == "tracking":
            yield "", self._tracking(asked.on, whom)
        elif asked.kind == "confirmation":
            yield from self.of_policies.confirmations(whom)
        elif asked.kind == "change":
            yield from self._changes(whom, blank=asked.variant == "blank")
        else:
            raise ValueError(f"unknown paper: {asked.kind}")

    # Who and what there is

    @cached_property
    def cycle(self) -> CycleOf:
        """How papers name the cycle."""
        found = self.opened.cycle
        assert found is not None
        title = found.title or Text(found.id, found.id)
        return CycleOf(self.language, found.id, title, found.start, found.end, self.digest)

    @cached_property
    def _whole(self) -> tuple[Subject, ...]:
        """The subjects, without the segments of those who moved."""
        return tuple(one for one in self.opened.subjects if not one.of)

    def _whom(self, text: str) -> _Only | Diagnostic:
        places = {
            one.scorecard.subject: (one.name, one.team, one.department) for one in self._whole
        }
        return meant(text, places, str(self.folder))

    def _named(self, whom: _Only) -> _Only:
        """The ids with the names by which they may stand in targets.yaml."""
        if whom is None:
            return None
        called = self.called()
        return frozenset(name for one in whom for name in (one, called.get(one, "")) if name)

    # Papers of the policies

    @cached_property
    def of_policies(self) -> PapersOfPolicies:
        """Those that the policies and the targets of everybody give."""
        return PapersOfPolicies(self.opened.subjects, self.cycle)

    def _handbooks(self, asked: Asked) -> Iterator[Made]:
        """Of one policy, by its id or title, or of those by which a person or a unit is judged."""
        assert self.opened.cycle is not None
        names = self.of_policies.called()
        own = [one for one, title in names.items() if asked.whom in (one, title)]
        name = asked.subject or (own[0] if asked.whom and own else "")
        whom = self._whom(asked.whom) if asked.whom and not name else None
        if isinstance(whom, Diagnostic):
            yield "", whom
        else:
            yield from self.of_policies.handbooks(name, whom, self.opened.cycle)

    # Papers of the targets

    @cached_property
    def targets(self) -> Targets | Diagnostic:
        """What the cycle wants to reach, or why that is not known."""
        assert self.opened.cycle is not None
        targets, findings = read_targets(self.folder / TARGETS_FILE, self.opened.cycle)
        if targets is None:
            return next(iter(findings.errors))
        return targets

    def _of_targets(self, kind: str, whom: _Only) -> Paper | Diagnostic:
        if isinstance(self.targets, Diagnostic):
            return self.targets
        return _WITH_TARGETS[kind](self, self.targets, self._named(whom))

    def _planned(self, targets: Targets) -> CascadeReached:
        """The targets as they were agreed: what was changed since has papers of its own."""
        names = {one.scorecard.subject: one.name for one in self._whole if one.name}
        return reached(targets, {}, self.cycle.id, names)

    @cached_property
    def indicators(self) -> dict[str, str]:
        """The titles of indicators by id; of several with one id the first."""
        found: dict[str, str] = {}
        for one in self.opened.subjects:
            for indicator in one.policy.indicators if one.policy else ():
                found.setdefault(indicator.name, indicator.title.into(self.language))
        return found

    def _shares(self) -> dict[tuple[str, str], Share]:
        """Weight and stage of each indicator of each subject, by id and by name."""
        found = {}
        for one in self.opened.subjects:
            for name, share in _shares_of(one):
                subject = one.of or one.scorecard.subject
                for called in (subject, identity(one.name) if not one.of else ""):
                    found[called, name] = share
        return found

    def _strategy(self, targets: Targets, only: _Only) -> Paper:
        return strategy(targets, self.cycle, self.indicators)

    def _breakdown(self, targets: Targets, only: _Only) -> Paper:
        return breakdown(self._planned(targets), self._shares(), self.cycle, only)

    def _actions(self, targets: Targets, only: _Only) -> Paper:
        return actions(targets, self.cycle, only)

    # Papers of the course

    def _tracking(self, on: datetime.date | None, whom: _Only) -> Paper | Diagnostic:
        assert on is not None
        found: Tracked = track_cycle(self.folder, on)
        if found.tracking is None:
            return next(iter(found.findings.errors))
        return tracking(found.tracking, self.cycle, whom)

    def _changes(self, whom: _Only, *, blank: bool) -> Iterator[Made]:
        """Of everybody who has asked for a change; an empty form also of those who have not."""
        for one in self._whole:
            subject = one.scorecard.subject
            asked = [] if blank else requests_of(one, self.opened.subjects)
            if (whom is None and (asked or blank)) or (whom is not None and subject in whom):
                named = self.cycle.named(subject, one.name)
                rule = rule_of(one, self.cycle)
                yield subject, change(named, _head(one, self.cycle), asked, rule, self.cycle)


def _head(one: Subject, cycle: CycleOf) -> tuple[tuple[str, str], ...]:
    """Who somebody is."""
    pairs = [(cycle.say("申请人", "Who asks"), cycle.named(one.scorecard.subject, one.name))]
    role = cycle.text(one.policy.title) if one.policy else one.role
    for name, value in (
        (cycle.say("岗位", "Role"), role),
        (cycle.say("部门", "Department"), one.department),
        (cycle.say("团队", "Team"), one.team),
    ):
        if value:
            pairs.append((name, value))
    return tuple(pairs)


def _shares_of(one: Subject) -> Iterator[tuple[str, Share]]:
    """A weight as the policy writes it, that of its section before it; one that the data give as
    they give it."""
    if one.policy is None:
        return
    resolved: dict[str, Any] = dict(one.policy.resolved)
    for name, indicator in resolved["indicators"].items():
        weight: object = indicator["weight"]
        measure = one.scorecard.measures.get(name)
        if weight == "given":
            weight = measure.weight.value if measure and measure.weight else "—"
        elif isinstance(weight, dict):
            weight = "—"
        section = resolved.get("sections", {}).get(indicator.get("section"), {}).get("weight")
        in_parts = resolved.get("weights") == "parts"
        both = [_weight(part, in_parts) for part in (section, weight) if part is not None]
        yield name, Share(" × ".join(both), str(indicator.get("stage", "")))


def _weight(weight: object, in_parts: bool) -> str:
    """`40%`; a number of parts as it is."""
    return percent(weight) if isinstance(weight, Decimal) and not in_parts else str(weight)


_WITH_TARGETS: Final[dict[str, Callable[[PapersOfCycle, Targets, _Only], Paper]]] = {
    "strategy": PapersOfCycle._strategy,
    "breakdown": PapersOfCycle._breakdown,
    "actions": PapersOfCycle._actions,
}
