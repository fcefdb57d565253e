"""Sentences of a distribution of grades: the seats, and what they leave of a grade."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from perfrules.evaluation.seats import final_counts, grade_at, place_in_order
from perfrules.model.population import Bound, Distribution, Quota
from perfrules.model.written import Constant
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import PLAIN, RATIO
from perfrules.words.of_groups import comparison, place_in_words
from perfrules.words.sentence import Operation, Sentence, spaced, terms

__all__ = ["OF_QUOTAS"]


def _seats(told: Glossary, step: Json) -> Sentence:
    """`8 × 20% = 1.6 → 至多 2 人`; of the grades without a quota `8 × (1 − 20%) = 6.4 → 6 人`."""
    size, *share = step["operands"]
    rule = _rule(told, step)
    rate = told.number(share[0]["value"], RATIO) if share else _rest(told, rule)
    of_rest = 1 - sum((quota.share.value for quota in rule.quotas), Decimal(0))
    part = Decimal(share[0]["value"]) if share else of_rest
    exact = Decimal(size["value"]) * part
    text = f"{told.value(size)} × {rate} = "
    own = told.path(step).rpartition(".")[2]
    bound = next((quota.bound for quota in rule.quotas if share and quota.grade == own), "")
    limit = "" if rule.forced else _LIMITS.get(bound, ("", ""))[told.language == "en"]
    if exact == Decimal(step["value"]) and not limit:
        return Sentence(text + told.amount(step))
    seats = f"{limit} {told.amount(step)}".strip()
    if exact == Decimal(step["value"]):
        return Sentence(f"{text}{told.number(exact, PLAIN)} → {seats}")
    note = told.say(
        "按最大余数法取整，各等级名额合计等于总数",
        "by the largest remainder, so that the seats of all grades add up",
    )
    return Sentence(f"{text}{told.number(exact, PLAIN)} → {seats}", (note,))


_LIMITS: Final = {
    "at_most": ("至多", "at most"),
    "at_least": ("至少", "at least"),
    "exactly": ("应为", "exactly"),
}


def _rest(told: Glossary, rule: Distribution) -> str:
    """`(1 − 20% − 10%)`."""
    shares = "".join(f" − {told.number(one.share.value, RATIO)}" for one in rule.quotas)
    return f"(1{shares})"


def _distribute(told: Glossary, step: Json) -> Sentence:
    before, above, equal, *_ = step["operands"]
    rule = _rule(told, step)
    own, value = told.grade(before["value"]), told.grade(step["value"])
    place = place_in_words(told, above, equal, rule.ties)
    text = told.say(f"{place}，等级由 {spaced(own)}变为 {value}", f"{place}: {own} becomes {value}")
    if before["value"] == step["value"]:
        text = told.say(f"{place}，等级仍为 {value}", f"{place}: the grade stays {value}")
    return Sentence(text, tuple(_notes(told, step, rule)))


def _notes(told: Glossary, step: Json, rule: Distribution) -> Iterator[str]:
    """How many had each grade, how many have it now, and by what they were compared."""
    _, above, equal, *_ = step["operands"]
    held = _held(told, step)
    final = final_counts(rule, told.grades, _seated(told, step), held)
    if held:
        counts = [f"{grade} {told.members(held[grade])}" for grade in told.grades]
        listed = told.say("、", ", ").join(counts)
        yield told.say(f"分布前：{listed}", f"before: {listed}")
    listed = told.say("、", ", ").join(_places(told, final))
    yield told.say(f"分布后：{listed}", f"after: {listed}")
    if held and list(held.values()) != final:
        yield told.say(
            "超过名额的顺延到下一等级，不足名额的从上一等级补足，只降不升",
            "those beyond the seats move down to the next grade, seats left are filled from the "
            "grade above; nobody moves up",
        )
    place = place_in_order(rule.ties, int(above["value"]), int(equal["value"]))
    there = grade_at(place, told.grades, final)
    if there != step["value"]:
        yield told.say(
            f"第 {place} 名的等级是 {there}，但等级不因分布上升",
            f"place {place} has {there}, but a distribution lifts no grade",
        )
    order = terms(step).get("order", ())
    yield comparison(told, order, by_grade=not rule.forced)


def _places(told: Glossary, final: Sequence[int]) -> Iterator[str]:
    """`A 2 人（第 1～2 名）`, of each grade that anybody has."""
    last = 0
    for grade, count in zip(told.grades, final, strict=True):
        first, last = last + 1, last + count
        if not count:
            continue
        span = f"{first}{told.say('～', '–')}{last}" if count > 1 else f"{first}"
        word = told.say(f"第 {span} 名", f"place{'s' if count > 1 else ''} {span}")
        yield f"{grade} {told.members(count)}{told.say(f'（{word}）', f' ({word})')}"


def _held(told: Glossary, step: Json) -> dict[str, int]:
    """How many had each grade before; empty where places alone decide."""
    below = "distribution.counts."
    return {
        told.path(one).removeprefix(below): int(one["value"])
        for one in step["operands"]
        if told.path(one).startswith(below)
    }


def _seated(told: Glossary, step: Json) -> dict[str, int]:
    """The seats of each grade with a quota."""
    below = "distribution.seats."
    return {
        told.path(one).removeprefix(below): int(one["value"])
        for one in step["operands"]
        if told.path(one).startswith(below)
    }


def _rule(told: Glossary, step: Json) -> Distribution:
    """The quotas as the step's rule states them."""
    rule = terms(step)
    quotas = []
    # A stored record has its keys sorted; the seats stand in the order of the grades.
    for grade in sorted(rule["quotas"], key=told.grades.index):
        stated = rule["quotas"][grade]
        both: Mapping[Bound, Any] = {"exactly": stated}
        if isinstance(stated, Mapping):
            both = stated
        for bound, share in both.items():
            quotas.append(Quota(grade, bound, Constant(Decimal(str(share)), "")))
    return Distribution(None, None, tuple(quotas), (), rule["ties"], None)


# fmt: off
OF_QUOTAS: Final[Mapping[str, Operation]] = {
    "seats": Operation(_seats, "名额 · whole seats",
        "比例 *b* 在 *a* 人中的整数名额，或没有写比例的各等级合计的名额：按最大余数法，见[下文](#组记录)",
        "the whole seats that the share *b* has of *a* people, or what no grade has a share of: by the largest remainder, [below](#the-record-of-a-group)"),
    "distribute": Operation(_distribute, "等级分布 · the grade that the distribution leaves",
        "该名次对应的等级；*a* 是此前的等级，其后是在前、并列、各名额、各等级原有人数，按等级顺序",
        "the grade at the subject's place; *a* is the grade so far, then come *above*, *equal*, the seats and how many had each grade, in the order of the grades"),
}
# fmt: on
