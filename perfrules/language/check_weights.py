"""Weights: shares that add up to 100 %, parts, and whom the weight of what is missing can go to."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Related, nearest
from perfrules.exact import percent, plain, read_number, share_readings
from perfrules.language.addresses import Addresses
from perfrules.language.weights_of_rest import is_rest
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.weights import GivenWeight, WeightTo
from perfrules.model.written import Constant

__all__ = ["weight_goes_somewhere", "weights_fit"]

Found = Iterator[Diagnostic]

_HERE: Final = Text("权重在此", "a weight is here")

_NO_PARTS: Final = Text(
    "这里的权重按份数计（weights: parts）", "the weights here are parts (`weights: parts`)"
)
_WRITE_PART: Final = Text(
    "请写份数，例如 `1`，或去掉 weights: parts",
    "write a number of parts such as `1`, or take `weights: parts` away",
)
_BESIDE_GIVEN: Final = Text(
    "旁边有随数据提供的权重，剩下多少因人而异",
    "the weights beside it come with the data, so what is left differs from person to person",
)  # fmt: skip
_WRITE_GIVEN: Final = Text("请写百分比，或也写 given", "write a percentage, or `given` here, too")


class _Sum(NamedTuple):
    """Weights that are counted together: where (a path, and in words), and whether by parts."""

    path: str
    where: Text
    in_parts: bool
    weights: Sequence[Constant | GivenWeight]


def weights_fit(policy: Policy, at: Addresses) -> Found:
    """Exactly 100 %, in each section and over the sections; or parts, of which one counts."""
    for one in _sums(policy):
        yield from _in_parts(one, at) if one.in_parts else _in_shares(one, at)
    for section in policy.sections if _is_sound(policy) else ():
        if all(one.section != section.name for one in policy.indicators):
            yield Diagnostic("empty-section", at.key(section.path), {"name": section.name})
    for indicator in policy.indicators:
        if isinstance(indicator.weight, GivenWeight):
            yield from _limits(indicator.weight, at)


def _is_sound(policy: Policy) -> bool:
    """Whether each indicator is in a section that there is: sums without it would only be wrong,
    too, and what has no section of its own is said there."""
    names = {section.name for section in policy.sections}
    return not names or all(one.section in names for one in policy.indicators)


def _sums(policy: Policy) -> Iterator[_Sum]:
    in_parts = policy.weights == "parts"
    if not policy.sections:
        where = Text("各指标", "of the indicators")
        yield _Sum("indicators", where, in_parts, [one.weight for one in policy.indicators])
    else:
        where = Text("各板块", "of the sections")
        yield _Sum("sections", where, in_parts, [one.weight for one in policy.sections])
    for section in policy.sections if _is_sound(policy) else ():
        own = [one.weight for one in policy.indicators if one.section == section.name]
        where = Text(f"板块 `{section.name}` 内", f"in the section `{section.name}`")
        if own:
            yield _Sum(section.path, where, section.weights == "parts", own)
    for indicator in policy.indicators:
        if isinstance(indicator.score, Ratings):
            path = f"{indicator.score.path}.groups"
            where = Text("各评分组", "of the rater groups")
            yield _Sum(path, where, False, [one.weight for one in indicator.score.groups])


def _in_parts(one: _Sum, at: Addresses) -> Found:
    sound = True
    for weight in one.weights:
        text = at.texts.get(weight.path, "")
        word = "given" if isinstance(weight, GivenWeight) else text
        if word in ("given", "rest"):
            sound = False
            facts = {"word": word, "why": _NO_PARTS, "advice": _WRITE_PART}
            yield Diagnostic("misplaced-weight", at.value(weight.path), facts)
        elif text.endswith("%"):
            sound = False
            write = plain(Decimal(text.removesuffix("%").rstrip()))
            yield Diagnostic(
                "part-with-percent", at.value(weight.path),
                {"text": text, "where": one.where, "write": write},
            )  # fmt: skip
    if sound and not any(isinstance(weight, Constant) and weight.value for weight in one.weights):
        yield Diagnostic("no-parts", at.key(one.path), {"where": one.where}, _related(one, at))


def _in_shares(one: _Sum, at: Addresses) -> Found:
    fixed = [weight for weight in one.weights if isinstance(weight, Constant)]
    given = [weight for weight in one.weights if isinstance(weight, GivenWeight)]
    bare = False
    for weight in fixed:
        text = at.texts.get(weight.path, "")
        number = read_number(text)
        if isinstance(number, Decimal) and number > 0:
            bare = True
            facts: dict[str, object] = {**share_readings(text, number)}
            yield Diagnostic("share-without-percent", at.value(weight.path), facts)
        elif weight.value < 0:
            facts = {"value": percent(weight.value)}
            yield Diagnostic("negative-weight", at.value(weight.path), facts)
    if bare:
        return
    rests = [weight for weight in fixed if is_rest(weight, at)]
    if given:
        for weight in rests:
            facts = {"word": "rest", "why": _BESIDE_GIVEN, "advice": _WRITE_GIVEN}
            yield Diagnostic("misplaced-weight", at.value(weight.path), facts)
    others = sum((one.value for one in fixed if not is_rest(one, at)), Decimal(0))
    if rests or given:
        least = min((weight.value for weight in rests), default=Decimal(1))
        if others >= 1 or not (least or given):
            word = "given" if given else "rest"
            place = at.value((given or rests)[0].path)
            facts = {"where": one.where, "sum": percent(others), "word": word}
            yield Diagnostic("no-weight-left", place, facts, _related(one, at))
        elif given:
            yield from _reachable(one, others, given, at)
    elif fixed and others != 1:
        facts = {"where": one.where, "sum": percent(others)}
        yield Diagnostic("weights-do-not-sum", at.key(one.path), facts, _related(one, at))


def _reachable(one: _Sum, others: Decimal, given: Sequence[GivenWeight], at: Addresses) -> Found:
    """A hundred lies between what the limits of the data's weights add up to."""
    least = sum((weight.limits.low for weight in given), others)
    most = sum((weight.limits.high for weight in given), others)
    where = one.where
    if least > 1:
        where = Text(f"{where.zh}（取下限）", f"{where.en} at their least")
        facts = {"where": where, "sum": percent(least)}
        yield Diagnostic("weights-do-not-sum", at.key(one.path), facts, _related(one, at))
    elif most < 1:
        where = Text(f"{where.zh}（取上限）", f"{where.en} at their most")
        facts = {"where": where, "sum": percent(most)}
        yield Diagnostic("weights-do-not-sum", at.key(one.path), facts, _related(one, at))


