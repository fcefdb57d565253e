"""What a person reads on the paper: vetoes first, money as money, limits that are better, a table
that comes to the total, figures of two places."""

from decimal import Decimal
from pathlib import Path

import pytest
from feedback_texts import CHANNEL, GIVEN, given, lines, of, part, result, told
from written_records import written

from perfrules.codes.code import Language
from perfrules.exact import read_number
from perfrules.papers.feedback.statement import Run
from perfrules.papers.paper.parts import Table


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("policies")


# Vetoes


def test_a_veto_for_an_event_comes_first_and_nothing_is_praised(folder: Path) -> None:
    policy = CHANNEL.replace("then: {grade: 待改进}", "then: {total: 0, grade: 待改进, pay: 0%}")
    found = of(folder, given(880000, 15, 4800, 100, "events: {fraud: 1}, "), policy)
    assert [one.kind for one in found.parts][1:3] == ["vetoes", "gaps"]
    assert lines(found, "vetoes") == [
        "数据造假 总分不高于 0 分、等级最高为 待改进、奖金按 0% 发放",
        "记录次数 1 > 0，成立 → 触发",
        "总分 因否决由 100 分调整为 0 分",
    ]
    assert dict(result(found)) == {"总分": "0 分", "等级": "待改进", "季度奖金": "0.00 元"}
    # What the veto is about is the first thing to be mended.
    table = part(found, "measures").table
    assert table is not None
    assert table.rows[0][0] == "数据造假"


SPENT = """
policy: spent
indicators:
  budget:
    title: 预算
    weight: 50%
    unit: CNY
    target: 1000
    attainment: actual / target
    score: {formula: "100"}
  leads: {weight: 50%, unit: 条, target: 10, score: {formula: 100 * attainment}}
events: {approval: {title: 超支审批}}
vetoes:
  overspent:
    title: 超支
    when: budget.attainment > 110% and approval == 0
    then: {total: 50}
"""


def test_a_veto_for_a_figure_leaves_the_praise_of_the_others(folder: Path) -> None:
    found = of(folder, "{budget: {actual: 1200}, leads: {actual: 12}}", SPENT)
    assert [one.kind for one in found.parts][1:3] == ["vetoes", "highlights"]
    assert [one.title for one in part(found, "highlights").points] == ["leads"]
    # The event is called by its title.
    assert (
        lines(found, "vetoes")[1] == "预算达成率 120.00% > 110% 且 超支审批次数 0 = 0，成立 → 触发"
    )
    held = of(folder, "{budget: {actual: 1000}, leads: {actual: 12}}", SPENT)
    assert {one.title for one in part(held, "highlights").points} == {"预算", "leads"}


# Money


@pytest.mark.parametrize(
    ("unit", "run", "shown"),
    [
        ("CNY", Run(), "12000.00 元"),
        ("JPY", Run(), "12000 JPY"),
        ("条", Run(currency="元"), "12000.00 元"),
        ("条", Run(), "12000.00"),
    ],
)
def test_money_has_its_decimals_and_its_unit(folder: Path, unit: str, run: Run, shown: str) -> None:
    policy = CHANNEL.replace("unit: CNY", f"unit: {unit}") + "rounding: {pay: {places: 0}}\n"
    found = told(written(folder, policy, GIVEN), run=run)
    assert dict(result(found))["季度奖金"] == shown


TWINS = """
incentives:
  bonus:
    title: {zh: 季度奖金, en: Bonus}
    base: "1000"
  extra:
    title: {zh: 季度奖金, en: Extra}
    base: "500"
"""


