"""Cycles that keep their data otherwise: wide tables, segments, other notations, workbooks."""

import csv
import shutil
from pathlib import Path
from typing import Any

import pytest
from made_cycle import change, fill_in, of_person, run, send, write_cycle
from openpyxl import load_workbook

from perfrules.cycle.evaluate_cycle import evaluate_cycle

ROOT = Path(__file__).parents[2]


def table(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return [*csv.DictReader(file)]


def returned(cycle: Path, tmp_path: Path, values: dict[tuple[str, str], object]) -> Path:
    """The form of E001 with values, in a folder of its own."""
    form = send(cycle, "person", tmp_path / "sent")["E001"]
    (tmp_path / "back").mkdir()
    fill_in(form, values, tmp_path / "back" / "a.xlsx")
    return tmp_path / "back"


def test_figures_go_into_the_wide_table_that_has_the_rest(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 2)
    head = "工号,姓名,销售额 目标,销售额,回款率,服务质量\n"
    rows = "E001,示例员工01,100000,,,\nE002,示例员工02,90000,80000,95%,优秀\n"
    (cycle / "actuals.sales.csv").write_text(head + rows, "utf-8")
    back = returned(cycle, tmp_path, {("销售额", "实际值"): 71000, ("回款率", "实际值"): 0.915})
    done = run("collect", back, cycle)
    assert done.exit_code == 0, done.output
    assert "actuals.sales.csv: rows added 0, cells filled 2" in done.output
    text = (cycle / "actuals.sales.csv").read_text("utf-8")
    assert text == head + "E001,示例员工01,100000,71000,91.5%,\n" + rows.split("\n")[1] + "\n"
    assert not (cycle / "actuals.csv").exists()
    assert not [one for one in evaluate_cycle(cycle).rejected if "duplicate" in str(one.reasons)]


def test_a_cycle_that_writes_commas_gets_commas(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 1)
    setting = cycle / "cycle.yaml"
    setting.write_text(
        setting.read_text("utf-8") + 'numbers: {decimal: ",", thousands: "."}\n', "utf-8"
    )
    (cycle / "actuals.csv").write_text(
        'person_id;indicator;actual;target\nE001;amount;;"100.000,50"\n', "utf-8"
    )
    values = {("销售额", "实际值"): 71000.25, ("回款率", "实际值"): 0.925}
    done = run("collect", returned(cycle, tmp_path, values), cycle)
    assert done.exit_code == 0, done.output
    lines = (cycle / "actuals.csv").read_text("utf-8").splitlines()
    assert lines[1:] == ["E001;amount;71000,25;100.000,50", "E001;rate;92,5%;"]
    judged = evaluate_cycle(cycle)
    assert not [one for one in judged.unattached if one.severity == "error"]


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8", "utf-8-sig"])
def test_a_table_keeps_its_encoding(tmp_path: Path, encoding: str) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 1)
    separator = "\t" if encoding == "utf-16" else ","
    row = separator.join(("工号", "指标", "实际值"))
    (cycle / "actuals.csv").write_bytes(f"{row}\r\n".encode(encoding))
    done = run("collect", returned(cycle, tmp_path, {("销售额", "实际值"): 5}), cycle)
    assert done.exit_code == 0, done.output
    data = (cycle / "actuals.csv").read_bytes()
    expected = separator.join(("E001", "amount", "5"))
    assert data.decode(encoding) == f"{row}\r\n{expected}\r\n"
    assert data.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    assert data.count(b"\xff\xfe") == (encoding == "utf-16")


def test_a_last_line_without_an_end_stays_a_line(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 1)
    (cycle / "actuals.csv").write_bytes(b"person_id,indicator,actual\nE009,x,1")
    done = run("collect", returned(cycle, tmp_path, {("销售额", "实际值"): 5}), cycle)
    assert done.exit_code == 0, done.output
    data = (cycle / "actuals.csv").read_text("utf-8")
    assert data == "person_id,indicator,actual\nE009,x,1\nE001,amount,5\n"


def test_titles_above_a_head_stay_there_and_columns_are_added(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 1)
    (cycle / "comments.csv").write_text("一季度评语\n\n工号,评分组,评语\nE001,peer,好\n", "utf-8")
    values: dict[tuple[str, str], object] = {("销售额", "自评说明"): "3月, 补签两单"}
    done = run("collect", returned(cycle, tmp_path, values), cycle)
    assert done.exit_code == 0, done.output
    assert (cycle / "comments.csv").read_text("utf-8").split("\n") == [
        "一季度评语", "", "工号,评分组,评语,指标,评分人", "E001,peer,好,,",
        'E001,self,"3月, 补签两单",amount,E001', "",
    ]  # fmt: skip


