"""From scores to the total, from the total to the grade, and the vetoes between."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import prod

from perfrules.evaluation.attainment import number_of
from perfrules.evaluation.distribution import distributed
from perfrules.evaluation.expression import condition, figure
from perfrules.evaluation.moves import caps_of
from perfrules.evaluation.names import Names
from perfrules.evaluation.revisions import entry, of, revise
from perfrules.evaluation.table import reached
from perfrules.evaluation.trace import Chain, Refusal, Trace, number, out_of_range
from perfrules.evaluation.weighing import Part, weighed
from perfrules.evaluation.weights import weight_of
from perfrules.exact import divided, plain
from perfrules.model.appraisal import Operand, Outcome, Rule, Step
from perfrules.model.grading import Adjustment, Grade, Veto
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Section
from perfrules.model.written import Constant

__all__ = ["calibrated", "graded", "overall_attainment", "totalled", "vetoed"]


def totalled(trace: Trace, names: Names, scores: Mapping[str, Step]) -> Chain:
    """The total before vetoes: weighted scores, adjustments, limits, rounding."""
    policy = trace.policy
    in_parts = policy.weights == "parts"
    if policy.sections:
        parts = _sections(trace, scores)
        whole = len(parts) == len(policy.sections)
    else:
        parts = _counted(trace, policy.indicators, scores)
        whole = _is_whole(trace, policy.indicators, scores)
    # Where nothing comes between, the quotient is rounded once, as the total is.
    once = policy.rounding.total if in_parts and not policy.adjustments else None
    chain = weighed(trace, "total", "total", parts, complete=whole and not in_parts, rounding=once)
    if policy.adjustments:
        points = [_points(trace, names, adjustment) for adjustment in policy.adjustments]
        value = sum((number(step) for step in points), chain.value)
        chain.then("adjusted", "sum", *points, value=value)
    if policy.total.times:
        factors = [
            figure(trace, f"total.times.{row}", "total", factor, names.anywhere)
            for row, factor in enumerate(policy.total.times, 1)
        ]
        value = prod((number(factor) for factor in factors), start=chain.value)
        chain.then("factored", "multiply", *factors, value=value)
    chain.cut(policy.total.limits)
    chain.round(policy.rounding.total)
    return chain


def calibrated(trace: Trace, chain: Chain) -> Chain:
    """The total as calibrations and appeals put it; raises `Refusal` where that is outside the
    policy's limits."""
    if not trace.scorecard.revisions or not of(trace, "total"):
        return chain
    revise(chain, trace, "total")
    low, high = trace.policy.total.at_least, trace.policy.total.at_most
    too_low = low is not None and chain.value < low.value
    if too_low or (high is not None and chain.value > high.value):
        place = trace.scorecard.revisions[-1].after.origin.place
        ends = [plain(one.value) if one is not None else "…" for one in (low, high)]
        facts = {"name": "total", "value": plain(chain.value), "low": ends[0], "high": ends[1]}
        raise Refusal("out-of-range", place, **facts)
    return chain


def overall_attainment(trace: Trace, scores: Mapping[str, Step]) -> Step | None:
    """The attainment of a team, department or project: that of its indicators by weight. None
    where none of them has one."""
    policy = trace.policy
    sections = {section.name: section for section in policy.sections}
    weighted: list[Step] = []
    weights: list[Operand] = []
    for indicator in policy.indicators:
        step = trace.steps.get(f"{indicator.path}.attainment")
        if step is None or indicator.name not in scores:
            continue
        own = weight_of(trace, indicator)
        if indicator.section is not None:
            section = sections[indicator.section]
            if section.weights == "parts":
                own = _share_of_parts(trace, indicator, section, own)
            both = (own, section.weight)
            value = number(own) * section.weight.value
            path = f"{indicator.path}.attainment.share"
            own = trace.add(path, "contribution", "multiply", both, value, rule=indicator.weight)
        weights.append(own)
        path, value = f"{indicator.path}.attainment.weighted", number(step) * number(own)
        weighted.append(
            trace.add(path, "contribution", "multiply", (step, own), value, rule=indicator.weight)
        )
    if not any(number(one) for one in weights):
        return None
    total = sum((number(one) for one in weights), Decimal(0))
    left = trace.add("attainment.weights", "attainment", "sum", tuple(weights), total)
    value = sum((number(one) for one in weighted), Decimal(0))
    chain = Chain(trace, "attainment", "attainment", "sum", "sum", *weighted, value=value)
    rounding = policy.rounding.attainment
    quotient = divided(value, total, rounding.places, rounding.mode)
    chain.then("share", "divide", left, value=quotient, rounding=rounding)
    return chain.end()


def _share_of_parts(trace: Trace, indicator: Indicator, section: Section, own: Operand) -> Step:
    """The share of its section that an indicator's part is: of all parts there, whatever counts."""
    path = f"{section.path}.parts"
    whole = trace.steps.get(path)
    if whole is None:
        parts = [one.weight for one in trace.policy.indicators if one.section == section.name]
        constants = tuple(one for one in parts if isinstance(one, Constant))
        value = sum((one.value for one in constants), Decimal(0))
        whole = trace.add(path, "section", "sum", constants, value)
    rounding = trace.policy.rounding.division
    value = divided(number(own), number(whole), rounding.places, rounding.mode)
    path = f"{indicator.path}.attainment.part"
    return trace.add(path, "contribution", "divide", (own, whole), value, rounding=rounding)


