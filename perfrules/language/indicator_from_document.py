"""The indicators of a policy, with their defaults made explicit."""

import dataclasses
from decimal import Decimal

from perfrules.language.formulas_of_policy import formulas_of
from perfrules.language.score_from_document import score_from
from perfrules.language.source import Source
from perfrules.model.policy import Indicator, Need, Policy, RollUp
from perfrules.model.scoring import (
    Bands,
    Constant,
    FormulaScore,
    Levels,
    PerUnit,
    Ratings,
    Window,
)

__all__ = ["indicators_from", "needs_settled"]


def indicators_from(source: Source) -> tuple[Indicator, ...]:
    """The indicators under `indicators`; one whose score cannot be read is left out.

    What they need of the data is settled by `needs_settled` when all of the policy is there.
    """
    found = (_indicator(name, below) for name, below in source.below("indicators").each())
    return tuple(one for one in found if one is not None)


def _indicator(name: str, below: Source) -> Indicator | None:
    target, own, rolled = _need(below, "target"), below.formula("attainment"), _roll_ups(below)
    has_attainment = target != "none" or "attainment" in below or rolled[1] is not None
    score = score_from(below.below("score"), has_attainment=has_attainment)
    if score is None:
        return None
    qualitative = isinstance(score, Ratings | Levels)
    return Indicator(
        name=name,
        title=below.title(name),
        section=below.optional_word("section"),
        weight=below.fixed("weight", Decimal(0)),
        stage=below.word("stage", "outcome"),  # type: ignore[arg-type]
        nature=below.word("nature", "qualitative" if qualitative else "quantitative"),  # type: ignore[arg-type]
        unit=below.optional_word("unit"),
        direction=below.word("direction", "higher_is_better"),  # type: ignore[arg-type]
        target=target,
        baseline=_need(below, "baseline"),
        attainment=own,
        zero_actual=below.constant("zero_actual"),
        source=below.optional_word("source"),
        needs_evidence=below.optional_word("evidence") == "required",
        missing=below.word("missing", "error"),  # type: ignore[arg-type]
        score=score,
        reads_actual=True,
        attains=False,
        path=below.path,
        place=below.addresses.place(below.path),
        roll_up=rolled[0],
        roll_up_target=rolled[1],
        from_history=below.placed_word("from_history"),
    )


def _need(source: Source, key: str) -> Need | Constant:
    """`required`, `none` or a number; `none` where the key is absent (see `needs_settled`)."""
    number = source.constant(key)
    if number is not None:
        return number
    return "required" if source.optional_word(key) == "required" else "none"


def _roll_ups(indicator: Source) -> tuple[RollUp | None, RollUp | None]:
    """Where the actual and the target come from; the short form is for the actual."""
    whole = indicator.below("roll_up")
    if "of" in whole or "by" in whole:
        return _roll_up(whole, whole.at("actual")), None
    actual, target = whole.below("actual"), whole.below("target")
    return (
        _roll_up(actual, actual.path) if "actual" in whole else None,
        _roll_up(target, target.path) if "target" in whole else None,
    )


def _roll_up(rule: Source, path: str) -> RollUp:
    """`path` is that of the resolved text, whichever form is written."""
    return RollUp(
        of=rule.word("of", ""),
        by=rule.word("by", ""),  # type: ignore[arg-type]
        weight=rule.optional_word("weight"),
        path=path,
        place=rule.addresses.place(rule.path),
    )


def needs_settled(policy: Policy) -> Policy:
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
    looks = basis == "attainment" or (
        isinstance(score, Bands) and basis == "percentile" and score.of == "attainment"
    )
    attains = looks or "attainment" in in_score or f"{indicator.name}.attainment" in read
    target = indicator.target
    if not target_written:
        ratio = own is None and (looks or "attainment" in in_score)
        named = "target" in in_score or (attains and "target" in in_own)
        rolled = indicator.roll_up_target is not None
        target = "required" if ratio or named or rolled else "none"
    needed = (
        not (isinstance(score, FormulaScore) or looks)
        or "actual" in in_score
        or f"{indicator.name}.actual" in read
        or (attains and (own is None or "actual" in in_own))
    )
    return dataclasses.replace(indicator, target=target, reads_actual=needed, attains=attains)
