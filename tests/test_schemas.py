"""The schemas: sound, bilingual in every hover, and one error for one mistake."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from perfrules.records.trace_json import trace_record
from perfrules.workbench.policy_tests import run_tests

SCHEMAS = Path(__file__).parent.parent / "schemas"
NAMES = ("policy", "policy-test", "cycle", "targets", "trace", "group")
LOADED: dict[str, dict[str, Any]] = {
    name: json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8")) for name in NAMES
}
FRAGMENT = {"$ref": "#/definitions/fragment", "definitions": LOADED["policy"]["definitions"]}

CONDITIONS = ("if", "then", "else", "not")


def walk(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a schema file that is a schema, with the way to it."""
    if not isinstance(schema, dict):
        return
    yield path, schema
    for key in ("properties", "patternProperties", "definitions"):
        for name, below in schema.get(key, {}).items():
            yield from walk(below, f"{path}/{key}/{name}")
    for key in ("items", "additionalProperties", "propertyNames", *CONDITIONS):
        yield from walk(schema.get(key), f"{path}/{key}")
    for key in ("allOf", "anyOf"):
        for index, below in enumerate(schema.get(key, [])):
            yield from walk(below, f"{path}/{key}/{index}")


def is_shown(path: str) -> bool:
    """Whether an editor can show the schema at `path`: a key or a definition, no condition."""
    parts = path.split("/")
    if any(part in CONDITIONS for part in parts) or "/required_keys/" in path:
        return False
    return len(parts) == 1 or parts[-2] in ("properties", "patternProperties", "definitions")


EVERY = [
    pytest.param(name, path, schema, id=f"{name}{path}")
    for name in NAMES
    for path, schema in walk(LOADED[name])
]
SHOWN = [one for one in EVERY if is_shown(str(one.values[1]))]


