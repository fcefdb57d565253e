"""Dates of the policy language: one spelling, days that exist."""

import datetime
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

__all__ = ["BadDate", "read_date"]

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_MEANT: Final = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?", re.ASCII
)


class BadDate(NamedTuple):
    """Why a text is no date: a code and its facts."""

    code: str
    facts: Mapping[str, Any]


def read_date(text: str) -> datetime.date | BadDate:
    """The day that `text` names as `2024-07-01`, or why it names none."""
    written = _DATE.fullmatch(text)
    meant = written or (_MEANT.fullmatch(text) if len(text) <= 32 else None)
    if meant is None:
        return BadDate("bad-date", {"text": text})
    year, month, day = (int(part) for part in meant.groups())
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        if year and 1 <= month <= 12:
            facts = {"text": text, "year": year, "month": month, "day": day}
            return BadDate("no-such-day", facts)
        return BadDate("bad-date", {"text": text})
    if written is None:
        return BadDate("bad-date", {"text": text, "suggestion": date.isoformat()})
    return date
