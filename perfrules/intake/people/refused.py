"""Dated entries: changes of targets as they were asked for, and what was not applied, and why."""

import datetime
from dataclasses import dataclass
from typing import Final, NamedTuple

from perfrules.diagnostics import Cell, Diagnostic, Span
from perfrules.model.scorecard import Datum, Origin

__all__ = ["DATED", "ChangeEntry", "RefusedEntry"]

DATED: Final = ("target_changes", "calibrations")
"""The tables whose entries can be refused."""


class ChangeEntry(NamedTuple):
    """A row of the table of target changes, or a change in a policy test; None or empty where it
    says nothing."""

    indicator: str
    day: datetime.date | None
    old: Datum | None
    new: Datum | None
    origin: Origin
    place: Cell | Span
    old_due: datetime.date | None = None
    new_due: datetime.date | None = None

    @property
    def changes_value(self) -> bool:
        """Whether it names a target, old or new."""
        return self.old is not None or self.new is not None

    @property
    def changes_due(self) -> bool:
        """Whether it names a due date, old or new."""
        return self.old_due is not None or self.new_due is not None

    @property
    def order(self) -> tuple[datetime.date, int]:
        """By date, then by row; what has no date comes first."""
        row = self.place.row if isinstance(self.place, Cell) else self.place.line
        return (self.day or datetime.date.min, row)


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """A change of a target or a calibration that could be read and was not applied.

    `what` is the indicator, or what was to be calibrated. `diagnostic` is a warning.
    """

    table: str
    person: str
    what: str
    place: Cell | Span
    diagnostic: Diagnostic
