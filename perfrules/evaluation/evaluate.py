"""Judges one subject: indicators, total, vetoes, grade, pay, in this order."""

from decimal import Decimal, DecimalException, localcontext

from perfrules.diagnostics import Diagnostic
from perfrules.evaluation.attainment import attainment, called, given_or_fixed, number_of
from perfrules.evaluation.grading import graded, totalled, vetoed
from perfrules.evaluation.names import Names
from perfrules.evaluation.payout import paid
from perfrules.evaluation.scoring import score, score_of_ratings
from perfrules.evaluation.trace import Refusal, Trace
from perfrules.exact import EXACT, OutOfRange
from perfrules.model.appraisal import Appraisal, Kind, Step
from perfrules.model.grading import Veto
from perfrules.model.policy import Indicator, Policy
from perfrules.model.scorecard import Measure, Scorecard, Value
from perfrules.model.scoring import Levels, Ratings, YesNo

__all__ = ["evaluate"]

_NO_DATA = Measure()


def evaluate(policy: Policy, scorecard: Scorecard) -> Appraisal:
    """What the policy makes of the scorecard, with every step.

    Never raises for what the data hold: a value that is missing or makes no sense becomes a
    diagnostic in the appraisal's `problems`, all of the indicators' together, and the
    appraisal then has no total.
    """
    with localcontext(EXACT):
        trace = Trace(policy, scorecard)
        names = Names(trace)
        scores, excluded, problems = _indicators(trace, names)
        vetoes: tuple[Veto, ...] = ()
        if not problems:
            try:
                chain = totalled(trace, names, scores)
                total, vetoes = vetoed(trace, names, chain)
                names.results["total"] = total
                grade = graded(trace, total, vetoes)
                if grade is not None:
                    names.results["grade"] = grade
                for plan in policy.incentives:
                    paid(trace, names, plan, vetoes)
            except Refusal as refusal:
                problems.append(refusal.diagnostic)
            except (OutOfRange, DecimalException):
                place = policy.places.get("policy")
                problems.append(Diagnostic("number-out-of-range", place, {"name": policy.id}))
    return Appraisal(
        policy, scorecard, trace.steps, excluded, tuple(veto.name for veto in vetoes),
        tuple(problems),
    )  # fmt: skip


def _indicators(
    trace: Trace, names: Names
) -> tuple[dict[str, Step], tuple[str, ...], list[Diagnostic]]:
    """The score of each indicator that counts, the names of those left out, and problems."""
    scores: dict[str, Step] = {}
    excluded: list[str] = []
    problems: list[Diagnostic] = []
    for name in trace.policy.order:
        try:
            step = _scored(trace, names, trace.policy.indicator[name])
        except Refusal as refusal:
            # One that reads another which failed has nothing to add.
            if refusal.diagnostic.code != "no-value" or not problems:
                problems.append(refusal.diagnostic)
            continue
        except (OutOfRange, DecimalException):
            place = trace.policy.indicator[name].place
            problems.append(Diagnostic("number-out-of-range", place, {"name": name}))
            continue
        if step is None:
            excluded.append(name)
        else:
            scores[name] = step
    return scores, tuple(excluded), problems


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
    if measure.actual is not None:
        actual: Step | None = trace.given(f"{path}.actual", measure.actual)
    elif not indicator.reads_actual:
        actual = None
    elif isinstance(indicator.score, Levels):
        return _missing(trace, indicator, f"{path}.score")
    else:
        actual = _missing(trace, indicator, f"{path}.actual")
        if actual is None:
            return None
    row = measure.actual.origin.place if measure.actual is not None else ""
    target = given_or_fixed(trace, indicator, "target", measure.target, indicator.target, row)
    baseline = given_or_fixed(
        trace, indicator, "baseline", measure.baseline, indicator.baseline, row
    )
    if actual is not None and not isinstance(indicator.score, Levels | YesNo):
        number_of(actual, f"{indicator.name}.actual")
    if indicator.attains:
        attainment(trace, indicator, actual, target, baseline, lookup)
    return score(trace, indicator, actual, lookup)


def _missing(trace: Trace, indicator: Indicator, path: str) -> Step | None:
    """What the policy says of an actual that is not there: nought, left out, or an error."""
    if indicator.missing == "zero":
        done = isinstance(indicator.score, YesNo) and path.endswith(".actual")
        value: Value = False if done else Decimal(0)
        kind: Kind = "datum" if path.endswith(".actual") else "score"
        return trace.add(path, kind, "count_as_nought", (), value, "missing", indicator)
    if indicator.missing == "exclude":
        trace.add(
            f"{path.removesuffix('.score').removesuffix('.actual')}.excluded", "datum",
            "exclude", (indicator.weight,), True, "missing", indicator,
        )  # fmt: skip
        return None
    raise Refusal("missing-actual", indicator.place, indicator=called(indicator))
