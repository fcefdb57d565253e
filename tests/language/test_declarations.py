"""What follows from the declarations of the model is current, and every key has what it needs."""

import dataclasses
import re
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from perfrules.language.schema import schema_text
from perfrules.language.to_pages import blocks_of, page_of
from perfrules.model.declared import Choice, Declared, keys_of
from perfrules.model.policy import Policy
from perfrules.model.scoring import Score, Scoring

ROOT = Path(__file__).parents[2]
BLOCKS = blocks_of(Policy)
KEYS = [(name, one) for name, block in BLOCKS.items() for one in keys_of(block)]


DECLARED = [pytest.param(one, id=f"{name}.{one.name}") for name, one in KEYS]


def test_the_schema_is_written() -> None:
    """`make declared` writes it."""
    assert (ROOT / "schemas/policy.schema.json").read_text("utf-8") == schema_text("policy")


def test_the_tables_of_the_language_are_written() -> None:
    pages = {path: path.read_text("utf-8") for path in (ROOT / "docs/language").glob("*.md")}
    told = "".join(pages.values())
    assert [path.name for path, text in pages.items() if page_of(text, told) != text] == []
    tables = re.findall(r"<!-- keys: (\w+)", told)
    assert len(tables) > 30
    untold = BLOCKS.keys() - {*tables}
    assert untold == {"CountRange", "Levels"}, "one is told as WeightRange, one has no keys"


@pytest.mark.parametrize("one", DECLARED)
def test_a_choice_names_its_words_once(one: Declared) -> None:
    """The words of the type, those of the declaration and the labels are the same in number."""
    if isinstance(one.key.kind, Choice):
        parts = (one.type, *get_args(one.type))
        (words,) = {get_args(part) for part in parts if get_origin(part) is Literal}
        assert set(one.key.kind.words) <= set(words)
        assert len(one.key.kind.labels) == len(one.key.kind.words)


@pytest.mark.parametrize("one", DECLARED)
def test_what_stands_in_for_a_key_could_be_written(one: Declared) -> None:
    if isinstance(one.key.kind, Choice) and isinstance(one.key.absent, str):
        assert one.key.absent in one.key.kind.words


def test_every_field_of_a_block_is_declared_or_worked_out() -> None:
    """Whoever adds a field and forgets its key is told so here."""
    worked_out = {
        "Band": {"high"},
        "Slice": {"until"},
        "Indicator": {"reads_actual", "attains"},
        "Policy": {"order", "resolved", "digest", "places", "indicator"},
        "Levels": {"rows"},
    }
    for name, block in BLOCKS.items():
        fields = {field.name for field in dataclasses.fields(block)} - {"name", "path", "place"}
        kept = {one.field for one in keys_of(block)}
        assert fields - kept == worked_out.get(name, set()), name


def test_every_form_is_a_type_of_score() -> None:
    forms = {one.name for one in keys_of(Scoring)} - {*Scoring.block.beside}
    assert len(forms) == len(get_args(Score)) >= 8
