"""targets.yaml and the data of the cycle: whose targets it states, whether the two agree, and the
targets of the people and units in the roster."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from perfrules.codes.code import Severity, Text
from perfrules.diagnostics import Diagnostic, Findings, Span, closest
from perfrules.exact import plain
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.cells.units import shown_amount
from perfrules.intake.figures.figure_cells import NOTHING
from perfrules.intake.people.from_units import names_of_units
from perfrules.intake.people.ids import identity, same_id
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.people.segment_rows import shared_indicator
from perfrules.intake.plans.check_targets import DIMENSION_NAMES, check_targets
from perfrules.intake.plans.targets import TARGETS_FILE, read_targets
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Datum, Origin
from perfrules.model.targets import FEEDING, Dimension, Goal, Targets

__all__ = ["check_against_data", "feed_targets", "read_cascade", "target_conflict", "targets_of"]

Policies = Mapping[str, Sequence[Policy]]
"""By the id of a person or unit: its policy, or those of its segments where it moved."""

Groups = Mapping[Dimension, Collection[str]]
"""The departments, teams and projects that the data name, by id and by name."""

_UNIT: Final = Text("单位", "the unit")
_DIRECTION: Final = Text("方向", "the direction")


def read_cascade(
    folder: Path, cycle: Cycle, findings: Findings
) -> tuple[Targets | None, tuple[Path, ...]]:
    """The cascade of a cycle's folder, if it has one that can be read, and the file that it is in.

    What cannot be read is an error among the `findings`.
    """
    path = folder / TARGETS_FILE
    if not path.exists():
        return None, ()
    targets, found = read_targets(path, cycle)
    findings.extend(found)
    return targets, (path,)


def feed_targets(targets: Targets, roster: Roster) -> None:
    """Gives those in the roster the targets that the cascade has for them.

    A target in the data has to be the same. What is wrong with a part of the cascade is an error
    of whom the part is about; with the cascade as a whole, of nobody.
    """
    ids = names_of_units(roster)
    owners = {
        goal.place: roster.drafts.get(ids.get(identity(goal.name), identity(goal.name)))
        for goal in targets.walk()
        if goal.dimension in FEEDING
    }
    for problem in _problems(targets, roster):
        owner = owners.get(problem.place) if isinstance(problem.place, Span) else None
        if owner is None:
            roster.unattached.extend([problem])
        else:
            owner.problems.append(problem)
    for (subject, indicator), datum in targets_of(targets, ids).items():
        draft = roster.drafts.get(subject)
        if draft is not None:
            for home in _homes(draft, indicator, datum):
                _feed(home, indicator, datum)
    for goal in targets.walk():
        draft = roster.drafts.get(ids.get(identity(goal.name), identity(goal.name)))
        if goal.dimension in FEEDING and goal.due is not None and draft is not None:
            for part in draft.parts or (draft,):
                part.dues = {goal.indicator: goal.due, **part.dues}


def _problems(targets: Targets, roster: Roster) -> Iterator[Diagnostic]:
    yield from (one for one in check_targets(targets) if one.severity == "error")
    policies = {
        draft.id: [one.rules.policy for one in draft.parts or (draft,) if one.rules]
        for draft in roster.drafts.values()
    }
    yield from check_against_data(targets, policies, _groups(roster))


def _groups(roster: Roster) -> Mapping[Dimension, set[str]]:
    """The departments, teams and projects that there are, by id and by name."""
    found: dict[Dimension, set[str]] = {"department": set(), "team": set(), "project": set()}
    for draft in roster.drafts.values():
        for dimension, names in found.items():
            if (datum := draft.person.get(dimension)) is not None:
                names.add(identity(str(datum.value)))
            if draft.kind == dimension:
                name = draft.person.get("name")
                names |= {draft.id, identity(str(name.value)) if name else draft.id}
    return found


def _homes(draft: Draft, indicator: str, datum: Datum) -> list[Draft]:
    """Whose target it is: the draft's, or that of the only segment that has the indicator."""
    parts = draft.parts or (draft,)
    found = [one for one in parts if one.rules and indicator in one.rules.policy.indicator]
    if len(found) < 2:
        return found
    # Each of them may have its own target in the data; only those without one are in doubt.
    empty = [one for one in found if one.measures.get(indicator, NOTHING).target is None]
    if empty:
        known = ", ".join(one.id for one in found)
        facts = {"person": draft.id, "why": shared_indicator(indicator), "known": known}
        refusal = Refusal("which-segment", facts)
        draft.problems.append(Diagnostic(refusal.code, datum.origin.place, refusal.facts))
    return []


