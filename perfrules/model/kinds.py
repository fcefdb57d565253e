"""The kinds of single values: numbers with and without a percent sign, words, dates, expressions.

A pattern ends in `$(?!\\n)` because Python's `$` also matches before a last line break. Whole
numbers are `multipleOf: 1`: python's jsonschema takes no Decimal as `integer`.
"""

from typing import Final, Literal, get_args

from perfrules.codes.code import Text
from perfrules.model.declared import Choice, Key, Kind

__all__ = [
    "ABSENCE",
    "AMOUNT",
    "COUNT",
    "DATE",
    "END",
    "EXPRESSION",
    "FIGURE",
    "GRADE_NAME",
    "ID",
    "MODE",
    "NAME_PATTERN",
    "NEED",
    "NUMBER",
    "NUMBER_RANGE",
    "ORDER",
    "POSITIVE_COUNT",
    "PRICE",
    "RATE",
    "SHARE",
    "SHARE_PATTERN",
    "STEP",
    "TEXT",
    "TRUTH",
    "VERSION",
    "WAY_OF_CHANGE",
    "WORDS",
    "Mode",
]

# fmt: off

END: Final = r"$(?!\n)"
NAME_PATTERN: Final = r"[A-Za-z_\u3007\u3400-\u4dbf\u4e00-\u9fff][A-Za-z0-9_\u3007\u3400-\u4dbf\u4e00-\u9fff]*"
_PERCENT: Final = r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})? ?%"
SHARE_PATTERN: Final = r"(100(\.0{1,10})?|(0|[1-9][0-9]?)(\.[0-9]{1,10})?) ?%"

ID: Final = Kind(
    "id", "标识 · Id",
    "用于引用的名称：字母、汉字或下划线开头，其后可有数字；不含空格、连字符和其他符号。",
    "A name to refer to: begins with a letter, a Chinese character or an underscore, digits may follow; no spaces, hyphens or other signs.",
    Text("由字母、汉字、数字、下划线组成且不以数字开头的标识，例如 `sales_amount`",
            "an id of letters, Chinese characters, digits and underscores that does not begin with a digit, such as `sales_amount`"),
    {"type": "string", "pattern": rf"^{NAME_PATTERN}{END}"},
    Text("[标识](policy.md#标识)", "[an id](policy.md#ids)"), "bad-id",
)

WORDS: Final = Kind(
    "words", "文字 · Words",
    "一段文字；纯数字请加引号。",
    "A text; put it in quotes if it is nothing but a number.",
    Text("一段文字（纯数字请加引号）", "a text (in quotes if it is nothing but a number)"),
    {"type": "string", "minLength": 1},
    Text("文字", "text"),
)

TEXT: Final = Kind(
    "text", "双语文字 · Text",
    "一段文字，或分别写中文 zh 与英文 en，写一种也可以。",
    "A text, or one in Chinese (zh) and one in English (en); one of the two will do.",
    Text("一段文字，或 `{zh: 中文, en: English}`", "a text, or `{zh: 中文, en: English}`"),
    {"type": ["string", "object"], "minLength": 1, "minProperties": 1, "properties": {"zh": Key(WORDS, "中文 · Chinese", "中文文字。", "The text in Chinese."), "en": Key(WORDS, "英文 · English", "英文文字。", "The text in English.")}, "additionalProperties": False},
    Text("[文字](policy.md#文字)", "[text](policy.md#texts)"),
)

VERSION: Final = Kind(
    "version", "版本号 · Version",
    "例如 \"2024.2\"；按所写的字面保留。",
    "Such as \"2024.2\"; kept as it is written.",
    Text("版本号，例如 `\"2024.2\"`", "a version such as `\"2024.2\"`"),
    {"type": ["string", "number"], "minLength": 1},
    Text("文字或数字", "text or number"),
)

NUMBER: Final = Kind(
    "number", "数字 · Number",
    "普通数字，不带百分号、千分位或单位。",
    "A plain number, without a percent sign, digit grouping or unit.",
    Text("不带百分号的数字，例如 `80`", "a plain number such as `80`, without a percent sign"),
    {"type": "number"},
    Text("数字", "number"), "not-a-number",
)

