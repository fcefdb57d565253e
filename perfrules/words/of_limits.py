"""Sentences of what comes off a payout, and of the limits of all incentives together."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from perfrules.exact import divided, percent
from perfrules.model.incentive import LINES
from perfrules.words.glossary import Glossary, Json
from perfrules.words.sentence import Operation, Sentence, added, bracketed, equation, terms

__all__ = ["OF_LIMITS", "blended_rate", "named_sum", "within_limits"]

_SHOWN: Final = 4
"""So many places of a ratio are shown where it does not end before: hundredths of a percent."""


def named_sum(told: Glossary, operands: Sequence[Json]) -> str:
    """`季度奖金 5000 + 提成 200 − 合计封顶扣减 300`."""
    return added([_named(told, one) for one in operands])


def within_limits(told: Glossary, step: Json) -> tuple[str, ...]:
    """Of the sum of all incentives, that no limit changes it, where that is so."""
    if told.path(step) != "payouts.sum" or any(f"pay.{name}" in told.steps for name in LINES):
        return ()
    return (told.say("在限额之内，不扣减也不补足", "within the limits: nothing is cut or added"),)


def _named(told: Glossary, operand: Json) -> str:
    """A line of pay; a negative one begins with its sign, which `added` takes for one."""
    name, number = told.name(told.path(operand)), told.value(operand)
    return f"-{name} {number[1:]}" if number.startswith("-") else f"{name} {number}"


def _less(told: Glossary, step: Json) -> Sentence:
    first, *others = step["operands"]
    if step["outcome"] != "capped":
        parts = (f" − {told.name(told.path(one))} {bracketed(told.value(one))}" for one in others)
        return Sentence(equation(told, told.value(first) + "".join(parts), step))
    limit, total = told.value(first), told.value(others[0])
    text = equation(told, f"{limit} − {bracketed(total)}", step)
    if Decimal(step["value"]) < 0:
        note = told.say(
            f"激励合计 {total} > 合计封顶 {limit}，超出部分单列于此，各项激励不变",
            f"all incentives together are {total} > {limit}, the limit; what is above comes off "
            "here, and no incentive is changed",
        )
    else:
        note = told.say(
            f"激励合计 {total} < 合计保底 {limit}，差额单列于此",
            f"all incentives together are {total} < {limit}, the floor; what is missing is added "
            "here",
        )
    return Sentence(text, (note,))


def _whole(told: Glossary, step: Json) -> Sentence:
    before = told.value(step["operands"][0])
    up = Decimal(step["value"]) > Decimal(step["operands"][0]["value"])
    places = int(terms({"rule": step["rounding"]})["places"])
    plural = "" if places == 1 else "s"
    where = told.say(
        f" {places} 位小数" if places else "整数",
        f"{places} place{plural}" if places else "a whole number",
    )
    if up:
        how = told.say(f"下限进位到{where}，即可发的金额", f"the floor, lifted to {where} of money")
    else:
        how = told.say(
            f"上限舍去尾数到{where}，即可发的金额", f"the limit, cut to {where} of money"
        )
    return Sentence(f"{before} → {told.amount(step)}", (how,))


def _waived(told: Glossary, step: Json) -> Sentence:
    numbers = [told.path(one).split(".")[1] for one in step["operands"]]
    return Sentence(
        told.say(
            f"第 {'、'.join(numbers)} 段任职触发了扣减奖金的否决项，不再保底",
            f"a veto lowered the pay of role {', '.join(numbers)}: no floor holds",
        )
    )


def blended_rate(told: Glossary, step: Json) -> tuple[str, ...]:
    """What the slices together are of the figure that they cut up: `40 ÷ 2500 = 1.6%`; nothing
    where there is one slice, whose rate says it, or where they are not parts of one amount."""
    slices = [told.steps.get(told.path(one)) for one in step["operands"]]
    if len(slices) < 2 or any(one is None or one["operation"] != "slice" for one in slices):
        return ()
    basis = {one["operands"][0]["value"] for one in slices if one is not None}
    first = slices[0]["operands"][0] if slices[0] is not None else None
    if first is None or len(basis) > 1 or told.measure(told.path(first)).is_ratio:
        return ()
    whole, amount = Decimal(first["value"]), Decimal(step["value"])
    if whole <= 0:
        return ()
    rate = divided(amount, whole, _SHOWN, "half_up")
    exact = rate * whole == amount
    shown = f"{told.value(step)} ÷ {told.value(first)} {'=' if exact else '≈'} {percent(rate)}"
    return (
        told.say(
            f"综合比例 {shown}" + ("" if exact else "（四舍五入到 0.01%，仅供参考）"),
            f"the rate of the whole: {shown}" + ("" if exact else " (to 0.01%, for the eye only)"),
        ),
    )


# fmt: off
OF_LIMITS: Final[Mapping[str, Operation]] = {
    "less": Operation(_less, "扣减 · what comes off",
        "*a* 减去其余各操作数；`pay.cut`、`pay.top_up` 的 *a* 是限额，*b* 是激励合计",
        "*a* minus all the other operands; of `pay.cut` and `pay.top_up` *a* is the limit and *b* what all incentives come to"),
    "waived": Operation(_waived, "不再保底 · no floor holds",
        "是：操作数是各任职段触发的、扣减奖金的否决项，`payouts` 的保底因此不适用",
        "true: the operands are vetoes that lowered the pay of one of the roles held, so that the lower limit of `payouts` does not hold"),
    "whole_down": Operation(_whole, "上限取整到最小货币单位 · an upper limit in whole units of money",
        "*a* 一律向下取到 `places` 位小数（不按 `mode`），使发放不超过上限",
        "*a*, cut to `places` places, always downwards whatever `mode` says, so that nothing above the limit is paid"),
    "whole_up": Operation(_whole, "下限进位到最小货币单位 · a lower limit in whole units of money",
        "*a* 一律向上进到 `places` 位小数（不按 `mode`），使发放不低于下限",
        "*a*, lifted to `places` places, always upwards whatever `mode` says, so that nothing below the limit is paid"),
}
# fmt: on
