"""Made-up people with figures for six_indicators.yaml; the same ones on every run."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

HIGHER_IS_BETTER = (
    "channel_sales",
    "new_customers",
    "repeat_orders",
    "partner_visits",
    "training_sessions",
)
LOWER_IS_BETTER = ("acquisition_cost",)
THRESHOLDS = (6000, 8000, 10000, 12000)  # in ten-thousandths, as the attainment is rounded


@dataclass(frozen=True, slots=True)
class Person:
    """All figures are decimal texts, so that each side builds its own numbers from them."""

    person_id: str
    bonus_base: str
    measures: dict[str, tuple[str, str]]  # indicator -> actual, target


def make_people(count: int, seed: int = 2024) -> list[Person]:
    random = Random(seed)
    return [_person(f"P{number:06}", random) for number in range(1, count + 1)]


def _person(person_id: str, random: Random) -> Person:
    measures = {}
    for name in HIGHER_IS_BETTER:
        target, actual = _figure_and_part(random)
        measures[name] = (str(actual), str(target))
    for name in LOWER_IS_BETTER:
        actual, target = _figure_and_part(random)
        measures[name] = (str(actual), str(target))
    bonus_base = Decimal(random.randint(300_000, 3_000_000)).scaleb(-2)
    return Person(person_id, str(bonus_base), measures)


def _figure_and_part(random: Random) -> tuple[Decimal, Decimal]:
    """A figure, and 40 % to 140 % of it: often just on a threshold, or a cent beside it."""
    figure = Decimal(100 * random.randint(50, 9_999))
    on_threshold = random.randint(1, 4) == 1
    share = random.choice(THRESHOLDS) if on_threshold else random.randint(4_000, 14_000)
    cents = random.choice((0, 0, -1, 1, random.randint(-99, 99)))
    part = figure * Decimal(share).scaleb(-4) + Decimal(cents).scaleb(-2)
    return figure, part
