"""The cases of several people once more, with the records of the groups that they are in.

A policy test alone believes the figures that come from a group; here the checker counts them again
from the records, and takes nothing near them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tampering import reseal, variants

from perfrules.checker import check, check_group
from perfrules.cycle.judging import Judging
from perfrules.diagnostics import Cell
from perfrules.intake.from_tables import Subject
from perfrules.language.to_resolved import resolved_json
from perfrules.model.appraisal import Appraisal
from perfrules.model.policy import Policy
from perfrules.model.standing import Group
from perfrules.records.groups import group_record
from perfrules.records.trace_json import canonical, trace_record
from perfrules.workbench.policy_tests import run_tests

GOOD = Path(__file__).parent.parent / "cases" / "good"
FILES = sorted(path for path in GOOD.glob("*.test.yaml") if "given_each" in path.read_text("utf-8"))

Json = dict[str, Any]


def judged_again(path: Path) -> Iterator[tuple[Policy, list[Appraisal], list[Group]]]:
    """Each case of several people, judged as a cycle is, with its groups."""
    for case in run_tests([path]).cases:
        if len(case.appraisals) < 2:
            continue
        policy = case.appraisals[0].policy
        subjects = [
            Subject(one.scorecard, "", policy.id, "", "", policy, (), Cell(""), kind=policy.subject)
            for one in case.appraisals
        ]
        judging = Judging(subjects, "salt")
        judging.prepare()
        found = [judging.appraisal(one) for one in subjects]
        yield policy, [one for one in found if one is not None], judging.groups


def written(node: object) -> Json:
    found: Json = json.loads(canonical(node))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem.partition(".")[0])
def test_cases_are_right_by_their_groups(path: Path) -> None:
    """Each group's record, each trace by the records; and no other figure of a group."""
    for policy, appraisals, groups in judged_again(path):
        resolved = json.loads(resolved_json(policy.resolved))
        records: dict[str, Json] = {}
        for group in groups:
            one = written(group_record(group, appraisals[0].scorecard.cycle))
            assert check_group(one, {policy.label: resolved}) == []
            records[group.name] = one
        for appraisal in appraisals:
            trace = written(trace_record(appraisal))
            assert check(trace, resolved, dict(policy.places), records) == []
            for step in [one for one in trace["steps"] if one["operation"] == "from_group"]:
                right = step["value"]
                for wrong in variants(right):
                    step["value"] = wrong
                    reseal(trace)
                    assert check(trace, resolved, dict(policy.places), records)
                step["value"] = right
