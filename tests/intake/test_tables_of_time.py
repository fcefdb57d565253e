"""What the tables of person changes and absences, the calendar and the history say of time."""

import datetime
from pathlib import Path

from cycle_folder import intake_of, read, shown, write

from perfrules.intake.from_tables import Subject

CHANGES = "工号,栏目,新值,起始日期,原因,批准人\n"
AWAY = "工号,类别,起始日期,截止日期,备注\n"
PEOPLE = "person_id,role,奖金基数,team\nE1,sales,4000,T\nE2,sales,5000,T\n"
RULES = """
person_changes: {bonus_base: by_days}
proration: {basis: BASIS, less: [事假]}
incentives: {bonus: {base: person.bonus_base, times: [proration]}}
"""


def with_rules(folder: Path, basis: str = "calendar", more: str = "", **files: str) -> None:
    """The cycle of a policy in which time counts."""
    write(folder, more, **{"people": PEOPLE, "actuals": ACTUALS, **files})
    path = folder / "policies" / "sales.yaml"
    path.write_text(path.read_text("utf-8") + RULES.replace("BASIS", basis), "utf-8")


ACTUALS = "person_id,indicator,actual,target\nE1,amount,120,100\nE2,amount,80,100\n"


def first(folder: Path) -> Subject:
    return intake_of(folder).subjects[0]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_changes_are_kept_by_date_with_their_origin(tmp_path: Path) -> None:
    rows = 'E1,奖金基数,7000,2024-09-01,,\nE1,bonus_base,"6,000",2024/8/1,晋升,HR\n'
    with_rules(tmp_path, person_changes=CHANGES + rows)
    found = first(tmp_path)
    changes = found.scorecard.changes["bonus_base"]
    assert [(one.day, one.new.value) for one in changes] == [
        (day("2024-08-01"), 6000),
        (day("2024-09-01"), 7000),
    ]
    origin = changes[0].new.origin
    assert (origin.place, origin.as_of) == ("person_changes.csv:3", "2024-08-01")
    assert (origin.reason, origin.approved_by) == ("晋升", "HR")
    assert not found.problems


def test_what_is_wrong_with_a_change_is_an_error_of_its_person(tmp_path: Path) -> None:
    rows = [
        "E1,奖金基數,6000,2024-08-01,,", "E1,团队,T2,2024-08-01,,",
        "E1,入职日期,2024-08-01,2024-08-01,,",
        "E1,奖金基数,,2024-08-01,,", "E1,奖金基数,6000,,,", "E1,奖金基数,6000,八月,,",
        "E1,奖金基数,#N/A,2024-08-01,,", "E1,奖金基数,6000,2024-10-01,,",
        "E9,奖金基数,1,2024-08-01,,",
    ]  # fmt: skip
    with_rules(tmp_path, person_changes=CHANGES + "\n".join(rows) + "\n")
    intake = intake_of(tmp_path)
    assert shown(intake) == [
        ("", "unknown-person", "person_changes.csv:10 (A10)"),
        ("E1", "unknown-changed-column", "person_changes.csv:2 (B2)"),
        ("E1", "change-of-role", "person_changes.csv:3 (B3)"),
        ("E1", "change-of-role", "person_changes.csv:4 (B4)"),
        ("E1", "change-without-value", "person_changes.csv:5 (B5)"),
        ("E1", "missing-date", "person_changes.csv:6 (D6)"),
        ("E1", "bad-date", "person_changes.csv:7 (D7)"),
        ("E1", "spreadsheet-error", "person_changes.csv:8 (C8)"),
        ("E1", "change-after-cycle", "person_changes.csv:9 (D9)"),
    ]
    assert intake.subjects[0].scorecard.changes == {}


def test_absences_are_kept_by_date(tmp_path: Path) -> None:
    rows = "E1,事假,2024-08-05,2024-08-09,\nE1,事假,2024-07-01,2024-07-02,搬家\n"
    with_rules(tmp_path, absences=AWAY + rows)
    found = first(tmp_path)
    assert [(one.kind, one.start, one.end) for one in found.scorecard.absences] == [
        ("事假", day("2024-07-01"), day("2024-07-02")),
        ("事假", day("2024-08-05"), day("2024-08-09")),
    ]
    assert found.scorecard.absences[0].origin.place == "absences.csv:3"
    assert not found.problems


def test_what_is_wrong_with_an_absence(tmp_path: Path) -> None:
    rows = [
        "E1,,2024-08-05,2024-08-09,", "E1,事假,2024-08-09,2024-08-05,", "E1,事假,,2024-08-09,",
        "E1,事 假期,2024-08-01,2024-08-02,", "E2,事 假期,2024-08-01,2024-08-02,",
    ]  # fmt: skip
    with_rules(tmp_path, absences=AWAY + "\n".join(rows) + "\n")
    intake = intake_of(tmp_path)
    assert shown(intake) == [
        ("", "unknown-absence-kind", "absences.csv:5 (B5)"),
        ("E1", "missing-absence-kind", "absences.csv:2 (B2)"),
        ("E1", "dates-reversed", "absences.csv:3 (D3)"),
        ("E1", "missing-date", "absences.csv:4 (C4)"),
    ]


