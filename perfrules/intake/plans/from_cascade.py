"""targets.yaml -> targets of the people and units in the roster, beside those of the data."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from perfrules.diagnostics import Diagnostic, Findings, Span
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.figures.figure_cells import NO_RATINGS
from perfrules.intake.people.from_units import names_of_units
from perfrules.intake.people.roster import Draft, Roster, identity
from perfrules.intake.people.segment_rows import shared_indicator
from perfrules.intake.plans.cascade_targets import check_against_data, target_conflict, targets_of
from perfrules.intake.plans.check_targets import check_targets
from perfrules.intake.plans.targets import TARGETS_FILE, read_targets
from perfrules.model.scorecard import Cycle, Datum, Measure
from perfrules.model.targets import FEEDING, Dimension, Targets

__all__ = ["feed_targets", "read_cascade"]


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
    empty = [one for one in found if one.measures.get(indicator, _NOTHING).target is None]
    if empty:
        known = ", ".join(one.id for one in found)
        facts = {"person": draft.id, "why": shared_indicator(indicator), "known": known}
        refusal = Refusal("which-segment", facts)
        draft.problems.append(Diagnostic(refusal.code, datum.origin.place, refusal.facts))
    return []


def _feed(draft: Draft, name: str, datum: Datum) -> None:
    assert draft.rules is not None
    indicator = draft.rules.policy.indicator[name]
    if indicator.roll_up_target is not None:
        return  # that of the unit comes from its members, whom the cascade feeds
    measure = draft.measures.get(name, _NOTHING)
    if measure.target is None:
        draft.measures[name] = replace(measure, target=datum)
    elif (conflict := target_conflict(draft.id, indicator, measure.target, datum)) is not None:
        draft.problems.append(conflict)


_NOTHING = Measure(ratings=NO_RATINGS)
