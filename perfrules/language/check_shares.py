"""Figures whose kind the schema cannot know: a share is written with `%`, anything else without.

Thresholds, marks and targets are shares where they are held against an attainment, a percentile
or a figure whose unit is `%`. Where the data alone know what is compared, both may stand.
"""

from collections.abc import Iterator
from decimal import Decimal

from perfrules.diagnostics import Diagnostic
from perfrules.exact import plain, read_number, share_readings
from perfrules.language.addresses import Addresses
from perfrules.language.check_two_way import two_way_figures
from perfrules.language.known_names import type_in_plan
from perfrules.model.bands import Bands
from perfrules.model.incentive import MarginalTiers, WholeTiers
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.scoring import PerUnit, Window
from perfrules.model.thresholds import LIMITS

__all__ = ["shares_bear_their_sign"]


def shares_bear_their_sign(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """`target: 95` of a figure in `%`, and `at_least: 80%` of a number of pieces."""
    for path, is_share in _figures(policy):
        text = at.texts.get(path, "")
        with_sign = text.endswith("%")
        number = read_number(text.removesuffix("%").rstrip())
        if with_sign == is_share or not isinstance(number, Decimal) or not number:
            continue
        if is_share:
            yield Diagnostic("share-without-percent", at.value(path), share_readings(text, number))
        else:
            written = plain(number)
            facts = {"text": text, "value": plain(number.scaleb(-2)), "write": written}
            yield Diagnostic("percent-without-share", at.value(path), facts)


def _figures(policy: Policy) -> Iterator[tuple[str, bool]]:
    """The paths of figures, and whether each is a share."""
    for indicator in policy.indicators:
        yield f"{indicator.path}.target", indicator.in_percent
        yield f"{indicator.path}.baseline", indicator.in_percent
        yield from _of_score(indicator)
    yield from two_way_figures(policy)
    for plan in policy.incentives:
        if isinstance(plan.rate, WholeTiers | MarginalTiers):
            kind = type_in_plan(policy, plan.rate.by)
            keys = (*LIMITS, "up_to") if isinstance(plan.rate, WholeTiers) else ("from",)
            if isinstance(plan.rate, MarginalTiers) and plan.rate.of is not None:
                kind = "share"  # of the quota
            if kind != "any":
                paths = (f"{row.path}.{key}" for row in plan.rate.rows for key in keys)
                yield from ((path, kind == "share") for path in paths)


def _of_score(indicator: Indicator) -> Iterator[tuple[str, bool]]:
    score = indicator.score
    match score:
        case Bands(rows=rows):
            keys = [f"{row.path}.{key}" for row in rows for key in (*LIMITS, "up_to")]
        case Window():
            keys = [f"{score.path}.{key}" for key in ("low", "high", "per")]
        case PerUnit():
            keys = [f"{score.path}.{key}" for key in ("mark", "per")]
        case _:
            return
    is_share = indicator.in_percent if score.on == "actual" else True
    yield from ((key, is_share) for key in keys)
