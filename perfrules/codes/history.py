"""Codes of earlier cycles: the history table, result folders that are read again, revised runs."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["HISTORY"]

HISTORY: Final[dict[str, Code]] = {
    "damaged-history": Code(
        Text(
            "往期结果 `{path}` 不能采用：{reason}",
            "the earlier results in `{path}` cannot be used: {reason}",
        ),
        Text(
            "请用 perfrules verify 复核该文件夹，从备份恢复，或从 history 中去掉",
            "check the folder with `perfrules verify`; take it from a backup, or off `history`",
        ),
    ),
    "history-twice": Code(
        Text(
            "周期 `{cycle}` 的往期结果出现两次，另一处为 `{first}`",
            "there are two result folders of the cycle `{cycle}`, the other one is `{first}`",
        ),
        Text("请只保留最终的一次", "name the final one alone"),
    ),
    "later-history": Code(
        Text(
            "历史周期 `{cycle}` 不在本周期 `{current}` 之前",
            "the cycle `{cycle}` in the history is not before `{current}`, which is being judged",
        ),
        Text("历史数据只能来自以往的周期", "a history has earlier cycles only"),
    ),
    "undated-cycle": Code(
        Text(
            "看不出历史周期 `{cycle}` 的时间",
            "`{cycle}` does not say when that cycle was",
        ),
        Text(
            "请写成 2024、2024H1、2024Q3 或 2024-10 这样，"
            "或在 cycle.yaml 的 history 中写上该周期的结果文件夹",
            "write it like 2024, 2024H1, 2024Q3 or 2024-10, "
            "or list its result folder under `history` in cycle.yaml",
        ),
    ),
    "history-disagrees": Code(
        Text(
            "`{person}` 在周期 `{cycle}` 的{what}前后不一：此处为 `{found}`，{where} 为 `{other}`",
            "the {what} of `{person}` in `{cycle}` is `{found}` here and `{other}` in {where}",
        ),
        Text(
            "请核对后只保留正确的一处；两处相同也可以",
            "find out which is right; the two may stand side by side only if they agree",
        ),
    ),
    "missing-incentive": Code(
        Text("这一行有已发金额，没有写激励方案", "the row has an amount paid and no incentive"),
        Text(
            "请在“激励方案”一栏写标识或名称",
            "name the incentive, by its id or title, in the column `incentive`",
        ),
    ),
    "unknown-incentive": Code(
        Text("方案中没有激励方案 `{name}`", "the policy has no incentive `{name}`"),
        Text("可以写：{known}", "it has: {known}"),
    ),
    "no-result-then": Code(
        Text(
            "`{person}` 在周期 `{cycle}` 没有结果（数据有问题，见 {where}），本年累计无法确定",
            "`{person}` had no result in `{cycle}` (see {where}), "
            "so that nobody knows what the year comes to",
        ),
        Text(
            "请先改正并重新计算该周期，或在历史表中补上当期的数值和已发金额",
            "mend and evaluate that cycle again, or state its figures and what was paid "
            "in the table of history",
        ),
    ),
    "history-of-others": Code(
        Text(
            "历史表中有些编号不在本周期内，例如 `{person}`"
            "（共 {people} 个编号、{rows} 行），未采用",
            "the history has ids that are not in this cycle, `{person}` for one "
            "(ids: {people}; rows: {rows}); they were not used",
        ),
        severity="note",
    ),
    "cannot-revise": Code(
        Text(
            "不能与 `{path}` 对比修订：{reason}",
            "`{path}` cannot be revised: {reason}",
        ),
        Text(
            "--revises 应为同一周期、未被改动的原结果文件夹，且不是本次的输出文件夹",
            "`--revises` names the untouched results of the same cycle, and not the output folder",
        ),
    ),
}
