"""Where a subject stands in its groups: what a rule between subjects is told of the others.

The numbers come from a group's record, in which every member stands under a pseudonym; a trace
names the record and the pseudonym with each of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from perfrules.diagnostics import Diagnostic

__all__ = ["Alone", "Figures", "Group", "GroupMember", "Position", "Share", "Standing", "Statistic"]


@dataclass(frozen=True, slots=True)
class Position:
    """A place in an order: of `size` members `above` come before, `equal` are level with it (the
    subject itself among them). `ahead` come before where something is handed out one by one: all
    `above`, and of those level the earlier ids.

    `counts` has how many members have each grade of their own, best grade first, for a
    distribution. For a percentile, `above` counts the better figures.
    """

    group: str
    member: str
    size: int
    above: int
    equal: int
    counts: Mapping[str, int] = field(default_factory=dict)
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a pool: `shares` is the sum of all members' shares; after everybody's part was
    cut to whole units of money, `left` units are over, and `ahead` members come before this one
    when they are handed out."""

    group: str
    member: str
    shares: Decimal
    left: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure of the whole group, made of those of `size` members; None where it cannot be."""

    group: str
    member: str
    size: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Alone:
    """There is no group to be compared with: it is too small (`size` members), also with those
    of the units above. `size` is None where the subject is judged by itself."""

    size: int | None = None
    group: str = ""
    member: str = ""


Standing = Mapping[str, Position | Share | Statistic | Alone | Diagnostic]
"""By the rule's path: `indicators.sales`, `group_figures.mean`, `distribution`, `awards.star`,
`pools.fund`; a diagnostic where the group cannot be compared."""


class Figures(NamedTuple):
    """What a rule between subjects compares of one of them.

    rule: the rule's path. keys: the figures of its order, or the one of a percentile or a figure
    of the group. grade: the grade before a distribution. eligible: whether the condition of an
    award is met, or of a figure. amount, share: of a
    pool.
    """

    rule: str
    keys: tuple[Decimal, ...] = ()
    grade: str = ""
    eligible: bool = True
    amount: Decimal | None = None
    share: Decimal | None = None


class GroupMember(NamedTuple):
    """A subject in a group: its pseudonym, the policy (`sales@2024.2`) and the figures."""

    member: str
    subject: str
    policy: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Group:
    """Those whom a rule compared, in the order of the pseudonyms; `policies` maps the label of each
    policy that judged one of them to its digest."""

    name: str
    rule: str
    policies: Mapping[str, str]
    members: tuple[GroupMember, ...]
