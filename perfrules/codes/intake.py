"""Codes of units, segments and dated entries: what the data of a whole cycle say beside figures."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["INTAKE"]

_UNITS: Final[dict[str, Code]] = {
    "wrong-subject-kind": Code(
        Text(
            "方案 `{policy}` 的考核对象是{judges}，不能用于{wanted}",
            "the policy `{policy}` judges {judges}, not {wanted}",
        ),
        Text(
            "个人写在人员表，团队、部门、项目写在组织表（units），方案中的 subject 要与之一致",
            "people stand in the people table, teams, departments and projects in the units "
            "table; `subject` in the policy has to fit",
        ),
    ),
    "missing-unit-id": Code(
        Text("此行没有组织编号（`{table}` 表）", "this row of the table `{table}` has no unit_id"),
        Text("请补上编号，或删去此行", "fill it in or delete the row"),
    ),
    "id-taken": Code(
        Text("编号 `{id}` 同时用于另一行", "the id `{id}` stands for something else already"),
        Text(
            "人员、组织和任职段的编号不能相同，请改其中一个",
            "people, units and segments share one set of ids; change one of the two",
        ),
    ),
    "unknown-unit": Code(
        Text("组织表中没有{kind} `{name}`", "the units table has no {kind} `{name}`"),
        Text("请写组织编号或名称", "write the id or the name of a unit"),
        severity="warning",
    ),
    "ambiguous-unit": Code(
        Text(
            "有不止一个{kind}名为 `{name}`，无法确定是哪一个",
            "`{name}` is the name of more than one {kind}",
        ),
        Text("请改写组织编号", "write the id instead"),
    ),
    "parent-circle": Code(
        Text(
            "从 `{unit}` 的上级组织 `{parent}` 往上，又回到了 `{unit}`",
            "`{unit}` belongs to `{parent}`, and that in the end to `{unit}` again",
        ),
        Text("请核对上级组织一列", "check the column `parent`"),
    ),
}

_SEGMENTS: Final[dict[str, Code]] = {
    "segments-overlap": Code(
        Text(
            "`{person}` 从 {day} 起的任职与第 {row} 行的任职有重叠",
            "the segment of `{person}` from {day} on overlaps with that of row {row}",
        ),
        Text(
            "同一天只能有一段任职，请核对起止日期；首尾两天都计在内",
            "a day belongs to one segment only, the first and the last day included",
        ),
    ),
    "segment-outside": Code(
        Text(
            "`{person}` 的任职段 {start} – {end} 不在{within}内",
            "the segment {start} – {end} of `{person}` is not within {within}",
        ),
        Text(
            "请核对日期，或删去此行",
            "check the dates, or delete the row",
        ),
    ),
    "role-without-segment": Code(
        Text(
            "`{person}` 在人员表中的岗位 `{role}` 不在任职表之列，以任职表为准",
            "the role `{role}` that the people table has for `{person}` is none of the segments, "
            "which count",
        ),
        Text("请核对任职表是否缺少一段", "check whether a segment is missing"),
        severity="warning",
    ),
    "which-segment": Code(
        Text(
            "无法确定此行属于 `{person}` 的哪一段任职：{why}",
            "it is not clear which segment of `{person}` this row belongs to: {why}",
        ),
        Text(
            "请在任职段（segment）列写段号或岗位，或以 {known} 作为工号",
            "the column `segment` names one by its number or role; "
            "or one of these stands in place of the id: {known}",
        ),
    ),
    "segment-at-fault": Code(
        Text(
            "`{person}` 的任职段 `{segment}` 没有结果，因此无法汇总",
            "there is no result of `{segment}`, so there is none of `{person}`",
        ),
        Text("请先改正该任职段的问题", "mend what is said of the segment"),
    ),
}

_ENTRIES: Final[dict[str, Code]] = {
    "target-change-refused": Code(
        Text(
            "`{person}` 的指标 `{indicator}` 的目标变更未采用：{why}",
            "the change of the target of `{indicator}` for `{person}` is not applied: {why}",
        ),
        severity="warning",
    ),
    "calibration-refused": Code(
        Text(
            "`{person}` 的 `{what}` 的调整未采用：{why}",
            "the entry on `{what}` of `{person}` is not applied: {why}",
        ),
        severity="warning",
    ),
    "unknown-what": Code(
        Text("`{what}` 不是可以调整的对象", "`{what}` is nothing that can be calibrated"),
        Text(
            "可写 total、grade、<指标>.score、<指标>.actual，或 总分、等级、<指标> 得分",
            "it is `total`, `grade`, `<indicator>.score` or `<indicator>.actual`",
        ),
    ),
    "empty-cell": Code(
        Text("`{table}` 表的 `{column}` 列没有填写", "the column `{column}` of `{table}` is empty"),
        severity="warning",
    ),
    "both-given": Code(
        Text(
            "`{person}` 的指标 `{indicator}` 的{what}由方案得出（{source}），数据中又填了一个",
            "the {what} of `{indicator}` for `{person}` comes from {source}; the data give one too",
        ),
        Text("请将数据中的值留空，或修改方案", "leave the cell empty, or change the policy"),
    ),
}

INTAKE: Final[dict[str, Code]] = {**_UNITS, **_SEGMENTS, **_ENTRIES}
