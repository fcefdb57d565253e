"""To how many digits behind the point each step keeps, and which way the others go."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from perfrules.codes.code import Text
from perfrules.model.declared import Block, Kind, Worked, key
from perfrules.model.kinds import MODE, STEP, Mode
from perfrules.model.written import Placed

__all__ = ["Rounding", "Roundings"]

# fmt: off

_PLACES = Kind("", "", "", "", Text("0 到 10 的整数", "a whole number from 0 to 10"),
    {"enum": list(range(11))}, Text("0 到 10 的整数", "whole number from 0 to 10"), "not-a-whole-number")


@dataclass(frozen=True, slots=True)
class Rounding(Placed):
    """To how many digits behind the point, or to multiples of what, and which way; a rule of the
    policy like any other. One of `places` and `to` is None."""

    block: ClassVar = Block("rounding_step", "一步的取位 · Rounding step",
        "小数位数与取位方式。",
        "How many places, and which way.",
        Text("取位设置，例如 `{places: 2, mode: half_up}`", "a setting such as `{places: 2, mode: half_up}`"),
        at_least_one=True, either=("places", "to", Text("`places` 或 `to` 二者之一", "either `places` or `to`")))
    places: Annotated[int | None, key(_PLACES,
        "小数位数 · Places",
        "保留几位小数，0 到 10；不写则用该步骤的默认值。",
        "How many digits stay behind the point, 0 to 10; the step's default if absent.",
        example="2", absent=Worked(Text("该步骤的默认值", "that of the step")))]
    to: Annotated[Decimal | None, key(STEP,
        "取整步长 · To",
        "取到多少的整数倍，例如奖金取到 100 元、总分取到 0.5 分；与 places 二者选一，不能用于 division。",
        "To multiples of what: pay to 100, a total to 0.5; not together with “places”, and not for “division”.",
        example="100", unless=Text("`places`", "`places`"))]
    mode: Annotated[Mode, key(MODE,
        "取位方式 · Mode",
        "如何取位；不写则用该步骤的默认值。",
        "Which way to round; the step's default if absent.", example="half_up", absent=Worked(Text("该步骤的默认值", "that of the step")))]

    @property
    def unit(self) -> Decimal:
        """What every rounded value is a multiple of: 0.01 for two places."""
        return Decimal(1).scaleb(-self.decimals) if self.to is None else self.to

    @property
    def decimals(self) -> int:
        """How many digits behind the point a rounded value has at most."""
        if self.to is not None:
            return max(0, -int(self.to.normalize().as_tuple().exponent))
        return self.places or 0


@dataclass(frozen=True, slots=True)
class Roundings:
    block: ClassVar = Block("rounding", "取位规则 · Rounding",
        "各步骤的小数位数与取位方式。",
        "Digits and mode of each step.",
        Text("取位规则，例如 `{total: {places: 2, mode: half_up}}`", "rounding such as `{total: {places: 2, mode: half_up}}`"))
    attainment: Annotated[Rounding, key(Rounding,
        "达成率 · Attainment",
        "达成率的取位；默认 10 位、向下取，79.999% 不会变成 80%。",
        "Of the attainment; 10 places, floor if absent, so 79.999% stays below 80%.",
        example="{places: 3}",
        absent={"places": 10, "mode": "floor"}, more=Text("达成率是比值，四位小数即百分数的两位", "it is a ratio, so that four places are hundredths of a percent"))]
    score: Annotated[Rounding, key(Rounding,
        "指标得分 · Score",
        "指标得分的取位；默认 2 位、四舍五入。",
        "Of an indicator's score; 2 places, half_up if absent.", example="{places: 1}", absent={"places": 2, "mode": "half_up"})]
    total: Annotated[Rounding, key(Rounding,
        "总分 · Total",
        "总分的取位；默认 2 位、四舍五入。",
        "Of the total; 2 places, half_up if absent.",
        example="{places: 0}", absent={"places": 2, "mode": "half_up"}, more=Text("在否决和定级之前", "before vetoes and grade"))]
    pay: Annotated[Rounding, key(Rounding,
        "奖金 · Pay",
        "奖金的取位；默认 2 位（到分）、四舍五入。",
        "Of a payout; 2 places, half_up if absent.", example="{places: 0, mode: floor}", absent={"places": 2, "mode": "half_up"})]
    division: Annotated[Rounding, key(Rounding,
        "除法 · Division",
        "公式中的除法、平均分、板块得分的取位；默认 10 位、四舍五入。",
        "Of every division in an expression, a mean, a section's score; 10 places, half_up if absent.",
        example="{places: 6}",
        absent={"places": 10, "mode": "half_up"}, more=Text("也用于剔除指标后按剩余权重的折算，以及在岗比例", "also of a sum over the weights that are left, and of a proration"))]
