"""The expressions of a policy, wherever they stand."""

import dataclasses
from collections.abc import Iterator

from perfrules.formula import Formula

__all__ = ["formulas_in"]


def formulas_in(part: object) -> Iterator[Formula]:
    """Every expression in a policy, in the order of its fields."""
    if isinstance(part, Formula):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from formulas_in(one)
    elif dataclasses.is_dataclass(part) and not isinstance(part, type):
        for field in dataclasses.fields(part):
            yield from formulas_in(getattr(part, field.name))
