"""Prizes by place, pools of amounts, figures of groups, and who takes no part in a distribution, as
traces written by hand. The checker accepts them, and nothing near them."""

from collections.abc import Callable, Sequence

import pytest
from by_hand import (
    GRADES,
    Case,
    Sheet,
    assert_accepted_and_nothing_near,
    fresh,
    group,
    named,
    policy,
    rejections,
)
from tampering import Json, reseal

from perfrules.checker import check

TITLE = {"zh": "冠军", "en": "Champion"}


def apart() -> Case:
    """There too short: in no group, and with the grade of the total."""
    quotas = {
        "quotas": {"优秀": {"at_most": "0.2"}}, "order": ["total desc"], "ties": "keep_together",
        "only_if": "person.years >= 1",
    }  # fmt: skip
    resolved = policy(grades=GRADES, distribution=quotas)
    sheet = Sheet(resolved)
    sheet.worked("95")
    years = sheet.given("person.years", "0.5")
    text = {"text": "person.years >= 1"}
    met = sheet.step(
        "distribution.only_if", "standing", "formula", [years], False,
        rule=("distribution.only_if", text),
    )  # fmt: skip
    rule = ("distribution.only_if", text)
    sheet.step("distribution", "standing", "gate", [met], False, "skipped", rule)
    sheet.graded("优秀")
    return Case(sheet.record(total="95", grade="优秀"), resolved)


def prize(totals: Sequence[str], row: int, ties: str, above: str, equal: str) -> tuple[Sheet, Json]:
    """All steps up to the place of one who has a prize, and the record of the group."""
    rule = {
        "title": TITLE, "order": ["total desc"], "places": ["1000", "500", "300"], "ties": ties,
    }  # fmt: skip
    resolved = policy(awards={"champion": rule})
    figures = [{"eligible": True, "keys": [one]} for one in totals]
    record = group(resolved, "awards.champion", figures)
    sheet = Sheet(resolved)
    sheet.worked(totals[row])
    place = {"size": str(len(totals)), "above": above, "equal": equal}
    member = f"M{row + 1}"
    for key, one in place.items():
        sheet.from_group(f"awards.champion.{key}", one, record["group"], member)
    terms = ("awards.champion", named("champion", rule))
    held = ["awards.champion.above", "awards.champion.equal"]
    won = int(above) < 3
    outcome = "applied" if won else "skipped"
    sheet.step("awards.champion", "award", "award_place", held, won, outcome, terms)
    return sheet, record


def paid(sheet: Sheet, record: Json, amount: str) -> Case:
    awards = ["champion"] if sheet.values["awards.champion"] else []
    head = {"total": sheet.values["total"], "awards": awards, "pay": {"champion": amount}}
    head |= {"pay_total": amount}
    sheet.added_up(amount)
    return Case(sheet.record(**head), sheet.resolved, (record,))


def terms_of(sheet: Sheet) -> tuple[str, Json]:
    return ("awards.champion", named("champion", sheet.resolved["awards"]["champion"]))


def third() -> Case:
    """Behind two firsts comes a third."""
    sheet, record = prize(["90", "90", "80", "70"], 2, "all_get", "2", "1")
    operands = ["awards.champion.above", ("awards.champion.places.2", "300")]
    sheet.step("pay.champion", "pay", "prize", operands, "300", rule=terms_of(sheet))
    return paid(sheet, record, "300")


def fourth() -> Case:
    """Behind the last place there is nothing."""
    sheet, record = prize(["90", "90", "80", "70"], 3, "all_get", "3", "1")
    rule = terms_of(sheet)
    sheet.step("pay.champion", "pay", "no_prize", ["awards.champion"], "0", "skipped", rule)
    return paid(sheet, record, "0")


