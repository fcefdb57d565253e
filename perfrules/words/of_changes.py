"""Sentences of dated entries: changed targets and facts, calibrations and appeals.

Nothing is overwritten: each sentence has the value before, the value after, and the entry's day,
reason and approver.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from perfrules.words.glossary import Glossary, Json
from perfrules.words.sentence import (
    Operation,
    Sentence,
    added,
    by_division,
    equation,
    spaced,
    terms,
)

__all__ = ["OF_CHANGES", "is_change", "signed"]


def is_change(told: Glossary, step: Json) -> bool:
    """Whether a step is a dated entry: a changed target or fact, or one of a calibration or an
    appeal."""
    path = told.path(step)
    if path.startswith("person.") and "change" in path.split("."):
        return True
    return step["kind"] == "revision" or ".target.change." in path


def signed(told: Glossary, entry: Json) -> str:
    """`2024-10-12 校准或申诉；原因：漏记一单；批准人：…`, as far as the entry says so."""
    origin = entry.get("origin", {})
    day = origin.get("as_of", "")
    said = [told.say(f"{day} 校准或申诉", f"calibration or appeal of {day}")] if day else []
    if day and entry["kind"] != "revision":
        said = [told.say(f"自 {day} 起", f"from {day} on")]
    words = {"reason": told.say("原因：", "reason: ")}
    words["approved_by"] = told.say("批准人：", "approved by ")
    said += [f"{words[key]}{origin[key]}" for key in words if origin.get(key)]
    return told.say("；", "; ").join(said)


def _each_signed(told: Glossary, entries: list[Json]) -> Iterator[str]:
    found = (signed(told, told.steps[told.path(one)]) for one in entries)
    return (one for one in found if one)


def _revise(told: Glossary, step: Json) -> Sentence:
    before, *entries = step["operands"]
    notes = tuple(_each_signed(told, entries))
    if step["kind"] == "grade":
        first, last = told.grade(before["value"]), told.grade(step["value"])
        return Sentence(
            told.say(f"由 {spaced(first)}调整为 {last}", f"{first} becomes {last}"), notes
        )
    values = [told.value(one) for one in (before, *entries[:-1])]
    return Sentence(" → ".join((*values, told.amount(step))), notes)


def _changed(told: Glossary, step: Json) -> Sentence:
    before, *changes = step["operands"]
    values = [told.value(one) for one in (before, *changes[:-1])]
    text = " → ".join((*values, told.amount(step)))
    if len(changes) > 1:
        text += told.say("，以最后一次变更为准", ", the last change counts")
    return Sentence(text, tuple(_each_signed(told, changes)))


def _span(told: Glossary, step: Json) -> Sentence:
    """Days or months from one day to another."""
    first, last = (told.value(one) for one in step["operands"])
    time = told.amount(step)
    if step["operation"].endswith("_until"):
        return Sentence(
            told.say(
                f"{first} 起，到 {last} 前一天止：{time}",
                f"from {first} to the day before {last}: {time}",
            )
        )
    return Sentence(
        told.say(f"{first} 至 {last}，含首尾共 {time}", f"{first} to {last}, both included: {time}")
    )


def _sum_product(told: Glossary, step: Json) -> Sentence:
    pairs = zip(step["operands"][::2], step["operands"][1::2], strict=True)
    products = [f"{told.value(target)} × {told.value(time)}" for target, time in pairs]
    return Sentence(equation(told, added(products), step))


def _divide_weighted(told: Glossary, step: Json) -> Sentence:
    actual, total, weights = step["operands"]
    product = Decimal(actual["value"]) * Decimal(weights["value"])
    note = told.say(
        "即实际值与按时间加权的目标值相比，只在最后取位",
        "the actual against the target weighted by time, rounded once",
    )
    shown, time = told.value(actual), told.value(weights)
    if terms(step)["direction"] == "lower_is_better":
        left = f"{told.value(total)} ÷ ({shown} × {time})"
        said = by_division(told, left, step, Decimal(total["value"]), product)
    else:
        left = f"{shown} × {time} ÷ {told.value(total)}"
        said = by_division(told, left, step, product, Decimal(total["value"]))
    return Sentence(said.text, (*said.notes, note))


# fmt: off
OF_CHANGES: Final[Mapping[str, Operation]] = {
    "revise": Operation(_revise, "校准或申诉后 · after calibrations and appeals",
        "最后一个操作数，它必须是写明 `reason` 和 `approved_by` 的条目；*a* 是原值",
        "the last operand, which must be an entry with `reason` and `approved_by`; *a* is the value before"),
    "changed": Operation(_changed, "变更后的值 · a value that was changed",
        "最后一个操作数：最后一次变更后的值（目标值，或人员信息）；*a* 是原值，其余是各次变更",
        "the last operand: the value (a target, a column of people) as it was changed last; *a* is the one before, the others are the changes"),
    "days_until": Operation(_span, "到某天之前的天数 · days up to a day",
        "*b* − *a* 的天数：*b* 当天不算",
        "*b* − *a* in days: *b* no longer included"),
    "months_until": Operation(_span, "到某天之前的月数 · months up to a day",
        "同上，到 *b*（某月 1 日）为止，*b* 当天不算",
        "the same up to *b*, a first of a month, which is no longer included"),
    "months": Operation(_span, "月数 · months from first to last",
        "从 *a*（某月 1 日）到 *b*（某月最后一天）的月数",
        "the calendar months from *a*, a first of a month, to *b*, a last one"),
    "sum_product": Operation(_sum_product, "乘积之和 · a sum of products",
        "*a* × *b* + *c* × *d* + …：每个值 × 它有效的天数或月数",
        "*a* × *b* + *c* × *d* + …: each value × the days or months for which it was in force"),
    "divide_weighted": Operation(_divide_weighted, "按加权目标相除 · a quotient by a weighted target",
        "目标值按时间加权时：*a* × *c* ÷ *b*，*b* 是乘积之和，*c* 是时间之和；越低越好时为 *b* ÷ (*c* × *a*)。只取位一次，因为 *b* ÷ *c* 可能除不尽",
        "of a target that was weighted by time: *a* × *c* ÷ *b*, where *b* is the sum of the products and *c* that of the times; less is better: *b* ÷ (*c* × *a*). Rounded once, where *b* ÷ *c* may have no end"),
}
# fmt: on
