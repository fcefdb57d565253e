"""The page of ten thousand people stays small, and names few of them."""

import re
from decimal import Decimal
from random import Random

from perfrules.codes.code import Text
from perfrules.papers.overview.rows import Everybody, Line, Missing, PolicyFacts, QuotaRow
from perfrules.papers.report.facts import Due, Odd, OddCounts, PolicyText, Rated, ReportFacts
from perfrules.papers.report.page import report_page
from perfrules.papers.report.parts import NAMED
from perfrules.papers.report.to_html import html

PEOPLE = 10_000
GRADES = ("A", "B", "C")
RESOLVED = {
    "policy": "p", "version": "1", "indicators": {"a": {"title": {"zh": "销售", "en": "Sales"}}},
    "grades": [
        {"grade": "A", "at_least": "90"}, {"grade": "B", "at_least": "60"}, {"otherwise": "C"},
    ],
    "incentives": {
        "bonus": {"base": "1000", "by_grade": {"A": "1.5", "B": "1", "C": "0"}},
        "commission": {"tiers": {"by": "a.actual", "marginal": [{"from": "0", "rate": "0.03"}]}},
    },
}  # fmt: skip


def facts(people: int, groups: int) -> ReportFacts:
    random = Random(7)

    def name(place: int) -> str:
        return f"示例员工{place:05}"

    def figure() -> Decimal:
        return Decimal(random.randint(0, 12_000)).scaleb(-2)

    why = Text("没有目标值", "no target")
    lines = tuple(
        Line(
            f"E{place:05}", name(place), "person", Text("销售", "Sales"), "p@1",
            f"{place % groups} 组", f"{place % groups} 部", total, random.choice(GRADES), "B",
            f"department={place % groups} 部", {"bonus": total * 10}, total * 10,
        )
        for place in range(people)
        for total in (figure(),)
    )  # fmt: skip
    missing = tuple(
        Missing(
            f"M{place:05}",
            f"缺{place:05}",
            "person",
            Text("", ""),
            why,
            why,
            "missing-target",
            "a.csv:1",
        )
        for place in range(people)
    )
    quotas = (QuotaRow("A", "at_most", Decimal("0.2")),)
    policies = {"p@1": PolicyFacts("p@1", Text("销售", "Sales"), GRADES, quotas)}
    everybody = Everybody(
        "2024Q3", Text("", ""), "2024-07-01", "2024-09-30", lines, missing, policies,
        {"bonus": Text("奖金", "Bonus")}, {"bonus": Decimal(1)},
    )  # fmt: skip
    rated = tuple(
        Rated(
            line, Decimal(0), Decimal(100), {"manager": (figure(),), "peer": (figure(), figure())}
        )
        for line in lines
    )
    odd = tuple(Odd(one.subject, one.name, one.team, figure(), ("far",)) for one in lines[:40])
    due = tuple(Due(one.subject, one.name, one.department, why, "2024-10-24") for one in lines)
    standings = {("p@1", "commission"): tuple(figure() for _ in lines)}
    return ReportFacts(
        everybody, "results", "0" * 64, "1.0", (PolicyText("p@1", "1" * 64, RESOLVED),), standings,
        rated, odd, OddCounts(people, people, 1, 2, 3, 4), due, (), (), Text("元", "CNY"),
    )  # fmt: skip


def test_ten_thousand_people_are_less_than_two_megabytes() -> None:
    for language in ("zh", "en"):
        page = html(report_page(facts(PEOPLE, 1_500), language))
        assert 50_000 < len(page.encode()) < 2_000_000
        named = set(re.findall(r"示例员工\d+|缺\d+", page))
        assert 0 < len(named) <= 2 * NAMED
        # Nobody's name is in a picture, and the rest are counted.
        assert not re.search(r"<svg[^§]*?示例员工[^§]*?</svg>", page.replace("§", ""))
    assert "9,980 more are in rejected.csv" in page
    assert "9,980 more are not listed" in page
    assert "10,000 more are in follow_ups.csv" in page


def test_of_few_everybody_who_is_meant_is_named() -> None:
    page = html(report_page(facts(90, 5), "zh"))
    assert len(page.encode()) < 300_000
    assert len(set(re.findall(r"缺\d+", page))) == 90