def test_a_cycle_in_a_workbook_gets_tables_beside_it(tmp_path: Path) -> None:
    cycle = tmp_path / "2024Q3"
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    shutil.copytree(ROOT / "examples" / "2024Q3-excel", cycle)
    setting = cycle / "cycle.yaml"
    setting.write_text(setting.read_text("utf-8").replace("../../policies", "../policies"), "utf-8")

    def without(book: Any) -> None:
        for sheet in book.worksheets:
            if sheet["A1"].value in ("工号", "person_id") and sheet.title in ("评分", "ratings"):
                column = next(cell.column for cell in sheet[1] if cell.value in ("评分", "score"))
                for row in range(2, sheet.max_row + 1):
                    sheet.cell(row, column).value = None

    book = next(cycle.glob("*.xlsx"))
    change(book, without)
    before = book.read_bytes()
    # One of the example has a role without a policy, which is told.
    forms = send(cycle, "rater", tmp_path / "sent", ends=1)
    (tmp_path / "back").mkdir()
    fill_in(forms["L01"], {("E1001", "评分"): 88}, tmp_path / "back" / "L01.xlsx")
    assert run("collect", tmp_path / "back", cycle).exit_code != 0
    done = run("collect", tmp_path / "back", cycle, "--out", tmp_path / "tables")
    assert done.exit_code == 0, done.output
    rows = table(tmp_path / "tables" / "ratings.csv")
    assert [(one["person_id"], one["group"], one["rater_id"], one["score"]) for one in rows] == [
        ("E1001", "manager", "L01", "88")
    ]
    assert book.read_bytes() == before


def test_somebody_who_moved_has_a_table_for_each_segment(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 1)
    (cycle / "segments.csv").write_text(
        "person_id,role,from,to\nE001,sales,,2025-02-14\nE001,sales,2025-02-15,\n", "utf-8"
    )
    form = send(cycle, "person", tmp_path / "sent")["E001"]
    (tmp_path / "back").mkdir()

    def typed(book: Any) -> None:
        sheet = book.worksheets[0]
        rows = [row[0].row for row in sheet.iter_rows() if row[0].value == "销售额"]
        head = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("指标"))
        column = next(cell.column for cell in head if cell.value == "实际值")
        for number, row in enumerate(rows):
            sheet.cell(row, column).value = 1000 + number
        assert len(rows) == 2

    change(form, typed, tmp_path / "back" / "a.xlsx")
    done = run("collect", tmp_path / "back", cycle)
    assert done.exit_code == 0, done.output
    rows = table(cycle / "actuals.csv")
    assert [(one["工号"], one["任职段"], one["实际值"]) for one in rows] == [
        ("E001", "1", "1000"), ("E001", "2", "1001")
    ]  # fmt: skip
    again = run("collect", tmp_path / "back", cycle)
    assert "The tables have all of it already" in again.output


def test_the_manager_may_stand_in_the_table_of_people(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 2)
    (cycle / "raters.csv").unlink()
    (cycle / "people.csv").write_text(
        "工号,姓名,岗位,直接上级\nE001,示例员工01,sales,E002\nE002,示例员工02,sales,\n", "utf-8"
    )
    forms = send(cycle, "rater", tmp_path / "sent")
    assert [*forms] == ["E002"]
    (tmp_path / "back").mkdir()
    fill_in(forms["E002"], {("E001", "评分"): 80}, tmp_path / "back" / "a.xlsx")
    assert run("collect", tmp_path / "back", cycle).exit_code == 0
    rows = table(cycle / "ratings.csv")
    assert [(one["工号"], one["评分组"], one["评分人"]) for one in rows] == [
        ("E001", "manager", "E002")
    ]


