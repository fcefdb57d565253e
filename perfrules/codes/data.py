"""Codes of the data: people and figures that are not what is due; cells and tables besides."""

from typing import Final

from perfrules.codes.code import Code, Text
from perfrules.codes.numbers import NUMBERS
from perfrules.codes.table import TABLES

__all__ = ["DATA"]

_PEOPLE: Final[dict[str, Code]] = {
    "missing-person-id": Code(
        Text("此行没有工号（`{table}` 表）", "this row of the table `{table}` has no person_id"),
        Text(
            "请补上工号，或删去此行；合并单元格要先取消合并",
            "fill it in or delete the row; unmerge merged cells first",
        ),
    ),
    "padded-id": Code(
        Text(
            "工号存成了数字 {stored}，只是显示为 {shown}",
            "the id is stored as the number {stored} and only shown as {shown}",
        ),
        Text(
            "请把该列设为“文本”格式，重新填写 {shown}",
            "make the column text and type {shown} again",
        ),
    ),
    "tidied-id": Code(
        Text(
            "工号 `{text}` 中有全角字符、空格或看不见的字符，按 `{person}` 处理",
            "the id `{text}` has full-width letters, spaces or invisible characters; "
            "it counts as `{person}`",
        ),
        severity="warning",
    ),
    "duplicate-person": Code(
        Text(
            "工号 `{person}` 在第 {row} 行和此行各有一条，内容不同",
            "the id `{person}` stands in row {row} and here, with different values",
        ),
        Text("请核对后只保留一行", "find out which is right and keep that one"),
    ),
    "repeated-person": Code(
        Text(
            "工号 `{person}` 与第 {row} 行完全重复，只计一次",
            "the id `{person}` stands in row {row} already, with the same values; it counts once",
        ),
        severity="warning",
    ),
    "same-name": Code(
        Text(
            "有 {count} 个姓名对应不止一个工号，例如 `{name}`",
            "{count} names belong to more than one id, `{name}` for one",
        ),
        severity="note",
    ),
    "missing-role": Code(
        Text("`{person}` 没有填写岗位", "`{person}` has no role"),
        Text("请在岗位列填写方案的名称", "write the title or the id of a policy"),
    ),
    "other-cycle-kind": Code(
        Text(
            "方案 `{policy}` 适用于 {kind} 周期，本周期是 {cycle}",
            "the policy `{policy}` is for the cycle `{kind}`, this one is a `{cycle}`",
        ),
    ),
    "left-before-joined": Code(
        Text(
            "`{person}` 的离职日期 {left} 早于入职日期 {joined}",
            "`{person}` left on {left}, before joining on {joined}",
        ),
    ),
    "not-in-cycle": Code(
        Text(
            "`{person}` 的{what} {day} 不在本周期（{cycle}）内，整个周期不在岗",
            "`{person}` {what} {day} and was not there during the cycle ({cycle})",
        ),
        Text(
            "请从人员表中删去，或核对日期",
            "take the row out of the people table, or check the date",
        ),
    ),
    "no-figures": Code(
        Text("`{person}` 在各数据表中都没有记录", "no other table has a row for `{person}`"),
        Text(
            "请补上此人的数据，并核对各表中的工号",
            "add the figures, and see whether they stand under another id",
        ),
        severity="warning",
    ),
    "unknown-person": Code(
        Text(
            "{table} 表中的工号 `{person}` 不在人员表中（共 {rows} 行）",
            "the id `{person}` in the table {table} is not in the people table (rows: {rows})",
        ),
        Text(
            "请核对工号，或在人员表中补上此人",
            "see whether the id is right, or add the person to the people table",
        ),
    ),
}

