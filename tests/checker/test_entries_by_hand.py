"""Worked examples of moves, changes, calibrations and units as traces written by hand.

The checker accepts them, and nothing near them. The names in brackets are those of the examples
that they come from.
"""

import json
from collections.abc import Callable

import pytest
from by_hand import (
    DIRECT,
    GRADES,
    RATIO,
    Case,
    Sheet,
    assert_accepted_and_nothing_near,
    fresh,
    named,
    policy,
    rejections,
)
from tampering import reseal

# ---- moves


def moved() -> Case:
    """31 days at 90 and 61 days at 80 are 7670 / 92 = 83.37 [P19]; pay by days, or added up."""
    plans = {"bonus": {"base": "1", "moves": "by_days"}, "piece": {"base": "1", "moves": "sum"}}
    resolved = policy(grades=GRADES, incentives=plans)
    sheet = Sheet(resolved)
    days = []
    for row, (total, there, weighted) in enumerate((("90", "31", "2790"), ("80", "61", "4880")), 1):
        at = f"segments.{row}"
        sheet.given(f"{at}.total", total, record=f"E1#{row}", step="total")
        days.append(sheet.given(f"{at}.days", there, record=f"E1#{row}"))
        both = [f"{at}.total", f"{at}.days"]
        sheet.step(f"{at}.weighted", "contribution", "multiply", both, weighted)
    weights = sheet.step("total.weights", "total", "sum", days, "92")
    weighted = ["segments.1.weighted", "segments.2.weighted"]
    total = sheet.step("total.sum", "total", "sum", weighted, "7670")
    quotient = [total, weights]
    share = sheet.step(
        "total.share", "total", "divide", quotient, "83.3695652174", rounding="division"
    )
    sheet.step("total", "total", "round", [share], "83.37", rounding="total")
    cap = sheet.given("segments.1.cap", "'合格", record="E1#1", step="grade")
    before = sheet.graded("良好", "grade.by_total")
    sheet.step("grade", "grade", "cap", [before, cap], "'合格", "capped")
    paid, path = [], "pay.bonus"
    for row, (amount, product) in enumerate((("920", "28520"), ("1840", "112240")), 1):
        into = f"{path}.segments.{row}"
        both = [sheet.given(into, amount, record=f"E1#{row}", step=path), days[row - 1]]
        paid.append(sheet.step(f"{into}.weighted", "pay", "multiply", both, product))
    total = sheet.step(f"{path}.sum", "pay", "sum", paid, "140760")
    sheet.step(path, "pay", "divide", [total, weights], "1530", rounding="division")
    piece = sheet.given("pay.piece.segments.2", "99.5", record="E1#2", step="pay.piece")
    sheet.step("pay.piece", "pay", "sum", [piece], "99.5")
    sheet.added_up("1629.5")
    head = {"total": "83.37", "grade": "合格", "pay": {"bonus": "1530", "piece": "99.5"}}
    head["pay_total"] = "1629.5"
    return Case(sheet.record(**head), resolved)


# ---- changed targets


