"""Judges subjects of whom some wait for others: teams for their members, members for their team,
everybody for the group that a rule compares them with.

An appraisal is a pure function of a scorecard and a standing. So everybody is simply judged
again in rounds: each tells how far the others are, until nobody waits. Between rounds only the few
figures that rules compare are kept, never the appraisals.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from perfrules.cycle.groups import Candidate, pseudonyms, resolve
from perfrules.cycle.members import members_of, reads_members
from perfrules.diagnostics import Cell, Diagnostic
from perfrules.evaluation.evaluate import evaluate
from perfrules.model.appraisal import Appraisal
from perfrules.model.datum import Datum, Origin
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Scorecard, Segment
from perfrules.model.scoring import Bands
from perfrules.model.standing import Alone, Figures, Group, Position, Share, Standing
from perfrules.reading.data.from_tables import Subject

__all__ = ["Judging", "judged_together"]

_UNITS: Final = ("project", "department", "team")
"""In the order in which they are judged: a team may read what its department came to."""

_ABOVE: Final = {"team": ("team", "department"), "department": ("department",)}
"""The columns whose groups take in the small groups of a column, nearest first."""


class Judging:
    """All subjects of a cycle. `groups` are those that rules compared, after `prepare`."""

    def __init__(self, subjects: Iterable[Subject], salt: str) -> None:
        self.subjects = {one.scorecard.subject: one for one in subjects}
        self.salt = salt
        self.groups: list[Group] = []
        self.standing: dict[str, dict[str, Position | Share | Alone | Diagnostic]] = {}
        self.cards: dict[str, Scorecard] = {}
        """Scorecards of units with what their members give, which the data do not have."""
        self.results: dict[str, dict[str, Datum]] = {}
        """What a unit came to: total, grade, attainment, and the columns of its row."""
        self.own_problems: dict[str, tuple[Diagnostic, ...]] = {}

    def prepare(self) -> None:
        """Judges all that others wait for, until everybody can be judged."""
        people = [one for one in self.subjects.values() if one.kind in ("person", "segment")]
        units = [one for one in self.subjects.values() if one.kind in _UNITS]
        for kind in _UNITS:
            of_kind = [one for one in units if one.kind == kind]
            for unit in of_kind:
                if unit.policy is not None and reads_members(unit.policy):
                    self._gather(unit, people)
            self._rounds(of_kind)
            for unit in of_kind:
                self.results[unit.scorecard.subject] = self._result(unit)
        self._rounds(people)

    def appraisal(self, subject: Subject) -> Appraisal | None:
        """The subject's appraisal; None where its data or its role are at fault."""
        return self._evaluated(subject, self.standing.get(subject.scorecard.subject, {}))

    def problems(self, subject: Subject) -> tuple[Diagnostic, ...]:
        """What is wrong with the subject's data, and with those of its segments or members."""
        return (*subject.problems, *self.own_problems.get(subject.scorecard.subject, ()))

    def _at_fault(self, subject: Subject) -> bool:
        return subject.policy is None or any(
            problem.severity == "error" for problem in self.problems(subject)
        )

    def _evaluated(self, subject: Subject, standing: Standing | None) -> Appraisal | None:
        if subject.segments and subject.policy is not None and not self._at_fault(subject):
            self._put_together(subject)
        if self._at_fault(subject):
            return None
        assert subject.policy is not None
        return evaluate(subject.policy, self._card(subject), standing)

    def _card(self, subject: Subject) -> Scorecard:
        """The scorecard with all that comes from other subjects."""
        person = subject.scorecard.subject
        card = self.cards.get(person, subject.scorecard)
        known = {
            kind: self.results[unit]
            for kind, unit in subject.unit_ids.items()
            if unit in self.results and unit != person
        }
        return replace(card, units=known) if known else card

    # ---- segments

    def _put_together(self, subject: Subject) -> None:
        """The scorecard of somebody who moved, from the appraisals of the segments."""
        person = subject.scorecard.subject
        segments = []
        for name in subject.segments:
            part = self.subjects[name]
            appraisal = self.appraisal(part)
            if appraisal is None or not appraisal.complete:
                facts = {"person": person, "segment": name}
                found = Diagnostic("segment-at-fault", subject.place, facts)
                self.own_problems[person] = (found,)
                return
            segments.append(_segment(part, appraisal))
        self.cards[person] = replace(subject.scorecard, segments=tuple(segments))

    def _waits_for_segments(self, subject: Subject) -> bool:
        parts = [self.subjects[name] for name in subject.segments]
        found = (self.appraisal(part) for part in parts)
        return any(one is not None and one.waiting for one in found)

    # ---- units

    def _gather(self, unit: Subject, people: Iterable[Subject]) -> None:
        """What the members of a unit give to its figures."""
        assert unit.policy is not None
        name = unit.scorecard.subject
        members = [
            (one, self._evaluated(one, {}))
            for one in people
            if one.unit_ids.get(unit.kind) == name and not one.segments
        ]
        people_of = [one.scorecard.subject for one, _ in members]
        card, problems = members_of(
            unit, members, pseudonyms(f"members · {name}", people_of, self.salt)
        )
        self.cards[name] = card
        if problems:
            self.own_problems[name] = problems

    def _result(self, unit: Subject) -> dict[str, Datum]:
        """What others may read of a unit."""
        known = dict(unit.scorecard.person)
        appraisal = self.appraisal(unit)
        if appraisal is not None and appraisal.complete:
            for path in ("total", "grade", "attainment"):
                step = appraisal.steps.get(path)
                if step is not None:
                    origin = Origin(record=unit.scorecard.subject, step=path)
                    known[path] = Datum(step.value, origin)
        return known

    # ---- rounds

    def _rounds(self, subjects: Iterable[Subject]) -> None:
        """Until nobody waits: judges all, and settles the first rules that somebody waits for."""
        concerned = [one for one in subjects if one.policy is not None and _compares(one.policy)]
        done: set[str] = set()
        while concerned:
            waits = self._waits(concerned)
            if not waits:
                return
            first = min(_stage(rule) for rule in waits)
            for rule in sorted(waits):
                if _stage(rule) != first or rule in done:
                    continue
                done.add(rule)
                resolved = resolve(rule, waits[rule], self.salt)
                self.groups += resolved.groups
                for subject, found in resolved.standing.items():
                    self.standing.setdefault(subject, {})[rule] = found

    def _waits(self, subjects: Iterable[Subject]) -> dict[str, list[Candidate]]:
        waits: dict[str, list[Candidate]] = {}
        for subject in subjects:
            if subject.segments and self._waits_for_segments(subject):
                continue
            person = subject.scorecard.subject
            appraisal = self.appraisal(subject)
            if appraisal is None or not appraisal.complete:
                continue
            for figures in appraisal.waiting:
                units = _units(subject, appraisal.policy, figures)
                candidate = Candidate(person, appraisal.policy, figures, units)
                waits.setdefault(figures.rule, []).append(candidate)
        return waits


