"""One row a person and a column a figure: as good as one row a figure."""

from decimal import Decimal
from pathlib import Path

import pytest
from cycle_folder import HEADER, PEOPLE, intake_of, read, read_sourced, shown, subject, value, write
from openpyxl import Workbook

from perfrules.intake.from_tables import Intake
from perfrules.intake.tables.sheet_names import sheet_name
from perfrules.intake.tables.wide_head import PartWords
from perfrules.model.policy import Policy

Rows = list[list[object]]

WHO: Rows = [
    ["工号", "姓名", "岗位"],
    ["E1", "示例员工01", "销售代表"],
    ["E2", "示例员工02", "销售代表"],
]


def book_of(
    folder: Path, sheets: dict[str, Rows], merged: dict[str, list[str]] | None = None
) -> Intake:
    """What is read from a workbook with the people and these sheets."""
    write(folder, more="data: q3.xlsx\n")
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in {"人员": WHO, **sheets}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in (merged or {}).get(name, []):
            sheet.merge_cells(cells)
    book.save(folder / "q3.xlsx")
    return intake_of(folder)


def figures(intake: Intake, person: str = "E1") -> dict[str, tuple[object, object]]:
    """The actual and target of each measure."""
    measures = subject(intake, person).scorecard.measures
    return {name: (value(one.actual), value(one.target)) for name, one in measures.items()}


TWO_ROWS: Rows = [
    ["工号", "姓名", "销售额", None, "回款率", "quality", "launch"],
    [None, None, "实际", "目标", "实际值", "实际", "actual"],
    ["E1", "示例员工01", 120, 100, "85%", "优秀(A)", "是"],
    ["E2", "示例员工02", 80, 100, "99%", None, "否"],
]
BOTH = {
    "amount": (Decimal(120), Decimal(100)),
    "rate": (Decimal("0.85"), None),
    "quality": ("优秀（A）", None),
    "launch": (True, None),
}


def test_a_sheet_of_a_role_with_a_head_of_two_rows(tmp_path: Path) -> None:
    intake = book_of(tmp_path, {"销售代表": TWO_ROWS}, {"销售代表": ["A1:A2", "B1:B2", "C1:D1"]})
    assert shown(intake) == []
    assert figures(intake) == BOTH
    assert "quality" not in figures(intake, "E2"), "an empty cell is no figure"
    actual, target = (
        getattr(subject(intake).scorecard.measures["amount"], part) for part in ("actual", "target")
    )
    assert actual.origin.place == "q3.xlsx[销售代表!C3]"
    assert target.origin.place == "q3.xlsx[销售代表!D3]"


def test_merged_cells_below_the_head_are_still_told(tmp_path: Path) -> None:
    intake = book_of(tmp_path, {"sales": TWO_ROWS}, {"sales": ["C1:D1", "E3:E4"]})
    assert [(code, place) for _, code, place in shown(intake)] == [
        ("merged-cells", "q3.xlsx[sales]")
    ]
    (finding,) = intake.unattached
    assert str(finding.facts["cells"]) == "E3:E4" or finding.facts["cells"].zh == "E3:E4"


HEADS: dict[str, list[list[object]]] = {
    "ids": [["person_id", "amount.actual", "amount.target", "rate", "quality", "launch"]],
    "titles": [["工号", "销售额 实际", "销售额 目标", "回款率", "quality 实际", "launch 实际值"]],
    "brackets": [["工号", "销售额（实际）", "销售额（目标）", "回款率(实际)", "quality", "launch"]],
    "no gap": [["工号", "销售额", "销售额目标值", "回款率实际值", "quality实际", "launch"]],
    "English": [["person_id", "Sales actual", "Sales Target", "Collection", "quality", "launch"]],
    "a broken line": [["工号", "销售额\n实际", "销售额\n目标", "回款率", "quality", "launch"]],
    "the id below": [
        [None, "销售额", None, "回款率", "quality", "launch"],
        ["工号", "实际", "目标", "实际", "实际", "实际"],
    ],
    "a title above": [
        ["2024年第三季度"],
        [None],
        ["工号", "销售额", None, "回款率", "quality", "launch"],
        [None, "实际", "目标", "实际", "实际", "实际"],
    ],
    "units and sources": [
        ["工号", "销售额", "销售额 目标", "回款率", "quality", "launch"],
        ["单位", "CNY", "CNY", "%", "优秀（A）/一般", "是/否"],
        ["数据来源：", "财务", "不填按 9", "财务", None, None],
    ],
}


