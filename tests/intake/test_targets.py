"""targets.yaml: what is read, and what is found in it (T1, T2 and T4 of the worked examples)."""

import datetime
import itertools
import re
from decimal import Decimal
from pathlib import Path

import pytest
from target_texts import Q3, WHOLE, assert_sentences_complete, read_all

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.intake.cells.vague_words import vague_word
from perfrules.intake.plans.from_cascade import targets_of
from perfrules.intake.plans.targets import read_targets
from perfrules.language.read import policy_files
from perfrules.model.scorecard import Cycle, Datum
from perfrules.model.targets import Goal, Targets
from perfrules.workbench.check import check_paths


def read(folder: Path, text: str, cycle: Cycle | None = Q3) -> tuple[Targets, list[Diagnostic]]:
    """The cascade, and what is said of it beside that one or two goals are few."""
    targets, findings = read_all(folder, text, cycle)
    return targets, [one for one in findings if one.code != "too-few-goals"]


def found(folder: Path, text: str, cycle: Cycle | None = Q3) -> list[tuple[str, int]]:
    """The code and line of everything that is said."""
    _, findings = read(folder, text, cycle)
    return [(one.code, getattr(one.place, "line", 0)) for one in findings]


def goal(targets: Targets, name: str) -> Goal:
    return next(one for one in targets.walk() if one.name == name)


def split(*amounts: int, more: str = "") -> str:
    parts = ", ".join(f"{name}: {{target: {amount}}}" for name, amount in zip("甲乙丙", amounts))
    return f"goals:\n  sales:\n    {{{WHOLE}{more}, parts: {{team: {{{parts}}}}}}}\n"


# ---- sums


@pytest.mark.parametrize("amounts", list(itertools.permutations((150, 100, 50))))
def test_t1_parts_that_add_up_pass(tmp_path: Path, amounts: tuple[int, ...]) -> None:
    assert found(tmp_path, split(*amounts)) == []


def test_t1_parts_that_are_short_by_ten_are_an_error_that_names_sum_and_shortfall(
    tmp_path: Path,
) -> None:
    _, (finding,) = read(tmp_path, split(150, 100, 40))
    assert finding.code == "parts-do-not-add-up"
    assert finding.message("en").endswith("add up to 290, not 300: short by 10")
    assert finding.message("zh").endswith("合计为 290，应为 300：少 10")
    whole, *parts = (str(one.place) for one in finding.related)
    assert whole == f"{tmp_path}/targets.yaml:3:14"
    assert len(parts) == 3


@pytest.mark.parametrize(
    ("allowed", "passes"),
    [("", False), ("0%", False), ("3.33%", False), ("3.3333333333%", False),
     ("3.34%", True), ("5%", True)],
)  # fmt: skip
def test_t1_parts_that_are_over_by_ten_pass_from_a_thirtieth_on(
    tmp_path: Path, allowed: str, passes: bool
) -> None:
    more = f", over_assign: {allowed}" if allowed else ""
    _, findings = read(tmp_path, split(150, 110, 50, more=more))
    assert [one.code for one in findings] == ([] if passes else ["parts-do-not-add-up"])
    if not passes:
        assert "over by 10" in findings[0].message("en")


def test_over_assignment_is_never_a_licence_to_be_short(tmp_path: Path) -> None:
    assert found(tmp_path, split(150, 100, 49, more=", over_assign: 50%"))


def test_over_assignment_holds_for_all_goals_unless_one_says_otherwise(tmp_path: Path) -> None:
    text = f"""\
over_assign: 5%
goals:
  a: {{{WHOLE}, parts: {{team: {{甲: {{target: 310}}}}}}}}
  b: {{{WHOLE}, over_assign: 0%, parts: {{team: {{乙: {{target: 310}}}}}}}}
"""
    assert found(tmp_path, text) == [("parts-do-not-add-up", 4)]


def test_each_breakdown_and_each_level_adds_up_on_its_own(tmp_path: Path) -> None:
    text = f"""\
goals:
  sales:
    {WHOLE.replace(", ", chr(10) + "    ")}
    parts:
      department:
        销售部:
          target: 300
          parts:
            team: {{甲: {{target: 200}}, 乙: {{target: 90}}}}
      region: {{华东: {{target: 100}}, 华北: {{target: 200}}}}
      product: {{A: {{target: 299.99}}}}
"""
    expected = [("parts-do-not-add-up", 11), ("parts-do-not-add-up", 13)]
    assert found(tmp_path, text) == expected


