"""Months that begin on any day: 26 June to 25 September are three."""

import datetime

__all__ = ["months_in", "months_over"]


def months_in(start: datetime.date, end: datetime.date) -> int | None:
    """How many months a span has, both days included; None where it is no whole number."""
    if end < start or end == datetime.date.max:
        return None
    after = end + datetime.timedelta(days=1)
    return months_over(start, after) if after.day == start.day else None


def months_over(start: datetime.date, day: datetime.date) -> int:
    """How many months are over on a day, counted from `start`."""
    return 12 * (day.year - start.year) + day.month - start.month - (day.day < start.day)
