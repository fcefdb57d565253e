"""What people call the figures of an indicator, the declared ones too: `floor` is 门槛值."""

from collections.abc import Iterable, Mapping
from typing import Final

from perfrules.codes.code import Text

__all__ = [
    "FIGURE_TITLES", "figure_called", "figure_in_full", "figure_title", "figure_words",
]  # fmt: skip

FIGURE_TITLES: Final[Mapping[str, Text]] = {
    "actual": Text("实际值", "actual"), "target": Text("目标值", "target"),
    "baseline": Text("基线值", "baseline"),
    "floor": Text("门槛值", "floor"), "threshold": Text("门槛值", "threshold"),
    "minimum": Text("最低值", "minimum"), "stretch": Text("挑战值", "stretch"),
    "maximum": Text("最高值", "maximum"), "cap": Text("封顶值", "cap"),
}  # fmt: skip
"""Names that many policies use; others are called by their ids."""


def figure_title(name: str) -> Text:
    """What a figure is called in both languages."""
    return FIGURE_TITLES.get(name) or Text(name, name)


def figure_in_full(name: str) -> Text:
    """What messages call it: `门槛值 (floor)`."""
    return Text(*(word if word == name else f"{word} ({name})" for word in figure_title(name)))


def figure_words(name: str) -> tuple[str, ...]:
    """The headings under which a figure may stand in a table: `floor`, `门槛值`, `门槛`."""
    title = figure_title(name).zh
    return tuple(dict.fromkeys((name, title, title.removesuffix("值"))))


def figure_called(word: str, names: Iterable[str]) -> str | None:
    """Which of the figures `names` a heading means; None for none, and for more than one."""
    found = [name for name in names if word in figure_words(name)]
    return word if word in found else found[0] if len(found) == 1 else None