def test_weights_and_figures_that_the_data_give_are_asked_for(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 1)
    path = cycle / "policies" / "sales.yaml"
    text = path.read_text("utf-8")
    text = text.replace(
        "amount: {title: {zh: 销售额, en: Sales}, weight: 40%, unit: CNY,",
        "amount: {title: {zh: 销售额, en: Sales}, weight: given, unit: CNY, figures: [floor],",
    )
    text = text.replace("rate: {title: {zh: 回款率, en: Collection rate}, weight: 20%",
        "rate: {title: {zh: 回款率, en: Collection rate}, weight: given")  # fmt: skip
    path.write_text(text, "utf-8")
    done = run("check", cycle / "policies")
    assert done.exit_code in (0, 1), done.output
    values = {
        **of_person(1), ("销售额", "权重 %"): 0.35, ("回款率", "权重 %"): "25%",
        ("销售额", "门槛值"): 50000,
    }  # fmt: skip
    done = run("collect", returned(cycle, tmp_path, values), cycle)
    assert done.exit_code == 0, done.output
    rows = {one["指标"]: one for one in table(cycle / "actuals.csv")}
    assert (rows["amount"]["权重"], rows["rate"]["权重"]) == ("35%", "25%")
    assert next(rows["amount"][name] for name in ("floor", "门槛值") if name in rows["amount"]) == (
        "50000"
    )
    found = [one for one in evaluate_cycle(cycle).rejected for one in one.reasons]
    assert not [one.code for one in found if "weight" in one.code or "figure" in one.code]


def test_long_lists_and_odd_words_can_be_chosen(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 1)
    words = [f"第{number}档：表现符合岗位要求的第{number}种情形" for number in range(1, 30)]
    words += ['有"引号"的', "一,二", "=1+1"]
    levels = ", ".join(f"{word!r}: {number}" for number, word in enumerate(words))
    path = cycle / "policies" / "sales.yaml"
    text = path.read_text("utf-8").replace(
        "{levels: {优秀: 100, 一般: 60}}", f"{{levels: {{{levels}}}}}"
    )
    path.write_text(text, "utf-8")
    assert run("check", cycle / "policies").exit_code in (0, 1)
    back = returned(cycle, tmp_path, {("服务质量", "实际值"): words[-3]})
    sheet = load_workbook(tmp_path / "back" / "a.xlsx").worksheets[0]
    rules = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert ["perfrules" in str(one.formula1) for one in rules] == [True]
    done = run("collect", back, cycle)
    assert done.exit_code == 0, done.output
    assert [one["实际值"] for one in table(cycle / "actuals.csv")] == [words[-3]]


ATTACKS = (
    "=cmd|' /C calc'!A0", "<r><t>x</t></r>", "{=1}", "a\x01b", "&\"'<>", "_x0041_", "\u202eabc",
    "很长" * 600,
)  # fmt: skip


@pytest.mark.parametrize("text", ATTACKS)
def test_odd_names_and_titles_stay_text_and_forms_are_known_again(
    tmp_path: Path, text: str
) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 1)
    with (cycle / "people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["person_id", "name", "role", "department"], ["E001", text, "sales", text]]
        )
    with (cycle / "raters.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["person_id", "group", "rater_id", "rater"], ["E001", "manager", "M1", text]]
        )
    (tmp_path / "back").mkdir()
    for per, values in (
        ("person", {("销售额", "实际值"): 5}), ("rater", {("E001", "评分"): 80})
    ):  # fmt: skip
        forms = send(cycle, per, tmp_path / per)
        (path,) = forms.values()
        fill_in(path, values, tmp_path / "back" / f"{per}.xlsx")
    done = run("collect", tmp_path / "back", cycle)
    assert done.exit_code == 0, done.output
    assert [one["score"] for one in table(cycle / "ratings.csv")] == ["80"]


def test_people_do_not_see_what_their_managers_have_said(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 1)
    (cycle / "ratings.csv").write_text(
        "person_id,indicator,group,rater_id,score,evidence\nE001,teamwork,manager,M001,61.5,迟到\n",
        "utf-8",
    )
    form = send(cycle, "person", tmp_path / "sent")["E001"]
    texts = {str(cell.value) for page in load_workbook(form) for row in page for cell in row}
    assert not texts & {"61.5", "迟到"}
    assert "已填" in texts
    (tmp_path / "back").mkdir()
    fill_in(form, {("销售额", "实际值"): 5}, tmp_path / "back" / "a.xlsx")
    done = run("collect", tmp_path / "back", cycle)
    assert done.exit_code == 0, done.output
    assert [one["score"] for one in table(cycle / "ratings.csv")] == ["61.5"]
