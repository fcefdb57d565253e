"""Records for the tests of reports: of a policy and a case as text, of policy tests, of a cycle."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from cycle_to_tell import write_cycle

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.diagnostics import Findings
from perfrules.evaluation.evaluate import evaluate
from perfrules.language.read import read_policy
from perfrules.language.text.document import Mapping, parse_document
from perfrules.model.history import Past
from perfrules.model.scorecard import Cycle, Datum, Measure, Scorecard
from perfrules.records.trace_json import trace_record
from perfrules.workbench.given import scorecard_from
from perfrules.workbench.policy_tests import run_tests

__all__ = [
    "Written", "titles_in", "written", "written_after_another_role", "written_cases",
    "written_cycle",
]  # fmt: skip


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


def written_cases(test_file: Path) -> dict[str, Written]:
    """The records of all cases of a policy test, which all pass; by the name of the case, and the
    subject where a case has several: `five in one team / p1`."""
    report = run_tests([test_file])
    assert not report.findings.errors, [one.message() for one in report.findings]
    assert not report.failed, [(case.name, case.mismatches) for case in report.failed]
    found = {}
    for case in report.cases:
        for one in case.appraisals:
            name = f"{case.name} / {one.subject}" if len(case.appraisals) > 1 else case.name
            name = name if name not in found else f"{case.policy}: {name}"
            found[name] = Written(trace_record(one), one.policy.resolved)
    return found


def written_after_another_role(folder: Path) -> Written:
    """The record of somebody who had another role in the quarter before, as its results say."""
    file = folder / "policy.yaml"
    text = "policy: seller\nindicators: {sales: {title: {zh: 销售额, en: Sales}, weight: 100%, "
    text += "unit: CNY, target: none, score: {formula: '100'}}}\nincentives: {commission: {title: "
    text += "{zh: 提成, en: Commission}, base: year.sales.actual * 5% - year.paid.commission}}\n"
    file.write_text(text, "utf-8")
    found, _ = read_policy(file)
    assert found is not None
    days = date(2024, 4, 1), date(2024, 6, 30)
    before = Past(
        "2024Q2", days[1], start=days[0], has_all_figures=True, has_all_pay=True,
        pay={"commission": Datum(Decimal(30))},
    )  # fmt: skip
    card = Scorecard(
        "E1", {"sales": Measure(Datum(Decimal(800)))}, history=(before,),
        cycle=Cycle("2024Q3", date(2024, 7, 1), date(2024, 9, 30)),
    )  # fmt: skip
    return Written(trace_record(evaluate(found, card)), found.resolved)


def written_cycle(folder: Path) -> dict[str, Written]:
    """The records of the cycle in which everything happens, by subject."""
    result = evaluate_cycle(write_cycle(folder))
    assert result.refused is None
    return {
        subject: Written(trace_record(one), one.policy.resolved)
        for subject, one in result.appraisals.items()
    }


def titles_in(node: object) -> Iterator[str]:
    """All titles of a resolved policy, in both languages."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "title":
                yield from value.values() if isinstance(value, dict) else (value,)
            else:
                yield from titles_in(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from titles_in(value)