@pytest.mark.parametrize("roll_up", ["mean", "weighted_mean"])
def test_the_parts_of_a_mean_need_not_add_up(tmp_path: Path, roll_up: str) -> None:
    assert found(tmp_path, split(280, 300, 320, more=f", roll_up: {roll_up}")) == []


def test_fifty_decimals_that_binary_floats_get_wrong_add_up(tmp_path: Path) -> None:
    parts = ", ".join(f"E{number}: {{target: 0.1}}" for number in range(50))
    text = (
        f"goals: {{a: {{target: 5, unit: 万元, due: 2024-09-30, parts: {{person: {{{parts}}}}}}}}}"
    )
    assert found(tmp_path, text) == []


def test_parts_in_another_unit_cannot_be_put_together(tmp_path: Path) -> None:
    text = f"goals:\n  sales: {{{WHOLE}, parts: {{team: {{甲: {{target: 300, unit: 家}}}}}}}}\n"
    assert found(tmp_path, text) == [("mixed-units", 2)]


# ---- what a goal needs


def test_a_goal_without_number_unit_and_date_is_said_once(tmp_path: Path) -> None:
    _, (finding,) = read(tmp_path, "goals:\n  brand: {title: 品牌}\n")
    assert finding.code == "goal-incomplete"
    assert finding.severity == "error"
    assert finding.message("zh") == "目标 `brand` 缺少数字（target）、单位（unit）、日期（due）"


@pytest.mark.parametrize(
    ("keys", "missing"),
    [("unit: 家, due: 2024-09-30", "number"), ("target: 8, due: 2024-09-30", "unit"),
     ("target: 8, unit: 家", "date")],
)  # fmt: skip
def test_each_of_the_three_is_asked_for(tmp_path: Path, keys: str, missing: str) -> None:
    _, (finding,) = read(tmp_path, f"goals:\n  brand: {{{keys}}}\n")
    assert f"has no {missing} " in finding.message("en")


def test_a_part_has_unit_and_date_from_above_but_needs_its_own_number(tmp_path: Path) -> None:
    text = f"goals:\n  sales:\n    {{{WHOLE}, parts: {{team: {{甲: {{owner: 甲组组长}}}}}}}}\n"
    assert found(tmp_path, text) == [("goal-incomplete", 3)]


def test_what_is_absent_is_taken_from_above(tmp_path: Path) -> None:
    text = """\
goals:
  sales:
    indicator: sales_amount
    target: 10
    unit: CNY
    due: 2024-09-30
    owner: 张
    direction: lower_is_better
    roll_up: mean
    parts:
      team:
        甲: {target: 10, owner: 李, parts: {person: {E1: {target: 9, due: 2024-08-31}}}}
"""
    targets, findings = read(tmp_path, text)
    assert findings == []
    person = goal(targets, "E1")
    assert (person.indicator, person.unit, person.owner) == ("sales_amount", "CNY", "李")
    assert (person.direction, person.roll_up) == ("lower_is_better", "mean")
    assert (person.dimension, person.due) == ("person", datetime.date(2024, 8, 31))


def test_without_an_indicator_the_goal_is_its_own(tmp_path: Path) -> None:
    text = f"goals: {{visits: {{{WHOLE}, parts: {{person: {{E1: {{target: 300}}}}}}}}}}\n"
    targets, _ = read(tmp_path, text)
    assert goal(targets, "E1").indicator == "visits"


def test_goals_stand_in_the_order_of_their_priority(tmp_path: Path) -> None:
    text = "goals:\n" + "".join(
        f"  {name}: {{{WHOLE}{more}}}\n"
        for name, more in (("a", ""), ("b", ", priority: 2"), ("c", ", priority: 1"))
    )
    targets, _ = read(tmp_path, text)
    assert [one.name for one in targets.goals] == ["c", "b", "a"]


@pytest.mark.parametrize(("count", "codes"), [(5, []), (6, [("too-many-goals", 7)])])
def test_more_than_five_goals_are_too_many(
    tmp_path: Path, count: int, codes: list[tuple[str, int]]
) -> None:
    text = "goals:\n" + "".join(f"  g{number}: {{{WHOLE}}}\n" for number in range(count))
    assert found(tmp_path, text) == codes


