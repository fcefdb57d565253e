"""Sentences of places in a group: who is compared, and where the subject stands.

Nothing is said of anybody else but numbers: how many there are, how many come before.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.words.expression_text import expression_text
from perfrules.words.glossary import Glossary, Json
from perfrules.words.sentence import Operation, Sentence, by_division, terms
from perfrules.words.value_names import unit_kind

__all__ = ["OF_GROUPS", "ahead_in_words", "comparison", "group_of", "place_in_words", "self_word"]

_SELF: Final = {
    "team": Text("本团队", "this team"), "department": Text("本部门", "this department"),
    "project": Text("本项目", "this project"),
}  # fmt: skip

_OTHERS: Final = {
    "team": Text("其他团队", "team"), "department": Text("其他部门", "department"),
    "project": Text("其他项目", "project"),
}  # fmt: skip

_POLICY: Final = re.compile(r" · [^ ]+@[^ ]+?\+*$")
"""What a group's name ends with where another one has the same name."""


def self_word(told: Glossary) -> str:
    """`本人`, or `本团队` where it is a team that is judged."""
    return _SELF.get(told.kind, Text("本人", "this person")).into(told.language)


def group_of(told: Glossary, step: Json) -> str:
    """Who is compared, from the group's name `distribution · department=销售部`: `部门 销售部`."""
    rule, within = _rule(told, told.path(step))
    name = step["origin"].get("group", "").removeprefix(f"{rule} · ")
    column, _, value = _POLICY.sub("", name).rstrip("+").partition("=")
    if not value:
        if within is None:
            return told.say("全体", "all of them")
        return told.say("人数不足的各组合并", "small groups taken together")
    title = told.text(told.resolved.get("title")) if column == "role" else ""
    shown = f"{unit_kind(told, column)} {title or value}"
    if within in (None, column):
        return shown
    own = unit_kind(told, str(within))
    return told.say(
        f"所在{own}人数不足，并入{shown}", f"{shown}, since there are too few in the {own}"
    )


def _rule(told: Glossary, path: str) -> tuple[str, str | None]:
    """The path of the rule that compares, and the column that it compares within."""
    path = path.replace("group.", "group_figures.", 1) if path.startswith("group.") else path
    keys = path.split(".")[: 1 if path.startswith("distribution.") else 2]
    rule = told.part(*keys)
    return ".".join(keys), rule.get("score", rule).get("within")


def _from_group(told: Glossary, step: Json) -> Sentence:
    number = told.amount(step)
    root, *parts = told.path(step).split(".")
    if root == "group" and len(parts) == 1:
        return Sentence(_statistic(told, parts[0], number))
    if not told.path(step).endswith((".size", ".shares")):
        return Sentence(number)
    group, member = group_of(told, step), step["origin"].get("member", "")
    own = self_word(told)
    return Sentence(
        told.say(
            f"{number}（{group}；{own}在组内的代号 {member}）",
            f"{number} ({group}; {own} is {member} there)",
        )
    )


_WAYS: Final = {
    "mean": Text("平均数", "mean"), "median": Text("中位数", "median"), "sum": Text("合计", "sum"),
    "count": Text("个数", "number"), "min": Text("最小值", "least"), "max": Text("最大值", "greatest"),
    "deviation": Text("总体标准差", "population standard deviation"),
}  # fmt: skip
"""What a figure of a group is, by its way."""


def _statistic(told: Glossary, name: str, number: str) -> str:
    """`83.5（4 人协作得分的平均数）`."""
    rule = told.part("group_figures", name)
    size = told.steps.get(f"group.{name}.size")
    way = _WAYS[rule["by"]].into(told.language)
    of = told.name(told.of_name(rule["of"]))
    if size is None or rule["by"] == "count":  # given, where one is judged alone
        return number
    many = told.members(size["value"])
    return told.say(f"{number}（{many}{of}的{way}）", f"{number} ({way} of {of}, {many})")


def _alone(told: Glossary, step: Json) -> Sentence:
    return Sentence(
        told.say(
            "单独计算，没有可比较的同组对象，不适用",
            "judged alone: there is nobody to compare with, so it does not apply",
        )
    )


def _too_small(told: Glossary, step: Json) -> Sentence:
    size, least = (told.members(one["value"]) for one in step["operands"])
    if terms(step).get("within") is None:
        return Sentence(
            told.say(
                f"只有 {size}，不足 {least}，不作强制分布",
                f"{size} in all, fewer than {least}: no distribution",
            )
        )
    return Sentence(
        told.say(
            f"与其他人数不足的组合并后只有 {size}，不足 {least}，不作强制分布",
            f"{size} with the other small groups, fewer than {least}: no distribution",
        )
    )


