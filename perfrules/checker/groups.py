"""The record of a group that a rule compared: its members under pseudonyms, and their places."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby

from .arithmetic import day, number, plain, rounded
from .policy import Policy, policy_of, sorting
from .record import Json, Rejection, Wrong, require, require_keys, require_seal
from .statistics import statistic

__all__ = ["FORMAT", "Group", "check_group", "claims_of", "group_of", "to_be_claimed", "turns_of"]

FORMAT = "perfrules-group/1"
RECORD = "format cycle group rule policies members digest"
MOST_KEPT = 4096

Place = dict[str, Fraction | range]
"""A member's figures by name; a range where any of several is right (`ahead` of members whose
remainders are equal)."""


def check_group(record: Json, policies: Mapping[str, Json]) -> list[Rejection]:
    """Why the record of a group is not what it must be; empty where it is.

    `policies` are resolved texts by label (`sales@2024.2`), the members' among them. Garbage is
    rejected, never raised.
    """
    found: list[Rejection] = []
    try:
        for stage in (require_seal, _require_head, lambda one: _require_members(one, policies)):
            try:
                stage(record)
            except Wrong as wrong:
                found.append(Rejection(*wrong.args))
    except Exception:  # whatever is wrong with garbage, as in `check`
        zh, en = "组记录或考核方案的格式有误", "the group's record or a policy is not well formed"
        found.append(Rejection("", zh, en))
    return found


def _require_head(record: Json) -> None:
    """Format, names, and a cycle whose dates are dates."""
    require_keys(record, RECORD)
    words = {"format": FORMAT, "group": str(record["group"]), "rule": str(record["rule"])}
    require("", "", words, {key: record[key] for key in words})
    if not record["group"].startswith(f"{record['rule']} · "):
        raise Wrong("", "组名与规则不符", "the group is not named after its rule")
    if record["cycle"] is not None:
        require_keys(record["cycle"], "id from to")
        require("", "cycle.id", str(record["cycle"]["id"]), record["cycle"]["id"])
        if day(record["cycle"]["from"]) > day(record["cycle"]["to"]):
            raise Wrong("", "周期日期有误", "the cycle ends before it begins")


def _require_members(record: Json, policies: Mapping[str, Json]) -> None:
    """Pseudonyms in sequence, one rule in all policies, figures of one shape; and all the places
    can be worked out."""
    members, rule = record["members"], record["rule"]
    labels = dict.fromkeys(sorted({one["policy"] for one in members}))
    if not members or set(labels) - set(policies):
        raise Wrong("", "没有成员，或没有给出其方案", "no members, or a policy was not given")
    known = {label: policy_of(policies[label]) for label in labels}
    require("", "policies", {one.label: one.digest for one in known.values()}, record["policies"])
    first = known[next(iter(labels))]
    for policy in known.values():
        require("", f"rule of {policy.label}", _block(first, rule), _block(policy, rule))
    width = len(str(len(members)))
    for row, member in enumerate(members, 1):
        name = f"M{row:0{width}d}"
        require(name, "member", name, member["member"])
        require(name, "", _shape(first, rule, member), member)
    group_of(record, first)


def _block(policy: Policy, rule: str) -> Json:
    """All that the policy says of a rule between subjects; it must be the same for all members."""
    root, _, name = rule.partition(".")
    block: Json = {"subject": policy.subject}
    if root == "distribution":
        return {**block, "rule": policy.tree[root], "grades": policy.grades}
    if root == "awards" and {"top", "places"} & {*policy.awards[name]}:
        pay = policy.tree["rounding"]["pay"]["places"] if "places" in policy.awards[name] else None
        return {**block, "rule": policy.awards[name], "places": pay}
    if root == "pools":
        pay, pool = policy.tree["rounding"]["pay"], policy.pools[name]
        mode = {"mode": pay["mode"]} if "scale" in pool else {}
        return {**block, "rule": pool, "places": pay["places"], **mode}
    if root == "group_figures":
        return {**block, **_of_figure(policy, policy.group_figures[name])}
    one = policy.indicators[name]
    if root == "indicators" and one["score"]["on"] == "percentile":
        compared = {key: one["score"].get(key) for key in ("within", "of")}
        return {**block, **compared, "direction": one["direction"]}
    raise ValueError(rule)


def _of_figure(policy: Policy, rule: Json) -> Json:
    """A figure of a group: its rule, how it is rounded, what its parts are measured in."""
    divides = rule["by"] in ("mean", "median", "deviation")
    indicator, _, what = rule["of"].partition(".")
    measured = what in ("actual", "target")
    return {
        "rule": rule,
        "division": policy.tree["rounding"]["division"] if divides else None,
        "unit": policy.indicators[indicator].get("unit") if measured else None,
    }


def _shape(policy: Policy, rule: str, member: Json) -> Json:
    """What the entry of a member must be, its figures in their one spelling."""
    entry: Json = {key: member[key] for key in ("member", "policy")}
    root, _, name = rule.partition(".")
    count = 1
    if root == "pools":
        return {**entry, **{key: plain(number(member[key])) for key in ("amount", "share")}}
    if root == "distribution":
        entry["grade"] = policy.grades[policy.grades.index(member["grade"])]
        count = len(policy.node["distribution.order"])
    elif root in ("awards", "group_figures"):
        entry["eligible"] = bool(member["eligible"])
        if not entry["eligible"]:
            return entry
        count = len(policy.awards[name]["order"]) if root == "awards" else 1
    keys = [plain(number(key)) for key in member["keys"]]
    return {**entry, "keys": keys if len(keys) == count else count}


# ---- places


class Group:
    """The members of a group, and the place of each: worked out once, asked by everybody."""

    def __init__(self, record: Json, policy: Policy) -> None:
        members: list[Json] = record["members"]
        root, _, name = record["rule"].partition(".")
        self.members: dict[str, Json] = {one["member"]: one for one in members}
        self.places: dict[str, Place]
        place: Place
        size: Place = {"size": Fraction(len(members))}
        if root == "pools":
            places = int(number(policy.tree["rounding"]["pay"]["places"]))
            self.places = dict(_shared(members, places, "scale" in policy.pools[name]))
        elif root == "distribution":
            counts = Counter(one["grade"] for one in members)
            counted = {f"counts.{grade}": Fraction(counts[grade]) for grade in policy.grades}
            by_grade = None if policy.forced else policy.grades.index
            falling = [sorting(text)[1] for text in policy.node["distribution.order"]]
            self.places = dict(_ranked(members, falling, {**size, **counted}, by_grade))
        elif root == "awards":
            falling = [sorting(text)[1] for text in policy.awards[name]["order"]]
            eligible = [one for one in members if one["eligible"]]
            self.places = dict(_ranked(eligible, falling, size))
            if policy.awards[name]["ties"] == "share":
                for place in self.places.values():
                    place["ahead"] = _turns(place)
        elif root == "group_figures":
            figures = [number(one["keys"][0]) for one in members if one["eligible"]]
            value = statistic(policy, policy.group_figures[name]["by"], figures)
            place = {"size": Fraction(len(figures))}
            place |= {} if value is None else {"value": value}
            self.places = dict.fromkeys(self.members, place)
        else:
            one = policy.indicators[name]
            rises = one["direction"] == "lower_is_better" and one["score"]["of"] == "actual"
            self.places = dict(_ranked(members, [not rises], size))


def _ranked(
    members: list[Json],
    falling: list[bool],
    common: Place,
    by_grade: Callable[[str], int] | None = None,
) -> Iterator[tuple[str, Place]]:
    """How many stand before each member, and how many are level with it, itself among them."""

    def key(one: Json) -> tuple[Fraction | int, ...]:
        figures = [number(text) for text in one["keys"]]
        signed = [-one if falls else one for one, falls in zip(figures, falling, strict=True)]
        return (by_grade(one["grade"]) if by_grade else 0, *signed)

    above = 0
    for _, level in groupby(sorted(members, key=key), key):
        names = [one["member"] for one in level]
        place: Place = {**common, "above": Fraction(above), "equal": Fraction(len(names))}
        yield from ((name, place) for name in names)
        above += len(names)


def _turns(place: Place) -> range:
    """How many may come before one of those who are level, told apart by their ids."""
    above, equal = place["above"], place["equal"]
    assert isinstance(above, Fraction)
    assert isinstance(equal, Fraction)
    return range(int(above), int(above + equal))


def _shared(members: list[Json], places: int, amounts: bool) -> Iterator[tuple[str, Place]]:
    """A pool's parts cut to whole units of money, and who comes before whom where the units that
    are left go to the largest remainders. Shares that are `amounts` need neither where the pool has
    enough for all."""
    amount = number(members[0]["amount"])
    share = {one["member"]: number(one["share"]) for one in members}
    shares = sum(share.values(), Fraction(0))
    if min(share.values()) < 0 or amount < 0 or rounded(amount, places, "floor") != amount:
        raise Wrong("", "金额或份额无法支付", "an amount or a share that cannot be paid")
    if amounts and any(rounded(one, places, "floor") != one for one in share.values()):
        raise Wrong("", "份额不是可以支付的金额", "a share that is no amount of money")
    if (
        amounts
        and shares <= amount
        and all(one["amount"] == members[0]["amount"] for one in members)
    ):
        for name in share:
            yield name, {"shares": shares}
        return
    if not shares or any(one["amount"] != members[0]["amount"] for one in members):
        return  # the members are rejected, and stand nowhere
    exact = {name: amount * one / shares for name, one in share.items()}
    remainder = {name: one - rounded(one, places, "floor") for name, one in exact.items()}
    left = sum(remainder.values(), Fraction(0)) * 10**places
    ahead = 0
    by_remainder = sorted(remainder, key=lambda name: -remainder[name])
    for _, level in groupby(by_remainder, remainder.__getitem__):
        names = list(level)
        place: Place = {"shares": shares, "left": left, "ahead": range(ahead, ahead + len(names))}
        yield from ((name, place) for name in names)
        ahead += len(names)


_kept: dict[tuple[int, str], tuple[Json, Group]] = {}


def group_of(record: Json, policy: Policy) -> Group:
    """The group of a record, which must not be changed from then on: 10 000 traces may ask."""
    key = (id(record), policy.digest)
    if key not in _kept or _kept[key][0] is not record:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = (record, Group(record, policy))
    return _kept[key][1]


# ---- who is who


def claims_of(trace: Json) -> set[tuple[str, str]]:
    """The members of groups that an accepted trace says its subject is: group and pseudonym."""
    origins = [one["origin"] for one in trace["steps"] if one["operation"] == "from_group"]
    return {(one["group"], one["member"]) for one in origins}


def turns_of(trace: Json) -> Iterator[tuple[str, str]]:
    """The pools of an accepted trace, and how many come before its subject in each."""
    for one in trace["steps"]:
        if one["operation"] == "from_group" and one["id"].endswith(".ahead"):
            yield one["origin"]["group"], one["value"]


def to_be_claimed(record: Json, policy: Policy) -> Iterable[str]:
    """The members that a trace must name: all who have a place (who misses the condition of an
    award has none, nor has anybody in a pool that cannot be shared)."""
    return group_of(record, policy).places