def split(row: int = 0, ahead: str = "0", amount: str = "257.15") -> Case:
    """1800 among seven: 257.14 each, and two cents to the first two."""
    sheet, record = prize(["90"] * 7, row, "share", "0", "7")
    rule = terms_of(sheet)
    taken = [
        (f"awards.champion.places.{place}", one) for place, one in enumerate(("1000", "500", "300"))
    ]
    total = sheet.step("pay.champion.prizes", "pay", "sum", taken, "1800")
    both = [total, "awards.champion.equal"]
    sheet.step("pay.champion.part", "pay", "split", both, "257.14", rule=rule, rounding="pay")
    turn = sheet.from_group("awards.champion.ahead", ahead, record["group"], f"M{row + 1}")
    # The order of the chain: the part is written when the rest is known to follow.
    sheet.steps[-2], sheet.steps[-1] = sheet.steps[-1], sheet.steps[-2]
    operands = ["pay.champion.part", *both, "awards.champion.above", turn]
    sheet.step("pay.champion", "pay", "split_rest", operands, amount, rule=rule, rounding="pay")
    return paid(sheet, record, amount)


def amounts(shares: Sequence[str], budget: str) -> tuple[Sheet, Json]:
    """All steps up to what the group asks for; the subject is the first member."""
    rule = {
        "title": {"zh": "调薪", "en": "Rises"}, "amount": "cycle.fund", "share_by": "person.rise",
        "scale": "down_only",
    }  # fmt: skip
    resolved = policy(pools={"rises": rule})
    record = group(resolved, "pools.rises", [{"amount": budget, "share": one} for one in shares])
    sheet = Sheet(resolved)
    sheet.worked("80")
    sheet.given("cycle.fund", budget)
    sheet.given("person.rise", shares[0])
    return sheet, record


def rise(sheet: Sheet, record: Json, amount: str) -> Case:
    sheet.added_up(amount)
    head = {"total": "80", "pay": {"rises": amount}, "pay_total": amount}
    return Case(sheet.record(**head), sheet.resolved, (record,))


def in_full() -> Case:
    """600 and 300 out of 1000."""
    sheet, record = amounts(["600", "300"], "1000")
    shares = sheet.from_group("pools.rises.shares", "900", record["group"], "M1")
    rule = ("pools.rises", named("rises", sheet.resolved["pools"]["rises"]))
    operands = ["person.rise", shares, "cycle.fund"]
    sheet.step("pay.rises", "pay", "in_full", operands, "600", rule=rule)
    return rise(sheet, record, "600")


def reduced() -> Case:
    """600 of 1500 out of 1000 are 400."""
    sheet, record = amounts(["600", "500", "400"], "1000")
    name = record["group"]
    shares, left, ahead = (
        sheet.from_group(f"pools.rises.{what}", one, name, "M1")
        for what, one in (("shares", "1500"), ("left", "1"), ("ahead", "2"))
    )
    rule = ("pools.rises", named("rises", sheet.resolved["pools"]["rises"]))
    parts = ["cycle.fund", "person.rise", shares]
    part = sheet.step("pay.rises.part", "pay", "part", parts, "400", rule=rule, rounding="pay")
    last = [part, left, ahead]
    sheet.step("pay.rises", "pay", "allocate", last, "400", rule=rule, rounding="pay")
    return rise(sheet, record, "400")


WAYS = {
    "mean": "72.5", "median": "75", "sum": "290", "count": "4", "min": "50", "max": "90",
    # 17.5, 7.5, 2.5, 22.5 from the mean: squares 306.25 + 56.25 + 6.25 + 506.25 = 875, ÷ 4 = 218.75
    "deviation": "14.7901994577",
}  # fmt: skip
"""What 90, 80, 70 and 50 make."""


