"""What goals reached: sums, means, what is missing, the parts of a whole (T3)."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from small_cycle import write

from perfrules.cycle.cascade import cascade, reached
from perfrules.cycle.evaluate_cycle import Opened, evaluate_cycle, open_cycle
from perfrules.cycle.one_dimension import along
from perfrules.diagnostics import Diagnostic
from perfrules.exact import plain
from perfrules.intake.plans.targets import read_targets
from perfrules.model.cascade import CascadeReached, GoalReached
from perfrules.model.targets import Targets
from perfrules.screens.cascade_json import cascade_json
from perfrules.screens.cascade_markdown import cascade_markdown
from perfrules.screens.cascade_text import cascade_text

HEAD = "unit: 万元, due: 2024-09-30"


def read(folder: Path, text: str) -> Targets:
    path = folder / "targets.yaml"
    path.write_text(text, "utf-8")
    targets, findings = read_targets(path)
    assert targets is not None, [(one.code, str(one.place)) for one in findings]
    assert list(findings) == []
    return targets


def nodes(found: CascadeReached) -> dict[str, GoalReached]:
    """Every goal and part by its name."""
    shown: dict[str, GoalReached] = {}

    def add(one: GoalReached) -> None:
        shown[one.goal.name] = one
        for breakdown in one.breakdowns:
            for part in breakdown.parts:
                add(part)

    for goal in found.goals:
        add(goal)
    return shown


def reach(folder: Path, text: str, **figures: str) -> dict[str, GoalReached]:
    """The nodes of the goal `a`, with these actuals of persons."""
    known = {(person, "a"): Decimal(value) for person, value in figures.items()}
    return nodes(reached(read(folder, text), known))


def persons(target: int, more: str = "", **targets: int) -> str:
    parts = ", ".join(f"{name}: {{target: {value}}}" for name, value in targets.items())
    return f"goals: {{a: {{target: {target}, {HEAD}{more}, parts: {{person: {{{parts}}}}}}}}}\n"


def test_t3_the_share_of_a_region_is_that_of_its_target(tmp_path: Path) -> None:
    text = f"""\
goals:
  sales:
    {{target: 1500, {HEAD}, parts: {{region: {{华东: {{target: 500}}, 其他: {{target: 1000}}}}}}}}
  customers:
    {{target: 80, {HEAD}, parts: {{region: {{东区: {{target: 30}}, 余下: {{target: 50}}}}}}}}
"""
    found = reach(tmp_path, text)
    assert found["华东"].share == Decimal("0.3333")
    assert found["东区"].share == Decimal("0.3750")
    assert found["sales"].share is None


def test_a_sum_is_exact_and_goes_all_the_way_up(tmp_path: Path) -> None:
    text = """\
goals:
  a:
    target: 300
    unit: 万元
    due: 2024-09-30
    parts:
      department:
        销售部:
          target: 300
          parts:
            team:
              甲: {target: 200, parts: {person: {E1: {target: 120}, E2: {target: 80}}}}
              乙: {target: 100, parts: {person: {E3: {target: 100}}}}
"""
    found = reach(tmp_path, text, E1="0.1", E2="0.2", E3="299.7")
    assert found["甲"].actual == Decimal("0.3")
    assert found["销售部"].actual == found["a"].actual == 300
    assert (found["a"].attainment, found["a"].met) == (1, True)
    assert (found["E1"].attainment, found["E1"].met) == (Decimal("0.0008"), False)


def test_a_missing_figure_is_never_nought_and_is_named_all_the_way_up(tmp_path: Path) -> None:
    text = f"""\
goals:
  a:
    target: 30
    {HEAD.replace(", ", chr(10) + "    ")}
    parts:
      team:
        甲: {{target: 20, parts: {{person: {{E1: {{target: 10}}, E2: {{target: 10}}}}}}}}
        乙: {{target: 10, parts: {{person: {{E3: {{target: 10}}}}}}}}
