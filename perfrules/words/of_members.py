"""Sentences of a unit's figures that come from those of its members, under pseudonyms."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import PLAIN
from perfrules.words.sentence import (
    Operation,
    Sentence,
    added,
    bracketed,
    by_division,
    equation,
    terms,
)

__all__ = ["OF_MEMBERS"]

_BY: Final = {
    "sum": Text("合计", "sum"),
    "mean": Text("平均值", "mean"),
    "weighted_mean": Text("加权平均值", "weighted mean"),
    "weighted_sum": Text("加权合计", "weighted sum"),
    "min": Text("最小值", "smallest"),
    "max": Text("最大值", "largest"),
}


_WEIGHTED: Final = ("weighted_mean", "weighted_sum")


def _roll_up(told: Glossary, step: Json) -> Sentence:
    how = terms(step)["by"]
    figures = step["operands"][::2] if how in _WEIGHTED else step["operands"]
    word, count = _BY[how].into(told.language), len(figures)
    plural = "" if count == 1 else "s"
    note = told.say(f"{count} 名成员的{word}", f"{word} of {count} member{plural}")
    numbers = [told.value(one) for one in figures]
    values = [Decimal(one["value"]) for one in figures]
    if how == "weighted_mean":
        said = _weighted_mean(told, step)
    elif how == "weighted_sum":
        each = told.say("每名成员的数乘以其权重", "each by its weight")
        said = Sentence(equation(told, added(_products(told, step)), step), (each,))
    elif count == 1:
        said = Sentence(told.amount(step))
    elif how == "sum":
        said = Sentence(equation(told, added(numbers), step))
    elif how == "mean":
        left = f"({added(numbers)}) ÷ {count}"
        said = by_division(told, left, step, sum(values, Decimal(0)), Decimal(count))
    else:
        said = Sentence(equation(told, f"{how}({', '.join(numbers)})", step))
    return Sentence(said.text, (note, *said.notes))


def _weighted_mean(told: Glossary, step: Json) -> Sentence:
    """`(90 × 100 + 60 × 200) ÷ 300`."""
    pairs = list(zip(step["operands"][::2], step["operands"][1::2], strict=True))
    products = _products(told, step)
    values = [Decimal(one["value"]) * Decimal(weight["value"]) for one, weight in pairs]
    weights = sum((Decimal(weight["value"]) for _, weight in pairs), Decimal(0))
    left = f"({added(products)}) ÷ {bracketed(told.number(weights, PLAIN))}"
    said = by_division(told, left, step, sum(values, Decimal(0)), weights)
    total = told.number(weights, PLAIN)
    note = told.say(
        f"每名成员的数乘以其权重，权重合计 {total}", f"each by its weight, {total} in all"
    )
    return Sentence(said.text, (note, *said.notes))


def _products(told: Glossary, step: Json) -> list[str]:
    """`90 × 100`, of each member."""
    pairs = zip(step["operands"][::2], step["operands"][1::2], strict=True)
    return [f"{told.value(one)} × {bracketed(told.value(weight))}" for one, weight in pairs]


# fmt: off
OF_MEMBERS: Final[Mapping[str, Operation]] = {
    "roll_up": Operation(_roll_up, "由成员汇总 · rolled up from members",
        "按 `by`：成员之和 `sum`、最小 `min`、最大 `max`，或平均（取位）。加权平均 `weighted_mean` 的操作数两两成对：Σ(数 × 权重) ÷ Σ权重；加权求和 `weighted_sum` 同样成对，只求 Σ(数 × 权重)，不作除法",
        "`by` says which: the sum (`sum`), the least (`min`), the most (`max`) or the mean of the members' figures, a mean rounded. A `weighted_mean` takes the operands in pairs: Σ(figure × weight) ÷ Σ weight; so does a `weighted_sum`, which is Σ(figure × weight) and is not divided"),
}
# fmt: on
