"""The public face: what programs rely on."""

import json
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

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
    assert json.loads(appraisal.explain("en", "json")) == appraisal.to_json()


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


WHOLE = """
policy: w
indicators:
  sales: {weight: 60%, score: {formula: "min(100, 100 * attainment)"}}
  calls: {weight: 40%, target: 50, missing: exclude,
    score: {formula: "100 * actual / previous.actual"}}
target_changes: {per_quarter: 1, weighting: months}
grades: [{grade: A, at_least: 90}, {otherwise: B}]
follow_ups: {talk: {when: total < previous.total, due_days: 10}}
incentives: {bonus: {base: cycle.fund, by_grade: {A: 100%, B: 50%}}}
"""
CHANGE = {"from": "2024-08-01", "target": 80, "reason": "客户停产，缩小", "approved_by": "L01"}
QUARTER = {
    "id": "2024Q3", "from": "2024-07-01", "to": "2024-09-30", "announced": "2024-10-12",
    "facts": {"fund": 1000},
}  # fmt: skip
BEFORE = {"cycle": "2024Q2", "total": 95, "grade": "A", "indicators": {"calls": {"actual": 40}}}


@pytest.fixture
def whole(tmp_path: Path) -> perfrules.Policy:
    (tmp_path / "policies").mkdir()
    file = tmp_path / "policies/w.yaml"
    file.write_text(WHOLE, encoding="utf-8")
    return perfrules.read_policy(file)


def card(**more: object) -> perfrules.Scorecard:
    given: dict[str, object] = {"cycle": QUARTER, "history": [BEFORE], **more}
    indicators = {"sales": {"actual": 78, "target": 100}, "calls": {"actual": 38}}
    return perfrules.scorecard("E1", indicators, **given)  # type: ignore[arg-type]


def test_all_of_a_scorecard_can_be_given_as_plain_values(whole: perfrules.Policy) -> None:
    calibration = {
        "what": "total", "before": "92", "after": "88", "date": "2024-10-08", "reason": "r",
        "approved_by": "a",
    }  # fmt: skip
    appraisal = whole.evaluate(
        card(
            target_changes={"sales": [CHANGE]}, calibrations=[calibration],
            okrs={"新市场": {"签约三家": "0.7", "调研": "0.4"}},
        )
    )  # fmt: skip
    assert appraisal.problems == ()
    assert appraisal.attainment("sales") == Decimal("0.9")  # 78 × 3 ÷ (100 + 2 × 80)
    assert appraisal.score("calls") == 95  # against 40 in the cycle before
    assert (appraisal.total, appraisal.grade) == (88, "B")
    assert appraisal.pay == {"bonus": 500}
    assert appraisal.okr == Decimal("0.55")
    due = appraisal.follow_ups["talk"]
    assert due is not None and due.isoformat() == "2024-10-22"
    text = appraisal.explain("zh")
    assert "客户停产，缩小" in text and "L01" in text
    both = whole.evaluate_together([card(target_changes={"sales": [CHANGE]})])
    assert both["E1"].attainment("sales") == Decimal("0.9")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([{**CHANGE, "approved_by": ""}], "it names no approver"),
        ([CHANGE, {**CHANGE, "from": "2024-09-01"}], "1 a quarter is the most"),
        ([{**CHANGE, "from": "2024-10-01"}], "is not within 2024-07-01 – 2024-09-30"),
        ([{**CHANGE, "old": 90}], "it replaces 90, and the target in force is 100"),
    ],
)
def test_changes_that_a_cycle_refuses_are_refused_here(
    whole: perfrules.Policy, changes: list[dict[str, object]], why: str
) -> None:
    appraisal = whole.evaluate(card(target_changes={"sales": changes}))
    (warning,) = appraisal.problems
    assert (warning.code, warning.severity) == ("target-change-refused", "warning")
    assert why in warning.message("en")
    assert appraisal.complete


def test_plain_values_give_what_the_same_data_give_in_a_cycle(
    whole: perfrules.Policy, tmp_path: Path
) -> None:
    tables = {
        "cycle.yaml": "id: 2024Q3\nfrom: 2024-07-01\nto: 2024-09-30\nannounced: 2024-10-12\n"
        "policies: policies\nfacts: {fund: 1000}\n",
        "people.csv": "person_id,role\nE1,w\n",
        "actuals.csv": "person_id,indicator,actual,target\nE1,sales,78,100\nE1,calls,38,\n",
        "history.csv": "person_id,cycle,total,grade,indicator,actual\nE1,2024Q2,95,A,calls,40\n",
        "target_changes.csv": "person_id,indicator,date,old,new,reason,approved_by\n"
        "E1,sales,2024-08-01,100,80,r,L01\n",
    }
    for name, text in tables.items():
        (tmp_path / name).write_text(text, "utf-8")
    (line,) = perfrules.evaluate_cycle(tmp_path).judged
    appraisal = whole.evaluate(card(target_changes={"sales": [CHANGE]}))
    assert (line.total, line.grade, line.pay) == (
        appraisal.total, appraisal.grade, appraisal.pay,
    )  # fmt: skip
    assert line.follow_ups == appraisal.follow_ups


