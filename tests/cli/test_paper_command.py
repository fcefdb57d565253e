"""`perfrules paper`: which papers there are, for whom, where they go, and that they are bound."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import main
from perfrules.papers.paper.laid_out import SUFFIXES
from perfrules.papers.paper.mark import marked
from perfrules.records.manifest import manifest_json
from perfrules.records.papers.asked import KINDS
from perfrules.records.seals import seal

EXAMPLE = Path(__file__).parents[2] / "examples" / "2024Q3"
DAY = ("--on", "2024-11-20")


def run(*words: object, lang: str = "zh") -> Result:
    return CliRunner(env={"PERFRULES_LANG": lang}).invoke(main, [*map(str, words)])


def cycle_in(folder: Path) -> Path:
    """The example, where nothing else lies."""
    shutil.copytree(EXAMPLE, folder / "2024Q3")
    cycle = folder / "2024Q3" / "cycle.yaml"
    shutil.copytree(EXAMPLE.parents[1] / "policies", folder / "policies")
    text = cycle.read_text("utf-8").replace("../../policies", "../policies")
    cycle.write_text(text, "utf-8")
    return folder / "2024Q3"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cycle and its results, as they lie on a disk."""
    folder = tmp_path_factory.mktemp("made")
    cycle = cycle_in(folder)
    assert run("evaluate", cycle, "--out", folder / "results/2024Q3", "--quiet").exit_code == 5
    return folder


def source(made: Path, kind: str) -> Path:
    return made / ("2024Q3" if KINDS[kind].of == "cycle" else "results/2024Q3")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", SUFFIXES)
def test_every_paper_comes_in_every_layout_and_is_verified(
    made: Path, tmp_path: Path, kind: str, lang: str, form: str
) -> None:
    words = (
        *(DAY if kind == "tracking" else ()),
        *(("--for", "E1012") if KINDS[kind].each else ()),
    )
    out = tmp_path / "papers"
    done = run("paper", kind, source(made, kind), "--format", form, "--out", out, *words, lang=lang)
    assert (done.exit_code, done.stdout) == (0, ""), done.output
    (path,) = (one for one in out.iterdir() if one.name != "manifest.json")
    assert path.name.startswith(kind) and path.suffix == SUFFIXES[form]
    found = run("verify", out, "--results", made / "results/2024Q3", "--inputs", made / "2024Q3")
    assert found.exit_code == 0, found.output
    assert "其中 1 份重新生成后相同" in found.output


