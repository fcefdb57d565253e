"""Words of policies and data in the reader's language: units, levels, sources, `A / B`.

A unit or a level is one word, not a title in two languages. Those that everybody uses are known
here; any other may be written in both languages, `家 / customers`, as sources are.
"""

from collections.abc import Mapping
from typing import Final

from perfrules.codes.code import Language, Text

__all__ = ["CURRENCIES", "level", "unit"]

CURRENCIES: Final[Mapping[str, int]] = {
    "CNY": 2, "RMB": 2, "元": 2, "HKD": 2, "TWD": 2, "SGD": 2, "USD": 2, "EUR": 2, "GBP": 2,
    "JPY": 0,
}  # fmt: skip
"""Units that are money, and how many places their amounts have."""

_UNITS: Final = (
    Text("元", "CNY"), Text("分", "points"), Text("天", "days"), Text("个月", "months"),
    Text("次", "times"), Text("人", "people"), Text("小时", "hours"), Text("份", "units"),
    Text("个", ""), Text("家", "companies"), Text("篇", "articles"), Text("条", ""),
    Text("项", "items"), Text("件", "pieces"), Text("单", "orders"), Text("场", "events"),
    Text("倍", "times"), Text("分钟", "minutes"), Text("秒", "seconds"), Text("周", "weeks"),
    Text("年", "years"), Text("名", "people"), Text("位", ""), Text("户", "accounts"),
    Text("套", "sets"), Text("台", "units"), Text("万元", "ten thousand CNY"),
    Text("万", "ten thousand"), Text("亿元", "hundred million CNY"),
)  # fmt: skip

_LEVELS: Final = (
    Text("卓越", "outstanding"), Text("优秀", "excellent"), Text("优", "excellent"),
    Text("良好", "good"), Text("良", "good"), Text("中等", "average"), Text("中", "average"),
    Text("合格", "satisfactory"), Text("一般", "fair"), Text("较差", "weak"), Text("差", "poor"),
    Text("不合格", "unsatisfactory"), Text("待改进", "needs improvement"),
    Text("达标", "on target"), Text("未达标", "below target"),
    Text("超出预期", "exceeds expectations"), Text("符合预期", "meets expectations"),
    Text("低于预期", "below expectations"), Text("高", "high"), Text("低", "low"),
    Text("满意", "satisfied"), Text("不满意", "dissatisfied"), Text("已完成", "done"),
    Text("未完成", "not done"), Text("部分完成", "partly done"),
)  # fmt: skip

_FURTHER: Final = {
    "RMB": _UNITS[0], "月": _UNITS[3], "min": Text("分钟", "minutes"), "h": Text("小时", "hours"),
    "customers": Text("家客户", "customers"), "visits": Text("次拜访", "visits"),
    "leads": Text("条线索", "leads"), "posts": Text("篇", "posts"),
}  # fmt: skip


def _both_ways(words: tuple[Text, ...], further: Mapping[str, Text]) -> Mapping[str, Text]:
    """Each word under both its names; of several with one name the first."""
    found: dict[str, Text] = dict(further)
    for word in words:
        for name in word:
            if name:
                found.setdefault(name, word)
    return found


_BY_UNIT: Final = _both_ways(_UNITS, _FURTHER)
_BY_LEVEL: Final = _both_ways(_LEVELS, {})


def unit(word: str, language: Language) -> str:
    """A unit as it is written behind a number; empty where the language has no word for it."""
    return _spoken(word, language, _BY_UNIT)


def level(word: str, language: Language) -> str:
    """What a level is called, as people say it."""
    return _spoken(word, language, _BY_LEVEL)


def _spoken(word: str, language: Language, known: Mapping[str, Text]) -> str:
    found = known.get(word) or known.get(word.casefold())
    return (found or Text.halves(word)).into(language)
