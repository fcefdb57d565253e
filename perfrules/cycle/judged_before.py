"""Judges a cycle that was judged before, with some policies changed, and does not judge again whom
nothing has changed for.

An appraisal is a pure function of a policy, a scorecard and a standing. Where all three are what
they were, so is whatever is read from it: what it says to the rounds, and the subject's line.
Kept are only those; the appraisals of ten thousand people would fill the memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from perfrules.cycle.evaluate_cycle import judged_line
from perfrules.cycle.groups import Stands
from perfrules.cycle.judging import Heard, Judging
from perfrules.diagnostics import Diagnostic
from perfrules.intake.from_tables import Subject
from perfrules.model.appraisal import Appraisal
from perfrules.model.cycle_result import Judged
from perfrules.model.scorecard import Scorecard
from perfrules.model.standing import Standing

__all__ = ["JudgingAgain", "Memory"]

_KEPT: Final = 12
"""So many of the last states of a subject are kept."""


class _State(NamedTuple):
    """All that an appraisal depends on, what can be told apart fastest first."""

    digest: str
    at_fault: bool
    standing: dict[str, Stands]
    card: Scorecard
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier runs over the same cycle have found, by subject."""

    heard: dict[str, list[tuple[_State, Heard | None]]] = field(default_factory=dict)
    lines: dict[str, list[tuple[_State, Judged]]] = field(default_factory=dict)
    gathered: dict[
        str, list[tuple[tuple[str, tuple[_State, ...]], Scorecard, tuple[Diagnostic, ...]]]
    ] = field(default_factory=dict)


class JudgingAgain(Judging):
    """All subjects of a cycle, as `Judging`, with what `memory` knows of them; it learns what is
    found. `count` is how many appraisals were made."""

    def __init__(self, subjects: Iterable[Subject], salt: str, memory: Memory) -> None:
        super().__init__(subjects, salt)
        self.memory, self.count = memory, 0

    def lines(self) -> Iterator[Judged]:
        """Everybody's line, in the order of the ids, after `prepare`."""
        for subject in self.subjects.values():
            yield self._line(subject)

    def _evaluated(self, subject: Subject, standing: Standing) -> Appraisal | None:
        self.count += 1
        return super()._evaluated(subject, standing)

    def _state(self, subject: Subject) -> _State | None:
        """None of somebody whose appraisal is put together of others."""
        if subject.segments or subject.policy is None:
            return None
        name = subject.scorecard.subject
        return _State(
            subject.policy.digest,
            self._at_fault(subject),
            dict(self.standing.get(name, {})),
            self._card(subject),
            self.problems(subject),
        )

    def _heard(self, subject: Subject) -> Heard | None:
        state = self._state(subject)
        if state is None:
            return super()._heard(subject)
        known = self.memory.heard.setdefault(subject.scorecard.subject, [])
        for before, heard in known:
            if before == state:
                return heard
        found = super()._heard(subject)
        known.append((state, found))
        del known[:-_KEPT]
        return found

    def _line(self, subject: Subject) -> Judged:
        state = self._state(subject)
        if state is None:
            return judged_line(subject, self)[0]
        known = self.memory.lines.setdefault(subject.scorecard.subject, [])
        for before, line in known:
            if before == state:
                return line
        found, _ = judged_line(subject, self)
        known.append((state, found))
        del known[:-_KEPT]
        return found

    def _gather_one(self, unit: Subject, members: Sequence[Subject]) -> None:
        name = unit.scorecard.subject
        states = [state for one in members if (state := self._state(one)) is not None]
        if unit.policy is None or len(states) < len(members):
            super()._gather_one(unit, members)
            return
        key = (unit.policy.digest, tuple(states))
        known = self.memory.gathered.setdefault(name, [])
        for before, card, problems in known:
            if before == key:
                self.cards[name] = card
                if problems:
                    self.own_problems[name] = problems
                return
        super()._gather_one(unit, members)
        known.append((key, self.cards[name], self.own_problems.get(name, ())))
        del known[:-_KEPT]
