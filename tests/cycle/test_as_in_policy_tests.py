"""The same data give the same figures in a policy test and in a cycle."""

from pathlib import Path

import pytest
from small_cycle import line, write

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.workbench.policy_tests import TestReport, run_tests

POLICY = """\
indicators:
  sales: {weight: 100%, unit: CNY, target: required, score: {formula: "100 * attainment"}}
grades: [{grade: A, at_least: 90}, {otherwise: B}]
follow_ups: {talk: {when: total < 1000, due_days: 10}}
"""
RULES = {
    "absent": "",
    "one a quarter": "target_changes: {per_quarter: 1}\n",
    "needs evidence": "target_changes: {needs: [reason, approved_by, evidence]}\n",
    "needs nothing more": "target_changes: {needs: [reason]}\n",
    "by months": "target_changes: {weighting: months}\n",
    "by days": "target_changes: {weighting: days}\n",
}
CHANGES = {
    "one": [("2024-08-01", "100", "80", "r", "a", "e")],
    "two in the wrong order": [
        ("2024-09-01", "80", "60", "r", "a", "e"), ("2024-08-01", "100", "80", "r", "a", "e"),
    ],
    "nobody approved it": [("2024-08-01", "100", "80", "r", "", "e")],
    "no evidence": [("2024-08-01", "100", "80", "r", "a", "")],
    "another old target": [("2024-08-01", "90", "80", "r", "a", "e")],
    "in the middle of a month": [("2024-08-15", "100", "80", "r", "a", "e")],
    "after the cycle": [("2024-10-01", "100", "80", "r", "a", "e")],
}  # fmt: skip
CYCLE = "cycle: {from: 2024-07-01, to: 2024-09-30, announced: 2024-10-12}"
TOLD = "announced: 2024-10-12\n"


def report_of(folder: Path, policy: str, given: str, expect: str) -> TestReport:
    """The report of one case."""
    (folder / "policy.yaml").write_text(f"policy: seller\n{policy}", "utf-8")
    path = folder / "case.test.yaml"
    case = f"  - name: x\n    given: {{{given}}}\n    expect: {{{expect}}}\n"
    path.write_text(f"policy: policy.yaml\ncases:\n{case}", "utf-8")
    return run_tests([path])


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("changes", CHANGES)
def test_changes_of_targets_pass_and_are_refused_alike(
    tmp_path: Path, rule: str, changes: str
) -> None:
    policy = POLICY + RULES[rule]
    rows = [",".join(("E1", "sales", *one)) for one in CHANGES[changes]]
    folder = write(
        tmp_path / "cycle", {"seller": policy}, TOLD,
        people="person_id,role\nE1,seller\n",
        actuals="person_id,indicator,actual,target\nE1,sales,72,100\n",
        target_changes="person_id,indicator,date,old,new,reason,approved_by,evidence\n"
        + "\n".join(rows) + "\n",
    )  # fmt: skip
    result = evaluate_cycle(folder)
    judged = line(result, "E1")
    due = judged.follow_ups["talk"]
    assert due is not None and due.isoformat() == "2024-10-22"
    keys = ("from", "old", "target", "reason", "approved_by", "evidence")
    listed = ", ".join(
        f"{{{', '.join(f'{key}: {text}' for key, text in zip(keys, one, strict=True) if text)}}}"
        for one in CHANGES[changes]
    )
    given = f"sales: {{actual: 72, target: 100, changes: [{listed}]}}, {CYCLE}"
    expect = f"total: {judged.total}, follow_ups: {{talk: {due.isoformat()}}}"
    report = report_of(tmp_path, policy, given, expect)
    assert not report.findings.errors
    assert [case.mismatches for case in report.cases] == [()]
    # What was refused is named where the case does not expect it, in the words of the cycle.
    report = report_of(tmp_path, policy, given, "total: 1")
    mine = [one.facts["why"] for one in report.findings]
    assert mine == [one.reason.facts["why"] for one in result.not_applied]


def test_calibrations_go_by_their_dates(tmp_path: Path) -> None:
    later = "2024-10-09,total,85,80,r,a"
    folder = write(
        tmp_path / "cycle", {"seller": POLICY},
        people="person_id,role\nE1,seller\n",
        actuals="person_id,indicator,actual,target\nE1,sales,90,100\n",
        calibrations="person_id,date,what,before,after,reason,approved_by\n"
        f"E1,{later}\nE1,2024-10-08,total,90,85,r,a\n",
    )  # fmt: skip
    assert line(evaluate_cycle(folder), "E1").total == 80
    entries = (
        "{date: 2024-10-09, what: total, before: 85, after: 80}, "
        "{date: 2024-10-08, what: total, before: 90, after: 85}"
    )
    given = f"sales: {{actual: 90, target: 100}}, calibrations: [{entries}]"
    assert not report_of(tmp_path, POLICY, given, "total: 80").failed


def test_a_calibration_of_nothing_that_there_is_is_a_mistake_of_the_test(tmp_path: Path) -> None:
    for what, near in (("totl", "total"), ("sale.score", "sales.score"), ("sales.target", None)):
        given = (
            "sales: {actual: 90, target: 100}, "
            f"calibrations: [{{what: {what}, before: 90, after: 85}}]"
        )
        (finding,) = report_of(tmp_path, POLICY, given, "total: 90").findings
        assert (finding.code, finding.facts["name"]) == ("unknown-in-test", what)
        assert near is None or finding.facts["suggestion"] == near