@pytest.mark.parametrize(
    "sheet", ["销售代表", "sales", "Sales Representative", "实际值", "actuals"]
)
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_heads(tmp_path: Path, head: Rows, sheet: str) -> None:
    intake = book_of(tmp_path, {sheet: [*head, ["E1", 120, 100, "85%", "优秀（A）", "是"]]})
    assert [code for _, code, _ in shown(intake)] == ["no-figures"], "E2 is not in the sheet"
    assert figures(intake) == BOTH
    place = subject(intake).scorecard.measures["amount"].actual
    assert place is not None
    assert place.origin.place == f"q3.xlsx[{sheet}!B{len(head) + 1}]"


WIDE = "工号,姓名,销售额 实际,销售额 目标,回款率\n"


@pytest.mark.parametrize("name", ["actuals", "实际值", "actuals.sales", "实际值.销售代表"])
def test_csv_files(tmp_path: Path, name: str) -> None:
    write(
        tmp_path,
        people=PEOPLE,
        **{name: WIDE + 'E1,示例员工01,"1,200",１０００,85%\nE2,,80,100,\n'},
    )
    intake = intake_of(tmp_path)
    assert shown(intake) == []
    assert figures(intake) == {"amount": (1200, 1000), "rate": (Decimal("0.85"), None)}
    actual = subject(intake).scorecard.measures["amount"].actual
    assert actual is not None
    assert actual.origin.place == f"{name}.csv:2 (C2)"
    assert [path.name for path in intake.files] == sorted([f"{name}.csv", "people.csv"])


def test_long_and_wide_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "long").mkdir()
    (tmp_path / "wide").mkdir()
    long = read(
        tmp_path / "long",
        actuals="工号,指标,实际值,目标值,数据来源,数据日期,佐证\n"
        "E1,amount,120,100,财务,2024/9/30,HK-1\nE1,rate,85%,,财务,2024/9/30,HK-1\n"
        "E2,amount,—,100,,,\n",
    )
    wide = read(
        tmp_path / "wide",
        actuals="工号,amount,amount 目标,rate,数据来源,数据日期,佐证\n"
        "E1,120,100,85%,财务,2024/9/30,HK-1\nE2,—,100,,,,\n",
    )
    assert [code for _, code, _ in shown(long)] == ["wrong-source"] * 0 == shown(wide)
    for person in ("E1", "E2"):
        assert figures(long, person) == figures(wide, person)
    datum = subject(wide).scorecard.measures["rate"].actual
    assert datum is not None
    assert datum.origin[1:4] == ("财务", "2024-09-30", "HK-1")


CELLS: dict[str, tuple[str, str, str]] = {
    "a unit": ("1.2万,100,", "unit-suffix", "C2"),
    "a bad target": ("1,1_000,", "digit-grouping", "D2"),
    "a bare percentage": ("1,1,85", "ambiguous-percent", "E2"),
    "a percentage of money": ("85%,100,", "unexpected-percent", "C2"),
    "an Excel error": ("#DIV/0!,100,", "spreadsheet-error", "C2"),
}


@pytest.mark.parametrize(("row", "code", "cell"), CELLS.values(), ids=CELLS.keys())
def test_a_bad_cell_is_named_and_costs_its_person_only(
    tmp_path: Path, row: str, code: str, cell: str
) -> None:
    intake = read(tmp_path, actuals=f"{WIDE}E1,,{row}\nE2,,80,100,\n")
    assert shown(intake) == [("E1", code, f"actuals.csv:2 ({cell})")]
    assert value(subject(intake, "E2").scorecard.measures["amount"].actual) == 80


def test_a_formula_without_a_result_is_named(tmp_path: Path) -> None:
    rows: Rows = [*TWO_ROWS[:2], ["E1", "示例员工01", "=1+1", 100], ["E2", None, 80, 100]]
    intake = book_of(tmp_path, {"销售代表": rows})
    assert shown(intake) == [("E1", "formula-not-computed", "q3.xlsx[销售代表!C3]")]


