"""Codes of tracking: progress during a cycle, warnings, the calendar of working days."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["TRACKING"]

TRACKING: Final[dict[str, Code]] = {
    "nothing-to-watch": Code(
        Text(
            "指标 `{indicator}` 没有可以逐期与目标值比较的数值",
            "`{indicator}` has no figure that could be compared with a target week by week",
        ),
        Text(
            "进度只跟踪填数值的指标：不能是等级、是非、评分指标，达成率公式也不能引用其他指标",
            "progress is that of a number: not of levels, of yes or no, of ratings, nor of an "
            "attainment whose formula reads other indicators",
        ),
    ),
    "missing-date": Code(
        Text("此行没有填写日期（`{table}` 表）", "this row of the table `{table}` has no date"),
    ),
    "outside-cycle": Code(
        Text("日期 {day} 不在本周期（{cycle}）内", "{day} lies outside the cycle ({cycle})"),
        Text("请填写该周或该月的最后一天", "the date is the last day of the week or month"),
    ),
    "missing-period-target": Code(
        Text(
            "`{person}` 的指标 `{indicator}` 在 {day} 这一期没有目标值",
            "`{indicator}` of `{person}` has no target for the period that ends on {day}",
        ),
        Text(
            "请在进度表中填写当期目标值；周目标、月目标不会由周期目标自动推算",
            "fill in the target of this week or month; it is not worked out from that of the cycle",
        ),
    ),
    "several-in-period": Code(
        Text(
            "预警 `{warning}` 每期只看一个数，`{person}` 的指标 `{indicator}` 在 {first} 和 {last} "
            "各有一行，又不能相加",
            "`{warning}` looks at one figure a period; `{indicator}` of `{person}` has one on "
            "{first} and one on {last}, which cannot be added up",
        ),
        Text("请每期只保留一行", "keep one row a period"),
    ),
    "bad-day-kind": Code(
        Text("`{text}` 不是可用的日期类型", "`{text}` is not a kind of day"),
        Text(
            "放假写 休 或 holiday，调休上班写 班 或 workday",
            "a day off is a holiday (休), a day worked to make up for one a workday (班)",
        ),
    ),
    "bad-state": Code(
        Text("`{text}` 不是可用的状态", "`{text}` is not a state"),
        Text(
            "可写 未开始、进行中、已完成 或 已取消",
            "write planned, running, done or dropped",
        ),
    ),
    "day-twice": Code(
        Text("{day} 在第 {row} 行已经写过", "{day} stands in row {row} already"),
        Text("请核对后只保留一行", "find out which is right and keep that one"),
    ),
    "unknown-year": Code(
        Text(
            "工作日历中没有 {year} 年的任何日期，该年按周一至周五计工作日",
            "the calendar says nothing of {year}; Monday to Friday are taken as working days",
        ),
        Text("请补上该年的放假和调休安排", "add the holidays and make-up workdays of that year"),
        severity="note",
    ),
}
