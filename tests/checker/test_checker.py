"""The checker accepts what the evaluator writes, and nothing that differs from it.

The mutation tests change a real trace in every field, one at a time, and seal it again, so that
only the policy and the arithmetic can betray the change.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import strategies
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from tampering import (
    ALLOWED,
    around,
    places_of,
    reseal,
    resealer,
    survivors,
    survivors_of_head,
    variants,
)
from whole_policy import joiner, rejected, stayer, whole_policy

from perfrules.checker import arithmetic, check
from perfrules.checker.record import sha256, spread
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.evaluation.evaluate import evaluate
from perfrules.exact import MODES, divided, plain
from perfrules.language.to_resolved import resolved_json
from perfrules.model.appraisal import Appraisal
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Datum, EventRecord, Measure, Scorecard
from perfrules.records.trace_json import canonical, trace_record
from perfrules.workbench.policy_tests import run_tests

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "schemas" / "trace.schema.json").read_text("utf-8"))

Json = dict[str, Any]
Judgement = tuple[Json, Json, dict[str, str]]

PEOPLE = {"joiner": joiner, "stayer": stayer, "rejected": rejected}


def judged(policy: Policy, card: Scorecard) -> Judgement:
    """A record, its policy and the places, as a result folder has them."""
    record = json.loads(canonical(trace_record(evaluate(policy, card))))
    return record, json.loads(resolved_json(policy.resolved)), dict(policy.places)


@cache
def text_of(person: str) -> str:
    return json.dumps(judged(whole_policy(), PEOPLE[person]()))


def judgement_of(person: str) -> Judgement:
    """A fresh copy, to be tampered with."""
    record, resolved, places = json.loads(text_of(person))
    return record, resolved, places


# ---- what is right is accepted


@cache
def company_judgements() -> list[Judgement]:
    """The appraisals of the policies' own tests and of the example quarter."""
    appraisals = evaluate_cycle(ROOT / "examples" / "2024Q3").appraisals.values()
    return [*judgements_of(ROOT / "policies"), *_judgements(appraisals)]


def judgements_of(tests: Path) -> list[Judgement]:
    """All that the cases of policy tests come to."""
    return _judgements([one for case in run_tests([tests]).cases for one in case.appraisals])


def _judgements(appraisals: Iterable[Appraisal]) -> list[Judgement]:
    """As a result folder has them; the text of each policy is written once."""
    appraisals = list(appraisals)
    policies = {one.policy.digest: one.policy for one in appraisals}
    resolved = {key: json.loads(resolved_json(one.resolved)) for key, one in policies.items()}
    return [
        (
            json.loads(canonical(trace_record(one))),
            resolved[one.policy.digest],
            dict(one.policy.places),
        )
        for one in appraisals
    ]


def test_accepts_the_policies_of_the_company() -> None:
    found = company_judgements()
    assert len(found) > 100
    assert len({record["policy"]["id"] for record, _, _ in found}) == 15
    for record, resolved, places in found:
        assert check(record, resolved, places) == []
        assert check(record, resolved) == []


def test_accepts_all_good_cases() -> None:
    """Whatever has a case is worked out by the checker too."""
    found = judgements_of(ROOT / "tests" / "cases" / "good")
    assert len(found) > 200
    for record, resolved, places in found:
        assert check(record, resolved, places) == [], record["policy"]["id"]


@pytest.mark.parametrize("person", PEOPLE)
def test_accepts_every_operation(person: str) -> None:
    record, resolved, places = judgement_of(person)
    assert check(record, resolved, places) == []
    assert record["status"] == ("rejected" if person == "rejected" else "complete")


