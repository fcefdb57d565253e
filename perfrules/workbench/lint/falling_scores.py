"""Bands in which a higher attainment scores less."""

from collections.abc import Iterator
from decimal import Decimal

from perfrules.diagnostics import Diagnostic
from perfrules.exact import percent, plain
from perfrules.language.addresses import Addresses
from perfrules.model.bands import Bands
from perfrules.model.policy import Policy

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Only where the attainment is looked at: with `on: actual` a fall may be meant."""
    for one in policy.indicators:
        if not isinstance(one.score, Bands) or one.score.on != "attainment":
            continue
        for above, row in zip(one.score.rows, one.score.rows[1:], strict=False):
            top = row.high if row.high is not None else row.score
            limit = above.threshold
            if top > above.score and limit is not None and isinstance(limit.at, Decimal):
                facts = {
                    "threshold": percent(limit.at),
                    "above": plain(above.score),
                    "below": plain(top),
                }
                yield Diagnostic("falling-scores", at.key(above.path), facts, severity="warning")
