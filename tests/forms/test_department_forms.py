"""The forms that departments have always had: a sheet an employee, a row an indicator."""

import csv
import re
from pathlib import Path

import pytest
from click.testing import Result
from made_cycle import run, write_cycle
from openpyxl import Workbook

Rows = list[list[object]]

HEAD = ["序号", "考核指标", "权重", "目标值", "实际完成", "得分", "备注"]


def usual(number: int = 1) -> Rows:
    """The sheet of an employee as a department keeps it."""
    return [
        ["2025年第一季度绩效考核表"],
        [],
        ["姓名：", f"示例员工{number:02}", None, "工号：", f"E{number:03}"],
        ["岗位", "销售代表", None, "部门", "销售部"],
        [*HEAD],
        [1, "销售额", "40%", 100000, 71000 + number, 80, "两家客户延期"],
        [2, "回款率", 0.2, "95%", "96%", 100, None],
        [3, "服务质量", 20, None, "优秀", 100, None],
        [4, "团队协作", "20%", None, None, None, None],
        ["合计", None, "100%", None, None, 92, None],
        ["被考核人签字：", None, None, "直接上级签字："],
    ]


def save(path: Path, *sheets: tuple[str, Rows]) -> Path:
    book = Workbook()
    del book["Sheet"]
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title != "人员":
            sheet.merge_cells("A1:G1")
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def collected(tmp_path: Path, *sheets: tuple[str, Rows]) -> tuple[Result, Path]:
    cycle = write_cycle(tmp_path / "2025Q1", 3)
    save(tmp_path / "back" / "市场部考核表.xlsx", *sheets)
    return run("collect", tmp_path / "back", cycle), cycle


