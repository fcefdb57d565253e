"""How much of a large cycle the sheets of scores hold, and that it is said."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perfrules.cycle.evaluate_cycle import EachInTurn, evaluate_cycle
from perfrules.model.cycle_result import CycleResult
from perfrules.records.manifest import manifest_from
from perfrules.records.verify import verify
from perfrules.records.write import write_while

CYCLE = Path(__file__).parents[2] / "examples/2024Q3"


def _evaluate(each: EachInTurn) -> CycleResult:
    return evaluate_cycle(CYCLE, each=each)


def _sheets(out: Path) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(BytesIO((out / "appraisals.xlsx").read_bytes()), read_only=True)
    return {sheet.title: [*map(_cells, sheet.iter_rows(values_only=True))] for sheet in book}


def _cells(row: tuple[object, ...]) -> tuple[object, ...]:
    """Without the note at the end, a column that stands only where somebody has one."""
    return row[:9] if len(row) == 10 and (row[9] is None or "备注" in row) else row


@pytest.mark.parametrize("rows", [9, 12, 40])
def test_the_first_people_are_there_whole_and_the_rest_is_counted(
    rows: int, tmp_path: Path
) -> None:
    whole, part = tmp_path / "whole", tmp_path / "part"
    result, _, _ = write_while(whole, _evaluate, workbook_rows=None)
    write_while(part, _evaluate, workbook_rows=rows)
    assert result is not None
    before, after = _sheets(whole), _sheets(part)
    scores = after["指标得分"]
    assert 0 <= len(scores) - 1 <= rows
    assert scores == before["指标得分"][: len(scores)]
    people = [one for one in result.complete if one.kind == "person"]
    shown = {row[0] for row in scores[1:]}
    for one in people:
        own = sum(row[0] == one.person for row in scores[1:])
        assert own == (len(one.indicators) if one.person in shown else 0)
    units = [one for one in result.complete if one.kind not in ("person", "segment")]
    told = dict(row[:2] for row in after["说明"])["指标得分未全列"]
    unit_rows = {row[0] for row in after.get("组织指标得分", [])[1:]}
    missing = len(people) - len(shown) + sum(one.person not in unit_rows for one in units)
    assert f" {missing} " in str(told)
    for name in before.keys() - {"指标得分", "组织指标得分", "说明"}:
        assert after[name] == before[name]
    assert verify(part) == ()


def test_verify_asks_for_as_many_rows_as_the_manifest_says(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_while(out, _evaluate, workbook_rows=7)
    assert manifest_from((out / "manifest.json").read_bytes()).workbook_rows == 7
    other = tmp_path / "other"
    write_while(other, _evaluate, workbook_rows=14)
    (out / "appraisals.xlsx").write_bytes((other / "appraisals.xlsx").read_bytes())
    assert {one.code for one in verify(out)} >= {"changed-output", "cell-disagrees"}


def test_a_cycle_of_the_usual_size_has_all_rows(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_while(out, _evaluate)
    assert manifest_from((out / "manifest.json").read_bytes()).workbook_rows is None
    assert "指标得分未全列" not in dict(row[:2] for row in _sheets(out)["说明"])
