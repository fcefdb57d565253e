"""Worked examples of rules between subjects as traces written by hand.

The checker accepts them, and nothing near them. The names in brackets are those of the examples
that they come from.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from by_hand import (
    CYCLE,
    DIRECT,
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

from perfrules.checker.command import main

Capture = pytest.CaptureFixture[str]

# ---- distribution


FORCED = {
    "within": "department", "quotas": {"S": "0.2", "A": "0.7", "B": "0.1"},
    "order": ["total desc"], "ties": "keep_together",
}  # fmt: skip
THREE = [{"grade": "S", "at_least": "95"}, {"grade": "A", "at_least": "80"}, {"otherwise": "B"}]


def forced(row: int) -> Case:
    """25 people with 100, 99, … 76 points at 20, 70 and 10 %: 5, 18 and 2 of them [G4]."""
    resolved = policy(grades=THREE, distribution=FORCED)
    totals = [str(100 - index) for index in range(25)]
    own = ["S" if int(one) >= 95 else "A" if int(one) >= 80 else "B" for one in totals]
    figures = [{"keys": [one], "grade": was} for one, was in zip(totals, own, strict=True)]
    record = group(resolved, "distribution", figures, "department=销售部")
    sheet = Sheet(resolved)
    sheet.worked(totals[row])
    name, member = record["group"], f"M{row + 1:02d}"
    place = {"size": "25", "above": str(row), "equal": "1"}
    held = [sheet.from_group(f"distribution.{key}", place[key], name, member) for key in place]
    rule, seats = ("distribution", FORCED), {"S": "5", "A": "18", "B": "2"}
    for grade, count in seats.items():
        share = (f"distribution.quotas.{grade}", FORCED["quotas"][grade])
        path = f"distribution.seats.{grade}"
        held.append(sheet.step(path, "standing", "seats", [held[0], share], count, rule=rule))
    before = sheet.graded(own[row], "grade.by_total")
    grade = "S" if row < 5 else "A" if row < 23 else "B"
    outcome = "applied" if grade == own[row] else "capped"
    operands = [before, *held[1:]]
    sheet.step("grade", "grade", "distribute", operands, f"'{grade}", outcome, rule)
    return Case(sheet.record(total=totals[row], grade=grade), resolved, (record,))


def test_forced_ranking_gives_exactly_as_many_grades_as_there_are_people() -> None:
    cases = [forced(row) for row in range(25)]
    assert [one.record["grade"] for one in cases] == ["S"] * 5 + ["A"] * 18 + ["B"] * 2
    for case in cases:
        assert rejections(case.record, case.resolved, *case.groups) == []


BOUNDED = {
    "min_group": "5", "quotas": {"优秀": {"at_most": "0.2"}, "待改进": {"at_least": "0.1"}},
    "order": ["total desc"], "ties": "keep_together",
}  # fmt: skip


EVERY = {
    "quotas": {"优秀": {"at_most": "0.2"}, "良好": {"at_most": "0.3"}, "合格": "0.1",
               "待改进": {"at_least": "0.1"}},
    "order": ["total desc"], "ties": "keep_together",
}  # fmt: skip
"""Each grade has a share, and 30 % are left: nobody's, and so behind all."""

SEATS = {"优秀.at_most": "2", "": "7", "待改进.at_least": "1"}
SEATS_OF_EVERY = {
    "优秀.at_most": "2", "良好.at_most": "3", "合格": "1", "待改进.at_least": "1", "": "3",
}  # fmt: skip


def bounded(row: int, grade: str, quotas: Json = BOUNDED, seats_of: dict[str, str] = SEATS) -> Case:
    """Ten people; the third is too much for the 20 % of the best, the last one too little."""
    resolved = policy(grades=GRADES, distribution=quotas)
    totals = ["96", "95", "92", "91", "88", "85", "81", "79", "70", "65"]
    own = ["优秀"] * 4 + ["良好"] * 3 + ["合格"] * 3
    figures = [{"keys": [one], "grade": was} for one, was in zip(totals, own, strict=True)]
    record = group(resolved, "distribution", figures)
    sheet = Sheet(resolved)
    sheet.worked(totals[row])
    place = {"size": "10", "above": str(row), "equal": "1"}
    counts = {"优秀": "4", "良好": "3", "合格": "3", "待改进": "0"}
    place |= {f"counts.{key}": one for key, one in counts.items()}
    size, *held = (
        sheet.from_group(f"distribution.{key}", place[key], record["group"], f"M{row + 1:02d}")
        for key in place
    )
    rule, seats = ("distribution", quotas), []
    for path, count in seats_of.items():
        name, _, bound = path.partition(".")
        share = quotas["quotas"].get(name)
        operands = [(f"distribution.quotas.{path}", share[bound] if bound else share)]
        into = f"distribution.seats.{name}" if path else "distribution.open"
        operands = [size, *(operands if path else [])]
        seats.append(sheet.step(into, "standing", "seats", operands, count, rule=rule))
    before = sheet.graded(own[row], "grade.by_total")
    outcome = "applied" if grade == own[row] else "capped"
    operands = [before, *held[:2], *seats, *held[2:]]
    sheet.step("grade", "grade", "distribute", operands, f"'{grade}", outcome, rule)
    return Case(sheet.record(total=totals[row], grade=grade), resolved, (record,))


def too_small() -> Case:
    """Fewer than five are not distributed; one judged alone is not either."""
    resolved = policy(grades=GRADES, distribution=BOUNDED)
    figures = [{"keys": [one], "grade": "优秀"} for one in ("95", "93", "99")]
    record = group(resolved, "distribution", figures)
    sheet = Sheet(resolved)
    sheet.worked("95")
    size = sheet.from_group("distribution.size", "3", record["group"], "M1")
    both, rule = [size, ("distribution.min_group", "5")], ("distribution", BOUNDED)
    sheet.step("distribution", "standing", "too_small", both, False, "skipped", rule)
    sheet.graded("优秀")
    return Case(sheet.record(total="95", grade="优秀"), resolved, (record,))


def alone() -> Case:
    resolved = policy(grades=GRADES, distribution=BOUNDED)
    sheet = Sheet(resolved)
    sheet.worked("95")
    rule = ("distribution", BOUNDED)
    sheet.step("distribution", "standing", "alone", [], False, "skipped", rule)
    sheet.graded("优秀")
    return Case(sheet.record(total="95", grade="优秀"), resolved)


# ---- awards


def award(
    totals: list[str], row: int, seats: str, *, won: bool, **more: str
) -> Case:  # fmt: skip
    """The star of the quarter: who is above whom, and where the line runs."""
    rule = {
        "title": {"zh": "季度之星", "en": "Star"}, "order": ["total desc"], "top": "0.2",
        "count": "floor", "at_least_one": "false", "ties": "keep_together",
        "only_if": "total >= 80", **more,
    }  # fmt: skip
    resolved = policy(awards={"star": rule})
    figures: list[Json] = [
        {"eligible": True, "keys": [one]} if Decimal(one) >= 80 else {"eligible": False}
        for one in totals
    ]
    record = group(resolved, "awards.star", figures)
    sheet = Sheet(resolved)
    sheet.worked(totals[row])
    only_if = ("awards.star.only_if", {"text": "total >= 80"})
    sheet.step("awards.star.only_if", "award", "formula", ["total"], True, rule=only_if)
    others = [Decimal(one) for one in totals if Decimal(one) >= 80]
    mine = Decimal(totals[row])
    place = {
        "size": str(len(totals)),
        "above": str(sum(one > mine for one in others)),
        "equal": str(others.count(mine)),
    }
    size, *held = (
        sheet.from_group(f"awards.star.{key}", one, record["group"], f"M{row + 1}")
        for key, one in place.items()
    )
    terms = (
        "awards.star",
        {**named("star", rule), "at_least_one": more == {"at_least_one": "true"}},
    )
    operands = [size, ("awards.star.top", rule["top"])]
    held.append(
        sheet.step("awards.star.seats", "award", "award_seats", operands, seats, rule=terms)
    )
    outcome = "applied" if won else "skipped"
    sheet.step("awards.star", "award", "award", held, won, outcome, terms)
    head = {"total": totals[row], "awards": ["star"] if won else []}
    return Case(sheet.record(**head), resolved, (record,))