def ahead_in_words(told: Glossary, count: Decimal) -> str:
    """How many come before: `前面有 3 人`, `前面没有其他团队`."""
    if count:
        return told.say(f"前面有 {told.members(count)}", f"{told.members(count)} before")
    other = _OTHERS.get(told.kind)
    return told.say(
        f"前面没有{other.zh if other else '人'}",
        f"no {other.en} before" if other else "nobody before",
    )


def place_in_words(told: Glossary, above: Json, equal: Json, ties: str) -> str:
    """The place that counts, and how it comes about: `前面有 3 人，排第 4 名`."""
    before, level = Decimal(above["value"]), Decimal(equal["value"])
    ahead = ahead_in_words(told, before)
    place = before + level if ties == "keep_together_lower" else before + 1
    if level == 1:
        return told.say(f"{ahead}，排第 {place} 名", f"{ahead}, so place {place}")
    tied, own = told.members(level), self_word(told)
    return told.say(
        f"{ahead}，并列 {tied}（含{own}），均按第 {place} 名计",
        f"{ahead} and {tied} level, {own} among them, who all count as place {place}",
    )


def comparison(
    told: Glossary, order: Sequence[str], inside: str = "", *, by_grade: bool = False
) -> str:
    """By what a group was put in order: `依次比较：总分（高者在前）、成本（低者在前）`."""
    shown = [_sorting(told, one, inside) for one in order]
    if by_grade:
        shown.insert(0, told.say("原等级（好者在前）", "own grade (best first)"))
    listed = told.say("、", ", then ").join(shown)
    return told.say(f"排名依据：{listed}", f"compared by {listed}")


def _sorting(told: Glossary, one: str, inside: str) -> str:
    text, _, way = one.rpartition(" ")
    names = expression_text(
        text, lambda name: told.name(told.of_name(name, inside), inside), told.language
    )
    if way == "asc":
        return told.say(f"{names}（低者在前）", f"{names} (lowest first)")
    return told.say(f"{names}（高者在前）", f"{names} (highest first)")


def _percentile(told: Glossary, step: Json) -> Sentence:
    size, above, equal = (Decimal(one["value"]) for one in step["operands"])
    below = size - above - equal
    text = f"({below} + {equal} ÷ 2) ÷ {size}"
    quotient = by_division(told, text, step, 2 * below + equal, 2 * size)
    members, before, level, behind = (told.members(one) for one in (size, above, equal, below))
    own = self_word(told)
    who = told.say(
        f"同组 {members}：前面 {before}，并列 {level}（含{own}，按一半计），后面 {behind}",
        f"of {members} {before} before, {level} level ({own} among them, counted by half), "
        f"{behind} behind",
    )
    indicator = told.path(step).split(".")[1]
    figure = terms(step).get("of", "attainment")
    lower = told.part("indicators", indicator).get("direction") == "lower_is_better"
    way = "asc" if lower and figure == "actual" else "desc"
    by = comparison(told, [f"{figure} {way}"], indicator)
    return Sentence(quotient.text, (*quotient.notes, who, by))


# fmt: off
OF_GROUPS: Final[Mapping[str, Operation]] = {
    "from_group": Operation(_from_group, "组内的数 · a figure of the group",
        "组记录中，`origin` 所写代号的那名成员如此，见[下文](#组记录)",
        "the group's record says so of the member that `origin` names: [below](#the-record-of-a-group)"),
    "alone": Operation(_alone, "单独评价 · nobody to be compared with",
        "否：该对象单独评价，这条规则不适用",
        "false: the subject is judged by itself, and the rule is left out"),
    "too_small": Operation(_too_small, "人数不足 · a group that is too small",
        "否：组内有 *a* 人，不足 *b* 人，不做等级分布",
        "false: the group has *a* members, fewer than *b*, and its grades are not distributed"),
    "percentile": Operation(_percentile, "百分位 · the percentile",
        "组内 *a* 人，在前 *b* 人，并列 *c* 人：(2 × (*a* − *b* − *c*) + *c*) ÷ (2 × *a*)，取位。即胜过的人所占比例，并列者各算一半",
        "of a group of *a*, with *b* above and *c* equal: (2 × (*a* − *b* − *c*) + *c*) ÷ (2 × *a*), rounded. It is the share that the subject leaves behind, those level with it by half"),
}
# fmt: on
