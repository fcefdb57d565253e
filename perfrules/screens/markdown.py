"""The explanation as Markdown; whatever comes from policy or data is escaped."""

from collections.abc import Iterator

from perfrules.codes.code import Language
from perfrules.layout.markdown import escaped
from perfrules.words.explanation.headings import heading, title_of
from perfrules.words.explanation.outline import Line, Outline, Problem

__all__ = ["markdown"]


def markdown(found: Outline) -> str:
    """The whole explanation, ending with a newline."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Outline) -> Iterator[str]:
    language = found.language
    colon = heading("colon", language)
    yield f"# {escaped(found.title)}"
    yield ""
    yield from (f"- {escaped(name)}{colon}{escaped(value)}" for name, value in found.head)
    yield from _section(heading("result" if found.complete else "none", language))
    yield from (f"- {escaped(name)}{colon}**{escaped(value)}**" for name, value in found.result)
    if found.complete and found.problems:
        yield from _section(heading("notices", language))
    yield from (_problem(problem) for problem in found.problems)
    yield from _section(found.overview_title if found.complete else heading("so far", language))
    yield _row(found.overview_head)
    words = found.overview_words
    yield "|" + " --- |" * words + " ---: |" * (len(found.overview_head) - words)
    yield from (_row(row.cells) for row in found.overview)
    for block in found.blocks:
        yield from _section(title_of(block, language))
        if block.facts:
            yield escaped(heading("comma", language).join(block.facts))
            yield ""
        for line in block.lines:
            yield from _line(line, language)
    yield ""
    yield "---"
    yield ""
    yield from (f"- {escaped(name)}{colon}`{value}`" for name, value in found.seal)


def _section(title: str) -> tuple[str, ...]:
    return "", f"## {escaped(title)}", ""


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def _problem(problem: Problem) -> str:
    place = f"{escaped(problem.place)}: " if problem.place else ""
    advice = f"  \n  {escaped(problem.help)}" if problem.help else ""
    return f"- {place}{escaped(problem.message)} \\[{escaped(problem.code)}\\]{advice}"


def _line(line: Line, language: Language) -> Iterator[str]:
    yield f"- **{escaped(line.label)}**{heading('colon', language)}{escaped(line.text)}"
    yield from (f"  - {escaped(note)}" for note in line.notes)
    small = [f"{heading('rule', language)} {'; '.join(line.rules)}"] if line.rules else []
    small += [f"{heading('source', language)} {one}" for one in line.sources]
    yield from (f"  - {escaped(one)}" for one in small)
