"""What came of one of the roles that somebody held one after the other."""

from collections.abc import Iterable
from decimal import Decimal

from perfrules.formula import Formula
from perfrules.intake.from_tables import Subject
from perfrules.language.formulas_of_policy import amounts_in
from perfrules.model.appraisal import Appraisal
from perfrules.model.datum import Datum, Origin
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Segment

__all__ = ["event_in_segments", "segment_of"]

_FIGURES = ("actual", "target", "baseline", "attainment", "score")


def event_in_segments(policy: Policy, parts: Iterable[Subject]) -> str | None:
    """An event that the rules for the whole person read, and that was recorded in one of the roles;
    None where there is none. It would count there as not recorded."""
    recorded = {name for part in parts for name in part.scorecard.events}
    conditions = [one.only_if for one in policy.awards]
    conditions += [one.only_if for one in policy.pools]
    conditions += [policy.distribution.only_if] if policy.distribution is not None else []
    rules: list[Formula] = [one for one in conditions if one is not None]
    rules += [sorting.by for award in policy.awards for sorting in award.order]
    rules += [one.when for one in policy.follow_ups]
    rules += [one.share_by for one in policy.pools]
    if policy.payouts is not None:
        rules += amounts_in(policy.payouts.at_least, policy.payouts.at_most)
    if policy.distribution is not None:
        rules += [sorting.by for sorting in policy.distribution.order]
    read = {name for rule in rules for name in rule.names}
    tables = [one for one in policy.tables if f"table.{one.name}" in read]
    read |= {name for one in tables for formula in one.formulas for name in formula.names}
    return min(read & recorded, default=None)


def segment_of(part: Subject, appraisal: Appraisal) -> Segment:
    """The result of a segment, each value with the record and the step that it comes from."""
    name = part.scorecard.subject

    def read(path: str) -> Datum:
        return Datum(appraisal.steps[path].value, Origin(record=name, step=path))

    assert part.days is not None
    first, last = part.days
    figures = {
        f"{indicator}.{what}": read(f"indicators.{indicator}.{what}")
        for indicator in appraisal.policy.indicator
        for what in _FIGURES
        if f"indicators.{indicator}.{what}" in appraisal.steps
    }
    figures |= {
        f"group.{one.name}": read(f"group.{one.name}")
        for one in appraisal.policy.group_figures
        if f"group.{one.name}" in appraisal.steps
    }
    capped = "grade" in appraisal.steps and any(
        veto.then.grade is not None
        for veto in appraisal.policy.vetoes
        if veto.name in appraisal.vetoed
    )
    lowering = (
        veto.name for veto in appraisal.policy.vetoes
        if veto.name in appraisal.vetoed and veto.then.pay is not None and veto.then.pay.value < 1
    )  # fmt: skip
    lowered = next(lowering, None)
    return Segment(
        record=name,
        days=Datum(Decimal((last - first).days + 1), Origin(str(part.place), record=name)),
        total=read("total"),
        pay={plan: read(f"pay.{plan}") for plan in appraisal.pay},
        figures=figures,
        cap=read("grade") if capped else None,
        lowered=read(f"vetoes.{lowered}") if lowered is not None else None,
    )
