"""Figures of groups, prizes and pools of amounts in a whole cycle: from its tables to verified
records, with units and with people who moved."""

import json
from pathlib import Path

from small_cycle import (
    DIRECT,
    checked,
    codes,
    grades,
    line,
    pay,
    step,
    table,
    totals,
    value,
    write,
)

from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.intake.files.raw_table import LARGE

HOUSE = """\
group_figures:
  house: {of: care.score, by: mean}
  dept: {of: care.score, by: mean, within: department}
total: {times: [group.house / group.dept], at_most: 120}
"""
CARE = f"indicators:\n  care: {{weight: 100%, {DIRECT}}}\n"


def test_departments_are_levelled_and_verified(tmp_path: Path) -> None:
    # 90, 80 in one (85), 70, 60, 50 in the other (60); 70 in the house.
    people = table(
        "person_id,name,role,department",
        *(f"E{row},示例员工0{row},care,{'D1' if row < 3 else 'D2'}" for row in range(1, 6)),
    )
    actuals = table(
        "person_id,indicator,actual", *(f"E{row},care,{100 - 10 * row}" for row in range(1, 6))
    )
    folder = write(tmp_path / "cycle", {"care": CARE + HOUSE}, people=people, actuals=actuals)
    result = checked(folder)
    assert totals(result, "E1", "E2", "E3", "E4", "E5") == [
        "74.12",
        "65.88",
        "81.67",
        "70",
        "58.33",
    ]
    assert value(result, "E1", "group.dept") == "85"
    assert value(result, "E5", "group.dept.size") == "3"
    assert [group.name for group in result.groups] == [
        "group_figures.dept · department=D1", "group_figures.dept · department=D2",
        "group_figures.house · *",
    ]  # fmt: skip
    lines = (tmp_path / "cycle-results" / "groups.jsonl").read_text("utf-8").splitlines()
    members = json.loads(lines[0])["members"]
    assert sorted(one["keys"][0] for one in members) == ["80", "90"]
    assert all(one["eligible"] for one in members)


def test_policies_with_the_very_same_figure_are_one_group(tmp_path: Path) -> None:
    """Two roles share the mean of the house; another rounding of divisions is another figure."""
    people = table("person_id,role,department", "E1,care,D1", "E2,desk,D1", "E3,other,D1")
    actuals = table("person_id,indicator,actual", "E1,care,90", "E2,care,70", "E3,care,20")
    other = CARE + HOUSE + "rounding: {division: {places: 3}}\n"
    policies = {"care": CARE + HOUSE, "desk": CARE + HOUSE, "other": other}
    result = checked(write(tmp_path / "cycle", policies, people=people, actuals=actuals))
    assert value(result, "E1", "group.house") == "80"
    assert value(result, "E2", "group.house.size") == "2"
    assert value(result, "E3", "group.house") == "20"
    assert totals(result, "E1", "E2", "E3") == ["90", "70", "20"]


def test_teams_are_compared_with_teams_and_members_read_the_corrected_total(tmp_path: Path) -> None:
    """A team's figure is rolled up from members whose totals wait for a figure of their group."""
    person = f"""\
indicators:
  care: {{weight: 100%, {DIRECT}}}
group_figures: {{dept: {{of: care.score, by: mean, within: team}}}}
total: {{times: [50 / group.dept]}}
incentives: {{bonus: {{base: team.total}}}}
"""
    team = """\
subject: team
indicators:
  level: {weight: 100%, roll_up: {of: total, by: mean}, score: {formula: "min(120, actual)"}}
group_figures: {all: {of: level.actual, by: max}, heads: {of: total, by: count}}
incentives: {rank: {base: group.all * group.heads}}
"""
    people = table("person_id,role,team", "E1,care,T1", "E2,care,T1", "E3,care,T2")
    actuals = table("person_id,indicator,actual", "E1,care,90", "E2,care,60", "E3,care,10")
    units = table("unit_id,role,name", "T1,crew,一组", "T2,crew,二组")
    policies = {"care": person, "crew": team}
    result = checked(
        write(tmp_path / "cycle", policies, people=people, actuals=actuals, units=units)
    )
    # 90 and 60 around 75 are 60 and 40; one alone is 50. The teams are at 50 and 50.
    assert totals(result, "E1", "E2", "E3", "T1", "T2") == ["60", "40", "50", "50", "50"]
    assert pay(result, "bonus", "E1") == ["50"]
    assert pay(result, "rank", "T1") == ["100"]


SALES = f"""\
indicators:
  amount: {{weight: 100%, {DIRECT}}}
group_figures:
  mean: {{of: amount.score, by: mean}}
  totals: {{of: total, by: mean}}
total: {{times: [amount.score / group.mean]}}
incentives: {{bonus: {{base: group.totals}}}}
awards: {{above: {{only_if: total > group.mean}}}}
"""


