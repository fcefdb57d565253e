"""Where the tables of a cycle are: CSV files in a folder, sheets of a workbook, lists in JSON.

A table is known by its name. A wide table of figures, one row a person, is called by a role
(a sheet 销售代表, a file actuals.sales.csv), or is an `actuals` without a column `indicator`.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from perfrules.codes.code import Severity, Text
from perfrules.diagnostics import Cell, Findings, closest
from perfrules.reading.data.csv_table import read_csv
from perfrules.reading.data.cycle_file import CycleFile
from perfrules.reading.data.json_table import read_json
from perfrules.reading.data.layouts import ALIASES, LAYOUTS, Layout
from perfrules.reading.data.numerals import tidy
from perfrules.reading.data.raw_table import Limits, RawTable
from perfrules.reading.data.role_sheets import RoleSheets
from perfrules.reading.data.tables import Table, understood
from perfrules.reading.data.wide_head import PARTS, Heading, read_head
from perfrules.reading.data.xlsx_table import read_workbook, report_merged

__all__ = ["NOTES", "Tables", "WideTable", "read_tables"]

NOTES: Final = Text("填写说明", "How to fill in")
"""The sheet that tells people what to write; nobody reads it here."""

_NO_ROLES: Final[frozenset[str]] = frozenset()
_IDS: Final = frozenset(("person_id", "unit_id"))


class WideTable(NamedTuple):
    """A table with one row a person and a column a figure.

    The columns of `table` are the id, those of `headings` by their texts, and what concerns the
    whole row. `roles` are the policies whose people stand here; there are none where anybody may.
    """

    table: Table
    headings: tuple[Heading, ...]
    roles: frozenset[str]


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
        found, files = _in_folder(folder, setting.calendar, roles, limits, findings)
        place = Cell("people.csv")
    else:
        found, files = _in_file(data, folder, roles, limits, findings), [data]
        place = Cell(data.relative_to(folder).as_posix())
    named: dict[str, Table] = {}
    wide: list[WideTable] = []
    for one in found:
        table_name = one.layout.name if one.layout else "actuals"
        one.raw.notation = setting.notations.get(table_name, setting.notations[""])
        if one.raw.comma_seen and one.raw.notation.decimal is None:
            findings.report("read-decimal-comma", one.raw.place())
        if one.layout is None or (one.layout.name == "actuals" and _is_wide(one.raw)):
            wide += _wide(one, findings)
        else:
            report_merged(one.raw, findings)
            if (table := understood(one.layout, one.raw, findings)) is not None:
                named[one.layout.name] = table
    if not findings.errors and not any(one.layout is LAYOUTS[0] for one in found):
        findings.report("missing-table", place, table="people", alias="人员")
    return Tables(named, tuple(wide), files)


def _in_folder(
    folder: Path, besides: Path | None, roles: RoleSheets, limits: Limits, findings: Findings
) -> tuple[list[_Found], list[Path]]:
    paths: dict[str, Path] = {}
    meant: dict[str, tuple[Layout | None, frozenset[str]]] = {}
    for path in sorted(folder.glob("*.csv")):
        if besides is not None and path.name == besides.name:
            continue
        layout, ids = _layout(path.stem), _roles_of_file(path.stem, roles)
        key = layout.name if layout else path.stem
        if layout is None and not ids:
            _unused("unused-file", Cell(path.name), path.stem, _file_names(roles), findings)
        elif key in paths:
            first = paths[key].name
            findings.report("table-twice", Cell(path.name), table=key, first=first)
        else:
            paths[key], meant[key] = path, (layout, ids)
    found = [
        _Found(raw, *meant[key])
        for key, path in paths.items()
        if (raw := read_csv(path, path.name, limits, findings)) is not None
    ]
    return found, sorted(paths.values())


def _in_file(
    data: Path, folder: Path, roles: RoleSheets, limits: Limits, findings: Findings
) -> list[_Found]:
    found: dict[str, _Found] = {}
    read = read_json if data.suffix.lower() == ".json" else read_workbook
    for raw in read(data, data.relative_to(folder).as_posix(), limits, findings) or ():
        layout, ids = _layout(raw.sheet), roles.ids(raw.sheet)
        key = layout.name if layout else raw.sheet
        if layout is None and not ids:
            if tidy(raw.sheet) not in NOTES:
                report_merged(raw, findings)
                known = [*_layout_names(), *roles.names]
                _unused("unused-sheet", raw.place(), raw.sheet, known, findings)
        elif key in found:
            first = found[key].raw.sheet
            findings.report("table-twice", raw.place(), table=key, first=first)
        else:
            found[key] = _Found(raw, layout, ids)
    return list(found.values())


def _layout(name: str) -> Layout | None:
    word = tidy(name).casefold()
    return next((one for one in LAYOUTS if word in (one.name, one.alias.casefold())), None)


def _layout_names() -> list[str]:
    return [word for layout in LAYOUTS for word in (layout.name, layout.alias)]


def _roles_of_file(stem: str, roles: RoleSheets) -> frozenset[str]:
    """The policies that `actuals.sales` is meant for."""
    table, _, role = tidy(stem).partition(".")
    return roles.ids(role) if table.casefold() in ("actuals", "实际值") else _NO_ROLES


def _file_names(roles: RoleSheets) -> list[str]:
    return [*_layout_names(), *(f"actuals.{name}" for name in roles.names)]


def _unused(code: str, place: Cell, name: str, known: Iterable[str], findings: Findings) -> None:
    """A table that nobody reads: a note, or a warning where it looks like a slip of the pen."""
    suggestion = closest(tidy(name).casefold(), known)
    severity: Severity = "warning" if suggestion else "note"
    findings.report(code, place, severity=severity, name=name, suggestion=suggestion)


def _is_wide(raw: RawTable) -> bool:
    """Whether a table of actuals has its indicators in the head, and not in a column.

    A column that is called no more than `actual` belongs to a long table.
    """
    words = [tidy(text) for text in raw.header.texts] if raw.header else []
    named = {ALIASES.get(word, word) for word in words}
    bare = any(word.lower() in PARTS for word in words)
    return bool(words) and "indicator" not in named and not (bare and _IDS & named)


def _wide(found: _Found, findings: Findings) -> list[WideTable]:
    """The table with its columns by name; none where it has no column of ids."""
    raw, name = found.raw, found.raw.sheet or Path(found.raw.file).stem
    if raw.header is None:
        findings.report("empty-table", raw.place(), severity="note", table=name)
        return []
    head = read_head(raw)
    if head is None:
        findings.report(
            "missing-column", raw.place(raw.header.number),
            table=name, column="person_id", alias="工号", there="",
        )  # fmt: skip
        return []
    report_merged(raw, findings, below=head.last_row)
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
