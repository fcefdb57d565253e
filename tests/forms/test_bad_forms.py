"""Forms that come back in a bad state: nothing is lost, taken twice, or taken from elsewhere."""

import csv
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import Result
from made_cycle import cell_of, change, copy_forms, fill_in, of_person, run, send, write_cycle
from openpyxl import Workbook, load_workbook

from perfrules.intake.forms.mark import _digest

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the old Excel begin, and those with a password."""


class Sent(NamedTuple):
    """A cycle of four people, the folder that forms are collected from, and the forms sent out."""

    cycle: Path
    back: Path
    persons: dict[str, Path]
    raters: dict[str, Path]

    def form(self, person: str = "E001") -> Path:
        """The form of a person, filled in, in the folder."""
        path = self.back / f"{person}.xlsx"
        return fill_in(self.persons[person], of_person(int(person[1:])), path)

    def collect(self, *options: str) -> Result:
        return run("collect", self.back, self.cycle, *options)

    def table(self, name: str) -> list[dict[str, str]]:
        path = self.cycle / f"{name}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [*csv.DictReader(file)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    folder = tmp_path_factory.mktemp("made")
    cycle = write_cycle(folder / "2025Q1", 4)
    persons = send(cycle, "person", folder / "persons")
    raters = send(cycle, "rater", folder / "raters")
    return Sent(cycle, folder / "back", persons, raters)


@pytest.fixture
def sent(made: Sent, tmp_path: Path) -> Sent:
    cycle = Path(shutil.copytree(made.cycle, tmp_path / "2025Q1"))
    (tmp_path / "back").mkdir()
    return Sent(cycle, tmp_path / "back", made.persons, made.raters)


def codes(done: Result) -> list[str]:
    return re.findall(r"\[([a-z-]+)\]$", done.output, re.M)


def refused(sent: Sent, code: str, *parts: str) -> str:
    """The output where nothing is written because of a finding."""
    before = sorted(path.name for path in sent.cycle.iterdir())
    done = sent.collect()
    assert done.exit_code == 1, done.output
    assert code in codes(done), done.output
    for part in parts:
        assert part in done.output, done.output
    assert sorted(path.name for path in sent.cycle.iterdir()) == before, "something is written"
    return done.output


# Whose form it is


def test_two_forms_of_one_person_that_differ_are_both_named(sent: Sent) -> None:
    sent.form()
    fill_in(sent.form(), {("销售额", "实际值"): 1}, sent.back / "E001 (1).xlsx")
    told = refused(sent, "forms-differ", "E001.xlsx", "E001 (1).xlsx")
    assert told.count("[forms-differ]") == 2


def test_the_same_form_twice_is_taken_once(sent: Sent) -> None:
    shutil.copy(sent.form(), sent.back / "copy of a copy.xlsx")
    done = sent.collect()
    assert done.exit_code == 0, done.output
    assert "same-form-twice" in codes(done)
    assert len(sent.table("actuals")) == 3


def test_a_form_of_another_cycle_is_refused(sent: Sent, tmp_path: Path) -> None:
    other = Path(shutil.copytree(sent.cycle, tmp_path / "2025Q2"))
    text = (other / "cycle.yaml").read_text("utf-8").replace("id: 2025Q1", "id: 2025Q2")
    (other / "cycle.yaml").write_text(text, "utf-8")
    form = send(other, "person", tmp_path / "other")["E001"]
    shutil.copy(form, sent.back)
    refused(sent, "form-of-other-cycle", "2025Q2")


def test_a_form_of_somebody_who_left_the_cycle_is_refused(sent: Sent) -> None:
    sent.form("E004")
    people = sent.cycle / "people.csv"
    lines = people.read_bytes().splitlines(keepends=True)
    people.write_bytes(b"".join(line for line in lines if b"E004" not in line))
    raters = sent.cycle / "raters.csv"
    lines = raters.read_bytes().splitlines(keepends=True)
    raters.write_bytes(b"".join(line for line in lines if b"E004" not in line))
    refused(sent, "form-of-nobody", "E004")


def test_a_form_of_older_policies_is_refused(sent: Sent) -> None:
    sent.form()
    path = sent.cycle / "policies" / "sales.yaml"
    path.write_text(path.read_text("utf-8").replace("target: 95%", "target: 96%"), "utf-8")
    refused(sent, "form-of-older-policies", "E001")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.csv", b"a,b\n"),
        ("photo.jpg", b"\xff\xd8"),
        ("old.xls", OLD + bytes(512)),
        ("broken.xlsx", b"PK\x03\x04 and no more"),
        ("locked.xlsx", OLD + "EncryptedPackage".encode("utf-16-le")),
        ("empty.xlsx", b""),
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused(sent: Sent, name: str, data: bytes) -> None:
    (sent.back / name).write_bytes(data)
    told = refused(sent, codes(sent.collect())[0], name)
    assert "Traceback" not in told


def test_another_workbook_is_no_form(sent: Sent) -> None:
    def emptied(book: Any) -> None:
        for title in book.sheetnames[1:]:
            del book[title]
        book.custom_doc_props = type(book.custom_doc_props)()
        book.worksheets[0].delete_rows(1, 40)
        book.worksheets[0]["A1"] = "午餐预订"

    change(sent.form(), emptied)
    refused(sent, "not-a-form")


def test_a_huge_file_is_refused(sent: Sent) -> None:
    path = sent.form()
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.xml", b"0" * (260 << 20))
    refused(sent, "workbook-bomb", "E001.xlsx")


def test_a_form_that_lost_its_hidden_sheet_is_told_to_be_one(sent: Sent) -> None:
    def without(book: Any) -> None:
        del book["perfrules"]

    change(sent.form(), without)
    refused(sent, "damaged-form", "E001.xlsx")


def test_a_mark_that_was_edited_is_not_believed(sent: Sent) -> None:
    def edited(book: Any) -> None:
        book["perfrules"]["D1"] = "E002"

    change(sent.form(), edited)
    refused(sent, "damaged-form")


# What was done to it


def harmless(book: Any) -> None:
    """An unprotected form that was laid out anew."""
    sheet = book.worksheets[0]
    sheet.protection.sheet = False
    sheet.title = "我的表"
    for merged in [*sheet.merged_cells.ranges]:
        sheet.unmerge_cells(str(merged))
    sheet.insert_rows(6, 2)
    sheet.insert_cols(3)
    sheet.row_dimensions[9].hidden = True


def test_rows_and_columns_put_in_between_do_no_harm(sent: Sent) -> None:
    change(sent.form(), harmless)
    done = sent.collect()
    assert done.exit_code == 0, done.output
    assert "hidden-rows" in codes(done), "that values stand in hidden rows is said"
    assert {row["指标"]: row["实际值"] for row in sent.table("actuals")} == {
        "amount": "71000", "rate": "91%", "quality": "优秀"
    }  # fmt: skip


def sorted_rows(book: Any) -> None:
    """Two rows exchanged as a whole."""
    sheet = book.worksheets[0]
    rows = [int(cell_of(sheet, one, "实际值")[1:]) for one in ("销售额", "服务质量")]
    for column in range(1, sheet.max_column + 1):
        above, below = (sheet.cell(row, column) for row in rows)
        above.value, below.value = below.value, above.value
        above.number_format, below.number_format = below.number_format, above.number_format
        for cell in (above, below):
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type


def test_sorted_rows_keep_their_values(sent: Sent) -> None:
    change(sent.form(), sorted_rows)
    done = sent.collect()
    assert done.exit_code == 0, done.output
    assert {row["指标"]: row["实际值"] for row in sent.table("actuals")}["amount"] == "71000"


def put(label: str, heading: str, value: object, form: str = "") -> Callable[[Any], None]:
    def typed(book: Any) -> None:
        sheet = book.worksheets[0]
        cell = sheet[cell_of(sheet, label, heading)]
        cell.value = value
        if form:
            cell.number_format = form

    return typed


def stray(place: str, value: object) -> Callable[[Any], None]:
    def typed(book: Any) -> None:
        book.worksheets[0][place] = value

    return typed


def deleted(label: str) -> Callable[[Any], None]:
    def without(book: Any) -> None:
        sheet = book.worksheets[0]
        for merged in [*sheet.merged_cells.ranges]:
            sheet.unmerge_cells(str(merged))
        sheet.delete_rows(int(cell_of(sheet, label, "实际值")[1:]))

    return without


def without_column(heading: str) -> Callable[[Any], None]:
    def without(book: Any) -> None:
        sheet = book.worksheets[0]
        for merged in [*sheet.merged_cells.ranges]:
            sheet.unmerge_cells(str(merged))
        place = sheet[cell_of(sheet, "销售额", heading)]
        sheet.delete_cols(place.column)

    return without


def copied(book: Any) -> None:
    """A row once more at the end of the sheet's first table."""
    sheet = book.worksheets[0]
    row = int(cell_of(sheet, "销售额", "实际值")[1:])
    for merged in [*sheet.merged_cells.ranges]:
        sheet.unmerge_cells(str(merged))
    sheet.insert_rows(row + 1)
    for column in range(1, sheet.max_column + 1):
        sheet.cell(row + 1, column).value = sheet.cell(row, column).value


