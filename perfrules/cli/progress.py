"""A progress bar on stderr, at a terminal, for work that takes a while."""

import sys
from typing import Any, Final

import click

from perfrules.codes.code import Language, Text

__all__ = ["Progress"]

_SLOW: Final = 2000
"""Work on fewer subjects is done before a bar could be read."""


class Progress:
    """Told how many are done, and of how many; draws a bar where somebody is looking."""

    def __init__(self, language: Language, label: Text) -> None:
        self.label, self.done, self.drawn = label.into(language), 0, 0
        self.bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        self.done = done
        if total < _SLOW or not sys.stderr.isatty():
            return
        if self.bar is None:
            self.bar = click.progressbar(length=total, label=self.label, file=sys.stderr)
        if done == total or done - self.drawn >= total // 100:
            self.bar.update(done - self.drawn)
            self.drawn = done

    def close(self) -> None:
        """Ends the bar's line."""
        if self.bar is not None:
            self.bar.render_finish()
