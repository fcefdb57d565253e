"""docs/commands.md and its Chinese twin know every command, option, variable and exit code."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from doc_page import ROOT

from perfrules.cli.exit_codes import Exit
from perfrules.cli.main import COMMANDS, main

PAGES = ["docs/commands.md", "docs/zh/commands.md"]
TEXTS = {page: (ROOT / page).read_text("utf-8") for page in PAGES}
of_both = pytest.mark.parametrize("page", PAGES)
EVERYWHERE = ("--lang", "--help", "--version")


def section(page: str, name: str) -> str:
    """The part of a page on one command."""
    head = rf"^## `perfrules {name}\b[^\n]*\n(.*?)(?=^## |\Z)"
    found = re.search(head, TEXTS[page], re.M | re.S)
    assert found, f"{page} has no section on {name}: each command is told in both languages"
    return found[1]


def options(name: str) -> Iterator[tuple[click.Option, str]]:
    """The options of a command, each with the variable that click reads for it."""
    group = click.Context(main, info_name="perfrules", auto_envvar_prefix="PERFRULES")
    command = main.get_command(group, name)
    assert command is not None
    context = click.Context(command, info_name=name, parent=group)
    for option in command.get_params(context):
        if isinstance(option, click.Option) and not set(option.opts) & set(EVERYWHERE):
            own = option.envvar or f"{context.auto_envvar_prefix}_{str(option.name).upper()}"
            yield option, str(own)


@of_both
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_with_its_options_is_told(page: str, name: str) -> None:
    text = section(page, name)
    assert len(text) > 80
    for option, variable in options(name):
        row = re.search(rf"^\| `{option.opts[-1]}`.*$|^\| .*`{option.opts[-1]}`.*$", text, re.M)
        assert row, f"{page}: {name}: {option.opts} is not told"
        assert all(f"`{spelling}`" in row[0] for spelling in option.opts)
        assert f"`{variable}`" in row[0], f"{page}: {name}: the variable {variable} is not told"


def test_there_are_commands_and_options() -> None:
    assert len(COMMANDS) >= 7
    assert sum(1 for name in COMMANDS for _ in options(name)) >= 12


@of_both
def test_no_option_is_told_that_no_command_has(page: str) -> None:
    told = set(re.findall(r"^\| `(--[a-z-]+)`", TEXTS[page], re.M))
    real = {
        spelling for name in COMMANDS for option, _ in options(name) for spelling in option.opts
    }
    assert told
    assert told <= real | set(EVERYWHERE)


@of_both
@pytest.mark.parametrize("option", EVERYWHERE)
def test_what_all_commands_share_is_told(page: str, option: str) -> None:
    assert re.search(rf"^\| `{option}`", TEXTS[page], re.M)


@of_both
@pytest.mark.parametrize("code", list(Exit))
def test_every_exit_code_is_told(page: str, code: Exit) -> None:
    assert re.search(rf"^\| {int(code)} \|", TEXTS[page], re.M)


@of_both
def test_the_first_quarter_of_an_hour_runs(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    console = TEXTS[page].partition("```console\n")[2].partition("```")[0]
    lines = [line.removeprefix("$ ").split() for line in console.splitlines()]
    assert len(lines) == 7
    for program, *words in lines:
        if program == "cd":
            monkeypatch.chdir(words[0])
        else:
            done = CliRunner().invoke(main, words)
            assert done.exit_code == 0, done.output
