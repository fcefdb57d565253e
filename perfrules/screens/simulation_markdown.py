"""What would be different under other rules, as Markdown."""

from collections.abc import Iterator

from perfrules.codes.code import Language
from perfrules.layout.markdown import escaped
from perfrules.model.simulation import Simulation
from perfrules.screens.simulation_rows import TITLE, Section, SimulationWords

__all__ = ["simulation_markdown"]


def simulation_markdown(found: Simulation, language: Language, people: int) -> str:
    """The whole answer, with so many people at most, ending with a newline."""
    return "\n".join(_lines(found, SimulationWords(found, language, people))) + "\n"


def _lines(found: Simulation, words: SimulationWords) -> Iterator[str]:
    yield f"# {escaped(f'{TITLE.into(words.language)} {found.cycle}'.rstrip())}"
    yield ""
    for line in words.summary():
        yield f"- {escaped(line)}"
    for section in words.sections():
        yield ""
        yield from _table(section)


def _table(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.title)}"
    yield ""
    yield _row(section.header)
    yield "| " + " | ".join("---:" if figure else "---" for figure in section.is_figure) + " |"
    yield from map(_row, section.rows)
    for note in section.notes:
        yield ""
        yield escaped(note)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(map(escaped, cells)) + " |"