@pytest.mark.parametrize("name", NAMES)
def test_is_valid_draft_07(name: str) -> None:
    assert LOADED[name]["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(LOADED[name])


def test_something_was_looked_at() -> None:
    assert len(SHOWN) > 250


@pytest.mark.parametrize(("name", "path", "schema"), SHOWN)
def test_hover_has_both_languages(name: str, path: str, schema: dict[str, Any]) -> None:
    chinese, english = schema["title"].split(" · ")
    assert re.search("[一-鿿]", chinese)
    assert re.fullmatch("[A-Z][A-Za-z -]*", english)
    chinese, english = schema["description"].split("\n")
    assert re.search("[一-鿿]", chinese) and chinese.endswith("。")
    assert re.search("[a-z]", english) and english.endswith(".")
    assert "`" not in schema["description"], "editors print a backtick of a description as it is"


@pytest.mark.parametrize(("name", "path", "schema"), EVERY)
def test_annotations(name: str, path: str, schema: dict[str, Any]) -> None:
    if {"type", "enum", "pattern"} & set(schema) and not path.endswith(
        ("/if", "/if/propertyNames")
    ):
        assert "x-expected" in schema
    if "x-expected" in schema:
        expected = schema["x-expected"]
        assert set(expected) == {"zh", "en"}
        assert re.search("[一-鿿]", expected["zh"])
        assert re.search("[一-鿿]", re.sub("`[^`]*`", "", expected["en"])) is None
        assert not expected["en"].endswith(".") and not expected["zh"].endswith("。")
    if "x-code" in schema:
        assert re.fullmatch("[a-z]+(-[a-z]+)*", schema["x-code"])
        both = "应为：{zh}。 Expected: {en}.".format_map(schema["x-expected"])
        assert schema["errorMessage"] == both
    if "enumDescriptions" in schema:
        assert len(schema["enumDescriptions"]) == len(schema["enum"])


@pytest.mark.parametrize(("name", "path", "schema"), EVERY)
def test_says_one_thing_once(name: str, path: str, schema: dict[str, Any]) -> None:
    """No keyword that reports one mistake several times, or that Decimal cannot pass."""
    assert "oneOf" not in schema
    assert "anyOf" not in schema or path.endswith("/not")
    assert "integer" not in schema.get("type", ())
    if "$ref" in schema:
        assert set(schema) <= {"$ref", "title", "description"}, "all else beside $ref is ignored"
        assert schema["$ref"].removeprefix("#/definitions/") in LOADED[name]["definitions"]
    if "properties" in schema and is_shown(path) and not path.endswith("/required_keys"):
        assert "additionalProperties" in schema
    guard = schema.get("if", {}).get("propertyNames", {}).get("enum")
    if guard is not None and "properties" in schema:
        assert set(guard) == set(schema["properties"]), "the guard names all keys"


@pytest.mark.parametrize("name", NAMES)
def test_every_definition_is_used(name: str) -> None:
    used = {schema.get("$ref") for _, schema in walk(LOADED[name])}
    unused = {key for key in LOADED[name]["definitions"] if f"#/definitions/{key}" not in used}
    assert unused == ({"fragment"} if name == "policy" else set())


def test_shared_definitions_are_the_same_everywhere() -> None:
    seen: dict[str, Any] = {}
    leaves = ("id", "words", "text", "number", "rate", "figure", "date", "grade_name", "fact")
    for name in NAMES:
        for key in leaves:
            if key in LOADED[name]["definitions"]:
                assert (
                    seen.setdefault(key, LOADED[name]["definitions"][key])
                    == (LOADED[name]["definitions"][key])
                )
    assert set(seen) == set(leaves)


# ---- documents

DIRECT = {"direct": {"min": 0, "max": 100}}


def policy(**keys: Any) -> dict[str, Any]:
    return {"policy": "p", "indicators": {"a": {"weight": "100%", "score": DIRECT}}, **keys}


def indicator(**keys: Any) -> dict[str, Any]:
    return policy(indicators={"a": {"weight": "100%", "score": DIRECT, **keys}})


def score(**forms: Any) -> dict[str, Any]:
    return indicator(score=forms)


def incentive(**keys: Any) -> dict[str, Any]:
    return policy(incentives={"i": keys})


def case(**keys: Any) -> dict[str, Any]:
    return {"policy": "p.yaml", "cases": [{"name": "n", **keys}]}


def cycle(**keys: Any) -> dict[str, Any]:
    dates = {"from": "2024-07-01", "to": "2024-09-30"}
    return {"id": "2024Q3", "policies": "../policies", **dates, **keys}


MARGINAL = {"by": "a.actual", "marginal": [{"from": 0, "rate": "1%"}, {"from": 500, "rate": "2%"}]}
WHOLE = {"by": "total", "whole": [{"at_least": 90, "pay": "120%"}, {"otherwise": "0%"}]}

GOOD = [
    ("policy", policy()),
    ("policy", policy(version=Decimal("2024.10"), title={"zh": "销售"}, events=["late"])),
    ("policy", indicator(weight="40%", target="95%", baseline=Decimal(8), source="CRM")),
    ("policy", indicator(weight="33.33 %", target="required", zero_actual="120%")),
    ("policy", score(on="actual", bands=[{"at_least": 5, "score": [80, 90], "up_to": 9}])),
    ("policy", score(levels={"优秀": 100, "1 级": 60})),
    ("policy", score(ratings={
        "groups": {"经理": "60%", "peer": "40%"}, "scale": {"min": 1, "max": 5},
        "trim": {"drop": Decimal(1), "from_raters": Decimal("5.0")}})),
    ("policy", policy(events={"late": {"title": "迟到"}}, total={"at_most": 120})),
    ("policy", policy(adjustments={"x": {"points": {"given": [5, 10], "at_most": 10}}})),
    ("policy", policy(grades=[{"grade": "A", "at_least": 90}, {"otherwise": "B", "title": "良"}])),
    ("policy", incentive(base=5000, tiers=WHOLE, times=["proration", Decimal("1.1")])),
    ("policy", incentive(tiers=MARGINAL, at_least=0)),
    ("policy", incentive(base="person.bonus_base", by_grade={"A": "120%", "B": 0})),
    ("policy", policy(rounding={"total": {"places": Decimal(1)}, "score": {"mode": "floor"}})),
    ("policy", policy(guardrails={"indicators": {"max": 8}, "outcome": {"min": "60%"}})),
    ("policy", policy(
        distribution={"quotas": {"S": {"at_most": "20%"}}, "order": ["total desc"]},
        awards={"star": {"order": ["total desc", "a.score asc"], "top": "20%", "count": "floor"}},
        pools={"fund": {"amount": "cycle.fund", "share_by": "total"}},
        follow_ups={"plan": {"when": 'grade == "D"', "due_days": 30}},
        warnings={"slow": {"indicator": "a", "every": "week", "below": "80%", "times": 2}},
        target_changes={"per_quarter": 1, "needs": ["reason"]})),
    ("policy", policy(
        distribution={
            "quotas": {"S": "20%", "A": "70 %", "B": {"at_least": "10 %"}},
            "order": ["a.attainment asc"], "ties": "keep_together_lower"},
        awards={"all": {"only_if": "total >= 60"},
                "star": {"order": ["total desc"], "top": "5%", "ties": "keep_together"}},
        target_changes={"weighting": "months"})),
    ("policy", score(on="percentile", within="team", of="actual", bands=[{"otherwise": 0}])),
    ("policy", score(on="percentile", bands=[{"at_least": "50%", "score": 1}, {"otherwise": 0}])),
    ("policy", indicator(roll_up={"of": "销售.actual", "by": "sum"})),
    ("policy", indicator(roll_up={
        "actual": {"of": "total", "by": "weighted_mean", "weight": "person.人数"},
        "target": {"of": "a.target", "by": "min"}})),
    ("policy", indicator(roll_up={"target": {"of": "a.score", "by": "max"}})),
    ("policy", indicator(from_history="2024Q1")),
    ("policy", incentive(base=5000, moves="sum")),
    ("policy-test", case(given={
        "a": {"actual": "11%", "ratings": {"peer": [90]}, "level": "良好", "done": False},
        "events": {"late": Decimal(3), "idea": {"points": 8}}, "person": {"base": 1, "dept": "x"},
        "previous": ["D"], "proration": "50%"})),
    ("policy-test", case(expect={
        "a": {"attainment": "-25%", "excluded": True}, "section.r": 86, "pay": {"bonus": 0},
        "vetoed": [], "error": "zero-target"})),
    ("policy-test", case(given_each={"E01": {}}, expect_each={"E01": {"grade": "A"}})),
    ("policy-test", {"suite": [{"policy": {"policy": "p"}, "cases": [{"name": "n"}]}]}),
    ("cycle", cycle(facts={"fund": 5, "name": "x"}, missing_markers=["无"], data="a.xlsx")),
    ("cycle", cycle(announced="2024-10-10", history=["../results/2024Q2"], calendar="日历.csv",
        deadlines={"data": {"working_days": 3, "before": "2024-10-10"},
                   "appeal": {"title": "申诉", "working_days": 7, "after": "2024-10-10"}})),
    ("policy", policy(warnings={"slow": {"title": "慢", "indicator": "a", "every": "month",
        "below": "80%", "gap": "skip"}})),
]  # fmt: skip


@pytest.mark.parametrize(("name", "document"), GOOD)
def test_accepts(name: str, document: dict[str, Any]) -> None:
    assert [error.message for error in Draft7Validator(LOADED[name]).iter_errors(document)] == []


# Each mistake: the `value` to put `at` a place of a sound document, and the one error it gives:
# the keyword that fails, how far `below` that place, the x-code there.
MISTAKES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "schema_mistakes.json").read_text("utf-8"),
    parse_int=Decimal,
    parse_float=Decimal,
)
SOUND = {"policy": policy(), "policy-test": case(), "cycle": cycle()}


