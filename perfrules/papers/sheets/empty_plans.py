"""Sheets of a cycle for which there is nothing yet: all that its policies can use, to fill in."""

from collections.abc import Iterator, Sequence
from typing import Final

from perfrules.intake.tables.layouts import LAYOUTS, Layout
from perfrules.language.check_warnings import has_progress
from perfrules.language.formulas_of_policy import formulas_of, reads_the_past
from perfrules.model.policy import Policy
from perfrules.papers.sheets.list_plans import further_plan
from perfrules.papers.sheets.names import Names
from perfrules.papers.sheets.plan import SheetColumn, SheetPlan
from perfrules.papers.sheets.words import CHOICES_OF_KIND, heading

__all__ = ["empty_plans"]

_LONG: Final = ("people", "units", "actuals", "ratings", "events")
"""Tables that have sheets of their own in every workbook."""


def empty_plans(
    policies: Sequence[Policy], there: frozenset[str], names: Names, ids: str, blank_rows: int
) -> Iterator[SheetPlan]:
    """A sheet for each table that the policies can use and that is not `there`."""
    people = [one for one in policies if one.subject == "person"]
    uses = {
        "segments": people,
        "target_changes": [one for one in policies if one.target_changes is not None],
        "calibrations": list(policies),
        "history": [one for one in policies if _reads_history(one)],
        "okrs": list(policies),
        "progress": [one for one in policies if any(map(has_progress, one.indicators))],
        "person_changes": [one for one in policies if one.person_changes],
        "absences": [one for one in policies if one.proration and one.proration.less],
    }
    for layout in LAYOUTS:
        # What comes only after the results (improvements) is not asked for beside the figures.
        if layout.name not in (*_LONG, *there) and uses.get(layout.name):
            rules = _rules(layout, uses[layout.name], names, ids)
            yield further_plan(layout.name, None, names, _columns(layout), rules, blank_rows)


def _columns(layout: Layout) -> tuple[str, ...]:
    """The columns in the order in which a row is written: whose it is, then what."""
    rest = [one for one in (*layout.required[1:], *layout.optional) if one != "name"]
    named = ("name",) if "name" in layout.optional else ()
    return (layout.required[0], *named, *rest)


def _rules(
    layout: Layout, policies: Sequence[Policy], names: Names, ids: str
) -> dict[str, SheetColumn]:
    language = names.language
    indicators = dict.fromkeys(
        names.indicator(policy, one.name)
        for policy in policies
        for one in policy.indicators
        if layout.name != "progress" or has_progress(one)
    )
    choices = {
        "role": tuple(dict.fromkeys(map(names.role, policies))),
        "indicator": tuple(indicators),
        "kind": tuple(word.into(language) for word in CHOICES_OF_KIND),
        "incentive": tuple(dict.fromkeys(_plans(policies, names))),
        "column": tuple(dict.fromkeys(_changing(policies, names))),
    }
    if layout.name == "absences":
        kinds = (kind for one in policies if one.proration for kind in one.proration.less)
        choices["kind"] = tuple(dict.fromkeys(kinds))
    rules = {
        column: SheetColumn(heading(column, language), choices=words)
        for column, words in choices.items()
    }
    rules["person_id"] = SheetColumn(
        heading("person_id", language), choose_from=ids, sure=False, given=True
    )
    # A grade or a level may stand there as well as a number.
    free = ("before", "after", "value", *(("actual", "target") if layout.name == "history" else ()))
    return rules | {column: SheetColumn(heading(column, language)) for column in free}


def _plans(policies: Sequence[Policy], names: Names) -> Iterator[str]:
    """What was paid under, by the titles of the incentives."""
    for policy in policies:
        yield from (names.plan(policy, one.name, one.title) for one in policy.incentives)


def _changing(policies: Sequence[Policy], names: Names) -> Iterator[str]:
    """The columns of people of which a policy says how their changes count."""
    for policy in policies:
        yield from (heading(one.name, names.language) for one in policy.person_changes)


def _reads_history(policy: Policy) -> bool:
    names = [name for formula in formulas_of(policy) for name in formula.names]
    return (
        reads_the_past(policy)
        or any(name.startswith(("previous.", "streak(")) for name in names)
        or any(one.from_history is not None for one in policy.indicators)
    )
