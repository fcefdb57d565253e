"""Teams, departments and projects: subjects beside the people, and who belongs to which."""

from decimal import Decimal
from pathlib import Path

import pytest
from cycle_folder import ACTUALS, HEADER, PEOPLE, read, shown, subject, value, write_policy

TEAM = """\
title: {zh: 销售团队, en: Sales team}
subject: team
indicators:
  amount: {weight: 100%, missing: exclude, score: {direct: {min: 0, max: 1000}}}
"""
UNITS = "unit_id,role,name,parent,team_fund\n"
IN_TEAMS = "person_id,name,role,team,department\nE1,示例员工01,sales,{},市场部\nE2,乙,sales,,\n"


def policies(folder: Path) -> None:
    write_policy(folder, "team", TEAM)
    write_policy(folder, "department", TEAM.replace("团队", "部门").replace("team", "department"))


def test_a_unit_is_a_subject_with_figures_and_facts_of_its_own(tmp_path: Path) -> None:
    policies(tmp_path)
    intake = read(
        tmp_path,
        units="组织编号,岗位,名称,上级组织,team_fund\nT1,销售团队,直销一组,销售部,5000\n"
        "D1,department,销售部,,\n",
        actuals=ACTUALS + "T1,amount,200,\nD1,amount,300,\n",
    )
    assert shown(intake) == []
    assert [one.scorecard.subject for one in intake.subjects] == ["D1", "E1", "E2", "T1"]
    team = subject(intake, "T1")
    assert (team.kind, team.parent, team.name, team.role) == ("team", "D1", "直销一组", "销售团队")
    assert team.policy is not None
    assert team.policy.id == "team"
    assert value(team.scorecard.measures["amount"].actual) == 200
    assert {name: datum.value for name, datum in team.scorecard.person.items()} == {
        "role": "销售团队", "name": "直销一组", "parent": "销售部", "team_fund": Decimal(5000),
    }  # fmt: skip
    assert str(team.place) == "units.csv:2"
    assert (subject(intake, "D1").kind, subject(intake, "D1").parent) == ("department", "")
    person = subject(intake, "E1")
    assert (person.kind, person.parent, dict(person.unit_ids)) == ("person", "", {})


@pytest.mark.parametrize("team", ["T1", "直销一组", "直销一组 ", "Ｔ1"])
def test_columns_name_units_by_id_or_by_name(tmp_path: Path, team: str) -> None:
    policies(tmp_path)
    units = UNITS + "T1,team,直销一组,,\nD1,department,市场部,,\n"
    intake = read(tmp_path, people=IN_TEAMS.format(team), units=units, actuals=ACTUALS)
    assert shown(intake) == [
        ("D1", "no-figures", "units.csv:3"),
        ("T1", "no-figures", "units.csv:2"),
    ]
    assert dict(subject(intake, "E1").unit_ids) == {"team": "T1", "department": "D1"}
    assert dict(subject(intake, "E2").unit_ids) == {}


def test_a_unit_belongs_to_units_by_its_columns_too(tmp_path: Path) -> None:
    policies(tmp_path)
    units = "unit_id,role,name,department\nT1,team,一组,销售部\nD1,department,销售部,\n"
    intake = read(tmp_path, units=units, actuals=ACTUALS + "T1,amount,1,\nD1,amount,1,\n")
    assert shown(intake) == []
    assert dict(subject(intake, "T1").unit_ids) == {"department": "D1"}


def test_a_team_that_is_not_judged_is_no_fault_and_a_slip_is_a_warning(tmp_path: Path) -> None:
    policies(tmp_path)
    rows = "person_id,role,team\nE1,sales,直销一祖\nE2,sales,客服中心\n"
    units = UNITS + "T1,team,直销一组,集团,\n"
    intake = read(tmp_path, people=rows, units=units, actuals=ACTUALS + "T1,amount,1,\n")
    assert shown(intake) == [
        ("E1", "unknown-unit", "people.csv:2 (C2)"), ("T1", "unknown-unit", "units.csv:2 (D2)"),
    ]  # fmt: skip
    (problem,) = subject(intake, "E1").problems
    assert (problem.severity, problem.facts["suggestion"]) == ("warning", "直销一组")
    assert dict(subject(intake, "E1").unit_ids) == {}


def test_a_name_of_two_teams_says_nothing(tmp_path: Path) -> None:
    policies(tmp_path)
    units = UNITS + "T1,team,一组,,\nT2,team,一组,,\n"
    rows = "person_id,role,team\nE1,sales,一组\nE2,sales,T2\n"
    figures = ACTUALS + "T1,amount,1,\nT2,amount,1,\n"
    intake = read(tmp_path, people=rows, units=units, actuals=figures)
    assert shown(intake) == [("E1", "ambiguous-unit", "people.csv:2 (C2)")]
    assert subject(intake, "E1").problems[0].severity == "error"
    assert dict(subject(intake, "E2").unit_ids) == {"team": "T2"}


