"""The one door for numbers, held against whole-number arithmetic."""

from decimal import Decimal
from fractions import Fraction

import pytest
from by_fractions import MODES, rounded
from hypothesis import assume, example, given
from hypothesis import strategies as st

from perfrules import exact

places = st.integers(0, 10)
modes = st.sampled_from(MODES)


@st.composite
def decimals(draw: st.DrawFn) -> Decimal:
    """Anything that a policy or a table can hold, mostly near a place where it matters."""
    digits = draw(st.integers(0, 10))
    whole = draw(st.integers(-(10**15) + 1, 10**15 - 1) | st.integers(-2000, 2000))
    near_half = draw(st.sampled_from((0, 5, 49, 51, 499999, 500001)))
    tail = Decimal(near_half).scaleb(-draw(st.integers(0, 6)))
    value = Decimal(whole).scaleb(-digits) + tail
    assume(abs(value) < exact.LIMIT)
    return value


def test_all_modes_are_compared() -> None:
    assert set(MODES) == set(exact.MODES)


@given(decimals(), places, modes)
@example(Decimal("0.5"), 0, "half_even")
@example(Decimal("-0.5"), 0, "half_up")
@example(Decimal("-0.05"), 1, "floor")
def test_rounded_is_what_the_book_says(value: Decimal, digits: int, mode: str) -> None:
    result = exact.rounded(value, digits, mode)
    assert Fraction(result) == rounded(value, digits, mode)


@given(decimals(), decimals(), places, modes)
@example(Decimal(499999999999999), Decimal(999999999999999), 0, "half_up")
@example(Decimal(1), Decimal(-3), 10, "floor")
@example(Decimal(-2), Decimal(3), 10, "half_up")
def test_a_quotient_is_rounded_once(
    numerator: Decimal, denominator: Decimal, digits: int, mode: str
) -> None:
    assume(denominator)
    wanted = rounded(Fraction(numerator) / Fraction(denominator), digits, mode)
    if abs(wanted) >= 10**15:
        with pytest.raises(exact.OutOfRange):
            exact.divided(numerator, denominator, digits, mode)
    else:
        assert Fraction(exact.divided(numerator, denominator, digits, mode)) == wanted


@given(st.integers(-(10**40), 10**40), st.integers(1, 10**40), places, modes)
def test_long_operands_are_rounded_once_too(
    numerator: int, denominator: int, digits: int, mode: str
) -> None:
    wanted = rounded(Fraction(numerator, denominator), digits, mode)
    assume(abs(wanted) < 10**15)
    result = exact.divided(Decimal(numerator), Decimal(denominator), digits, mode)
    assert Fraction(result) == wanted


@given(decimals(), places, modes)
def test_rounding_twice_changes_nothing_more(value: Decimal, digits: int, mode: str) -> None:
    once = exact.rounded(value, digits, mode)
    assert exact.rounded(once, digits, mode) == once
    assert abs(Fraction(once) - Fraction(value)) < Fraction(1, 10**digits)


@given(decimals(), decimals(), places, modes)
def test_rounding_keeps_the_order(one: Decimal, other: Decimal, digits: int, mode: str) -> None:
    low, high = sorted((one, other))
    assert exact.rounded(low, digits, mode) <= exact.rounded(high, digits, mode)


@given(decimals(), places)
def test_opposite_modes_are_mirrors(value: Decimal, digits: int) -> None:
    for one, other in (
        ("floor", "ceiling"),
        ("down", "down"),
        ("up", "up"),
        ("half_up", "half_up"),
    ):
        assert exact.rounded(value, digits, one) == -exact.rounded(-value, digits, other)


@given(decimals())
def test_a_number_is_read_as_it_is_written(value: Decimal) -> None:
    text = exact.plain(value)
    assert "e" not in text.lower()
    read = exact.read_number(text)
    if isinstance(read, Decimal):
        assert read == value
        assert exact.plain(read) == text
    else:
        # The tail of a drawn number may be longer than the language allows.
        assert read is exact.Unread.TOO_LONG
        assert len(text.partition(".")[2]) > 10


@given(decimals())
def test_a_percentage_is_read_as_it_is_written(value: Decimal) -> None:
    ratio = value.scaleb(-6)
    read = exact.read_percent(exact.percent(ratio))
    assert read == ratio or read is exact.Unread.TOO_LONG


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_a_reason(text: str) -> None:
    read = exact.read_number(text)
    assert isinstance(read, Decimal | exact.Unread)
    if isinstance(read, Decimal):
        assert read.is_finite()
        assert abs(read) < exact.LIMIT
        assert text.isascii()


@given(st.lists(decimals(), min_size=1, max_size=8), places, modes)
@example([Decimal(1), Decimal(2), Decimal(4)], 1, "up")
@example([Decimal(0), Decimal(1)], 0, "half_even")
@example([Decimal(0), Decimal(1)], 0, "half_up")
def test_a_deviation_is_the_root_of_the_mean_square(
    values: list[Decimal], digits: int, mode: str
) -> None:
    """Found without a root: the rounded value lies on the right side of its neighbours."""
    mean = sum(map(Fraction, values), Fraction(0)) / len(values)
    square = sum(((Fraction(one) - mean) ** 2 for one in values), Fraction(0)) / len(values)
    low = Fraction(exact.deviation(values, digits, "floor"))
    unit = Fraction(1, 10**digits)
    assert low**2 <= square < (low + unit) ** 2
    half = low + unit / 2
    exactly = {low**2: low, half**2: half}.get(square)
    between = low + unit / 4 if square < half**2 else low + unit * 3 / 4
    stand_in = between if exactly is None else exactly
    assert Fraction(exact.deviation(values, digits, mode)) == rounded(stand_in, digits, mode)
