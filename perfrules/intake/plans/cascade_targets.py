"""The target cascade and the data of the cycle: whose targets it states, and whether they agree."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Severity, Text
from perfrules.diagnostics import Diagnostic, Span, closest
from perfrules.exact import plain
from perfrules.intake.cells.numerals import tidy
from perfrules.intake.people.ids import same_id
from perfrules.intake.people.roster import identity
from perfrules.intake.plans.check_targets import DIMENSION_NAMES, shown_amount
from perfrules.model.policy import Indicator, Policy
from perfrules.model.scorecard import Datum, Origin
from perfrules.model.targets import FEEDING, Dimension, Goal, Targets

__all__ = ["check_against_data", "target_conflict", "targets_of"]

Policies = Mapping[str, Sequence[Policy]]
"""By the id of a person or unit: its policy, or those of its segments where it moved."""

Groups = Mapping[Dimension, Collection[str]]
"""The departments, teams and projects that the data name, by id and by name."""

_UNIT: Final = Text("单位", "the unit")
_DIRECTION: Final = Text("方向", "the direction")


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
        "given": _shown(given, indicator.unit),
        "cascaded": _shown(cascaded, indicator.unit),
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


def _shown(datum: Datum, unit: str | None) -> str:
    if not isinstance(datum.value, Decimal):
        return str(datum.value)
    return shown_amount(datum.value, unit)


def _multiplied(goal: Goal) -> str:
    """How the target of the whole period came about, where the file states that of each month."""
    if goal.periods == 1 or goal.written is None:
        return ""
    return f"{plain(goal.written)} × {goal.periods}"
