"""Codes of questions what a cycle would come to under other rules."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["WHAT_IF"]

WHAT_IF: Final[dict[str, Code]] = {
    "change-not-readable": Code(
        Text("看不出 `{text}` 要改什么", "`{text}` does not say what to change to what"),
        Text(
            "写成 方案.路径=值，例如 `sales.grades.S.at_least=92`；"
            "路径与 perfrules check --resolved 的输出一致",
            "write POLICY.PATH=VALUE, such as `sales.grades.S.at_least=92`, with the path that "
            "`perfrules check --resolved` shows",
        ),
    ),
    "no-such-row": Code(
        Text("`{path}` 中没有 `{row}` 这一行", "`{path}` has no row `{row}`"),
        Text("可写的行：{known}", "its rows are {known}"),
    ),
    "not-to-be-set": Code(
        Text("`{key}` 不能单独改", "`{key}` cannot be set"),
        Text(
            "请用 --policy 给出方案的另一个版本；模拟时新版本的生效期间不起作用",
            "give another version of the policy with --policy; its dates do not matter here",
        ),
    ),
    "replaced-twice": Code(
        Text(
            "方案 `{policy}` 已由 `{other}` 代替",
            "`{policy}` is replaced by `{other}` already",
        ),
        Text("每个方案只给一份新文件", "give one new file for each policy"),
    ),
    "judges-nobody": Code(
        Text(
            "周期 {cycle} 中没有人按方案 `{policy}` 考核",
            "`{policy}` judges nobody in the cycle {cycle}",
        ),
        Text("改动它不会影响任何人", "a change of it changes nothing for anybody"),
        severity="warning",
    ),
}