SEVEN = ["91", "90", "85", "83", "70", "60", "50"]
LEVEL = ["95", "92", "92", "88"]


@pytest.mark.parametrize(
    "case",
    [
        # the best fifth of seven is 1.4 [G8]
        award(SEVEN, 0, "1", won=True),
        award(SEVEN, 1, "1", won=False),
        award(SEVEN, 1, "1", won=False, count="half_up"),
        award(SEVEN, 1, "2", won=True, count="ceiling"),
        award(SEVEN, 2, "2", won=False, count="ceiling"),
        award(SEVEN, 0, "0", won=False, top="0.1"),
        award(SEVEN[:4], 0, "1", won=True, at_least_one="true"),
        # 92 twice, where two places end between them [G7]
        award(LEVEL, 1, "2", won=True, top="0.5"),
        award(LEVEL, 2, "2", won=True, top="0.5"),
        award(LEVEL, 3, "2", won=False, top="0.5"),
        award(LEVEL, 1, "2", won=False, top="0.5", ties="keep_together_lower"),
        award(LEVEL, 0, "2", won=True, top="0.5", ties="keep_together_lower"),
    ],
)
def test_who_gets_an_award(case: Case) -> None:
    assert rejections(case.record, case.resolved, *case.groups) == []
    other = fresh(case)
    last = other.record["steps"][-1]
    last["value"] = not last["value"]
    last["outcome"] = "applied" if last["value"] else "skipped"
    other.record["awards"] = ["star"] if last["value"] else []
    reseal(other.record)
    assert rejections(other.record, other.resolved, *other.groups)


# ---- pools


def pool(shares: list[str], row: int, *, part: str, left: str, ahead: str, paid: str) -> Case:
    """100 000 to be shared to the cent [P16, P17]."""
    rule = {"title": {"zh": "奖金池", "en": "Fund"}, "amount": "cycle.fund",
            "share_by": "person.factor"}  # fmt: skip
    resolved = policy(pools={"fund": rule})
    members = [{"amount": "100000", "share": one} for one in shares]
    record = group(resolved, "pools.fund", members)
    sheet = Sheet(resolved)
    sheet.worked("80")
    amount = sheet.given("cycle.fund", "100000")
    share = sheet.given("person.factor", shares[row])
    total = str(sum(map(Decimal, shares)).normalize())
    figures = {"shares": total, "left": left, "ahead": ahead}
    shared, *order = (
        sheet.from_group(f"pools.fund.{key}", one, record["group"], f"M{row + 1}")
        for key, one in figures.items()
    )
    terms, operands = ("pools.fund", named("fund", rule)), [amount, share, shared]
    cut = sheet.step("pay.fund.part", "pay", "part", operands, part, rule=terms, rounding="pay")
    operands = [cut, *order]
    sheet.step("pay.fund", "pay", "allocate", operands, paid, rule=terms, rounding="pay")
    sheet.added_up(paid)
    head = {"total": "80", "pay": {"fund": paid}, "pay_total": paid}
    return Case(sheet.record(**head), resolved, (record,))


THIRDS = {"part": "33333.33", "left": "1"}


@pytest.mark.parametrize(
    "case",
    [
        pool(["1", "1", "1"], 0, **THIRDS, ahead="0", paid="33333.34"),
        pool(["1", "1", "1"], 1, **THIRDS, ahead="1", paid="33333.33"),
        pool(["1", "1", "1"], 2, **THIRDS, ahead="2", paid="33333.33"),
        pool(["1.2", "1", "0.8"], 0, part="40000", left="1", ahead="2", paid="40000"),
        pool(["1.2", "1", "0.8"], 1, part="33333.33", left="1", ahead="1", paid="33333.33"),
        pool(["1.2", "1", "0.8"], 2, part="26666.66", left="1", ahead="0", paid="26666.67"),
    ],
)
def test_a_pool_is_shared_to_the_cent(case: Case) -> None:
    assert rejections(case.record, case.resolved, *case.groups) == []


