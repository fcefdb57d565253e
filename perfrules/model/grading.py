"""From the total to a grade, and what may change both: limits, adjustments, vetoes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.model.declared import NAME, Block, Key, Kind, Rows, choose_one, key
from perfrules.model.kinds import EXPRESSION, GRADE_NAME, ID, NUMBER, NUMBER_RANGE, RATE, TEXT
from perfrules.model.thresholds import LIMITS, Thresholds, limit_key
from perfrules.model.written import Constant, Limited, Placed, Word

__all__ = ["EVENTS", "Adjustment", "Consequence", "Event", "Grade", "Points", "TotalLimits", "Veto"]

# fmt: off


@dataclass(frozen=True, slots=True)
class Points(Limited):
    """Either `each` event counts the same, or the event names its points, within the two `given`.
    The sum over the events is then cut to the limits."""

    block: ClassVar = Block(expected=Text("分值设置，例如 `{each: 5, at_most: 10}`", "points such as `{each: 5, at_most: 10}`"),
        either=("each", "given", Text("`each` 或 `given` 二者之一", "either `each` or `given`")),
        whole={"if": {"propertyNames": {"enum": ["at_least", "at_most"]}}, "then": choose_one(
            Text("`each`（每次固定分值）或 `given`（分值随事件填写）",
                "`each` (the same points every time) or `given` (the event names its points)"),
            {"required": ["each"]})})
    each: Annotated[Constant | None, key(NUMBER,
        "每次分值 · Each",
        "每发生一次加多少分，扣分写负数。",
        "The points for each event; negative where they are taken off.",
        example="-2", unless=Text("–", "–"), more=Text("合计 = 次数 × `each`", "their sum is count × `each`"))]
    given: Annotated[tuple[Decimal, Decimal] | None, key(NUMBER_RANGE,
        "允许的分值 · Given",
        "分值由事件记录给出，须在 [最低, 最高] 之间，超出即报错。",
        "The event names its points, within [lowest, highest]; outside is an error.", example="[5, 10]", unless=Text("–", "–"))]
    at_least: Annotated[Constant | None, key(NUMBER,
        "合计下限 · At least",
        "该项合计最多扣到此数，例如 -10。",
        "The sum of this item goes no lower, -10 for instance.", example="-10", unless=Text("不限", "no limit"))]
    at_most: Annotated[Constant | None, key(NUMBER,
        "合计上限 · At most",
        "该项合计最多加到此数，例如 10。",
        "The sum of this item goes no higher, 10 for instance.", example="10", unless=Text("不限", "no limit"))]


@dataclass(frozen=True, slots=True)
class Adjustment(Placed):
    """Points outside the weights, by recorded events."""

    name: str
    block: ClassVar = Block("adjustment", "加减分项 · Adjustment",
        "权重之外的一项加分或扣分。",
        "One item of points outside the weights.",
        Text("加减分项，例如 `{points: {each: 5, at_most: 10}}`", "an adjustment such as `{points: {each: 5, at_most: 10}}`"))
    title: Annotated[Text, key(TEXT,
        "名称 · Title",
        "加减分项的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.",
        example="主动创新", absent=NAME, more=Text("数据的“事件”一栏也可以写它", "the `event` column of the data accepts it too"))]
    points: Annotated[Points, key(Points,
        "分值 · Points",
        "每次固定分值写 each，由事件填写分值写 given，二者选一。",
        "“each” for the same points every time, or “given” where the event names them.", example="{each: 5, at_most: 10}")]


@dataclass(frozen=True, slots=True)
class Event(Placed):
    """An event that is counted, besides those of adjustments and vetoes."""

    name: str
    block: ClassVar = Block("event", "事件 · Event",
        "一种事件。",
        "One kind of event.",
        Text("事件设置，例如 `{title: 迟到}`", "an event such as `{title: Late}`"))
    title: Annotated[Text, key(TEXT,
        "名称 · Title",
        "事件的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.",
        example="客户投诉", absent=NAME, more=Text("数据的“事件”一栏也可以写它", "the `event` column of the data accepts it too"))]


EVENTS: Final = Kind(
    "events", "事件 · Events",
    "事件标识的列表，或“标识: {title: 名称}”的对照。",
    "A list of event ids, or a mapping from id to {title}.",
    Text("事件列表，例如 `[late, absent]`", "a list of events such as `[late, absent]`"),
    {"type": ["array", "object"], "items": ID, "uniqueItems": True, "propertyNames": ID, "additionalProperties": Event},
    Text("[标识](policy.md#标识)的列表，或 标识: `{title}` 的对照", "list of [ids](policy.md#ids), or mapping from id to `{title}`"),
)



@dataclass(frozen=True, slots=True)
class TotalLimits(Limited):
    """The factors of the total, which come after the adjustments, and its limits."""

    block: ClassVar = Block(expected=Text("总分上下限，例如 `{at_least: 0, at_most: 120}`",
            "limits such as `{at_least: 0, at_most: 120}`"),
        at_least_one=True)
    times: Annotated[tuple[Formula, ...], key(Rows(EXPRESSION, Text("系数列表，例如 `[group.house_mean / group.dept_mean]`",
            "a list of factors such as `[group.house_mean / group.dept_mean]`")),
        "校正系数 · Times",
        "总分（含加减分）依次乘以的系数，然后才封顶、保底、取位，例如 group.house_mean / group.dept_mean 校正各部门打分的松紧。",
        "Factors of the total with its adjustments, before the limits and the rounding; group.house_mean / group.dept_mean corrects for lenient departments.",
        example="[group.house_mean / group.dept_mean]", unless=Text("无", "none"), absent=())]
    at_least: Annotated[Constant | None, key(NUMBER,
        "总分下限 · At least", "总分低于此数时按此数计。", "A lower total counts as this.", example="0", unless=Text("不限", "no limit"))]
    at_most: Annotated[Constant | None, key(NUMBER,
        "总分上限 · At most", "总分高于此数时按此数计。", "A higher total counts as this.",
        example="120", unless=Text("不限", "no limit"), more=Text("不得低于 `at_least`", "not below `at_least`"))]


@dataclass(frozen=True, slots=True)
class Consequence:
    """The total is at most `total`, the grade at best `grade`, every payout is multiplied by `pay`
    (a ratio). None where a veto does not touch that."""

    block: ClassVar = Block(expected=Text("否决后果，例如 `{total: 0, pay: 0%}`", "what follows, such as `{total: 0, pay: 0%}`"),
        at_least_one=True)
    total: Annotated[Constant | None, key(NUMBER,
        "总分压至 · Total", "总分高于此数时压到此数。", "A higher total comes down to this.", example="0", unless=Text("不变", "untouched"))]
    grade: Annotated[Word | None, key(GRADE_NAME,
        "等级封顶 · Grade", "等级最高只能到此等级。", "The grade is at best this.",
        example="D", unless=Text("不变", "untouched"), more=Text("须是本方案的等级之一", "one of the policy's grades"))]
    pay: Annotated[Constant | None, key(RATE,
        "奖金系数 · Pay", "各项奖金都乘以此比率。", "Every payout is multiplied by this.", example="50%", unless=Text("不变", "untouched"))]


@dataclass(frozen=True, slots=True)
class Veto(Placed):
    """What happens where `when` is true."""

    name: str
    block: ClassVar = Block("veto", "一票否决项 · Veto",
        "触发条件与后果。",
        "A condition and what follows from it.",
        Text("否决项，例如 `{when: data_fraud > 0, then: {pay: 0%}}`", "a veto such as `{when: data_fraud > 0, then: {pay: 0%}}`"))
    title: Annotated[Text, key(TEXT,
        "名称 · Title",
        "否决项的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.", example="数据造假", absent=NAME)]
    when: Annotated[Formula, key(EXPRESSION,
        "触发条件 · When",
        "满足此条件即触发，例如 data_fraud > 0。",
        "The condition that sets it off, such as data_fraud > 0.",
        example="data_fraud > 0", more=Text("可以读取事件、指标数据、`person.…` 以及否决之前的 `total`", "it may read events, figures, `person.…` and the `total` before the vetoes"))]
    then: Annotated[Consequence, key(Consequence,
        "否决后果 · Then",
        "总分、等级、奖金三项中至少写一项。",
        "At least one of total, grade and pay.", example="{total: 0, grade: D, pay: 0%}")]


@dataclass(frozen=True, slots=True)
class Grade(Thresholds, Placed):
    """A row of `grades`, from the best to the lowest: from `at_least` points of the total, or
    `above` them; the last row has no limit.

    A file may write them from the lowest to the best, with upper limits (`at_most`, `below`); they
    are turned round as they are read.
    """

    block: ClassVar = Block("grade", "绩效等级 · Grade",
        "一行等级：{grade, at_least}；末行为 {otherwise: 等级}。",
        "One row: {grade, at_least}; the last is {otherwise: grade}.",
        Text("一行等级，例如 `{grade: A, at_least: 90}`", "a grade such as `{grade: A, at_least: 90}`"),
        beside=("title",), one_of=LIMITS)
    grade: Annotated[str, key(GRADE_NAME,
        "等级 · Grade", "等级名称，例如 A 或 优秀。", "The grade's name, such as A or 优秀.",
        example="A", unless=Text("除最后一行外必填", "required but in the last row"), more=Text("纯数字请加引号", "in quotes if it is a number"), otherwise=Key(GRADE_NAME,
        "其余等级 · Otherwise",
        "不属于以上各行时的等级；只写在最后一行。",
        "The grade of all other totals; the last row only.", example="D", unless=Text("最后一行必填", "required in the last row")))]
    at_least: Annotated[Decimal | None, key(NUMBER,
        "最低总分 · At least",
        "总分达到此数（含）即为该等级。",
        "The grade from this total up, inclusive.", example="80", unless=Text("除最后一行外，四个词必写其一", "one of the four words is required but in the last row"))]
    above: Annotated[Decimal | None, limit_key("above", NUMBER, "90")]
    at_most: Annotated[Decimal | None, limit_key("at_most", NUMBER, "60")]
    below: Annotated[Decimal | None, limit_key("below", NUMBER, "60")]
    title: Annotated[Text, key(TEXT,
        "等级说明 · Title",
        "等级的显示名称；不写则用等级名称。",
        "The name that is shown; the grade's own name if absent.", example="优秀", unless=Text("同等级名称", "the grade itself"), absent=NAME)]
