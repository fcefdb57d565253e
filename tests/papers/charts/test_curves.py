"""A curve is what the evaluator makes of its rule, wherever something could go wrong."""

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import perfrules
from perfrules.exact import plain, rounded
from perfrules.language.read import read_policy
from perfrules.language.to_resolved import resolved_json, to_resolved
from perfrules.papers.charts.curve import ranges, svg_of_curve, values_of
from perfrules.papers.charts.from_policy import figures_of, pay_curve, scoring_curve
from perfrules.papers.charts.pieces import Curve

ROOT = Path(__file__).parents[3]

SCORES = {
    "steps": "bands: [{at_least: 100, score: 100}, {at_least: 80, score: 80}, {otherwise: 0}]",
    "above and at least": (
        "bands: [{above: 100, score: 120}, {at_least: 100, score: 100}, {above: 60, score: 50}, "
        "{otherwise: 0}]"
    ),
    "slopes": (
        "bands: [{at_least: 100, score: [100, 120], up_to: 120}, {at_least: 60, score: [30, 90]}, "
        "{otherwise: 5}]"
    ),
    "a slope whose rise does not end": (
        "bands: [{at_least: 97, score: [10, 20], up_to: 100}, {otherwise: 0}]"
    ),
    "less is better": (
        "bands: [{at_most: 3, score: 100}, {below: 6, score: 60}, {at_most: 6, score: 50}, "
        "{otherwise: 0}]"
    ),
    "slopes where less is better": (
        "bands: [{at_most: 10, score: [80, 100], up_to: 4}, {below: 30, score: [10, 50]}, "
        "{otherwise: 0}]"
    ),
    "one row": "bands: [{otherwise: 7}]",
    "window": "window: {low: 95, high: 105, score: 100, per: 3, points: -7}",
    "window with limits": (
        "window: {low: 95, high: 105, score: 100, per: 3, points: -7, at_least: 20}"
    ),
    "window that cuts what is inside": (
        "window: {low: 95, high: 105, score: 100, per: 3, points: -7, at_most: 90}"
    ),
    "units below": "per_unit: {start: 100, mark: 80, side: below, per: 5, points: -5, at_least: 0}",
    "units above, started ones count": (
        "per_unit: {start: 100, mark: 2, side: above, per: 1, points: -10, whole_units: up, "
        "at_least: 35}"
    ),
    "units of both sides": (
        "per_unit: {start: 60, mark: 10, side: both, per: 2, points: 3, at_most: 75, at_least: 40}"
    ),
    "units of both sides, started ones count": (
        "per_unit: {start: 60, mark: 10, side: both, per: 2, points: 3, whole_units: up, "
        "at_most: 75, at_least: 40}"
    ),
    "units in proportion": (
        "per_unit: {start: 50, mark: 10, side: both, per: 3, points: 7, whole_units: no, "
        "at_least: 0, at_most: 100}"
    ),
    "units below in proportion": (
        "per_unit: {start: 100, mark: 80, side: below, per: 5, points: -6, whole_units: no, "
        "at_least: 11}"
    ),
    "units that begin beyond a limit": (
        "per_unit: {start: 3, mark: 3, side: below, per: 1, points: -1, at_least: 0, at_most: 1}"
    ),
    "units that begin beyond a limit and rise": (
        "per_unit: {start: -2, mark: 3, side: above, per: 2, points: 3, whole_units: up, "
        "at_least: 2, at_most: 9}"
    ),
    "units in proportion that begin beyond a limit": (
        "per_unit: {start: 3, mark: 3, side: below, per: 1, points: -1, whole_units: no, "
        "at_least: 0, at_most: 1}"
    ),
    "no points at all": "per_unit: {start: 100, mark: 80, side: above, per: 5, points: 0}",
    "direct": "direct: {min: -10, max: 30}",
}


def policy_of(text: str, folder: Path) -> tuple[Any, dict[str, Any]]:
    path = folder / "p.yaml"
    path.write_text(text, "utf-8")
    policy, findings = read_policy(path)
    assert policy is not None, [one.message() for one in findings]
    return perfrules.read_policy(path), json.loads(resolved_json(to_resolved(policy)))


def places(curve: Curve) -> list[Decimal]:
    """At each end, a little beside it, in the middle between two, and far away."""
    knots = list(curve.knots)
    step = Decimal("0.0007")
    found = {x for knot in knots for x in (knot, knot - step, knot + step)}
    found |= {(low + high) / 2 for low, high in pairwise(knots)}
    ends = knots or [Decimal(0)]
    found |= {ends[0] - 1000, ends[-1] + 1000, ends[0] - 3, ends[-1] + 3}
    return sorted(found)


