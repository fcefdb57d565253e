"""`perfrules feedback`: one statement, a folder of them, and what it will not touch."""

import os
import sys
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result
from cycle_to_tell import PEOPLE, write_cycle
from docx.oxml.ns import qn

from perfrules.cli.main import main
from perfrules.papers.paper.laid_out import SUFFIXES

NAMES = {**PEOPLE, "T1": "华东组"}
FILES = {f"{subject}-{name}.docx" for subject, name in NAMES.items()}


def run(*words: object) -> Result:
    return CliRunner(env={"PERFRULES_LANG": "zh"}).invoke(main, [*map(str, words)])


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cycle")
    out = folder / "results" / "2024Q3"
    done = run("evaluate", write_cycle(folder), "--out", out)
    assert done.exit_code == 0, done.output
    return out


@pytest.mark.parametrize(("form", "start"), [("markdown", "# 绩效反馈表"), ("html", "<!doctype")])
def test_one_statement_goes_to_stdout(results: Path, form: str, start: str) -> None:
    done = run("feedback", results, "E003", "--format", form)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(start)
    assert "12 个，目标 15 个，达成率 80%，得分 80 分" in done.stdout
    assert not results.with_name("2024Q3-feedback").exists()


def test_the_language_may_be_named(results: Path) -> None:
    done = run("feedback", results, "E003", "--lang", "en")
    assert "12, target 15, attainment 80%, score 80 points" in done.stdout


def test_a_folder_of_word_files_one_for_each_person_and_unit(results: Path, tmp_path: Path) -> None:
    out = tmp_path / "talks"
    before = {path: path.read_bytes() for path in results.rglob("*") if path.is_file()}
    done = run("feedback", results, "--format", "docx", "--out", out)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "已写入 8 份反馈表" in done.stderr
    assert {path.name for path in out.iterdir()} == {*FILES, "manifest.json"}
    text = "\n".join(
        one.text for one in docx.Document(str(out / "E003-示例员工03.docx")).paragraphs
    )
    assert "新签客户 12 个，目标 15 个，达成率 80%，得分 80 分" in text
    if os.name == "posix":
        assert {path.stat().st_mode & 0o077 for path in (out, *out.iterdir())} == {0}
    # The sealed folder is as it was.
    assert {path: path.read_bytes() for path in results.rglob("*") if path.is_file()} == before
    assert run("verify", results).exit_code == 0


@pytest.mark.parametrize("form", SUFFIXES)
def test_all_statements_come_in_one_file_to_print(results: Path, tmp_path: Path, form: str) -> None:
    done = run("feedback", results, "--together", "--format", form, "--out", tmp_path)
    assert (done.exit_code, done.stdout) == (0, "")
    path = tmp_path / f"all.print{SUFFIXES[form]}"
    assert f"已写入 8 份反馈表：{path}" in done.stderr
    assert {one.name for one in tmp_path.iterdir()} == {path.name, "manifest.json"}
    if form == "docx":
        sections = docx.Document(str(path)).sections
        heads = [one.header.paragraphs[0].text for one in sections]
        assert [head.partition("（")[0] for head in heads] == list(NAMES.values())
        # Each statement counts its own pages.
        starts = [one._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for one in sections]
        assert starts == ["1"] * 8
        return
    if form == "xlsx":
        sheets = openpyxl.load_workbook(path).sheetnames
        assert [name.partition("（")[0] for name in sheets] == list(NAMES.values())
        return
    text = path.read_text("utf-8")
    assert [text.count(name) > 0 for name in NAMES.values()] == [True] * 8
    title, page = {
        "html": ("<h1>绩效反馈表</h1>", ".paper + .paper { break-before: page;"),
        "markdown": ("# 绩效反馈表", '<div style="break-before: page"></div>'),
    }[form]
    assert text.count(title) == 8
    assert text.count(page) == {"html": 1, "markdown": 7}[form]
    # It is left where somebody wrote into it, as any statement is.
    path.write_text(text + "x", "utf-8")
    assert (
        run("feedback", results, "--together", "--format", form, "--out", tmp_path).exit_code == 2
    )


def test_one_person_is_not_bound_together(results: Path) -> None:
    done = run("feedback", results, "E001", "--together")
    assert done.exit_code != 0
    assert "--together 生成所有人的反馈表" in done.stderr


