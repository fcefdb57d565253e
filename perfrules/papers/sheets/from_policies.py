"""Policies, and what a cycle's folder has already -> the plan of the workbook to fill in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from perfrules.codes.code import Language
from perfrules.intake.as_given import Given
from perfrules.intake.cycle_tables import NOTES
from perfrules.intake.figures.asked_figures import figures_of
from perfrules.intake.tables.layouts import LAYOUTS
from perfrules.language.formulas_of_policy import formulas_of
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle
from perfrules.papers.sheets.empty_plans import empty_plans
from perfrules.papers.sheets.list_plans import (
    events_plan,
    further_plan,
    people_plan,
    ratings_plan,
)
from perfrules.papers.sheets.names import Names
from perfrules.papers.sheets.plan import SheetPlan, WorkbookPlan
from perfrules.papers.sheets.role_plan import role_plan
from perfrules.papers.sheets.words import (
    INSTRUCTIONS,
    asked_head,
    part_title,
    table_name,
)

__all__ = ["workbook_plan"]

_BLANK: Final = 30
"""Rows to fill in where nobody is known yet."""

_MORE: Final = 20
"""Rows for newcomers, and for further raters."""

_MOST_IDS: Final = 5_000


def workbook_plan(
    policies: Sequence[Policy], language: Language, *, cycle: Cycle | None = None,
    given: Given | None = None,
) -> WorkbookPlan:  # fmt: skip
    """The workbook of some roles, sorted by id and version.

    With `given`, its people stand in their sheets, with the values that there are; else there are
    rows to fill in. With a `cycle` there is a sheet for each table that the policies can use.
    """
    names = Names(policies, language)
    by_role: dict[str, list[Policy]] = {}
    for policy in policies:
        by_role.setdefault(policy.id, []).append(policy)
    people = [one for one in policies if one.subject == "person"]
    units = [one for one in policies if one.subject != "person"]
    blank = _MORE if given else _BLANK
    sheets: list[SheetPlan] = []
    for table, own in (("people", people), ("units", units)):
        there = given.tables.get(table) if given else None
        if own or there is not None:
            facts = list(dict.fromkeys(fact for policy in own for fact in _facts(policy)))
            sheets.append(people_plan(table, own, facts, there, names, blank))
    dates = f"{cycle.start.isoformat()} – {cycle.end.isoformat()}" if cycle else ""
    for versions in by_role.values():
        rows = [one for one in given.rows if one.policy.id == versions[0].id] if given else []
        table = "people" if versions[0].subject == "person" else "units"
        ids = _ids(table_name(table, language), sheets)
        sheets.append(role_plan(versions, rows, names, ids, blank_rows=blank, dates=dates))
    ids = _ids(table_name("people", language), sheets)
    for plan in (
        ratings_plan(policies, given, names, ids, blank_rows=10 * blank),
        events_plan(policies, given, names, ids, blank_rows=10 * blank),
    ):
        if plan is not None:
            sheets.append(plan)
    done = {"people", "units", "ratings", "events"}
    for layout in LAYOUTS:
        if given and layout.name in given.tables and layout.name not in done:
            sheets.append(further_plan(layout.name, given.tables[layout.name], names))
    if cycle is not None:
        known = frozenset(given.tables if given else ())
        sheets += empty_plans(policies, known, names, ids, 10 * blank)
    return WorkbookPlan(
        cycle.id if cycle else ", ".join(by_role),
        NOTES.into(language),
        tuple((one.zh, one.en) if language == "zh" else (one.en, one.zh) for one in INSTRUCTIONS),
        (asked_head(language), *_asked(by_role, names)),
        tuple(sheets),
    )


def _ids(name: str, sheets: Sequence[SheetPlan]) -> str:
    """The range of a sheet of people that has the ids; none where a list would be too long."""
    for sheet in sheets:
        last = 1 + len(sheet.rows) + sheet.blank_rows
        if sheet.name == name and last <= _MOST_IDS:
            return f"'{name}'!$A$2:$A${last}"
    return ""


def _facts(policy: Policy) -> Iterator[str]:
    """The columns `person.<column>` that a policy's expressions read."""
    for formula in formulas_of(policy):
        for name in formula.names:
            root, _, column = name.partition(".")
            if root == "person" and column:
                yield column


def _asked(by_role: Mapping[str, Sequence[Policy]], names: Names) -> Iterator[tuple[str, ...]]:
    """For each indicator what is to be filled in."""
    for versions in by_role.values():
        parts: dict[str, list[str]] = {}
        found = {}
        for policy, indicator, part in figures_of(versions):
            parts.setdefault(indicator.name, []).append(part_title(part).into(names.language))
            found[indicator.name] = (policy, indicator)
        for name, (policy, indicator) in found.items():
            yield (
                names.sheet(versions[-1]),
                names.indicator(policy, name),
                indicator.unit or "",
                " / ".join(parts[name]),
                names.either(indicator.source or ""),
            )
