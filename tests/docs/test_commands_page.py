"""docs/commands.md knows every command, option, variable and exit code."""

import re
from collections.abc import Iterator

import click
import pytest
from doc_page import ROOT

from perfrules.cli.exit_codes import Exit
from perfrules.cli.main import COMMANDS, main

TEXT = (ROOT / "docs" / "commands.md").read_text("utf-8")
EVERYWHERE = ("--lang", "--help", "--version")


def section(name: str) -> str:
    """The part of the page on one command."""
    found = re.search(rf"^## `perfrules {name}\b[^\n]*\n(.*?)(?=^## |\Z)", TEXT, re.M | re.S)
    assert found, f"docs/commands.md has no section on {name}"
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


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_with_its_options_is_told(name: str) -> None:
    text = section(name)
    assert len(text) > 100
    for option, variable in options(name):
        row = re.search(rf"^\| `{option.opts[-1]}`.*$|^\| .*`{option.opts[-1]}`.*$", text, re.M)
        assert row, f"{name}: {option.opts} is not told"
        assert all(f"`{spelling}`" in row[0] for spelling in option.opts)
        assert f"`{variable}`" in row[0], f"{name}: the variable {variable} is not told"


def test_there_are_commands_and_options() -> None:
    assert len(COMMANDS) >= 7
    assert sum(1 for name in COMMANDS for _ in options(name)) >= 12


def test_no_option_is_told_that_no_command_has() -> None:
    told = set(re.findall(r"^\| `(--[a-z-]+)`", TEXT, re.M))
    real = {
        spelling for name in COMMANDS for option, _ in options(name) for spelling in option.opts
    }
    assert told
    assert told <= real | set(EVERYWHERE)


@pytest.mark.parametrize("option", EVERYWHERE)
def test_what_all_commands_share_is_told(option: str) -> None:
    assert re.search(rf"^\| `{option}`", TEXT, re.M)


@pytest.mark.parametrize("code", list(Exit))
def test_every_exit_code_is_told(code: Exit) -> None:
    assert re.search(rf"^\| {int(code)} \|", TEXT, re.M)
