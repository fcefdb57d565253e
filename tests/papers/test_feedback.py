"""Feedback statements: what they tell, with which figures."""

from pathlib import Path

import pytest
from feedback_texts import CHANNEL, everything, given, lines, of, part, result, told
from written_records import written

from perfrules.papers.feedback.masking import Others


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("policies")


# Highlights and gaps


def test_highlights_come_first_and_gaps_after_each_with_its_figures(folder: Path) -> None:
    found = of(folder)
    assert [one.kind for one in found.parts][1:3] == ["highlights", "gaps"]
    assert lines(found, "highlights") == [
        "渠道销售额 880000 元，目标 800000 元，达成率 110%，得分 100 分",
        "获客成本 4800 元，目标 5000 元，达成率 104.16%，得分 100 分",
    ]
    assert lines(found, "gaps") == [
        "新签客户 12 个，目标 15 个，达成率 80%，得分 80 分",
        "达到 15 个（还差 3 个）得 100 分",
        "渠道维护 得分 85 分，满分 100 分",
    ]


def test_the_strongest_highlight_and_the_dearest_gap_come_first(folder: Path) -> None:
    found = of(folder, given(500000, 20, 2500, 1))
    assert [one.title for one in part(found, "highlights").points] == ["获客成本", "新签客户"]
    # 40 % of 40 points is more than 10 % of 99.
    assert [one.title for one in part(found, "gaps").points] == ["渠道销售额", "渠道维护"]


def test_where_nothing_was_reached_or_missed_the_statement_says_so(folder: Path) -> None:
    poor = of(folder, given(1, 1, 9999, 0))
    assert part(poor, "highlights").remark == "没有指标达到目标值或满分。"
    good = of(folder, given(800000, 15, 5000, 100))
    assert part(good, "gaps").remark == "所有指标都达到目标值或满分。"


def test_an_indicator_without_data_is_neither(folder: Path) -> None:
    found = of(folder, given(880000, 12, 4800, None))
    assert lines(found, "others") == ["渠道维护 没有数据，不计入；权重 10% 由其余部分按比例分担"]
    assert "渠道维护" not in "".join(lines(found, "highlights") + lines(found, "gaps"))


def test_what_carries_no_weight_leaves_none_to_the_others(folder: Path) -> None:
    shown = CHANNEL.replace("weight: 10%", "weight: 0%").replace("weight: 40%", "weight: 50%")
    found = of(folder, given(880000, 12, 4800, None), shown)
    assert lines(found, "others") == ["渠道维护 没有数据；权重为 0，不影响得分"]


FORMS = """
policy: forms
indicators:
  window:
    weight: 20%
    unit: CNY
    target: 1000
    score: {window: {low: 95%, high: 105%, score: 100, per: 1%, points: -2}}
  mark:
    weight: 20%
    unit: "%"
    score:
      per_unit: {start: 100, mark: 95%, side: below, per: 1%, points: -5, at_least: 0}
  gain:
    weight: 20%
    unit: 项
    score:
      per_unit: {start: 60, mark: 0, side: above, per: 1, points: 20, at_most: 100}
  level: {weight: 20%, score: {levels: {优秀: 100, 良好: 80}}}
  launch: {weight: 10%, score: {yes_no: {done: 100, otherwise: 0}}}
  free: {weight: 10%, unit: 分, score: {formula: actual}}
"""


def test_each_form_of_a_score_knows_what_was_asked_for(folder: Path) -> None:
    short = """{window: {actual: 1120}, mark: {actual: 93%}, gain: {actual: 1},
      level: {level: 良好}, launch: {done: false}, free: {actual: 70}}"""
    found = of(folder, short, FORMS)
    assert lines(found, "highlights") == []
    assert lines(found, "gaps") == [
        "launch 未完成，得分 0 分",
        "gain 1 项，得分 80 分，满分 100 分",
        "level 评定「良好」，得分 80 分，满分 100 分",
        "window 1120 元，目标 1000 元，达成率 112%，达成率区间 95%～105%，得分 86 分",
        "降到 1050 元（高出 70 元）得 100 分",
        "mark 93%，标准 95%，得分 90 分",
        "达到 95%（还差 2 个百分点）得 100 分",
    ]
    # A formula without a target asks for nothing in particular.
    assert lines(found, "others") == ["free 70 分，得分 70 分"]
    full = """{window: {actual: 1050}, mark: {actual: 96%}, gain: {actual: 2},
      level: {level: 优秀}, launch: {done: true}, free: {actual: 0}}"""
    found = of(folder, full, FORMS)
    highlights = {one.title for one in part(found, "highlights").points}
    assert highlights == {"window", "mark", "gain", "level", "launch"}
    assert lines(found, "gaps") == ["free 0 分，得分 0 分"]


