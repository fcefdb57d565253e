"""The workbook of nobody, of one, of those who all failed, of many, and of names that attack."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from workbook_reading import charts_of, column_of, parts_of, sheets_of, table_of

from perfrules.codes.code import LANGUAGES
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.records.verify import verify
from perfrules.records.write import write_results

POLICY = """\
policy: sales
title: {zh: 销售, en: Sales}
indicators:
  amount: {title: 销售额, weight: 100%, score: {direct: {min: 0, max: 100}}}
grades: [{grade: A, at_least: 85}, {grade: B, at_least: 70}, {otherwise: C}]
incentives:
  bonus: {title: 季度奖金, base: 900, by_grade: {A: 150%, B: 100%, C: 0%}}
distribution: {within: department, quotas: {A: {at_most: 20%}}, order: [total desc]}
"""
CYCLE = "id: 2024Q3\nfrom: 2024-07-01\nto: 2024-09-30\npolicies: policies\n"
Person = tuple[str, str, str, str, str]
"""Id, name, team, department, actual."""

ATTACKS = (
    "=cmd|'/c calc'!A0", "@SUM(A1)", "+1+1", "-2+3", "<r><t>x</t></r>", "<script>alert(1)</script>",
    "R&D", "A&amp;B", "&9甲", "😀" * 20, "乙" * 300, "_x0041_", "http://example.org", "{=1}",
    "'quoted'", '"double"', "]]>", "丙\u202e丁", "x\u0007y", "示例\u00a0组",
)  # fmt: skip


def made(
    folder: Path, people: Sequence[Person], language: Any = "zh", policy: str = POLICY
) -> Path:
    """The result folder of some people, verified."""

    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    cycle = folder / "2024Q3"
    (cycle / "policies").mkdir(parents=True)
    (cycle / "policies/sales.yaml").write_text(policy, "utf-8")
    (cycle / "cycle.yaml").write_text(CYCLE, "utf-8")
    rows = [",".join((code, quoted(name), "sales", quoted(team), quoted(department)))
            for code, name, team, department, _ in people]  # fmt: skip
    actuals = [f"{one[0]},amount,{one[4]}" for one in people]
    for name, head, lines in (
        ("people", "person_id,name,role,team,department", rows),
        ("actuals", "person_id,indicator,actual", actuals),
    ):
        (cycle / f"{name}.csv").write_text("\n".join([head, *lines, ""]), "utf-8")
    result = evaluate_cycle(cycle)
    assert result.refused is None, [one.message() for one in result.findings]
    written, findings = write_results(result, folder / "results", language)
    assert written is not None, [one.message() for one in findings]
    assert [one.message() for one in verify(folder / "results", cycle)] == []
    return folder / "results"


def person(number: int, *, team: str = "一组", department: str = "销售部", actual: str) -> Person:
    return (f"E{number:04}", f"示例员工{number:02}", team, department, actual)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_person(tmp_path: Path, language: Any) -> None:
    out = made(tmp_path, [person(1, actual="90")], language)
    book = sheets_of(out)
    assert [cell.value for cell in book.worksheets[1]["A"]][1:] == [
        "E0001", "合计" if language == "zh" else "Total"
    ]  # fmt: skip
    drawn = list(charts_of(out))
    assert len(drawn) == 7
    assert drawn[0].title in ("1 人的总分：90", "Totals of 1 person: 90")


def test_nobody_at_all(tmp_path: Path) -> None:
    made(tmp_path, [person(1, actual="90")])
    result = replace(evaluate_cycle(tmp_path / "2024Q3"), judged=(), groups=())
    assert write_results(result, tmp_path / "empty")[0] is not None
    assert verify(tmp_path / "empty") == ()
    book = sheets_of(tmp_path / "empty")
    assert book.sheetnames == ["概览", "说明"]
    assert not list(charts_of(tmp_path / "empty"))
    assert next(cell.value for cell in book["概览"][4]) == 0


def test_only_people_without_a_result(tmp_path: Path) -> None:
    out = made(tmp_path, [person(number, actual="much") for number in range(1, 9)])
    book = sheets_of(out)
    assert book.sheetnames == ["概览", "未出结果", "说明"]
    assert len(column_of(book["未出结果"], "工号")) == 8
    shown = [[cell for cell in row if cell is not None]
             for row in book["概览"].iter_rows(values_only=True)]  # fmt: skip
    assert ["未出结果：8 人"] in shown
    (line,) = [row for row in shown if row[:1] == ["8 人"]]
    assert line[1].startswith("例如 E0001：")
    assert shown[3][:5] == [8, 0, 8, "—", "—"]


def test_no_pay_no_grades_no_departments(tmp_path: Path) -> None:
    bare = POLICY[: POLICY.index("grades:")]
    people = [person(number, team="", department="", actual="80") for number in (1, 2)]
    out = made(tmp_path, people, policy=bare)
    (totals, roles) = (one.title for one in charts_of(out))
    assert totals == "2 人的总分：80"
    assert roles == "销售的总分"
    heads = [cell.value for cell in sheets_of(out)["考核结果"][1]]
    assert heads == ["工号", "姓名", "岗位", "总分", "考核方案"]


def test_names_that_attack_stay_texts(tmp_path: Path) -> None:
    people = [
        (f"E{number:02}", name, f"{name} 组", f"{name} 部", str(60 + number))
        for number, name in enumerate(ATTACKS)
    ]
    out = made(tmp_path, people)
    book, parts = sheets_of(out), parts_of(out)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row), sheet.title
            assert all(cell.hyperlink is None for cell in row)
    for name, text in parts.items():
        assert "<f>" not in text or name.startswith("xl/charts"), name
        assert "<script" not in text
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text), name
    names = dict(
        zip(column_of(book["考核结果"], "工号"), column_of(book["考核结果"], "姓名"), strict=True)
    )
    for code, name, *_ in people:
        if "\u0007" not in name and name != "_x0041_":
            assert names[code].strip() == name.strip(), name
    # Charts show what their cells show, and reach no further than the sheet.
    for one in charts_of(out):
        for formula in one.ranges:
            assert formula.startswith(("'概览'!", "概览!")), formula
        assert "cmd|" not in one.title or "=cmd" in one.title
    shown = [row[0] for row in table_of(book["概览"], "各部门的总分")[1:]]
    assert len(shown) == 12
    assert all(len(name) <= 28 for name in shown)


def test_of_many_groups_both_ends_are_shown(tmp_path: Path) -> None:
    people = [
        person(number, team=f"{number % 40:02}组", department=f"{number % 30:02}部",
               actual=str(Decimal(number % 97)))
        for number in range(600)
    ]  # fmt: skip
    out = made(tmp_path, people, "en")
    sheet = sheets_of(out)["Overview"]
    for name, many in (("Totals by department", 30), ("Totals by team", 40)):
        _, *rows = table_of(sheet, name)
        assert len(rows) == 12
        notes = [row[0] for row in sheet.iter_rows(values_only=True) if row[0]]
        assert any(f"Of {many} " in str(note) for note in notes)
    _, *rows = table_of(sheet, "Pay by department")
    assert rows[-1][0] == "19 others"
    paid = column_of(sheets_of(out)["Results"], "Total pay")
    assert sum(row[2] for row in rows) == paid[-1] == sum(paid[:-1])
    assert sheet.max_row < 200


def test_amounts_of_many_digits_have_room_or_are_texts(tmp_path: Path) -> None:
    policy = POLICY.replace("base: 900,", 'base: "99999999999.99",')
    people = [person(number, actual=str(60 + number)) for number in range(40)]
    out = made(tmp_path, people, policy=policy)
    sheet = sheets_of(out)["概览"]
    figures = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "n"]
    longest = max(len(f"{cell.value:,.2f}") for cell in figures if cell.value is not None)
    assert longest >= 18
    assert sheet.column_dimensions["B"].width >= longest * 0.85


def test_what_a_plan_pays_stands_beside_its_budget(tmp_path: Path) -> None:
    policy = POLICY + 'pools: {fund: {title: 奖金池, amount: "1000", share_by: total}}\n'
    out = made(
        tmp_path, [person(number, actual=str(60 + number)) for number in range(7)], policy=policy
    )
    head, *rows = table_of(sheets_of(out)["概览"], "各项奖金")
    assert head == ["奖金项目", "人数", "金额", "预算"]
    assert ["奖金池", 7, 1000, 1000] in rows
    assert all(len(row) == 3 for row in rows if row[0] != "奖金池")
    drawn = next(one for one in charts_of(out) if one.title.startswith("各项奖金"))
    assert [1000] in [[cell for cell in cells if cell] for cells in drawn.ranges.values()]


def test_totals_below_nought_have_their_medians_drawn(tmp_path: Path) -> None:
    policy = POLICY.replace("min: 0", "min: -100")
    people = [person(number, actual=str(-80 + 10 * number)) for number in range(12)]
    out = made(tmp_path, people, policy=policy)
    _, row = table_of(sheets_of(out)["概览"], "各部门的总分")
    assert row[2:7] == [-80, -52.5, -25, 2.5, 30]
    drawn = next(one for one in charts_of(out) if one.title == "销售部的总分")
    # Bars are stacked from nought, so that a box below it would stand in a wrong place.
    assert list(drawn.ranges.values()) == [["中位数"], ["销售部"], [-25]]


def test_figures_too_long_for_a_number_are_drawn_by_nobody(tmp_path: Path) -> None:
    policy = POLICY.replace("base: 900,", 'base: "999999999999999.99",')
    out = made(tmp_path, [person(number, actual="80") for number in range(3)], policy=policy)
    _, row = table_of(sheets_of(out)["概览"], "各项奖金")
    assert row[2] == "2999999999999999.97"
    assert not [one.title for one in charts_of(out) if "奖金" in one.title]
