"""The result: an appraisal, and the steps that made it.

A `Step` is a value that knows why. Everything an appraisal states is read from a step, so
that a number and its explanation cannot disagree.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from perfrules.diagnostics import Diagnostic
from perfrules.formula import Formula
from perfrules.model.bands import Band
from perfrules.model.following import FollowUp, TargetRule
from perfrules.model.grading import Adjustment, Grade, Veto
from perfrules.model.group_figures import GroupFigure
from perfrules.model.incentive import CUT, TOP_UP, MarginalTiers, Slice, Tier
from perfrules.model.indicator import Indicator, RollUp
from perfrules.model.policy import Policy
from perfrules.model.population import Award, Distribution, Pool
from perfrules.model.rounding import Rounding
from perfrules.model.scorecard import Origin, Scorecard, Value
from perfrules.model.scoring import Level, Score
from perfrules.model.standing import Figures
from perfrules.model.time import FactRule, ProrationRule
from perfrules.model.weights import GivenWeight
from perfrules.model.written import Constant, Word

__all__ = ["Appraisal", "Kind", "Operand", "Outcome", "Row", "Rule", "Step"]

Kind = Literal[
    "datum",
    "attainment",
    "score",
    "contribution",
    "section",
    "adjustment",
    "total",
    "veto",
    "grade",
    "proration",
    "pay",
    "table",
    "quotient",
    "standing",
    "award",
    "follow_up",
    "objective",
    "revision",
]

Outcome = Literal["applied", "skipped", "capped", "missing"]

Rule = (
    Indicator
    | Score
    | Band
    | Constant
    | GivenWeight
    | Word
    | Level
    | Formula
    | Rounding
    | Grade
    | Tier
    | Slice
    | MarginalTiers
    | Adjustment
    | Veto
    | RollUp
    | TargetRule
    | FactRule
    | ProrationRule
    | Distribution
    | Award
    | Pool
    | FollowUp
    | GroupFigure
)
"""What of the policy can decide a step; each knows its own path and place."""


Row = Band | Grade | Tier
"""A row of a table of thresholds."""


class Step(NamedTuple):
    """One value and why it is that.

    path: the step's name within its appraisal (`indicators.sales.score`); with the policy's
        label before it (`sales@2024.2#indicators.sales.score`) it is the step's stable id.
    kind: the domain's word for what the value is.
    operation: what was done with the operands (see docs/trace.md for the list).
    operands: earlier steps and constants of the policy, in the order in which they count.
    value: the result, exact.
    outcome: applied; skipped (a condition was not met); capped (a limit changed the value);
        missing (nothing was recorded, and the policy says what then).
    rule: the row, formula, limit or rounding of the policy that decided.
    rounding: how the value was rounded in the same breath, for a division that need not end.
    not_taken: the neighbouring rows of the table, the higher one first.
    origin: for a data point, where it was found.
    """

    path: str
    kind: Kind
    operation: str
    operands: "tuple[Operand, ...]"
    value: Value
    outcome: Outcome = "applied"
    rule: Rule | None = None
    not_taken: "tuple[Row, ...]" = ()
    origin: Origin | None = None
    rounding: Rounding | None = None


Operand = Step | Constant | Word


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What the policy makes of a scorecard.

    Where `problems` holds an error there is no total, no grade and no pay: nothing is
    half judged. `steps` maps each path to its step, in the order of the work.

    `waiting` has the figures for rules between subjects under which the standing in the group was
    not known yet; the appraisal then ends before them, and is none that anybody should see.
    """

    policy: Policy
    scorecard: Scorecard
    steps: Mapping[str, Step]
    excluded: tuple[str, ...] = ()
    vetoed: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = field(default=())
    waiting: tuple[Figures, ...] = ()

    @property
    def subject(self) -> str:
        return self.scorecard.subject

    @property
    def complete(self) -> bool:
        """Whether there is a result."""
        return not any(problem.severity == "error" for problem in self.problems)

    @property
    def total(self) -> Decimal | None:
        """The total after limits, rounding and vetoes; None where there is no result."""
        return self._number("total")

    @property
    def grade(self) -> str | None:
        """The grade; None where there is no result or the policy has no grades."""
        step = self.steps.get("grade") if self.complete else None
        return str(step.value) if step else None

    @property
    def pay(self) -> dict[str, Decimal]:
        """Each payout by the name of its incentive plan, pool or award; `cut` or `top_up` where
        `payouts` took something off or added something; empty where there is no result.

        Of somebody who moved, the payouts are those of all the roles that were held.
        """
        plans = [plan.name for plan in self.policy.incentives]
        plans = [name for one in self.scorecard.segments for name in one.pay] or plans
        plans += [CUT, TOP_UP] if self.policy.payouts is not None else []
        plans += [pool.name for pool in self.policy.pools]
        plans += [award.name for award in self.policy.prizes]
        found = {name: self._number(f"pay.{name}") for name in plans}
        return {name: value for name, value in found.items() if value is not None}

    @property
    def pay_total(self) -> Decimal | None:
        """The sum of all that is paid; None where the policy pays nothing, or there is no result.
        A segment has none: it is a part of somebody's cycle."""
        return self._number("pay_total")

    @property
    def awards(self) -> tuple[str, ...]:
        """The awards that were won."""
        return tuple(one.name for one in self.policy.awards if self._holds(f"awards.{one.name}"))

    @property
    def follow_ups(self) -> dict[str, datetime.date | None]:
        """What the result sets going, and when it is due (None where no date is known)."""
        found: dict[str, datetime.date | None] = {}
        for one in self.policy.follow_ups:
            if self._holds(f"follow_ups.{one.name}"):
                due = self.steps.get(f"follow_ups.{one.name}.due")
                found[one.name] = due and datetime.date.fromisoformat(str(due.value))
        return found

    @property
    def okr(self) -> Decimal | None:
        """The mean of the objectives, shown beside the appraisal; None where there are none."""
        return self._number("okr")

    def score(self, indicator: str) -> Decimal | None:
        """The score of an indicator; None where it was excluded or there is no result."""
        return self._number(f"indicators.{indicator}.score")

    def attainment(self, indicator: str) -> Decimal | None:
        """The attainment of an indicator, a ratio; None where nothing looks at it."""
        return self._number(f"indicators.{indicator}.attainment")

    def weight(self, indicator: str) -> Decimal | None:
        """The weight that counted, a ratio or a number of parts: with what others passed on to it,
        or of the data, or of the policy. None where there is no result."""
        path = f"indicators.{indicator}.weight"
        if not self.complete or self.scorecard.segments:
            return None
        written = self.policy.indicator[indicator].weight
        fixed = written.value if isinstance(written, Constant) else None
        return next(
            (found for one in (f"{path}.raised", path) if (found := self._number(one)) is not None),
            fixed,
        )

    def section(self, name: str) -> Decimal | None:
        """The weighted score of a section; None where all of it was excluded."""
        return self._number(f"sections.{name}")

    def group_figure(self, name: str) -> Decimal | None:
        """A figure of the subject's group; None where there is none, or no result."""
        return self._number(f"group.{name}")

    def step_id(self, step: Step) -> str:
        """The step's stable id: `sales@2024.2#indicators.sales.score`."""
        return f"{self.policy.label}#{step.path}"

    def _holds(self, path: str) -> bool:
        step = self.steps.get(path) if self.complete else None
        return step is not None and step.value is True

    def _number(self, path: str) -> Decimal | None:
        step = self.steps.get(path) if self.complete else None
        return step.value if step and isinstance(step.value, Decimal) else None
