"""Scores by bands: steps and slopes over the attainment, the actual or the percentile."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal

from perfrules.codes.code import Text
from perfrules.model.declared import Block, Key, Kind, key
from perfrules.model.kinds import FIGURE, NUMBER
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
    "`[number, number]`", "bad-slope",
)


_BAND_SCORE: Final = Kind(
    "band_score", "档内得分 · Band score",
    "固定得分，或 [起点得分, 终点得分] 的线性插值。",
    "A score, or a slope of [score at the start, score at the end].",
    Text("得分（如 `80`）或线性区间（如 `[80, 100]`）", "a score such as `80`, or a slope such as `[80, 100]`"),
    {"type": ["number", "array"], "if": {"type": "array"}, "then": _SLOPE},
    "number, or `[number, number]`", "not-a-number",
)



@dataclass(frozen=True, slots=True)
class Band(Placed):
    """A row of `bands`: from `at_least` (a ratio; None in the `otherwise` row) upwards.

    `high` is None for a step. A slope rises from `score` at `at_least` to `high` at `until`.
    """

    block: ClassVar = Block("band", "分档 · Band",
        "一档：{at_least, score}；末行为 {otherwise: 分数}。",
        "One band: {at_least, score}; the last row is {otherwise: score}.",
        Text("一档，例如 `{at_least: 80%, score: 80}`", "a band such as `{at_least: 80%, score: 80}`"))
    at_least: Annotated[Decimal | None, key(FIGURE,
        "起点 · At least",
        "达到此值（含）即适用；看达成率或百分位写百分比，看实际值写数字。",
        "Applies from this value up, inclusive; a percentage of attainment or percentile, or a number with “on: actual”.",
        example="80%", unless="required but in the last row", required=True, more="the latter in the unit of the indicator")]
    score: Annotated[Decimal, key(_BAND_SCORE,
        "得分 · Score",
        "固定得分，如 80；或 [80, 100]，在本档内从 80 线性升到 100。",
        "A score such as 80, or a slope such as [80, 100] that rises from 80 to 100 within the band.",
        example="[80, 100]",
        unless="required but in the last row", more="a slope ends where the row above begins", otherwise=Key(NUMBER,
        "其余得分 · Otherwise",
        "低于以上各档时的得分；只写在最后一行。",
        "The score below all bands; the last row only.", example="0", unless="required in the last row"))]
    high: Decimal | None
    until: Annotated[Decimal | None, key(FIGURE,
        "终点 · Up to",
        "最高一档为线性插值时，升到哪里为止。",
        "Where the slope of the top band ends.",
        example="120%",
        unless="required for a slope in the top band, else forbidden", name="up_to",
        more="above `at_least`; beyond it the score stays")]


@dataclass(frozen=True, slots=True)
class Bands(Placed):
    """Steps and slopes over the attainment, the actual, or the percentile: the share of the group
    `within` (None: everybody) that the figure `of` leaves behind, those level with it by half."""

    on: Basis
    rows: tuple[Band, ...]
    within: str | None = None
    of: Literal["attainment", "actual"] = "attainment"
