"""From performance to money. Whole and marginal tiers are different types: never guessed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.model.declared import (
    NAME,
    Block,
    Choice,
    Key,
    Kind,
    Names,
    Rows,
    choose_one,
    key,
)
from perfrules.model.kinds import AMOUNT, EXPRESSION, FIGURE, GRADE_NAME, PRICE, RATE, TEXT
from perfrules.model.thresholds import LIMITS, Thresholds, limit_key
from perfrules.model.written import Amount, Constant, Placed

__all__ = [
    "CUT",
    "LINES",
    "TOP_UP",
    "ByGrade",
    "GradeRate",
    "IncentivePlan",
    "MarginalTiers",
    "PayLimits",
    "Slice",
    "Tier",
    "Tiers",
    "WholeTiers",
]

# fmt: off

_RATE_SLOPE: Final = Kind(
    "rate_slope", "比例的线性区间 · Slope of rates",
    "两个比例：本档起点的比例和升到下一档时的比例。",
    "Two rates: at the start of the tier and where the next one begins.",
    Text("两个比例，例如 `[50%, 80%]`", "two rates such as `[50%, 80%]`"),
    {"type": "array", "items": RATE, "minItems": 2, "maxItems": 2},
    Text("`[百分比, 百分比]`", "`[percentage, percentage]`"), "bad-slope",
)

_TIER_PAY: Final = Kind(
    "tier_pay", "档内比例 · Tier pay",
    "固定比例，或 [起点比例, 终点比例] 的线性插值。",
    "A rate, or a slope of [rate at the start, rate at the end].",
    Text("比例（如 `120%`）或线性区间（如 `[50%, 80%]`）", "a rate such as `120%`, or a slope such as `[50%, 80%]`"),
    {**RATE.rule, "type": ["string", "number", "array"], "if": {"type": "array"}, "then": _RATE_SLOPE},
    Text("百分比，或 `[百分比, 百分比]`", "a percentage, or `[percentage, percentage]`"), "not-a-percentage", "always",
)
CUT: Final = "cut"
TOP_UP: Final = "top_up"
LINES: Final = {CUT: Text("合计封顶扣减", "cut to the limit"), TOP_UP: Text("合计保底补足", "topped up to the floor")}
"""The lines of pay by which `payouts` brings the sum of all incentives within its limits."""


@dataclass(frozen=True, slots=True)
class Tier(Thresholds, Placed):
    """A row of `whole`: the rate `pay` for the whole base of what keeps the row's limit.

    `high` is None for a step. A slope goes from `pay` at the limit to `high` at `until`.
    """

    block: ClassVar = Block("tier", "全额档 · Tier",
        "一档：{at_least, pay}；末行为 {otherwise: 比例}。",
        "One tier: {at_least, pay}; the last row is {otherwise: rate}.",
        Text("一档，例如 `{at_least: 100%, pay: 120%}`", "a tier such as `{at_least: 100%, pay: 120%}`"),
        one_of=LIMITS)
    at_least: Annotated[Decimal | None, key(FIGURE,
        "起点 · At least",
        "依据达到此值（含）即适用。",
        "Applies from this value of the basis up, inclusive.",
        example="100%", unless=Text("除最后一行外，四个词必写其一", "one of the four words is required but in the last row"))]
    above: Annotated[Decimal | None, limit_key("above", FIGURE, "100%")]
    at_most: Annotated[Decimal | None, limit_key("at_most", FIGURE, "5")]
    below: Annotated[Decimal | None, limit_key("below", FIGURE, "6")]
    pay: Annotated[Decimal, key(_TIER_PAY,
        "发放比例 · Pay",
        "全额乘以此比例；或 [50%, 80%]，在本档内从 50% 线性升到 80%，前一个数是本档界限处的比例。",
        "The rate for the whole amount, or a slope such as [50%, 80%] that rises from 50% at the tier's own limit to 80% at that of the row above.",
        example="120%", unless=Text("除最后一行外必填", "required but in the last row"), more=Text("线性区间到上一行的界限为止", "a slope ends at the limit of the row above"), otherwise=Key(RATE,
        "其余比例 · Otherwise",
        "不属于以上各档时的比例；只写在最后一行。",
        "The rate of all other cases; the last row only.", example="0%", unless=Text("最后一行必填", "required in the last row")))]
    high: Decimal | None = None
    until: Annotated[Decimal | None, key(FIGURE,
        "终点 · Up to",
        "最高一档为线性插值时，升到哪里为止。",
        "Where the slope of the top tier ends.",
        example="120%",
        unless=Text("最高一档为线性区间时必填，否则不可写", "required for a slope in the top tier, else forbidden"), name="up_to",
        more=Text("超过之后比例不再变", "beyond it the rate stays"))] = None


@dataclass(frozen=True, slots=True)
class WholeTiers(Placed):
    """The whole amount at the rate of the tier reached."""

    by: Formula
    rows: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class Slice(Placed):
    """A row of `marginal`: the part of the amount from `start` up to `until`, at `rate` or at so
    much money `each`; one of the two is there.

    `until` is where the next row begins; None in the last, which has no end. Where the tiers are
    `of` a quota, both are shares of it.
    """

    block: ClassVar = Block("slice", "累进档 · Slice",
        "一段：从 from 起，到下一段为止，按 rate 计。",
        "From “from” up to the next slice, at “rate”.",
        Text("一段，例如 `{from: 500000, rate: 2%}`", "a slice such as `{from: 500000, rate: 2%}`"),
        rule={"required": ["from"], "if": {"required": ["each"]}, "then": choose_one(
            Text("`rate`（按比例）或 `each`（按件，每件多少钱）二者之一", "either `rate` (of money) or `each` (so much a piece)"),
            {"not": {"required": ["rate"]}}), "else": {"required": ["rate"]}})
    start: Annotated[Decimal, key(FIGURE,
        "起点 · From", "这一段从哪里开始。", "Where the slice begins.",
        example="500000", name="from", more=Text("到下一段的起点为止", "it ends where the next one begins"))]
    until: Decimal | None
    rate: Annotated[Constant | None, key(RATE,
        "比例 · Rate", "这一段内的比例。", "The rate within the slice.", example="2%",
        unless=Text("二者必写其一", "one of the two is required"))]
    each: Annotated[Constant | None, key(PRICE,
        "每件金额 · Each",
        "这一段内每一件（每个单位）多少钱；同一张表只能全用 rate 或全用 each。",
        "So much money for each piece within the slice; a table has either rates or amounts.",
        example="8", unless=Text("二者必写其一", "one of the two is required"))] = None

    @property
    def price(self) -> Constant:
        """What a unit of the figure earns within the slice: a share of itself, or money."""
        price = self.rate or self.each
        assert price is not None  # the schema asks for one of them
        return price


@dataclass(frozen=True, slots=True)
class MarginalTiers(Placed):
    """Each slice of the amount at its own rate, as with income tax; `of` is the quota of which
    the ends of the slices are shares."""

    by: Formula
    rows: tuple[Slice, ...]
    of: Formula | None = None


@dataclass(frozen=True, slots=True)
class Tiers:
    """What `tiers:` can hold: a basis and one of two tables. A plan keeps the table."""

    block: ClassVar = Block("tiers", "分档比例 · Tiers",
        "分档依据，加上全额（whole）或累进（marginal）之一。",
        "A basis, and one of “whole” and “marginal”.",
        Text("分档设置，例如 `{by: total, whole: [{at_least: 90, pay: 120%}, {otherwise: 0%}]}`",
            "tiers such as `{by: total, whole: [{at_least: 90, pay: 120%}, {otherwise: 0%}]}`"),
        either=("whole", "marginal", Text("`whole` 或 `marginal` 二者之一", "either `whole` or `marginal`")),
        whole={"if": {"propertyNames": {"enum": ["by", "of"]}}, "then": choose_one(
            Text("`whole`（全额按所达档位）或 `marginal`（分段累进）",
                "`whole` (all at the rate of the tier reached) or `marginal` (each slice at its own rate)"),
            {"required": ["whole"]})})
    by: ClassVar[Annotated[Formula, key(EXPRESSION,
        "分档依据 · By",
        "按什么分档，例如 sales_amount.attainment；必须写明。",
        "What the tiers look at, such as sales_amount.attainment; always named.", example="sales.attainment")]]
    of: ClassVar[Annotated[Formula | None, key(EXPRESSION,
        "定额 · Of",
        "累进各段的起点是谁的百分比，例如 sales.target：每人按自己的定额分段。只用于 marginal。",
        "Whose shares the ends of “marginal” slices are, such as sales.target: each on one's own quota.",
        example="sales.target", unless=Text("`from` 用 `by` 的单位", "`from` is in the unit of `by`"))]]
    whole: ClassVar[Annotated[WholeTiers | None, key(Rows(Tier, Text("全额档列表，例如 `[{at_least: 100%, pay: 120%}, {otherwise: 0%}]`",
            "a list of tiers such as `[{at_least: 100%, pay: 120%}, {otherwise: 0%}]`")),
        "全额档 · Whole",
        "达到哪一档，全额都按那一档的比例；由高到低，最后一行写 otherwise。",
        "The whole amount at the rate of the tier reached; from high to low, the last row is “otherwise”.",
        example="[{at_least: 100%, pay: 120%}, {otherwise: 0%}]", unless=Text("二者必写其一", "one of the two is required"))]]
    marginal: ClassVar[Annotated[MarginalTiers | None, key(Rows(Slice, Text("累进档列表，例如 `[{from: 0, rate: 1%}, {from: 500000, rate: 2%}]`",
            "a list of slices such as `[{from: 0, rate: 1%}, {from: 500000, rate: 2%}]`")),
        "累进档 · Marginal",
        "分段累进：每一段按各自的比例，与个税算法相同；由低到高。",
        "Each slice at its own rate, like income tax; from low to high.",
        example="[{from: 0, rate: 1%}, {from: 500000, rate: 2%}]", unless=Text("二者必写其一", "one of the two is required"))]]


@dataclass(frozen=True, slots=True)
class GradeRate:
    """A grade and its rate."""

    name: str
    rate: Constant


@dataclass(frozen=True, slots=True)
class ByGrade(Placed):
    """A rate for each grade."""

    rates: tuple[GradeRate, ...]


@dataclass(frozen=True, slots=True)
class IncentivePlan(Placed):
    """base x rate x factors; nothing where `only_if` is false; less what comes off; then cut to
    the limits, each of which is a number or works one out.

    `moves` says how the payouts of the roles that somebody held one after the other make one:
    weighted by days, or added up, as money earned by the piece is.
    """

    name: str
    block: ClassVar = Block("incentive", "激励方案 · Incentive",
        "基数 × 比例 × 系数，再看发放条件与封顶。",
        "Base × rate × factors, then the condition and the limits.",
        Text("激励方案，例如 `{base: person.bonus_base, by_grade: {A: 120%, B: 100%}}`",
            "an incentive such as `{base: person.bonus_base, by_grade: {A: 120%, B: 100%}}`"),
        either=("tiers", "by_grade", Text("`tiers` 或 `by_grade` 二者之一", "either `tiers` or `by_grade`")),
        whole={"if": {"properties": {"tiers": {"required": ["whole"]}}}, "then": {"required": ["base"]}})
    title: Annotated[Text, key(TEXT,
        "名称 · Title",
        "激励方案的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.", example="季度奖金", absent=NAME)]
    base: Annotated[Formula | None, key(EXPRESSION,
        "奖金基数 · Base",
        "计算的基数，例如 person.bonus_base；只有分段累进（marginal）可以不写。",
        "What the rate applies to, such as person.bonus_base; only “marginal” tiers do without.",
        example="person.bonus_base", unless=Text("必填，用 `marginal` 时可不写", "required, but for `marginal` tiers"))]
    tiers: Annotated[WholeTiers | MarginalTiers | None, key(Tiers,
        "分档比例 · Tiers",
        "按业绩分档确定比例，须写明依据；与 by_grade 二者选一。",
        "Rates by tiers of a named basis; not together with “by_grade”.",
        example="{by: total, whole: […]}", unless=Text("没有比例：基数 × 系数", "no rate: base × times"))]
    by_grade: Annotated[ByGrade | None, key(Names(GRADE_NAME, RATE, Text("各等级的比例，例如 `{S: 150%, A: 120%}`",
            "rates by grade such as `{S: 150%, A: 120%}`"), at_least_one=True),
        "等级系数 · By grade",
        "各绩效等级对应的比例，例如 {S: 150%, A: 120%}；与 tiers 二者选一。",
        "A rate for each grade, such as {S: 150%, A: 120%}; not together with “tiers”.",
        example="{A: 120%, B: 100%, C: 0%}",
        unless=Text("–", "–"), more=Text("方案的[每个等级](../../diagnostics/grade-without-rate.md)都要写", "[every grade](../diagnostics/grade-without-rate.md) of the policy has to be there"))]
    times: Annotated[tuple[Formula, ...], key(Rows(EXPRESSION, Text("系数列表，例如 `[person.department_factor, proration]`",
            "a list of factors such as `[person.department_factor, proration]`")),
        "其他系数 · Times",
        "依次相乘的其他系数，例如部门系数、在岗比例。",
        "Further factors, multiplied in this order.", example="[person.department_factor, proration]", absent=())]
    only_if: Annotated[Formula | None, key(EXPRESSION,
        "发放条件 · Only if",
        "不满足此条件则不发放。",
        "Nothing is paid where this does not hold.", example="'grade in (\"A\", \"B\")'", unless=Text("总是发放", "always"))]
    less: Annotated[tuple[Formula, ...], key(Rows(EXPRESSION, Text("扣减列表，例如 `[person.advance]`",
            "a list of what comes off, such as `[person.advance]`")),
        "扣减 · Less",
        "乘完系数之后、封顶保底之前依次扣减的金额，例如预支款；扣成负数即为负数，除非写 at_least: 0。",
        "Amounts that come off after the factors and before the limits, such as an advance; what falls below 0 stays there unless “at_least: 0” says otherwise.",
        example="[person.advance]", absent=())]
    at_least: Annotated[Amount | None, key(AMOUNT,
        "保底金额 · At least",
        "低于此金额时按此金额发放；可以是因人而异的表达式。",
        "A lower amount counts as this; an expression may make it another for each person.",
        example="500", unless=Text("不限", "no limit"), more=Text("满足 `only_if` 时才有", "only where `only_if` holds"))]
    at_most: Annotated[Amount | None, key(AMOUNT,
        "封顶金额 · At most",
        "高于此金额时按此金额发放；可以是因人而异的表达式，例如 person.salary * 10%。",
        "A higher amount counts as this; an expression such as person.salary * 10% may make it another for each person.",
        example="person.salary * 10%", unless=Text("不限", "no limit"))]
    moves: Annotated[Literal["by_days", "sum"], key(Choice((
            "按天数加权 · weighted by days", "直接相加，如提成 · added up, as commissions are")),
        "调岗时 · Moves",
        "周期内调岗的人，各段的金额按天数加权还是直接相加；不写则按天数加权。",
        "Of somebody who changed role within the cycle, whether the amounts are weighted by days or added up; by days if absent.",
        example="sum", absent="by_days")]

    @property
    def rate(self) -> WholeTiers | MarginalTiers | ByGrade | None:
        """Where its rate comes from; None where the whole base is paid."""
        return self.tiers or self.by_grade


@dataclass(frozen=True, slots=True)
class PayLimits(Placed):
    """The least and the most that all incentives of one person come to together. What is cut, or
    added, is a line of its own: no incentive is changed."""

    block: ClassVar = Block("payouts", "激励合计限额 · Payouts",
        "一个人全部激励合计的封顶与保底；超出部分单列一行 pay.cut，不足部分单列一行 pay.top_up。",
        "The limits of what all incentives of one person come to; what is above is a line pay.cut, what is missing a line pay.top_up.",
        Text("合计限额，例如 `{at_most: person.variable_target * 2}`", "limits of the sum such as `{at_most: person.variable_target * 2}`"),
        at_least_one=True)
    at_least: Annotated[Amount | None, key(AMOUNT,
        "合计保底 · At least",
        "全部激励合计低于此金额时，差额补在 pay.top_up；否决项的发放比例对它同样有效。",
        "Where all incentives come to less, the difference is paid as pay.top_up; what vetoes take off goes off this too.",
        example="2000", unless=Text("不限", "no limit"))]
    at_most: Annotated[Amount | None, key(AMOUNT,
        "合计封顶 · At most",
        "全部激励合计高于此金额时，超出部分列为 pay.cut，为负数。",
        "Where all incentives come to more, what is above comes off as pay.cut, a negative amount.",
        example="person.variable_target * 2", unless=Text("不限", "no limit"))]
