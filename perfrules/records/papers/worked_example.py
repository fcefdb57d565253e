"""A policy -> a result worked out by the evaluator itself, of somebody who does not exist.

The figures are made up from the policy alone, so that nobody's data show: targets are the policy's
or round numbers, and actuals lie around them. Rules that compare people are left out; what a rule
reads of the group, of a unit or of the past is a round number too.
"""

import ast
import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from perfrules.cycle.judging import judged_together
from perfrules.exact import rounded
from perfrules.formula import Formula
from perfrules.language.formulas_of_policy import formulas_of, formulas_of_plan
from perfrules.model.bands import Bands
from perfrules.model.datum import Datum
from perfrules.model.history import Past, PastMeasure
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scorecard import Cycle, EventRecord, Measure, Member, Scorecard
from perfrules.model.scoring import Direct, Levels, PerUnit, Window, YesNo
from perfrules.model.weights import GivenWeight
from perfrules.model.written import Constant
from perfrules.records.trace_json import Json, trace_record
from perfrules.words.bilingual import CURRENCIES

__all__ = ["worked_example"]

_PERSON: Final = "example"
_COUNT: Final = Decimal(100)
_MONEY: Final = Decimal(1_000_000)
_SHARE: Final = Decimal("0.1")
_BASE: Final = Decimal(10_000)
_FUND: Final = Decimal(100_000)
_POINTS: Final = Decimal(85)
_REACHED: Final = tuple(map(Decimal, ("0.95", "1.1", "1", "0.85")))
"""How much of its target an indicator reaches, in turn."""

_RATED: Final = tuple(map(Decimal, ("0.9", "0.86", "0.88")))
"""Where ratings lie between the lowest and the highest."""


def worked_example(policy: Policy, cycle: Cycle) -> Json | None:
    """The record of the example; None where made-up figures do not do for the policy's rules."""
    alone = _alone(policy)
    try:
        appraisal = judged_together(alone, [_card(alone, cycle)])[_PERSON]
    except (ArithmeticError, KeyError, LookupError):
        return None
    record = trace_record(appraisal)
    return record if record["status"] == "complete" else None


def _alone(policy: Policy) -> Policy:
    """The policy without the rules between people, as far as no payout reads theirs."""
    read = {
        name.partition(".")[2]
        for plan in policy.incentives
        for formula in formulas_of_plan(plan)
        for name in formula.names
        if name.startswith("pay.")
    }
    return dataclasses.replace(
        policy,
        distribution=None,
        awards=tuple(one for one in policy.awards if one.name in read),
        pools=tuple(one for one in policy.pools if one.name in read),
    )


def _card(policy: Policy, cycle: Cycle) -> Scorecard:
    names = {name for formula in formulas_of(policy) for name in formula.reads}
    words = dict(_compared(policy))
    weights = _given_weights(policy)
    measures = {
        one.name: dataclasses.replace(_measure(one, number), weight=weights.get(one.name))
        for number, one in enumerate(policy.indicators)
    }
    facts = {name: _fact(policy, name, words) for name in names if "." in name}
    cycle_facts = {**_below(facts, "cycle"), **cycle.facts}
    return Scorecard(
        subject=_PERSON,
        measures=measures,
        events=dict(_events(policy)),
        person=_below(facts, "person"),
        cycle=dataclasses.replace(cycle, facts=cycle_facts),
        units={kind: _below(facts, kind) for kind in ("team", "department", "project")},
        history=(_past(policy, measures, cycle),),
        group=_below(facts, "group"),
    )


def _below(facts: Mapping[str, Datum], root: str) -> dict[str, Datum]:
    return {
        name.partition(".")[2]: datum
        for name, datum in facts.items()
        if name.partition(".")[0] == root
    }


# Figures


def _usual(indicator: Indicator) -> Decimal:
    """A target, where the policy names none."""
    if isinstance(indicator.target, Constant):
        return indicator.target.value
    if indicator.in_percent:
        return _SHARE
    return _MONEY if indicator.unit in CURRENCIES else _COUNT