def test_nobody_has_two_targets_for_one_indicator(tmp_path: Path) -> None:
    text = f"""\
goals:
  a:
    {{{WHOLE}, parts: {{person: {{E1: {{target: 100}}, "Ｅ1": {{target: 200}}}}}}}}
  b: {{{WHOLE}, parts: {{person: {{E1: {{target: 300}}}}}}}}
  c: {{{WHOLE}, indicator: a, parts: {{person: {{E1: {{target: 300}}}}}}}}
  d: {{{WHOLE}, parts: {{region: {{华东: {{target: 300}}}}}}}}
  e: {{{WHOLE}, indicator: d, parts: {{region: {{华东: {{target: 300}}}}}}}}
"""
    assert found(tmp_path, text) == [("repeated-target", 3), ("repeated-target", 5)]


# ---- every month


def test_t2_a_monthly_target_is_three_times_as_much_for_the_quarter(tmp_path: Path) -> None:
    text = """\
goals:
  sales_amount:
    target: 1200000
    unit: CNY
    due: 2024-09-30
    parts: {person: {E1: {target: 400000, every: month}}}
  contracts:
    target: 9
    unit: 份
    due: 2024-09-30
    parts: {person: {E1: {target: 3, every: month}}}
"""
    targets, findings = read(tmp_path, text)
    assert findings == []
    fed = targets_of(targets)
    assert {key: datum.value for key, datum in fed.items()} == {
        ("E1", "sales_amount"): Decimal(1200000),
        ("E1", "contracts"): Decimal(9),
    }
    origin = fed["E1", "sales_amount"].origin
    assert (origin.place, origin.evidence) == ("targets.yaml:6:35", "400000 × 3")


@pytest.mark.parametrize(
    ("start", "end", "every", "target"),
    [("2024-01-01", "2024-12-31", "quarter", 40), ("2024-01-01", "2024-12-31", "month", 120),
     ("2024-02-01", "2024-02-29", "month", 10), ("2024-06-26", "2024-09-25", "month", 30)],
)  # fmt: skip
def test_the_file_may_name_its_period(
    tmp_path: Path, start: str, end: str, every: str, target: int
) -> None:
    text = (
        f"period: {{from: {start}, to: {end}}}\n"
        f"goals: {{a: {{target: 10, every: {every}, unit: 家, due: {end}}}}}\n"
    )
    targets, findings = read(tmp_path, text)
    assert findings == []
    assert targets.goals[0].target == target


@pytest.mark.parametrize(
    ("period", "every", "reason"),
    [("", "month", "no usable cycle.yaml"),
     ("2024-07-15 2024-09-30", "month", "no whole number"),
     ("2024-02-01 2024-02-28", "month", "no whole number"),
     ("2024-07-01 2024-08-31", "quarter", "no whole number")],
)  # fmt: skip
def test_a_period_that_is_no_whole_number_of_months_is_refused(
    tmp_path: Path, period: str, every: str, reason: str
) -> None:
    start, _, end = period.partition(" ")
    head = f"period: {{from: {start}, to: {end}}}\n" if period else ""
    due = end or "2024-09-30"
    text = f"{head}goals: {{a: {{target: 10, every: {every}, unit: 家, due: {due}}}}}\n"
    _, (finding,) = read(tmp_path, text, None)
    assert finding.code == "bad-every"
    assert reason in finding.message("en")


def test_a_mean_is_not_multiplied_by_the_months(tmp_path: Path) -> None:
    text = "goals: {a: {target: 95%, unit: '%', every: month, due: 2024-09-30, roll_up: mean}}\n"
    assert found(tmp_path, text) == [("bad-every", 1)]


def test_a_period_from_its_end_to_its_beginning_is_said_once(tmp_path: Path) -> None:
    text = (
        "period: {from: 2024-09-30, to: 2024-07-01}\n"
        "goals: {a: {target: 10, every: month, unit: 家, due: 2024-09-30}}\n"
    )
    assert found(tmp_path, text) == [("dates-reversed", 1)]


# ---- milestones and actions


@pytest.mark.parametrize(
    ("milestone", "needed"),
    [("share: 70%", "2.1"), ("share: 70%, count: exact", "2.1"),
     ("share: 70%, count: ceiling", "3"), ("share: 70%, count: floor", "2"), ("value: 2", "2")],
)  # fmt: skip
def test_t4_seventy_percent_of_three_are_needed_by_the_middle_of_the_month(
    tmp_path: Path, milestone: str, needed: str
) -> None:
    text = f"""\
period: {{from: 2024-08-01, to: 2024-08-31}}
goals:
  contracts:
    target: 3
    unit: 份
    due: 2024-08-31
    milestones: [{{title: 七成, by: 2024-08-15, {milestone}}}]
"""
    targets, findings = read(tmp_path, text)
    assert findings == []
    assert targets.goals[0].milestones[0].needed == Decimal(needed)


