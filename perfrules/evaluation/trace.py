"""The notebook: every value of an appraisal is written here as a step, in order."""

from decimal import Decimal
from typing import NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.evaluation.rounding import round_as
from perfrules.exact import plain, within_limit
from perfrules.model.appraisal import Kind, Operand, Outcome, Row, Rule, Step
from perfrules.model.policy import Policy
from perfrules.model.rounding import Rounding
from perfrules.model.scorecard import Datum, Origin, Scorecard, Value
from perfrules.model.standing import Alone, Figures, Position, Share, Standing, Statistic
from perfrules.model.written import Amount, Limits

__all__ = ["Bound", "Chain", "Refusal", "Trace", "Waiting", "number", "out_of_range"]


_Pending = tuple[str, tuple[Operand, ...], Outcome, Rule | None, Rounding | None, tuple[Row, ...]]


_NOUGHT = Decimal(0)
"""Nought without a sign: 0 x -2 is written as 0, not as -0."""


class Refusal(Exception):
    """The appraisal cannot go on here; `evaluate` turns it into the diagnostic it carries."""

    def __init__(self, code: str, place: str, **facts: object) -> None:
        super().__init__(code)
        self.diagnostic = Diagnostic(code, place or None, facts)


class Waiting(Exception):
    """The appraisal cannot go on before it is known where the subject stands under a rule."""

    def __init__(self, figures: Figures) -> None:
        super().__init__(figures.rule)
        self.figures = figures


def out_of_range(
    value: Decimal, low: Decimal, high: Decimal, name: str | Text, place: str
) -> Refusal:
    """What to raise for a value that is not within its limits."""
    facts = {"value": plain(value), "low": plain(low), "high": plain(high)}
    return Refusal("out-of-range", place, name=name, **facts)


def number(operand: Operand) -> Decimal:
    """The value of a step or constant that is known to be a number."""
    assert isinstance(operand.value, Decimal)
    return operand.value


class Bound(NamedTuple):
    """A limit: the step or constant that holds it, and what the policy writes."""

    held: Operand
    rule: Amount


class Trace:
    """The steps so far of one subject under one policy."""

    __slots__ = ("calculator", "passing", "policy", "scorecard", "standing", "steps", "weights")

    def __init__(
        self, policy: Policy, scorecard: Scorecard, standing: Standing | None = None
    ) -> None:
        self.policy = policy
        self.scorecard = scorecard
        self.standing = standing
        self.steps: dict[str, Step] = {}
        self.calculator: object = None
        """Set by `expression`, which needs one for each subject."""
        self.weights: dict[str, Operand] = {}
        """Of indicators whose weight is not what the policy writes: the data's, or raised."""
        self.passing: set[str] = set()
        """Indicators that are left out without a weight that the others would have to share."""

    def add(
        self,
        path: str,
        kind: Kind,
        operation: str,
        operands: tuple[Operand, ...],
        value: Value,
        outcome: Outcome = "applied",
        rule: Rule | None = None,
        rounding: Rounding | None = None,
        not_taken: tuple[Row, ...] = (),
    ) -> Step:
        """Writes a step down and returns it."""
        step = self.steps[path] = Step(
            path, kind, operation, operands, value, outcome, rule, not_taken, None, rounding
        )
        return step

    def given(self, path: str, datum: Datum, kind: Kind = "datum") -> Step:
        """A data point, with its origin."""
        value, origin = datum
        step = self.steps[path] = Step(path, kind, "given", (), value, "applied", None, (), origin)
        return step

    def stands(self, figures: Figures) -> Position | Share | Statistic | Alone:
        """Where the subject stands with its figures in its group; raises `Waiting` until that is
        known, and `Refusal` where the group cannot be compared."""
        if self.standing is None:
            return Alone()
        found = self.standing.get(figures.rule)
        if found is None:
            raise Waiting(figures)
        if isinstance(found, Diagnostic):
            raise Refusal(found.code, str(found.place or ""), **found.facts)
        return found

    def from_group(
        self, path: str, value: Decimal | int, place: Position | Share | Statistic | Alone
    ) -> Step:
        """A figure of the group, with the pseudonym under which the subject stands in it."""
        origin = Origin(group=place.group, member=place.member)
        step = self.steps[path] = Step(
            path, "standing", "from_group", (), Decimal(value), "applied", None, (), origin
        )
        return step


class Chain:
    """A value on its way: each operation takes the result of the one before.

    The last one bears the chain's own path, so that `total` is always the total; the ones
    before it are called after what they did (`total.weighted`, `total.cut`).
    """

    __slots__ = ("kind", "name", "path", "pending", "trace", "value")

    def __init__(
        self, trace: Trace, path: str, kind: Kind, name: str, operation: str, *operands: Operand,
        value: Decimal, rule: Rule | None = None, rounding: Rounding | None = None,
        not_taken: tuple[Row, ...] = (),
    ) -> None:  # fmt: skip
        self.trace, self.path, self.kind = trace, path, kind
        self.name, self.value = name, within_limit(value) or _NOUGHT
        self.pending: _Pending = (operation, operands, "applied", rule, rounding, not_taken)

    def then(
        self, name: str, operation: str, *operands: Operand, value: Decimal,
        outcome: Outcome = "applied", rule: Rule | None = None, rounding: Rounding | None = None,
    ) -> None:  # fmt: skip
        """The next operation, on the value so far and `operands`."""
        previous = self.written()
        self.name, self.value = name, within_limit(value) or _NOUGHT
        self.pending = (operation, (previous, *operands), outcome, rule, rounding, ())

    def cut(self, limits: Limits) -> None:
        """Cuts the value to the limits; a step only where that changes it."""
        low, high = limits.at_least, limits.at_most
        if low is not None and self.value < low.value:
            self._cut("at_least", low, low)
        elif high is not None and self.value > high.value:
            self._cut("at_most", high, high)

    def keep_within(self, low: Bound | None, high: Bound | None) -> None:
        """The same with limits that may have been worked out."""
        if low is not None and self.value < number(low.held):
            self._cut("at_least", *low)
        elif high is not None and self.value > number(high.held):
            self._cut("at_most", *high)

    def _cut(self, operation: str, held: Operand, rule: Amount) -> None:
        self.then("cut", operation, held, value=number(held), outcome="capped", rule=rule)

    def round(self, rounding: Rounding) -> None:
        """Rounds the value; a step of its own, only where that changes it."""
        result = round_as(self.value, rounding)
        if result == self.value:
            self.value = result  # the same number, written with the places that it should have
        else:
            self.then("rounded", "round", value=result, rounding=rounding)

    def written(self) -> Step:
        """Writes the pending step down under its own name, as one that is not the last."""
        return self._write(f"{self.path}.{self.name}")

    def end(self) -> Step:
        """Writes the last step down under the chain's own path."""
        return self._write(self.path)

    def _write(self, path: str) -> Step:
        operation, operands, outcome, rule, rounding, not_taken = self.pending
        step = self.trace.steps[path] = Step(
            path, self.kind, operation, operands, self.value, outcome, rule, not_taken, None,
            rounding,
        )  # fmt: skip
        return step
