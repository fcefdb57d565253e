"""Sentences of the forms of `score:`: bands and slopes, levels, units, windows, ratings."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from perfrules.words.glossary import Glossary, Json
from perfrules.words.sentence import (
    Operation,
    Sentence,
    added,
    bracketed,
    by_division,
    equation,
    subtracted,
    terms,
)
from perfrules.words.thresholds import (
    beside,
    limit_number,
    reached,
    threshold_measure,
    word_of,
)

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
    word = word_of(band)
    low, until = (Decimal(limit_number(step, band[key])) for key in (word, "until"))
    first, last = Decimal(band["score"]), Decimal(band["high"])
    actual, is_upper = Decimal(reading["value"]), word in ("at_most", "below")
    value = max(actual, until) if is_upper else min(actual, until)
    # From the limit that is less to the one that is more, so that nothing is below nought.
    ends = ((low, value), (low, until)) if is_upper else ((value, low), (until, low))
    way, width = (subtracted(told, *pair, measure) for pair in ends)
    text = f"{told.number(first, plain)} + {way} × {subtracted(told, last, first, plain)} ÷ {width}"
    exact = first * (until - low) + (value - low) * (last - first)
    said = by_division(told, text, step, exact, until - low) if until != low else Sentence("")
    name = told.name(told.path(reading), _indicator(told, step))
    shown, end = told.value(reading), told.number(until, measure)
    span = [told.number(low, measure), end][:: -1 if is_upper else 1]
    joined = told.say("～", "–").join(span)
    where = told.say(
        f"{name} {shown} 在 {joined} 一档，按直线折算", f"{name} {shown} is on the slope {joined}"
    )
    if actual != value:
        beyond = told.say("低于" if is_upper else "超过", "")
        where = told.say(
            f"{name} {shown} {beyond} {end}，按 {end} 计",
            f"{name} {shown} counts as {end}, where the slope ends",
        )
    if until == low:
        said = Sentence(f"{reached(told, step)} → {told.amount(step)}")
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
    count = bracketed(units)
    return f" − {count} × {points[1:]}" if points.startswith("-") else f" + {count} × {points}"


def _mean(told: Glossary, step: Json) -> Sentence:
    kept = step["operands"]
    values = [Decimal(one["value"]) for one in kept]
    text = f"({added([told.value(one) for one in kept])}) ÷ {len(kept)}"
    said = by_division(told, text, step, sum(values, Decimal(0)), Decimal(len(kept)))
    if len(kept) == 1:
        said = Sentence(
            told.say(f"1 人评分：{told.amount(step)}", f"one rating: {told.amount(step)}")
        )
    return Sentence(said.text, (*said.notes, *_dropped(told, step)))


def _median(told: Glossary, step: Json) -> Sentence:
    """All ratings in their order, and which stand in the middle."""
    kept = sorted(step["operands"], key=lambda one: Decimal(one["value"]))
    shown, half = [told.value(one) for one in kept], len(kept) // 2
    order = told.say("、", ", ").join(shown)
    if len(kept) == 1:
        said = Sentence(
            told.say(f"1 人评分：{told.amount(step)}", f"one rating: {told.amount(step)}")
        )
    elif len(kept) % 2:
        order = told.say(f"由低到高 {order}", f"in order {order}")
        said = Sentence(
            told.say(f"居中的是 {told.amount(step)}", f"{told.amount(step)} in the middle"),
            (order,),
        )
    else:
        middle = kept[half - 1 : half + 1]
        exact = sum((Decimal(one["value"]) for one in middle), Decimal(0))
        left = f"({added(shown[half - 1 : half + 1])}) ÷ 2"
        divided = by_division(told, left, step, exact, Decimal(2))
        order = told.say(
            f"由低到高 {order}，取居中两个的平均", f"in order {order}: the mean of the middle two"
        )
        said = Sentence(divided.text, (*divided.notes, order))
    return Sentence(said.text, (*said.notes, *_dropped(told, step)))


def _dropped(told: Glossary, step: Json) -> Iterator[str]:
    """Which ratings of a group were trimmed away."""
    path = told.path(step)
    dropped = sorted(
        (
            one
            for name, one in told.steps.items()
            if name.startswith(f"{path}.") and one["outcome"] == "skipped"
        ),
        key=lambda one: Decimal(one["value"]),
    )
    if not dropped:
        return
    comma, half = told.say("、", ", "), len(dropped) // 2
    lowest = comma.join(told.value(one) for one in dropped[:half])
    highest = comma.join(told.value(one) for one in reversed(dropped[half:]))
    count = len(step["operands"]) + len(dropped)
    yield told.say(
        f"共 {count} 人评分，去掉最高分 {highest}、最低分 {lowest}",
        f"of {count} ratings the highest ({highest}) and the lowest ({lowest}) are dropped",
    )


def _named(told: Glossary, step: Json) -> tuple[str, str]:
    reading = step["operands"][0]
    return told.name(told.path(reading), _indicator(told, step)), told.value(reading)


def _indicator(told: Glossary, step: Json) -> str:
    return told.path(step).split(".")[1]


# fmt: off
OF_SCORES: Final[Mapping[str, Operation]] = {
    "band": Operation(_band, "分档得分 · the score of a band",
        "`score`：*a* 符合本行的界限（`at_least` ≥、`above` >、`at_most` ≤、`below` <），而不符合上一行（`not_taken` 的第一行）；界限是名称时，是 *b*、*c* 等操作数中该数据的值",
        "`score`: *a* keeps the row's limit (`at_least` ≥, `above` >, `at_most` ≤, `below` <), and not that of the row above (the first of `not_taken`); a limit that is a name is that figure among the operands *b*, *c*, …"),
    "slope": Operation(_slope, "线性得分 · the score on a slope",
        "`score` + (*a* − 界限) ÷ (`until` − 界限) × (`high` − `score`)，取位；界限是本行的 `at_least`、`above`、`at_most` 或 `below`；*a* 越过 `until` 时按 `until` 计；名称同上",
        "`score` + (*a* − limit) ÷ (`until` − limit) × (`high` − `score`), rounded; the limit is the row's `at_least`, `above`, `at_most` or `below`; beyond `until`, *a* counts as `until`; names as above"),
    "direct": Operation(_direct, "直接计分 · the actual is the score",
        "*a*，在 `low` 与 `high` 之间",
        "*a*, which lies between `low` and `high`"),
    "level": Operation(_level, "等级得分 · the score of a word",
        "`score`：*a* 就是等级 `name`",
        "`score`: *a* is the word `name`"),
    "yes_no": Operation(_yes_no, "是否得分 · the score of a yes or no",
        "*a* 为是，得 `done`；为否，得 `otherwise`",
        "`done` where *a* is true, else `otherwise`"),
    "units": Operation(_units, "计数单位 · units counted whole",
        "差距 ÷ `per`，只计整数个，`whole_units` 为 `down` 时舍去零头，`up` 时进一。`below` 侧的差距是 `mark` − *a*，`above` 侧是 *a* − `mark`，为负则按 0；`both` 是带正负号的 *a* − `mark`",
        "distance ÷ `per`, in whole units counted `whole_units` (`down` or `up`). The distance is `mark` − *a* on the side `below`, *a* − `mark` on the side `above`, and 0 where that is negative; on `both` sides *a* − `mark` with its sign"),
    "unit_points": Operation(_unit_points, "按单位增减 · points for units",
        "`start` + *a* × `points`",
        "`start` + *a* × `points`"),
    "per_unit": Operation(_per_unit, "按比例增减 · points in proportion",
        "`start` + 差距 ÷ `per` × `points`，取位；差距同上",
        "`start` + distance ÷ `per` × `points`, rounded; the distance as above"),
    "window": Operation(_window, "区间得分 · the score by a window",
        "`score` + 偏离 ÷ `per` × `points`，取位；偏离是 `low` − *a* 或 *a* − `high`，在 `low` 与 `high` 之间为 0",
        "`score` + outside ÷ `per` × `points`, rounded; outside is `low` − *a* or *a* − `high`, and 0 from `low` to `high`"),
    "mean": Operation(_mean, "平均 · a mean",
        "操作数之和 ÷ 个数，取位。被去掉的评分列在前面，标为 `skipped`：满 `from_raters` 人的组去掉 `drop` 个最低分和 `drop` 个最高分，分数相同时先去掉排在前面的",
        "the sum of the operands ÷ how many there are, rounded. Ratings that were dropped stand before it, `skipped`: of a group of `from_raters` and more the `drop` lowest and the `drop` highest, the earlier ones first among equals"),
    "median": Operation(_median, "中位数 · a median",
        "操作数由低到高排列后居中的一个；个数为偶数时是中间两个的平均，取位。被去掉的评分同上",
        "the operand in the middle once they stand in order; of an even number, the mean of the two there, rounded. Dropped ratings as above"),
}
# fmt: on
