"""Sentences of what is dated, or comes from elsewhere: revisions, changed targets, members,
earlier cycles, follow-ups, objectives."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from perfrules.reports.glossary import Glossary, Json
from perfrules.reports.sentence import Sentence, added, by_division, equation, terms

__all__ = ["OF_ENTRIES"]


def _revise(told: Glossary, step: Json) -> Sentence:
    before, *entries = step["operands"]
    shown = told.grade(before["value"]) if step["kind"] == "grade" else told.value(before)
    after = told.grade(step["value"]) if step["kind"] == "grade" else told.amount(step)
    notes = tuple(_reason(told, told.steps[told.path(one)]) for one in entries)
    return Sentence(told.say(f"{shown} 调整为 {after}", f"{shown} becomes {after}"), notes)


def _reason(told: Glossary, entry: Json) -> str:
    """`2024-10-12，理由：…，批准人：…`."""
    origin = entry.get("origin", {})
    day, why, who = (origin.get(key, "") for key in ("as_of", "reason", "approved_by"))
    return told.say(
        f"{day}，原因：{why}；批准人：{who}", f"{day}, because: {why}; approved by {who}"
    )


def _changed(told: Glossary, step: Json) -> Sentence:
    before, *changes = step["operands"]
    path = " → ".join(told.value(one) for one in (before, *changes))
    notes = tuple(_reason(told, told.steps[told.path(one)]) for one in changes)
    text = told.say(f"{path}，以最后一次为准", f"{path}, the last one counts")
    return Sentence(text, notes)


def _span(told: Glossary, step: Json) -> Sentence:
    """Days or months from one day to another."""
    first, last = (told.value(one) for one in step["operands"])
    until = step["operation"].endswith("_until")
    unit = (
        told.say("天", "days")
        if step["operation"].startswith("days")
        else told.say("个月", "months")
    )
    number = step["value"]
    if until:
        return Sentence(
            told.say(
                f"{first} 起、{last} 之前：{number} {unit}",
                f"from {first} to before {last}: {number} {unit}",
            )
        )
    return Sentence(
        told.say(f"{first} 至 {last}：{number} {unit}", f"{first} to {last}: {number} {unit}")
    )


def _sum_product(told: Glossary, step: Json) -> Sentence:
    pairs = zip(step["operands"][::2], step["operands"][1::2], strict=True)
    terms_ = [f"{told.value(target)} × {time['value']}" for target, time in pairs]
    return Sentence(equation(told, added(terms_), step))


def _divide_weighted(told: Glossary, step: Json) -> Sentence:
    actual, total, weights = step["operands"]
    product = Decimal(actual["value"]) * Decimal(weights["value"])
    if terms(step)["direction"] == "lower_is_better":
        text = f"{told.value(total)} ÷ ({told.value(actual)} × {weights['value']})"
        return by_division(told, text, step, Decimal(total["value"]), product)
    text = f"{told.value(actual)} × {weights['value']} ÷ {told.value(total)}"
    return by_division(told, text, step, product, Decimal(total["value"]))


_BY: Final = {
    "sum": ("合计", "sum"),
    "mean": ("平均", "mean"),
    "weighted_mean": ("加权平均", "weighted mean"),
    "min": ("最小值", "smallest"),
    "max": ("最大值", "largest"),
}


def _roll_up(told: Glossary, step: Json) -> Sentence:
    how = terms(step)["by"]
    weighted = how == "weighted_mean"
    operands = step["operands"][::2] if weighted else step["operands"]
    word = told.say(*_BY[how])
    count = len(operands)
    text = told.say(
        f"{count} 名成员的{word}：{told.amount(step)}",
        f"{word} of {count} members: {told.amount(step)}",
    )
    if weighted:
        pairs = zip(step["operands"][::2], step["operands"][1::2], strict=True)
        shown = [f"{told.value(one)} × {told.value(weight)}" for one, weight in pairs]
        values = [
            Decimal(one["value"]) * Decimal(weight["value"])
            for one, weight in zip(step["operands"][::2], step["operands"][1::2], strict=True)
        ]
        weights = sum((Decimal(one["value"]) for one in step["operands"][1::2]), Decimal(0))
        left = f"({added(shown)}) ÷ {told.number(weights, told.measure(''))}"
        said = by_division(told, left, step, sum(values, Decimal(0)), weights)
        return Sentence(text, (said.text, *said.notes))
    numbers = [told.value(one) for one in operands]
    if how == "sum":
        return Sentence(text, (f"{added(numbers)} = {told.value(step)}",))
    if how == "mean":
        total = sum((Decimal(one["value"]) for one in operands), Decimal(0))
        said = by_division(told, f"({added(numbers)}) ÷ {count}", step, total, Decimal(count))
        return Sentence(text, (said.text, *said.notes))
    return Sentence(text, (told.say("、", ", ").join(numbers),))


def _streak(told: Glossary, step: Json) -> Sentence:
    grades = [told.grade(one["value"]) for one in step["operands"]]
    read = told.say("、", ", ").join(grades)
    number = step["value"]
    return Sentence(
        told.say(
            f"本期起往前依次为 {read}：连续 {number} 次",
            f"from this cycle backwards {read}: {number} in a row",
        )
    )


def _due(told: Glossary, step: Json) -> Sentence:
    start, days = (told.value(one) for one in step["operands"])
    return Sentence(
        told.say(
            f"{start} 起 {days} 天 → {step['value']}", f"{start} + {days} days = {step['value']}"
        )
    )


def _follow_up(told: Glossary, step: Json) -> Sentence:
    operands = step["operands"]
    if not step["value"]:
        return Sentence(told.say("条件不满足，不启动", "the condition is not met: not started"))
    if len(operands) > 1:
        due = operands[1]["value"]
        return Sentence(told.say(f"启动，{due} 到期", f"started, due on {due}"))
    return Sentence(told.say("启动", "started"))


def _objective_mean(told: Glossary, step: Json) -> Sentence:
    numbers = [told.value(one) for one in step["operands"]]
    exact = sum((Decimal(one["value"]) for one in step["operands"]), Decimal(0))
    left = numbers[0] if len(numbers) == 1 else f"({added(numbers)}) ÷ {len(numbers)}"
    said = by_division(told, left, step, exact, Decimal(len(numbers)))
    return said if len(numbers) > 1 else Sentence(told.amount(step))


OF_ENTRIES: Final[Mapping[str, Callable[[Glossary, Json], Sentence]]] = {
    "revise": _revise,
    "changed": _changed,
    "days_until": _span,
    "months_until": _span,
    "months": _span,
    "sum_product": _sum_product,
    "divide_weighted": _divide_weighted,
    "roll_up": _roll_up,
    "streak": _streak,
    "due": _due,
    "follow_up": _follow_up,
    "objective_mean": _objective_mean,
}
