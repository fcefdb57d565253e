"""Judges subjects of whom some wait for others: teams for their members, members for their team,
everybody for the group that a rule compares them with.

An appraisal is a pure function of a scorecard and a standing. So everybody is simply judged
again in rounds: each tells how far the others are, until nobody waits. Between rounds only the few
figures that rules compare are kept, never the appraisals.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from perfrules.cycle.comparing import FIGURES, LAST, group_rules, groups_of, stage
from perfrules.cycle.groups import Candidate, Stands, pseudonyms
from perfrules.cycle.heard import Heard, UnitResults
from perfrules.cycle.many_cores import spread
from perfrules.cycle.members import asked_of_members, members_of, reads_members
from perfrules.cycle.moved import event_in_segments, segment_of
from perfrules.cycle.settling import settled
from perfrules.diagnostics import Cell, Diagnostic
from perfrules.evaluation.evaluate import evaluate
from perfrules.intake.from_tables import Subject
from perfrules.model.appraisal import Appraisal
from perfrules.model.datum import Datum, Origin
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Scorecard
from perfrules.model.standing import Group, Standing

__all__ = ["Judging", "judged_together"]

_UNITS: Final = ("project", "department", "team")
"""In the order in which they are judged: a team may read what its department came to."""

_RESULTS: Final = ("total", "grade", "attainment")
"""What others may read of a unit's result."""


_Left = list[tuple[Subject, tuple[str, ...] | None]]
"""Those of a round who still wait, with the indicators that were left out; None where it is their
segments that wait. An appraisal itself is not kept: ten thousand would fill the memory."""


class _Look(NamedTuple):
    """What was heard of a subject before the units had results, when so many rules were settled
    for it."""

    settled: int
    heard: Heard | None


