"""The explanation as text for a terminal, a hundred columns wide."""

from collections.abc import Iterator, Sequence
from typing import Final

from perfrules.codes.code import Language
from perfrules.layout.terminal import padded, visible, width, wrapped
from perfrules.screens.simple_table import simple_table
from perfrules.words.explanation.headings import heading, title_of
from perfrules.words.explanation.outline import Block, Outline, Problem

__all__ = ["text"]

COLUMNS: Final = 100


def text(found: Outline) -> str:
    """The whole explanation, ending with a newline."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Outline) -> Iterator[str]:
    language = found.language
    yield from _heading(found.title, "=")
    yield from _pairs(found.head)
    yield ""
    yield from _heading(heading("result" if found.complete else "none", language), "-")
    yield from _pairs(found.result)
    if found.complete and found.problems:
        yield ""
        yield from _heading(heading("notices", language), "-")
    for problem in found.problems:
        yield from _problem(problem, heading("help", language) + heading("colon", language))
    yield ""
    yield from _heading(
        found.overview_title if found.complete else heading("so far", language), "-"
    )
    yield from _table(found)
    yield ""
    for block in found.blocks:
        yield from _heading("  ".join((title_of(block, language), *block.facts)), "-")
        yield from _block(block, language)
        yield ""
    yield from _pairs(found.seal)


def _heading(title: str, line: str) -> Iterator[str]:
    yield from wrapped(visible(title), COLUMNS)
    yield line * min(COLUMNS, width(visible(title)))


def _pairs(pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    names = max((width(visible(name)) for name, _ in pairs), default=0)
    for name, value in pairs:
        first, *rest = wrapped(visible(value), COLUMNS - names - 4)
        yield f"  {padded(visible(name), names)}  {first}"
        yield from (" " * (names + 4) + line for line in rest)


def _problem(problem: Problem, advice: str) -> Iterator[str]:
    place = f"{problem.place}: " if problem.place else ""
    said = f"{place}{problem.message} [{problem.code}]"
    for index, line in enumerate(wrapped(visible(said), COLUMNS - 4)):
        yield ("  - " if index == 0 else "    ") + line
    if problem.help:
        yield from ("    " + line for line in wrapped(visible(advice + problem.help), COLUMNS - 4))


def _table(found: Outline) -> Iterator[str]:
    rows = [[visible(cell) for cell in row.cells] for row in found.overview]
    head = [visible(cell) for cell in found.overview_head]
    words = found.overview_words
    sides = ["left"] * words + ["right"] * (len(head) - words)
    table = simple_table(rows, head, sides)
    yield from ("  " + line.rstrip() for line in table.splitlines())


def _block(block: Block, language: Language) -> Iterator[str]:
    names = min(max(width(visible(line.label)) for line in block.lines), 30)
    room = COLUMNS - names - 4
    for line in block.lines:
        label, (first, *rest) = visible(line.label), wrapped(visible(line.text), room)
        small = [f"{heading('rule', language)} {'; '.join(line.rules)}"] if line.rules else []
        small += [f"{heading('source', language)} {one}" for one in line.sources]
        beside = visible(f"[{'  '.join(small)}]") if small else ""
        if width(label) > names:
            yield f"  {label}"
            label = ""
        if beside and not rest and width(first) + width(beside) + 2 <= room:
            first = padded(first, room - width(beside)) + beside
            small = []
        yield f"  {padded(label, names)}  {first}"
        below = [*rest]
        for part in (*line.notes, *small):
            below += wrapped(visible(part), room)
        yield from (" " * (names + 4) + one for one in below)
