"""How a figure becomes a score: one class for each form that `score:` can take.

`Scoring` is the table of them: a key for each form, and what goes with it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.model.bands import Band, Bands, Basis
from perfrules.model.declared import Block, Choice, Names, Rows, Worked, choose_one, key
from perfrules.model.kinds import EXPRESSION, FIGURE, ID, NUMBER, STEP, WORDS
from perfrules.model.ratings import Ratings
from perfrules.model.written import Constant, Limited, Placed

__all__ = [
    "Direct",
    "FormulaScore",
    "Level",
    "Levels",
    "PerUnit",
    "Score",
    "Scoring",
    "Window",
    "YesNo",
]

# fmt: off

_BASIS = Choice(("看达成率 · looks at the attainment", "看实际值 · looks at the actual"), ("attainment", "actual"),
    "basis", "依据 · Basis", "看达成率还是看实际值。", "Whether the attainment or the actual is looked at.")


@dataclass(frozen=True, slots=True)
class Direct(Placed):
    """The actual is the score; outside `low` to `high` it is an error."""

    block: ClassVar = Block("direct", "直接计分 · Direct",
        "实际值即得分，须在最低分与最高分之间。",
        "The actual is the score, and must lie within min and max.",
        Text("分数范围，例如 `{min: 0, max: 100}`", "a range such as `{min: 0, max: 100}`"))
    low: Annotated[Decimal, key(NUMBER,
        "最低分 · Min", "允许的最低分。", "The lowest score allowed.", example="0", name="min", more=Text("含", "inclusive"))]
    high: Annotated[Decimal, key(NUMBER,
        "最高分 · Max", "允许的最高分。", "The highest score allowed.", example="100", name="max", more=Text("含，须高于 `min`", "inclusive, above `min`"))]


_LEVELS = Names(WORDS, NUMBER,
    Text("评语与得分，例如 `{优秀: 100, 良好: 80}`", "words and scores such as `{优秀: 100, 良好: 80}`"), True,
    "levels", "评级计分 · Levels", "评语档次与得分的对照表，不在表中的评语会报错。", "Words and their scores; a word that is not here is an error.")


@dataclass(frozen=True, slots=True)
class Level(Placed):
    """A word and its score."""

    name: str
    score: Decimal


@dataclass(frozen=True, slots=True)
class Levels(Placed):
    rows: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class PerUnit(Limited, Placed):
    """`points` for every `per` between the figure and `mark`, added to `start`, then cut."""

    block: ClassVar = Block("per_unit", "按单位增减分 · Per unit",
        "例如目标 80，每低 5 个点扣 5 分：实际 71 得 95 分。",
        "For instance: mark 80, 5 points off for every 5 short; 71 scores 95.",
        Text("按单位增减的设置，例如 `{start: 100, mark: 80, side: below, per: 5, points: -5}`",
            "settings such as `{start: 100, mark: 80, side: below, per: 5, points: -5}`"))
    on: Annotated[Basis, key(_BASIS,
        "依据 · On",
        "看达成率（attainment）还是实际值（actual）。分档和区间默认看达成率，按单位增减默认看实际值。",
        "Whether the attainment or the actual is looked at: “bands” and “window” look at the attainment if absent, “per_unit” at the actual.",
        example="attainment", absent="actual", more=Text("也可以与 `per_unit` 并列", "may also stand beside `per_unit`"))]
    start: Annotated[Decimal, key(NUMBER,
        "基础分 · Start", "刚好达到标准时的得分。", "The score at the mark.", example="100")]
    mark: Annotated[Decimal, key(FIGURE,
        "标准 · Mark", "从哪里起算差距。", "Where the difference is counted from.", example="80", more=Text("用所看数据的单位", "in the unit of what is looked at"))]
    side: Annotated[Literal["below", "above", "both"], key(Choice((
            "只计低于标准的部分 · counts what lies below", "只计高于标准的部分 · counts what lies above", "高低都计（高为正、低为负） · counts both, signed")),
        "计哪一侧 · Side",
        "只计低于标准、只计高于标准，还是两侧都计。",
        "Whether what lies below the mark, above it, or both is counted.",
        example="below",
        more=Text("写 `both` 时，高出的部分按 `points` 的正负计，低于的部分正负相反", "with `both`, what lies above counts with the sign of `points`, what lies below with the opposite one"))]
    per: Annotated[Decimal, key(STEP,
        "单位 · Per", "每差多少算一个单位，须大于 0。", "How much makes one unit; above 0.", example="5")]
    points: Annotated[Decimal, key(NUMBER,
        "每单位分值 · Points",
        "每个单位增减多少分，扣分写负数。",
        "The points for each unit; negative where they are taken off.", example="-5")]
    whole_units: Annotated[Literal["down", "up", "no"], key(Choice((
            "不足一个单位不计 · a started unit does not count", "不足一个单位按一个计 · a started unit counts as one", "按比例计 · in proportion")),
        "零头处理 · Whole units",
        "不足一个单位时如何计；不写则不计。",
        "How a started unit counts; not at all if absent.", example="up", absent="down")]
    at_least: Annotated[Constant | None, key(NUMBER,
        "下限 · At least",
        "结果低于此数时按此数计；不写则不设下限。",
        "A lower result counts as this; no lower limit if absent.", example="0", unless=Text("不限", "no limit"))]
    at_most: Annotated[Constant | None, key(NUMBER,
        "上限 · At most",
        "结果高于此数时按此数计；不写则不设上限。",
        "A higher result counts as this; no upper limit if absent.", example="120", unless=Text("不限", "no limit"))]


@dataclass(frozen=True, slots=True)
class Window(Limited, Placed):
    """`score` from `low` to `high` inclusive; `points` for every `per` outside, proportionally."""

    block: ClassVar = Block("window", "目标区间计分 · Window",
        "例如预算执行 95%–105% 得 100 分，每偏出 1% 扣 2 分：112% 得 86 分。",
        "For instance: 95%–105% of the budget scores 100, 2 points off for each 1% outside; 112% scores 86.",
        Text("目标区间，例如 `{low: 95%, high: 105%, score: 100, per: 1%, points: -2}`",
            "a window such as `{low: 95%, high: 105%, score: 100, per: 1%, points: -2}`"))
    on: Annotated[Basis, key(_BASIS,
        "依据 · On",
        "看达成率（attainment）还是实际值（actual）。分档和区间默认看达成率，按单位增减默认看实际值。",
        "Whether the attainment or the actual is looked at: “bands” and “window” look at the attainment if absent, “per_unit” at the actual.",
        example="actual", absent="attainment", more=Text("也可以与 `window` 并列", "may also stand beside `window`"))]
    low: Annotated[Decimal, key(FIGURE,
        "区间下限 · Low", "区间的下限（含）。", "The lower end of the window, inclusive.", example="95%")]
    high: Annotated[Decimal, key(FIGURE,
        "区间上限 · High", "区间的上限（含）。", "The upper end of the window, inclusive.", example="105%", more=Text("不得低于 `low`", "not below `low`"))]
    score: Annotated[Decimal, key(NUMBER,
        "区间内得分 · Score", "落在区间内的得分。", "The score inside the window.", example="100")]
    per: Annotated[Decimal, key(STEP,
        "偏离单位 · Per",
        "每偏离多少算一个单位，须大于 0。",
        "How much off makes one unit; above 0.", example="1%")]
    points: Annotated[Decimal, key(NUMBER,
        "每单位分值 · Points",
        "每偏离一个单位增减多少分，通常写负数。",
        "The points for each unit off, negative as a rule.", example="-2", more=Text("不足一个单位的按比例计", "in proportion for a part of a unit"))]
    at_least: Annotated[Constant | None, key(NUMBER,
        "下限 · At least",
        "结果低于此数时按此数计；不写则不设下限。",
        "A lower result counts as this; no lower limit if absent.", example="0", unless=Text("不限", "no limit"))]
    at_most: Annotated[Constant | None, key(NUMBER,
        "上限 · At most",
        "结果高于此数时按此数计；不写则不设上限。",
        "A higher result counts as this; no upper limit if absent.", example="100", unless=Text("不限", "no limit"))]


@dataclass(frozen=True, slots=True)
class YesNo(Placed):
    block: ClassVar = Block("yes_no", "完成与否 · Yes or no",
        "只看是否完成，例如 {done: 100, otherwise: 0}。",
        "Done or not, such as {done: 100, otherwise: 0}.",
        Text("完成与未完成的得分，例如 `{done: 100, otherwise: 0}`", "the scores for done and not done, such as `{done: 100, otherwise: 0}`"))
    done: Annotated[Decimal, key(NUMBER,
        "完成得分 · Done", "完成时的得分。", "The score if it is done.", example="100")]
    otherwise: Annotated[Decimal, key(NUMBER,
        "未完成得分 · Otherwise", "未完成时的得分。", "The score if it is not done.", example="0")]


@dataclass(frozen=True, slots=True)
class FormulaScore(Placed):
    formula: Formula


_PERCENTILE = Text("`on: percentile` 加上 `bands`（可再写 `within` 和 `of`）",
            "`bands` beside `on: percentile`, and `within` and `of` if wanted")
_COMPARED = Text("`within` 和 `of` 只与 `on: percentile` 搭配的写法", "`within` and `of` beside `on: percentile` only")
_ON_THESE = Text("`on` 只与 `bands`、`per_unit` 或 `window` 搭配的写法", "`on` beside `bands`, `per_unit` or `window` only")
_ON_ONE = Text("`on` 加上 `bands`、`per_unit` 或 `window` 中的一种", "`on` and exactly one of `bands`, `per_unit` and `window`")
_ONE_FORM = Text("{forms} 中的一种", "exactly one of {forms}")
_IS_COMPARED = {"anyOf": [{"required": ["within"]}, {"required": ["of"]}]}

Score = Bands | Direct | Levels | PerUnit | Window | YesNo | Ratings | FormulaScore


@dataclass(frozen=True, slots=True)
class Scoring:
    """What `score:` can hold: exactly one form, and what goes with it. Nothing keeps it: an
    indicator keeps the form."""

    block: ClassVar = Block("score", "计分方式 · Score",
        "从{count}种计分方式中选且只选一种；on 只与 bands、per_unit、window 搭配，within 与 of 只与 on: percentile 搭配。",
        "Exactly one of the {count} ways to score; “on” goes with “bands”, “per_unit” and “window”, “within” and “of” with “on: percentile”.",
        Text("{forms} 中的一种，例如 `{direct: {min: 0, max: 100}}`", "exactly one of {forms}, such as `{direct: {min: 0, max: 100}}`"),
        rule={
            "if": {"required": ["on"], "properties": {"on": {"const": "percentile"}}},
            "then": choose_one(_PERCENTILE, {"required": ["bands"]}, {
                "if": {"required": ["bands"]},
                "then": {"propertyNames": choose_one(_PERCENTILE, {"enum": ["on", "within", "of", "bands"]})},
            }),
            "else": choose_one(_COMPARED, {"not": _IS_COMPARED}, {"if": {"not": _IS_COMPARED}, "then": {
                "if": {"required": ["on"]},
                "then": choose_one(_ON_ONE, {"minProperties": 2, "maxProperties": 2, "if": {"maxProperties": 2}, "then": {
                    "propertyNames": choose_one(_ON_THESE, {"enum": ["on", "bands", "per_unit", "window"]}),
                }}),
                "else": choose_one(_ONE_FORM, {"minProperties": 1, "maxProperties": 1}),
            }}),
        },
        beside=("on", "within", "of"))
    on: ClassVar[Annotated[Literal["attainment", "actual", "percentile"], key(Choice((
            "看达成率 · looks at the attainment", "看实际值 · looks at the actual", "看在群体中的百分位 · looks at the percentile in the group")),
        "依据 · On",
        "看达成率（attainment）、实际值（actual）还是百分位（percentile，仅限 bands）。分档和区间默认看达成率，按单位增减默认看实际值。",
        "Whether the attainment, the actual or (“bands” only) the percentile is looked at: “bands” and “window” look at the attainment if absent, “per_unit” at the actual.",
        absent=Worked(Text("`attainment`；`per_unit` 为 `actual`", "`attainment`, for `per_unit` `actual`")),
        example="percentile", more=Text("其他方式不能用；见[百分位](score-bands.md#百分位)", "nothing else takes it; see [percentile](score-bands.md#percentile)"))]]
    within: ClassVar[Annotated[str | None, key(ID,
        "比较范围 · Within",
        "百分位在哪个范围内比较，写人员表的栏名，例如 department、team、role；不写则为全体。",
        "Within which group the percentile is taken: a column of people.csv such as department, team or role; everybody if absent.",
        unless=Text("全体", "everybody"),
        example="department", more=Text("该栏的值相同的人互相比较；只用于 `on: percentile`", "those with the same value in it are compared with one another; only with `on: percentile`"))]]
    of: ClassVar[Annotated[Literal["attainment", "actual"], key(Choice((
            "比较达成率 · compares attainments", "比较实际值 · compares actuals")),
        "比较什么 · Of",
        "百分位比较达成率还是实际值；不写时，有目标值或达成率公式的比较达成率，否则比较实际值。",
        "Whether attainments or actuals are compared; if absent, attainments where the indicator has a target or a formula for it, else actuals.",
        absent=Worked(Text("有达成率时为 `attainment`，否则为 `actual`", "`attainment` where there is one, else `actual`")),
        example="actual", more=Text("只用于 `on: percentile`", "only with `on: percentile`"))]]
    bands: ClassVar[Annotated[Bands | None, key(Rows(Band, Text("分档列表，例如 `[{at_least: 100%, score: 100}, {otherwise: 0}]`",
            "a list of bands such as `[{at_least: 100%, score: 100}, {otherwise: 0}]`")),
        "分档计分 · Bands",
        "由高到低的分档，可为固定分或区间内线性插值，最后一行写 otherwise；on 不写时看达成率。",
        "Steps and slopes from high to low, the last row is “otherwise”; looks at the attainment unless “on” says otherwise.",
        example="[{at_least: 100%, score: 100}, {otherwise: 0}]", unless=Text("–", "–"), more=Text("见[分档计分](score-bands.md)", "see [bands](score-bands.md)"))]]
    direct: ClassVar[Annotated[Direct | None, key(Direct,
        "直接计分 · Direct",
        "实际值就是得分，超出范围即报错。",
        "The actual is the score; outside the range it is an error.",
        example="{min: 0, max: 100}", unless=Text("–", "–"), more=Text("见[直接计分](score-direct.md)", "see [direct](score-direct.md)"))]]
    levels: ClassVar[Annotated[Levels | None, key(_LEVELS,
        "评级计分 · Levels",
        "按评语档次计分，例如 {优秀: 100, 良好: 80}。",
        "A word is the score, such as {优秀: 100, 良好: 80}.",
        example="{优秀: 100, 良好: 80}", unless=Text("–", "–"), more=Text("见[评级计分](score-levels.md)", "see [levels](score-levels.md)"))]]
    per_unit: ClassVar[Annotated[PerUnit | None, key(PerUnit,
        "按单位增减分 · Per unit",
        "与标准每差一个单位，增减若干分。",
        "So many points for every unit by which the figure lies off a mark.",
        example="{start: 100, mark: 0, side: above, per: 1, points: -10}", unless=Text("–", "–"), more=Text("见[按单位增减分](score-per-unit.md)", "see [per_unit](score-per-unit.md)"))]]
    window: ClassVar[Annotated[Window | None, key(Window,
        "目标区间计分 · Window",
        "落在区间内得满分，偏出部分按比例扣分。",
        "Full score inside a window, points off in proportion outside it.",
        example="{low: 95%, high: 105%, score: 100, per: 1%, points: -2}", unless=Text("–", "–"), more=Text("见[目标区间计分](score-window.md)", "see [window](score-window.md)"))]]
    yes_no: ClassVar[Annotated[YesNo | None, key(YesNo,
        "完成与否 · Yes or no",
        "完成与未完成各得多少分。",
        "The scores for done and for not done.",
        example="{done: 100, otherwise: 0}", unless=Text("–", "–"), more=Text("见[完成与否](score-yes-no.md)", "see [yes_no](score-yes-no.md)"))]]
    ratings: ClassVar[Annotated[Ratings | None, key(Ratings,
        "多方评分 · Ratings",
        "360° 评分：先求各组平均分，再按组权重合成。",
        "360°: the mean of each group, then the groups by weight.",
        example="{groups: {manager: 100%}, scale: {min: 0, max: 100}}", unless=Text("–", "–"), more=Text("见[多方评分](score-ratings.md)", "see [ratings](score-ratings.md)"))]]
    formula: ClassVar[Annotated[FormulaScore | None, key(EXPRESSION,
        "公式计分 · Formula",
        "用公式直接写出得分，例如 \"min(120, 100 * attainment)\"。",
        "The score as an expression, such as \"min(120, 100 * attainment)\".",
        example="\"min(120, 100 * attainment)\"", unless=Text("–", "–"), more=Text("见[公式计分](score-formula.md)", "see [formula](score-formula.md)"))]]
