"""Scores by bands: steps and slopes over the attainment, the actual or the percentile."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal

from perfrules.codes.code import Text
from perfrules.model.declared import Block, Key, Kind, key
from perfrules.model.kinds import NUMBER
from perfrules.model.thresholds import LIMIT, LIMITS, Thresholds, limit_key
from perfrules.model.written import Placed

__all__ = ["Band", "Bands", "Basis"]

# fmt: off

Basis = Literal["attainment", "actual", "percentile"]

_SLOPE: Final = Kind(
    "slope", "线性区间 · Slope",
    "两个分数：本档起点的得分和升到下一档时的得分。",
    "Two scores: at the start of the band and where the next one begins.",
    Text("两个分数，例如 `[80, 100]`", "two scores such as `[80, 100]`"),
    {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2},
    Text("`[数字, 数字]`", "`[number, number]`"), "bad-slope",
)


_BAND_SCORE: Final = Kind(
    "band_score", "档内得分 · Band score",
    "固定得分，或 [起点得分, 终点得分] 的线性插值。",
    "A score, or a slope of [score at the start, score at the end].",
    Text("得分（如 `80`）或线性区间（如 `[80, 100]`）", "a score such as `80`, or a slope such as `[80, 100]`"),
    {"type": ["number", "array"], "if": {"type": "array"}, "then": _SLOPE},
    Text("数字，或 `[数字, 数字]`", "number, or `[number, number]`"), "not-a-number",
)



@dataclass(frozen=True, slots=True)
class Band(Thresholds, Placed):
    """A row of `bands`: what keeps its limit (a number, or the name of a figure of the person);
    the `otherwise` row has none.

    `high` is None for a step. A slope goes from `score` at the limit to `high` at `until`, which
    lies above a lower limit and below an upper one.
    """

    block: ClassVar = Block("band", "分档 · Band",
        "一档：{at_least, score}；末行为 {otherwise: 分数}。",
        "One band: {at_least, score}; the last row is {otherwise: score}.",
        Text("一档，例如 `{at_least: 80%, score: 80}`", "a band such as `{at_least: 80%, score: 80}`"),
        one_of=LIMITS)
    at_least: Annotated[Decimal | str | None, key(LIMIT,
        "起点 · At least",
        "达到此值（含）即适用；看达成率或百分位写百分比，看实际值写数字，也可写 target、baseline 或 figures 中的名称。",
        "Applies from this value up, inclusive; a percentage of attainment or percentile, or with “on: actual” a number or the name of a figure.",
        example="80%", unless=Text("除最后一行外，四个词必写其一", "one of the four words is required but in the last row"), more=Text("数字用该指标的单位；见[其他数据](indicators.md#其他数据)", "a number is in the unit of the indicator; see [figures of one's own](indicators.md#figures)"))]
    above: Annotated[Decimal | str | None, limit_key("above", LIMIT, "80%")]
    at_most: Annotated[Decimal | str | None, limit_key("at_most", LIMIT, "5")]
    below: Annotated[Decimal | str | None, limit_key("below", LIMIT, "6")]
    score: Annotated[Decimal, key(_BAND_SCORE,
        "得分 · Score",
        "固定得分，如 80；或 [80, 100]，在本档内从 80 线性升到 100，前一个数是本档界限处的得分。",
        "A score such as 80, or a slope such as [80, 100] that rises from 80 at the band's own limit to 100 at that of the row above.",
        example="[80, 100]",
        unless=Text("除最后一行外必填", "required but in the last row"), more=Text("线性区间到上一行的界限为止", "a slope ends at the limit of the row above"), otherwise=Key(NUMBER,
        "其余得分 · Otherwise",
        "不属于以上各档时的得分；只写在最后一行。",
        "The score of all other cases; the last row only.", example="0", unless=Text("最后一行必填", "required in the last row")))]
    high: Decimal | None
    until: Annotated[Decimal | str | None, key(LIMIT,
        "终点 · Up to",
        "最高一档为线性插值时，升到哪里为止。",
        "Where the slope of the top band ends.",
        example="120%",
        unless=Text("最高一档为线性区间时必填，否则不可写", "required for a slope in the top band, else forbidden"), name="up_to",
        more=Text("须高于 `at_least`；超过之后得分不再变", "above `at_least`; beyond it the score stays"))]


@dataclass(frozen=True, slots=True)
class Bands(Placed):
    """Steps and slopes over the attainment, the actual, or the percentile: the share of the group
    `within` (None: everybody) that the figure `of` leaves behind, those level with it by half."""

    on: Basis
    rows: tuple[Band, ...]
    within: str | None = None
    of: Literal["attainment", "actual"] = "attainment"
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """The figures that limits name, each once, in the order of the rows."""

    def __post_init__(self) -> None:
        limits = (one for row in self.rows for one in (row.until, row.threshold and row.threshold.at))
        names = tuple(dict.fromkeys(limit for limit in limits if isinstance(limit, str)))
        object.__setattr__(self, "names", names)
