"""An option that says how many, of which there has to be one at least."""

import click

from perfrules.cli.spoken_help import Failed
from perfrules.codes.code import Text

__all__ = ["at_least_one"]


def at_least_one(context: click.Context, option: click.Parameter, value: int | None) -> int | None:
    """The number, or the end of the run."""
    if value is not None and value < 1:
        name = option.opts[0]
        raise Failed(Text(f"{name} 至少为 1", f"{name} has to be 1 or more"))
    return value
