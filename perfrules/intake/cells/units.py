"""Units as people write them, and how far apart two of them are: 万元 is 元 four places on.

Nothing is converted here or elsewhere; what is ten thousand times another is refused.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfrules.exact import EXACT, in_percent, percent, plain
from perfrules.intake.cells.numerals import SCALES, Refusal, read_cell_number, tidy

__all__ = ["enlarged", "places_between", "same_or_scaled", "shown_amount", "split_unit"]

_SCALES: Final[Mapping[str, int]] = {
    **SCALES, "k": 3, "w": 4, "thousand": 3, "million": 6, "mn": 6,
}  # fmt: skip
_MONEY: Final = frozenset(("元", "人民币", "cny", "rmb", "yuan", "¥", "￥", "块"))
_NO_SCALES: Final = frozenset(("百分比", "百分点", "百分制", "千克", "千米", "千瓦", "千瓦时"))
_LONGEST_FIRST: Final = sorted(_SCALES, key=len, reverse=True)
_UNIT: Final = re.compile(rf"({'|'.join(_LONGEST_FIRST)})?[ ]?(.*)", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(
    r"(.+?)\s*[(\[【]\s*(?:单位[:：]?\s*)?([^()\[\]【】]{1,8}?)\s*[)\]】]"
)
_AT_THE_END: Final = re.compile(r"(.+?)[\s_]*((?:十|百|千)?[万亿千]元|(?<=[\u4e00-\u9fff])[kKwW])")
_BEHIND: Final = re.compile(r"(.+?)\s*/\s*([^/()]{1,4})")


def _parts(unit: str) -> tuple[int, str]:
    """The places that a unit is moved by, and what it counts; all money is 元."""
    word = tidy(unit).casefold()
    if word in _NO_SCALES:
        return 0, word
    found = _UNIT.fullmatch(word)
    scale, rest = (found[1] or "", found[2]) if found else ("", word)
    if rest.isascii() and rest not in _MONEY and scale.isascii() and rest:
        return 0, word  # kg, km, workdays
    return _SCALES.get(scale, 0), "元" if rest in _MONEY else rest


def places_between(unit: str, wanted: str) -> int | None:
    """By how many places a figure in `unit` has to be moved to be one in `wanted`; None where the
    two count different things. `wanted` may be in two languages: `元 / CNY`."""
    places, counted = _parts(unit)
    for name in (wanted, *wanted.split(" / ")):
        own, what = _parts(name)
        if what == counted or (not counted and places):
            return places - own
    return None


def same_or_scaled(unit: str, wanted: str | None) -> bool:
    """Whether a text beside a heading is the unit of a policy, perhaps at another scale."""
    return wanted is not None and places_between(unit, wanted) is not None


def split_unit(heading: str) -> tuple[str, str] | None:
    """`销售额（万元）`, `销售额/万元`, `销售额万元` -> the heading and the unit behind it."""
    line = " ".join(tidy(heading).split())
    found = _IN_BRACKETS.fullmatch(line) or _BEHIND.fullmatch(line) or _AT_THE_END.fullmatch(line)
    return (found[1], found[2]) if found else None


def enlarged(text: str, places: int) -> str:
    """A number of a table moved by so many places, as a message names it; `1` where it is none."""
    number = read_cell_number(tidy(text), None) if text else None
    number = Decimal(1) if number is None or isinstance(number, Refusal) else number
    return plain(number.scaleb(places, EXACT))


def shown_amount(value: object, unit: str | None) -> str:
    """A figure as people write it: `12%` where that is its unit, `80`; a word as it is."""
    if not isinstance(value, Decimal):
        return str(value)
    return percent(value) if in_percent(unit) else plain(value)
