"""What an indicator measures: its weight, target and figures, and what a gap in the data means."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.codes.figure_titles import figure_title
from perfrules.words.amounts import amount
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import PLAIN, RATIO
from perfrules.words.rules.rule import (
    Rule,
    formula,
    listed,
    member_figure,
    shares_weight,
)
from perfrules.words.rules.scores import score_lines

__all__ = ["figure_text", "indicator_rules", "target_of", "weight_of", "weight_share"]

_STAGES: Final = {"outcome": Text("结果类", "outcome"), "process": Text("过程类", "process")}
_NATURES: Final = {
    "quantitative": Text("定量", "quantitative"), "qualitative": Text("定性", "qualitative"),
}  # fmt: skip
_DIRECTIONS: Final = {
    "higher_is_better": Text("越高越好", "higher is better"),
    "lower_is_better": Text("越低越好", "lower is better"),
}
_MISSING: Final = {
    "error": Text("没有数据时，不能得出总分", "without a figure there can be no total"),
    "zero": Text("没有数据时，按 0 计", "without a figure it counts as 0"),
    "exclude": Text(
        "没有数据时，该指标不计，权重由其余指标按比例分担",
        "without a figure it is left out, and the others share its weight",
    ),
}
_BY: Final = {
    "sum": Text("合计", "the sum"), "mean": Text("平均值", "the mean"),
    "weighted_mean": Text("加权平均值", "the weighted mean"),
    "weighted_sum": Text("加权合计", "the weighted sum"),
    "min": Text("最小值", "the least"), "max": Text("最大值", "the greatest"),
}  # fmt: skip


def indicator_rules(told: Glossary) -> Iterator[Rule]:
    """Each indicator, in the order of the policy."""
    for name, one in told.part("indicators").items():
        lines = (*_nature(told, name, one), *_figures(told, name, one), *score_lines(told, name))
        yield Rule(name, told.title("indicators", name), weight_of(told, name), lines)


def weight_of(told: Glossary, name: str) -> str:
    """`权重 40%（占「业绩结果」）`."""
    one = told.part("indicators", name)
    weight = _weight(told, name, one["weight"])
    section = one.get("section")
    if section is None:
        return weight
    title = told.title("sections", section)
    return told.say(f"{weight}（占「{title}」）", f"{weight} (of {title})")


def weight_share(told: Glossary, name: str, given: object = None) -> str:
    """An indicator's weight in a table: `40%`, `2` parts; `given` is that of the data, a ratio."""
    weight = told.part("indicators", name)["weight"]
    if weight == "given" or isinstance(weight, Mapping):
        return "—" if given is None else told.number(given, RATIO)
    return told.number(weight, told.measure(f"indicators.{name}.weight"))


def target_of(told: Glossary, name: str, given: object = None) -> str:
    """An indicator's target in a table: that of the data, else the policy's."""
    target = told.part("indicators", name)["target"] if given is None else given
    if target in ("none", "required"):
        return "—" if target == "none" else told.say("随数据给定", "of the data")
    return figure_text(told, name, target)


def figure_text(told: Glossary, name: str, value: object) -> str:
    """A figure of an indicator as tables have it: `1,000,000 元`."""
    unit = told.part("indicators", name).get("unit", "")
    return amount(Decimal(str(value)), unit, told.language)


def _weight(told: Glossary, name: str, weight: object) -> str:
    if weight == "given":
        return told.say("权重随数据给定", "weight given with the data")
    if isinstance(weight, Mapping):
        limits = weight["given"]
        least, most = (
            told.number(limits.get(key, absent), RATIO)
            for key, absent in (("at_least", "0"), ("at_most", "1"))
        )
        return told.say(
            f"权重随数据给定，在 {least} 到 {most} 之间",
            f"weight given with the data, from {least} to {most}",
        )
    measure = told.measure(f"indicators.{name}.weight")
    text = told.number(weight, measure)
    if measure.is_ratio:
        return told.say(f"权重 {text}", f"weight {text}")
    return told.say(f"权重 {text} 份", f"weight of {text} parts")


