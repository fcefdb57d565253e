"""Teams, departments and projects: policies of their own, and what passes between them and their
members."""

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
)  # fmt: skip

from perfrules.model.cycle_result import CycleResult

SALES = """\
indicators:
  amount:
    weight: 100%
    score: {bands: [{at_least: 100%, score: 100}, {at_least: 50%, score: 60}, {otherwise: 0}]}
incentives:
  bonus: {base: person.base, only_if: team.attainment >= 100%}
"""

TEAM = """\
subject: team
indicators:
  amount:
    weight: 60%
    roll_up: {actual: {of: amount.actual, by: sum}, target: {of: amount.target, by: sum}}
    score: {bands: [{at_least: 100%, score: 100}, {at_least: 50%, score: 60}, {otherwise: 0}]}
  spirit: {weight: 40%, score: {direct: {min: 0, max: 100}}}
grades: [{grade: A, at_least: 90}, {otherwise: B}]
"""

SPIRIT = "  spirit: {weight: 40%, score: {direct: {min: 0, max: 100}}}\n"

DEPARTMENT = f"""\
subject: department
indicators:
  spirit: {{weight: 100%, {DIRECT}}}
"""

UNITS = table(
    "unit_id,role,name,parent,fund",
    "T1,team,华东组,D1,9000",
    "T2,team,华北组,D1,",
    "D1,department,销售部,,",
)
PEOPLE = table(
    "person_id,name,role,team,department,base",
    "E1,示例员工01,sales,T1,D1,1000",
    "E2,示例员工02,sales,华东组,销售部,2000",
    "E3,示例员工03,sales,T2,销售部,3000",
)
ACTUALS = table(
    "person_id,indicator,actual,target",
    "E1,amount,130,100",
    "E2,amount,80,100",
    "E3,amount,99,100",
    "T1,spirit,70,",
    "T2,spirit,95,",
    "D1,spirit,88,",
)
POLICIES = {"sales": SALES, "team": TEAM, "department": DEPARTMENT}


def cycle(folder: Path, policies: dict[str, str] | None = None, **tables: str) -> CycleResult:
    given = {"units": UNITS, "people": PEOPLE, "actuals": ACTUALS, **tables}
    return checked(write(folder / "cycle", {**POLICIES, **(policies or {})}, **given))


def without_spirit() -> str:
    """The actuals where the teams have none of their own."""
    return "".join(row for row in ACTUALS.splitlines(keepends=True) if not row.startswith("T"))


def test_a_team_is_judged_by_the_sums_of_its_members(tmp_path: Path) -> None:
    result = cycle(tmp_path)
    assert codes(result) == {}
    one = line(result, "T1")
    assert (one.kind, one.name, one.grade) == ("team", "华东组", "B")
    assert totals(result, "T1") == ["88"]
    # 130 + 80 of 200: named by its id in one row and by its name in the other.
    assert value(result, "T1", "indicators.amount.actual") == "210"
    assert value(result, "T1", "indicators.amount.target") == "200"
    assert value(result, "T1", "attainment") == "1.05"
    assert value(result, "T2", "indicators.amount.actual") == "99"
    members = [step(result, "T1", f"indicators.amount.members.{row}") for row in (1, 2)]
    assert sorted(str(one.value) for one in members) == ["130", "80"]
    origins = [one.origin for one in members if one.origin]
    assert [one.member for one in origins] == ["M1", "M2"]
    assert {one.step for one in origins} == {"indicators.amount.actual"}


def test_a_persons_pay_reads_what_the_team_came_to(tmp_path: Path) -> None:
    result = cycle(tmp_path)
    # The other team is at 99 %.
    assert pay(result, "bonus", "E1", "E2", "E3") == ["1000", "2000", "0"]
    read = step(result, "E2", "team.attainment")
    assert read.origin is not None
    assert (read.operation, read.origin.record, read.origin.step) == ("given", "T1", "attainment")


def test_a_department_that_nobody_reads_and_that_reads_nobody(tmp_path: Path) -> None:
    result = cycle(tmp_path)
    assert line(result, "D1").kind == "department"
    assert totals(result, "D1") == ["88"]
    assert not any("D1" in str(one.origin) for one in result.appraisals["E1"].steps.values())