KINDS = {
    "a person by a team's policy": (PEOPLE + "E3,丙,team\n", UNITS, ("E3", "people.csv:4 (C4)")),
    "a team by a person's policy": (PEOPLE, UNITS + "T1,sales,,,\n", ("T1", "units.csv:2 (B2)")),
}


@pytest.mark.parametrize(("people", "units", "expected"), KINDS.values(), ids=KINDS.keys())
def test_a_policy_of_another_kind(
    tmp_path: Path, people: str, units: str, expected: tuple[str, str]
) -> None:
    policies(tmp_path)
    intake = read(tmp_path, people=people, units=units)
    assert shown(intake) == [(expected[0], "wrong-subject-kind", expected[1])]
    assert subject(intake, expected[0]).policy is None


WRONG = {
    "no id": (",team,一组,,\n", [("", "missing-unit-id", "units.csv:2 (A2)")]),
    "no role": ("T1,,一组,,\n", [("T1", "missing-role", "units.csv:2 (B2)")]),
    "the id of a person": ("E1,team,,,\n", [("E1", "id-taken", "units.csv:2 (A2)")]),
    "twice": (
        "T1,team,,,\nT1,department,,,\n",
        [("T1", "no-figures", "units.csv:2"), ("T1", "duplicate-person", "units.csv:3 (A3)")],
    ),
    "above itself": (
        "T1,team,一组,二组,\nT2,team,二组,三组,\nT3,team,三组,T1,\nT4,team,四组,T1,\n",
        [
            ("T1", "no-figures", "units.csv:2"), ("T1", "parent-circle", "units.csv:2 (D2)"),
            ("T2", "no-figures", "units.csv:3"), ("T2", "parent-circle", "units.csv:3 (D3)"),
            ("T3", "no-figures", "units.csv:4"), ("T3", "parent-circle", "units.csv:4 (D4)"),
            ("T4", "no-figures", "units.csv:5"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), WRONG.values(), ids=WRONG.keys())
def test_units_that_are_at_fault(
    tmp_path: Path, rows: str, expected: list[tuple[str, str, str]]
) -> None:
    policies(tmp_path)
    intake = read(tmp_path, units=UNITS + rows)
    assert shown(intake) == expected
    known = {one.scorecard.subject: one.parent for one in intake.subjects}
    assert {known.get(unit, "") for unit in ("T1", "T2", "T3")} == {""}
    assert known.get("T4", "T1") == "T1"


def test_what_the_members_give_is_not_given_again(tmp_path: Path) -> None:
    rule = "roll_up: {actual: {of: amount.actual, by: sum}, target: {of: amount.target, by: sum}}"
    write_policy(
        tmp_path, "team",
        f"subject: team\nindicators:\n  amount: {{weight: 100%, target: required, {rule},\n"
        "    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}\n",
    )  # fmt: skip
    units = UNITS + "T1,team,,,\n"
    intake = read(tmp_path, units=units, actuals=ACTUALS + "T1,amount,5,6\n")
    assert shown(intake) == [
        ("T1", "both-given", "actuals.csv:4"), ("T1", "both-given", "actuals.csv:4"),
    ]  # fmt: skip


def test_a_unit_of_which_all_comes_from_members_needs_no_rows(tmp_path: Path) -> None:
    write_policy(
        tmp_path, "team",
        "subject: team\nindicators:\n  amount: {weight: 100%, roll_up: {of: total, by: mean},\n"
        "    score: {direct: {min: 0, max: 100}}}\n",
    )  # fmt: skip
    intake = read(tmp_path, units=UNITS + "T1,team,,,\n")
    assert shown(intake) == []
    assert dict(subject(intake, "T1").scorecard.measures) == {}


def test_the_total_of_an_earlier_cycle_is_the_actual(tmp_path: Path) -> None:
    write_policy(
        tmp_path, "year",
        "indicators:\n  first: {weight: 100%, from_history: 2024Q1, missing: exclude,\n"
        "    score: {direct: {min: 0, max: 120}}}\n",
    )  # fmt: skip
    people = "person_id,role\nE1,year\nE2,year\nE3,year\n"
    history = (
        "person_id,cycle,total,grade\nE1,2024年第一季度,91.5,A\nE1,2024Q2,70,C\nE3,2024Q1,80,B\n"
    )
    figures = HEADER + "E3,first,90,\nE2,first,-,\n"
    intake = read(tmp_path, people=people, history=history, actuals=figures)
    actual = subject(intake, "E1").scorecard.measures["first"].actual
    assert actual is not None
    assert (actual.value, actual.origin.place) == (Decimal("91.5"), "history.csv:2")
    assert [one.cycle for one in subject(intake, "E1").scorecard.history] == [
        "2024Q2",
        "2024年第一季度",
    ]
    assert subject(intake, "E2").scorecard.measures["first"].actual is None
    assert [one for one in shown(intake) if one[0] == "E3"] == [
        ("E3", "both-given", "actuals.csv:2")
    ]
