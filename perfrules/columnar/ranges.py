"""What is known of the columns of a table before its rows are looked at: what the integers lie
between, how many places they have, and what is somewhere missing or odd.

Whoever has the whole table reads its ranges from it. Of a table in parts each part has ranges of
its own, and these joined are those of the whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Ranges", "RangesDoNotHold", "Span", "joined"]


class Span(NamedTuple):
    """Integers of so many decimal places, from `low` to `high`."""

    scale: int
    low: int
    high: int

    def at(self, scale: int) -> "Span":
        """The same with as many places or more."""
        factor = 10 ** (scale - self.scale)
        return Span(scale, self.low * factor, self.high * factor)

    def with_other(self, other: "Span") -> "Span":
        """What lies in either of the two."""
        scale = max(self.scale, other.scale)
        one, two = self.at(scale), other.at(scale)
        return Span(scale, min(one.low, two.low), max(one.high, two.high))


@dataclass(frozen=True, slots=True)
class Ranges:
    """By the names that `Cells` gives to what it reads: the spans of numbers, and what holds in
    some row (a value is not there, or not of the kind that is asked for)."""

    spans: dict[str, Span] = field(default_factory=dict)
    somewhere: set[str] = field(default_factory=set)


class RangesDoNotHold(ValueError):
    """A table has something that the ranges given for it do not have: it is another table, or it
    has changed since. What was proven from the ranges does not hold for it."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name.lstrip('#')}: the table has other values than when its ranges were read"
        )


def joined(parts: Iterable[Ranges]) -> Ranges:
    """The ranges of a table from those of its parts."""
    whole = Ranges()
    for part in parts:
        whole.somewhere.update(part.somewhere)
        for name, span in part.spans.items():
            before = whole.spans.get(name)
            whole.spans[name] = span if before is None else before.with_other(span)
    return whole
