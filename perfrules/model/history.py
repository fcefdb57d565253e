"""Earlier cycles: what became of a subject then."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from perfrules.model.datum import Datum

__all__ = ["Past", "PastMeasure"]


class PastMeasure(NamedTuple):
    """One indicator in an earlier cycle; None where nothing is known."""

    actual: Datum | None = None
    target: Datum | None = None
    attainment: Datum | None = None
    score: Datum | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """One subject in one earlier cycle. `start` and `end` are its first and last day, None where
    the data do not say.

    A cycle in which the subject was absent is not there at all. `pay` has what was paid, by the
    id of the incentive or pool. A result folder has all figures and all payouts, so that what is
    not there was not; a table of history need not.
    """

    cycle: str
    end: datetime.date | None = None
    total: Datum | None = None
    grade: Datum | None = None
    measures: Mapping[str, PastMeasure] = field(default_factory=dict)
    start: datetime.date | None = None
    pay: Mapping[str, Datum] = field(default_factory=dict)
    has_all_figures: bool = False
    has_all_pay: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether it is known from when to when it was."""
        return self.start is not None and self.end is not None
