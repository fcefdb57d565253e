"""What the members of a team, department or project give to its own figures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from perfrules.diagnostics import Diagnostic
from perfrules.intake.from_tables import Subject
from perfrules.model.appraisal import Appraisal
from perfrules.model.datum import Datum, Origin
from perfrules.model.indicator import RollUp
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Measure, Member, Scorecard

__all__ = ["members_of", "reads_members"]


def reads_members(policy: Policy) -> bool:
    """Whether a policy rolls figures up."""
    return any(one.roll_up is not None for one in policy.indicators)


def members_of(
    unit: Subject,
    members: Sequence[tuple[Subject, Appraisal | None]],
    pseudonyms: Mapping[str, str],
) -> tuple[Scorecard, tuple[Diagnostic, ...]]:
    """The unit's scorecard with its members' figures, and what is missing of them.

    The appraisals are made without anything of the unit: a figure that needs the unit's is not
    there yet, and that is a circle. A member whose data are at fault has none, and the unit then
    no result: a sum that lacks somebody is not the unit's.
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
    members: Iterable[tuple[Subject, Appraisal | None]],
    pseudonyms: Mapping[str, str],
    unit: Subject,
    problems: list[Diagnostic],
) -> Iterator[Member]:
    for subject, appraisal in members:
        if subject.policy is not None and not _has(subject.policy, rule.of):
            continue
        person = subject.scorecard.subject
        if appraisal is None:
            facts = {"unit": unit.scorecard.subject, "person": person, "figure": rule.of}
            problems.append(Diagnostic("member-without-figure", rule.place or unit.place, facts))
            continue
        origin = Origin(member=pseudonyms[person], step=_path(rule.of))
        figure = _figure(appraisal, rule.of, origin)
        weight = _figure(appraisal, rule.weight, origin) if rule.weight is not None else None
        if figure is None or (rule.weight is not None and weight is None):
            code = "subject-circle" if _waits_for_unit(appraisal) else "member-without-figure"
            lacking = rule.of if figure is None else str(rule.weight)
            facts = {"unit": unit.scorecard.subject, "person": person, "figure": lacking}
            problems.append(Diagnostic(code, rule.place or unit.place, facts))
            if code == "subject-circle":
                return  # it is the same for all of them
        elif rule.weight is None:
            yield Member(figure)
        elif weight is not None:
            shown = weight.origin._replace(step=_path(rule.weight))
            yield Member(figure, Datum(weight.value, shown))


def _has(policy: Policy, figure: str) -> bool:
    """Whether the policy has the figure at all; a member of another role does not count."""
    return figure == "total" or figure.partition(".")[0] in policy.indicator


def _path(name: str) -> str:
    return name if name == "total" or name.startswith("person.") else f"indicators.{name}"


def _figure(appraisal: Appraisal, name: str, origin: Origin) -> Datum | None:
    if name.startswith("person."):
        found = appraisal.scorecard.last_fact(name.removeprefix("person."))
        return found and Datum(found.value, origin)
    step = appraisal.steps.get(_path(name))
    return None if step is None else Datum(step.value, origin)


def _waits_for_unit(appraisal: Appraisal) -> bool:
    """Whether the appraisal lacks what only a unit's own result can give."""
    return any(problem.code == "missing-unit-result" for problem in appraisal.problems)
