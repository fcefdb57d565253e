"""Working days by a calendar file, and the deadlines of cycle.yaml."""

import datetime
from pathlib import Path

import pytest
from cycle_folder import CYCLE, write

from perfrules.intake.calendar_file import read_calendar
from perfrules.intake.cycle_file import CycleFile, read_cycle_file
from perfrules.model.calendar import PLAIN_WEEK, Deadline, WorkCalendar

OCTOBER = datetime.date(2024, 10, 10)
EXAMPLE = Path(__file__).parents[2] / "examples" / "2024Q3"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def calendar_of(tmp_path: Path, text: str, encoding: str = "utf-8") -> WorkCalendar:
    path = tmp_path / "calendar.csv"
    path.write_text(text, encoding)
    calendar, findings = read_calendar(path)
    assert calendar is not None, [one.message() for one in findings]
    return calendar


def codes_of(tmp_path: Path, text: str) -> list[tuple[str, str, str]]:
    path = tmp_path / "calendar.csv"
    path.write_text(text, "utf-8")
    calendar, findings = read_calendar(path)
    assert (calendar is None) == bool(findings.errors)
    assert all(one.message("zh") and one.message("en") for one in findings)
    return [(one.code, one.severity, str(one.place)) for one in findings]


def holidays() -> WorkCalendar:
    calendar, findings = read_calendar(EXAMPLE / "calendar.csv")
    assert calendar is not None
    assert not list(findings)
    return calendar


def test_three_working_days_before_are_those_of_the_official_calendar_t11() -> None:
    assert holidays().before(OCTOBER, 3) == day("2024-09-30")
    assert PLAIN_WEEK.before(OCTOBER, 3) == day("2024-10-07")


def test_a_make_up_workday_counts_t12() -> None:
    assert holidays().after(OCTOBER, 7) == day("2024-10-18")
    assert PLAIN_WEEK.after(OCTOBER, 7) == day("2024-10-21")


@pytest.mark.parametrize(
    ("date", "is_working"),
    [
        ("2024-09-13", True),
        ("2024-09-14", True),  # a Saturday, worked
        ("2024-09-16", False),  # a Monday, off
        ("2024-09-21", False),
        ("2024-09-29", True),  # a Sunday, worked
        ("2024-10-01", False),
        ("2024-10-08", True),
        ("2024-10-12", True),
    ],
)
def test_which_days_are_worked(date: str, is_working: bool) -> None:
    assert holidays().is_working(day(date)) is is_working


def test_working_days_left_are_counted_from_tomorrow_and_negative_when_past() -> None:
    calendar = holidays()
    assert calendar.between(day("2024-09-26"), day("2024-09-30")) == 3  # Friday, Sunday, Monday
    assert calendar.between(day("2024-09-30"), day("2024-09-30")) == 0
    assert calendar.between(day("2024-10-09"), day("2024-09-30")) == -2
    assert calendar.between(day("2024-09-27"), day("2024-09-28")) == 0


def test_counting_ends_where_dates_end() -> None:
    assert PLAIN_WEEK.after(datetime.date.max, 5) == datetime.date.max
    assert PLAIN_WEEK.before(datetime.date.min, 5) == datetime.date.min


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_headers_and_kinds(tmp_path: Path, encoding: str) -> None:
    text = "日期,类型,名称\n2024/10/1,休,国庆节\n2024年10月12日,班,调休\n"
    calendar = calendar_of(tmp_path, text, encoding)
    assert calendar.holidays == {day("2024-10-01")}
    assert calendar.workdays == {day("2024-10-12")}
    assert calendar.years == {2024}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("2024-10-01,off,\n", [("bad-day-kind", "error", "calendar.csv:2 (B2)")]),
        ("2024-10-01,,\n", [("bad-day-kind", "error", "calendar.csv:2 (B2)")]),
        (",holiday,\n", [("missing-date", "error", "calendar.csv:2 (A2)")]),
        ("2024-10-32,holiday,\n", [("no-such-day", "error", "calendar.csv:2 (A2)")]),
        ("10/1/2024,holiday,\n", [("ambiguous-date", "error", "calendar.csv:2 (A2)")]),
        (
            "2024-10-01,holiday,\n2024-10-01,workday,\n",
            [("day-twice", "error", "calendar.csv:3 (A3)")],
        ),
        (
            "2024-10-01,holiday,\n2024-10-01,休,\n",
            [("day-twice", "warning", "calendar.csv:3 (A3)")],
        ),
        ("2024-10-01\n", [("short-row", "error", "calendar.csv:2")]),
    ],
)
def test_rows_that_cannot_be_used(
    tmp_path: Path, rows: str, expected: list[tuple[str, str, str]]
) -> None:
    assert codes_of(tmp_path, "date,kind,name\n" + rows) == expected


