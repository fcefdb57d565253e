"""What no declaration can say: blocks that are read, or written back, by a rule of their own.

Each has both ways side by side, from the mapping to the model and back to the resolved text. The
two tables at the end are all of them; the forms of a score are in `irregular_scores`.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, get_args

from perfrules.codes.code import Text
from perfrules.language.from_declared import ByHand, Reader
from perfrules.language.irregular_scores import scoring_from, scoring_tree
from perfrules.language.resolved_tree import Backwards, Ratio, Tree, Writer
from perfrules.language.source import Source, number_in
from perfrules.language.text.document import Scalar, Sequence
from perfrules.model.declared import keys_of
from perfrules.model.grading import Event
from perfrules.model.guardrails import Guardrails
from perfrules.model.incentive import MarginalTiers, Slice, Tier, Tiers, WholeTiers
from perfrules.model.indicator import Indicator, RollUp, RollUps
from perfrules.model.kinds import FIGURE
from perfrules.model.policy import Section
from perfrules.model.population import COUNTING, RANKING, Award, Bound, Distribution, Quota
from perfrules.model.ratings import Ratings
from perfrules.model.scoring import Levels
from perfrules.model.two_way import Axis, CellRow, TwoWayTable
from perfrules.model.weights import GivenLimits, GivenWeight
from perfrules.model.written import Constant

__all__ = ["READ_BY_HAND", "WRITTEN_BY_HAND", "events_from"]


def _indicator_from(reader: Reader, source: Source, name: str) -> Indicator | None:
    """What it needs of the data is settled when all of the policy is there (`needs_settled`)."""
    open_ = {"target": "none", "nature": ""}
    given = {**_weight_from(source), "score": None}
    found: Indicator = reader.declared(Indicator, source, name, absent=open_, **given)
    rolled = found.target_from_members is not None
    has_attainment = found.target != "none" or "attainment" in source or rolled
    below = source.below("score")
    score = scoring_from(reader, below, "attainment" if has_attainment else "actual")
    if score is None:
        return None
    usual = "qualitative" if isinstance(score, Ratings | Levels) else "quantitative"
    return dataclasses.replace(found, score=score, nature=found.nature or usual)


def _weight_from(source: Source) -> dict[str, Any]:
    """The weight where a word says what it is; a `rest` is worked out when all of the policy is
    there (`weights_of_rest`)."""
    path, place = source.at("weight"), source.place("weight")
    match source.word("weight", ""):
        case "given":
            return {"weight": GivenWeight(GivenLimits(None, None), path=path, place=place)}
        case "rest":
            return {"weight": Constant(Decimal(0), path, place)}
    return {}


def _section_from(reader: Reader, source: Source, name: str) -> Section:
    found: Section = reader.declared(Section, source, name, **_weight_from(source))
    return found


def _indicator_tree(writer: Writer, one: Indicator, in_shares: bool) -> Tree:
    """`in_shares` says whether the weight is a share."""
    evidence = one.evidence if one.evidence == "required" else None
    score = scoring_tree(writer, one.score, one.in_percent)
    weight = _weight_tree(writer, one.weight, in_shares)
    return writer.declared(one, one.in_percent, weight=weight, evidence=evidence, score=score)


def _weight_tree(writer: Writer, weight: Constant | GivenWeight, in_shares: bool) -> object:
    if isinstance(weight, Constant):
        return Ratio(weight.value) if in_shares else weight.value
    limits = writer.tree(weight.limits)
    return {"given": limits} if limits else "given"


def _section_tree(writer: Writer, one: Section, in_shares: bool) -> Tree:
    weights = one.weights if one.weights == "parts" else None
    weight = _weight_tree(writer, one.weight, in_shares)
    return writer.declared(one, weight=weight, weights=weights)


def _ratings_tree(writer: Writer, one: Ratings, is_share: bool) -> Tree:
    return writer.declared(one, is_share, by=one.by if one.by == "median" else None)


def _roll_ups_from(reader: Reader, source: Source, _: str) -> RollUps:
    """The short form is for the actual; its path is that of the resolved text, whichever it is."""
    if "of" in source or "by" in source:
        rule: RollUp = reader.declared(RollUp, source)
        return RollUps(dataclasses.replace(rule, path=source.at("actual")), None)
    found: RollUps = reader.declared(RollUps, source)
    return found


def _tiers_from(reader: Reader, source: Source, _: str) -> WholeTiers | MarginalTiers | None:
    by = source.formula("by")
    if by is None:
        return None
    key = "whole" if "whole" in source else "marginal"
    place = {"path": source.at(key), "place": source.place(key)}
    if key == "whole":
        return WholeTiers(by, tuple(_tier_rows(reader, source)), **place)
    quota = source.formula("of")
    if "of" in source and quota is None:
        return None
    rows = list(source.rows(key))
    ends = [*(row.number("from") for row in rows[1:]), None]
    slices = (reader.declared(Slice, row, until=end) for row, end in zip(rows, ends, strict=True))
    return MarginalTiers(by, tuple(slices), quota, **place)


def _tier_rows(reader: Reader, source: Source) -> Iterator[Tier]:
    """A slope ends at the limit of the row above, the first where it says."""
    above: Decimal | str | None = None
    for row in source.rows("whole"):
        low, *rest = row.numbers("pay") or (Decimal(0),)
        if "otherwise" in row or not rest:
            tier: Tier = reader.declared(Tier, row, high=None, until=None)
        else:
            end = row.number("up_to")
            until = above if end is None else end
            tier = reader.declared(Tier, row, pay=low, high=rest[0], until=until)
        yield tier
        above = tier.threshold and tier.threshold.at


def _tiers_tree(writer: Writer, tiers: WholeTiers | MarginalTiers, is_share: bool) -> Tree:
    if isinstance(tiers, WholeTiers):
        rows = [_tier_tree(writer, row, is_share, row is tiers.rows[0]) for row in tiers.rows]
        return {"by": tiers.by.text, "whole": rows}
    slices = [writer.tree(row, is_share or tiers.of is not None) for row in tiers.rows]
    quota = {} if tiers.of is None else {"of": tiers.of.text}
    return {"by": tiers.by.text, **quota, "marginal": slices}


def _tier_tree(writer: Writer, row: Tier, is_share: bool, is_first: bool) -> Tree:
    if row.high is None:
        return writer.declared(row, is_share)
    end = writer.value(FIGURE, row.until, is_share) if is_first else None
    return writer.declared(row, is_share, pay=[Ratio(row.pay), Ratio(row.high)], up_to=end)


def _axis_from(reader: Reader, source: Source, _: str) -> Axis | None:
    """Thresholds are shares where one of them is written with the sign."""
    by = source.formula("by")
    if by is None:
        return None
    written = _texts(source, "at_least")
    axis: Axis = reader.declared(
        Axis, source, by=by, at_least=source.numbers("at_least"),
        is_share=any(text.endswith("%") for text in written),
    )  # fmt: skip
    return axis


def _texts(source: Source, key: str) -> list[str]:
    found = source.get(key)
    items = found.items if isinstance(found, Sequence) else ()
    return [item.text for item in items if isinstance(item, Scalar)]


def _axis_tree(writer: Writer, axis: Axis, _: bool) -> Tree:
    return writer.declared(axis, axis.is_share)


def _table_from(reader: Reader, source: Source, name: str) -> TwoWayTable | None:
    """Each cell knows its place; they are shares where one of them is written with the sign."""
    below = source.below("cells")
    cells = tuple(CellRow(row, tuple(_cells(below, row))) for row in below.node.entries)
    signed = any(text.endswith("%") for row in below.node.entries for text in _texts(below, row))
    gives = source.word("gives", "share" if signed else "number")
    table: TwoWayTable = reader.declared(TwoWayTable, source, name, cells=cells, gives=gives)
    # An axis whose expression is wrong is not there, which is a finding by then.
    return None if None in (table.rows, table.columns) else table


def _cells(source: Source, row: str) -> Iterator[Constant]:
    found = source.get(row)
    for index, item in enumerate(found.items if isinstance(found, Sequence) else ()):
        if isinstance(item, Scalar):
            path = f"{source.at(row)}.{index}"
            yield Constant(number_in(item) or Decimal(0), path, source.addresses.place(path))


def _table_tree(writer: Writer, table: TwoWayTable, _: bool) -> Tree:
    """The rows of the cells stand in the order of the rows."""
    order = (*table.rows.labels, *(row.name for row in table.cells))
    rows = sorted(table.cells, key=lambda row: order.index(row.name))
    kind = Ratio if table.gives == "share" else Decimal
    cells = {row.name: [kind(one.value) for one in row.cells] for row in rows}
    return writer.declared(table, cells=cells)


def events_from(source: Source) -> tuple[Event, ...]:
    """Events that count besides those of adjustments: a list of names, or names with titles."""
    found, place = source.get("events"), source.addresses.place
    if isinstance(found, Sequence):
        return tuple(
            Event(item.text, Text(item.text, item.text), path=path, place=place(path))
            for index, item in enumerate(found.items)
            if isinstance(item, Scalar)
            for path in (f"events.{index}",)
        )
    return tuple(
        Event(name, below.title(name), path=below.path, place=place(below.path))
        for name, below in source.below("events").each()
    )


def _guardrails_from(reader: Reader, source: Source, _: str) -> Guardrails:
    """The level of one of them is that of all where it has none of its own."""
    level = {"level": source.word("level", "warning")}
    found = {
        one.name: reader.block(one.key.kind, source.below(one.name), absent=level)
        for one in keys_of(Guardrails)
        if isinstance(one.key.kind, type) and one.name in source
    }
    guardrails: Guardrails = reader.declared(Guardrails, source, **found)
    return guardrails


def _distribution_from(reader: Reader, source: Source, _: str) -> Distribution:
    quotas = tuple(_quotas(source.below("quotas")))
    found: Distribution = reader.declared(Distribution, source, quotas=quotas)
    return found


def _quotas(source: Source) -> Iterator[Quota]:
    """A share alone is exact; otherwise it says whether it is the least or the most."""
    for grade in source.node.entries:
        share = source.constant(grade)
        if share is not None:
            yield Quota(grade, "exactly", share)
        bounded = source.below(grade)
        for bound in get_args(Bound):
            share = bounded.constant(bound)
            if share is not None:
                yield Quota(grade, bound, share)


def _distribution_tree(writer: Writer, rule: Distribution, _: bool) -> Tree:
    return writer.declared(rule, quotas={quota.grade: _quota(quota) for quota in rule.quotas})


def _quota(quota: Quota) -> object:
    share = Ratio(quota.share.value)
    return share if quota.bound == "exactly" else {quota.bound: share}


def _award_from(reader: Reader, source: Source, name: str) -> Award:
    """Whether `top` is a share or a number of people, only its sign can tell; nought is either."""
    usual = "all_get" if "places" in source else "keep_together"
    found: Award = reader.declared(Award, source, name, absent={"ties": usual})
    counted = bool(source.number("top")) and not source.word("top", "").endswith("%")
    return dataclasses.replace(found, by_share=not counted)


def _award_tree(writer: Writer, award: Award, _: bool) -> Tree:
    """What ranks stands there only where somebody is ranked, and what counts people where they are
    a share: the checker tells by that whether `top` is one."""
    top = award.top and (Ratio(award.top.value) if award.by_share else award.top.value)
    whole = writer.declared(award, top=top)
    kept = {*(RANKING if award.ranks else ()), *(COUNTING if award.top and award.by_share else ())}
    left_out = {*RANKING, *COUNTING} - kept
    return {key: value for key, value in whole.items() if key not in left_out}


READ_BY_HAND: Final[Mapping[type[Any], ByHand]] = {
    Indicator: _indicator_from,
    Section: _section_from,
    RollUps: _roll_ups_from,
    Tiers: _tiers_from,
    Guardrails: _guardrails_from,
    Distribution: _distribution_from,
    Axis: _axis_from,
    TwoWayTable: _table_from,
    Award: _award_from,
}

WRITTEN_BY_HAND: Final[Mapping[type[Any], Backwards]] = {
    Indicator: _indicator_tree,
    Section: _section_tree,
    Ratings: _ratings_tree,
    WholeTiers: _tiers_tree,
    MarginalTiers: _tiers_tree,
    Distribution: _distribution_tree,
    Award: _award_tree,
    Axis: _axis_tree,
    TwoWayTable: _table_tree,
}
