"""Progress week by week: courses, warnings, milestones, and what is still awaited."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from perfrules.codes.code import Text
from perfrules.cycle.awaited import awaited, dues
from perfrules.cycle.milestones import milestone_checks
from perfrules.cycle.tracking import Followed, alarms, course
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.intake.plans.targets import read_targets
from perfrules.language.read import read_policy
from perfrules.model.calendar import PLAIN_WEEK, Deadline, WorkCalendar
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Datum, Measure
from perfrules.model.tracking import Alarm, Course, Entry, MilestoneCheck

CYCLE = Cycle("2024Q3", datetime.date(2024, 7, 1), datetime.date(2024, 9, 30), "quarter")
END = datetime.date(2024, 9, 30)
SUNDAY = datetime.date(2024, 7, 7)
WEEK = datetime.timedelta(days=7)

INDICATOR = "unit: 家, target: required, score: {formula: '100 * attainment'}"
WARNING = "{indicator: signed, every: week, below: 80%, times: 2}"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def policy(
    folder: Path, indicator: str = INDICATOR, warning: str = WARNING, more: str = ""
) -> Policy:
    text = f"policy: sales\nindicators:\n  signed: {{weight: 100%, {indicator}}}\n"
    text += f"warnings:\n  behind_plan: {warning}\n" if warning else ""
    (folder / "sales.yaml").write_text(text + more, "utf-8")
    found, findings = read_policy(folder / "sales.yaml")
    assert found is not None, [one.message() for one in findings]
    return found


def weeks(actuals: Iterable[str | None], target: str | None = "10") -> list[Entry]:
    """A row a week from the first Sunday on."""
    return [
        Entry(
            SUNDAY + number * WEEK,
            None if actual is None else Decimal(actual),
            None if target is None else Decimal(target),
            place=f"progress.csv:{number + 2}",
        )
        for number, actual in enumerate(actuals)
        if actual != "gap"
    ]


def followed(rules: Policy, baseline: Datum | None = None) -> Followed:
    return Followed("E1", "示例员工01", rules, rules.indicators[0], baseline)


def course_of(rules: Policy, entries: Sequence[Entry], on: datetime.date = END) -> Course:
    findings = Findings()
    found = course(followed(rules), entries, on, findings)
    assert not list(findings), [one.message() for one in findings]
    return found


def alarms_of(
    rules: Policy, entries: Sequence[Entry], on: datetime.date = END, cycle: Cycle = CYCLE
) -> list[Alarm]:
    one = followed(rules)
    findings = Findings()
    found = list(alarms(one, course_of(rules, entries, on), rules.warnings[0], cycle, on, findings))
    assert not list(findings)
    return found


# Courses


def test_a_course_has_attainments_and_a_running_sum(tmp_path: Path) -> None:
    found = course_of(policy(tmp_path), weeks(["7.9", "8.0", "7.5"]))
    assert found.adds_up
    assert [(one.day, one.attainment, one.total) for one in found.points] == [
        (day("2024-07-07"), Decimal("0.79"), Decimal("7.9")),
        (day("2024-07-14"), Decimal("0.8"), Decimal("15.9")),
        (day("2024-07-21"), Decimal("0.75"), Decimal("23.4")),
    ]


def test_an_attainment_is_rounded_as_the_policy_says(tmp_path: Path) -> None:
    third = weeks(["2"], "3")
    assert course_of(policy(tmp_path), third).points[0].attainment == Decimal("0.6666666666")
    up = "rounding: {attainment: {places: 2, mode: half_up}}\n"
    assert course_of(policy(tmp_path, more=up), third).points[0].attainment == Decimal("0.67")


def test_lower_is_better_and_does_not_add_up(tmp_path: Path) -> None:
    rules = policy(tmp_path, f"direction: lower_is_better, zero_actual: 120%, {INDICATOR}")
    found = course_of(rules, weeks(["8", "12.5", "0"]))
    assert [one.attainment for one in found.points] == [
        Decimal("1.25"), Decimal("0.8"), Decimal("1.2"),
    ]  # fmt: skip
    assert not found.adds_up
    assert [one.total for one in found.points] == [None, None, None]


def test_a_rate_with_a_baseline(tmp_path: Path) -> None:
    rate = INDICATOR.replace("家", '"%"')
    rules = policy(tmp_path, f"baseline: 8%, {rate}")
    found = course_of(rules, weeks(["0.11"], "0.12"))
    assert found.points[0].attainment == Decimal("0.75")
    assert not found.adds_up


def test_the_attainment_by_a_formula_of_the_policy(tmp_path: Path) -> None:
    rules = policy(tmp_path, f'attainment: "2 - actual / target", {INDICATOR}')
    assert course_of(rules, weeks(["12"])).points[0].attainment == Decimal("0.8")


def test_rows_of_later_days_are_left_out_and_the_order_is_that_of_the_days(
    tmp_path: Path,
) -> None:
    entries = list(reversed(weeks(["1", "2", "4"])))
    found = course_of(policy(tmp_path), entries, day("2024-07-20"))
    assert [one.total for one in found.points] == [1, 3]


def test_a_row_without_a_figure_is_a_gap_in_the_sum_only(tmp_path: Path) -> None:
    found = course_of(policy(tmp_path), weeks(["4", None, "5"]))
    assert [(one.attainment, one.total) for one in found.points] == [
        (Decimal("0.4"), 4), (None, None), (Decimal("0.5"), 9),
    ]  # fmt: skip


def findings_of(rules: Policy, entries: Sequence[Entry]) -> list[Diagnostic]:
    findings = Findings()
    found = course(followed(rules), entries, END, findings)
    assert [one.attainment for one in found.points] == [None] * len(entries)
    assert all(one.message("zh") and one.message("en") for one in findings)
    return list(findings)


def test_a_missing_period_target_is_an_error_with_its_place(tmp_path: Path) -> None:
    (found,) = findings_of(policy(tmp_path), weeks(["7"], None))
    assert (found.code, found.severity, found.place) == (
        "missing-period-target", "error", "progress.csv:2",
    )  # fmt: skip
    assert "`signed` of `E1` has no target for the period that ends on 2024-07-07" in (
        found.message()
    )


def test_a_target_of_the_policy_is_not_taken_for_one_of_a_week(tmp_path: Path) -> None:
    rules = policy(tmp_path, INDICATOR.replace("required", "120"))
    assert [one.code for one in findings_of(rules, weeks(["7"], None))] == ["missing-period-target"]


def test_without_a_target_or_a_warning_no_target_is_asked_for(tmp_path: Path) -> None:
    rules = policy(tmp_path, "score: {direct: {min: 0, max: 100}}", "")
    assert findings_of(rules, weeks(["90"], None)) == []


@pytest.mark.parametrize(("target", "code"), [("0", "zero-target"), ("-1", "negative-target")])
def test_a_target_that_gives_no_attainment(tmp_path: Path, target: str, code: str) -> None:
    assert [one.code for one in findings_of(policy(tmp_path), weeks(["7"], target))] == [code]


# Warnings


@pytest.mark.parametrize(
    ("actuals", "due"),
    [
        (["7.9", "7.5"], ["2024-07-14"]),
        (["7.9", "8.0", "7.5"], []),
        (["7.9"], []),
        (["10", "7.9", "7.9", "7.9"], ["2024-07-21"]),
        (["7", "7", "9", "7", "7"], ["2024-07-14", "2024-08-04"]),
    ],
)
def test_two_weeks_in_a_row_below_80_percent_t5(
    tmp_path: Path, actuals: list[str], due: list[str]
) -> None:
    found = alarms_of(policy(tmp_path), weeks(actuals))
    assert [one.due for one in found] == [day(text) for text in due]


@pytest.mark.parametrize("gap", ["gap", None])
def test_a_week_without_a_figure_ends_the_row_or_is_passed_over_t5(
    tmp_path: Path, gap: str | None
) -> None:
    actuals = ["7.9", gap, "7.5"]
    assert alarms_of(policy(tmp_path), weeks(actuals)) == []
    reset = WARNING.replace("}", ", gap: reset}")
    assert alarms_of(policy(tmp_path, warning=reset), weeks(actuals)) == []
    skip = WARNING.replace("}", ", gap: skip}")
    (found,) = alarms_of(policy(tmp_path, warning=skip), weeks(actuals))
    assert found.due == day("2024-07-21")
    assert [value for _, value in found.periods] == [Decimal("0.79"), Decimal("0.75")]


def test_just_below_is_below_whatever_rounding_would_make_of_it(tmp_path: Path) -> None:
    rules = policy(tmp_path, warning=WARNING.replace(", times: 2", ""))
    assert len(alarms_of(rules, weeks(["79.999"], "100"))) == 1
    assert alarms_of(rules, weeks(["80"], "100")) == []


def test_an_alarm_is_open_until_a_better_week_comes(tmp_path: Path) -> None:
    rules = policy(tmp_path)
    assert [one.is_open for one in alarms_of(rules, weeks(["7", "7", "7"]))] == [True]
    (recovered,) = alarms_of(rules, weeks(["7", "7", "7", "8"]))
    assert not recovered.is_open
    assert len(recovered.periods) == 3
    # It is as it was on the day that is looked at.
    (then,) = alarms_of(rules, weeks(["7", "7", "7", "8"]), day("2024-07-14"))
    assert then.is_open
    assert len(then.periods) == 2


def test_weeks_run_from_monday_to_sunday(tmp_path: Path) -> None:
    """A row of a Friday and one of the Sunday after next are two weeks in a row, not one gap."""
    entries = [
        Entry(day("2024-07-05"), Decimal(7), Decimal(10)),
        Entry(day("2024-07-14"), Decimal(7), Decimal(10)),
    ]
    assert len(alarms_of(policy(tmp_path), entries)) == 1


def test_weeks_of_a_month_are_added_up_when_it_is_over(tmp_path: Path) -> None:
    rules = policy(tmp_path, warning="{indicator: signed, every: month, below: 80%}")
    entries = weeks(["5", "5", "10", "10"])  # 30 of 40 in July
    assert alarms_of(rules, entries, day("2024-07-30")) == []
    (found,) = alarms_of(rules, entries, day("2024-07-31"))
    assert found.periods == ((day("2024-07-28"), Decimal("0.75")),)


def test_the_end_of_the_cycle_ends_its_months_too(tmp_path: Path) -> None:
    rules = policy(tmp_path, warning="{indicator: signed, every: month, below: 80%}")
    project = Cycle("P1", CYCLE.start, day("2024-07-15"), "project")
    assert alarms_of(rules, weeks(["5", "5"]), day("2024-07-14"), project) == []
    assert len(alarms_of(rules, weeks(["5", "5"]), day("2024-07-15"), project)) == 1


def test_rates_of_one_month_cannot_be_added_up(tmp_path: Path) -> None:
    rate = INDICATOR.replace("家", '"%"')
    rules = policy(tmp_path, rate, "{indicator: signed, every: month, below: 80%}")
    one = followed(rules)
    findings = Findings()
    seen = course_of(rules, weeks(["0.5", "0.6"], "0.9"))
    assert list(alarms(one, seen, rules.warnings[0], CYCLE, END, findings)) == []
    (found,) = findings
    assert (found.code, found.place) == ("several-in-period", "progress.csv:3")
    assert "2024-07-07" in found.message() and "2024-07-14" in found.message()


# Milestones


def check_of(
    folder: Path, entries: Sequence[Entry], milestone: str, on: datetime.date = END, more: str = ""
) -> MilestoneCheck:
    text = "goals:\n  signed:\n    {target: 9, unit: 家, due: 2024-09-30, parts: {person: {E1: "
    text += f"{{target: 3, every: month, milestones: [{milestone}]{more}}}}}}}}}\n"
    (folder / "targets.yaml").write_text(text, "utf-8")
    targets, findings = read_targets(folder / "targets.yaml", CYCLE)
    assert targets is not None, [one.message() for one in findings]
    seen = course_of(policy(folder), entries)
    (found,) = milestone_checks(targets, {("E1", "signed"): seen}, {"E1": "示例员工01"}, on)
    return found


MID_JULY = "{title: 月中七成, by: 2024-07-15, share: 70%, of: period}"


@pytest.mark.parametrize(
    ("signed", "count", "needed", "status"),
    [
        ("2", "", "2.1", "missed"),
        ("3", "", "2.1", "met"),
        ("2", ", count: ceiling", "3", "missed"),
        ("3", ", count: ceiling", "3", "met"),
    ],
)
def test_seventy_percent_of_the_month_by_its_middle_t4(
    tmp_path: Path, signed: str, count: str, needed: str, status: str
) -> None:
    entries = [Entry(day("2024-07-15"), Decimal(signed), Decimal(3))]
    found = check_of(tmp_path, entries, MID_JULY.replace("}", f"{count}}}"))
    assert (found.needed, found.reached, found.status) == (
        Decimal(needed), Decimal(signed), status,
    )  # fmt: skip
    assert (found.subject, found.name, found.as_of) == ("E1", "示例员工01", day("2024-07-15"))


def test_rows_after_the_milestone_do_not_count_for_it(tmp_path: Path) -> None:
    entries = [
        Entry(day("2024-07-07"), Decimal(1), Decimal(1)),
        Entry(day("2024-07-14"), Decimal(1), Decimal(1)),
        Entry(day("2024-07-21"), Decimal(5), Decimal(1)),
    ]
    found = check_of(tmp_path, entries, MID_JULY)
    assert (found.reached, found.as_of, found.status) == (Decimal(2), day("2024-07-14"), "missed")


@pytest.mark.parametrize(
    ("on", "signed", "status"),
    [("2024-07-14", "1", "ahead"), ("2024-07-14", "3", "met"), ("2024-07-15", "1", "missed")],
)
def test_a_milestone_is_missed_when_its_day_has_come(
    tmp_path: Path, on: str, signed: str, status: str
) -> None:
    entries = [Entry(day("2024-07-07"), Decimal(signed), Decimal(1))]
    assert check_of(tmp_path, entries, MID_JULY, day(on)).status == status


def test_without_rows_before_it_nobody_can_tell(tmp_path: Path) -> None:
    late = [Entry(day("2024-07-31"), Decimal(3), Decimal(3))]
    found = check_of(tmp_path, late, MID_JULY)
    assert (found.reached, found.as_of, found.status) == (None, None, "unknown")
    by_hand = "{title: 方案通过, by: 2024-07-15}"
    assert check_of(tmp_path, late, by_hand).status == "unknown"
    assert check_of(tmp_path, late, by_hand, day("2024-07-01")).status == "ahead"


def team_check(folder: Path, courses: Sequence[Course], roll_up: str = "sum") -> MilestoneCheck:
    text = f"""\