def figure(way: str = "mean", value: str = "", *, counts: bool = True) -> Case:
    """A figure of the group, and a total of 80 that is multiplied by it and divided by 50; who does
    not count has the same."""
    rule = {"title": TITLE, "of": "work.score", "by": way, "only_if": "person.years >= 1"}
    times = {"times": ["group.all / 50"]}
    resolved = policy(group_figures={"all": rule}, total=times)
    members: list[Json] = [{"eligible": True, "keys": [one]} for one in ("90", "80", "70", "50")]
    members.append({"eligible": False})
    record = group(resolved, "group_figures.all", members)
    sheet, member = Sheet(resolved), "M2" if counts else "M5"
    sheet.scored("80")
    weighted = sheet.steps.pop()  # behind the figures of groups
    years = sheet.given("person.years", "3" if counts else "0")
    path = "group_figures.all.only_if"
    text = (path, {"text": "person.years >= 1"})
    sheet.step(path, "standing", "formula", [years], counts, rule=text)
    sheet.from_group("group.all.size", "4", record["group"], member)
    own = sheet.from_group("group.all", value or WAYS[way], record["group"], member)
    sheet.steps.append(weighted)
    factor = ("total.times.0", {"text": "group.all / 50"})
    ratio = {"mean": "1.45", "sum": "5.8", "count": "0.08"}[way]
    made = sheet.step("total.times.1", "total", "formula", [own], ratio, rule=factor)
    before = sheet.total("80", "total.sum")
    product = {"mean": "116", "sum": "464", "count": "6.4"}[way]
    sheet.step("total", "total", "multiply", [before, made], product)
    return Case(sheet.record(total=product), resolved, (record,))


CASES: dict[str, Callable[[], Case]] = {
    "takes no part in the distribution": apart,
    "third behind two firsts": third,
    "behind the last place": fourth,
    "seven firsts split the prizes": split,
    "a rise that is paid in full": in_full,
    "a rise that is reduced": reduced,
    "the mean of the group": figure,
    "the sum, by one who does not count": lambda: figure("sum", counts=False),
    "how many there are": lambda: figure("count"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_accepted_and_nothing_near(name: str) -> None:
    assert_accepted_and_nothing_near(CASES[name]())


@pytest.mark.parametrize("way", WAYS)
def test_every_way_is_worked_out_again(way: str) -> None:
    """From the group's record alone."""
    case = fresh(figure())
    resolved, record = case.resolved, case.groups[0]
    resolved["group_figures"]["all"]["by"] = way
    resolved["total"] = {}
    sheet = Sheet(resolved)
    sheet.scored("80")
    weighted = sheet.steps.pop()
    sheet.given("person.years", "3")
    path = "group_figures.all.only_if"
    text = (path, {"text": "person.years >= 1"})
    sheet.step(path, "standing", "formula", ["person.years"], True, rule=text)
    again = group(resolved, record["rule"], [
        {key: one for key, one in member.items() if key not in ("member", "policy")}
        for member in record["members"]
    ])  # fmt: skip
    sheet.from_group("group.all.size", "4", again["group"], "M2")
    sheet.from_group("group.all", WAYS[way], again["group"], "M2")
    sheet.steps.append(weighted)
    sheet.total("80")
    trace = sheet.record(total="80")
    assert rejections(trace, resolved, again) == []
    for wrong in ("72.6", "0", "-1", "875"):
        trace["steps"][-3]["value"] = wrong
        reseal(trace)
        assert rejections(trace, resolved, again)


def test_the_cents_that_are_left_go_to_the_first() -> None:
    found = [split(row, str(row), "257.15" if row < 2 else "257.14") for row in range(7)]
    assert [rejections(*fresh(one)[:2], *one.groups) for one in found] == [[]] * 7
    wrong = split(2, "2", "257.15")
    assert rejections(wrong.record, wrong.resolved, *wrong.groups)


def test_a_given_figure_is_for_tests_alone() -> None:
    """Where the records of the groups are at hand, nobody brings figures along."""
    rule = {"title": TITLE, "of": "work.score", "by": "mean"}
    resolved = policy(group_figures={"all": rule})
    sheet = Sheet(resolved)
    sheet.scored("80")
    weighted = sheet.steps.pop()
    sheet.given("group.all", "70")
    sheet.steps.append(weighted)
    sheet.total("80")
    from_test = sheet.record(total="80")
    assert check(from_test, resolved) == []
    assert check(from_test, resolved, None, {})


def test_who_fails_a_figure_is_still_in_the_group() -> None:
    """Its record says that the member does not count; a trace that says otherwise is rejected."""
    case = fresh(figure(counts=False, way="sum"))
    for step in case.record["steps"]:
        if step["operation"] == "from_group":
            step["origin"]["member"] = "M1"
    reseal(case.record)
    assert rejections(case.record, case.resolved, *case.groups)
