"""Statements that people filled in with measures: these come into the table of improvements."""

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from made_cycle import change, run, typed_directly

Line = tuple[str, str, str, str]
"""Measure, support, owner, due."""

LINES: tuple[Line, ...] = (
    ("每周拜访 3 家逾期客户", "财务提供账龄表", "直销组负责人", "2025-05-15"),
    ("=每日填写拜访记录", "", "本人", "2025年4月30日"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cycle with results, and statements in both formats and languages."""
    folder = tmp_path_factory.mktemp("made")
    cycle = typed_directly(folder / "2025Q1", 3)
    assert run("evaluate", cycle, "--out", folder / "results").exit_code == 0
    for form in ("docx", "xlsx"):
        for language in ("zh", "en"):
            out = folder / f"{form}-{language}"
            done = run(
                "feedback", folder / "results", "--format", form, "--lang", language, "--out", out
            )
            assert done.exit_code == 0, done.output
    return folder


def fill_in_word(path: Path, lines: tuple[Line, ...]) -> None:
    from docx import Document

    document = Document(str(path))
    table = next(
        one for one in document.tables if one.rows[0].cells[1].text in ("改进措施", "measure")
    )
    for row, line in zip(table.rows[1:], lines, strict=False):
        for cell, text in zip(row.cells[1:], line, strict=True):
            cell.text = text
    document.save(str(path))


def fill_in_excel(path: Path, lines: tuple[Line, ...]) -> None:
    def typed(book: Any) -> None:
        sheet = book.worksheets[0]
        head = next(
            row
            for row in sheet.iter_rows()
            if {"改进措施", "measure"} & {str(cell.value) for cell in row}
        )
        columns = [cell.column for cell in head if cell.value][1:]
        for number, line in enumerate(lines, head[0].row + 1):
            for column, text in zip(columns, line, strict=True):
                cell = sheet.cell(number, column, text)
                cell.data_type = "s"

    change(path, typed)


FILL: dict[str, Callable[[Path, tuple[Line, ...]], None]] = {
    "docx": fill_in_word, "xlsx": fill_in_excel,
}  # fmt: skip


def returned(made: Path, tmp_path: Path, form: str, language: str = "zh") -> tuple[Path, Path]:
    """A copy of the cycle, and the statement of E001 in a folder."""
    cycle = Path(shutil.copytree(made / "2025Q1", tmp_path / "2025Q1"))
    back = tmp_path / "back"
    back.mkdir()
    name = f"E001-示例员工01.{form}"
    shutil.copy(made / f"{form}-{language}" / name, back / f"反馈.{form}")
    return cycle, back / f"反馈.{form}"


def improvements(cycle: Path) -> list[dict[str, str]]:
    with (cycle / "improvements.csv").open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


def codes(done: Result) -> list[str]:
    return re.findall(r"\[([a-z-]+)\]$", done.output, re.M)


@pytest.mark.parametrize("form", FILL)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_measures_come_into_the_table_and_are_followed(
    made: Path, tmp_path: Path, form: str, language: str
) -> None:
    cycle, statement = returned(made, tmp_path, form, language)
    FILL[form](statement, LINES)
    done = run("collect", statement.parent, cycle)
    assert done.exit_code == 0, done.output
    rows = improvements(cycle)
    columns = ("工号", "改进措施", "所需支持", "负责人", "完成日期")
    assert [tuple(one[name] for name in columns) for one in rows] == [
        ("E001", LINES[0][0], "财务提供账龄表", "直销组负责人", "2025-05-15"),
        ("E001", f" {LINES[1][0]}", "", "本人", "2025-04-30"),
    ]
    assert all(one["差距"] for one in rows), "each says which gap it is to close"
    tracked = run("track", cycle, "--on", "2025-06-01")
    assert LINES[0][0] in tracked.output
    again = run("collect", statement.parent, cycle)
    assert again.exit_code == 0, again.output
    assert "The tables have all of it already" in again.output


def test_rows_that_are_there_stay(made: Path, tmp_path: Path) -> None:
    cycle, statement = returned(made, tmp_path, "docx")
    before = "person_id,measure,owner,due,state\nE002,培训新人,组长,2025-04-01,running\n"
    (cycle / "improvements.csv").write_text(before, "utf-8")
    fill_in_word(statement, LINES[:1])
    done = run("collect", statement.parent, cycle)
    assert done.exit_code == 0, done.output
    rows = improvements(cycle)
    assert [(one["person_id"], one["measure"], one["state"]) for one in rows] == [
        ("E002", "培训新人", "running"), ("E001", LINES[0][0], "")
    ]  # fmt: skip
    assert rows[1]["gap"]


@pytest.mark.parametrize("form", FILL)
def test_a_day_that_is_none_is_a_finding(made: Path, tmp_path: Path, form: str) -> None:
    cycle, statement = returned(made, tmp_path, form)
    FILL[form](statement, (("回访客户", "", "本人", "尽快"),))
    done = run("collect", statement.parent, cycle)
    assert done.exit_code == 1
    assert codes(done) == ["bad-cell-date"] or "date" in codes(done)[0]
    assert f"反馈.{form}[" in done.output
    assert not (cycle / "improvements.csv").exists()


def test_an_owner_without_a_measure_is_a_finding(made: Path, tmp_path: Path) -> None:
    cycle, statement = returned(made, tmp_path, "xlsx")
    fill_in_excel(statement, (("", "", "本人", ""),))
    done = run("collect", statement.parent, cycle)
    assert done.exit_code == 1
    assert "empty-cell" in codes(done)


def test_a_statement_that_nobody_filled_in_is_told(made: Path, tmp_path: Path) -> None:
    cycle, statement = returned(made, tmp_path, "docx")
    done = run("collect", statement.parent, cycle)
    assert done.exit_code == 0, done.output
    assert "empty-form" in codes(done)


def test_two_plans_of_one_person_that_differ_are_refused(made: Path, tmp_path: Path) -> None:
    cycle, statement = returned(made, tmp_path, "docx")
    fill_in_word(statement, LINES)
    other = Path(shutil.copy(made / "xlsx-zh" / "E001-示例员工01.xlsx", statement.parent))
    fill_in_excel(other, LINES[:1])
    done = run("collect", statement.parent, cycle)
    assert done.exit_code == 1
    assert codes(done).count("forms-differ") == 2
    fill_in_excel(other, LINES)
    done = run("collect", statement.parent, cycle)
    assert done.exit_code == 0, done.output
    assert "same-form-twice" in codes(done)


def test_a_statement_of_another_cycle_is_refused(made: Path, tmp_path: Path) -> None:
    cycle, statement = returned(made, tmp_path, "docx")
    fill_in_word(statement, LINES)
    setting = cycle / "cycle.yaml"
    setting.write_text(setting.read_text("utf-8").replace("id: 2025Q1", "id: 2025Q2"), "utf-8")
    done = run("collect", statement.parent, cycle)
    assert done.exit_code == 1
    assert codes(done)[-1] == "form-of-other-cycle"


def test_a_broken_word_file_is_no_form(made: Path, tmp_path: Path) -> None:
    cycle, statement = returned(made, tmp_path, "docx")
    statement.write_bytes(statement.read_bytes()[:5000])
    done = run("collect", statement.parent, cycle)
    assert done.exit_code == 1
    assert codes(done) == ["not-a-form"]
