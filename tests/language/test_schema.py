"""Documents against the schemas: each mistake is one finding, at the key or the value."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perfrules.diagnostics import Diagnostic, Findings, Span
from perfrules.language.schema import SCHEMAS, check_schema, schema_text
from perfrules.language.text.document import Mapping, parse_document

POLICY = """\
policy: p
indicators:
  a:
    weight: 100%
    score: {direct: {min: 0, max: 100}}
"""
TEST = """\
policy: p.yaml
cases:
  - name: n
"""
CYCLE = """\
id: 2024Q3
from: 2024-07-01
to: 2024-09-30
policies: ../policies
"""


def found_in(text: str, name: str = "policy", definition: str | None = None) -> list[Diagnostic]:
    """The findings of the reader and of the schema, which share nothing but the tree."""
    document, findings = parse_document(text.encode(), "p.yaml")
    assert document is not None
    shape = Findings()
    check_schema(document.root, name, shape, definition)
    found = [*findings, *shape]
    for one in found:
        for language in ("zh", "en"):
            assert one.message(language)
            one.help(language)
    return found


# name, schema, what is replaced in the sound document, by what, the code, where, the advice
BAD: list[tuple[str, str, str, str, str, str, str | None]] = [
    ("typo in a key", POLICY, "weight:", "weigth:", "unknown-key", "weigth", "weight"),
    ("typo beside the key", POLICY, "    weight: 1", "    wieght: 1\n    weight: 1",
     "unknown-key", "wieght", "weight"),
    ("unknown key", POLICY, "policy: p", "policy: p\nbonus: 1", "unknown-key", "bonus", None),
    ("missing key", POLICY, "    weight: 100%\n", "", "missing-key", "a", None),
    ("missing key in a row", POLICY, "direct: {min: 0, max: 100}", "bands: [{score: 1}]",
     "missing-key", "{", None),
    ("missing key at the top", POLICY, "policy: p\n", "version: '1'\n", "missing-key", "v", None),
    ("key without value", POLICY, " 100%", "", "missing-value", "weight", None),
    ("empty text", POLICY, "policy: p", "policy: p\ntitle: ''", "missing-value", "title", None),
    ("value from another list", POLICY, "policy: p", "policy: p\ncycle: quater",
     "unknown-value", "quater", "quarter"),
    ("need misspelt", POLICY, "    weight: 1", "    target: requierd\n    weight: 1",
     "unknown-value", "requierd", "required"),
    ("number as a title", POLICY, "policy: p", "policy: p\ntitle: 5", "wrong-type", "5", None),
    ("list as a percentage", POLICY, "100%", "[1, 2]", "wrong-type", "[", None),
    ("text as indicators", POLICY, POLICY[10:], "indicators: many\n", "wrong-type", "many", None),
    ("empty list", POLICY, "direct: {min: 0, max: 100}", "bands: []", "wrong-type", "[", None),
    ("two forms", POLICY, "score: {", "score: {formula: actual, ", "choose-one", "score", None),
    ("no form", POLICY, "direct: {min: 0, max: 100}", "", "choose-one", "score", None),
    ("on beside direct", POLICY, "score: {", "score: {on: actual, ", "choose-one", "direct", None),
    ("hyphen in an id", POLICY, "  a:", "  a-b:", "bad-id", "a-b", None),
    ("number as an id", POLICY, "policy: p", "policy: 5", "bad-id", "5", None),
    ("plain number as weight", POLICY, "100%", "40", "share-without-percent", "40", None),
    ("weight too large", POLICY, "100%", "140%", "not-a-percentage", "140%", None),
    ("full-width weight", POLICY, "100%", "９０％", "full-width-number", "９０％", "90%"),
    ("leading zero in a weight", POLICY, "100%", "040%", "leading-zero", "040%", "40%"),
    ("separator", POLICY, "max: 100", 'max: "1,000"', "digit-grouping", '"1,000"', "1000"),
    ("separator in a block", POLICY, "weight: 1", "target: 1,000\n    weight: 1",
     "digit-grouping", "1,000", "1000"),
    ("percent sign", POLICY, "max: 100", "max: 100%", "not-a-number", "100%", "100"),
    ("plus sign", POLICY, "max: 100", "max: +100", "not-a-number", "+100", "100"),
    ("quotes round a number", POLICY, "max: 100", 'max: "100"', "not-a-number", '"100"', "100"),
    ("a word for a number", POLICY, "max: 100", "max: high", "not-a-number", "high", None),
    ("infinity", POLICY, "max: 100", "max: .inf", "not-a-number", ".inf", None),
    ("exponent", POLICY, "max: 100", "max: 1e2", "exponent-number", "1e2", "100"),
    ("three numbers", POLICY, "policy: p",
     "policy: p\nadjustments: {x: {points: {given: [1, 2, 3]}}}", "bad-range", "[", None),
    ("Chinese comma", POLICY, "policy: p",
     "policy: p\nadjustments: {x: {points: {given: [1，2]}}}", "full-width-comma", "，", None),
    ("Chinese colon", POLICY, "{direct: {min: 0, max: 100}}", "\n      direct：{min: 0}",
     "full-width-colon", "：", None),
    ("Chinese colon in braces", POLICY, "min: 0,", "min：0,", "full-width-colon", "：", None),
    ("no space in braces", POLICY, "min: 0,", "min:0,", "no-space-after-colon", ":", None),
    ("event twice", POLICY, "policy: p", "policy: p\nevents: [x, y, x]",
     "repeated-item", "x]", None),
    ("a half digit", POLICY, "policy: p", "policy: p\nrounding: {pay: {places: 1.5}}",
     "not-a-whole-number", "1.5", None),
    ("yes as condition", POLICY, "policy: p",
     "policy: p\nvetoes: {v: {when: true, then: {pay: 0%}}}", "bad-expression", "true", None),
    ("no such day", POLICY, "policy: p", "policy: p\neffective: {from: 2024-02-30}",
     "no-such-day", "2024-02-30", None),
    ("short date", POLICY, "policy: p", "policy: p\neffective: {from: 2024-7-1}",
     "bad-date", "2024-7-1", "2024-07-01"),
    ("year only", POLICY, "policy: p", "policy: p\neffective: {from: 2024}",
     "bad-date", "2024", None),
    ("yes for true", TEST, "name: n", "name: n\n    given: {a: {done: 是}}",
     "wrong-type", "是", "true"),
    ("suite beside cases", TEST, "policy: p.yaml", "suite: [{policy: p, cases: [{name: n}]}]",
     "choose-one", "suite", None),
    ("date in slashes", CYCLE, "2024-09-30", "2024/9/30", "bad-date", "2024/9/30", "2024-09-30"),
    ("last day of June", CYCLE, "2024-09-30", "2024-06-31", "no-such-day", "2024-06-31", None),
    ("data elsewhere", CYCLE, "policies", "data: ../x.csv\npolicies",
     "bad-data-file", "../x", None),
]  # fmt: skip
NAMES = {POLICY: "policy", TEST: "policy-test", CYCLE: "cycle"}


@pytest.mark.parametrize(
    ("sound", "old", "new", "code", "where", "advice"),
    [pytest.param(*row[1:], id=row[0]) for row in BAD],
)
def test_one_mistake_is_one_finding(
    sound: str, old: str, new: str, code: str, where: str, advice: str | None
) -> None:
    assert old in sound
    text = sound.replace(old, new, 1)
    start = time.process_time()
    found = found_in(text, NAMES[sound])
    assert time.process_time() - start < 2
    assert [one.code for one in found] == [code]
    place = found[0].place
    assert isinstance(place, Span)
    assert text.splitlines()[place.line - 1][place.column - 1 :].startswith(where)
    assert found[0].facts.get("suggestion") == advice


@pytest.mark.parametrize("text", [POLICY, TEST, CYCLE])
def test_sound_documents(text: str) -> None:
    assert found_in(text, NAMES[text]) == []


def test_a_warning_hides_no_error() -> None:
    found = found_in(POLICY + "cycle: “quarter”\n")
    assert {(one.code, one.severity) for one in found} == {
        ("curly-quotes", "warning"),
        ("unknown-value", "error"),
    }


def test_a_missing_key_names_its_parent() -> None:
    (found,) = found_in(POLICY.replace("    weight: 100%\n", ""))
    assert found.message("zh") == "`a` 中缺少 `weight`"
    assert found.message("en") == "`a` has no `weight`"


def test_several_missing_keys_are_several_findings() -> None:
    found = found_in(POLICY.replace("min: 0, max: 100", ""))
    assert [one.facts["key"] for one in found] == ["min", "max"]


def test_a_definition_of_the_schema() -> None:
    assert found_in("indicators: {a: {weight: 40%}}\n", definition="fragment") == []
    (found,) = found_in("grads: []\n", definition="fragment")
    assert found.facts["suggestion"] == "grades"


def test_a_node_inside_a_document() -> None:
    text = "cases: []\npolicy:\n  policy: p\n  indicaters: {}\n"
    document, _ = parse_document(text.encode(), "p.yaml")
    assert document is not None
    policy = document.root.entries["policy"].value
    assert isinstance(policy, Mapping)
    findings = Findings()
    check_schema(policy, "policy", findings)
    assert [(one.code, str(one.place)) for one in findings] == [("unknown-key", "p.yaml:4:3")]


def test_hundreds_of_mistakes_are_not_all_told() -> None:
    rows = "".join(f"  a-{n}: {{weight: 5%, score: {{formula: actual}}}}\n" for n in range(400))
    found = found_in("policy: p\nindicators:\n" + rows)
    assert len(found) == 101
    assert [one.code for one in found].count("too-many-mistakes") == 1


def test_many_items_are_compared_in_linear_time() -> None:
    items = ", ".join(f"{'x' if n % 2 else ''}{n + 1}" for n in range(30_000))
    start = time.process_time()
    found = found_in(f"policy: p\nindicators: {{}}\nevents: [{items}]\n")
    assert time.process_time() - start < 5
    assert "bad-id" in {one.code for one in found}


def test_facts_are_short() -> None:
    found = found_in(POLICY.replace("max: 100", f"max: {'x' * 5000}"))
    assert all(len(one.message(language)) < 400 for one in found for language in ("zh", "en"))
    found = found_in(POLICY.replace("policy: p", f"policy: p\ntitle: [{'x' * 5000}]"))
    assert all(len(one.message(language)) < 400 for one in found for language in ("zh", "en"))


def test_schemas_can_be_printed() -> None:
    for name in SCHEMAS:
        assert json.loads(schema_text(name))["$schema"]
    with pytest.raises(KeyError):
        schema_text("../pyproject")


def test_codes_of_the_schemas_are_known() -> None:
    from perfrules.codes.catalogue import CODES

    def codes(schema: object) -> set[str]:
        below = schema.values() if isinstance(schema, dict) else schema
        inner = (
            set().union(*map(codes, below))
            if isinstance(below, list | type({}.values()))
            else set()
        )
        own = {schema["x-code"]} if isinstance(schema, dict) and "x-code" in schema else set()
        return inner | own

    found = set().union(*(codes(json.loads(schema_text(name))) for name in SCHEMAS))
    assert len(found) > 5
    assert found <= set(CODES)


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = "import sys, perfrules.language.schema; sys.exit('jsonschema' in sys.modules)"
    checkout = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=checkout, check=False).returncode == 0


def test_no_reference_leaves_the_schema() -> None:
    for name in SCHEMAS:
        assert '"$ref": "#/' in schema_text(name)
        assert '"$ref": "' not in schema_text(name).replace('"$ref": "#/', "")