PRICE: Final = Kind(
    "price", "单价 · Price",
    "不为负的普通数字，不带百分号、千分位或单位。",
    "A plain number that is not negative, without a percent sign, digit grouping or unit.",
    Text("不带百分号、不为负的数字，例如 `8`", "a plain number such as `8`, not negative and without a percent sign"),
    {"type": "number", "minimum": 0},
    Text("不为负的数字", "number, not negative"), "not-a-number",
)

COUNT: Final = Kind(
    "count", "个数 · Count",
    "0 或正整数。",
    "A whole number, 0 or more.",
    Text("0 或正整数，例如 `5`", "a whole number from 0 up, such as `5`"),
    {"type": "number", "minimum": 0, "multipleOf": 1},
    Text("0 或正整数", "whole number from 0"), "not-a-whole-number",
)

POSITIVE_COUNT: Final = Kind(
    "positive_count", "正整数 · Positive count",
    "不小于 1 的整数。",
    "A whole number, 1 or more.",
    Text("不小于 1 的整数，例如 `1`", "a whole number from 1 up, such as `1`"),
    {"type": "number", "minimum": 1, "multipleOf": 1},
    Text("不小于 1 的整数", "whole number from 1"), "not-a-whole-number",
)

SHARE: Final = Kind(
    "share", "占比 · Share",
    "0% 到 100% 之间的百分比，要带百分号，例如 40%；0 可以不带。",
    "A percentage from 0% to 100%, with its sign, such as 40%; 0 needs none.",
    Text("0% 到 100% 之间的百分比，例如 `40%`", "a percentage from 0% to 100%, such as `40%`"),
    {"type": ["string", "number"], "pattern": rf"^{SHARE_PATTERN}{END}", "minimum": 0, "maximum": 0},
    Text("0%–100%", "0%–100%"), "not-a-percentage", "always",
)

RATE: Final = Kind(
    "rate", "比率 · Rate",
    "不为负的百分比，要带百分号，例如 120%；0 可以不带。",
    "A percentage that is not negative, with its sign, such as 120%; 0 needs none.",
    Text("不为负的百分比，例如 `120%`", "a percentage that is not negative, such as `120%`"),
    {"type": ["string", "number"], "pattern": rf"^{_PERCENT}{END}", "minimum": 0, "maximum": 0},
    Text("不为负的百分比", "a percentage, not negative"), "not-a-percentage", "always",
)

FIGURE: Final = Kind(
    "figure", "数值 · Figure",
    "百分比（如 80%）或普通数字（如 500000）。",
    "A percentage such as 80%, or a plain number such as 500000.",
    Text("百分比（如 `80%`）或数字（如 `500000`）", "a percentage such as `80%`, or a number such as `500000`"),
    {"type": ["string", "number"], "pattern": rf"^-?{_PERCENT}{END}"},
    Text("百分比或数字", "percentage or number"), "not-a-number", "of a share",
)

STEP: Final = Kind(
    "step", "步长 · Step",
    "大于 0 的百分比或数字，例如 5 或 1%。",
    "A percentage or number above 0, such as 5 or 1%.",
    Text("大于 0 的百分比或数字，例如 `1%` 或 `5`", "a percentage or number above 0, such as `1%` or `5`"),
    {"type": ["string", "number"], "pattern": rf"^(?!0(\.0+)? ?%){_PERCENT}{END}", "exclusiveMinimum": 0},
    Text("大于 0 的百分比或数字", "percentage or number above 0"), "not-a-number", "of a share",
)

NEED: Final = Kind(
    "need", "目标或基线 · Need",
    "required（随数据提供）、none（没有），或一个数值。",
    "“required” (comes with the data), “none”, or a figure.",
    Text("`required`、`none`、数字（如 `800000`）或百分比（如 `95%`）",
            "`required`, `none`, a number such as `800000` or a percentage such as `95%`"),
    {"type": ["string", "number"], "pattern": rf"^(required|none|-?{_PERCENT}){END}"},
    Text("`required`、`none`、百分比或数字", "`required`, `none`, a percentage or number"), "not-a-number", "of a share",
)

DATE: Final = Kind(
    "date", "日期 · Date",
    "按 年-月-日 书写，例如 2024-07-01。",
    "Year, month, day, such as 2024-07-01.",
    Text("`2024-07-01` 这样的日期", "a date such as `2024-07-01`"),
    {"type": "string", "pattern": rf"^[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]){END}"},
    Text("日期", "a date"), "bad-date",
)