"""
    found = reach(tmp_path, text, E1="9", E3="0")
    assert found["E2"].actual is None and found["E2"].without == ("E2",)
    assert (found["甲"].actual, found["甲"].so_far, found["甲"].without) == (None, 9, ("E2",))
    assert (found["a"].actual, found["a"].attainment, found["a"].met) == (None, None, None)
    assert (found["a"].so_far, found["a"].without) == (9, ("E2",))
    assert (found["乙"].actual, found["乙"].attainment) == (0, 0)


def test_nothing_known_is_not_so_far_nought(tmp_path: Path) -> None:
    found = reach(tmp_path, persons(20, E1=10, E2=10))
    assert (found["a"].actual, found["a"].so_far) == (None, None)
    assert found["a"].without == ("E1", "E2")


@pytest.mark.parametrize(
    ("roll_up", "actual"),
    [("sum", "190"), ("mean", "63.33333333"), ("weighted_mean", "68.33333333")],
)
def test_actuals_roll_up_as_stated(tmp_path: Path, roll_up: str, actual: str) -> None:
    text = persons(60, f", roll_up: {roll_up}", E1=10, E2=20, E3=30)
    found = reach(tmp_path, text, E1="50", E2="60", E3="80")
    assert found["a"].actual == Decimal(actual)  # (500 + 1200 + 2400) / 60, weighted
    assert (found["E1"].share is None) is (roll_up != "sum")


def test_a_mean_needs_all_its_figures(tmp_path: Path) -> None:
    found = reach(tmp_path, persons(60, ", roll_up: mean", E1=10, E2=20), E1="50")
    assert (found["a"].actual, found["a"].so_far, found["a"].without) == (None, None, ("E2",))


def test_rounding_is_that_of_the_file(tmp_path: Path) -> None:
    text = persons(3, ", roll_up: mean", E1=3, E2=3, E3=3) + (
        "rounding: {percent: {places: 0, mode: floor}, division: {places: 2}}\n"
    )
    found = reach(tmp_path, text, E1="2", E2="3", E3="3")
    assert found["a"].actual == Decimal("2.67")
    assert found["a"].attainment == Decimal("0.89")
    assert found["E1"].attainment == Decimal("0.66")


def test_what_rounds_to_a_hundred_percent_is_still_not_met(tmp_path: Path) -> None:
    found = reach(tmp_path, persons(100000, E1=100000), E1="99996")
    assert (found["a"].attainment, found["a"].met) == (1, False)


@pytest.mark.parametrize(
    ("actual", "attainment", "met"),
    [("4000", "1.2500", True), ("5000", "1", True), ("6000", "0.8333", False), ("0", None, True)],
)
def test_lower_is_better_turns_the_ratio_round(
    tmp_path: Path, actual: str, attainment: str | None, met: bool
) -> None:
    found = reach(tmp_path, persons(5000, ", direction: lower_is_better", E1=5000), E1=actual)
    expected = None if attainment is None else Decimal(attainment)
    assert (found["E1"].attainment, found["E1"].met) == (expected, met)


def test_a_target_of_nought_has_no_attainment(tmp_path: Path) -> None:
    found = reach(tmp_path, persons(0, E1=0), E1="0")
    assert (found["E1"].attainment, found["E1"].met, found["E1"].share) == (None, True, None)


def test_of_several_breakdowns_the_first_with_all_figures_counts(tmp_path: Path) -> None:
    text = f"""\
goals:
  a:
    target: 20
    {HEAD.replace(", ", chr(10) + "    ")}
    parts:
      region: {{华东: {{target: 20}}}}
      team: {{甲: {{target: 20, parts: {{person: {{E1: {{target: 10}}, E2: {{target: 10}}}}}}}}}}
      project: {{P1: {{target: 20}}}}
"""
    found = reach(tmp_path, text, E1="9", E2="8", P1="16")
    assert found["a"].actual == 17
    assert found["华东"].actual is None
    breakdowns = found["a"].breakdowns
    assert [one.dimensions for one in breakdowns] == [("region",), ("team",), ("project",)]
    assert [one.counts for one in breakdowns] == [False, True, False]
    assert [one.actual for one in breakdowns] == [None, 17, 16]
    assert [one.target for one in breakdowns] == [20, 20, 20]
    partial = reach(tmp_path, text, E1="9")
    assert [one.counts for one in partial["a"].breakdowns] == [False, True, False]
    assert partial["a"].so_far == 9


def test_the_parts_of_somebody_who_moved_are_added_up(tmp_path: Path) -> None:
    targets = read(tmp_path, persons(20, E1=20))
    figures = {("E1#1", "a"): Decimal(7), ("E1#2", "a"): Decimal(9), ("E11#1", "a"): Decimal(50)}
    assert nodes(reached(targets, figures))["E1"].actual == 16
    mean = read(tmp_path, persons(20, ", roll_up: mean", E1=20))
    assert nodes(reached(mean, figures))["E1"].actual is None


def test_one_dimension_alone_keeps_its_figures(tmp_path: Path) -> None:
    text = f"""\
