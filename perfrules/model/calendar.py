"""Working days: Monday to Friday without the holidays, and days worked to make up for them."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from perfrules.codes.code import Text

__all__ = ["PLAIN_WEEK", "Deadline", "WorkCalendar"]

_DAY: Final = datetime.timedelta(days=1)
_FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked.

    `holidays` are days off whatever day of the week they are, `workdays` are worked even on a
    weekend. `years` are those that the calendar knows; in others Monday to Friday are worked.
    `places` tells where a day was read from.
    """

    holidays: frozenset[datetime.date] = frozenset()
    workdays: frozenset[datetime.date] = frozenset()
    years: frozenset[int] = frozenset()
    places: Mapping[datetime.date, str] = field(default_factory=dict, compare=False)

    def is_working(self, day: datetime.date) -> bool:
        """Whether `day` is worked."""
        if day in self.workdays:
            return True
        return day.weekday() <= _FRIDAY and day not in self.holidays

    def before(self, day: datetime.date, count: int) -> datetime.date:
        """The working day `count` working days before `day`, which itself is not counted.

        Stops at the first day that there is.
        """
        return self._counted(_backward(day), day, count)

    def after(self, day: datetime.date, count: int) -> datetime.date:
        """The working day `count` working days after `day`, which itself is not counted.

        Stops at the last day that there is.
        """
        return self._counted(_forward(day), day, count)

    def between(self, start: datetime.date, end: datetime.date) -> int:
        """How many working days come after `start`, up to and with `end`; negative where `end`
        is the earlier one."""
        if end < start:
            return -self.between(end, start)
        span = range(start.toordinal() + 1, end.toordinal() + 1)
        return sum(self.is_working(datetime.date.fromordinal(day)) for day in span)

    def exceptions(
        self, start: datetime.date, end: datetime.date
    ) -> list[tuple[datetime.date, str]]:
        """The days from `start` to `end` on which it is otherwise than the week has it: a Monday to
        Friday off, a weekend worked; each with its place, by date."""
        known = sorted(day for day in self.holidays | self.workdays if start <= day <= end)
        return [
            (day, self.places.get(day, ""))
            for day in known
            if self.is_working(day) is (day.weekday() > _FRIDAY)
        ]

    def unknown_years(self, start: datetime.date, end: datetime.date) -> tuple[int, ...]:
        """The years of a stretch of days that the calendar says nothing of."""
        first, last = sorted((start, end))
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)

    def _counted(
        self, days: Iterator[datetime.date], start: datetime.date, count: int
    ) -> datetime.date:
        reached = start
        for day in days:
            if count < 1:
                break
            reached = day
            count -= self.is_working(day)
        return reached


def _backward(day: datetime.date) -> Iterator[datetime.date]:
    while day > datetime.date.min:
        day -= _DAY
        yield day


def _forward(day: datetime.date) -> Iterator[datetime.date]:
    while day < datetime.date.max:
        day += _DAY
        yield day


PLAIN_WEEK: Final = WorkCalendar()
"""Monday to Friday, all year round."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many working days before or after a date. `place` is its place in cycle.yaml."""

    id: str
    title: Text
    working_days: int
    anchor: datetime.date
    is_before: bool
    place: str = ""

    def day(self, calendar: WorkCalendar) -> datetime.date:
        """The last day on which what is due may come in."""
        count = calendar.before if self.is_before else calendar.after
        return count(self.anchor, self.working_days)
