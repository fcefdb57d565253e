"""Sentences: golden in both languages, complete in operations."""

import ast
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from arithmetic import equation_in
from cases_for_everything import CASES
from written_records import (
    Written,
    titles_in,
    written,
    written_after_another_role,
    written_cases,
    written_cycle,
)

from perfrules.codes.code import Language
from perfrules.words.glossary import Glossary
from perfrules.words.of_step import SENTENCES, sentence

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
POLICY = (HERE / "everything.yaml").read_text("utf-8")
OF_TIME = [
    ROOT / "tests" / "cases" / "good" / f"{name}.test.yaml"
    for name in ("the_year_so_far", "days_there_and_away", "values_in_place_of_missing_ones")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("policies")


@pytest.fixture(scope="module")
def records(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Written]:
    """By the name of the case: `full`, `five in one team / p1`; `cycle / E007`."""
    cycle = written_cycle(tmp_path_factory.mktemp("cycle"))
    return {
        **{name: written(folder, POLICY, given) for name, given in CASES.items()},
        **written_cases(HERE / "between_people.test.yaml"),
        **written_cases(HERE / "weights.test.yaml"),
        **{f"cycle / {subject}": one for subject, one in cycle.items()},
        **{name: one for file in OF_TIME for name, one in written_cases(file).items()},
        "another role before": written_after_another_role(folder),
    }


GOLDEN = json.loads((HERE / "golden_sentences.json").read_text("utf-8"))
"""By case and path: in each language the sentence, and then its notes."""


@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, paths in GOLDEN.items() for path in paths]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_golden_sentences(
    records: Mapping[str, Written], name: str, path: str, language: Language
) -> None:
    found = records[name]
    told = Glossary(found.record, found.resolved, language)
    spoken = sentence(told, told.steps[path])
    assert [spoken.text, *spoken.notes] == GOLDEN[name][path][language]


def test_every_operation_has_a_golden_sentence_or_an_equation(
    records: Mapping[str, Written],
) -> None:
    """The equations of all good cases are worked out again by test_arithmetic_of_words."""
    seen = set()
    for name, paths in GOLDEN.items():
        told = Glossary(records[name].record, records[name].resolved, "zh")
        seen |= {told.steps[path]["operation"] for path in paths}
    assert len(seen) > 50
    for operation in set(SENTENCES) - seen:
        assert equations_of(operation) == {True}, operation


def equations_of(operation: str) -> set[bool]:
    """Whether the sentences about an operation in the good cases are equations."""
    return {
        equation_in(sentence(told, step).text, list(titles_in(told.resolved))) is not None
        for path in sorted((ROOT / "tests" / "cases" / "good").glob("*.test.yaml"))
        for found in written_cases(path).values()
        for told in (Glossary(found.record, found.resolved, "zh"),)
        for step in told.steps.values()
        if step["operation"] == operation
    }


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


def test_the_group_of_a_small_unit_is_the_one_that_took_it_in(tmp_path: Path) -> None:
    file = tmp_path / "small.test.yaml"
    people = [("p1", "t1"), ("p2", "t1"), ("p3", "t2"), ("p4", "t2")]
    given = "".join(
        f"      {person}: {{a: {{actual: 9{row}}}, person: {{team: {team}, department: 销售部}}}}\n"
        for row, (person, team) in enumerate(people)
    )
    file.write_text(
        f"""
policy:
  policy: small
  title: 小组
  indicators: {{a: {{weight: 100%, score: {{direct: {{min: 0, max: 100}}}}}}}}
  grades: [{{grade: A, at_least: 80}}, {{otherwise: B}}]
  distribution: {{within: team, min_group: 4, quotas: {{A: {{at_most: 25%}}}}, order: [total desc]}}
  awards: {{star: {{within: role, order: [total desc], top: 25%}}}}
cases:
  - name: two teams of two
    given_each:
{given}    expect_each: {{p4: {{grade: A}}, p1: {{grade: B}}}}
""",
        "utf-8",
    )
    found = written_cases(file)["two teams of two / p1"]
    told = Glossary(found.record, found.resolved, "zh")
    assert re.fullmatch(
        r"4 人（所在团队人数不足，并入部门 销售部；本人在组内的代号 M\d）",
        sentence(told, told.steps["distribution.size"]).text,
    )
    assert re.fullmatch(
        r"4 人（岗位 小组；本人在组内的代号 M\d）",
        sentence(told, told.steps["awards.star.size"]).text,
    )


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
    assert len(operations) > 40
    assert operations <= set(SENTENCES)