FIGURES = """
policy: figures
indicators:
  conversion:
    weight: 40%
    unit: "%"
    target: 12%
    baseline: 8%
    score: {bands: [{at_least: 100%, score: 100}, {at_least: 75%, score: 80}, {otherwise: 0}]}
  rank:
    weight: 30%
    unit: 位
    score:
      on: actual
      bands: [{at_least: 10, score: 100}, {at_least: 5, score: 60}, {otherwise: 0}]
  leads:
    weight: 30%
    unit: 条
    target: required
    score:
      bands:
        - {at_least: 100%, score: 100}
        - {at_least: 90%, score: [80, 100]}
        - {otherwise: 0}
target_changes: {weighting: months}
"""


def test_what_a_figure_would_have_to_be_follows_from_target_baseline_and_table(
    folder: Path,
) -> None:
    found = of(
        folder,
        """{conversion: {actual: 10%}, rank: {actual: 4}, leads: {actual: 40, target: 100,
          changes: [{from: 2024-08-01, target: 80, reason: r, approved_by: a}]},
          cycle: {from: 2024-07-01, to: 2024-09-30}}""",
        FIGURES,
    )
    assert lines(found, "gaps") == [
        "conversion 10%，目标 12%，基线 8%，达成率 50%，得分 0 分",
        "达到 11%（还差 1 个百分点）得 80 分",
        "rank 4 位，得分 0 分，满分 100 分",
        "达到 5 位（还差 1 位）得 60 分",
        # 100 for a month and 80 for two: 260 / 3, nine tenths of which are 78.
        "leads 40 条，目标 86.67 条，达成率 46.15%，得分 0 分",
        "达到 78 条（还差 38 条）得 80 分",
    ]


# What is missing


def test_what_is_missing_to_the_next_grade_is_exact(folder: Path) -> None:
    found = of(folder, given(760000, 12, 4800))
    assert result(found)[0] == ("总分", "84.5 分")
    assert lines(found, "next")[:3] == [
        "距等级 优秀 按总分还差 5.5 分（总分 84.5 分，优秀 为 90 分及以上）",
        "其他各项不变时，渠道销售额达到 800000 元（还差 40000 元）即可：得分 100 分，总分 92.5 分",
        "其他各项不变时，新签客户达到 15 个（还差 3 个）即可：得分 100 分，总分 90.5 分",
    ]


def test_what_an_indicator_alone_would_need_holds_when_it_is_tried(folder: Path) -> None:
    found = of(folder, given(760000, 12, 5200, 100))
    assert ("等级", "良好") in result(found)
    assert [note[8:] for note in part(found, "next").points[0].notes] == [
        "渠道销售额达到 800000 元（还差 40000 元）即可：得分 100 分，总分 92 分",
        "新签客户达到 15 个（还差 3 个）即可：得分 100 分，总分 90 分",
    ]
    for enough, total in (
        (given(800000, 12, 5200, 100), "92 分"), (given(760000, 15, 5200, 100), "90 分"),
    ):  # fmt: skip
        assert result(of(folder, enough))[:2] == (("总分", total), ("等级", "优秀"))
    # One less is not enough, nor is the cost at its target, which is not named.
    for short in (
        given(799999, 12, 5200, 100), given(760000, 14, 5200, 100), given(760000, 12, 5000, 100),
    ):  # fmt: skip
        assert ("等级", "良好") in result(of(folder, short))


def test_a_figure_with_no_end_is_not_told(folder: Path) -> None:
    # 5000 / 0.9 has no end, so the row of 90 points is passed over.
    assert lines(of(folder, given(880000, 12, 6000)), "gaps")[2:4] == [
        "获客成本 6000 元，目标 5000 元，达成率 83.33%，得分 80 分",
        "降到 5000 元（高出 1000 元）得 100 分",
    ]