GRADE_NAME: Final = Kind(
    "grade_name", "等级名称 · Grade name",
    "等级的名称，例如 A 或 优秀；纯数字请加引号。",
    "The name of a grade, such as A or 优秀; put it in quotes if it is a number.",
    Text("等级名称，例如 `A`", "the name of a grade, such as `A`"),
    {"type": "string", "minLength": 1},
    Text("等级名称", "a grade's name"),
)

EXPRESSION: Final = Kind(
    "expression", "表达式 · Expression",
    "由数字、名称、+ - * /、比较、and、or、not、in、x if c else y 以及 min max abs round floor ceil clamp default 和 streak 组成。",
    "Made of numbers, names, + - * /, comparisons, and, or, not, in, x if c else y, and min max abs round floor ceil clamp default streak.",
    Text("表达式，例如 `sales_amount.attainment >= 100%`", "an expression such as `sales_amount.attainment >= 100%`"),
    {"type": ["string", "number"], "minLength": 1},
    Text("[表达式](expressions.md)", "[expression](expressions.md)"), "bad-expression",
)

AMOUNT: Final = Kind(
    "amount", "金额或表达式 · Amount",
    "一个数字，或算出金额的表达式，例如 person.salary * 10%。",
    "A plain number, or an expression that gives one, such as person.salary * 10%.",
    Text("数字（如 `60000`）或表达式（如 `person.salary * 10%`）", "a number such as `60000`, or an expression such as `person.salary * 10%`"),
    {"type": ["string", "number"], "minLength": 1},
    Text("数字或[表达式](expressions.md)", "number or [expression](expressions.md)"), "not-a-number",
)

ORDER: Final = Kind(
    "order", "排序 · Order",
    "表达式加 desc（由高到低）或 asc（由低到高），例如 total desc。",
    "An expression and “desc” (from high to low) or “asc” (from low to high), such as total desc.",
    Text("以 `desc` 或 `asc` 结尾的排序，例如 `total desc`", "an expression followed by `desc` or `asc`, such as `total desc`"),
    {"type": "string", "pattern": rf"^\S.* (asc|desc){END}"},
    Text("[表达式](expressions.md)加 `desc`（由高到低）或 `asc`（由低到高）", "[expression](expressions.md) + `desc` (high first) or `asc`"), "bad-order",
)

NUMBER_RANGE: Final = Kind(
    "number_range", "数值范围 · Range",
    "两个数字：[最低, 最高]。",
    "Two numbers: [lowest, highest].",
    Text("两个数字，例如 `[5, 10]`", "two numbers such as `[5, 10]`"),
    {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2},
    Text("`[最低, 最高]`", "`[lowest, highest]`"), "bad-range",
)

Mode = Literal["half_up", "half_even", "floor", "ceiling", "down", "up"]

MODE: Final = Choice(
    ("四舍五入 · half away from nought", "四舍六入五成双 · half to the even digit", "向下取 · to the lower", "向上取 · to the higher", "向零取（截去尾数） · towards nought", "远离零取（有尾数即进一） · away from nought"),
    get_args(Mode),
    "mode", "取位方式 · Mode", "如何去掉多余的小数位。", "Which way superfluous digits go.",
)

ABSENCE: Final = Kind(
    "absence", "缺勤类别 · Kind of absence",
    "缺勤表“类别”一栏的写法，例如 unpaid_leave 或 事假。",
    "As the column “kind” of the table of absences has it, such as unpaid_leave.",
    Text("缺勤类别，例如 `unpaid_leave` 或 `事假`", "a kind of absence, such as `unpaid_leave`"),
    {"type": "string", "minLength": 1},
    Text("缺勤类别", "a kind of absence"),
)

WAY_OF_CHANGE: Final = Kind(
    "way_of_change", "变化的计算方式 · Way",
    "by_days：按各值有效的天数加权；last：只用最后的值。",
    "“by_days”: each value for its days; “last”: the last value alone.",
    Text("`by_days`（按天数加权）或 `last`（只用最后的值）", "`by_days` (each value for its days) or `last` (the last value alone)"),
    {"type": "string", "enum": ["by_days", "last"]},
    Text("`by_days` `last`", "`by_days` `last`"),
)

TRUTH: Final = Kind(
    "", "", "", "",
    Text("`true` 或 `false`", "`true` or `false`"),
    {"type": "boolean"},
    Text("`true` `false`", "`true` `false`"),
)