def test_a_team_reads_its_department_and_a_person_the_project(tmp_path: Path) -> None:
    launch = f"subject: project\nindicators:\n  done: {{weight: 100%, {DIRECT}}}\n"
    climate = '  spirit: {weight: 40%, score: {formula: "department.total"}}\n'
    result = cycle(
        tmp_path,
        {
            "launch": launch,
            "team": TEAM.replace(SPIRIT, climate),
            "sales": SALES + '  launch: {base: "100", only_if: project.total >= 80}\n',
        },
        units=UNITS + "P1,launch,新品上市,,\n",
        people=PEOPLE.replace("base\n", "base,project\n")
        .replace(",1000", ",1000,P1")
        .replace(",2000", ",2000,新品上市")
        .replace(",3000", ",3000,"),
        actuals=without_spirit() + "P1,done,81,\n",
    )
    assert codes(result) == {"E3": ["missing-unit-result"]}
    assert value(result, "T1", "department.total") == "88"  # the unit above it
    assert pay(result, "launch", "E1", "E2") == ["100", "100"]


def test_a_team_without_a_result_leaves_those_who_read_it_without_one(tmp_path: Path) -> None:
    result = cycle(tmp_path, actuals=ACTUALS.replace("T1,spirit,70,\n", ""))
    assert codes(result) == {
        "E1": ["missing-unit-result"], "E2": ["missing-unit-result"], "T1": ["missing-actual"],
    }  # fmt: skip
    assert line(result, "E3").complete
    (reason,) = line(result, "E1").reasons
    assert str(reason.place) == "people.csv:2"  # there is nothing of it in the data: the row


def test_a_team_that_is_not_judged_has_no_result_to_read(tmp_path: Path) -> None:
    result = cycle(tmp_path, people=PEOPLE.replace("sales,T2", "sales,T3"))
    assert codes(result) == {"E3": ["missing-unit-result"], "T2": ["no-members"]}


def test_a_column_of_the_units_does_not_pass_for_a_result(tmp_path: Path) -> None:
    units = UNITS.replace(",fund", ",attainment").replace(",9000", ",2")
    result = cycle(tmp_path, units=units, actuals=ACTUALS.replace("T1,spirit,70,\n", ""))
    assert codes(result)["E1"] == ["missing-unit-result"]
    result = cycle(tmp_path, units=units)
    assert value(result, "E1", "team.attainment") == "1.05"


def test_a_fact_of_a_unit_is_there_whatever_it_came_to(tmp_path: Path) -> None:
    sales = SALES.replace("person.base, only_if: team.attainment >= 100%", "team.fund / 3")
    actuals = ACTUALS.replace("T1,spirit,70,\n", "")
    result = cycle(tmp_path, {"sales": sales}, actuals=actuals)
    assert codes(result) == {"E3": ["missing-unit-result"], "T1": ["missing-actual"]}
    assert pay(result, "bonus", "E1") == ["3000"]
    origin = step(result, "E1", "team.fund").origin
    assert origin is not None
    assert origin.place == "units.csv:2"


def test_a_sum_that_lacks_a_member_is_not_the_teams(tmp_path: Path) -> None:
    result = cycle(tmp_path, actuals=ACTUALS.replace("E2,amount,80,100", "E2,amount,80万,100"))
    assert codes(result)["E2"] == ["unit-suffix"]
    assert codes(result)["T1"] == ["member-without-figure", "member-without-figure"]
    assert line(result, "T1").reasons[0].facts["person"] == "E2"
    assert codes(result)["E1"] == ["missing-unit-result"]
    assert line(result, "T2").complete


def test_a_member_without_the_figure_is_named(tmp_path: Path) -> None:
    result = cycle(tmp_path, actuals=ACTUALS.replace("E2,amount,80,100", "E2,amount,80,"))
    assert codes(result)["T1"] == ["member-without-figure"]
    (reason,) = line(result, "T1").reasons
    assert (reason.facts["person"], reason.facts["figure"]) == ("E2", "amount.target")


