"""A policy: the rules for one role and one span of dates, with nothing left unsaid."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from perfrules.codes.code import Severity, Text
from perfrules.exact import in_percent
from perfrules.formula import Formula
from perfrules.model.following import FollowUp, TargetRule
from perfrules.model.grading import Adjustment, Event, Grade, Veto
from perfrules.model.incentive import IncentivePlan
from perfrules.model.population import Award, Distribution, Pool
from perfrules.model.scoring import Constant, Limits, Rounding, Score, Word
from perfrules.model.tracking import ProgressWarning

__all__ = [
    "Guardrail",
    "Indicator",
    "Need",
    "Policy",
    "RollUp",
    "Roundings",
    "Section",
    "Waiver",
]

Need = Literal["required", "none"]
"""Whether a target or baseline comes with the data; a `Constant` is used where they give none."""


@dataclass(frozen=True, slots=True)
class Section:
    """A group of indicators with a weight (a ratio) of its own."""

    name: str
    title: Text
    weight: Constant
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class RollUp:
    """How the figure of a team, department or project comes from those of its members.

    `of` names a member's figure (`sales.actual`, `sales.score`, `total`), `weight` the one by
    which a weighted mean counts it. A member whose policy has no such figure does not count.
    """

    of: str
    by: Literal["sum", "mean", "weighted_mean", "min", "max"]
    weight: str | None
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that is looked at. `weight` is a ratio, within the section where there are any.

    `roll_up` is there where the actual comes from the members of a unit, `from_history` where it
    is the total of an earlier cycle, which it names.

    `attains` says whether anything looks at the attainment; it is computed only then.
    """

    name: str
    title: Text
    section: str | None
    weight: Constant
    stage: Literal["outcome", "process"]
    nature: Literal["quantitative", "qualitative"]
    unit: str | None
    direction: Literal["higher_is_better", "lower_is_better"]
    target: Need | Constant
    baseline: Need | Constant
    attainment: Formula | None
    zero_actual: Constant | None
    source: str | None
    needs_evidence: bool
    missing: Literal["error", "zero", "exclude"]
    score: Score
    reads_actual: bool
    attains: bool
    path: str = field(compare=False)
    place: str = field(compare=False, default="")
    roll_up: RollUp | None = None
    roll_up_target: RollUp | None = None
    from_history: Word | None = None

    @property
    def in_percent(self) -> bool:
        """Whether its figures are shares, written as percentages."""
        return in_percent(self.unit)

    @property
    def called(self) -> Text:
        """What a message calls it: its title, and its id where that is another word."""
        words = (word if word == self.name else f"{word} ({self.name})" for word in self.title)
        return Text(*words)


@dataclass(frozen=True, slots=True)
class Roundings:
    attainment: Rounding
    score: Rounding
    total: Rounding
    pay: Rounding
    division: Rounding


@dataclass(frozen=True, slots=True)
class Guardrail:
    """A guide of the company: `low` to `high`, a count of indicators or a sum of weights."""

    rule: Literal["indicators", "outcome", "quantitative"]
    low: Decimal | None
    high: Decimal | None
    level: Severity
    path: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A guardrail that this policy may breach, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Policy:
    """All rules of one role. `indicators` stand in the order of the file, `order` names them
    in an order in which each is evaluated after those it reads.

    `places` tells for every path in the policy (`indicators.sales.weight`) its place in the
    file (`policies/sales.yaml:23:9`); `digest` is the SHA-256 of the resolved text.
    """

    id: str
    version: str
    title: Text
    effective_from: datetime.date | None
    effective_to: datetime.date | None
    cycle: str | None
    subject: str
    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    order: tuple[str, ...]
    adjustments: tuple[Adjustment, ...]
    events: tuple[Event, ...]
    total: Limits
    vetoes: tuple[Veto, ...]
    grades: tuple[Grade, ...]
    incentives: tuple[IncentivePlan, ...]
    rounding: Roundings
    guardrails: tuple[Guardrail, ...]
    waivers: tuple[Waiver, ...]
    distribution: Distribution | None
    awards: tuple[Award, ...]
    pools: tuple[Pool, ...]
    follow_ups: tuple[FollowUp, ...]
    warnings: tuple[ProgressWarning, ...]
    target_changes: TargetRule | None
    resolved: Mapping[str, object] = field(compare=False, repr=False)
    digest: str = field(compare=False)
    places: Mapping[str, str] = field(compare=False, repr=False)
    indicator: Mapping[str, Indicator] = field(compare=False, repr=False)

    @property
    def label(self) -> str:
        """The policy's name in a trace: `sales@2024.2`."""
        return f"{self.id}@{self.version}"

    @property
    def event_names(self) -> tuple[str, ...]:
        """The events that count: of adjustments, of vetoes, and those listed besides."""
        own = [one.name for one in self.events]
        own += [one.name for one in self.adjustments]
        return (*own, *(one.name for one in self.vetoes))

    @property
    def revisable(self) -> tuple[str, ...]:
        """What calibrations and appeals can change: `total`, `grade`, `sales.score`, …"""
        figures = (f"{name}.{part}" for name in self.indicator for part in ("score", "actual"))
        return ("total", "grade", *figures)

    def in_force(self, day: datetime.date) -> bool:
        """Whether the policy judges a cycle that ends on `day`."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )
