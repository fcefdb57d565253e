"""Judges one subject: indicators, total, vetoes, grade, awards, pay, in this order."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal, DecimalException, localcontext

from perfrules.codes.figure_titles import figure_in_full
from perfrules.diagnostics import Diagnostic
from perfrules.evaluation.attainment import attainment, given_or_fixed, number_of
from perfrules.evaluation.awards import awarded
from perfrules.evaluation.changed_targets import changed_target
from perfrules.evaluation.follow_ups import followed_up, last_cycle, objectives
from perfrules.evaluation.grading import (
    calibrated,
    graded,
    overall_attainment,
    totalled,
    vetoed,
)
from perfrules.evaluation.group_figures import figure_of_group
from perfrules.evaluation.moves import moved_pay, moved_total, plans_of
from perfrules.evaluation.names import Names
from perfrules.evaluation.pay_limits import added_up, kept_within
from perfrules.evaluation.payout import paid
from perfrules.evaluation.pools import shared
from perfrules.evaluation.prizes import prize_paid
from perfrules.evaluation.revisions import revised_datum
from perfrules.evaluation.roll_ups import rolled_up
from perfrules.evaluation.scoring import score, score_of_ratings
from perfrules.evaluation.trace import Refusal, Trace, Waiting
from perfrules.evaluation.weights import given_weights, is_weightless, passed_on, weight_of
from perfrules.exact import EXACT, OutOfRange
from perfrules.model.appraisal import Appraisal, Kind, Step
from perfrules.model.grading import Veto
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scorecard import Measure, Scorecard, Value
from perfrules.model.scoring import Levels, YesNo
from perfrules.model.standing import Figures, Standing
from perfrules.model.weights import WeightTo

__all__ = ["evaluate", "target_in_force"]

_NO_DATA = Measure()


def evaluate(policy: Policy, scorecard: Scorecard, standing: Standing | None = None) -> Appraisal:
    """What the policy makes of the scorecard, with every step.

    Never raises for what the data hold: a value that is missing or makes no sense becomes a
    diagnostic in the appraisal's `problems`, all of the indicators' together, and the
    appraisal then has no total.

    Without a `standing` the subject is judged alone, and rules between subjects are left out.
    With one, the appraisal ends before each rule that it says nothing of, and names it in
    `waiting`.
    """
    with localcontext(EXACT):
        work = _Work(policy, scorecard, standing)
        try:
            work.judge()
        except Refusal as refusal:
            work.problems.append(refusal.diagnostic)
        except (OutOfRange, DecimalException):
            place = policy.places.get("policy")
            work.problems.append(Diagnostic("number-out-of-range", place, {"name": policy.id}))
    return Appraisal(
        policy, scorecard, work.trace.steps, tuple(work.excluded),
        tuple(veto.name for veto in work.vetoes), tuple(work.problems), tuple(work.waiting),
    )  # fmt: skip


def target_in_force(policy: Policy, scorecard: Scorecard, indicator: str) -> Decimal | None:
    """The target of an indicator as `evaluate` finds it, with the changes that hold; None where
    there is none, or no number."""
    trace = Trace(policy, scorecard)
    measure = scorecard.measures.get(indicator, _NO_DATA)
    with localcontext(EXACT):
        try:
            step = _target(trace, Names(trace), policy.indicator[indicator], measure, "")
        except (Refusal, OutOfRange, DecimalException):
            return None
    return step.value if step is not None and isinstance(step.value, Decimal) else None


class _Work:
    """One way through a policy."""

    def __init__(self, policy: Policy, scorecard: Scorecard, standing: Standing | None) -> None:
        self.policy, self.scorecard = policy, scorecard
        self.trace = Trace(policy, scorecard, standing)
        self.names = Names(self.trace)
        self.vetoes: tuple[Veto, ...] = ()
        self.excluded: list[str] = []
        self.problems: list[Diagnostic] = []
        self.waiting: list[Figures] = []

    def judge(self) -> None:
        """All stages, as far as they can be reached."""
        trace, names, policy = self.trace, self.names, self.policy
        scores: dict[str, Step] = {}
        if not self.scorecard.segments:
            self.problems.extend(given_weights(trace))
            if self.problems:
                return
            scores = self.indicators()
            if self.problems or self.waiting:
                return
            if trace.passing:
                self.problems.extend(passed_on(trace, scores))
            if self.problems or not self.compared(of_total=False):
                return
        total = self.total(scores)
        names.results["total"] = total
        if policy.subject != "person":
            overall_attainment(trace, scores)
        if not self.scorecard.segments and not self.compared(of_total=True):
            return
        try:
            grade = graded(trace, names, total, self.vetoes)
        except Waiting as wait:
            self.waiting.append(wait.figures)
            return
        if grade is not None:
            names.results["grade"] = grade
        if not self.scorecard.in_cycle_part:
            for award in policy.awards:
                with self.or_waiting():
                    won = awarded(trace, names, award)
                    if award.places:
                        prize_paid(trace, award, won, self.vetoes)
        if self.scorecard.segments:
            for plan in plans_of(self.scorecard.segments):
                moved_pay(trace, plan)
        else:
            for incentive in policy.pay_order:
                paid(trace, names, incentive, self.vetoes)
        if self.scorecard.in_cycle_part:
            return
        if policy.payouts is not None and (lines := self.lines()):
            kept_within(trace, names, policy.payouts, lines, self.vetoes)
        for rule in policy.follow_ups:
            followed_up(trace, names, rule)
        self.problems.extend(objectives(trace, self.scorecard.objectives))
        last_cycle(trace, self.scorecard.last)
        for pool in policy.pools:
            with self.or_waiting():
                shared(trace, names, pool, self.vetoes)
        if not self.waiting:
            added_up(trace)

    def lines(self) -> list[str]:
        """The names of what the incentives pay, in the order of the file; of somebody who moved,
        those of all the roles."""
        if not self.scorecard.segments:
            return [plan.name for plan in self.policy.incentives]
        return plans_of(self.scorecard.segments)

    def compared(self, *, of_total: bool) -> bool:
        """Whether the figures of the subject's groups are all known: those of the total, or those
        of indicators. Notes all that is wrong with them, and the same but once."""
        for figure in self.policy.group_figures:
            if (figure.of == "total") is not of_total:
                continue
            try:
                with self.or_waiting():
                    figure_of_group(self.trace, self.names, figure)
            except Refusal as refusal:
                if refusal.diagnostic not in self.problems:
                    self.problems.append(refusal.diagnostic)
        return not (self.waiting or self.problems)

    @contextmanager
    def or_waiting(self) -> Iterator[None]:
        """Notes the rule that a piece of work waits for; the next one may go on."""
        try:
            yield
        except Waiting as wait:
            self.waiting.append(wait.figures)

    def total(self, scores: Mapping[str, Step]) -> Step:
        """The total; sets the vetoes that hold, which only a segment's own policy can say."""
        if self.scorecard.segments:
            return calibrated(self.trace, moved_total(self.trace)).end()
        chain = calibrated(self.trace, totalled(self.trace, self.names, scores))
        step, self.vetoes = vetoed(self.trace, self.names, chain)
        return step

    def indicators(self) -> dict[str, Step]:
        """The score of each indicator that counts; notes those left out, and problems."""
        scores: dict[str, Step] = {}
        for name in self.policy.order:
            indicator = self.policy.indicator[name]
            try:
                step = _scored(self.trace, self.names, indicator)
            except Waiting as wait:
                self.waiting.append(wait.figures)
                continue
            except Refusal as refusal:
                # One that reads another which failed has nothing to add.
                if refusal.diagnostic.code != "no-value" or not (self.problems or self.waiting):
                    self.problems.append(refusal.diagnostic)
                continue
            except (OutOfRange, DecimalException):
                facts = {"name": name}
                self.problems.append(Diagnostic("number-out-of-range", indicator.place, facts))
                continue
            if step is None:
                self.excluded.append(name)
            else:
                scores[name] = step
        return scores


def _scored(trace: Trace, names: Names, indicator: Indicator) -> Step | None:
    """The score of one indicator; None where the policy leaves a missing one out."""
    measure = trace.scorecard.measures.get(indicator.name, _NO_DATA)
    path = indicator.path

    def lookup(name: str) -> Step:
        return names.within(indicator.name, name)

    if isinstance(indicator.score, Ratings):
        if not any(measure.ratings.values()):
            return _missing(trace, indicator, f"{path}.score")
        return score_of_ratings(trace, indicator, indicator.score, measure)
    rule = indicator.actual_from_members
    if rule is not None:
        actual: Step | None = rolled_up(trace, indicator, rule, "actual", measure.members)
    elif measure.actual is not None:
        if trace.scorecard.revisions:
            actual = revised_datum(trace, path, f"{indicator.name}.actual", measure.actual)
        else:
            actual = trace.given(f"{path}.actual", measure.actual)
    elif not indicator.reads_actual:
        actual = None
    elif isinstance(indicator.score, Levels):
        return _missing(trace, indicator, f"{path}.score")
    else:
        actual = _missing(trace, indicator, f"{path}.actual")
        if actual is None:
            return None
    row = measure.actual.origin.place if measure.actual is not None else ""
    if measure.changes or indicator.target_from_members is not None:
        target = _target(trace, names, indicator, measure, row)
    else:
        target = given_or_fixed(trace, indicator, "target", measure.target, indicator.target, row)
    baseline = given_or_fixed(
        trace, indicator, "baseline", measure.baseline, indicator.baseline, row
    )
    if actual is not None and not isinstance(indicator.score, Levels | YesNo):
        number_of(actual, f"{indicator.name}.actual")
    if indicator.figures:
        _take_figures(trace, indicator, measure, row)
    if indicator.attains:
        attainment(trace, indicator, actual, target, baseline, lookup)
    return score(trace, indicator, actual, lookup)


