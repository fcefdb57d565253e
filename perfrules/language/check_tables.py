"""The one check of bands, grades and tiers: rows in order, `otherwise` last, slopes that rise."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.codes.figure_titles import figure_words
from perfrules.diagnostics import Diagnostic, Related, nearest
from perfrules.exact import percent, plain
from perfrules.language.addresses import Addresses
from perfrules.language.known_names import type_in_plan
from perfrules.language.turned_tables import turned, turning
from perfrules.model.appraisal import Row
from perfrules.model.bands import Band, Bands
from perfrules.model.incentive import IncentivePlan, MarginalTiers, Tier, WholeTiers
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.thresholds import LIMITS, Threshold

__all__ = ["ORDER", "tables_are_whole", "upper_is_due"]

_Shown = Callable[[Decimal], str]

_BEYOND: Final[Mapping[str, Text]] = {
    "at_least": Text("低于 {at}", "lies below {at}"),
    "above": Text("不高于 {at}", "is not above {at}"),
    "at_most": Text("高于 {at}", "lies above {at}"),
    "below": Text("不低于 {at}", "is not below {at}"),
}
"""What the last row with a limit leaves open."""

ORDER: Final = {
    False: Text("从高到低", "from high to low"),
    True: Text("从低到高", "from low to high"),
}


def tables_are_whole(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Limits on the right side and in order, `otherwise` last, slopes that rise and end."""
    for indicator in policy.indicators:
        if isinstance(indicator.score, Bands):
            bands = indicator.score
            ratio = bands.on != "actual" or indicator.in_percent
            upper = bands.on == "actual" and indicator.direction == "lower_is_better"
            yield from _figures_exist(indicator, bands, at)
            yield from _in_order(
                bands.path, bands.rows, at, percent if ratio else plain, "0", upper
            )
    if policy.grades:
        yield from _in_order("grades", policy.grades, at, plain, "D", False)
    for plan in policy.incentives:
        match plan.rate:
            case WholeTiers(by=by) as tiers:
                shown = percent if type_in_plan(policy, by) == "share" else plain
                upper_due = upper_is_due(policy, by.text)
                yield from _in_order(tiers.path, tiers.rows, at, shown, "0%", upper_due)
                if f"{plan.path}.tiers.of" in at.values:
                    yield Diagnostic("misplaced-of", at.key(f"{plan.path}.tiers.of"))
            case MarginalTiers() as tiers:
                yield from _slices_climb(tiers, at)
                yield from _slices_are_alike(policy, plan, tiers, at)


def upper_is_due(policy: Policy, basis: str) -> bool | None:
    """Whether less is better of what a table looks at; None where nobody can know."""
    root, _, figure = basis.partition(".")
    indicator = policy.indicator.get(root)
    if indicator is None or figure not in ("actual", "attainment", "score"):
        return False if basis in ("total", "attainment") else None
    return figure == "actual" and indicator.direction == "lower_is_better"


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


def _figures_exist(indicator: Indicator, bands: Bands, at: Addresses) -> Iterator[Diagnostic]:
    """A limit that is a word names the target, the baseline or a figure of the indicator."""
    needs = {"target": indicator.target, "baseline": indicator.baseline}
    known = (*(name for name, need in needs.items() if need != "none"), *indicator.figures)
    for row in bands.rows:
        for key, limit in (*((word, getattr(row, word)) for word in LIMITS), ("up_to", row.until)):
            path = f"{row.path}.{key}"
            if not isinstance(limit, str) or path not in at.values:
                continue
            if bands.on != "actual":
                yield Diagnostic("figure-needs-actual", at.value(path), {"name": limit})
            elif limit not in known:
                titles = {name: figure_words(name) for name in indicator.figures}
                facts = {"name": limit, "known": ", ".join(known), **nearest(limit, known, titles)}
                yield Diagnostic("unknown-figure", at.value(path), facts)


