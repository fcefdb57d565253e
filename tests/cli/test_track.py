"""`perfrules track`: a cycle as it stands on a day."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import main

POLICY = """\
policy: sales
indicators:
  signed: {title: {zh: 签约数, en: Signed}, weight: 50%, unit: 家, target: required,
    score: {formula: "100 * attainment"}}
  rate: {weight: 30%, unit: "%", missing: exclude, score: {direct: {min: 0, max: 1}}}
  teamwork: {weight: 20%, missing: exclude,
    score: {ratings: {groups: {peer: 100%}, scale: {min: 0, max: 100}}}}
warnings:
  behind_plan: {title: {zh: 进度落后, en: Behind plan}, indicator: signed, every: week,
    below: 80%, times: 2}
"""
CYCLE = """\
id: 2024Q3
title: {zh: 第三季度, en: Third quarter}
from: 2024-07-01
to: 2024-09-30
policies: policies
calendar: holidays.csv
deadlines:
  data: {working_days: 3, before: 2024-10-10}
  appeal: {working_days: 7, after: 2024-10-10}
"""
PEOPLE = "person_id,name,role\nE1,示例员工01,sales\nE2,=示例员工02,sales\nE3,示例员工03,nobody\n"
HEADER = "person_id,indicator,date,actual,target,note\n"
SLOW = "E1,signed,2024-07-07,7.9,10,\nE1,签约数,2024/7/14,7.5,10,雨季，见①\n"
FINE = "E2,signed,2024-07-07,7.9,10,\nE2,signed,2024-07-14,8.0,10,\nE2,signed,2024-07-21,7.5,10,\n"
HOLIDAYS = "日期,类型,名称\n" + "".join(f"2024-10-0{day},休,国庆节\n" for day in range(1, 8))
HOLIDAYS += "2024-10-12,班,调休\n"


def write(folder: Path, rows: str = SLOW + FINE, **files: str) -> Path:
    texts = {
        "policies/sales.yaml": POLICY, "cycle.yaml": CYCLE, "people.csv": PEOPLE,
        "progress.csv": HEADER + rows, "holidays.csv": HOLIDAYS,
        "actuals.csv": "person_id,indicator,actual,target\nE2,signed,20,30\n",
    }  # fmt: skip
    for name, text in {**texts, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def track(folder: Path, *words: str, on: str = "2024-09-26", language: str = "en") -> Result:
    runner = CliRunner(env={"PERFRULES_LANG": language, "NO_COLOR": "1"})
    return runner.invoke(main, ["track", str(folder), "--on", on, *words])


def shown(result: Result) -> list[str]:
    """The lines of a report, however wide its columns are."""
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def told(folder: Path, *words: str, on: str = "2024-09-26") -> dict[str, Any]:
    result = track(folder, *words, "--format", "json", on=on)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_report_has_courses_warnings_missing_figures_and_deadlines(tmp_path: Path) -> None:
    result = track(write(tmp_path))
    assert result.exit_code == 1
    assert result.stderr == ""
    lines = shown(result)
    assert lines[0] == "2024Q3 Third quarter progress as of 2024-09-26"
    assert "E1 示例员工01 Signed 2024-07-07 7.9 10 79% 7.9" in lines
    assert "2024-07-14 7.5 10 75% 15.4 雨季，见①" in lines
    assert "- E1 示例员工01 Signed: Behind plan (2 weeks in a row below 80%)" in lines
    assert "2024-07-07 79%, 2024-07-14 75%; since 2024-07-14, open" in lines
    missing = "Figures still missing (due on 2024-09-30, working days left: 2)"
    assert missing in lines
    assert "E1 示例员工01 Signed" in lines
    assert "data 2024-09-30 working days left: 2" in lines
    assert "appeal 2024-10-18 working days left: 12" in lines
    assert lines[-1] == ("courses: 2; warnings: 1; milestones missed: 0; figures missing: 1")


def test_the_report_in_chinese(tmp_path: Path) -> None:
    printed = track(write(tmp_path), language="zh").stdout
    assert "第三季度  进度，截至 2024-09-26" in printed
    assert "- E1 示例员工01  签约数：进度落后（连续 2 周低于 80%）" in printed
    assert "2024-07-07 79%，2024-07-14 75%；2024-07-14 触发，持续中" in printed
    assert "尚缺的数据（2024-09-30 前交齐，还剩 2 个工作日）" in printed


def test_json_has_decimals_as_texts(tmp_path: Path) -> None:
    found = told(write(tmp_path))
    assert (found["cycle"], found["on"]) == ("2024Q3", "2024-09-26")
    first = found["courses"][0]["points"][0]
    assert first == {
        "date": "2024-07-07", "actual": "7.9", "target": "10", "attainment": "0.79",
        "sum": "7.9", "note": "", "reason": "", "measure": "", "place": "progress.csv:2",
    }  # fmt: skip
    (warning,) = found["warnings"]
    assert (warning["person_id"], warning["warning"], warning["since"], warning["open"]) == (
        "E1", "behind_plan", "2024-07-14", True,
    )  # fmt: skip
    assert [one["person_id"] for one in found["missing"]] == ["E1"]
    assert [(one["id"], one["date"]) for one in found["deadlines"]] == [
        ("data", "2024-09-30"), ("appeal", "2024-10-18"),
    ]  # fmt: skip


IMPROVEMENTS = """\
工号,差距,改进措施,负责人,完成日期,状态
E1,签约数,每周拜访 3 家老客户,=主管甲,2024-08-31,进行中
E1,团队协作,每月共享一次客户资料,主管甲,2024-08-31,已完成
E2,签约数,试用新报价单,,,
"""


def test_measures_of_improvement_are_followed(tmp_path: Path) -> None:
    folder = write(tmp_path, "", **{"improvements.csv": IMPROVEMENTS})
    text = track(folder, language="zh").stdout
    rows = [line.split() for line in text.splitlines() if line.startswith("E")]
    assert [row[-1] for row in rows if "每周拜访" in row] == ["已逾期"]
    assert [row[-1] for row in rows if "每月共享一次客户资料" in row] == ["已完成"]
    node = json.loads(track(folder, "--format", "json").stdout)
    assert [(one["person_id"], one["state"], one["overdue"]) for one in node["improvements"]] == [
        ("E1", "running", True), ("E1", "done", False), ("E2", None, False),
    ]  # fmt: skip
    # On its own day a measure is not late.
    assert track(folder, on="2024-08-31").exit_code == 0
    assert track(folder, on="2024-09-01").exit_code == 1
    assert "每周拜访" not in track(folder, "--person", "E2").stdout


def test_a_bad_row_of_improvements_is_a_finding(tmp_path: Path) -> None:
    bad = "E1,,拜访,,下周,\nE2,,拜访,,,快了\nE2,,,,,\nE9,,拜访,,,\n"
    folder = write(tmp_path, "", **{"improvements.csv": IMPROVEMENTS.splitlines()[0] + "\n" + bad})
    found = track(folder)
    for code, cell in (("bad-date", "E2"), ("bad-state", "F3"), ("empty-cell", "C4")):
        assert f"({cell})" in found.stderr and f"[{code}]" in found.stderr, found.stderr
    assert "[unknown-person]" in found.stderr
    assert found.exit_code == 1


def test_csv_has_the_courses_and_no_formula(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(track(write(tmp_path), "--format", "csv").stdout)))
    assert len(rows) == 5
    assert rows[0]["attainment"] == "0.79"
    assert rows[2]["name"] == "'=示例员工02"


def test_one_person_is_told_nothing_of_others(tmp_path: Path) -> None:
    folder = write(
        tmp_path, SLOW + FINE + "E1,nothing,2024-07-07,1,1,\nE9,signed,2024-07-07,1,1,\n"
    )
    result = track(folder, "--person", "E2")
    assert result.exit_code == 0, result.output
    assert "E1" not in result.output
    assert "E9" not in result.output
    assert "E2" in result.stdout
    unknown = track(folder, "--person", "E9")
    assert unknown.exit_code != 0
    assert "E9" in unknown.output


def test_the_day_decides_which_rows_count(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert track(folder, on="2024-07-13").exit_code == 0
    assert len(told(folder, on="2024-07-13")["courses"][0]["points"]) == 1
    assert track(folder, on="2024-07-14").exit_code == 1


def test_the_day_is_today_by_default_and_is_printed(tmp_path: Path) -> None:
    result = CliRunner(env={"PERFRULES_LANG": "en"}).invoke(main, ["track", str(write(tmp_path))])
    assert "progress as of 20" in result.stdout


def test_a_day_that_is_none_is_a_usage_error(tmp_path: Path) -> None:
    result = track(write(tmp_path), on="30.9.2024")
    assert result.exit_code == 2
    assert "30.9.2024" in result.output


def test_figures_missing_after_the_deadline_are_a_finding(tmp_path: Path) -> None:
    folder = write(tmp_path, FINE)
    assert track(folder, on="2024-09-30").exit_code == 0
    late = track(folder, on="2024-10-08")
    assert late.exit_code == 1
    assert "working days past: 1" in late.stdout


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        ("E2,signed,2024-07-28,7,,", "missing-period-target", "progress.csv:2"),
        ("E2,signed,,7,10,", "missing-date", "progress.csv:2 (C2)"),
        ("E2,signed,2024-02-30,7,10,", "no-such-day", "progress.csv:2 (C2)"),
        ("E2,signed,2023-07-28,7,10,", "outside-cycle", "progress.csv:2 (C2)"),
        ("E2,signed,2024-10-07,7,10,", "outside-cycle", "progress.csv:2 (C2)"),
        ("E2,signed,2024-07-28,七,10,", "not-a-number", "progress.csv:2 (D2)"),
        ("E2,signed,2024-07-28,7,10 家,", "unit-suffix", "progress.csv:2 (E2)"),
        ("E2,rate,2024-07-28,85,,", "ambiguous-percent", "progress.csv:2 (D2)"),
        ("E2,sings,2024-07-28,7,10,", "unknown-indicator", "progress.csv:2 (B2)"),
        ("E2,,2024-07-28,7,10,", "missing-indicator", "progress.csv:2 (B2)"),
        ("E2,teamwork,2024-07-28,80,90,", "nothing-to-watch", "progress.csv:2 (B2)"),
        ("E9,signed,2024-07-28,7,10,", "unknown-person", "progress.csv:2 (A2)"),
        ("E3,signed,2024-07-28,7,10,", "unknown-policy", "people.csv:4 (C4)"),
        (
            "E2,signed,2024-07-28,7,10,\nE2,signed,2024-07-28,8,10,",
            "duplicate-figure", "progress.csv:3",
        ),
    ],
)  # fmt: skip
def test_a_row_at_fault_is_said_and_left_out(
    tmp_path: Path, row: str, code: str, place: str
) -> None:
    result = track(write(tmp_path, row + "\n"))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{place}: error: ")
    assert result.stderr.count(" error: ") == 1
    assert f"[{code}]" in result.stderr
    assert "Deadlines" in result.stdout, "the rest is told all the same"


def test_a_repeated_row_is_a_warning_and_counts_once(tmp_path: Path) -> None:
    result = track(write(tmp_path, "E2,signed,2024-07-28,9,10,\nE2,signed,2024-07-28,9,10,\n"))
    assert result.exit_code == 0
    assert "[repeated-figure]" in result.stderr


@pytest.mark.parametrize("day", ["2024-09-30", "2024-10-06"])
def test_the_last_week_may_end_after_the_cycle(tmp_path: Path, day: str) -> None:
    result = track(write(tmp_path, f"E2,signed,{day},9,10,\n"), on="2024-10-08")
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"cycle.yaml": "id: 1\n"}, 2),
        ({"people.csv": "a,b\n1,2\n"}, 2),
        ({"policies/sales.yaml": POLICY.replace("signed, every", "sigend, every")}, 3),
    ],
)
def test_what_cannot_be_read_as_a_whole(tmp_path: Path, files: dict[str, str], code: int) -> None:
    result = track(write(tmp_path, **files))
    assert (result.exit_code, result.stdout) == (code, "")


def test_deadlines_are_not_guessed_where_the_calendar_is_at_fault(tmp_path: Path) -> None:
    result = track(write(tmp_path, FINE, **{"holidays.csv": "日期,类型\n2024-10-01,假\n"}))
    assert result.exit_code == 1
    assert "holidays.csv:2 (B2): error: " in result.stderr
    assert "Deadlines" not in result.stdout


def test_a_year_that_the_calendar_does_not_know_is_said(tmp_path: Path) -> None:
    result = track(write(tmp_path, FINE, **{"holidays.csv": "日期,类型\n2023-10-01,休\n"}))
    assert result.exit_code == 0
    assert "[unknown-year]" in result.stderr
    assert "data 2024-10-07" in [line[:15] for line in shown(result)]


def test_the_calendar_is_no_unused_table(tmp_path: Path) -> None:
    runner = CliRunner(env={"PERFRULES_LANG": "en"})
    out = str(tmp_path / "out")
    result = runner.invoke(main, ["evaluate", str(write(tmp_path)), "--out", out])
    assert "unused-file" not in result.output


def test_milestones_of_the_cascade(tmp_path: Path) -> None:
    targets = """\