@pytest.mark.parametrize(
    ("by", "needed"),
    [("2024-07-15", "2.1"), ("2024-08-15", "5.1"), ("2024-09-30", "8.1"), ("2024-08-01", "5.1")],
)
def test_a_share_of_the_month_comes_on_top_of_the_months_before(
    tmp_path: Path, by: str, needed: str
) -> None:
    text = f"""\
goals:
  contracts:
    target: 3
    every: month
    unit: 份
    due: 2024-09-30
    milestones: [{{title: 七成, by: {by}, share: 70%, of: period}}]
"""
    targets, findings = read(tmp_path, text)
    assert findings == []
    assert targets.goals[0].milestones[0].needed == Decimal(needed)


def test_a_share_of_a_month_needs_a_monthly_target_and_a_day_of_the_period(tmp_path: Path) -> None:
    text = f"""\
goals:
  a: {{{WHOLE}, milestones: [{{title: 七成, by: 2024-08-15, share: 70%, of: period}}]}}
  b:
    target: 3
    every: month
    unit: 份
    due: 2024-09-30
    milestones: [{{title: 七成, by: 2024-06-15, share: 70%, of: period}}]
"""
    assert found(tmp_path, text) == [("bad-every", 2), ("bad-every", 8)]


def test_a_milestone_after_the_goal_and_an_action_that_ends_before_it_begins(
    tmp_path: Path,
) -> None:
    text = f"""\
goals:
  a:
    {WHOLE.replace(", ", chr(10) + "    ")}
    milestones: [{{title: 七成, by: 2024-10-01, share: 70%}}]
    actions: [{{title: 客户会 2 场, from: 2024-08-01, to: 2024-07-01}}]
"""
    assert found(tmp_path, text) == [("late-milestone", 6), ("dates-reversed", 7)]


def test_an_action_has_the_owner_of_its_goal_unless_it_names_one(tmp_path: Path) -> None:
    text = f"""\
goals:
  a:
    owner: 张
    {WHOLE.replace(", ", chr(10) + "    ")}
    actions:
      - {{title: 客户会 2 场, to: 2024-07-31, resources: 2 万元}}
      - {{title: {{zh: 回访 30 家, en: 30 visits}}, to: 2024-08-31, owner: 李}}
"""
    targets, _ = read(tmp_path, text)
    first, second = targets.goals[0].actions
    assert (first.owner, first.resources, first.start) == ("张", "2 万元", None)
    assert (second.owner, second.title) == ("李", Text("回访 30 家", "30 visits"))


# ---- words


@pytest.mark.parametrize(
    ("text", "word"),
    [("大概签约 80 家", "大概"), ("签约 80 家左右", "左右"), ("可能达到 80", "可能"),
     ("约 80 家", "约"), ("尽可能多签", "尽可能"), ("尽量完成", "尽量"), ("争取 80 家", "争取"),
     ("提升知名度", "提升"), ("加强协作", "加强"), ("About 80 customers", "About"),
     ("maybe 80", "maybe"),
     ("Improve brand awareness", "Improve"), ("as soon as possible", "as soon as possible")],
)  # fmt: skip
def test_a_vague_word_is_found(text: str, word: str) -> None:
    assert vague_word(text) == word


@pytest.mark.parametrize(
    "text",
    ["新签客户 80 家", "签约 80 家", "预约30家", "提升复购率 5 个百分点", "客户数翻一番",
     "提升三成", "可能性评估", "A video about the product", "Improve conversion to 12%",
     "Improvisation",
     "Round table", "The roughness test"],
)  # fmt: skip
def test_a_definite_text_is_left_alone(text: str) -> None:
    assert vague_word(text) is None


def test_vague_words_are_found_in_titles_milestones_and_actions(tmp_path: Path) -> None:
    text = f"""\
goals:
  a:
    title: {{zh: 品牌, en: Raise awareness}}
    {WHOLE.replace(", ", chr(10) + "    ")}
    milestones: [{{title: 大概过半, by: 2024-08-01}}]
    actions: [{{title: 加强推广, to: 2024-08-01}}]
    parts: {{team: {{甲: {{title: 争取全部, target: 300}}}}}}
"""
    _, findings = read(tmp_path, text)
    assert [(one.code, one.severity) for one in findings] == [("vague-words", "warning")] * 4
    assert [one.facts["word"] for one in findings] == ["Raise", "大概", "加强", "争取"]


# ---- numbers, as in the tables


