"""Tables that are called like none, told by what stands in them: the one that was meant.

A sheet 打分 with the columns of 评分, a file 业绩.csv with those of actuals, a form a person. Left
out they would be figures that are missing; a copy of a table that is there too is but a remark.
"""

import itertools
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from perfrules.codes.code import Severity
from perfrules.diagnostics import Findings, closest
from perfrules.intake.cells.numerals import tidy
from perfrules.intake.files.raw_table import RawTable, Row
from perfrules.intake.tables.form_words import COLUMNS_OF_FORMS, LABELS_OF_FORMS, plain_word
from perfrules.intake.tables.layouts import ALIASES, LAYOUTS, Layout
from perfrules.intake.tables.sheet_names import RoleSheets
from perfrules.intake.tables.wide_head import read_head

__all__ = ["Known", "report_strange"]

_LOOKED_AT: Final = 12
"""Rows in which a form has its head."""


class Known(NamedTuple):
    """What is there by its right name: tables, and the roles that have a wide one."""

    tables: Collection[str]
    roles: Collection[str]
    names: Sequence[str]
    """All names that are understood."""


def report_strange(
    tables: Iterable[RawTable], known: Known, roles: RoleSheets, findings: Findings
) -> None:
    """Says of each table what it was meant to be; an error where that is not there otherwise."""
    forms: list[RawTable] = []
    for raw in tables:
        rows = _first_rows(raw)
        name = raw.sheet or raw.file.rpartition("/")[2].rpartition(".")[0]
        if _is_form(rows) and "actuals" not in known.tables and not known.roles:
            forms.append(raw)
            continue
        title = _meant(raw, rows, known, roles)
        if title is not None:
            right = title if raw.sheet else f"{title}.csv"
            findings.report("renamed-table", raw.place(), name=name, suggestion=right)
            continue
        near = closest(tidy(name).casefold(), known.names)
        severity: Severity = "warning" if near else "note"
        code = "unused-sheet" if raw.sheet else "unused-file"
        findings.report(code, raw.place(), severity=severity, name=name, suggestion=near)
    if forms:
        names = ", ".join(raw.sheet or raw.file for raw in forms[:3])
        findings.report("sheet-a-person", forms[0].place(), count=len(forms), names=names)


def _first_rows(raw: RawTable) -> list[Row]:
    """The rows from the header on; the table can be walked all the same."""
    if raw.header is None:
        return []
    return [raw.header, *raw.peek(_LOOKED_AT)]


def _is_form(rows: Iterable[Row]) -> bool:
    """Whether it is the form of one person: an id beside its label, then indicators and actuals."""
    of_somebody = False
    for row in rows:
        words = [plain_word(text) for text in row.texts if text.strip()]
        for word, after in itertools.pairwise([*words, ""]):
            label, colon, value = word.partition(":")
            named = LABELS_OF_FORMS.get(label) in ("person_id", "name")
            of_somebody |= named and (bool(colon and value) or _is_value(after))
        if of_somebody and {"indicator", "actual"} <= {COLUMNS_OF_FORMS.get(one) for one in words}:
            return True
    return False


def _is_value(word: str) -> bool:
    """Whether a word beside a label is what the label asks for, and no heading."""
    return bool(word) and ALIASES.get(word, word) not in _COLUMNS and word not in LABELS_OF_FORMS


def _meant(raw: RawTable, rows: Sequence[Row], known: Known, roles: RoleSheets) -> str | None:
    """What a table should be called by its columns, where no other table has that name."""
    layout = _layout_of(rows)
    if layout is not None and layout.name in known.tables:
        return None
    if layout is not None:
        return layout.alias if raw.sheet else layout.name
    if "actuals" in known.tables or (head := read_head(raw, roles.part_words)) is None:
        return None
    words = {one.name for one in head.headings}
    words |= {one.split.name for one in head.headings if one.split}
    for role in roles.of_figures(words):
        if role not in known.roles:
            return roles.title(role) if raw.sheet else f"actuals.{role}"
    return None


def _layout_of(rows: Sequence[Row]) -> Layout | None:
    """The layout with the most columns of which all that are required stand in the header."""
    words = {_column(text) for text in rows[0].texts} if rows else set()
    fitting = [one for one in LAYOUTS if words.issuperset(one.required)]
    return max(fitting, key=lambda one: len(one.required), default=None)


def _column(text: str) -> str:
    word = tidy(text).rstrip(":")
    return ALIASES.get(word, word)


_COLUMNS: Final = frozenset(ALIASES.values())
