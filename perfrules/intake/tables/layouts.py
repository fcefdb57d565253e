"""What the tables of a cycle are called, and which columns they have, in Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["ALIASES", "LAYOUTS", "Layout", "title_of"]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table is called and which columns it has; `open` if any others may follow."""

    name: str
    alias: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    open: bool = False


LAYOUTS: Final = (
    Layout(
        "people", "人员", ("person_id", "role"),
        ("name", "team", "department", "joined", "left", "proration"), open=True,
    ),
    Layout(
        "units", "组织", ("unit_id", "role"), ("name", "parent"), open=True,
    ),
    Layout(
        "segments", "任职", ("person_id", "role", "from", "to"),
        ("segment", "team", "department"), open=True,
    ),
    Layout(
        "actuals", "实际值", ("person_id", "indicator", "actual"),
        ("name", "segment", "target", "baseline", "source", "as_of", "evidence", "unit", "单位",
         "weight", "权重"),
    ),
    Layout(
        "ratings", "评分", ("person_id", "indicator", "group", "score"),
        ("name", "segment", "rater_id", "evidence"),
    ),
    Layout(
        "raters", "评分关系", ("person_id", "group", "rater_id"),
        ("name", "segment", "indicator", "rater"),
    ),
    Layout(
        "comments", "评语", ("person_id", "group", "comment"),
        ("name", "segment", "indicator", "rater_id", "score"),
    ),
    Layout(
        "events", "事件", ("person_id", "event"),
        ("name", "segment", "count", "points", "evidence"),
    ),
    Layout(
        "target_changes", "目标变更", ("person_id", "indicator", "date", "old", "new"),
        ("name", "old_due", "new_due", "reason", "approved_by", "evidence"),
    ),
    Layout(
        "calibrations", "校准", ("person_id", "date", "what", "before", "after"),
        ("name", "kind", "reason", "approved_by", "evidence"),
    ),
    Layout(
        "history", "历史", ("person_id", "cycle"),
        ("name", "total", "grade", "indicator", "actual", "target", "attainment", "score",
         "incentive", "paid"),
    ),
    Layout(
        "okrs", "OKR", ("person_id", "objective", "key_result", "score"),
        ("name", "evidence"),
    ),
    Layout(
        "progress", "进度", ("person_id", "indicator", "date", "actual"),
        ("name", "target", "note", "reason", "measure"),
    ),
    Layout(
        "improvements", "改进计划", ("person_id", "measure"),
        ("name", "gap", "support", "owner", "due", "state", "note"),
    ),
    Layout(
        "person_changes", "人员变动", ("person_id", "column", "value", "from"),
        ("name", "reason", "approved_by"),
    ),
    Layout(
        "absences", "缺勤", ("person_id", "kind", "from", "to"), ("name", "note"),
    ),
)  # fmt: skip

ALIASES: Final[Mapping[str, str]] = {
    "工号": "person_id", "姓名": "name", "岗位": "role", "团队": "team", "部门": "department",
    "入职日期": "joined", "离职日期": "left", "折算系数": "proration", "奖金基数": "bonus_base",
    "部门系数": "department_factor",
    "指标": "indicator", "实际值": "actual", "目标值": "target", "基线值": "baseline",
    "数据来源": "source", "数据日期": "as_of", "佐证": "evidence", "评分组": "group",
    "评分人": "rater_id", "评分": "score", "事件": "event", "次数": "count", "分值": "points",
    "组织编号": "unit_id", "上级组织": "parent", "任职段": "segment", "起始日期": "from",
    "截止日期": "to", "日期": "date", "原目标值": "old", "新目标值": "new",
    "原完成日期": "old_due", "新完成日期": "new_due", "原因": "reason",
    "批准人": "approved_by", "类别": "kind", "调整对象": "what", "调整前": "before",
    "调整后": "after", "周期": "cycle", "总分": "total", "等级": "grade", "达成率": "attainment",
    "得分": "score", "目标": "objective", "关键结果": "key_result", "备注": "note",
    "项目": "project", "名称": "name", "类型": "kind", "激励方案": "incentive",
    "已发金额": "paid", "措施": "measure",
    "改进措施": "measure", "差距": "gap", "所需支持": "support", "负责人": "owner",
    "评语": "comment", "评分人姓名": "rater",
    "完成日期": "due", "状态": "state", "栏目": "column", "新值": "value",
}  # fmt: skip
"""Chinese headers and the columns that they name."""

_TITLES: Final = {name: alias for alias, name in reversed([*ALIASES.items()])}


def title_of(column: str) -> str:
    """What a column is called in Chinese; its name where it has no other."""
    return _TITLES.get(column, column)