MISTAKES: dict[str, tuple[dict[str, object], str]] = {
    "a key of the cycle": ({"cycle": {**QUARTER, "form": "2024-07-01"}}, "did you mean 'from'"),
    "no last day": ({"cycle": {"from": "2024-07-01"}}, "cycle needs 'to'"),
    "the days turned round": ({"cycle": {"from": "2024-09-30", "to": "2024-07-01"}}, "begins on"),
    "a key of a change": ({"target_changes": {"sales": [{"on": "2024-08-01"}]}}, "has no 'on'"),
    "no new target": ({"target_changes": {"sales": [{"from": "2024-08-01"}]}}, "needs 'target'"),
    "no cycle of the history": ({"history": [{"total": 90}]}, "needs 'cycle'"),
    "a figure of the history": (
        {"history": [{"cycle": "x", "indicators": {"sales": {"actul": 1}}}]}, "mean 'actual'",
    ),
    "an unsigned calibration": (
        {"calibrations": [{"what": "total", "before": 1, "after": 2, "date": "2024-10-08"}]},
        "needs 'reason'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_slip_in_plain_values_is_named(name: str) -> None:
    given, said = MISTAKES[name]
    with pytest.raises(ValueError, match=r"needs|has no|begins") as error:
        card(**given)
    assert said in str(error.value)


def test_slips_that_only_the_policy_can_tell(whole: perfrules.Policy) -> None:
    signed = {"before": 1, "after": 2, "date": "2024-10-08", "reason": "r", "approved_by": "a"}
    with pytest.raises(ValueError, match=r"no figure to calibrate 'totl', did you mean 'total'"):
        whole.evaluate(card(calibrations=[{"what": "totl", **signed}]))
    with pytest.raises(ValueError, match="no indicator 'sale', did you mean 'sales'"):
        whole.evaluate(card(target_changes={"sale": [CHANGE]}))
    with pytest.raises(TypeError, match="binary float"):
        card(history=[{"cycle": "2024Q2", "total": 0.1}])
    with pytest.raises(ValueError, match="indicator 'sales' has no 'actaul'"):
        perfrules.scorecard("E1", {"sales": {"actaul": 1}})


TIME = """
policy: timed
indicators: {sales: {weight: 100%, target: none, score: {formula: "clamp(actual, 0, 100)"}}}
person_changes: {bonus_base: by_days}
proration: {basis: working_days, less: [unpaid_leave]}
incentives:
  bonus: {base: person.bonus_base, times: [proration]}
  commission: {base: year.sales.actual * 10% - year.paid.commission}
"""
OCTOBER = {"id": "2024-10", "from": "2024-10-01", "to": "2024-10-31"}


@pytest.fixture
def timed(tmp_path: Path) -> perfrules.Policy:
    (tmp_path / "timed.yaml").write_text(TIME, "utf-8")
    return perfrules.read_policy(tmp_path / "timed.yaml")


def test_time_in_plain_values(timed: perfrules.Policy) -> None:
    earlier = {"indicators": {"sales": {"actual": 700}}, "pay": {"commission": 70}}
    card = perfrules.scorecard(
        "E1",
        {"sales": {"actual": 100}},
        person={"bonus_base": 1900},
        cycle={**OCTOBER, "holidays": ["2024-10-01"], "workdays": ["2024-10-12"]},
        history=[{"cycle": "2024-09", **earlier}, {"cycle": "2023-12", **earlier}],
        person_changes={"bonus_base": [{"from": "2024-10-31", "value": 5000, "reason": "r"}]},
        absences=[{"kind": "unpaid_leave", "from": "2024-10-11", "to": "2024-10-12"}],
    )
    appraisal = timed.evaluate(card)
    assert appraisal.complete
    # (1900 x 30 + 5000) / 31 = 2000; 23 - 1 + 1 = 23 days, away on two of them: 2000 x 21 / 23
    assert appraisal.pay["bonus"] == Decimal("1826.09")
    # that of December is of another year: 800 x 10 % - 70
    assert appraisal.pay["commission"] == 10


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"person_changes": {"role": [{"from": "2024-10-02", "value": "x"}]}}, "cannot change"),
        ({"person_changes": {"bonus_base": [{"value": 1}]}}, "needs 'from'"),
        ({"absences": [{"kind": "leave", "from": "2024-10-02"}]}, "needs 'to'"),
        ({"absences": [{"kind": "x", "from": "2024-10-02", "to": "2024-10-01"}]}, "begins on"),
        ({"history": [{"cycle": "2024-11"}]}, "after the cycle"),
        ({"history": [{"cycle": "x", "from": "2024-01-01"}]}, "needs 'to'"),
        ({"history": [{"cycle": "x", "from": "2024-02-01", "to": "2024-01-01"}]}, "begins on"),
    ],
)
def test_time_that_makes_no_sense_is_a_mistake_of_the_program(
    more: dict[str, Any], what: str
) -> None:
    with pytest.raises(ValueError, match=what):
        perfrules.scorecard("E1", {}, cycle=OCTOBER, **more)


def test_a_column_that_nobody_has_cannot_change(timed: perfrules.Policy) -> None:
    changes = {"bonus_bse": [{"from": "2024-10-02", "value": 1}]}
    card = perfrules.scorecard("E1", {}, cycle=OCTOBER, person_changes=changes)
    with pytest.raises(ValueError, match="did you mean 'bonus_base'"):
        timed.evaluate(card)
