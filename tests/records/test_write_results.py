import csv
import io
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.model.cycle_result import CycleResult
from perfrules.records.lock import locked
from perfrules.records.read import read_results
from perfrules.records.staging import lock_path
from perfrules.records.verify import verify
from perfrules.records.write import write_results, write_while

ROOT = Path(__file__).parent.parent.parent
EditFile = Callable[[Path, Callable[[list[dict[str, str]]], list[dict[str, str]]]], None]


@pytest.fixture(scope="module")
def result() -> CycleResult:
    return evaluate_cycle(ROOT / "examples/2024Q3")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def beside(out: Path) -> set[str]:
    return {path.name for path in out.parent.iterdir()} - {out.name}


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def test_the_folder_holds_all_and_is_private(result: CycleResult, tmp_path: Path) -> None:
    out = tmp_path / "results" / "2024Q3"
    folder, findings = write_results(result, out)
    assert folder is not None
    assert not findings.errors
    names = set(contents(out))
    assert {
        "appraisals.csv", "appraisals.xlsx", "rejected.csv", "traces.jsonl", "manifest.json",
        "policies/sales@2024.3.json", "policies/sales@2024.3.places.json",
    } <= names  # fmt: skip
    assert {file.path for file in folder.manifest.outputs} == names - {"manifest.json"}
    for path in (out, *out.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert not beside(out)
    assert verify(out, ROOT / "examples/2024Q3") == ()


def test_the_same_input_gives_the_same_bytes_wherever_one_stands(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_results(evaluate_cycle(folder), tmp_path / "one")
    write_results(evaluate_cycle(folder), tmp_path / "one")
    monkeypatch.chdir(folder.parent)
    write_results(evaluate_cycle(Path(folder.name)), Path("../two"))
    program = (
        "import sys; from pathlib import Path\n"
        "from perfrules.cycle.evaluate_cycle import evaluate_cycle\n"
        "from perfrules.records.write import write_while\n"
        "cycle, out = map(Path, sys.argv[1:])\n"
        "write_while(out, lambda each: evaluate_cycle(cycle, each=each))\n"
    )
    other = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    arguments = [sys.executable, "-c", program, str(folder), str(tmp_path / "three")]
    subprocess.run(arguments, check=True, cwd=tmp_path, env=other)
    one = contents(tmp_path / "one")
    assert len(one) > 8
    assert one == contents(tmp_path / "two") == contents(tmp_path / "three")


def test_nothing_tells_where_or_when_it_was_made(folder: Path, tmp_path: Path) -> None:
    write_results(evaluate_cycle(folder), tmp_path / "out")
    for name, data in contents(tmp_path / "out").items():
        assert str(tmp_path).encode() not in data, name
        host = os.uname().nodename.encode()
        assert len(host) < 6 or host not in data, name  # a short name stands anywhere


def test_excel_opens_the_csv_and_formulas_stay_texts(
    folder: Path, tmp_path: Path, edit: EditFile
) -> None:
    names = [
        "=cmd|'/c calc'!A0", "+1", "-1", "@x", "\tx", "＝1+1", "－x", "<r><t>x</t></r>",
        "_x0041_", "甲\x07乙", "http://example.org", "{=1}", "\ufffe",
    ]  # fmt: skip

    def rename(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        for row, name in zip(rows[13:], names, strict=False):  # the others need their team's result
            row["team"] = name
        return rows

    edit(folder / "people.csv", rename)
    result = evaluate_cycle(folder)
    assert write_results(result, tmp_path / "out")[0] is not None
    assert (tmp_path / "out/appraisals.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    teams = {one.person: one.team for one in result.complete}
    assert sum(team.startswith(tuple("=+-@＝－")) for team in teams.values()) >= 5
    for row in rows_of(tmp_path / "out/appraisals.csv"):
        wanted = teams[row["person_id"]]
        assert not row["team"].startswith(tuple("=+-@\t\r＝＋－＠"))
        assert row["team"].removeprefix("'") == wanted
    book = openpyxl.load_workbook(tmp_path / "out/appraisals.xlsx")
    heads = [cell.value for cell in book["考核结果"][1]]
    rows = [*book["考核结果"].iter_rows(min_row=2), *book["组织结果"].iter_rows(min_row=2)]
    shown = {row[0].value: row[heads.index("团队")] for row in rows}
    for person, team in teams.items():
        assert shown[person].data_type == "s" or not team
        assert shown[person].hyperlink is None
        if team and "\ufffe" not in team and "\x07" not in team and team != "_x0041_":
            assert shown[person].value.strip() == team.strip()
    assert verify(tmp_path / "out") == ()


def test_a_negative_figure_stays_a_figure(folder: Path, tmp_path: Path) -> None:
    result = evaluate_cycle(folder)
    first = replace(result.complete[0], total=Decimal("-3.5"), pay={"commission": Decimal("-10")})
    write_results(replace(result, judged=(first,), appraisals={}), tmp_path / "out")
    (row,) = rows_of(tmp_path / "out/appraisals.csv")
    assert (row["total"], row["pay.commission"]) == ("-3.5", "-10")


def test_those_without_a_result_are_in_the_other_table(result: CycleResult, tmp_path: Path) -> None:
    write_results(result, tmp_path / "out")
    good = {row["person_id"] for row in rows_of(tmp_path / "out/appraisals.csv")}
    bad = rows_of(tmp_path / "out/rejected.csv")
    assert good == {one.person for one in result.complete}
    assert {row["person_id"] for row in bad} == {one.person for one in result.rejected}
    for row in bad:
        assert re.search("[\u4e00-\u9fff]", row["reason_zh"])
        assert row["reason_en"]
        assert row["place"]


def test_a_new_result_replaces_the_old_one_whole(result: CycleResult, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_results(result, out)
    fewer = tuple(one for one in result.judged if one.role == "sales")
    sales = tuple(policy for policy in result.policies if policy.id == "sales")
    folder, findings = write_results(replace(result, judged=fewer, policies=sales), out)
    assert folder is not None
    assert not findings.errors
    assert {path.name for path in (out / "policies").iterdir()} == {
        "sales@2024.3.json", "sales@2024.3.places.json"
    }  # fmt: skip
    assert not beside(out)


def test_only_an_empty_folder_or_one_of_ours_is_replaced(
    result: CycleResult, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert write_results(result, out)[0] is not None
    (out / "notes.txt").write_text("mine")
    before = contents(out)
    folder, findings = write_results(result, out)
    assert folder is None
    (finding,) = findings
    assert (finding.code, finding.facts["found"]) == ("output-not-ours", "notes.txt")
    assert contents(out) == before
    (tmp_path / "other").mkdir()
    (tmp_path / "other/letter.txt").write_text("mine")
    assert [one.code for one in write_results(result, tmp_path / "other")[1]] == ["output-not-ours"]
    assert contents(tmp_path / "other") == {"letter.txt": b"mine"}
    assert {path.name for path in tmp_path.iterdir()} == {"out", "other"}


def test_a_file_or_a_link_is_not_followed(result: CycleResult, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "nowhere").symlink_to("not-there")
    for name, code in (
        ("file", "output-not-a-folder"),
        ("link", "output-is-link"),
        ("nowhere", "output-is-link"),
        ("file/below", "cannot-write"),
    ):
        folder, findings = write_results(result, tmp_path / name)
        assert folder is None
        assert [one.code for one in findings] == [code], name
    assert (tmp_path / "file").read_text() == "mine"
    assert list((tmp_path / "real").iterdir()) == []
    assert not (tmp_path / "not-there").exists()


def test_two_runs_do_not_write_one_folder(result: CycleResult, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_results(result, out)
    with locked(lock_path(out)):
        folder, findings = write_results(result, out)
        assert folder is None
        (finding,) = findings
        assert finding.code == "output-locked"
        assert str(os.getpid()) in finding.message("zh")
    assert write_results(result, out)[0] is not None


def test_the_lock_of_a_dead_run_is_no_lock(result: CycleResult, tmp_path: Path) -> None:
    out = tmp_path / "out"
    lock_path(out).write_text("999999 nowhere\n")
    assert write_results(result, out)[0] is not None
    assert not beside(out)


def test_a_refused_cycle_writes_nothing(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_results(evaluate_cycle(folder), out)
    before = contents(out)
    (folder / "cycle.yaml").write_text("id: [")
    result, written, findings = write_while(out, lambda each: evaluate_cycle(folder, each=each))
    assert result is not None
    assert result.refused == "cycle"
    assert written is None
    assert not findings.errors
    assert contents(out) == before
    assert beside(out) == {"policies", "examples"}


def test_an_interrupted_run_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_results(evaluate_cycle(folder), out)
    before = contents(out)

    def interrupted(done: int, total: int) -> None:
        if done == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_while(out, lambda each: evaluate_cycle(folder, each=each, progress=interrupted))
    assert contents(out) == before
    assert beside(out) == {"policies", "examples"}


def test_a_version_cannot_lead_out_of_the_folder(result: CycleResult, tmp_path: Path) -> None:
    policy = replace(result.policies[0], version="../../x y:1")
    nobody = replace(result, policies=(policy,), judged=(), groups=())
    folder, findings = write_results(nobody, tmp_path / "out")
    assert folder is not None
    assert not findings.errors
    assert beside(tmp_path / "out") == set()
    kept = folder.manifest.policies[0]
    assert (tmp_path / "out" / kept.file).parent == tmp_path / "out/policies"
    assert read_results(tmp_path / "out")[0] is not None
