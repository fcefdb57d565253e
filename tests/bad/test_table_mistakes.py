"""Mistakes of people in HR in the tables of a cycle: the cell, the word meant, the mend."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.diagnostics import Diagnostic
from perfrules.screens.summary import FOLLOWING

DATA: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "table_mistakes.yaml").read_text("utf-8")
)
BOOKS: list[dict[str, Any]] = DATA["workbook_mistakes"]
FILES: list[dict[str, Any]] = DATA["csv_mistakes"]

_SEVERITIES = ("error", "warning", "note")


def found_in(folder: Path) -> list[Diagnostic]:
    """All that a user is told, in the order of the summary."""
    result = evaluate_cycle(folder)
    of_people = [one for line in result.judged for one in line.problems]
    told = {
        (one.code, one.place): one for one in (*result.findings, *of_people, *result.unattached)
    }
    return sorted(told.values(), key=_rank)


def _rank(one: Diagnostic) -> tuple[int, bool]:
    return _SEVERITIES.index(one.severity), one.code in FOLLOWING


def sheets_with(row: dict[str, Any], kind: str) -> dict[str, list[list[Any]]]:
    """The sheets or CSV files, with the row's edits of their cells and names."""
    sheets = {name: [list(cells) for cells in rows] for name, rows in DATA[kind].items()}
    for cell, value in row.get("set", {}).items():
        name, _, address = cell.partition("!")
        line, column = int(address[1:]) - 1, ord(address[0]) - ord("A")
        while len(sheets[name]) <= line:
            sheets[name].append([None] * len(sheets[name][0]))
        for cells in sheets[name]:
            cells.extend([None] * (column + 1 - len(cells)))
        sheets[name][line][column] = value
    for name in row.get("remove", ()):
        del sheets[name]
    names = row.get("rename", {})
    added: dict[str, list[list[Any]]] = row.get("add", {})
    return {names.get(name, name): rows for name, rows in sheets.items()} | added


def save_workbook(path: Path, row: dict[str, Any]) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets_with(row, "workbook").items():
        sheet: Worksheet = book.create_sheet(name)
        for number, cells in enumerate(rows, 1):
            for column, value in enumerate(cells, 1):
                put(sheet, number, column, value)
    for cell, shown_as in row.get("format", {}).items():
        name, _, address = cell.partition("!")
        book[name][address].number_format = shown_as
    for name, number in row.get("hide_row", {}).items():
        book[name].row_dimensions[number].hidden = True
    for name, cells in row.get("merge", {}).items():
        book[name].merge_cells(cells)
    if "hide" in row:
        book[row["hide"]].sheet_state = "hidden"
    book.save(path)


def put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """A cell as somebody who types `92%` gets it."""
    cell = sheet.cell(row, column, value)
    if isinstance(value, str) and re.fullmatch("[0-9]+%", value):
        cell.value, cell.number_format = int(value[:-1]) / 100, "0%"


def csv_text(rows: list[list[Any]]) -> str:
    """The table; `RAW` before a text keeps it as it stands, commas and all."""
    words = [
        ["" if cell is None else str(cell).removeprefix("RAW") for cell in row] for row in rows
    ]
    return "".join(",".join(row) + "\n" for row in words)


def build(folder: Path, row: dict[str, Any], kind: str) -> None:
    (folder / "policies").mkdir()
    (folder / "policies" / "sales.yaml").write_text(DATA["policy"], "utf-8")
    cycle = DATA["cycle"] + ("data: q3.xlsx\n" if kind == "workbook" else "")
    (folder / "cycle.yaml").write_text(cycle.replace(*row.get("cycle", ("", ""))), "utf-8")
    if kind == "workbook":
        save_workbook(folder / "q3.xlsx", row)
    else:
        for name, rows in sheets_with(row, kind).items():
            (folder / name).write_text(csv_text(rows), "utf-8")
    for name, text in row.get("file", {}).items():
        (folder / name).write_text(text, "utf-8")
    for old, new in row.get("move", {}).items():
        (folder / old).rename(folder / new)


def place_of(one: Diagnostic, folder: Path) -> str:
    return str(one.place).removeprefix(f"{folder}/")


@pytest.mark.parametrize("kind", ["workbook", "csv"])
def test_the_cycle_without_mistakes_is_sound(kind: str, tmp_path: Path) -> None:
    build(tmp_path, {}, kind)
    assert found_in(tmp_path) == []
    assert len(BOOKS) >= 48
    assert len(FILES) >= 10
    for rows in (BOOKS, FILES):
        assert len({row["what"] for row in rows}) == len(rows)


def check(row: dict[str, Any], kind: str, folder: Path) -> None:
    build(folder, row, kind)
    first, *others = found_in(folder)
    told = [f"{one.place} {one.code} {one.message('zh')}" for one in (first, *others)]
    assert first.code == row["code"], told
    assert place_of(first, folder) == row["at"]
    assert row["says"] in f"{first.message('zh')} {first.help('zh')}"
    assert len(others) == row.get("more", 0) <= 1, told


@pytest.mark.parametrize("row", BOOKS, ids=lambda row: str(row["what"]))
def test_a_mistake_in_a_workbook_is_one_finding_with_its_mend(
    row: dict[str, Any], tmp_path: Path
) -> None:
    check(row, "workbook", tmp_path)


@pytest.mark.parametrize("row", FILES, ids=lambda row: str(row["what"]))
def test_a_mistake_in_csv_files_is_one_finding_with_its_mend(
    row: dict[str, Any], tmp_path: Path
) -> None:
    check(row, "csv", tmp_path)
