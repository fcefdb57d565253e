"""The rules of six_indicators.yaml written straight into Python, with Decimal and no trace.

An upper bound: nothing that has to read its rules from a file, and to explain each number,
can be expected to be as fast.
"""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

TEN_PLACES = Decimal("0.0000000001")
TWO_PLACES = Decimal("0.01")
ZERO = Decimal(0)

Bands = tuple[tuple[Decimal, Decimal], ...]


def _bands(text: str) -> Bands:
    """`1.2:110 1:100` -> lower ends with what is reached from there."""
    pairs = (pair.split(":") for pair in text.split())
    return tuple((Decimal(at_least), Decimal(value)) for at_least, value in pairs)


# Every attainment here is at least 0, so the last band, `otherwise`, begins at 0.
INDICATORS: tuple[tuple[str, Decimal, bool, Bands], ...] = (
    ("channel_sales", Decimal("0.30"), False, _bands("1.2:110 1:100 0.8:80 0.6:60 0:0")),
    ("new_customers", Decimal("0.20"), False, _bands("1:100 0.8:80 0.6:60 0:0")),
    ("acquisition_cost", Decimal("0.15"), True, _bands("1.2:105 1:100 0.8:87.5 0.6:62.5 0:0")),
    ("repeat_orders", Decimal("0.15"), False, _bands("1:100 0.8:92.5 0.6:67.5 0:0")),
    ("partner_visits", Decimal("0.10"), False, _bands("1:100 0.8:80 0.6:60 0:20")),
    ("training_sessions", Decimal("0.10"), False, _bands("1:100 0.8:85 0.6:65 0:0")),
)
GRADES = ((Decimal(90), "A"), (Decimal(80), "B"), (Decimal(60), "C"))
TIERS = _bands("1.2:1.5 1:1.2 0.8:1 0.6:0.8 0:0")


def appraise(
    measures: Mapping[str, tuple[Decimal, Decimal]], bonus_base: Decimal
) -> tuple[Decimal, str, Decimal]:
    """(actual, target) of each indicator -> total, grade, bonus."""
    total = ZERO
    sales_attainment = ZERO
    for name, weight, lower_is_better, bands in INDICATORS:
        actual, target = measures[name]
        ratio = target / actual if lower_is_better else actual / target
        attainment = ratio.quantize(TEN_PLACES, rounding=ROUND_FLOOR)
        if name == "channel_sales":
            sales_attainment = attainment
        for at_least, score in bands:
            if attainment >= at_least:
                total += score * weight
                break
    total = total.quantize(TWO_PLACES, rounding=ROUND_HALF_UP)

    grade = "D"
    for at_least, letter in GRADES:
        if total >= at_least:
            grade = letter
            break

    bonus = ZERO
    for at_least, pay in TIERS:
        if sales_attainment >= at_least:
            bonus = (bonus_base * pay).quantize(TWO_PLACES, rounding=ROUND_HALF_UP)
            break
    return total, grade, bonus
