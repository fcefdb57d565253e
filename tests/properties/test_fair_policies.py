"""The shipped policies are fair: the same performance pays the same share in every role.

A role is a policy that pays the quarterly bonus; a new one is held here as soon as it is there.
"""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import perfrules
from perfrules.exact import plain
from perfrules.model.bands import Bands
from perfrules.model.datum import Datum
from perfrules.model.history import Past, PastMeasure
from perfrules.model.indicator import Indicator
from perfrules.model.ratings import Ratings
from perfrules.model.scorecard import Cycle, Revision, Scorecard
from perfrules.model.scoring import Levels
from perfrules.model.written import Constant

POLICIES = Path(__file__).parents[2] / "policies"
BASE = Decimal(10000)
CYCLE = Cycle(
    "2024Q4", datetime.date(2024, 10, 1), datetime.date(2024, 12, 31),
    facts={"team_fund": Datum(Decimal(0))},
)  # fmt: skip
TARGET = Decimal(1200)  # where the data give the target

# Figures that are no share of a target: what each is at 60 %, at 80 %, on target and beyond it.
OTHERS: Mapping[str, tuple[Any, Any, Any, Any]] = {
    "spend": ("900", "1020", "1200", "1200"),  # 75 %, 85 % and 100 % of the budget
    "collection_rate": ("0.87", "0.91", "0.95", "0.95"),
    "pass_rate": ("0.90", "0.94", "0.98", "0.98"),
    "compliance_breaches": (4, 2, 0, 0),
    "missed_rival_moves": (2, 1, 0, 0),
    "negative_reports": (2, 1, 0, 0),
    "report_errors": (6, 4, 2, 0),
    "complaints": (4, 2, 0, 0),
    "first_response": (120, 60, 30, 24),
    "solved_at_once": ("0.75", "0.80", "0.85", "0.94"),
    "model_improvements": (0, 1, 2, 3),
    "on_time_delivery": ("720", "960", "1200", "1200"),
    "key_launch": (True, True, True, True),
    "satisfaction": (85, 85, 85, 85),  # what people think of one is good, not a figure of targets
    "decision_support": ("4.5", "4.5", "4.5", "4.5"),
}

OWN_TARGETS = {"solved_at_once": Decimal("0.85")}

SHARES = {
    "0.59": ("D", 0), "0.6": ("C", "0.7"), "0.79": ("C", "0.7"), "0.8": ("B", 1),
    "0.9": ("B", 1), "0.9999": ("B", 1), "1": ("A", "1.2"), "1.1": ("S", "1.5"),
    "1.2": ("S", "1.5"), "2": ("S", "1.5"),
}  # fmt: skip


@cache
def roles() -> dict[str, perfrules.Policy]:
    return {
        f"{one.id}@{one.version}": one
        for one in perfrules.read_policies(POLICIES)
        if any(plan.name == "quarterly_bonus" for plan in one.rules.incentives)
    }


def figures(one: Indicator, performance: Decimal) -> dict[str, Any]:
    """What the data say of an indicator where the performance is this share of the target."""
    given: dict[str, Any]
    if isinstance(one.score, Ratings):
        return {"ratings": {group.name: [85] for group in one.score.groups}}
    if isinstance(one.score, Levels):
        return {"actual": "良好"}
    if one.name in OTHERS:
        step = sum(performance >= Decimal(mark) for mark in ("0.8", "1", "1.1"))
        actual = OTHERS[one.name][step]
        if performance < Decimal("0.6") and isinstance(actual, (int, str)) and step == 0:
            actual = {"spend": "300", "report_errors": 12}.get(one.name, actual)
        given = {"target": OWN_TARGETS.get(one.name, TARGET)} if one.target == "required" else {}
        own = {"floor": "0.75", "stretch": "0.95"}
        return {"actual": actual, **given, "figures": {name: own[name] for name in one.figures}}
    target = one.target.value if isinstance(one.target, Constant) else TARGET
    given = {} if isinstance(one.target, Constant) else {"target": target}
    low = Decimal(0)
    if one.baseline != "none":
        low = one.baseline.value if isinstance(one.baseline, Constant) else Decimal(200)
        given["baseline"] = low
    if one.target == "none":  # against the figure of the last cycle, which is the TARGET
        given = {}
    actual = low + (target - low) * performance
    if one.direction == "lower_is_better":
        actual = target * (2 - performance) if one.attainment else target / performance
        actual = max(actual, Decimal(1))
        actual = actual.quantize(Decimal("0.000001"), rounding="ROUND_FLOOR")
    return {"actual": actual, **given}


def card(
    policy: perfrules.Policy, performance: str, subject: str = "E01", **more: Any
) -> Scorecard:
    """Somebody whose figures are all at this share of their targets, and are rated good."""
    made = perfrules.scorecard(
        subject,
        {one.name: figures(one, Decimal(performance)) for one in policy.rules.indicators},
        person={"bonus_base": BASE, "department_factor": 1, "department": "D1"},
        cycle=CYCLE,
        **more,
    )
    last = Past(
        "2024Q3", total=Datum(BASE), measures={"quality_score": PastMeasure(actual=Datum(TARGET))}
    )
    return replace(made, history=(last,))