def test_a_figure_in_a_long_and_a_wide_table(tmp_path: Path) -> None:
    long = HEADER + "E1,amount,120,100\nE2,amount,80,100\n"
    wide = "工号,amount,amount 目标\nE1,120,100\nE2,81,100\n"
    intake = read(tmp_path, actuals=long, **{"actuals.sales": wide})
    assert shown(intake) == [
        ("E1", "repeated-figure", "actuals.sales.csv:2 (B2)"),
        ("E2", "duplicate-figure", "actuals.sales.csv:3 (B3)"),
    ]
    (problem,) = subject(intake, "E2").problems
    assert str(problem.related[0].place) == "actuals.csv:3"
    assert "actuals.csv:3" in problem.message("zh")


def test_two_columns_of_one_figure(tmp_path: Path) -> None:
    intake = read(
        tmp_path, actuals="工号,amount,销售额 实际,amount 目标\nE1,120,121,100\nE2,80,80,\n"
    )
    assert shown(intake) == [
        ("E1", "duplicate-figure", "actuals.csv:2 (C2)"),
        ("E2", "repeated-figure", "actuals.csv:3 (C3)"),
    ]


def test_headings_that_nobody_knows(tmp_path: Path) -> None:
    rows: Rows = [
        ["工号", "姓名", "团队", "奖金基数", "备注", "颜色 实际", "心情"],
        ["E1", "示例员工01", "直销组", 1, "示例", 120, "好"],
        ["E2", "示例员工02", None, None, None, None, None],
    ]
    intake = book_of(tmp_path, {"销售代表": rows})
    assert shown(intake) == [
        ("", "unknown-column", "q3.xlsx[销售代表!D1]"),
        ("", "unknown-column", "q3.xlsx[销售代表!F1]"),
        ("", "unknown-column", "q3.xlsx[销售代表!G1]"),
        ("E1", "no-figures", "q3.xlsx[人员!2]"),
        ("E1", "unknown-indicator", "q3.xlsx[销售代表!F2]"),
        ("E2", "no-figures", "q3.xlsx[人员!3]"),
    ]
    assert [one.facts["suggestion"] for one in intake.unattached] == [None, None, None]
    assert not [one for one in subject(intake, "E2").problems if one.severity == "error"]


def test_a_heading_that_is_nearly_a_figure_of_everybody_stops_everything(tmp_path: Path) -> None:
    rows: Rows = [["工号", "销售金额 实际", "销售金额 目标", "回款率"], ["E1", 120, 100, "85%"]]
    intake = book_of(tmp_path, {"销售代表": rows})
    assert shown(intake) == [("", "unknown-indicator", "q3.xlsx[销售代表!B1]")]
    assert (intake.unattached[0].facts["suggestion"], intake.subjects) == ("销售额", ())


def test_columns_of_people_are_for_people(tmp_path: Path) -> None:
    intake = read(
        tmp_path,
        people="工号,姓名,岗位,奖金基数\nE1,示例员工01,sales,1\n",
        actuals="工号,姓名,岗位,奖金基数,项目,amount\nE1,示例员工01,x,5,甲,7\n",
    )
    assert shown(intake) == []
    assert value(subject(intake).scorecard.person["bonus_base"]) == 1


def test_another_name_is_a_warning(tmp_path: Path) -> None:
    intake = read(tmp_path, actuals=WIDE + "E1,示例员工02,120,100,\nE2,示例员工02,80,100,\n")
    assert shown(intake) == [("E1", "wrong-name", "actuals.csv:2 (B2)")]
    assert subject(intake).problems[0].severity == "warning"
    assert value(subject(intake).scorecard.measures["amount"].actual) == 120
    long = read(tmp_path, actuals="工号,姓名,指标,实际值\nE1,示例员工02,amount,1\nE2,,amount,1\n")
    assert shown(long) == [("E1", "wrong-name", "actuals.csv:2 (B2)")]


def test_another_unit_in_the_head_is_a_warning(tmp_path: Path) -> None:
    rows: Rows = [
        ["工号", "销售额", "回款率"],
        ["单位", "单", "%"],
        ["E1", 12, "85%"],
        ["E2", 8, None],
    ]
    intake = book_of(tmp_path, {"销售代表": rows})
    assert shown(intake) == [("", "wrong-unit", "q3.xlsx[销售代表!B2]")]
    assert intake.unattached[0].severity == "warning"


