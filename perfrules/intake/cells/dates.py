"""Dates in data cells: `2024-07-01`, `2024/7/1`, `2024.7.1`, `2024年7月1日`, or the number of a
day in a workbook; and which of them figures may have.

The year comes first and has four digits; anything else could be read in two ways.
"""

import datetime
import re
from typing import Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.intake.cells.numerals import Refusal, spreadsheet_error, tidy
from perfrules.language.text.dates import read_date

__all__ = ["Window", "read_cell_date"]

_EPOCH_1900: Final = datetime.date(1899, 12, 30)
"""Day 0 of most workbooks, such that the numbers from 1900-03-01 on come out right."""

# Day numbers of the years 1954 to 2119: anything else is not meant as a date.
_SERIALS: Final = range(20_000, 80_001)

_DATE: Final = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|\.([0-9]{1,2})\.|年([0-9]{1,2})月)([0-9]{1,2})日?"
    r"(?:[ T]00:00(?::00(?:\.0+)?)?)?",
    re.ASCII,
)
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII)
_COMPACT: Final = re.compile(r"(?:19|20)[0-9]{6}", re.ASCII)


def read_cell_date(text: str, epoch: datetime.date | None) -> datetime.date | Refusal:
    """The date that a cell holds. `epoch` is day 0 of its workbook; None outside workbooks."""
    text = tidy(text[:65])
    if found := _DATE.fullmatch(text):
        year, month, day = (int(part) for part in found.groups() if part is not None)
        date = read_date(f"{year:04}-{month:02}-{day:02}")
        if isinstance(date, datetime.date):
            return date
        return Refusal(date.code, {**date.facts, "text": text})
    if spreadsheet_error(text):
        return Refusal("spreadsheet-error", {"text": text})
    if text.isascii() and text.isdigit() and len(text) == 5 and int(text) in _SERIALS:
        day_of = (epoch or _EPOCH_1900) + datetime.timedelta(days=int(text))
        if epoch is not None:
            return day_of
        return _refused(text, day_of.isoformat())
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(text, *(int(part) for part in found.groups()))
    if _COMPACT.fullmatch(text):
        return _refused(text, f"{text[:4]}-{text[4:6]}-{text[6:]}")
    return _refused(text)


def _year_last(text: str, first: int, second: int, year: int) -> Refusal:
    """`03/04/2024` is a day of March or of April, `25/12/2024` one of December only."""
    days = []
    for month, day in ((first, second), (second, first)):
        found = read_date(f"{year:04}-{month:02}-{day:02}")
        if isinstance(found, datetime.date) and found.isoformat() not in days:
            days.append(found.isoformat())
    if len(days) == 2:
        return Refusal(
            "ambiguous-date", {"text": text, "month_first": days[0], "day_first": days[1]}
        )
    return _refused(text, days[0] if days else None)


def _refused(text: str, suggestion: str | None = None) -> Refusal:
    return Refusal("bad-date", {"text": text, "suggestion": suggestion})


class Window(NamedTuple):
    """The dates that figures may have: the cycle's, up to the deadline if it comes earlier."""

    start: datetime.date
    end: datetime.date
    due: datetime.date | None
    deadline: Text
    """What the deadline is called."""

    def refusal(self, day: datetime.date) -> Refusal | None:
        """What is to be said of a figure as of `day`."""
        facts: dict[str, object] = {"day": day.isoformat()}
        if self.due is not None and day > self.due:
            facts |= {"due": self.due.isoformat(), "deadline": self.deadline}
            return Refusal("dated-late", facts)
        if not self.start <= day <= self.end:
            facts |= {"start": self.start.isoformat(), "end": self.end.isoformat()}
            return Refusal("dated-outside", facts)
        return None
