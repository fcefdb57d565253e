"""The name in front of a line: what the step's value is within its block."""

from collections.abc import Callable
from typing import Final

from perfrules.codes.code import Text
from perfrules.words.explanation.labels_of_groups import of_pay, of_standing
from perfrules.words.glossary import Glossary

__all__ = ["label"]

_ENDS: Final = {
    "actual": Text("实际值", "actual"),
    "actual.before": Text("原实际值", "actual as recorded"),
    "target": Text("目标值", "target"),
    "target.before": Text("原目标值", "target before"),
    "target.sum": Text("目标值 × 有效时间", "targets × time"),
    "target.weights": Text("有效时间合计", "time in all"),
    "baseline": Text("基线值", "baseline"),
    "attainment": Text("达成率", "attainment"),
    "attainment.formula": Text("达成率公式", "attainment formula"),
    "attainment.unrounded": Text("达成率（舍入前）", "attainment, unrounded"),
    "attainment.share": Text("折算权重", "weight in all"),
    "attainment.weighted": Text("加权达成率", "weighted attainment"),
    "percentile": Text("百分位", "percentile"),
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
    "weight": Text("权重", "weight"),
    "weight.raised": Text("合计权重", "weight in all"),
    "attainment.part": Text("板块内占比", "share of the section"),
    "parts": Text("份数合计", "sum of parts"),
    "weighted": Text("加权得分", "weighted score"),
    "weights": Text("权重合计", "sum of weights"),
    "sum": Text("合计", "sum"),
    "share": Text("按权重折算", "over the weights"),
    "adjusted": Text("加减分后", "with adjustments"),
    "factored": Text("校正后", "with the factors"),
    "cut": Text("封顶保底后", "within limits"),
    "rounded": Text("舍入", "rounded"),
    "by_total": Text("按总分", "by the total"),
    "capped": Text("否决后", "after vetoes"),
    "distributed": Text("强制分布后", "after the distribution"),
    "limited": Text("否决后", "after vetoes"),
    "points": Text("计算", "worked out"),
    "base": Text("计发基数", "base"),
    "by": Text("计发依据", "basis"),
    "of": Text("定额", "quota"),
    "rate": Text("发放比例", "rate"),
    "only_if": Text("发放条件", "condition"),
    "product": Text("计算", "worked out"),
    "sloped": Text("按直线计发", "on the slope"),
    "vetoed": Text("否决后", "after vetoes"),
    "less": Text("扣减后", "less deductions"),
    "at_least": Text("保底金额", "floor"),
    "at_most": Text("封顶金额", "cap"),
    "pay_total": Text("奖金合计", "total pay"),
    "days": Text("在岗天数", "days present"),
}
"""By the end of a path within its block."""

_OTHERWISE: Final = {
    ("attainment", "attainment"): Text("整体达成率", "overall attainment"),
    ("attainment", "sum"): Text("加权达成率合计", "sum"),
    ("okr", "okr"): Text("各目标平均", "mean of the objectives"),
    ("payouts", "sum"): Text("激励合计", "all incentives"),
    ("payouts", "at_least"): Text("合计保底", "floor of the sum"),
    ("payouts", "at_most"): Text("合计封顶", "limit of the sum"),
    ("payouts", "at_least.waived"): Text("合计保底", "floor of the sum"),
    ("payouts", "at_least.vetoed"): Text("合计保底（否决后）", "floor of the sum, after vetoes"),
    ("payouts", "at_least.whole"): Text("合计保底（可发金额）", "floor of the sum, in money"),
    ("payouts", "at_most.whole"): Text("合计封顶（可发金额）", "limit of the sum, in money"),
    ("awards", "only_if"): Text("参评条件", "condition"),
}
"""By the block as well, where that makes the name another."""

_OF_MOVED: Final = {
    "weights": Text("天数合计", "days in all"),
    "share": Text("按天数加权", "weighted by days"),
}


def label(told: Glossary, path: str, kind: str, name: str) -> str:
    """What the step at `path` is called in a block of this kind and name."""
    if told.steps.get(path, {}).get("operation") == "default":
        return told.name(path, name if kind == "indicators" else "")
    within = path.removeprefix(f"{kind}.{name}." if name else f"{kind}.")
    own = _OTHERWISE.get((kind, within)) or (_OF_MOVED.get(within) if told.moved else None)
    found = own or _ENDS.get(within)
    if found is not None and (within != path or path == kind):
        return found.into(told.language)
    parts = path.split(".")
    for find in _FAMILIES:
        text = find(told, parts, kind, name)
        if text:
            return text
    return told.name(path, name if kind == "indicators" else "")


def _of_indicator(told: Glossary, parts: list[str], kind: str, name: str) -> str:
    match parts:
        case [*_, "revision", number]:
            return told.say(f"校准或申诉 {number}", f"calibration or appeal {number}")
        case ["indicators", _, "actual", "revised", number] | [*_, "revised", number]:
            return told.say(f"第 {number} 次调整后", f"after entry {number}")
        case ["indicators", _, "target", "change", number]:
            return told.say(f"第 {number} 次目标变更", f"target change {number}")
        case ["indicators", _, "target", "since", number]:
            return told.say(f"第 {number} 次目标变更日期", f"day of target change {number}")
        case ["indicators", _, "target", "for", "0"]:
            return told.say("原目标值有效时间", "time of the first target")
        case ["indicators", _, "target", "for", number]:
            return told.say(f"第 {number} 次变更后有效时间", f"time after change {number}")
        case ["indicators", _, ("members" | "target_members") as which, number, *rest]:
            of = told.say("目标值", " target") if which == "target_members" else ""
            weight = told.say("权重", " weight") if rest else ""
            return told.say(f"成员 {number} ", f"member {number}").strip() + of + weight
        case ["indicators", indicator, "ratings", group, *rest] if indicator == name:
            return _of_raters(told, group, rest)
        case [*_, "quotient", _]:
            return told.say("除法", "division")
        case ["indicators", _, "score", *_] if kind == "indicators":
            if _is_revised(told, ".".join(parts)):
                return told.say("原得分", "score before")
            return told.say("得分（舍入前）", "score, unrounded")
    return ""


