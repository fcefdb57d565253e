"""What is written in a policy, and where: the pieces that all its blocks are made of."""

from dataclasses import dataclass, field
from decimal import Decimal

from perfrules.formula import Formula

__all__ = ["Amount", "Constant", "Limited", "Limits", "Placed", "Word"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A number written in the policy: what (`0.4` for `40%`) and where (`path` in the policy,
    `place` in the file)."""

    value: Decimal
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


Amount = Constant | Formula
"""A number that is written in the policy, or what works one out for each subject."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word written in the policy: the name of a grade."""

    value: str
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands at a `path` in the policy, and so at a `place` in the file."""

    path: str = field(compare=False, kw_only=True, default="")
    place: str = field(compare=False, kw_only=True, default="")


@dataclass(frozen=True, slots=True)
class Limits:
    """A lower and an upper limit; None where there is none."""

    at_least: Constant | None
    at_most: Constant | None


class Limited:
    """What has the keys `at_least` and `at_most`, which cut its value."""

    __slots__ = ()
    at_least: Constant | None
    at_most: Constant | None

    @property
    def limits(self) -> Limits:
        """Both limits."""
        return Limits(self.at_least, self.at_most)