class Judging:
    """All subjects of a cycle. `groups` are those that rules compared, after `prepare`.

    `salt` is what the pseudonyms in the groups depend on, `jobs` how many processes judge.
    """

    def __init__(self, subjects: Iterable[Subject], salt: str, jobs: int = 1) -> None:
        self.jobs = jobs
        self.subjects = {one.scorecard.subject: one for one in subjects}
        self.salt = salt
        self.told: Callable[[], object] = lambda: None
        self.rules: dict[str, tuple[str, ...]] = {}
        """The rules between subjects of each policy, by its label."""
        for one in self.subjects.values():
            if one.policy is not None and one.policy.label not in self.rules:
                self.rules[one.policy.label] = tuple(group_rules(one.policy))
        self.groups: list[Group] = []
        self.standing: dict[str, dict[str, Stands]] = {}
        self.cards: dict[str, Scorecard] = {}
        """Scorecards of units with what their members give, which the data do not have."""
        self.results: dict[str, dict[str, Datum]] = {}
        """What a unit came to: total, grade, attainment, and the columns of its row."""
        self.own_problems: dict[str, tuple[Diagnostic, ...]] = {}
        self.asked: frozenset[str] = frozenset()
        """The figures that units roll up of their members."""
        self.looks: dict[str, _Look] = {}

    @property
    def rounds(self) -> int:
        """How many appraisals `prepare` makes: one for each stage of the rules between subjects.
        Units that are rolled up, and figures that read percentiles, ask for more."""
        stages = {label: len({stage(one) for one in rules}) for label, rules in self.rules.items()}
        policies = (one.policy for one in self.subjects.values())
        return sum(stages[policy.label] for policy in policies if policy is not None)

    def prepare(self, told: Callable[[], object] = lambda: None) -> None:
        """Judges all that others wait for, until everybody can be judged.

        `told` is called for every appraisal that is made on the way: about `rounds` of them.
        """
        self.told = told
        people = [one for one in self.subjects.values() if one.kind in ("person", "segment")]
        units = [one for one in self.subjects.values() if one.kind in _UNITS]
        gathering = [one for one in units if one.policy is not None and reads_members(one.policy)]
        self.asked = asked_of_members(one.policy for one in gathering if one.policy is not None)
        if gathering:
            self._rounds(people, before_units=True)
        for kind in _UNITS:
            of_kind = [one for one in units if one.kind == kind]
            self._gather([one for one in gathering if one.kind == kind], people)
            self._rounds(of_kind)
            for unit in of_kind:
                self.results[unit.scorecard.subject] = self._result(unit)
        self._rounds(people)
        self.looks.clear()

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

    def _evaluated(self, subject: Subject, standing: Standing) -> Appraisal | None:
        if subject.segments and not self._at_fault(subject):
            self._put_together(subject)
        if self._at_fault(subject):
            return None
        assert subject.policy is not None
        return evaluate(subject.policy, self._card(subject), standing)

    def _card(self, subject: Subject) -> Scorecard:
        """The scorecard with all that comes from other subjects."""
        person = subject.scorecard.subject
        card = self.cards.get(person, subject.scorecard)
        units = self._units_of(subject)
        if not units:
            return card
        known = {
            kind: self.results[unit]
            for kind, unit in units.items()
            if unit in self.results and unit != person
        }
        return replace(card, units=UnitResults(known or card.units))

    def _units_of(self, subject: Subject) -> Mapping[str, str]:
        """The units that a subject belongs to, by kind: those that its columns name, and of a unit
        those above it."""
        if not subject.parent:
            return subject.unit_ids
        found = dict(subject.unit_ids)
        parent = self.subjects.get(subject.parent)
        while parent is not None:
            found.setdefault(parent.kind, parent.scorecard.subject)
            parent = self.subjects.get(parent.parent)
        return found

    # ---- segments

    def _put_together(self, subject: Subject) -> None:
        """The scorecard of somebody who moved, from the appraisals of the segments."""
        person = subject.scorecard.subject
        segments = []
        parts = [self.subjects[name] for name in subject.segments]
        assert subject.policy is not None
        event = event_in_segments(subject.policy, parts)
        if event is not None:
            facts = {"person": person, "event": event}
            self.own_problems[person] = (Diagnostic("event-in-segment", subject.place, facts),)
            return
        for name, part in zip(subject.segments, parts, strict=True):
            appraisal = self.appraisal(part)
            if appraisal is None or not appraisal.complete:
                facts = {"person": person, "segment": name}
                found = Diagnostic("segment-at-fault", subject.place, facts)
                self.own_problems[person] = (found,)
                return
            segments.append(segment_of(part, appraisal))
        self.cards[person] = replace(subject.scorecard, segments=tuple(segments))

    def _waits_for_segments(self, subject: Subject) -> bool:
        parts = [self.subjects[name] for name in subject.segments]
        found = (self.appraisal(part) for part in parts)
        return any(one is not None and one.waiting for one in found)

    # ---- units

    def _gather(self, units: Sequence[Subject], people: Iterable[Subject]) -> None:
        """What the members of each unit give to its figures. Units of one kind."""
        members: dict[str, list[Subject]] = {one.scorecard.subject: [] for one in units}
        for one in people if units else ():
            unit = one.unit_ids.get(units[0].kind)
            if unit in members and not one.segments:
                members[unit].append(one)
        unheard = [one for some in members.values() for one in some if self._known(one) is None]
        for one, heard in zip(unheard, spread(self._heard, unheard, self.jobs), strict=True):
            self.told()
            self._note(one, heard)
        for subject in units:
            self._gather_one(subject, members[subject.scorecard.subject])

    def _gather_one(self, unit: Subject, members: Sequence[Subject]) -> None:
        name = unit.scorecard.subject
        given = [(one, self.looks[one.scorecard.subject].heard) for one in members]
        lots = pseudonyms(
            f"members · {name}", (one.scorecard.subject for one in members), self.salt
        )
        self.cards[name], problems = members_of(unit, given, lots)
        if problems:
            self.own_problems[name] = problems

    def _result(self, unit: Subject) -> dict[str, Datum]:
        """What others may read of a unit. A column that is called like a result is none."""
        card = unit.scorecard
        facts = ((name, card.last_fact(name)) for name in card.person if name not in _RESULTS)
        known = {name: one for name, one in facts if one is not None}
        appraisal = self.appraisal(unit)
        if appraisal is not None and appraisal.complete:
            for path in _RESULTS:
                step = appraisal.steps.get(path)
                if step is not None:
                    origin = Origin(record=unit.scorecard.subject, step=path)
                    known[path] = Datum(step.value, origin)
        return known

    # ---- rounds

    def _judged_again(self, subject: Subject) -> Appraisal | None:
        """The appraisal as far as it comes by now."""
        return self.appraisal(subject)

    def _rounds(self, subjects: Iterable[Subject], *, before_units: bool = False) -> None:
        """Until nobody waits: judges all, and settles the rules of the first stage that somebody
        waits for. Before the units have results, only the rules whose members do not wait for
        those."""
        left = [one for one in subjects if one.policy is not None and self._unsettled(one)]
        closed: set[str] = set()
        while left:
            waits: dict[str, list[Candidate]] = {}
            waiting: _Left = []
            for subject, heard in zip(left, spread(self._looked_at, left, self.jobs), strict=True):
                if heard != "segments":
                    self._note(subject, heard)
                self._wait(subject, heard, waits, waiting, before_units=before_units)
            first = min(map(stage, waits), default=LAST)
            ready = [rule for rule in waits if stage(rule) == first]
            stuck = False
            if first <= FIGURES:
                timely = [one for one in ready if not self._to_come(one, waits[one], waiting)]
                stuck = not timely and not before_units  # they wait for one another
                ready = ready if stuck else timely
            if not ready or (before_units and first > FIGURES):
                return
            for rule in closed.intersection(ready):
                self._refuse_late(rule, waits.pop(rule))
            self._settle({rule: waits[rule] for rule in sorted(ready) if rule in waits})
            closed.update(ready if stuck else ())
            # Nothing comes after the last stage, and of the others only what is not settled yet.
            left = [one for one, _ in waiting if first < LAST and self._unsettled(one)]

    def _unsettled(self, subject: Subject) -> bool:
        """Whether the subject's policy has a rule under which it has no standing yet."""
        assert subject.policy is not None
        known = self.standing.get(subject.scorecard.subject, {})
        return any(rule not in known for rule in self.rules[subject.policy.label])

    def _looked_at(self, subject: Subject) -> Heard | Literal["segments"] | None:
        """How far a subject is, or that its segments wait. Several processes may look."""
        if subject.segments and self._waits_for_segments(subject):
            return "segments"
        known = self._known(subject)
        return self._heard(subject) if known is None else known.heard

    def _known(self, subject: Subject) -> _Look | None:
        """What was heard of a subject, as long as it would say the same again."""
        name = subject.scorecard.subject
        look = self.looks.get(name)
        if look is None or subject.segments or look.settled != len(self.standing.get(name, {})):
            return None
        return None if look.heard is not None and look.heard.asked_units else look

    def _note(self, subject: Subject, heard: Heard | None) -> None:
        name = subject.scorecard.subject
        self.looks[name] = _Look(len(self.standing.get(name, {})), heard)

    def _wait(
        self, subject: Subject, heard: Heard | Literal["segments"] | None,
        waits: dict[str, list[Candidate]], waiting: _Left, *, before_units: bool,
    ) -> None:  # fmt: skip
        """Notes the rules that a subject waits for."""
        if heard == "segments":
            waiting.append((subject, None))
            return
        self.told()
        policy = subject.policy
        if heard is None or policy is None:
            return
        if not heard.complete:
            if before_units and heard.lacks_unit:
                waiting.append((subject, heard.excluded))
            return
        for figures in heard.waiting:
            groups = groups_of(subject, policy, figures.rule, self._units_of(subject))
            candidate = Candidate(subject.scorecard.subject, policy, figures, groups)
            waits.setdefault(figures.rule, []).append(candidate)
        if heard.waiting:
            waiting.append((subject, heard.excluded))

    def _heard(self, subject: Subject) -> Heard | None:
        """What a subject's appraisal says to the rounds; None where its data are at fault."""
        appraisal = self._judged_again(subject)
        return None if appraisal is None else Heard.of(appraisal, self.asked)

    def _to_come(self, rule: str, candidates: Iterable[Candidate], waiting: _Left) -> bool:
        """Whether somebody who waits for another rule may come to wait for this one as well: a
        percentile of a figure that reads another percentile's score. Who moved was compared in each
        of the roles."""
        there = {one.subject for one in candidates}
        for subject, excluded in waiting:
            name = subject.scorecard.subject
            if (
                excluded is None
                or subject.segments
                or name in there
                or rule in self.standing.get(name, {})
            ):
                continue
            assert subject.policy is not None
            out = rule.removeprefix("indicators.") in excluded
            if not out and rule in self.rules[subject.policy.label]:
                return True
        return False

    def _refuse_late(self, rule: str, candidates: Iterable[Candidate]) -> None:
        """Those who come to wait for a percentile when the group was compared: their figures and
        those of the group wait for each other."""
        facts = {"indicator": rule.removeprefix("indicators.")}
        for one in candidates:
            place = one.policy.places.get(rule)
            found = Diagnostic("needs-group", place, facts)
            self.standing.setdefault(one.subject, {})[rule] = found

    def _settle(self, waits: Mapping[str, Sequence[Candidate]]) -> None:
        """Compares the candidates of each rule."""
        found = settled(waits, self.salt, (group.name for group in self.groups))
        self.groups += found.groups
        for subject, stands in found.standing.items():
            self.standing.setdefault(subject, {}).update(stands)


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