def _nature(told: Glossary, name: str, one: Json) -> Iterator[str]:
    words = [
        table[one[key]].into(told.language)
        for table, key in ((_STAGES, "stage"), (_NATURES, "nature"))
    ]
    # What is scored by its distance from a mark, or within a window, is not the better for being
    # higher: a policy just leaves it at that.
    if one["direction"] == "lower_is_better" or {"bands", "formula"} & one["score"].keys():
        words.append(_DIRECTIONS[one["direction"]].into(told.language))
    if one.get("unit"):
        unit = told.measure(f"indicators.{name}.actual")
        shown = "%" if unit.is_ratio else unit.unit or one["unit"]
        words.append(told.say(f"单位 {shown}", f"in {shown}"))
    yield told.say("，", ", ").join(words)
    if one.get("source"):
        source = Text.halves(one["source"]).into(told.language)
        yield told.say(f"数据来源：{source}", f"source: {source}")
    if one.get("evidence") == "required":
        yield told.say("每个数据都须注明依据", "every figure has to name its evidence")


def _figures(told: Glossary, name: str, one: Json) -> Iterator[str]:
    for key in ("target", "baseline"):
        yield from _needed(told, name, key, one)
    if one.get("figures"):
        titles = listed(told, (figure_title(each).into(told.language) for each in one["figures"]))
        yield told.say(f"另有每人的数据：{titles}", f"further figures of each person: {titles}")
    for key, rule in one.get("roll_up", {}).items():
        yield _rolled_up(told, key, rule)
    if one.get("from_history"):
        cycle = one["from_history"]
        yield told.say(
            f"实际值取 {cycle} 周期的总分", f"the actual is the total of the cycle {cycle}"
        )
    yield from _attainment(told, name, one)
    missing = one["missing"]
    if isinstance(missing, Mapping):
        receivers = missing["weight_to"]
        named = (told.title("indicators", each) for each in receivers)
        to = shares_weight(told, receivers, named)
        yield told.say(f"没有数据时，{to}", f"without a figure, {to}")
    else:
        yield _MISSING[missing].into(told.language)


def _needed(told: Glossary, name: str, key: str, one: Json) -> Iterator[str]:
    """A target or a baseline: of the data, or the policy's where the data have none."""
    title, need = figure_title(key).into(told.language), one[key]
    if need == "required":
        if key not in one.get("roll_up", {}):
            yield told.say(f"{title}：随数据给定", f"{title}: given with the data")
    elif need != "none":
        number = told.written(need, told.measure(f"indicators.{name}.{key}"))
        yield told.say(
            f"{title}：{number}（数据另有给定的，以数据为准）",
            f"{title}: {number}, unless the data give another",
        )


def _rolled_up(told: Glossary, key: str, rule: Json) -> str:
    title, how = figure_title(key), _BY[rule["by"]]
    of = member_figure(told, rule["of"])
    if "weight" in rule:
        weight = member_figure(told, rule["weight"])
        return told.say(
            f"{title.zh}由成员汇总：各成员「{of}」的{how.zh}，以「{weight}」为权重",
            f"the {title.en} comes from the members: {how.en} of their {of}, by their {weight}",
        )
    return told.say(
        f"{title.zh}由成员汇总：各成员「{of}」的{how.zh}",
        f"the {title.en} comes from the members: {how.en} of their {of}",
    )


def _attainment(told: Glossary, name: str, one: Json) -> Iterator[str]:
    own = one.get("attainment")
    if own:
        text = formula(told, own, name)
        yield told.say(f"达成率 = {text}", f"attainment = {text}")
        return
    if one["target"] == "none":
        return
    actual, target, baseline = (
        told.name(f"indicators.{name}.{key}", name) for key in ("actual", "target", "baseline")
    )
    if one["baseline"] != "none":
        text = f"({actual} − {baseline}) ÷ ({target} − {baseline})"
    elif one["direction"] == "lower_is_better":
        text = f"{target} ÷ {actual}"
    else:
        text = f"{actual} ÷ {target}"
    yield told.say(f"达成率 = {text}", f"attainment = {text}")
    if "zero_actual" in one:
        ratio = told.number(one["zero_actual"], RATIO)
        yield told.say(
            f"实际值为 {told.number('0', PLAIN)} 时，达成率按 {ratio} 计",
            f"an actual of {told.number('0', PLAIN)} counts as an attainment of {ratio}",
        )
