"""What people open is held against the records, whatever the hashes say."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from forging import covered_up, field_of, small_results

from perfrules.diagnostics import Diagnostic
from perfrules.records.verify import verify


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return small_results(tmp_path_factory.mktemp("made"))


@pytest.fixture
def results(made: tuple[Path, Path], tmp_path: Path) -> Path:
    shutil.copytree(made[1].parent, tmp_path / "results")
    return tmp_path / "results" / made[1].name


def forge(results: Path, file: str, path: str) -> tuple[Diagnostic, ...]:
    """What is found when a digit of a field is another, and every hash made to fit."""
    (results / file).write_bytes(field_of(results, file, path).forge())
    covered_up(results)
    return verify(results)


def places(found: tuple[Diagnostic, ...]) -> set[tuple[str, str]]:
    return {(one.code, str(one.place).rpartition("/")[2]) for one in found}


def test_results_with_every_kind_of_file_are_right(made: tuple[Path, Path]) -> None:
    cycle, results = made
    assert verify(results, cycle) == ()
    assert {path.name for path in results.iterdir()} >= {
        "appraisals.xlsx", "appraisals.csv", "rejected.csv", "follow_ups.csv", "refused.csv",
        "deltas.csv", "groups.jsonl",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "path", "code", "place"),
    [
        ("appraisals.xlsx", "考核结果!H2", "cell-disagrees",
         "appraisals.xlsx[考核结果!H2]"),
        ("appraisals.xlsx", "考核结果!B2", "cell-disagrees",
         "appraisals.xlsx[考核结果!B2]"),
        ("appraisals.csv", "2:team", "cell-disagrees", "appraisals.xlsx[考核结果!D2]"),
        ("appraisals.csv", "2:role", "row-disagrees", "appraisals.csv"),
        ("rejected.csv", "2:reason_zh", "cell-disagrees", "rejected.csv:2 (G2)"),
        ("rejected.csv", "2:role", "row-disagrees", "rejected.csv"),
        ("follow_ups.csv", "2:due", "cell-disagrees", "follow_ups.csv:2 (I2)"),
        ("follow_ups.csv", "2:condition", "cell-disagrees", "follow_ups.csv:2 (J2)"),
        ("refused.csv", "2:place", "cell-disagrees",
         "appraisals.xlsx[未生效的变更!C2]"),
        ("refused.csv", "2:table", "row-disagrees", "refused.csv"),
        ("deltas.csv", "2:before", "cell-disagrees", "deltas.csv:2 (D2)"),
        ("deltas.csv", "3:change", "cell-disagrees", "deltas.csv:3 (F3)"),
    ],
)  # fmt: skip
def test_a_forged_digit_is_found_in_its_place(
    results: Path, file: str, path: str, code: str, place: str
) -> None:
    assert (code, place) in places(forge(results, file, path))


def test_a_place_of_the_policy_is_found_by_the_records_or_by_the_inputs(
    made: tuple[Path, Path], results: Path
) -> None:
    name = "policies/sales@1.places.json"
    assert "rejected-record" in {one.code for one in forge(results, name, "indicators.amount")}
    shutil.copy(made[1] / name, results / name)
    assert forge(results, name, "title.zh") == ()  # no record has it
    assert [one.code for one in verify(results, made[0])] == ["replay-differs"]


def edited(results: Path, change: Any) -> tuple[Diagnostic, ...]:
    from openpyxl import load_workbook

    path = results / "appraisals.xlsx"
    book = load_workbook(path)
    change(book)
    book.save(path)
    covered_up(results)
    return verify(results)


def test_a_workbook_that_was_saved_and_not_changed_is_right(results: Path) -> None:
    assert edited(results, lambda book: None) == ()


def test_a_formula_in_the_place_of_a_figure_is_found(results: Path) -> None:
    def formula(book: Any) -> None:
        book["考核结果"]["H2"] = "=7*1000"

    (found,) = edited(results, formula)
    assert (found.code, found.facts["found"]) == ("cell-disagrees", "=7*1000")


def test_a_number_format_that_hides_digits_is_found(results: Path) -> None:
    def rounded(book: Any) -> None:
        cell = next(one for one in book["考核结果"][2] if one.value == 610.39)
        cell.number_format = "0"

    (found,) = edited(results, rounded)
    assert found.code == "cell-disagrees"
    assert str(found.facts["found"]).endswith("(0)")


def test_what_lies_over_the_cells_is_found(results: Path) -> None:
    from openpyxl.comments import Comment

    def over(book: Any) -> None:
        book["考核结果"]["B2"].comment = Comment("实发 9000", "示例经理01")
        book["考核结果"].row_dimensions[3].hidden = True
        book.create_sheet("另一张").append(["E1", 9000])
        book["指标得分"].sheet_state = "hidden"

    found = edited(results, over)
    assert {one.code for one in found} == {"cell-disagrees", "workbook-differs"}
    parts = [str(one.facts["part"]) for one in found if one.code == "workbook-differs"]
    assert any("comment" in part for part in parts)
    assert any("3" in part and "隐藏" in part for part in parts)
    assert any("隐藏的工作表" in part for part in parts)


def repacked(results: Path, part: str, old: str, new: str) -> tuple[Diagnostic, ...]:
    """The workbook with a text of one of its parts replaced, which has to be there."""
    path = results / "appraisals.xlsx"
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert old in parts[part].decode()
    parts[part] = parts[part].decode().replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)
    covered_up(results)
    return verify(results)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/charts/chart1.xml", "中位数", "平均数"),
        ("xl/charts/chart1.xml", "$B$", "$C$"),
        ("xl/drawings/drawing1.xml", "</xdr:wsDr>",
         "<xdr:absoluteAnchor><xdr:sp><xdr:txBody/></xdr:sp></xdr:absoluteAnchor></xdr:wsDr>"),
    ],
)  # fmt: skip
def test_a_chart_that_says_something_else_is_found(
    results: Path, part: str, old: str, new: str
) -> None:
    (found,) = repacked(results, part, old, new)
    assert found.code == "workbook-differs"


def test_what_another_program_adds_to_a_chart_is_no_forgery(results: Path) -> None:
    path = results / "appraisals.xlsx"
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("xl/charts/style1.xml", "<style/>")
        book.writestr("xl/drawings/drawing2.xml", "<wsDr/>")
    covered_up(results)
    assert verify(results) == ()


def test_another_chart_is_found(results: Path) -> None:
    from openpyxl.chart import BarChart, Reference

    def added(book: Any) -> None:
        chart = BarChart()
        chart.add_data(Reference(book["考核结果"], min_col=7, min_row=1, max_row=3))
        book["概览"].add_chart(chart, "A1")

    assert [one.code for one in edited(results, added)] == ["workbook-differs"]


def test_a_workbook_whose_language_is_not_named_is_not_believed(results: Path) -> None:
    path = results / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    del manifest["language"]
    path.write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")
    covered_up(results)
    assert [one.code for one in verify(results)] == ["workbook-differs"]


def test_a_workbook_that_is_none_is_said_to_be_none(results: Path) -> None:
    (results / "appraisals.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    covered_up(results)
    assert [one.code for one in verify(results)] == ["workbook-differs"]


def test_a_table_left_out_with_its_entry_is_missed(results: Path) -> None:
    for name, code in (
        ("follow_ups.csv", "missing-output"),
        ("refused.csv", "cell-disagrees"),  # of the workbook, which tells the same
        ("deltas.csv", "missing-output"),
    ):
        path = results / "manifest.json"
        before, data = path.read_bytes(), (results / name).read_bytes()
        manifest = json.loads(before)
        manifest["outputs"] = [one for one in manifest["outputs"] if one["path"] != name]
        path.write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")
        (results / name).unlink()
        covered_up(results)
        assert code in {one.code for one in verify(results)}, name
        path.write_bytes(before)
        (results / name).write_bytes(data)


def test_without_the_run_that_is_revised_the_deltas_are_said_to_be_unchecked(
    results: Path,
) -> None:
    shutil.rmtree(results.parent / "2024Q3")
    assert [(one.code, one.severity) for one in verify(results)] == [
        ("deltas-unchecked", "warning")
    ]
