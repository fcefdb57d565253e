"""The sheets of appraisals.xlsx: who stands where, in which language, and how they are printed."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from workbook_reading import column_of, parts_of, rows_of, sheets_of

from perfrules.codes.code import Language
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.model.cycle_result import CycleResult
from perfrules.papers.workbook.write_workbook import write_workbook
from perfrules.records.verify import verify
from perfrules.records.write import write_results

EXAMPLE = Path(__file__).parent.parent.parent / "examples/2024Q3"
CHINESE = re.compile("[\u3400-\u9fff]")

NAMES: dict[Language, list[str]] = {
    "zh": ["概览", "考核结果", "组织结果", "指标得分", "组织指标得分", "未出结果", "组织未出结果",
           "未生效的变更", "说明"],
    "en": ["Overview", "Results", "Unit results", "Scores", "Unit scores", "No result",
           "Units without result", "Not applied", "Notes"],
}  # fmt: skip


@pytest.fixture(scope="module")
def result() -> CycleResult:
    return evaluate_cycle(EXAMPLE)


@pytest.fixture(scope="module")
def made(result: CycleResult, tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Path]:
    out: dict[Language, Path] = {}
    for language in NAMES:
        out[language] = tmp_path_factory.mktemp(language) / "results"
        written, findings = write_results(result, out[language], language)
        assert written is not None
        assert not findings.errors
    return out


def written(result: CycleResult, folder: Path, language: Language = "zh") -> Any:
    """The workbook alone, read again."""
    with (folder / "book.xlsx").open("wb") as file:
        write_workbook(result, file, folder, language, {})
    assert {path.name for path in folder.iterdir()} == {"book.xlsx"}
    return openpyxl.load_workbook(folder / "book.xlsx")


def test_people_and_units_stand_on_sheets_of_their_own(made: dict[Language, Path]) -> None:
    book, rows = sheets_of(made["zh"]), rows_of(made["zh"] / "appraisals.csv")
    assert book.sheetnames == NAMES["zh"]
    people = [row["person_id"] for row in rows if row["kind"] == "person"]
    units = [row["person_id"] for row in rows if row["kind"] != "person"]
    assert column_of(book["考核结果"], "工号") == [*people, "合计"]
    assert column_of(book["组织结果"], "编号") == units == ["D100", "P301", "T101"]
    assert column_of(book["组织结果"], "类别") == ["部门", "项目", "团队"]
    assert set(column_of(book["指标得分"], "工号")) == set(people)
    assert set(column_of(book["组织指标得分"], "编号")) == set(units)
    rejected = rows_of(made["zh"] / "rejected.csv")
    for sheet, title, kinds in (
        ("未出结果", "工号", {"person"}), ("组织未出结果", "编号", {"team"}),
    ):  # fmt: skip
        wanted = [row["person_id"] for row in rejected if row["what"] in kinds]
        assert column_of(book[sheet], title) == wanted != []


def test_the_figures_are_those_of_the_table(made: dict[Language, Path]) -> None:
    sheet = sheets_of(made["zh"])["考核结果"]
    rows = [row for row in rows_of(made["zh"] / "appraisals.csv") if row["kind"] == "person"]
    heads = [cell.value for cell in sheet[1]]
    total, paid = heads.index("总分"), heads.index("奖金合计")
    last = heads.index("奖项")
    assert rows[0]["person_id"] == "00123"
    for cells, row in zip(sheet.iter_rows(min_row=2), rows, strict=False):
        assert cells[total].data_type == cells[paid].data_type == "n"
        assert Decimal(str(cells[total].value)) == Decimal(row["total"])
        assert cells[heads.index("等级")].value == row["grade"]
        assert Decimal(str(cells[paid].value)) == Decimal(row["pay_total"])
        parts = [Decimal(row[name]) for name in row if name.startswith("pay.") and row[name]]
        seen = [Decimal(str(one.value)) for one in cells[paid + 1 : last] if one.value is not None]
        assert sorted(seen) == sorted(parts)
        assert sum(seen) == Decimal(row["pay_total"])


def test_each_kind_of_pay_has_its_sum_below(made: dict[Language, Path]) -> None:
    sheet = sheets_of(made["zh"])["考核结果"]
    rows = [row for row in rows_of(made["zh"] / "appraisals.csv") if row["kind"] == "person"]
    sums = [cell for cell in sheet[sheet.max_row] if cell.value is not None][1:]
    wanted = {
        name: sum(Decimal(row[name] or "0") for row in rows) for name in rows[0] if "pay" in name
    }
    assert all(cell.data_type == "n" for cell in sums)  # a formula's stored value could lie
    seen = sorted(Decimal(str(cell.value)) for cell in sums)
    some = sorted(value for name, value in wanted.items() if any(row[name] for row in rows))
    assert seen == some
    assert max(seen) == wanted["pay_total"] > 0
    # The filter leaves the sums alone.
    assert sheet.auto_filter.ref.endswith(str(sheet.max_row - 1))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_column_is_empty_for_everybody(made: dict[Language, Path], language: Language) -> None:
    looked = 0
    for sheet in sheets_of(made[language]).worksheets[1:]:
        for column in sheet.iter_cols():
            looked += 1
            assert column[0].value, sheet.title
            assert any(cell.value is not None for cell in column[1:]), (
                sheet.title,
                column[0].value,
            )
    assert looked > 60


def test_a_column_that_somebody_fills_is_there(result: CycleResult, tmp_path: Path) -> None:
    bare = [
        replace(one, name="", team="", awards={}, follow_ups={}, vetoed={})
        for one in result.complete
        if one.kind == "person"
    ]
    book = written(replace(result, judged=tuple(bare)), tmp_path)
    heads = [cell.value for cell in book["考核结果"][1]]
    assert not {"姓名", "团队", "奖项", "后续跟进", "一票否决"} & set(heads)
    assert {"工号", "部门", "总分", "奖金合计"} <= set(heads)
    bare[-1] = replace(bare[-1], team="一组")
    heads = [
        cell.value for cell in written(replace(result, judged=tuple(bare)), tmp_path)["考核结果"][1]
    ]
    assert "团队" in heads


def test_everything_is_in_the_one_language(made: dict[Language, Path]) -> None:
    english, chinese = sheets_of(made["en"]), sheets_of(made["zh"])
    assert english.sheetnames == NAMES["en"]
    assert [one.dimensions for one in english.worksheets[1:]] == [
        one.dimensions for one in chinese.worksheets[1:]
    ]
    for sheet in english.worksheets:
        assert not CHINESE.search(sheet.title)
        for cell in sheet[1]:
            assert not CHINESE.search(str(cell.value or "")), cell.value
    for sheet in chinese.worksheets:
        for cell in sheet[1]:
            # The first row of the overview is its title.
            assert cell.value is None or CHINESE.search(str(cell.value)), (sheet.title, cell.value)
    roles = {row["person_id"]: row["role"] for row in rows_of(made["en"] / "appraisals.csv")}
    for code, role in zip(
        column_of(english["Results"], "ID"), column_of(english["Results"], "Role"), strict=True
    ):
        assert code == "Total" or (code in roles and not CHINESE.search(role))
    for what in ("Reason", "What to do"):
        reasons = column_of(english["No result"], what)
        assert all(re.match("[`a-z0-9]", text) for text in reasons), reasons
    assert all(CHINESE.search(text) for text in column_of(chinese["未出结果"], "原因"))


@pytest.mark.parametrize("written_in", ["zh", "en"])
def test_whoever_verifies_in_another_language_finds_nothing(
    made: dict[Language, Path], written_in: Language
) -> None:
    found = verify(made[written_in], EXAMPLE)
    assert [one.message("zh") + one.message("en") for one in found] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sheet_is_set_for_a4(made: dict[Language, Path], language: Language) -> None:
    title = {
        "zh": "2024年第三季度绩效考核 · 结果",
        "en": "Appraisal, third quarter of 2024 · Results",
    }
    wide = set()
    for sheet in sheets_of(made[language]).worksheets:
        page = sheet.page_setup
        assert page.paperSize == 9, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (page.fitToWidth or 1, page.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.oddHeader.left.text.strip() == title[language]
        assert sheet.oddHeader.right.text.strip() == sheet.title
        assert sheet.oddFooter.center.text.strip() == "&P / &N"
        assert sheet.freeze_panes is not None
        if page.orientation == "landscape":
            wide.add(sheet.title)
    first, second, *_, last = NAMES[language]
    assert second in wide
    assert not {first} & wide
    for sheet in sheets_of(made[language]).worksheets[1:]:
        assert sheet.auto_filter.ref.startswith("A1:"), sheet.title
    assert last


def test_a_header_says_what_the_title_says(tmp_path: Path, result: CycleResult) -> None:
    assert result.cycle is not None
    for id_, shown in (
        ("R&D 2024", "R&&D 2024"), ("2024Q3", "2024Q3"), ("&9", "&&9"), ("x" * 400, "x" * 109),
        ("&" * 400, "&" * 108),
    ):  # fmt: skip
        cycle = replace(result.cycle, id=id_, title=None)
        written(replace(result, cycle=cycle), tmp_path)
        (tmp_path / "book.xlsx").rename(tmp_path / "appraisals.xlsx")
        sheet = parts_of(tmp_path)["xl/worksheets/sheet2.xml"]
        (tmp_path / "appraisals.xlsx").unlink()
        header = re.search("<oddHeader>(.*?)</oddHeader>", sheet)
        assert header, id_
        text = header[1].replace("&amp;", "&")
        assert text.startswith(f"&L&9 {shown}"), text
        assert len(text) <= 255


def test_a_figure_of_too_many_digits_is_a_text(result: CycleResult, tmp_path: Path) -> None:
    people = [one for one in result.complete if one.kind == "person"]
    exact = replace(people[0], total=Decimal("123456789012345.67"))
    short = replace(people[1], total=Decimal("12345678901234.5"))
    paid = replace(people[2], pay_total=Decimal("99999999999999.99"))
    more = replace(people[3], pay_total=Decimal("0.02"))
    sheet = written(replace(result, judged=(exact, short, paid, more)), tmp_path)["考核结果"]
    heads = [cell.value for cell in sheet[1]]
    totals = [row[heads.index("总分")] for row in sheet.iter_rows(min_row=2)]
    assert (totals[0].data_type, totals[0].value) == ("s", "123456789012345.67")
    assert totals[1].data_type == "n"
    sums = sheet[sheet.max_row][heads.index("奖金合计")]
    known = sum(one.pay_total or Decimal(0) for one in (exact, short, paid, more))
    assert (sums.data_type, Decimal(sums.value)) == ("s", known)


def test_widths_fit_what_stands_in_the_columns(made: dict[Language, Path]) -> None:
    sheet = sheets_of(made["zh"])["考核结果"]
    heads = [cell.value for cell in sheet[1]]
    for title in ("工号", "姓名", "岗位", "部门", "考核方案"):
        column = heads.index(title)
        letter = sheet.cell(1, column + 1).column_letter
        longest = max(_width(str(text)) for text in column_of(sheet, title) if text)
        assert longest <= sheet.column_dimensions[letter].width <= longest + 12, title


def _width(text: str) -> int:
    return sum(2 if CHINESE.match(letter) else 1 for letter in text)