def test_a_member_of_another_role_does_not_count(tmp_path: Path) -> None:
    clerk = f"indicators:\n  care: {{weight: 100%, {DIRECT}}}\n"
    result = cycle(
        tmp_path,
        {"clerk": clerk},
        people=PEOPLE + "E4,示例员工04,clerk,T1,D1,0\n",
        actuals=ACTUALS + "E4,care,50,\n",
    )
    assert codes(result) == {}
    assert value(result, "T1", "indicators.amount.actual") == "210"


def test_two_results_that_wait_for_each_other_are_a_circle(tmp_path: Path) -> None:
    sales = """\
indicators:
  amount: {weight: 50%, score: {formula: "100 * attainment"}, target: required}
  help: {weight: 50%, score: {formula: "team.total"}}
"""
    level = SPIRIT.replace("score:", "roll_up: {of: total, by: mean}, score:")
    team = TEAM.replace(SPIRIT, level)
    result = cycle(tmp_path, {"sales": sales, "team": team}, actuals=without_spirit())
    assert codes(result) == {
        "E1": ["missing-unit-result"], "E2": ["missing-unit-result"],
        "E3": ["missing-unit-result"], "T1": ["subject-circle"], "T2": ["subject-circle"],
    }  # fmt: skip


def test_means_by_a_weight_of_the_members(tmp_path: Path) -> None:
    team = """\
subject: team
indicators:
  rate: {weight: 50%, roll_up: {of: amount.attainment, by: weighted_mean, weight: person.base},
    score: {formula: "100 * actual"}}
  worst: {weight: 50%, roll_up: {of: total, by: min}, score: {direct: {min: 0, max: 100}}}
"""
    result = cycle(tmp_path, {"team": team}, actuals=without_spirit())
    # (1.3 x 1000 + 0.8 x 2000) / 3000
    assert value(result, "T1", "indicators.rate.actual") == "0.9666666667"
    assert value(result, "T1", "indicators.worst.actual") == "60"
    # No target, no attainment: the bonus cannot ask for it.
    assert codes(result)["E1"] == ["missing-unit-result"]


def test_members_ranked_by_percentile_give_their_totals_to_the_team(tmp_path: Path) -> None:
    sales = """\
indicators:
  amount:
    weight: 100%
    score: {on: percentile, bands: [{at_least: 50%, score: 100}, {otherwise: 60}]}
"""
    team = """\
subject: team
indicators:
  level: {weight: 100%, roll_up: {of: total, by: mean}, score: {direct: {min: 0, max: 100}}}
"""
    actuals = "".join(row for row in ACTUALS.splitlines(keepends=True) if ",spirit" not in row)
    result = cycle(tmp_path, {"sales": sales, "team": team}, actuals=actuals + "D1,spirit,88,\n")
    assert codes(result) == {}
    assert totals(result, "E1", "E2", "E3") == ["100", "60", "100"]
    assert totals(result, "T1", "T2") == ["80", "100"]


def test_units_and_people_may_be_ranked_by_rules_of_the_same_name(tmp_path: Path) -> None:
    rank = "distribution: {quotas: {A: {at_most: 50%}}, order: [total desc]}\n"
    ladder = "grades: [{grade: A, at_least: 50}, {otherwise: B}]\n"
    team = TEAM.replace("at_least: 90", "at_least: 50") + rank
    result = cycle(tmp_path, {"sales": SALES + ladder + rank, "team": team})
    assert codes(result) == {}
    assert [one.name for one in result.groups] == ["distribution · *", "distribution · team · *"]
    assert grades(result, "E1", "E2", "E3") == ["A", "A", "A"]


def test_a_group_within_a_unit_takes_in_all_whom_the_data_put_there(tmp_path: Path) -> None:
    sales = SALES + "pools:\n  fund: {amount: team.fund, within: team, share_by: '1'}\n"
    units = UNITS.replace("T2,team,华北组,D1,", "T2,team,华北组,D1,500")
    result = cycle(tmp_path, {"sales": sales}, units=units)
    assert pay(result, "fund", "E1", "E2", "E3") == ["4500", "4500", "500"]
