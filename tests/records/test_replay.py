"""Results are what their inputs give when they are evaluated again."""

from pathlib import Path

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.diagnostics import Findings
from perfrules.records.read import read_results
from perfrules.records.replay import replay
from perfrules.records.verify import verify
from perfrules.records.write import write_results


def replayed(out: Path, inputs: Path) -> list[str]:
    results, findings = read_results(out)
    assert results is not None, findings
    found = Findings()
    replay(results, inputs, found)
    assert {one.code for one in found} <= {"replay-differs"}
    return [f"{one.facts['what']} {one.message('zh')}" for one in found]


def test_results_are_what_their_inputs_give(folder: Path, tmp_path: Path) -> None:
    write_results(evaluate_cycle(folder), tmp_path / "out")
    assert verify(tmp_path / "out", folder) == ()


def test_results_of_other_figures_are_found_whatever_the_manifest_says(
    folder: Path, tmp_path: Path
) -> None:
    actuals = folder / "actuals.csv"
    honest = actuals.read_text("utf-8")
    forged = honest.replace("E1003,sales_amount,799920", "E1003,sales_amount,800000")
    assert forged != honest
    actuals.write_text(forged, "utf-8")
    write_results(evaluate_cycle(folder), tmp_path / "out")
    actuals.write_text(honest, "utf-8")
    found = replayed(tmp_path / "out", folder)
    assert any(one.startswith("E1003 ") for one in found)


def test_a_changed_name_in_a_table_is_found(folder: Path, tmp_path: Path) -> None:
    write_results(evaluate_cycle(folder), tmp_path / "out")
    table = tmp_path / "out/appraisals.csv"
    table.write_bytes(table.read_bytes().replace("示例员工03".encode(), "示例员工99".encode()))
    found = replayed(tmp_path / "out", folder)
    assert len(found) == 1
    assert "line 5" in found[0]
