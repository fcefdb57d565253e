"""What follows from a result, and how targets may change before there is one."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.model.declared import NAME, Block, Choice, Rows, key
from perfrules.model.kinds import COUNT, EXPRESSION, POSITIVE_COUNT, TEXT
from perfrules.model.written import Constant, Placed

__all__ = ["FollowUp", "TargetRule", "Weighting"]

# fmt: off

Weighting = Literal["none", "days", "months"]
"""Whether a changed target counts alone, or each target for the days or months it was in force."""

_NEED = Choice(("理由 · the reason", "批准人 · who approved it", "佐证 · the evidence"), ("reason", "approved_by", "evidence"),
    "need_of_change", "须填内容 · Need", "调整目标时必须填写的一项内容。", "One thing that a change of target must name.")


@dataclass(frozen=True, slots=True)
class FollowUp(Placed):
    """A plan or a talk that a result sets going where `when` is true, due `due_days` after the
    day on which results are told; None where there is no date."""

    name: str
    block: ClassVar = Block("follow_up", "后续跟进 · Follow-up",
        "考核结果触发的一项跟进。",
        "One thing that a result sets going.",
        Text("跟进事项，例如 `{when: grade == \"D\", due_days: 30}`", "a follow-up such as `{when: grade == \"D\", due_days: 30}`"))
    title: Annotated[Text, key(TEXT,
        "名称 · Title",
        "跟进事项的显示名称；不写则用标识。",
        "The name that is shown; the id if absent.", example="30天改进计划", absent=NAME)]
    when: Annotated[Formula, key(EXPRESSION,
        "触发条件 · When",
        "满足此条件即启动，例如 grade == \"D\" 或 streak(\"D\") >= 2。",
        "The condition that sets it going, such as grade == \"D\" or streak(\"D\") >= 2.",
        example="grade == \"D\"", more=Text("可以读取一切数据，包括最终的 `grade`", "it may read everything, the final `grade` too"))]
    due_days: Annotated[Constant | None, key(POSITIVE_COUNT,
        "期限（天） · Due days",
        "结果公布后应在多少天内完成；不写则没有期限。",
        "In how many days after the results are told it is due; no date if absent.",
        example="30", unless=Text("没有期限", "no date"),
        more=Text("自 [cycle.yaml](cycle.md) 的 `announced` 起算，没有写则自周期最后一天起算", "counted from `announced` in [cycle.yaml](cycle.md), else from the cycle's last day"))]


@dataclass(frozen=True, slots=True)
class TargetRule(Placed):
    """How often an indicator's target may change in a calendar quarter (None: as often as is
    asked), what a change must name, and how the targets count together."""

    block: ClassVar = Block("target_changes", "目标调整 · Target changes",
        "目标中途调整的限制与计算方式。",
        "The limits on changing targets, and how they count together.",
        Text("目标调整规则，例如 `{per_quarter: 1, needs: [reason]}`", "a rule such as `{per_quarter: 1, needs: [reason]}`"),
        at_least_one=True)
    per_quarter: Annotated[Decimal | None, key(COUNT,
        "每季度次数 · Per quarter",
        "每个指标每季度最多调整几次目标；不写则不限。",
        "How often the target of an indicator may change in a quarter; as often as is asked if absent.",
        example="1", unless=Text("次数不限", "as often as is asked"), more=Text("按自然季度；`0` 表示不得调整", "the quarters are those of the calendar; `0` for never"))]
    needs: Annotated[tuple[str, ...], key(Rows(_NEED, Text("列表，例如 `[reason, approved_by]`",
            "a list such as `[reason, approved_by]`")),
        "须填内容 · Needs",
        "调整目标时必须填写的内容；不写则为理由和批准人。",
        "What a change of target must name; the reason and who approved it if absent.",
        example="[reason, approved_by, evidence]", absent=("reason", "approved_by"))]
    weighting: Annotated[Weighting, key(Choice((
            "只用最后的目标 · the last target alone", "按生效天数加权 · by days in force", "按生效月数加权 · by months in force")),
        "计算方式 · Weighting",
        "调整后只用新目标，还是各目标按生效的天数或月数加权；不写则只用新目标。",
        "Whether the new target counts alone, or each target for the days or months it was in force; alone if absent.",
        example="months", absent="none")]