@pytest.mark.parametrize("page", ["trace.md", "zh/trace.md"])
def test_the_pages_show_a_real_step(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    shown = json.loads(text.partition("```json\n")[2].partition("```")[0])
    steps = [step for record, _, _ in company_judgements() for step in record["steps"]]
    assert shown in steps


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.judgements(), st.data())
def test_accepts_whatever_the_evaluator_makes_and_nothing_near_it(
    pair: tuple[Policy, Scorecard], data: st.DataObject
) -> None:
    record, resolved, places = judged(*pair)
    assert check(record, resolved, places) == []
    for step in [step for step in record["steps"] if step["operation"] != "given"]:
        before = step["value"]
        step["value"] = data.draw(st.sampled_from(list(variants(before))))
        reseal(record)
        assert step["id"] in {one.step for one in check(record, resolved, places)}
        step["value"] = before


def test_two_vetoes_on_pay() -> None:
    """Each link of the chain has a name of its own, so that no step is lost."""
    tree = {
        "policy": "p",
        "events": ["late", "rude"],
        "indicators": {"a": {"weight": "100%", "score": {"direct": {"min": 0, "max": 100}}}},
        "vetoes": {
            "first": {"when": "late > 0", "then": {"pay": "33.3%"}},
            "second": {"when": "rude > 0", "then": {"pay": "33.3%"}},
        },
        "incentives": {"bonus": {"base": "100.01"}},
    }
    once = EventRecord(Datum(Decimal(1)))
    card = Scorecard("E1", {"a": Measure(Datum(Decimal(80)))}, {"late": once, "rude": once})
    record, resolved, places = judged(strategies.policy_from(tree), card)
    assert record["pay"] == {"bonus": "11.09"}
    assert check(record, resolved, places) == []


# ---- what differs is rejected


UNREAD = {
    "indicators.teamwork.ratings.peer.1",  # the highest and
    "indicators.teamwork.ratings.peer.5",  # the lowest, which were dropped
}
"""Data that no figure was worked out from: a change of them shows in the seal alone."""

UNREAD_WHERE_REJECTED = {
    *UNREAD,
    "indicators.sales.actual",  # the target is missing, so that it came to nothing
    "indicators.craft.actual",  # one unknown word for another
}


def steps_to_change() -> list[Any]:
    """One step of each shape there is: every field of every operation, and no twins."""
    found: dict[Any, Any] = {}
    for person in PEOPLE:
        for index, step in enumerate(judgement_of(person)[0]["steps"]):
            operands = [sorted(operand) for operand in step["operands"]][:3]
            own = [step[key] for key in ("kind", "operation", "outcome")]
            shape = canonical([*own, sorted(step), operands, type(step["value"]).__name__])
            found.setdefault(shape, pytest.param(person, index, id=f"{person}-{step['id']}"))
    assert len(found) > 60
    return list(found.values())


@pytest.mark.parametrize(("person", "index"), steps_to_change())
def test_every_change_of_a_step_is_found(person: str, index: int) -> None:
    record, resolved, places = judgement_of(person)
    step = record["steps"][index]
    passed = survivors(record, index, lambda: check(record, resolved, places))
    unread = step["id"].partition("#")[2] in UNREAD
    value = {f"steps.{index}.value"} if unread else set()
    assert {path for path in passed if not ALLOWED.fullmatch(path)} == value


@pytest.mark.parametrize("person", PEOPLE)
def test_every_change_of_the_head_is_found(person: str) -> None:
    record, resolved, places = judgement_of(person)
    passed = survivors_of_head(record, lambda: check(record, resolved, places))
    # A cycle's first day that no rule reads: the manifest of the result folder has it too.
    unread = {"cycle.from"} if person == "rejected" else set()
    assert {path for path in passed if not ALLOWED.fullmatch(path)} == unread
    assert {"subject", "cycle.id"} <= passed


