"""From a document to a policy. All shorthand and every default is made explicit here.

The document has passed the schema and its `extends` is resolved. What the schema cannot
see (order, sums, names) is left to `checks`; a policy may come out of here that they refuse.
"""

import dataclasses
import datetime
import hashlib
from collections.abc import Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from perfrules.codes.code import Text
from perfrules.diagnostics import Findings
from perfrules.language.addresses import Addresses
from perfrules.language.formulas_of_policy import formulas_of_indicator
from perfrules.language.incentive_from_document import incentive_from
from perfrules.language.indicator_from_document import indicators_from, needs_settled
from perfrules.language.population_from_document import (
    awards_from,
    distribution_from,
    follow_ups_from,
    pools_from,
    target_rule_from,
)
from perfrules.language.source import Source
from perfrules.language.text.document import Mapping as MappingNode
from perfrules.language.text.document import Scalar, Sequence
from perfrules.language.to_resolved import resolved_json, to_resolved
from perfrules.language.tracking_from_document import warnings_from
from perfrules.model.grading import Adjustment, Event, Grade, Veto
from perfrules.model.policy import Guardrail, Policy, Roundings, Section, Waiver
from perfrules.model.scoring import Rounding

__all__ = ["policy_from"]

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
    indicators, grades = indicators_from(source), _grades(source)
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
        grades=grades,
        incentives=tuple(
            incentive_from(name, below) for name, below in source.below("incentives").each()
        ),
        rounding=_roundings(source.below("rounding")),
        guardrails=_guardrails(source.below("guardrails")),
        waivers=tuple(
            Waiver(row.word("rule", ""), row.word("reason", ""))
            for row in source.below("guardrails").rows("waive")
        ),
        distribution=distribution_from(source, grades),
        awards=awards_from(source),
        pools=pools_from(source),
        follow_ups=follow_ups_from(source),
        warnings=warnings_from(source),
        target_changes=target_rule_from(source),
        resolved={},
        digest="",
        places=addresses.places,
        indicator={},
    )
    policy = needs_settled(policy)
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


def _order(policy: Policy, addresses: Addresses, findings: Findings) -> tuple[str, ...]:
    """Always the first in the order of the file whose formulas read only earlier ones."""
    names = {indicator.name for indicator in policy.indicators}
    reads: dict[str, set[str]] = {}
    for indicator in policy.indicators:
        read = {name for one in formulas_of_indicator(indicator) for name in one.names}
        in_own = indicator.attainment.names if indicator.attainment is not None else ()
        # What an indicator may not read of itself: its score, and from within its attainment that.
        itself = {f"{indicator.name}.score"} & read
        itself |= {f"{indicator.name}.attainment"}.intersection(in_own)
        roots = {name.partition(".")[0] for name in read} & names
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
        if when is not None:
            found.append(
                Veto(
                    name=name,
                    title=below.title(name),
                    when=when,
                    total=then.constant("total"),
                    grade=then.placed_word("grade"),
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
