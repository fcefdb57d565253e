"""Rules between subjects: quotas of grades, awards, pools of money.

Each compares the members of a group: everybody who has the same value in the column `within`
and is judged by the very same rule. None stands for everybody.
"""

from dataclasses import dataclass, field
from typing import Literal

from perfrules.codes.code import Text
from perfrules.formula import Formula
from perfrules.model.scoring import Constant

__all__ = ["Award", "Bound", "Distribution", "Pool", "Quota", "Sorting", "Ties"]

Bound = Literal["exactly", "at_least", "at_most"]

Ties = Literal["keep_together", "keep_together_lower"]
"""What those get who are equal in all that `order` compares, where a line runs between them:
all the better, or all the lower."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """One thing that is compared, and whether the higher or the lower comes first."""

    by: Formula
    descending: bool


@dataclass(frozen=True, slots=True)
class Quota:
    """The share of a grade, a ratio. Grades without a quota share what is left."""

    grade: str
    bound: Bound
    share: Constant


@dataclass(frozen=True, slots=True)
class Distribution:
    """Quotas of grades. `forced` where every grade has an exact share: places alone then decide;
    otherwise grades are lowered where a quota asks for it, and never raised."""

    within: str | None
    min_group: Constant | None
    quotas: tuple[Quota, ...]
    order: tuple[Sorting, ...]
    ties: Ties
    path: str = field(compare=False, default="distribution")
    place: str = field(compare=False, default="")

    @property
    def forced(self) -> bool:
        """Whether places alone decide: the exact shares leave nothing open."""
        exact = all(quota.bound == "exactly" for quota in self.quotas)
        return exact and sum(quota.share.value for quota in self.quotas) == 1


@dataclass(frozen=True, slots=True)
class Award:
    """An award to those at the top who meet `only_if`; to all who do where there is no `top`.

    The number of seats is `top` (a ratio) of the whole group, rounded by `count` to whole people.
    """

    name: str
    title: Text
    within: str | None
    order: tuple[Sorting, ...]
    top: Constant | None
    count: str
    at_least_one: bool
    ties: Ties
    only_if: Formula | None
    path: str = field(compare=False)
    place: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Pool:
    """A sum of money that those who meet `only_if` share in proportion to `share_by`, to the
    smallest unit that `rounding.pay` knows."""

    name: str
    title: Text
    amount: Formula
    within: str | None
    share_by: Formula
    only_if: Formula | None
    path: str = field(compare=False)
    place: str = field(compare=False, default="")