def _counted(
    trace: Trace, indicators: Iterable[Indicator], scores: Mapping[str, Step]
) -> list[Part]:
    """The scores that count, each with its weight, in the order of the file."""
    return [
        (scores[one.name], weight_of(trace, one), one.weight)
        for one in indicators
        if one.name in scores
    ]


def _is_whole(trace: Trace, indicators: Iterable[Indicator], scores: Mapping[str, Step]) -> bool:
    """Whether no weight is left over that the others would have to share."""
    return all(one.name in scores or one.name in trace.passing for one in indicators)


def _sections(trace: Trace, scores: Mapping[str, Step]) -> list[Part]:
    """Each section's score, over its own weights; a section with nothing left has none."""
    parts: list[Part] = []
    for section in trace.policy.sections:
        members = [one for one in trace.policy.indicators if one.section == section.name]
        own = _counted(trace, members, scores)
        if any(weight.value for _, weight, _ in own):
            whole = _is_whole(trace, members, scores) and section.weights == "shares"
            chain = weighed(trace, section.path, "section", own, complete=whole)
            parts.append((chain.end(), section.weight, section.weight))
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
    each = adjustment.points.each
    if each is not None:
        if record is not None and record.points:
            raise Refusal("unexpected-points", record.points[0].origin.place, event=adjustment.name)
        value = number(count) * each.value
        chain = Chain(
            trace, adjustment.path, "adjustment", "points", "multiply", count, each,
            value=value, rule=adjustment,
        )  # fmt: skip
    else:
        given = _given(trace, adjustment, count)
        value = sum((number(step) for step in given), Decimal(0))
        chain = Chain(
            trace, adjustment.path, "adjustment", "points", "sum", *given,
            value=value, rule=adjustment,
        )  # fmt: skip
    chain.cut(adjustment.points.limits)
    return chain.end()


def _given(trace: Trace, adjustment: Adjustment, count: Step) -> list[Step]:
    """The points that each record names; raises `Refusal` where one is missing or outside."""
    assert adjustment.points.given is not None
    low, high = adjustment.points.given
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
    caps = [veto.then.total for veto in holding if veto.then.total is not None]
    value = min([chain.value, *(cap.value for cap in caps)])
    outcome: Outcome = "capped" if value != chain.value else "applied"
    total = trace.add("total", "total", "at_most", (before, *caps), value, outcome)
    return total, tuple(holding)


class _Grade:
    """A grade on its way, as a `Chain` is a number: each link takes the one before as its first
    operand, and the last one is the grade."""

    def __init__(self, trace: Trace, total: Step, row: Grade, beside: tuple[Grade, ...]) -> None:
        self.trace, self.value, self.name = trace, row.grade, "by_total"
        self.link = Step("grade", "grade", "grade", (total,), row.grade, "applied", row, beside)

    def then(
        self, name: str, operation: str, *operands: Operand, value: str, rule: Rule | None = None
    ) -> None:
        """The next link; a grade that a rule makes another is `capped`, whichever way."""
        path = f"grade.{self.name}"
        before = self.trace.steps[path] = self.link._replace(path=path)
        changes = value != self.value and operation != "revise"
        outcome: Outcome = "capped" if changes else "applied"
        self.value, self.name = value, name
        self.link = Step("grade", "grade", operation, (before, *operands), value, outcome, rule)

    def end(self) -> Step:
        """The last link, as the grade itself."""
        self.trace.steps["grade"] = self.link
        return self.link


def graded(trace: Trace, names: Names, total: Step, vetoes: tuple[Veto, ...]) -> Step | None:
    """The grade of the total: capped by vetoes, then what the distribution and the entries of a
    calibration make of it, and capped again. None where the policy has no grades."""
    rows = trace.policy.grades
    if not rows:
        return None
    row, beside = reached(rows, number(total))
    caps: list[Operand] = [veto.then.grade for veto in vetoes if veto.then.grade is not None]
    if trace.scorecard.segments:
        caps += caps_of(trace)
    if not (caps or trace.policy.distribution or trace.scorecard.revisions):
        return trace.add("grade", "grade", "grade", (total,), row.grade, rule=row, not_taken=beside)
    grade = _Grade(trace, total, row, beside)
    order = [row.grade for row in rows]
    worst = max([str(cap.value) for cap in caps], key=order.index, default=order[0])
    if caps:
        lowest = max(row.grade, worst, key=order.index)
        grade.then("capped", "cap", *caps, value=lowest)
    if trace.policy.distribution is not None and not trace.scorecard.in_cycle_part:
        rule = trace.policy.distribution
        found = distributed(trace, names, rule, grade.value)
        if found is not None:
            grade.then("distributed", "distribute", *found.operands, value=found.grade, rule=rule)
    for place, revision in of(trace, "grade"):
        step = entry(trace, "grade", place, revision, grade.value)
        if step.value not in order:
            facts = {"grade": step.value, "known": ", ".join(order)}
            raise Refusal("unknown-grade", revision.after.origin.place, **facts)
        grade.then(f"revised.{place}", "revise", step, value=str(step.value))
    if caps and order.index(grade.value) < order.index(worst):
        grade.then("limited", "cap", *caps, value=worst)
    return grade.end()