def changed(weighting: str) -> Case:
    """100, and 80 from the second of three months on; 78 reached [T6]."""
    rule = {"per_quarter": "1", "needs": ["reason", "approved_by"], "weighting": weighting}
    resolved = policy(indicators={"work": RATIO}, target_changes=rule)
    sheet, at = Sheet(resolved), "indicators.work"
    actual = sheet.given(f"{at}.actual", "78")
    target = [sheet.given(f"{at}.target.before", "100")]
    entry = {"as_of": "2024-08-01", "reason": "市场变化", "approved_by": "示例总监01"}
    target.append(sheet.given(f"{at}.target.change.1", "80", **entry))
    terms, rounding = ("target_changes", rule), ("attainment", "floor")
    operation, operands, attained = "divide", [actual, f"{at}.target"], "0.975"
    if weighting == "none":
        sheet.step(f"{at}.target", "datum", "changed", target, "80", rule=terms)
    else:
        first, last = (
            sheet.given("cycle.from", "'2024-07-01"),
            sheet.given("cycle.to", "'2024-09-30"),
        )
        since = sheet.given(f"{at}.target.since.1", "'2024-08-01", **entry)
        parts = {"months": ("1", "2", "260", "3", "86.6666666667", "0.9"),
                 "days": ("31", "61", "7980", "92", "86.7391304348", "0.8992")}  # fmt: skip
        before, after, product, weight, mean, attained = parts[weighting]
        unit = f"{weighting}_until"
        time, ends = f"{at}.target.for", ([first, since], [since, last])
        times = [
            sheet.step(f"{time}.0", "datum", unit, ends[0], before),
            sheet.step(f"{time}.1", "datum", weighting, ends[1], after),
        ]
        pairs = [target[0], times[0], target[1], times[1]]
        both = [sheet.step(f"{at}.target.sum", "datum", "sum_product", pairs, product),
                sheet.step(f"{at}.target.weights", "datum", "sum", times, weight)]  # fmt: skip
        sheet.step(f"{at}.target", "datum", "divide", both, mean, rule=terms, rounding="division")
        operation, operands = "divide_weighted", [actual, *both]
    rule_of = (at, {"direction": "higher_is_better", "missing": "error"})
    into, kind = f"{at}.attainment", rounding[0]
    sheet.step(into, kind, operation, operands, attained, rule=rule_of, rounding=kind)
    row, beside = (f"{at}.score.bands.0", {"at_least": "0.8", "score": "80"}), (
        f"{at}.score.bands.1", {"score": "0"})  # fmt: skip
    sheet.step(f"{at}.score", "score", "band", [into], "80", rule=row, not_taken=[beside])
    sheet.weighted("work", "80")
    sheet.total("80")
    return Case(sheet.record(total="80"), resolved)


@pytest.mark.parametrize("gone", ["reason", "approved_by"])
def test_a_change_without_reason_or_approver_is_none(gone: str) -> None:
    case = fresh(changed("months"))
    entry = next(one for one in case.record["steps"] if one["id"].endswith("change.1"))
    del entry["origin"][gone]
    reseal(case.record)
    assert [one.step for one in rejections(case.record, case.resolved)] == [entry["id"]]


def test_a_policy_may_allow_one_change_a_quarter() -> None:
    case = fresh(changed("none"))
    at = "p@1#indicators.work.target"
    row = next(i for i, one in enumerate(case.record["steps"]) if one["id"] == f"{at}.change.1")
    second = json.loads(json.dumps(case.record["steps"][row]))
    second["id"], second["origin"]["as_of"] = f"{at}.change.2", "2024-09-01"
    case.record["steps"].insert(row + 1, second)
    changed_to = case.record["steps"][row + 2]
    changed_to["operands"].append({"step": second["id"], "value": "80"})
    reseal(case.record)
    found = rejections(case.record, case.resolved)
    assert "too many changes" in found[0].en
    second["origin"]["as_of"] = "2024-10-01"
    reseal(case.record)
    assert rejections(case.record, case.resolved) == []


# ---- calibration


def calibrated() -> Case:
    """92.5 is 优秀; the committee puts 88 in its place, which is 良好, and pays so [G10]."""
    plan = {"base": "1000", "by_grade": {"优秀": "1.5", "良好": "1", "合格": "0.5", "待改进": "0"},
            "moves": "by_days"}  # fmt: skip
    resolved = policy(grades=GRADES, incentives={"bonus": plan})
    sheet = Sheet(resolved)
    sheet.scored("92.5")
    why = {"as_of": "2024-10-08", "reason": "与同部门口径一致", "approved_by": "示例总监01"}
    entry = sheet.given("total.revision.1", "88", "revision", **why)
    before = sheet.total("92.5", "total.sum")
    sheet.step("total", "total", "revise", [before, entry], "88")
    sheet.graded("良好")
    base = (("incentives.bonus.base"), {"text": "1000"})
    factors = [sheet.step("pay.bonus.base", "pay", "formula", [], "1000", rule=base)]
    rate = "incentives.bonus.by_grade.良好"
    both = ["grade", (rate, "1")]
    factors.append(sheet.step("pay.bonus.rate", "pay", "by_grade", both, "1", rule=rate))
    sheet.step("pay.bonus", "pay", "multiply", factors, "1000")
    sheet.added_up("1000")
    head = {"total": "88", "grade": "良好", "pay": {"bonus": "1000"}, "pay_total": "1000"}
    return Case(sheet.record(**head), resolved)


