"""Codes of a document's shape: keys and values that the schema does not know."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["SCHEMA"]

_EXPECTED: Final = Text("应为：{expected}", "expected: {expected}")

SCHEMA: Final[dict[str, Code]] = {
    "unknown-key": Code(
        Text("未知的键 `{key}`", "unknown key `{key}`"),
        Text("此处可用的键：{known}", "the keys that can stand here: {known}"),
    ),
    "missing-key": Code(
        Text("`{parent}` 中缺少 `{key}`", "`{parent}` has no `{key}`"),
    ),
    "missing-value": Code(
        Text("`{key}` 没有填写内容", "`{key}` has no value"),
        _EXPECTED,
    ),
    "unknown-value": Code(
        Text("`{text}` 不是可选的值", "`{text}` cannot stand here"),
        _EXPECTED,
    ),
    "wrong-type": Code(
        Text("这里写的是{found}，应为：{expected}", "{found} stands here, expected {expected}"),
    ),
    "choose-one": Code(
        Text(
            "`{parent}` 应为：{expected}；现有：{found}",
            "`{parent}` takes {expected}; it has {found}",
        ),
    ),
    "repeated-item": Code(
        Text("`{text}` 在列表中重复出现", "`{text}` stands twice in the list"),
    ),
    "bad-id": Code(
        Text("`{text}` 不能用作标识", "`{text}` cannot be an id"),
        _EXPECTED,
    ),
    "not-a-percentage": Code(
        Text("`{text}` 不是可用的百分比", "`{text}` is not a percentage that can stand here"),
        _EXPECTED,
    ),
    "share-without-percent": Code(
        Text(
            "`{text}` 可能指 {low}，也可能指 {high}",
            "`{text}` could mean {low} or {high}",
        ),
        Text(
            "占比、比率和达成率都要带百分号，请写 `{write}`",
            "shares, rates and attainments are written with their sign: write `{write}`",
        ),
    ),
    "percent-without-share": Code(
        Text(
            "`{text}` 就是 {value}，而这里比较的是普通数值，会差 100 倍",
            "`{text}` is {value}, where a plain number is due: that is off by a factor of 100",
        ),
        Text(
            '请写 `{write}`；如果该指标本来是百分比，请写 unit: "%"',
            'write `{write}`; if the figure is a percentage, its indicator says `unit: "%"`',
        ),
    ),
    "not-a-whole-number": Code(
        Text("`{text}` 不是可用的整数", "`{text}` is not a whole number that can stand here"),
        _EXPECTED,
    ),
    "bad-range": Code(
        Text("这里的范围写法有误", "the range here is not well formed"),
        _EXPECTED,
    ),
    "bad-slope": Code(
        Text("这里的线性区间写法有误", "the slope here is not well formed"),
        _EXPECTED,
    ),
    "bad-order": Code(
        Text("`{text}` 不是可用的排序写法", "`{text}` is not an order"),
        _EXPECTED,
    ),
    "bad-code": Code(
        Text("`{text}` 不是诊断代码", "`{text}` is not the code of a diagnostic"),
        _EXPECTED,
    ),
    "bad-data-file": Code(
        Text("`{text}` 不是可用的数据文件", "`{text}` is not a file of data that can be used"),
        _EXPECTED,
    ),
}
