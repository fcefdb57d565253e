"""The one check of bands, grades and tiers: rows from high to low, `otherwise` last."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Related
from perfrules.exact import percent, plain
from perfrules.language.addresses import Addresses
from perfrules.language.known_names import type_in_plan
from perfrules.model.appraisal import Row
from perfrules.model.bands import Band, Bands
from perfrules.model.incentive import IncentivePlan, MarginalTiers, Tier, WholeTiers
from perfrules.model.policy import Policy

__all__ = ["tables_are_whole"]

Shown = Callable[[Decimal], str]


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
                if f"{plan.path}.tiers.of" in at.values:
                    yield Diagnostic("misplaced-of", at.key(f"{plan.path}.tiers.of"))
            case MarginalTiers() as tiers:
                yield from _slices_climb(tiers, at)
                yield from _slices_are_alike(policy, plan, tiers, at)


def _slices_climb(tiers: MarginalTiers, at: Addresses) -> Iterator[Diagnostic]:
    """Slices go from low to high, like the brackets of a tax."""
    shown = plain if tiers.of is None else percent
    for before, row in zip(tiers.rows, tiers.rows[1:], strict=False):
        if row.start <= before.start:
            facts = {"value": shown(row.start), "below": shown(before.start)}
            yield Diagnostic("slices-not-ascending", at.value(f"{row.path}.from"), facts)


def _slices_are_alike(
    policy: Policy, plan: IncentivePlan, tiers: MarginalTiers, at: Addresses
) -> Iterator[Diagnostic]:
    """Rates of money or amounts a piece, of what can be counted in pieces, and against a quota
    that is counted like the basis."""
    first, by = tiers.rows[0], type_in_plan(policy, tiers.by)
    for row in tiers.rows:
        if (row.each is None) is not (first.each is None):
            written, other = ("rate", "each") if row.each is None else ("each", "rate")
            place = at.key(f"{row.path}.{written}")
            yield Diagnostic("mixed-slices", place, {"key": written, "other": other})
            return
    if first.each is not None and by == "share":
        facts = {"text": tiers.by.text}
        yield Diagnostic("pieces-of-share", at.key(f"{first.path}.each"), facts)
    if tiers.of is not None:
        quota = type_in_plan(policy, tiers.of)
        if {by, quota} == {"share", "number"}:
            facts = {"by": tiers.by.text, "of": tiers.of.text}
            yield Diagnostic("quota-of-other-kind", at.value(tiers.of.path), facts)


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
            yield from _slope(row, row.score, above is None, at, key="score", shown=shown)
        elif isinstance(row, Tier):
            yield from _slope(row, row.pay, above is None, at, key="pay", shown=shown)
        above = row
    if rows and all(row.at_least is not None for row in rows):
        lowest = min(row.at_least for row in rows if row.at_least is not None)
        facts = {"lowest": shown(lowest), "example": example}
        yield Diagnostic("no-otherwise", at.key(rows[-1].path), facts)


def _slope(
    row: Band | Tier, low: Decimal, top: bool, at: Addresses, *, key: str, shown: Shown
) -> Iterator[Diagnostic]:
    """`low` is what stands under the `key` first; `shown` prints thresholds."""
    written = f"{row.path}.up_to" in at.values
    if written and (row.high is None or not top):
        yield Diagnostic("misplaced-up-to", at.key(f"{row.path}.up_to"))
    if row.high is None:
        return
    place = at.value(f"{row.path}.{key}")
    if row.high < low:
        result = plain if key == "score" else percent
        example = "[80, 100]" if key == "score" else "[50%, 80%]"
        facts = {"low": result(low), "high": result(row.high), "example": example}
        yield Diagnostic("slope-falls", place, facts)
    if row.until is None:
        yield Diagnostic("slope-without-end", place)
    elif written and _reaches(row.at_least, row.until):
        facts = {"until": shown(row.until), "start": shown(row.at_least or Decimal(0))}
        yield Diagnostic("slope-ends-early", at.value(f"{row.path}.up_to"), facts)


def _reaches(start: Decimal | None, until: Decimal) -> bool:
    return start is not None and until <= start
