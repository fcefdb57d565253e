"""The example of docs/api.md and of its Chinese twin runs; both name the whole public face."""

import re
import shutil
from pathlib import Path
from types import FunctionType
from typing import get_args, get_type_hints

import pytest
from doc_page import ROOT, STARTER

import perfrules

TEXTS = {page: (ROOT / page).read_text("utf-8") for page in ("docs/api.md", "docs/zh/api.md")}
PUBLIC = [name for name in perfrules.__all__ if not name.startswith("_")]
of_both = pytest.mark.parametrize("page", TEXTS)


@of_both
def test_the_example_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(STARTER, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"^```python\n(.*?)^```$", TEXTS[page], re.M | re.S)
    assert code.count("assert ") > 15
    exec(compile(code, page, "exec"), {"__name__": "example"})


@of_both
@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_told(page: str, name: str) -> None:
    # \b would not see the end of a name that a Chinese letter follows.
    assert re.search(rf"`{name}(?![A-Za-z0-9_])", TEXTS[page]), f"{page} does not tell of {name}"


@of_both
@pytest.mark.parametrize("kind", ["Policies", "Policy", "Appraisal"])
def test_every_member_is_told(page: str, kind: str) -> None:
    section = re.search(rf"^## `{kind}`\n(.*?)(?=^## |\Z)", TEXTS[page], re.M | re.S)
    assert section
    members = [name for name in vars(getattr(perfrules, kind)) if not name.startswith("_")]
    members = [name for name in members if name not in ("rules", "result")]
    assert members
    for name in members:
        assert re.search(rf"`{name}\b", section[1]), f"{kind}.{name}"


def classes_in(annotation: object) -> set[type]:
    """The classes of ours that an annotation names, within lists, unions and mappings too."""
    found = {one for arg in get_args(annotation) for one in classes_in(arg)}
    if isinstance(annotation, type) and annotation.__module__.startswith("perfrules"):
        found.add(annotation)
    return found


def signatures_of(public: object) -> set[type]:
    """The classes that a function names, or a class in its public methods and properties and, where
    it holds data, in its fields."""
    if not isinstance(public, type):
        return {one for hint in get_type_hints(public).values() for one in classes_in(hint)}
    members = [one for name, one in vars(public).items() if not name.startswith("_")]
    calls = [one.fget if isinstance(one, property) else one for one in members]
    found = {one for call in calls if isinstance(call, FunctionType) for one in signatures_of(call)}
    if not {"rules", "result"} & set(getattr(public, "__annotations__", ())):
        hints = get_type_hints(public)
        found |= {one for hint in hints.values() for one in classes_in(hint)}
    return found


INSIDE = {
    # What a step and a finding refer to, and the rules of a policy: read, never made, by programs.
    "Diagnostic": {"Cell", "Related", "Span", "Text"},
    "CycleResult": {"Findings", "Group"},
}


@pytest.mark.parametrize("name", PUBLIC)
def test_every_class_that_a_signature_names_is_public(name: str) -> None:
    if name == "Step":  # whose rule is any part of a policy
        return
    named = {one.__name__ for one in signatures_of(getattr(perfrules, name))}
    missing = named - set(perfrules.__all__) - INSIDE.get(name, set()) - {"Text"}
    assert not missing, f"{name} names {missing}"


def test_the_walk_finds_what_signatures_name() -> None:
    assert {one.__name__ for one in signatures_of(perfrules.scorecard)} == {"Cycle", "Scorecard"}
    assert "Step" in {one.__name__ for one in signatures_of(perfrules.Appraisal)}
    assert {"Datum", "TargetChange"} < {one.__name__ for one in signatures_of(perfrules.Measure)}
