"""The project's own policy tests, and the shared ones where they stand beside the checkout."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules.codes.appraisal import APPRAISAL
from perfrules.codes.catalogue import CODES
from perfrules.codes.expression import EXPRESSION
from perfrules.codes.policy import POLICY
from perfrules.codes.population import POPULATION
from perfrules.workbench.policy_tests import run_tests

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parent.parent.parent / "shared" / "conformance"
OWN_FILES = sorted(CASES.rglob("*.test.yaml"))
SHARED_FILES = sorted(SHARED.glob("*.test.yaml"))

NO_CASE = {
    "negative-weight": "the schema refuses the value first, as not-a-percentage",
    "missing-base": "the schema asks for the key first, as missing-key",
    "empty-veto": "the schema asks for an effect first, as missing-value",
    "limit-without-event": "a warning, see test_policy_findings.py",
    "unused-attainment": "a warning, see test_policy_findings.py",
    "unused-waiver": "a warning, see test_policy_findings.py",
    "unread-change": "a warning, see test_policy_findings.py",
    "policies-overlap": "it takes two files, see test_policy_findings.py",
    "no-policies": "it takes a folder, see test_policy_findings.py",
    "no-policy-in-force": "it takes a day, see test_policy_findings.py",
    "same-signs": "it takes a cycle.yaml, see tests/intake/test_notation.py",
    "unknown-policy": "it takes a role, see test_policy_findings.py",
    "member-without-figure": "it takes a team and its people, see tests/cycle/test_units.py",
    "event-in-segment": "it takes a cycle with segments, see its page",
    "subject-circle": "it takes a team and its people, see tests/cycle/test_units.py",
    "not-a-count": "the schema of tests refuses such a count, see test_policy_findings.py",
}
"""Codes that no policy test can expect, and why."""


@cache
def suites_in(path: Path) -> list[dict[str, Any]]:
    """The suites of a file, read by another reader than the one under test."""
    tree = yaml.safe_load(path.read_text("utf-8"))
    return list(tree.get("suite", [tree]))


def cases_in(path: Path) -> list[dict[str, Any]]:
    return [case for suite in suites_in(path) for case in suite["cases"]]


def expectations(case: dict[str, Any]) -> list[dict[str, Any]]:
    """What a case expects of its subject, or of each of several."""
    return [case["expect"]] if "expect" in case else list(case["expect_each"].values())


def refusals_of(case: dict[str, Any]) -> set[str]:
    """The codes that a case expects."""
    return {
        one[kind] for one in expectations(case) for kind in ("error", "policy_error") if kind in one
    }


def assert_all_pass(path: Path) -> None:
    report = run_tests([path])
    missed = [
        f"{case.place} {case.name}: {one.what} is {one.got}, not {one.expected}"
        for case in report.failed
        for one in case.mismatches
    ]
    assert not missed, "\n".join(missed)
    assert not list(report.findings), [f"{one.place} {one.message()}" for one in report.findings]
    expected = [case["name"] for case in cases_in(path)]
    assert expected
    assert [case.name for case in report.cases] == expected


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_own_cases_pass(path: Path) -> None:
    assert_all_pass(path)


@pytest.mark.skipif(not SHARED_FILES, reason="there are no shared cases beside this checkout")
def test_shared_cases_pass() -> None:
    for path in SHARED_FILES:
        assert_all_pass(path)


def test_there_are_cases_good_and_bad() -> None:
    counts = {
        kind: sum(len(cases_in(path)) for path in OWN_FILES if path.parent.name == kind)
        for kind in ("good", "bad")
    }
    assert counts["good"] >= 300
    assert counts["bad"] >= 150


def test_the_cases_of_a_policy_have_different_names() -> None:
    for path in OWN_FILES:
        for suite in suites_in(path):
            names = [case["name"] for case in suite["cases"]]
            assert len(names) == len(set(names)), (path.name, names)


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.name)
def test_a_bad_case_expects_a_refusal(path: Path) -> None:
    refusals = [refusals_of(case) for case in cases_in(path)]
    if path.parent.name == "good":
        assert not any(refusals)
    else:
        # A few show the last value that is accepted beside the first that is not.
        assert sum(map(bool, refusals)) > 0.9 * len(refusals)


def test_a_failing_case_is_noticed(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.test.yaml"
    text = (CASES / "good" / "grades_from_the_rounded_total.test.yaml").read_text("utf-8")
    wrong.write_text(text.replace("expect: {total: 85,", "expect: {total: 85.01,"), "utf-8")
    assert [case.mismatches[0].what for case in run_tests([wrong]).failed] == ["total"]


@pytest.mark.parametrize("code", [*POLICY, *EXPRESSION, *APPRAISAL, *POPULATION])
def test_every_code_has_a_bad_case(code: str) -> None:
    expected = {one for path in OWN_FILES for case in cases_in(path) for one in refusals_of(case)}
    assert (code in expected) is not (code in NO_CASE), NO_CASE.get(code, "no bad case expects it")


def test_every_expected_code_exists() -> None:
    for path in (*OWN_FILES, *SHARED_FILES):
        for case in cases_in(path):
            assert refusals_of(case) <= set(CODES), (path.name, case["name"])
    assert set(NO_CASE) <= set(CODES)
