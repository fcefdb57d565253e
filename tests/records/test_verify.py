import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfrules.codes.catalogue import CODES
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.diagnostics import Diagnostic
from perfrules.records.manifest import manifest_json
from perfrules.records.read import read_results
from perfrules.records.seals import CHAIN_START, chained, seal
from perfrules.records.trace_json import canonical
from perfrules.records.verify import verify
from perfrules.records.write import write_results

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "examples/2024Q3"

Json = dict[str, Any]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("results") / "out"
    write_results(evaluate_cycle(EXAMPLE), out)
    return out


@pytest.fixture
def results(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "out"))


def said(findings: tuple[Diagnostic, ...]) -> set[tuple[str, str]]:
    """Code and what it is about; each finding can be told in both languages."""
    for one in findings:
        assert one.message("zh")
        assert one.message("en")
        assert one.code in CODES
    return {
        (one.code, str(one.facts.get("record", one.facts.get("path", one.facts.get("name", "")))))
        for one in findings
    }


def lines(results: Path) -> list[bytes]:
    return (results / "traces.jsonl").read_bytes().splitlines()


def write_lines(results: Path, written: list[bytes]) -> None:
    (results / "traces.jsonl").write_bytes(b"".join(line + b"\n" for line in written))


def rewritten(results: Path, change: Callable[[Json], None]) -> None:
    """Changes the manifest and seals it again."""
    path = results / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    change(manifest)
    manifest["digest"] = seal(manifest)
    path.write_text(manifest_json(manifest), "utf-8")


def covered_up(results: Path) -> None:
    """What somebody would do who knows all about the manifest: every digest is made to fit."""

    def refit(manifest: Json) -> None:
        for file in manifest["outputs"]:
            data = (results / file["path"]).read_bytes()
            file["sha256"], file["size"] = hashlib.sha256(data).hexdigest(), len(data)
        head = CHAIN_START
        for line in lines(results):
            head = chained(head, line)
        manifest["chain"] = {"head": head, "records": len(lines(results))}

    rewritten(results, refit)


def changed_record(results: Path, person: str, change: Callable[[Json], None]) -> None:
    """Changes a record and seals it again."""
    found = lines(results)
    for index, line in enumerate(found):
        record = json.loads(line)
        if record["subject"] == person:
            change(record)
            record["digest"] = seal(record)
            found[index] = canonical(record).encode()
            return write_lines(results, found)
    raise AssertionError(person)


def test_what_was_written_is_right(results: Path) -> None:
    assert verify(results) == ()


def test_one_changed_byte_in_any_file_is_found_and_named(results: Path) -> None:
    names = [path for path in results.rglob("*") if path.is_file()]
    assert len(names) > 10
    for path in names:
        data = path.read_bytes()
        middle = len(data) // 2
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
        name = path.relative_to(results).as_posix()
        codes = said(verify(results))
        if name == "manifest.json":
            assert codes, "a change of the manifest itself"
        else:
            assert ("changed-output", name) in codes
        path.write_bytes(data)
    assert verify(results) == ()


def test_a_missing_file_and_a_strange_one_are_named(results: Path) -> None:
    for path in [path for path in results.rglob("*") if path.is_file()]:
        data = path.read_bytes()
        path.unlink()
        name = path.relative_to(results).as_posix()
        expected = "not-a-result-folder" if name == "manifest.json" else "missing-output"
        assert expected in {code for code, _ in said(verify(results))}, name
        path.write_bytes(data)
    (results / "policies/extra.json").write_text("{}")
    assert said(verify(results)) == {("extra-output", "policies/extra.json")}


def test_a_removed_record_is_named(results: Path) -> None:
    write_lines(results, [line for line in lines(results) if b'"subject":"E1003"' not in line])
    codes = said(verify(results))
    assert ("row-without-record", "E1003") in codes
    assert "broken-chain" in {code for code, _ in codes}
    covered_up(results)
    codes = said(verify(results))
    assert ("row-without-record", "E1003") in codes
    assert "wrong-count" in {code for code, _ in codes}


def test_a_moved_record_is_named(results: Path) -> None:
    found = lines(results)
    found[3], found[4] = found[4], found[3]
    person = json.loads(found[4])["subject"]
    write_lines(results, found)
    assert {("unordered-record", person), ("broken-chain", "")} <= said(verify(results))
    covered_up(results)
    assert said(verify(results)) == {("unordered-record", person)}


def test_a_record_that_is_there_twice_is_named(results: Path) -> None:
    found = lines(results)
    person = json.loads(found[3])["subject"]
    write_lines(results, [*found[:4], *found[3:]])
    covered_up(results)
    assert ("unordered-record", person) in said(verify(results))


def test_a_record_of_a_stranger_is_named(results: Path) -> None:
    record = json.loads(lines(results)[-1])
    record["subject"] = "X1"
    record["digest"] = seal(record)
    write_lines(results, [*lines(results), canonical(record).encode()])
    covered_up(results)
    assert ("record-without-row", "X1") in said(verify(results))


def test_a_better_total_is_named_whatever_is_covered_up(results: Path) -> None:
    def better(record: Json) -> None:
        record["total"] = "100"
        for step in record["steps"]:
            if step["id"].endswith("#total"):
                step["value"] = "100"

    changed_record(results, "E1013", better)
    table = results / "appraisals.csv"
    text = table.read_text("utf-8-sig")
    row = next(row for row in text.splitlines() if row.startswith("E1013"))
    cells = row.split(",")
    cells[7] = "100"
    table.write_text("\ufeff" + text.replace(row, ",".join(cells)), "utf-8", newline="")
    covered_up(results)
    # The department's mean was made of the total that the person had, and the groups know it.
    assert said(verify(results)) == {
        ("rejected-record", "E1013"), ("wrong-reference", "D100"), ("wrong-member", ""),
    }  # fmt: skip