def test_without_out_the_folder_stands_beside_the_results(results: Path) -> None:
    done = run("feedback", results, "E001", "--format", "docx")
    assert done.exit_code == 0
    names = {path.name for path in results.with_name("2024Q3-feedback").iterdir()}
    assert names == {"E001-示例员工01.docx", "manifest.json"}


def test_nothing_is_written_into_the_results(results: Path) -> None:
    for out in (results, results / "feedback", results / ".." / "2024Q3" / "x"):
        done = run("feedback", results, "--out", out)
        assert done.exit_code == 2
        assert "[feedback-in-results]" in done.stderr
    assert not (results / "feedback").exists()


def test_what_somebody_filled_in_is_left(results: Path, tmp_path: Path) -> None:
    run("feedback", results, "--out", tmp_path)
    filled = tmp_path / "E002-示例员工02.md"
    filled.write_text(
        filled.read_text("utf-8").replace("面谈日期：", "面谈日期：10 月 12 日"), "utf-8"
    )
    (tmp_path / "E003-示例员工03.md").write_text("notes", "utf-8")
    (tmp_path / "E004-示例员工04.md").write_text("", "utf-8")
    done = run("feedback", results, "--out", tmp_path)
    assert done.exit_code == 2
    assert done.stderr.count("[statement-changed]") == 3
    assert "已写入 5 份" in done.stderr
    assert "10 月 12 日" in filled.read_text("utf-8")
    assert (tmp_path / "E003-示例员工03.md").read_text("utf-8") == "notes"
    done = run("feedback", results, "--out", tmp_path, "--force")
    assert done.exit_code == 0
    assert "10 月 12 日" not in filled.read_text("utf-8")


def test_an_earlier_statement_that_nobody_touched_is_replaced(
    results: Path, tmp_path: Path
) -> None:
    assert (
        run("feedback", results, "--format", "docx", "--out", tmp_path, "--lang", "en").exit_code
        == 0
    )
    done = run("feedback", results, "--format", "docx", "--out", tmp_path)
    assert done.exit_code == 0
    head = (
        docx.Document(str(tmp_path / "E001-示例员工01.docx")).sections[0].header.paragraphs[0].text
    )
    assert head.endswith("保密")


def test_a_link_is_not_followed(results: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.md"
    target.write_text("mine", "utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "E001-示例员工01.md").symlink_to(target)
    done = run("feedback", results, "E001", "--out", tmp_path / "out", "--force")
    assert done.exit_code == 2
    assert target.read_text("utf-8") == "mine"


def test_who_is_not_there_and_who_has_no_result(results: Path, tmp_path: Path) -> None:
    done = run("feedback", results, "E0033")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "[no-record]" in done.stderr
    done = run("feedback", tmp_path, "E003")
    assert done.exit_code == 2
    assert "[not-a-result-folder]" in done.stderr


def test_a_person_without_a_result_has_a_reason_and_the_others_their_statements(
    tmp_path: Path,
) -> None:
    cycle = write_cycle(tmp_path)
    actuals = cycle / "actuals.csv"
    actuals.write_text(actuals.read_text("utf-8").replace("E003,,cac,5000,\n", ""), "utf-8")
    results = tmp_path / "results"
    assert run("evaluate", cycle, "--out", results).exit_code == 5
    done = run("feedback", results, "E003")
    assert done.exit_code == 2
    assert "[no-trace]" in done.stderr
    assert "获客成本" in done.stderr
    assert run("feedback", results, "--out", tmp_path / "out").exit_code == 0
    assert not (tmp_path / "out" / "E003-示例员工03.md").exists()
    assert (tmp_path / "out" / "E001-示例员工01.md").exists()


def test_a_changed_record_is_no_ground_for_a_statement(results: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in results.rglob("*"):
        if path.is_file():
            into = copy / path.relative_to(results)
            into.parent.mkdir(exist_ok=True)
            into.write_bytes(path.read_bytes())
    traces = copy / "traces.jsonl"
    traces.write_text(traces.read_text("utf-8").replace('"total":"9', '"total":"8', 1), "utf-8")
    done = run("feedback", copy)
    assert done.exit_code == 2
    assert "[damaged-record]" in done.stderr


def test_without_python_docx_the_finding_says_what_to_install(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    done = run("feedback", results, "--format", "docx", "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "perfrules[docx]" in done.stderr
    assert not (tmp_path / "out").exists()
