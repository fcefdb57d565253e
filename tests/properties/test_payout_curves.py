"""Slopes of pay against fractions, slices against the same figure split, tables pair by pair."""

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

from by_fractions import rounded
from hypothesis import given
from hypothesis import strategies as st
from strategies import numbers, percent, policy_from

from perfrules.evaluation.evaluate import evaluate
from perfrules.exact import MODES
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Datum, Measure, Scorecard

Tree = dict[str, Any]


def policy_with(**blocks: Any) -> Policy:
    """A policy of one indicator and an incentive `plan`."""
    own = {"weight": "100%", "score": {"formula": "min(100, 100 * attainment)"}}
    own |= blocks.pop("indicator", {})
    plan = {"plan": blocks.pop("plan")}
    return policy_from({"policy": "p", "indicators": {"sales": own}, "incentives": plan, **blocks})


def pay(
    policy: Policy, actual: Decimal, target: Decimal, baseline: Decimal | None = None
) -> Decimal:
    measure = Measure(Datum(actual), Datum(target), None if baseline is None else Datum(baseline))
    card = Scorecard("示例员工 01", measures={"sales": measure})
    appraisal = evaluate(policy, card)
    assert appraisal.complete, appraisal.problems
    return appraisal.pay["plan"]


@st.composite
def lines(draw: st.DrawFn) -> list[tuple[Decimal, Decimal, Decimal, Decimal]]:
    """Slopes from the lowest up, each from where the one before ends: from, to, and both rates."""
    count = draw(st.integers(1, 4))
    ends = sorted(
        draw(st.lists(numbers(10, 200), min_size=count + 1, max_size=count + 1, unique=True))
    )
    rates = sorted(draw(st.lists(numbers(0, 300), min_size=count + 1, max_size=count + 1)))
    return [(ends[n], ends[n + 1], rates[n], rates[n + 1]) for n in range(count)]


def tiers_of(found: list[tuple[Decimal, Decimal, Decimal, Decimal]]) -> list[Tree]:
    rows: list[Tree] = []
    for start, end, low, high in reversed(found):
        row: Tree = {"at_least": percent(start), "pay": [percent(low), percent(high)]}
        rows.append({**row, "up_to": percent(end)} if not rows else row)
    return [*rows, {"otherwise": percent(found[0][2])}]


@given(
    lines(),
    numbers(1, 300),
    numbers(1, 300),
    st.none() | numbers(-50, 0),
    numbers(0, 90000),
    st.booleans(),
    st.sampled_from(sorted(MODES)),
    st.integers(0, 10),
)
def test_a_slope_pays_for_the_exact_quotient(
    found: list[tuple[Decimal, Decimal, Decimal, Decimal]],
    actual: Decimal, target: Decimal, baseline: Decimal | None, base: Decimal, lower: bool,
    mode: str, places: int,
) -> None:  # fmt: skip
    own: Tree = {"direction": "lower_is_better"} if lower and baseline is None else {}
    own |= {"baseline": "required"} if baseline is not None else {}
    policy = policy_with(
        indicator=own,
        plan={"base": str(base), "tiers": {"by": "sales.attainment", "whole": tiers_of(found)}},
        rounding={"attainment": {"places": places, "mode": mode}},
    )
    if baseline is not None:
        exact = Fraction(actual - baseline) / Fraction(target - baseline)
    else:
        exact = (
            Fraction(target) / Fraction(actual) if lower else Fraction(actual) / Fraction(target)
        )
    reached = [one for one in found if Fraction(one[0]) <= 100 * rounded(exact, places, mode)]
    rate = Fraction(found[0][2])
    if reached:
        start, end, low, high = map(Fraction, reached[-1])
        place = min(max(100 * exact, start), end)
        rate = low + (place - start) / (end - start) * (high - low)
    amount = rounded(Fraction(base) * rate / 100, 10, "half_up")
    assert Fraction(pay(policy, actual, target, baseline)) == rounded(amount, 2, "half_up")


