"""Tables on disk: the same cells as in memory, whatever the groups of rows; killed runs go on."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import perfrules

POLICY = """\
policy: p
indicators:
  sales:
    weight: 60%
    score:
      bands: [{at_least: 100%, score: 100}, {at_least: 80%, score: [60, 100]}, {otherwise: 0}]
  service: {weight: 20%, missing: exclude, score: {direct: {min: 0, max: 100}}}
  teamwork:
    weight: 20%
    score:
      ratings:
        groups: {peer: 100%}
        scale: {min: 0, max: 100}
        trim: {drop: 1, from_raters: 3}
grades: [{grade: A, at_least: 90}, {grade: B, at_least: 70}, {otherwise: C}]
incentives:
  bonus:
    base: person.base
    by_grade: {A: 120%, B: 100%, C: 50%}
    only_if: person.office == "North"
"""


@pytest.fixture
def policy(tmp_path: Path) -> perfrules.Policy:
    (tmp_path / "p.yaml").write_text(POLICY, "utf-8")
    return perfrules.read_policy(tmp_path / "p.yaml")


def row(number: int) -> dict[str, Any]:
    """A row of its own for each number; some with faults, some with something missing."""
    return {
        "subject": f"E{number:05}",
        "name": f"N{number}",
        "sales.actual": "many" if number % 97 == 96 else f"{number * 37 % 1500}.{number % 100:02}",
        "sales.target": "0" if number % 89 == 88 else "1000",
        "service.actual": None if number % 5 == 0 else str(number * 13 % 101),
        "teamwork.ratings.peer": [str((number + one) * 7 % 101) for one in range(1 + number % 4)],
        "person.base": f"{10 ** (number % 5)}.{number % 1000:03}",
        "person.office": ("North", "South")[number % 3 == 0],
    }


def table(rows: int) -> pl.DataFrame:
    return pl.DataFrame([row(number) for number in range(rows)])


def read(found: perfrules.Streamed) -> pl.DataFrame:
    return pl.concat([pl.read_parquet(path) for path in found.parts])


@pytest.mark.parametrize("group", [1, 7, 256, 1000])
def test_the_cells_are_those_of_the_table_in_memory(
    policy: perfrules.Policy, tmp_path: Path, group: int
) -> None:
    whole = table(500)
    whole.write_parquet(tmp_path / "t.parquet", row_group_size=group)
    found = perfrules.evaluate_files(policy, tmp_path / "t.parquet", tmp_path / "out", rows=128)
    assert [len(pl.read_parquet(path)) for path in found.parts] == [128, 128, 128, 116]
    memory = perfrules.evaluate_table(policy, whole.drop("name"))
    written = read(found)
    assert written["name"].equals(whole["name"])
    assert written.drop("name").to_dicts() == memory.frame.to_dicts()
    assert found.rows == 500
    assert found.faults == memory.frame["error"].count() > 5
    assert found.by_reference == memory.by_reference
    assert max(lane.bits for lane in found.lanes) >= max(lane.bits for lane in memory.lanes)


def test_a_folder_of_csv_files_is_one_table(policy: perfrules.Policy, tmp_path: Path) -> None:
    whole = table(90).drop("teamwork.ratings.peer").with_columns(
        pl.lit("50.5").alias("teamwork.ratings.peer")
    )  # fmt: skip
    (tmp_path / "in").mkdir()
    whole[:50].write_csv(tmp_path / "in" / "a.csv")
    whole[50:].write_csv(tmp_path / "in" / "b.csv")
    found = perfrules.evaluate_files(policy, tmp_path / "in", tmp_path / "out", rows=40)
    memory = perfrules.evaluate_table(policy, whole.drop("name"))
    assert read(found).drop("name").to_dicts() == memory.frame.to_dicts()


@pytest.mark.parametrize("kind", [pl.Int32(), pl.Decimal(12, 4)])
def test_numbers_of_other_types(
    policy: perfrules.Policy, tmp_path: Path, kind: pl.DataType
) -> None:
    whole = table(80).with_columns(pl.col("sales.target").cast(kind))
    whole.write_parquet(tmp_path / "t.parquet")
    found = perfrules.evaluate_files(policy, tmp_path / "t.parquet", tmp_path / "out", rows=30)
    memory = perfrules.evaluate_table(policy, whole.drop("name"))
    assert read(found).drop("name").to_dicts() == memory.frame.to_dicts()


def test_a_value_in_the_last_row_refuses_before_the_first(tmp_path: Path) -> None:
    """Twelve factors of 15 digits each may come to 180 digits."""
    times = f"    times: [{', '.join(['person.factor'] * 12)}]\n"
    plan = f"incentives:\n  bonus:\n    base: person.base\n{times}"
    (tmp_path / "p.yaml").write_text(POLICY[: POLICY.index("incentives:")] + plan, "utf-8")
    policy = perfrules.read_policy(tmp_path / "p.yaml")
    path = tmp_path / "t.parquet"
    whole = table(60).with_columns(pl.Series("person.factor", ["1.5"] * 59 + ["123456789012345.5"]))
    whole.write_parquet(path, row_group_size=10)
    with pytest.raises(perfrules.NotColumnar, match="more than 128 bits"):
        perfrules.evaluate_files(policy, path, tmp_path / "out", rows=10)
    assert not (tmp_path / "out").exists()
    whole[:-1].write_parquet(path, row_group_size=10)
    assert perfrules.evaluate_files(policy, path, tmp_path / "out", rows=10).rows == 59


def test_what_cannot_be_read_exactly_is_refused(policy: perfrules.Policy, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    table(5).with_columns(pl.col("sales.target").cast(pl.Float64())).write_parquet(path)
    with pytest.raises(TypeError, match=r"'sales.target' holds binary floats"):
        perfrules.evaluate_files(policy, path, tmp_path / "out")
    table(5).with_columns(subject=pl.lit("E1")).write_parquet(path)
    with pytest.raises(ValueError, match="'E1' has several rows"):
        perfrules.evaluate_files(policy, path, tmp_path / "out")
    table(5).rename({"sales.actual": "sales.actaul"}).write_parquet(path)
    with pytest.raises(ValueError, match=r"did you mean 'sales.actual'"):
        perfrules.evaluate_files(policy, path, tmp_path / "out")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "diary.txt").write_text("mine")
    table(5).write_parquet(path)
    with pytest.raises(ValueError, match=r"diary.txt"):
        perfrules.evaluate_files(policy, path, tmp_path / "out")


SLOW = """\
import sys, time, perfrules
def told(done, rows):
    print(done, flush=True)
    time.sleep(0.2)
