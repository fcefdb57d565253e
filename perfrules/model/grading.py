"""From the total to a grade, and what may change both: limits, adjustments, vetoes."""

from dataclasses import dataclass, field
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.model.scoring import Constant, Limits, Word

__all__ = ["Adjustment", "Event", "Grade", "Veto"]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points outside the weights, by recorded events.

    Either `each` event counts the same, or the event names its points between `given_low`
    and `given_high`. The sum over the events is then cut to `limits`.
    """

    name: str
    title: Text
    each: Constant | None
    given: tuple[Decimal, Decimal] | None
    limits: Limits
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Event:
    """An event that is counted, besides those of adjustments and vetoes."""

    name: str
    title: Text
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Veto:
    """What happens where `when` is true: the total is at most `total`, the grade at best
    `grade`, every payout is multiplied by `pay`. None where it does not touch that."""

    name: str
    title: Text
    when: Formula
    total: Constant | None
    grade: Word | None
    pay: Constant | None
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Grade:
    """A row of `grades`: from `at_least` points of the total (None in the `otherwise` row)."""

    grade: str
    title: Text
    at_least: Decimal | None
    path: str = field(compare=False)
    place: str = field(compare=False, default="")
