"""Expressions of expressions.yaml: each is refused by its code, at its place, in no time."""

import json
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Mend, Span
from perfrules.formula import Formula, Problem, Type, parse
from perfrules.language.expression_types import Offered, check_types
from perfrules.language.read import read_policy

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "expressions.yaml").read_text("utf-8")
)
SECONDS = 2
BYTES = 5_000_000
NAMES: dict[str, Type] = {
    **dict.fromkeys(("n", "a", "b", "actual", "target", "销售额"), "number"),
    "word": "text",
}


def text_of(row: dict[str, Any]) -> str:
    before, text, after = (str(row.get(key, "")) for key in ("before", "text", "after"))
    return before + text * int(row.get("times", 1)) + after


def shown(row: dict[str, Any]) -> str:
    return f"{row['row']}: {text_of(row)[:40]}"


def known(name: str) -> Type | None:
    return NAMES.get(name)


def problem_of(text: str) -> Problem | None:
    """The first thing wrong with an expression that should be a number."""
    found = parse(text)
    if isinstance(found, Formula):
        return next(check_types(found, known, Offered(NAMES), "number"), None)
    return found


@pytest.mark.parametrize("row", ROWS, ids=shown)
def test_it_is_refused_where_it_is_wrong(row: dict[str, Any]) -> None:
    text = text_of(row)
    tracemalloc.start()
    began = time.process_time()
    try:
        problem = problem_of(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < SECONDS
    assert peak < BYTES
    assert problem is not None
    assert problem.code == row["code"]
    assert 0 <= problem.offset <= len(text)
    if "at" in row:
        assert problem.offset == row["at"]
    for fact in ("fix", "suggestion"):
        if fact in row:
            assert problem.facts[fact] == row[fact]


@pytest.mark.parametrize("row", ROWS, ids=shown)
def test_its_message_is_short_and_in_both_languages(row: dict[str, Any]) -> None:
    problem = problem_of(text_of(row))
    assert problem is not None
    diagnostic = Diagnostic(problem.code, None, problem.facts)
    for message in (diagnostic.message("zh"), diagnostic.message("en"), diagnostic.help("en")):
        assert "{" not in message.replace(text_of(row), "")
        assert "\n" not in message
        assert len(message) < 600
    assert not message.startswith(("Traceback", "<"))
    assert row.get("why", "") in diagnostic.message("zh")
    for fact in problem.facts.values():
        assert fact is None or isinstance(fact, str | int | Text | Mend)


@pytest.mark.parametrize("row", [row for row in ROWS if len(text_of(row)) < 60_000], ids=shown)
def test_the_place_is_in_the_line_of_the_policy(row: dict[str, Any], tmp_path: Path) -> None:
    """Also in quotes; only a text with escapes has columns of its own."""
    text = text_of(row)
    path = tmp_path / "p.yaml"
    quoted = json.dumps(text, ensure_ascii=False)
    path.write_text(
        "policy: p\n"
        "events: [n, a, b, 销售额]\n"
        "indicators:\n"
        "  other: {weight: 0%, score: {levels: {好: 1}}}\n"
        "  own:\n"
        "    weight: 100%\n"
        "    target: required\n"
        f"    score: {{formula: {quoted.replace('word', 'other.actual')}}}\n",
        "utf-8",
    )
    began = time.process_time()
    policy, findings = read_policy(path)
    assert time.process_time() - began < SECONDS
    assert policy is None
    places = [one.place for one in findings.errors if one.code == row["code"]]
    assert places
    columns = []
    for place in places:
        assert isinstance(place, Span)
        assert place.line == 8
        columns.append(place.column)
    if "at" in row and len(quoted) == len(text) + 2 and "word" not in text:
        assert len("    score: {formula: '") + 1 + row["at"] in columns


def test_the_rows_of_the_list_are_all_there() -> None:
    assert {row["row"] for row in ROWS} == {45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 56, 57}


@pytest.mark.parametrize(
    "text",
    [
        "n + 80% * b",
        "max(\n  80% * b,\n  n\n)",
        "-n if n < 0 else +n",
        "1 if word in ('甲', \"乙\") and not n > 1 else 2",
        "clamp(round(n / b, 2), 0, 100) + floor(n) - ceil(b) + abs(-1)",
        "1 if word == '≥，（' else 0",
        "1 if word == '# 80% =' else 0",
    ],
)
def test_what_is_of_the_language_is_accepted(text: str) -> None:
    assert problem_of(text) is None
