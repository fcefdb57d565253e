"""The example quarter with all ratings and many actuals taken out, told on forms, and collected:
its results are the same to the letter."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_cycle import change, run, send

ROOT = Path(__file__).parents[2]
ACTUALS = ("E1001", "E1002", "E1012", "E1024", "E1030", "E1035")
Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


def write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def without(rows: Rows, columns: tuple[str, ...], which: Callable[[dict[str, str]], bool]) -> Rows:
    return [{**row, **dict.fromkeys(columns, "")} if which(row) else row for row in rows]


def slots(book: Any) -> list[tuple[list[str], str, list[str]]]:
    """Each cell that a form asks for: its slot, its heading, the labels of its row."""
    found = []
    for row in book["perfrules"].iter_rows(values_only=True):
        if row[0] == "cell":
            labels = [text for text in row[5:16] if text]
            found.append((json.loads(row[3]), str(row[2]), labels))
    return found


def fill(path: Path, values: dict[tuple[str, ...], str], into: Path) -> None:
    """Types the values of slots into a form."""

    def typed(book: Any) -> None:
        sheet = book.worksheets[0]
        for slot, heading, labels in slots(book):
            value = values.get(tuple(slot))
            if not value:
                continue
            for head in sheet.iter_rows():
                columns = {cell.value: cell.column for cell in head}
                if heading not in columns:
                    continue
                for row in sheet.iter_rows(min_row=head[0].row + 1):
                    # Labels may have empty cells between them.
                    found = [str(cell.value) for cell in row if cell.value is not None]
                    cell = sheet.cell(row[0].row, columns[heading])
                    if found[: len(labels)] == labels and not cell.protection.locked:
                        cell.value = value

    change(path, typed, into)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(ROOT / "policies", folder / "policies")
    for name in ("given", "told"):
        shutil.copytree(ROOT / "examples" / "2024Q3", folder / name / "2024Q3")
        setting = folder / name / "2024Q3" / "cycle.yaml"
        text = setting.read_text("utf-8").replace("../../policies", "../../policies")
        setting.write_text(text, "utf-8")
    return folder


def test_what_was_told_on_forms_comes_to_the_same(folder: Path) -> None:
    given, told = folder / "given" / "2024Q3", folder / "told" / "2024Q3"
    ratings, actuals = read(given / "ratings.csv"), read(given / "actuals.csv")
    write(told / "ratings.csv", without(ratings, ("score", "evidence"), lambda row: True))
    taken = without(actuals, ("actual", "evidence"), lambda row: row["person_id"] in ACTUALS)
    write(told / "actuals.csv", taken)
    values: dict[tuple[str, ...], str] = {}
    for row in ratings:
        person, _, segment = row["person_id"].partition("#")
        for column in ("score", "evidence"):
            slot = (person, segment, row["indicator"], row["group"], row["rater_id"], column)
            values["ratings", *slot] = row[column]
    for row in actuals:
        for column in ("actual", "evidence"):
            key = ("actuals", row["person_id"], "", row["indicator"], "", "", column)
            values[key] = row[column]
    back = folder / "back"
    back.mkdir()
    # One of the example has a role without a policy, which is told.
    persons = send(told, "person", folder / "persons", ends=1)
    raters = send(told, "rater", folder / "raters", ends=1)
    for one in ACTUALS:
        if one in persons:
            fill(persons[one], values, back / f"{one}.xlsx")
    for one, path in raters.items():
        fill(path, values, back / f"R-{one}.xlsx")
    done = run("collect", back, told)
    assert done.exit_code == 0, done.output
    assert "cells filled" in done.output
    assert "rows added 0" in done.output, "rows that name their raters are filled in"
    results = {}
    for name, cycle in (("given", given), ("told", told)):
        done = run("evaluate", cycle, "--out", folder / f"{name}-results")
        assert done.exit_code in (0, 5), done.output
        results[name] = (folder / f"{name}-results" / "appraisals.csv").read_text("utf-8-sig")
    assert results["given"] == results["told"]
    assert results["given"].count("\n") > 35
