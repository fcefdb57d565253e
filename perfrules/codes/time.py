"""Codes of time: columns of people that change from a day on, and absences."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["TIME"]

TIME: Final[dict[str, Code]] = {
    "change-of-role": Code(
        Text(
            "`{column}` 不能用人员变动表改变",
            "`{column}` cannot change by the table of person changes",
        ),
        Text("{fix}", "{fix}"),
    ),
    "unknown-changed-column": Code(
        Text(
            "人员表没有 `{column}` 这一栏，也没有方案读取它",
            "the table of people has no column `{column}`, and no policy reads one",
        ),
        Text(
            "请写人员表的栏目名，例如 奖金基数（bonus_base）",
            "name a column of the table of people, such as bonus_base",
        ),
    ),
    "change-without-value": Code(
        Text("`{column}` 的变动没有写新值", "the change of `{column}` has no new value"),
        Text("请填写从这一天起的值", "fill in the value from that day on"),
    ),
    "change-after-cycle": Code(
        Text(
            "`{column}` 自 {day} 起的变动在周期结束（{end}）之后，本周期未采用",
            "`{column}` changes on {day}, after the end of the cycle ({end}); it was not used",
        ),
        severity="warning",
    ),
    "missing-absence-kind": Code(
        Text("这条缺勤没有写类别", "the absence has no kind"),
        Text("请写类别，例如 事假 或 unpaid_leave", "name its kind, such as unpaid_leave"),
    ),
    "unknown-absence-kind": Code(
        Text(
            "没有方案扣除缺勤类别 `{kind}`（{rows} 行），这些缺勤未计入",
            "no policy takes off absences of the kind `{kind}` (rows: {rows}); they count nothing",
        ),
        Text(
            "方案 proration 的 less 中有：{known}；若应扣除，请补上或改正写法",
            "`less` of `proration` has: {known}; where they should be taken off, "
            "add the kind or mend its spelling",
        ),
        severity="warning",
    ),
    "absences-beside-proration": Code(
        Text(
            "`{person}` 写有折算系数，缺勤（{kind}）不再另外扣除",
            "the proration of `{person}` is stated, so that the absence ({kind}) is not taken off",
        ),
        Text(
            "请确认折算系数已包含缺勤，或清空折算系数",
            "see that the proration has the absence in it, or leave its cell empty",
        ),
        severity="warning",
    ),
}
