"""Codes of inputs that pass and look wrong: `verify --odd`."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["ODD"]

ODD: Final[dict[str, Code]] = {
    "odd-attainment": Code(
        Text(
            "`{person}` 的指标 `{indicator}` 达成率高达 {value}",
            "the attainment of `{indicator}` of `{person}` is {value}",
        ),
        Text(
            "请核对实际值和目标值，尤其是单位（元与万元、% 与小数）",
            "check actual and target, above all their units (thousands, per cent and ratio)",
        ),
        severity="warning",
    ),
    "odd-scale": Code(
        Text(
            "`{person}` 的指标 `{indicator}` 实际值 {value} {said}",
            "the actual {value} of `{indicator}` of `{person}` {said}",
        ),
        Text(
            "请核对单位：是否把元填成了万元，把 70% 填成了 70 或 0.7",
            "check the unit: thousands for ones, or 70 or 0.7 for 70%",
        ),
        severity="warning",
    ),
    "odd-repeated": Code(
        Text(
            "指标 `{indicator}` 的 {of} 个实际值中有 {count} 个都是 {value}（{people}）",
            "{count} of the {of} actuals of `{indicator}` are {value} ({people})",
        ),
        Text(
            "请核对是否整列填充、复制了同一个数",
            "see whether one figure was filled down or copied",
        ),
        severity="warning",
    ),
    "odd-copied": Code(
        Text(
            "指标 `{indicator}` 的 {of} 个实际值中有 {count} 个与各自的目标值分毫不差（{people}）",
            "{count} of the {of} actuals of `{indicator}` equal their targets to the last digit "
            "({people})",
        ),
        Text(
            "请核对是否把目标值一列粘贴成了实际值",
            "see whether the column of targets was pasted over the actuals",
        ),
        severity="warning",
    ),
    "odd-source": Code(
        Text(
            "指标 `{indicator}` 的 {of} 个实际值中有 {count} 个没有写数据来源（{people}）",
            "{count} of the {of} actuals of `{indicator}` name no source ({people})",
        ),
        Text(
            "请在“数据来源”一列写明出自哪个系统或报表",
            "write into the column `source` which system or report they are from",
        ),
        severity="warning",
    ),
}