@pytest.mark.parametrize("gone", ["reason", "approved_by"])
def test_a_calibration_without_reason_or_approver_is_none(gone: str) -> None:
    case = fresh(calibrated())
    entry = next(one for one in case.record["steps"] if one["kind"] == "revision")
    del entry["origin"][gone]
    reseal(case.record)
    assert [one.step for one in rejections(case.record, case.resolved)] == [entry["id"]]


# ---- follow-ups and objectives


def low_again(earlier: list[str], count: str) -> Case:
    """Two lows in a row ask for a talk, and absence is no break [T8]; a plan is due after 30
    days, 2024-11-09 for somebody told on 2024-10-10 [T10]."""
    rules = {
        "talk": {"title": {"zh": "面谈", "en": "Talk"}, "when": 'streak("待改进") >= 2'},
        "plan": {"title": {"zh": "计划", "en": "Plan"}, "when": 'grade == "待改进"',
                 "due_days": "30"},
    }  # fmt: skip
    resolved = policy(grades=GRADES, follow_ups=rules)
    sheet = Sheet(resolved)
    sheet.worked("58")
    read = [sheet.graded("待改进")]
    for row, grade in enumerate(earlier, 1):
        read.append(sheet.given(f"history.{row}.grade", f"'{grade}"))
    streak = sheet.step("streak.待改进", "datum", "streak", read, count)
    text, talks = {"text": rules["talk"]["when"]}, int(count) >= 2
    at, outcome = "follow_ups.talk", "applied" if talks else "skipped"
    met = sheet.step(f"{at}.when", "follow_up", "formula", [streak], talks,
                     rule=(f"{at}.when", text))  # fmt: skip
    terms = (at, named("talk", rules["talk"]))
    sheet.step(at, "follow_up", "follow_up", [met], talks, outcome, terms)
    at, terms = "follow_ups.plan", ("follow_ups.plan", named("plan", rules["plan"]))
    when = (f"{at}.when", {"text": rules["plan"]["when"]})
    met = sheet.step(f"{at}.when", "follow_up", "formula", ["grade"], True, rule=when)
    told = sheet.given("cycle.announced", "'2024-10-10")
    both = [told, (f"{at}.due_days", "30")]
    due = sheet.step(f"{at}.due", "follow_up", "due", both, "'2024-11-09", rule=terms)
    sheet.step(at, "follow_up", "follow_up", [met, due], True, rule=terms)
    going = {"talk": None} if talks else {}
    head = {"total": "58", "grade": "待改进", "follow_ups": {**going, "plan": "2024-11-09"}}
    return Case(sheet.record(**head), resolved)


@pytest.mark.parametrize(
    ("earlier", "count"),
    [(["待改进"], "2"), (["待改进", "待改进", "良好"], "3"), (["合格"], "1"), ([], "1")],
)
def test_a_streak_is_counted_from_the_history(earlier: list[str], count: str) -> None:
    case = low_again(earlier, count)
    assert rejections(case.record, case.resolved) == []
    assert ("talk" in case.record["follow_ups"]) is (int(count) > 1)


def objectives() -> Case:
    """Key results of 0.4 and 1 make 0.7, beside a total that they leave alone [P38]."""
    resolved = policy()
    sheet = Sheet(resolved)
    sheet.worked("88")
    sheet.given("okr.1.objective", "'开拓新市场", "objective")
    results = [
        sheet.given(f"okr.1.{row}", value, "objective", source=text)
        for row, (value, text) in enumerate((("0.4", "签约三家"), ("1", "拜访二十家")), 1)
    ]
    mean = sheet.step("okr.1", "objective", "objective_mean", results, "0.7", rounding="division")
    sheet.step("okr", "objective", "objective_mean", [mean], "0.7", rounding="division")
    return Case(sheet.record(total="88", okr="0.7"), resolved, (), ("okr.1.objective",))


# ---- units