@pytest.mark.parametrize(
    ("target", "unit", "expected"),
    [("12%", "'%'", Decimal("0.12")), ("0.12", "'%'", Decimal("0.12")), ("80", "家", Decimal(80)),
     ("62", "'%'", "ambiguous-percent"), ("12%", "家", "unexpected-percent"),
     ("999999999999999", "CNY, every: month", "number-out-of-range")],
)  # fmt: skip
def test_a_target_is_read_as_the_cell_of_a_table(
    tmp_path: Path, target: str, unit: str, expected: Decimal | str
) -> None:
    text = f"goals: {{a: {{target: {target}, unit: {unit}, due: 2024-09-30}}}}\n"
    targets, findings = read(tmp_path, text)
    if isinstance(expected, str):
        assert [one.code for one in findings] == [expected]
    else:
        assert (targets.goals[0].target, findings) == (expected, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [("goals: {}", "missing-value"), ("goals: {a: {target: -3}}", "unknown-value"),
     ("goals: {a: {target: 80 家}}", "not-a-number"), ("goals: {a: {du: 1}}", "unknown-key"),
     ("goals: {a: {due: 2024-09-31}}", "no-such-day"),
     ("goals: {a: {every: week}}", "unknown-value"),
     ("goals: {a: {parts: {area: {}}}}", "unknown-key"), ("goals: {a-b: {}}", "bad-id"),
     ("goals: {a: {milestones: [{title: x, by: 2024-08-01, share: 5%, value: 1}]}}", "choose-one"),
     ("goals: {a: {parts: {team: {'': {target: 1}}}}}", "unknown-value"),
     ("goals: {a: {milestones: [{title: x}]}}", "missing-key"), ("", "empty-document")],
)  # fmt: skip
def test_a_mistake_of_shape_is_one_finding_with_a_place(
    tmp_path: Path, text: str, code: str
) -> None:
    path = tmp_path / "targets.yaml"
    path.write_text(text, "utf-8")
    targets, findings = read_targets(path)
    assert targets is None
    assert [one.code for one in findings] == [code]
    assert_sentences_complete(findings)


# ---- whose targets they are


def test_persons_and_units_are_fed_and_regions_are_not(tmp_path: Path) -> None:
    text = f"""\
goals:
  sales:
    {WHOLE.replace(", ", chr(10) + "    ")}
    parts:
      department:
        D1:
          target: 300
          parts:
            team:
              直销组: {{target: 300, parts: {{person: {{"00123": {{target: 300}}}}}}}}
      region: {{华东: {{target: 300}}}}
      project: {{P1: {{target: 300}}}}
"""
    targets, findings = read(tmp_path, text)
    assert findings == []
    fed = targets_of(targets, {"直销组": "T1"})
    assert set(fed) == {("D1", "sales"), ("T1", "sales"), ("00123", "sales"), ("P1", "sales")}
    assert fed["P1", "sales"] == Datum(Decimal(300), fed["P1", "sales"].origin)
    assert fed["P1", "sales"].origin.place == "targets.yaml:14:30"


# ---- perfrules check


def test_check_finds_the_cascade_of_a_cycle_folder_and_takes_the_months_from_the_cycle(
    folder: Path,
) -> None:
    path = folder / "targets.yaml"
    checked = check_paths([folder])
    assert list(checked.findings) == []
    assert checked.files == 2
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("target: 10530000\n    unit", "target: 10530001\n    unit"), "utf-8"
    )
    for given in (folder, path, folder / "cycle.yaml"):
        codes = [one.code for one in check_paths([given]).findings]
        assert codes == ["parts-do-not-add-up"] * 2


def test_advice_on_targets_is_left_out_where_only_mistakes_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "targets.yaml"
    path.write_text(f"goals: {{a: {{title: 提升知名度, {WHOLE}}}}}", "utf-8")
    codes = [one.code for one in check_paths([path]).findings]
    assert codes == ["too-few-goals", "vague-words"]
    assert list(check_paths([path], lint=False).findings) == []


def test_targets_are_taken_for_no_policy(tmp_path: Path) -> None:
    (tmp_path / "targets.yaml").write_text("policy: x\n", "utf-8")
    (tmp_path / "sales.yaml").write_text("policy: x\n", "utf-8")
    assert [path.name for path in policy_files(tmp_path)] == ["sales.yaml"]


def test_the_example_of_the_page_holds(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "language" / "targets.md"
    (text,) = re.findall(
        r"^```yaml\n# targets.yaml\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S
    )
    targets, findings = read(tmp_path, text)
    assert findings == []
    assert goal(targets, "E1001").target == 27
    assert targets.goals[0].milestones[0].needed == 56