def _related(one: _Sum, at: Addresses) -> tuple[Related, ...]:
    return tuple(Related(at.value(weight.path), _HERE) for weight in one.weights)


def _limits(weight: GivenWeight, at: Addresses) -> Found:
    low, high = weight.limits.at_least, weight.limits.at_most
    if low is not None and high is not None and high.value < low.value:
        facts = {"low": percent(low.value), "high": percent(high.value)}
        yield Diagnostic("empty-range", at.value(high.path), facts)


# ---- the weight of what is missing


def weight_goes_somewhere(policy: Policy, at: Addresses) -> Found:
    """Only to another one of the same sum, that has a weight itself."""
    for indicator in policy.indicators:
        if isinstance(indicator.missing, WeightTo):
            others = {
                one.name: one.weight
                for one in policy.indicators
                if one.section == indicator.section
            }
            elsewhere = {one.name for one in policy.indicators} - {*others}
            titles = {one.name: one.title for one in policy.indicators}
            yield from _receivers(indicator.missing, indicator.name, others, elsewhere, titles, at)
        score = indicator.score
        if isinstance(score, Ratings) and isinstance(score.empty_group, WeightTo):
            groups: dict[str, Constant | GivenWeight] = {
                one.name: one.weight for one in score.groups
            }
            yield from _receivers(score.empty_group, "", groups, set(), {}, at)


def _receivers(
    rule: WeightTo, giver: str, others: dict[str, Constant | GivenWeight], elsewhere: set[str],
    titles: dict[str, Text], at: Addresses,
) -> Found:  # fmt: skip
    can = [
        name
        for name, weight in others.items()
        if name != giver and (isinstance(weight, GivenWeight) or weight.value)
    ]
    for word in rule.names:
        name = word.value
        if name in can:
            continue
        near: dict[str, object] = {}
        if name == giver:
            why = Text("这就是它自己", "that is itself")
        elif name in elsewhere:
            why = Text("它在另一个板块", "it is in another section")
        elif name in others:
            why = Text("它的权重为 0", "it carries no weight")
        else:
            why = Text("没有这个名称", "there is no such name")
            near = {**nearest(name, can, titles)}
        facts = {"name": name, "why": why, "known": ", ".join(can) or "—", **near}
        yield Diagnostic("wrong-receiver", at.value(word.path), facts)
