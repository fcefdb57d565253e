"""The dates that the figures of a cycle may have: cycle.yaml says them."""

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Findings
from perfrules.intake.calendar_file import read_calendar
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.cycle_file import CycleFile
from perfrules.model.calendar import PLAIN_WEEK, WorkCalendar

__all__ = ["DATA_DEADLINE", "Window", "window_of"]

DATA_DEADLINE: Final = "data"
"""The id of the deadline in cycle.yaml by which figures have to be in."""


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


def window_of(setting: CycleFile, findings: Findings) -> tuple[Window, tuple[Path, ...]]:
    """The window of a cycle, and the files that it was read from.

    Without a calendar that can be read Monday to Friday are worked; what is wrong with it is a
    warning among the `findings`.
    """
    cycle = setting.cycle
    found = next((one for one in setting.deadlines if one.id == DATA_DEADLINE), None)
    if found is None:
        return Window(cycle.start, cycle.end, None, Text("", "")), ()
    calendar: WorkCalendar | None = None
    files: tuple[Path, ...] = ()
    if setting.calendar is not None:
        calendar, faults = read_calendar(setting.calendar)
        findings.extend(replace(one, severity="warning") for one in faults.errors)
        files = (setting.calendar,)
    due = found.day(calendar or PLAIN_WEEK)
    return Window(cycle.start, cycle.end, due, found.title), files