@pytest.mark.parametrize("person", PEOPLE)
def test_steps_cannot_be_removed_doubled_or_swapped(person: str) -> None:
    record, resolved, places = judgement_of(person)
    steps, unread = record["steps"], UNREAD if person != "rejected" else UNREAD_WHERE_REJECTED
    for variant in variants(steps):
        record["steps"] = variant
        reseal(record)
        found = check(record, resolved, places)
        if len(variant) < len(steps) and not found:
            gone = {step["id"].partition("#")[2] for step in steps if step not in variant}
            assert gone <= unread
        else:
            assert any(one.step for one in found)
    assert len(steps) > 40


def test_where_a_subject_is_rejected_only_what_came_to_nothing_can_be_changed() -> None:
    record, resolved, places = judgement_of("rejected")
    unread = set()
    for index, step in enumerate(record["steps"]):
        passed = survivors(record, index, lambda: check(record, resolved, places))
        if any(not ALLOWED.fullmatch(path) for path in passed):
            unread.add(step["id"].partition("#")[2])
    assert unread == UNREAD_WHERE_REJECTED


def test_without_a_new_seal_nothing_can_be_changed() -> None:
    for person in PEOPLE:
        record, resolved, places = judgement_of(person)
        allowed = [one for one in places_of(record) if ALLOWED.fullmatch(one[0])]
        assert len(allowed) > 50
        for _, holder, key in allowed:
            before = holder[key]
            holder[key] = next(variants(before))
            assert "digest" in check(record, resolved, places)[0].en
            holder[key] = before


def data_of(record: Json) -> list[Json]:
    return [step for step in record["steps"] if step["operation"] == "given" and "type" not in step]


def change_everywhere(record: Json, datum: Json, value: Any) -> None:
    """Changes a data point and whatever quotes it, as a forger would."""
    for step in record["steps"]:
        for operand in step["operands"]:
            if operand.get("step") == datum["id"]:
                operand["value"] = value
    datum["value"] = value


HIDDEN = {
    "1": {
        *UNREAD,
        "events.leak",  # once is enough
        "team.total",  # 96 is not above 100
        "previous.total",  # nor 55 above 99
    },
    "0.0001": {
        *UNREAD,
        "indicators.posts.actual",  # the score is cut at 75
        "team.total",
        "previous.total",
    },
}
"""Changed data that give the same result to the last digit. No checker of a trace can see them:
that is what the seal, and the hashes of the input files in the manifest, are for."""


@pytest.mark.parametrize("change", ["1", "0.0001"])
def test_changed_data_are_found_where_they_change_anything(change: str) -> None:
    hidden, count = set(), len(data_of(judgement_of("joiner")[0]))
    for index in range(count):
        record, resolved, places = judgement_of("joiner")
        datum = data_of(record)[index]
        before = datum["value"]
        after = (
            (not before) if isinstance(before, bool) else plain(Decimal(before) + Decimal(change))
        )
        change_everywhere(record, datum, after)
        reseal(record)
        if not check(record, resolved, places):
            hidden.add(datum["id"].partition("#")[2])
    assert count == 29
    assert hidden == HIDDEN[change]


# ---- the policy


def redigest(record: Json, resolved: Json) -> None:
    record["policy"]["digest"] = sha256(written(resolved))
    reseal(record)


def written(resolved: Json) -> str:
    return json.dumps(resolved, ensure_ascii=False, indent=2) + "\n"


def redigester(record: Json, resolved: Json, holder: Any, key: Any) -> Callable[[], None]:
    """`redigest` for changes of one value of the policy: the text around it is written once."""
    before, after = around(resolved, holder, key, written)
    seal = resealer(record, record["policy"], "digest")

    def redigested() -> None:
        value = json.dumps(holder[key], ensure_ascii=False)
        record["policy"]["digest"] = sha256(f"{before}{value}{after}")
        seal()

    return redigested


