"""Sentences of awards and of pools that a group shares."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.exact import rounded
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import PLAIN, RATIO
from perfrules.words.of_groups import (
    ahead_in_words,
    comparison,
    place_in_words,
    self_word,
)
from perfrules.words.of_results import why
from perfrules.words.rounding import decimals_of, unit_of
from perfrules.words.sentence import Operation, Sentence, equation, terms

__all__ = ["OF_REWARDS"]

_WHOLE: Final = {
    "half_up": Text("四舍五入取整", "rounded half up"),
    "half_even": Text("四舍六入五成双取整", "rounded half to even"),
    "floor": Text("向下取整", "rounded down"),
    "ceiling": Text("向上取整", "rounded up"),
    "down": Text("舍去小数取整", "cut to a whole number"),
    "up": Text("进一取整", "rounded away from nought"),
}
"""How a share of a group becomes whole people."""


def _award_seats(told: Glossary, step: Json) -> Sentence:
    size, top = step["operands"]
    rule = terms(step)
    exact = Decimal(size["value"]) * Decimal(top["value"])
    text = f"{told.value(size)} × {told.number(top['value'], RATIO)} = "
    if exact == Decimal(step["value"]):
        return Sentence(text + told.amount(step))
    how = _WHOLE[rule["count"]].into(told.language)
    if rounded(exact, 0, rule["count"]) < Decimal(step["value"]):
        how = told.say(f"不足 {told.amount(step)}的按 {told.amount(step)}计", "at least one")
    return Sentence(f"{text}{told.number(exact, PLAIN)} → {told.amount(step)}", (how,))


def _award(told: Glossary, step: Json) -> Sentence:
    operands = step["operands"]
    won = told.say("获得", "awarded") if step["value"] else told.say("未获得", "not awarded")
    if len(operands) < 3:
        return Sentence(f"{why(told, operands[0])} → {won}" if operands else won)
    above, equal, seats = operands
    place = place_in_words(told, above, equal, terms(step)["ties"])
    count = told.amount(seats)
    said = told.say(f"{place}，名额 {count} → {won}", f"{place}, and {_seats(seats)} → {won}")
    return Sentence(said, (comparison(told, terms(step).get("order", ())),))


def _award_place(told: Glossary, step: Json) -> Sentence:
    above, equal = step["operands"]
    count = len(terms(step)["places"])
    won = told.say("获得", "awarded") if step["value"] else told.say("未获得", "not awarded")
    place = place_in_words(told, above, equal, terms(step)["ties"])
    plural = "" if count == 1 else "s"
    said = told.say(
        f"{place}，共设 {count} 个名次 → {won}", f"{place}, of {count} place{plural} → {won}"
    )
    return Sentence(said, (comparison(told, terms(step).get("order", ())),))


def _prize(told: Glossary, step: Json) -> Sentence:
    above, _ = step["operands"]
    place = int(Decimal(above["value"])) + 1
    return Sentence(
        told.say(
            f"第 {place} 名的奖金 {told.amount(step)}",
            f"the prize of place {place}: {told.amount(step)}",
        )
    )


def _no_prize(told: Glossary, step: Json) -> Sentence:
    return Sentence(
        told.say(
            f"没有名次，不发奖金：{told.amount(step)}", f"no place, no prize: {told.amount(step)}"
        )
    )


def _split(told: Glossary, step: Json) -> Sentence:
    total, count = step["operands"]
    left = f"{told.value(total)} ÷ {told.value(count)}"
    who = told.say(
        f"{told.members(count['value'])}并列，平分所占各名次的奖金",
        f"{told.members(count['value'])} level split the prizes of their places",
    )
    if Decimal(step["value"]) * Decimal(count["value"]) == Decimal(total["value"]):
        return Sentence(equation(told, left, step), (who,))
    return Sentence(f"{left} ≈ {told.amount(step)}", (who, _cut(told, step)))


def _cut(told: Glossary, step: Json) -> str:
    """To which units a part of some money was cut, before what is left is handed out."""
    rule = terms({"rule": step["rounding"]})
    places = decimals_of(rule)
    if "to" in rule:
        unit = told.number(unit_of(rule), PLAIN)
        return told.say(f"尾数先舍去，取 {unit} 的整数倍", f"cut to a multiple of {unit} for now")
    if not places:
        return told.say("尾数先舍去，只取整数", "cut to a whole number for now")
    plural = "" if places == 1 else "s"
    return told.say(f"尾数先舍去，只取 {places} 位小数", f"cut to {places} place{plural} for now")


def _split_rest(told: Glossary, step: Json) -> Sentence:
    part, total, count, above, ahead = step["operands"]
    unit = unit_of(terms({"rule": step["rounding"]}))
    cut = Decimal(part["value"]) * Decimal(count["value"])
    left = (Decimal(total["value"]) - cut) / unit
    before, own = Decimal(ahead["value"]) - Decimal(above["value"]), self_word(told)
    each = told.number(unit, PLAIN)
    over = told.say(
        f"{told.value(total)} − {told.value(count)} × {told.value(part)} 还剩 {told.number(left, PLAIN)} 份尾数（每份 {each}），"
        f"并列者按编号顺序各分一份，{ahead_in_words(told, before)}",
        f"{told.value(total)} − {told.value(count)} × {told.value(part)} leaves {told.number(left, PLAIN)} of {each}, "
        f"handed out to those level by their ids: {ahead_in_words(told, before)}",
    )
    if part["value"] == step["value"]:
        none = told.say(f"已分完，{own}不再分得", f"none left for {own}")
        return Sentence(told.amount(step), (over, none))
    got = told.say(f"{own}分得一份", f"one for {own}")
    return Sentence(equation(told, f"{told.value(part)} + {each}", step), (over, got))


def _seats(seats: Json) -> str:
    return f"{seats['value']} seat{'' if seats['value'] == '1' else 's'}"


def _part(told: Glossary, step: Json) -> Sentence:
    amount, share, shares = step["operands"]
    product = Decimal(amount["value"]) * Decimal(share["value"])
    exact = Decimal(step["value"]) * Decimal(shares["value"]) == product
    pool, own = told.say("奖金池总额", "the pool"), told.say("份额", "share")
    all_of = told.say("份额合计", "all shares")
    left = (
        f"{pool} {told.value(amount)} × {own} {told.value(share)} ÷ {all_of} {told.value(shares)}"
    )
    short = told.say(
        f"份额合计超过奖金池总额 {told.value(amount)}，按比例减少",
        f"all shares come to more than the pool of {told.value(amount)}, so all are reduced alike",
    )
    reduced = (short,) if "scale" in terms(step) else ()
    if exact:
        return Sentence(equation(told, left, step), reduced)
    return Sentence(f"{left} ≈ {told.amount(step)}", (*reduced, _cut(told, step)))


def _in_full(told: Glossary, step: Json) -> Sentence:
    _, shares, amount = step["operands"]
    enough = told.say(
        f"份额合计 {told.value(shares)} 不超过奖金池总额 {told.value(amount)}，全额发放",
        f"all shares, {told.value(shares)}, are within the pool of {told.value(amount)}: paid in full",
    )
    return Sentence(told.amount(step), (enough,))


def _allocate(told: Glossary, step: Json) -> Sentence:
    part, left, ahead = step["operands"]
    own = self_word(told)
    if not Decimal(left["value"]):
        nothing = told.say("没有尾数要分", "nothing is over to hand out")
        return Sentence(told.amount(step), (nothing,))
    unit = unit_of(terms({"rule": step["rounding"]}))
    each = told.written(unit, told.measure(told.path(step))._replace(places=0))
    over = told.say(
        f"全组还有 {told.amount(left)}尾数（每份 {each}），按舍去部分从大到小各分一份",
        f"{told.amount(left)} of {each} left over in the group, handed out by what was cut, "
        "largest first",
    )
    before = ahead_in_words(told, Decimal(ahead["value"]))
    if Decimal(part["value"]) == Decimal(step["value"]):
        none = told.say(
            f"分尾数时{before}，已分完，{own}不再分得",
            f"{before} when it is handed out: none left for {own}",
        )
        return Sentence(told.amount(step), (over, none))
    got = told.say(
        f"分尾数时{before}，{own}分得一份", f"{before} when it is handed out: one for {own}"
    )
    text = f"{told.value(part)} + {told.number(unit, PLAIN)}"
    return Sentence(equation(told, text, step), (over, got))


# fmt: off
OF_REWARDS: Final[Mapping[str, Operation]] = {
    "award_seats": Operation(_award_seats, "奖项名额 · the seats of an award",
        "*a* × *b*，按 `count` 取整；`at_least_one` 时至少为 1",
        "*a* × *b*, rounded to whole people as `count` says; at least 1 where `at_least_one`"),
    "award": Operation(_award, "获得奖项 · whether the award is won",
        "名次（在前 = *a*，并列 = *b*）不超过 *c* 个名额时为是；没有操作数或只有一个条件时为是",
        "true where the place, of *above* = *a* and *equal* = *b*, is not beyond the *c* seats; with nothing or a condition alone for operands: true"),
    "award_place": Operation(_award_place, "获得名次 · whether there is a prize for the place",
        "在前的 *a* 人少于 `places` 中的名次数时为是；*b* 人并列",
        "true where *a*, those before, is less than how many `places` there are; *b* are level"),
    "prize": Operation(_prize, "名次奖金 · the prize of the place",
        "*b*：`places` 中第 *a* + 1 名的奖金",
        "*b*: the prize of place *a* + 1 in `places`"),
    "no_prize": Operation(_no_prize, "没有奖金 · no place, no prize",
        "0：*a* 为否",
        "0: *a* is false"),
    "split": Operation(_split, "平分奖金 · prizes that are split",
        "*a* ÷ *b*，一律向下取到货币的最小单位：并列的 *b* 人所占各名次的奖金之和",
        "*a* ÷ *b*, cut to whole units of money (always downwards): all prizes of the places that the *b* who are level take up"),
    "split_rest": Operation(_split_rest, "平分的零头 · what the split leaves is handed out",
        "*a*；*e* − *d* 个最小单位小于 *b* − *a* × *c* 时再加一个最小单位：*d* 人在前，*e* 人在分零头时排在前面",
        "*a*, and one unit more where *e* − *d* units are less than *b* − *a* × *c*: *d* are before, and *e* come before the subject when the rest is handed out"),
    "part": Operation(_part, "应分金额 · a part of a pool",
        "*a* × *b* ÷ *c*，一律向下取到货币的最小单位：奖金池总额、本人份额、份额之和",
        "*a* × *b* ÷ *c*, cut to whole units of money (always downwards): the pool's amount, the subject's share and the sum of all shares"),
    "in_full": Operation(_in_full, "全额发放 · a share that is paid in full",
        "*a*：份额就是金额，全组份额之和 *b* 不超过奖金池总额 *c*",
        "*a*: the shares are amounts, and all of them together, *b*, are not above the pool's amount *c*"),
    "allocate": Operation(_allocate, "分配零头 · what the cut left over is handed out",
        "*a*；*c* < *b* 时再加一个最小单位：各人都向下取位后还剩 *b* 个单位，分配时有 *c* 人排在前面",
        "*a*, and one unit more where *c* < *b*: *b* units were left when everybody's part was cut, and *c* members come before the subject when they are handed out"),
}
# fmt: on
