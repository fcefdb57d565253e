"""From the declarations of the model to the tables of the language's pages, in both manuals.

A page of docs/language or docs/zh/language has `<!-- keys: Window -->` and `<!-- end -->` around
the table of what the class `Window` declares, or `<!-- keys: Scoring on within -->` around that of
some keys. The forms of a score that no page tells stand under `<!-- other forms -->`.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from perfrules.codes.code import Language, Text
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

__all__ = ["HEADS", "page_of"]

HEADS: Final = {
    "zh": ("键", "含义", "取值", "默认", "例子"),
    "en": ("key", "meaning", "values", "default", "example"),
}
"""The heads of a table of keys."""

_TABLE: Final = re.compile(r"(<!-- keys: (\w+)((?: \w+)*) -->\n)(.*?)(<!-- end -->)", re.S)
_OTHERS: Final = re.compile(r"(<!-- other forms -->\n)(.*?)(<!-- end of forms -->)", re.S)


def page_of(text: str, told: str, language: Language) -> str:
    """The page with its tables as the declarations have them; `told` are all pages of its manual
    together."""
    blocks = blocks_of(Policy)
    to = _Tables(language)

    def table(found: re.Match[str]) -> str:
        names = found[3].split()
        kept = blocks[found[2]]
        return found[1] + to.table(kept, lambda key: not names or key in names) + found[5]

    def others(found: re.Match[str]) -> str:
        untold = [
            (one.name, one.key.kind)
            for one in keys_of(Scoring)
            if isinstance(one.key.kind, type) and f"<!-- keys: {one.key.kind.__name__} " not in told
        ]
        return found[1] + "".join(to.section(name, block) for name, block in untold) + found[3]

    return _OTHERS.sub(others, _TABLE.sub(table, text))


class _Tables:
    """Writes tables in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def section(self, name: str, form: type[Any]) -> str:
        """A form of a score that no page tells."""
        said = Text(form.block.zh, form.block.en).into(self.language)
        return f"\n### `{name}`\n\n{said}\n\n{self.table(form)}\n"

    def table(self, kept: type[Any], has: Callable[[str], bool] = lambda _: True) -> str:
        """The keys that a class declares, as far as the table has them."""
        rows = []
        for one in keys_of(kept):
            rows.append((one.name, one.key, one.is_required))
            if one.key.otherwise is not None:
                rows.append(("otherwise", one.key.otherwise, False))
        heads = HEADS[self.language]
        lines = [_line(heads), "| --- " * len(heads) + "|\n"]
        return "".join([*lines, *(_line(self._row(*row)) for row in rows if has(row[0]))])

    def _row(self, name: str, key: Key, is_required: bool) -> tuple[str, ...]:
        told = (self._meaning(key), self._labels(key.kind), key.more.into(self.language))
        default = key.unless.into(self.language)
        return (
            f"`{name}`",
            _BETWEEN.into(self.language).join(part for part in told if part),
            self._values(key.kind),
            default or (_REQUIRED.into(self.language) if is_required else self._default(key)),
            f"`{name}: {key.example}`" if key.example else "–",
        )

    def _meaning(self, key: Key) -> str:
        said = counted(Text(key.zh, key.en).into(self.language), key.kind, self.language)
        if self.language == "zh":
            return said.removesuffix("。")
        meaning = _quoted(said.removesuffix("."))
        return meaning if meaning[1].isupper() else meaning[0].lower() + meaning[1:]

    def _labels(self, value: Value) -> str:
        """What each word of a choice says; nothing for other values."""
        choice = value.of if isinstance(value, Rows) else value
        if not isinstance(choice, Choice):
            return ""
        labels = (Text(*label.split(" · ", 1)).into(self.language) for label in choice.labels)
        told = labels if self.language == "zh" else map(_quoted, labels)
        pairs = zip(choice.words, told, strict=True)
        return _COMMA.into(self.language).join(f"`{word}` {label}" for word, label in pairs)

    def _default(self, key: Key) -> str:
        absent = key.absent
        if absent is NAME:
            return _THE_ID.into(self.language)
        if isinstance(absent, Worked):
            return absent.words.into(self.language)
        if isinstance(absent, bool):
            return f"`{str(absent).lower()}`"
        if isinstance(absent, Mapping) and absent:
            return "`{" + ", ".join(f"{key}: {value}" for key, value in absent.items()) + "}`"
        if isinstance(absent, tuple) and absent:
            return f"`[{', '.join(absent)}]`"
        return f"`{absent}`" if isinstance(absent, str | int) else _NONE.into(self.language)

    def _values(self, value: Value) -> str:
        if isinstance(value, Kind):
            return value.values.into(self.language)
        if isinstance(value, Choice):
            return " ".join(f"`{word}`" for word in value.words)
        if isinstance(value, Names):
            names = value.names.values.into(self.language)
            return _MAPPING.into(self.language).format(names=names, of=self._below(value.of))
        if isinstance(value, Rows):
            return _LIST.into(self.language).format(of=self._below(value.of))
        return self._below(value)

    def _below(self, value: Any) -> str:
        if not isinstance(value, type):
            return self._values(value)
        names = [one.name for one in keys_of(value)]
        names += ["otherwise" for one in keys_of(value) if one.key.otherwise is not None]
        own = f"`{{{', '.join(names)}}}`"
        return own if len(names) <= 4 else _OWN_MAPPING.into(self.language)


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _quoted(text: str) -> str:
    """Words of the language in backticks, which hover texts cannot have."""
    return re.sub("“([^”]*)”", r"`\1`", text)


_BETWEEN: Final = Text("；", "; ")
_COMMA: Final = Text("，", ", ")
_REQUIRED: Final = Text("必填", "required")
_NONE: Final = Text("无", "none")
_THE_ID: Final = Text("同标识", "the id")
_MAPPING: Final = Text("对照：{names} → {of}", "mapping from {names} to {of}")
_LIST: Final = Text("列表，每项为{of}", "list of {of}")
_OWN_MAPPING: Final = Text("一组键", "a mapping of its own")
