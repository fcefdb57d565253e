"""Sentences of the operations that calculate: quotients, sums, products, formulas, limits."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfrules.words.expression_text import expression_text
from perfrules.words.glossary import Glossary, Json
from perfrules.words.of_limits import blended_rate, named_sum, within_limits
from perfrules.words.sentence import (
    Operation,
    Sentence,
    added,
    bracketed,
    by_division,
    equation,
    rounding,
    subtracted,
    terms,
)

__all__ = ["OF_SUMS", "operand_named"]


def _divide(told: Glossary, step: Json) -> Sentence:
    first, second = step["operands"]
    exact, divisor = Decimal(first["value"]), Decimal(second["value"])
    if _is_sum_of_parts(told, second):
        whole = told.say(
            f"合计 {told.value(first)} ÷ 份数合计 {told.value(second)}",
            f"sum {told.value(first)} ÷ parts {told.value(second)}",
        )
        return by_division(told, whole, step, exact, divisor)
    if told.path(second).endswith(".weights") and told.measure(told.path(second)).is_ratio:
        # Over the weights that are left: as a plain number, which divides more easily.
        whole = told.say(
            f"合计 {told.value(first)} ÷ 权重 {second['value']}",
            f"sum {told.value(first)} ÷ weights {second['value']}",
        )
        return by_division(told, whole, step, exact, divisor)
    left = f"{told.value(first)} ÷ {bracketed(told.value(second))}"
    return by_division(told, left, step, exact, divisor)


def _is_sum_of_parts(told: Glossary, operand: Json) -> bool:
    """Whether it is what weights add up to that are parts."""
    path = told.path(operand)
    of_weights = path.endswith(".weights") and path.startswith(("sections.", "total."))
    return of_weights and not told.moved and not told.measure(path).is_ratio


def _improvement(told: Glossary, step: Json) -> Sentence:
    actual, target, baseline = (Decimal(one["value"]) for one in step["operands"])
    measure = told.measure(told.path(step["operands"][0]))
    done = subtracted(told, actual, baseline, measure)
    asked = subtracted(told, target, baseline, measure)
    return by_division(told, f"{done} ÷ {asked}", step, actual - baseline, target - baseline)


def _zero_actual(told: Glossary, step: Json) -> Sentence:
    value = told.amount(step)
    return Sentence(
        told.say(
            f"实际值为 0，方案规定达成率按 {value} 计",
            f"the actual is 0, which the policy counts as an attainment of {value}",
        )
    )


def _formula(told: Glossary, step: Json) -> Sentence:
    path = told.path(step)
    parts = path.split(".")
    inside = parts[1] if parts[0] in ("indicators", "vetoes") else ""

    def value_of(name: str) -> str:
        operand = operand_named(told, step, name, inside)
        if operand is None:
            # Not read: it stands in the other branch of a condition.
            return told.name(told.of_name(name, inside), inside)
        return f"{told.name(told.path(operand), inside)} {told.value(operand)}"

    def instead(number: int) -> str:
        taken = told.steps.get(f"{path}.default.{number}")
        return "" if taken is None else told.value(taken)

    text = expression_text(terms(step)["text"], value_of, told.language, instead)
    if isinstance(step["value"], bool):
        met = told.say("成立", "met") if step["value"] else told.say("不成立", "not met")
        return Sentence(told.say(f"{text}，{met}", f"{text}: {met}"))
    if any(other.startswith(f"{path}.quotient.") for other in told.steps):
        note = told.say("除法按前面列出的结果计", "its divisions count as listed before")
        return Sentence(f"{text} ≈ {told.amount(step)}", (note,))
    if text == told.value(step):
        return Sentence(told.amount(step))
    return Sentence(equation(told, text, step))


def operand_named(told: Glossary, step: Json, name: str, inside: str) -> Json | None:
    """What a name in the formula of a step stands for; None where it was not read."""
    meant = {name, f"events.{name}", f"indicators.{name}", f"indicators.{inside}.{name}"}
    for operand in step["operands"]:
        path = told.path(operand)
        # The total and the grade before vetoes are called `total.rounded`, `grade.by_total`.
        if path in meant or (name in ("total", "grade") and path.startswith(f"{name}.")):
            found: Json = operand
            return found
    return None


def _same(told: Glossary, step: Json) -> Sentence:
    value = told.amount(step)
    return Sentence(told.say(f"取公式的结果：{value}", f"as the formula says: {value}"))


def _multiply(told: Glossary, step: Json) -> Sentence:
    operands = step["operands"]
    named = step["kind"] == "pay" and not told.moved and not _of_veto(told, operands[-1])
    if len(operands) == 1:
        return Sentence(f"{told.name(told.path(operands[0]))} {told.amount(step)}".strip())
    factors = [
        (f"{told.name(told.path(one))} " if named and told.path(one) else "")
        + (bracketed(told.value(one)) if index else told.value(one))
        for index, one in enumerate(operands)
    ]
    text = equation(told, " × ".join(factors), step)
    if not _of_veto(told, operands[-1]):
        return Sentence(text)
    veto, rate = _veto_title(told, operands[-1]), told.value(operands[-1])
    note = told.say(f"否决项「{veto}」：按 {rate} 发放", f"veto “{veto}”: {rate} is paid")
    if told.path(step).startswith("pools."):
        note = told.say(
            f"否决项「{veto}」：份额按 {rate} 计", f"veto “{veto}”: {rate} of the share"
        )
    return Sentence(text, (note,))


def _sum(told: Glossary, step: Json) -> Sentence:
    operands = step["operands"]
    if not operands:
        why = told.say("未超过第一段的起点", "not above the first slice")
        if step["kind"] == "adjustment":
            why = told.say("没有记录", "nothing recorded")
        return Sentence(f"{why} → {told.amount(step)}")
    if told.path(step) in _OF_LINES:
        text = told.amount(step) if len(operands) == 1 else ""
        text = text or equation(told, named_sum(told, operands), step)
        return Sentence(text, within_limits(told, step))
    numbers = [told.value(one) for one in operands]
    if told.path(operands[-1]).startswith("adjustments."):
        numbers = [numbers[0], *(_adjustment(told, one) for one in operands[1:])]
    if len(operands) == 1 and numbers[0] == told.value(operands[0]):
        text = told.amount(step)
    else:
        text = equation(told, added(numbers), step)
    if told.path(step).endswith(".weights") and told.measure(told.path(step)).is_ratio:
        text += told.say(f"，即 {step['value']}", f", that is {step['value']}")
    return Sentence(text, blended_rate(told, step))


_OF_LINES: Final = ("payouts.sum", "pay_total")
"""Sums of lines of pay, each of which has a name."""


def _adjustment(told: Glossary, operand: Json) -> str:
    """`主动创新加分 5`, or `-迟报 2`, which `added` takes for a number to subtract."""
    title = told.title("adjustments", told.path(operand).split(".")[1])
    number = told.value(operand)
    return f"-{title} {number[1:]}" if number.startswith("-") else f"{title} {number}"


def _round(told: Glossary, step: Json) -> Sentence:
    before = told.value(step["operands"][0])
    how = rounding(told, step)
    return Sentence(
        told.say(f"{before} → {told.amount(step)}，{how}", f"{before} → {told.amount(step)}, {how}")
    )


def _at_least(told: Glossary, step: Json) -> Sentence:
    before, limit = (told.value(one) for one in step["operands"])
    value = told.amount(step)
    return Sentence(
        told.say(
            f"{before} < {limit}，保底为 {value}",
            f"{before} < {limit}, lifted to the floor of {value}",
        )
    )


def _at_most(told: Glossary, step: Json) -> Sentence:
    before, *limits = step["operands"]
    value = told.amount(step)
    if limits and not _of_veto(told, limits[0]):
        shown, limit = told.value(before), told.value(limits[0])
        return Sentence(
            told.say(
                f"{shown} > {limit}，封顶为 {value}",
                f"{shown} > {limit}, cut at the cap of {value}",
            )
        )
    if not limits:
        return Sentence(
            told.say(f"{value}，没有否决项降低总分", f"{value}, no veto lowers the total")
        )
    notes = tuple(
        told.say(
            f"否决项「{_veto_title(told, one)}」：总分不高于 {told.amount(one)}",
            f"veto “{_veto_title(told, one)}”: the total is at most {told.amount(one)}",
        )
        for one in limits
    )
    if step["outcome"] != "capped":
        return Sentence(told.say(f"{value}，否决后不变", f"{value}, as before the veto"), notes)
    return Sentence(f"{told.value(before)} → {value}", notes)


def _of_veto(told: Glossary, operand: Json) -> bool:
    return told.path(operand).startswith("vetoes.")


def _veto_title(told: Glossary, operand: Json) -> str:
    return told.title("vetoes", told.path(operand).split(".")[1])


# fmt: off
OF_SUMS: Final[Mapping[str, Operation]] = {
    "divide": Operation(_divide, "相除 · a quotient",
        "*a* ÷ *b*，取位。也用于：加权和 ÷ 权重之和、在岗天数 ÷ 周期天数、按时间加权的目标值、公式中的除法",
        "*a* ÷ *b*, rounded. Also: a sum ÷ the sum of its weights, days present ÷ days, the targets by time ÷ the time, a division in a formula"),
    "improvement": Operation(_improvement, "相对基线的改进 · the way from baseline to target",
        "(*a* − *c*) ÷ (*b* − *c*)，取位：从基线 *c* 到目标 *b* 走了多少",
        "(*a* − *c*) ÷ (*b* − *c*), rounded: the way from the baseline *c* to the target *b*"),
    "zero_actual": Operation(_zero_actual, "实际值为零 · an actual of nought where less is better",
        "*b*：越低越好而实际值 *a* 为 0，按方案规定的达成率计",
        "*b*: less is better and the actual *a* is 0, so the policy's percentage counts"),
    "formula": Operation(_formula, "公式 · a formula",
        "按公式 `text` 计算，操作数是它用到的数，按先后排列。`80%` 即 0.8。公式中的除法按 `rounding.division` 取位；如果值因此改变，就在前面单列一步 `divide`，`kind` 为 `quotient`",
        "`text`, worked out with the operands, which are what it read, in that order. `80%` is 0.8. A division is rounded by `rounding.division`; where that changed it, it is a `divide` of its own, of the `kind` `quotient`, just before"),
    "same": Operation(_same, "照用 · the value as it is",
        "*a*：公式的值，尚未取位",
        "*a*: the value of a formula, before it is rounded"),
    "multiply": Operation(_multiply, "相乘 · a product",
        "各操作数之积",
        "the product of the operands"),
    "sum": Operation(_sum, "求和 · a sum",
        "各操作数之和；没有操作数时为 0",
        "the sum of the operands; 0 where there are none"),
    "round": Operation(_round, "取位 · rounded",
        "*a* 取位。只有值因此改变时才有这一步",
        "*a*, rounded. A step only where it changes the value"),
    "at_least": Operation(_at_least, "下限 · cut to a lower limit",
        "*b*：*a* 低于下限",
        "*b*, because *a* is below it"),
    "at_most": Operation(_at_most, "上限 · cut to an upper limit",
        "操作数中最小的：*a* 高于上限；或总分 *a* 与各否决项允许的总分",
        "the smallest of the operands: a limit that *a* is above; or the total *a* and the totals that vetoes allow"),
}
# fmt: on
