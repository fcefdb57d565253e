"""Rules between subjects: quotas, awards, pools, and what units take from their members."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Span, nearest
from perfrules.exact import percent, rounded
from perfrules.language.addresses import Addresses
from perfrules.language.formulas_of_policy import formulas_of
from perfrules.language.known_names import shared_names
from perfrules.model.incentive import CUT, TOP_UP
from perfrules.model.indicator import Indicator, RollUp
from perfrules.model.policy import Policy
from perfrules.model.population import COUNTING, PRIZE_TIES, RANKING, Award, Distribution
from perfrules.model.ratings import Ratings
from perfrules.model.scoring import Levels, YesNo

__all__ = [
    "awards_have_a_rule",
    "grade_exists",
    "group_figures_fit",
    "names_of_pay_differ",
    "quotas_fit",
    "roll_ups_fit",
    "units_read_others",
]

Found = Iterator[Diagnostic]

_PERSON: Final = Text("个人方案没有成员可以汇总", "a person has no members to roll up")
_NO_WEIGHT: Final = Text("加权的汇总没有写 weight", "a weighted mean or sum needs a `weight`")
_SUPERFLUOUS: Final = Text(
    "weight 只用于 by: weighted_mean 和 weighted_sum",
    "`weight` belongs to `by: weighted_mean` and `weighted_sum`",
)
_NO_NUMBER: Final = Text("这种计分方式看的不是数值", "this form of score does not look at a number")
_BOTH: Final = Text("top 与 places 只能写一项", "`top` and `places` exclude each other")
_NOTHING_TO_COUNT: Final = Text(
    "名额已是人数，只有前百分之几（top: 20%）才要取整",
    "its seats are a number of people, and only a share (`top: 20%`) has to be rounded",
)
_PRIZE_TIES: Final = Text(
    "有 places 时 ties 写 all_get 或 share", "with `places`, `ties` is `all_get` or `share`"
)
_SEAT_TIES: Final = Text(
    "all_get 和 share 用于 places；有 top 时写 keep_together 或 keep_together_lower",
    "`all_get` and `share` belong to `places`; with `top` it is `keep_together` or "
    "`keep_together_lower`",
)
_RISES: Final = Text(
    "后一名次的奖金高于前一名次", "the prize of a place is above that of the place before"
)
_FIXED: Final = Text(
    "目标值既写明又汇总，只能取其一", "the target is written and rolled up, only one can count"
)
_OF_LIMITS: Final = {
    CUT: Text("payouts 扣减行", "the line of what `payouts` cuts"),
    TOP_UP: Text("payouts 补足行", "the line of what `payouts` adds"),
}


def grade_exists(name: str, place: Span, grades: Sequence[str]) -> Found:
    """Nothing, or that there is no such grade; `grades` are those of the policy."""
    if not grades:
        yield Diagnostic("no-grades", place)
    elif name not in grades:
        facts = {"grade": name, "known": ", ".join(grades)}
        yield Diagnostic("unknown-grade", place, {**facts, **nearest(name, grades)})


def quotas_fit(policy: Policy, at: Addresses) -> Found:
    """Quotas of grades that there are, that fit into a group, and that raise nobody."""
    rule = policy.distribution
    if rule is None:
        return
    grades = [row.grade for row in policy.grades]
    if not grades:
        yield Diagnostic("no-grades", at.key(rule.path))
        return
    for quota in rule.quotas:
        yield from grade_exists(quota.grade, at.key(f"{rule.path}.quotas.{quota.grade}"), grades)
    if all(quota.grade in grades for quota in rule.quotas):
        yield from _shares_fit(rule, grades, at)
    raising = {"at_most": grades[-1], "at_least": grades[0]}
    for quota in rule.quotas:
        if raising.get(quota.bound) == quota.grade:
            facts = {
                "bound": quota.bound,
                "grade": quota.grade,
                "share": percent(quota.share.value),
            }
            yield Diagnostic("quota-would-raise", at.key(quota.share.path), facts)


def _shares_fit(rule: Distribution, grades: Sequence[str], at: Addresses) -> Found:
    """100 % where every grade has an exact share, and less where exact ones leave some out."""
    total = sum((quota.share.value for quota in rule.quotas), Decimal(0))
    exact = all(quota.bound == "exactly" for quota in rule.quotas)
    left_out = [grade for grade in grades if grade not in {quota.grade for quota in rule.quotas}]
    if exact and not left_out:
        wrong = total != 1
        due = Text("应恰好为 100%", "they have to add up to exactly 100%")
    elif exact:
        wrong = total >= 1
        names = ", ".join(left_out)
        due = Text(f"没有给 {names} 留下名额", f"nothing is left for {names}")
    else:
        wrong = total > 1
        due = Text("不能超过 100%", "they cannot exceed 100%")
    if wrong:
        facts = {"sum": percent(total), "due": due}
        yield Diagnostic("quotas-do-not-fit", at.key(f"{rule.path}.quotas"), facts)


def awards_have_a_rule(policy: Policy, at: Addresses) -> Found:
    """Either the best of an order, or all who meet a condition."""
    for award in policy.awards:
        written = [key for key in (*RANKING, *COUNTING) if f"{award.path}.{key}" in at.keys]
        if award.ranks and not award.order:
            key = "places" if award.places else "top"
            reason = Text(f"有 {key} 而没有 order", f"it has `{key}` and no `order`")
            yield Diagnostic("award-without-rule", at.key(award.path), _award(award.name, reason))
        elif not award.ranks and written:
            key = written[0]
            reason = Text(f"有 {key} 而没有 top", f"it has `{key}` and no `top`")
            place = at.key(f"{award.path}.{key}")
            yield Diagnostic("award-without-rule", place, _award(award.name, reason))
        elif not award.ranks and award.only_if is None:
            reason = Text("既没有 top 也没有 only_if", "it has neither `top` nor `only_if`")
            yield Diagnostic("award-without-rule", at.key(award.path), _award(award.name, reason))
        elif award.ranks:
            yield from _seats_fit(policy, award, at)


def _seats_fit(policy: Policy, award: Award, at: Addresses) -> Found:
    """Seats and places of an award: keys that go together, and prizes that can be paid."""
    for path, reason in _misfits(policy, award, at):
        yield Diagnostic("bad-award", at.key(path), _award(award.name, reason))


def _misfits(policy: Policy, award: Award, at: Addresses) -> Iterator[tuple[str, Text]]:
    if award.places and award.top is not None:
        yield f"{award.path}.top", _BOTH
        return
    for key in COUNTING if award.places or not award.by_share else ():
        if f"{award.path}.{key}" in at.keys:
            yield f"{award.path}.{key}", _NOTHING_TO_COUNT
    if (award.ties in PRIZE_TIES) is not bool(award.places):
        yield f"{award.path}.ties", _PRIZE_TIES if award.places else _SEAT_TIES
    places = policy.rounding.pay.places
    for before, prize in zip((None, *award.places), award.places, strict=False):
        if before is not None and prize.value > before.value:
            yield prize.path, _RISES
        elif rounded(prize.value, places, "down") != prize.value:
            yield (
                prize.path,
                Text(
                    f"奖金的小数不能超过 rounding.pay 的 {places} 位",
                    f"a prize has more than the {places} places of `rounding.pay`",
                ),
            )


def _award(name: str, reason: Text) -> dict[str, object]:
    return {"name": name, "reason": reason}


def names_of_pay_differ(policy: Policy, at: Addresses) -> Found:
    """A payout has one name, whether it comes from an incentive, from a pool, with an award or
    from the limits of what all incentives come to."""
    kinds = (
        (Text("激励方案", "an incentive"), policy.incentives),
        (Text("奖金池", "a pool"), policy.pools),
        (Text("有奖金的奖项", "an award with prizes"), policy.prizes),
    )
    seen: dict[str, Text] = {}
    for kind, rules in kinds:
        for rule in rules:
            if policy.payouts is not None and rule.name in _OF_LIMITS:
                facts = {"name": rule.name, "first": kind, "second": _OF_LIMITS[rule.name]}
                yield Diagnostic("name-twice", at.key(rule.path), facts)
            elif rule.name in seen:
                facts = {"name": rule.name, "first": seen[rule.name], "second": kind}
                yield Diagnostic("name-twice", at.key(rule.path), facts)
            seen.setdefault(rule.name, kind)


def group_figures_fit(policy: Policy, at: Addresses) -> Found:
    """Figures of groups are made of numbers that the policy has."""
    known = {**shared_names(policy), "total": "number"}
    numbers = [
        name
        for name, kind in known.items()
        if kind in ("number", "share")
        and (name == "total" or name.partition(".")[0] in policy.indicator)
    ]
    for figure in policy.group_figures:
        place = at.value(f"{figure.path}.of")
        if figure.of not in known:
            facts = {"name": figure.of, "known": ", ".join(numbers), **nearest(figure.of, numbers)}
            yield Diagnostic("unknown-name", place, facts)
        elif figure.of not in numbers:
            facts = {"name": figure.name, "of": figure.of}
            yield Diagnostic("group-figure-without-numbers", place, facts)


def roll_ups_fit(policy: Policy, at: Addresses) -> Found:
    """Figures of members, where there are members and where numbers are looked at."""
    for indicator in policy.indicators:
        for rule in (indicator.actual_from_members, indicator.target_from_members):
            reason = rule and _wrong(policy, indicator, rule)
            if rule is not None and reason is not None:
                facts = {"indicator": indicator.name, "reason": reason}
                yield Diagnostic("bad-roll-up", at.key(rule.path), facts)
        word = isinstance(indicator.score, Ratings | Levels | YesNo)
        if indicator.from_history is not None and word:
            facts = {"indicator": indicator.name, "reason": _NO_NUMBER}
            yield Diagnostic("bad-roll-up", at.key(indicator.from_history.path), facts)


def _wrong(policy: Policy, indicator: Indicator, rule: RollUp) -> Text | None:
    if policy.subject == "person":
        return _PERSON
    weighted = rule.by in ("weighted_mean", "weighted_sum")
    if weighted and rule.weight is None:
        return _NO_WEIGHT
    if not weighted and rule.weight is not None:
        return _SUPERFLUOUS
    if isinstance(indicator.score, Ratings | Levels | YesNo):
        return _NO_NUMBER
    if rule is indicator.target_from_members and indicator.target != "required":
        return _FIXED
    return None


def units_read_others(policy: Policy, at: Addresses) -> Found:
    """A team's result cannot follow from the result of its team, which is itself."""
    if policy.subject == "person":
        return
    for formula in formulas_of(policy):
        for name in formula.names:
            root, dot, _ = name.partition(".")
            if dot and root == policy.subject:
                yield Diagnostic("unit-reads-itself", at.value(formula.path), {"name": name})
