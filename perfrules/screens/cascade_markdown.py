"""The target cascade as Markdown: a table for each goal, its parts indented."""

from collections.abc import Iterator

from perfrules.codes.code import Language
from perfrules.layout.markdown import escaped
from perfrules.model.cascade import CascadeReached, GoalReached
from perfrules.screens.cascade_rows import LEFT, PLANS, TITLE, CascadeWords

__all__ = ["cascade_markdown"]


def cascade_markdown(found: CascadeReached, language: Language) -> str:
    """The whole cascade, ending with a newline."""
    return "\n".join(_lines(found, CascadeWords(found, language))) + "\n"


def _lines(found: CascadeReached, words: CascadeWords) -> Iterator[str]:
    yield f"# {escaped(f'{TITLE.into(words.language)} {found.cycle}'.rstrip())}"
    for number, goal in enumerate(found.goals, 1):
        yield ""
        yield from _goal(number, goal, words)
    yield ""
    yield "---"
    for note in words.footnotes():
        yield ""
        yield escaped(note)


def _goal(number: int, found: GoalReached, words: CascadeWords) -> Iterator[str]:
    yield f"## {number}. {escaped(words.title(found.goal))}"
    yield ""
    colon = "：" if words.language == "zh" else ": "
    yield from (
        f"- {escaped(name)}{colon}{escaped(value)}" for name, value in words.facts(found.goal)
    )
    yield ""
    head, rows = words.table(found)
    yield _row(head)
    yield "| " + " | ".join("---" if name in LEFT else "---:" for name in head) + " |"
    for row in rows:
        # Blanks at the beginning of a cell would be lost.
        name = "&emsp;" * len(row.lasts) + escaped(row.cells[0])
        yield f"| {name} " + _row(row.cells[1:])
    plans = list(words.plans(found))
    if plans:
        yield ""
        yield f"### {PLANS.into(words.language)}"
        yield ""
        yield from (f"- {escaped(plan)}" for plan in plans)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(map(escaped, cells)) + " |"
