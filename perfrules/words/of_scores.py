"""Sentences of the forms of `score:`: bands and slopes, levels, units, windows, ratings."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from perfrules.words.glossary import Glossary, Json
from perfrules.words.sentence import Sentence, added, by_division, equation, subtracted, terms
from perfrules.words.thresholds import beside, reached, threshold_measure

__all__ = ["OF_SCORES"]


def _band(told: Glossary, step: Json) -> Sentence:
    text = f"{reached(told, step)} → {told.amount(step)}"
    return Sentence(text, beside(told, step, _scores))


def _scores(told: Glossary, row: Json) -> str:
    """What a band gives: `100 分`, or `80～100 分` where it is a slope."""
    points = told.measure("total")
    low = row["score"]
    if "high" not in row:
        return told.written(low, points)
    high = told.written(row["high"], points)
    return f"{told.number(low, points)}{told.say('～', '–')}{high}"


def _slope(told: Glossary, step: Json) -> Sentence:
    band, reading = terms(step), step["operands"][0]
    measure, plain = threshold_measure(told, step), told.measure("total")
    low, until = Decimal(band["at_least"]), Decimal(band["until"])
    first, last = Decimal(band["score"]), Decimal(band["high"])
    actual = Decimal(reading["value"])
    value = min(actual, until)
    text = (
        f"{told.number(first, plain)} + {subtracted(told, value, low, measure)}"
        f" × {subtracted(told, last, first, plain)} ÷ {subtracted(told, until, low, measure)}"
    )
    width = until - low
    exact = first * width + (value - low) * (last - first)
    said = by_division(told, text, step, exact, width)
    name = told.name(told.path(reading), _indicator(told, step))
    shown, end = told.value(reading), told.number(until, measure)
    span = f"{told.number(low, measure)}{told.say('～', '–')}{end}"
    where = told.say(
        f"{name} {shown} 在 {span} 一档，按直线折算", f"{name} {shown} is on the slope {span}"
    )
    if actual > until:
        where = told.say(
            f"{name} {shown} 超过 {end}，按 {end} 计",
            f"{name} {shown} counts as {end}, where the slope ends",
        )
    return Sentence(said.text, (*said.notes, where, *beside(told, step, _scores)))


def _direct(told: Glossary, step: Json) -> Sentence:
    points = told.measure("total")
    low, high = (told.number(terms(step)[key], points) for key in ("low", "high"))
    value = told.amount(step)
    return Sentence(
        told.say(f"实际值即得分：{value}", f"the actual is the score: {value}"),
        (told.say(f"允许范围 {low}～{high}", f"within {low} to {high}"),),
    )


def _level(told: Glossary, step: Json) -> Sentence:
    level = told.value(step["operands"][0])
    return Sentence(
        told.say(f"「{level}」→ {told.amount(step)}", f"“{level}” → {told.amount(step)}")
    )


def _yes_no(told: Glossary, step: Json) -> Sentence:
    done = (
        told.say("已完成", "done")
        if step["operands"][0]["value"]
        else told.say("未完成", "not done")
    )
    return Sentence(f"{done} → {told.amount(step)}")


def _units(told: Glossary, step: Json) -> Sentence:
    """How many whole units the figure is off the mark."""
    rule = terms(step)
    off, exact = _off_the_mark(told, step, rule)
    if not off:
        return Sentence(f"{_on_the_right_side(told, step, rule)} → {told.amount(step)}")
    per = told.number(rule["per"], threshold_measure(told, step))
    equal = Decimal(step["value"]) * Decimal(rule["per"]) == exact
    text = f"{off} ÷ {per} {'=' if equal else '≈'} {told.amount(step)}"
    if equal:
        return Sentence(text)
    part = told.say("不足一个单位的不计", "a part of a unit does not count")
    if rule["whole_units"] == "up":
        part = told.say("不足一个单位的按一个计", "a part of a unit counts as one")
    return Sentence(text, (part,))


def _unit_points(told: Glossary, step: Json) -> Sentence:
    rule, units = terms(step), told.value(step["operands"][0])
    text = f"{_start(told, rule['start'])}{_times(rule['points'], units)}"
    return Sentence(equation(told, text, step))


def _per_unit(told: Glossary, step: Json) -> Sentence:
    rule = terms(step)
    off, exact = _off_the_mark(told, step, rule)
    if not off:
        return Sentence(f"{_on_the_right_side(told, step, rule)} → {told.amount(step)}")
    return _by_distance(told, step, rule["start"], off, exact)


def _window(told: Glossary, step: Json) -> Sentence:
    rule, measure = terms(step), threshold_measure(told, step)
    value, low, high = (
        Decimal(text) for text in (step["operands"][0]["value"], rule["low"], rule["high"])
    )
    if not low <= value <= high:
        greater, less = (low, value) if value < low else (value, high)
        off = subtracted(told, greater, less, measure)
        return _by_distance(told, step, rule["score"], off, greater - less)
    name, shown = _named(told, step)
    span = f"{told.number(low, measure)}{told.say('～', '–')}{told.number(high, measure)}"
    return Sentence(
        told.say(
            f"{name} {shown} 在 {span} 之内 → {told.amount(step)}",
            f"{name} {shown} is within {span} → {told.amount(step)}",
        )
    )


def _by_distance(told: Glossary, step: Json, start: str, off: str, distance: Decimal) -> Sentence:
    """`100 − (95% − 93%) ÷ 1% × 5`, for both forms that count in proportion."""
    rule = terms(step)
    per, points = Decimal(rule["per"]), Decimal(rule["points"])
    units = f"{off} ÷ {told.number(per, threshold_measure(told, step))}"
    text = f"{_start(told, start)}{_times(rule['points'], units)}"
    exact = Decimal(start) * per + distance * points
    return by_division(told, text, step, exact, per)


def _off_the_mark(told: Glossary, step: Json, rule: Json) -> tuple[str, Decimal]:
    """How far the figure is on the side that counts; no text where it is not."""
    measure = threshold_measure(told, step)
    mark, value = Decimal(rule["mark"]), Decimal(step["operands"][0]["value"])
    first, second = (mark, value) if rule["side"] == "below" else (value, mark)
    if first <= second and rule["side"] != "both":
        return "", Decimal(0)
    return subtracted(told, first, second, measure), first - second


def _on_the_right_side(told: Glossary, step: Json, rule: Json) -> str:
    name, value = _named(told, step)
    mark = told.number(rule["mark"], threshold_measure(told, step))
    if rule["side"] == "below":
        return told.say(f"{name} {value} 不低于 {mark}", f"{name} {value} is not below {mark}")
    return told.say(f"{name} {value} 不高于 {mark}", f"{name} {value} is not above {mark}")


def _start(told: Glossary, start: str) -> str:
    return told.number(start, told.measure("total"))


def _times(points: str, units: str) -> str:
    """` − 2 × 5` for points of -5; a negative count in brackets."""
    count = f"({units})" if units.startswith("-") else units
    return f" − {count} × {points[1:]}" if points.startswith("-") else f" + {count} × {points}"


def _mean(told: Glossary, step: Json) -> Sentence:
    path, kept = told.path(step), step["operands"]
    values = [Decimal(one["value"]) for one in kept]
    text = f"({added([told.value(one) for one in kept])}) ÷ {len(kept)}"
    said = by_division(told, text, step, sum(values, Decimal(0)), Decimal(len(kept)))
    if len(kept) == 1:
        said = Sentence(
            told.say(f"1 人评分：{told.amount(step)}", f"one rating: {told.amount(step)}")
        )
    dropped = sorted(
        (
            one
            for name, one in told.steps.items()
            if name.startswith(f"{path}.") and one["outcome"] == "skipped"
        ),
        key=lambda one: Decimal(one["value"]),
    )
    if not dropped:
        return said
    comma, half = told.say("、", ", "), len(dropped) // 2
    lowest = comma.join(told.value(one) for one in dropped[:half])
    highest = comma.join(told.value(one) for one in reversed(dropped[half:]))
    count = len(kept) + len(dropped)
    note = told.say(
        f"共 {count} 人评分，去掉最高分 {highest}、最低分 {lowest}",
        f"of {count} ratings the highest ({highest}) and the lowest ({lowest}) are dropped",
    )
    return Sentence(said.text, (*said.notes, note))


def _named(told: Glossary, step: Json) -> tuple[str, str]:
    reading = step["operands"][0]
    return told.name(told.path(reading), _indicator(told, step)), told.value(reading)


def _indicator(told: Glossary, step: Json) -> str:
    return told.path(step).split(".")[1]


OF_SCORES: Final[Mapping[str, Callable[[Glossary, Json], Sentence]]] = {
    "band": _band,
    "slope": _slope,
    "direct": _direct,
    "level": _level,
    "yes_no": _yes_no,
    "units": _units,
    "unit_points": _unit_points,
    "per_unit": _per_unit,
    "window": _window,
    "mean": _mean,
}
