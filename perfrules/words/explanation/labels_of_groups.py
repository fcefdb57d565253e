"""The names of lines of rules between subjects: of a distribution, of awards, of pools."""

from typing import Final

from perfrules.codes.code import Text
from perfrules.words.glossary import Glossary

__all__ = ["of_pay", "of_standing"]

_FIGURES: Final = {
    "size": Text("同组人数", "size of the group"),
    "above": Text("排在前面的人数", "before"),
    "equal": Text("并列人数", "level"),
}

_OF_UNITS: Final = {
    "size": Text("同组数量", "size of the group"),
    "above": Text("排在前面的数量", "before"),
    "equal": Text("并列数量", "level"),
}
"""Where it is not people who are compared."""

_POOL: Final = {
    "only_if": Text("发放条件", "condition"),
    "amount": Text("奖金池总额", "the pool"),
    "share": Text("份额", "share"),
    "shares": Text("份额合计", "all shares"),
    "left": Text("待分尾数", "left over"),
    "ahead": Text("分尾数时排在前面的人数", "first when it is handed out"),
}


def of_standing(told: Glossary, parts: list[str]) -> str:
    """The name of a step of a distribution, an award or a percentile; empty for another."""
    match parts:
        case ["distribution"]:
            return told.say("强制分布", "distribution")
        case ["group_figures", figure]:
            return told.title("group_figures", figure)
        case ["group_figures", figure, "only_if"]:
            title = told.title("group_figures", figure)
            return told.say(f"{title}：是否计入", f"{title}: counts")
        case ["group", figure, "size"]:
            title = told.title("group_figures", figure)
            return told.say(f"{title}：计入数量", f"{title}: counted")
        case ["distribution", "only_if"]:
            return told.say("参与条件", "condition of taking part")
        case ["distribution", "order", number] | ["awards", _, "order", number]:
            return told.say(f"第 {number} 排名依据", f"compared by ({number})")
        case ["distribution", "counts", grade]:
            return told.say(f"分布前 {grade} 级人数", f"with {grade} before")
        case ["distribution", "seats", grade]:
            return told.say(f"{grade} 级名额", f"seats for {grade}")
        case ["distribution", "open"]:
            return told.say("其余等级名额", "seats of the other grades")
        case ["awards", award]:
            return told.title("awards", award)
        case ["awards", _, "seats"]:
            return told.say("名额", "seats")
        case ["distribution", what] | ["awards", _, what] | ["indicators", _, "group", what] if (
            what in _FIGURES
        ):
            people = told.kind in ("person", "segment")
            return (_FIGURES if people else _OF_UNITS)[what].into(told.language)
    return ""


def of_pay(told: Glossary, parts: list[str], plan: str) -> str:
    """The name of a step in the block of a payout, where a pool makes it another."""
    match parts:
        case ["pools", pool]:
            return told.plan(pool)
        case ["pools", _, "share", "rounded"]:
            return told.say("份额（取位后）", "share, rounded")
        case ["pools", _, "share", *_]:
            return (
                told.say("份额（否决后）", "share after vetoes")
                if parts[3:]
                else _pool(told, "share")
            )
        case ["pools", _, what] if what in _POOL:
            return _pool(told, what)
        case ["pay", _, "part"]:
            return told.say("应得部分", "part")
        case ["pay", _, "prizes"]:
            return told.say("所占各名次的奖金合计", "prizes of the places taken up")
        case ["pay", _, "prize"]:
            return told.say("名次奖金", "prize")
        case ["pay", _, "whole"]:
            return told.say("分尾数后", "with what was left")
    if plan not in told.part("pools"):
        return ""
    # A pool that reads one name has no step of its own for it.
    path = ".".join(parts)
    for key, what in (("amount", "amount"), ("share_by", "share")):
        if told.of_name(str(told.part("pools", plan, key))) == path:
            return _pool(told, what)
    return ""


def _pool(told: Glossary, what: str) -> str:
    return _POOL[what].into(told.language)