def test_a_changed_record_that_was_not_sealed_again_is_named(results: Path) -> None:
    found = lines(results)
    found[2] = found[2].replace(b'"grade":"', b'"grade":"X', 1)
    write_lines(results, found)
    covered_up(results)
    assert ("damaged-record", json.loads(found[2])["subject"]) in said(verify(results))


def test_a_changed_cell_of_the_table_is_named(results: Path) -> None:
    table = results / "appraisals.csv"
    text = table.read_text("utf-8-sig")
    row = next(row for row in text.splitlines() if row.startswith("E1001"))
    grade = row.split(",")[8]
    changed = row.replace(f",{grade},", ",Z,", 1)
    table.write_text("\ufeff" + text.replace(row, changed), "utf-8", newline="")
    covered_up(results)
    (finding,) = verify(results)
    assert (finding.code, finding.facts["record"]) == ("row-disagrees", "E1001")
    assert (finding.facts["column"], finding.facts["found"]) == ("grade", "Z")


def test_a_rejected_person_that_is_dropped_is_missed(results: Path) -> None:
    table = results / "rejected.csv"
    rows = table.read_text("utf-8-sig").splitlines(keepends=True)
    kept = [row for row in rows if ",E1008," not in row and ",E1019," not in row]
    assert len(kept) == len(rows) - 2
    table.write_text("\ufeff" + "".join(kept), "utf-8", newline="")
    covered_up(results)
    codes = said(verify(results))
    assert ("record-without-row", "E1008") in codes, "it was evaluated and has a record"
    assert "wrong-count" in {code for code, _ in codes}, "E1019 was never evaluated"


def test_a_changed_policy_is_named_whatever_is_covered_up(results: Path) -> None:
    path = results / "policies/sales@2024.3.json"
    path.write_text(path.read_text("utf-8").replace('"0.4"', '"0.5"', 1), "utf-8")
    covered_up(results)
    assert ("changed-output", "policies/sales@2024.3.json") in said(verify(results))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()

    def refit(manifest: Json) -> None:
        for policy in manifest["policies"]:
            if policy["id"] == "sales":
                policy["digest"] = digest

    rewritten(results, refit)
    codes = said(verify(results))
    assert ("unknown-policy-in-record", "E1001") in codes


def test_an_edited_manifest_is_named(results: Path) -> None:
    path = results / "manifest.json"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"people": ', '"people": 1'), "utf-8")
    assert ("damaged-manifest", "manifest.json") in said(verify(results))
    path.write_text(text, "utf-8")

    def one_more(manifest: Json) -> None:
        manifest["counts"]["people_with_result"] += 1

    rewritten(results, one_more)
    assert {code for code, _ in said(verify(results))} == {"wrong-count"}
    path.write_text(text, "utf-8")

    def another_cycle(manifest: Json) -> None:
        manifest["cycle"]["id"] = "2024Q4"

    rewritten(results, another_cycle)
    assert ("wrong-cycle-in-record", "E1001") in said(verify(results))


@pytest.mark.parametrize("name", ["../../../secret", "/etc/hostname", "policies/../x", "a/b", ".x"])
def test_a_manifest_does_not_lead_out_of_the_folder(results: Path, name: str) -> None:
    def lead_out(manifest: Json) -> None:
        manifest["outputs"][0]["path"] = name

    rewritten(results, lead_out)
    assert [one.code for one in verify(results)] == ["damaged-manifest"]


def test_changed_inputs_are_named(results: Path, folder: Path) -> None:
    (folder / "people.csv").write_text("x")
    (folder / "events.csv").unlink()
    policy = folder.parent.parent / "policies/shared/base.yaml"
    policy.write_text(policy.read_text("utf-8") + "\n")
    assert said(verify(results, folder)) == {
        ("changed-input", "people.csv"),
        ("missing-input", "events.csv"),
        ("changed-input", "../../policies/shared/base.yaml"),
    }


def test_no_garbage_makes_it_stumble(results: Path) -> None:
    dice = random.Random(20240930)
    found = 0
    for name in ("manifest.json", "traces.jsonl", "appraisals.csv", "policies/sales@2024.3.json"):
        path = results / name
        data = path.read_bytes()
        pieces = [b"", b"null", b"[]", b"[" * 100_000, b'{"format":1e999}', b"\xff", b"{}\n{}\n"]
        for _ in range(5):
            start = dice.randrange(len(data))
            end = min(len(data), start + dice.choice([1, 5, 500]))
            junk = dice.choice([b"", b'"', b"0", b"}", b"null,", b"\\ud800", b"\x00", b"NaN"])
            pieces.append(data[:start] + junk + data[end:])
        for piece in pieces:
            path.write_bytes(piece)
            found += bool(verify(results))
            folder, _ = read_results(results)
            if folder is not None:
                folder.record("E1003")
                folder.record("E1019")
                folder.policy("sales@2024.3")
        path.write_bytes(data)
    assert found > 40


def test_a_folder_that_is_none_is_said_to_be_none(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "file/x"):
        assert [one.code for one in verify(path)] == ["not-a-result-folder"]