def edit_number(path: Path) -> None:
    """Another figure where one stands, saved by a program for such files."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        cells = [one for row in book.worksheets[0].iter_rows() for one in row]
        cell = next(one for one in cells if isinstance(one.value, int | float))
        cell.value = 7654321
        book.save(path)
    elif path.suffix == ".docx":
        document = docx.Document(str(path))
        runs = [
            run for table in document.tables for row in table.rows for cell in row.cells
            for paragraph in cell.paragraphs for run in paragraph.runs
        ]  # fmt: skip
        run_ = next(one for one in runs if re.search(r"\d,\d{3}", one.text))
        run_.text = "7,654,321"
        document.save(str(path))
    else:
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"\d,\d{3}", "7,654", text, count=1), "utf-8")


@pytest.mark.parametrize("form", SUFFIXES)
@pytest.mark.parametrize("kind", ["payout", "breakdown"])
def test_a_figure_that_was_edited_is_found(
    made: Path, tmp_path: Path, kind: str, form: str
) -> None:
    out = tmp_path / "papers"
    run("paper", kind, source(made, kind), "--format", form, "--out", out)
    (path,) = (one for one in out.iterdir() if one.name != "manifest.json")
    edit_number(path)
    found = run("verify", out, "--results", made / "results/2024Q3", "--inputs", made / "2024Q3")
    assert (found.exit_code, "[edited-statement]" in found.output) == (6, True)
    # What was edited is not written over by the way.
    again = run("paper", kind, source(made, kind), "--format", form, "--out", out)
    assert (again.exit_code, "[statement-changed]" in again.output) == (2, True)


@pytest.mark.parametrize("kind", ["payout", "strategy"])
def test_a_figure_is_found_although_all_digests_were_made_to_fit(
    made: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "papers"
    run("paper", kind, source(made, kind), "--format", "markdown", "--out", out)
    (path,) = (one for one in out.iterdir() if one.name != "manifest.json")
    lines = path.read_text("utf-8").splitlines(keepends=True)[:-1]
    path.write_text(marked(re.sub(r"\d,\d{3}", "7,654", "".join(lines), count=1)), "utf-8")
    manifest = out / "manifest.json"
    node = json.loads(manifest.read_text("utf-8"))
    data = path.read_bytes()
    node["papers"][0].update(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    node["digest"] = seal(node)
    manifest.write_text(manifest_json(node), "utf-8")
    found = run("verify", out, "--results", made / "results/2024Q3", "--inputs", made / "2024Q3")
    assert (found.exit_code, "[statement-differs]" in found.output) == (6, True), found.output


def test_papers_of_a_cycle_find_it_where_it_lies_and_tell_when_it_changed(tmp_path: Path) -> None:
    cycle = cycle_in(tmp_path)
    out = tmp_path / "papers"
    run("paper", "actions", cycle, "--out", out)
    assert run("verify", out).exit_code == 0
    people = cycle / "people.csv"
    people.write_bytes(people.read_bytes() + b"E1099,x,sales,,,,,,,\n")
    found = run("verify", out)
    assert (found.exit_code, "[other-inputs]" in found.output) == (6, True)
    shutil.move(cycle, tmp_path / "elsewhere")
    gone = run("verify", out)
    assert (gone.exit_code, "[cycle-not-found]" in gone.output) == (0, True)
    assert "其中 0 份" in gone.output


def test_papers_of_both_lie_in_one_folder(made: Path, tmp_path: Path) -> None:
    out = tmp_path / "papers"
    run("paper", "strategy", made / "2024Q3", "--out", out)
    run("paper", "payout", made / "results/2024Q3", "--out", out)
    run("paper", "payout", made / "results/2024Q3", "--layout", "payroll", "--out", out)
    found = run("verify", out, "--results", made / "results/2024Q3")
    assert (found.exit_code, "其中 3 份重新生成后相同" in found.output) == (0, True)


def test_for_a_team_each_of_its_people_has_a_paper(made: Path, tmp_path: Path) -> None:
    for whom in ("T101", "直销组"):
        out = tmp_path / whom
        done = run("paper", "appraisal", made / "results/2024Q3", "--for", whom, "--out", out)
        assert done.exit_code == 0
        names = {one.name for one in out.iterdir()} - {"manifest.json"}
        assert names == {
            f"appraisal-{one}.docx"
            for one in (
                "T101-直销组", "00123-示例员工02", "E1001-示例员工01", "E1003-示例员工03",
                "E1004-示例员工04", "E1005-示例员工05", "E1006-示例员工06", "E1007-示例员工07",
            )
        }  # fmt: skip


def test_everybody_in_one_file_begins_a_page_each(made: Path, tmp_path: Path) -> None:
    words = ("--together", "--format", "docx", "--out", tmp_path)
    done = run("paper", "appraisal", made / "results/2024Q3", *words)
    assert done.exit_code == 0
    document = docx.Document(str(tmp_path / "appraisal-目标评估与绩效表.docx"))
    assert len(document.sections) == 38
    assert all(one.page_width > one.page_height for one in document.sections)
    assert run("verify", tmp_path, "--results", made / "results/2024Q3").exit_code == 0


def test_a_paper_is_printed_where_a_dash_is_named(made: Path) -> None:
    done = run("paper", "strategy", made / "2024Q3", "--format", "markdown", "--out", "-")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("# 营销部门战略目标承接表")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("payout", "2024Q3"), "paper-of-results"),
        (("strategy", "results/2024Q3"), "paper-of-cycle"),
        (("strategy", "nowhere"), "paper-of-cycle"),
        (("payout", "nowhere"), "not-a-result-folder"),
        (("appraisal", "results/2024Q3", "--for", "E9999"), "nobody-meant"),
        (("change", "2024Q3", "--for", "华南组"), "nobody-meant"),
        (("appraisal", "results/2024Q3", "--for", "E1008"), "no-trace"),
        (("payout", "results/2024Q3", "--out", "results/2024Q3/papers"), "feedback-in-results"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_said(made: Path, words: tuple[str, ...], code: str) -> None:
    kind, path, *more = words
    paths = [made / one if one.startswith("results/") else one for one in more]
    done = run("paper", kind, made / path, *paths)
    assert (done.exit_code, f"[{code}]" in done.stderr) == (2, True), done.output
    assert "Traceback" not in done.output


def test_without_requests_there_is_no_paper_but_an_empty_form(tmp_path: Path) -> None:
    cycle = cycle_in(tmp_path)
    (cycle / "target_changes.csv").unlink()
    done = run("paper", "change", cycle, "--out", tmp_path / "x")
    assert (done.exit_code, "[no-paper]" in done.stderr) == (2, True)
    assert "--layout blank" in done.stderr
    done = run(
        "paper", "change", cycle, "--layout", "blank", "--for", "E1001", "--out", tmp_path / "x"
    )
    assert done.exit_code == 0


def test_a_cycle_without_targets_has_no_paper_of_them(tmp_path: Path) -> None:
    cycle = cycle_in(tmp_path)
    (cycle / "targets.yaml").unlink()
    for kind in ("strategy", "breakdown", "actions"):
        done = run("paper", kind, cycle, "--out", tmp_path / "x")
        assert (done.exit_code, "[file-not-found]" in done.stderr) == (2, True), done.output


@pytest.mark.parametrize(
    "words",
    [
        ("--layout", "payroll"), ("--on", "2024-09-30"), ("--together",),
        ("--format", "docx", "--out", "-"),
    ],
)  # fmt: skip
def test_options_of_other_papers_are_refused(made: Path, words: tuple[str, ...]) -> None:
    done = run("paper", "strategy", made / "2024Q3", *words)
    assert done.exit_code != 0
    assert done.stdout == ""


def test_a_day_that_is_none_is_said(made: Path) -> None:
    done = run("paper", "tracking", made / "2024Q3", "--on", "30.9.2024")
    assert done.exit_code != 0
    assert "30.9.2024" in done.stderr


def test_what_was_signed_before_stays_when_the_actuals_come_in(tmp_path: Path) -> None:
    cycle = cycle_in(tmp_path)
    actuals = cycle / "actuals.csv"
    head, *rows = actuals.read_bytes().splitlines(keepends=True)
    actuals.write_bytes(b"".join((head, *rows[:20])))
    out = tmp_path / "papers"
    for kind in ("confirmation", "handbook"):
        done = run("paper", kind, cycle, "--format", "markdown", "--for", "渠道组", "--out", out)
        assert done.exit_code == 0, done.output
    actuals.write_bytes(b"".join((head, *rows)))
    events = cycle / "events.csv"
    events.write_bytes(events.read_bytes() + b"E1012,initiative,1,,\n")
    found = run("verify", out)
    assert found.exit_code == 0, found.output
    targets = cycle / "targets.yaml"
    text = targets.read_text("utf-8")
    assert "E1012: {target: 800000}" in text
    targets.write_text(text.replace("E1012: {target: 800000}", "E1012: {target: 810000}"), "utf-8")
    changed = run("verify", out)
    assert (changed.exit_code, "confirmation-E1012" in changed.output) == (6, True), changed.output
    assert changed.output.count("[statement-differs]") == 1
