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
}
"""By the end of a path within its block."""


def label(told: Glossary, path: str, kind: str, name: str) -> str:
    """What the step at `path` is called in a block of this kind and name."""
    within = path.removeprefix(f"{kind}.{name}." if name else f"{kind}.")
    if within in _ENDS:
        return _ENDS[within].into(told.language)
    match path.split("."):
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
