"""The figure that a group comes to: the mean of its members' figures, their sum, …"""

from collections.abc import Sequence
from decimal import Decimal

from perfrules.exact import deviation, divided, within_limit
from perfrules.model.group_figures import GroupFigure
from perfrules.model.rounding import Rounding

__all__ = ["statistic"]


def statistic(rule: GroupFigure, figures: Sequence[Decimal], rounding: Rounding) -> Decimal | None:
    """The figure; None where there is nothing that it could be made of.

    Of nobody the sum and the number are 0. The deviation is that of the whole population, the root
    of the mean square distance from the mean: the group is all there is, not a sample of more.
    Raises `OutOfRange` for what is too large.
    """
    count = Decimal(len(figures))
    if rule.by == "count":
        return count
    if rule.by == "sum":
        return within_limit(sum(figures, Decimal(0)))
    if not figures:
        return None
    ordered = sorted(figures)
    match rule.by:
        case "min":
            return ordered[0]
        case "max":
            return ordered[-1]
        case "mean":
            return divided(sum(figures, Decimal(0)), count, rounding.places, rounding.mode)
        case "median":
            middle = ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]
            return divided(middle, Decimal(2), rounding.places, rounding.mode)
        case "deviation":
            return deviation(figures, rounding.places, rounding.mode)
