"""Every key of the schemas is told on its page, and the examples of the pages hold."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from doc_page import ROOT

from perfrules.model.declared import keys_of
from perfrules.model.scoring import Scoring
from perfrules.workbench.check import check_paths
from perfrules.workbench.policy_tests import run_tests

LANGUAGE = ROOT / "docs" / "language"
PAGES = sorted(LANGUAGE.glob("*.md"))

HOMES = {
    "policy-test": {
        "": "policy-tests",
        "suite_entry": "policy-tests",
        "case": "policy-tests",
        "given": "policy-tests",
        "indicator_given": "policy-tests",
        "event_given": "policy-tests",
        "calibration": "policy-tests",
        "move": "policy-tests",
        "change": "policy-tests",
        "member": "policy-tests",
        "fact_change": "policy-tests",
        "absence": "policy-tests",
        "days_of_calendar": "policy-tests",
        "expect": "policy-tests",
        "indicator_expect": "policy-tests",
    },
    "cycle": {
        "": "cycle",
        "deadline": "cycle",
        "numbers": "cycle",
        "notation": "cycle",
        ".year": "cycle",
        "text": "policy",
    },
    "targets": {
        "": "targets",
        "goal": "targets",
        "parts": "targets",
        "together": "targets",
        "milestone": "targets",
        "action": "targets",
        "risk": "targets",
        "period": "targets",
        "rounding": "targets",
        "rounding_step": "targets",
        "text": "policy",
    },
}
"""On which page the keys of an object of a schema are told; those of policies are told by tables
that are written from their declarations."""

FORMS = [one.name for one in keys_of(Scoring) if one.name not in Scoring.block.beside]


def read(page: Path) -> str:
    return page.read_text("utf-8")


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8")
    )
    return found


def objects(name: str) -> dict[str, set[str]]:
    """The keys of the root, of every definition, and of what is written inside one of them."""
    whole = schema(name)
    found = _objects("", whole)
    for definition, body in whole["definitions"].items():
        found |= _objects(definition, body)
    return found


def _objects(path: str, body: dict[str, Any]) -> dict[str, set[str]]:
    properties = body.get("properties", {})
    found = {path: set(properties)} if properties else {}
    for key, below in properties.items():
        found |= _objects(f"{path}.{key}", below)
    return found


def told(page: str) -> set[str]:
    """The keys that are headings, or first cells of a table's rows."""
    text = (LANGUAGE / f"{page}.md").read_text("utf-8")
    return set(re.findall(r"^(?:#+ |\| )`(\w+)`(?: \||$)", text, re.M))


@pytest.mark.parametrize("name", HOMES)
def test_every_key_is_told_on_the_page_of_its_object(name: str) -> None:
    found = objects(name)
    assert found
    for definition, keys in found.items():
        assert definition in HOMES[name], f"{name}: no page tells the keys of {definition}"
        missing = keys - told(HOMES[name][definition])
        assert not missing, f"docs/language/{HOMES[name][definition]}.md: {definition}: {missing}"
    assert sum(map(len, found.values())) > 8


@pytest.mark.parametrize("name", HOMES)
def test_no_object_is_told_that_the_schema_does_not_have(name: str) -> None:
    assert set(HOMES[name]) == set(objects(name))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_score_is_told(form: str) -> None:
    """On a page of its own, or on that of all of them."""
    page = f"score-{form.replace('_', '-')}"
    assert form in told(page if (LANGUAGE / f"{page}.md").exists() else "scores")
    assert re.search(f"^### `{form}`$", "".join(map(read, PAGES)), re.M)


def test_every_page_is_in_the_index() -> None:
    assert len(PAGES) > 20
    for page in PAGES:
        assert page.name == "README.md" or f"]({page.name})" in read(page.with_name("README.md"))


def examples() -> list[tuple[str, str]]:
    """The policies and tests of both manuals that stand by themselves, each once."""
    found: dict[str, str] = {}
    for page in (*PAGES, *sorted((ROOT / "docs/zh/language").glob("*.md"))):
        for number, text in enumerate(re.findall(r"^```yaml\n(.*?)^```$", read(page), re.M | re.S)):
            if re.search(r"^policy:", text, re.M) and not re.search(r"^extends:", text, re.M):
                found.setdefault(text, f"{page.parent.parent.name}-{page.stem}-{number}")
    return [(name, text) for text, name in found.items()]


@pytest.mark.parametrize(
    "text", [text for _, text in examples()], ids=[name for name, _ in examples()]
)
def test_an_example_holds(text: str, tmp_path: Path) -> None:
    is_test = "\ncases:" in text
    path = tmp_path / ("example.test.yaml" if is_test else "example.yaml")
    path.write_text(text, "utf-8")
    errors = check_paths([path], lint=False).findings.errors
    assert [(str(one.place), one.message()) for one in errors] == []
    if is_test:
        report = run_tests([path])
        assert report.cases
        assert not report.findings.errors
        assert [(case.name, case.mismatches) for case in report.failed] == []


def test_there_are_examples_of_policies_and_of_tests() -> None:
    texts = [text for _, text in examples()]
    assert sum("\ncases:" in text for text in texts) >= 15
    assert len(texts) >= 18


def test_the_example_of_extends_holds(tmp_path: Path) -> None:
    text = (LANGUAGE / "extends.md").read_text("utf-8")
    files = re.findall(r"^```yaml\n# (policies/\S+?):?(?: [^\n]*)?\n(.*?)^```$", text, re.M | re.S)
    assert len(files) == 2
    for name, content in files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    checked = check_paths([tmp_path / "policies"], lint=False)
    assert [one.message() for one in checked.findings.errors] == []
    policy = checked.policies[0].policy
    assert policy.total.at_least is not None
    assert policy.total.at_most is not None
    assert (policy.rounding.score.places, policy.rounding.pay.places) == (1, 0)