def test_absences_beside_a_stated_share_are_a_warning(tmp_path: Path) -> None:
    people = "person_id,role,奖金基数,折算系数\nE1,sales,4000,50%\nE2,sales,4000,\n"
    rows = "E1,事假,2024-08-05,2024-08-09,\nE2,事假,2024-08-05,2024-08-09,\n"
    with_rules(tmp_path, people=people, absences=AWAY + rows)
    assert shown(intake_of(tmp_path)) == [("E1", "absences-beside-proration", "absences.csv:2")]


def test_working_days_come_from_the_calendar_with_their_rows(tmp_path: Path) -> None:
    calendar = "date,kind\n2024-08-05,holiday\n2024-08-10,workday\n"
    with_rules(tmp_path, "working_days", "calendar: calendar.csv\n", calendar=calendar)
    intake = intake_of(tmp_path)
    cycle = intake.subjects[0].scorecard.cycle
    assert cycle is not None and cycle.calendar is not None
    assert cycle.calendar.exceptions(cycle.start, cycle.end) == [
        (day("2024-08-05"), "calendar.csv:2"),
        (day("2024-08-10"), "calendar.csv:3"),
    ]
    assert tmp_path / "calendar.csv" in intake.files
    assert shown(intake) == []


def test_working_days_without_a_calendar_are_told(tmp_path: Path) -> None:
    with_rules(tmp_path, "working_days")
    assert shown(intake_of(tmp_path)) == [("", "unknown-year", "cycle.yaml")]


def test_a_calendar_that_cannot_be_read_stops_who_counts_by_it(tmp_path: Path) -> None:
    calendar = "date,kind\n2024-08-05,vielleicht\n"
    with_rules(tmp_path, "working_days", "calendar: calendar.csv\n", calendar=calendar)
    intake = intake_of(tmp_path)
    assert not intake.subjects
    assert "bad-day-kind" in [code for _, code, _ in shown(intake)]


def test_a_calendar_is_not_asked_for_where_nobody_counts_by_it(tmp_path: Path) -> None:
    with_rules(tmp_path)
    cycle = first(tmp_path).scorecard.cycle
    assert cycle is not None and cycle.calendar is None


def test_segments_have_the_changes_and_absences_of_the_person(tmp_path: Path) -> None:
    segments = "person_id,role,from,to\nE1,sales,,2024-08-15\nE1,sales,2024-08-16,\n"
    files = {"segments": segments, "actuals": ACTUALS.replace("E1,", "E1#2,")}
    files["person_changes"] = CHANGES + "E1,奖金基数,6000,2024-08-01,,\n"
    files["absences"] = AWAY + "E1,事假,2024-08-05,2024-08-09,\n"
    with_rules(tmp_path, **files)
    subjects = {one.scorecard.subject: one.scorecard for one in intake_of(tmp_path).subjects}
    for subject in ("E1", "E1#1", "E1#2"):
        assert len(subjects[subject].changes["bonus_base"]) == 1
        assert len(subjects[subject].absences) == 1


def test_a_year_of_ones_own(tmp_path: Path) -> None:
    intake = read(tmp_path, "year: {from: 2023-04-01}\n")
    cycle = intake.subjects[0].scorecard.cycle
    assert cycle is not None and cycle.year is not None
    assert (cycle.year.value, cycle.year.origin.place) == ("2023-04-01", "cycle.yaml:6:14")


def test_the_history_has_what_was_paid_and_dates_from_names(tmp_path: Path) -> None:
    history = (
        '工号,周期,指标,实际值,激励方案,已发金额\nE1,2024Q2,amount,90,bonus,"1,200"\n'
        "E1,2024Q2,,,old_bonus,300\nE1,2024年第一季度,,,bonus,0\n"
    )
    with_rules(tmp_path, history=history)
    newest, oldest = first(tmp_path).scorecard.history
    assert (newest.start, newest.end) == (day("2024-04-01"), day("2024-06-30"))
    assert {name: one.value for name, one in newest.pay.items()} == {
        "bonus": 1200,
        "old_bonus": 300,
    }
    assert newest.pay["bonus"].origin.place == "history.csv:2"
    assert {name: one.value for name, one in oldest.pay.items()} == {"bonus": 0}
    assert not newest.has_all_pay


def test_what_is_wrong_with_what_was_paid(tmp_path: Path) -> None:
    history = (
        "工号,周期,激励方案,已发金额\nE1,2024Q2,,5\nE1,2024Q2,bonos,5\nE1,2024Q2,bonus,很多\n"
        "E1,2024Q1,bonus,5\nE1,2024Q1,bonus,6\n"
    )
    with_rules(tmp_path, history=history)
    assert shown(intake_of(tmp_path)) == [
        ("E1", "missing-incentive", "history.csv:2 (D2)"),
        ("E1", "unknown-incentive", "history.csv:3 (C3)"),
        ("E1", "not-a-number", "history.csv:4 (D4)"),
        ("E1", "history-disagrees", "history.csv:6"),
    ]
