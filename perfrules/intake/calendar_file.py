"""calendar.csv -> the working days: a row a day off, and a row a day worked to make up for one; and
the dates that the figures of a cycle may have, by its deadline in working days."""

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from perfrules.codes.code import Severity, Text
from perfrules.diagnostics import Cell, Findings, Related
from perfrules.intake.cells.dates import Window, read_cell_date
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.cycle_file import CycleFile
from perfrules.intake.files.csv_table import read_csv
from perfrules.intake.files.raw_table import USUAL
from perfrules.intake.tables.layouts import Layout
from perfrules.intake.tables.table import Table, understood
from perfrules.model.calendar import PLAIN_WEEK, WorkCalendar
from perfrules.model.scorecard import Cycle

__all__ = ["read_calendar", "window_of", "with_calendar"]

_LAYOUT: Final = Layout("calendar", "工作日历", ("date", "kind"), ("name",))

Kind = Literal["holiday", "workday"]
_KINDS: Final[dict[str, Kind]] = {
    "holiday": "holiday", "休": "holiday", "休息": "holiday", "放假": "holiday",
    "节假日": "holiday", "workday": "workday", "班": "workday", "上班": "workday",
    "调休": "workday", "补班": "workday",
}  # fmt: skip
_DATA_DEADLINE: Final = "data"
"""The id of the deadline in cycle.yaml by which figures have to be in."""

_FIRST: Final = Text("前一行在此", "the earlier row is here")


def read_calendar(path: Path) -> tuple[WorkCalendar | None, Findings]:
    """The calendar in a CSV file; None where there is an error.

    `path` is named in findings by its last part, as the tables of a cycle are.
    """
    findings = Findings()
    raw = read_csv(path, path.name, USUAL, findings)
    table = None if raw is None else understood(_LAYOUT, raw, findings)
    if table is None:
        return None, findings
    days, rows = _days(table, findings)
    if findings.errors:
        return None, findings
    return (
        WorkCalendar(
            frozenset(day for day, kind in days.items() if kind == "holiday"),
            frozenset(day for day, kind in days.items() if kind == "workday"),
            frozenset(day.year for day in days),
            {day: str(table.place(row)) for day, row in rows.items()},
        ),
        findings,
    )


def _days(
    table: Table, findings: Findings
) -> tuple[dict[datetime.date, Kind], dict[datetime.date, int]]:
    """What each day is, and its row."""
    days: dict[datetime.date, Kind] = {}
    rows: dict[datetime.date, int] = {}
    date, kind = table.of("date", "kind")
    for number, texts, faults in table:
        for column, refusal in faults.items():
            place = table.place(number, table.name_of(column))
            findings.extend([refusal.at(place, column=table.name_of(column))])
        if faults:
            continue
        day = _date(table, number, texts[date], findings)
        word = tidy(texts[kind])
        found = _KINDS.get(word.casefold())
        if found is None:
            findings.report("bad-day-kind", table.place(number, "kind"), text=word)
        if day is None or found is None:
            continue
        first = days.setdefault(day, found)
        if day in rows:
            place = table.place(number, "date")
            related = (Related(table.place(rows[day], "date"), _FIRST),)
            severity: Severity = "warning" if first == found else "error"
            facts = {"day": day.isoformat(), "row": rows[day]}
            findings.report("day-twice", place, related=related, severity=severity, **facts)
        rows.setdefault(day, number)
    return days, rows


def _date(table: Table, row: int, text: str, findings: Findings) -> datetime.date | None:
    place: Cell = table.place(row, "date")
    if not tidy(text):
        findings.report("missing-date", place, table=table.name)
        return None
    day = read_cell_date(text, table.epoch)
    if isinstance(day, Refusal):
        findings.extend([day.at(place, column="date")])
        return None
    return day


def with_calendar(setting: CycleFile, findings: Findings) -> tuple[Cycle, tuple[Path, ...]]:
    """The cycle with its working days, and the files that they were read from.

    What is wrong with the calendar is an error among the `findings`: by other days everybody's
    share would be another. A year that it says nothing of is a warning.
    """
    cycle, path = setting.cycle, setting.calendar
    calendar: WorkCalendar | None = None
    if path is not None:
        calendar, faults = read_calendar(path)
        known = {str(one.place) for one in findings}
        findings.extend(
            one for one in faults if str(one.place) not in known or one in faults.errors
        )
    if calendar is not None or path is None:
        for year in (calendar or PLAIN_WEEK).unknown_years(cycle.start, cycle.end):
            place = path.name if path is not None else "cycle.yaml"
            findings.report("unknown-year", place, severity="warning", year=year)
    return replace(cycle, calendar=calendar), (path,) if path is not None else ()


def window_of(setting: CycleFile, findings: Findings) -> tuple[Window, tuple[Path, ...]]:
    """The window of a cycle, and the files that it was read from.

    Without a calendar that can be read Monday to Friday are worked; what is wrong with it is a
    warning among the `findings`.
    """
    cycle = setting.cycle
    found = next((one for one in setting.deadlines if one.id == _DATA_DEADLINE), None)
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
