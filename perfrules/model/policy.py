"""A policy: the rules for one role and one span of dates, with nothing left unsaid."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from perfrules.codes.code import Text
from perfrules.model.declared import NAME, Block, Choice, Names, Rows, key
from perfrules.model.following import FollowUp, TargetRule
from perfrules.model.grading import EVENTS, Adjustment, Event, Grade, TotalLimits, Veto
from perfrules.model.group_figures import GroupFigure
from perfrules.model.guardrails import Guardrails
from perfrules.model.incentive import IncentivePlan, PayLimits
from perfrules.model.indicator import Indicator
from perfrules.model.kinds import DATE, ID, TEXT, VERSION, WAY_OF_CHANGE, WORDS
from perfrules.model.population import Award, Distribution, Pool
from perfrules.model.rounding import Roundings
from perfrules.model.time import FactRule, ProrationRule
from perfrules.model.tracking import ProgressWarning
from perfrules.model.two_way import TwoWayTable
from perfrules.model.weights import COUNTING, SECTION_WEIGHT, SHARES, Counting
from perfrules.model.written import Constant, Placed

__all__ = ["Effective", "Policy", "Section"]

# fmt: off


@dataclass(frozen=True, slots=True)
class Effective:
    """The days on which a policy is in force, both included; None where there is no end."""

    block: ClassVar = Block("effective", "生效期间 · Effective",
        "方案的生效期间，首尾两天都包含在内。",
        "The days on which the policy is in force, both ends included.",
        Text("生效期间，例如 `{from: 2024-07-01, to: 2024-12-31}`", "a span of dates such as `{from: 2024-07-01, to: 2024-12-31}`"))
    start: Annotated[datetime.date | None, key(DATE,
        "生效日期 · From",
        "自这一天起生效（含当天）。",
        "In force from this day on, inclusive.", example="2024-07-01", name="from", required=True)]
    end: Annotated[datetime.date | None, key(DATE,
        "失效日期 · To",
        "到这一天为止（含当天）；不写则长期有效。",
        "In force up to this day, inclusive; without end if absent.",
        example="2024-12-31", unless=Text("长期有效", "without end"), name="to", more=Text("不得早于 `from`", "not before `from`"))]

    def __contains__(self, day: datetime.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Section(Placed):
    """A group of indicators with a weight (a ratio) of its own."""

    name: str
    block: ClassVar = Block("section", "考核板块 · Section",
        "一组指标及其在总分中的权重。",
        "A group of indicators and its weight in the total.",
        Text("板块设置，例如 `{weight: 70%, title: 业绩}`", "a section such as `{weight: 70%, title: Results}`"))
    weight: Annotated[Constant, key(SECTION_WEIGHT,
        "板块权重 · Weight", "该板块占总分的权重。", "The section's share of the total.", example="70%")]
    weights: Annotated[Counting, key(COUNTING,
        "板块内权重写法 · Weights",
        "板块内各指标的权重写百分比（合计 100%），还是写份数；不写则为百分比。",
        "Whether the weights of its indicators are percentages that add up to 100%, or parts; percentages if absent.",
        example="parts", absent="shares", more=Text("见[权重](weights.md#份数)", "see [weights](weights.md#parts)"))]
    title: Annotated[Text, key(TEXT,
        "板块名称 · Title",
        "板块的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.", example="{zh: 业绩结果, en: Results}", absent=NAME)]


@dataclass(frozen=True, slots=True)
class Policy:
    """All rules of one role. `indicators` stand in the order of the file, `order` names them
    in an order in which each is evaluated after those it reads; `pay_order` likewise has the
    incentives.

    `places` tells for every path in the policy (`indicators.sales.weight`) its place in the
    file (`policies/sales.yaml:23:9`); `digest` is the SHA-256 of the resolved text.
    """

    block: ClassVar = Block("all_keys", "所有的键 · All keys",
        "方案文件中可以出现的键；哪些必填见 required_keys。",
        "The keys that a policy can have; required_keys says which of them it must have.",
        Text("方案文件的键与值，例如 `policy: sales`", "the keys and values of a policy, such as `policy: sales`"),
        whole=SHARES)
    id: Annotated[str, key(ID,
        "方案标识 · Policy id",
        "本方案的标识，也是人员表中“岗位”一栏所填的名称。",
        "The id of this policy; also what people.csv names as the role.",
        example="sales", name="policy", more=Text("表达式、结果和测试都用它", "expressions, results and tests name it"))]
    version: Annotated[str, key(VERSION,
        "版本号 · Version",
        "方案的版本号，写入每一份考核结果；不写则为 \"1\"。",
        "The version, kept in every result; \"1\" if absent.",
        example="\"2024.2\"", absent="1",
        unless=Text("`\"1\"`", "`\"1\"`"),
        more=Text("同一标识的几份方案靠它区分，照字面原样比较：`2024.10` 不是 `2024.1`", "it names this text among the others of the same id, exactly as it is written: `2024.10` is not `2024.1`"))]
    title: Annotated[Text, key(TEXT,
        "名称 · Title",
        "方案的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.",
        example="销售代表", absent=NAME, more=Text("人员表的“岗位”一栏也可以写它", "it may also stand in the role column of the people table"))]
    extends: ClassVar[Annotated[str | None, key(WORDS,
        "沿用的方案文件 · Extends",
        "先读入此文件（例如公司统一的等级、取位规则、管控线），本文件再逐键覆盖；列表整体替换。路径相对于本文件，不得超出方案目录。",
        "A file to start from (the company's grades, rounding, guardrails); this file then overrides it key by key, lists as a whole. Relative to this file, inside the folder of policies.",
        example="shared/base.yaml", unless=Text("不沿用", "nothing"), more=Text("见[沿用](extends.md)", "see [extends](extends.md)"))]]
    effective: Annotated[Effective, key(Effective,
        "生效期间 · Effective",
        "方案的生效期间；不写则一直有效。以考核周期最后一天有效的版本为准。",
        "When the policy is in force; always if absent. The version in force on the last day of a cycle judges.",
        example="{from: 2024-07-01}", unless=Text("一直有效", "in force always"), absent={}, more=Text("见[有效期](#有效期)", "see [dates](#dates)"))]
    cycle: Annotated[Literal["month", "quarter", "half_year", "year", "project"] | None, key(Choice((
            "月度 · a month", "季度 · a quarter", "半年度 · half a year", "年度 · a year", "项目周期 · the life of a project")),
        "考核周期 · Cycle",
        "方案适用的考核周期；不写则适用于任何周期。",
        "The kind of cycle the policy is for; any if absent.",
        example="quarter", unless=Text("不限", "any"), more=Text("用于其他周期时[拒绝计算](../../diagnostics/other-cycle-kind.md)", "evaluating another kind is [refused](../diagnostics/other-cycle-kind.md)"))]
    subject: Annotated[Literal["person", "team", "department", "project"], key(Choice((
            "个人 · a person", "团队 · a team", "部门 · a department", "项目组 · a project")),
        "考核对象 · Subject",
        "考核的是个人、团队、部门还是项目；不写则为个人。",
        "Whether a person, a team, a department or a project is appraised; a person if absent.",
        example="team",
        absent="person", more=Text("团队、部门和项目可以[汇总](roll-up.md)成员的数据，并有自己的 `attainment`", "a unit can [roll up](roll-up.md) the figures of its members, and has an `attainment` of its own"))]
    weights: Annotated[Counting, key(COUNTING,
        "权重写法 · Weights",
        "各指标（分板块时为各板块）的权重写百分比（合计 100%），还是写份数；不写则为百分比。",
        "Whether the weights of the indicators (with sections: of the sections) are percentages that add up to 100%, or parts; percentages if absent.",
        example="parts", absent="shares", more=Text("见[权重](weights.md#份数)", "see [weights](weights.md#parts)"))]
    sections: Annotated[tuple[Section, ...], key(Names(ID, Section, Text("考核板块，例如 `results: {weight: 70%}`",
            "sections such as `results: {weight: 70%}`")),
        "考核板块 · Sections",
        "可选的一级权重，例如业绩 70%、行为 30%；各板块权重合计须为 100%。",
        "An optional first level of weights, such as results 70%, behaviours 30%; they add up to 100%.",
        example="{results: {weight: 100%}}", absent=(), more=Text("见[板块](sections.md)", "see [sections](sections.md)"))]
    indicators: Annotated[tuple[Indicator, ...], key(Names(ID, Indicator, Text("考核指标，例如 `sales_amount: {weight: 40%, score: …}`",
            "indicators such as `sales_amount: {weight: 40%, score: …}`"), at_least_one=True),
        "考核指标 · Indicators",
        "各项指标，以标识为键；同一板块内（未分板块则全部）的权重合计须为 100%。",
        "The indicators by their ids; their weights add up to 100% within a section, or in all if there are no sections.",
        example="{visits: {…}}", more=Text("至少一项；见[指标](indicators.md)", "at least one; see [indicators](indicators.md)"))]
    adjustments: Annotated[tuple[Adjustment, ...], key(Names(ID, Adjustment, Text("加减分项，例如 `initiative: {points: {each: 5}}`",
            "adjustments such as `initiative: {points: {each: 5}}`")),
        "加减分项 · Adjustments",
        "权重之外的加分与扣分，以事件标识为键，按记录的事件计分。",
        "Points outside the weights, by the id of the event that earns or costs them.",
        example="{initiative: {points: {each: 5}}}", absent=(), more=Text("见[加减分项与事件](adjustments.md)", "see [adjustments and events](adjustments.md)"))]
    events: Annotated[tuple[Event, ...], key(EVENTS,
        "其他事件 · Events",
        "除加减分项和否决项之外，公式中还要用到的事件。",
        "Events that expressions use besides those of adjustments and vetoes.",
        example="[complaint]", absent=(), more=Text("见[加减分项与事件](adjustments.md#事件)", "see [adjustments and events](adjustments.md#events)"))]
    group_figures: Annotated[tuple[GroupFigure, ...], key(Names(ID, GroupFigure, Text("组内统计，例如 `dept_mean: {of: teamwork.score, by: mean, within: department}`",
            "figures such as `dept_mean: {of: teamwork.score, by: mean, within: department}`")),
        "组内统计 · Group figures",
        "一组人的统计数，例如部门平均分，以标识为键；公式中写 group.标识。",
        "Figures of groups, such as the mean score of a department, by their ids; read as group.<id>.",
        example="{dept_mean: {of: quality.score, by: mean, within: department}}", absent=(), more=Text("见[组内统计](group-figures.md)", "see [figures of a group](group-figures.md)"))]
    total: Annotated[TotalLimits, key(TotalLimits,
        "总分上下限 · Total",
        "总分的校正系数、封顶与保底；不写则不限。",
        "The factors and the limits of the total; none if absent.",
        example="{at_least: 0, at_most: 120}", unless=Text("不限", "not cut"), absent={}, more=Text("见[总分、否决与等级](total.md)", "see [total, vetoes, grades](total.md)"))]
    vetoes: Annotated[tuple[Veto, ...], key(Names(ID, Veto, Text("否决项，例如 `data_fraud: {when: data_fraud > 0, then: {pay: 0%}}`",
            "vetoes such as `data_fraud: {when: data_fraud > 0, then: {pay: 0%}}`")),
        "一票否决项 · Vetoes",
        "触发后压低总分、等级或奖金的情形，以事件标识为键；否决只降不升。",
        "What brings the total, the grade or the pay down, by id; a veto never lifts.",
        example="{fraud: {…}}", absent=(), more=Text("见[一票否决](total.md#一票否决)", "see [vetoes](total.md#vetoes)"))]
    grades: Annotated[tuple[Grade, ...], key(Rows(Grade, Text("等级列表，例如 `[{grade: A, at_least: 90}, {otherwise: B}]`",
            "a list of grades such as `[{grade: A, at_least: 90}, {otherwise: B}]`")),
        "绩效等级 · Grades",
        "总分对应的等级，由高到低排列，最后一行写 otherwise；按取位后的总分定级。",
        "From the rounded total to a grade, from high to low; the last row is “otherwise”.",
        example="[{grade: A, at_least: 80}, {otherwise: B}]", absent=(), more=Text("见[绩效等级](total.md#绩效等级)", "see [grades](total.md#grades)"))]
    tables: Annotated[tuple[TwoWayTable, ...], key(Names(ID, TwoWayTable, Text("双向表，例如 `factor: {rows: …, columns: …, cells: …}`",
            "two-way tables such as `factor: {rows: …, columns: …, cells: …}`")),
        "双向表 · Tables",
        "由两个依据查出系数的表，以标识为键；公式中写 table.标识。",
        "Tables of two inputs, by their ids; expressions read them as table.<id>.",
        example="{factor: {…}}", absent=(), more=Text("见[双向表](two-way-tables.md)", "see [two-way tables](two-way-tables.md)"))]
    incentives: Annotated[tuple[IncentivePlan, ...], key(Names(ID, IncentivePlan, Text("激励方案，例如 `quarterly_bonus: {base: person.bonus_base}`",
            "incentives such as `quarterly_bonus: {base: person.bonus_base}`")),
        "激励方案 · Incentives",
        "奖金、提成等激励方案，以标识为键。",
        "Bonuses, commissions and the like, by their ids.",
        example="{bonus: {…}}", absent=(), more=Text("见[激励方案](incentives.md)", "see [incentives](incentives.md)"))]
    payouts: Annotated[PayLimits | None, key(PayLimits,
        "激励合计限额 · Payouts",
        "一个人全部激励合计的封顶与保底；扣减或补足的部分单列一行。",
        "The limits of what all incentives of one person come to; what is cut or added is a line of its own.",
        example="{at_most: person.variable_target * 2}", unless=Text("不限", "no limits"), more=Text("见[激励合计限额](incentives.md#激励合计限额)", "see [payouts](incentives.md#payouts)"))]
    rounding: Annotated[Roundings, key(Roundings,
        "取位规则 · Rounding",
        "各步骤保留几位小数、如何取位；未写的步骤用默认值。",
        "How many digits each step keeps, and how; steps that are absent keep their defaults.",
        example="{pay: {places: 0}}", unless=Text("[默认值](rounding.md)", "[the defaults](rounding.md)"), absent={}, more=Text("见[取位规则](rounding.md)", "see [rounding](rounding.md)"))]
    guardrails: Annotated[Guardrails, key(Guardrails,
        "管控线 · Guardrails",
        "公司对指标数量与权重结构的要求；突破时默认给出警告。",
        "The company's guides for the number and the weights of indicators; a breach is a warning unless told otherwise.",
        example="{indicators: {min: 5, max: 8}}", unless=Text("无", "none"), absent={}, more=Text("见[管控线](guardrails.md)", "see [guardrails](guardrails.md)"))]
    distribution: Annotated[Distribution | None, key(Distribution,
        "强制分布 · Distribution", "各等级的人数比例（可选）。", "Quotas of grades, optional.",
        example="{quotas: {A: {at_most: 20%}}, order: [total desc]}", unless=Text("无", "none"), more=Text("见[强制分布](distribution.md)", "see [distribution](distribution.md)"))]
    awards: Annotated[tuple[Award, ...], key(Names(ID, Award, Text("奖项，例如 `quarterly_star: {order: [total desc], top: 20%}`",
            "awards such as `quarterly_star: {order: [total desc], top: 20%}`")),
        "评优奖项 · Awards",
        "按名次或条件评出的奖项，以标识为键。",
        "Awards by rank or by a condition, by their ids.",
        example="{star: {order: [total desc], top: 20%}}", absent=(), more=Text("见[评优奖项](awards.md)", "see [awards](awards.md)"))]
    pools: Annotated[tuple[Pool, ...], key(Names(ID, Pool, Text("奖金池，例如 `team_fund: {amount: cycle.team_fund, share_by: total}`",
            "pools such as `team_fund: {amount: cycle.team_fund, share_by: total}`")),
        "奖金池 · Pools",
        "按份额分配的奖金池，以标识为键；不得与激励方案同名。",
        "Sums that are shared out, by their ids, which no incentive may have.",
        example="{fund: {amount: cycle.fund, share_by: total}}", absent=(), more=Text("见[奖金池](pools.md)", "see [pools](pools.md)"))]
    follow_ups: Annotated[tuple[FollowUp, ...], key(Names(ID, FollowUp, Text("跟进事项，例如 `talk: {when: grade == \"D\"}`",
            "follow-ups such as `talk: {when: grade == \"D\"}`")),
        "后续跟进 · Follow-ups",
        "考核结果触发的跟进事项，如改进计划、绩效面谈，以标识为键。",
        "What a result sets going, such as an improvement plan or a talk, by their ids.",
        example="{plan: {when: grade == \"D\", due_days: 30}}", absent=(), more=Text("见[后续跟进](follow-ups.md)", "see [follow-ups](follow-ups.md)"))]
    warnings: Annotated[tuple[ProgressWarning, ...], key(Names(ID, ProgressWarning, Text("预警，例如 `behind: {indicator: sales, every: week, below: 80%}`",
            "warnings such as `behind: {indicator: sales, every: week, below: 80%}`")),
        "进度预警 · Warnings",
        "周期内进度落后时的预警，以标识为键；由 perfrules track 给出。",
        "Warnings of slow progress during the cycle, by their ids; perfrules track gives them.",
        example="{slow: {indicator: sales, every: week, below: 80%}}", absent=(), more=Text("见[进度跟踪](tracking.md)", "see [tracking](tracking.md)"))]
    target_changes: Annotated[TargetRule | None, key(TargetRule,
        "目标调整 · Target changes",
        "目标中途调整的次数、手续与计算方式；不写则不接受调整。",
        "How often targets may change, what a change needs and how it counts; without it no change is accepted.",
        example="{per_quarter: 1}", unless=Text("不接受调整", "no change is accepted"), more=Text("见[目标调整](target-changes.md)", "see [target changes](target-changes.md)"))]
    person_changes: Annotated[tuple[FactRule, ...], key(Names(ID, WAY_OF_CHANGE, Text("各栏的算法，例如 `{bonus_base: by_days}`",
            "a way for each column, such as `{bonus_base: by_days}`")),
        "人员信息变动 · Person changes",
        "人员表中的某一栏在周期内变动时（见 person_changes 表），按各值有效的天数加权，还是只用最后的值；没有写的栏用最后的值。",
        "What a column of people counts as where it changed within the cycle (table person_changes): each value for its days, or the last one; the last of columns that are not named.",
        example="{bonus_base: by_days}", unless=Text("用最后的值", "the last value"), absent=(), more=Text("见[中途变动的信息](time.md#中途变动的信息)", "see [facts that change](time.md#facts-that-change)"))]
    proration: Annotated[ProrationRule | None, key(ProrationRule,
        "在岗比例 · Proration",
        "proration 按哪种天数计算、哪些缺勤要扣除；不写则按日历天数、不扣缺勤。",
        "By which days “proration” counts and which absences are taken off; calendar days, and none, if absent.",
        example="{basis: working_days, less: [unpaid_leave]}", unless=Text("按日历天数，不扣缺勤", "calendar days, no absences"), more=Text("见[按天折算](time.md#按天折算)", "see [proration by days](time.md#proration-by-days)"))]
    order: tuple[str, ...] = ()
    pay_order: tuple[IncentivePlan, ...] = ()
    resolved: Mapping[str, object] = field(compare=False, repr=False, default_factory=dict)
    digest: str = field(compare=False, default="")
    places: Mapping[str, str] = field(compare=False, repr=False, default_factory=dict)
    indicator: Mapping[str, Indicator] = field(compare=False, repr=False, default_factory=dict)

    @property
    def label(self) -> str:
        """The policy's name in a trace: `sales@2024.2`."""
        return f"{self.id}@{self.version}"

    @property
    def prizes(self) -> tuple[Award, ...]:
        """The awards that pay money, each under its own name."""
        return tuple(one for one in self.awards if one.places)

    @property
    def event_names(self) -> tuple[str, ...]:
        """The events that count: of adjustments, of vetoes, and those listed besides."""
        own = [one.name for one in self.events]
        own += [one.name for one in self.adjustments]
        return (*own, *(one.name for one in self.vetoes))

    def in_parts(self, section: str | None) -> bool:
        """Whether the weights of a section's indicators are parts; None where there are none."""
        if not self.sections:
            return self.weights == "parts"
        return any(one.name == section and one.weights == "parts" for one in self.sections)

    @property
    def revisable(self) -> tuple[str, ...]:
        """What calibrations and appeals can change: `total`, `grade`, `sales.score`, …"""
        figures = (f"{name}.{part}" for name in self.indicator for part in ("score", "actual"))
        return ("total", "grade", *figures)

    def in_force(self, day: datetime.date) -> bool:
        """Whether the policy judges a cycle that ends on `day`."""
        return day in self.effective