def _measure(indicator: Indicator, number: int) -> Measure:
    target, reached = _usual(indicator), _REACHED[number % len(_REACHED)]
    has_target, has_baseline = indicator.target != "none", indicator.baseline != "none"
    baseline = Decimal(0)
    if has_baseline:
        fixed = indicator.baseline
        baseline = fixed.value if isinstance(fixed, Constant) else target * Decimal("0.8")
    figures = _named_figures(indicator, target)
    actual = _actual(indicator, target, baseline, reached, figures)
    found: dict[str, Any] = {
        "target": Datum(target) if has_target else None,
        "baseline": Datum(baseline) if has_baseline else None,
        "figures": {name: Datum(figures[name]) for name in indicator.figures},
    }
    if isinstance(indicator.score, Ratings):
        groups = (group.name for group in indicator.score.groups)
        found["ratings"] = {name: _ratings(indicator.score) for name in groups}
        return Measure(**found)
    if indicator.actual_from_members is not None and isinstance(actual, Decimal):
        found["members"] = _members(actual, indicator.actual_from_members.by)
    else:
        found["actual"] = Datum(actual)
    if indicator.target_from_members is not None:
        found["member_targets"] = _members(target, indicator.target_from_members.by)
        found["target"] = None
    return Measure(**found)


def _members(whole: Decimal, by: str) -> tuple[Member, ...]:
    """Two members who come to the figure together."""
    each = whole / 2 if by in ("sum", "weighted_sum") else whole
    return tuple(Member(Datum(each), Datum(Decimal(1))) for _ in range(2))


def _ratings(score: Ratings) -> tuple[Datum, ...]:
    low, width = score.scale.low, score.scale.high - score.scale.low
    return tuple(Datum(low + rounded(width * one, 0, "half_up")) for one in _RATED)


def _named_figures(indicator: Indicator, target: Decimal) -> dict[str, Decimal]:
    """The figures that a table's limits name, in the table's own order: a fifth of the target lies
    between one and the next."""
    names = list(indicator.figures)
    score = indicator.score
    upper = False
    if isinstance(score, Bands):
        named = [one for one in score.names if one != "baseline"]
        names = named + [one for one in names if one not in named]
        upper = any(row.threshold is not None and row.threshold.is_upper for row in score.rows)
    middle = names.index("target") if "target" in names else len(names) // 2
    step = target / 5 * (-1 if upper else 1)
    return {name: target + step * (middle - place) for place, name in enumerate(names)}


def _actual(
    indicator: Indicator,
    target: Decimal,
    baseline: Decimal,
    reached: Decimal,
    figures: Mapping[str, Decimal],
) -> Decimal | str | bool:
    match indicator.score:
        case Direct(low=low, high=high):
            return low + rounded((high - low) * Decimal("0.88"), 0, "half_up")
        case Levels(rows=rows):
            return rows[min(1, len(rows) - 1)].name
        case YesNo():
            return True
        case PerUnit() as one:
            off = one.per if one.side != "below" else -one.per
            at = one.mark + off
            return at if one.on == "actual" else _whole(indicator, target * at)
        case Window() as one:
            at = one.high + one.per
            return at if one.on == "actual" else _whole(indicator, target * at)
        case Bands(on="actual", rows=rows):
            limits = [row.threshold.at for row in rows if row.threshold is not None]
            limit = limits[min(1, len(limits) - 1)] if limits else target
            return figures.get(limit, target) if isinstance(limit, str) else limit
    if indicator.direction == "lower_is_better" and indicator.attainment is None:
        reached = 2 - reached
    return _whole(indicator, baseline + (target - baseline) * reached)


def _whole(indicator: Indicator, value: Decimal) -> Decimal:
    """A figure as people would have it: a percentage to a tenth, anything else whole where it is
    large enough."""
    if indicator.in_percent:
        return rounded(value, 3, "half_up")
    return rounded(value, 0 if abs(value) >= 5 else 1, "half_up")


