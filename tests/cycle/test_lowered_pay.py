"""What the record of somebody who moved says of vetoes that lowered the pay of a role, held against
the records of the roles."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from small_cycle import DIRECT, checked, table, write

from perfrules.diagnostics import Findings
from perfrules.records.cross_references import CrossReferences
from perfrules.records.trace_json import trace_record

Json = dict[str, Any]

POLICY = f"""\
indicators: {{work: {{weight: 100%, {DIRECT}}}}}
grades: [{{grade: A, at_least: 80}}, {{otherwise: B}}]
vetoes:
  fraud: {{when: fraud > 0, then: {{pay: 50%}}}}
  late: {{when: late > 0, then: {{grade: B}}}}
incentives: {{bonus: {{base: total * 10}}}}
"""
SEGMENTS = table(
    "person_id,role,from,to,segment",
    "E1,first,2024-07-01,2024-07-31,1", "E1,last,2024-08-01,2024-09-30,2",
)  # fmt: skip


@pytest.fixture
def records(tmp_path: Path) -> Callable[..., tuple[list[Json], Mapping[str, Json]]]:
    """The records of a person with two roles and of both, and the policies, by what `payouts` says
    and which events there are."""

    def made(payouts: str, *events: str) -> tuple[list[Json], Mapping[str, Json]]:
        result = checked(write(
            tmp_path / "cycle", {"first": POLICY, "last": POLICY + payouts},
            people=table("person_id,name,role", "E1,示例员工01,last"), segments=SEGMENTS,
            actuals=table("person_id,indicator,actual,segment", "E1,work,90,1", "E1,work,80,2"),
            events=table("person_id,event,count,segment", *events),
        ))  # fmt: skip
        resolved = {one.label: dict(one.resolved) for one in result.policies}
        return [trace_record(result.appraisals[one]) for one in ("E1", "E1#1", "E1#2")], resolved

    return made


def wrong(records: list[Json], policies: Mapping[str, Json]) -> list[str]:
    """The steps that disagree with other records."""
    findings = Findings()
    references = CrossReferences(policies, "traces.jsonl", findings)
    for record in records:
        references.read(record)
    references.check_rest()
    return [str(one.facts["step"]) for one in findings]


FLOOR = "payouts: {at_least: 2000}\n"
FRAUD, LATE = "E1,fraud,1,1", "E1,late,1,1"


def test_the_veto_of_a_role_has_to_be_there_where_a_floor_asks_for_it(records: Any) -> None:
    found, policies = records(FLOOR, FRAUD)
    assert wrong(found, policies) == []
    found[0]["steps"] = [one for one in found[0]["steps"] if ".lowered" not in one["id"]]
    assert wrong(found, policies) == ["segments.1.lowered"]


def test_without_a_floor_nobody_asks(records: Any) -> None:
    found, policies = records("payouts: {at_most: 2000}\n", FRAUD)
    assert not any(".lowered" in one["id"] for one in found[0]["steps"])
    assert wrong(found, policies) == []


@pytest.mark.parametrize("veto", ["late", "fraud"])
def test_a_veto_that_did_not_hold_or_lowers_no_pay_is_none(records: Any, veto: str) -> None:
    found, policies = records(FLOOR, LATE)
    assert wrong(found, policies) == []
    at = next(
        row for row, one in enumerate(found[0]["steps"]) if one["id"].endswith("#payouts.sum")
    )
    forged = {
        "id": f"{found[0]['steps'][at]['id'].partition('#')[0]}#segments.1.lowered",
        "operation": "given", "value": True,
        "origin": {"record": "E1#1", "step": f"vetoes.{veto}"},
    }  # fmt: skip
    found[0]["steps"].insert(at, forged)
    assert set(wrong(found, policies)) == {"segments.1.lowered"}


def test_it_names_a_veto(records: Any) -> None:
    found, policies = records(FLOOR, FRAUD)
    step = next(one for one in found[0]["steps"] if one["id"].endswith("segments.1.lowered"))
    assert step["origin"] == {"record": "E1#1", "step": "vetoes.fraud"}
    step["origin"]["step"] = "grade"
    assert set(wrong(found, policies)) == {"segments.1.lowered"}
