"""Statements have a manifest of their own, and `verify` holds them against the results."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import main
from perfrules.papers.paper.mark import marked
from perfrules.records.manifest import manifest_json
from perfrules.records.seals import seal

STARTER = Path(__file__).parents[2] / "perfrules/starter"


def run(*words: object, lang: str = "zh") -> Result:
    return CliRunner(env={"PERFRULES_LANG": lang}).invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    run("evaluate", folder / "2024Q3", "--out", folder / "results/2024Q3", "--quiet")
    return folder


@pytest.fixture
def results(made: Path, tmp_path: Path) -> Path:
    """The results, with statements beside them."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    assert run("feedback", tmp_path / "results/2024Q3").exit_code == 0
    return tmp_path / "results/2024Q3"


def beside(results: Path) -> Path:
    return results.with_name(f"{results.name}-feedback")


def forge(statement: Path, old: str, new: str) -> None:
    """Another digit, with the statement's mark and every digest of the manifest made to fit."""
    text = statement.read_text("utf-8")
    assert old in text
    body = "".join(text.splitlines(keepends=True)[:-1]).replace(old, new)
    statement.write_text(marked(body), "utf-8")
    path = statement.parent / "manifest.json"
    node = json.loads(path.read_text("utf-8"))
    for one in node["papers"]:
        data = (statement.parent / one["path"]).read_bytes()
        one["sha256"], one["size"] = hashlib.sha256(data).hexdigest(), len(data)
    node["digest"] = seal(node)
    path.write_text(manifest_json(node), "utf-8")


def test_statements_that_the_results_give_are_right(results: Path) -> None:
    for form in ("markdown", "html", "docx"):
        assert run("feedback", results, "--format", form).exit_code == 0
    assert run("feedback", results, "--together").exit_code == 0
    found = run("verify", beside(results))
    assert found.exit_code == 0, found.output
    assert "其中 10 份重新生成后相同" in found.output
    assert "完好，但未签名" in found.output
    assert run("verify", results).exit_code == 0, "the results are as they were"


def test_an_edited_a_missing_and_a_strange_statement_are_named(results: Path) -> None:
    folder = beside(results)
    first, second = folder / "E001-示例员工01.md", folder / "E002-示例员工02.md"
    first.write_bytes(first.read_bytes() + b"signed: yes\n")
    second.unlink()
    (folder / "E009.md").write_text("# ...\n", "utf-8")
    found = run("verify", folder)
    assert found.exit_code == 6
    assert (
        "E001-示例员工01.md: 错误：文件 `E001-示例员工01.md` 写出之后有人改过 [edited-statement]"
        in found.output
    )
    assert "文件夹中缺少 `E002-示例员工02.md` [missing-output]" in found.output
    assert "`E009.md` 不在 manifest.json 中 [extra-output]" in found.output


def test_a_forged_digit_is_found_by_the_results_whatever_the_digests_say(results: Path) -> None:
    folder = beside(results)
    forge(folder / "E001-示例员工01.md", "2024-09-30", "2024-09-29")
    found = run("verify", folder)
    assert found.exit_code == 6
    assert "的内容与重新生成的 `E001` 的文件不同 [statement-differs]" in found.output


def test_statements_of_an_earlier_evaluation_are_told_apart(results: Path, tmp_path: Path) -> None:
    actuals = tmp_path / "2024Q3/actuals.csv"
    actuals.write_text(actuals.read_text("utf-8").replace("412,000", "402,000"), "utf-8")
    run("evaluate", tmp_path / "2024Q3", "--out", results, "--quiet")
    for words in ((), ("--results", results)):
        found = run("verify", beside(results), *words)
        assert (found.exit_code, "[other-results]" in found.output) == (6, True)
    assert run("feedback", results).exit_code == 0
    assert run("verify", beside(results)).exit_code == 0


def test_statements_alone_are_said_to_be_uncompared(results: Path, tmp_path: Path) -> None:
    folder = Path(shutil.move(beside(results), tmp_path / "alone"))
    found = run("verify", folder)
    assert (found.exit_code, "[results-not-beside]" in found.output) == (0, True)
    assert "其中 0 份" in found.output
    named = run("verify", folder, "--results", results)
    assert (named.exit_code, "其中 3 份" in named.output) == (0, True)


def test_results_that_were_changed_prove_nothing(results: Path) -> None:
    table = results / "appraisals.csv"
    table.write_bytes(table.read_bytes().replace("示例员工01".encode(), "示例员工09".encode()))
    found = run("verify", beside(results))
    assert (found.exit_code, "[changed-output]" in found.output) == (6, True)


def test_one_persons_statement_joins_the_others(results: Path) -> None:
    folder = beside(results)
    assert run("feedback", results, "E001", "--out", folder, "--format", "html").exit_code == 0
    assert run("verify", folder).exit_code == 0
    node = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert [one["path"] for one in node["papers"]] == [
        "E001-示例员工01.html", "E001-示例员工01.md", "E002-示例员工02.md", "E003-示例员工03.md",
    ]  # fmt: skip


def test_statements_are_signed_and_the_signature_is_checked(results: Path, tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    folder, key = beside(results), tmp_path / "hr"
    run("keygen", key)
    # Those of the unsigned run were written by nobody knows whom: all are written again.
    assert run("feedback", results, "--sign", key).exit_code == 0
    assert run("verify", folder, "--signed-by", f"{key}.pub").exit_code == 0
    before = (folder / "manifest.json.sig").read_bytes()
    assert run("feedback", results, "E001", "--out", folder, "--sign", key).exit_code == 0
    assert (folder / "manifest.json.sig").read_bytes() == before
    forge(folder / "E001-示例员工01.md", "2024-09-30", "2024-09-29")
    alone = Path(shutil.copytree(folder, tmp_path / "alone"))
    found = run("verify", alone, "--signed-by", f"{key}.pub")
    assert (found.exit_code, "[wrong-signature]" in found.output) == (6, True)
    # What was forged is not signed by the way.
    assert run("feedback", results, "E002", "--out", alone, "--sign", key).exit_code == 0
    found = run("verify", alone, "--signed-by", f"{key}.pub")
    assert (found.exit_code, "`E001-示例员工01.md` 不在 manifest.json 中" in found.output) == (
        6,
        True,
    )
    assert run("feedback", results).exit_code == 0
    assert not (folder / "manifest.json.sig").exists(), "nobody signed this run"


@pytest.mark.parametrize("text", ["", "{}", '{"format": "perfrules-statements/1"}', "[" * 9999])
def test_a_manifest_that_is_none_is_no_stumbling_block(results: Path, text: str) -> None:
    (beside(results) / "manifest.json").write_text(text, "utf-8")
    assert run("verify", beside(results)).exit_code == 6
    assert run("feedback", results).exit_code == 0
    assert run("verify", beside(results)).exit_code == 0


def test_options_of_the_other_kind_of_folder_are_refused(results: Path, tmp_path: Path) -> None:
    for words in (
        ("verify", beside(results), "--odd"),
        ("verify", results, "--results", results),
    ):
        found = run(*words)
        assert found.exit_code != 0
        assert "用于" in found.output