def judged_together(policy: Policy, cards: Iterable[Scorecard]) -> dict[str, Appraisal]:
    """The appraisals of subjects that one policy judges, compared with one another by its rules
    between subjects; by subject."""
    place = Cell(policy.places.get("policy", policy.id))
    subjects = [
        Subject(card, "", policy.id, "", "", policy, (), place, kind=policy.subject)
        for card in cards
    ]
    judging = Judging(subjects, "")
    judging.prepare()
    found = {one.scorecard.subject: judging.appraisal(one) for one in subjects}
    return {name: appraisal for name, appraisal in found.items() if appraisal is not None}


def _compares(policy: Policy) -> bool:
    """Whether a policy has a rule between subjects."""
    percentiles = any(
        isinstance(one.score, Bands) and one.score.on == "percentile" for one in policy.indicators
    )
    awards = any(one.top is not None for one in policy.awards)
    return percentiles or awards or policy.distribution is not None or bool(policy.pools)


def _stage(rule: str) -> int:
    """Percentiles make totals, totals make grades, grades make awards and money."""
    return {"indicators": 0, "distribution": 1}.get(rule.partition(".")[0], 2)


def _units(subject: Subject, policy: Policy, figures: Figures) -> tuple[str | None, ...]:
    """The names of the groups that the subject is in, from the rule's column up to everybody."""
    kind, _, name = figures.rule.partition(".")
    within: str | None = None
    if kind == "distribution" and policy.distribution is not None:
        within = policy.distribution.within
    elif kind == "indicators":
        score = policy.indicator[name].score
        within = score.within if isinstance(score, Bands) else None
    else:
        columns = {one.path: one.within for one in policy.awards}
        columns |= {one.path: one.within for one in policy.pools}
        within = columns[figures.rule]
    if within is None:
        return ("*",)
    levels = _ABOVE.get(within, (within,))
    return (*(_unit(subject, policy, level) for level in levels), "*")


def _unit(subject: Subject, policy: Policy, column: str) -> str | None:
    if column == "role":
        return f"role={policy.id}"
    datum = subject.scorecard.person.get(column)
    if datum is None:
        return None
    value = datum.value if isinstance(datum.value, str | Decimal) else str(datum.value)
    return f"{column}={value}"


def _segment(part: Subject, appraisal: Appraisal) -> Segment:
    """What came of one role of somebody who moved."""
    name = part.scorecard.subject

    def read(path: str) -> Datum:
        return Datum(appraisal.steps[path].value, Origin(record=name, step=path))

    first, last = part.days if part.days is not None else (None, None)
    assert first is not None
    assert last is not None
    figures = {
        f"{indicator}.{what}": read(f"indicators.{indicator}.{what}")
        for indicator in appraisal.policy.indicator
        for what in ("actual", "target", "baseline", "attainment", "score")
        if f"indicators.{indicator}.{what}" in appraisal.steps
    }
    grade = appraisal.steps.get("grade")
    capped = grade is not None and any(
        veto.grade is not None for veto in appraisal.policy.vetoes if veto.name in appraisal.vetoed
    )
    return Segment(
        record=name,
        days=Datum(Decimal((last - first).days + 1), Origin(str(part.place), record=name)),
        total=read("total"),
        pay={plan: read(f"pay.{plan}") for plan in appraisal.pay},
        figures=figures,
        cap=read("grade") if capped else None,
    )