@pytest.mark.parametrize("name", SCORES)
def test_a_curve_is_what_is_scored(name: str, tmp_path: Path) -> None:
    looked_at = "window" in name or "bands" in SCORES[name]
    text = (
        "policy: p\nindicators: {a: {weight: 100%, target: none, "
        f"{'direction: lower_is_better, ' if 'less is better' in name else ''}"
        f"score: {{{'on: actual, ' if looked_at else ''}{SCORES[name]}}}}}}}\n"
    )
    policy, resolved = policy_of(text, tmp_path)
    curve = scoring_curve(resolved, "a")
    assert curve is not None
    compared = 0
    for x in places(curve):
        appraisal = policy.evaluate(perfrules.scorecard("E1", {"a": {"actual": x}}))
        score = appraisal.score("a")
        piece = curve.piece_at(x)
        if name == "direct" and score is None:
            assert piece is None
            continue
        if piece is None:
            assert curve.goes_on
            continue
        assert rounded(piece.height(x), 2, "half_up") == score, (name, x)
        compared += 1
        assert sum(one.holds(x) for one in curve.pieces) == 1
    assert compared >= 4
    assert svg_of_curve(curve, "zh").startswith("<svg")


PLANS = {
    "whole": (
        "{base: '1000', tiers: {by: a.actual, whole: [{above: 100, pay: 120%}, {at_least: 100, "
        "pay: 110%}, {at_least: 50, pay: [40%, 90%]}, {otherwise: 0%}]}}"
    ),
    "marginal": (
        "{tiers: {by: a.actual, marginal: [{from: 0, rate: 1%}, {from: 50, rate: 20%}, "
        "{from: 130, rate: 7%}]}}"
    ),
    "marginal from above nought, with limits": (
        "{tiers: {by: a.actual, marginal: [{from: 40, each: 3}, {from: 130, each: 7}]}, "
        "at_least: 100, at_most: 500}"
    ),
    "quota": (
        "{tiers: {by: a.actual, of: person.quota, marginal: [{from: 0%, rate: 1%}, "
        "{from: 80%, rate: 3%}]}}"
    ),
    "by grade": "{base: '1000', by_grade: {A: 150%, B: 100%, C: 0%}}",
}
QUOTA = Decimal(70)


@pytest.mark.parametrize("name", PLANS)
def test_a_curve_is_what_is_paid(name: str, tmp_path: Path) -> None:
    text = (
        "policy: p\n"
        "indicators: {a: {weight: 100%, target: none, "
        "score: {formula: 'min(200, max(0, actual))'}}}\n"
        "grades: [{grade: A, above: 100}, {grade: B, at_least: 60}, {otherwise: C}]\n"
        f"incentives: {{bonus: {PLANS[name]}}}\n"
    )
    policy, resolved = policy_of(text, tmp_path)
    curve = pay_curve(resolved, "bonus")
    assert curve is not None
    compared = 0
    for x in places(curve):
        actual = x * QUOTA if name == "quota" else x
        if name == "by grade" and not 0 <= x <= 200:
            continue
        if len(plain(actual).partition(".")[2]) > 10:
            continue
        card = perfrules.scorecard("E1", {"a": {"actual": actual}}, person={"quota": QUOTA})
        appraisal = policy.evaluate(card)
        piece = curve.piece_at(appraisal.total if name == "by grade" else x)
        assert piece is not None
        height = piece.height(x)
        times = {"quota": QUOTA, "whole": Decimal(1000), "by grade": Decimal(1000)}.get(
            name, Decimal(1)
        )
        assert rounded(height * times, 2, "half_up") == appraisal.pay["bonus"], (name, x)
        if name == "by grade":
            assert piece.name == appraisal.grade
        compared += 1
    assert compared >= 8


NONE = (
    "{levels: {好: 100, 差: 0}}",
    "{yes_no: {done: 100, otherwise: 0}}",
    "{ratings: {groups: {peer: 100%}, scale: {min: 0, max: 100}}}",
    "{formula: 'actual'}",
    "{on: actual, bands: [{at_least: target, score: 100}, {otherwise: 0}]}",
)


