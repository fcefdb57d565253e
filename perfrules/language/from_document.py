"""From a document to a policy. All shorthand and every default is made explicit here.

The document has passed the schema and its `extends` is resolved. What the schema cannot
see (order, sums, names) is left to `checks`; a policy may come out of here that they refuse.
"""

import dataclasses
import hashlib
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Findings
from perfrules.language.addresses import Addresses
from perfrules.language.formulas_of_policy import (
    formulas_of,
    formulas_of_indicator,
    formulas_of_plan,
)
from perfrules.language.from_declared import Reader
from perfrules.language.irregular import READ_BY_HAND, events_from
from perfrules.language.source import Source
from perfrules.language.text.document import Mapping as MappingNode
from perfrules.language.to_resolved import resolved_json, to_resolved
from perfrules.language.weights_of_rest import with_rests
from perfrules.model.bands import Bands
from perfrules.model.incentive import IncentivePlan
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.scoring import FormulaScore, PerUnit, Window

__all__ = ["policy_from"]

_READER = Reader(READ_BY_HAND)


def policy_from(root: MappingNode, addresses: Addresses, findings: Findings) -> Policy:
    """The policy that a document writes. Wrong expressions are reported and left out."""
    source = Source(root, "", addresses, findings)
    name = source.word("policy", "")
    policy: Policy = _READER.declared(Policy, source, name, events=events_from(source))
    policy = dataclasses.replace(policy, places=addresses.places)
    policy = with_rests(_quotas_in_order(needs_settled(policy)), addresses)
    policy = dataclasses.replace(
        policy,
        indicator={indicator.name: indicator for indicator in policy.indicators},
        order=_order(policy, addresses, findings),
        pay_order=_pay_order(policy, addresses, findings),
    )
    resolved = to_resolved(policy)
    text = resolved_json(resolved)
    return dataclasses.replace(
        policy, resolved=resolved, digest=hashlib.sha256(text.encode()).hexdigest()
    )


def _quotas_in_order(policy: Policy) -> Policy:
    """The quotas in the order of the grades; one of a grade that there is not comes last, and is a
    finding of the checks."""
    rule, grades = policy.distribution, [row.grade for row in policy.grades]
    if rule is None:
        return policy
    found = sorted(rule.quotas, key=lambda one: (*grades, one.grade).index(one.grade))
    return dataclasses.replace(policy, distribution=dataclasses.replace(rule, quotas=tuple(found)))


def needs_settled(policy: Policy) -> Policy:
    """Which indicators need a target, an actual and an attainment, from all who read them."""
    read = {name for formula in formulas_of(policy) for name in formula.reads}
    read |= {one.of for one in policy.group_figures}
    indicators = tuple(
        _settled(indicator, read, f"indicators.{indicator.name}.target" in policy.places)
        for indicator in policy.indicators
    )
    return dataclasses.replace(policy, indicators=indicators)


def _settled(indicator: Indicator, read: set[str], target_written: bool) -> Indicator:
    score, own = indicator.score, indicator.attainment
    in_score = score.formula.reads if isinstance(score, FormulaScore) else ()
    in_own = own.reads if own is not None else ()
    basis = score.on if isinstance(score, Bands | PerUnit | Window) else None
    looks = basis == "attainment" or (
        isinstance(score, Bands) and basis == "percentile" and score.of == "attainment"
    )
    attains = looks or "attainment" in in_score or f"{indicator.name}.attainment" in read
    target = indicator.target
    if not target_written:
        ratio = own is None and (looks or "attainment" in in_score)
        named = "target" in in_score or (attains and "target" in in_own)
        named = named or (isinstance(score, Bands) and "target" in score.names)
        rolled = indicator.target_from_members is not None
        target = "required" if ratio or named or rolled else "none"
    needed = (
        not (isinstance(score, FormulaScore) or looks)
        or "actual" in in_score
        or f"{indicator.name}.actual" in read
        or (attains and (own is None or "actual" in in_own))
    )
    return dataclasses.replace(indicator, target=target, reads_actual=needed, attains=attains)


def _order(policy: Policy, addresses: Addresses, findings: Findings) -> tuple[str, ...]:
    """Always the first in the order of the file whose formulas read only earlier ones."""
    names = {indicator.name for indicator in policy.indicators}
    reads: dict[str, set[str]] = {}
    for indicator in policy.indicators:
        read = {name for one in formulas_of_indicator(indicator) for name in one.reads}
        in_own = indicator.attainment.names if indicator.attainment is not None else ()
        # What an indicator may not read of itself: its score, and from within its attainment that.
        itself = {f"{indicator.name}.score"} & read
        itself |= {f"{indicator.name}.attainment"}.intersection(in_own)
        roots = {name.partition(".")[0] for name in read} & names
        reads[indicator.name] = roots if itself else roots - {indicator.name}
    return _in_turn(reads) or _in_a_circle(reads, "indicators", addresses, findings)


def _pay_order(
    policy: Policy, addresses: Addresses, findings: Findings
) -> tuple[IncentivePlan, ...]:
    """The same of incentives, each of which may read `pay.<id>` of others."""
    payouts = {f"pay.{plan.name}": plan.name for plan in policy.incentives}
    reads = {
        plan.name: {payouts[name] for one in formulas_of_plan(plan) for name in one.names
                    if name in payouts}
        for plan in policy.incentives
    }  # fmt: skip
    order = _in_turn(reads) or _in_a_circle(reads, "incentives", addresses, findings)
    plans = {plan.name: plan for plan in policy.incentives}
    return tuple(plans[name] for name in order)


def _in_turn(reads: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Always the first whose formulas read only earlier ones; nothing where there is a circle."""
    order: list[str] = []
    waiting = list(reads)
    while waiting:
        ready = next((name for name in waiting if reads[name].isdisjoint(waiting)), None)
        if ready is None:
            return ()
        waiting.remove(ready)
        order.append(ready)
    return tuple(order)


def _in_a_circle(
    reads: Mapping[str, set[str]], block: str, addresses: Addresses, findings: Findings
) -> tuple[str, ...]:
    """Says which of a block wait for one another, if any do; then gives the order of the file."""
    try:
        TopologicalSorter({name: sorted(reads[name]) for name in sorted(reads)}).prepare()
    except CycleError as circle:
        path = [str(name) for name in reversed(circle.args[1])]
        place = addresses.key(f"{block}.{min(path, key=list(reads).index)}")
        shown = [f"pay.{name}" for name in path] if block == "incentives" else path
        findings.report("formula-circle", place, what=_WHAT[block], circle=" -> ".join(shown))
    return tuple(reads)


_WHAT: Final = {
    "indicators": Text("指标", "indicators"),
    "incentives": Text("激励方案", "incentives"),
}