def test_where_others_share_a_weight_no_indicator_is_said_to_do_it_alone(folder: Path) -> None:
    assert part(of(folder, given(760000, 12, 4800, None)), "next").points[0].notes == ()


def test_the_next_tier_of_pay_and_what_it_is_worth(folder: Path) -> None:
    reached = given(760000, 12, 4800)
    assert lines(of(folder, reached), "next")[-1] == (
        "季度奖金 渠道销售额达到 800000 元（还差 40000 元），发放比例由 100% 升为 120%，"
        "金额多 2000.00 元"
    )
    # Where a limit or the figure itself would change the amount further, only the rate is told.
    capped = CHANNEL.replace("    base: person", "    at_most: 11000\n    base: person")
    growing = CHANNEL.replace("base: person.bonus_base", "base: sales.actual")
    for policy in (capped, growing):
        assert lines(of(folder, reached, policy), "next")[-1].endswith("由 100% 升为 120%")


def test_the_best_grade_says_so_and_a_veto_stands_before_all_points(folder: Path) -> None:
    best = of(folder, given(880000, 15, 4800, 100))
    assert lines(best, "next") == ["等级 优秀，已是最高等级"]
    vetoed = of(folder, given(880000, 15, 4800, 100, "events: {fraud: 1}, "))
    assert lines(vetoed, "next") == ["等级 受否决项「数据造假」限制，得分再高也不变"]
    assert lines(vetoed, "vetoes") == ["数据造假 等级最高为 待改进", "记录次数 1 > 0，成立 → 触发"]
    assert lines(vetoed, "changes") == ["等级 否决项将等级由 优秀调整为 待改进"]


# Ratings, objectives, revisions, earlier cycles

RATED = """
policy: rated
indicators:
  teamwork:
    weight: 100%
    unit: 分
    score:
      ratings:
        groups: {manager: 50%, peer: 30%, client: 20%}
        scale: {min: 0, max: 100}
        empty_group: exclude
grades: [{grade: A, at_least: 90}, {otherwise: B}]
"""


def test_no_single_rating_is_told_nor_one_that_could_be_worked_out(folder: Path) -> None:
    given = "{teamwork: {ratings: {manager: [81.5], peer: [70.25, 90.75], client: [97.5]}}}"
    assert lines(of(folder, given, RATED), "gaps")[1] == (
        "各组平均分：同事 80.5 分；只有一人评分的组不单列"
    )
    # With one group left out, its mean would follow from the score and the others.
    given = "{teamwork: {ratings: {manager: [81.5], peer: [70.25, 90.75], client: [97, 95]}}}"
    assert len(lines(of(folder, given, RATED), "gaps")) == 1
    given = "{teamwork: {ratings: {manager: [80, 82], peer: [70, 90], client: [97, 95]}}}"
    assert lines(of(folder, given, RATED), "gaps")[1] == (
        "各组平均分：上级 81 分、同事 80 分、客户 96 分"
    )


def test_a_calibration_is_told_with_reason_before_and_after(folder: Path) -> None:
    given = """{teamwork: {ratings: {manager: [92.5]}}, calibrations: [{what: total,
      before: 92.5, after: 88, reason: 与示例员工02相比偏高, approved_by: 示例员工09}]}"""
    found = written(folder, RATED, given)
    others = Others(["示例员工02", "示例员工09", "E002"])
    assert lines(told(found, others=others), "changes") == [
        "总分 由 92.5 分调整为 88 分",
        "原因：与（他人）相比偏高",
    ]
    assert "示例员工09" not in everything(told(found))


def test_objectives_stand_beside_the_result(folder: Path) -> None:
    given = "{teamwork: {ratings: {manager: [92.5]}}, okr: {打开华东市场: [0.8, 0.6]}}"
    found = of(folder, given, RATED)
    table = part(found, "okr").table
    assert table is not None
    assert table.rows[0] == ("打开华东市场", "", "0.7")
    assert [row[2] for row in table.rows] == ["0.7", "0.8", "0.6", "0.7"]
    assert result(found) == (("总分", "92.5 分"), ("等级", "A"))


def test_a_record_without_a_result_has_no_statement(folder: Path) -> None:
    found = written(folder, CHANNEL, "{sales: {actual: 1}}")
    with pytest.raises(ValueError, match="has no result"):
        told(found)
