"""A better actual never lowers a score, nor what is paid for it."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from strategies import numbers, percent, policy_from

from perfrules.evaluation.evaluate import evaluate
from perfrules.exact import MODES
from perfrules.model.appraisal import Appraisal
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Datum, Measure, Scorecard

Tree = dict[str, Any]


@st.composite
def rising_bands(draw: st.DrawFn, *, ratio: bool) -> list[Tree]:
    """Bands in which a higher row never scores less, with steps and slopes."""
    shown = percent if ratio else Decimal
    count = draw(st.integers(1, 4))
    thresholds = sorted(
        draw(st.lists(numbers(1, 200), min_size=count, max_size=count, unique=True)), reverse=True
    )
    scores = sorted(
        draw(st.lists(numbers(-20, 120), min_size=2 * count + 1, max_size=2 * count + 1))
    )
    rows: list[Tree] = []
    for index, threshold in enumerate(thresholds):
        high, low = scores[-1 - 2 * index], scores[-2 - 2 * index]
        row: Tree = {"at_least": shown(threshold), "score": low}
        if draw(st.booleans()):
            row["score"] = [low, high]
            if index == 0:
                row["up_to"] = shown(threshold + draw(numbers(1, 50)))
        rows.append(row)
    return [*rows, {"otherwise": scores[0]}]


@st.composite
def roundings(draw: st.DrawFn) -> Tree:
    steps = ("attainment", "score", "total", "pay")
    mode = st.sampled_from(sorted(MODES))
    return {step: {"places": draw(st.integers(0, 4)), "mode": draw(mode)} for step in steps}


def judged(policy: Policy, actual: Decimal, target: Decimal) -> Appraisal:
    measure = Measure(Datum(actual), Datum(target), Datum(target / 2))
    appraisal = evaluate(policy, Scorecard("示例员工 01", measures={"sales": measure}))
    assert appraisal.complete, appraisal.problems
    return appraisal


def score(appraisal: Appraisal) -> Decimal:
    found = appraisal.score("sales")
    assert found is not None
    return found


def indicator(**keys: object) -> Tree:
    return {"policy": "p", "indicators": {"sales": {"weight": "100%", **keys}}}


actuals = st.lists(numbers(-100, 500, 4), min_size=2, max_size=8).map(sorted)
targets = st.integers(1, 400).map(lambda whole: Decimal(whole) * 2)


@given(rising_bands(ratio=True), roundings(), actuals, targets)
def test_more_is_better(
    bands: list[Tree], rounding: Tree, values: list[Decimal], target: Decimal
) -> None:
    tree = indicator(target="required", score={"bands": bands})
    policy = policy_from({**tree, "rounding": rounding})
    scores = [score(judged(policy, value, target)) for value in values]
    assert scores == sorted(scores)


@given(rising_bands(ratio=True), roundings(), actuals, targets)
def test_less_is_better(
    bands: list[Tree], rounding: Tree, values: list[Decimal], target: Decimal
) -> None:
    tree = indicator(direction="lower_is_better", score={"bands": bands})
    policy = policy_from({**tree, "rounding": rounding})
    scores = [score(judged(policy, value, target)) for value in values if value > 0]
    assert scores == sorted(scores, reverse=True)


@given(rising_bands(ratio=True), roundings(), actuals, targets)
def test_further_from_the_baseline_is_better(
    bands: list[Tree], rounding: Tree, values: list[Decimal], target: Decimal
) -> None:
    tree = indicator(baseline="required", score={"bands": bands})
    policy = policy_from({**tree, "rounding": rounding})
    scores = [score(judged(policy, value, target)) for value in values]
    assert scores == sorted(scores)


@given(rising_bands(ratio=False), roundings(), actuals)
def test_more_is_better_on_the_actual(
    bands: list[Tree], rounding: Tree, values: list[Decimal]
) -> None:
    policy = policy_from(
        {**indicator(score={"on": "actual", "bands": bands}), "rounding": rounding}
    )
    scores = [score(judged(policy, value, Decimal(2))) for value in values]
    assert scores == sorted(scores)


@given(
    st.sampled_from(("below", "above", "both")),
    st.sampled_from(("down", "up", "no")),
    numbers(0, 10),
    numbers(1, 9),
    roundings(),
    actuals,
)
def test_points_for_more_units_never_cost(
    side: str, units: str, points: Decimal, per: Decimal, rounding: Tree, values: list[Decimal]
) -> None:
    sign = -1 if side == "below" else 1
    form = {"start": 50, "mark": 80, "side": side, "per": per, "points": sign * points}
    tree = indicator(score={"per_unit": {**form, "whole_units": units, "at_most": 100}})
    policy = policy_from({**tree, "rounding": rounding})
    scores = [score(judged(policy, value, Decimal(2))) for value in values]
    assert scores == sorted(scores)


@given(
    st.lists(st.tuples(numbers(0, 400), numbers(0, 100)), min_size=1, max_size=4),
    roundings(),
    actuals,
)
def test_more_sold_never_pays_less(
    rows: list[tuple[Decimal, Decimal]], rounding: Tree, values: list[Decimal]
) -> None:
    """Slices at any rates, and tiers whose rates rise with their thresholds."""
    starts = sorted({start for start, _ in rows})
    rates = [rate for _, rate in rows][: len(starts)]
    rising = sorted(rates, reverse=True)
    slices = [{"from": s, "rate": percent(r)} for s, r in zip(starts, rates, strict=True)]
    tiers: list[Tree] = [
        {"at_least": s, "pay": percent(r)} for s, r in zip(starts[::-1], rising, strict=True)
    ]
    tree = indicator(score={"formula": "0"})
    tree["incentives"] = {
        "slices": {"tiers": {"by": "sales.actual", "marginal": slices}},
        "tiers": {
            "base": "max(0, sales.actual)",
            "tiers": {"by": "sales.actual", "whole": [*tiers, {"otherwise": "0%"}]},
        },
    }
    policy = policy_from({**tree, "rounding": rounding})
    pays = [judged(policy, value, Decimal(2)).pay for value in values]
    for plan in ("slices", "tiers"):
        paid = [pay[plan] for pay in pays]
        assert paid == sorted(paid)
