"""The pages that come with perfrules, for a terminal: of a code, of a key, of a topic.

Pages have both languages in one file: the English first, the Chinese behind `## 中文`, in
paragraphs that begin with `**中文。**`, and in the last column of the tables of keys.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources.abc import Traversable
from typing import Final, NamedTuple

from perfrules.codes.catalogue import CODES
from perfrules.codes.code import Language, Text
from perfrules.installed import docs
from perfrules.screens.diagnostic_text import SEVERITIES

__all__ = ["code_page", "key_page", "keys", "topic_page", "topics"]

_ROW: Final = re.compile(r"^\| `([\w.]+)`[^|]*\|.*\|$", re.M)
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_STRONG: Final = re.compile(r"\*\*([^\s*][^*\n]*)\*\*")
_CHINESE: Final = "**中文。**"
_FACT: Final = re.compile(r"\{\w+\}")
_CELLS: Final = re.compile(r"(?<!\\)\|")


class _Row(NamedTuple):
    """A row of a table of keys: its page, the heading above it, heads and cells by column."""

    page: str
    heading: str
    cells: dict[str, str]


def code_page(code: str, language: Language) -> str:
    """The page of a diagnostic. An unknown code is a `KeyError`."""
    entry = CODES[code]
    said = [
        f"{code}",
        "",
        SEVERITIES[entry.severity].into(language) + _shown(entry.message, language),
    ]
    if entry.help:
        said.append(_ADVICE.into(language) + _shown(entry.help, language))
    english, _, chinese = _text(_pages("diagnostics")[code]).partition("\n## 中文\n")
    if language == "zh":
        said += ["", _plain(chinese), "", _EXAMPLE, "", *_examples(english)]
    else:
        # The first lines repeat the code, its severity and its stage.
        said += ["", _plain(english.split("\n\n", 2)[-1])]
    return "\n".join(said).rstrip() + "\n"


def topics() -> tuple[str, ...]:
    """The pages of the language, such as `incentives`."""
    return tuple(name for name in _pages("language") if name != "README")


def topic_page(topic: str, language: Language) -> str:
    """A page of the language; in Chinese what of it is in Chinese, then the page."""
    text = _text(_pages("language")[topic])
    if language == "zh":
        chinese = [one for one in text.split("\n\n") if one.startswith(_CHINESE)]
        own = [f"`{row.cells['key']}`：{row.cells['中文']}" for row in _rows_of(topic, text)]
        text = "\n\n".join([*chinese, *own, _ENGLISH, text])
    return _plain(text) + "\n"


def keys() -> tuple[str, ...]:
    """The keys that pages tell of."""
    return tuple(dict.fromkeys(row.cells["key"] for row in _rows()))


def key_page(key: str, language: Language) -> str:
    """What the pages say of a key, in each place where it can stand. Unknown: `KeyError`."""
    rows = [row for row in _rows() if row.cells["key"] == key]
    if not rows:
        raise KeyError(key)
    return "\n".join(line for row in rows for line in _of_row(row, language))


def _of_row(row: _Row, language: Language) -> Iterator[str]:
    yield f"{row.cells['key']}  ({row.heading}, {row.page}.md)"
    wanted = ("中文", *_DETAILS) if language == "zh" else ("meaning", *_DETAILS)
    for column in wanted:
        if value := row.cells.get(column, ""):
            head = _HEADS[column].into(language)
            shown = _VALUES.get(value, value) if language == "zh" else value
            yield f"  {head}{_plain(shown)}"
    yield ""


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        row for page, file in _pages("language").items() for row in _rows_of(page, _text(file))
    )


def _rows_of(page: str, text: str) -> Iterator[_Row]:
    """The rows of the tables of keys; other tables have no column `中文`."""
    heading, heads = "", list[str]()
    for line in text.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        cells = [cell.strip().replace("\\|", "|") for cell in _CELLS.split(line)[1:-1]]
        if cells[:1] == ["key"]:
            heads = cells
        elif not line.startswith("|"):
            heads = []
        elif "中文" in heads and (found := _ROW.match(line)):
            yield _Row(page, heading, dict(zip(heads, cells, strict=False)) | {"key": found[1]})


def _shown(text: Text, language: Language) -> str:
    return _FACT.sub("…", text.into(language))


def _examples(english: str) -> list[str]:
    """The blocks of an English page: files and what is printed of them."""
    return re.findall(r"^```.*?^```$", english, re.M | re.S)


def _plain(text: str) -> str:
    return _STRONG.sub(r"\1", _LINK.sub(r"\1", text)).strip()


def _text(file: Traversable) -> str:
    return file.read_text("utf-8")


@cache
def _pages(folder: str) -> dict[str, Traversable]:
    """The pages of a folder of the docs by their names."""
    found = (one for one in (docs() / folder).iterdir() if one.name.endswith(".md"))
    return {one.name.removesuffix(".md"): one for one in sorted(found, key=lambda one: one.name)}


_ADVICE: Final = Text("处理办法：", "help: ")
_EXAMPLE: Final = "例子："
_ENGLISH: Final = "以下为该页的英文全文。"
_DETAILS: Final = ("values", "default", "example")
_HEADS: Final = {
    "中文": Text("", ""),
    "meaning": Text("", ""),
    "values": Text("取值：", "values: "),
    "default": Text("默认：", "default: "),
    "example": Text("例子：", "example: "),
}
_VALUES: Final = {"required": "必填", "none": "无", "–": "无"}