goals:
  signed:
    target: 120
    unit: 家
    due: 2024-09-30
    parts:
      person:
        E1:
          target: 120
          milestones: [{title: {zh: 七月中, en: Mid-July}, by: 2024-07-15, value: 18}]
"""
    result = track(write(tmp_path, SLOW, **{"targets.yaml": targets}))
    assert result.exit_code == 1
    expected = "E1 示例员工01 Mid-July 2024-07-15 2024-07-14 18 15.4 missed"
    assert expected in [line[-len(expected) :] for line in shown(result)]
    assert "milestones missed: 1" in result.stdout


def test_rows_of_somebody_who_moved_go_to_the_role_of_that_day(tmp_path: Path) -> None:
    segments = "person_id,role,from,to\nE1,sales,,2024-07-14\nE1,other,2024-07-15,\n"
    other = POLICY.replace("policy: sales", "policy: other")
    rows = "E1,signed,2024-07-14,8,10,\nE1,signed,2024-07-21,9,10,\n"
    folder = write(tmp_path, rows, **{"segments.csv": segments, "policies/other.yaml": other})
    found = told(folder, "--person", "E1")
    assert [(one["person_id"], len(one["points"])) for one in found["courses"]] == [
        ("E1#1", 1), ("E1#2", 1),
    ]  # fmt: skip


def test_the_example_cycle() -> None:
    folder = Path(__file__).parents[2] / "examples" / "2024Q3"
    found = told(folder, on="2024-10-01")
    assert {one["person_id"] for one in found["courses"]} == {"E1001", "E1003", "E1007"}
    sums = {
        (one["person_id"], one["indicator"]): one["points"][-1]["sum"] for one in found["courses"]
    }
    assert sums["E1007", "sales_amount"] == "933183", "as in actuals.csv"
    assert sums["E1003", "collection_rate"] is None
    assert [one["date"] for one in found["deadlines"]] == ["2024-09-30", "2024-10-18"]