def test_two_incentives_with_one_title_are_told_apart(folder: Path) -> None:
    policy = CHANNEL.partition("incentives:")[0] + TWINS
    policy = policy.replace("en: New customers", "en: Channel sales")
    found = written(folder, policy, GIVEN)
    assert result(told(found))[2:] == (
        ("季度奖金（bonus）", "1000.00 元"), ("季度奖金（extra）", "500.00 元"),
        ("奖金合计", "1500.00 元"),
    )  # fmt: skip
    english = told(found, "en")
    assert result(english)[2:] == (
        ("Bonus", "1000.00 CNY"), ("Extra", "500.00 CNY"), ("Total pay", "1500.00 CNY"),
    )  # fmt: skip
    # Indicators too, in the language in which they are the same.
    assert part(english, "highlights").points[0].title == "Channel sales (sales)"
    assert part(told(found), "highlights").points[0].title == "渠道销售额"


# Limits where less is better

CALLS = """
policy: calls
indicators:
  aht:
    weight: 100%
    unit: 分钟
    direction: lower_is_better
    score:
      on: actual
      bands:
        - {below: 5, score: 100}
        - {below: 6, score: 80}
        - {below: 8, score: 60}
        - {otherwise: 0}
incentives:
  bonus:
    base: "100"
    tiers:
      by: aht.actual
      whole: [{below: 6, pay: 100%}, {below: 8, pay: 50%}, {otherwise: 0%}]
"""


@pytest.mark.parametrize(
    ("actual", "language", "gap", "tier"),
    [
        ("7", "zh", "低于 6 分钟（高出 1 分钟）得 80 分", "低于 6 分钟（高出 1 分钟）"),
        ("7", "en", "below 6 minutes (1 minute above it) gives 80 points", "below 6 minutes"),
        ("6", "zh", "低于 6 分钟得 80 分", "低于 6 分钟，"),
        ("9", "zh", "低于 8 分钟（高出 1 分钟）得 60 分", "低于 8 分钟（高出 1 分钟）"),
        ("5.5", "zh", "低于 5 分钟（高出 0.5 分钟）得 100 分", ""),
    ],
)
def test_where_less_is_better_the_better_limit_is_told(
    folder: Path, actual: str, language: Language, gap: str, tier: str
) -> None:
    found = told(written(folder, CALLS, f"{{aht: {{actual: {actual}}}}}"), language)
    assert lines(found, "gaps")[1:] == [gap]
    tiers = [line for line in lines(found, "next") if line.startswith("bonus")]
    assert [tier in line for line in tiers] == ([True] if tier else [])
    if actual == "7" and language == "zh":
        assert tiers == [
            "bonus aht低于 6 分钟（高出 1 分钟），发放比例由 50% 升为 100%，金额多 50.00"
        ]


LIMITS = """
policy: limits
indicators:
  aht:
    weight: 50%
    unit: 分钟
    direction: lower_is_better
    score: {on: actual, bands: [{at_most: 5, score: 100}, {otherwise: 20}]}
  visits:
    weight: 30%
    unit: 次
    figures: [floor]
    score: {on: actual, bands: [{above: floor, score: 100}, {otherwise: 20}]}
  calls:
    weight: 20%
    unit: 次
    direction: lower_is_better
    score: {bands: [{above: 80%, score: 100}, {otherwise: 20}]}
grades: [{grade: A, above: 80}, {otherwise: B}]
"""


@pytest.mark.parametrize(
    ("language", "gaps", "grade"),
    [
        (
            "zh",
            [
                "降到 5 分钟（高出 2 分钟）得 100 分",
                "高于 8 次（还差 2 次）得 100 分",
                "低于 125 次（高出 25 次）得 100 分",
            ],
            "按总分还差 60 分以上（总分 20 分，A 须高于 80 分）",
        ),
        (
            "en",
            [
                "down to 5 minutes (2 minutes above it) gives 100 points",
                "above 8 times (2 times more) gives 100 points",
                "below 125 times (25 times above it) gives 100 points",
            ],
            "more than 60 points short (the total is 20 points, A begins above 80 points)",
        ),
    ],
)
def test_open_and_closed_limits_are_told_apart(
    folder: Path, language: Language, gaps: list[str], grade: str
) -> None:
    given = "{aht: {actual: 7}, visits: {actual: 6, floor: 8}, calls: {actual: 150, target: 100}}"
    found = told(written(folder, LIMITS, given), language)
    assert [line for line in lines(found, "gaps") if "100" in line and "20" not in line] == gaps
    assert any(grade in line for line in lines(found, "next"))


