"""Codes of lint: legal, and worth a second look."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["LINT"]

LINT: Final[dict[str, Code]] = {
    "attainment-cut-in-pay": Code(
        Text(
            "`{name}` 只保留 {places} 位小数，又用来算 `{plan}` 的金额："
            "最多差所乘金额的 {share}，即每 100 万差 {cost}",
            "`{name}` is cut to {places} places and pays money in `{plan}`: a payout can be off "
            "by {share} of what it multiplies, {cost} for each million",
        ),
        Text(
            "请删去 rounding.attainment 的 places（默认保留 10 位），或改为 10",
            "leave `places` of `rounding.attainment` out (10 are the default), or write 10",
        ),
        severity="warning",
    ),
    "missing-title": Code(
        Text("`{name}` 没有标题", "`{name}` has no title"),
        Text(
            "请加上 title，例如 title: {{zh: 销售额, en: Sales}}",
            "add one, such as `title: {{zh: 销售额, en: Sales}}`",
        ),
        severity="warning",
    ),
    "missing-unit": Code(
        Text("指标 `{name}` 没有写单位", "`{name}` has no unit"),
        Text(
            '请加上 unit，例如 unit: CNY 或 unit: "%"',
            'add one, such as `unit: CNY` or `unit: "%"`',
        ),
        severity="warning",
    ),
    "missing-source": Code(
        Text("指标 `{name}` 没有写数据来源", "`{name}` does not say where its figure comes from"),
        Text("请加上 source，例如 source: CRM", "add `source`, such as `source: CRM`"),
        severity="warning",
    ),
    "missing-grades": Code(
        Text("考核方案 `{name}` 没有 grades，总分没有对应的等级", "`{name}` has no grades"),
        Text(
            "请加上 grades，或用 extends 继承公司的等级",
            "add `grades`, or inherit the company's with `extends`",
        ),
        severity="warning",
    ),
    "missing-dates": Code(
        Text(
            "考核方案 `{name}` 没有写生效日期，视为一直有效",
            "`{name}` has no first day and counts as in force always",
        ),
        Text(
            "请加上 effective: {{from: 2024-07-01}}",
            "add `effective: {{from: 2024-07-01}}`",
        ),
        severity="warning",
    ),
    "flattering-zero": Code(
        Text(
            "指标 `{name}` 缺失时按 0 计，而 0 恰是最好的成绩",
            "a missing figure of `{name}` counts as 0, which is the best there is",
        ),
        Text("请改为 missing: error 或 exclude", "use `missing: error` or `missing: exclude`"),
        severity="warning",
    ),
    "zero-out-of-range": Code(
        Text(
            "指标 `{name}` 缺失时按 0 计，而 0 不在允许的范围内，会成为错误",
            "a missing figure of `{name}` counts as 0, which is outside its range and so an error",
        ),
        Text("请改为 missing: error 或 exclude", "use `missing: error` or `missing: exclude`"),
        severity="warning",
    ),
    "falling-cells": Code(
        Text(
            "`{by}` 为 {better} 时是 {above}，为 {worse} 时反而是 {below}（另一边为 {beside}）",
            "`{by}` of {better} gives {above}, and {worse} gives {below} (beside {beside})",
        ),
        Text("请核对表中各格", "check the cells of the table"),
        severity="warning",
    ),
    "falling-scores": Code(
        Text(
            "达到 {threshold} 得 {above} 分，低一档反而得 {below} 分",
            "{threshold} scores {above}, and the band below it {below}",
        ),
        Text("请核对各档得分", "check the scores of the bands"),
        severity="warning",
    ),
    "unreachable-grade": Code(
        Text(
            "等级 `{grade}` 从 {threshold} 分起，而总分最高为 {limit}",
            "the grade `{grade}` begins at {threshold}, and the total is at most {limit}",
        ),
        severity="warning",
    ),
    "pay-ignores-quota": Code(
        Text(
            "`{name}` 按总分发放，不受强制分布影响：等级被调低的人奖金不变",
            "`{name}` follows the total, whatever the quotas make of the grade",
        ),
        Text(
            "强制分布只改等级不改总分；要让名额影响奖金，请读取 grade，例如 by_grade",
            "a distribution moves the grade and never the total; let the pay read `grade`, with "
            "`by_grade` for instance, if the quotas are to count for it",
        ),
        severity="warning",
    ),
    "constant-veto": Code(
        Text(
            "否决项 `{name}` 的条件 `{text}` 不看任何数据，结果恒定",
            "the condition `{text}` of the veto `{name}` reads no data",
        ),
        severity="warning",
    ),
}
