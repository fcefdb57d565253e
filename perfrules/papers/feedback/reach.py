"""What a figure would have to be: where that follows exactly from a table and a target.

A threshold of the attainment is turned back into a figure only where no digit is lost on the
way; where one is, nothing is told.
"""

import operator
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, Literal, NamedTuple

from perfrules.exact import EXACT, PLACES, rounded
from perfrules.papers.feedback.shown import distance, number
from perfrules.words.glossary import Glossary, Json
from perfrules.words.thresholds import word_of

__all__ = ["Reach", "higher_scores", "limits_of", "reached", "told_reach"]


Beyond = Literal["", "above", "below"]


class Reach(NamedTuple):
    """A figure that gives `gain` points or pay; `missing` is how far off the actual is, below 0
    where it has to come down. `beyond` says where the figure itself is not enough: it has to be
    `above` or `below` it."""

    figure: Decimal
    missing: Decimal
    gain: Decimal
    beyond: Beyond = ""


class Limit(NamedTuple):
    """A limit in a table, what is gained there, and whether only `above` or `below` it."""

    at: Decimal
    gain: Decimal
    beyond: Beyond = ""


def told_reach(told: Glossary, name: str, reach: Reach) -> str:
    """`达到 15 个（还差 3 个）`, `降到 5 分钟（高出 1 分钟）`: always the limit that is better."""
    measure = told.measure(f"indicators.{name}.actual")
    at, by = told.written(reach.figure, measure), distance(told, reach.missing, measure)
    if reach.beyond == "above":
        if not reach.missing:
            return told.say(f"高于 {at}", f"above {at}")
        return told.say(f"高于 {at}（还差 {by}）", f"above {at} ({by} more)")
    if reach.missing > 0:
        return told.say(f"达到 {at}（还差 {by}）", f"at {at} ({by} more)")
    if not reach.beyond:
        return told.say(f"降到 {at}（高出 {by}）", f"down to {at} ({by} above it)")
    if not reach.missing:
        return told.say(f"低于 {at}", f"below {at}")
    return told.say(f"低于 {at}（高出 {by}）", f"below {at} ({by} above it)")


def higher_scores(told: Glossary, name: str) -> list[Reach]:
    """Figures that would give more points than there are, the nearest first."""
    path = f"indicators.{name}"
    score, actual = told.steps.get(f"{path}.score"), told.steps.get(f"{path}.actual")
    if score is None or actual is None or not _is_figure(actual):
        return []
    form = told.part("indicators", name, "score")
    now, have = number(score["value"]), number(actual["value"])
    rounding = told.part("rounding", "score")
    found: list[Reach] = []
    for basis, limit in _limits(told, path, form, _basis_value(told, path, form)):
        points = rounded(limit.gain, int(rounding["places"]), rounding["mode"])
        if points > now:
            found += reached(told, name, basis, limit._replace(gain=points), have)
    return sorted(found, key=lambda one: one.missing.copy_abs())


def reached(told: Glossary, name: str, basis: str, limit: Limit, have: Decimal) -> Iterator[Reach]:
    """The figure that is at a limit, of the actual itself or of what follows from it; none where
    no figure is exactly there."""
    beyond = limit.beyond
    if basis == "actual":
        figure: Decimal | None = limit.at
    else:
        figure = None if beyond == "below" else figure_for(told, name, limit.at)
        if beyond and told.part("indicators", name, "direction") == "lower_is_better":
            beyond = "below"  # a higher attainment is a lower figure
    if figure is not None and (figure != have or beyond):
        yield Reach(figure, EXACT.subtract(figure, have), limit.gain, beyond)


def _is_figure(step: Json) -> bool:
    return not isinstance(step["value"], bool) and step.get("type") != "text"


def _basis_value(told: Glossary, path: str, form: Json) -> Decimal | None:
    """The value that the table is looked up with."""
    rule = next((form[key] for key in ("per_unit", "window") if key in form), form)
    step = told.steps.get(f"{path}.{rule.get('on', 'attainment')}")
    return number(step["value"]) if step is not None and _is_figure(step) else None


def _with_numbers(told: Glossary, path: str, table: Sequence[Json]) -> list[Json]:
    """The rows of a table with the person's figures in the place of their names."""
    found = []
    for row in table:
        word = word_of(row)
        step = told.steps.get(f"{path}.{row[word]}") if word else None
        found.append(row if step is None else {**row, word: step["value"]})
    return found


def _limits(
    told: Glossary, path: str, form: Json, value: Decimal | None
) -> Iterator[tuple[str, Limit]]:
    """What the form names: looked up by what, from where on, how many points."""
    if value is None:
        return
    if "bands" in form:
        if form["on"] == "percentile":
            return  # which depends on the others
        for limit in limits_of(_with_numbers(told, path, form["bands"]), value, "score"):
            yield form["on"], limit
    elif "window" in form:
        rule = form["window"]
        end = rule["low"] if value < number(rule["low"]) else rule["high"]
        yield rule["on"], Limit(number(end), number(rule["score"]))
    elif "per_unit" in form:
        rule = form["per_unit"]
        points = min(number(rule["start"]), number(rule.get("at_most", rule["start"])))
        yield rule["on"], Limit(number(rule["mark"]), points)


def limits_of(table: Sequence[Json], value: Decimal, key: str) -> Iterator[Limit]:
    """Where the other rows of a table begin, seen from a value: at their own limit, or where the
    limit of the row above is no longer kept. What they give stands under `key`."""
    for row in table:
        if not (word := word_of(row)):
            continue
        at = number(row[word])
        side: Beyond = "above" if word == "above" else "below" if word == "below" else ""
        # A slope within the value's own row begins at its limit.
        if at != value or side:
            yield Limit(at, number(_low_end(row[key])), side)
    for upper, lower in pairwise(table):
        gain = lower.get(key, lower.get("otherwise"))
        word = word_of(upper)
        at = number(upper[word])
        if isinstance(gain, list | tuple) or not _KEEPS[word](value, at):
            continue
        past: Beyond = "below" if word == "at_least" else "above" if word == "at_most" else ""
        if past or at != value:
            yield Limit(at, number(gain), past)


_KEEPS: Final = {
    "at_least": operator.ge, "above": operator.gt, "at_most": operator.le, "below": operator.lt,
}  # fmt: skip


def _low_end(score: Any) -> Any:
    return score[0] if isinstance(score, list | tuple) else score


def figure_for(told: Glossary, name: str, threshold: Decimal) -> Decimal | None:
    """The actual that gives just this attainment; None where no figure does exactly."""
    step = told.steps.get(f"indicators.{name}.attainment")
    if step is None or "rounding" not in step:
        return None
    if -int(threshold.as_tuple().exponent) > int(step["rounding"]["terms"]["places"]):
        return None  # the attainment would be rounded away from it
    wanted, parts = Fraction(threshold), [Fraction(one["value"]) for one in step["operands"]]
    lower = told.part("indicators", name, "direction") == "lower_is_better"
    match step["operation"], parts:
        case "divide", [first, second]:
            target = first if lower else second
        case "divide_weighted", [_, total, weights]:
            target = total / weights
        case "improvement", [_, target, baseline]:
            return _finite(baseline + wanted * (target - baseline))
        case _:
            return None
    if lower:
        return _finite(target / wanted) if wanted else None
    return _finite(target * wanted)


def _finite(value: Fraction) -> Decimal | None:
    """The decimal that a fraction is; None where it has no end within the usual places."""
    scaled = value * 10**PLACES
    return Decimal(scaled.numerator).scaleb(-PLACES) if scaled.denominator == 1 else None
