"""From the declarations of the model to the JSON Schema of a policy, with its hover texts.

Editors read the schema (draft-07) from `schemas/policy.schema.json`, which is written from here;
`schema` checks documents against it.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final

from perfrules.codes.code import Language, Text
from perfrules.model.declared import (
    Block,
    Choice,
    Key,
    Kind,
    Names,
    Rows,
    Value,
    choose_one,
    keys_of,
)
from perfrules.model.policy import Policy

__all__ = ["counted", "laid_out", "policy_schema"]

Schema = dict[str, Any]

_WIDTH: Final = 108
_COMMENT: Final = (
    "Conventions of these schemas: `title` and `description` are for editors, Chinese first. "
    "`x-expected` is what a message says should stand there; `x-code` is the code of a failure of "
    "any keyword of the same schema object (without it the keyword decides); `errorMessage` is the "
    "same sentence for editors. A pattern ends in `$(?!\\n)` because Python's `$` also matches "
    "before a last line break. Whole numbers are `multipleOf: 1`: python's jsonschema takes no "
    "Decimal as `integer`. `if: {propertyNames: ...}` asks for the shape only where all keys are "
    "known, so that a misspelt key is reported once."
)
_POLICY: Final = (
    "岗位考核方案 · Policy",
    "一个文件就是一个岗位（或一类对象）在一段期间内的考核方案。只供沿用的片段文件请用本文件的 "
    "#/definitions/fragment。",
    "One file is one policy: the rules for one role, or kind of subject, and one span of dates. "
    "Files that are only extended use #/definitions/fragment of this schema.",
)
_FRAGMENT: Final = (
    "方案片段 · Fragment",
    "供其他方案沿用的片段，或尚未与所沿用文件合并的方案：键与完整的方案相同，但都可以不写。",
    "A part that policies extend, or a policy before it is merged with what it extends: the keys "
    "of a whole policy, none of them required.",
)
_REQUIRED: Final = (
    "必填的键 · Required keys",
    "完整的方案（与所沿用文件合并之后）必须写出的键；写在列表各行里的必填键见各行自身的定义。",
    "What a whole policy must say, after it is merged with what it extends; the rows of lists say "
    "themselves what they need.",
)
_COUNTS: Final = Text(
    "零 一 两 三 四 五 六 七 八 九 十 十一 十二",
    "no one two three four five six seven eight nine ten eleven twelve",
)


def policy_schema() -> Schema:
    """The schema of a policy: of all its keys, and apart from them which are required."""
    writer = _Writer()
    all_keys = writer.of(Policy)
    own: Schema = {
        "fragment": {**_hover(*_FRAGMENT), "allOf": [all_keys]},
        "all_keys": writer.definitions.pop("all_keys"),
        "required_keys": {**_hover(*_REQUIRED), **_whole(Policy)},
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": _COMMENT,
        **_hover(*_POLICY),
        "allOf": [all_keys, {"$ref": "#/definitions/required_keys"}],
        "definitions": {**own, **writer.definitions},
    }


def counted(text: str, value: Value, language: Language) -> str:
    """The text with the number of forms in it that the value can take."""
    return _Said(_forms(value)).in_words(text, language)


class _Writer:
    """Writes what values look like; what has a name stands once under `definitions`."""

    def __init__(self) -> None:
        self.definitions: Schema = {}

    def of(self, value: Value, *, is_row: bool = False) -> Schema:
        """A kind of value: a reference to its definition, or the definition itself."""
        if isinstance(value, type):
            return self._named(value.block.name, lambda: self._block(value, is_row))  # type: ignore[attr-defined]
        match value:
            case Kind():
                body = {**value.rule, **_expected(value.expected, value.code)}
                return self._named(value.name, lambda: {**_hover_of(value), **self._plain(body)})
            case Choice():
                return self._named(value.name, lambda: {**_hover_of(value), **_choice(value)})
            case Names():
                return self._named(value.name, lambda: {**_hover_of(value), **self._names(value)})
            case Rows():
                items = self.of(value.of, is_row=True)
                own = {"type": "array", "items": items, "minItems": 1}
                return {**own, **_expected(value.expected)}

    def _named(self, name: str, body: Any) -> Schema:
        if not name:
            made: Schema = body()
            return made
        if name not in self.definitions:
            self.definitions[name] = {}  # its place, before those of what it is made of
            self.definitions[name] = body()
        return {"$ref": f"#/definitions/{name}"}

    def _names(self, value: Names) -> Schema:
        least = {"minProperties": 1} if value.at_least_one else {}
        names, of = self.of(value.names), self.of(value.of)
        own = {"type": "object", "propertyNames": names, "additionalProperties": of}
        return {**own, **least, **_expected(value.expected)}

    def _block(self, kept: type[Any], is_row: bool) -> Schema:
        block: Block = kept.block
        properties = self._properties(kept)
        forms = [name for name in properties if name not in block.beside]
        said = _Said(forms)
        body: Schema = {
            **_hover(block.title, said.in_words(block.zh, "zh"), said.in_words(block.en, "en")),
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        if block.at_least_one:
            body["minProperties"] = 1
        rule = _row_rule(kept) if is_row else block.rule
        if block.either is not None:
            one, other, expected = block.either
            body["if"] = {"required": [one]}
            body["then"] = {"not": {"required": [other]}, **_expected(expected, "choose-one")}
        elif rule is not None:
            body["if"] = {"propertyNames": {"enum": list(properties)}}
            body["then"] = self._plain(said.into(rule))
        return {**body, **_expected(said.text(block.expected))}

    def _properties(self, kept: type[Any]) -> Schema:
        """The keys in their order; `otherwise` behind those that cannot stand beside it."""
        found: Schema = {}
        last: Schema = {}
        for one in keys_of(kept):
            if one.name in kept.block.beside:
                found |= last
                last = {}
            found[one.name] = self._property(one.key)
            if one.key.otherwise is not None:
                last = {"otherwise": self._property(one.key.otherwise)}
        return found | last

    def _property(self, key: Key) -> Schema:
        hover = _hover(key.title, counted(key.zh, key.kind, "zh"), counted(key.en, key.kind, "en"))
        own = self.of(key.kind)
        return {**own, **hover} if "$ref" in own else {**hover, **own}

    def _plain(self, keywords: Any) -> Any:
        """Keywords with references in the place of kinds, and with the sentences of editors."""
        if isinstance(keywords, Key):
            return self._property(keywords)
        if isinstance(keywords, Kind | type):
            return self.of(keywords)
        if isinstance(keywords, Mapping):
            found: Schema = {}
            for name, below in keywords.items():
                if isinstance(below, Text):
                    found |= _expected(below, keywords.get("x-code"))
                else:
                    found[name] = self._plain(below)
            return found
        if isinstance(keywords, Sequence) and not isinstance(keywords, str):
            return [self._plain(item) for item in keywords]
        return keywords


class _Said:
    """Puts the names of forms into a text, and how many there are."""

    def __init__(self, forms: Sequence[str]) -> None:
        both = _listed(forms, "or")
        self.forms = Text(both.zh, _listed(forms, "and").en)
        self.count = len(forms)

    def text(self, text: Text) -> Text:
        return Text(*(one.replace("{forms}", names) for one, names in zip(text, self.forms)))

    def in_words(self, text: str, language: Language) -> str:
        words = _COUNTS.into(language).split()
        word = words[self.count] if self.count < len(words) else str(self.count)
        return text.replace("{count}", word)

    def into(self, keywords: Any) -> Any:
        if isinstance(keywords, Text):
            return self.text(keywords)
        if isinstance(keywords, Mapping):
            return {name: self.into(below) for name, below in keywords.items()}
        return keywords


def _forms(value: Value) -> list[str]:
    if not isinstance(value, type):
        return []
    return [one.name for one in keys_of(value) if one.name not in value.block.beside]  # type: ignore[attr-defined]


def _whole(kept: type[Any]) -> Schema:
    """What is required of a block in a whole policy, and of the blocks below it."""
    found: Schema = {}
    keys = keys_of(kept)
    required = [one.name for one in keys if one.is_required]
    if required:
        found["required"] = required
    if kept.block.whole is not None:
        found |= _Writer()._plain(kept.block.whole)
    below: Schema = {}
    for one in keys:
        kind = one.key.kind
        if isinstance(kind, type) and (own := _whole(kind)):
            below[one.name] = own
        elif isinstance(kind, Names) and isinstance(kind.of, type) and (own := _whole(kind.of)):
            below[one.name] = {"additionalProperties": own}
    return {**found, "properties": below} if below else found


def _row_rule(kept: type[Any]) -> Schema:
    """What is required of a row of a list, and of its last row where that has `otherwise`."""
    block: Block = kept.block
    needs = {"required": [one.name for one in keys_of(kept) if one.is_required]}
    if all(one.key.otherwise is None for one in keys_of(kept)):
        return needs if block.rule is None else dict(block.rule)
    only: Schema = {"maxProperties": 1}
    zh, en = " ", "alone"
    if block.beside:
        beside = _listed(block.beside, "or")
        zh, en = f"（可加 {beside.zh}）", f"(and perhaps {beside.en})"
        others = [*needs["required"], *block.one_of]
        only = {"not": {"anyOf": [{"required": [name]} for name in others]}}
    expected = Text(
        f"只含 `otherwise`{zh}的末行，或不含 `otherwise` 的普通行",
        f"either a last row with `otherwise` {en}, or a row without `otherwise`",
    )
    only |= {"x-code": "choose-one", "x-expected": expected}
    if block.one_of:
        needs |= _one_of(block.one_of)
    return {"if": {"required": ["otherwise"]}, "then": only, "else": needs}


def _one_of(words: Sequence[str]) -> Schema:
    """One of some keys: the first of them is missing where there is none."""
    listed = _listed(words, "and")
    each = {word: {"required": [word]} for word in words}
    both = [{"required": [one, other]} for one, other in combinations(words, 2)]
    expected = Text(f"{_listed(words, 'or').zh} 中的一个", f"exactly one of {listed.en}")
    return {
        "if": {"not": {"anyOf": [*each.values()]}},
        "then": each[words[0]],
        "else": choose_one(expected, {"not": {"anyOf": both}}),
    }


def _choice(value: Choice) -> Schema:
    words = list(value.words)
    expected = _expected(_listed(words, "or"))
    return {"enum": words, "enumDescriptions": list(value.labels), **expected}


def _listed(words: Sequence[object], joined: str) -> Text:
    """The words in backticks, in a row."""
    marked = [f"`{word}`" for word in words]
    if len(marked) < 2:
        return Text("".join(marked), "".join(marked))
    before, last = marked[:-1], marked[-1]
    return Text(f"{'、'.join(before)} 或 {last}", f"{', '.join(before)} {joined} {last}")


def _hover(title: str, zh: str, en: str) -> Schema:
    return {"title": title, "description": f"{zh}\n{en}"} if title else {}


def _hover_of(value: Kind | Choice | Names) -> Schema:
    return _hover(value.title, value.zh, value.en)


def _expected(text: Text, code: str | None = None) -> Schema:
    """What a message says should stand there; with a code, editors are told the same."""
    coded = {"x-code": code} if code else {}
    sentence = {"errorMessage": f"应为：{text.zh}。 Expected: {text.en}."} if code else {}
    return {**coded, "x-expected": {"zh": text.zh, "en": text.en}, **sentence}


def laid_out(node: Any, indent: int = 0, used: int = 0) -> str:
    """The JSON of a schema as people read it: whatever fits stands on one line, a reference and its
    title side by side."""
    text = json.dumps(node, ensure_ascii=False)
    if not isinstance(node, dict | list) or not node or used + len(text) <= _WIDTH:
        return text
    pad = "  " * (indent + 1)
    if isinstance(node, list):
        items = [laid_out(item, indent + 1, len(pad)) for item in node]
    else:
        heads = {key: f"{json.dumps(key)}: " for key in node}
        items = [
            head + laid_out(node[key], indent + 1, len(pad + head)) for key, head in heads.items()
        ]
        if [*node][:2] == ["$ref", "title"]:
            items[:2] = [f"{items[0]}, {items[1]}"]
    first, last = "[]" if isinstance(node, list) else "{}"
    return first + "\n" + ",\n".join(pad + item for item in items) + f"\n{pad[2:]}{last}"