def test_a_calendar_without_its_columns(tmp_path: Path) -> None:
    found = codes_of(tmp_path, "day,kind\n2024-10-01,holiday\n")
    assert {code for code, _, _ in found} == {"unknown-column", "missing-column"}


# cycle.yaml


def cycle_file(folder: Path, more: str) -> tuple[CycleFile | None, set[str]]:
    write(folder)
    (folder / "cycle.yaml").write_text(CYCLE + more, "utf-8")
    found, findings = read_cycle_file(folder / "cycle.yaml")
    return found, {one.code for one in findings}


def test_what_a_cycle_file_says_of_dates(tmp_path: Path) -> None:
    (tmp_path / "2024Q2").mkdir()
    (tmp_path / "work.csv").write_text("date,kind\n")
    more = """\
title: {zh: 第三季度}
announced: 2024-10-10
history: [2024Q2]
calendar: work.csv
deadlines:
  data: {title: {zh: 数据, en: Data}, working_days: 3, before: 2024-10-10}
  appeal: {working_days: 7, after: 2024-10-10}
"""
    found, codes = cycle_file(tmp_path, more)
    assert not codes
    assert found is not None
    assert found.title == found.cycle.title == ("第三季度", "第三季度")
    assert found.announced == found.cycle.announced == OCTOBER
    assert found.history == (tmp_path / "2024Q2",)
    assert found.calendar == tmp_path / "work.csv"
    data, appeal = found.deadlines
    place = "cycle.yaml:11:3"
    assert data == Deadline("data", data.title, 3, OCTOBER, is_before=True, place=place)
    assert data.title == ("数据", "Data")
    assert (appeal.id, appeal.title, appeal.is_before) == ("appeal", ("appeal", "appeal"), False)
    assert [one.day(holidays()) for one in found.deadlines] == [
        day("2024-09-30"), day("2024-10-18"),
    ]  # fmt: skip


def test_what_a_cycle_file_leaves_out(tmp_path: Path) -> None:
    found, _ = cycle_file(tmp_path, "")
    assert found is not None
    assert (found.title, found.announced, found.history) == (None, None, ())
    assert (found.calendar, found.deadlines) == (None, ())


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("announced: 2024-02-30\n", "no-such-day"),
        ("history: [nowhere]\n", "missing-folder"),
        ("history: ../results\n", "wrong-type"),
        ("calendar: nothing.csv\n", "file-not-found"),
        ("calendar: ../calendar.csv\n", "bad-data-file"),
        ("calendar: calendar.xlsx\n", "bad-data-file"),
        ("deadlines: {data: {working_days: 3}}\n", "choose-one"),
        (
            "deadlines: {data: {working_days: 3, before: 2024-10-10, after: 2024-10-10}}\n",
            "choose-one",
        ),
        ("deadlines: {data: {before: 2024-10-10}}\n", "missing-key"),
        ("deadlines: {data: {working_days: 0, before: 2024-10-10}}\n", "not-a-whole-number"),
        ("deadlines: {data: {working_days: 1.5, before: 2024-10-10}}\n", "not-a-whole-number"),
        ("deadlines: {data: {working_days: 3, before: 2024-09-31}}\n", "no-such-day"),
        ("deadlines: {data: {days: 3, before: 2024-10-10}}\n", "unknown-key"),
    ],
)
def test_cycle_files_that_cannot_be_used(tmp_path: Path, more: str, code: str) -> None:
    found, codes = cycle_file(tmp_path, more)
    assert found is None
    assert code in codes


def test_one_mistake_in_a_deadline_is_said_once(tmp_path: Path) -> None:
    write(tmp_path)
    text = CYCLE + "deadlines: {data: {workingdays: 3, before: 2024-10-10}}\n"
    (tmp_path / "cycle.yaml").write_text(text, "utf-8")
    _, findings = read_cycle_file(tmp_path / "cycle.yaml")
    assert [one.code for one in findings] == ["unknown-key"]
