"""The grammar of data cells: what is a number, and what to write where it is none."""

import time
from decimal import Decimal

import pytest

from perfrules.exact import in_percent
from perfrules.intake.cells.numerals import (
    Refusal,
    read_cell_number,
    read_ratio,
    read_yes_no,
)

READ = {
    "0": "0", "-5": "-5", "1200": "1200", "0.85": "0.85", "1,200": "1200", "-1,200.50": "-1200.50",
    "12,345,678.9": "12345678.9", "１２３．５": "123.5", "１，２００": "1200", "－５": "-5",
    " 80 ": "80", "\u300080\u00a0": "80", "999999999999999": "999999999999999",
    "0.333333333333333": "0.333333333333333", "4823.52941176471": "4823.52941176471",
}  # fmt: skip

REFUSED = {
    "٣": ("foreign-digits", "3"),
    "३५": ("foreign-digits", "35"),
    "1.2万": ("unit-suffix", "12000"),
    "3亿": ("unit-suffix", "300000000"),
    "2.5千万": ("unit-suffix", "25000000"),
    "¥1,200": ("unit-suffix", "1200"),
    "￥1,200": ("unit-suffix", "1200"),
    "1200元": ("unit-suffix", "1200"),
    "15 人": ("unit-suffix", "15"),
    "5k": ("unit-suffix", None),
    "1.5w": ("unit-suffix", None),
    "(500)": ("bracketed-negative", "-500"),
    "（1,500）": ("bracketed-negative", "-1500"),
    "−5": ("odd-minus", "-5"),
    "–5": ("odd-minus", "-5"),
    "— 5": ("odd-minus", "-5"),
    "NaN": ("not-a-number", None),
    "inf": ("not-a-number", None),
    "-Infinity": ("not-a-number", None),
    "1_000": ("digit-grouping", "1000"),
    "1 000": ("digit-grouping", "1000"),
    "1,5": ("digit-grouping", None),
    "12,34": ("digit-grouping", None),
    "1,2345": ("digit-grouping", None),
    "0,500": ("digit-grouping", None),
    "1e5": ("exponent-number", "100000"),
    "1E+2": ("exponent-number", "100"),
    "1e999": ("exponent-number", None),
    "#DIV/0!": ("spreadsheet-error", None),
    "#N/A": ("spreadsheet-error", None),
    "#REF!": ("spreadsheet-error", None),
    "#####": ("spreadsheet-error", None),
    "00123": ("leading-zero", "123"),
    "00.5": ("leading-zero", "0.5"),
    "9" * 16: ("too-many-digits", None),
    "9" * 5000: ("too-many-digits", None),
    "0." + "3" * 21: ("too-many-digits", None),
    "x" * 1_000_000: ("not-a-number", None),
    "5²": ("not-a-number", None),
    "½": ("not-a-number", None),
    "①": ("not-a-number", None),
    "三百": ("not-a-number", None),
    "+5": ("not-a-number", "5"),
    ".5": ("not-a-number", "0.5"),
    "5-": ("not-a-number", "-5"),
    "1.2.3": ("not-a-number", None),
    "2024-07-01": ("date-for-number", None),
    "TRUE": ("not-a-number", None),
    "": ("not-a-number", None),
    "85%": ("unexpected-percent", "0.85"),
}


@pytest.mark.parametrize(("text", "number"), READ.items())
def test_is_a_number(text: str, number: str) -> None:
    read = read_cell_number(text, "CNY")
    assert isinstance(read, Decimal)
    assert str(read) == number


@pytest.mark.parametrize(("text", "expected"), REFUSED.items(), ids=lambda one: str(one)[:20])
def test_is_refused_with_the_number_to_write(text: str, expected: tuple[str, str | None]) -> None:
    refusal = read_cell_number(text, "CNY")
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.facts["suggestion"]) == expected
    if expected[1] is not None:
        assert isinstance(read_cell_number(expected[1], "CNY"), Decimal)


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("85%", "0.85"), ("８５％", "0.85"), ("85 %", "0.85"), ("0.85", "0.85"), ("1.2", "1.2"),
        ("-20%", "-0.2"), ("100000%", "1000"), ("2", "2"), ("1,200%", "12"), ("0.5%", "0.005"),
    ],
)  # fmt: skip
def test_percentages_where_the_unit_is_percent(text: str, ratio: str) -> None:
    assert read_cell_number(text, "%") == Decimal(ratio)
    assert read_cell_number(text, "％") == Decimal(ratio)


@pytest.mark.parametrize("text", ["85", "2.01", "-3", "1,200"])
def test_plain_numbers_that_could_be_percentages_or_ratios(text: str) -> None:
    refusal = read_cell_number(text, "%")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "ambiguous-percent"
    assert isinstance(read_cell_number(str(refusal.facts["suggestion"]), "%"), Decimal)


def test_a_percentage_that_is_none_is_refused_for_what_it_is() -> None:
    refusal = read_cell_number("(5)%", "%")
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.facts["suggestion"]) == ("bracketed-negative", "-5%")


def test_a_ratio_may_be_a_percentage_or_plain() -> None:
    assert read_ratio("110%") == read_ratio("1.1") == Decimal("1.1")
    assert read_ratio("12000") == 12000


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("是", True), ("否", False), ("yes", True), ("No", False), ("TRUE", True), ("false", False),
        ("完成", True), ("未完成", False), (" done ", True), ("not done", False), ("ＹＥＳ", True),
        ("1", None), ("0", None), ("", None), ("也许", None), ("done?", None),
    ],
)  # fmt: skip
def test_yes_or_no(text: str, answer: bool | None) -> None:
    assert read_yes_no(text) is answer


def test_percent_unit() -> None:
    assert in_percent("%")
    assert in_percent("％")
    assert not in_percent("CNY")
    assert not in_percent(None)


@pytest.mark.parametrize(
    "text", ["1" * 63 + "x", "1," * 32, "(" * 64, "-" * 64, "1 " * 32, "1.2" * 21, "#" * 63 + "!"]
)
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    for _ in range(200):
        assert isinstance(read_cell_number(text, None), Refusal)
    assert time.process_time() - start < 0.5
