"""Scores by ratings of 360 degrees: the mean of each group, then the groups by weight."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from perfrules.codes.code import Text
from perfrules.model.declared import Block, Choice, Names, key
from perfrules.model.kinds import ID, NUMBER, POSITIVE_COUNT, SHARE
from perfrules.model.weights import EMPTY_GROUP, WeightTo
from perfrules.model.written import Constant, Placed

__all__ = ["RaterGroup", "Ratings", "Scale", "Trim"]

# fmt: off


@dataclass(frozen=True, slots=True)
class RaterGroup:
    """A group of raters and its weight, a ratio."""

    name: str
    weight: Constant


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and the highest rating."""

    block: ClassVar = Block(expected=Text("评分范围，例如 `{min: 0, max: 100}`", "a scale such as `{min: 0, max: 100}`"))
    low: Annotated[Decimal, key(NUMBER,
        "最低分 · Min", "评分允许的最低分。", "The lowest rating allowed.", name="min", example="1")]
    high: Annotated[Decimal, key(NUMBER,
        "最高分 · Max", "评分允许的最高分。", "The highest rating allowed.", name="max", example="5", more=Text("须高于 `min`", "above `min`"))]


@dataclass(frozen=True, slots=True)
class Trim:
    """A group of `from_raters` and more loses its `drop` highest and `drop` lowest ratings."""

    block: ClassVar = Block("trim", "去掉极端分 · Trim",
        "例如 5 人及以上去掉一个最高分和一个最低分。",
        "For instance: a group of 5 and more loses its highest and its lowest rating.",
        Text("去极端分规则，例如 `{drop: 1, from_raters: 5}`", "a rule such as `{drop: 1, from_raters: 5}`"))
    drop: Annotated[int, key(POSITIVE_COUNT,
        "两端各去几个 · Drop",
        "最高分和最低分各去掉几个。",
        "How many of the highest and of the lowest ratings are left out.", example="1")]
    from_raters: Annotated[int, key(POSITIVE_COUNT,
        "最少人数 · From raters",
        "评分人数达到几人才去极端分。",
        "How many raters a group needs before any is left out.", example="5", more=Text("须大于 `drop` 的两倍", "more than twice `drop`"))]


@dataclass(frozen=True, slots=True)
class Ratings(Placed):
    """360 degrees: the mean of each group, then the groups by weight."""

    block: ClassVar = Block("ratings", "多方评分 · Ratings",
        "360° 评分的评分组、分数范围与去极端分规则。",
        "The groups, the scale and the trimming of a 360° rating.",
        Text("多方评分设置，例如 `{groups: {manager: 100%}, scale: {min: 0, max: 100}}`",
            "settings such as `{groups: {manager: 100%}, scale: {min: 0, max: 100}}`"))
    groups: Annotated[tuple[RaterGroup, ...], key(Names(ID, SHARE, Text("评分组与权重，例如 `{manager: 50%, peer: 50%}`",
            "groups and weights such as `{manager: 50%, peer: 50%}`"), at_least_one=True),
        "评分组与权重 · Groups",
        "上级、同事、客户等评分组及其权重，合计 100%。",
        "The groups of raters (manager, peer, client…) and their weights, adding up to 100%.",
        example="{manager: 50%, peer: 30%, client: 20%}")]
    scale: Annotated[Scale, key(Scale,
        "评分范围 · Scale",
        "评分的最低分与最高分，超出即报错。",
        "The lowest and the highest rating; outside is an error.", example="{min: 0, max: 100}", more=Text("两端都含", "both ends included"))]
    by: Annotated[Literal["mean", "median"], key(Choice(("平均数 · the mean", "中位数 · the median")),
        "组内如何合成 · By",
        "一组评分取平均数还是中位数（居中的分数；人数为偶数时取中间两个的平均）；不写则取平均数。",
        "Whether the mean or the median of a group counts (the rating in the middle; of an even number, the mean of the middle two); the mean if absent.",
        example="median", absent="mean")]
    trim: Annotated[Trim | None, key(Trim,
        "去掉极端分 · Trim",
        "人数够多时去掉最高分和最低分；不写则不去。",
        "Leaves out the highest and the lowest ratings of a large group; none if absent.",
        example="{drop: 1, from_raters: 5}", unless=Text("不去", "none is dropped"))]
    empty_group: Annotated[Literal["error", "exclude"] | WeightTo, key(EMPTY_GROUP,
        "某组无人评分时 · Empty group",
        "某个评分组没有评分时如何处理；不写则报错。",
        "What to do where a group has no rating; an error if absent.", example="exclude", absent="error")]
