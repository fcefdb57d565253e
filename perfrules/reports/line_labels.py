"""The name in front of a line: what the step's value is within its block."""

from typing import Final

from perfrules.codes.code import Text
from perfrules.reports.glossary import Glossary

__all__ = ["label"]

_ENDS: Final = {
    "actual": Text("实际值", "actual"),
    "target": Text("目标值", "target"),
    "baseline": Text("基线值", "baseline"),
    "attainment": Text("达成率", "attainment"),
    "attainment.formula": Text("达成率公式", "attainment formula"),
    "attainment.unrounded": Text("达成率（舍入前）", "attainment, unrounded"),
    "score": Text("得分", "score"),
    "score.formula": Text("得分公式", "score formula"),
    "score.units": Text("计分单位", "units"),
    "score.points": Text("得分（计算）", "score, worked out"),
    "score.sum": Text("各组合计", "sum of the groups"),
    "score.share": Text("按权重折算", "over the weights"),
    "score.weights": Text("权重合计", "sum of weights"),
    "score.cut": Text("得分（封顶保底后）", "score, within limits"),
    "score.weighted": Text("加权得分", "weighted score"),
    "excluded": Text("不计入", "left out"),
    "weighted": Text("加权得分", "weighted score"),
    "weights": Text("权重合计", "sum of weights"),
    "sum": Text("合计", "sum"),
    "share": Text("按权重折算", "over the weights"),
    "adjusted": Text("加减分后", "with adjustments"),
    "cut": Text("封顶保底后", "within limits"),
    "rounded": Text("舍入", "rounded"),
    "by_total": Text("按总分", "by the total"),
    "points": Text("计算", "worked out"),
    "base": Text("计发基数", "base"),
    "by": Text("计发依据", "basis"),
    "rate": Text("发放比例", "rate"),
    "only_if": Text("发放条件", "condition"),
    "product": Text("计算", "worked out"),
    "vetoed": Text("否决后", "after vetoes"),
    "days": Text("在岗天数", "days present"),
    "percentile": Text("百分位", "percentile"),
    "group.size": Text("同组人数", "people in the group"),
    "group.above": Text("在其前面的人数", "people before"),
    "group.equal": Text("并列人数（含本人）", "people level, itself included"),
    "actual.before": Text("原实际值", "actual as recorded"),
    "target.before": Text("原目标值", "target before"),
    "target.sum": Text("目标值 × 时间 合计", "targets x time"),
    "target.weights": Text("时间合计", "time in all"),
    "own": Text("按总分", "by the total"),
    "capped": Text("否决后", "after vetoes"),
    "distributed": Text("分布后", "after the distribution"),
    "limited": Text("否决后", "after vetoes"),
    "size": Text("同组人数", "people in the group"),
    "above": Text("在其前面的人数", "people before"),
    "equal": Text("并列人数（含本人）", "people level, itself included"),
    "seats": Text("名额", "places"),
    "open": Text("其余等级名额", "places of the other grades"),
}
"""By the end of a path within its block."""


_CHANGES: Final = {
    "change": ("第 # 次调整后的目标值", "target after change #"),
    "since": ("第 # 次调整日期", "date of change #"),
    "for": ("第 # 段目标有效时间", "time of target #"),
}

_SEGMENTS: Final = {
    "total": ("总分", "total"),
    "days": ("天数", "days"),
    "weighted": ("总分 × 天数", "total x days"),
    "cap": ("等级上限", "best grade"),
}

_POOLS: Final = {
    "only_if": ("发放条件", "condition"),
    "amount": ("奖金池总额", "amount of the pool"),
    "share": ("份额", "share"),
    "shares": ("份额合计", "sum of all shares"),
    "left": ("待分尾数份数", "units left over"),
    "ahead": ("余数更大的人数", "people with a larger remainder"),
}


