"""Figures of the group that a subject is in, as its group's record has them."""

from perfrules.evaluation.attainment import number_of
from perfrules.evaluation.expression import condition
from perfrules.evaluation.names import Names
from perfrules.evaluation.trace import Trace
from perfrules.model.group_figures import GroupFigure
from perfrules.model.standing import Alone, Figures, Statistic

__all__ = ["figure_of_group"]


def figure_of_group(trace: Trace, names: Names, rule: GroupFigure) -> None:
    """The figure as `group.<name>`, and of how many members it is made.

    Who has nothing to give, because the condition is not met or there is no such figure, is in the
    group all the same. No step has the figure where nobody's counts and where the subject is judged
    alone; whoever reads it is told then.
    """
    path = f"group.{rule.name}"
    given = trace.scorecard.group.get(rule.name)
    if given is not None:
        number_of(trace.given(path, given), path)
        return
    counts = True
    if rule.only_if is not None:
        into = f"{rule.path}.only_if"
        counts = bool(condition(trace, into, "standing", rule.only_if, names.anywhere).value)
    own = trace.steps.get("total" if rule.of == "total" else f"indicators.{rule.of}")
    keys = (number_of(own, rule.of),) if counts and own is not None else ()
    place = trace.stands(Figures(rule.path, keys, eligible=bool(keys)))
    if isinstance(place, Alone):
        trace.add(rule.path, "standing", "alone", (), False, "skipped", rule)
        return
    assert isinstance(place, Statistic)
    trace.from_group(f"{path}.size", place.size, place)
    if place.value is not None:
        trace.from_group(path, place.value, place)
