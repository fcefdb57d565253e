"""What would be different under other rules, for a terminal."""

from collections.abc import Iterator
from typing import Final

from perfrules.codes.code import Language
from perfrules.layout.terminal import visible, width, wrapped
from perfrules.model.simulation import Simulation
from perfrules.screens.simple_table import simple_table
from perfrules.screens.simulation_rows import TITLE, Section, SimulationWords

__all__ = ["simulation_text"]

_COLUMNS: Final = 100
_WIDEST: Final = 60
"""Columns of a cell; what is longer goes on below."""


def simulation_text(found: Simulation, language: Language, people: int) -> str:
    """The whole answer, with so many people at most, ending with a newline."""
    return "\n".join(_lines(found, SimulationWords(found, language, people))) + "\n"


def _lines(found: Simulation, words: SimulationWords) -> Iterator[str]:
    title = visible(f"{TITLE.into(words.language)}  {found.cycle}".rstrip())
    yield title
    yield "=" * width(title)
    for line in words.summary():
        yield from wrapped(visible(line), _COLUMNS)
    for section in words.sections():
        yield ""
        yield from _table(section)


def _table(section: Section) -> Iterator[str]:
    yield visible(section.title)
    rows = [["\n".join(wrapped(visible(cell), _WIDEST)) for cell in row] for row in section.rows]
    yield simple_table(
        rows,
        [visible(name) for name in section.header],
        ["right" if figure else "left" for figure in section.is_figure],
    )
    for note in section.notes:
        yield from wrapped(visible(note), _COLUMNS)