goals:
  signed:
    target: 20
    unit: 家
    due: 2024-09-30
    roll_up: {roll_up}
    milestones: [{{title: 过半, by: 2024-07-31, share: 50%}}]
    parts: {{person: {{E1: {{target: 10}}, E2: {{target: 10}}}}}}
"""
    (folder / "targets.yaml").write_text(text, "utf-8")
    targets, findings = read_targets(folder / "targets.yaml", CYCLE)
    assert targets is not None, [one.message() for one in findings]
    by_key = {(one.subject, one.indicator): one for one in courses}
    (found,) = milestone_checks(targets, by_key, {}, END)
    return found


def test_a_goal_is_the_sum_of_its_parts_where_each_has_progress(tmp_path: Path) -> None:
    rules = policy(tmp_path)
    first = course_of(rules, weeks(["4", "3"]))
    second = course(followed(rules)._replace(subject="E2"), weeks(["3"]), END, Findings())
    found = team_check(tmp_path, [first, second])
    assert (found.subject, found.reached, found.needed, found.status) == (
        "",
        Decimal(10),
        Decimal(10),
        "met",
    )
    assert found.as_of == day("2024-07-07")
    assert team_check(tmp_path, [first]).status == "unknown"
    assert team_check(tmp_path, [first, second], "mean").status == "unknown"


# What is awaited, and until when


def test_figures_that_a_result_cannot_do_without_are_awaited(tmp_path: Path) -> None:
    text = """\