def _feed(draft: Draft, name: str, datum: Datum) -> None:
    assert draft.rules is not None
    indicator = draft.rules.policy.indicator[name]
    if indicator.target_from_members is not None:
        return  # that of the unit comes from its members, whom the cascade feeds
    measure = draft.measures.get(name, NOTHING)
    if measure.target is None:
        draft.measures[name] = replace(measure, target=datum)
    elif (conflict := target_conflict(draft.id, indicator, measure.target, datum)) is not None:
        draft.problems.append(conflict)


def targets_of(
    targets: Targets, ids: Mapping[str, str] | None = None
) -> Mapping[tuple[str, str], Datum]:
    """The target of each person and unit of the cascade, by its id and the indicator.

    Each is that of the whole period, in the goal's unit (a ratio where that is `%`), and knows
    its line in the file. `ids` turns a unit's name, by which a part may go as well, into its id.
    """
    known = ids or {}
    found: dict[tuple[str, str], Datum] = {}
    for goal in targets.walk():
        if goal.dimension not in FEEDING or goal.target is None:
            continue
        subject = identity(goal.name)
        origin = Origin(_place(goal.target_place), evidence=_multiplied(goal))
        # One that stands twice is an error; the first is kept.
        found.setdefault((known.get(subject, subject), goal.indicator), Datum(goal.target, origin))
    return found


def target_conflict(
    subject: str, indicator: Indicator, given: Datum, cascaded: Datum
) -> Diagnostic | None:
    """What is to be said where data and cascade both give a target: nothing if they agree."""
    if given.value == cascaded.value:
        return None
    facts = {
        "person": subject,
        "indicator": indicator.name,
        "given": shown_amount(given.value, indicator.unit),
        "cascaded": shown_amount(cascaded.value, indicator.unit),
        "place": cascaded.origin.place,
    }
    return Diagnostic("target-conflict", given.origin.place or None, facts)


def check_against_data(
    targets: Targets, policies: Policies, groups: Groups
) -> Iterator[Diagnostic]:
    """Persons, units and indicators that the cycle does not have, or has otherwise."""
    for goal in targets.walk():
        dimension = goal.dimension
        if dimension is None or dimension not in FEEDING:
            continue
        name = identity(goal.name)
        if name in policies:
            yield from _fits(goal, policies[name])
        elif dimension == "person" or groups.get(dimension):
            known = policies if dimension == "person" else groups[dimension]
            if name not in known:
                facts = {
                    "dimension": DIMENSION_NAMES[dimension],
                    "name": goal.name,
                    "suggestion": (same_id if dimension == "person" else closest)(name, known),
                }
                # A department may have its share and nobody in this cycle.
                severity: Severity = "error" if dimension == "person" else "warning"
                yield Diagnostic("unknown-in-targets", goal.place, facts, severity=severity)


def _place(span: Span) -> str:
    """A place in the file as traces print it, without the folders of this machine."""
    return str(span._replace(file=span.file.replace("\\", "/").rpartition("/")[2]))


def _fits(goal: Goal, policies: Sequence[Policy]) -> Iterator[Diagnostic]:
    """Whether the policies have the goal's indicator, in its unit and direction."""
    found = [
        (policy, one)
        for policy in policies
        for one in policy.indicators
        if one.name == goal.indicator
    ]
    for policy, indicator in found:
        facts = {"name": goal.name, "indicator": goal.indicator, "policy": policy.label}
        if goal.unit and indicator.unit and _alike(goal.unit) != _alike(indicator.unit):
            more = {"what": _UNIT, "value": goal.unit, "wanted": indicator.unit}
            yield Diagnostic("unlike-policy", goal.place, {**facts, **more})
        if goal.direction != indicator.direction:
            more = {"what": _DIRECTION, "value": goal.direction, "wanted": indicator.direction}
            yield Diagnostic("unlike-policy", goal.place, {**facts, **more})
    # A unit may stand in the cascade of an indicator that its own policy does not look at.
    if goal.dimension == "person" and policies and not found:
        names = sorted({one.name for policy in policies for one in policy.indicators})
        missing = {
            "indicator": goal.indicator,
            "policy": ", ".join(sorted({policy.label for policy in policies})),
            "known": ", ".join(names),
            "suggestion": closest(goal.indicator, names),
        }
        yield Diagnostic("unknown-indicator", goal.place, missing)


def _alike(unit: str) -> str:
    return tidy(unit).casefold()


def _multiplied(goal: Goal) -> str:
    """How the target of the whole period came about, where the file states that of each month."""
    if goal.periods == 1 or goal.written is None:
        return ""
    return f"{plain(goal.written)} × {goal.periods}"