def _in_order(
    path: str, rows: Sequence[Row], at: Addresses, shown: _Shown, example: str, upper: bool | None
) -> Iterator[Diagnostic]:
    """`shown` prints limits, `example` is a last row's result, `upper` says which side is due
    (None: either)."""
    limited = [(row, limit) for row in rows if (limit := row.threshold) is not None]
    is_upper = bool(limited) and limited[0][1].is_upper
    if upper is not None and limited and all(one.is_upper is not upper for _, one in limited):
        place = at.key(f"{limited[0][0].path}.{limited[0][1].word}")
        whole = {"table": turned(rows, shown), "turning": turning(rows, at)}
        yield Diagnostic("at-most-meant" if upper else "at-least-meant", place, whole)
        return
    yield from (
        Diagnostic("misplaced-otherwise", at.key(row.path))
        for row in rows[:-1]
        if row.threshold is None
    )
    above: tuple[Row, Threshold] | None = None
    for row, limit in limited:
        place = at.value(f"{row.path}.{limit.word}")
        if limit.is_upper is not is_upper:
            mixed = {"word": limit.word, "other": limited[0][1].word}
            yield Diagnostic("mixed-limits", at.key(f"{row.path}.{limit.word}"), mixed)
            return
        if above is not None and not _comes_after(limit, above[1]):
            facts = {"value": _written(limit, shown), "above": _written(above[1], shown)}
            note = Text("上一行在此", "the row before is here")
            related = (Related(at.value(f"{above[0].path}.{above[1].word}"), note),)
            same = limit == above[1]
            code = "duplicate-threshold" if same else "bands-not-descending"
            yield Diagnostic(code, place, {**facts, "order": ORDER[is_upper]}, related)
        if isinstance(row, Band | Tier):
            yield from _slope(row, limit, above and above[1], at, shown)
        above = (row, limit)
    if rows and len(limited) == len(rows):
        last = limited[-1][1]
        beyond = _BEYOND[last.word]
        written = _written(last, shown)
        open_ = {"beyond": Text(*(one.format(at=written) for one in beyond)), "example": example}
        yield Diagnostic("no-otherwise", at.key(rows[-1].path), open_)


def _comes_after(limit: Threshold, above: Threshold) -> bool:
    """Whether a row can still be reached behind the one above; what names figures of a person is
    seen when the figures are there."""
    if isinstance(limit.at, str) or isinstance(above.at, str):
        return limit != above
    if limit.at == above.at:
        return above.is_open and not limit.is_open
    return (limit.at > above.at) is limit.is_upper


def _written(limit: Threshold, shown: _Shown) -> str:
    return limit.at if isinstance(limit.at, str) else shown(limit.at)


def _slope(
    row: Band | Tier, limit: Threshold, above: Threshold | None, at: Addresses, shown: _Shown
) -> Iterator[Diagnostic]:
    written = f"{row.path}.up_to" in at.values
    if written and (row.high is None or above is not None):
        yield Diagnostic("misplaced-up-to", at.key(f"{row.path}.up_to"))
    if row.high is None:
        return
    is_band = isinstance(row, Band)
    low = row.score if isinstance(row, Band) else row.pay
    place = at.value(f"{row.path}.{'score' if is_band else 'pay'}")
    if row.high < low:
        result, example = (plain, "[80, 100]") if is_band else (percent, "[50%, 80%]")
        facts = {"low": result(low), "high": result(row.high), "example": example}
        yield Diagnostic("slope-falls", place, facts)
    start, until = limit.at, row.until
    if until is None:
        yield Diagnostic("slope-without-end", place)
    elif isinstance(start, str) or isinstance(until, str):
        return
    elif (until <= start) if not limit.is_upper else (until >= start):
        if written:
            facts = {"until": shown(until), "start": shown(start)}
            yield Diagnostic("slope-ends-early", at.value(f"{row.path}.up_to"), facts)
        elif until == start:
            yield Diagnostic("slope-of-a-point", place, {"value": shown(until)})
