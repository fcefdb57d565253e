"""Sentences of dated entries: changed targets, calibrations and appeals.

Nothing is overwritten: each sentence has the value before, the value after, and the entry's day,
reason and approver.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from perfrules.words.glossary import Glossary, Json
from perfrules.words.sentence import Sentence, added, by_division, equation, spaced, terms

__all__ = ["OF_CHANGES", "is_change", "signed"]


def is_change(told: Glossary, step: Json) -> bool:
    """Whether a step is a dated entry: a changed target, or one of a calibration or an appeal."""
    return step["kind"] == "revision" or ".target.change." in told.path(step)


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


OF_CHANGES: Final[Mapping[str, Callable[[Glossary, Json], Sentence]]] = {
    "revise": _revise,
    "changed": _changed,
    "days_until": _span,
    "months_until": _span,
    "months": _span,
    "sum_product": _sum_product,
    "divide_weighted": _divide_weighted,
}
