"""The example of docs/api.md runs, and the page names the whole public face."""

import re
import shutil
from pathlib import Path

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