_FIGURES: Final[dict[str, Code]] = {
    "missing-indicator": Code(
        Text(
            "此行没有填写指标（`{table}` 表）", "this row of the table `{table}` names no indicator"
        ),
    ),
    "unknown-indicator": Code(
        Text(
            "方案 `{policy}` 中没有指标 `{indicator}`",
            "the policy `{policy}` has no indicator `{indicator}`",
        ),
        Text("该方案的指标：{known}", "its indicators are {known}"),
    ),
    "unknown-event": Code(
        Text(
            "方案 `{policy}` 中没有事件 `{event}`", "the policy `{policy}` has no event `{event}`"
        ),
        Text("该方案的事件：{known}", "its events are {known}"),
    ),
    "weight-is-fixed": Code(
        Text(
            "方案规定指标 `{indicator}` 的权重为 {weight}，这里填写的权重不计",
            "the policy fixes the weight of `{indicator}` at {weight}; the one here does not count",
        ),
        Text(
            "请改成相同的权重或留空；若权重应随数据提供，方案中写 weight: given",
            "write the same or leave it empty; if it should come with the data, the policy says "
            "`weight: given`",
        ),
        severity="warning",
    ),
    "undeclared-figure": Code(
        Text(
            "方案 {policy} 的指标 `{indicator}` 没有 `{name}` 这项数据，这里填写的不计",
            "the policy {policy} has no `{name}` of `{indicator}`; the one here does not count",
        ),
        Text(
            "请删去；若需要这项数据，在该指标下写 figures: [{name}]",
            "take it out; if it is needed, the indicator says `figures: [{name}]`",
        ),
        severity="warning",
    ),
    "duplicate-figure": Code(
        Text(
            "`{person}` 的指标 `{indicator}` 在{first}和此处的值不同",
            "`{indicator}` of `{person}` has other values here than in {first}",
        ),
        Text("请核对后只保留一行", "find out which is right and keep that one"),
    ),
    "repeated-figure": Code(
        Text(
            "`{person}` 的指标 `{indicator}` 与{first}重复，只计一次",
            "`{indicator}` of `{person}` stands in {first} already, with the same values; "
            "it counts once",
        ),
        severity="warning",
    ),
    "duplicate-rating": Code(
        Text(
            "同一评分人对 `{person}` 的 `{indicator}` 在第 {row} 行和此行给了不同的分",
            "one rater gave `{indicator}` of `{person}` another score here than in row {row}",
        ),
        Text("请核对后只保留一行", "find out which is right and keep that one"),
    ),
    "repeated-rating": Code(
        Text(
            "同一评分人对 `{person}` 的 `{indicator}` 的评分与第 {row} 行重复，只计一次",
            "this rating of `{indicator}` of `{person}` stands in row {row} already; "
            "it counts once",
        ),
        severity="warning",
    ),
    "repeated-event": Code(
        Text(
            "`{person}` 的事件 `{indicator}` 与第 {row} 行完全相同，两行都计入",
            "the event `{indicator}` of `{person}` is the same as in row {row}; both count",
        ),
        Text("若是重复登记，请删去一行", "delete one of them if it was entered twice"),
        severity="warning",
    ),
    "empty-event": Code(
        Text(
            "事件 `{event}` 既没有次数也没有分值",
            "the event `{event}` has neither a count nor points",
        ),
        Text("发生一次请填 1", "write 1 for what happened once"),
    ),
    "points-for-several": Code(
        Text(
            "事件 `{event}` 填了分值，次数却是 {value}",
            "the event `{event}` names points and a count of {value}",
        ),
        Text(
            "自带分值的事件每次单独一行",
            "an event with points of its own has one row for each time",
        ),
    ),
    "wrong-source": Code(
        Text(
            "指标 `{indicator}` 的数据来自 `{source}`，方案要求 `{wanted}`",
            "the figure of `{indicator}` is from `{source}`; the policy asks for `{wanted}`",
        ),
        severity="warning",
    ),
    "figure-for-ratings": Code(
        Text(
            "指标 `{indicator}` 由评分得出，不应填实际值 `{text}`",
            "`{indicator}` comes from ratings and takes no actual `{text}`",
        ),
        Text("请把评分填入评分表", "put the ratings into the ratings table"),
    ),
    "not-rated": Code(
        Text("指标 `{indicator}` 不采用多人评分", "`{indicator}` is not scored by ratings"),
        Text("请把数值填入实际值表", "put the figure into the actuals table"),
    ),
    "missing-group": Code(
        Text(
            "指标 `{indicator}` 的评分没有填写评分组", "this rating of `{indicator}` names no group"
        ),
        Text("可用的评分组：{known}", "its groups are {known}"),
    ),
}

DATA: Final[dict[str, Code]] = {**TABLES, **NUMBERS, **_PEOPLE, **_FIGURES}
