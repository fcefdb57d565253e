"""Sentences of what turns a figure into money: slopes of a rate, slices at their own price."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import RATIO
from perfrules.words.sentence import (
    Operation,
    Sentence,
    bracketed,
    by_division,
    equation,
    subtracted,
    terms,
)
from perfrules.words.thresholds import beside, threshold_measure, word_of

__all__ = ["OF_CURVES", "rates"]


def rates(told: Glossary, row: Json) -> str:
    """What a tier pays: `120%`, or `50%～80%` where it is a slope."""
    low = told.number(row["pay"], RATIO)
    if "high" not in row:
        return low
    return f"{low}{told.say('～', '–')}{told.number(row['high'], RATIO)}"


def _slope_pay(told: Glossary, step: Json) -> Sentence:
    """`300000 × (50% + (1000 ÷ 900 − 100%) × (80% − 50%) ÷ (120% − 100%)) = 200000`."""
    row, measure = terms(step), threshold_measure(told, step)
    reading, base, *parts = step["operands"]
    low, until = Decimal(row[word_of(row)]), Decimal(row["until"])
    is_upper = until < low
    first, last = Decimal(row["pay"]), Decimal(row["high"])
    place, top, under = _quotient(told, reading, parts)
    if under < 0:
        top, under = -top, -under
    least, most = sorted((low, until))
    end = most if top > most * under else least if top < least * under else None
    if end is not None:
        place, top, under = told.number(end, measure), end, Decimal(1)
    width, way = until - low, top - low * under
    begin = bracketed(told.number(low, measure))
    # From what is less to what is more, so that nothing is below nought.
    line = f"({begin} − {bracketed(place)})" if is_upper else f"({place} − {begin})"
    ends = (low, until) if is_upper else (until, low)
    text = (
        f"{told.value(base)} × ({told.number(first, RATIO)} + {line}"
        f" × {subtracted(told, last, first, RATIO)} ÷ {subtracted(told, *ends, measure)})"
    )
    exact = Decimal(base["value"]) * (first * width * under + way * (last - first))
    said = by_division(told, text, step, exact, width * under)
    name, shown = told.name(told.path(reading)), told.value(reading)
    span = f"{told.number(least, measure)}{told.say('～', '–')}{told.number(most, measure)}"
    where = told.say(
        f"{name} {shown} 在 {span} 一档，按直线折算", f"{name} {shown} is on the slope {span}"
    )
    if end == until:
        beyond = told.say("低于" if is_upper else "超过", "")
        where = told.say(
            f"{name} {shown} {beyond} {place}，按 {place} 计",
            f"{name} {shown} counts as {place}, where the slope ends",
        )
    elif end == low:
        where = told.say(
            f"{name} {shown} 取位前未到 {place}，按 {place} 计",
            f"{name} {shown} was short of {place} before it was rounded, and counts as that",
        )
    elif parts:
        where = told.say(
            f"{name} {shown} 在 {span} 一档，以取位前的商按直线折算",
            f"{name} {shown} is on the slope {span}, by the quotient before it was rounded",
        )
    return Sentence(said.text, (*said.notes, where, *beside(told, step, rates)))


def _quotient(told: Glossary, reading: Json, parts: list[Json]) -> tuple[str, Decimal, Decimal]:
    """The place on a slope as it is written, and what is divided by what."""
    values = [Decimal(one["value"]) for one in parts]
    shown = [bracketed(told.value(one)) for one in parts]
    attainment = told.steps.get(told.path(reading), {})
    match attainment.get("operation"), values:
        case "improvement", [actual, target, baseline]:
            measure = told.measure(told.path(parts[0]))
            done = subtracted(told, actual, baseline, measure)
            asked = subtracted(told, target, baseline, measure)
            return f"{done} ÷ {asked}", actual - baseline, target - baseline
        case "divide_weighted", [actual, total, weights]:
            if terms(attainment)["direction"] == "lower_is_better":
                return f"{shown[1]} ÷ ({shown[0]} × {shown[2]})", total, actual * weights
            return f"{shown[0]} × {shown[2]} ÷ {shown[1]}", actual * weights, total
        case _, [top, under]:
            return f"{shown[0]} ÷ {shown[1]}", top, under
        case _, [unrounded]:
            return shown[0], unrounded, Decimal(1)
    return bracketed(told.value(reading)), Decimal(reading["value"]), Decimal(1)


def _slice(told: Glossary, step: Json) -> Sentence:
    """A slice of the amount at its own rate, or at so much a piece."""
    amount, price = step["operands"]
    row, end = terms(step), Decimal(amount["value"])
    start = Decimal(row["start"])
    if "until" in row:
        end = min(end, Decimal(row["until"]))
    measure = told.measure(told.path(amount))
    text = f"{subtracted(told, end, start, measure)} × {told.value(price)}"
    low, high = told.number(start, measure), told.written(end, measure)
    return Sentence(
        equation(told, text, step), (told.say(f"从 {low} 到 {high}", f"from {low} to {high}"),)
    )


def _quota_slice(told: Glossary, step: Json) -> Sentence:
    """`(333333 × 125% − 333333 × 100%) × 8%`, with the ends in money beside it."""
    amount, quota, price = step["operands"]
    row, measure = terms(step), told.measure(told.path(amount))
    whole, value = Decimal(quota["value"]), Decimal(amount["value"])
    start, end = _end(told, quota, row["start"]), told.value(amount)
    low, high = told.number(whole * Decimal(row["start"]), measure), told.written(value, measure)
    if "until" in row and value > whole * Decimal(row["until"]):
        until = Decimal(row["until"])
        end = _end(told, quota, row["until"])
        high = told.written(whole * until, measure)
    text = f"({end} − {bracketed(start)}) × {told.value(price)}"
    share, name = told.number(row["start"], RATIO), told.name(told.path(quota))
    note = told.say(
        f"{name} {told.value(quota)}，从 {low}（{share}）到 {high}",
        f"{name} {told.value(quota)}, from {low} ({share}) to {high}",
    )
    return Sentence(equation(told, text, step), (note,))


def _end(told: Glossary, quota: Json, share: str) -> str:
    """An end of a slice, which is a share of the quota."""
    if not Decimal(share):
        return "0"
    return f"{told.value(quota)} × {told.number(share, RATIO)}"


# fmt: off
OF_CURVES: Final[Mapping[str, Operation]] = {
    "slope_pay": Operation(_slope_pay, "按直线计发 · pay on a slope",
        "*b* × (`pay` + (*q* − 界限) ÷ (`until` − 界限) × (`high` − `pay`))，取位；界限是本行的 `at_least`、`above`、`at_most` 或 `below`。*a* 决定在哪一档；*q* 是 *a* 取位之前的商，由其后的操作数按达成率那一步的算法得出，没有其后的操作数时就是 *a*；*q* 未到界限的按界限，越过 `until` 的按 `until`",
        "*b* × (`pay` + (*q* − limit) ÷ (`until` − limit) × (`high` − `pay`)), rounded; the limit is the row's `at_least`, `above`, `at_most` or `below`. *a* decides the tier; *q* is the quotient of which *a* was rounded, of the operands behind *b* as the step of the attainment has it, and *a* itself where there are none; it counts as the limit short of that, and as `until` beyond that"),
    "slice": Operation(_slice, "累进段 · a slice at its own rate",
        "*a* 落在这一段的部分 × *b*。这一段从 `start` 到 `until`（最后一段没有终点）；*a* 更小时到 *a* 为止",
        "the part of *a* in this slice × *b*. The slice goes from `start` to `until` (the last one has no end); *a* ends it where it is smaller"),
    "quota_slice": Operation(_quota_slice, "按定额的累进段 · a slice of one's own quota",
        "*a* 落在这一段的部分 × *c*。这一段从 *b* × `start` 到 *b* × `until`（最后一段没有终点）；*a* 更小时到 *a* 为止",
        "the part of *a* in this slice × *c*. The slice goes from *b* × `start` to *b* × `until` (the last one has no end); *a* ends it where it is smaller"),
}
# fmt: on
