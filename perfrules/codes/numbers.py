"""Codes of cells that hold no number, or one that could be two."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["NUMBERS"]

NUMBERS: Final[dict[str, Code]] = {
    "too-many-digits": Code(
        Text(
            "数字 `{text}` 过长：小数点前最多 15 位，小数点后最多 20 位",
            "the number `{text}` is too long: 15 digits before the point and 20 behind it at most",
        ),
        Text("工号、证件号等编号不能填在数值列", "an id cannot stand where a number is due"),
    ),
    "spreadsheet-error": Code(
        Text("单元格是 Excel 的错误值 `{text}`", "the cell holds the spreadsheet's error `{text}`"),
        Text(
            "请在表格中改正公式；确实没有数据时请留空",
            "mend the formula, or leave the cell empty if there is no value",
        ),
    ),
    "formula-not-computed": Code(
        Text(
            "`{column}` 列的公式没有计算结果", "the formula in the column `{column}` has no result"
        ),
        Text(
            "请用 Excel 或 WPS 打开文件，保存一次再读取",
            "open the file in a spreadsheet and save it once",
        ),
    ),
    "ambiguous-percent": Code(
        Text(
            "`{text}` 没有百分号，可能是 {low}，也可能是 {high}",
            "`{text}` has no percent sign and could be {low} or {high}",
        ),
        Text("请写上百分号", "write the percent sign"),
    ),
    "percent-cell": Code(
        Text(
            "单元格是百分比格式，里面是 {stored}，显示为 {shown}；也可能想写 {low}",
            "the cell has a percent format and holds {stored}, shown as {shown}; "
            "{low} may have been meant",
        ),
        Text(
            "如果是 {low}，请在该单元格重新输入 {low}；如果确实是 {shown}，请改成文本格式再写",
            "type {low} into the cell if that is it; if {shown} is right, "
            "make it a text cell and write that",
        ),
    ),
    "ambiguous-separator": Code(
        Text(
            "`{text}` 可能是 {small}，也可能是 {large}：这张表用逗号作小数点",
            "`{text}` could be {small} or {large}: this table uses a decimal comma",
        ),
        Text(
            "请写成 {small} 或 {large} 且不带分隔符，或在 cycle.yaml 中写明 "
            'numbers: {{decimal: ",", thousands: "."}}',
            "write the number without separators, or say in cycle.yaml "
            'numbers: {{decimal: ",", thousands: "."}}',
        ),
    ),
    "other-notation": Code(
        Text(
            "`{text}` 不符合 cycle.yaml 写明的数字写法（小数点 `{decimal}`，千分位 `{thousands}`）",
            "`{text}` is not written as cycle.yaml says (decimal sign `{decimal}`, "
            "between thousands `{thousands}`)",
        ),
        Text(
            "请改写该数字，或修改 cycle.yaml 中的 numbers",
            "write the number that way, or change `numbers` in cycle.yaml",
        ),
    ),
    "unexpected-percent": Code(
        Text(
            "`{text}` 是百分比，但该列的单位不是 %",
            "`{text}` is a percentage where the unit is not %",
        ),
        Text(
            '若该指标本来是百分比，请在方案中写 unit: "%"',
            'if the figure is a percentage, the policy says `unit: "%"`',
        ),
    ),
    "unit-suffix": Code(
        Text(
            "数字 `{text}` 带有单位或货币符号",
            "the number `{text}` has a unit or currency sign with it",
        ),
        Text(
            "单元格只填数字，万、亿请换算成完整的数",
            "a cell holds the number only, written out in full",
        ),
    ),
    "bracketed-negative": Code(
        Text("`{text}` 用括号表示负数", "`{text}` is a negative number in brackets"),
        Text("负数请用减号", "write it with a minus sign"),
    ),
    "odd-minus": Code(
        Text("`{text}` 中的负号不是普通减号", "the minus of `{text}` is not the plain one"),
        Text("请用键盘上的减号 -", "use the hyphen of the keyboard"),
    ),
    "foreign-digits": Code(
        Text("`{text}` 中有其他文字的数字", "`{text}` has digits of another script"),
        Text("请改用 0-9", "write 0-9"),
    ),
    "nested-value": Code(
        Text(
            "`{column}` 应为单个值，这里是列表或对象",
            "`{column}` is a single value, here it is a list or an object",
        ),
    ),
}
