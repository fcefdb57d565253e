"""What the members of a team, department or project give to its own figures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from perfrules.cycle.heard import Heard, step_of
from perfrules.diagnostics import Diagnostic
from perfrules.intake.from_tables import Subject
from perfrules.model.datum import Datum, Origin
from perfrules.model.indicator import RollUp
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Measure, Member, Scorecard

__all__ = ["asked_of_members", "members_of", "reads_members"]


def reads_members(policy: Policy) -> bool:
    """Whether a policy rolls figures up."""
    return any(one.roll_up is not None for one in policy.indicators)


def asked_of_members(policies: Iterable[Policy]) -> frozenset[str]:
    """The figures that these policies of units roll up, and those by which they weigh them."""
    ups = [one.roll_up for policy in policies for one in policy.indicators if one.roll_up]
    rules = [rule for one in ups for rule in (one.actual, one.target) if rule is not None]
    return frozenset(name for rule in rules for name in (rule.of, rule.weight) if name is not None)


def members_of(
    unit: Subject,
    members: Sequence[tuple[Subject, Heard | None]],
    pseudonyms: Mapping[str, str],
) -> tuple[Scorecard, tuple[Diagnostic, ...]]:
    """The unit's scorecard with its members' figures, and what is missing of them.

    What is heard of them was said without anything of the unit: a figure that needs the unit's is
    not there yet, and that is a circle. A member whose data are at fault has none, and the unit
    then no result: a sum that lacks somebody is not the unit's.
    """
    assert unit.policy is not None
    problems: list[Diagnostic] = []
    measures = dict(unit.scorecard.measures)
    ordered = sorted(members, key=lambda one: pseudonyms[one[0].scorecard.subject])
    for indicator in unit.policy.indicators:
        own = measures.get(indicator.name, Measure())
        rule = indicator.actual_from_members
        if rule is not None and not own.members:
            found = tuple(_figures(rule, ordered, pseudonyms, unit, problems))
            own = replace(own, members=found)
        rule = indicator.target_from_members
        if rule is not None and not own.member_targets:
            found = tuple(_figures(rule, ordered, pseudonyms, unit, problems))
            own = replace(own, member_targets=found)
        measures[indicator.name] = own
    return replace(unit.scorecard, measures=measures), tuple(problems)


def _figures(
    rule: RollUp,
    members: Iterable[tuple[Subject, Heard | None]],
    pseudonyms: Mapping[str, str],
    unit: Subject,
    problems: list[Diagnostic],
) -> Iterator[Member]:
    for subject, heard in members:
        if subject.policy is not None and not _has(subject.policy, rule.of):
            continue
        person = subject.scorecard.subject
        if heard is None:
            facts = {"unit": unit.scorecard.subject, "person": person, "figure": rule.of}
            problems.append(Diagnostic("member-without-figure", rule.place or unit.place, facts))
            continue
        figure = _given(heard, rule.of, pseudonyms[person])
        weight = None if rule.weight is None else _given(heard, rule.weight, pseudonyms[person])
        if figure is None or (rule.weight is not None and weight is None):
            code = "subject-circle" if heard.lacks_unit else "member-without-figure"
            lacking = rule.of if figure is None else str(rule.weight)
            facts = {"unit": unit.scorecard.subject, "person": person, "figure": lacking}
            problems.append(Diagnostic(code, rule.place or unit.place, facts))
            if code == "subject-circle":
                return  # it is the same for all of them
        else:
            yield Member(figure, weight)


def _has(policy: Policy, figure: str) -> bool:
    """Whether the policy has the figure at all; a member of another role does not count."""
    return figure == "total" or figure.partition(".")[0] in policy.indicator


def _given(heard: Heard, name: str, member: str) -> Datum | None:
    """A figure of a member, who is named by the pseudonym."""
    value = heard.gives[name]
    return None if value is None else Datum(value, Origin(member=member, step=step_of(name)))
