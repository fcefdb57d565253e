"""Rules that compare people: figures of a group, quotas of grades, awards."""

from collections.abc import Iterator, Mapping
from typing import Final

from perfrules.codes.code import Text
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import RATIO
from perfrules.words.rounding import MODES
from perfrules.words.rules.rule import Rule, formula, is_true, listed, member_figure, within
from perfrules.words.sentence import spaced

__all__ = ["award_rules", "distribution_rules", "group_figure_rules"]

_WAYS: Final = {
    "mean": Text("平均值", "mean"), "median": Text("中位数", "median"), "sum": Text("合计", "sum"),
    "count": Text("个数", "count"), "min": Text("最小值", "least"),
    "max": Text("最大值", "greatest"),
    "deviation": Text("总体标准差", "population standard deviation"),
}  # fmt: skip

_TIES: Final = {
    "keep_together": Text(
        "名额线上并列的，都按较好的结果", "those level across the line all get the better result"
    ),
    "keep_together_lower": Text(
        "名额线上并列的，都按较低的结果", "those level across the line all get the lower result"
    ),
    "all_get": Text(
        "并列的各得该名次的奖金", "those level with one another each get the prize of the place"
    ),
    "share": Text(
        "并列的平分所占各名次的奖金",
        "those level with one another split the prizes of the places that they take up",
    ),
}


def group_figure_rules(told: Glossary) -> Iterator[Rule]:
    """What a group comes to together, which its members' rules read."""
    for name, one in told.part("group_figures").items():
        of, group, way = member_figure(told, one["of"]), within(told, one), _WAYS[one["by"]]
        head = told.say(f"{group}「{of}」的{way.zh}", f"the {way.en} of the {of} of {group}")
        lines = []
        if "only_if" in one:
            when = formula(told, one["only_if"])
            lines.append(told.say(f"只计入：{when}", f"counted are those of whom {when}"))
        yield Rule(name, told.title("group_figures", name), head, tuple(lines))


def distribution_rules(told: Glossary) -> Iterator[Rule]:
    """Quotas of grades."""
    rule = told.part("distribution")
    if not rule:
        return
    group = within(told, rule)
    head = told.say(f"在{group}中排名", f"ranked among {group}")
    yield Rule(
        "distribution", told.say("等级名额", "Quotas of grades"), head, tuple(_seats(told, rule))
    )


def _seats(told: Glossary, rule: Json) -> Iterator[str]:
    yield _order(told, rule["order"])
    quotas = list(_quotas(told, rule["quotas"]))
    yield told.say("；", "; ").join(quotas)
    exact = [one for one in rule["quotas"].values() if not isinstance(one, Mapping)]
    if len(exact) == len(rule["quotas"]) == len(told.grades):
        yield told.say("等级只由名次决定", "places alone decide the grade")
    else:
        yield told.say(
            "等级只会因此降低，不会升高", "a grade is only ever lowered by it, never raised"
        )
    if "min_group" in rule:
        least = told.members(rule["min_group"])
        yield told.say(
            f"不足 {spaced(least)}的，并入上级单位一起排名",
            f"a group of less than {least} is ranked with its parent unit",
        )
    yield _TIES[rule["ties"]].into(told.language)
    if "only_if" in rule:
        when = formula(told, rule["only_if"])
        yield told.say(
            f"参加的人：{when}；其他人不占名额，等级不变",
            f"who takes part: {when}; the others take no seat and keep their grade",
        )


def _quotas(told: Glossary, quotas: Json) -> Iterator[str]:
    for grade, quota in quotas.items():
        title = told.grade(grade)
        if not isinstance(quota, Mapping):
            yield f"{spaced(title)}{told.number(quota, RATIO)}"
        for word, share in quota.items() if isinstance(quota, Mapping) else ():
            text = told.number(share, RATIO)
            if word == "at_most":
                yield told.say(f"{spaced(title)}最多 {text}", f"{title} at most {text}")
            else:
                yield told.say(f"{spaced(title)}至少 {text}", f"{title} at least {text}")


def _order(told: Glossary, order: Json) -> str:
    """`依次比较：总分（由高到低）`."""
    found = []
    for text in order:
        by, _, way = str(text).rpartition(" ")
        shown = formula(told, by)
        if way == "desc":
            found.append(told.say(f"{shown}（由高到低）", f"{shown} (highest first)"))
        else:
            found.append(told.say(f"{shown}（由低到高）", f"{shown} (lowest first)"))
    every = listed(told, found)
    return told.say(f"依次比较：{every}", f"compared by {every}")


def award_rules(told: Glossary) -> Iterator[Rule]:
    """Awards by rank or by a condition, with or without money."""
    for name, one in told.part("awards").items():
        yield Rule(
            name, told.title("awards", name), _head(told, name, one), tuple(_award(told, one))
        )


def _head(told: Glossary, name: str, one: Json) -> str:
    group = within(told, one)
    if "places" in one:
        measure = told.measure(f"awards.{name}.places.1")
        prizes = listed(told, (told.written(prize, measure) for prize in one["places"]))
        return told.say(
            f"在{group}中从第一名起依次得 {prizes}", f"from the first of {group} on: {prizes}"
        )
    if "top" not in one:
        return told.say("满足条件的都得", "for all who meet the condition")
    if "count" in one:
        share = told.number(one["top"], RATIO)
        return told.say(f"{group}的前 {share}", f"the top {share} of {group}")
    count = told.members(one["top"])
    return told.say(f"{group}的前 {count}", f"the top {count} of {group}")


def _award(told: Glossary, one: Json) -> Iterator[str]:
    if one.get("order"):
        yield _order(told, one["order"])
    if "count" in one:
        mode = MODES[one["count"]].into(told.language)
        yield told.say(f"人数不是整数时{mode}", f"a number of people that is not whole is {mode}")
        if is_true(one.get("at_least_one")):
            yield told.say("不足一人时仍评一人", "one at least, even where the share is less")
    if "ties" in one:
        yield _TIES[one["ties"]].into(told.language)
    if "only_if" in one:
        when = formula(told, one["only_if"])
        yield told.say(f"条件：{when}", f"on condition that {when}")
