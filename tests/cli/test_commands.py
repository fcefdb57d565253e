"""The commands as their users meet them: what is printed where, and the exit code.

`process` starts one, where what a process has of its own counts: its streams, the locale that it
finds, how errors end. `run` calls the same command here, which is quicker by the start of Python.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from in_process import Done, in_process

ROOT = Path(__file__).parent.parent.parent

POLICY = """policy: sales
indicators:
  amount: {weight: 100%, score: {direct: {min: 0, max: 100}}}
grades: [{grade: A, at_least: 90}, {otherwise: B}]
"""


def process(
    *words: object, folder: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    base = {key: value for key, value in os.environ.items() if not key.startswith("PERFRULES")}
    return subprocess.run(
        [sys.executable, "-m", "perfrules", *map(str, words)],
        cwd=folder, capture_output=True, text=True, encoding="utf-8",
        env={**base, "PYTHONPATH": str(ROOT), "PERFRULES_LANG": "en", **environment},
    )  # fmt: skip


def run(*words: object, folder: Path = ROOT) -> Done:
    return in_process(*words, folder=folder)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cycle") / "results"
    done = process("evaluate", "examples/2024Q3", "--out", out)
    assert done.returncode == 5, done.stderr
    return out


def test_check_is_silent_about_the_policies_of_the_project() -> None:
    done = process("check", "policies", "examples")
    assert (done.returncode, done.stdout) == (0, "")
    assert "errors: 0; warnings: 0" in done.stderr


def test_check_ends_with_3_for_errors_and_1_for_warnings(tmp_path: Path) -> None:
    wrong = write(tmp_path, "wrong.yaml", POLICY.replace("100%", "90%"))
    assert run("check", wrong).returncode == 3
    doubtful = write(tmp_path, "doubtful.yaml", POLICY)
    done = run("check", doubtful)
    assert done.returncode == 1
    assert "[missing-unit]" in done.stderr
    assert run("check", "--no-lint", doubtful).returncode == 0
    assert run("check", tmp_path / "nothing.yaml").returncode == 2


def test_check_finds_all_mistakes_of_all_files_sorted_by_place(tmp_path: Path) -> None:
    write(tmp_path, "b.yaml", POLICY.replace("weight", "wieght"))
    write(
        tmp_path, "a.yaml", POLICY.replace("sales", "other").replace("at_least: 90", "at_least: x")
    )
    done = run("check", ".", "--format", "json", folder=tmp_path)
    assert done.returncode == 3
    found = json.loads(done.stdout)
    found = found["findings"] if isinstance(found, dict) else found
    errors = [one for one in found if one["severity"] == "error"]
    assert [one["code"] for one in errors] == ["not-a-number", "unknown-key"]
    assert "a.yaml" in json.dumps(errors[0])
    assert "b.yaml" in json.dumps(errors[1])


def test_resolved_policies_are_printed_as_data_and_can_be_read_again(tmp_path: Path) -> None:
    first = run("check", "policies/ads.yaml", "--resolved")
    assert first.returncode == 0
    assert "floor" in first.stdout
    again = write(tmp_path, "ads.yaml", first.stdout)
    second = run("check", again, "--resolved", "--no-lint")
    assert second.stdout == first.stdout


def test_one_wrong_expectation_ends_with_4_and_is_shown_on_a_line(tmp_path: Path) -> None:
    write(tmp_path, "p.yaml", POLICY)
    cases = "cases: [{name: nine, given: {amount: {actual: 9}}, expect: {total: 8, grade: B}}]\n"
    test = write(tmp_path, "p.test.yaml", f"policy: p.yaml\n{cases}")
    junit = tmp_path / "junit.xml"
    done = process("test", test, "--junit", junit, folder=tmp_path)
    assert done.returncode == 4
    failures = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert len(failures) == 1
    assert "nine: total expected 8, got 9" in failures[0]
    suite = ElementTree.parse(junit).getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert "得到 9" in process("test", test, "--lang", "zh", folder=tmp_path).stdout
    assert "the actual is the score" in process("test", test, "--verbose", folder=tmp_path).stdout
    assert process("test", test, "--only", "ten", folder=tmp_path).returncode == 4


def test_a_case_that_expects_nothing_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "p.yaml", POLICY)
    text = "policy: p.yaml\ncases: [{name: n, given: {amount: {actual: 9}}, expect: {}}]\n"
    done = run("test", write(tmp_path, "p.test.yaml", text))
    assert done.returncode == 4
    assert "[expects-nothing]" in done.stderr


def test_evaluate_prints_the_table_on_stdout_and_talks_on_stderr(results: Path) -> None:
    done = process("evaluate", "examples/2024Q3", "--out", results)
    assert done.returncode == 5
    assert "E1001" in done.stdout
    assert "results written to" in done.stderr
    assert "results written to" not in done.stdout
    assert {path.name for path in results.iterdir()} == {
        "appraisals.csv", "appraisals.xlsx", "follow_ups.csv", "groups.jsonl", "manifest.json",
        "policies", "refused.csv", "rejected.csv", "traces.jsonl",
    }  # fmt: skip


def test_evaluate_with_a_broken_policy_ends_with_3_and_writes_nothing(tmp_path: Path) -> None:
    process("init", tmp_path / "start")
    start = tmp_path / "start"
    policy = start / "policies" / "sales.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("60%", "61%"), encoding="utf-8")
    done = process("evaluate", "2024Q3", folder=start)
    assert done.returncode == 3
    assert "[weights-do-not-sum]" in done.stderr
    assert not (start / "results" / "2024Q3").exists()


def test_evaluate_without_a_cycle_ends_with_2(tmp_path: Path) -> None:
    done = process("evaluate", tmp_path / "nowhere", folder=tmp_path)
    assert done.returncode == 2
    assert "[file-not-found]" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_explain_lays_one_result_out(results: Path, form: str, language: str) -> None:
    done = run("explain", results, "E1003", "--format", form, "--lang", language)
    assert done.returncode == 0, done.stderr
    assert "99.99%" in done.stdout
    assert {"zh": "达成率", "en": "attainment"}[language] in done.stdout


@pytest.mark.parametrize("person", ["E1003", "E1017", "T101"])
def test_explain_as_json_is_the_trace_of_the_result_folder(results: Path, person: str) -> None:
    """One who stayed, one who moved, a team: the record by its schema, and sealed."""
    done = run("explain", results, person, "--format", "json")
    kept = map(json.loads, (results / "traces.jsonl").read_text("utf-8").splitlines())
    (record,) = [one for one in kept if one["subject"] == person]
    assert json.loads(done.stdout) == record
    jsonschema.validate(record, json.loads(run("schema", "trace").stdout))


def test_explain_knows_nobody_of_that_name(results: Path) -> None:
    done = process("explain", results, "E10033")
    assert done.returncode == 2
    # E1003 is somebody else: an id that looks alike is never what was meant.
    assert "E1003`" not in done.stderr
    assert "write the id, or the whole name" in done.stderr
    assert "did you mean `E1003`" in process("explain", results, "e01003").stderr


def test_explain_finds_people_by_name(results: Path, tmp_path: Path) -> None:
    by_id = run("explain", results, "E1003").stdout
    for name in ("示例员工03", " 示例员工０３ "):
        done = run("explain", results, name)
        assert (done.returncode, done.stdout) == (0, by_id), done.stderr
    assert run("explain", results, "直销组").stdout == run("explain", results, "T101").stdout
    # One without a result has the reason; one that moved keeps the roles.
    assert "[no-trace]" in run("explain", results, "示例员工19").stderr
    moved = run("explain", results, "示例员工17").stdout
    assert moved and moved == run("explain", results, "E1017").stdout
    for stranger in ("示例员工", "示例员工3", "员工03", ""):
        done = run("explain", results, stranger)
        assert done.returncode == 2
        assert "[no-record]" in done.stderr
        assert "did you mean" not in done.stderr
    same = tmp_path / "same"
    shutil.copytree(results, same)
    table = same / "appraisals.csv"
    text = table.read_text("utf-8").replace("示例员工04", "示例员工03")
    table.write_text(text, "utf-8")
    done = run("explain", same, "示例员工03", "--lang", "zh")
    assert done.returncode == 2
    assert "有多人叫 `示例员工03`：E1003" in done.stderr and "E1004" in done.stderr


def test_no_folder_to_verify_is_no_failed_verification(tmp_path: Path) -> None:
    done = process("verify", tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert "[not-a-result-folder]" in done.stderr
    assert "verification failed" not in done.stderr


def test_verify_finds_a_changed_digit(results: Path, tmp_path: Path) -> None:
    done = run("verify", results, "--inputs", "examples/2024Q3")
    assert (done.returncode, done.stderr) == (0, "")
    copy = tmp_path / "copy"
    run_copy = subprocess.run(["cp", "-r", results, copy], check=True)
    assert run_copy.returncode == 0
    traces = copy / "traces.jsonl"
    text = traces.read_text(encoding="utf-8")
    assert '"total":"94.03"' in text
    traces.write_text(text.replace('"total":"94.03"', '"total":"95.03"'), encoding="utf-8")
    done = run("verify", copy)
    assert done.returncode == 6
    assert "E1003" in done.stderr


def test_schema_prints_a_json_schema() -> None:
    names = run("schema").stdout.split()
    assert {"policy", "policy-test", "cycle"} <= set(names)
    for name in names:
        assert json.loads(run("schema", name).stdout)["$schema"].startswith("http")


def test_init_touches_nothing_that_is_there(tmp_path: Path) -> None:
    mine = write(tmp_path, "policies/sales.yaml", "mine")
    done = process("init", tmp_path)
    assert done.returncode == 2
    assert mine.read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["policies"]


def test_the_language_comes_from_flag_environment_and_locale() -> None:
    chinese, one = "个错误", "policies/ads.yaml"
    assert chinese in process("check", one, "--lang", "zh").stderr
    assert chinese in process("--lang", "zh", "check", one).stderr
    assert chinese in process("check", one, PERFRULES_LANG="zh").stderr
    assert chinese in process("check", one, PERFRULES_LANG="zh_CN.UTF-8").stderr
    assert process("check", one, PERFRULES_LANG="fr").returncode == 2
    assert chinese in process("check", one, PERFRULES_LANG="", LC_ALL="zh_CN.UTF-8").stderr
    assert chinese not in process("check", one, PERFRULES_LANG="", LC_ALL="C").stderr


def test_a_wrong_option_is_a_usage_error() -> None:
    done = process("check", "--colour")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
