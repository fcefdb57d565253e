"""The `warnings` of a policy back to its resolved text."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from perfrules.model.tracking import ProgressWarning

__all__ = ["warnings_tree"]


def warnings_tree(
    warnings: Iterable[ProgressWarning], ratio: Callable[[Decimal], object]
) -> dict[str, object]:
    """The mapping that `warnings` writes; `ratio` makes what people see as a percentage."""
    return {
        one.name: {
            "title": {"zh": one.title.zh, "en": one.title.en},
            "indicator": one.indicator,
            "every": one.every,
            "below": ratio(one.below.value),
            "times": Decimal(one.times),
            "gap": one.gap,
        }
        for one in warnings
    }
