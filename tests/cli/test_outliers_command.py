"""`perfrules outliers` as its users meet it."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import main
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.records.write import write_results

POLICY = """\
policy: sales
title: {zh: 销售代表, en: Sales representative}
indicators:
  amount: {weight: 60%, score: {direct: {min: 0, max: 120}}}
  teamwork:
    title: {zh: 团队协作, en: Teamwork}
    weight: 40%
    missing: exclude
    score:
      ratings:
        groups: {manager: 50%, peer: 50%}
        scale: {min: 0, max: 100}
        trim: {drop: 1, from_raters: 3}
        empty_group: exclude
"""
PEOPLE = {
    "E1": ("一组", 80), "E2": ("一组", 81), "E3": ("一组", 79), "E4": ("一组", 80),
    "E5": ("一组", 61), "E6": ("二组", 96), "E7": ("二组", 59), "E8": ("", 80),
}  # fmt: skip


def cycle(folder: Path, name: str, month: int, totals: dict[str, tuple[str, int]]) -> Path:
    folder = folder / name
    (folder / "policies").mkdir(parents=True)
    (folder / "policies" / "sales.yaml").write_text(POLICY, "utf-8")
    dates = f"from: 2024-{month:02}-01\nto: 2024-{month:02}-28\n"
    (folder / "cycle.yaml").write_text(f"id: {name}\n{dates}policies: policies\n", "utf-8")
    people = [f"{one},示例员工{one[1:]:0>2},sales,{team}" for one, (team, _) in totals.items()]
    actuals = [f"{one},amount,{total}" for one, (_, total) in totals.items()]
    ratings = [f"E1,teamwork,{group},{score}" for group, score in RATINGS]
    for table, header, rows in (
        ("people", "person_id,name,role,team", people),
        ("actuals", "person_id,indicator,actual", actuals),
        ("ratings", "person_id,indicator,group,score", ratings),
    ):
        (folder / f"{table}.csv").write_text("\n".join([header, *rows, ""]), "utf-8")
    return folder


RATINGS = [("manager", 80), ("peer", 65), ("peer", 80), ("peer", 95)]
"""The peers' highest and lowest are left out of the score, and looked at all the same."""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of 2024-09, and of 2024-08 beside it."""
    root = tmp_path_factory.mktemp("cycles")
    september = cycle(root, "2024-09", 9, PEOPLE)
    august = cycle(root, "2024-08", 8, {**PEOPLE, "E2": ("一组", 65), "E4": ("一组", 65)})
    for folder in (september, august):
        written, findings = write_results(evaluate_cycle(folder), root / f"{folder.name}-results")
        assert written is not None, [one.message() for one in findings]
    return root / "2024-09-results"


def run(*words: object, **environment: str) -> Result:
    runner = CliRunner(env={"PERFRULES_LANG": "en", "NO_COLOR": "1", **environment})
    return runner.invoke(main, ["outliers", *map(str, words)])


def entries(*words: object) -> dict[str, list[str]]:
    done = run(*words, "--format", "json")
    assert done.exit_code == 0, done.output
    node = json.loads(done.stdout)
    return {
        one["person_id"]: [reason["reason"] for reason in one["reasons"]] for one in node["entries"]
    }


def test_the_list_has_everybody_whom_a_limit_concerns(results: Path) -> None:
    assert entries(results) == {
        "E1": ["raters"], "E5": ["distance"], "E6": ["high"], "E7": ["low"],
    }  # fmt: skip
    text = run(results).stdout
    assert "4 of 8 people with a result" in text
    assert "Teamwork: the ratings of the group peer run from 65 to 95, 30 apart" in text
    assert "fewer than 3 people, or no team stated): no team (1), 二组 (2)" in text


def test_every_limit_can_be_moved(results: Path) -> None:
    moved = ("--deviations", "3", "--high", "96", "--low", "59", "--spread", "30")
    assert entries(results, *moved) == {}
    assert run(results, *moved).exit_code == 0
    assert entries(results, "--within", "role")["E6"] == ["distance", "high"]  # no team of two
    by_variable = run(results, "--format", "csv", PERFRULES_OUTLIERS_SPREAD="30")
    assert "E1," not in by_variable.stdout
    for wrong in ("-1", "much", "1e2"):
        assert run(results, "--jump", wrong).exit_code == 2


def test_jumps_are_against_the_cycle_before(results: Path) -> None:
    previous = results.with_name("2024-08-results")
    assert "E2" not in entries(results)
    found = entries(results, "--previous", previous)
    assert found["E2"] == ["jump"]  # 65 -> 81 is 16; 65 -> 80 is 15, which is not more than 15
    assert "E4" not in found
    text = run(results, "--previous", previous).stdout
    assert "was 65 in the cycle before 2024-08: up by 16, more than 15" in text
    assert "8 of 8 people" in text
    later = run(previous, "--previous", results)
    assert later.exit_code == 2
    assert "[later-history]" in later.stderr
    assert later.stdout == ""


def test_the_table_is_written_for_excel(results: Path) -> None:
    done = run(results, "--format", "csv", "--lang", "zh")
    assert done.stdout_bytes.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"), newline="")))
    assert {row["person_id"] for row in rows} == {"E1", "E5", "E6", "E7"}
    row = next(row for row in rows if row["person_id"] == "E5")
    assert (row["group"], row["mean"], row["standard_deviation"]) == ("一组", "76.2", "7.63")
    assert "相差超过 1.5 倍标准差" in row["text"]


def test_a_changed_folder_is_not_looked_at(results: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(results, tmp_path / "copy"))
    path = copy / "traces.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"95"', b'"85"'))
    done = run(copy)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "[changed-output]" in done.stderr
    assert run(tmp_path).exit_code == 2


def test_nothing_is_changed(results: Path) -> None:
    before = {path: path.read_bytes() for path in results.rglob("*") if path.is_file()}
    run(results)
    assert {path: path.read_bytes() for path in results.rglob("*") if path.is_file()} == before
