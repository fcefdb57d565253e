"""The explanation as Markdown; whatever comes from policy or data is escaped."""

import re
from collections.abc import Iterator
from typing import Final

from perfrules.codes.code import Text
from perfrules.reports.outline import Line, Outline, Problem
from perfrules.reports.terminal import visible

__all__ = ["markdown"]

_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>#|~&!$]")

_HEADINGS: Final = {
    "result": Text("结果", "Result"),
    "none": Text("没有结果：数据有问题，改正后重新计算", "No result: the data are at fault"),
    "problems": Text("问题", "Problems"),
    "overview": Text("各指标得分", "Scores"),
    "indicators": Text("指标：", "Indicator: "),
    "sections": Text("板块：", "Section: "),
    "pay": Text("奖金：", "Pay: "),
    "rule": Text("依据", "rule"),
    "source": Text("数据", "data"),
}


def markdown(found: Outline) -> str:
    """The whole explanation, ending with a newline."""
    return "\n".join(_lines(found)) + "\n"


def escaped(text: str) -> str:
    """A text that Markdown shows as it is."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], visible(text))


def _lines(found: Outline) -> Iterator[str]:
    def word(key: str) -> str:
        return _HEADINGS[key].into(found.language) if key in _HEADINGS else ""

    yield f"# {escaped(found.title)}"
    yield ""
    yield from (f"- {escaped(name)}: {escaped(value)}" for name, value in found.head)
    yield ""
    yield f"## {word('result' if found.complete else 'none')}"
    yield ""
    yield from (f"- {escaped(name)}: **{escaped(value)}**" for name, value in found.result)
    if found.problems:
        if found.complete:
            yield f"\n## {word('problems')}\n"
        yield from (_problem(problem) for problem in found.problems)
    yield ""
    yield f"## {word('overview')}"
    yield ""
    yield _row(found.overview_head)
    yield "|" + " --- |" * (len(found.overview_head) - 4) + " ---: |" * 4
    yield from (_row(row.cells) for row in found.overview)
    for block in found.blocks:
        yield ""
        yield f"## {word(block.kind)}{escaped(block.title)}"
        yield ""
        if block.facts:
            comma = "，" if found.language == "zh" else ", "
            yield escaped(comma.join(block.facts))
            yield ""
        for line in block.lines:
            yield from _line(line, word("rule"), word("source"))
    yield ""
    yield "---"
    yield ""
    yield from (f"- {escaped(name)}: `{value}`" for name, value in found.seal)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def _problem(problem: Problem) -> str:
    place = f"{escaped(problem.place)}: " if problem.place else ""
    advice = f"  \n  {escaped(problem.help)}" if problem.help else ""
    return f"- {place}{escaped(problem.message)} \\[{escaped(problem.code)}\\]{advice}"


def _line(line: Line, rule: str, source: str) -> Iterator[str]:
    yield f"- **{escaped(line.label)}**: {escaped(line.text)}"
    yield from (f"  - {escaped(note)}" for note in line.notes)
    small = [f"{rule} {'; '.join(line.rules)}"] if line.rules else []
    small += [f"{source} {one}" for one in line.sources]
    yield from (f"  - {escaped(one)}" for one in small)
