"""Sentences of rules between subjects: places in a group, quotas, awards, pools.

Nothing is said of anybody else but numbers: how many there are, how many come before.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from perfrules.reports.glossary import Glossary, Json
from perfrules.reports.measure import RATIO
from perfrules.reports.sentence import Sentence, by_division, terms

__all__ = ["OF_GROUPS"]


def _from_group(told: Glossary, step: Json) -> Sentence:
    number = told.amount(step)
    member = step["origin"].get("member", "")
    return Sentence(
        told.say(f"{number}（本人在组内代号 {member}）", f"{number} (known there as {member})")
        if told.path(step).endswith((".size", ".shares"))
        else number
    )


def _alone(told: Glossary, step: Json) -> Sentence:
    return Sentence(
        told.say(
            "单独计算，没有可比较的同组人员，不适用",
            "judged alone: there is no group, so it does not apply",
        )
    )


def _too_small(told: Glossary, step: Json) -> Sentence:
    size, least = (told.value(one) for one in step["operands"])
    return Sentence(
        told.say(
            f"合并上级单位后仍只有 {size} 人，不足 {least} 人，不作强制分布",
            f"{size} in all, with the units above, which is fewer than {least}: no distribution",
        )
    )


def _seats(told: Glossary, step: Json) -> Sentence:
    size, *share = step["operands"]
    seats = told.amount(step)
    if not share:
        return Sentence(told.say(f"其余等级共 {seats}", f"the other grades together: {seats}"))
    exact = Decimal(size["value"]) * Decimal(share[0]["value"])
    rate = told.number(share[0]["value"], RATIO)
    text = f"{told.value(size)} × {rate} = {told.number(exact, told.measure(''))}"
    if exact == Decimal(step["value"]):
        return Sentence(text)
    note = told.say(
        "按最大余数法取整，合计等于总人数", "by the largest remainder, so that all add up"
    )
    return Sentence(f"{text} → {seats}", (note,))


def _distribute(told: Glossary, step: Json) -> Sentence:
    before, above, equal, *_ = step["operands"]
    better, level = Decimal(above["value"]), Decimal(equal["value"])
    own, value = told.grade(before["value"]), told.grade(step["value"])
    place = _place(told, better, level, terms(step)["ties"])
    if before["value"] == step["value"]:
        return Sentence(told.say(f"{place}，等级保持 {value}", f"{place}: the grade stays {value}"))
    return Sentence(
        told.say(
            f"{place}，按分布由 {own} 调整为 {value}",
            f"{place}: the distribution makes {own} {value}",
        )
    )


def _place(told: Glossary, above: Decimal, equal: Decimal, ties: str) -> str:
    """The place that counts, and how it came about."""
    first = ties == "keep_together"
    place = above + 1 if first else above + equal
    text = told.say(f"前面有 {above} 人，排第 {place}", f"{above} before, so place {place}")
    if equal > 1:
        which = (
            told.say("取较前", "the better place counts")
            if first
            else told.say("取较后", "the lower place counts")
        )
        text += told.say(f"（并列 {equal} 人，{which}）", f" ({equal} are level: {which})")
    return text


def _award_seats(told: Glossary, step: Json) -> Sentence:
    size, top = step["operands"]
    exact = Decimal(size["value"]) * Decimal(top["value"])
    rate = told.number(top["value"], RATIO)
    text = f"{told.value(size)} × {rate} = {told.number(exact, told.measure(''))}"
    if exact == Decimal(step["value"]):
        return Sentence(text)
    how = told.say("取整", "in whole people")
    if exact < 1 <= Decimal(step["value"]) and terms(step).get("at_least_one"):
        how = told.say("至少评一人", "at least one")
    return Sentence(f"{text} → {told.amount(step)}", (how,))


def _award(told: Glossary, step: Json) -> Sentence:
    operands = step["operands"]
    if len(operands) < 3:
        return Sentence(told.say("满足条件，获得", "the condition is met: awarded"))
    above, equal, seats = (Decimal(one["value"]) for one in operands)
    place = _place(told, above, equal, terms(step)["ties"])
    if step["value"]:
        return Sentence(
            told.say(f"{place}，名额 {seats}，获得", f"{place}, and there are {seats}: awarded")
        )
    return Sentence(
        told.say(f"{place}，名额 {seats}，未获得", f"{place}, and there are {seats}: not awarded")
    )


def _percentile(told: Glossary, step: Json) -> Sentence:
    size, above, equal = (Decimal(one["value"]) for one in step["operands"])
    below = size - above - equal
    text = f"({below} + {equal} ÷ 2) ÷ {size}"
    quotient = by_division(told, text, step, 2 * below + equal, 2 * size)
    said = told.say(
        f"同组 {size} 人中有 {below} 人在其后，{equal} 人与其并列（含本人，按一半计）",
        f"of {size} in the group {below} are behind and {equal} level, itself among them, "
        "which count half",
    )
    return Sentence(quotient.text, (said, *quotient.notes))


def _part(told: Glossary, step: Json) -> Sentence:
    amount, share, shares = (told.value(one) for one in step["operands"])
    places = terms({"rule": step["rounding"]})["places"]
    product = Decimal(step["operands"][0]["value"]) * Decimal(step["operands"][1]["value"])
    exact = Decimal(step["value"]) * Decimal(step["operands"][2]["value"]) == product
    sign = "=" if exact else "≈"
    text = f"{amount} × {share} ÷ {shares} {sign} {told.amount(step)}"
    if exact:
        return Sentence(text)
    return Sentence(
        text, (told.say(f"先舍去 {places} 位小数以后的尾数", f"cut to {places} places first"),)
    )


def _allocate(told: Glossary, step: Json) -> Sentence:
    part, left, ahead = step["operands"]
    if Decimal(part["value"]) == Decimal(step["value"]):
        note = told.say(
            f"舍去的尾数共 {told.value(left)} 份，余数更大的 {told.value(ahead)} 人先得，本人不得",
            f"{told.value(left)} units are over, and {told.value(ahead)} with a larger remainder "
            "come first: none left here",
        )
        if not Decimal(left["value"]):
            note = told.say("没有尾数需要分配", "nothing is over")
        return Sentence(told.amount(step), (note,))
    unit = Decimal(step["value"]) - Decimal(part["value"])
    text = f"{told.value(part)} + {told.number(unit, told.measure(''))} = {told.amount(step)}"
    note = told.say(
        f"舍去的尾数共 {told.value(left)} 份，余数更大的有 {told.value(ahead)} 人，本人得一份",
        f"{told.value(left)} units are over, {told.value(ahead)} with a larger remainder come "
        "first: one is left here",
    )
    return Sentence(text, (note,))


OF_GROUPS: Final[Mapping[str, Callable[[Glossary, Json], Sentence]]] = {
    "from_group": _from_group,
    "alone": _alone,
    "too_small": _too_small,
    "seats": _seats,
    "distribute": _distribute,
    "award_seats": _award_seats,
    "award": _award,
    "percentile": _percentile,
    "part": _part,
    "allocate": _allocate,
}