def _take_figures(trace: Trace, indicator: Indicator, measure: Measure, row: str) -> None:
    """The further figures that the indicator declares; each has to be there."""
    for name in indicator.figures:
        datum = measure.figures.get(name)
        cell = f"{indicator.name}.{name}"
        if datum is None:
            facts = {"indicator": indicator.called, "figure": figure_in_full(name), "cell": cell}
            raise Refusal("missing-figure", row or indicator.place, **facts)
        number_of(trace.given(f"{indicator.path}.{name}", datum), cell)


def _target(
    trace: Trace, names: Names, indicator: Indicator, measure: Measure, row: str
) -> Step | None:
    """The target where it is rolled up from the members, or was changed on the way."""
    rule = indicator.target_from_members
    if rule is not None:
        return rolled_up(trace, indicator, rule, "target", measure.member_targets)
    path = f"{indicator.path}.target"
    changes = measure.changes if trace.policy.target_changes is not None else ()
    into = f"{path}.before" if changes else path
    need = indicator.target
    before = given_or_fixed(trace, indicator, "target", measure.target, need, row, into)
    if before is None or not changes:
        return before
    return changed_target(trace, names, path, before, changes)


def _missing(trace: Trace, indicator: Indicator, path: str) -> Step | None:
    """What the policy says of an actual that is not there: nought, left out, left out with its
    weight passed on, or an error. Without a weight of its own, none is asked for."""
    left_out = f"{path.removesuffix('.score').removesuffix('.actual')}.excluded"
    if is_weightless(trace, indicator):
        trace.passing.add(indicator.name)
        weight = (weight_of(trace, indicator),)
        trace.add(left_out, "datum", "exclude", weight, True, "missing", indicator)
        return None
    if indicator.missing == "zero":
        done = isinstance(indicator.score, YesNo) and path.endswith(".actual")
        value: Value = False if done else Decimal(0)
        kind: Kind = "datum" if path.endswith(".actual") else "score"
        return trace.add(path, kind, "count_as_nought", (), value, "missing", indicator)
    if indicator.missing == "exclude":
        weight = (weight_of(trace, indicator),)
        trace.add(left_out, "datum", "exclude", weight, True, "missing", indicator)
        return None
    if isinstance(indicator.missing, WeightTo):
        trace.passing.add(indicator.name)
        weight = (weight_of(trace, indicator),)
        trace.add(left_out, "datum", "pass_weight", weight, True, "missing", indicator)
        return None
    facts = {"indicator": indicator.called, "cell": f"{indicator.name}.actual"}
    raise Refusal("missing-actual", indicator.place, **facts)
