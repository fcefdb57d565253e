"""Sentences: golden in both languages, exact in every number, complete in operations."""

import ast
import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from arithmetic import equation_in
from cases_for_everything import CASES
from written_records import Written, written, written_cases

from perfrules.codes.code import Language
from perfrules.reports.glossary import Glossary
from perfrules.reports.sentence import Sentence
from perfrules.reports.words import SENTENCES, sentence

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
POLICY = (HERE / "everything.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("policies")


@cache
def case(folder: Path, name: str) -> Written:
    return written(folder, POLICY, CASES[name])


def said(folder: Path, name: str, path: str, language: Language) -> Sentence:
    found = case(folder, name)
    told = Glossary(found.record, found.resolved, language)
    return sentence(told, told.steps[path])


GOLDEN = json.loads((HERE / "golden_sentences.json").read_text("utf-8"))
"""By case and path: in each language the sentence, and then its notes."""


@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, paths in GOLDEN.items() for path in paths]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_golden_sentences(folder: Path, name: str, path: str, language: Language) -> None:
    spoken = said(folder, name, path, language)
    assert [spoken.text, *spoken.notes] == GOLDEN[name][path][language]


def test_the_golden_sentences_have_every_operation(folder: Path) -> None:
    seen = set()
    for name, paths in GOLDEN.items():
        found = case(folder, name)
        told = Glossary(found.record, found.resolved, "zh")
        seen |= {told.steps[path]["operation"] for path in paths}
    assert seen == set(SENTENCES)


def test_a_veto_that_lowers_the_grade_says_from_what(folder: Path) -> None:
    better = CASES["fair"].replace("launch:", "events: {fraud: 1, leak: 2}, launch:")
    found = written(folder, POLICY.replace("total: 50, ", ""), better)
    told = Glossary(found.record, found.resolved, "zh")
    spoken = sentence(told, told.steps["grade"])
    assert spoken.text == "按总分为 A → D"
    assert spoken.notes == ("否决项「数据造假」：等级最高为 C", "否决项「泄密」：等级最高为 D")


def test_one_indicator_left_out_is_told_as_the_language_promises(folder: Path) -> None:
    policy = """
policy: missing
indicators:
  sales: {weight: 40%, score: {direct: {min: 0, max: 100}}}
  customers: {weight: 30%, missing: zero, score: {direct: {min: 0, max: 100}}}
  cac: {weight: 20%, missing: exclude, score: {direct: {min: 0, max: 100}}}
  upkeep: {weight: 10%, score: {direct: {min: 0, max: 100}}}
"""
    found = written(
        folder, policy, "{sales: {actual: 100}, customers: {actual: 80}, upkeep: {actual: 85}}"
    )
    told = Glossary(found.record, found.resolved, "zh")
    text = {path: sentence(told, step).text for path, step in told.steps.items()}
    assert text["total.weights"] == "40% + 30% + 10% = 80%，即 0.8"
    assert text["total.share"] == "合计 72.5 ÷ 权重 0.8 = 90.625 分"
    assert text["total"] == "90.625 → 90.63 分，四舍五入到 2 位小数"
    nothing = written(folder, policy, "{sales: {actual: 1}, cac: {actual: 1}, upkeep: {actual: 1}}")
    told = Glossary(nothing.record, nothing.resolved, "zh")
    assert sentence(told, told.steps["indicators.customers.actual"]).text == "没有数据，计为 0"


def test_a_text_that_looks_like_a_number_stays_as_it_is(folder: Path) -> None:
    policy = """
policy: codes
indicators: {a: {weight: 100%, score: {formula: '100 if person.code == "007" else 0'}}}
"""
    found = written(folder, policy, '{person: {code: "007"}}')
    told = Glossary(found.record, found.resolved, "en")
    assert sentence(told, told.steps["person.code"]).text == "007"


# Every number, every operation


def records(folder: Path) -> list[Written]:
    own = [case(folder, name) for name in CASES]
    tests = sorted((ROOT / "policies" / "tests").glob("*.test.yaml"))
    assert len(tests) > 5
    return [*own, *(one for test in tests for one in written_cases(test))]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_equation_comes_to_what_it_says(folder: Path, language: Language) -> None:
    exact = close = 0
    for found in records(folder):
        told = Glossary(found.record, found.resolved, language)
        blocks = [told.part(block) for block in ("indicators", "adjustments", "incentives")]
        titles = [told.text(one["title"]) for block in blocks for one in block.values()]
        for path, step in told.steps.items():
            formula = step.get("rule", {}).get("terms", {}).get("text", "")
            if isinstance(step["value"], bool) or " if " in formula:
                continue
            text = sentence(told, step).text
            equation = equation_in(text, titles)
            if equation is not None:
                assert equation.holds, f"{path}: {text}"
                exact, close = exact + equation.exact, close + (not equation.exact)
    assert exact > 1000
    assert close > 50


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_shown_is_what_is_used(folder: Path, language: Language) -> None:
    looked_at = 0
    for found in records(folder):
        told = Glossary(found.record, found.resolved, language)
        for path, step in told.steps.items():
            if step.get("type") == "text" or isinstance(step["value"], bool):
                continue
            shown = told.value(step)
            number = Decimal(shown.removesuffix("%")).scaleb(-2 if shown.endswith("%") else 0)
            assert number == Decimal(step["value"]), path
            assert shown in sentence(told, step).text, path
            looked_at += 1
    assert looked_at > 1000


def test_the_evaluator_has_no_operation_without_a_sentence() -> None:
    found = set()
    for file in sorted((ROOT / "perfrules" / "evaluation").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                position = {"add": 2, "Chain": 4, "then": 1, "_by_distance": 2}.get(name)
                if position is not None and len(node.args) > position:
                    found.add(getattr(node.args[position], "value", None))
    operations = {one for one in found if isinstance(one, str)}
    assert len(operations) > 25
    assert operations <= set(SENTENCES)
