"""The pages that come with perfrules, for a terminal: of a code, of a key, of a topic.

The page of a code has both languages in one file: the English first, the Chinese behind `## 中文`.
The language has a manual in each, with the same pages: docs/language and docs/zh/language.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources.abc import Traversable
from typing import Final, NamedTuple

from perfrules.codes.catalogue import CODES
from perfrules.codes.code import Language, Text
from perfrules.installed import docs
from perfrules.language.to_pages import HEADS
from perfrules.screens.diagnostic_text import SEVERITIES

__all__ = ["code_page", "key_page", "keys", "topic_page", "topics"]

_ROW: Final = re.compile(r"^\| `([\w.]+)`[^|]*\|.*\|$", re.M)
_OTHER_LANGUAGE: Final = re.compile(r"^\[(?:中文|English)\]\([^)]*\)\n\n", re.M)
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_STRONG: Final = re.compile(r"\*\*([^\s*][^*\n]*)\*\*")
_MANUALS: Final[dict[Language, str]] = {"en": "language", "zh": "zh/language"}
_FACT: Final = re.compile(r"\{\w+\}")
_CELLS: Final = re.compile(r"(?<!\\)\|")


class _Row(NamedTuple):
    """A row of a table of keys: its page, the heading above it, and what is told of the key, in the
    order of the heads; some tables have the first of them alone."""

    page: str
    heading: str
    key: str
    told: tuple[str, ...]


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
    return tuple(name for name in _pages(_MANUALS["en"]) if name != "README")


def topic_page(topic: str, language: Language) -> str:
    """A page of the language. Unknown: `KeyError`."""
    text = _text(_pages(_MANUALS[language])[topic])
    return _plain(_OTHER_LANGUAGE.sub("", text)) + "\n"


def keys() -> tuple[str, ...]:
    """The keys that pages tell of."""
    return tuple(dict.fromkeys(row.key for row in _rows("en")))


def key_page(key: str, language: Language) -> str:
    """What the pages say of a key, in each place where it can stand. Unknown: `KeyError`."""
    rows = [row for row in _rows(language) if row.key == key]
    if not rows:
        raise KeyError(key)
    return "\n".join(line for row in rows for line in _of_row(row, language))


def _of_row(row: _Row, language: Language) -> Iterator[str]:
    yield f"{row.key}  ({row.heading}, {row.page}.md)"
    for text, value in zip(_BEFORE, row.told, strict=False):
        if value:
            yield f"  {text.into(language)}{_plain(value)}"
    yield ""


@cache
def _rows(language: Language) -> tuple[_Row, ...]:
    pages = _pages(_MANUALS[language]).items()
    return tuple(
        row for page, file in pages for row in _rows_of(page, _text(file), HEADS[language][0])
    )


def _rows_of(page: str, text: str, first: str) -> Iterator[_Row]:
    """The rows of the tables of keys, which are those with this first head."""
    heading, is_of_keys = "", False
    for line in text.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        cells = [cell.strip().replace("\\|", "|") for cell in _CELLS.split(line)[1:-1]]
        if cells[:1] == [first]:
            is_of_keys = True
        elif not line.startswith("|"):
            is_of_keys = False
        elif is_of_keys and (found := _ROW.match(line)):
            yield _Row(page, heading, found[1], tuple(cells[1:]))


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
_BEFORE: Final = (
    Text("", ""),
    Text("取值：", "values: "),
    Text("默认：", "default: "),
    Text("例子：", "example: "),
)
"""What is said before the cells of a row, but that of the key."""
