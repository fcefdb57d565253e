"""Sentences: golden in both languages, exact in every number, complete in operations."""

import ast
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from arithmetic import equation_in
from cases_for_everything import CASES
from written_records import Written, written, written_cases

from perfrules.codes.code import Language
from perfrules.reports.glossary import Glossary
from perfrules.reports.sentence import Sentence
from perfrules.reports.words import SENTENCES, sentence

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
POLICY = (HERE / "everything.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("policies")


@cache
def case(folder: Path, name: str) -> Written:
    return written(folder, POLICY, CASES[name])


def said(folder: Path, name: str, path: str, language: Language) -> Sentence:
    found = case(folder, name)
    told = Glossary(found.record, found.resolved, language)
    return sentence(told, told.steps[path])


GOLDEN: list[tuple[str, str, str, str]] = [
    # data
    ("full", "indicators.sales.actual", "880000 元", "880000 CNY"),
    ("full", "indicators.conversion.actual", "11%", "11%"),
    ("full", "indicators.launch.actual", "是", "yes"),
    ("full", "indicators.creative.actual", "良好", "良好"),
    ("full", "indicators.leads.target", "100 条（方案统一规定）", "100 条 (set by the policy)"),
    ("full", "indicators.teamwork.ratings.peer.1", "95 分，去掉，不计入", "95 points, dropped"),
    ("full", "events.idea", "2 次，分值依次为 8、6", "2 times, with 8, 6 points"),
    ("full", "events.late", "1 次", "1 time"),
    ("poor", "events.fraud", "没有记录，计 0 次", "not recorded, counted as 0 times"),
    ("poor", "indicators.creative.score", "没有数据，得分计为 0 分", "no data, the score counts as 0 points"),
    ("poor", "indicators.launch.actual", "没有数据，按未完成计", "no data, counted as not done"),
    (
        "full", "indicators.survey.excluded", "没有数据，不计入；权重 10% 由其余部分按比例分担",
        "no data, left out; the others share its weight of 10%",
    ),
    (
        "full", "indicators.teamwork.ratings.client.excluded",
        "没有人评分，不计入；权重 20% 由其余部分按比例分担",
        "nobody rated, left out; the others share its weight of 20%",
    ),
    (
        "full", "proration.days", "2024-08-16 至 2024-09-30，含首尾共 46 天",
        "2024-08-16 to 2024-09-30, both included: 46 days",
    ),
    ("fair", "proration", "整个考核周期都在岗，按 1 计", "there for the whole cycle, counted as 1"),
    # attainment
    ("full", "indicators.sales.attainment", "880000 ÷ 800000 = 110.00%", "880000 ÷ 800000 = 110.00%"),
    ("full", "indicators.cac.attainment", "5000 ÷ 4800 ≈ 104.16%", "5000 ÷ 4800 ≈ 104.16%"),
    (
        "full", "indicators.conversion.attainment", "(11% − 8%) ÷ (12% − 8%) = 75.00%",
        "(11% − 8%) ÷ (12% − 8%) = 75.00%",
    ),
    (
        "poor", "indicators.cac.attainment", "实际值为 0，方案规定达成率按 120.00% 计",
        "the actual is 0, which the policy counts as an attainment of 120.00%",
    ),
    (
        "full", "indicators.cpc.attainment.formula", "2 − 实际值 6 ÷ 目标值 7 ≈ 114.28571429%",
        "2 − actual 6 ÷ target 7 ≈ 114.28571429%",
    ),
    ("full", "indicators.cpc.attainment.formula.quotient.1", "6 ÷ 7 ≈ 0.8571428571", "6 ÷ 7 ≈ 0.8571428571"),
    (
        "full", "indicators.cpc.attainment", "114.28571429% → 114.28%，向下取，精确到 0.01%",
        "114.28571429% → 114.28%, rounded down to 0.01%",
    ),
    ("poor", "indicators.cpc.attainment", "取公式的结果：125.00%", "as the formula says: 125.00%"),
    # scores
    ("full", "indicators.sales.score", "达成率 110.00% ≥ 100% → 100 分", "attainment 110.00% ≥ 100% → 100 points"),
    ("poor", "indicators.sales.score", "达成率 0.01% < 80% → 0 分", "attainment 0.01% < 80% → 0 points"),
    (
        "fair", "indicators.leads.score", "80 + (110% − 100%) × (90 − 80) ÷ (120% − 100%) = 85 分",
        "80 + (110% − 100%) × (90 − 80) ÷ (120% − 100%) = 85 points",
    ),
    ("full", "indicators.creative.score", "「良好」→ 80 分", "“良好” → 80 points"),
    ("full", "indicators.launch.score", "已完成 → 100 分", "done → 100 points"),
    ("fair", "indicators.launch.score", "未完成 → 0 分", "not done → 0 points"),
    ("poor", "indicators.survey.score", "实际值即得分：50 分", "the actual is the score: 50 points"),
    ("full", "indicators.short.score.units", "(80 − 71) ÷ 5 ≈ 1 个单位", "(80 − 71) ÷ 5 ≈ 1 unit"),
    ("fair", "indicators.short.score.units", "实际值 90 不低于 80 → 0 个单位", "actual 90 is not below 80 → 0 units"),
    ("full", "indicators.short.score", "100 − 1 × 5 = 95 分", "100 − 1 × 5 = 95 points"),
    ("poor", "indicators.short.score", "35 < 60，保底为 60 分", "35 < 60, lifted to the floor of 60 points"),
    ("poor", "indicators.rank.score", "60 + (-1 − 0) ÷ 3 × 20 ≈ 53.33 分", "60 + (-1 − 0) ÷ 3 × 20 ≈ 53.33 points"),
    (
        "full", "indicators.spend.score", "100 − (107.3% − 105%) ÷ 1% × 2 = 95.4 分",
        "100 − (107.3% − 105%) ÷ 1% × 2 = 95.4 points",
    ),
    (
        "fair", "indicators.spend.score", "达成率 100.00% 在 95%～105% 之内 → 100 分",
        "attainment 100.00% is within 95%–105% → 100 points",
    ),
    (
        "full", "indicators.teamwork.ratings.peer", "(90 + 87 + 86) ÷ 3 ≈ 87.6666666667 分",
        "(90 + 87 + 86) ÷ 3 ≈ 87.6666666667 points",
    ),
    ("full", "indicators.teamwork.ratings.manager", "1 人评分：85 分", "one rating: 85 points"),
    (
        "fair", "indicators.cpc.score.formula",
        "(若 销售额达成率 80.00% ≥ 50% 则 max(0, min(120, 100 × 达成率 125.00%))，否则 0) = 120 分",
        "(max(0, min(120, 100 × attainment 125.00%)) if Sales attainment 80.00% ≥ 50%, otherwise 0)"
        " = 120 points",
    ),
    # weights, sections, total
    ("full", "indicators.sales.score.weighted", "100 × 20% = 20 分", "100 × 20% = 20 points"),
    (
        "full", "indicators.teamwork.score.weights", "50% + 30% = 80%，即 0.8",
        "50% + 30% = 80%, that is 0.8",
    ),
    (
        "full", "sections.results", "合计 83.134 ÷ 权重 0.9 ≈ 92.3711111111 分",
        "sum 83.134 ÷ weights 0.9 ≈ 92.3711111111 points",
    ),
    ("fair", "sections.behaviours", "40 + 0 + 24.195 = 64.195 分", "40 + 0 + 24.195 = 64.195 points"),
    ("full", "adjustments.late", "1 × (-2) = -2 分", "1 × (-2) = -2 points"),
    ("full", "adjustments.idea", "8 + 6 = 14 分", "8 + 6 = 14 points"),
    ("poor", "adjustments.idea", "没有记录 → 0 分", "nothing recorded → 0 points"),
    ("full", "adjustments.initiative", "15 > 10，封顶为 10 分", "15 > 10, cut at the cap of 10 points"),
    (
        "full", "total.adjusted",
        "91.45688888888 + 创新加分 10 + 活动创意 14 − 迟报 2 = 113.45688888888 分",
        "91.45688888888 + Initiative 10 + Idea 14 − Late report 2 = 113.45688888888 points",
    ),
    (
        "full", "total.rounded", "113.45688888888 → 113.46 分，四舍五入到 2 位小数",
        "113.45688888888 → 113.46 points, rounded half up to 2 places",
    ),
    ("full", "total", "113.46 → 50 分", "113.46 → 50 points"),
    ("fair", "total", "90.04 分，没有否决项降低总分", "90.04 points, no veto lowers the total"),
    # vetoes and grades
    ("full", "vetoes.fraud", "记录次数 1 > 0，成立 → 触发", "times recorded 1 > 0: met → triggered"),
    ("fair", "vetoes.fraud", "记录次数 0 > 0，不成立 → 未触发", "times recorded 0 > 0: not met → not triggered"),
    (
        "fair", "vetoes.leak", "记录次数 0 ≥ 2 或 suspended no = yes，不成立 → 未触发",
        "times recorded 0 ≥ 2 or suspended no = yes: not met → not triggered",
    ),
    ("fair", "grade", "总分 90.04 ≥ 80 → A", "total 90.04 ≥ 80 → A"),
    ("poor", "grade.by_total", "总分 31.11 < 40 → D", "total 31.11 < 40 → D"),
    ("full", "grade", "C，否决后不变", "C, as before the veto"),
    # pay
    (
        "poor", "pay.bonus", "等级 D 属于 (S, A, C)，不成立 → 不满足发放条件，不发放：0.00 元",
        "grade D in (S, A, C): not met → nothing is paid: 0.00 CNY",
    ),
    ("fair", "pay.bonus.only_if", "等级 A 属于 (S, A, C)，成立", "grade A in (S, A, C): met"),
    (
        "fair", "pay.bonus.rate", "销售额达成率 80.00% ≥ 80% → 100%", "Sales attainment 80.00% ≥ 80% → 100%",
    ),
    ("full", "pay.by_grade.rate", "等级 C → 33.333%", "grade C → 33.333%"),
    ("full", "pay.by_grade.base", "max(奖金基数 10000, 3000) = 10000 元", "max(bonus base 10000, 3000) = 10000 CNY"),
    ("full", "proration", "46 ÷ 92 = 0.5", "46 ÷ 92 = 0.5"),
    (
        "full", "pay.bonus.product", "奖金基数 10000 × 发放比例 120% × 在岗系数 0.5 = 6000 元",
        "bonus base 10000 × rate 120% × proration 0.5 = 6000 CNY",
    ),
    ("full", "pay.bonus", "6000 × 50% = 3000.00 元", "6000 × 50% = 3000.00 CNY"),
    ("fair", "pay.bonus", "70 < 100，保底为 100.00 元", "70 < 100, lifted to the floor of 100.00 CNY"),
    ("full", "pay.commission.slices.2", "(880000 − 500000) × 2% = 7600 元", "(880000 − 500000) × 2% = 7600 CNY"),
    ("full", "pay.commission.slices", "4999 + 7600 = 12599 元", "4999 + 7600 = 12599 CNY"),
    ("poor", "pay.commission", "未超过第一段的起点 → 0.00 元", "not above the first slice → 0.00 CNY"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "zh", "en"), GOLDEN)
def test_golden_sentences(folder: Path, name: str, path: str, zh: str, en: str) -> None:
    assert said(folder, name, path, "zh").text == zh
    assert said(folder, name, path, "en").text == en


NOTES: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = [
    ("full", "indicators.sales.score", ("未达到 120% 一档（110 分）",), ("short of 120% (110 points)",)),
    (
        "full", "indicators.cac.score", ("已是最高一档；下一档 80%（80 分）",),
        ("the highest row; the next is 80% (80 points)",),
    ),
    ("full", "indicators.cac.attainment", ("向下取，精确到 0.01%",), ("rounded down to 0.01%",)),
    (
        "full", "indicators.leads.score",
        ("四舍五入到 2 位小数", "达成率 130.00% 在 120%～150% 一档，按直线折算", "已是最高一档；下一档 100%（80～90 分）"),
        (
            "rounded half up to 2 places", "attainment 130.00% is on the slope 120%–150%",
            "the highest row; the next is 100% (80–90 points)",
        ),
    ),
    (
        "poor", "indicators.leads.score",
        ("达成率 160.00% 超过 150%，按 150% 计", "已是最高一档；下一档 100%（80～90 分）"),
        (
            "attainment 160.00% counts as 150%, where the slope ends",
            "the highest row; the next is 100% (80–90 points)",
        ),
    ),
    (
        "full", "indicators.teamwork.ratings.peer",
        ("四舍五入到 10 位小数", "共 5 人评分，去掉最高分 95、最低分 60"),
        (
            "rounded half up to 10 places",
            "of 5 ratings the highest (95) and the lowest (60) are dropped",
        ),
    ),
    ("full", "indicators.short.score.units", ("不足一个单位的不计",), ("a part of a unit does not count",)),
    ("full", "total", ("否决项「数据造假」：总分不高于 50 分",), ("veto “Data fraud”: the total is at most 50 points",)),
    (
        "full", "vetoes.fraud", ("总分不高于 50 分、等级最高为 C、奖金按 50% 发放",),
        ("the total is at most 50 points, the grade is at best C, 50% of the pay is paid",),
    ),
    ("full", "grade", ("否决项「数据造假」：等级最高为 C",), ("veto “Data fraud”: the grade is at best C",)),
    ("fair", "grade", ("未达到 95 分一档（S）",), ("short of 95 points (S)",)),
    ("full", "pay.bonus", ("否决项「数据造假」：按 50% 发放",), ("veto “Data fraud”: 50% is paid",)),
    ("full", "pay.commission.slices.2", ("从 500000 到 880000 元",), ("from 500000 to 880000 CNY",)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "zh", "en"), NOTES)
def test_golden_notes(
    folder: Path, name: str, path: str, zh: tuple[str, ...], en: tuple[str, ...]
) -> None:
    assert said(folder, name, path, "zh").notes == zh
    assert said(folder, name, path, "en").notes == en


def test_a_veto_that_lowers_the_grade_says_from_what(folder: Path) -> None:
    better = CASES["fair"].replace("launch:", "events: {fraud: 1, leak: 2}, launch:")
    found = written(folder, POLICY.replace("total: 50, ", ""), better)
    told = Glossary(found.record, found.resolved, "zh")
    spoken = sentence(told, told.steps["grade"])
    assert spoken.text == "按总分为 A → D"
    assert spoken.notes == ("否决项「数据造假」：等级最高为 C", "否决项「泄密」：等级最高为 D")


def test_one_indicator_left_out_is_told_as_the_language_promises(folder: Path) -> None:
    policy = """
policy: missing
indicators:
  sales: {weight: 40%, score: {direct: {min: 0, max: 100}}}
  customers: {weight: 30%, missing: zero, score: {direct: {min: 0, max: 100}}}
  cac: {weight: 20%, missing: exclude, score: {direct: {min: 0, max: 100}}}
  upkeep: {weight: 10%, score: {direct: {min: 0, max: 100}}}
"""
    found = written(
        folder, policy, "{sales: {actual: 100}, customers: {actual: 80}, upkeep: {actual: 85}}"
    )
    told = Glossary(found.record, found.resolved, "zh")
    text = {path: sentence(told, step).text for path, step in told.steps.items()}
    assert text["total.weights"] == "40% + 30% + 10% = 80%，即 0.8"
    assert text["total.share"] == "合计 72.5 ÷ 权重 0.8 = 90.625 分"
    assert text["total"] == "90.625 → 90.63 分，四舍五入到 2 位小数"
    nothing = written(folder, policy, "{sales: {actual: 1}, cac: {actual: 1}, upkeep: {actual: 1}}")
    told = Glossary(nothing.record, nothing.resolved, "zh")
    assert sentence(told, told.steps["indicators.customers.actual"]).text == "没有数据，计为 0"


def test_a_text_that_looks_like_a_number_stays_as_it_is(folder: Path) -> None:
    policy = """
policy: codes
indicators: {a: {weight: 100%, score: {formula: '100 if person.code == "007" else 0'}}}
"""
    found = written(folder, policy, '{person: {code: "007"}}')
    told = Glossary(found.record, found.resolved, "en")
    assert sentence(told, told.steps["person.code"]).text == "007"


# Every number, every operation


def records(folder: Path) -> list[Written]:
    own = [case(folder, name) for name in CASES]
    tests = sorted((ROOT / "policies" / "tests").glob("*.test.yaml"))
    assert len(tests) > 5
    return [*own, *(one for test in tests for one in written_cases(test))]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_equation_comes_to_what_it_says(folder: Path, language: Language) -> None:
    exact = close = 0
    for found in records(folder):
        told = Glossary(found.record, found.resolved, language)
        for path, step in told.steps.items():
            if isinstance(step["value"], bool) or " if " in step.get("rule", {}).get("terms", {}).get("text", ""):
                continue
            text = sentence(told, step).text
            equation = equation_in(text)
            if equation is not None:
                assert equation.holds, f"{path}: {text}"
                exact, close = exact + equation.exact, close + (not equation.exact)
    assert exact > 1000
    assert close > 50


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_shown_is_what_is_used(folder: Path, language: Language) -> None:
    looked_at = 0
    for found in records(folder):
        told = Glossary(found.record, found.resolved, language)
        for path, step in told.steps.items():
            if step.get("type") == "text" or isinstance(step["value"], bool):
                continue
            shown = told.value(step)
            number = Decimal(shown.removesuffix("%")).scaleb(-2 if shown.endswith("%") else 0)
            assert number == Decimal(step["value"]), path
            assert shown in sentence(told, step).text, path
            looked_at += 1
    assert looked_at > 1000


def test_the_cases_reach_every_operation(folder: Path) -> None:
    seen = {step["operation"] for name in CASES for step in case(folder, name).record["steps"]}
    assert seen == set(SENTENCES)


def test_the_evaluator_has_no_operation_without_a_sentence() -> None:
    found = set()
    for file in sorted((ROOT / "perfrules" / "evaluation").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                position = {"add": 2, "Chain": 4, "then": 1, "_by_distance": 2}.get(name)
                if position is not None and len(node.args) > position:
                    found.add(getattr(node.args[position], "value", None))
    operations = {one for one in found if isinstance(one, str)}
    assert len(operations) > 25
    assert operations <= set(SENTENCES)