def _is_revised(told: Glossary, path: str) -> bool:
    """Whether a calibration or an appeal put another value in the place of this one."""
    return any(
        step["operation"] == "revise" and told.path(step["operands"][0]) == path
        for step in told.steps.values()
    )


def _of_total(told: Glossary, parts: list[str], kind: str, name: str) -> str:
    match parts:
        case ["adjustments", adjustment, *rest]:
            return told.title("adjustments", adjustment) + _end(told, rest)
        case ["vetoes", veto, *_]:
            return told.title("vetoes", veto)
        case ["total", "times", number]:
            return told.say(f"校正系数 {number}", f"factor {number}")
        case ["sections", _]:
            return told.say("板块得分", "section score")
        case ["segments", number, what] if what in _SEGMENTS:
            return _segment(told, number, _SEGMENTS[what].into(told.language))
        case ["proration", "days"]:
            return told.say("在岗天数", "days present")
    return ""


_SEGMENTS: Final = {
    "total": Text("总分", "total"),
    "days": Text("天数", "days"),
    "weighted": Text("总分 × 天数", "total × days"),
    "cap": Text("等级上限", "best grade"),
    "lowered": Text("奖金被否决项扣减", "pay lowered by a veto"),
}


def _segment(told: Glossary, number: str, what: str) -> str:
    return told.say(f"第 {number} 段{what}", f"segment {number}: {what}")


def _of_money(told: Glossary, parts: list[str], kind: str, name: str) -> str:
    match parts:
        case ["pay", _, "segments", number]:
            return _segment(told, number, told.say("奖金", "pay"))
        case ["pay", _, "segments", number, "weighted"]:
            return _segment(told, number, told.say("奖金 × 天数", "pay × days"))
        case ["pay", _, "less", number]:
            return told.say(f"第 {number} 项扣减", f"deduction {number}")
        case ["payouts", "at_least", "vetoed", number]:
            return told.say(f"合计保底（第 {number} 项否决后）", f"floor after veto {number}")
        case ["pay", _, "slices"]:
            return told.say("各段合计", "sum of the slices")
        case ["pay", _, "slices", number]:
            return told.say(f"第 {number} 段", f"slice {number}")
    return of_pay(told, parts, name) if kind == "pay" else ""


def _of_standing(told: Glossary, parts: list[str], kind: str, name: str) -> str:
    return of_standing(told, parts)


def _of_results(told: Glossary, parts: list[str], kind: str, name: str) -> str:
    match parts:
        case ["follow_ups", follow_up]:
            return told.title("follow_ups", follow_up)
        case ["follow_ups", follow_up, what]:
            title = told.title("follow_ups", follow_up)
            end = told.say("到期日", "due") if what == "due" else told.say("条件", "condition")
            return told.say(f"{title}{end}", f"{title}: {end}")
        case ["okr", number]:
            return str(told.steps[f"okr.{number}.objective"]["value"])
        case ["okr", _, "objective"]:
            return told.say("目标", "objective")
        case ["okr", number, key]:
            own = told.steps[f"okr.{number}.{key}"].get("origin", {}).get("source", "")
            return str(own) or told.say(f"关键结果 {key}", f"key result {key}")
        case ["last", "cycle"]:
            return told.say("周期", "cycle")
        case ["last", name, what]:
            return told.name(f"indicators.{name}.{what}")
        case ["last", what]:
            return told.name(what)
        case ["history", "1", "grade"]:
            return told.say("上期等级", "grade of last cycle")
        case ["history", number, "grade"]:
            return told.say(f"往前第 {number} 期等级", f"grade {number} cycles ago")
    return ""


_Family = Callable[[Glossary, list[str], str, str], str]
_FAMILIES: Final[tuple[_Family, ...]] = (
    _of_standing, _of_indicator, _of_total, _of_money, _of_results,
)  # fmt: skip


def _of_raters(told: Glossary, group: str, rest: list[str]) -> str:
    title = told.group(group)
    match rest:
        case ["weight", "raised"]:
            return told.say(f"{title}合计权重", f"{title}: weight in all")
        case ["weighted"]:
            return told.say(f"{title}加权", f"{title}, weighted")
        case [number] if number.isdigit():
            return told.say(f"{title}评分 {number}", f"{title} rating {number}")
    return told.say(f"{title}评分", f"{title} ratings")


def _end(told: Glossary, rest: list[str]) -> str:
    """`（限额后）` behind the title where the step is not the last of the adjustment."""
    if not rest:
        return ""
    end = _ENDS[rest[0]].into(told.language) if rest[0] in _ENDS else rest[0]
    return told.say(f"（{end}）", f" ({end})")
