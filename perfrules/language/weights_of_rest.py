"""`weight: rest`: what the others leave of 100 %, in equal parts, as finite percentages.

Equal parts that have an end are equal. Those that have none (three share 100 %) are cut after two
decimals of a percent, and the last one takes what is left: 33.33 %, 33.33 %, 33.34 %.
"""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import Final, TypeVar

from perfrules.exact import EXACT, divided
from perfrules.language.addresses import Addresses
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy, Section
from perfrules.model.written import Constant

__all__ = ["is_rest", "with_rests"]

_PLACES: Final = 4
"""Two decimals of a percent."""

Weighted = TypeVar("Weighted", Indicator, Section)


def is_rest(weight: object, at: Addresses) -> bool:
    """Whether a weight is written as `rest`."""
    return isinstance(weight, Constant) and at.texts.get(weight.path) == "rest"


def with_rests(policy: Policy, at: Addresses) -> Policy:
    """The policy with the share of each `rest`. Where nothing is left, it is 0, which the checks
    report."""
    if "rest" not in at.texts.values():
        return policy
    sections = _filled(policy.sections, at)
    indicators = list(policy.indicators)
    for section in {one.section: None for one in indicators}:
        own = tuple(one for one in indicators if one.section == section)
        filled = {one.name: one for one in _filled(own, at)}
        indicators = [filled.get(one.name, one) for one in indicators]
    return dataclasses.replace(policy, sections=sections, indicators=tuple(indicators))


def _filled(ones: tuple[Weighted, ...], at: Addresses) -> tuple[Weighted, ...]:
    """Those of one sum, each `rest` with its share."""
    rests = [one for one in ones if is_rest(one.weight, at)]
    others = [one.weight for one in ones if isinstance(one.weight, Constant) and one not in rests]
    if not rests:
        return ones
    with localcontext(EXACT):
        left = max(1 - sum((one.value for one in others), Decimal(0)), Decimal(0))
        shares = dict(zip((one.name for one in rests), _shared(left, len(rests)), strict=True))
    return tuple(
        dataclasses.replace(one, weight=_with(one.weight, shares[one.name]))
        if one.name in shares
        else one
        for one in ones
    )


def _with(weight: object, share: Decimal) -> Constant:
    assert isinstance(weight, Constant)
    return dataclasses.replace(weight, value=share)


def _shared(left: Decimal, count: int) -> Sequence[Decimal]:
    """Equal parts where they have an end; else the last takes what the others, cut, leave."""
    part = divided(left, Decimal(count), 10, "down")
    if part * count != left:
        part = divided(left, Decimal(count), _PLACES, "down")
    return [*[part] * (count - 1), left - part * (count - 1)]
