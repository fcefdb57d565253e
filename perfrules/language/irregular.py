"""What no declaration can say: blocks that are read, or written back, by a rule of their own.

Each has both ways side by side, from the mapping to the model and back to the resolved text. The
two tables at the end are all of them; the forms of a score are in `irregular_scores`.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from perfrules.codes.code import Text
from perfrules.language.from_declared import ByHand, Reader
from perfrules.language.irregular_scores import scoring_from, scoring_tree
from perfrules.language.resolved_tree import Backwards, Ratio, Tree, Writer
from perfrules.language.source import Source
from perfrules.language.text.document import Scalar, Sequence
from perfrules.model.declared import keys_of
from perfrules.model.grading import Event
from perfrules.model.guardrails import Guardrails
from perfrules.model.incentive import MarginalTiers, Slice, Tier, Tiers, WholeTiers
from perfrules.model.indicator import Indicator, RollUp, RollUps
from perfrules.model.population import COUNTING, RANKING, Award, Bound, Distribution, Quota
from perfrules.model.ratings import Ratings
from perfrules.model.scoring import Levels

__all__ = ["READ_BY_HAND", "WRITTEN_BY_HAND", "events_from"]


def _indicator_from(reader: Reader, source: Source, name: str) -> Indicator | None:
    """What it needs of the data is settled when all of the policy is there (`needs_settled`)."""
    open_ = {"target": "none", "nature": ""}
    found: Indicator = reader.declared(Indicator, source, name, absent=open_, score=None)
    rolled = found.target_from_members is not None
    has_attainment = found.target != "none" or "attainment" in source or rolled
    below = source.below("score")
    score = scoring_from(reader, below, "attainment" if has_attainment else "actual")
    if score is None:
        return None
    usual = "qualitative" if isinstance(score, Ratings | Levels) else "quantitative"
    return dataclasses.replace(found, score=score, nature=found.nature or usual)


def _indicator_tree(writer: Writer, one: Indicator, _: bool) -> Tree:
    evidence = one.evidence if one.evidence == "required" else None
    score = scoring_tree(writer, one.score, one.in_percent)
    return writer.declared(one, one.in_percent, evidence=evidence, score=score)


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
        return WholeTiers(by, reader.rows(Tier, source, key), **place)
    rows = list(source.rows(key))
    ends = [*(row.number("from") for row in rows[1:]), None]
    slices = (reader.declared(Slice, row, until=end) for row, end in zip(rows, ends, strict=True))
    return MarginalTiers(by, tuple(slices), **place)


def _tiers_tree(writer: Writer, tiers: WholeTiers | MarginalTiers, is_share: bool) -> Tree:
    key = "whole" if isinstance(tiers, WholeTiers) else "marginal"
    return {"by": tiers.by.text, key: [writer.tree(row, is_share) for row in tiers.rows]}


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
    RollUps: _roll_ups_from,
    Tiers: _tiers_from,
    Guardrails: _guardrails_from,
    Distribution: _distribution_from,
    Award: _award_from,
}

WRITTEN_BY_HAND: Final[Mapping[type[Any], Backwards]] = {
    Indicator: _indicator_tree,
    WholeTiers: _tiers_tree,
    MarginalTiers: _tiers_tree,
    Distribution: _distribution_tree,
    Award: _award_tree,
}