policy: sales
indicators:
  amount: {weight: 20%, unit: CNY, score: {direct: {min: 0, max: 9}}}
  calls: {weight: 20%, missing: zero, score: {direct: {min: 0, max: 9}}}
  survey: {weight: 20%, missing: exclude, score: {direct: {min: 0, max: 9}}}
  derived: {weight: 20%, score: {formula: "amount.score"}}
  teamwork: {weight: 20%, score: {ratings: {groups: {manager: 50%, peer: 50%},
    scale: {min: 0, max: 100}}}}
"""
    (tmp_path / "sales.yaml").write_text(text, "utf-8")
    rules, findings = read_policy(tmp_path / "sales.yaml")
    assert rules is not None, [one.message() for one in findings]
    given = Datum(Decimal(5))

    def names(measures: dict[str, Measure]) -> list[tuple[str, tuple[str, ...]]]:
        return [(one.indicator, one.groups) for one in awaited("E1", "", rules, measures)]

    assert names({}) == [("amount", ()), ("teamwork", ("manager", "peer"))]
    peers = {"teamwork": Measure(ratings={"peer": (given,)}), "amount": Measure(given)}
    assert names(peers) == [("teamwork", ("manager",))]
    all_groups = Measure(ratings={"peer": (given,), "manager": (given,)})
    assert names({"amount": Measure(given), "teamwork": all_groups}) == []


def test_deadlines_count_down_in_working_days() -> None:
    deadline = Deadline("data", Text("数据", "data"), 3, day("2024-10-10"), is_before=True)
    findings = Findings()
    (found,) = dues([deadline], PLAIN_WEEK, day("2024-10-01"), is_given=False, findings=findings)
    assert (found.day, found.days_left) == (day("2024-10-07"), 4)
    assert not list(findings)


def test_a_year_that_the_calendar_does_not_know_is_a_note() -> None:
    calendar = WorkCalendar(years=frozenset((2024,)))
    around = Deadline("data", Text("数据", "data"), 5, day("2025-01-03"), True, "cycle.yaml:9:3")
    findings = Findings()
    found = list(dues([around, around], calendar, day("2024-12-01"), is_given=True,
                      findings=findings))  # fmt: skip
    assert found[0].day == day("2024-12-27")
    (note,) = findings
    assert (note.code, note.severity, note.place) == ("unknown-year", "note", "cycle.yaml:9:3")
    assert "2025" in note.message("zh")
