"""From the declarations of the model to the tables of the language's pages.

A page of docs/language has `<!-- keys: Window -->` and `<!-- end -->` around the table of what
the class `Window` declares, or `<!-- keys: Scoring on within -->` around that of some keys. The
forms of a score that no page tells stand under `<!-- other forms -->`.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from perfrules.codes.code import Text
from perfrules.language.to_schema import counted
from perfrules.model.declared import (
    NAME,
    Choice,
    Key,
    Kind,
    Names,
    Rows,
    Value,
    Worked,
    blocks_of,
    keys_of,
)
from perfrules.model.policy import Policy
from perfrules.model.scoring import Scoring

__all__ = ["page_of"]

_TABLE: Final = re.compile(r"(<!-- keys: (\w+)((?: \w+)*) -->\n)(.*?)(<!-- end -->)", re.S)
_OTHERS: Final = re.compile(r"(<!-- other forms -->\n)(.*?)(<!-- end of forms -->)", re.S)
_HEAD: Final = "| key | meaning | values | default | example | 中文 |\n" + "| --- " * 6 + "|\n"


def page_of(text: str, told: str) -> str:
    """The page with its tables as the declarations have them; `told` are all pages together."""
    blocks = blocks_of(Policy)

    def table(found: re.Match[str]) -> str:
        names = found[3].split()
        return found[1] + _table(blocks[found[2]], lambda key: not names or key in names) + found[5]

    def others(found: re.Match[str]) -> str:
        untold = [
            (one.name, one.key.kind)
            for one in keys_of(Scoring)
            if isinstance(one.key.kind, type) and f"<!-- keys: {one.key.kind.__name__} " not in told
        ]
        return found[1] + "".join(_section(name, block) for name, block in untold) + found[3]

    return _OTHERS.sub(others, _TABLE.sub(table, text))


def _section(name: str, form: type[Any]) -> str:
    """A form of a score that no page tells."""
    block = form.block
    return f"\n### `{name}`\n\n{block.en} {block.zh}\n\n{_table(form)}\n"


def _table(kept: type[Any], has: Callable[[str], bool] = lambda _: True) -> str:
    rows = []
    for one in keys_of(kept):
        rows.append((one.name, one.key, one.is_required))
        if one.key.otherwise is not None:
            rows.append(("otherwise", one.key.otherwise, False))
    return _HEAD + "".join(_row(*row) for row in rows if has(row[0]))


def _row(name: str, key: Key, is_required: bool) -> str:
    meaning = _quoted(counted(key.en, key.kind, "en").removesuffix("."))
    if not meaning[1].isupper():
        meaning = meaning[0].lower() + meaning[1:]
    labels = _labels(key.kind)
    chinese = counted(key.zh, key.kind, "zh").removesuffix("。")
    cells = (
        f"`{name}`",
        "; ".join(part for part in (meaning, labels.en, key.more) if part),
        _values(key.kind),
        key.unless or ("required" if is_required else _default(key.absent)),
        f"`{name}: {key.example}`" if key.example else "–",
        "；".join(part for part in (chinese, labels.zh) if part),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _labels(value: Value) -> Text:
    """What each word of a choice says; nothing for other values."""
    choice = value.of if isinstance(value, Rows) else value
    if not isinstance(choice, Choice):
        return Text("", "")
    labels = [label.partition(" · ") for label in choice.labels]
    pairs = zip(choice.words, labels, strict=True)
    zh, en = zip(*((f"`{word}` {zh}", f"`{word}` {_quoted(en)}") for word, (zh, _, en) in pairs))
    return Text("，".join(zh), ", ".join(en))


def _quoted(text: str) -> str:
    """Words of the language in backticks, which hover texts cannot have."""
    return re.sub("“([^”]*)”", r"`\1`", text)


def _default(absent: object) -> str:
    if absent is NAME:
        return "the id"
    if isinstance(absent, Worked):
        return absent.words
    if isinstance(absent, bool):
        return f"`{str(absent).lower()}`"
    if isinstance(absent, Mapping) and absent:
        return "`{" + ", ".join(f"{key}: {value}" for key, value in absent.items()) + "}`"
    if isinstance(absent, tuple) and absent:
        return f"`[{', '.join(absent)}]`"
    return f"`{absent}`" if isinstance(absent, str | int) else "none"


def _values(value: Value) -> str:
    if isinstance(value, Kind):
        return value.values
    if isinstance(value, Choice):
        return " ".join(f"`{word}`" for word in value.words)
    if isinstance(value, Names):
        return f"mapping from {value.names.values} to {_below(value.of)}"
    if isinstance(value, Rows):
        return f"list of {_below(value.of)}"
    return _below(value)


def _below(value: Any) -> str:
    if not isinstance(value, type):
        return _values(value)
    names = [one.name for one in keys_of(value)]
    names += ["otherwise" for one in keys_of(value) if one.key.otherwise is not None]
    return f"`{{{', '.join(names)}}}`" if len(names) <= 4 else "a mapping of its own"
