"""Rules between subjects: quotas of grades, awards, pools of money.

Each compares the members of a group: everybody who has the same value in the column `within`
and is judged by the very same rule. None stands for everybody.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.model.declared import (
    NAME,
    Block,
    Choice,
    Kind,
    Names,
    Rows,
    Worked,
    choose_one,
    key,
)
from perfrules.model.kinds import (
    EXPRESSION,
    GRADE_NAME,
    ID,
    MODE,
    ORDER,
    POSITIVE_COUNT,
    SHARE,
    TEXT,
    TRUTH,
    Mode,
)
from perfrules.model.written import Constant, Placed

__all__ = [
    "COUNTING",
    "PRIZE_TIES",
    "RANKING",
    "Award",
    "Bound",
    "Distribution",
    "Pool",
    "Quota",
    "Sorting",
    "Ties",
]

# fmt: off

RANKING: Final = ("order", "within", "ties")
"""Keys of an award that say who comes first, which there are only with `top` or `places`."""

COUNTING: Final = ("count", "at_least_one")
"""Keys of an award that make whole people of a share, which there are only where `top` is one."""

Bound = Literal["exactly", "at_least", "at_most"]

Ties = Literal["keep_together", "keep_together_lower"]
"""What those get who are equal in all that `order` compares, where a line runs between them:
all the better, or all the lower."""

AwardTies = Literal["keep_together", "keep_together_lower", "all_get", "share"]
"""Of seats the same two; of prizes each the one of the place, or together those of all the places
that they take up."""

PRIZE_TIES: Final = ("all_get", "share")
"""Of them those that go with prizes."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """One thing that is compared, and whether the higher or the lower comes first."""

    by: Formula
    descending: bool


@dataclass(frozen=True, slots=True)
class QuotaLimit:
    """What a quota can hold in place of a share. A quota keeps which of the two it is."""

    block: ClassVar = Block("quota_limit", "比例上下限 · Quota limit",
        "一个等级的人数至多或至少占多少，只写一项。",
        "The greatest or the least share of one grade, one of the two.",
        Text("占比的上下限，例如 `{at_most: 20%}`", "a limit such as `{at_most: 20%}`"),
        rule=choose_one(Text("`at_least` 或 `at_most` 二者之一",
            "either `at_least` or `at_most`"), {"minProperties": 1, "maxProperties": 1}))
    at_least: ClassVar[Annotated[Constant | None, key(SHARE,
        "至少 · At least",
        "该等级至少占多少；不能用于最高等级。",
        "The least share of the grade; not for the best one.", unless=Text("不限", "no limit"), example="10%")]]
    at_most: ClassVar[Annotated[Constant | None, key(SHARE,
        "至多 · At most",
        "该等级至多占多少；不能用于最低等级。",
        "The greatest share of the grade; not for the lowest one.", unless=Text("不限", "no limit"), example="20%")]]


_TOP: Final = Kind(
    "top", "入选范围 · Top",
    "前百分之几，要带百分号，例如 20%；或前几名，写整数，例如 3。",
    "The share of the group at the top, with its sign, such as 20%; or a whole number of people, such as 3.",
    Text("0% 到 100% 之间的百分比（例如 `20%`），或人数（例如 `3`）",
            "a percentage from 0% to 100% such as `20%`, or a whole number of people such as `3`"),
    {"type": ["string", "number"], "pattern": SHARE.rule["pattern"], "minimum": 0, "multipleOf": 1},
    Text("0%–100%，或人数（整数）", "0%–100%, or a whole number of people"), "not-a-percentage", "of a share",
)

_PRIZE: Final = Kind(
    "", "", "", "",
    Text("不为负的金额，例如 `1000`", "an amount that is not negative, such as `1000`"),
    {"type": "number", "minimum": 0},
    Text("不小于 0 的数字", "number from 0"), "not-a-number",
)


_SCALE: Final = Kind(
    "", "", "", "",
    Text("`down_only`（份额就是金额，只减不增）", "`down_only`"),
    {"enum": ["down_only"]},
    Text("`down_only`", "`down_only`"),
)


_QUOTA: Final = Kind(
    "quota", "等级比例 · Quota",
    "一个等级的人数占比：固定比例写 20%，上限或下限写 {at_most: 20%}、{at_least: 10%}。",
    "The share of one grade: exactly 20%, or a limit such as {at_most: 20%} or {at_least: 10%}.",
    Text("占比，例如 `20%`、`{at_most: 20%}` 或 `{at_least: 10%}`", "a share such as `20%`, `{at_most: 20%}` or `{at_least: 10%}`"),
    {"type": ["string", "number", "object"], "pattern": SHARE.rule["pattern"], "minimum": 0, "maximum": 0, "if": {"type": "object"}, "then": QuotaLimit},
    Text("0%–100%，或 `{at_most: 20%}` 这样的界限", "0%–100%, or such a limit as `{at_most: 20%}`"), "not-a-percentage", "always",
)



@dataclass(frozen=True, slots=True)
class Quota:
    """The share of a grade, a ratio. Grades without a quota share what is left."""

    grade: str
    bound: Bound
    share: Constant


@dataclass(frozen=True, slots=True)
class Distribution(Placed):
    """Quotas of grades. `forced` where every grade has an exact share: places alone then decide;
    otherwise grades are lowered where a quota asks for it, and never raised."""

    block: ClassVar = Block("distribution", "强制分布 · Distribution",
        "按名次套用各等级的人数比例：每个等级都写固定比例即为强制排名，否则只降不升。",
        "Quotas of grades, by rank: with a fixed share for every grade places alone decide; otherwise grades are lowered and never raised.",
        Text("强制分布，例如 `{quotas: {S: {at_most: 20%}}, order: [total desc]}`",
            "a distribution such as `{quotas: {S: {at_most: 20%}}, order: [total desc]}`"))
    within: Annotated[str | None, key(ID,
        "比较范围 · Within",
        "在哪个范围内比较，写人员表的栏名，例如 department、team、role；不写则为全体。",
        "Who is compared: a column of people.csv such as department, team or role; everybody if absent.",
        example="department", unless=Text("全体", "everybody"), more=Text("该栏的值相同的人互相比较", "those with the same value in it are compared with one another"))]
    min_group: Annotated[Constant | None, key(POSITIVE_COUNT,
        "最小人数 · Min group",
        "人数不足的单位并入上级单位一起分布；没有上级则不分布。",
        "Smaller groups are pooled with their parent unit; without one nothing is distributed.",
        example="5", unless=Text("不合并", "no pooling"))]
    quotas: Annotated[tuple[Quota, ...], key(Names(GRADE_NAME, _QUOTA, Text("等级比例，例如 `{S: {at_most: 20%}}`",
            "quotas such as `{S: {at_most: 20%}}`"), at_least_one=True),
        "等级比例 · Quotas",
        "各等级的人数占比，例如 {S: {at_most: 20%}}；固定比例直接写 20%。",
        "The share of each grade, such as {S: {at_most: 20%}}, or 20% for exactly that.",
        example="{S: {at_most: 20%}, D: {at_least: 10%}}")]
    order: Annotated[tuple[Sorting, ...], key(Rows(ORDER, Text("排序列表，例如 `[total desc]`", "a list such as `[total desc]`")),
        "排序依据 · Order",
        "依次比较的排序依据，每项写表达式加 desc（由高到低）或 asc（由低到高）。",
        "What is compared, in turn: an expression and “desc” or “asc”.", example="[total desc, sales.attainment desc]")]
    ties: Annotated[Ties, key(Choice(("并列者同取较高等级 · all get the better grade", "并列者同取较低等级 · all get the lower grade")),
        "并列处理 · Ties",
        "名额分界线上并列时如何处理；不写则同取较高等级。",
        "What a tie across the line gets; the better grade if absent.", example="keep_together_lower", absent="keep_together")]
    only_if: Annotated[Formula | None, key(EXPRESSION,
        "参与条件 · Only if",
        "谁参加分布，例如在岗满半个周期的人 proration >= 50%；不满足的人不计入人数、不占名额，保留按总分的等级。",
        "Who takes part, such as those who were there for half of the cycle; whoever does not is not counted, takes no seat, and keeps the grade of the total.",
        example="proration >= 50%", unless=Text("全体参加", "everybody takes part"))]

    @property
    def forced(self) -> bool:
        """Whether places alone decide: the exact shares leave nothing open."""
        exact = all(quota.bound == "exactly" for quota in self.quotas)
        return exact and sum(quota.share.value for quota in self.quotas) == 1


@dataclass(frozen=True, slots=True)
class Award(Placed):
    """An award to those at the top who meet `only_if`; to all who do where there is no `top`.

    `top` is a number of people or, `by_share`, a ratio of the whole group, which `count` rounds to
    whole people. In its stead `places` has the prizes of the first place and those behind it,
    amounts of money that are paid.
    """

    name: str
    block: ClassVar = Block("award", "评优奖项 · Award",
        "一个奖项：按名次评出的写 order 和 top，按名次发奖金的写 order 和 places，达到条件即得的只写 only_if。",
        "One award: by rank with “order” and “top” (or “places”, which pay), or for all who meet “only_if”.",
        Text("奖项，例如 `{order: [total desc], top: 20%}`", "an award such as `{order: [total desc], top: 20%}`"))
    title: Annotated[Text, key(TEXT,
        "奖项名称 · Title",
        "奖项的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.", example="季度销售之星", absent=NAME)]
    within: Annotated[str | None, key(ID,
        "比较范围 · Within",
        "在哪个范围内比较，写人员表的栏名，例如 department、team、role；不写则为全体。",
        "Who is compared: a column of people.csv such as department, team or role; everybody if absent.",
        example="role", unless=Text("全体", "everybody"), more=Text("该栏的值相同的人互相比较", "those with the same value in it are compared with one another"))]
    order: Annotated[tuple[Sorting, ...], key(Rows(ORDER, Text("排序列表，例如 `[total desc]`", "a list such as `[total desc]`")),
        "排序依据 · Order",
        "依次比较的排序依据，每项写表达式加 desc（由高到低）或 asc（由低到高）。",
        "What is compared, in turn: an expression and “desc” or “asc”.",
        example="[total desc]", unless=Text("有 `top` 或 `places` 时必填", "required with `top` and `places`"), absent=())]
    top: Annotated[Constant | None, key(_TOP,
        "前百分之几或前几名 · Top",
        "名次在前百分之几（20%）或前几名（3）者入选；不写则满足条件的都入选。",
        "The share of the group at the top that gets it (20%), or how many do (3); all who meet the condition if absent.",
        example="20%", unless=Text("满足 `only_if` 的都入选", "all who meet `only_if`"))]
    places: Annotated[tuple[Constant, ...], key(Rows(_PRIZE, Text("由第一名起的奖金列表，例如 `[1000, 500, 500]`",
            "a list of prizes from the first place on, such as `[1000, 500, 500]`")),
        "各名次奖金 · Places",
        "第一名起各名次的奖金，例如 [1000, 500, 500]；代替 top，作为 pay.<标识> 发放。",
        "The prizes of the first place and those behind it, such as [1000, 500, 500]; in place of “top”, and paid as pay.<id>.",
        example="[1000, 500, 500]", unless=Text("没有奖金", "no money"), absent=(), more=Text("发放的金额是 `pay.<标识>`；最后一个名次之后的人没有奖金", "what is paid is `pay.<id>`; nobody behind the last place gets anything"))]
    count: Annotated[Mode, key(MODE,
        "人数取整 · Count",
        "前百分之几的人数不是整数时如何取整；不写则向下取。",
        "Which way the number of people is rounded that a share comes to; to the lower if absent.",
        example="half_up", absent="floor", more=Text("见[取位规则](rounding.md)", "see [rounding](rounding.md)"))]
    at_least_one: Annotated[bool, key(TRUTH,
        "至少一人 · At least one",
        "按比例不足一人时是否仍评一人；不写则不评。",
        "Whether one gets it even where the share is less than one person; nobody if absent.", example="true", absent=False)]
    ties: Annotated[AwardTies, key(Choice((
            "并列者都入选 · all of them get it", "并列者都不入选 · none of them gets it",
            "名次奖金：并列者各得该名次的奖金 · with “places”: each gets the prize of the place",
            "名次奖金：并列者平分所占各名次的奖金 · with “places”: they split the prizes of the places that they take up")),
        "并列处理 · Ties",
        "并列时如何处理：有 top 的看最后一个名额，有 places 的看每个名次；不写则并列者都得。",
        "What those get who are level, at the last seat of “top”, at each of “places”; all of them get it if absent.",
        example="keep_together_lower", absent=Worked(Text("`keep_together`；有 `places` 时为 `all_get`", "`keep_together`; with `places` `all_get`")))]
    only_if: Annotated[Formula | None, key(EXPRESSION,
        "入选条件 · Only if",
        "须满足的条件，例如 total >= 80。",
        "A condition to be met, such as total >= 80.", example="total >= 80", unless=Text("没有 `top` 和 `places` 时必填，否则无", "required without `top` and `places`, else none"))]
    by_share: bool = True

    @property
    def ranks(self) -> bool:
        """Whether people are compared, so that there is a group."""
        return self.top is not None or bool(self.places)


@dataclass(frozen=True, slots=True)
class Pool(Placed):
    """A sum of money that those who meet `only_if` share in proportion to `share_by`, to the
    smallest unit that `rounding.pay` knows."""

    name: str
    block: ClassVar = Block("pool", "奖金池 · Pool",
        "一笔按份额分配、合计分毫不差的奖金。",
        "A sum that is shared out to the cent.",
        Text("奖金池，例如 `{amount: cycle.team_fund, share_by: total}`",
            "a pool such as `{amount: cycle.team_fund, share_by: total}`"))
    title: Annotated[Text, key(TEXT,
        "名称 · Title",
        "奖金池的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.", example="团队奖金", absent=NAME)]
    amount: Annotated[Formula, key(EXPRESSION,
        "总额 · Amount",
        "待分配的总额，例如 cycle.team_fund；只能读取周期和所属组织的数据。",
        "The sum to share out, such as cycle.team_fund; it reads the cycle and the units only.",
        example="cycle.team_fund",
        more=Text("即 `cycle.…`、`team.…`、`department.…`、`project.…`，因此对全组是同一个数", "that is `cycle.…`, `team.…`, `department.…` and `project.…`, so that it is the same for all of the group"))]
    within: Annotated[str | None, key(ID,
        "分配范围 · Within",
        "在哪个范围内分配，写人员表的栏名，例如 department、team、role；不写则为全体。",
        "Who shares the sum: those with the same value in a column of people.csv such as department, team or role; everybody if absent.",
        example="team", unless=Text("全体", "everybody"))]
    share_by: Annotated[Formula, key(EXPRESSION,
        "分配依据 · Share by",
        "按什么比例分配，例如 total * person.bonus_base。",
        "What the shares follow, such as total * person.bonus_base.", example="total * person.bonus_base", more=Text("不得低于 0", "not below 0"))]
    only_if: Annotated[Formula | None, key(EXPRESSION,
        "发放条件 · Only if",
        "须满足的条件，例如团队达标。",
        "A condition to be met, such as the team's attainment.",
        example="team.attainment >= 100%", unless=Text("总是发放", "always"), more=Text("不满足的人得 0，总额由其余的人分", "whoever misses it gets 0, and the others share the whole sum"))]
    scale: Annotated[Literal["down_only"] | None, key(_SCALE,
        "缩放 · Scale",
        "down_only 表示份额本身就是金额：合计不超过总额时各得其数，超过时按比例减少；不写则总额全部按份额分完。",
        "“down_only” says that the shares are amounts: where they add up to no more than the pool everybody gets just that, else all are reduced in proportion. If absent the whole pool is shared out.",
        example="down_only", unless=Text("总额全部分完", "the whole amount is shared out"))]