def test_only_level_members_may_come_first_either_way() -> None:
    other = pool(["1.2", "1", "0.8"], 1, part="33333.33", left="1", ahead="0", paid="33333.34")
    found = rejections(other.record, other.resolved, *other.groups)
    assert [one.step for one in found] == ["p@1#pools.fund.ahead"]


# ---- percentile


RANKED = {
    **DIRECT,
    "score": {
        "on": "percentile", "within": "team", "of": "actual",
        "bands": [{"at_least": "0.5", "score": "100"}, {"otherwise": "70"}],
    },
}  # fmt: skip


def percentile() -> Case:
    """10, 20, 20, 30, 40: of five, 20 leaves one behind and is level with one other: 40 %."""
    resolved = policy(indicators={"work": RANKED})
    members = [{"keys": [one]} for one in ("10", "20", "20", "30", "40")]
    record = group(resolved, "indicators.work", members, "team=T1")
    sheet, at = Sheet(resolved), "indicators.work"
    sheet.given(f"{at}.actual", "20")
    place = {"size": "5", "above": "2", "equal": "2"}
    held = [
        sheet.from_group(f"{at}.group.{key}", one, record["group"], "M2")
        for key, one in place.items()
    ]
    terms = (f"{at}.score.bands", {"on": "percentile", "of": "actual", "within": "team"})
    rank = sheet.step(
        f"{at}.percentile", "attainment", "percentile", held, "0.4", rule=terms,
        rounding="attainment",
    )  # fmt: skip
    row, beside = (f"{at}.score.bands.1", {"score": "70"}), (
        f"{at}.score.bands.0", {"at_least": "0.5", "score": "100"})  # fmt: skip
    sheet.step(f"{at}.score", "score", "band", [rank], "70", rule=row, not_taken=[beside])
    sheet.weighted("work", "70")
    sheet.total("70")
    return Case(sheet.record(total="70"), resolved, (record,))


CASES: dict[str, Callable[[], Case]] = {
    "forced ranking": lambda: forced(23),
    "too good for the quota": lambda: bounded(2, "良好"),
    "the last one": lambda: bounded(9, "待改进"),
    "untouched by the quotas": lambda: bounded(4, "良好"),
    "a share for each grade": lambda: bounded(5, "合格", EVERY, SEATS_OF_EVERY),
    "a group too small": too_small,
    "alone": alone,
    "award": lambda: award(SEVEN, 1, "2", won=True, count="ceiling"),
    "pool": lambda: pool(["1.2", "1", "0.8"], 2, part="26666.66", left="1", ahead="0",
                         paid="26666.67"),
    "percentile": percentile,
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_written_by_hand_is_accepted_and_nothing_near_it(name: str) -> None:
    assert_accepted_and_nothing_near(CASES[name]())


def test_two_cannot_come_at_the_same_turn(tmp_path: Path, capsys: Capture) -> None:
    """Each may come first where remainders are equal; that both do is seen when all are there."""
    first = pool(["1", "1", "1"], 0, **THIRDS, ahead="0", paid="33333.34")
    files = {"policy": first.resolved, "groups": first.groups[0]}
    for name, tree in files.items():
        (tmp_path / name).write_text(json.dumps(tree), "utf-8")
    arguments = [str(tmp_path / name) for name in ("traces", "policy")]
    arguments += ["--groups", str(tmp_path / "groups")]
    for second, third, code in (("1", "2", 0), ("0", "2", 6)):
        paid = {"0": "33333.34"}
        others = [
            pool(["1"] * 3, row, **THIRDS, ahead=turn, paid=paid.get(turn, "33333.33"))
            for row, turn in ((1, second), (2, third))
        ]
        lines = [json.dumps(one.record) for one in (first, *others)]
        (tmp_path / "traces").write_text("\n".join(lines), "utf-8")
        assert main(arguments) == code
        said = capsys.readouterr()
        assert said.err == "3 accepted, 0 rejected\n"
        assert ("2 come at the same turn" in said.out) is bool(code)


def test_the_cycle_of_a_group_is_that_of_the_trace() -> None:
    case = fresh(percentile())
    case.groups[0]["cycle"] = {**CYCLE, "id": "2024Q2"}
    reseal(case.groups[0])
    found = rejections(case.record, case.resolved, *case.groups)
    assert "group.cycle" in found[0].en
