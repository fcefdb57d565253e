"""Dates in data cells: `2024-07-01`, `2024/7/1`, `2024.7.1`, `2024年7月1日`, or the number of a
day in a workbook.

The year comes first and has four digits; anything else could be read in two ways.
"""

import datetime
import re
from typing import Final

from perfrules.codes.code import Text
from perfrules.reading.numerals import Refusal, spreadsheet_error, tidy

__all__ = ["EPOCH_1900", "read_cell_date"]

EPOCH_1900: Final = datetime.date(1899, 12, 30)
"""Day 0 of most workbooks, such that the numbers from 1900-03-01 on come out right."""

# Day numbers of the years 1954 to 2119: anything else is not meant as a date.
_SERIALS: Final = range(20_000, 80_001)

_DATE: Final = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|\.([0-9]{1,2})\.|年([0-9]{1,2})月)([0-9]{1,2})日?"
    r"(?:[ T]00:00(?::00(?:\.0+)?)?)?",
    re.ASCII,
)
_COMPACT: Final = re.compile(r"(?:19|20)[0-9]{6}", re.ASCII)
_OTHER_ORDER: Final = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}", re.ASCII)


def read_cell_date(text: str, epoch: datetime.date | None) -> datetime.date | Refusal:
    """The date that a cell holds. `epoch` is day 0 of its workbook; None outside workbooks."""
    text = tidy(text[:65])
    if found := _DATE.fullmatch(text):
        year, month, day = (int(part) for part in found.groups() if part is not None)
        try:
            return datetime.date(year, month, day)
        except ValueError:
            return _refused(text, Text("没有这一天", "there is no such day"))
    if spreadsheet_error(text):
        return Refusal("spreadsheet-error", {"text": text})
    if text.isascii() and text.isdigit() and len(text) == 5 and int(text) in _SERIALS:
        day_of = (epoch or EPOCH_1900) + datetime.timedelta(days=int(text))
        if epoch is not None:
            return day_of
        reason = Text("这是 Excel 的日期序号", "it is the number of a day as Excel stores it")
        return _refused(text, reason, day_of.isoformat())
    if _COMPACT.fullmatch(text):
        return _refused(text, _SHAPE, f"{text[:4]}-{text[4:6]}-{text[6:]}")
    if _OTHER_ORDER.fullmatch(text):
        reason = Text("年月日的顺序不明", "the order of year, month and day is not clear")
        return _refused(text, reason)
    return _refused(text, _SHAPE)


_SHAPE: Final = Text("写法不是年-月-日", "it is not written year-month-day")


def _refused(text: str, reason: Text, suggestion: str | None = None) -> Refusal:
    return Refusal("bad-date", {"text": text, "reason": reason, "suggestion": suggestion})
