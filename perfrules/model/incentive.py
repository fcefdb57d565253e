"""From performance to money. Whole and marginal tiers are different types: never guessed."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.model.scoring import Constant, Limits

__all__ = ["ByGrade", "IncentivePlan", "MarginalTiers", "Slice", "Tier", "WholeTiers"]


@dataclass(frozen=True, slots=True)
class Tier:
    """A row of `whole`: the rate `pay` for the whole base, from `at_least` upwards."""

    at_least: Decimal | None
    pay: Decimal
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class WholeTiers:
    """The whole amount at the rate of the tier reached."""

    by: Formula
    rows: tuple[Tier, ...]
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Slice:
    """A row of `marginal`: the part of the amount from `start` up to `until`, at `rate`.

    `until` is where the next row begins; None in the last, which has no end.
    """

    start: Decimal
    until: Decimal | None
    rate: Constant
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class MarginalTiers:
    """Each slice of the amount at its own rate, as with income tax."""

    by: Formula
    rows: tuple[Slice, ...]
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class ByGrade:
    """A rate for each grade."""

    rates: tuple[tuple[str, Constant], ...]
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class IncentivePlan:
    """base x rate x factors; nothing where `only_if` is false; then cut to `limits`.

    `moves` says how the payouts of the roles that somebody held one after the other make one:
    weighted by days, or added up, as money earned by the piece is.
    """

    name: str
    title: Text
    base: Formula | None
    rate: WholeTiers | MarginalTiers | ByGrade | None
    times: tuple[Formula, ...]
    only_if: Formula | None
    limits: Limits
    path: str = field(compare=False)
    place: str = field(compare=False, default="")
    moves: Literal["by_days", "sum"] = "by_days"