def formula(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet[cell_of(sheet, "销售额", "实际值")] = "=SUM(1,2)"


BAD: dict[str, tuple[Callable[[Any], None], str]] = {
    "a deleted row": (deleted("销售额"), "form-row-gone"),
    "a deleted column": (without_column("实际值"), "form-changed"),
    "a row copied": (copied, "form-row-twice"),
    "words where a number belongs": (put("销售额", "实际值", "七万左右"), "not-a-number"),
    "a unit behind a number": (put("销售额", "实际值", "7.1万"), "unit-suffix"),
    "a share where an amount belongs": (put("销售额", "实际值", 0.95, "0%"), "unexpected-percent"),
    "a percentage without its sign": (put("回款率", "实际值", 95, "General"), "ambiguous-percent"),
    "95 in a percent cell": (put("回款率", "实际值", 95, "0%"), "percent-cell"),
    "a rating beyond the scale": (put("团队协作", "自评分", 105), "out-of-range"),
    "a rating in percent": (put("团队协作", "自评分", 0.95, "0%"), "unexpected-percent"),
    "a level that is none": (put("服务质量", "实际值", "很好"), "unknown-level"),
    "a formula without a value": (formula, "formula-not-computed"),
    "an error of the spreadsheet": (put("销售额", "实际值", "#REF!"), "spreadsheet-error"),
    "a note beside the table": (stray("N9", "见附件"), "stray-cell"),
    "a figure that the form shows elsewhere": (stray("N9", "95%"), "stray-cell"),
    "a word of the head in another cell": (stray("M4", "E001"), "stray-cell"),
    "another value in a locked cell": (put("回款率", "目标值", "96%"), "stray-cell"),
    "another name in the head": (stray("F2", "别的人"), "stray-cell"),
    "a label that was changed": (put("销售额", "单位", "万元"), "form-row-gone"),
    "a number as a date": (put("销售额", "实际值", "2025-03-01"), "date-for-number"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_taken_is_a_finding_at_its_cell(sent: Sent, what: str) -> None:
    how, code = BAD[what]
    change(sent.form(), how)
    told = refused(sent, code)
    line = next(line for line in told.splitlines() if line.endswith(f"[{code}]"))
    assert line.startswith("E001.xlsx"), "it names the file"
    if code not in ("form-row-gone", "form-changed", "form-row-twice"):
        assert re.match(r"E001\.xlsx\[[^!]+![A-Z]+[0-9]+\]", line), "it names sheet and cell"


TAKEN: dict[str, tuple[object, str]] = {
    "a number stored as a text": ("71000", "71000"),
    "separators": ("71,000", "71000"),
    "full-width digits": ("７１０００", "71000"),
    "a number with places": (71000.25, "71000.25"),
    "fifteen digits": (123456789012345, "123456789012345"),
}


@pytest.mark.parametrize("what", TAKEN)
def test_numbers_are_taken_as_they_are_meant(sent: Sent, what: str) -> None:
    value, expected = TAKEN[what]
    change(sent.form(), put("销售额", "实际值", value))
    assert sent.collect().exit_code == 0
    assert {row["指标"]: row["实际值"] for row in sent.table("actuals")}["amount"] == expected


# What becomes of the rest


def test_clean_forms_are_taken_where_they_are_asked_for(sent: Sent) -> None:
    sent.form("E001")
    change(sent.form("E002"), put("销售额", "实际值", "很多"))
    done = sent.collect("--clean")
    assert done.exit_code == 1
    assert {row["工号"] for row in sent.table("actuals")} == {"E001"}


def test_what_is_there_is_not_overwritten(sent: Sent) -> None:
    sent.form()
    assert sent.collect().exit_code == 0
    change(sent.form(), put("销售额", "实际值", 1))
    told = refused(sent, "already-there", "actuals.csv:2", "71000")
    assert "--replace" in told
    done = sent.collect("--replace")
    assert done.exit_code == 0, done.output
    assert {row["指标"]: row["实际值"] for row in sent.table("actuals")}["amount"] == "1"


def test_a_table_keeps_what_nobody_asked_about(sent: Sent) -> None:
    """Its columns and rows, encoding, line ends, quotes; empty cells of a row are filled."""
    sent.form()
    before = (
        '工号,指标,实际值,目标值,领导批示\r\n"E001",销售额,,100000,"同意,""速办"""\r\n'
        "E009,别的,7,,\r\n"
    )
    (sent.cycle / "actuals.csv").write_bytes(before.encode("gb18030"))
    done = sent.collect()
    assert done.exit_code == 0, done.output
    after = (sent.cycle / "actuals.csv").read_bytes().decode("gb18030")
    lines = after.split("\r\n")
    assert lines[0] == "工号,指标,实际值,目标值,领导批示"
    assert lines[1] == 'E001,销售额,71000,100000,"同意,""速办"""'
    assert lines[2] == "E009,别的,7,,"
    assert lines[3] == "E001,rate,91%,,"
    assert "\n" not in after.replace("\r\n", "")


def test_a_dry_run_writes_nothing_and_says_what_it_would(sent: Sent) -> None:
    sent.form()
    done = sent.collect("--dry-run")
    assert done.exit_code == 0, done.output
    assert "actuals.csv: rows added 3, cells filled 0" in done.output
    assert not (sent.cycle / "actuals.csv").exists()


def test_tables_can_be_written_elsewhere(sent: Sent, tmp_path: Path) -> None:
    sent.form()
    done = sent.collect("--out", str(tmp_path / "elsewhere"))
    assert done.exit_code == 0, done.output
    assert (tmp_path / "elsewhere" / "actuals.csv").is_file()
    assert not (sent.cycle / "actuals.csv").exists()


# Who is missing


def test_who_is_missing_is_told(sent: Sent) -> None:
    sent.form("E001")
    values = of_person(2)
    del values["回款率", "实际值"]
    fill_in(sent.persons["E002"], values, sent.back / "E002.xlsx")
    shutil.copy(sent.persons["E003"], sent.back)
    done = sent.collect()
    assert done.exit_code == 0, done.output
    found = [line for line in done.output.splitlines() if line.endswith("[form-to-come]")]
    assert len(found) == 1
    assert "E004" in found[0]
    assert "empty-form" in codes(done)
    unfinished = [line for line in done.output.splitlines() if line.endswith("[form-unfinished]")]
    rows = {line.partition(": ")[0] for line in unfinished if "E002 Collection rate actual" in line}
    assert len(rows) == 1
    assert re.fullmatch(r"E002\.xlsx\[[^!]+![A-Z]+[0-9]+\]", rows.pop())
    assert sent.collect("--complete").exit_code == 1


def test_whoever_was_collected_before_is_not_missing(sent: Sent) -> None:
    sent.form("E001")
    for rater in ("M001", "R001", "S001"):
        fill_in(sent.raters[rater], {("E001", "评分"): 80}, sent.back / f"{rater}.xlsx")
    assert sent.collect().exit_code == 0
    for path in sent.back.iterdir():
        path.unlink()
    sent.form("E002")
    told = sent.collect().output
    assert "(`E001`)" not in told
    assert "(`E003`)" in told


def test_the_manager_on_two_forms_has_to_say_the_same(sent: Sent) -> None:
    fill_in(sent.form(), {("团队协作", "上级评分"): 80})
    fill_in(sent.raters["M001"], {("E001", "评分"): 81}, sent.back / "M001.xlsx")
    told = refused(sent, "forms-disagree", "M001.xlsx", "E001.xlsx")
    assert told.count("[forms-disagree]") == 2


# What forms are safe from


def test_attack_strings_stay_text(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 2)
    people = cycle / "people.csv"
    name = '=HYPERLINK("http://example.invalid","x")'
    people.write_bytes(people.read_bytes().replace("示例员工01".encode(), name.encode()))
    text = people.read_text("utf-8-sig").replace(name, '"' + name.replace('"', '""') + '"')
    people.write_text(text, "utf-8")
    form = send(cycle, "person", tmp_path / "forms")["E001"]
    with zipfile.ZipFile(form) as archive:
        sheets = [archive.read(one) for one in archive.namelist() if "worksheets/sheet" in one]
    assert not any(b"<f>" in sheet for sheet in sheets)
    (tmp_path / "back").mkdir()
    fill_in(form, of_person(1), tmp_path / "back" / "x.xlsx")
    done = run("collect", tmp_path / "back", cycle)
    assert done.exit_code == 0, done.output


def test_a_table_that_is_changed_meanwhile_is_not_written(sent: Sent, monkeypatch: Any) -> None:
    sent.form()
    from perfrules.cli import collect_command

    real = collect_command._write

    def later(*arguments: Any) -> None:
        (sent.cycle / "actuals.csv").write_text("somebody else\n", "utf-8")
        real(*arguments)

    monkeypatch.setattr(collect_command, "_write", later)
    done = sent.collect()
    assert done.exit_code != 0
    assert (sent.cycle / "actuals.csv").read_text("utf-8") == "somebody else\n"
    assert not (sent.cycle / "comments.csv").exists()


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_a_table_keeps_its_permissions(sent: Sent) -> None:
    (sent.cycle / "actuals.csv").write_text("person_id,indicator,actual\n", "utf-8")
    (sent.cycle / "actuals.csv").chmod(0o640)
    sent.form()
    assert sent.collect().exit_code == 0
    assert (sent.cycle / "actuals.csv").stat().st_mode & 0o777 == 0o640


def test_forms_that_are_there_are_not_replaced_unasked(sent: Sent, tmp_path: Path) -> None:
    copy_forms(sent.persons, tmp_path / "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    done = run("sheet", sent.cycle, "--per", "person", "--out", tmp_path / "out")
    assert done.exit_code != 0
    assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    done = run("sheet", sent.cycle, "--per", "person", "--out", tmp_path / "out", "--force")
    assert done.exit_code == 0, done.output


def test_forms_of_older_policies_are_taken_where_that_is_asked_for(sent: Sent) -> None:
    sent.form()
    path = sent.cycle / "policies" / "sales.yaml"
    path.write_text(path.read_text("utf-8").replace("target: 95%", "target: 96%"), "utf-8")
    done = sent.collect("--older")
    assert done.exit_code == 0, done.output
    assert "form-of-older-policies" in codes(done)
    assert len(sent.table("actuals")) == 3


def test_the_sheet_of_a_form_in_another_workbook_is_no_departments_form(sent: Sent) -> None:
    """Its ratings and comments would be lost."""
    source = load_workbook(sent.form()).worksheets[0]
    book = Workbook()
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None:
                book.worksheets[0][cell.coordinate] = cell.value
    (sent.back / "E001.xlsx").unlink()
    book.save(sent.back / "copy.xlsx")
    refused(sent, "damaged-form", "copy.xlsx")


def test_a_manager_whom_the_ratings_do_not_name_is_not_counted_twice(sent: Sent) -> None:
    (sent.cycle / "ratings.csv").write_text(
        "person_id,indicator,group,score\nE001,teamwork,manager,80\nE002,teamwork,manager,\n",
        "utf-8",
    )
    for number, score in ((1, 81), (2, 70)):
        values = {(f"E{number:03}", "评分"): score}
        fill_in(sent.raters[f"M{number:03}"], values, sent.back / f"M{number}.xlsx")
    refused(sent, "already-there", "ratings.csv:2")
    (sent.back / "M1.xlsx").unlink()
    assert sent.collect().exit_code == 0
    assert [(one["person_id"], one["score"]) for one in sent.table("ratings")] == [
        ("E001", "80"), ("E002", "70")
    ]  # fmt: skip


def forged(sent: Sent, **changes: str) -> None:
    """A mark that was written anew, with a digest of its own."""

    def written(book: Any) -> None:
        sheet = book["perfrules"]
        rows = [[cell.value or "" for cell in row][:16] for row in sheet.iter_rows()][:-1]
        lines = [[changes.get(text, text) for text in row] for row in rows]
        for number, row in enumerate(lines, 1):
            for column, text in enumerate(row, 1):
                sheet.cell(number, column).value = text
        sheet.cell(len(lines) + 1, 2).value = _digest(lines)

    change(sent.form(), written)


@pytest.mark.parametrize(
    ("what", "into", "code"),
    [
        ("person", "nobody", "damaged-form"),
        ("0", "²", "damaged-form"),
        ("E001", "E999", "form-of-nobody"),
        ("E001", "E002", "no-longer-asked"),
    ],
)
def test_a_forged_mark_comes_to_nothing(sent: Sent, what: str, into: str, code: str) -> None:
    forged(sent, **{what: into})
    refused(sent, code)


def test_a_cycle_without_people_says_so(sent: Sent) -> None:
    (sent.cycle / "people.csv").write_text("person_id,name,role\n", "utf-8")
    for done in (sent.collect(), run("sheet", sent.cycle, "--per", "person", "--out", sent.back)):
        assert done.exit_code != 0
        assert done.output.strip()


def test_line_ends_of_another_system_are_no_signs(sent: Sent) -> None:
    fill_in(sent.form(), {("本人自评", "内容"): "一_x000D_\n二"})
    assert sent.collect().exit_code == 0
    said = [one["评语"] for one in sent.table("comments")]
    assert "一\n二" in said


def test_who_gets_no_form_is_told(sent: Sent, tmp_path: Path) -> None:
    people = sent.cycle / "people.csv"
    text = people.read_text("utf-8-sig").replace("示例员工02,sales", "示例员工02,seller")
    people.write_text(text, "utf-8-sig")
    done = run("sheet", sent.cycle, "--per", "person", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert re.search(r"people.csv:3 .*error: .*seller", done.output)
    assert len([*(tmp_path / "out").iterdir()]) == 3
