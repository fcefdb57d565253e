"""Figures as they are read on paper: two places at most, unless that would say something else.

The record has every digit. Here a figure is shortened to the nearest, an attainment downward, so
that nobody is told 100 % who has not got it; where the shorter figure would reach or cross
another it is held against (a target, a mark), it keeps as many places as tell the two apart.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from perfrules.exact import EXACT, PLACES, divided, rounded
from perfrules.model.thresholds import LIMITS
from perfrules.words.bilingual import CURRENCIES
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import PLAIN, Measure

__all__ = ["changed", "distance", "number", "shown", "shown_number"]

_PLACES: Final = 2


def number(value: object) -> Decimal:
    """A figure of a record or a resolved policy."""
    return Decimal(str(value))


def shown(told: Glossary, path: str) -> str:
    """The value of a step with its unit: `80%`."""
    step = told.steps[path]
    if isinstance(step["value"], bool) or step.get("type") == "text":
        return told.amount(step)
    mode = "floor" if path.endswith(".attainment") else "half_up"
    return shown_number(told, step["value"], told.measure(path), _beside(told, path), mode)


def shown_number(
    told: Glossary,
    value: object,
    measure: Measure,
    beside: Iterable[Decimal] = (),
    mode: str = "half_up",
) -> str:
    """A number with its unit, held against those `beside` it."""
    short = _short(number(value), measure, tuple(beside), mode)
    cents = CURRENCIES.get(measure.unit, 0) if short != short.to_integral_value() else 0
    return told.written(short, measure._replace(places=cents))


def _short(value: Decimal, measure: Measure, beside: tuple[Decimal, ...], mode: str) -> Decimal:
    first = _PLACES + 2 if measure.is_ratio else _PLACES
    for places in range(first, PLACES + 1):
        near = rounded(value, places, mode)
        if near == value or (near and all(_side(near, one) == _side(value, one) for one in beside)):
            return near
    return value


def _side(value: Decimal, other: Decimal) -> Decimal:
    return value.compare(other)


def _beside(told: Glossary, path: str) -> Iterable[Decimal]:
    """The figures that an indicator's own is compared with: its target, and what its table says."""
    parts = path.split(".")
    if parts[0] != "indicators" or parts[2:] not in (["actual"], ["target"], ["baseline"]):
        return
    own = told.part("indicators", parts[1]).get("figures", ())
    others = [what for what in ("actual", "target", "baseline", *own) if what != parts[2]]
    steps = [told.steps.get(f"indicators.{parts[1]}.{what}") for what in others]
    for step in steps:
        if step is not None and "type" not in step and not isinstance(step["value"], bool):
            yield number(step["value"])
    yield from _named_in(told.part("indicators", parts[1], "score"), ("target", "baseline", *own))


def _named_in(score: Json, names: Sequence[str]) -> Iterable[Decimal]:
    """The numbers that a table says; `names` are those of figures."""
    rules: list[Any] = [score] if score.get("on") == "actual" else []
    rules += [rule for key in ("per_unit", "window") if (rule := score.get(key))]
    for rule in rules:
        rows = [rule, *rule.get("bands", ())]
        for row in rows:
            for key in (*LIMITS, "mark", "low", "high"):
                if key in row and row[key] not in names and (row is not rule or key not in LIMITS):
                    yield number(row[key])


def distance(told: Glossary, change: Decimal, measure: Measure) -> str:
    """How far two figures are apart: `3 个`, or `0.9 个百分点` for percentages."""
    size = change.copy_abs()
    if not measure.is_ratio:
        return shown_number(told, size, measure)
    points = shown_number(told, size.scaleb(2, EXACT), PLAIN)
    return told.say(f"{points} 个百分点", f"{points} percentage points")


def changed(told: Glossary, now: Decimal, then: Decimal, measure: Measure) -> str:
    """By how much a figure differs from an earlier one: `4%`, or the distance where a share of
    it would say nothing."""
    change = EXACT.subtract(now, then)
    share = divided(change.copy_abs(), then, 4, "half_up") if then > 0 else Decimal(0)
    if measure.is_ratio or not share:
        return distance(told, change, measure)
    return told.number(share, Measure(is_ratio=True))
