"""The company's guides for the number and the weights of indicators."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from perfrules.codes.code import Text
from perfrules.model.declared import Block, Choice, Rows, Worked, key
from perfrules.model.kinds import COUNT, SHARE, WORDS
from perfrules.model.written import Placed

__all__ = ["Guardrail", "Guardrails", "Waiver"]

# fmt: off

Level = Literal["warning", "error"]

_LEVEL = Choice(("警告 · a warning", "错误 · an error"), ("warning", "error"), "level",
    "严重程度 · Level", "警告不影响计算，错误则方案不可用。", "A warning leaves the policy usable, an error does not.")


@dataclass(frozen=True, slots=True)
class Guardrail(Placed):
    """A guide: from `low` to `high`, a count of indicators or a sum of weights (ratios)."""

    low: Decimal | None
    high: Decimal | None
    level: Level


@dataclass(frozen=True, slots=True)
class CountRange(Guardrail):
    """Of how many indicators there are."""

    block: ClassVar = Block(expected=Text("个数范围，例如 `{min: 5, max: 8}`", "a range such as `{min: 5, max: 8}`"),
        at_least_one=True)
    low: Annotated[Decimal | None, key(COUNT,
        "最少个数 · Min", "指标最少几项。", "The fewest indicators.", example="5", unless=Text("不限", "no limit"), name="min")]
    high: Annotated[Decimal | None, key(COUNT,
        "最多个数 · Max", "指标最多几项。", "The most indicators.", example="8", unless=Text("不限", "no limit"), name="max")]
    level: Annotated[Level, key(_LEVEL,
        "严重程度 · Level",
        "只对本项生效，优先于上一级的 level。",
        "For this guide alone; goes before the level above.", example="error", absent=Worked(Text("同 `guardrails` 的 `level`", "that of `guardrails`")))]


@dataclass(frozen=True, slots=True)
class WeightRange(Guardrail):
    """Of what some weights add up to."""

    block: ClassVar = Block("weight_range", "权重范围 · Weight range",
        "权重合计的最低与最高占比。",
        "The lowest and the highest sum of weights.",
        Text("权重范围，例如 `{min: 60%, max: 70%}`", "a range such as `{min: 60%, max: 70%}`"),
        at_least_one=True)
    low: Annotated[Decimal | None, key(SHARE,
        "最低占比 · Min", "权重合计的最低占比。", "The lowest sum of weights.", example="60%", unless=Text("不限", "no limit"), name="min")]
    high: Annotated[Decimal | None, key(SHARE,
        "最高占比 · Max", "权重合计的最高占比。", "The highest sum of weights.", example="70%", unless=Text("不限", "no limit"), name="max")]
    level: Annotated[Level, key(_LEVEL,
        "严重程度 · Level",
        "只对本项生效，优先于上一级的 level。",
        "For this guide alone; goes before the level above.", example="error", absent=Worked(Text("同 `guardrails` 的 `level`", "that of `guardrails`")))]


@dataclass(frozen=True, slots=True)
class Waiver:
    """A guardrail that this policy may breach, and why."""

    block: ClassVar = Block("waiver", "豁免 · Waiver",
        "一条豁免及其理由，理由必填。",
        "One waived guide and the reason, which is required.",
        Text("豁免，例如 `{rule: outcome, reason: 经 HRBP 同意}`", "a waiver such as `{rule: outcome, reason: agreed by HRBP}`"))
    rule: Annotated[Literal["indicators", "outcome", "quantitative"], key(Choice((
            "指标个数 · the number of indicators", "结果类权重 · the weight of outcome indicators",
            "定量指标权重 · the weight of quantitative indicators")),
        "豁免哪一条 · Rule", "不受约束的管控线。", "The guide that may be breached.", example="quantitative")]
    reason: Annotated[str, key(WORDS,
        "理由 · Reason", "豁免的理由与批准人。", "Why, and who agreed.", example="\"channel sheet of 2024\"")]


@dataclass(frozen=True, slots=True)
class Guardrails:
    block: ClassVar = Block("guardrails", "管控线 · Guardrails",
        "公司对指标个数与权重结构的要求。",
        "The company's guides for the number and the weights of indicators.",
        Text("管控线，例如 `{indicators: {min: 5, max: 8}}`", "guardrails such as `{indicators: {min: 5, max: 8}}`"))
    level: ClassVar[Annotated[Level, key(_LEVEL,
        "严重程度 · Level",
        "突破管控线时是警告还是错误；不写则为警告。",
        "Whether a breach is a warning or an error; a warning if absent.",
        example="error", absent="warning", more=Text("对没有自己写 `level` 的各条生效", "for all guides that name no `level` of their own"))]]
    indicators: Annotated[CountRange | None, key(CountRange,
        "指标个数 · Indicators",
        "每人的指标个数，例如 5 到 8 项；权重 0% 的只展示，不计个数。",
        "The number of indicators that carry a weight, 5 to 8 for instance; one of 0 % is shown only.",
        example="{min: 5, max: 8}", unless=Text("不检查", "not looked at"))]
    outcome: Annotated[WeightRange | None, key(WeightRange,
        "结果类权重 · Outcome",
        "结果类指标的权重合计应在的范围。",
        "The range for the weights of all outcome indicators.",
        example="{min: 60%, max: 70%}",
        unless=Text("不检查", "not looked at"), more=Text("即 `stage: outcome` 的指标，按占总分的权重计", "those with `stage: outcome`, by their weights in the total"))]
    quantitative: Annotated[WeightRange | None, key(WeightRange,
        "定量指标权重 · Quantitative",
        "定量指标的权重合计应在的范围。",
        "The range for the weights of all quantitative indicators.",
        example="{min: 60%, max: 80%}",
        unless=Text("不检查", "not looked at"), more=Text("即 `nature: quantitative` 的指标，按占总分的权重计", "those with `nature: quantitative`, by their weights in the total"))]
    waive: Annotated[tuple[Waiver, ...], key(Rows(Waiver, Text("豁免列表，例如 `[{rule: quantitative, reason: 经 HRBP 同意}]`",
            "a list such as `[{rule: quantitative, reason: agreed by HRBP}]`")),
        "豁免 · Waive",
        "经批准不受某条管控线约束的项目及理由。",
        "Guides that this policy may breach, and why.", example="[{rule: outcome, reason: agreed by HRBP}]", absent=())]

    def each(self) -> Iterator[tuple[str, Guardrail]]:
        """The guides that there are, by their keys."""
        for name in ("indicators", "outcome", "quantitative"):
            one: Guardrail | None = getattr(self, name)
            if one is not None:
                yield name, one
