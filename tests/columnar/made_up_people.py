"""People for any policy of persons: all that it asks for, often right at a threshold."""

from decimal import Decimal
from random import Random
from typing import Any

from strategies import edges_of

from perfrules.exact import plain
from perfrules.language.formulas_of_policy import columns_read
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scoring import Direct, Levels, YesNo


def rows_for(policy: Policy, count: int, random: Random) -> list[dict[str, Any]]:
    """Rows of plain values, numbers as texts; now and then something is missing."""
    return [_row(policy, f"E{number}", random) for number in range(1, count + 1)]


def _row(policy: Policy, subject: str, random: Random) -> dict[str, Any]:
    row: dict[str, Any] = {"subject": subject, "proration": random.choice((None, "1", "0.5"))}
    for column in columns_read(policy):
        row[f"person.{column}"] = plain(Decimal(random.randint(0, 2_000_000)).scaleb(-2))
    for event in policy.event_names:
        row[f"event.{event}"] = random.choice((None, None, 0, 0, 0, 1, 3))
    for indicator in policy.indicators:
        row |= _figures(indicator, random)
    return row


def _figures(one: Indicator, random: Random) -> dict[str, Any]:
    name = one.name
    if random.randint(1, 25) == 1:
        return {f"{name}.actual": None}
    match one.score:
        case Ratings() as form:
            low, high = int(form.scale.low), int(form.scale.high)
            return {
                f"{name}.ratings.{group.name}": [
                    str(random.randint(low, high)) for _ in range(random.randint(1, 6))
                ]
                for group in form.groups
            }
        case Levels() as form:
            return {f"{name}.actual": random.choice(form.rows).name}
        case YesNo():
            return {f"{name}.actual": random.choice((True, False))}
    target = Decimal(random.choice((100, 1, 80, random.randint(1, 99_999))))
    actual = random.choice((*edges_of(one, target), Decimal(random.randint(0, 20_000)).scaleb(-2)))
    if isinstance(one.score, Direct):
        actual = min(max(actual, one.score.low), one.score.high)
    found = {f"{name}.actual": plain(actual), f"{name}.target": plain(target)}
    # Mostly in the order that bands want: the floor below the target, the stretch above it.
    spread = random.choice((Decimal("0.2"), Decimal("0.2"), Decimal("-0.1"), Decimal(0)))
    for place, figure in enumerate(one.figures):
        own = target * (1 - spread) if place == 0 else target * (1 + spread * place)
        found[f"{name}.{figure}"] = plain(own)
    return found | {f"{name}.baseline": "0.5"} if one.baseline == "required" else found
