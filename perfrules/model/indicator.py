"""An indicator: one thing that is measured, weighed and scored."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal

from perfrules.codes.code import Text
from perfrules.exact import in_percent
from perfrules.formula import Formula
from perfrules.model.declared import NAME, Block, Choice, Kind, Rows, Worked, choose_one, key
from perfrules.model.kinds import (
    END,
    EXPRESSION,
    ID,
    NAME_PATTERN,
    NEED,
    RATE,
    TEXT,
    WORDS,
)
from perfrules.model.scoring import Score, Scoring
from perfrules.model.weights import MISSING, WEIGHT, GivenWeight, WeightTo
from perfrules.model.written import Constant, Placed, Word

__all__ = ["MEMBER_FIGURE", "Indicator", "Need", "RollUp", "RollUps"]

# fmt: off

Need = Literal["required", "none"]
"""Whether a target or baseline comes with the data; a `Constant` is used where they give none."""

_Way = Literal["sum", "mean", "weighted_mean", "weighted_sum", "min", "max"]

_WAY: Final = Choice((
            "求和 · the sum", "平均 · the mean", "加权平均，须写 weight · the weighted mean, with “weight”",
            "加权求和，不除以权重，须写 weight · the weighted sum, not divided, with “weight”", "最小值 · the least",
            "最大值 · the greatest"), ("sum", "mean", "weighted_mean", "weighted_sum", "min", "max"),
    "roll_up_way", "如何汇总 · Roll-up way", "求和、平均、加权平均、加权求和、最小或最大。", "The sum, the mean, the weighted mean, the weighted sum, the least or the greatest.")

MEMBER_FIGURE: Final = Kind(
    "member_figure", "成员数据 · Member figure",
    "成员的总分 total，或某项指标的 actual、target、attainment、score。",
    "The member's total, or the actual, target, attainment or score of an indicator.",
    Text("`total` 或 `指标.actual`、`.target`、`.attainment`、`.score`，例如 `sales.actual`",
            "`total` or the `.actual`, `.target`, `.attainment` or `.score` of an indicator, such as `sales.actual`"),
    {"type": "string", "pattern": rf"^(total|{NAME_PATTERN}\.(actual|target|attainment|score)){END}"},
    Text("`total`，或指标的 `.actual`、`.target`、`.attainment`、`.score`", "`total`, or an indicator's `.actual`, `.target`, `.attainment` or `.score`"), "unknown-value",
)


_MEMBER_WEIGHT: Final = Kind(
    "member_weight", "成员权重 · Member weight",
    "成员的总分、某项指标的数据，或人员表的一栏。",
    "The member's total, a figure of an indicator, or a column of people.csv.",
    Text("`total`、`指标.target` 等指标数据，或 `person.栏名`", "`total`, a figure such as `sales.target`, or `person.` and a column"),
    {"type": "string", "pattern": rf"^(total|{NAME_PATTERN}\.(actual|target|attainment|score)|person\.{NAME_PATTERN}){END}"},
    Text("`total`、`of` 之下那样的指标数据，或 `person.<栏名>`", "`total`, an indicator's figure as under `of`, or `person.<column>`"), "unknown-value",
)



@dataclass(frozen=True, slots=True)
class RollUp(Placed):
    """How the figure of a team, department or project comes from those of its members.

    `of` names a member's figure (`sales.actual`, `sales.score`, `total`), `weight` the one by
    which a weighted mean or sum counts it. A member whose policy has no such figure does not count.
    """

    block: ClassVar = Block("roll_up_rule", "汇总规则 · Roll-up rule",
        "汇总成员的哪个数据、如何汇总。",
        "Which figure of the members, and how one comes from them.",
        Text("汇总规则，例如 `{of: sales.actual, by: sum}`", "a rule such as `{of: sales.actual, by: sum}`"))
    of: Annotated[str, key(MEMBER_FIGURE,
        "成员的什么 · Of",
        "汇总成员的哪个数据，例如 sales.actual 或 total。",
        "Which figure of the members, such as sales.actual or total.", example="sales.actual")]
    by: Annotated[_Way, key(_WAY,
        "如何汇总 · By",
        "如何由成员的数据得出一个数。",
        "How one figure comes from those of the members.", example="sum")]
    weight: Annotated[str | None, key(_MEMBER_WEIGHT,
        "权重 · Weight",
        "加权平均或加权求和时每个成员的权重，例如 person.headcount 或 sales.target。",
        "The weight of each member in a weighted mean or sum, such as person.headcount or sales.target.",
        example="person.headcount", unless=Text("用 `weighted_mean`、`weighted_sum` 时必填，否则不可写", "required with `weighted_mean` and `weighted_sum`, else forbidden"))]


@dataclass(frozen=True, slots=True)
class RollUps:
    """Where the actual and the target come from; the short form, a rule alone, is for the actual."""

    block: ClassVar = Block("roll_up", "成员汇总 · Roll-up",
        "实际值的汇总直接写 {of, by}；目标值也要汇总时分别写 actual 和 target。",
        "{of, by} for the actual; “actual” and “target” apart where the target is rolled up too.",
        Text("汇总方式，例如 `{of: sales.actual, by: sum}`", "a roll-up such as `{of: sales.actual, by: sum}`"),
        rule={"if": {"minProperties": 1, "not": {"anyOf": [{"required": ["of"]}, {"required": ["by"]}, {"required": ["weight"]}]}}, "else": choose_one(
            Text("`of` 和 `by`，或 `actual` 和 `target`", "either `of` and `by`, or `actual` and `target`"),
            {"minProperties": 1, "not": {"anyOf": [{"required": ["actual"]}, {"required": ["target"]}]}})},
        whole={"if": {"minProperties": 1, "not": {"anyOf": [{"required": ["actual"]}, {"required": ["target"]}]}}, "then": {"required": ["of", "by"]}})
    actual: Annotated[RollUp | None, key(RollUp,
        "实际值 · Actual", "实际值如何由成员汇总。", "How the actual comes from the members.",
        example="{of: sales.actual, by: sum}", unless=Text("取自数据", "the data's"))]
    target: Annotated[RollUp | None, key(RollUp,
        "目标值 · Target", "目标值如何由成员汇总。", "How the target comes from the members.",
        example="{of: sales.target, by: sum}",
        unless=Text("取自数据或方案", "the data's or the policy's"), more=Text("这时指标自己的 `target` 不写，或写 `required`", "the indicator's own `target` is then left out or `required`"))]
    of: ClassVar[Annotated[str | None, key(MEMBER_FIGURE,
        "成员的什么 · Of",
        "汇总成员的哪个数据，例如 sales.actual 或 total。",
        "Which figure of the members, such as sales.actual or total.", example="sales.actual")]]
    by: ClassVar[Annotated[_Way | None, key(_WAY,
        "如何汇总 · By",
        "如何由成员的数据得出一个数。",
        "How one figure comes from those of the members.", example="sum")]]
    weight: ClassVar[Annotated[str | None, key(_MEMBER_WEIGHT,
        "权重 · Weight",
        "加权平均或加权求和时每个成员的权重，例如 person.headcount 或 sales.target。",
        "The weight of each member in a weighted mean or sum, such as person.headcount or sales.target.",
        example="person.headcount", unless=Text("用 `weighted_mean`、`weighted_sum` 时必填，否则不可写", "required with `weighted_mean` and `weighted_sum`, else forbidden"))]]


@dataclass(frozen=True, slots=True)
class Indicator(Placed):
    """A figure that is looked at. `weight` is a ratio, or a number of parts, within the section
    where there are any.

    `roll_up` is there where figures come from the members of a unit, `from_history` where the
    actual is the total of an earlier cycle, which it names. `evidence` is None where a figure may
    come without.

    `attains` says whether anything looks at the attainment; it is computed only then.
    """

    name: str
    block: ClassVar = Block("indicator", "考核指标 · Indicator",
        "一项指标：权重、目标和计分方式。",
        "One indicator: its weight, its target and how it is scored.",
        Text("指标设置，例如 `{weight: 40%, score: {direct: {min: 0, max: 100}}}`",
            "an indicator such as `{weight: 40%, score: {direct: {min: 0, max: 100}}}`"),
        either=("from_history", "roll_up", Text("`from_history` 或 `roll_up` 二者之一", "either `from_history` or `roll_up`")))
    title: Annotated[Text, key(TEXT,
        "指标名称 · Title",
        "指标的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.",
        example="拜访完成率", absent=NAME, more=Text("数据的“指标”一栏也可以写它", "the `indicator` column of the data accepts it too"))]
    section: Annotated[str | None, key(ID,
        "所属板块 · Section",
        "指标所属的考核板块；分板块时每项指标都要写。",
        "The section it belongs to; needed where there are sections.",
        example="results", unless=Text("分板块时必填", "required where there are sections"), more=Text("`sections` 之一", "one of `sections`"))]
    weight: Annotated[Constant | GivenWeight, key(WEIGHT,
        "权重 · Weight",
        "在所属板块内的权重；未分板块时为占总分的权重。rest 平分其余各项留下的，given 随数据提供，weights: parts 之下写份数。",
        "Its weight within its section; of the total if there are no sections. “rest” shares what the others leave, “given” comes with the data; under “weights: parts” it is a number of parts.",
        example="40%", more=Text("见[权重](weights.md)", "see [weights](weights.md)"))]
    stage: Annotated[Literal["outcome", "process"], key(Choice(("结果类 · outcome", "过程类 · process")),
        "指标类别 · Stage",
        "结果类还是过程类；不写则为结果类。",
        "Outcome or process; outcome if absent.",
        example="process", absent="outcome", more=Text("只有[管控线](guardrails.md)看它", "only [guardrails](guardrails.md) look at it"))]
    nature: Annotated[Literal["quantitative", "qualitative"], key(Choice(("定量 · quantitative", "定性 · qualitative")),
        "定量或定性 · Nature",
        "不写时，评分（ratings）与评级（levels）为定性，其余为定量。",
        "If absent, “ratings” and “levels” are qualitative and all else is quantitative.",
        example="qualitative",
        absent=Worked(Text("`ratings` 和 `levels` 为 `qualitative`，其余为 `quantitative`", "`qualitative` for `ratings` and `levels`, else `quantitative`")),
        more=Text("指数据是统计出来的还是评判出来的；只有[管控线](guardrails.md)看它", "it tells whether the figure is counted or judged; only [guardrails](guardrails.md) look at it"))]
    unit: Annotated[str | None, key(WORDS,
        "计量单位 · Unit",
        "例如 CNY、家、\"%\"；百分比类指标请写 \"%\"；双语写作 家 / customers。",
        "Such as CNY, customers or \"%\"; indicators in percent say \"%\"; in both languages 家 / customers.",
        example="\"%\"",
        unless=Text("无", "none"),
        more=Text("即数据以什么为单位；写 `\"%\"` 的是[百分比](tables.md#百分比)；通用的单位（CNY、家、小时）总会按读者的语言显示", "it is what the figures count; `\"%\"` makes them [percentages](tables.md#percentages); units that everybody uses (CNY, 家, 小时) are told in the reader's language anyway"))]
    direction: Annotated[Literal["higher_is_better", "lower_is_better"], key(Choice((
            "越高越好：实际 ÷ 目标 · actual ÷ target", "越低越好：目标 ÷ 实际 · target ÷ actual")),
        "指标方向 · Direction",
        "越高越好还是越低越好，决定达成率如何计算；不写则越高越好。",
        "Whether higher or lower is better, which decides how the attainment is worked out; higher if absent.",
        example="lower_is_better", absent="higher_is_better", more=Text("见[达成率](attainment.md)", "see [attainment](attainment.md)"))]
    target: Annotated[Need | Constant, key(NEED,
        "目标值 · Target",
        "required 表示随数据提供；写数字则在数据未给时采用；none 表示没有目标。不写时，看达成率的指标为 required，其余为 none。",
        "“required”: comes with the data; a number: used where the data give none; “none”: there is no target. If absent: “required” where the score looks at the attainment, else “none”.",
        example="800000",
        absent=Worked(Text("计分需要时为 `required`，否则为 `none`", "`required` where the score needs it, else `none`")),
        more=Text("见[达成率](attainment.md#目标值与基线值)", "see [attainment](attainment.md#target-and-baseline)"))]
    baseline: Annotated[Need | Constant, key(NEED,
        "基线值 · Baseline",
        "有基线时，达成率 =（实际 − 基线）÷（目标 − 基线），例如转化率从 8% 提升到 12%。required、数字、none 的含义同目标值。",
        "With a baseline the attainment is (actual − baseline) ÷ (target − baseline), as in \"from 8 % to 12 %\". “required”, a number and “none” mean the same as for the target.",
        example="8%", absent="none",
        more=Text("即提升的起点；见[达成率](attainment.md#目标值与基线值)", "where improvement is measured from; see [attainment](attainment.md#target-and-baseline)"))]
    figures: Annotated[tuple[str, ...], key(Rows(ID, Text("名称列表，例如 `[floor, stretch]`", "a list of names such as `[floor, stretch]`")),
        "其他数据 · Figures",
        "该指标另有的数据，每人各填一个值，例如门槛值、挑战值；数据表中有同名的列，on: actual 的分档可用它作界限。",
        "Further figures of its own, of which everybody has a value: a floor, a stretch; the data have columns of these names, and bands with “on: actual” can have them as limits.",
        example="[floor, stretch]", absent=(), more=Text("见[其他数据](indicators.md#其他数据)", "see [figures](indicators.md#figures)"))]
    attainment: Annotated[Formula | None, key(EXPRESSION,
        "达成率公式 · Attainment",
        "自定义达成率，可用 actual、target、baseline，例如 \"2 - actual / target\"。",
        "An attainment of one's own from actual, target and baseline, such as \"2 - actual / target\".",
        example="2 - actual / target",
        unless=Text("按 `direction` 和 `baseline` 相除", "the ratio by `direction` and `baseline`"), more=Text("见[达成率](attainment.md#自定义达成率公式)", "see [attainment](attainment.md#a-formula-of-ones-own)"))]
    zero_actual: Annotated[Constant | None, key(RATE,
        "实际为零时的达成率 · Zero actual",
        "越低越好的指标实际值为 0 时采用的达成率。",
        "The attainment where lower is better and the actual is 0.", example="120%", unless=Text("报错", "such an actual is an error"))]
    roll_up: Annotated[RollUps | None, key(RollUps,
        "成员汇总 · Roll-up",
        "团队、部门或项目的指标由成员的数据汇总得出，例如 {of: sales.actual, by: sum}；目标值也可以汇总。",
        "How the figure of a team, department or project comes from its members, such as {of: sales.actual, by: sum}; the target can be rolled up too.",
        example="{of: sales.actual, by: sum}", unless=Text("取自数据", "the data have it"), more=Text("见[成员汇总](roll-up.md)", "see [figures from members](roll-up.md)"))]
    from_history: Annotated[Word | None, key(WORDS,
        "取自历史周期 · From history",
        "以某一历史周期的总分作为实际值，写该周期的标识，例如 2024Q1；年度考核由四个季度合成时使用。",
        "The actual is the total of an earlier cycle, named by its id, such as 2024Q1; for a year that is made of its quarters.",
        example="2024Q1", unless=Text("取自数据", "the data have it"), more=Text("见[取自历史周期](roll-up.md#from_history)", "see [figures from earlier cycles](roll-up.md#from_history)"))]
    source: Annotated[str | None, key(WORDS,
        "数据来源 · Source",
        "数据必须取自哪里，例如 CRM、财务系统；双语写作 财务 / finance。",
        "Where the figure must come from, such as the CRM; in both languages 财务 / finance.",
        example="CRM",
        unless=Text("不限", "any"), more=Text("写了两种语言的，按读者的语言显示，数据中写哪一种都可以；数据行的来源与此不符时给出[警告](../../diagnostics/wrong-source.md)", "a source in both is told in the reader's language, and the data may name either; a row of the data with another source gets a [warning](../diagnostics/wrong-source.md)"))]
    evidence: Annotated[Literal["required", "optional"], key(Choice((
            "必须写，缺了当事人没有结果 · without it there is no result", "可有可无 · as you like")),
        "佐证 · Evidence",
        "每个实际值、每条评分是否必须写佐证；不写则可有可无。",
        "Whether each actual and each rating must name its evidence; it may if absent.",
        example="required",
        absent="optional", more=Text("见[缺少佐证](../../diagnostics/missing-evidence.md)；方案测试不需要佐证", "see [missing evidence](../diagnostics/missing-evidence.md); policy tests need none"))]
    missing: Annotated[Literal["error", "zero", "exclude"] | WeightTo, key(MISSING,
        "缺数据时 · Missing",
        "没有实际值时如何处理；不写则报错。",
        "What to do where there is no actual; an error if absent.",
        example="exclude", absent="error", more=Text("见[缺数据时](missing.md)", "see [missing figures](missing.md)"))]
    score: Annotated[Score, key(Scoring,
        "计分方式 · Score",
        "从{count}种计分方式中选一种。",
        "Exactly one of the {count} ways to score.", example="{direct: {min: 0, max: 100}}", more=Text("见[计分方式](scores.md)", "see [scores](scores.md)"))]
    reads_actual: bool = True
    attains: bool = False

    @property
    def in_percent(self) -> bool:
        """Whether its figures are shares, written as percentages."""
        return in_percent(self.unit)

    @property
    def called(self) -> Text:
        """What a message calls it: its title, and its id where that is another word."""
        words = (word if word == self.name else f"{word} ({self.name})" for word in self.title)
        return Text(*words)

    @property
    def actual_from_members(self) -> RollUp | None:
        """How its actual comes from the members of a unit; None where it does not."""
        return None if self.roll_up is None else self.roll_up.actual

    @property
    def target_from_members(self) -> RollUp | None:
        """How its target comes from the members of a unit; None where it does not."""
        return None if self.roll_up is None else self.roll_up.target
