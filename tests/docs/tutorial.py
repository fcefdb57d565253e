"""docs/first-quarter.md, in either language, done as a reader would do it, in a folder of its own.

What a page asks for is read from it, in its order:

- a line with a file's name and a block `diff` is an edit: lines with `-` go, lines with `+` come;
- a line with a file's name and a block `csv` is a table saved under that name;
- a line that names a workbook and a sheet, before a table, fills the table's cells in;
- a line that begins with `Delete` or 删除 removes the files that it names;
- a block `console` is commands and what they print; a line `…` stands for lines left out.
"""

import os
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

from click.testing import CliRunner
from doc_page import ROOT

from perfrules.cli.main import main

__all__ = ["PAGES", "Said", "play", "shown"]

PAGES: Final = {
    "en": ROOT / "docs" / "first-quarter.md",
    "zh": ROOT / "docs" / "zh" / "first-quarter.md",
}

_STEP: Final = re.compile(
    r"^`(?P<edited>[^`\n]+)`[:：]\n\n```diff\n(?P<diff>.*?)^```$"
    r"|^`(?P<written>[^`\n]+)`[:：]\n\n```csv\n(?P<rows>.*?)^```$"
    r"|^```console\n(?P<console>.*?)^```$"
    r"|^[^\n|]*`(?P<book>[^`\n]+\.xlsx)`[^\n]*“(?P<sheet>[^”\n]+)”[^\n]*[:：]\n\n(?P<table>(?:\|[^\n]*\n)+)"
    r"|^(?P<deleted>(?:删除|Delete) [^\n]*)$",
    re.M | re.S,
)


_COMMAND: Final = re.compile(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", re.M)


class Said(NamedTuple):
    """One command of a page: what the page shows of its output and where, what was printed."""

    command: str
    shown: str
    at: int
    printed: str


def play(language: str, folder: Path) -> Iterator[Said]:
    """Does what the page says, in `folder`; yields each command. An edit that does not fit the file
    as it then is, or a sheet without the column, is an `AssertionError`."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        for step in _STEP.finditer(PAGES[language].read_text("utf-8")):
            if step["diff"]:
                _edit(Path(step["edited"]), step["diff"])
            elif step["rows"]:
                Path(step["written"]).write_text(step["rows"], "utf-8-sig")
            elif step["book"]:
                _fill(Path(step["book"]), step["sheet"], step["table"])
            elif step["deleted"]:
                names = re.findall("`([^`]+)`", step["deleted"])
                for name in names:
                    Path(name).unlink()
            else:
                yield from _commands(step, language, folder)
    finally:
        os.chdir(before)


def shown(said: Said) -> bool:
    """Whether the page shows what was printed, whole or with `…` for what it leaves out."""
    parts = re.split(r"^…\n", said.shown, flags=re.M)
    pattern = r"(?:.*\n)*".join(map(re.escape, parts))
    return re.fullmatch(pattern, said.printed) is not None


def _commands(step: re.Match[str], language: str, folder: Path) -> Iterator[Said]:
    for found in _COMMAND.finditer(step["console"]):
        command, at = found[1], step.start("console") + found.start(2)
        words = command.split()
        if words[0] == "cd":
            os.chdir(words[1])
            yield Said(command, found[2], at, "")
            continue
        assert words[0] == "perfrules", command
        environment = {"PERFRULES_LANG": language, "NO_COLOR": "1"}
        result = CliRunner(env=environment).invoke(main, words[1:])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        printed = result.output
        for name in {str(folder), str(folder.resolve())}:
            printed = printed.replace(name, "~")
        yield Said(command, found[2], at, printed)


def _edit(path: Path, diff: str) -> None:
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{path} has these lines {text.count(old)} times:\n{old}"
    path.write_text(text.replace(old, new), "utf-8")


# The cells of a workbook, found as people find them: by the heads and the ids


def _fill(path: Path, title: str, table: str) -> None:
    from openpyxl import load_workbook

    heads, _, *rows = ([cell.strip() for cell in line.split("|")[1:-1]] for line in _lines(table))
    book = load_workbook(path)
    sheet = book[title]
    top = next(row for row in range(1, 6) if sheet.cell(row, 1).value in ("工号", "person_id"))
    columns = _columns(sheet, top)
    for values in rows:
        row = _row_of(sheet, top + 1, values[0])
        for head, value in zip(heads, values):
            assert head in columns, f"{path}, {title}: no column {head!r} among {[*columns]}"
            if value:
                sheet.cell(row, columns[head]).value = _value(value)
    book.save(path)


def _lines(table: str) -> list[str]:
    return table.strip().splitlines()


def _columns(sheet: Any, top: int) -> dict[str, int]:
    """Heads to columns; of heads on two lines, the upper and the lower word: 销售额 目标值."""
    found, upper = dict[str, int](), ""
    for column in range(1, sheet.max_column + 1):
        upper = str(sheet.cell(top, column).value or upper)
        lower = sheet.cell(top + 1, column).value if sheet.cell(top + 1, 1).value is None else None
        found[upper if lower is None else f"{upper} {lower}"] = column
    return found


def _row_of(sheet: Any, first: int, person: str) -> int:
    """The row of an id, or the first that is empty throughout its first two cells."""
    for row in range(first, first + 200):
        if sheet.cell(row, 1).value == person:
            return row
    return next(row for row in range(first, 300) if not any(_start(sheet, row)))


def _start(sheet: Any, row: int) -> list[object]:
    return [sheet.cell(row, column).value for column in (1, 2)]


def _value(text: str) -> object:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text