policy = perfrules.read_policy(sys.argv[1])
perfrules.evaluate_files(policy, sys.argv[2], sys.argv[3], rows=50, progress=told)
"""


@pytest.fixture
def killed(policy: perfrules.Policy, tmp_path: Path) -> Path:
    """The folder of a run that was killed when its third part was there."""
    table(500).write_parquet(tmp_path / "t.parquet")
    arguments = [str(tmp_path / name) for name in ("p.yaml", "t.parquet", "out")]
    run = subprocess.Popen([sys.executable, "-c", SLOW, *arguments], stdout=subprocess.PIPE)
    assert run.stdout is not None
    while run.stdout.readline().strip() != b"150":
        assert run.poll() is None
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    return tmp_path / "out"


def test_a_killed_run_goes_on(policy: perfrules.Policy, killed: Path, tmp_path: Path) -> None:
    first = (killed / "part-00000.parquet").stat().st_mtime_ns
    (killed / ".part-00003.parquet").write_bytes(b"torn")
    with (killed / "journal.jsonl").open("a") as file:
        file.write('{"file": "part-000')
    time.sleep(0.01)
    found = perfrules.evaluate_files(policy, tmp_path / "t.parquet", killed, rows=50)
    assert found.resumed == 3
    assert not found.anew
    assert (killed / "part-00000.parquet").stat().st_mtime_ns == first
    anew = perfrules.evaluate_files(policy, tmp_path / "t.parquet", tmp_path / "other", rows=50)
    assert read(found).equals(read(anew))
    files = [
        sorted(path.name for path in folder.iterdir()) for folder in (killed, tmp_path / "other")
    ]
    assert files[0] == files[1]
    assert (killed / "journal.jsonl").read_text() == (
        tmp_path / "other" / "journal.jsonl"
    ).read_text()


def test_parts_of_another_input_are_not_kept(
    policy: perfrules.Policy, killed: Path, tmp_path: Path
) -> None:
    changed = table(500).with_columns(pl.lit("500").alias("sales.target"))
    changed.write_parquet(tmp_path / "t.parquet")
    found = perfrules.evaluate_files(policy, tmp_path / "t.parquet", killed, rows=50)
    assert found.anew
    assert found.resumed == 0
    memory = perfrules.evaluate_table(policy, changed.drop("name"))
    assert read(found).drop("name").to_dicts() == memory.frame.to_dicts()


def test_a_part_that_was_changed_is_made_again(
    policy: perfrules.Policy, killed: Path, tmp_path: Path
) -> None:
    table(50).select("subject").write_parquet(killed / "part-00001.parquet")
    found = perfrules.evaluate_files(policy, tmp_path / "t.parquet", killed, rows=50)
    assert found.resumed == 1
    assert len(read(found)) == found.rows == 500
    lines = [json.loads(one) for one in (killed / "journal.jsonl").read_text().splitlines()]
    assert len(lines) == 11


def test_an_input_that_changes_meanwhile(policy: perfrules.Policy, tmp_path: Path) -> None:
    path, whole = tmp_path / "t.parquet", table(200)
    whole.write_parquet(path)

    def told(done: int, rows: int) -> None:
        whole.reverse().write_parquet(tmp_path / "new")
        (tmp_path / "new").replace(path)

    with pytest.raises(ValueError, match="was changed while"):
        perfrules.evaluate_files(policy, path, tmp_path / "out", rows=50, progress=told)
    found = perfrules.evaluate_files(policy, path, tmp_path / "out", rows=50)
    assert found.resumed == 0
    assert read(found)["subject"].equals(whole.reverse()["subject"])


def test_a_table_without_rows(policy: perfrules.Policy, tmp_path: Path) -> None:
    table(3).head(0).write_parquet(tmp_path / "t.parquet")
    found = perfrules.evaluate_files(policy, tmp_path / "t.parquet", tmp_path / "out")
    assert (found.rows, found.parts) == (0, ())
