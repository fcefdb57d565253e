"""Codes in the source and codes in the catalogue are the same, and their sentences complete."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from doc_page import ROOT
from sentences import assert_sentences_complete, placeholders

from perfrules.codes.catalogue import CODES
from perfrules.diagnostics import Cell, Diagnostic
from perfrules.exact import Unread

PACKAGE = ROOT / "perfrules"
CALLS = ("report", "Diagnostic", "Refusal", "_Refused", "_refused", "_Stop", "Slip", "_stop",
         "BadDate")  # fmt: skip

FROM_PARTS = {
    "missing-{what}": ("missing-target", "missing-baseline"),
    "duplicate-{what}": ("duplicate-figure", "duplicate-rating"),
    "repeated-{what}": ("repeated-figure", "repeated-rating", "repeated-event"),
}
"""Codes that the source puts together; each f-string of a code has to be listed here."""

UNUSED: dict[str, str] = {}
"""Codes that nothing reports today, and why they are kept."""


class Use(NamedTuple):
    """A code in the source: where, and the facts that go with it if they can be seen."""

    code: str
    place: str
    facts: frozenset[str] | None


def modules() -> Iterator[Path]:
    return (path for path in sorted(PACKAGE.rglob("*.py")) if path.parent.name != "codes")


def uses() -> Iterator[Use]:
    """Every call that names a code as its first argument."""
    for path in modules():
        tree = ast.parse(path.read_text("utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.Module):
                dicts = _dicts(function)
                for node in _own_calls(function):
                    for code in _codes(node.args[0]):
                        place = f"{path.relative_to(ROOT)}:{node.lineno}"
                        yield Use(code, place, _facts(node, dicts))


def _own_calls(function: ast.AST) -> Iterator[ast.Call]:
    """The calls in a function that name a code, those of functions inside it left out."""
    for node in ast.iter_child_nodes(function):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in CALLS:
            yield node
        if not isinstance(node, ast.FunctionDef):
            yield from _own_calls(node)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _codes(node: ast.expr) -> tuple[str, ...]:
    """What the first argument can be: a text, one of two texts, or a text put together."""
    match node:
        case ast.Constant(value=str(text)):
            return (text,) if "-" in text or text in CODES else ()
        case ast.IfExp(body=first, orelse=second):
            return (*_codes(first), *_codes(second))
        case ast.JoinedStr():
            return FROM_PARTS.get(_written(node), (_written(node),))
    return ()


def _written(node: ast.JoinedStr) -> str:
    """An f-string as it is written, without its quotes."""
    return ast.unparse(node)[2:-1]


def _dicts(function: ast.AST) -> dict[str, frozenset[str] | None]:
    """Names of the function that hold a dict of facts; None where its keys are not plain."""
    found: dict[str, frozenset[str] | None] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    keys = _keys(node.value, found)
                    found[target.id] = None if target.id in found else keys
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            name = getattr(node.targets[0].value, "id", "")
            found[name] = None
    return found


def _keys(node: ast.expr, dicts: dict[str, frozenset[str] | None]) -> frozenset[str] | None:
    if isinstance(node, ast.Name):
        return dicts.get(node.id)
    if not isinstance(node, ast.Dict):
        return None
    keys: set[str] = set()
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            more = _keys(value, dicts)
            if more is None:
                return None
            keys |= more
        elif isinstance(key, ast.Constant) and isinstance(key.value, str):
            keys.add(key.value)
        else:
            return None
    return frozenset(keys)


def _facts(call: ast.Call, dicts: dict[str, frozenset[str] | None]) -> frozenset[str] | None:
    """The facts of a call, where all of them stand in the source."""
    if _name(call.func) == "Diagnostic":
        given = call.args[2] if len(call.args) > 2 else None
        given = next((one.value for one in call.keywords if one.arg == "facts"), given)
        return frozenset() if given is None else _keys(given, dicts)
    if _name(call.func) not in ("report", "Refusal"):
        return None
    found: set[str] = set()
    for keyword in call.keywords:
        more = frozenset({keyword.arg}) if keyword.arg else _keys(keyword.value, dicts)
        if more is None:
            return None
        found |= more
    if (
        _name(call.func) == "Refusal"
        and len(call.args) > 1
        and isinstance(call.args[1], ast.Dict | ast.Name)
    ):
        return None  # the facts of the place are added later
    return frozenset(found - {"related", "severity"})


USES = list(uses())


def elsewhere() -> set[str]:
    """Codes that come from the schemas, and those of numbers that cannot be read."""
    found = {unread.value for unread in Unread}
    for path in (ROOT / "schemas").glob("*.json"):
        found |= set(_x_codes(json.loads(path.read_text("utf-8"))))
    return found


def _x_codes(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("x-code"), str):
            yield node["x-code"]
        for below in node.values():
            yield from _x_codes(below)
    elif isinstance(node, list):
        for below in node:
            yield from _x_codes(below)


def constants() -> set[str]:
    """Every text of the source that looks like a code: tables map to codes, too."""
    return {
        node.value
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def put_together() -> set[str]:
    """F-strings of the source that make codes: `missing-{what}`."""
    return {
        _written(node)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        and re.fullmatch(r"[a-z]+(-[a-z]+)*-\{\w+\}", _written(node))
    }


def test_every_code_in_the_source_is_in_the_catalogue() -> None:
    assert len(USES) > 150
    unknown = [f"{use.place}: {use.code}" for use in USES if use.code not in CODES]
    unknown += [code for code in elsewhere() if code not in CODES]
    assert unknown == []


def test_every_code_of_the_catalogue_is_used() -> None:
    parts = {code for written in put_together() for code in FROM_PARTS.get(written, ())}
    used = constants() | elsewhere() | parts | {use.code for use in USES}
    assert {code for code in CODES if code not in used} == set(UNUSED)


def test_codes_that_are_put_together_are_listed() -> None:
    assert put_together() == set(FROM_PARTS)
    assert {code for codes in FROM_PARTS.values() for code in codes} <= set(CODES)


def test_facts_that_the_sentences_need_are_given() -> None:
    seen = [use for use in USES if use.facts is not None]
    assert len(seen) > 80
    missing = {
        f"{use.place}: {use.code}": sorted(placeholders(use.code) - use.facts)
        for use in seen
        if use.facts is not None and not placeholders(use.code) <= use.facts
    }
    assert missing == {}


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_is_well_formed(code: str) -> None:
    for text in filter(None, (CODES[code].message, CODES[code].help)):
        assert placeholders(code) is not None
        for sentence in text:
            assert sentence.strip() == sentence
            assert not sentence.endswith((".", "。"))
        assert not text.en[0].isupper() or text.en.split()[0].isupper() or "`" in text.en.split()[0]
        assert text.en.count("`") % 2 == text.zh.count("`") % 2 == 0


def test_a_fact_that_is_missing_is_noticed() -> None:
    with pytest.raises(AssertionError, match="unknown-key"):
        assert_sentences_complete([Diagnostic("unknown-key", Cell("x"), {"key": "a"})])
    assert_sentences_complete([Diagnostic("unknown-key", Cell("x"), {"key": "a", "known": "b"})])
