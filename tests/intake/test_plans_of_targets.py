"""Targets as the trade writes them: teams and persons under one parent, goals that serve others,
risks, methods, dates within the period, three to five goals."""

import datetime
import itertools
from pathlib import Path

import pytest
from target_texts import Q3, WHOLE, read_all

from perfrules.codes.code import Text
from perfrules.intake.plans.from_cascade import targets_of
from perfrules.intake.plans.targets import read_targets
from perfrules.model.scorecard import Cycle

OTHERS = f"  b: {{{WHOLE}}}\n  c: {{{WHOLE}}}\n"


def said(folder: Path, more: str, cycle: Cycle | None = Q3) -> list[tuple[str, int]]:
    """What is said of a first goal with these keys besides its target, and two sound goals."""
    text = f"goals:\n  a: {{{WHOLE}, {more}}}\n{OTHERS}"
    _, findings = read_all(folder, text, cycle)
    return [(one.code, getattr(one.place, "line", 0)) for one in findings]


def mixed(*amounts: int, key: str = "together") -> str:
    a, b, person = amounts
    teams = f"team: {{甲组: {{target: {a}}}, 乙组: {{target: {b}}}}}"
    parts = f"{teams}, person: {{E1: {{target: {person}}}}}"
    return f"parts: {{{key}: {{{parts}}}}}" if key else f"parts: {{{parts}}}"


def test_teams_and_a_person_add_up_with_one_another(tmp_path: Path) -> None:
    assert said(tmp_path, mixed(150, 100, 50)) == []
    assert said(tmp_path, mixed(150, 100, 40)) == [("parts-do-not-add-up", 2)]
    assert said(tmp_path, mixed(150, 110, 50)) == [("parts-do-not-add-up", 2)]
    assert said(tmp_path, mixed(150, 110, 50) + ", over_assign: 3.34%") == []


def test_all_of_them_get_their_targets(tmp_path: Path) -> None:
    targets, _ = read_all(tmp_path, f"goals:\n  a: {{{WHOLE}, {mixed(150, 100, 50)}}}\n{OTHERS}")
    found = {who: datum.value for (who, _), datum in targets_of(targets).items()}
    assert found == {"甲组": 150, "乙组": 100, "E1": 50}


def test_what_is_wrong_with_the_sum_names_both_dimensions(tmp_path: Path) -> None:
    _, (finding,) = read_all(tmp_path, f"goals:\n  a: {{{WHOLE}, {mixed(150, 100, 40)}}}\n{OTHERS}")
    assert "按团队和个人分解的合计为 290，应为 300：少 10" in finding.message("zh")
    assert "by team and person add up to 290, not 300: short by 10" in finding.message("en")


def test_breakdowns_that_only_make_the_whole_with_one_another_are_one_finding(
    tmp_path: Path,
) -> None:
    assert said(tmp_path, mixed(150, 100, 50, key="")) == [("parts-belong-together", 2)]
    # Where they do not, each is told by itself, as two ways to break the goal down.
    codes = [code for code, _ in said(tmp_path, mixed(150, 100, 40, key=""))]
    assert codes == ["parts-do-not-add-up"] * 2


def test_a_mixed_breakdown_stands_beside_another_one(tmp_path: Path) -> None:
    both = mixed(150, 100, 50).removesuffix("}") + ", region: {华东: {target: 300}}}"
    assert said(tmp_path, both) == []


def test_a_goal_serves_another_that_is_measured_otherwise(tmp_path: Path) -> None:
    text = """\
goals:
  revenue: {title: 营收增长 30%, target: 30%, unit: "%", due: 2024-09-30}
  customers: {title: 新客户增长 40%, target: 40%, unit: "%", due: 2024-09-30, serves: revenue}
  repurchase: {target: 15, unit: 次, due: 2024-09-30, serves: revenue}
"""
    targets, findings = read_all(tmp_path, text)
    assert findings == []
    assert [one.serves for one in targets.goals] == ["", "revenue", "revenue"]


def test_a_goal_that_is_not_there_cannot_be_served(tmp_path: Path) -> None:
    text = f"goals:\n  a: {{{WHOLE}, serves: bb}}\n  bbb: {{{WHOLE}}}\n  c: {{{WHOLE}}}\n"
    _, (finding,) = read_all(tmp_path, text)
    assert finding.code == "unknown-goal" and finding.facts["suggestion"] == "bbb"


def test_a_part_cannot_serve_for_it_counts_into_its_whole(tmp_path: Path) -> None:
    parts = "parts: {region: {华东: {target: 300, serves: b}}}"
    assert said(tmp_path, parts) == [("part-serves", 2)]


