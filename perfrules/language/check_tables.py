"""The one check of bands, grades and tiers: rows from high to low, `otherwise` last."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Related
from perfrules.exact import percent, plain
from perfrules.language.addresses import Addresses
from perfrules.language.known_names import type_in_plan
from perfrules.model.appraisal import Row
from perfrules.model.bands import Band, Bands
from perfrules.model.incentive import MarginalTiers, WholeTiers
from perfrules.model.policy import Policy

__all__ = ["tables_are_whole"]


def tables_are_whole(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Thresholds from high to low, `otherwise` last, slopes that rise and end."""
    for indicator in policy.indicators:
        if isinstance(indicator.score, Bands):
            bands = indicator.score
            ratio = bands.on != "actual" or indicator.in_percent
            yield from _descend(bands.path, bands.rows, at, ratio=ratio, example="0")
    if policy.grades:
        yield from _descend("grades", policy.grades, at, ratio=False, example="D")
    for plan in policy.incentives:
        match plan.rate:
            case WholeTiers(by=by) as tiers:
                ratio = type_in_plan(policy, by) == "share"
                yield from _descend(tiers.path, tiers.rows, at, ratio=ratio, example="0%")
            case MarginalTiers() as tiers:
                yield from _slices_climb(tiers, at)


def _slices_climb(tiers: MarginalTiers, at: Addresses) -> Iterator[Diagnostic]:
    """Slices go from low to high, like the brackets of a tax."""
    for before, row in zip(tiers.rows, tiers.rows[1:], strict=False):
        if row.start <= before.start:
            facts = {"value": plain(row.start), "below": plain(before.start)}
            yield Diagnostic("slices-not-ascending", at.value(f"{row.path}.from"), facts)


def _descend(
    path: str, rows: Sequence[Row], at: Addresses, *, ratio: bool, example: str
) -> Iterator[Diagnostic]:
    """`ratio` tells how thresholds are printed; `example` is a last row's result."""
    shown = percent if ratio else plain
    above: Row | None = None
    for row in rows:
        if row.at_least is None:
            if row is not rows[-1]:
                yield Diagnostic("misplaced-otherwise", at.key(row.path))
            continue
        if above is not None and above.at_least is not None and row.at_least >= above.at_least:
            same = row.at_least == above.at_least
            facts = {"value": shown(row.at_least), "above": shown(above.at_least)}
            note = Text("上一行在此", "the row before is here")
            related = (Related(at.value(f"{above.path}.at_least"), note),)
            code = "duplicate-threshold" if same else "bands-not-descending"
            yield Diagnostic(code, at.value(f"{row.path}.at_least"), facts, related)
        if isinstance(row, Band):
            yield from _slope(row, above is None, at, shown=shown)
        above = row
    if rows and all(row.at_least is not None for row in rows):
        lowest = min(row.at_least for row in rows if row.at_least is not None)
        facts = {"lowest": shown(lowest), "example": example}
        yield Diagnostic("no-otherwise", at.key(rows[-1].path), facts)


def _slope(band: Band, top: bool, at: Addresses, *, shown: object) -> Iterator[Diagnostic]:
    written = f"{band.path}.up_to" in at.values
    if written and (band.high is None or not top):
        yield Diagnostic("misplaced-up-to", at.key(f"{band.path}.up_to"))
    if band.high is None:
        return
    if band.high < band.score:
        facts = {"low": plain(band.score), "high": plain(band.high)}
        yield Diagnostic("slope-falls", at.value(f"{band.path}.score"), facts)
    if band.until is None:
        yield Diagnostic("slope-without-end", at.value(f"{band.path}.score"))
    elif written and _reaches(band.at_least, band.until):
        facts = {"until": percent(band.until), "start": percent(band.at_least or Decimal(0))}
        yield Diagnostic("slope-ends-early", at.value(f"{band.path}.up_to"), facts)


def _reaches(start: Decimal | None, until: Decimal) -> bool:
    return start is not None and until <= start
