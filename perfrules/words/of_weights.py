"""Sentences of weights that go from what is missing to what has a figure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfrules.words.glossary import Glossary, Json
from perfrules.words.sentence import Operation, Sentence, added, equation

__all__ = ["OF_WEIGHTS"]


def _pass_weight(told: Glossary, step: Json) -> Sentence:
    """To whom the weight goes is seen from the one that takes it."""
    path, weight = told.path(step), step["operands"][0]
    why = told.say("没有数据", "no data")
    if ".ratings." in path:
        why = told.say("没有人评分", "nobody rated")
    giver = path.removesuffix(".excluded")
    taker = next((to for to in _takers(told) if giver in map(_of, _given(told, to))), None)
    if Decimal(weight["value"]) == 0:
        return Sentence(told.say(f"{why}；权重为 0，不影响得分", f"{why}; it carries no weight"))
    if taker is None:
        return Sentence(told.say(f"{why}，不计入", f"{why}, left out"))
    shown, name = told.value(weight), _called(told, _of(taker))
    return Sentence(
        told.say(
            f"{why}，不计入；权重 {shown} 全部转给「{name}」",
            f"{why}, left out; its weight of {shown} goes whole to “{name}”",
        )
    )


def _takers(told: Glossary) -> list[str]:
    return [path for path, one in told.steps.items() if one["operation"] == "take_weight"]


def _given(told: Glossary, taker: str) -> list[str]:
    """The paths of the weights that were passed on to a taker."""
    return [told.path(one) for one in told.steps[taker]["operands"][1:]]


def _of(path: str) -> str:
    """Whose weight stands at a path: of an indicator, or of a group of raters."""
    before, found, group = path.partition(".score.ratings.groups.")
    if found:
        return f"{before}.ratings.{group}"
    return path.removesuffix(".raised").removesuffix(".weight")


def _called(told: Glossary, path: str) -> str:
    _, indicator, *rest = path.split(".")
    return told.group(rest[-1]) if rest else told.title("indicators", indicator)


def _take_weight(told: Glossary, step: Json) -> Sentence:
    own, *others = step["operands"]
    titles = [_called(told, _of(told.path(one))) for one in others]
    values = [told.value(one) for one in others]
    named = [f"{title} {value}" for title, value in zip(titles, values, strict=True)]
    names = told.say("、".join(f"「{one}」" for one in titles), ", ".join(titles))
    note = told.say(
        f"{names}没有数据，权重转到这里", f"with the weight of what has no data: {names}"
    )
    if ".ratings." in told.path(step):
        note = told.say(
            f"{names}没有人评分，权重转到这里",
            f"with the weight of those who did not rate: {names}",
        )
    return Sentence(equation(told, added([told.value(own), *named]), step), (note,))


# fmt: off
OF_WEIGHTS: Final[Mapping[str, Operation]] = {
    "pass_weight": Operation(_pass_weight, "不计，权重转给指定项 · left out, its weight passed on",
        "是：没有数据，该指标或评分组不计；权重 *a* 全部转给 `weight_to` 所列各项中第一个自己有数据、权重不为 0 的，见那一项的 `take_weight`",
        "true: it has no data and is left out; its weight *a* goes whole to the first in `weight_to` that has a figure of its own and a weight above 0: see the `take_weight` of that one"),
    "take_weight": Operation(_take_weight, "加上转来的权重 · a weight with what was passed on to it",
        "各操作数之和：自己的权重 *a*，其后是转来的权重",
        "the sum of the operands: its own weight *a*, then those that were passed on to it"),
}
# fmt: on