@pytest.mark.parametrize(
    "unit", ["万元", "千元", "k", "万", "W", "百万元", "亿元", "万 CNY", "kRMB"]
)
def test_a_unit_of_another_scale_stops_everything(tmp_path: Path, unit: str) -> None:
    below: Rows = [["工号", "销售额"], ["单位", unit], ["E1", 12], ["E2", 8]]
    behind: Rows = [["工号", f"销售额（{unit}）"], ["E1", 12], ["E2", 8]]
    of_part: Rows = [["工号", "销售额"], [None, f"实际值（{unit}）"], ["E1", 12], ["E2", 8]]
    for rows, place in ((below, "B2"), (behind, "B1"), (of_part, "B2")):
        intake = book_of(tmp_path, {"销售代表": rows})
        assert shown(intake) == [("", "scaled-unit", f"q3.xlsx[销售代表!{place}]")]
        assert intake.subjects == ()


@pytest.mark.parametrize(
    "heading", ["销售额（元）", "销售额(CNY)", "销售额 / 元", "销售额（单位：元）"]
)
def test_the_unit_of_the_policy_may_stand_behind_a_heading(tmp_path: Path, heading: str) -> None:
    intake = book_of(tmp_path, {"销售代表": [["工号", heading], ["E1", 12], ["E2", 8]]})
    assert shown(intake) == []
    assert figures(intake) == {"amount": (Decimal(12), None)}


def test_rows_of_nobody(tmp_path: Path) -> None:
    rows: Rows = [
        *TWO_ROWS, [None, "示例员工03", 1], ["E9", None, 1], ["合计", None, 200], [" ", None, " "],
    ]  # fmt: skip
    intake = book_of(tmp_path, {"销售代表": rows})
    assert set(shown(intake)) == {
        ("", "missing-person-id", "q3.xlsx[销售代表!A5]"),
        ("", "unknown-person", "q3.xlsx[销售代表!A6]"),
        ("", "totals-row", "q3.xlsx[销售代表!7]"),
    }


def test_a_sheet_that_is_called_almost_like_a_role(tmp_path: Path) -> None:
    intake = book_of(
        tmp_path, {"销售代表": TWO_ROWS, "销售代表们": TWO_ROWS, "填写说明": [["说明"]]}
    )
    assert shown(intake) == [("", "unused-sheet", "q3.xlsx[销售代表们]")]
    (finding,) = intake.unattached
    assert (finding.severity, finding.facts["suggestion"]) == ("warning", "销售代表")


def test_a_sheet_of_a_role_without_ids_stops_everything(tmp_path: Path) -> None:
    intake = book_of(tmp_path, {"销售代表": [["姓名", "销售额"], ["示例员工01", 1]]})
    assert (shown(intake), intake.subjects) == ([("", "missing-column", "q3.xlsx[销售代表!1]")], ())


def test_a_long_table_without_its_indicator_is_no_wide_one(tmp_path: Path) -> None:
    intake = read(tmp_path, actuals="工号,指标名,实际值,目标值\nE1,amount,1,1\n")
    assert ("", "missing-column", "actuals.csv:1 (B1)") in shown(intake)
    assert intake.subjects == ()


OTHER = """\
policy: seo
title: {zh: SEO/SEM专员, en: SEO/SEM specialist}
indicators:
  clicks: {title: {zh: 点击量, en: Clicks}, weight: 100%, score: {direct: {min: 0, max: 100}}}
"""


def test_two_roles_in_one_table_and_in_two_sheets(tmp_path: Path) -> None:
    write(
        tmp_path,
        people=PEOPLE + "E3,示例员工03,seo\n",
        actuals="工号,销售额,点击量\nE1,120,\nE2,80,7\nE3,—,50\n",
    )
    (tmp_path / "policies" / "seo.yaml").write_text(OTHER, "utf-8")
    intake = intake_of_two(tmp_path)
    assert shown(intake) == [("E2", "unknown-indicator", "actuals.csv:3 (C3)")]
    assert figures(intake, "E3") == {"clicks": (50, None)}
    for name, text in {
        "actuals.sales": "工号,销售额\nE1,120\nE3,5\nE2,\n",
        "actuals.seo": "工号,点击量\nE3,50\nE1,\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    (tmp_path / "actuals.csv").unlink()
    found = shown(intake_of_two(tmp_path))
    assert ("E3", "other-role", "actuals.sales.csv:3 (A3)") in found
    assert {code for _, code, _ in found} == {"other-role", "no-figures"}


def intake_of_two(folder: Path) -> Intake:
    from perfrules.intake.cycle_file import read_cycle_file
    from perfrules.intake.from_tables import read_intake
    from perfrules.language.read import read_policies

    cycle_file, _ = read_cycle_file(folder / "cycle.yaml")
    assert cycle_file is not None
    policies, _ = read_policies(cycle_file.policies)
    assert all(isinstance(one, Policy) for one in policies)
    return read_intake(folder, cycle_file, policies)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("SEO/SEM专员", "SEO-SEM专员"),
        ("销售代表", "销售代表"),
        ("a" * 40, "a" * 31),
        ("[x]:'", "-x-"),
    ],
)
def test_titles_as_names_of_sheets(title: str, name: str) -> None:
    assert sheet_name(title) == name