def alone(policy: perfrules.Policy, scorecard: Scorecard) -> perfrules.Appraisal:
    """Beside two who are exactly on target, so that percentiles have whom to compare."""
    together = policy.evaluate_together(
        [scorecard, card(policy, "1", "E02"), card(policy, "1", "E03")]
    )
    found = together[scorecard.subject]
    assert found.complete, [str(one.message()) for one in found.problems]
    return found


def rewards(appraisal: perfrules.Appraisal) -> dict[str, Decimal]:
    """What is paid beside the bonus and what is earned by the piece."""
    return {
        name: amount
        for name, amount in appraisal.pay.items()
        if name != "quarterly_bonus" and not name.endswith("commission")
    }


def test_all_roles_are_here() -> None:
    assert {name.partition("@")[0] for name in roles()} >= {
        "sales", "channel", "content", "ads", "seo", "analyst", "new_media", "planner", "brand",
        "service",
    }  # fmt: skip


@pytest.mark.parametrize("performance", SHARES)
def test_the_same_performance_pays_the_same_share_in_every_role(performance: str) -> None:
    grade, share = SHARES[performance]
    found = {name: alone(one, card(one, performance)) for name, one in roles().items()}
    assert {name: one.grade for name, one in found.items()} == dict.fromkeys(found, grade), {
        name: plain(one.total) for name, one in found.items() if one.total is not None
    }
    due = BASE * Decimal(share)
    assert {name: one.pay["quarterly_bonus"] for name, one in found.items()} == dict.fromkeys(
        found, due
    )


@pytest.mark.parametrize("name", roles())
def test_one_curve_for_all_figures_that_have_a_target(name: str) -> None:
    curves = {
        tuple(
            (row.at_least and plain(row.at_least), plain(row.score), row.high and plain(row.high))
            for row in one.score.rows
        )
        for one in roles()[name].rules.indicators
        if isinstance(one.score, Bands) and one.score.on == "attainment"
    }
    assert curves == {
        (("1", "100", "120"), ("0.8", "80", None), ("0.6", "60", None), (None, "0", None))
    }


@pytest.mark.parametrize("name", roles())
def test_a_quota_that_moves_the_grade_moves_the_pay(name: str) -> None:
    policy = roles()[name]
    cards = [card(policy, "1", f"E{number}") for number in range(7)] + [card(policy, "0.8", "E7")]
    found = policy.evaluate_together(cards)
    assert found["E0"].pay["quarterly_bonus"] == BASE * Decimal("1.2")
    assert found["E7"].grade == "D"
    assert set(found["E7"].pay.values()) == {Decimal(0)}


@pytest.mark.parametrize("name", roles())
def test_a_calibrated_grade_moves_the_pay(name: str) -> None:
    policy = roles()[name]
    lowered = Revision("calibration", "grade", Datum("A"), Datum("B"))
    found = alone(policy, replace(card(policy, "1"), revisions=(lowered,)))
    assert (found.grade, found.pay["quarterly_bonus"]) == ("B", BASE)


@pytest.mark.parametrize("name", roles())
def test_nothing_is_paid_at_grade_d_and_no_reward_after_a_veto(name: str) -> None:
    policy = roles()[name]
    best = card(policy, "1.2")
    lowered = Revision("calibration", "grade", Datum("S"), Datum("D"))
    assert set(alone(policy, replace(best, revisions=(lowered,))).pay.values()) == {Decimal(0)}
    by_event = [one.name for one in policy.rules.vetoes if one.name in policy.rules.event_names]
    assert {"data_fraud", "info_leak"} <= set(by_event)
    for veto in by_event:
        found = alone(policy, card(policy, "1.2", events={veto: 2}))
        if found.result.vetoed:
            assert set(rewards(found).values()) <= {Decimal(0)}, veto
            assert found.pay["quarterly_bonus"] < BASE * Decimal("1.5"), veto


@pytest.mark.parametrize("name", roles())
def test_a_cost_of_nought_is_no_result(name: str) -> None:
    policy = roles()[name]
    for one in policy.rules.indicators:
        if one.direction == "lower_is_better" and one.unit == "CNY":
            given = card(policy, "1.2")
            measure = replace(given.measures[one.name], actual=Datum(Decimal(0)))
            found = alone(policy, replace(given, measures={**given.measures, one.name: measure}))
            assert found.score(one.name) == 0, one.name
            assert one.name != "cpa" or rewards(found) == {"saving_reward": 0}


@pytest.mark.parametrize("name", roles())
def test_every_role_has_an_award_and_a_warning_and_counts_what_can_be_counted(name: str) -> None:
    rules = roles()[name].rules
    assert rules.awards
    assert rules.warnings
    for one in rules.indicators:
        if one.unit in ("次", "处", "件", "家", "篇", "条", "人", "项"):
            assert one.nature == "quantitative", one.name