def _given_weights(policy: Policy) -> dict[str, Datum]:
    """Weights of those indicators whose weight the data give: what is left, in equal parts."""
    found: dict[str, Datum] = {}
    for section in {one.section for one in policy.indicators}:
        own = [one for one in policy.indicators if one.section == section]
        given = [one for one in own if isinstance(one.weight, GivenWeight)]
        fixed = [one.weight.value for one in own if isinstance(one.weight, Constant)]
        left = 1 - sum(fixed, Decimal(0))
        for number, one in enumerate(given):
            each = rounded(left / (len(given) - number), 2, "floor")
            found[one.name] = Datum(left if one is given[-1] else each)
            left -= each
    return found


# What else rules read


def _events(policy: Policy) -> Iterator[tuple[str, EventRecord]]:
    """One event of the first item that gives points."""
    for one in policy.adjustments:
        if one.points.given is not None and one.points.given[0] > 0:
            yield one.name, EventRecord(None, (Datum(one.points.given[0]),))
            return
        if one.points.each is not None and one.points.each.value > 0:
            yield one.name, EventRecord(Datum(Decimal(1)))
            return


def _past(policy: Policy, measures: Mapping[str, Measure], cycle: Cycle) -> Past:
    """The cycle before, of which everything is known."""
    last = cycle.start - datetime.timedelta(days=1)
    first = last - (cycle.end - cycle.start)
    tenth = Decimal("0.9")
    known = {
        name: PastMeasure(
            _times(measure.actual, tenth), measure.target, Datum(tenth), Datum(_POINTS)
        )
        for name, measure in measures.items()
    }
    grades = [row.grade for row in policy.grades]
    grade = Datum(grades[len(grades) // 2]) if grades else None
    return Past(
        "-1", last, Datum(_POINTS), grade, known, first, {}, has_all_figures=True, has_all_pay=True
    )


def _times(datum: Datum | None, factor: Decimal) -> Datum | None:
    value = datum.value if datum is not None else None
    return Datum(value * factor) if isinstance(value, Decimal) else datum


def _fact(policy: Policy, name: str, words: Mapping[str, str]) -> Datum:
    """What a rule reads under a dotted name."""
    if name in words:
        return Datum(words[name])
    root, _, column = name.partition(".")
    if root in ("team", "department", "project"):
        return Datum({"total": _POINTS, "attainment": Decimal("1.05")}.get(column, _FUND))
    if root == "cycle":
        return Datum(_FUND)
    if root == "group":
        return Datum(_group_figure(policy, column))
    factors = {formula.text for plan in policy.incentives for formula in plan.times}
    return Datum(Decimal(1) if name in factors else _BASE)


def _group_figure(policy: Policy, name: str) -> Decimal:
    rule = next((one for one in policy.group_figures if one.name == name), None)
    if rule is None or rule.by == "count":
        return Decimal(10)
    return Decimal(1) if rule.of.endswith(".attainment") else _POINTS


def _compared(policy: Policy) -> Iterator[tuple[str, str]]:
    """Names that are compared with words, and a word that keeps the condition."""
    grades = [row.grade for row in policy.grades]
    for formula in formulas_of(policy):
        for node in ast.walk(formula.tree):
            if isinstance(node, ast.Compare) and isinstance(node.left, ast.Name):
                (found,) = node.comparators[:1]
                word = _first_word(found)
                if word is not None:
                    keeps = isinstance(node.ops[0], ast.Eq | ast.In)
                    yield node.left.id, word if keeps else "—"
    for table in policy.tables:
        for axis in (table.rows, table.columns):
            if axis.words and isinstance(axis.by, Formula) and axis.by.is_name:
                yield axis.by.text, axis.words[0]
    for unit in ("team", "department", "project") if grades else ():
        yield f"{unit}.grade", grades[0]


def _first_word(node: ast.expr) -> str | None:
    if isinstance(node, ast.Tuple) and node.elts:
        node = node.elts[0]
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None