MEANT: dict[str, object] = {
    "销售额（目标）": ("销售额", "target", True),
    "amount.actual": ("amount", "actual", True),
    "销售额 - 实际值": ("销售额", "actual", True),
    "年度目标": ("年度", "target", False),
    "amount_baseline": ("amount", "baseline", True),
    "销售额【基线】": ("销售额", "baseline", True),
    "销售额（门槛）": ("销售额", "floor", True),
    "sales.floor": ("sales", "floor", True),
    "ground floor": ("ground", "floor", True),
    "waterfloor": None,
    "factual": None,
    "目标": None,
    "销售额(回款口径)": None,
}


@pytest.mark.parametrize(("text", "meant"), MEANT.items())
def test_what_a_heading_says(text: str, meant: object) -> None:
    assert PartWords({"floor": "floor", "门槛": "floor"}).split(text) == meant


SEGMENTS = "工号,岗位,起始日期,截止日期\nE1,sales,,2024-08-15\nE1,seo,2024-08-16,\n"


def moved(folder: Path, **files: str) -> Intake:
    """E1 sold until the middle of August; what the wide tables say of both roles."""
    write(folder, people=PEOPLE, segments=SEGMENTS, **files)
    (folder / "policies" / "seo.yaml").write_text(OTHER, "utf-8")
    return intake_of_two(folder)


def test_somebody_who_moved_stands_in_the_sheets_of_both_roles(tmp_path: Path) -> None:
    files = {"actuals.sales": "工号,销售额\nE1,120\nE2,80\n", "actuals.seo": "工号,点击量\nE1,50\n"}
    intake = moved(tmp_path, **files)
    assert shown(intake) == []
    assert figures(intake, "E1#1") == {"amount": (120, None)}
    assert figures(intake, "E1#2") == {"clicks": (50, None)}


def test_rows_of_somebody_who_moved_in_one_table(tmp_path: Path) -> None:
    one = moved(tmp_path, actuals="工号,销售额,点击量\nE1,,50\nE2,80,\n")
    assert figures(one, "E1#2") == {"clicks": (50, None)}
    named = moved(tmp_path, actuals="工号,任职段,销售额,点击量\nE1,1,120,\nE1,2,,50\nE2,,80,\n")
    assert shown(named) == []
    assert (figures(named, "E1#1"), figures(named, "E1#2")) == (
        {"amount": (120, None)}, {"clicks": (50, None)},
    )  # fmt: skip
    both = moved(tmp_path, actuals="工号,销售额,点击量\nE1,120,50\nE2,80,\n")
    assert ("E1", "which-segment", "actuals.csv:2 (A2)") in shown(both)


def test_what_a_row_says_of_its_source_and_date_is_said_once(tmp_path: Path) -> None:
    rows = "工号,amount,amount 目标,rate,数据来源,数据日期\nE1,1,1,99%,手工,去年\nE2,1,1,,,\n"
    assert shown(read_sourced(tmp_path, actuals=rows)) == [
        ("E1", "wrong-source", "actuals.csv:2 (E2)"),
        ("E1", "bad-date", "actuals.csv:2 (F2)"),
        ("E2", "no-source", "actuals.csv:3 (E3)"),
    ]


def test_json_has_wide_tables_too(tmp_path: Path) -> None:
    write(tmp_path, more="data: q3.json\n")
    people = '{"person_id": "E1", "role": "sales"}'
    row = '{"person_id": "E1", "amount.actual": 120, "amount.target": 100, "rate": "85%"}'
    (tmp_path / "q3.json").write_text(f'{{"people": [{people}], "销售代表": [{row}]}}', "utf-8")
    intake = intake_of(tmp_path)
    assert shown(intake) == []
    assert figures(intake) == {"amount": (120, 100), "rate": (Decimal("0.85"), None)}
    actual = subject(intake).scorecard.measures["amount"].actual
    assert actual is not None
    assert actual.origin.place == "q3.json[销售代表!1]"
