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
    """One subject in one earlier cycle. `end` is its last day, None where the data do not say.

    A cycle in which the subject was absent is not there at all.
    """

    cycle: str
    end: datetime.date | None = None
    total: Datum | None = None
    grade: Datum | None = None
    measures: Mapping[str, PastMeasure] = field(default_factory=dict)
