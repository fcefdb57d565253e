"""The explanation as text for a terminal, a hundred columns wide."""

from collections.abc import Iterator, Sequence
from typing import Final

from tabulate import tabulate

from perfrules.codes.code import Text
from perfrules.reports.outline import Block, Outline, Problem
from perfrules.reports.terminal import padded, visible, width, wrapped

__all__ = ["text"]

COLUMNS: Final = 100

_HEADINGS: Final = {
    "result": Text("结果", "Result"),
    "none": Text("没有结果：数据有问题，改正后重新计算", "No result: the data are at fault"),
    "problems": Text("问题", "Problems"),
    "overview": Text("各指标得分", "Scores"),
    "indicators": Text("指标", "Indicator"),
    "sections": Text("板块", "Section"),
    "pay": Text("奖金", "Pay"),
    "rule": Text("依据", "rule"),
    "source": Text("数据", "data"),
    "help": Text("处理办法", "help"),
}


def text(found: Outline) -> str:
    """The whole explanation, ending with a newline."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Outline) -> Iterator[str]:
    def word(key: str) -> str:
        return _HEADINGS[key].into(found.language)

    yield from _heading(found.title, "=")
    yield from _pairs(found.head)
    yield ""
    if found.complete:
        yield from _heading(word("result"), "-")
        yield from _pairs(found.result)
        yield ""
    else:
        yield from _heading(word("none"), "-")
    if found.problems:
        if found.complete:
            yield from _heading(word("problems"), "-")
        for problem in found.problems:
            yield from _problem(problem, word("help"))
        yield ""
    yield from _heading(word("overview"), "-")
    yield from _table(found)
    yield ""
    for block in found.blocks:
        kind = f"{word(block.kind)}：" if found.language == "zh" else f"{word(block.kind)}: "
        title = kind + block.title if block.kind in ("indicators", "sections", "pay") else block.title
        facts = "  ".join(block.facts)
        yield from _heading(f"{title}  {facts}" if facts else title, "-")
        yield from _block(block, word("rule"), word("source"))
        yield ""
    yield from _pairs(found.seal)


def _heading(title: str, line: str) -> Iterator[str]:
    for one in wrapped(visible(title), COLUMNS):
        yield one
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
        yield from ("    " + line for line in wrapped(visible(f"{advice}: {problem.help}"), COLUMNS - 4))


def _table(found: Outline) -> Iterator[str]:
    rows = [[visible(cell) for cell in row.cells] for row in found.overview]
    head = [visible(cell) for cell in found.overview_head]
    sides = ["left"] * (len(head) - 4) + ["right"] * 4
    table = tabulate(rows, head, tablefmt="simple", disable_numparse=True, colalign=sides)
    yield from ("  " + line.rstrip() for line in table.splitlines())


def _block(block: Block, rule: str, source: str) -> Iterator[str]:
    names = max(width(visible(line.label)) for line in block.lines)
    names = min(names, 32)
    for line in block.lines:
        indent = " " * (names + 4)
        small = [f"{rule} {'; '.join(line.rules)}"] if line.rules else []
        small += [f"{source} {one}" for one in line.sources]
        said = [line.text, *line.notes, *small]
        first = True
        for part in said:
            for one in wrapped(visible(part), COLUMNS - names - 4):
                head = f"  {padded(visible(line.label), names)}  " if first else indent
                yield head + one
                first = False
