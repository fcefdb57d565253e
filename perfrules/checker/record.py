"""Records as JSON: their one text, their seal, and the comparison of what must stand in them."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring as quoted
from typing import Any, NamedTuple

__all__ = [
    "Json", "Rejection", "Wrong", "canonical", "flat", "places_in", "require", "require_keys",
    "require_seal", "sha256", "shown", "spread",
]  # fmt: skip

Json = dict[str, Any]

MAX_RECORD = 64_000_000
"""Characters; a group of 100 000 members has fewer."""


class Rejection(NamedTuple):
    """Why a record is wrong: the id of the step (in a group's record the member; empty where it
    is neither), and the reason."""

    step: str
    zh: str
    en: str


class Wrong(Exception):
    """The record is not what it must be; the arguments are a rejection's."""


def same(left: Any, right: Any) -> bool:
    """Whether two JSON values are one, down to the types: a true is not a 1."""
    kind = type(left)
    if kind is not type(right):
        return False
    if kind is dict:
        if len(left) != len(right):
            return False
        for key, one in left.items():
            other = right.get(key, ...)
            if one != other if type(one) is str else not same(one, other):
                return False
        return True
    if kind is list:
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


def require(step: str, path: str, expected: Any, found: Any) -> None:
    """That `found` is what is expected, and where it differs if it is not."""
    if not same(expected, found):
        _refuse(step, path, expected, found)


def _refuse(step: str, path: str, expected: Any, found: Any) -> None:
    """Names the first place where two values differ, if they do."""
    if type(expected) is dict and type(found) is dict:
        for key in {**expected, **found}:
            right, wrong = expected.get(key, ...), found.get(key, ...)
            if type(right) is not str or right != wrong:
                _refuse(step, f"{path}.{key}" if path else key, right, wrong)
    elif type(expected) is list and type(found) is list and len(expected) == len(found):
        for index, (right, wrong) in enumerate(zip(expected, found, strict=True)):
            _refuse(step, f"{path}.{index}", right, wrong)
    elif type(expected) is not type(found) or expected != found:
        right, wrong = shown(expected), shown(found)
        en = f"`{path}` should be {right}, the record says {wrong}"
        raise Wrong(step, f"`{path}` 应为 {right}，记录为 {wrong}", en)


def require_keys(tree: Json, keys: str, step: str = "") -> None:
    """That a mapping has these keys (written with blanks between them), and no others."""
    require(step, "keys", sorted(keys.split()), sorted(tree))


def require_seal(record: Json) -> None:
    """That the record's `digest` is the SHA-256 of all else in it."""
    text = canonical({key: one for key, one in record.items() if key != "digest"})
    if len(text) > MAX_RECORD or record["digest"] != sha256(text):
        raise Wrong("", "记录的摘要与内容不符", "the record's digest does not fit its content")


def shown(node: Any) -> str:
    """A JSON value as a message quotes it; `...` stands for none."""
    text = "—" if node is ... else json.dumps(node, ensure_ascii=False)
    return text if len(text) <= 200 else text[:199] + "…"


def canonical(node: Any) -> str:
    """The one text of a JSON value: keys sorted, no blanks, letters as they are."""
    return json.dumps(node, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def spread(node: Any, margin: str = "\n") -> str:
    """The text of a JSON value on many lines, as `json.dumps` indents it by two, in a third of the
    time."""
    inside = f"{margin}  "
    if type(node) is str:
        return quoted(node)
    if type(node) is dict and node:
        rows = [f"{quoted(key)}: {spread(one, inside)}" for key, one in node.items()]
        return f"{{{inside}{f',{inside}'.join(rows)}{margin}}}"
    if type(node) is list and node:
        rows = [spread(one, inside) for one in node]
        return f"[{inside}{f',{inside}'.join(rows)}{margin}]"
    return json.dumps(node)


def sha256(text: str) -> str:
    """In hexadecimal, of the text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def children(node: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(node, dict):
        return node.items()
    return enumerate(node) if isinstance(node, list) else ()


def flat(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Everything in a tree, by its path: `indicators.sales.weight`."""
    for key, child in children(node):
        below = f"{path}.{key}" if path else str(key)
        yield below, child
        yield from flat(child, below)


def places_in(node: Any) -> Iterator[tuple[str, str]]:
    """Where a trace says that each path of the policy stands."""
    if isinstance(node, dict) and "place" in node:
        yield str(node.get("path", node.get("policy"))), str(node["place"])
    for _, child in children(node):
        yield from places_in(child)
