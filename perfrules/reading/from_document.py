"""From a document to a policy. All shorthand and every default is made explicit here.

The document has passed the schema and its `extends` is resolved. What the schema cannot
see (order, sums, names) is left to `checks`; a policy may come out of here that they refuse.
"""

import dataclasses
import datetime
import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from perfrules.codes.code import Text
from perfrules.diagnostics import Findings
from perfrules.formula import Formula
from perfrules.model.grading import Adjustment, Event, Grade, Veto
from perfrules.model.incentive import MarginalTiers, WholeTiers
from perfrules.model.policy import (
    Guardrail,
    Indicator,
    Need,
    Policy,
    Roundings,
    Section,
    Waiver,
)
from perfrules.model.scoring import (
    Bands,
    Constant,
    FormulaScore,
    Levels,
    PerUnit,
    Ratings,
    Rounding,
    Window,
    Word,
)
from perfrules.reading.addresses import Addresses
from perfrules.reading.incentive_from_document import incentive_from
from perfrules.reading.score_from_document import score_from
from perfrules.reading.source import Source
from perfrules.reading.text.document import Mapping as MappingNode
from perfrules.reading.text.document import Scalar, Sequence
from perfrules.reading.to_resolved import resolved_json, to_resolved

__all__ = ["policy_from"]

LATER = ("distribution", "awards", "pools", "follow_ups", "warnings", "target_changes")
"""Blocks that are read and not yet evaluated."""

_ROUNDING = {
    "attainment": (4, "floor"),
    "score": (2, "half_up"),
    "total": (2, "half_up"),
    "pay": (2, "half_up"),
    "division": (10, "half_up"),
}


def policy_from(root: MappingNode, addresses: Addresses, findings: Findings) -> Policy:
    """The policy that a document writes. Wrong expressions are reported and left out."""
    source = Source(root, "", addresses, findings)
    effective = source.below("effective")
    indicators = _indicators(source)
    name = source.word("policy", "")
    policy = Policy(
        id=name,
        version=source.word("version", "1"),
        title=source.title(name),
        effective_from=_date(effective, "from"),
        effective_to=_date(effective, "to"),
        cycle=source.optional_word("cycle"),
        subject=source.word("subject", "person"),
        sections=tuple(
            Section(
                name,
                below.title(name),
                below.fixed("weight", Decimal(0)),
                below.path,
                addresses.place(below.path),
            )
            for name, below in source.below("sections").each()
        ),
        indicators=indicators,
        order=tuple(indicator.name for indicator in indicators),
        adjustments=tuple(
            _adjustment(name, below) for name, below in source.below("adjustments").each()
        ),
        events=_events(source),
        total=source.below("total").limits(),
        vetoes=_vetoes(source),
        grades=_grades(source),
        incentives=tuple(
            incentive_from(name, below) for name, below in source.below("incentives").each()
        ),
        rounding=_roundings(source.below("rounding")),
        guardrails=_guardrails(source.below("guardrails")),
        waivers=tuple(
            Waiver(row.word("rule", ""), row.word("reason", ""))
            for row in source.below("guardrails").rows("waive")
        ),
        later=tuple(block for block in LATER if block in source),
        resolved={},
        digest="",
        places=addresses.places,
        indicator={},
    )
    policy = _needs_settled(policy)
    policy = dataclasses.replace(
        policy,
        indicator={indicator.name: indicator for indicator in policy.indicators},
        order=_order(policy, addresses, findings),
    )
    resolved = to_resolved(policy)
    text = resolved_json(resolved)
    return dataclasses.replace(
        policy, resolved=resolved, digest=hashlib.sha256(text.encode()).hexdigest()
    )


def _date(source: Source, key: str) -> datetime.date | None:
    found = source.optional_word(key)
    return None if found is None else datetime.date.fromisoformat(found)


def _indicators(source: Source) -> tuple[Indicator, ...]:
    found = []
    for name, below in source.below("indicators").each():
        score = score_from(below.below("score"))
        if score is None:
            continue
        qualitative = isinstance(score, Ratings | Levels)
        found.append(
            Indicator(
                name=name,
                title=below.title(name),
                section=below.optional_word("section"),
                weight=below.fixed("weight", Decimal(0)),
                stage=below.word("stage", "outcome"),  # type: ignore[arg-type]
                nature=below.word("nature", "qualitative" if qualitative else "quantitative"),  # type: ignore[arg-type]
                unit=below.optional_word("unit"),
                direction=below.word("direction", "higher_is_better"),  # type: ignore[arg-type]
                target=_need(below, "target"),
                baseline=_need(below, "baseline"),
                attainment=below.formula("attainment"),
                zero_actual=below.constant("zero_actual"),
                source=below.optional_word("source"),
                missing=below.word("missing", "error"),  # type: ignore[arg-type]
                score=score,
                reads_actual=True,
                attains=False,
                path=below.path,
                place=below.addresses.place(below.path),
            )
        )
    return tuple(found)


def _need(source: Source, key: str) -> Need | Constant:
    """`required`, `none` or a number; `none` where the key is absent (see `_needs_settled`)."""
    number = source.constant(key)
    if number is not None:
        return number
    return "required" if source.optional_word(key) == "required" else "none"


def _needs_settled(policy: Policy) -> Policy:
    """Which indicators need a target, an actual and an attainment, from all who read them."""
    read = {name for formula in formulas_of(policy) for name in formula.names}
    indicators = tuple(
        _settled(indicator, read, f"indicators.{indicator.name}.target" in policy.places)
        for indicator in policy.indicators
    )
    return dataclasses.replace(policy, indicators=indicators)


