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
    places = terms({"rule": step["rounding"]})["places"]
    plural = "" if int(places) == 1 else "s"
    note = told.say(f"尾数先舍去，只取 {places} 位小数", f"cut to {places} place{plural} for now")
    if not int(places):
        note = told.say("尾数先舍去，只取整数", "cut to a whole number for now")
    return Sentence(f"{left} ≈ {told.amount(step)}", (*reduced, note))


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
    places = int(terms({"rule": step["rounding"]})["places"])
    unit = Decimal(1).scaleb(-places)
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
    "award_seats": Operation(_award_seats, "荣誉名额 · the seats of an award",
        "*a* × *b*，按 `count` 取整；`at_least_one` 时至少为 1",
        "*a* × *b*, rounded to whole people as `count` says; at least 1 where `at_least_one`"),
    "award": Operation(_award, "获得荣誉 · whether the award is won",
        "名次（在前 = *a*，并列 = *b*）不超过 *c* 个名额时为是；没有操作数或只有一个条件时为是",
        "true where the place, of *above* = *a* and *equal* = *b*, is not beyond the *c* seats; with nothing or a condition alone for operands: true"),
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
