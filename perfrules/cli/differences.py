"""What would be written into a file, in the form that `patch` reads."""

import difflib

import click

from perfrules.workbench.mending import MendedFile

__all__ = ["show_difference"]


def show_difference(file: MendedFile) -> None:
    """Prints the difference between a file as it is and as it would be."""
    name = str(file.path)
    before, now = (text.splitlines(keepends=True) for text in (file.before.decode(), file.now))
    for line in difflib.unified_diff(before, now, name, name):
        click.echo(line.rstrip("\r\n"))