def cited(record: Json, resolved: Json) -> set[str]:
    """Every single value of the policy that the trace quotes."""
    values, below = set[str](), set[str]()
    for step in record["steps"]:
        rules = [step.get("rule"), step.get("rounding"), *step.get("not_taken", [])]
        quoted = {rule["path"] for rule in rules if rule and "terms" in rule}
        below |= {path for path in quoted if not re.fullmatch(r"indicators\.\w+", path)}
        # Of an indicator a trace quotes its direction and what happens where it is missing.
        values |= {f"{path}.{key}" for path in quoted for key in ("direction", "missing")}
        values |= {operand["policy"] for operand in step["operands"] if "policy" in operand}
    start = tuple(f"{path}." for path in below)
    return {
        path
        for path, holder, key in places_of(resolved)
        if path in values | below or (path.startswith(start) and "title" not in path)
        if isinstance(holder[key], str)
    }


def test_changed_rules_are_found_by_the_digest_and_where_it_is_forged_by_the_arithmetic() -> None:
    """With all digests renewed, a rule that this person's figures did not touch can be changed
    in their trace; one that they touched, and that the trace quotes, cannot."""
    record, resolved, places = judgement_of("joiner")
    passed, count, digest = set(), 0, record["policy"]["digest"]
    for path, holder, key in places_of(resolved):
        before = holder[key]
        if not isinstance(before, str):
            continue
        redigested = redigester(record, resolved, holder, key)
        for holder[key] in variants(before):
            redigested()
            count += 1
            if not check(record, resolved, places):
                passed.add(path)
        record["policy"]["digest"] = digest
        reseal(record)
        assert check(record, resolved, places)
        holder[key] = before
    touched = cited(record, resolved)
    assert passed & touched == set()
    assert {"indicators.sales.weight", "grades.1.at_least", "total.at_most"} <= touched
    assert {"indicators.sales.score.bands.3.score", "grades.4.otherwise", "title.zh"} <= passed
    assert len(touched) > 130
    assert count > 1200


def test_the_policy_must_be_in_force() -> None:
    record, resolved, places = judgement_of("joiner")
    resolved["effective"]["from"] = "2024-10-01"
    redigest(record, resolved)
    assert "not in force" in check(record, resolved, places)[0].en


# ---- garbage


DEEP: Any = []
for _ in range(100_000):
    DEEP = [DEEP]

GARBAGE = [
    None, [], {}, 5, "x", {"steps": []}, {"steps": None, "digest": "x"}, {"steps": DEEP}, DEEP,
    {"steps": [{"id": 1e308 * 10}]}, {"digest": "\ud800", "steps": []},
]  # fmt: skip


@pytest.mark.parametrize("index", range(len(GARBAGE)))
def test_garbage_is_rejected(index: int) -> None:
    record, resolved, places = judgement_of("joiner")
    assert check(GARBAGE[index], resolved, places)
    assert check(record, GARBAGE[index], places)
    assert check(record, resolved, {"indicators.sales": "elsewhere"})


TEXTS = st.text(max_size=4)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@given(JUNK)
@example({"a": {}, "b": [], "c": [[], {"d": [1.5, '\n\u2028\x00"', None]}]})
def test_the_text_on_many_lines_is_that_of_json(tree: object) -> None:
    assert spread(tree) == json.dumps(tree, ensure_ascii=False, indent=2)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_tree_makes_it_raise(data: st.DataObject) -> None:
    record, resolved, places = judgement_of("joiner")
    for tree in (record, resolved):
        if data.draw(st.booleans()):
            _, holder, key = data.draw(st.sampled_from(list(places_of(tree))))
            holder[key] = data.draw(JUNK)
    check(record, resolved, places)


def test_a_policy_cannot_keep_it_busy() -> None:
    record, resolved, places = judgement_of("joiner")
    resolved["rounding"]["score"]["places"] = "999999999"
    redigest(record, resolved)
    assert check(record, resolved, places)
    for formula in ("9" * 400_000, "(" * 200 + "1" + ")" * 200, "-" * 499 + "1", "9**9**9**9"):
        resolved = judgement_of("joiner")[1]
        resolved["incentives"]["floor"]["base"] = formula
        redigest(record, resolved)
        assert check(record, resolved, places), formula[:20]


