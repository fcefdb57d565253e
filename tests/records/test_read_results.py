import json
from dataclasses import replace
from pathlib import Path

import pytest

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.diagnostics import Diagnostic
from perfrules.model.cycle_result import CycleResult
from perfrules.records.read import ResultFolder, read_results
from perfrules.records.trace_json import trace_record
from perfrules.records.write import write_results

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def result() -> CycleResult:
    return evaluate_cycle(ROOT / "examples/2024Q3")


@pytest.fixture
def results(result: CycleResult, tmp_path: Path) -> ResultFolder:
    folder, _ = write_results(result, tmp_path / "out")
    assert folder is not None
    return folder


def code(found: object) -> str:
    assert isinstance(found, Diagnostic)
    assert found.message("zh")
    return found.code


def test_everybodys_record_is_found(result: CycleResult, results: ResultFolder) -> None:
    assert len(result.appraisals) > 30
    for person, appraisal in result.appraisals.items():
        assert results.record(person) == trace_record(appraisal)


def test_ids_that_sort_oddly_are_found(result: CycleResult, tmp_path: Path) -> None:
    ids = sorted(["0", "00", "E10", "E2", "e1", "王", "王1", "\U00020000", "\uffee", "长" * 3000])
    first = result.complete[0]
    judged = tuple(replace(first, person=person) for person in ids)
    appraisal = result.appraisals[first.person]
    appraisals = {
        person: replace(appraisal, scorecard=replace(appraisal.scorecard, subject=person))
        for person in ids
    }
    folder, _ = write_results(
        replace(result, judged=judged, appraisals=appraisals), tmp_path / "out"
    )
    assert folder is not None
    for person in ids:
        found = folder.record(person)
        assert not isinstance(found, Diagnostic)
        assert found["subject"] == person
    for stranger in ("", "1", "E1", "zzz", "王0"):
        assert code(folder.record(stranger)) == "no-record"


def test_a_person_without_a_result_has_a_record_or_a_reason(results: ResultFolder) -> None:
    evaluated = results.record("E1008")
    assert not isinstance(evaluated, Diagnostic)
    assert (evaluated["status"], evaluated["total"]) == ("rejected", None)
    never = results.record("E1019")
    assert code(never) == "no-trace"
    assert isinstance(never, Diagnostic)
    assert "1.2万" in never.message("zh")
    assert [row.code for row in results.rejections("E1019")] == ["unit-suffix"]


def test_a_stranger_is_told_who_might_be_meant(results: ResultFolder) -> None:
    found = results.record("e-01001")
    assert code(found) == "no-record"
    assert isinstance(found, Diagnostic)
    assert found.facts["suggestion"] == "E1001"
    other = results.record("E10001")
    assert isinstance(other, Diagnostic)
    assert other.facts["suggestion"] is None, "an id that looks alike is somebody else's"


def test_the_policy_of_a_record_is_found(results: ResultFolder, result: CycleResult) -> None:
    found = results.policy("sales@2024.3")
    assert not isinstance(found, Diagnostic)
    resolved, places = found
    assert resolved["policy"] == "sales"
    sales = next(policy for policy in result.policies if policy.id == "sales")
    assert places == dict(sales.places)
    assert code(results.policy("sales@1")) == "missing-output"


def test_a_damaged_record_is_a_finding(results: ResultFolder) -> None:
    path = results.folder / "traces.jsonl"
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"subject":"E1003"', b'"subject":"E1003","x":1'))
    assert code(results.record("E1003")) == "damaged-record"
    path.write_bytes(b"{" + data)
    assert code(results.record("00123")) == "damaged-record"
    path.unlink()
    assert code(results.record("E1003")) == "missing-output"


def test_a_folder_of_another_format_is_a_finding(results: ResultFolder) -> None:
    path = results.folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**manifest, "format": "perfrules-results/2"}), "utf-8")
    folder, findings = read_results(results.folder)
    assert folder is None
    assert [one.code for one in findings] == ["damaged-manifest"]
    path.unlink()
    assert [one.code for one in read_results(results.folder)[1]] == ["not-a-result-folder"]