def label(told: Glossary, path: str, kind: str, name: str) -> str:
    """What the step at `path` is called in a block of this kind and name."""
    within = path.removeprefix(f"{kind}.{name}." if name else f"{kind}.")
    if within in _ENDS:
        return _ENDS[within].into(told.language)
    match path.split("."):
        case [*_, "revision", number]:
            return told.say(f"调整 {number}", f"entry {number}")
        case [*_, "revised", number]:
            return told.say(f"第 {number} 次调整后", f"after entry {number}")
        case ["indicators", _, "target", ("change" | "since" | "for") as what, number]:
            return told.say(*_CHANGES[what]).replace("#", number)
        case ["indicators", _, ("members" | "target_members"), number, *rest]:
            end = told.say("权重", " weight") if rest else ""
            return told.say(f"成员 {number}", f"member {number}") + end
        case ["distribution"]:
            return told.say("强制分布", "distribution")
        case ["distribution", "order", number] | ["awards", _, "order", number]:
            return told.say(f"排序依据 {number}", f"compared by {number}")
        case ["distribution", "counts", grade]:
            return told.say(f"分布前 {grade} 级人数", f"people with {grade} before")
        case ["distribution", ("size" | "above" | "equal" | "open") as what]:
            return _ENDS[what].into(told.language)
        case ["distribution", "seats", grade]:
            return told.say(f"{grade} 级名额", f"places for {grade}")
        case ["awards", award]:
            return told.title("awards", award)
        case ["awards", _, "only_if"]:
            return told.say("参评条件", "condition")
        case ["segments", number, what]:
            return told.say(f"第 {number} 段", f"part {number}: ") + told.say(*_SEGMENTS[what])
        case ["pay", _, "segments", number, *rest]:
            part = told.say(f"第 {number} 段", f"part {number}")
            return part + (told.say(" × 天数", " x days") if rest else "")
        case ["pools", _, what] if what in _POOLS:
            return told.say(*_POOLS[what])
        case ["pools", _, "share", *_]:
            return told.say("份额（否决后）", "share after vetoes")
        case ["pay", _, "part"]:
            return told.say("应分金额（舍尾）", "part, cut")
        case ["follow_ups", name, *rest]:
            ends = {"when": told.say("条件", "condition"), "due": told.say("到期日", "due")}
            title = told.title("follow_ups", name)
            return (
                told.say(f"{title}：{ends[rest[0]]}", f"{title}: {ends[rest[0]]}")
                if rest
                else title
            )
        case ["okr"]:
            return told.say("目标平均", "mean of the objectives")
        case ["okr", number]:
            return str(told.steps[f"okr.{number}.objective"]["value"])
        case ["okr", number, key]:
            return told.steps[path].get("origin", {}).get("source") or told.say(
                f"关键结果 {key}", f"key result {key}"
            )
        case ["attainment", *rest]:
            return told.say("整体达成率", "overall attainment") if not rest else rest[0]
        case ["history", number, "grade"]:
            return told.say(f"往前第 {number} 期等级", f"grade {number} cycle(s) ago")
        case ["indicators", indicator, "ratings", group, *rest] if indicator == name:
            return _of_group(told, group, rest)
        case [*_, "quotient", _]:
            return told.say("除法", "division")
        case ["indicators", _, "score", *_]:
            return told.say("得分（舍入前）", "score, unrounded")
        case ["adjustments", adjustment, *rest]:
            return told.title("adjustments", adjustment) + _end(told, rest)
        case ["vetoes", veto, *_]:
            return told.title("vetoes", veto)
        case ["sections", _]:
            return told.say("板块得分", "section score")
        case ["pay", _, "slices"]:
            return told.say("各段合计", "sum of the slices")
        case ["pay", _, "slices", number]:
            return told.say(f"第 {number} 段", f"slice {number}")
        case ["proration", "days"]:
            return told.say("在岗天数", "days present")
        case ["cycle", ("from" | "to") as end]:
            first = end == "from"
            return told.say("周期开始" if first else "周期结束", f"cycle {end}")
    return told.name(path, name if kind == "indicators" else "")


def _of_group(told: Glossary, group: str, rest: list[str]) -> str:
    title = told.group(group)
    match rest:
        case []:
            return told.say(f"{title}评分", f"{title} ratings")
        case ["weighted"]:
            return told.say(f"{title}加权", f"{title}, weighted")
        case ["excluded"]:
            return told.say(f"{title}评分", f"{title} ratings")
        case [number]:
            return told.say(f"{title}评分 {number}", f"{title} rating {number}")
    return title


def _end(told: Glossary, rest: list[str]) -> str:
    """`（限额后）` behind the title where the step is not the last of the adjustment."""
    if not rest:
        return ""
    end = _ENDS[rest[0]].into(told.language) if rest[0] in _ENDS else rest[0]
    return told.say(f"（{end}）", f" ({end})")
