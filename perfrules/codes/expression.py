"""Codes of expressions: what can be wrong inside a formula, a condition or a base."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["EXPRESSION"]

EXPRESSION: Final[dict[str, Code]] = {
    "bad-expression": Code(
        Text(
            "表达式 `{text}` 无法使用：{reason}", "the expression `{text}` cannot be used: {reason}"
        ),
        Text(
            "表达式只含数字、名称、+ - * /、比较、and or not、in、x if c else y 和函数 "
            "min max abs round floor ceil clamp；含特殊符号时请整体加引号",
            "an expression has numbers, names, + - * /, comparisons, and or not, in, "
            "x if c else y, and the functions min max abs round floor ceil clamp; "
            "put it in quotes where it has special characters",
        ),
    ),
    "full-width-expression": Code(
        Text(
            "表达式中的 `{found}` 是全角或中文符号",
            "`{found}` in the expression is no sign of the language",
        ),
        Text("请改写为 `{fix}`", "write `{fix}`"),
    ),
    "expression-too-long": Code(
        Text("表达式过长或嵌套过深：{reason}", "the expression is too long or too deep: {reason}"),
        Text(
            "请拆成几个指标，或简化写法",
            "split it into several indicators, or write it more simply",
        ),
    ),
    "unknown-name": Code(
        Text("表达式中的名称 `{name}` 不存在", "the name `{name}` is not known here"),
        Text("此处可用的名称：{known}", "the names that can stand here: {known}"),
    ),
    "unknown-function": Code(
        Text("函数 `{name}` 不存在", "there is no function `{name}`"),
        Text(
            "可用的函数：min max abs round floor ceil clamp streak",
            "the functions are min max abs round floor ceil clamp streak",
        ),
    ),
    "wrong-arguments": Code(
        Text(
            "函数 `{name}` 需要 {expected} 个参数，这里给了 {found} 个",
            "`{name}` takes {expected} arguments, {found} are given",
        ),
    ),
    "type-mismatch": Code(
        Text(
            "`{part}` 是{found}，这里需要{expected}",
            "`{part}` is {found}, {expected} is needed here",
        ),
    ),
    "grade-by-size": Code(
        Text(
            "等级不能比大小：`{text}`",
            "grades are words and cannot be compared by size: `{text}`",
        ),
        Text(
            "请列出符合条件的等级；本方案的等级从高到低是：{known}",
            "list the grades that are meant; from the best they are: {known}",
        ),
    ),
    "word-never-comes": Code(
        Text(
            "`{of}` 不会是 `{name}`，这个条件没有意义",
            "`{of}` is never `{name}`, so that the comparison means nothing",
        ),
        Text("可用的写法：{known}", "it can be: {known}"),
    ),
    "pay-comes-later": Code(
        Text(
            "`{name}`（{what}）在这里还没有算出来",
            "`{name}` ({what}) is not worked out yet where this is read",
        ),
        Text(
            "`pay.<标识>` 只有激励方案、payouts、奖金池和后续跟进可以引用，且只能是激励方案的金额",
            "incentives, `payouts`, pools and follow-ups may read `pay.<id>`, and only that of an "
            "incentive",
        ),
    ),
    "formula-circle": Code(
        Text(
            "{what}互相引用，形成循环：{circle}",
            "{what} refer to each other in a circle: {circle}",
        ),
        Text("请去掉其中一个引用", "take one of the references out"),
    ),
}
