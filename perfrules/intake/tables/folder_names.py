"""Names of files and sheets: those of tables, and what a folder has under nearly the right name.

Windows hides extensions, so that a policy becomes `sales.yaml.txt` without a sign of it; and CSV
files lie beside the workbook that cycle.yaml names, or the workbook beside no `data` at all.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Final

from perfrules.codes.code import Severity
from perfrules.diagnostics import Cell, Findings
from perfrules.intake.cells.numerals import tidy
from perfrules.intake.tables.layouts import LAYOUTS, Layout
from perfrules.intake.tables.role_sheets import RoleSheets

__all__ = [
    "csv_files", "layout_named", "layout_names", "report_beside", "report_extensions",
    "report_unnamed", "roles_of_file",
]  # fmt: skip

_NO_ROLES: Final[frozenset[str]] = frozenset()
_ACTUALS: Final = ("actuals", "实际值")


def layout_named(name: str) -> Layout | None:
    """The table that is called so, in English or Chinese."""
    word = tidy(name).casefold()
    return next((one for one in LAYOUTS if word in (one.name, one.alias.casefold())), None)


def layout_names() -> list[str]:
    """All names of tables."""
    return [word for layout in LAYOUTS for word in (layout.name, layout.alias)]


def roles_of_file(stem: str, roles: RoleSheets) -> frozenset[str]:
    """The policies that `actuals.sales` is meant for."""
    table, _, role = tidy(stem).partition(".")
    return roles.ids(role) if table.casefold() in _ACTUALS else _NO_ROLES


def report_extensions(folder: Path, findings: Findings) -> None:
    """Tables with another extension, or one too many: `people.csv.txt`, `people.txt`."""
    for path in sorted(folder.iterdir()):
        name, last = path.name.lower(), path.suffix.lower()
        table = name.partition(".csv")[0] if ".csv." in name else path.stem
        if last not in (".csv", ".txt", ".tsv") or (last == ".csv" and ".csv." not in name):
            continue
        right = f"{path.name[: len(table)]}.csv"
        is_table = ".csv." in name or layout_named(table) is not None
        if is_table and not (folder / right).exists():
            findings.report("wrong-extension", Cell(path.name), right=right)


def csv_files(folder: Path) -> list[Path]:
    """The CSV files of a folder, in their order; Windows writes `.CSV` as well."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")


def report_beside(folder: Path, data: Path, tables: Collection[str], findings: Findings) -> None:
    """CSV files that are not read because `data` names another file: an error where that has no
    such table, since what they say would be lost."""
    for path in csv_files(folder):
        layout = layout_named(path.stem)
        is_actuals = tidy(path.stem).partition(".")[0].casefold() in _ACTUALS
        if layout is None and not is_actuals:
            continue
        is_there = is_actuals or (layout is not None and layout.name in tables)
        severity: Severity = "warning" if is_there else "error"
        findings.report("beside-data", Cell(path.name), severity=severity, data=data.name)


def report_unnamed(folder: Path, findings: Findings) -> bool:
    """Whether there is a workbook that cycle.yaml does not name, while there are no tables."""
    found = sorted(path.name for path in folder.glob("*.xlsx") if not path.name.startswith("~$"))
    if found:
        findings.report("data-not-named", Cell(found[0]), data=found[0])
    return bool(found)
