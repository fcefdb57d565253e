"""Codes of what a figure rests on: its source, its date, its evidence."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["EVIDENCE"]

EVIDENCE: Final[dict[str, Code]] = {
    "no-source": Code(
        Text(
            "指标 `{indicator}` 没有写数据来源，方案要求取自 `{wanted}`",
            "no source is named for `{indicator}`; the policy asks for `{wanted}`",
        ),
        Text(
            "请在“数据来源”列写明取自哪里；若取自别处，请改用规定来源的数据",
            "name it in the column `source`; take the figure from there if it is another one",
        ),
        severity="warning",
    ),
    "no-source-column": Code(
        Text(
            "`{table}` 表没有“数据来源”一列，"
            "而方案写明了来源（例如 `{indicator}` 取自 `{wanted}`）",
            "`{table}` has no column `source`, and the policies name sources "
            "(that of `{indicator}` is `{wanted}`)",
        ),
        Text(
            "请加上“数据来源”列，写明每个数值取自哪里",
            "add the column `source`, which says where each figure was taken from",
        ),
        severity="warning",
    ),
    "missing-evidence": Code(
        Text(
            "指标 `{indicator}` 的方案要求佐证（evidence: required），此处没有写",
            "the policy asks for evidence of `{indicator}` (`evidence: required`), "
            "and there is none here",
        ),
        Text(
            "请写明依据，例如“9 月活动物料晚交 3 天，见工单 1024”",
            "name what it rests on, such as "
            '"material for the September campaign was 3 days late, ticket 1024"',
        ),
    ),
    "vague-evidence": Code(
        Text("`{word}` 不能作为依据", "`{word}` is nothing that could be looked up"),
        Text(
            "请写发生了什么、何时、见哪份记录，例如“9 月活动物料晚交 3 天，见工单 1024”",
            "say what happened, when, and which record has it, such as "
            '"material for the September campaign was 3 days late, ticket 1024"',
        ),
        severity="warning",
    ),
    "dated-outside": Code(
        Text(
            "数据日期 {day} 不在本周期（{start} – {end}）内",
            "the figure is as of {day}, outside the cycle ({start} – {end})",
        ),
        Text(
            "请核对是否填错，或误取了其他周期的数据",
            "check whether the date is wrong, or the figure that of another cycle",
        ),
        severity="warning",
    ),
    "dated-late": Code(
        Text(
            "数据日期 {day} 晚于期限 {due}（{deadline}）",
            "the figure is as of {day}, after the deadline {due} ({deadline})",
        ),
        Text(
            "请核对日期；确属逾期的数据，请由有权的人决定是否采用",
            "check the date; whether late figures count is for whoever answers for them to say",
        ),
        severity="warning",
    ),
}
