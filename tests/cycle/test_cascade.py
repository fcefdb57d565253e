"""What goals reached: sums, means, what is missing, the parts of a whole (T3)."""

from decimal import Decimal
from pathlib import Path

import pytest

from perfrules.cycle.cascade import along, cascade, reached
from perfrules.cycle.evaluate_cycle import Opened, open_cycle
from perfrules.diagnostics import Diagnostic
from perfrules.model.cascade import CascadeReached, GoalReached
from perfrules.model.targets import Targets
from perfrules.reading.targets import read_targets

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
    assert [one.dimension for one in breakdowns] == ["region", "team", "project"]
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
