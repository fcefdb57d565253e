"""Groups: who is compared with whom under a rule, and where each then stands.

Pure: from the figures of all members to the standing of each. A group is everybody who has the
same value in the rule's column `within` and whose policy has the very same rule.
"""

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import NamedTuple

from perfrules.cycle.comparing import within
from perfrules.cycle.statistics import statistic
from perfrules.diagnostics import Diagnostic
from perfrules.evaluation.rounding import divide_as
from perfrules.exact import EXACT, OutOfRange, plain
from perfrules.model.bands import Bands
from perfrules.model.group_figures import ROUNDED, GroupFigure
from perfrules.model.policy import Policy
from perfrules.model.population import Sorting
from perfrules.model.standing import (
    Alone,
    Figures,
    Group,
    GroupMember,
    Position,
    Share,
    Statistic,
)

__all__ = ["Candidate", "Resolved", "Stands", "pseudonyms", "resolve"]

Stands = Position | Share | Statistic | Alone | Diagnostic


class Candidate(NamedTuple):
    """Somebody whom a rule compares. `units` has the group's name at each level, from the column
    that the rule names up to everybody; None where the data do not say."""

    subject: str
    policy: Policy
    figures: Figures
    units: tuple[str | None, ...]


@dataclass(slots=True)
class Resolved:
    """Where everybody stands, by subject, and the groups."""

    standing: dict[str, Stands] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)


def resolve(
    rule: str, candidates: Iterable[Candidate], salt: str, taken: Iterable[str] = ()
) -> Resolved:
    """The standing of all candidates of one rule (`distribution`, `awards.star`, ...).

    `taken` are the names of groups that there are already.
    """
    found = Resolved()
    alike: dict[str, list[Candidate]] = {}
    for one in candidates:
        alike.setdefault(_fingerprint(rule, one.policy), []).append(one)
    names = set(taken)
    with localcontext(EXACT):
        for _, members in sorted(alike.items()):
            for unit, group in _by_unit(rule, members, found):
                name = _name(rule, members[0].policy, unit, group, names)
                _stand(rule, name, group, found, salt)
    found.groups.sort(key=lambda group: group.name)
    return found


def _fingerprint(rule: str, policy: Policy) -> str:
    """What must be the same in two policies for their people to be compared."""
    node: object = policy.resolved
    for key in rule.split("."):
        node = node[key]  # type: ignore[index]
    if rule.startswith("indicators."):
        indicator = policy.indicator[rule.removeprefix("indicators.")]
        assert isinstance(indicator.score, Bands)
        node = [indicator.score.within, indicator.score.of, indicator.direction]
    grades = [row.grade for row in policy.grades]
    pay = policy.rounding.pay
    money: list[object] = [pay.unit]
    if rule.startswith("pools.") and "scale" in node:  # type: ignore[operator]
        money.append(pay.mode)  # the shares are rounded
    parts: list[object] = [node, policy.subject]
    parts += [grades] if rule == "distribution" else []
    parts += [money] if rule.startswith("pools.") or _pays(rule, policy) else []
    parts += list(_of_figure(rule, policy)) if rule.startswith("group_figures.") else []
    return json.dumps(parts, default=_plain, sort_keys=True, ensure_ascii=False)


def _pays(rule: str, policy: Policy) -> bool:
    """Whether it is an award whose prizes are split to the smallest unit of money."""
    return any(rule == one.path for one in policy.prizes)


def _figure_at(rule: str, policy: Policy) -> GroupFigure:
    return next(one for one in policy.group_figures if one.path == rule)


def _of_figure(rule: str, policy: Policy) -> Iterator[object]:
    """How the figure is rounded, and what its parts are measured in."""
    figure = _figure_at(rule, policy)
    if figure.by in ROUNDED:
        yield [policy.rounding.division.decimals, policy.rounding.division.mode]
    indicator, _, what = figure.of.partition(".")
    if what in ("actual", "target"):
        yield policy.indicator[indicator].unit