goals:
  a:
    target: 20
    {HEAD.replace(", ", chr(10) + "    ")}
    parts:
      region: {{华东: {{target: 20}}}}
      department:
        销售部:
          target: 12
          parts: {{team: {{甲: {{target: 12, parts: {{person: {{E1: {{target: 12}}}}}}}}}}}}
        市场部: {{target: 8, parts: {{person: {{E2: {{target: 8}}}}}}}}
  b: {{target: 20, {HEAD}}}
"""
    whole = reached(read(tmp_path, text), {("E1", "a"): Decimal(9), ("E2", "a"): Decimal(8)})
    found = nodes(along(whole, "team"))
    assert set(found) == {"a", "销售部", "甲", "市场部"}
    assert found["a"].actual == 17
    assert found["甲"].breakdowns == found["市场部"].breakdowns == ()
    assert set(nodes(along(whole, "region"))) == {"a", "华东"}
    assert along(whole, "customer").goals == ()


def test_teams_and_a_person_roll_up_with_one_another(tmp_path: Path) -> None:
    text = f"""\
goals:
  a:
    target: 300
    {HEAD.replace(", ", chr(10) + "    ")}
    parts:
      together:
        team:
          甲组: {{target: 150, parts: {{person: {{E1: {{target: 150}}}}}}}}
          乙组: {{target: 100}}
        person: {{E2: {{target: 50}}}}
