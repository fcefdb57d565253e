"""Arithmetic in lanes: whatever the numbers are, it is refused, or it is what Python's integers
say and lies within the range that was proven; never wrapped."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules.columnar.lanes import (
    INT64,
    INT128,
    Comparison,
    Num,
    absolute,
    added,
    compared,
    constant,
    greatest,
    least,
    less,
    multiplied,
    negated,
    picked,
    rescaled,
)
from perfrules.columnar.refusal import BeyondLane


class Column(NamedTuple):
    """A number in a lane, and what it is."""

    num: Num
    values: list[Fraction]


EDGES = [
    edge + nudge
    for edge in (0, INT64[0], INT64[1], INT128[0], INT128[1], 2**31, 2**32, 10**18, 10**19, 2**64)
    for nudge in (-1, 0, 1)
    if INT128[0] <= edge + nudge <= INT128[1]
]
integers = st.sampled_from(EDGES) | st.integers(-(10**20), 10**20) | st.integers(-100, 100)


@st.composite
def columns(draw: st.DrawFn, name: str, size: int) -> tuple[pl.Series, Column]:
    values = draw(st.lists(integers, min_size=size, max_size=size))
    spread = draw(st.integers(0, 5))
    low = max(min(values) - spread, INT128[0])
    high = min(max(values) + spread, INT128[1])
    num = Num(pl.col(name), draw(st.sampled_from((0, 0, 1, 2, 10))), low, high)
    kind = pl.Int128() if num.is_wide else pl.Int64()
    exact = [Fraction(one, 10**num.scale) for one in values]
    return pl.Series(name, values, dtype=kind), Column(num, exact)


SIGNS: tuple[Comparison, ...] = ("<", "<=", ">", ">=", "==", "!=")


def truth(one: Fraction, sign: str, two: Fraction) -> bool:
    return {
        "<": one < two, "<=": one <= two, ">": one > two, ">=": one >= two, "==": one == two,
        "!=": one != two,
    }[sign]  # fmt: skip


def step(draw: Any, pool: list[Column]) -> Column:
    """Some operation on columns that there are."""
    one, two = draw(st.sampled_from(pool)), draw(st.sampled_from(pool))
    pairs = [*zip(one.values, two.values, strict=True)]
    match draw(st.sampled_from("+-*<>|nsp")):
        case "+":
            return Column(added(one.num, two.num), [a + b for a, b in pairs])
        case "-":
            return Column(less(one.num, two.num), [a - b for a, b in pairs])
        case "*":
            return Column(multiplied(one.num, two.num), [a * b for a, b in pairs])
        case "<":
            return Column(least(one.num, two.num), [min(pair) for pair in pairs])
        case ">":
            return Column(greatest(one.num, two.num), [max(pair) for pair in pairs])
        case "|":
            return Column(absolute(one.num), [abs(a) for a in one.values])
        case "n":
            return Column(negated(one.num), [-a for a in one.values])
        case "s":
            places = draw(st.integers(0, 24))
            return Column(rescaled(one.num, one.num.scale + places), one.values)
    sign = draw(st.sampled_from(SIGNS))
    condition = compared(one.num, sign, two.num)
    kept = [a if truth(a, sign, b) else b for a, b in pairs]
    return Column(picked(condition, one.num, two.num), kept)


@settings(
    max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.data())
def test_right_or_refused(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 3))
    found = [data.draw(columns(name, size)) for name in "abc"]
    frame = pl.DataFrame([series for series, _ in found])
    pool = [column for _, column in found]
    pool.append(Column(constant(Decimal("2.5")), [Fraction(5, 2)] * size))
    pool.append(Column(constant(Decimal(0)), [Fraction(0)] * size))
    for _ in range(data.draw(st.integers(1, 4))):
        try:
            pool.append(step(data.draw, pool))
        except BeyondLane:
            continue
    for column in pool[3:]:
        num = column.num
        shown = frame.select(num.expr.alias("x"), "a")["x"]
        assert shown.dtype == (pl.Int128() if num.is_wide else pl.Int64())
        whole = shown.to_list()
        assert [Fraction(one, 10**num.scale) for one in whole] == column.values
        assert all(num.low <= one <= num.high for one in whole)


def test_one_more_than_a_lane_holds_is_refused() -> None:
    most = Num(pl.col("a"), 0, 0, INT128[1])
    one = constant(Decimal(1))
    with pytest.raises(BeyondLane):
        added(most, one)
    with pytest.raises(BeyondLane):
        rescaled(most, 1)
    with pytest.raises(BeyondLane):
        multiplied(most, constant(Decimal(2)))
    assert less(most, one).high == INT128[1] - 1
    assert added(Num(pl.col("a"), 0, 0, INT64[1]), one).is_wide


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("limit", ["2.5", "-2.5", "3", "-3", "0.01", "-0.01", "0", "2.50"])
def test_a_limit_between_two_integers(sign: Comparison, limit: str) -> None:
    values = [*range(-5, 6)]
    frame, num = pl.DataFrame({"a": values}), Num(pl.col("a"), 0, -5, 5)
    found = frame.select(x=compared(num, sign, constant(Decimal(limit))), a="a")["x"].to_list()
    assert found == [truth(Fraction(one), sign, Fraction(limit)) for one in values]
    turned = frame.select(x=compared(constant(Decimal(limit)), sign, num), a="a")["x"].to_list()
    assert turned == [truth(Fraction(limit), sign, Fraction(one)) for one in values]