def team() -> Case:
    """A team's figures from those of its members; its attainment by weight and section."""
    one = {**RATIO, "section": "a", "weight": "0.5", "roll_up": {
        "actual": {"of": "sales.actual", "by": "weighted_mean", "weight": "person.heads"},
        "target": {"of": "sales.target", "by": "sum"}}}  # fmt: skip
    two = {**DIRECT, "section": "a", "weight": "0.5"}
    three = {**DIRECT, "section": "b"}
    resolved = policy(
        subject="team", sections={"a": {"weight": "0.6"}, "b": {"weight": "0.4"}},
        indicators={"one": one, "two": two, "three": three},
    )  # fmt: skip
    sheet, at, held = Sheet(resolved, "T1", "team"), "indicators.one", []
    for row, (value, weight) in enumerate((("80", "3"), ("100", "1")), 1):
        member = {"member": f"M{row}", "step": "indicators.sales.actual"}
        held.append(sheet.given(f"{at}.members.{row}", value, **member))
        held.append(sheet.given(f"{at}.members.{row}.weight", weight, **member))
    rule = (f"{at}.roll_up.actual", one["roll_up"]["actual"])
    actual = sheet.step(f"{at}.actual", "datum", "roll_up", held, "85", rule=rule,
                        rounding="division")  # fmt: skip
    held = [sheet.given(f"{at}.target_members.{row}", "50", member=f"M{row}", step="x")
            for row in (1, 2)]  # fmt: skip
    rule = (f"{at}.roll_up.target", one["roll_up"]["target"])
    target = sheet.step(f"{at}.target", "datum", "roll_up", held, "100", rule=rule)
    terms = (at, {"direction": "higher_is_better", "missing": "error"})
    attained = sheet.step(f"{at}.attainment", "attainment", "divide", [actual, target], "0.85",
                          rule=terms, rounding="attainment")  # fmt: skip
    row, beside = (f"{at}.score.bands.0", {"at_least": "0.8", "score": "80"}), (
        f"{at}.score.bands.1", {"score": "0"})  # fmt: skip
    sheet.step(f"{at}.score", "score", "band", [attained], "80", rule=row, not_taken=[beside])
    for name in ("two", "three"):
        sheet.given(f"indicators.{name}.actual", "90")
        rule = (f"indicators.{name}.score.direct", {"low": "0", "high": "120"})
        operands = [f"indicators.{name}.actual"]
        sheet.step(f"indicators.{name}.score", "score", "direct", operands, "90", rule=rule)
    sums = {"a": [("one", "40", "0.5"), ("two", "45", "0.5")], "b": [("three", "90", "1")]}
    for section, parts in sums.items():
        weighted = [sheet.weighted(*part) for part in parts]
        value = "85" if section == "a" else "90"
        sheet.step(f"sections.{section}", "section", "sum", weighted, value)
    weighted = []
    for section, value, weight in (("a", "51", "0.6"), ("b", "36", "0.4")):
        path = f"sections.{section}.weight"
        into, both = f"sections.{section}.weighted", [f"sections.{section}", (path, weight)]
        weighted.append(sheet.step(into, "contribution", "multiply", both, value, rule=path))
    sheet.step("total", "total", "sum", weighted, "87")
    path = f"{at}.weight"
    both = [(path, "0.5"), ("sections.a.weight", "0.6")]
    share = sheet.step(f"{at}.attainment.share", "contribution", "multiply", both, "0.3", rule=path)
    both = [attained, share]
    part = sheet.step(
        f"{at}.attainment.weighted", "contribution", "multiply", both, "0.255", rule=path
    )
    left = sheet.step("attainment.weights", "attainment", "sum", [share], "0.3")
    total = sheet.step("attainment.sum", "attainment", "sum", [part], "0.255")
    both = [total, left]
    sheet.step("attainment", "attainment", "divide", both, "0.85", rounding="attainment")
    return Case(sheet.record(total="87"), resolved)


CASES: dict[str, Callable[[], Case]] = {
    "moved": moved,
    "target changed": lambda: changed("none"),
    "target by months": lambda: changed("months"),
    "target by days": lambda: changed("days"),
    "calibrated": calibrated,
    "low again": lambda: low_again(["待改进", "良好"], "2"),
    "objectives": objectives,
    "team": team,
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_written_by_hand_is_accepted_and_nothing_near_it(name: str) -> None:
    assert_accepted_and_nothing_near(CASES[name]())
