"""Limits of pay written by hand: what comes off, limits that are worked out, those of all
incentives together, and the sum of all pay. No field of any step can be changed."""

from collections.abc import Callable
from typing import Any

import pytest
from by_hand import Case, Sheet, assert_accepted_and_nothing_near, fresh, policy, rejections
from tampering import Json, reseal

PLANS: Json = {
    "bonus": {"base": "person.base", "less": ["person.draw", "pay.gift * 0.1"],
              "at_most": "person.salary * 0.1", "moves": "by_days"},
    "gift": {"base": "total", "at_least": "person.least", "moves": "by_days"},
}  # fmt: skip


def limited(base: str, payouts: Json, *facts: tuple[str, str]) -> tuple[Sheet, Json]:
    """The steps of both incentives: 80 for the gift; the base less 100 and a tenth of the gift,
    at most a tenth of 20000."""
    resolved = policy(incentives=PLANS, payouts=payouts)
    sheet = Sheet(resolved)
    sheet.worked("80")
    sheet.given("person.least", "50")
    sheet.step("pay.gift", "pay", "multiply", ["total"], "80")
    sheet.given("person.base", base)
    sheet.given("person.draw", "100")
    tenth = ("incentives.bonus.less.1", {"text": "pay.gift * 0.1"})
    less = sheet.step("pay.bonus.less.2", "pay", "formula", ["pay.gift"], "8", rule=tenth)
    product = sheet.step("pay.bonus.product", "pay", "multiply", ["person.base"], base)
    sheet.given("person.salary", "20000")
    most = ("incentives.bonus.at_most", {"text": "person.salary * 0.1"})
    limit = sheet.step("pay.bonus.at_most", "pay", "formula", ["person.salary"], "2000", rule=most)
    rest = str(int(base) - 108)
    own = "pay.bonus" if int(rest) <= 2000 else "pay.bonus.less"
    sheet.step(own, "pay", "less", [product, "person.draw", less], rest)
    if own != "pay.bonus":
        sheet.step("pay.bonus", "pay", "at_most", [own, limit], "2000", "capped", most)
    lines = ["pay.bonus", "pay.gift"]
    paid = sheet.values["pay.bonus"]
    sheet.step("payouts.sum", "pay", "sum", lines, str(int(paid) + 80))
    for name, value in facts:
        sheet.given(name, value)
    return sheet, resolved


def finished(sheet: Sheet, resolved: Json, total: str) -> Case:
    sheet.added_up(total)
    names = ("bonus", "gift", "cut", "top_up")
    pay = {one: sheet.values[f"pay.{one}"] for one in names if f"pay.{one}" in sheet.values}
    # A limit that is beyond what it limits is data from which nothing follows.
    unread = tuple(one for one in ("person.least",) if one in sheet.values)
    return Case(sheet.record(total="80", pay=pay, pay_total=total), resolved, (), unread)


def cut() -> Case:
    """2000 + 80 = 2080; 1500.005 is cut to 1500: 580 too much."""
    sheet, resolved = limited("5000", {"at_most": "person.most"}, ("person.most", "1500.005"))
    most = ("payouts.at_most", {"text": "person.most"})
    whole = sheet.step(
        "payouts.at_most.whole", "pay", "whole_down", ["person.most"], "1500", rounding="pay"
    )
    sheet.step("pay.cut", "pay", "less", [whole, "payouts.sum"], "-580", "capped", most)
    return finished(sheet, resolved, "1500")


def topped_up() -> Case:
    """108 - 108 + 80 = 80; 2000 is the least."""
    sheet, resolved = limited("108", {"at_least": "2000", "at_most": "3000"})
    least = "payouts.at_least"
    sheet.step(
        "pay.top_up", "pay", "less", [(least, "2000"), "payouts.sum"], "1920", "capped", least
    )
    return finished(sheet, resolved, "2000")


def within() -> Case:
    """1000 - 108 + 80 = 972, between 0.001 (0.01 in money) and 972."""
    sheet, resolved = limited("1000", {"at_least": "0.001", "at_most": "972"})
    least = [("payouts.at_least", "0.001")]
    sheet.step("payouts.at_least.whole", "pay", "whole_up", least, "0.01", rounding="pay")
    return finished(sheet, resolved, "972")


def waived() -> Case:
    """46 days and 46 days: 10 and 20 make 15; a veto lowered the first, so that no floor holds."""
    plans = {"bonus": {"base": "1", "moves": "by_days"}}
    resolved = policy(incentives=plans, payouts={"at_least": "100", "at_most": "14"})
    sheet, days, weighted = Sheet(resolved), [], []
    for row in (1, 2):
        at = f"segments.{row}"
        sheet.given(f"{at}.total", "80", record=f"E1#{row}", step="total")
        days.append(sheet.given(f"{at}.days", "46", record=f"E1#{row}"))
        both = [f"{at}.total", f"{at}.days"]
        weighted.append(sheet.step(f"{at}.weighted", "contribution", "multiply", both, "3680"))
    weights = sheet.step("total.weights", "total", "sum", days, "92")
    total = sheet.step("total.sum", "total", "sum", weighted, "7360")
    sheet.step("total", "total", "divide", [total, weights], "80", rounding="division")
    paid = []
    for row, (amount, product) in enumerate((("10", "460"), ("20", "920")), 1):
        into = f"pay.bonus.segments.{row}"
        both = [sheet.given(into, amount, record=f"E1#{row}", step="pay.bonus"), days[row - 1]]
        paid.append(sheet.step(f"{into}.weighted", "pay", "multiply", both, product))
    total = sheet.step("pay.bonus.sum", "pay", "sum", paid, "1380")
    sheet.step("pay.bonus", "pay", "divide", [total, weights], "15", rounding="division")
    sheet.step("payouts.sum", "pay", "sum", ["pay.bonus"], "15")
    lowered = sheet.given("segments.1.lowered", True, record="E1#1", step="vetoes.fraud")
    least, most = "payouts.at_least", "payouts.at_most"
    sheet.step(f"{least}.waived", "pay", "waived", [lowered], True, "skipped", least)
    sheet.step("pay.cut", "pay", "less", [(most, "14"), "payouts.sum"], "-1", "capped", most)
    return finished(sheet, resolved, "14")


CASES: dict[str, Callable[[], Case]] = {
    "cut": cut, "topped up": topped_up, "within": within, "waived": waived,
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_written_by_hand_is_accepted_and_nothing_near_it(name: str) -> None:
    assert_accepted_and_nothing_near(CASES[name]())


@pytest.mark.parametrize("name", CASES)
def test_no_line_of_pay_can_be_left_out(name: str) -> None:
    for line in [one["id"] for one in CASES[name]().record["steps"] if "#pay." in one["id"]]:
        case = fresh(CASES[name]())
        steps = case.record["steps"]
        case.record["steps"][:] = [one for one in steps if one["id"] != line]
        reseal(case.record)
        assert rejections(case.record, case.resolved), line


@pytest.mark.parametrize("change", [{"pay_total": "2000.01"}, {"pay_total": None}, {"pay": {}}])
def test_the_head_says_what_the_steps_come_to(change: dict[str, Any]) -> None:
    case = fresh(topped_up())
    case.record.update(change)
    reseal(case.record)
    assert rejections(case.record, case.resolved)


def test_the_head_says_what_all_comes_to() -> None:
    case = fresh(topped_up())
    del case.record["pay_total"]
    reseal(case.record)
    assert rejections(case.record, case.resolved)
