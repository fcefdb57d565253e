"""The workbook to fill in: which columns, what may be entered, what is locked, no formulas."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from perfrules.codes.code import Language
from perfrules.intake.as_given import Given, GivenRow, GivenTable
from perfrules.language.read import read_policy
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle
from perfrules.papers.sheets.from_policies import workbook_plan
from perfrules.papers.sheets.plan import WorkbookPlan
from perfrules.papers.sheets.write_plan import write_plan

POLICY = """\
policy: sales
title: {zh: 销售代表, en: Sales representative}
indicators:
  amount: {title: {zh: 销售额, en: "Sales, cash received"}, weight: 30%, unit: CNY,
    source: 财务 / finance, target: 9000000,
    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
  rate: {title: {zh: 转化率, en: Conversion}, weight: 20%, unit: "%", baseline: required,
    target: required, score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
  survey: {title: {zh: 满意度, en: Satisfaction}, weight: 10%, unit: 分,
    score: {direct: {min: 0, max: 5}}}
  quality: {title: {zh: 质量, en: Quality}, weight: 10%, score: {levels: {优秀: 100, 一般: 60}}}
  launch: {title: {zh: 按期上线, en: On time}, weight: 10%,
    score: {yes_no: {done: 100, otherwise: 0}}}
  teamwork: {title: {zh: 协作, en: Teamwork}, weight: 10%,
    score: {ratings: {groups: {manager: 60%, peer: 40%}, scale: {min: 0, max: 100}}}}
  overall: {title: {zh: 综合, en: Overall}, weight: 10%, score: {formula: "amount.score"}}
adjustments:
  idea: {title: {zh: 金点子, en: Idea}, points: {each: 5}}
incentives:
  bonus: {base: person.bonus_base, times: [person.部门系数]}
"""


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    return read(tmp_path, POLICY)


def read(folder: Path, text: str) -> Policy:
    (folder / "sales.yaml").write_text(text, "utf-8")
    found, findings = read_policy(folder / "sales.yaml")
    assert found is not None, [one.message() for one in findings]
    return found


def written(plan: WorkbookPlan) -> Any:
    """The workbook as openpyxl reads it."""
    return load_workbook(BytesIO(packed(plan)))


def packed(plan: WorkbookPlan) -> bytes:
    file = BytesIO()
    write_plan(plan, file)
    return file.getvalue()


def book_of(*policies: Policy, language: Language = "zh", given: Given | None = None) -> Workbook:
    return written(workbook_plan(policies, language, given=given))  # type: ignore[no-any-return]


def row(page: Any, number: int) -> list[object]:
    return [cell.value for cell in page[number]]


def rules(page: Any) -> dict[str, tuple[Any, ...]]:
    return {
        str(one.sqref).partition(":")[0]: (one.type, one.formula1, one.formula2)
        for one in page.data_validations.dataValidation
    }


def test_the_sheets_of_a_policy(policy: Policy) -> None:
    book = book_of(policy)
    assert book.sheetnames == ["填写说明", "人员", "销售代表", "评分", "事件"]
    people = [
        "工号",
        "姓名",
        "岗位",
        "团队",
        "部门",
        "入职日期",
        "离职日期",
        "奖金基数",
        "部门系数",
    ]
    assert row(book["人员"], 1) == people
    assert book_of(policy, language="en").sheetnames == [
        "How to fill in", "people", "Sales representative", "ratings", "events",
    ]  # fmt: skip
    assert row(book["评分"], 1) == ["工号", "姓名", "指标", "评分组", "评分人", "评分", "佐证"]
    assert row(book["事件"], 1) == ["工号", "姓名", "事件", "次数", "分值", "佐证"]


def test_sheets_of_time_are_there_for_who_uses_them(policy: Policy, tmp_path: Path) -> None:
    cycle = Cycle("2024Q3", date(2024, 7, 1), date(2024, 9, 30))
    plain = written(workbook_plan([policy], "zh", cycle=cycle)).sheetnames
    assert not {"人员变动", "缺勤", "历史"} & {*plain}
    text = POLICY.replace("bonus: {base: person.bonus_base,", BONUS)
    used = read(
        tmp_path, text + "person_changes: {bonus_base: by_days}\nproration: {less: [事假]}\n"
    )
    book = written(workbook_plan([used], "zh", cycle=cycle))
    columns = ["工号", "姓名", "栏目", "新值", "起始日期", "原因", "批准人"]
    assert row(book["人员变动"], 1) == columns
    assert rules(book["人员变动"])["C2"][:2] == ("list", '"奖金基数"')
    assert row(book["缺勤"], 1) == ["工号", "姓名", "类别", "起始日期", "截止日期", "备注"]
    assert rules(book["缺勤"])["C2"][:2] == ("list", '"事假"')
    assert row(book["历史"], 1)[-2:] == ["激励方案", "已发金额"]
    assert rules(book["历史"])["K2"][:2] == ("list", '"季度奖金"')


BONUS = "bonus: {title: {zh: 季度奖金, en: Bonus}, base: person.bonus_base - year.paid.bonus,"


def test_a_column_for_each_part_that_comes_with_the_data(policy: Policy) -> None:
    page = book_of(policy)["销售代表"]
    assert row(page, 2) == [
        "工号", "姓名", "销售额", None, "转化率", None, None, "满意度", "质量", "按期上线",
        "数据日期", "佐证",
    ]  # fmt: skip
    assert row(page, 3)[2:10] == [
        "实际值", "目标值", "实际值", "目标值", "基线值", "实际值", "实际值", "实际值",
    ]  # fmt: skip
    assert row(page, 4)[:10] == [
        "单位", None, "CNY", "CNY", "%", "%", "%", "分", "优秀/一般", "是/否",
    ]  # fmt: skip
    assert row(page, 5)[:4] == ["数据来源", None, "财务", "不填按方案：9000000"]
    assert {"A2:A3", "C2:D2", "E2:G2"} <= {str(cells) for cells in page.merged_cells.ranges}
    assert page.freeze_panes == "C6"


def test_what_may_be_entered(policy: Policy) -> None:
    book = book_of(policy)
    found = rules(book["销售代表"])
    assert found["A6"] == ("list", "'人员'!$A$2:$A$31", None)
    assert found["H6"] == ("decimal", "0", "5")
    assert found["I6"] == ("list", '"优秀,一般"', None)
    assert found["J6"] == ("list", '"是,否"', None)
    assert (found["C6"][0], found["E6"][0]) == ("decimal", "custom")
    assert rules(book["人员"])["C2"] == ("list", '"销售代表"', None)
    assert rules(book["人员"])["F2"][0] == "date"
    ratings = rules(book["评分"])
    assert (ratings["C2"][1], ratings["D2"][1]) == ('"协作"', '"manager,peer"')
    assert ratings["F2"] == ("decimal", "0", "100")
    assert rules(book["事件"])["C2"] == ("list", '"金点子"', None)


def test_formats_and_locks(policy: Policy) -> None:
    page = book_of(policy)["销售代表"]
    formats = [page.cell(6, column).number_format for column in range(1, 12)]
    assert formats == [
        "@", "@", "#,##0.00", "#,##0.00", "0.00%", "0.00%", "0.00%", "General", "@", "@",
        "yyyy-mm-dd",
    ]  # fmt: skip
    assert page.protection.sheet
    assert not page.protection.password
    assert all(page.cell(number, 1).protection.locked for number in range(1, 6))
    assert not any(page.cell(6, column).protection.locked for column in range(1, 12))


def given(policy: Policy, **texts: str) -> Given:
    """One person with figures, whose columns are written as in `amount_actual`."""
    figures: dict[tuple[str, Any], str] = {}
    for name, text in texts.items():
        indicator, _, part = name.rpartition("_")
        figures[indicator, part] = text
    people = GivenTable(("person_id", "name", "role"), (("00123", "=1+1", "sales"),))
    return Given((GivenRow("00123", "", "=1+1", "", "", policy, figures),), {"people": people})


def test_a_person_stands_there_locked_with_what_is_known(policy: Policy) -> None:
    known = given(policy, amount_actual="1,250,000", amount_target="９００", rate_actual="85.123%")
    page = book_of(policy, given=known)["销售代表"]
    person, actual, target, rate = (page.cell(6, column) for column in (1, 3, 4, 5))
    assert (person.value, person.number_format, person.data_type) == ("00123", "@", "s")
    assert (actual.value, target.value) == (1250000, 900)
    assert (rate.value, rate.number_format) == (0.85123, "0.000%")
    assert [cell.protection.locked for cell in (person, actual, target)] == [True, False, False]
    assert not page.cell(7, 1).protection.locked, "newcomers have rows of their own"


def test_texts_never_become_formulas(policy: Policy) -> None:
    data = packed(workbook_plan([policy], "zh", given=given(policy, amount_actual="=1+1")))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name), name
            if name.endswith("sheet3.xml"):
                assert b'numberStoredAsText="1"' in archive.read(name)
    page = load_workbook(BytesIO(data))["销售代表"]
    assert [page.cell(6, column).data_type for column in (2, 3)] == ["s", "s"]


@pytest.mark.parametrize("text", ["1.2万", "#DIV/0!", "—", "12345678901234567", "85"])
def test_what_is_no_number_stays_what_it_is(policy: Policy, text: str) -> None:
    page = book_of(policy, given=given(policy, rate_actual=text))["销售代表"]
    cell = page.cell(6, 5)
    if text == "85":
        assert (cell.value, cell.number_format) == (85, "General"), "which is not 85 %"
    else:
        assert cell.value == text


def test_ratings_have_a_row_for_each_person_and_group(policy: Policy) -> None:
    known = given(policy)
    ratings = GivenTable(
        ("person_id", "indicator", "group", "rater_id", "score"),
        (("00123", "teamwork", "peer", "E2", "90"), ("00123", "teamwork", "peer", "E3", "80"),
         ("E9", "teamwork", "peer", "E2", "70")),
    )  # fmt: skip
    known = known._replace(tables={**known.tables, "ratings": ratings})
    page = book_of(policy, given=known)["评分"]
    assert [row(page, number)[:6] for number in range(2, 6)] == [
        ["00123", "=1+1", "协作", "manager", None, None],
        ["00123", "=1+1", "协作", "peer", "E2", 90],
        ["00123", "=1+1", "协作", "peer", "E3", 80],
        ["E9", None, "teamwork", "peer", "E2", 70],
    ]


def test_a_long_list_of_words_stands_among_the_notes(tmp_path: Path) -> None:
    levels = ", ".join(f"很长很长的等级名称第{number}档: {number}" for number in range(30))
    policy = read(tmp_path, POLICY.replace("优秀: 100, 一般: 60", levels))
    book = book_of(policy)
    (kind, cells, _) = rules(book["销售代表"])["I6"]
    assert (kind, cells) == ("list", "'填写说明'!$I$2:$I$31")
    assert book["填写说明"]["I2"].value == "很长很长的等级名称第0档"
    english = book_of(
        read(tmp_path, POLICY.replace("en: Teamwork", 'en: "Team, work"')), language="en"
    )
    assert rules(english["ratings"])["C2"][1].startswith("'How to fill in'!")


def test_a_name_that_means_two_things_gives_way_to_the_id(tmp_path: Path) -> None:
    policy = read(tmp_path, POLICY.replace("zh: 满意度", "zh: 质量").replace("销售代表", "事件"))
    book = book_of(policy)
    assert book.sheetnames == ["填写说明", "人员", "sales", "评分", "事件"]
    assert row(book["sales"], 2)[7:9] == ["survey", "quality"]


def test_the_same_plan_gives_the_same_bytes(policy: Policy) -> None:
    plan = workbook_plan([policy], "zh", given=given(policy, survey_actual="4.5"))
    assert packed(plan) == packed(plan)
    assert Decimal("4.5") == Decimal(str(written(plan)["销售代表"]["H6"].value))
