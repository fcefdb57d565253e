"""Papers as Markdown; whatever comes from policy or data is escaped."""

from collections.abc import Iterator, Sequence
from typing import Final

from perfrules.layout.markdown import escaped
from perfrules.papers.paper.mark import marked
from perfrules.papers.paper.parts import Paper, Part, Signing, Table

__all__ = ["markdown"]

_LINE: Final = "＿" * 12
"""A line to write on, of letters that Markdown does not read."""


_NEW_PAGE: Final = '<div style="break-before: page"></div>'
"""What renderers of Markdown that print turn into the end of a page; the others show nothing."""


def markdown(found: Sequence[Paper]) -> str:
    """The papers one after the other, each on a page of its own, ending with a newline."""
    texts = ("\n".join(_lines(one)) + "\n" for one in found)
    return marked(f"\n{_NEW_PAGE}\n\n".join(texts))


def _lines(found: Paper) -> Iterator[str]:
    colon = found.colon
    yield f"# {escaped(found.title)}"
    yield ""
    yield f"*{escaped(' · '.join(filter(None, (found.cycle, found.secrecy))))}*"
    yield ""
    yield from (f"- {escaped(name)}{colon}{escaped(value)}" for name, value in found.head)
    for part in found.parts:
        yield ""
        if part.title:
            yield from (f"## {escaped(part.title)}", "")
        yield from _part(part, found)
    yield ""
    yield from (f"- {escaped(name)}{colon}`{value}`" for name, value in found.seal)


def _part(part: Part, found: Paper) -> Iterator[str]:
    if part.remark:
        yield escaped(part.remark)
        if part.pairs or part.points or part.table:
            yield ""
    for name, value in part.pairs:
        yield f"- {escaped(name)}{found.colon}**{escaped(value)}**"
    for point in part.points:
        figures = f"{found.joint}{escaped(point.figures)}" if point.figures else ""
        yield f"- **{escaped(point.title)}**{figures}"
        yield from (f"  - {escaped(note)}" for note in point.notes)
    if part.table:
        if part.pairs or part.points:
            yield ""
        yield from _table(part.table)
    if part.signing:
        if part.pairs or part.points or part.table:
            yield ""
        yield from _signing(part.signing, found.colon)


def _signing(part: Signing, colon: str) -> Iterator[str]:
    for name in part.blanks:
        yield from (f"{escaped(name)}{colon}{_LINE}", "")
    for name in part.signatures:
        signed = f"{escaped(name)}{colon}{_LINE}"
        yield from (f"{signed} {escaped(part.date_word)}{colon}{_LINE}", "")
    if part.remark:
        yield escaped(part.remark)


def _table(table: Table) -> Iterator[str]:
    columns = range(len(table.head))
    yield _row(table.head)
    yield "|" + "".join(" ---: |" if table.is_figure(one) else " --- |" for one in columns)
    for row in table.rows:
        cells = [
            _unbroken(cell) if table.is_figure(place) else escaped(cell)
            for place, cell in enumerate(row)
        ]
        yield "| " + " | ".join(cells) + " |"
    for row in table.foot:
        yield "| " + " | ".join(f"**{escaped(cell)}**" if cell else "" for cell in row) + " |"


def _unbroken(figure: str) -> str:
    """A figure and its unit, which stay on one line."""
    return escaped(figure).replace(" ", "\u00a0")


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"
