"""Dated entries: changes of targets as they were asked for, and what was not applied, and why."""

import datetime
from dataclasses import dataclass
from typing import Final, NamedTuple

from perfrules.diagnostics import Cell, Diagnostic
from perfrules.model.scorecard import Datum, Origin

__all__ = ["DATED", "ChangeEntry", "RefusedEntry"]

DATED: Final = ("target_changes", "calibrations")
"""The tables whose entries can be refused."""


class ChangeEntry(NamedTuple):
    """A row of the table of target changes; None or empty where the row says nothing."""

    indicator: str
    day: datetime.date | None
    old: Datum | None
    new: Datum | None
    origin: Origin
    place: Cell

    @property
    def order(self) -> tuple[datetime.date, int]:
        """By date, then by row; what has no date comes first."""
        return (self.day or datetime.date.min, self.place.row)


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """A change of a target or a calibration that could be read and was not applied.

    `what` is the indicator, or what was to be calibrated. `diagnostic` is a warning.
    """

    table: str
    person: str
    what: str
    place: Cell
    diagnostic: Diagnostic
