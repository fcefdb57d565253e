"""The target cascade as a tree for a terminal."""

from collections.abc import Iterator, Sequence
from typing import Final

from perfrules.codes.code import Language
from perfrules.layout.terminal import padded, visible, width, wrapped
from perfrules.model.cascade import CascadeReached, GoalReached
from perfrules.screens.cascade_rows import LEFT, PLANS, TITLE, CascadeWords

__all__ = ["cascade_text"]

COLUMNS: Final = 100
_INDENT: Final = "  "


def cascade_text(found: CascadeReached, language: Language) -> str:
    """The whole cascade, ending with a newline."""
    return "\n".join(_lines(found, CascadeWords(found, language))) + "\n"


def _lines(found: CascadeReached, words: CascadeWords) -> Iterator[str]:
    title = visible(f"{TITLE.into(words.language)}  {found.cycle}".rstrip())
    yield title
    yield "=" * width(title)
    for number, goal in enumerate(found.goals, 1):
        yield ""
        yield from _goal(number, goal, words)
    yield ""
    for note in words.footnotes():
        yield from wrapped(note, COLUMNS)


def _goal(number: int, found: GoalReached, words: CascadeWords) -> Iterator[str]:
    yield visible(f"{number}. {words.title(found.goal)}")
    facts = "  ".join(f"{name} {value}" for name, value in words.facts(found.goal))
    yield from (_INDENT + line for line in wrapped(visible(facts), COLUMNS - 2))
    yield ""
    head, rows = words.table(found)
    cells = [
        (_branches(row.lasts) + visible(row.cells[0]), *map(visible, row.cells[1:])) for row in rows
    ]
    yield from (_INDENT + line for line in _table(head, cells))
    plans = list(words.plans(found))
    if plans:
        yield ""
        yield _INDENT + PLANS.into(words.language)
    for plan in plans:
        first, *rest = wrapped(visible(plan), COLUMNS - 4)
        yield f"{_INDENT}- {first}"
        yield from (f"{_INDENT}  {line}" for line in rest)


def _branches(lasts: Sequence[bool]) -> str:
    """What is drawn before a name: `│  └─ `."""
    if not lasts:
        return ""
    above = "".join("   " if last else "│  " for last in lasts[:-1])
    return above + ("└─ " if lasts[-1] else "├─ ")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [head, ["-" * one for one in widths], *rows]
    for line in lines:
        cells = [
            padded(cell, columns) if name in LEFT else " " * (columns - width(cell)) + cell
            for name, cell, columns in zip(head, line, widths, strict=True)
        ]
        yield "  ".join(cells).rstrip()