def test_a_target_that_is_a_limit_is_told_where_no_table_says_more(folder: Path) -> None:
    policy = """
policy: cost
indicators:
  cpa:
    weight: 100%
    unit: CNY
    direction: lower_is_better
    target: 150
    attainment: "2 - actual / target"
    score: {formula: "100 * attainment"}
"""
    found = written(folder, policy, "{cpa: {actual: 154.6}}")
    assert lines(told(found), "gaps") == [
        "cpa 154.60 元，目标 150 元，达成率 96.93%，得分 96.93 分", "比目标 150 元高出 4.60 元",
    ]  # fmt: skip
    assert lines(told(found, "en"), "gaps")[1] == "4.60 CNY above the target of 150 CNY"


# The table of scores

WEIGHED = """
policy: weighed
sections: {results: {weight: 70%, title: 业绩}, work: {weight: 30%, title: 过程}}
indicators:
  sales: {section: results, weight: 60%, unit: 分, score: {direct: {min: 0, max: 150}}}
  leads:
    section: results
    weight: 40%
    unit: 分
    missing: exclude
    score: {direct: {min: 0, max: 150}}
  care: {section: work, weight: 100%, unit: 分, score: {direct: {min: 0, max: 100}}}
adjustments: {idea: {title: 创新, points: {each: 5}}}
total: {at_most: 100}
"""


def sums(table: Table) -> list[tuple[str, str]]:
    return [(row[1], row[-1]) for row in table.foot]


def test_the_table_leads_to_the_total(folder: Path) -> None:
    case = "{sales: {actual: 111.11}, leads: {actual: 90}, care: {actual: 88.5}, events: {idea: 2}}"
    table = part(of(folder, case, WEIGHED), "scores").table
    assert table is not None
    assert table.head[-1] == "加权得分"
    assert [(row[0], row[1], row[2], row[-2], row[-1]) for row in table.rows] == [
        ("业绩", "sales", "60%", "111.11", "66.666"),
        ("", "leads", "40%", "90", "36"),
        ("", "小计", "70%", "102.666", "71.8662"),
        ("过程", "care", "100%", "88.5", "88.5"),
        ("", "小计", "30%", "88.5", "26.55"),
    ]
    assert sums(table) == [
        ("合计", "98.4162"), ("加减分后", "108.4162"), ("总分（封顶保底后）", "100"),
    ]  # fmt: skip
    # Whoever adds up comes to what is printed.
    weighted = [read_number(row[-1]) for row in table.rows if row[1] == "小计"]
    assert sum(one for one in weighted if isinstance(one, Decimal)) == Decimal("98.4162")


def test_what_was_left_out_is_shared_by_the_others(folder: Path) -> None:
    table = part(of(folder, "{sales: {actual: 100}, care: {actual: 80}}", WEIGHED), "scores").table
    assert table is not None
    assert [row[1:] for row in table.rows[1:3]] == [
        ("leads", "40%", "—", "—", "—", "不计入", "—"),
        ("小计（60 ÷ 60%）", "70%", "", "", "", "100", "70"),
    ]
    assert sums(table) == [("合计", "94"), ("总分", "94")]
    table = part(of(folder, given(880000, 12, 4800, None)), "scores").table
    assert table is not None
    assert [(row[0], row[-1]) for row in table.foot[-2:]] == [
        ("按权重折算（84 ÷ 90%）", "93.3333333333"), ("总分", "93.33"),
    ]  # fmt: skip


