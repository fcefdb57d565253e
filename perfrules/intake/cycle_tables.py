"""Where the tables of a cycle are: CSV files in a folder, sheets of a workbook, lists in JSON.

A table is known by its name. A wide table of figures, one row a person, is called by a role
(a sheet 销售代表, a file actuals.sales.csv), or is an `actuals` without a column `indicator`.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Findings
from perfrules.intake.cells.numerals import tidy
from perfrules.intake.cycle_file import CycleFile
from perfrules.intake.files.csv_table import read_csv
from perfrules.intake.files.json_table import read_json
from perfrules.intake.files.raw_table import Limits, RawTable
from perfrules.intake.files.xlsx_table import read_workbook, report_merged
from perfrules.intake.tables.layouts import ALIASES, LAYOUTS, Layout
from perfrules.intake.tables.sheet_names import (
    RoleSheets,
    csv_files,
    layout_named,
    layout_names,
    report_beside,
    report_extensions,
    report_unnamed,
    roles_of_file,
)
from perfrules.intake.tables.strange_tables import Known, report_strange
from perfrules.intake.tables.table import Table, column_meant, report_missing, understood
from perfrules.intake.tables.wide_head import PARTS, PartWords, WideTable, part_meant, read_head

__all__ = ["NOTES", "Tables", "read_tables"]

NOTES: Final = Text("填写说明", "How to fill in")
"""The sheet that tells people what to write; nobody reads it here."""

_IDS: Final = frozenset(("person_id", "unit_id"))


class Tables(NamedTuple):
    """The tables of a cycle by name, the wide ones, and the files that they are in."""

    named: dict[str, Table]
    wide: tuple[WideTable, ...]
    files: list[Path]


class _Found(NamedTuple):
    """A table that is called like one of the layouts, or like a role."""

    raw: RawTable
    layout: Layout | None
    roles: frozenset[str]


def read_tables(
    folder: Path, setting: CycleFile, roles: RoleSheets, limits: Limits, findings: Findings
) -> Tables:
    """The tables of a cycle whose policies are called as `roles` knows.

    A finding of severity error means that something as a whole could not be read.
    """
    data = setting.data
    if data is None:
        found, strange = _in_folder(folder, setting.calendar, roles, limits, findings)
        files = sorted(folder / one.raw.file for one in found)
        place = Cell("people.csv")
    else:
        found, strange = _in_file(data, folder, roles, limits, findings)
        files = [data]
        place = Cell(data.relative_to(folder).as_posix())
    known = _known(found, roles, is_folder=data is None)
    report_strange(strange, known, roles, findings)
    if data is not None:
        report_beside(folder, data, known.tables, findings)
    named: dict[str, Table] = {}
    wide: list[WideTable] = []
    for one in found:
        table_name = one.layout.name if one.layout else "actuals"
        one.raw.notation = setting.notations.get(table_name, setting.notations[""])
        if one.raw.comma_seen and one.raw.notation.decimal is None:
            findings.report("read-decimal-comma", one.raw.place())
        if one.layout is None or (one.layout.name == "actuals" and _is_wide(one.raw)):
            wide += _wide(one, roles.part_words, findings)
        else:
            further = roles.figure_words if one.layout.name == "actuals" else {}
            table = understood(one.layout, one.raw, findings, further)
            if table is not None:
                named[one.layout.name] = table
                needed = [table.columns[name] for name in one.layout.required if table.columns]
                head = one.raw.header.number if one.raw.header else 0
                report_merged(one.raw, findings, head, needed)
    has_people = any(one.layout is LAYOUTS[0] for one in found)
    if not (findings.errors or has_people or (data is None and report_unnamed(folder, findings))):
        findings.report("missing-table", place, table="people", alias="人员")
    return Tables(named, tuple(wide), files)


def _in_folder(
    folder: Path, besides: Path | None, roles: RoleSheets, limits: Limits, findings: Findings
) -> tuple[list[_Found], list[RawTable]]:
    """The tables of a folder, and those that are called like none."""
    report_extensions(folder, findings)
    found: dict[str, _Found] = {}
    strange: list[RawTable] = []
    for path in csv_files(folder):
        if besides is not None and path.name == besides.name:
            continue
        layout, ids = layout_named(path.stem), roles_of_file(path.stem, roles)
        key = layout.name if layout else path.stem
        if key in found:
            first = found[key].raw.file
            findings.report("table-twice", Cell(path.name), table=key, first=first)
            continue
        raw = read_csv(path, path.name, limits, findings if layout or ids else Findings())
        if raw is not None and (layout or ids):
            found[key] = _Found(raw, layout, ids)
        elif raw is not None:
            strange.append(raw)
    return list(found.values()), strange


def _in_file(
    data: Path, folder: Path, roles: RoleSheets, limits: Limits, findings: Findings
) -> tuple[list[_Found], list[RawTable]]:
    """The tables of a workbook or JSON file, and those that are called like none."""
    found: dict[str, _Found] = {}
    strange: list[RawTable] = []
    read = read_json if data.suffix.lower() == ".json" else read_workbook
    for raw in read(data, data.relative_to(folder).as_posix(), limits, findings) or ():
        layout, ids = layout_named(raw.sheet), roles.ids(raw.sheet)
        key = layout.name if layout else raw.sheet
        if layout is None and not ids:
            if tidy(raw.sheet) not in NOTES:
                strange.append(raw)
        elif key in found:
            first = found[key].raw.sheet
            findings.report("table-twice", raw.place(), table=key, first=first)
        else:
            found[key] = _Found(raw, layout, ids)
            if raw.hidden:
                findings.report("hidden-sheet", raw.place(), name=raw.sheet)
    return list(found.values()), strange


def _known(found: Iterable[_Found], roles: RoleSheets, is_folder: bool) -> Known:
    tables = {one.layout.name for one in found if one.layout}
    before = "actuals." if is_folder else ""
    names = [*layout_names(), *(f"{before}{name}" for name in roles.names)]
    return Known(tables, {role for one in found for role in one.roles}, names)


def _is_wide(raw: RawTable) -> bool:
    """Whether a table of actuals has its indicators in the head, and not in a column.

    A column that is called no more than `actual` belongs to a long table.
    """
    words = [tidy(text) for text in raw.header.texts] if raw.header else []
    named = {ALIASES.get(word, word) for word in words}
    bare = any(word.lower() in PARTS for word in words)
    return bool(words) and "indicator" not in named and not (bare and _IDS & named)


def _wide(found: _Found, parts: PartWords, findings: Findings) -> list[WideTable]:
    """The table with its columns by name; none where it has no column of ids."""
    raw, name = found.raw, found.raw.sheet or Path(found.raw.file).stem
    if raw.header is None:
        findings.report("empty-table", raw.place(), severity="note", table=name)
        return []
    head = read_head(raw, parts)
    if head is None:
        words = (tidy(text) for text in raw.header.texts)
        there = next(
            (found for found in enumerate(words) if column_meant(found[1], ["person_id"])), None
        )
        report_missing(raw, name, "person_id", there and there[::-1], findings)
        return []
    for one in head.strange:
        place, near = raw.place(one.row, one.column), part_meant(one.text, parts)
        text = one.text or Text("（空）", " ")
        findings.report("unknown-part", place, text=text, count=one.columns, suggestion=near)
    if head.strange:
        return []
    report_merged(raw, findings, head.last_row, [head.columns["person_id"]])
    columns = dict(head.columns)
    for heading in head.headings:
        # Two columns of one heading are two figures; that is found where they are read.
        key = heading.text
        while key in columns:
            key += "\u200b"
        columns[key] = heading.column - 1
    for index in head.unnamed:
        if index < max(columns.values()):
            findings.report("unnamed-column", raw.place(head.last_row, index + 1))
    raw.header = head.row
    table = Table(Layout(name, name, (), ()), raw, columns)
    return [WideTable(table, head.headings, found.roles)]