def _settled(indicator: Indicator, read: set[str], target_written: bool) -> Indicator:
    score, own = indicator.score, indicator.attainment
    in_score = score.formula.names if isinstance(score, FormulaScore) else ()
    in_own = own.names if own is not None else ()
    basis = score.on if isinstance(score, Bands | PerUnit | Window) else None
    looks = basis == "attainment"
    attains = looks or "attainment" in in_score or f"{indicator.name}.attainment" in read
    target = indicator.target
    if not target_written:
        ratio = own is None and (looks or "attainment" in in_score)
        named = "target" in in_score or (attains and "target" in in_own)
        target = "required" if ratio or named else "none"
    needed = (
        not (isinstance(score, FormulaScore) or looks)
        or "actual" in in_score
        or f"{indicator.name}.actual" in read
        or (attains and (own is None or "actual" in in_own))
    )
    return dataclasses.replace(indicator, target=target, reads_actual=needed, attains=attains)


def formulas_of(policy: Policy) -> Iterable[Formula]:
    """Every expression of the policy."""
    for indicator in policy.indicators:
        if indicator.attainment is not None:
            yield indicator.attainment
        if isinstance(indicator.score, FormulaScore):
            yield indicator.score.formula
    for veto in policy.vetoes:
        yield veto.when
    for plan in policy.incentives:
        yield from (one for one in (plan.base, plan.only_if, *plan.times) if one is not None)
        if isinstance(plan.rate, WholeTiers | MarginalTiers):
            yield plan.rate.by


def _order(policy: Policy, addresses: Addresses, findings: Findings) -> tuple[str, ...]:
    """Always the first in the order of the file whose formulas read only earlier ones."""
    names = {indicator.name for indicator in policy.indicators}
    reads: dict[str, set[str]] = {}
    for indicator in policy.indicators:
        own, score = indicator.attainment, indicator.score
        in_own = own.names if own is not None else ()
        in_score = score.formula.names if isinstance(score, FormulaScore) else ()
        # What an indicator may not read of itself: its score, and from within its attainment that.
        itself = {f"{indicator.name}.score"}.intersection((*in_own, *in_score))
        itself |= {f"{indicator.name}.attainment"}.intersection(in_own)
        roots = {name.partition(".")[0] for name in (*in_own, *in_score)} & names
        reads[indicator.name] = roots if itself else roots - {indicator.name}
    order: list[str] = []
    waiting = list(reads)
    while waiting:
        ready = next((name for name in waiting if reads[name].isdisjoint(waiting)), None)
        if ready is None:
            _report_circle(reads, addresses, findings)
            return tuple(reads)
        waiting.remove(ready)
        order.append(ready)
    return tuple(order)


def _report_circle(reads: Mapping[str, set[str]], addresses: Addresses, findings: Findings) -> None:
    try:
        TopologicalSorter({name: sorted(reads[name]) for name in sorted(reads)}).prepare()
    except CycleError as circle:
        path = [str(name) for name in reversed(circle.args[1])]
        place = addresses.key(f"indicators.{min(path, key=list(reads).index)}")
        findings.report("formula-circle", place, circle=" -> ".join(path))


def _adjustment(name: str, below: Source) -> Adjustment:
    points = below.below("points")
    given = points.numbers("given")
    return Adjustment(
        name=name,
        title=below.title(name),
        each=points.constant("each"),
        given=(given[0], given[1]) if len(given) == 2 else None,
        limits=points.limits(),
        path=below.path,
        place=below.addresses.place(below.path),
    )


def _events(source: Source) -> tuple[Event, ...]:
    """Events that count besides those of adjustments: a list of names, or names with titles."""
    found = source.get("events")
    if isinstance(found, Sequence):
        return tuple(
            Event(item.text, Text(item.text, item.text), path, source.addresses.place(path))
            for index, item in enumerate(found.items)
            if isinstance(item, Scalar)
            for path in (f"events.{index}",)
        )
    return tuple(
        Event(name, below.title(name), below.path, source.addresses.place(below.path))
        for name, below in source.below("events").each()
    )


def _vetoes(source: Source) -> tuple[Veto, ...]:
    found = []
    for name, below in source.below("vetoes").each():
        when, then = below.formula("when"), below.below("then")
        grade = then.optional_word("grade")
        cap = None if grade is None else Word(grade, then.at("grade"), then.place("grade"))
        if when is not None:
            found.append(
                Veto(
                    name=name,
                    title=below.title(name),
                    when=when,
                    total=then.constant("total"),
                    grade=cap,
                    pay=then.constant("pay"),
                    path=below.path,
                    place=below.addresses.place(below.path),
                )
            )
    return tuple(found)


def _grades(source: Source) -> tuple[Grade, ...]:
    found = []
    for row in source.rows("grades"):
        name = row.word("grade", row.word("otherwise", ""))
        place = row.addresses.place(row.path)
        found.append(Grade(name, row.title(name), row.number("at_least"), row.path, place))
    return tuple(found)


def _roundings(source: Source) -> Roundings:
    made: Mapping[str, Rounding] = {
        name: Rounding(
            int(below.number("places") if "places" in below else places),  # type: ignore[arg-type]
            below.word("mode", mode),
            below.path,
            source.place(name),
        )
        for name, (places, mode) in _ROUNDING.items()
        for below in (source.below(name),)
    }
    return Roundings(**made)


def _guardrails(source: Source) -> tuple[Guardrail, ...]:
    level = source.word("level", "warning")
    return tuple(
        Guardrail(
            name,
            below.number("min"),
            below.number("max"),
            below.word("level", level),  # type: ignore[arg-type]
            below.path,
        )
        for name in ("indicators", "outcome", "quantitative")
        if name in source
        for below in (source.below(name),)
    )
