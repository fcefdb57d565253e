"""The public face: what programs rely on."""

import json
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import perfrules

ROOT = Path(__file__).parent.parent

POLICY = """
policy: p
indicators:
  sales: {weight: 60%, score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
  launch: {weight: 20%, score: {yes_no: {done: 100, otherwise: 0}}}
  teamwork: {weight: 20%, score: {ratings: {groups: {peer: 100%}, scale: {min: 0, max: 100}}}}
adjustments: {idea: {points: {given: [5, 10]}}}
grades: [{grade: A, at_least: 90}, {otherwise: B}]
incentives: {bonus: {base: person.bonus_base, by_grade: {A: 120%, B: 50%}, times: [proration]}}
"""


@pytest.fixture
def policy(tmp_path: Path) -> perfrules.Policy:
    file = tmp_path / "p.yaml"
    file.write_text(POLICY, encoding="utf-8")
    return perfrules.read_policy(file)


def test_every_public_name_is_there_and_documented() -> None:
    assert len(perfrules.__all__) >= 12
    for name in perfrules.__all__:
        assert getattr(perfrules, name) is not None
        if name != "__version__":
            assert getattr(perfrules, name).__doc__, name


def test_a_scorecard_of_plain_values_is_judged(policy: perfrules.Policy) -> None:
    appraisal = policy.evaluate(
        perfrules.scorecard(
            "E1",
            {
                "sales": {"actual": "110.5", "target": 100},
                "launch": {"actual": True},
                "teamwork": {"ratings": {"peer": [90, "85.5", Decimal(80)]}},
            },
            person={"bonus_base": 1000},
            events={"idea": {"points": 8}},
            proration="0.5",
        )
    )
    assert appraisal.complete
    assert appraisal.score("teamwork") == Decimal("85.17")
    assert appraisal.attainment("sales") == Decimal("1.105")
    assert appraisal.total == Decimal("105.03")
    assert (appraisal.grade, appraisal.pay) == ("A", {"bonus": Decimal("600.00")})
    assert appraisal.steps["total"].value == appraisal.total
    assert appraisal.to_json()["total"] == "105.03"
    assert "85.17" in appraisal.explain("zh")
    assert json.loads(appraisal.explain("en", "json"))["record"] == appraisal.to_json()


def test_missing_data_are_problems_not_exceptions(policy: perfrules.Policy) -> None:
    appraisal = policy.evaluate(perfrules.scorecard("E1", {"sales": {"actual": 1}}))
    assert not appraisal.complete
    assert (appraisal.total, appraisal.grade, appraisal.pay) == (None, None, {})
    codes = [problem.code for problem in appraisal.problems]
    assert codes == ["missing-target", "missing-actual", "missing-actual"]


def test_a_binary_float_is_refused() -> None:
    with pytest.raises(TypeError, match=r"0\.1 is a binary float"):
        perfrules.scorecard("E1", {"sales": {"actual": 0.1}})


def test_policy_errors_carry_every_finding_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("policy: a\nindicators: {}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(POLICY.replace("60%", "50%"), encoding="utf-8")
    with pytest.raises(perfrules.PolicyErrors) as caught:
        perfrules.read_policies(tmp_path)
    files = {
        str(one.place).rpartition("/")[2].partition(":")[0] for one in caught.value.diagnostics
    }
    assert files == {"a.yaml", "b.yaml"}
    assert "weights-do-not-sum" in str(caught.value)


def test_policy_errors_survive_the_way_from_another_process(tmp_path: Path) -> None:
    with pytest.raises(perfrules.PolicyErrors) as caught:
        perfrules.read_policies(tmp_path / "nowhere")
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.diagnostics == caught.value.diagnostics
    assert str(again) == str(caught.value) != ""


def test_a_message_without_a_place_begins_with_the_fact(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(POLICY, encoding="utf-8")
    with pytest.raises(perfrules.PolicyErrors) as caught:
        perfrules.read_policies(tmp_path).in_force("nobody", on="2024-09-30")
    assert not str(caught.value).startswith("None")


def test_an_unknown_language_or_format_is_refused(policy: perfrules.Policy) -> None:
    appraisal = policy.evaluate(perfrules.scorecard("E1", {}))
    with pytest.raises(ValueError, match="language: fr"):
        appraisal.explain("fr")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="format: pdf"):
        appraisal.explain("zh", "pdf")  # type: ignore[arg-type]


def test_the_trace_cannot_be_changed(policy: perfrules.Policy) -> None:
    appraisal = policy.evaluate(perfrules.scorecard("E1", {}))
    with pytest.raises(AttributeError):
        appraisal.steps.clear()  # type: ignore[attr-defined]


def test_the_version_in_force_on_the_last_day_judges(tmp_path: Path) -> None:
    for version, dates in (
        ("1", "{from: 2024-01-01, to: 2024-06-30}"),
        ("2", "{from: 2024-07-01}"),
    ):
        text = f"{POLICY}version: '{version}'\neffective: {dates}\n"
        (tmp_path / f"{version}.yaml").write_text(text, encoding="utf-8")
    policies = perfrules.read_policies(tmp_path)
    assert [policy.version for policy in policies] == ["1", "2"]
    assert policies.in_force("p", on="2024-06-30").version == "1"
    assert policies.in_force("p", on="2024-07-01").version == "2"
    for name, day, code in (
        ("p", "2023-12-31", "no-policy-in-force"),
        ("q", "2024-07-01", "unknown-policy"),
    ):
        with pytest.raises(perfrules.PolicyErrors) as caught:
            policies.in_force(name, on=day)
        assert caught.value.diagnostics[0].code == code


def test_overlapping_versions_are_refused(tmp_path: Path) -> None:
    for version in ("1", "2"):
        text = f"{POLICY}version: '{version}'\n"
        (tmp_path / f"{version}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(perfrules.PolicyErrors) as caught:
        perfrules.read_policies(tmp_path)
    assert [one.code for one in caught.value.diagnostics] == ["policies-overlap"]


def test_a_cycle_is_evaluated() -> None:
    result = perfrules.evaluate_cycle(ROOT / "examples" / "2024Q3")
    people = [one for one in result.judged if one.kind == "person"]
    assert len(people) == 40
    assert sum(not one.complete for one in people) == 5
    assert {one.person for one in result.complete if one.grade == "S"} >= {"E1001", "E1009"}


def test_the_workbook_gives_what_the_tables_give() -> None:
    tables, workbook = (
        [
            (one.person, one.total, one.grade, one.pay, [reason.code for reason in one.reasons])
            for one in perfrules.evaluate_cycle(ROOT / "examples" / name).judged
        ]
        for name in ("2024Q3", "2024Q3-excel")
    )
    assert len(tables) > 40
    assert tables == workbook


def test_the_import_is_light() -> None:
    code = (
        "import sys, perfrules; perfrules.read_policies; print([name for name in sys.modules"
        " if name in ('jsonschema', 'openpyxl', 'xlsxwriter', 'jinja2', 'click', 'tabulate')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), "loaded too early"
