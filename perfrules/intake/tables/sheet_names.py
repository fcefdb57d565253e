"""Names of files and sheets: those of tables and of roles, and what has nearly the right name.

A wide table is called by a policy's id or title. A spreadsheet does not take every title as the
name of a sheet, so that titles are also known in the spelling that `sheet_name` gives them.
Windows hides extensions, so that a policy becomes `sales.yaml.txt` without a sign of it; and CSV
files lie beside the workbook that cycle.yaml names, or the workbook beside no `data` at all.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Final

from perfrules.codes.code import Severity
from perfrules.codes.figure_titles import figure_called, figure_words
from perfrules.diagnostics import Cell, Findings
from perfrules.intake.cells.numerals import tidy
from perfrules.intake.tables.layouts import LAYOUTS, Layout
from perfrules.intake.tables.wide_head import PartWords
from perfrules.model.policy import Policy

__all__ = [
    "RoleSheets", "csv_files", "layout_named", "layout_names", "report_beside", "report_extensions",
    "report_unnamed", "roles_of_file", "sheet_name",
]  # fmt: skip

_LONGEST: Final = 31
_REFUSED: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_ACTUALS: Final = ("actuals", "实际值")


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: no `[]:*?/\\`, at most 31 characters, no ' at an end."""
    return _REFUSED.sub("-", tidy(title))[:_LONGEST].strip(" '") or "-"


class RoleSheets:
    """The ids of the policies that a sheet's name can mean.

    `figure_words` are the headings of the figures that policies declare besides, and
    `part_words` those of all parts of a figure.
    """

    def __init__(self, policies: Iterable[Policy]) -> None:
        known = tuple(policies)
        found: dict[str, set[str]] = {}
        for policy in known:
            for word in {policy.id, *policy.title}:
                for spelling in (word, sheet_name(word)):
                    found.setdefault(tidy(spelling).casefold(), set()).add(policy.id)
        self._ids: Mapping[str, frozenset[str]] = {
            word: frozenset(ids) for word, ids in found.items()
        }
        self._titles = {policy.id: sheet_name(policy.title.zh) for policy in known}
        self.figure_words = _figure_words(known)
        self.part_words = PartWords(self.figure_words)
        self._figures = {
            policy.id: {tidy(word) for one in policy.indicators for word in (one.name, *one.title)}
            for policy in known
        }

    def ids(self, name: str) -> frozenset[str]:
        """The policies called so; none where no policy is."""
        return self._ids.get(tidy(name).casefold(), frozenset())

    def title(self, role: str) -> str:
        """What the sheet of a role is called."""
        return self._titles[role]

    def of_figures(self, headings: Collection[str]) -> list[str]:
        """The policies whose indicators stand among the headings, that with the most first."""
        counts = {
            role: sum(1 for word in headings if word in figures)
            for role, figures in self._figures.items()
        }
        return sorted((one for one in counts if counts[one]), key=lambda one: -counts[one])

    @property
    def names(self) -> Iterable[str]:
        """All spellings that are understood."""
        return self._ids


def _figure_words(policies: Iterable[Policy]) -> Mapping[str, str]:
    """The headings of the figures that indicators declare besides, each with the figure's name, or
    with itself where it may be one of several: 门槛值 is `floor` here and `threshold` there."""
    names = {name for one in policies for indicator in one.indicators for name in indicator.figures}
    words = {word for name in names for word in figure_words(name)}
    return {word: figure_called(word, names) or word for word in sorted(words)}


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
    return roles.ids(role) if table.casefold() in _ACTUALS else frozenset()


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
