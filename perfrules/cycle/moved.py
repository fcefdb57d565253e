"""What came of one of the roles that somebody held one after the other."""

from decimal import Decimal

from perfrules.model.appraisal import Appraisal
from perfrules.model.datum import Datum, Origin
from perfrules.model.scorecard import Segment
from perfrules.reading.data.from_tables import Subject

__all__ = ["segment_of"]

_FIGURES = ("actual", "target", "baseline", "attainment", "score")


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
    capped = "grade" in appraisal.steps and any(
        veto.grade is not None for veto in appraisal.policy.vetoes if veto.name in appraisal.vetoed
    )
    return Segment(
        record=name,
        days=Datum(Decimal((last - first).days + 1), Origin(str(part.place), record=name)),
        total=read("total"),
        pay={plan: read(f"pay.{plan}") for plan in appraisal.pay},
        figures=figures,
        cap=read("grade") if capped else None,
    )
