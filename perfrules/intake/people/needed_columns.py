"""Columns of people that the policies read, and that the table has under another heading.

Without them everybody would lack the fact; the heading is what is wrong.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from perfrules.diagnostics import Findings
from perfrules.intake.tables.layouts import LAYOUTS
from perfrules.intake.tables.table import Table, column_meant
from perfrules.language.formulas_of_policy import formulas_of
from perfrules.model.policy import Policy

__all__ = ["check_columns"]

_DATES: Final = frozenset(("joined", "left", "proration"))
"""What everybody's pay depends on, whatever the policy says."""


def check_columns(
    tables: Mapping[str, Table], policies: Iterable[Policy], findings: Findings
) -> None:
    """Reports headings of the table of people by which a fact was probably meant."""
    names = (name for one in policies for formula in formulas_of(one) for name in formula.names)
    needed = {name.removeprefix("person.") for name in names if name.startswith("person.")}
    found = [tables[name] for name in ("people", "segments") if name in tables]
    there = {column for table in found for column in table.columns}
    lost = sorted((needed | _DATES) - there)
    people = tables["people"]
    known = {*needed, *LAYOUTS[0].required, *LAYOUTS[0].optional}
    strange = [column for column in people.columns if column not in known]
    for name in lost:
        word = next((one for one in strange if column_meant(one, lost) == name), None)
        if word is not None:
            people.report_missing(name, word, findings)
