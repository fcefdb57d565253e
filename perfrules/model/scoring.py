"""How a figure becomes a score: one class for each form that `score:` can take."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from perfrules.formula import Formula

__all__ = [
    "Band",
    "Bands",
    "Basis",
    "Constant",
    "Direct",
    "FormulaScore",
    "Level",
    "Levels",
    "Limits",
    "PerUnit",
    "RaterGroup",
    "Ratings",
    "Rounding",
    "Score",
    "Trim",
    "Window",
    "Word",
    "YesNo",
]

Basis = Literal["attainment", "actual", "percentile"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A number written in the policy: what (`0.4` for `40%`) and where (`path` in the policy,
    `place` in the file)."""

    value: Decimal
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Limits:
    """A lower and an upper limit; None where there is none."""

    at_least: Constant | None
    at_most: Constant | None


@dataclass(frozen=True, slots=True)
class Word:
    """A word written in the policy: the name of a grade."""

    value: str
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Rounding:
    """To how many digits behind the point, and which way; a rule of the policy like any other."""

    places: int
    mode: str
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Band:
    """A row of `bands`: from `at_least` (a ratio; None in the `otherwise` row) upwards.

    `high` is None for a step. A slope rises from `score` at `at_least` to `high` at `until`.
    """

    at_least: Decimal | None
    score: Decimal
    high: Decimal | None
    until: Decimal | None
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Bands:
    """Steps and slopes over the attainment, the actual, or the percentile: the share of the group
    `within` (None: everybody) that the figure `of` leaves behind, those level with it by half."""

    on: Basis
    rows: tuple[Band, ...]
    path: str = field(compare=False)
    place: str = field(compare=False, default="")
    within: str | None = None
    of: Literal["attainment", "actual"] = "attainment"


@dataclass(frozen=True, slots=True)
class Direct:
    """The actual is the score; outside `low` to `high` it is an error."""

    low: Decimal
    high: Decimal
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Level:
    """A word and its score."""

    name: str
    score: Decimal
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Levels:
    rows: tuple[Level, ...]
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class PerUnit:
    """`points` for every `per` between the figure and `mark`, added to `start`, then cut."""

    on: Basis
    start: Decimal
    mark: Decimal
    side: Literal["below", "above", "both"]
    per: Decimal
    points: Decimal
    whole_units: Literal["down", "up", "no"]
    limits: Limits
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Window:
    """`score` from `low` to `high` inclusive; `points` for every `per` outside, proportionally."""

    on: Basis
    low: Decimal
    high: Decimal
    score: Decimal
    per: Decimal
    points: Decimal
    limits: Limits
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class YesNo:
    done: Decimal
    otherwise: Decimal
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class RaterGroup:
    """A group of raters and its weight, a ratio."""

    name: str
    weight: Constant


@dataclass(frozen=True, slots=True)
class Trim:
    """A group of `from_raters` and more loses its `drop` highest and `drop` lowest ratings."""

    drop: int
    from_raters: int


@dataclass(frozen=True, slots=True)
class Ratings:
    """360 degrees: the mean of each group, then the groups by weight."""

    groups: tuple[RaterGroup, ...]
    low: Decimal
    high: Decimal
    trim: Trim | None
    empty_group: Literal["error", "exclude"]
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class FormulaScore:
    formula: Formula
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


Score = Bands | Direct | Levels | PerUnit | Window | YesNo | Ratings | FormulaScore