"""
    known = {("E1", "a"): Decimal(160), ("乙组", "a"): Decimal(80), ("E2", "a"): Decimal(60)}
    whole = reached(read(tmp_path, text), known)
    found = nodes(whole)
    assert (found["a"].actual, found["a"].attainment) == (300, 1)
    assert [found[name].share for name in ("甲组", "乙组", "E2")] == [
        Decimal("0.5"), Decimal("0.3333"), Decimal("0.1667"),
    ]  # fmt: skip
    # One without a figure is missing from the whole, as everywhere.
    del known["乙组", "a"]
    assert nodes(reached(read(tmp_path, text), known))["a"].without == ("乙组",)
    assert set(nodes(along(whole, "team"))) == {"a", "甲组", "乙组"}
    assert set(nodes(along(whole, "person"))) == {"a", "甲组", "E1", "E2"}


def test_goals_that_serve_another_keep_their_own_figures(tmp_path: Path) -> None:
    def goal(name: str, target: int, person: str, more: str = "") -> str:
        part = f"parts: {{person: {{{person}: {{target: {target}}}}}}}"
        return f"  {name}: {{target: {target}, {HEAD}{more}, {part}}}\n"

    text = "goals:\n" + goal("a", 130, "E1") + goal("b", 140, "E2", ", serves: a")
    text += goal("c", 115, "E3", ", serves: b")
    known = {("E1", "a"): Decimal(104), ("E2", "b"): Decimal(154), ("E3", "c"): Decimal(115)}
    found = reached(read(tmp_path, text), known)
    (second,) = found.goals[0].served_by
    (third,) = second.served_by
    # No sum: 104 of 130, whatever the others reached.
    assert [one.attainment for one in (found.goals[0], second, third)] == [
        Decimal("0.8"), Decimal("1.1"), Decimal(1),
    ]  # fmt: skip
    assert found.goals[0].actual == 104
    assert [one.goal.name for one in found.goals] == ["a", "b", "c"]
    shown = cascade_text(found, "zh")
    tree = shown[shown.index("1. a") : shown.index("2. b")]
    assert "由以下目标支撑" in tree and "不相加" in tree
    for figures in ("154", "110.00%", "115", "100.00%", "80.00%"):
        assert figures in tree
    assert "支撑目标 a" in shown[shown.index("2. b") :]
    tree = cascade_markdown(found, "en")
    assert "\\[served by\\]" in tree and "other measures, no sum" in tree
    first = json.loads(cascade_json(found))["goals"][0]
    assert (first["served_by"], first["serves"]) == (["b"], None)


def test_goals_that_serve_in_a_circle_are_followed_once_round(tmp_path: Path) -> None:
    rows = (f"  {one}: {{target: 1, {HEAD}, serves: {two}}}\n" for one, two in ("ab", "ba"))
    text = "goals:\n" + "".join(rows)
    (first, _) = reached(read(tmp_path, text), {}).goals
    assert [one.goal.name for one in first.served_by] == ["b"]
    assert first.served_by[0].served_by == ()


def test_risks_and_methods_are_shown_in_every_form(tmp_path: Path) -> None:
    more = (
        ", risks: [{title: 缺货, counter_measure: 备货 3000 件, owner: 仓库}],"
        " actions: [{title: 客户会 2 场, to: 2024-08-01, method: 老客户带新客户}]"
    )
    found = reached(read(tmp_path, f"goals: {{a: {{target: 1, {HEAD}{more}}}}}\n"), {})
    for text in (cascade_text(found, "zh"), cascade_markdown(found, "zh")):
        assert "风险：缺货；对策：备货 3000 件  负责人 仓库" in text
        assert "方法 老客户带新客户" in text
    (goal,) = json.loads(cascade_json(found))["goals"]
    assert goal["risks"][0]["counter_measure"]["zh"] == "备货 3000 件"
    assert goal["actions"][0]["method"]["zh"] == "老客户带新客户"


# ---- with a cycle's data


def of_cycle(folder: Path, opened: Opened) -> tuple[dict[str, GoalReached], list[Diagnostic]]:
    targets, findings = read_targets(folder / "targets.yaml", opened.cycle)
    assert targets is not None and not list(findings)
    found, unfit = cascade(targets, opened.subjects, "2024Q3")
    return nodes(found), list(unfit)


def test_the_goals_of_the_example_agree_with_its_data(folder: Path) -> None:
    targets, _ = read_targets(folder / "targets.yaml", open_cycle(folder).cycle)
    assert targets is not None
    opened = open_cycle(folder)
    found, unfit = cascade(targets, opened.subjects, "2024Q3")
    assert list(unfit) == []
    sales, customers, conversion = found.goals
    assert sales.actual == Decimal("9752248")
    assert sales.attainment == Decimal("0.9261")
    assert customers.actual == 127
    assert conversion.actual == Decimal("0.141")
    assert nodes(found)["E1001"].label == "示例员工01"


def test_what_the_cycle_does_not_have_is_reported(folder: Path) -> None:
    opened = open_cycle(folder)
    (folder / "targets.yaml").write_text(
        """\
goals:
  sales_amount:
    target: 4000000
    unit: CNY
    due: 2024-09-30
    parts:
      department:
        销售部:
          target: 4000000
          parts:
            person:
              E1001: {target: 1100000}
              E10002: {target: 1900000}
              E1009: {target: 1000000}
        销售2部: {target: 0}
  new_customers:
    target: 9
    unit: 万家
    due: 2024-09-30
    parts: {person: {E1001: {target: 9}}}
""",
        "utf-8",
    )
    found, findings = of_cycle(folder, opened)
    said = {(one.code, str(one.place)) for one in findings}
    path = folder / "targets.yaml"
    assert said == {
        ("target-conflict", "actuals.csv:2"),
        ("unknown-in-targets", f"{path}:13:15"),
        ("unknown-indicator", f"{path}:14:15"),
        ("unknown-in-targets", f"{path}:15:9"),  # a department: a warning
        ("unlike-policy", f"{path}:20:22"),
    }
    conflict = next(one for one in findings if one.code == "target-conflict")
    assert conflict.message("en") == (
        "the data give `E1001` the target 1000000 for `sales_amount`, "
        "the target cascade 1100000 (targets.yaml:12:31)"
    )
    person, department = (one for one in findings if one.code == "unknown-in-targets")
    assert (person.severity, department.severity) == ("error", "warning")
    assert person.message("en").endswith("no person `E10002`"), "no other person is suggested"
    assert department.message("zh") == "本周期的数据中没有部门 `销售2部`，是否想写 `销售部`？"
    # A figure in another unit than its goal says nothing.
    assert found["new_customers"].actual is None
    assert found["new_customers"].without == ("E1001",)


def test_a_goal_of_another_direction_than_the_policy_is_reported(folder: Path) -> None:
    opened = open_cycle(folder)
    (folder / "targets.yaml").write_text(
        "goals: {acquisition_cost: {target: 5000, unit: cny, due: 2024-09-30, roll_up: mean,"
        " parts: {person: {E1009: {target: 5000}}}}}\n",
        "utf-8",
    )
    _, findings = of_cycle(folder, opened)
    assert [one.code for one in findings] == ["unlike-policy"]
    assert "lower_is_better" in findings[0].message("en")


# ---- targets that were changed within the cycle

CHANGED = {
    "policies": {
        "sales": """\
