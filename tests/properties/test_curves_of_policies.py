"""Whatever the policy, its curves are what its appraisals come to."""

import json
from collections import Counter
from decimal import Decimal
from typing import Any

from hypothesis import given
from strategies import judgements

from perfrules.evaluation.evaluate import evaluate
from perfrules.language.to_resolved import resolved_json, to_resolved
from perfrules.model.appraisal import Appraisal, Step
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Scorecard
from perfrules.papers.charts.curve import ranges, svg_of_curve, values_of
from perfrules.papers.charts.from_policy import figures_of, pay_curve, scoring_curve
from perfrules.papers.charts.pieces import Curve

FORMS = ("band", "slope", "unit_points", "per_unit", "window", "direct")
SEEN: Counter[str] = Counter()


def height(curve: Curve, x: Decimal) -> Decimal | None:
    """The one height at a figure; None where it lies beyond the steps that are drawn."""
    holding = [piece for piece in curve.pieces if piece.holds(x)]
    assert len(holding) == 1 or (not holding and curve.goes_on), (x, curve.pieces)
    return holding[0].height(x) if holding else None


def drawn(curve: Curve, x: Decimal) -> None:
    for language in ("zh", "en"):
        assert svg_of_curve(curve, language, [x]).endswith("</svg>")
    assert len(ranges(curve)) == len(values_of(curve)) == len(curve.pieces)


def chain_of(appraisal: Appraisal, path: str) -> list[Step]:
    return [
        step
        for name, step in appraisal.steps.items()
        if name == path or name.startswith(f"{path}.")
    ]


@given(judgements())
def test_scores_lie_on_their_curves(judgement: tuple[Policy, Scorecard]) -> None:
    policy, card = judgement
    appraisal, resolved = evaluate(policy, card), json.loads(resolved_json(to_resolved(policy)))
    rounding = policy.rounding.score
    places = 9 if rounding.places is None else rounding.places
    unit = rounding.to or Decimal(1).scaleb(-places)
    for one in policy.indicators:
        curve, path = scoring_curve(resolved, one.name), f"{one.path}.score"
        links = chain_of(appraisal, path)
        first = next((step for step in links if step.operation in FORMS), None)
        if curve is None or first is None or any(step.operation == "revise" for step in links):
            continue
        reading = first.operands[0]
        assert isinstance(reading, Step)
        if first.operation == "unit_points":  # the count of units stands between
            (reading,) = reading.operands
            assert isinstance(reading, Step)
        value, score = reading.value, appraisal.steps[path].value
        assert isinstance(value, Decimal) and isinstance(score, Decimal)
        found = height(curve, value)
        if found is not None:
            assert abs(found - score) <= unit, (one.name, value)
        drawn(curve, value)
        SEEN[first.operation] += 1


@given(judgements())
def test_rates_and_slices_lie_on_their_curves(judgement: tuple[Policy, Scorecard]) -> None:
    policy, card = judgement
    appraisal, resolved = evaluate(policy, card), json.loads(resolved_json(to_resolved(policy)))
    for plan in policy.incentives:
        curve = pay_curve(resolved, plan.name)
        if curve is None:
            assert plan.rate is None or _of_quota(resolved, plan.name)
            continue
        rate = appraisal.steps.get(f"pay.{plan.name}.rate")
        if rate is not None and rate.operation == "by_grade":
            total = appraisal.steps.get("total.rounded") or appraisal.steps["total"]
            first = appraisal.steps.get("grade.by_total") or appraisal.steps["grade"]
            piece = curve.piece_at(_number(first.operands[0]))
            assert piece is not None and piece.name == first.value
            drawn(curve, _number(total))
            SEEN["by_grade"] += 1
        elif rate is not None:
            reading = _number(rate.operands[0])
            assert height(curve, reading) == rate.value
            ways = [way[0] for way in figures_of(resolved, plan.name) if way[0] in appraisal.steps]
            assert ways and appraisal.steps[ways[0]].value == reading
            drawn(curve, reading)
            SEEN["tier"] += 1
        slices = [
            step
            for name, step in appraisal.steps.items()
            if name.startswith(f"pay.{plan.name}.slices.")
        ]
        if slices and not curve.limits:
            by = _number(slices[0].operands[0])
            whole = (
                _number(slices[0].operands[1])
                if slices[0].operation == "quota_slice"
                else Decimal(1)
            )
            found = curve.piece_at(by / whole)
            total_paid = sum((_number(step) for step in slices), Decimal(0))
            assert found is not None
            assert abs(found.height(by / whole) * whole - total_paid) <= Decimal("0.001") * whole
            SEEN["slices"] += 1


def _of_quota(resolved: dict[str, Any], plan: str) -> bool:
    """Pieces of a quota, whose curve is another for each person."""
    tiers = resolved["incentives"][plan].get("tiers", {})
    return "of" in tiers and "each" in tiers["marginal"][0]


def _number(one: Any) -> Decimal:
    assert isinstance(one.value, Decimal)
    return one.value


def test_that_something_was_looked_at() -> None:
    """Runs last in this file."""
    assert sum(SEEN.values()) > 30
