"""What the schema cannot see: sums, order, references, names and types.

Each check is a function from the policy and its addresses to findings; `check_policy` runs
them all. A policy with an error here cannot be evaluated.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings, nearest
from perfrules.exact import plain
from perfrules.formula import RESERVED
from perfrules.language.addresses import Addresses
from perfrules.language.check_expressions import expressions_fit
from perfrules.language.check_guardrails import guardrails_hold
from perfrules.language.check_population import (
    awards_have_a_rule,
    grade_exists,
    group_figures_fit,
    names_of_pay_differ,
    quotas_fit,
    roll_ups_fit,
    units_read_others,
)
from perfrules.language.check_shares import shares_bear_their_sign
from perfrules.language.check_tables import tables_are_whole
from perfrules.language.check_two_way import two_way_tables_are_whole
from perfrules.language.check_warnings import warnings_fit
from perfrules.language.check_weights import weight_goes_somewhere, weights_fit
from perfrules.language.formulas_of_policy import formulas_of
from perfrules.language.known_names import UNITS
from perfrules.model.incentive import ByGrade, MarginalTiers
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scoring import Direct, PerUnit, Window
from perfrules.model.written import Constant, Limits

__all__ = ["check_policy"]

Found = Iterator[Diagnostic]


def check_policy(policy: Policy, addresses: Addresses, findings: Findings) -> None:
    """Reports whatever in the policy does not make sense."""
    for check in _CHECKS:
        findings.extend(check(policy, addresses))


def dates_run_forward(policy: Policy, at: Addresses) -> Found:
    start, end = policy.effective.start, policy.effective.end
    if start is not None and end is not None and end < start:
        facts = {"start": start.isoformat(), "end": end.isoformat()}
        yield Diagnostic("dates-reversed", at.value("effective.to"), facts)


def sections_fit(policy: Policy, at: Addresses) -> Found:
    names = [section.name for section in policy.sections]
    known = ", ".join(names)
    for indicator in policy.indicators:
        if indicator.section is None and names:
            facts = {"indicator": indicator.name, "known": known}
            yield Diagnostic("missing-section", at.key(indicator.path), facts)
        elif indicator.section is not None and indicator.section not in names:
            path = f"{indicator.path}.section"
            facts = {"name": indicator.section, "known": known or "—"}
            titles = {section.name: section.title for section in policy.sections}
            near = nearest(indicator.section, names, titles)
            yield Diagnostic("unknown-section", at.value(path), {**facts, **near})


def names_are_free(policy: Policy, at: Addresses) -> Found:
    """No reserved word is a name, and no name means two things in an expression."""
    kinds = (
        (
            "indicators",
            Text("指标", "an indicator"),
            [(one.name, one.path) for one in policy.indicators],
        ),
        (
            "adjustments",
            Text("加减分项", "an adjustment"),
            [(one.name, one.path) for one in policy.adjustments],
        ),
        ("vetoes", Text("否决项", "a veto"), [(one.name, one.path) for one in policy.vetoes]),
        ("events", Text("事件", "an event"), [(one.name, one.path) for one in policy.events]),
    )
    roots = {name.partition(".")[0] for one in formulas_of(policy) for name in one.names}
    seen: dict[str, tuple[str, Text]] = {}
    for kind, word, named in kinds:
        for name, path in named:
            # What expressions call a unit may be an indicator's id where none of them reads it.
            unread = kind == "indicators" and name in UNITS and name not in roots
            if name in RESERVED and not unread:
                yield Diagnostic("reserved-name", at.key(path), {"name": name})
            # A veto and an adjustment may react to the same event, which bears the name.
            elif name in seen and "indicators" in (kind, seen[name][0]):
                facts = {"name": name, "first": seen[name][1], "second": word}
                yield Diagnostic("name-twice", at.key(path), facts)
            seen.setdefault(name, (kind, word))


_NO_FIGURES = frozenset((
    "actual", "target", "baseline", "attainment", "score", "weight", "weighted", "excluded",
    "ratings", "group", "members", "target_members", "percentile", "previous", "total", "grade",
    "person_id", "indicator", "name", "segment", "source", "as_of", "evidence", "unit", "level",
    "done", "changes", "member_targets",
))  # fmt: skip
"""What the data and the trace of an indicator call something else."""


def figures_are_new(policy: Policy, at: Addresses) -> Found:
    """Further figures have names of their own."""
    for indicator in policy.indicators:
        for index, name in enumerate(indicator.figures):
            place = at.value(f"{indicator.path}.figures.{index}")
            if name in _NO_FIGURES:
                yield Diagnostic("reserved-name", place, {"name": name})
            elif name in indicator.figures[:index]:
                yield Diagnostic("figure-twice", place, {"name": name})


def scores_make_sense(policy: Policy, at: Addresses) -> Found:
    """Ranges that are not empty and units that are above nought."""
    for indicator in policy.indicators:
        score = indicator.score
        match score:
            case Direct():
                yield from _range(f"{score.path}.max", score.low, score.high, at)
            case Ratings():
                yield from _range(f"{score.path}.scale.max", score.scale.low, score.scale.high, at)
                trim = score.trim
                if trim is not None and trim.from_raters <= 2 * trim.drop:
                    counts = {"raters": trim.from_raters, "dropped": 2 * trim.drop}
                    yield Diagnostic("trim-too-wide", at.key(f"{score.path}.trim"), counts)
            case Window() | PerUnit():
                if score.per <= 0:
                    facts = {"key": "per", "value": plain(score.per)}
                    yield Diagnostic("not-positive", at.value(f"{score.path}.per"), facts)
                if isinstance(score, Window):
                    yield from _range(f"{score.path}.high", score.low, score.high, at, same=True)
                yield from _limits(score.path, score.limits, at)


def _range(path: str, low: Decimal, high: Decimal, at: Addresses, *, same: bool = False) -> Found:
    if high < low or (high == low and not same):
        facts = {"low": plain(low), "high": plain(high)}
        yield Diagnostic("empty-range", at.value(path), facts)


def _limits(path: str, limits: Limits, at: Addresses) -> Found:
    low, high = limits.at_least, limits.at_most
    if low is not None and high is not None:
        yield from _range(f"{path}.at_most", low.value, high.value, at, same=True)


def limits_are_in_order(policy: Policy, at: Addresses) -> Found:
    holders = [("total", policy.total.limits)]
    holders += [(f"{one.path}.points", one.points.limits) for one in policy.adjustments]
    for path, limits in holders:
        yield from _limits(path, limits, at)
    of_pay = [*policy.incentives, *([policy.payouts] if policy.payouts else ())]
    for one in of_pay:
        low, high = one.at_least, one.at_most
        if isinstance(low, Constant) and isinstance(high, Constant):
            yield from _range(f"{one.path}.at_most", low.value, high.value, at, same=True)
    for adjustment in policy.adjustments:
        given = adjustment.points.given
        if given is not None:
            yield from _range(f"{adjustment.path}.points.given", *given, at, same=True)


def limits_spare_the_uninvolved(policy: Policy, at: Addresses) -> Found:
    """Without an event there are no points; a limit that says otherwise is mostly a slip."""
    for adjustment in policy.adjustments:
        low, high = adjustment.points.at_least, adjustment.points.at_most
        for limit in (low, high):
            wrong = limit is not None and (limit.value > 0 if limit is low else limit.value < 0)
            if limit is not None and wrong:
                facts = {"name": adjustment.name, "value": plain(limit.value)}
                place = at.key(limit.path)
                yield Diagnostic("limit-without-event", place, facts, severity="warning")


def targets_make_sense(policy: Policy, at: Addresses) -> Found:
    """A fixed target that gives no ratio, and `zero_actual` where no ratio asks for it."""
    for indicator in policy.indicators:
        own, target = indicator.attainment, indicator.target
        ratio = indicator.attains and own is None and indicator.baseline == "none"
        if ratio and isinstance(target, Constant) and target.value <= 0:
            code = "negative-target" if target.value else "zero-target"
            facts = {"indicator": indicator.name, "value": plain(target.value)}
            yield Diagnostic(code, at.value(target.path), facts)
        if indicator.attains and own is None and target == "none":
            facts = {"indicator": indicator.name}
            yield Diagnostic("no-attainment", at.key(indicator.path), facts)
        if indicator.zero_actual is not None and not (
            ratio and indicator.direction == "lower_is_better"
        ):
            yield Diagnostic("misplaced-zero-actual", at.key(indicator.zero_actual.path))
        if own is not None and not indicator.attains:
            yield Diagnostic(
                "unused-attainment", at.key(own.path), {"indicator": indicator.name},
                severity="warning",
            )  # fmt: skip


def vetoes_do_something(policy: Policy, at: Addresses) -> Found:
    grades = [row.grade for row in policy.grades]
    for veto in policy.vetoes:
        if veto.then.total is None and veto.then.grade is None and veto.then.pay is None:
            yield Diagnostic("empty-veto", at.key(veto.path), {"name": veto.name})
        if veto.then.grade is not None:
            yield from grade_exists(veto.then.grade.value, at.value(veto.then.grade.path), grades)


def grades_are_different(policy: Policy, at: Addresses) -> Found:
    seen: set[str] = set()
    for row in policy.grades:
        if row.grade in seen:
            yield Diagnostic("duplicate-grade", at.key(row.path), {"grade": row.grade})
        seen.add(row.grade)


def incentives_are_whole(policy: Policy, at: Addresses) -> Found:
    """A base where a rate needs one, and a rate for every grade."""
    grades = [row.grade for row in policy.grades]
    for plan in policy.incentives:
        written = f"{plan.path}.base" in policy.places
        if not written and not isinstance(plan.rate, MarginalTiers):
            yield Diagnostic("missing-base", at.key(plan.path), {"name": plan.name})
        if isinstance(plan.rate, ByGrade):
            listed = {one.name for one in plan.rate.rates}
            if not grades:
                yield Diagnostic("no-grades", at.key(plan.rate.path))
                continue
            for name in (one.name for one in plan.rate.rates):
                yield from grade_exists(name, at.key(f"{plan.rate.path}.{name}"), grades)
            for name in grades:
                # A rate for a grade that there is not was meant for one of those without.
                if name not in listed and listed <= {*grades}:
                    facts = {"grade": name}
                    yield Diagnostic("grade-without-rate", at.key(plan.rate.path), facts)


_CHECKS: tuple[Callable[[Policy, Addresses], Found], ...] = (
    dates_run_forward,
    weights_fit,
    weight_goes_somewhere,
    sections_fit,
    names_are_free,
    tables_are_whole,
    figures_are_new,
    two_way_tables_are_whole,
    scores_make_sense,
    limits_are_in_order,
    limits_spare_the_uninvolved,
    shares_bear_their_sign,
    targets_make_sense,
    vetoes_do_something,
    grades_are_different,
    incentives_are_whole,
    roll_ups_fit,
    quotas_fit,
    awards_have_a_rule,
    names_of_pay_differ,
    group_figures_fit,
    units_read_others,
    warnings_fit,
    expressions_fit,
    guardrails_hold,
)