indicators:
  sales: {weight: 100%, unit: CNY, missing: exclude, target: required,
    score: {bands: [{at_least: 100%, score: 100}, {otherwise: 0}]}}
target_changes: {per_quarter: 2, needs: [reason, approved_by]WEIGHTING}
""",
    },
    "tables": {
        "people": "person_id,name,role\nE1,示例员工01,sales\nE2,示例员工02,sales\n",
        "actuals": "person_id,indicator,actual\nE1,sales,1500000\nE2,sales,1400000\n",
        "target_changes": "person_id,indicator,date,old,new,reason,approved_by\n"
        "E1,sales,2024-08-01,1500000,1200000,客户停产，市场缩小,L01\n"
        "E2,sales,2024-08-01,1500000,900000,没有批准人,\n",
    },
}
SALES = """\
goals:
  sales:
    title: {zh: 销售额, en: Sales}
    target: 3000000
    unit: CNY
    due: 2024-09-30
    parts: {person: {E1: {target: 1500000}, E2: {target: 1500000}}}
"""


def changed_cycle(folder: Path, weighting: str = "none") -> Path:
    more = "" if weighting == "none" else f", weighting: {weighting}"
    policies = {"sales": CHANGED["policies"]["sales"].replace("WEIGHTING", more)}
    write(folder, policies, **CHANGED["tables"])
    (folder / "targets.yaml").write_text(SALES, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("weighting", "target", "attainment"),
    [
        ("none", "1200000", "1.25"),
        ("months", "1300000", "1.1538"),  # one month of three at 1 500 000
        ("days", "1301086.9565217391", "1.1529"),
    ],
)
def test_a_change_that_passed_counts_here_as_in_the_appraisal(
    tmp_path: Path, weighting: str, target: str, attainment: str
) -> None:
    folder = changed_cycle(tmp_path, weighting)
    found, unfit = of_cycle(folder, open_cycle(folder))
    assert unfit == []
    appraisals = evaluate_cycle(folder).appraisals
    for person in ("E1", "E2"):
        step = appraisals[person].steps["indicators.sales.target"]
        assert found[person].goal.target == step.value, person
    assert (plain(found["E1"].goal.target or 0), found["E1"].before) == (target, 1500000)
    assert found["E1"].attainment == Decimal(attainment)
    # One that was refused changes nothing, and the goal above is what was promised.
    assert (found["E2"].goal.target, found["E2"].before) == (1500000, None)
    assert (found["sales"].goal.target, found["sales"].actual) == (3000000, 2900000)


def test_a_change_of_one_of_two_roles_that_share_the_indicator_is_left_to_the_roles(
    tmp_path: Path,
) -> None:
    folder = changed_cycle(tmp_path)
    (folder / "segments.csv").write_text(
        "person_id,role,from,to\nE1,sales,,2024-07-31\nE1,sales,2024-08-01,\n", "utf-8"
    )
    (folder / "actuals.csv").write_text(
        "person_id,segment,indicator,actual,target\nE1,1,sales,600000,500000\n"
        "E1,2,sales,900000,1000000\nE2,,sales,1400000,\n",
        "utf-8",
    )
    (folder / "target_changes.csv").write_text(
        "person_id,segment,indicator,date,old,new,reason,approved_by\n"
        "E1,2,sales,2024-09-01,1000000,900000,r,L01\n",
        "utf-8",
    )
    found, _ = of_cycle(folder, open_cycle(folder))
    assert (found["E1"].goal.target, found["E1"].before) == (1500000, None)
