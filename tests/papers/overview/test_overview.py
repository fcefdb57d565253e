"""The figures of the overview, worked out by hand, and the two ways to its rows."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.codes.code import Text
from perfrules.cycle.evaluate_cycle import evaluate_cycle
from perfrules.model.cycle_result import CycleResult
from perfrules.papers.overview.figures import bins_of, mean_of, median_of, spread_of, sum_of
from perfrules.papers.overview.from_result import everybody_of, name_of_group
from perfrules.papers.overview.grades import grade_scales, quota_groups
from perfrules.papers.overview.groups import side_by_side
from perfrules.papers.overview.pay import pay_by_department, pay_by_plan, pay_in_all
from perfrules.papers.overview.rows import Everybody, Line, Missing, PolicyFacts, QuotaRow
from perfrules.records.read import read_results
from perfrules.records.report.from_tables import everybody_in
from perfrules.records.report.from_traces import traced
from perfrules.records.write import write_results

ROOT = Path(__file__).parents[3]


def decimals(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


def test_a_mean_that_does_not_end_says_so() -> None:
    mean = mean_of(decimals("1", "2", "2"))
    assert mean is not None
    assert (mean.value, mean.is_exact, mean.total, mean.size) == (Decimal("1.67"), False, 5, 3)
    exact = mean_of(decimals("1", "2.5"))
    assert exact is not None
    assert (exact.value, exact.is_exact) == (Decimal("1.75"), True)
    three_places = mean_of(decimals("0.001", "0.002"))
    assert three_places is not None
    assert (three_places.value, three_places.is_exact) == (0, False)
    assert (mean_of([]), median_of([]), spread_of([]), bins_of([])) == (None, None, None, ())


def test_quartiles_are_those_of_spreadsheets() -> None:
    """QUARTILE.INC of 1, 2, 4, 8 is 1.75, 3, 5."""
    spread = spread_of(decimals("8", "1", "4", "2"))
    assert spread is not None
    assert spread.ends == (1, Decimal("1.75"), 3, 5, 8)
    alone = spread_of(decimals("7"))
    assert alone is not None
    assert alone.ends == (7, 7, 7, 7, 7)


FIGURES = st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=60)


@given(FIGURES)
def test_figures_are_those_of_fractions(values: list[Decimal]) -> None:
    fractions = [Fraction(value) for value in values]
    mean = mean_of(values)
    assert mean is not None
    exact = sum(fractions) / len(fractions)
    assert abs(Fraction(mean.value) - exact) <= Fraction(1, 200)
    assert mean.is_exact is (Fraction(mean.value) == exact)
    assert Fraction(median_of(values) or 0) == median(fractions)
    assert Fraction(sum_of(values)) == sum(fractions)


@given(FIGURES)
def test_everybody_is_in_one_range(values: list[Decimal]) -> None:
    bins = bins_of(values)
    assert sum(one.many for one in bins) == len(values)
    assert bins[0].low <= min(values) and max(values) <= bins[-1].high
    for place, one in enumerate(bins):
        is_last = place == len(bins) - 1
        inside = [
            value for value in values
            if one.low <= value and (value < one.high or (is_last and value == one.high))
        ]  # fmt: skip
        assert one.many == len(inside)
    assert len(bins) <= 30
    assert len(bins) == 1 or min(values) < max(values)


GRADES = ("A", "B", "C")


def line(
    subject: str, total: str, grade: str, *, before: str = "", group: str = "department=销售部",
    department: str = "销售部", **pay: str,
) -> Line:  # fmt: skip
    amounts = {plan: Decimal(amount) for plan, amount in pay.items()}
    return Line(
        subject, subject, "person", Text("销售", "Sales"), "sales@1", "一组", department,
        Decimal(total), grade, before or grade, group, amounts, sum_of([*amounts.values()]),
    )  # fmt: skip


def everybody(*lines: Line, quotas: tuple[QuotaRow, ...] = (), budget: str = "") -> Everybody:
    policy = PolicyFacts("sales@1", Text("销售", "Sales"), GRADES, quotas)
    plans = {"bonus": Text("奖金", "Bonus"), "fund": Text("奖金池", "Fund")}
    budgets = {"fund": Decimal(budget)} if budget else {}
    why = Text("没有目标值", "no target")
    missing = (
        Missing("E9", "示例", "person", Text("", ""), why, why, "missing-target", "a.csv:1"),
        Missing("E9", "示例", "person", Text("", ""), why, why, "missing-actual", "a.csv:2"),
        Missing("T9", "组", "team", Text("", ""), why, why, "missing-target", "u.csv:1"),
    )
    title = Text("一季度", "Q1")
    return Everybody(
        "Q1", title, "2024-01-01", "2024-03-31", lines, missing, {"sales@1": policy}, plans, budgets
    )


def test_a_head_is_counted_once() -> None:
    found = everybody(line("E1", "90", "A"), line("E2", "80", "B"))
    assert (found.head_count, found.people_missing, len(found.people)) == (3, 1, 2)
    assert found.units == ()


def test_grades_before_and_after_against_the_quotas() -> None:
    quotas = (QuotaRow("A", "at_most", Decimal("0.2")), QuotaRow("C", "at_least", Decimal("0.1")))
    found = everybody(
        line("E1", "95", "A"), line("E2", "92", "B", before="A"), line("E3", "91", "B", before="A"),
        line("E4", "70", "C", before="B"), line("E5", "60", "C"),
        line("E6", "60", "C", group="department=甲", department="甲"),
        line("E7", "99", "A", group="department=甲", department="甲"),
        line("E8", "99", "A", group=""), quotas=quotas,
    )  # fmt: skip
    (scale,) = grade_scales(found)
    assert [(one.grade, one.before, one.after) for one in scale.counts] == [
        ("A", 5, 3), ("B", 1, 2), ("C", 2, 3),
    ]  # fmt: skip
    sales, other = sorted(quota_groups(found), key=lambda one: -one.size)
    assert (sales.name, sales.size, sales.missed) == ("department=销售部", 5, ())
    # 20 % of two people is less than one: one of them is not too many.
    assert (other.name, other.size, other.missed) == ("department=甲", 2, ())


def test_a_group_is_called_by_the_name_of_its_unit() -> None:
    units = {"D100": "销售部"}
    for name, called in (
        ("distribution · department=D100", "department=销售部"),
        ("distribution · department=D100 · sales@1", "department=销售部 · sales@1"),
        ("distribution · region=华东", "region=华东"),
        ("distribution · *", "*"),
        ("distribution · * · sales@1", "* · sales@1"),
    ):
        assert name_of_group(name, units) == called


def test_a_quota_that_is_not_kept_is_told() -> None:
    quotas = (
        QuotaRow("A", "at_most", Decimal("0.2")), QuotaRow("B", "exactly", Decimal("0.5")),
        QuotaRow("C", "at_least", Decimal("0.3")),
    )  # fmt: skip
    grades = "AAABBBBBBB"
    found = everybody(
        *(line(f"E{place}", "80", grade) for place, grade in enumerate(grades)), quotas=quotas
    )
    (group,) = quota_groups(found)
    assert [row.grade for row in group.missed] == ["A", "B", "C"]


def test_pay_against_the_budget() -> None:
    found = everybody(
        line("E1", "90", "A", bonus="100.5", fund="20"), line("E2", "80", "B", bonus="0"),
        line("E3", "80", "B", department="甲", bonus="300"), budget="25",
    )  # fmt: skip
    bonus, fund = pay_by_plan(found)
    assert (bonus.paid, bonus.total, bonus.budget) == (2, Decimal("400.5"), None)
    assert (fund.paid, fund.total, fund.budget) == (1, 20, 25)
    first, second = pay_by_department(found)
    assert (first.name, first.people, first.total) == ("甲", 1, 300)
    assert (second.people, second.by_plan["bonus"], second.total) == (
        2,
        Decimal("100.5"),
        Decimal("120.5"),
    )
    assert pay_in_all(found) == Decimal("420.5")


def test_groups_stand_with_the_highest_median_first() -> None:
    found = everybody(
        line("E1", "90", "A"), line("E2", "70", "B"), line("E3", "85", "B", department="甲"),
        line("E4", "80", "B", department="乙"),
    )  # fmt: skip
    names = [(one.name.zh, one.spread.middle) for one in side_by_side(found.people, "department")]
    assert names == [("甲", 85), ("乙", 80), ("销售部", 80)]


@pytest.fixture(scope="module", params=["2024Q3", "2024Q4"])
def result(request: pytest.FixtureRequest) -> CycleResult:
    return evaluate_cycle(ROOT / "examples" / request.param)


def test_rows_of_a_result_and_of_its_folder_are_the_same(
    result: CycleResult, tmp_path: Path
) -> None:
    write_results(result, tmp_path / "results")
    folder, _ = read_results(tmp_path / "results")
    assert folder is not None
    policies = {
        kept.label: json.loads((tmp_path / "results" / kept.file).read_text("utf-8"))
        for kept in folder.manifest.policies
    }
    read = everybody_in(folder, policies, traced(folder, policies).before)
    made = everybody_of(result)
    assert read.lines == made.lines
    assert read.missing == made.missing
    assert read.policies == made.policies
    assert dict(read.plans) == dict(made.plans)
    assert read.budgets == made.budgets
    assert (read.cycle, read.title, read.start, read.end) == (
        made.cycle, made.title, made.start, made.end,
    )  # fmt: skip
    moved = [line for line in made.people if line.grade != line.grade_before]
    assert moved and all(line.quota_group for line in moved)
    assert len(made.lines) == len(result.complete)
    counts = result.counts
    assert made.head_count == counts["people"]
    assert made.people_missing == counts["people_without_result"]
