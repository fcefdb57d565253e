"""Changes of a record, one field at a time, and what a checker lets pass of them."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from perfrules.checker.record import Rejection, canonical, sha256

__all__ = [
    "ALLOWED", "Json", "around", "changes", "places_of", "reseal", "resealer", "survivors",
    "survivors_of_head", "variants",
]  # fmt: skip

Json = dict[str, Any]
Check = Callable[[], list[Rejection]]

ALLOWED = re.compile(
    r"subject"
    r"|cycle\.id"
    r"|steps\.\d+\.origin(\.(place|source|as_of|evidence|reason|approved_by|record|step|member))?"
    r"|problems\.\d+\.(place|(message|help)\.(zh|en))"
)
"""What may be changed where the seal is renewed: texts that no rule reads."""


def reseal(record: Json) -> None:
    """Seals a record again, as somebody who tampered with it would."""
    rest = {key: value for key, value in record.items() if key != "digest"}
    record["digest"] = sha256(canonical(rest))


def around(tree: Json, holder: Any, key: Any, text: Callable[[Any], str]) -> tuple[str, str]:
    """What stands before and after the value at `holder[key]` in the text of a tree."""
    value, holder[key] = holder[key], "\0"
    before, after = text(tree).split(r'"\u0000"')
    holder[key] = value
    return before, after


def resealer(record: Json, holder: Any, key: Any) -> Callable[[], None]:
    """`reseal` for changes at or below `holder[key]`: the text around it is put together once."""
    rest = {name: value for name, value in record.items() if name != "digest"}
    before, after = around(rest, rest if holder is record else holder, key, canonical)
    assert f"{before}{canonical(holder[key])}{after}" == canonical(rest)

    def sealed_again() -> None:
        record["digest"] = sha256(f"{before}{canonical(holder[key])}{after}")

    return sealed_again


def variants(node: Any) -> Iterator[Any]:
    """Everything near a value: each digit changed, less, more, another order, another type."""
    if isinstance(node, dict):
        yield from ({key: node[key] for key in node if key != gone} for gone in node)
        yield {**node, "extra": "x"}
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield node[:index] + node[index + 1 :]
            yield [*node[: index + 1], item, *node[index + 1 :]]
            if index:
                yield [*node[: index - 1], item, node[index - 1], *node[index + 1 :]]
        yield [*node, "x"]
    elif isinstance(node, bool):
        yield from (not node, int(node), str(node).lower())
    elif isinstance(node, str) and re.fullmatch(r"[-0-9.]+", node):  # a number or a date
        for index, letter in enumerate(node):
            if letter.isdecimal():
                yield node[:index] + str((int(letter) + 1) % 10) + node[index + 1 :]
        yield from ("-" + node, node + "0", node + ".0", int(re.sub(r"\D", "", node)))
    elif isinstance(node, str):
        last = len(node) // 2
        yield from (node + "x", node[:last] + node[last + 1 :] or "x", None)
    else:
        yield from (1, "x", [], {}) if node is None else (node + 1, str(node), float(node))


def places_of(node: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every place in a tree: its path, and the holder and key through which it can be changed."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in list(pairs):
        below = f"{path}.{key}" if path else str(key)
        yield below, node, key
        if isinstance(child, dict | list):
            yield from places_of(child, below)


def changes(tree: Any, path: str = "") -> Iterator[str]:
    """Changes `tree` in one field after the other; each change is undone before the next."""
    for below, holder, key in places_of(tree, path):
        before = holder[key]
        for variant in variants(before):
            if variant != before or type(variant) is not type(before):
                holder[key] = variant
                yield below
                holder[key] = before


def survivors(record: Json, index: int, check: Check) -> set[str]:
    """The fields of a step that can be changed and sealed again without being found out. Every
    other change must be found at a named step."""
    step, passed = record["steps"][index], set[str]()
    own, sealed_again = step["id"], resealer(record, record["steps"], index)
    for path in changes(step, f"steps.{index}"):
        sealed_again()
        found = check()
        if not found:
            passed.add(path)
        elif step.get("operation") in ("given", "from_group"):
            assert found[-1].step, path
        else:
            assert found[-1].step in (own, str(step.get("id", ""))), (path, found)
    return passed


def survivors_of_head(record: Json, check: Check) -> set[str]:
    """The same of all but the steps."""
    passed = set[str]()
    for path in changes(record):
        if path.partition(".")[0] != "steps":
            if path != "digest":
                reseal(record)
            if not check():
                passed.add(path)
    return passed