def steps(path: list[Any]) -> list[str | int]:
    return [step if isinstance(step, str) else int(step) for step in path]


def put(document: Any, path: list[str | int], value: Any) -> Any:
    """A copy of `document` with `value` at `path`."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(first, int):
        return [put(old, rest, value) if i == first else old for i, old in enumerate(document)]
    return {**document, first: put(document.get(first, {}), rest, value)}


@pytest.mark.parametrize("mistake", [pytest.param(one, id=one["mistake"]) for one in MISTAKES])
def test_one_mistake_is_one_error(mistake: dict[str, Any]) -> None:
    place = steps(mistake["at"])
    document = put(SOUND[mistake["schema"]], place, mistake["value"])
    found = [
        (error.validator, list(error.absolute_path), error.schema.get("x-code"))
        for error in Draft7Validator(LOADED[mistake["schema"]]).iter_errors(document)
    ]
    expected = [*place, *steps(mistake["below"])]
    assert found == [(mistake["keyword"], expected, mistake["code"])]


def test_a_misspelt_required_key_is_said_twice_at_one_place() -> None:
    """The one pair that draft-07 cannot prevent; the reader of the errors keeps the first."""
    document = policy(indicators={"a": {"wieght": "100%", "score": DIRECT}})
    found = [
        (error.validator, list(error.absolute_path))
        for error in Draft7Validator(LOADED["policy"]).iter_errors(document)
    ]
    place = ["indicators", "a"]
    assert found == [("additionalProperties", place), ("required", place)]


def test_a_fragment_needs_no_key_but_knows_them_all() -> None:
    partial = {"indicators": {"a": {"weight": "40%"}}, "incentives": {"i": {"at_most": 60000}}}
    assert list(Draft7Validator(FRAGMENT).iter_errors(partial)) == []
    errors = list(Draft7Validator(FRAGMENT).iter_errors({"grads": []}))
    assert [error.validator for error in errors] == ["additionalProperties"]


def test_every_trace_of_the_good_cases_fits_its_schema() -> None:
    validator = Draft7Validator(LOADED["trace"])
    judged = [
        appraisal
        for path in sorted((SCHEMAS.parent / "tests" / "cases" / "good").glob("*.test.yaml"))
        for case_ in run_tests([path]).cases
        for appraisal in case_.appraisals
    ]
    assert len(judged) > 300
    wrong = {error.message for one in judged for error in validator.iter_errors(trace_record(one))}
    assert not wrong
