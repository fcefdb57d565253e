"""A page of docs/diagnostics taken apart, and its example run for real.

A page shows files (a line `` `name`: `` and a fence) and ends with a console that has one
command and what it prints. An example of a cycle is played in a folder as `perfrules init`
makes it, with the files of the page put in. `‹U+200B›` stands for a character that cannot be
shown.
"""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from click.testing import CliRunner
from made_files import MADE, SWITCHED_OFF

from perfrules.cli.main import main
from perfrules.codes.catalogue import CODES

ROOT: Final = Path(__file__).parents[2]
DIAGNOSTICS: Final = ROOT / "docs" / "diagnostics"
STARTER: Final = ROOT / "perfrules" / "starter"

_FILE: Final = re.compile(r"^`(?P<name>[^`\n]+)`:\n\n```\w*\n(?P<text>.*?)^```$", re.M | re.S)
_CONSOLE: Final = re.compile(
    r"^```console\n\$ perfrules (?P<command>[^\n]*)\n(?P<out>.*?)^```$", re.M | re.S
)
_OF_A_CYCLE: Final = (
    "cascade", "collect", "evaluate", "explain", "feedback", "paper", "report", "sheet", "simulate",
    "track",
    "verify",
)  # fmt: skip
_HIDDEN: Final = re.compile("‹U\\+([0-9A-F]{4})›")


@dataclass(frozen=True)
class Page:
    """A page of one code: its files, the command, what it says is printed."""

    code: str
    text: str
    files: dict[str, str]
    command: str
    printed: str


def pages() -> dict[str, Page]:
    """All pages of docs/diagnostics by their code."""
    paths = sorted(path for path in DIAGNOSTICS.glob("*.md") if path.name != "README.md")
    return {path.stem: _page(path) for path in paths}


def _page(path: Path) -> Page:
    text = path.read_text("utf-8")
    files = {
        found["name"]: _HIDDEN.sub(_character, found["text"]) for found in _FILE.finditer(text)
    }
    console = _CONSOLE.search(text)
    command, printed = (console["command"], console["out"]) if console else ("", "")
    return Page(path.stem, text, files, command, printed)


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def play(page: Page, folder: Path, language: str = "en") -> str:
    """Everything that the page's command prints, in a folder set up as the page says."""
    words = page.command.split()
    if words[0] in _OF_A_CYCLE:
        shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    for name, text in page.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    if re.search("(?m)^data:", page.files.get("2024Q3/cycle.yaml", "")):
        tables = (folder / "2024Q3").glob("*.csv")  # a cycle has its data in one place
        for path in [one for one in tables if f"2024Q3/{one.name}" not in page.files]:
            path.unlink()
    before = os.getcwd()
    os.chdir(folder)
    try:
        if words[0] in ("explain", "feedback", "paper", "report", "verify"):
            _run(["evaluate", "2024Q3"], language)
        if page.code in MADE:
            MADE[page.code](folder)
        with SWITCHED_OFF[page.code]() if page.code in SWITCHED_OFF else _nothing():
            return _public(_run(words, language), folder)
    finally:
        os.chdir(before)


def _run(words: list[str], language: str) -> str:
    result = CliRunner(env={"PERFRULES_LANG": language, "NO_COLOR": "1"}).invoke(main, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def _public(printed: str, folder: Path) -> str:
    """What is printed without the names of this machine and its processes."""
    for name in {str(folder), str(folder.resolve())}:
        printed = printed.replace(name, "~")
    return re.sub(r"(process |进程（)\d+ \([^)]*\)", r"\g<1>4711 (hr-office)", printed)


class _nothing:  # noqa: N801 - stands where a context is not needed
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


def excerpt(printed: str, code: str, language: str = "en") -> str:
    """The part of a command's output that is about the code; empty where it says nothing of it."""
    lines = printed.splitlines()
    for number, line in enumerate(lines):
        if f"[{code}]" in line:
            return "\n".join([line, *_continued(lines[number + 1 :])]) + "\n"
    for line in lines:
        if f"got {code}: " in line or f"得到 {code}: " in line:
            return line + "\n"
    # Tables of `evaluate` have the sentence without the code.
    sentence = sentence_pattern(code, language)
    return "".join(line + "\n" for line in lines if sentence.search(line))[:2000]


def _continued(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("  "):
            return
        yield line


def sentence_pattern(code: str, language: str) -> re.Pattern[str]:
    """The code's sentence with anything in place of its facts."""
    sentence = CODES[code].message.into(language)  # type: ignore[arg-type]
    parts = re.split(r"\{\w+\}", sentence.replace("{{", "{").replace("}}", "}"))
    return re.compile(".*".join(map(re.escape, parts)))
