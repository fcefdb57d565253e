"""What the report is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from perfrules.codes.code import Text
from perfrules.papers.overview.rows import Everybody, Line

__all__ = ["Due", "Odd", "OddCounts", "PolicyText", "Rated", "Refused", "ReportFacts"]


class PolicyText(NamedTuple):
    """A policy that judged somebody: its label, its digest, its resolved text."""

    label: str
    digest: str
    resolved: Mapping[str, Any]


class Rated(NamedTuple):
    """One indicator of one person, with the ratings that each group of raters gave, on a scale from
    `low` to `high`."""

    line: Line
    low: Decimal
    high: Decimal
    by_group: Mapping[str, tuple[Decimal, ...]]


class Odd(NamedTuple):
    """Somebody whom a calibration meeting should look at, and why, a sentence each."""

    person: str
    name: str
    group: str
    total: Decimal
    reasons: tuple[str, ...]


class OddCounts(NamedTuple):
    """How many people are listed in all, and for each kind of reason; somebody may have several."""

    people: int
    far: int
    high: int
    low: int
    jumped: int
    raters: int


class Due(NamedTuple):
    """A follow-up: of whom, what, and when it is due (a date, or empty)."""

    subject: str
    name: str
    department: str
    title: Text
    due: str


class Refused(NamedTuple):
    """A changed target or a calibration that does not count, and why."""

    person: str
    what: str
    reason: Text
    place: str


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything. `standings` has, by policy and plan, the figures at which people stand on the
    plan's curve; `odd` the first of those who are listed, `odd_counts` all of them by reason.
    `earlier` are cycles before this one, oldest first. `currency` is empty where policies name more
    than one; `others` are whatever else was read, each with its digest."""

    everybody: Everybody
    folder: str
    digest: str
    version: str
    policies: tuple[PolicyText, ...]
    standings: Mapping[tuple[str, str], tuple[Decimal, ...]]
    rated: tuple[Rated, ...]
    odd: tuple[Odd, ...]
    odd_counts: OddCounts
    due: tuple[Due, ...]
    refused: tuple[Refused, ...]
    earlier: tuple[Everybody, ...]
    currency: Text
    others: tuple[tuple[Text, str], ...] = ()
