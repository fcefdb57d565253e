"""From scores to the total, from the total to the grade, and the vetoes between."""

from collections.abc import Mapping
from decimal import Decimal

from perfrules.evaluation.attainment import number_of
from perfrules.evaluation.expression import condition
from perfrules.evaluation.names import Names
from perfrules.evaluation.table import reached
from perfrules.evaluation.trace import Chain, Refusal, Trace, number, out_of_range
from perfrules.evaluation.weighing import weighed
from perfrules.exact import plain
from perfrules.model.appraisal import Outcome, Step
from perfrules.model.grading import Adjustment, Veto
from perfrules.model.scoring import Constant

__all__ = ["graded", "totalled", "vetoed"]


def totalled(trace: Trace, names: Names, scores: Mapping[str, Step]) -> Chain:
    """The total before vetoes: weighted scores, adjustments, limits, rounding."""
    policy = trace.policy
    if policy.sections:
        parts = _sections(trace, scores)
        counted = len(parts) == len(policy.sections)
    else:
        parts = [
            (scores[indicator.name], indicator.weight)
            for indicator in policy.indicators
            if indicator.name in scores
        ]
        counted = len(parts) == len(policy.indicators)
    chain = weighed(trace, "total", "total", parts, complete=counted)
    if policy.adjustments:
        points = [_points(trace, names, adjustment) for adjustment in policy.adjustments]
        value = sum((number(step) for step in points), chain.value)
        chain.then("adjusted", "sum", *points, value=value)
    chain.cut(policy.total)
    chain.round(policy.rounding.total)
    return chain


def _sections(trace: Trace, scores: Mapping[str, Step]) -> list[tuple[Step, Constant]]:
    """Each section's score, over its own weights; a section with nothing left has none."""
    parts = []
    for section in trace.policy.sections:
        members = [one for one in trace.policy.indicators if one.section == section.name]
        own = [(scores[one.name], one.weight) for one in members if one.name in scores]
        if any(weight.value for _, weight in own):
            complete = len(own) == len(members)
            chain = weighed(trace, section.path, "section", own, complete=complete)
            parts.append((chain.end(), section.weight))
        else:
            trace.add(
                f"{section.path}.excluded", "section", "exclude", (section.weight,), True,
                "missing", section.weight,
            )  # fmt: skip
    return parts


def _points(trace: Trace, names: Names, adjustment: Adjustment) -> Step:
    """What an adjustment adds: so much an event, or what the events name, cut to its limits."""
    record = trace.scorecard.events.get(adjustment.name)
    count = names.event(adjustment.name)
    if adjustment.each is not None:
        if record is not None and record.points:
            raise Refusal("unexpected-points", record.points[0].origin.place, event=adjustment.name)
        value = number(count) * adjustment.each.value
        chain = Chain(
            trace, adjustment.path, "adjustment", "points", "multiply", count, adjustment.each,
            value=value, rule=adjustment,
        )  # fmt: skip
    else:
        given = _given(trace, adjustment, count)
        value = sum((number(step) for step in given), Decimal(0))
        chain = Chain(
            trace, adjustment.path, "adjustment", "points", "sum", *given,
            value=value, rule=adjustment,
        )  # fmt: skip
    chain.cut(adjustment.limits)
    return chain.end()


def _given(trace: Trace, adjustment: Adjustment, count: Step) -> list[Step]:
    """The points that each record names; raises `Refusal` where one is missing or outside."""
    assert adjustment.given is not None
    low, high = adjustment.given
    if count.operation == "given" and count.value:
        place = count.origin.place if count.origin else ""
        facts = {"event": adjustment.name, "low": plain(low), "high": plain(high)}
        raise Refusal("missing-points", place, **facts)
    given = [trace.steps[operand.path] for operand in count.operands]
    for step in given:
        value = number_of(step, adjustment.name)
        if not low <= value <= high:
            place = step.origin.place if step.origin else ""
            raise out_of_range(value, low, high, adjustment.name, place)
    return given


def vetoed(trace: Trace, names: Names, chain: Chain) -> tuple[Step, tuple[Veto, ...]]:
    """The final total and the vetoes that hold. A veto never lifts a total."""
    if not trace.policy.vetoes:
        return chain.end(), ()
    before = names.results["total"] = chain.written()
    holding = []
    for veto in trace.policy.vetoes:
        met = condition(trace, f"{veto.path}.when", "veto", veto.when, names.anywhere)
        held: Outcome = "applied" if met.value else "skipped"
        trace.add(veto.path, "veto", "condition", (met,), met.value, held, veto)
        if met.value:
            holding.append(veto)
    caps = [veto.total for veto in holding if veto.total is not None]
    value = min([chain.value, *(cap.value for cap in caps)])
    outcome: Outcome = "capped" if value != chain.value else "applied"
    total = trace.add("total", "total", "at_most", (before, *caps), value, outcome)
    return total, tuple(holding)


def graded(trace: Trace, total: Step, vetoes: tuple[Veto, ...]) -> Step | None:
    """The grade of the total, capped by the vetoes; None where the policy has no grades."""
    rows = trace.policy.grades
    if not rows:
        return None
    row, beside = reached(rows, number(total))
    caps = [veto.grade for veto in vetoes if veto.grade is not None]
    path = "grade.by_total" if caps else "grade"
    step = trace.add(path, "grade", "grade", (total,), row.grade, rule=row, not_taken=beside)
    if not caps:
        return step
    order = [row.grade for row in rows]
    lowest = max([row.grade, *(cap.value for cap in caps)], key=order.index)
    outcome: Outcome = "capped" if lowest != row.grade else "applied"
    return trace.add("grade", "grade", "cap", (step, *caps), lowest, outcome)
