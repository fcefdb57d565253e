"""Laws of time: a year pays the same however it is cut into cycles, and what does not change by
days is what it was."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import numbers, policy_from

from perfrules.evaluation.days_there import days_of_thirty
from perfrules.evaluation.evaluate import evaluate
from perfrules.model.history import Past, PastMeasure
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Datum, FactChange, Measure, Presence, Scorecard

YEAR = date(2024, 1, 1), date(2024, 12, 31)
INDICATOR = {"weight": "100%", "target": "none", "score": {"formula": "clamp(actual, 0, 100)"}}


@cache
def seller() -> Policy:
    due = "min(year.sales.actual, 1000) * 5% + max(0, year.sales.actual - 1000) * 8%"
    plan = {"base": f"{due} - year.paid.commission"}
    return policy_from(
        {
            "policy": "seller",
            "indicators": {"sales": INDICATOR},
            "incentives": {"commission": plan},
            "rounding": {"pay": {"places": 10}},
        }
    )


@st.composite
def cut_years(draw: st.DrawFn) -> list[tuple[date, date, Decimal]]:
    """Cycles that follow one another through the year, each with its sales."""
    days = st.integers(1, 364).map(lambda day: YEAR[0] + timedelta(day))
    starts = sorted({YEAR[0], *draw(st.sets(days, max_size=6))})
    ends = [*(one - timedelta(1) for one in starts[1:]), YEAR[1]]
    return [
        (start, end, draw(numbers(-500, 2000))) for start, end in zip(starts, ends, strict=True)
    ]


@settings(max_examples=60, deadline=None)
@given(cut_years())
def test_payouts_of_a_year_add_up_to_what_the_year_is_due(
    cycles: list[tuple[date, date, Decimal]],
) -> None:
    past: list[Past] = []
    for number, (start, end, sold) in enumerate(cycles, 1):
        figure = Datum(sold)
        card = Scorecard(
            "E1",
            {"sales": Measure(figure)},
            cycle=Cycle(f"{number}", start, end),
            history=tuple(reversed(past)),
        )
        paid = evaluate(seller(), card).pay["commission"]
        measures = {"sales": PastMeasure(figure)}
        pay = {"commission": Datum(paid)}
        past.append(Past(f"{number}", end, measures=measures, start=start, pay=pay))
    year = sum((sold for _, _, sold in cycles), Decimal(0))
    due = min(year, Decimal(1000)) * Decimal("0.05") + max(0, year - 1000) * Decimal("0.08")
    paid_in_all = sum((Decimal(str(one.pay["commission"].value)) for one in past), Decimal(0))
    assert paid_in_all == due


@cache
def raised() -> Policy:
    return policy_from(
        {
            "policy": "raised",
            "indicators": {"sales": INDICATOR},
            "person_changes": {"base": "by_days"},
            "incentives": {"bonus": {"base": "person.base"}},
            "rounding": {"pay": {"places": 10}},
        }
    )


def base_of(values: list[tuple[date, Decimal]], first: Decimal, joined: date | None) -> Decimal:
    changes = tuple(FactChange(day, Datum(value)) for day, value in values)
    card = Scorecard(
        "E1",
        {"sales": Measure(Datum(Decimal(1)))},
        person={"base": Datum(first)},
        cycle=Cycle("2024", *YEAR),
        proration=Presence(joined),
        changes={"base": changes},
    )
    return evaluate(raised(), card).pay["bonus"]


DAYS = st.dates(YEAR[0] - timedelta(40), YEAR[1] + timedelta(40))


@settings(max_examples=60, deadline=None)
@given(numbers(0, 9000), st.sets(DAYS, max_size=4), st.none() | st.dates(*YEAR))
def test_by_days_of_a_value_that_stays_is_that_value(
    value: Decimal, days: set[date], joined: date | None
) -> None:
    assert base_of([(day, value) for day in sorted(days)], value, joined) == value


@settings(max_examples=60, deadline=None)
@given(numbers(0, 9000), st.dictionaries(DAYS, numbers(0, 9000), max_size=4))
def test_by_days_lies_between_the_least_and_the_most(
    first: Decimal, values: dict[date, Decimal]
) -> None:
    found = base_of(sorted(values.items()), first, None)
    every = [first, *values.values()]
    hair = Decimal("0.0000000001")
    assert min(every) - hair <= found <= max(every) + hair


@settings(max_examples=200, deadline=None)
@given(st.sets(st.dates(date(2023, 1, 1), date(2024, 12, 31)), min_size=2, max_size=5))
def test_parts_of_months_of_thirty_days_add_up(days: set[date]) -> None:
    """However a stretch is cut, its parts have as many days as the whole."""
    starts = sorted(days)
    parts = [days_of_thirty(one, other - timedelta(1)) for one, other in pairwise(starts)]
    assert sum(parts) == days_of_thirty(starts[0], starts[-1] - timedelta(1))
    assert all(part >= 0 for part in parts)


@given(st.integers(2020, 2030), st.integers(1, 12), st.integers(1, 12))
def test_whole_months_have_thirty_days_each(year: int, first: int, count: int) -> None:
    end = year * 12 + first - 1 + count
    after = date(end // 12, end % 12 + 1, 1)
    assert days_of_thirty(date(year, first, 1), after - timedelta(1)) == 30 * count
