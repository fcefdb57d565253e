"""Judges a cycle that was judged before, with some policies changed, and does not judge again whom
nothing has changed for.

An appraisal is a pure function of a policy, a scorecard and a standing. Where all three are what
they were, so is whatever is read from it: what it says to the rounds, and the subject's line. An
appraisal that waits for a rule ended before it, so that it asks for the same of the policy only up
to there. Nothing else is kept; the appraisals of ten thousand people would fill the memory.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar

from perfrules.cycle.comparing import FIGURES, LAST, stage
from perfrules.cycle.evaluate_cycle import judged_line
from perfrules.cycle.groups import Stands
from perfrules.cycle.heard import Heard
from perfrules.cycle.judging import Judging
from perfrules.diagnostics import Diagnostic
from perfrules.intake.from_tables import Subject
from perfrules.language.to_resolved import resolved_json
from perfrules.model.appraisal import Appraisal
from perfrules.model.cycle_result import Judged
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Scorecard
from perfrules.model.standing import Standing

__all__ = ["JudgingAgain", "Memory"]

Kept = TypeVar("Kept")

_KEPT: Final = 12
"""So many of the last states of a subject are kept."""

_AFTER_GRADES: Final = frozenset((
    "awards", "incentives", "payouts", "pools", "follow_ups", "warnings", "guardrails",
))  # fmt: skip
"""Keys that nothing reads before the distribution is settled."""

_AFTER_TOTALS: Final = _AFTER_GRADES | {"grades", "distribution"}
"""Keys that nothing reads before the percentiles and the figures of groups are."""


class _Gist(NamedTuple):
    """Digests of a policy: of the whole, of what comes before awards and pay, and before grades."""

    whole: str
    to_grades: str
    to_totals: str


class _State(NamedTuple):
    """All that an appraisal depends on beside the policy, what is told apart fastest first."""

    at_fault: bool
    standing: dict[str, Stands]
    card: Scorecard
    problems: tuple[Diagnostic, ...]


class _Spoken(NamedTuple):
    """What an appraisal has said, and under which policy; `as_far` is the digest it rests on."""

    gist: _Gist
    state: _State
    said: Heard | None
    as_far: int


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier runs over the same cycle have found, by subject."""

    spoken: dict[str, list[_Spoken]] = field(default_factory=dict)
    lines: dict[str, list[tuple[str, _State, Judged]]] = field(default_factory=dict)


class JudgingAgain(Judging):
    """All subjects of a cycle, as `Judging`, with what `memory` knows of them; it learns what is
    found. `count` is how many appraisals were made."""

    def __init__(self, subjects: Sequence[Subject], salt: str, memory: Memory) -> None:
        super().__init__(subjects, salt)
        self.memory, self.count = memory, 0
        policies = {policy.digest: policy for one in subjects if (policy := one.policy)}
        self.gists = {digest: _gist(policy) for digest, policy in policies.items()}

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
        return _State(
            self._at_fault(subject),
            dict(self.standing.get(subject.scorecard.subject, {})),
            self._card(subject),
            self.problems(subject),
        )

    def _spoken(self, subject: Subject, state: _State) -> _Spoken | None:
        """What the subject's appraisal is known to say."""
        assert subject.policy is not None
        gist = self.gists[subject.policy.digest]
        for one in self.memory.spoken.get(subject.scorecard.subject, ()):
            alike = one.gist[one.as_far] == gist[one.as_far] and one.state == state
            if alike and (one.said is None or self.asked <= one.said.gives.keys()):
                return one
        return None

    def _judged_again(self, subject: Subject) -> Appraisal | None:
        appraisal = super()._judged_again(subject)
        state = self._state(subject)
        if state is not None:
            assert subject.policy is not None
            said = None if appraisal is None else Heard.of(appraisal, self.asked)
            gist = self.gists[subject.policy.digest]
            spoken = _Spoken(gist, state, said, _as_far(said))
            _keep(self.memory.spoken.setdefault(subject.scorecard.subject, []), spoken)
        return appraisal

    def _heard(self, subject: Subject) -> Heard | None:
        state = self._state(subject)
        known = None if state is None else self._spoken(subject, state)
        return super()._heard(subject) if known is None else known.said

    def _line(self, subject: Subject) -> Judged:
        state = self._state(subject)
        if state is None:
            return judged_line(subject, self)[0]
        assert subject.policy is not None
        known = self.memory.lines.setdefault(subject.scorecard.subject, [])
        for digest, before, line in known:
            if digest == subject.policy.digest and before == state:
                return line
        found, _ = judged_line(subject, self)
        _keep(known, (subject.policy.digest, state, found))
        return found


def _gist(policy: Policy) -> _Gist:
    """Which figures an indicator needs follows from all who read them, so that it is counted to the
    indicators."""
    needs = [(one.name, one.reads_actual, one.attains) for one in policy.indicators]

    def digest(without: Callable[[str], bool]) -> str:
        kept = {key: one for key, one in policy.resolved.items() if not without(key)}
        text = f"{policy.label}\n{policy.order}\n{needs}\n{resolved_json(kept)}"
        return hashlib.sha256(text.encode()).hexdigest()

    return _Gist(
        policy.digest, digest(_AFTER_GRADES.__contains__), digest(_AFTER_TOTALS.__contains__)
    )


def _as_far(said: Heard | None) -> int:
    """Which of the digests it rests on: one that waits ended before what it waits for."""
    if said is None or not said.complete or not said.waiting:
        return 0
    last = max(stage(figures.rule) for figures in said.waiting)
    return 2 if last <= FIGURES else 1 if last < LAST else 0


def _keep(known: list[Kept], found: Kept) -> None:
    known.append(found)
    del known[:-_KEPT]