def _plain(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def _by_unit(
    rule: str, members: Sequence[Candidate], found: Resolved
) -> list[tuple[str, list[Candidate]]]:
    """The members by unit; those of a unit that is too small with those of the unit above.

    A group that is too small at the very top is not compared at all.
    """
    policy = members[0].policy
    distribution = policy.distribution if rule == "distribution" else None
    least = distribution.min_group.value if distribution and distribution.min_group else 0
    groups: list[tuple[str, list[Candidate]]] = []
    waiting = list(members)
    for level in range(len(members[0].units)):
        last = level + 1 == len(members[0].units)
        units: dict[str, list[Candidate]] = {}
        above: list[Candidate] = []
        for one in waiting:
            unit = one.units[level]
            if unit is not None:
                units.setdefault(unit, []).append(one)
            elif least:
                above.append(one)
            else:
                facts = {"name": f"person.{within(rule, policy)}"}
                found.standing[one.subject] = Diagnostic("missing-fact", None, facts)
        for unit, group in sorted(units.items()):
            if len(group) >= least or last:
                groups.append((unit, group))
            else:
                above += group
        waiting = above
    return groups


def _name(rule: str, policy: Policy, unit: str, group: Sequence[Candidate], names: set[str]) -> str:
    """The group's name: `distribution · department=销售部`; with a policy where two share it."""
    name = f"{rule} · {unit}"
    if name in names:
        name = f"{name} · {group[0].policy.label}"
    while name in names:
        name += "+"
    names.add(name)
    return name


def _stand(rule: str, name: str, group: Sequence[Candidate], found: Resolved, salt: str) -> None:
    lots = pseudonyms(name, (one.subject for one in group), salt)
    policies = {one.policy.label: one.policy.digest for one in group}
    members = sorted(
        GroupMember(lots[one.subject], one.subject, one.policy.label, one.figures) for one in group
    )
    found.groups.append(Group(name, rule, dict(sorted(policies.items())), tuple(members)))
    policy = group[0].policy
    if rule == "distribution":
        standing = _distribution(name, policy, members)
    elif rule.startswith("awards."):
        standing = _award(name, policy, members)
    elif rule.startswith("pools."):
        standing = _pool(name, policy, members)
    elif rule.startswith("group_figures."):
        standing = _figure(name, policy, members)
    else:
        standing = _percentile(name, policy, members)
    found.standing.update(standing)


def pseudonyms(name: str, people: Iterable[str], salt: str) -> dict[str, str]:
    """A number for each member of a group that says nothing of who it is.

    The `salt` comes from the inputs, so that the same cycle gives the same numbers, and nobody who
    has only the group's record can work them out.
    """

    def lot(subject: str) -> str:
        return hashlib.sha256(f"{salt}\n{name}\n{subject}".encode()).hexdigest()

    subjects = sorted(people, key=lambda one: (lot(one), one))
    width = len(str(len(subjects)))
    return {subject: f"M{row:0{width}d}" for row, subject in enumerate(subjects, 1)}


def _key(figures: Figures, order: Sequence[Sorting]) -> tuple[Decimal, ...]:
    """What sorts the best first."""
    pairs = zip(figures.keys, order, strict=True)
    return tuple(-value if sorting.descending else value for value, sorting in pairs)


def _positions(
    name: str, size: int, keyed: Sequence[tuple[tuple[object, ...], GroupMember]],
    counts: Mapping[str, int],
) -> dict[str, Stands]:  # fmt: skip
    """How many are before each, and level with it."""
    keys = sorted(key for key, _ in keyed)
    standing: dict[str, Stands] = {}
    level: dict[tuple[object, ...], int] = {}
    for key, one in sorted(keyed, key=lambda pair: pair[1].subject):
        above = bisect_left(keys, key)
        equal = bisect_right(keys, key) - above
        before = level[key] = level.get(key, -1) + 1
        standing[one.subject] = Position(
            name, one.member, size, above, equal, counts, above + before
        )
    return standing


def _distribution(
    name: str, policy: Policy, members: Sequence[GroupMember]
) -> Mapping[str, Stands]:
    rule = policy.distribution
    assert rule is not None
    if rule.min_group is not None and len(members) < rule.min_group.value:
        return {one.subject: Alone(len(members), name, one.member) for one in members}
    grades = [row.grade for row in policy.grades]
    counts = {grade: sum(one.figures.grade == grade for one in members) for grade in grades}
    keyed: list[tuple[tuple[object, ...], GroupMember]] = []
    for one in members:
        own = () if rule.forced else (grades.index(one.figures.grade),)
        keyed.append(((*own, *_key(one.figures, rule.order)), one))
    return _positions(name, len(members), keyed, counts)


def _award(name: str, policy: Policy, members: Sequence[GroupMember]) -> Mapping[str, Stands]:
    rule = next(one for one in policy.awards if f"awards.{one.name}" == members[0].figures.rule)
    keyed: list[tuple[tuple[object, ...], GroupMember]] = [
        (_key(one.figures, rule.order), one) for one in members if one.figures.eligible
    ]
    standing = _positions(name, len(members), keyed, {})
    others = (one for one in members if not one.figures.eligible)
    standing.update({one.subject: Alone(len(members), name, one.member) for one in others})
    return standing


def _percentile(name: str, policy: Policy, members: Sequence[GroupMember]) -> Mapping[str, Stands]:
    indicator = policy.indicator[members[0].figures.rule.removeprefix("indicators.")]
    assert isinstance(indicator.score, Bands)
    lower = indicator.score.of == "actual" and indicator.direction == "lower_is_better"
    keyed: list[tuple[tuple[object, ...], GroupMember]] = [
        ((one.figures.keys[0] if lower else -one.figures.keys[0],), one) for one in members
    ]
    return _positions(name, len(members), keyed, {})


def _figure(name: str, policy: Policy, members: Sequence[GroupMember]) -> Mapping[str, Stands]:
    """One figure for all, also for those whose own does not count."""
    rule = _figure_at(members[0].figures.rule, policy)
    counted = [one.figures.keys[0] for one in members if one.figures.eligible]
    try:
        value = statistic(rule, counted, policy.rounding.division)
    except OutOfRange:
        fault = Diagnostic("number-out-of-range", rule.place, {"name": f"group.{rule.name}"})
        return {one.subject: fault for one in members}
    size = len(counted)
    return {one.subject: Statistic(name, one.member, size, value) for one in members}


def _pool(name: str, policy: Policy, members: Sequence[GroupMember]) -> Mapping[str, Stands]:
    """Whole units of money: each part cut, and what is left over to the largest remainders. Of
    shares that are amounts everybody has the own, as long as there is enough."""
    pool = members[0].figures.rule.removeprefix("pools.")
    rule = next(one for one in policy.pools if one.name == pool)
    amounts = {one.figures.amount for one in members}
    shares = sum((one.figures.share or Decimal(0) for one in members), Decimal(0))
    problem = None
    if len(amounts) > 1:
        shown = ", ".join(sorted(_plain(amount) for amount in amounts))
        problem = Diagnostic("pool-amount-differs", None, {"name": pool, "amounts": shown})
    elif rule.scale is not None and shares <= (amounts.copy().pop() or Decimal(0)):
        return {one.subject: Share(name, one.member, shares, 0, 0) for one in members}
    elif not shares:
        problem = Diagnostic("nothing-to-share", None, {"name": pool, "group": name})
    if problem is not None:
        return {one.subject: problem for one in members}
    amount = amounts.pop() or Decimal(0)
    pay = policy.rounding.pay
    parts: dict[str, Decimal] = {}
    rests: dict[str, Decimal] = {}
    for one in members:
        product = amount * (one.figures.share or Decimal(0))
        part = divide_as(product, shares, pay, "floor")
        parts[one.subject], rests[one.subject] = part, product - part * shares
    left = int((amount - sum(parts.values(), Decimal(0))) / pay.unit)
    order = sorted(rests, key=lambda subject: (-rests[subject], subject))
    ahead = {subject: place for place, subject in enumerate(order)}
    return {
        one.subject: Share(name, one.member, shares, left, ahead[one.subject]) for one in members
    }
