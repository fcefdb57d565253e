"""The example of docs/api.md runs, and the page names the whole public face."""

import re
import shutil
from pathlib import Path
from types import FunctionType
from typing import get_args, get_type_hints

import pytest
from doc_page import ROOT, STARTER

import perfrules

TEXT = (ROOT / "docs" / "api.md").read_text("utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```$", TEXT, re.M | re.S)


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(STARTER, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    assert len(PYTHON) == 1
    assert PYTHON[0].count("assert ") > 15
    exec(compile(PYTHON[0], "docs/api.md", "exec"), {"__name__": "example"})


@pytest.mark.parametrize("name", [name for name in perfrules.__all__ if not name.startswith("_")])
def test_every_public_name_is_told(name: str) -> None:
    assert re.search(rf"`{name}\b", TEXT), f"docs/api.md does not tell of {name}"


@pytest.mark.parametrize("kind", ["Policies", "Policy", "Appraisal"])
def test_every_member_is_told(kind: str) -> None:
    section = re.search(rf"^## `{kind}`\n(.*?)(?=^## |\Z)", TEXT, re.M | re.S)
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


@pytest.mark.parametrize("name", [name for name in perfrules.__all__ if not name.startswith("_")])
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