@pytest.mark.parametrize(
    ("served", "circle"), [("a a", "a → a"), ("a b a", "a → b → a"), ("a b c a", "a → b → c → a")]
)
def test_goals_do_not_serve_one_another_in_a_circle(
    tmp_path: Path, served: str, circle: str
) -> None:
    names = served.split()
    serves = dict(itertools.pairwise(names))
    rows = (
        f"  {one}: {{{WHOLE}{f', serves: {serves[one]}' if one in serves else ''}}}"
        for one in "abc"
    )
    _, (finding,) = read_all(tmp_path, "goals:\n" + "\n".join(rows) + "\n")
    assert (finding.code, finding.facts["circle"]) == ("goals-serve-in-circle", circle)


@pytest.mark.parametrize(
    ("count", "serving", "codes"),
    [
        (1, 0, ["too-few-goals"]), (2, 0, ["too-few-goals"]), (3, 0, []), (5, 0, []),
        (6, 0, ["too-many-goals"]),
        # A company's goal and the five of the department that serve it.
        (6, 5, []), (3, 2, []),
    ],
)  # fmt: skip
def test_three_to_five_goals(tmp_path: Path, count: int, serving: int, codes: list[str]) -> None:
    goals = [
        f"  g{number}: {{{WHOLE}{', serves: g0' if 0 < number <= serving else ''}}}\n"
        for number in range(count)
    ]
    _, findings = read_all(tmp_path, "goals:\n" + "".join(goals))
    assert [one.code for one in findings] == codes
    assert all(one.severity == "warning" for one in findings)


OUTSIDE = {
    "a milestone before": "milestones: [{title: 签约 3 家, by: 2024-06-30, value: 3}]",
    "an action that begins before": (
        "actions: [{title: 客户会 2 场, from: 2024-06-30, to: 2024-08-01}]"
    ),
    "an action that ends after": "actions: [{title: 客户会 2 场, to: 2024-10-01}]",
    "a part": "parts: {region: {华东: {target: 300, due: 2024-10-01}}}",
}


@pytest.mark.parametrize("more", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_dates_outside_the_cycle(tmp_path: Path, more: str) -> None:
    assert said(tmp_path, more) == [("outside-period", 2)]
    year = Cycle("2024", datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    assert said(tmp_path, more, year) == []
    assert said(tmp_path, more, None) == []


def test_a_goal_that_is_due_outside_the_cycle_is_said_once(tmp_path: Path) -> None:
    """Not again of its parts, which take the day from above."""
    late = "{target: 1, unit: 家, due: 2025-09-30, parts: {region: {华东: {target: 1}}}}"
    text = f"goals:\n  a: {late}\n{OTHERS}"
    _, (finding,) = read_all(tmp_path, text)
    assert finding.code == "outside-period"
    assert "完成日期的日期 2025-09-30 不在" not in finding.message("zh")
    assert "2025-09-30" in finding.message("zh") and "2024-07-01 – 2024-09-30" in finding.message(
        "en"
    )
    _, findings = read_all(tmp_path, text + "period: {from: 2024-10-01, to: 2025-09-30}\n")
    assert [one.code for one in findings] == ["outside-period"] * 2  # the two others, now


def test_the_first_and_the_last_day_are_within(tmp_path: Path) -> None:
    days = "actions: [{title: 客户会 2 场, from: 2024-07-01, to: 2024-09-30}]"
    assert said(tmp_path, days) == []


def test_risks_have_counter_measures_and_actions_methods(tmp_path: Path) -> None:
    more = (
        "owner: 销售部, risks: [{title: 旺季可能缺货, counter_measure: 8 月底前备货 3000 件},"
        " {title: {zh: 竞品降价, en: A rival cuts prices}, counter_measure: 每周比价 1 次,"
        " owner: 一组}],"
        " actions: [{title: 客户会 2 场, to: 2024-08-01,"
        " method: {zh: 老客户带新客户, en: By referral}}]"
    )
    targets, findings = read_all(tmp_path, f"goals:\n  a: {{{WHOLE}, {more}}}\n{OTHERS}")
    assert findings == []
    first, second = targets.goals[0].risks
    assert (first.title.zh, first.counter_measure.zh, first.owner) == (
        "旺季可能缺货", "8 月底前备货 3000 件", "销售部",
    )  # fmt: skip
    assert (second.title.en, second.owner) == ("A rival cuts prices", "一组")
    assert targets.goals[0].actions[0].method == Text("老客户带新客户", "By referral")


def test_a_risk_without_a_counter_measure_is_none(tmp_path: Path) -> None:
    path = tmp_path / "targets.yaml"
    path.write_text(f"goals:\n  a: {{{WHOLE}, risks: [{{title: 缺货}}]}}\n", "utf-8")
    targets, findings = read_targets(path, Q3)
    assert targets is None and [one.code for one in findings] == ["missing-key"]


@pytest.mark.parametrize(
    "more",
    [
        "risks: [{title: 缺货, counter_measure: 看情况补货}]",
        "actions: [{title: 客户会 2 场, to: 2024-08-01, method: as needed}]",
    ],
)
def test_vague_counter_measures_and_methods_are_found(tmp_path: Path, more: str) -> None:
    assert said(tmp_path, more) == [("vague-words", 2)]
