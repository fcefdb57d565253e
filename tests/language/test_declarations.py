"""What follows from the declarations of the model is current, and every key has what it needs."""

import dataclasses
import re
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from perfrules.declared_files import declared_files
from perfrules.language.schema import check_schema
from perfrules.language.text.document import parse_document
from perfrules.model.declared import (
    Choice,
    Declared,
    Kind,
    Names,
    Rows,
    Worked,
    blocks_of,
    keys_of,
)
from perfrules.model.policy import Policy
from perfrules.model.scoring import Score, Scoring
from perfrules.words.of_step import OPERATIONS

ROOT = Path(__file__).parents[2]
BLOCKS = blocks_of(Policy)
FORMS = [one.name for one in keys_of(Scoring) if one.name not in Scoring.block.beside]
KEYS = [(name, one) for name, block in BLOCKS.items() for one in keys_of(block)]


DECLARED = [pytest.param(one, id=f"{name}.{one.name}") for name, one in KEYS]


def test_what_follows_from_declarations_is_written() -> None:
    """`make declared` writes it."""
    stale = [path for path, text in declared_files(ROOT).items() if path.read_text("utf-8") != text]
    assert stale == []


def test_every_block_is_told_by_a_table() -> None:
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "docs/language").glob("*.md"))
    told = re.findall(r"<!-- keys: (\w+)", pages)
    assert len(told) > 30
    forms = {one.name: one.key.kind for one in keys_of(Scoring) if isinstance(one.key.kind, type)}
    others = {block.__name__ for form, block in forms.items() if f"\n### `{form}`\n" in pages}
    untold = BLOCKS.keys() - {*told} - others
    assert untold == {"CountRange"}, "which is told as WeightRange"


@pytest.mark.parametrize("page", ["trace.md", "zh/trace.md"])
def test_every_operation_is_told_by_a_table(page: str) -> None:
    told = re.findall(r"<!-- operations: ([\w -]+) -->", (ROOT / "docs" / page).read_text("utf-8"))
    assert sorted(name for one in told for name in one.split()) == sorted(OPERATIONS)


@pytest.mark.parametrize("one", DECLARED)
def test_tables_tell_a_key_in_the_language_of_their_manual(one: Declared) -> None:
    """What has words in English has others in Chinese; names in code and signs serve for both."""
    kind, absent = one.key.kind, one.key.absent
    told = [one.key.unless, one.key.more]
    told += [absent.words] if isinstance(absent, Worked) else []
    told += [kind.values] if isinstance(kind, Kind) else []
    for zh, en in told:
        words = re.search(r"[A-Za-z]{2}", re.sub(r"`[^`]*`", "", en))
        assert bool(words) == bool(re.search("[\u4e00-\u9fff]", re.sub(r"`[^`]*`", "", zh))), en


@pytest.mark.parametrize("one", DECLARED)
def test_a_choice_names_its_words_once(one: Declared) -> None:
    """The words of the type, those of the declaration and the labels are the same in number."""
    if isinstance(one.key.kind, Choice):
        parts = (one.type, *get_args(one.type))
        (words,) = {get_args(part) for part in parts if get_origin(part) is Literal}
        assert set(one.key.kind.words) <= set(words)
        assert len(one.key.kind.labels) == len(one.key.kind.words)


@pytest.mark.parametrize("one", DECLARED)
def test_a_kind_that_takes_percentages_is_written_with_them(one: Declared) -> None:
    kind = one.key.kind.of if isinstance(one.key.kind, Names | Rows) else one.key.kind
    if isinstance(kind, Kind):
        assert (kind.percent != "never") == ("%" in kind.rule.get("pattern", ""))


@pytest.mark.parametrize("one", DECLARED)
def test_what_stands_in_for_a_key_could_be_written(one: Declared) -> None:
    if isinstance(one.key.kind, Choice) and isinstance(one.key.absent, str):
        assert one.key.absent in one.key.kind.words


def test_every_field_of_a_block_is_declared_or_worked_out() -> None:
    """Whoever adds a field and forgets its key is told so here."""
    worked_out = {
        "Band": {"high"},
        "Tier": {"high"},
        "Slice": {"until"},
        "Axis": {"is_share"},
        "Award": {"by_share"},
        "Indicator": {"reads_actual", "attains"},
        "Policy": {"order", "pay_order", "resolved", "digest", "places", "indicator"},
    }
    for name, block in BLOCKS.items():
        fields = {field.name for field in dataclasses.fields(block)} - {"name", "path", "place"}
        kept = {one.field for one in keys_of(block)}
        assert fields - kept == worked_out.get(name, set()), name


def test_every_form_is_a_type_of_score() -> None:
    assert len(FORMS) == len(get_args(Score)) >= 8


def test_every_form_has_a_good_case() -> None:
    """And so the checker accepts it and its sentence adds up, which is asked of all good cases."""
    cases = "".join(path.read_text("utf-8") for path in (ROOT / "tests/cases/good").glob("*.yaml"))
    assert [form for form in FORMS if not re.search(rf"score: ?\{{[^}}]*\b{form}:", cases)] == []


def test_a_key_is_meant_by_its_chinese_title() -> None:
    text = b"policy: p\nindicators: {a: {weight: 100%, score: {direct: {min: 0, max: 9}}}}\n"
    text += "distribution: {最小人数: 5, quotas: {A: 20%}, order: [total desc]}\n".encode()
    document, found = parse_document(text, "p.yaml")
    assert document is not None
    check_schema(document.root, "policy", found)
    assert [one.facts["suggestion"] for one in found.errors] == ["min_group"]
