"""Findings about policies that no policy test can expect: warnings, and what takes more than
one file. Each is a small policy and the code that it must bring."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from perfrules.diagnostics import Diagnostic, Span
from perfrules.evaluation.evaluate import evaluate
from perfrules.language.read import read_policies, read_policy
from perfrules.model.scorecard import Datum, EventRecord, Measure, Scorecard

DIRECT = "direct: {min: 0, max: 100}"
PLAIN = f"policy: sales\nindicators: {{a: {{weight: 100%, score: {{{DIRECT}}}}}}}\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


WARNED = {
    "limit-without-event": (
        PLAIN + "adjustments: {late: {points: {each: -2, at_most: -10}}}\n",
        (3, 41),
    ),
    "unused-attainment": (
        PLAIN.replace("weight: 100%", 'weight: 100%, attainment: "actual / 2"'),
        (2, 32),
    ),
    "unused-waiver": (
        PLAIN + "guardrails: {indicators: {max: 8}, waive: [{rule: indicators, reason: 试点}]}\n",
        (3, 36),
    ),
    "unread-change": (PLAIN + "person_changes: {bonus_bse: by_days}\n", (3, 18)),
    "guardrail": (f"{PLAIN}guardrails: {{indicators: {{min: 5, max: 8}}}}\n", (2, 1)),
}


@pytest.mark.parametrize("code", WARNED)
def test_a_warning_has_its_place_and_leaves_the_policy_usable(code: str, tmp_path: Path) -> None:
    text, place = WARNED[code]
    policy, findings = read_policy(written(tmp_path, "p.yaml", text))
    assert policy is not None
    (one,) = findings
    assert (one.code, one.severity) == (code, "warning")
    assert isinstance(one.place, Span)
    assert (one.place.line, one.place.column) == place


def test_a_waived_guardrail_is_silent(tmp_path: Path) -> None:
    waived = "guardrails: {indicators: {min: 5}, waive: [{rule: indicators, reason: 试点}]}\n"
    policy, findings = read_policy(written(tmp_path, "p.yaml", PLAIN + waived))
    assert policy is not None
    assert not list(findings)


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ("", "", True),
        (
            "effective: {from: 2024-01-01, to: 2024-06-30}\n",
            "effective: {from: 2024-07-01}\n",
            False,
        ),
        (
            "effective: {from: 2024-01-01, to: 2024-07-01}\n",
            "effective: {from: 2024-07-01}\n",
            True,
        ),
        ("effective: {from: 2024-01-01}\n", "effective: {from: 2024-07-01}\n", True),
        ("effective: {from: 2024-07-01}\n", "", True),
    ],
    ids=["both always", "one after the other", "one day in common", "no end", "one always"],
)
def test_two_versions_may_not_judge_one_day(
    first: str, second: str, overlap: bool, tmp_path: Path
) -> None:
    written(tmp_path, "one.yaml", PLAIN + first)
    written(tmp_path, "two.yaml", PLAIN + second)
    policies, findings = read_policies(tmp_path)
    assert [one.code for one in findings.errors] == (["policies-overlap"] if overlap else [])
    assert len(policies) == (0 if overlap else 2)


def test_two_roles_may(tmp_path: Path) -> None:
    written(tmp_path, "one.yaml", PLAIN)
    written(tmp_path, "two.yaml", PLAIN.replace("sales", "service"))
    policies, findings = read_policies(tmp_path)
    assert not findings.errors
    assert [policy.id for policy in policies] == ["sales", "service"]


def test_a_folder_without_policies(tmp_path: Path) -> None:
    written(tmp_path, "base.yaml", "grades: [{otherwise: A}]\n")
    _, findings = read_policies(tmp_path)
    assert [one.code for one in findings] == ["no-policies"]


@pytest.mark.parametrize(
    ("role", "day", "code"),
    [
        ("sales", "2024-06-30", "no-policy-in-force"),
        ("sales", "2024-07-01", None),
        ("sales", "2024-12-31", None),
        ("sales", "2025-01-01", "no-policy-in-force"),
        ("sale", "2024-07-01", "unknown-policy"),
    ],
)
def test_the_version_in_force(role: str, day: str, code: str | None, tmp_path: Path) -> None:
    written(tmp_path, "s.yaml", f"{PLAIN}effective: {{from: 2024-07-01, to: 2024-12-31}}\n")
    policies, _ = read_policies(tmp_path)
    found = policies.in_force(role, on=datetime.date.fromisoformat(day))
    assert (found.code if isinstance(found, Diagnostic) else None) == code
    if code == "unknown-policy" and isinstance(found, Diagnostic):
        assert "did you mean `sales`" in found.message()


@pytest.mark.parametrize("count", [Decimal("0.5"), Decimal(-1), "两次", True])
def test_a_count_is_a_whole_number(count: Decimal | str | bool, tmp_path: Path) -> None:
    text = f"{PLAIN}adjustments: {{late: {{points: {{each: -2}}}}}}\n"
    policy, _ = read_policy(written(tmp_path, "p.yaml", text))
    assert policy is not None
    scorecard = Scorecard(
        "示例员工 01",
        measures={"a": Measure(Datum(Decimal(80)))},
        events={"late": EventRecord(Datum(count))},
    )
    appraisal = evaluate(policy, scorecard)
    assert [one.code for one in appraisal.problems] == ["not-a-count"]
    assert appraisal.total is None