def test_a_corrected_total_is_led_to_and_no_indicator_is_said_to_be_enough(folder: Path) -> None:
    """A point of an indicator is worth no fixed share of a total that the group corrects."""
    figure = "group_figures: {mean: {of: care.score, by: mean}}\n"
    grades = "grades: [{grade: A, at_least: 60}, {otherwise: B}]\n"
    times = "total: {times: [group.mean / 80.03], at_most: 100}"
    policy = WEIGHED.replace("total: {at_most: 100}", figure + times) + grades
    case = "{sales: {actual: 80}, leads: {actual: 70}, care: {actual: 60}, group: {mean: 60}}"
    found = of(folder, case, policy)
    table = part(found, "scores").table
    assert table is not None
    # 80 x 42 % + 70 x 28 % + 60 x 30 % = 71.2, x 60 ÷ 80.03.
    assert sums(table) == [("合计", "71.2"), ("校正后", "53.37998250448"), ("总分", "53.38")]
    assert "总分校正 71.2 × 0.7497188554 = 53.37998250448 分" in lines(found, "changes")
    assert len(lines(found, "next")) == 1  # how far the grade is, and by no indicator alone


# Figures of two places

RATES = """
policy: rates
indicators:
  rate:
    weight: 50%
    unit: "%"
    score: {per_unit: {start: 100, mark: 95%, side: below, per: 1%, points: -5, whole_units: no}}
  mean: {weight: 50%, unit: 分, score: {direct: {min: 0, max: 120}}}
"""


@pytest.mark.parametrize(
    ("rate", "shown", "missing"),
    [
        ("94.35689694%", "94.36%", "0.64"),
        # Shorter it would be the mark itself.
        ("94.998%", "94.998%", "0.002"),
        ("94.995%", "94.995%", "0.01"),
    ],
)
def test_figures_are_short_but_never_what_they_are_not(
    folder: Path, rate: str, shown: str, missing: str
) -> None:
    found = of(folder, f"{{rate: {{actual: {rate}}}, mean: {{actual: 84.2491428571}}}}", RATES)
    text = "\n".join(lines(found, "gaps"))
    assert f"rate {shown}，标准 95%" in text
    assert f"达到 95%（还差 {missing} 个百分点）得 100 分" in text
    table = part(found, "scores").table
    assert table is not None
    assert table.rows[0][2] == shown
    assert table.rows[1][2] == "84.25 分"


def test_an_attainment_is_shortened_downward(folder: Path) -> None:
    policy = """
policy: attained
indicators:
  sales: {weight: 100%, unit: CNY, target: 7000000, score: {formula: 100 * attainment}}
rounding: {attainment: {places: 10}}
"""
    over = of(folder, "{sales: {actual: 8000000}}", policy)
    assert "达成率 114.28%" in lines(over, "highlights")[0]
    nearly = of(folder, "{sales: {actual: 6999999}}", policy)
    assert "达成率 99.99%" in lines(nearly, "gaps")[0]


# The reader's language

WORDS = """
policy: words
indicators:
  leads: {weight: 40%, unit: 条线索 / leads, target: 10, score: {formula: 100 * attainment}}
  shops: {weight: 30%, unit: 家, target: 10, score: {formula: 100 * attainment}}
  influence: {weight: 10%, score: {levels: {优秀: 100, 良好: 80}}}
  effect: {weight: 20%, score: {levels: {出色 / striking: 100, 平平 / plain: 60}}}
"""


def test_units_and_levels_are_in_the_readers_language(folder: Path) -> None:
    case = """{leads: {actual: 1}, shops: {actual: 12}, influence: {level: 良好},
      effect: {level: 平平 / plain}}"""
    found = written(folder, WORDS, case)
    chinese, english = (lines(told(found, one), "gaps") for one in ("zh", "en"))
    assert "leads 1 条线索，目标 10 条线索，达成率 10%，得分 10 分" in chinese
    assert "leads: 1 lead, target 10 leads, attainment 10%, score 10 points" in english
    assert "influence 评定「良好」，得分 80 分，满分 100 分" in chinese
    assert "influence: rated “good”, score 80 points, of 100 points" in english
    assert "effect 评定「平平」，得分 60 分，满分 100 分" in chinese
    assert "effect: rated “plain”, score 60 points, of 100 points" in english
    assert lines(told(found, "en"), "highlights")[0].startswith("shops: 12 companies, target 10")
