"""Somebody who moved within the cycle: each role was judged by its own policy, and the totals
and payouts are put together here, by days."""

from collections.abc import Sequence
from decimal import Decimal

from perfrules.evaluation.rounding import divide_as
from perfrules.evaluation.trace import Chain, Refusal, Trace, number
from perfrules.model.appraisal import Operand, Step
from perfrules.model.scorecard import Segment

__all__ = ["caps_of", "moved_pay", "moved_total", "plans_of"]


def moved_total(trace: Trace) -> Chain:
    """The total: those of the segments, each counted for its days."""
    segments = trace.scorecard.segments
    weighted, days = [], []
    for row, segment in enumerate(segments, 1):
        path = f"segments.{row}"
        total = trace.given(f"{path}.total", segment.total)
        there = trace.given(f"{path}.days", segment.days)
        days.append(there)
        weighted.append(_product(trace, f"{path}.weighted", total, there, "contribution"))
    chain = _mean(trace, "total", "total", weighted, tuple(days))
    chain.cut(trace.policy.total.limits)
    chain.round(trace.policy.rounding.total)
    return chain


def _product(trace: Trace, path: str, left: Step, right: Step, kind: str) -> Step:
    value = number(left) * number(right)
    return trace.add(path, kind, "multiply", (left, right), value)  # type: ignore[arg-type]


def _mean(
    trace: Trace, path: str, kind: str, weighted: Sequence[Step], days: tuple[Step, ...]
) -> Chain:
    """The sum of the weighted values over the days of all segments."""
    value = sum((number(step) for step in weighted), Decimal(0))
    chain = Chain(trace, path, kind, "sum", "sum", *weighted, value=value)  # type: ignore[arg-type]
    there = sum((number(step) for step in days), Decimal(0))
    weights = trace.steps.get("total.weights")
    if weights is None:
        weights = trace.add("total.weights", "total", "sum", days, there)
    if not there:
        raise Refusal("division-by-zero", trace.policy.places.get("policy", ""), name=path)
    rounding = trace.policy.rounding.division
    quotient = divide_as(value, there, rounding)
    chain.then("share", "divide", weights, value=quotient, rounding=rounding)
    return chain


def caps_of(trace: Trace) -> list[Operand]:
    """The best grade that vetoes in one of the segments leave; moving takes no veto back."""
    grades = [row.grade for row in trace.policy.grades]
    return [
        trace.given(f"segments.{row}.cap", segment.cap)
        for row, segment in enumerate(trace.scorecard.segments, 1)
        if segment.cap is not None and segment.cap.value in grades
    ]


def moved_pay(trace: Trace, plan: str) -> Step:
    """One plan's payout: that of the segments, by days or added up, as the policy says."""
    path = f"pay.{plan}"
    adds_up = any(one.name == plan and one.moves == "sum" for one in trace.policy.incentives)
    days = tuple(
        trace.steps[f"segments.{row}.days"] for row in range(1, len(trace.scorecard.segments) + 1)
    )
    paid = []
    for row, segment in enumerate(trace.scorecard.segments, 1):
        if plan in segment.pay:
            step = trace.given(f"{path}.segments.{row}", segment.pay[plan])
            if not adds_up:
                into = f"{path}.segments.{row}.weighted"
                step = _product(trace, into, step, days[row - 1], "pay")
            paid.append(step)
    if adds_up:
        total = sum((number(step) for step in paid), Decimal(0))
        chain = Chain(trace, path, "pay", "sum", "sum", *paid, value=total)
    else:
        chain = _mean(trace, path, "pay", paid, days)
    chain.round(trace.policy.rounding.pay)
    return chain.end()


def plans_of(segments: Sequence[Segment]) -> list[str]:
    """The plans of all segments, each once, in the order in which they come."""
    return list(dict.fromkeys(name for segment in segments for name in segment.pay))
