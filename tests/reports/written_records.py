"""Records for the tests of reports: a policy and a case of a policy test, both as text."""

from pathlib import Path
from typing import Any, NamedTuple

from perfrules.diagnostics import Findings
from perfrules.evaluation.evaluate import evaluate
from perfrules.reading.read import read_policy
from perfrules.reading.text.document import Mapping, Sequence, parse_document, read_document
from perfrules.reports.trace_json import trace_record
from perfrules.workbench.given import scorecard_from


class Written(NamedTuple):
    record: dict[str, Any]
    resolved: Any


def written(folder: Path, policy: str, given: str) -> Written:
    """The record of what `policy` makes of the `given` of a policy test."""
    file = folder / "policy.yaml"
    file.write_text(policy, "utf-8")
    found, findings = read_policy(file)
    assert found is not None, [one.message() for one in findings.errors]
    document, faults = parse_document(f"given: {given}\n".encode(), "data.yaml")
    assert document is not None, [one.message() for one in faults]
    unknown = Findings()
    case = document.root.entries["given"].value
    assert isinstance(case, Mapping)
    appraisal = evaluate(found, scorecard_from(case, found, unknown))
    assert not unknown.errors
    return Written(trace_record(appraisal), found.resolved)


def written_cases(test_file: Path) -> list[Written]:
    """The records of all cases of a policy test."""
    document, _ = read_document(test_file, test_file.name)
    assert document is not None
    policy, _ = read_policy(test_file.parent.parent / test_file.name.replace(".test", ""))
    cases = document.root.entries["cases"].value
    assert policy is not None
    assert isinstance(cases, Sequence)
    given = [
        scorecard_from(node, policy, Findings())
        for case in cases.items
        if isinstance(case, Mapping) and "given" in case.entries
        for node in (case.entries["given"].value,)
        if isinstance(node, Mapping)
    ]
    return [Written(trace_record(evaluate(policy, one)), policy.resolved) for one in given]
