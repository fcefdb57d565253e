"""The subjects of a cycle and their policies -> what is agreed with them before it begins: a
confirmation for each, a handbook for each policy."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache

from perfrules.codes.code import Language
from perfrules.intake.from_tables import Subject
from perfrules.language.to_resolved import resolved_json
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Measure
from perfrules.papers.charts.from_policy import pay_curve
from perfrules.papers.documents.confirmation import confirmation
from perfrules.papers.documents.handbook import handbook
from perfrules.papers.documents.of_cycle import CycleOf
from perfrules.papers.paper.parts import Paper
from perfrules.records.papers.asked import Made
from perfrules.records.papers.common_currency import common_currency
from perfrules.records.papers.worked_example import worked_example
from perfrules.words.glossary import Glossary, Json
from perfrules.words.rules.rule import glossary_of

__all__ = ["PapersOfPolicies"]

_Only = frozenset[str] | None


class PapersOfPolicies:
    """Papers that a cycle's policies and targets give, in the language of `cycle`."""

    def __init__(self, subjects: Iterable[Subject], cycle: CycleOf) -> None:
        self.subjects = tuple(subjects)
        self.cycle = cycle
        self.policies: dict[str, Policy] = {}
        """The policies that judge somebody, by id; by their labels where several have one id."""
        found = {one.policy.label: one.policy for one in self.subjects if one.policy}
        for label, policy in sorted(found.items()):
            several = sum(1 for other in found.values() if other.id == policy.id) > 1
            self.policies[label if several else policy.id] = policy
        resolved = [_resolved(one) for one in self.policies.values()]
        self.currency = common_currency(resolved, cycle.language)

    def called(self) -> dict[str, str]:
        """The titles of the policies."""
        language: Language = self.cycle.language
        return {name: one.title.into(language) for name, one in self.policies.items()}

    def handbooks(self, asked: str, whom: _Only, cycle: Cycle) -> Iterator[Made]:
        """The handbook of each policy that judges one of `whom`; `asked` may be the policy's own
        name instead."""
        for name, policy in self.policies.items():
            judged = {
                known
                for one in self.subjects
                if one.policy is not None and one.policy.label == policy.label
                for known in (one.scorecard.subject, one.of)
            }
            if asked != name and (asked or (whom is not None and not judged & whom)):
                continue
            told = self._told(policy)
            example = worked_example(policy, cycle)
            curves = {
                plan: curve
                for plan in told.part("incentives")
                if (curve := pay_curve(told.resolved, plan)) is not None
            }
            yield name, handbook(told, policy.digest, self.cycle, example, curves)

    def confirmations(self, whom: _Only) -> Iterator[Made]:
        """One for each subject who has a policy; for somebody who changed role one of each."""
        for one in self.subjects:
            known = {one.scorecard.subject, one.of} - {""}
            if (whom is not None and not known & whom) or one.policy is None or one.segments:
                continue
            yield one.scorecard.subject, self._confirmation(one, one.policy)

    def _confirmation(self, one: Subject, policy: Policy) -> Paper:
        measures = one.scorecard.measures
        agreed = {name: dict(_given(measure)) for name, measure in measures.items()}
        told = self._told(policy)
        named = self.cycle.named(one.scorecard.subject, one.name)
        head = tuple(self._head(one, named))
        return confirmation(named, head, told, agreed, policy.digest, self.cycle)

    def _head(self, one: Subject, named: str) -> Iterator[tuple[str, str]]:
        say = self.cycle.say
        yield (
            say("被考核人", "Name") if one.kind in ("person", "segment") else say("对象", "Name"),
            named,
        )
        if one.policy is not None:
            version = one.policy.version
            title = self.cycle.text(one.policy.title)
            yield (
                say("考核方案", "Policy"),
                say(f"{title}（版本 {version}）", f"{title} (version {version})"),
            )
        for name, value in (
            (say("部门", "Department"), one.department), (say("团队", "Team"), one.team),
        ):  # fmt: skip
            if value:
                yield name, value
        if one.days is not None:
            first, last = (day.isoformat() for day in one.days)
            yield say("任职期间", "In this role"), say(f"{first} 至 {last}", f"{first} to {last}")

    def _told(self, policy: Policy) -> Glossary:
        return glossary_of(_resolved(policy), self.cycle.language, self.currency)


@lru_cache(maxsize=256)
def _parsed(text: str) -> Json:
    found: Json = json.loads(text)
    return found


def _resolved(policy: Policy) -> Json:
    """The resolved policy as result folders keep it."""
    return _parsed(resolved_json(policy.resolved))


def _given(measure: Measure) -> Iterator[tuple[str, object]]:
    """What the data say before the cycle: nothing of what was reached."""
    for name, datum in (
        ("target", measure.target), ("baseline", measure.baseline), ("weight", measure.weight),
        *measure.figures.items(),
    ):  # fmt: skip
        if datum is not None:
            yield name, datum.value