def table(cycle: Path, name: str) -> list[dict[str, str]]:
    with (cycle / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


def codes(done: Result) -> list[str]:
    return re.findall(r"\[([a-z-]+)\]$", done.output, re.M)


def test_a_sheet_an_employee_is_read(tmp_path: Path) -> None:
    found = ((f"示例员工{n:02}", usual(n)) for n in (1, 2))
    done, cycle = collected(tmp_path, *found, ("说明", [["请于 4 月 10 日前交回"]]))
    assert done.exit_code == 0, done.output
    rows = [
        (one["工号"], one["指标"], one["实际值"], one["目标值"]) for one in table(cycle, "actuals")
    ]
    assert rows == [
        ("E001", "amount", "71001", "100000"), ("E001", "rate", "96%", ""),
        ("E001", "quality", "优秀", ""), ("E002", "amount", "71002", "100000"),
        ("E002", "rate", "96%", ""), ("E002", "quality", "优秀", ""),
    ]  # fmt: skip
    assert [(one["工号"], one["评语"]) for one in table(cycle, "comments")] == [
        ("E001", "两家客户延期"), ("E002", "两家客户延期")
    ]  # fmt: skip
    assert codes(done).count("score-not-collected") == 2
    assert "unused-sheet" in codes(done)
    assert [line for line in done.output.splitlines() if "form-to-come" in line and "E003" in line]
    again = run("collect", tmp_path / "back", cycle)
    assert again.exit_code == 0, again.output
    assert "The tables have all of it already" in again.output


def test_without_an_id_the_only_person_of_the_name_is_meant(tmp_path: Path) -> None:
    rows = usual(2)
    rows[2] = ["姓名", "示例员工 02"]
    done, cycle = collected(tmp_path, ("a", rows))
    assert done.exit_code == 0, done.output
    assert {one["工号"] for one in table(cycle, "actuals")} == {"E002"}


def edited(row: int, column: int, value: object) -> Rows:
    rows = usual()
    rows[row][column] = value
    return rows


BAD: dict[str, tuple[Rows, str, str]] = {
    "a weight that is another": (edited(5, 2, "35%"), "other-weight", "C6"),
    "a target that is another": (edited(6, 3, "97%"), "other-target", "D7"),
    "an indicator that nobody knows": (edited(5, 1, "市场占有率"), "unknown-indicator", "B6"),
    "an id that nobody has": (edited(2, 4, "E999"), "form-names-nobody", "E3"),
    "a name that is not that of the id": (edited(2, 1, "示例员工02"), "wrong-name", "B3"),
    "an amount in another unit": (edited(5, 4, "7.1万"), "unit-suffix", "E6"),
    "an actual of what is rated": (edited(8, 4, 90), "figure-for-ratings", "E9"),
    "a head in ten thousands": (edited(4, 4, "实际完成（万元）"), "scaled-unit", "E6"),
    "a percentage without its sign": (edited(6, 4, 96), "ambiguous-percent", "E7"),
    "a target that is a formula without a value": (
        edited(6, 3, "=1+1"), "formula-not-computed", "D7"
    ),
    "a figure below the table": ([*usual(), [None, None, None, None, 5]], "stray-cell", "E12"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_differs_is_a_finding_at_its_cell(tmp_path: Path, what: str) -> None:
    rows, code, cell = BAD[what]
    done, cycle = collected(tmp_path, ("示例员工01", rows))
    assert done.exit_code == 1, done.output
    place = re.escape(f"市场部考核表.xlsx[示例员工01!{cell}]")
    assert re.search(rf"^{place}: error: .*\[{code}\]$", done.output, re.M), done.output
    assert not (cycle / "actuals.csv").exists()


def test_words_below_the_table_are_told_and_not_lost_silently(tmp_path: Path) -> None:
    rows = [*usual(), [None, None, "本人认为目标偏高"]]
    done, _ = collected(tmp_path, ("示例员工01", rows))
    assert done.exit_code == 0, done.output
    assert re.search(r"C12\]: warning: `本人认为目标偏高`", done.output)


def test_a_changed_target_is_the_targets_as_well(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 1)
    policy = cycle / "policies" / "sales.yaml"
    rule = "target_changes: {per_quarter: 1, weighting: months}\n"
    policy.write_text(policy.read_text("utf-8") + rule, "utf-8")
    (cycle / "target_changes.csv").write_text(
        "person_id,indicator,date,old,new,reason,approved_by\n"
        "E001,rate,2025-02-01,95%,97%,政策调整,总监\n",
        "utf-8",
    )
    save(tmp_path / "back" / "x.xlsx", ("示例员工01", edited(6, 3, "97%")))
    done = run("collect", tmp_path / "back", cycle)
    assert "other-target" not in codes(done), done.output


def test_two_sheets_of_one_person_that_differ(tmp_path: Path) -> None:
    done, cycle = collected(tmp_path, ("一", usual()), ("二", edited(5, 4, 1)))
    assert done.exit_code == 1
    assert codes(done).count("forms-differ") == 2
    assert not (cycle / "actuals.csv").exists()


def test_evaluate_says_what_to_do_with_them(tmp_path: Path) -> None:
    cycle = write_cycle(tmp_path / "2025Q1", 2)
    book = save(cycle / "q1.xlsx", ("示例员工01", usual()))
    people = [["工号", "姓名", "岗位"], ["E001", "示例员工01", "sales"]]
    save(book, ("人员", people), ("示例员工01", usual()))
    text = (cycle / "cycle.yaml").read_text("utf-8")
    (cycle / "cycle.yaml").write_text(text + "data: q1.xlsx\n", "utf-8")
    done = run("evaluate", cycle, "--out", tmp_path / "out")
    assert "sheet-a-person" in codes(done)
    assert "perfrules collect" in done.output


def test_an_id_in_brackets_behind_the_name_is_the_id(tmp_path: Path) -> None:
    rows = usual(2)
    rows[2] = ["被考核人：示例员工02（E002）"]
    done, cycle = collected(tmp_path, ("a", rows))
    assert done.exit_code == 0, done.output
    assert {one["工号"] for one in table(cycle, "actuals")} == {"E002"}


def test_a_column_of_actuals_by_another_name_is_asked_for(tmp_path: Path) -> None:
    done, _ = collected(tmp_path, ("a", edited(4, 4, "本季业绩")))
    assert done.exit_code == 1
    assert re.search(r"no column `actual` \(there is a column `本季业绩`\)", done.output)