def test_who_moved_counts_in_each_role(tmp_path: Path) -> None:
    """As a segment of each role; the rules for the whole person read the last one's figures."""
    people = table("person_id,role,team", "E1,sales,T1", "E2,sales,T1")
    segments = table(
        "person_id,role,from,to,segment", "E1,sales,2024-07-01,2024-07-31,1",
        "E1,sales,2024-08-01,2024-09-30,2",
    )  # fmt: skip
    actuals = table(
        "person_id,indicator,actual,segment", "E1,amount,60,1", "E1,amount,30,2", "E2,amount,90,"
    )
    result = checked(
        write(tmp_path / "c", {"sales": SALES}, people=people, actuals=actuals, segments=segments)
    )
    # (60 + 30 + 90) ÷ 3 = 60: 60 x 1, 30 x 0.5 = 15, 90 x 1.5 = 135; their mean is 70.
    assert totals(result, "E1#1", "E1#2", "E2") == ["60", "15", "135"]
    assert value(result, "E1#2", "group.totals") == "70"
    # (31 x 60 + 61 x 15) ÷ 92 = 30.163…
    assert totals(result, "E1") == ["30.16"]
    read = step(result, "E1", "group.mean")
    assert read.origin is not None
    assert (read.origin.record, read.origin.step, read.value) == ("E1#2", "group.mean", 60)
    assert pay(result, "bonus", "E1", "E2") == ["70", "70"]
    assert list(line(result, "E2").awards) == ["above"]
    assert not line(result, "E1").awards


def test_who_moved_can_win_a_prize(tmp_path: Path) -> None:
    rules = f"indicators:\n  amount: {{weight: 100%, {DIRECT}}}\n"
    rules += "awards: {champion: {order: [total desc], places: [100.01, 50], ties: share}}\n"
    rules += "distribution:\n  {quotas: {A: {at_most: 50%}}, order: [total desc],\n"
    rules += "   only_if: proration >= 50%}\n"
    rules += "grades: [{grade: A, at_least: 60}, {otherwise: B}]\n"
    people = table(
        "person_id,role,team,joined", "E1,sales,T1,", "E2,sales,T1,", "E3,sales,T1,2024-09-01",
        "E4,sales,T1,",
    )  # fmt: skip
    segments = table(
        "person_id,role,from,to,segment", "E1,sales,2024-07-01,2024-07-31,1",
        "E1,sales,2024-08-01,2024-09-30,2",
    )  # fmt: skip
    actuals = table(
        "person_id,indicator,actual,segment", "E1,amount,90,1", "E1,amount,90,2", "E2,amount,90,",
        "E3,amount,95,", "E4,amount,61,",
    )  # fmt: skip
    result = checked(
        write(tmp_path / "c", {"sales": rules}, people=people, actuals=actuals, segments=segments)
    )
    # E3 is first in the award; the two behind share the one prize of the second place.
    assert pay(result, "champion", "E1", "E2", "E3", "E4") == ["25", "25", "100.01", "0"]
    # One and a half seats of three are two; E3 was there for 30 days of 92 and keeps A.
    assert grades(result, "E1", "E2", "E3", "E4") == ["A", "A", "A", "B"]
    table_text = (tmp_path / "c-results" / "appraisals.csv").read_text("utf-8-sig")
    assert "pay.champion" in table_text.splitlines()[0]


def test_a_sum_that_is_too_large_is_told_and_not_raised(tmp_path: Path) -> None:
    rules = """\
indicators: {amount: {weight: 100%, unit: CNY, score: {formula: "1 if actual > 0 else 0"}}}
group_figures: {sum: {of: amount.actual, by: sum}}
"""
    people = table("person_id,role", "E1,sales", "E2,sales")
    actuals = table(
        "person_id,indicator,actual", *(f"E{row},amount,{9 * 10**14}" for row in (1, 2))
    )
    folder = write(tmp_path / "c", {"sales": rules}, people=people, actuals=actuals)
    result = checked(folder)
    assert codes(result) == {"E1": ["number-out-of-range"], "E2": ["number-out-of-range"]}


def test_large_inputs_give_the_same_groups(tmp_path: Path) -> None:
    """Pseudonyms follow from the inputs alone."""
    people = table(
        "person_id,role,department", *(f"E{row},care,D{row % 3}" for row in range(1, 31))
    )
    actuals = table("person_id,indicator,actual", *(f"E{row},care,{row}" for row in range(1, 31)))
    folder = write(tmp_path / "c", {"care": CARE + HOUSE}, people=people, actuals=actuals)
    first, second = (evaluate_cycle(folder, limits=LARGE) for _ in range(2))
    assert first.groups == second.groups


def test_a_figure_of_totals_waits_for_those_whose_totals_wait(tmp_path: Path) -> None:
    """One role's total reads a figure of its group, the other's none; both share the mean of the
    totals, which is that of both. 90 x 90 ÷ 50 is cut to 100; with 40 the mean is 70."""
    both = "all: {of: total, by: mean}"
    corrected = (
        f"group_figures: {{own: {{of: care.score, by: mean}}, {both}}}\n"
        "total: {times: [group.own / 50], at_most: 100}\n"
    )
    policies = {"care": CARE + corrected, "desk": CARE + f"group_figures: {{{both}}}\n"}
    people = table("person_id,role", "E1,care", "E2,desk")
    actuals = table("person_id,indicator,actual", "E1,care,90", "E2,care,40")
    result = checked(write(tmp_path / "c", policies, people=people, actuals=actuals))
    assert totals(result, "E1", "E2") == ["100", "40"]
    assert [value(result, one, "group.all") for one in ("E1", "E2")] == ["70", "70"]
