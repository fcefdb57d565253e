"""The percentile of a figure in its group."""

from decimal import Decimal

from perfrules.evaluation.attainment import number_of
from perfrules.evaluation.rounding import divide_as
from perfrules.evaluation.trace import Refusal, Trace
from perfrules.model.appraisal import Step
from perfrules.model.bands import Bands
from perfrules.model.indicator import Indicator
from perfrules.model.standing import Figures, Position

__all__ = ["percentile"]


def percentile(trace: Trace, indicator: Indicator, bands: Bands, figure: Step) -> Step:
    """The share of the group that the figure leaves behind, those level with it by half.

    The percentile rank as statistics books have it: (below + equal / 2) / size, itself among the
    equal. Raises `Refusal` (`needs-group`) where there is nobody to be compared with.
    """
    place = trace.stands(Figures(indicator.path, (number_of(figure, indicator.name),)))
    if not isinstance(place, Position):
        raise Refusal("needs-group", bands.place, indicator=indicator.called)
    path = f"{indicator.path}.group"
    figures = (("size", place.size), ("above", place.above), ("equal", place.equal))
    operands = tuple(trace.from_group(f"{path}.{name}", value, place) for name, value in figures)
    below = place.size - place.above - place.equal
    rounding = trace.policy.rounding.attainment
    counted, twice = Decimal(2 * below + place.equal), Decimal(2 * place.size)
    value = divide_as(counted, twice, rounding)
    return trace.add(
        f"{indicator.path}.percentile",
        "attainment",
        "percentile",
        operands,
        value,
        rule=bands,
        rounding=rounding,
    )
