"""What a figure would have to be: where that follows exactly from a table and a target.

A threshold of the attainment is turned back into a figure only where no digit is lost on the
way; where one is, nothing is told.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from perfrules.exact import EXACT, PLACES, rounded
from perfrules.reports.feedback.figures import distance, number, shown_number
from perfrules.reports.glossary import Glossary, Json

__all__ = ["Reach", "figure_for", "higher_scores", "told_reach"]


class Reach(NamedTuple):
    """A figure that gives `score` points; `missing` is how far off the actual is, below 0 where
    it has to come down."""

    figure: Decimal
    missing: Decimal
    score: Decimal


def told_reach(told: Glossary, name: str, figure: Decimal, missing: Decimal) -> str:
    """`达到 15 个（还差 3 个）`."""
    measure = told.measure(f"indicators.{name}.actual")
    at, by = shown_number(told, figure, measure), distance(told, missing, measure)
    if missing > 0:
        return told.say(f"达到 {at}（还差 {by}）", f"at {at} ({by} more)")
    return told.say(f"降到 {at}（高出 {by}）", f"at {at} ({by} less)")


def higher_scores(told: Glossary, name: str) -> Iterator[Reach]:
    """Figures that would give more points than there are, the nearest first."""
    path = f"indicators.{name}"
    score = told.steps.get(f"{path}.score")
    actual = told.steps.get(f"{path}.actual")
    if score is None or actual is None or not _is_figure(actual):
        return
    form = told.part("indicators", name, "score")
    now, have = number(score["value"]), number(actual["value"])
    rounding = told.part("rounding", "score")
    for basis, threshold, exact in _thresholds(form, _basis_value(told, path, form)):
        points = rounded(exact, int(rounding["places"]), rounding["mode"])
        if points <= now:
            continue
        figure = threshold if basis == "actual" else figure_for(told, name, threshold)
        if figure is not None and figure != have:
            yield Reach(figure, EXACT.subtract(figure, have), points)


def _is_figure(step: Json) -> bool:
    return not isinstance(step["value"], bool) and step.get("type") != "text"


def _basis_value(told: Glossary, path: str, form: Json) -> Decimal | None:
    """The value that the table is looked up with."""
    rule = next((form[key] for key in ("per_unit", "window") if key in form), form)
    step = told.steps.get(f"{path}.{rule.get('on', 'attainment')}")
    return number(step["value"]) if step is not None and _is_figure(step) else None


def _thresholds(form: Json, value: Decimal | None) -> Iterator[tuple[str, Decimal, Decimal]]:
    """What the form names: looked up by what, from where on, how many points."""
    if value is None:
        return
    if "bands" in form:
        if form["on"] == "percentile":
            return  # which depends on the others
        rows = [row for row in reversed(form["bands"]) if "at_least" in row]
        for row in rows:
            threshold = number(row["at_least"])
            if threshold > value:
                yield form["on"], threshold, number(_low_end(row["score"]))
    elif "window" in form:
        rule = form["window"]
        end = rule["low"] if value < number(rule["low"]) else rule["high"]
        yield rule["on"], number(end), number(rule["score"])
    elif "per_unit" in form:
        rule = form["per_unit"]
        points = min(number(rule["start"]), number(rule.get("at_most", rule["start"])))
        yield rule["on"], number(rule["mark"]), points


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
