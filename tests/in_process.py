"""A command called in this process, as `python -m perfrules` would be in one of its own."""

import contextlib
import os
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from perfrules.cli.main import main

__all__ = ["Done", "in_process"]


class Done(NamedTuple):
    """How it ended, and what it printed where."""

    returncode: int
    stdout: str
    stderr: str


def in_process(*words: object, folder: Path, language: str = "en") -> Done:
    """Runs a command in a folder; an exception that a process would show is raised."""
    others = dict.fromkeys(key for key in os.environ if key.startswith("PERFRULES"))
    runner = CliRunner(env={**others, "PERFRULES_LANG": language})
    with contextlib.chdir(folder):
        done = runner.invoke(main, [*map(str, words)], catch_exceptions=False)
    return Done(done.exit_code, done.stdout, done.stderr)