# ---- its own arithmetic


@given(
    st.integers(-(10**12), 10**12),
    st.integers(-(10**6), 10**6).filter(bool),
    st.integers(0, 10),
    st.sampled_from(sorted(MODES)),
)
@example(1, 3, 0, "half_even")
@example(-5, 2, 0, "half_even")
@example(-25, 10, 0, "half_up")
def test_rounds_a_quotient_as_the_evaluator_does(
    top: int, under: int, places: int, mode: str
) -> None:
    mine = arithmetic.rounded(Fraction(top, under), places, mode)
    theirs = divided(Decimal(top), Decimal(under), places, mode)
    assert mine == Fraction(theirs)
    assert arithmetic.plain(mine) == plain(theirs)


@pytest.mark.parametrize(
    ("mode", "values"),
    [
        ("half_up", {"2.5": 3, "-2.5": -3, "2.4": 2, "-2.6": -3}),
        ("half_even", {"2.5": 2, "3.5": 4, "-2.5": -2, "2.51": 3}),
        ("floor", {"2.9": 2, "-2.1": -3}),
        ("ceiling", {"2.1": 3, "-2.9": -2}),
        ("down", {"2.9": 2, "-2.9": -2}),
        ("up", {"2.1": 3, "-2.1": -3}),
    ],
)
def test_rounding_by_hand(mode: str, values: dict[str, int]) -> None:
    for value, result in values.items():
        assert arithmetic.rounded(Fraction(value), 0, mode) == result


# ---- the record's schema and the command line


def test_records_fit_the_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)
    validator = Draft7Validator(SCHEMA)
    for person in PEOPLE:
        assert list(validator.iter_errors(judgement_of(person)[0])) == []
    for record, _, _ in company_judgements()[::9]:
        assert list(validator.iter_errors(record)) == []


def test_the_schema_refuses_another_shape() -> None:
    validator = Draft7Validator(SCHEMA)
    record = judgement_of("joiner")[0]
    shapes = {(step["operation"], *step): step for step in record["steps"]}
    for step in shapes.values():
        record["steps"] = [step]
        for path, holder, key in list(places_of(record)):
            before = holder[key]
            for holder[key] in ({"extra": {}}, 1.5):
                assert not validator.is_valid(record), path
            holder[key] = before


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """As an auditor runs it: one folder, a bare Python, no site packages."""
    command = [sys.executable, "-I", "-S", str(ROOT / "perfrules" / "checker"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def write(folder: Path) -> tuple[Path, list[str]]:
    lines = [canonical(judgement_of(person)[0]) for person in PEOPLE]
    _, resolved, places = judgement_of("joiner")
    (folder / "whole@1.json").write_text(json.dumps(resolved), "utf-8")
    (folder / "whole@1.places.json").write_text(json.dumps(places), "utf-8")
    (folder / "traces.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return folder / "traces.jsonl", lines


def test_the_command_line(tmp_path: Path) -> None:
    traces, lines = write(tmp_path)
    policies = sorted(str(path) for path in tmp_path.glob("*.json"))
    assert len(policies) == 2
    done = run(str(traces), *policies)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "3 accepted, 0 rejected\n")
    lines[1] = lines[1].replace('"87.22"', '"87.23"', 1)
    traces.write_text("\n".join([*lines, "{", '{"policy":{"id":"x","version":"1"}}']), "utf-8")
    done = run(str(traces), *policies)
    assert done.returncode == 6
    assert done.stderr == "2 accepted, 3 rejected\n"
    assert [line.split(": ")[1] for line in done.stdout.splitlines()][1] == (
        "whole@1#indicators.sales.score"
    )
    assert run(str(tmp_path / "none.jsonl"), *policies).returncode == 2
    assert run(str(traces), str(traces)).returncode == 2