@pytest.mark.parametrize("score", NONE)
def test_what_is_no_function_of_one_figure_has_no_curve(score: str, tmp_path: Path) -> None:
    text = f"policy: p\nindicators: {{a: {{weight: 100%, score: {score}}}}}\n"
    _, resolved = policy_of(text, tmp_path)
    assert scoring_curve(resolved, "a") is None
    assert scoring_curve(resolved, "b") is None
    assert pay_curve(resolved, "bonus") is None
    assert figures_of(resolved, "bonus") == ()


def test_the_words_of_a_curve(tmp_path: Path) -> None:
    text = (
        "policy: p\n"
        "indicators: {sales: {title: {zh: 销售额, en: Sales}, unit: CNY, weight: 100%, "
        "score: {bands: [{above: 80%, score: [80, 100], up_to: 100%}, {otherwise: 0}]}}}\n"
        "incentives: {bonus: {title: {zh: 提成, en: Commission}, tiers: {by: sales.actual, "
        "marginal: [{from: 0, rate: 0%}, {from: 1000, rate: 3%}]}, at_most: 100}}\n"
    )
    _, resolved = policy_of(text, tmp_path)
    scores, pay = scoring_curve(resolved, "sales"), pay_curve(resolved, "bonus")
    assert scores is not None and pay is not None
    assert ranges(scores) == ["(−∞, 80%]", "(80%, 100%)", "[100%, +∞)"]
    assert values_of(scores) == ["0", "80 → 100", "100"]
    assert pay.across.zh == "销售额实际值"
    assert ranges(pay) == ["(−∞, 1,000]", "(1,000, ≈4,333.33]", "(≈4,333.33, +∞)"]
    assert values_of(pay) == ["0", "0 → 100", "100"]
    assert [name.zh for name, _ in pay.limits] == ["封顶"]
    svg = svg_of_curve(scores, "en", [Decimal("0.8"), Decimal("0.8"), Decimal("0.9")])
    # One open and one closed end where it jumps; none where it goes on at the same height.
    assert (svg.count('fill="#ffffff" stroke="#1f3f73"'), svg.count("<circle")) == (1, 2)
    assert "a mark is a person" in svg


def test_a_crowd_is_bars_and_its_picture_does_not_grow(tmp_path: Path) -> None:
    text = "policy: p\nindicators: {a: {weight: 100%, score: {direct: {min: 0, max: 100}}}}\n"
    _, resolved = policy_of(text, tmp_path)
    curve = scoring_curve(resolved, "a")
    assert curve is not None
    people = [Decimal(number).scaleb(-2) for number in range(10_000)]
    assert len(svg_of_curve(curve, "zh", people)) < 15_000


def test_curves_of_the_example_agree_with_its_traces(tmp_path: Path) -> None:
    """Every score and every tier that the quarter's traces have lies on its curve."""
    result = perfrules.evaluate_cycle(ROOT / "examples/2024Q3")
    policies = {one.label: json.loads(resolved_json(to_resolved(one))) for one in result.policies}
    scores = tiers = 0
    for appraisal in result.appraisals.values():
        resolved = policies[appraisal.policy.label]
        for name in resolved["indicators"]:
            curve = scoring_curve(resolved, name)
            step = appraisal.steps.get(f"indicators.{name}.score")
            if curve is None or step is None or step.kind != "score":
                continue
            basis = resolved["indicators"][name]["score"]
            on = next(
                (
                    one["on"]
                    for one in (basis, *basis.values())
                    if isinstance(one, dict) and "on" in one
                ),
                "actual",
            )
            reading = appraisal.steps[f"indicators.{name}.{on}"].value
            piece = curve.piece_at(reading)
            assert piece is not None
            chain = appraisal.steps.get(f"indicators.{name}.score.unrounded")
            if any(one.operation == "revise" for one in (step, *([chain] if chain else []))):
                continue
            assert rounded(piece.height(reading), 2, "half_up") == step.value, (name, reading)
            scores += 1
        for plan in resolved.get("incentives", {}):
            curve, rate = pay_curve(resolved, plan), appraisal.steps.get(f"pay.{plan}.rate")
            if curve is None or rate is None or rate.operation != "tier":
                continue
            ways = [way for way in figures_of(resolved, plan) if way[0] in appraisal.steps]
            reading = appraisal.steps[ways[0][0]].value
            piece = curve.piece_at(reading)
            assert piece is not None and piece.height(reading) == rate.value
            tiers += 1
    assert scores > 100
    assert tiers > 3