@given(lines(), numbers(0, 90000))
def test_lines_meet_at_their_ends(
    found: list[tuple[Decimal, Decimal, Decimal, Decimal]], base: Decimal
) -> None:
    policy = policy_with(
        plan={"base": str(base), "tiers": {"by": "sales.attainment", "whole": tiers_of(found)}},
        rounding={"attainment": {"places": 10, "mode": "floor"}, "pay": {"places": 10}},
    )
    hair, one = Decimal("0.0000000001"), Decimal(1)
    for start, end, low, high in found:
        for at, rate in ((start / 100, low), (end / 100, high)):
            there, short = pay(policy, at, one), pay(policy, at - hair, one)
            assert there == base * rate / 100
            steepest = max((top - foot) / (stop - begin) for begin, stop, foot, top in found)
            assert 0 <= there - short <= base * steepest * hair + hair


@given(
    st.lists(numbers(0, 200), min_size=1, max_size=4, unique=True),
    st.lists(numbers(0, 20), min_size=4, max_size=4),
    numbers(0, 300),
    numbers(-20, 400),
    numbers(1, 300),
    st.sampled_from(("rate", "each", "of")),
)
def test_slices_add_up_however_the_figure_is_split(
    starts: list[Decimal], prices: list[Decimal], cut: Decimal, actual: Decimal, target: Decimal,
    form: str,
) -> None:  # fmt: skip
    """A border within a slice, with the same price on both sides, changes nothing."""
    rows = dict(zip(sorted(starts), prices, strict=False))
    below = [start for start in rows if start <= cut]
    more = {**rows, cut: rows[max(below)]} if below else rows
    key = "each" if form == "each" else "rate"
    price = percent if key == "rate" else str
    border = percent if form == "of" else str

    def paid(table: dict[Decimal, Decimal]) -> Decimal:
        slices = [
            {"from": _written(border, one), key: _written(price, table[one])}
            for one in sorted(table)
        ]
        of = {"of": "sales.target"} if form == "of" else {}
        tiers = {"by": "sales.actual", **of, "marginal": slices}
        return pay(
            policy_with(plan={"tiers": tiers}, rounding={"pay": {"places": 10}}), actual, target
        )

    whole = Fraction(target) / 100 if form == "of" else Fraction(1)
    worth = Fraction(0)
    ends: list[Decimal | None] = [*sorted(rows)[1:], None]
    for start, end in zip(sorted(rows), ends, strict=True):
        top = Fraction(actual) if end is None else min(Fraction(actual), Fraction(end) * whole)
        each = Fraction(rows[start]) / (100 if key == "rate" else 1)
        worth += max(top - Fraction(start) * whole, Fraction(0)) * each
    assert Fraction(paid(rows)) == rounded(worth, 10, "half_up")
    assert paid(more) == paid(rows)


def _written(shown: Any, value: Decimal) -> Any:
    return value if shown is str else shown(value)


@given(st.integers(1, 4), st.integers(1, 4), st.booleans(), st.booleans(), st.booleans())
def test_every_pair_has_its_one_cell(
    down: int, across: int, words: bool, rest_down: bool, rest_across: bool
) -> None:
    """Each row with each column gives a cell of its own, and together they are all cells."""
    levels = [f"级{number}" for number in range(down)]
    thresholds = [Decimal(10 * number) for number in range(across, 0, -1)]
    rows: Tree = {"by": "person.level", "is": levels}
    values_down: list[Any] = [*levels]
    if not words:
        rows = {"by": "person.level", "at_least": [100 * number for number in range(down, 0, -1)]}
        values_down = [Decimal(100 * number) for number in range(down, 0, -1)]
    columns: Tree = {"by": "sales.actual", "at_least": thresholds}
    labels = [str(one) for one in (levels if words else rows["at_least"])]
    values_across: list[Decimal] = [*thresholds]
    if rest_down:
        rows["otherwise"] = True
        labels.append("otherwise")
        values_down.append("另外" if words else Decimal(5))
    if rest_across:
        columns["otherwise"] = True
        values_across.append(Decimal(-1))
    width = len(values_across)
    cells = {row: [at * width + n for n in range(width)] for at, row in enumerate(labels)}
    table = {"rows": rows, "columns": columns, "cells": cells}
    policy = policy_with(plan={"base": "table.t"}, tables={"t": table})
    found = []
    for level, actual in product(values_down, values_across):
        measure = Measure(Datum(actual), Datum(Decimal(1)))
        card = Scorecard("示例员工 01", {"sales": measure}, person={"level": Datum(level)})
        appraisal = evaluate(policy, card)
        assert appraisal.complete, appraisal.problems
        found.append(appraisal.pay["plan"])
    assert found == [Decimal(number) for number in range(len(labels) * width)]
