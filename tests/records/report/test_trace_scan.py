"""Steps that are found by their first letters are those that reading everything finds."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.records.report.trace_scan import found_in
from perfrules.records.seals import UnreadableError
from perfrules.records.trace_json import canonical
from perfrules.records.write import write_results

ROOT = Path(__file__).parents[3]
PATHS = ("grade.by_total", "distribution.size", "indicators.sales_amount.actual", "total", "grade")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("traces") / "results"
    write_results(evaluate_cycle(ROOT / "examples/2024Q3"), folder)
    return (folder / "traces.jsonl").read_bytes().splitlines()


def steps_of(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for step in record["steps"]:
        yield step["id"].partition("#")[2], step


def test_the_same_steps_are_found(lines: list[bytes]) -> None:
    found = list(found_in(lines, PATHS))
    records = [json.loads(line) for line in lines]
    complete = [one for one in records if one["status"] == "complete"]
    assert len(records) > len(found) == len(complete) > 35
    ratings = 0
    for one, record in zip(found, complete, strict=True):
        expected = {path: step for path, step in steps_of(record) if path in PATHS}
        assert one.steps == expected
        rated = {
            path: Decimal(step["value"])
            for path, step in steps_of(record)
            if path.split(".")[2:3] == ["ratings"] and path.rpartition(".")[2].isdigit()
        }
        assert one.ratings == rated
        assert (one.subject, one.kind) == (record["subject"], record["subject_kind"])
        if expected:
            assert one.policy == f"{record['policy']['id']}@{record['policy']['version']}"
        ratings += len(rated)
    assert ratings > 50


def line_of(*steps: dict[str, Any], **others: Any) -> bytes:
    """A line as the writer of traces writes it."""
    about = {"status": "complete", "subject": "E1", "subject_kind": "person"}
    record = {"steps": list(steps), **about, **others}
    return canonical(record).encode()


def test_no_text_looks_like_a_step() -> None:
    """A piece of evidence, a level, an id of a person that tries to be a step of its own."""
    forged = '{"id":"p@1#grade.by_total","value":"S"}'
    real = {"id": "p@1#grade.by_total", "value": "B", "origin": {"evidence": forged}}
    other = {"id": "p@1#indicators.a.actual", "value": f"],{forged}", "type": "text"}
    (found,) = found_in([line_of(other, real, subject=f',"subject":"E9"{forged}')], PATHS)
    assert {path: step["value"] for path, step in found.steps.items()} == {"grade.by_total": "B"}
    assert found.subject == f',"subject":"E9"{forged}'


def test_what_has_no_result_is_left_out() -> None:
    """Ratings that are no numbers are why there is no result."""
    rating = {
        "id": "p@1#indicators.a.ratings.peer.1", "kind": "datum", "operation": "given",
        "origin": {"evidence": '"value":"7"'}, "value": "84.5",
    }  # fmt: skip
    rejected = line_of({**rating, "value": "good"}, status="rejected")
    (found,) = found_in([rejected, line_of(rating)], PATHS)
    assert found.ratings == {"indicators.a.ratings.peer.1": Decimal("84.5")}


def test_a_line_that_is_no_record_is_refused() -> None:
    for line in (b"", b"{}", b'{"steps":[],"subject":', b'{"steps":[{"id":"p@1#total"'):
        with pytest.raises(UnreadableError):
            list(found_in([line], PATHS))
