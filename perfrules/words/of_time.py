"""Sentences of time: the year so far, days there and away, and what takes the place of a value
that is not there."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from perfrules.words.expression_text import expression_text, second_of_default
from perfrules.words.glossary import Glossary, Json
from perfrules.words.of_sums import operand_named
from perfrules.words.sentence import Operation, Sentence, added, by_division, equation, terms

__all__ = ["OF_TIME", "days_of_past"]

_FRIDAY: Final = 5


def _default(told: Glossary, step: Json) -> Sentence:
    value = told.amount(step)
    text = terms(step)["text"]
    path, _, number = told.path(step).rpartition(".default.")
    parts = path.split(".")
    inside = parts[1] if parts[0] in ("indicators", "vetoes") else ""

    def value_of(name: str) -> str:
        operand = operand_named(told, step, name, inside)
        at = told.of_name(name, inside) if operand is None else told.path(operand)
        return f"{told.name(at, inside)} {told.value(operand) if operand else ''}".rstrip()

    def instead(inner: int) -> str:
        taken = told.steps.get(f"{path}.default.{int(number) + inner}")
        return "" if taken is None else told.value(taken)

    second = second_of_default(text, int(number))
    if second and step["operands"]:
        worked = expression_text(second, value_of, told.language, instead)
        if worked != told.value(step):
            value = f"{worked} = {value}"
    return Sentence(told.say(f"没有，取 {value}", f"there is none; instead {value}"))


def _cycle_of(told: Glossary, operand: Json) -> str:
    """The earlier cycle that an operand is from; empty for the present one."""
    parts = told.path(operand).split(".")
    return str(told.steps[f"past.{parts[1]}.cycle"]["value"]) if parts[0] == "past" else ""


def _added(told: Glossary, step: Json) -> str:
    """`250000 (2024Q1) + 200000`."""
    shown = []
    for operand in step["operands"]:
        value, cycle = told.value(operand), _cycle_of(told, operand)
        shown.append(told.say(f"{value}（{cycle}）", f"{value} ({cycle})") if cycle else value)
    return added(shown)


def _absent(told: Glossary, step: Json) -> Iterator[str]:
    """The cycles of the sum that had no such figure."""
    found = [
        _cycle_of(told, one)
        for one in step["operands"]
        if told.steps.get(told.path(one), {}).get("operation") == "not_there"
    ]
    if found:
        listed = told.say("、", ", ").join(found)
        yield told.say(f"{listed} 没有这一项，计 0", f"{listed} had no such figure, counted as 0")


def _year_sum(told: Glossary, step: Json) -> Sentence:
    if len(step["operands"]) == 1:
        value = told.amount(step)
        return Sentence(
            told.say(
                f"{value}：本年度没有更早的周期", f"{value}: there is no earlier cycle in the year"
            )
        )
    return Sentence(equation(told, _added(told, step), step), tuple(_absent(told, step)))


def _paid_sum(told: Glossary, step: Json) -> Sentence:
    value = told.amount(step)
    if not step["operands"]:
        if told.path(step).startswith("year."):
            why = told.say("本年度没有更早的周期", "there is no earlier cycle in the year")
        else:
            why = told.say("没有更早的周期", "there is no earlier cycle")
        return Sentence(f"{why}{told.say('，计 ', ': ')}{value}")
    return Sentence(equation(told, _added(told, step), step), tuple(_absent(told, step)))


def _not_there(told: Glossary, step: Json) -> Sentence:
    cycle, value = _cycle_of(told, step), told.value(step)
    return Sentence(
        told.say(f"{cycle} 没有这一项，计 {value}", f"{cycle} had none, counted as {value}")
    )


def _year_from(told: Glossary, step: Json) -> Sentence:
    last, *declared = (told.value(one) for one in step["operands"])
    first = told.value(step)
    if declared:
        return Sentence(
            told.say(
                f"{first}：{last} 所在的年度，按 {declared[0]} 的月日起算",
                f"{first}: the year of {last}, by the day and month of {declared[0]}",
            )
        )
    return Sentence(
        told.say(f"{first}：{last} 所在的日历年", f"{first}: the calendar year of {last}")
    )


def _prorate(told: Glossary, step: Json) -> Sentence:
    there, absent, whole = step["operands"]
    days = Decimal(there["value"]) - Decimal(absent["value"])
    text = f"({told.value(there)} − {told.value(absent)}) ÷ {told.value(whole)}"
    return by_division(told, text, step, days, Decimal(whole["value"]))


def _thirty_days(told: Glossary, step: Json) -> Sentence:
    first, last = (told.value(one) for one in step["operands"])
    days = told.amount(step)
    return Sentence(
        told.say(
            f"{first} 至 {last}，每月按 30 天计，共 {days}",
            f"{first} to {last} at 30 days a month: {days}",
        )
    )


def _working_days(told: Glossary, step: Json) -> Sentence:
    first, last, *special = (told.value(one) for one in step["operands"])
    worked = [one for one in special if date.fromisoformat(one).isoweekday() > _FRIDAY]
    off = [one for one in special if one not in worked]
    days = told.amount(step)
    week = int(step["value"]) - len(worked) + len(off)
    notes = []
    if special:
        parts = [told.say(f"周一至周五 {week} 天", f"Mondays to Fridays {week}")]
        if off:
            parts.append(told.say(f"− 放假 {len(off)} 天", f"− {len(off)} off"))
        if worked:
            parts.append(told.say(f"+ 周末上班 {len(worked)} 天", f"+ {len(worked)} on weekends"))
        notes = [f"{' '.join(parts)}{told.say('：', ': ')}{told.say('、', ', ').join(special)}"]
    return Sentence(
        told.say(
            f"{first} 至 {last} 的工作日：{days}", f"working days from {first} to {last}: {days}"
        ),
        tuple(notes),
    )


def days_of_past(told: Glossary, step: Json) -> str | None:
    """From when to when the earlier cycle was that a step names; None where it names none."""
    parts = told.path(step).split(".")
    if parts[0] != "past" or parts[2:] != ["cycle"]:
        return None
    bounds = [told.steps.get(f"past.{parts[1]}.{bound}") for bound in ("from", "to")]
    days = [told.value(one) for one in bounds if one is not None]
    return told.say(f"（{' – '.join(days)}）", f" ({' – '.join(days)})") if days else ""


# fmt: off
OF_TIME: Final[Mapping[str, Operation]] = {
    "default": Operation(_default, "数据中没有时所取的值 · what stands in for a value that is not there",
        "公式 `text` 中第几个 `default(…)`（路径末尾的数字）的第二个值；操作数是它用到的数。数据中没有第一个值",
        "the second value of the so-manieth `default(…)` of `text` (the number at the end of the path), worked out with the operands: the data do not have the first"),
    "year_sum": Operation(_year_sum, "本年累计 · the year so far",
        "各操作数之和：同一年度更早各周期的数（每个都有来处），最后一个是本周期自己的数",
        "the sum of the operands: the figures of the earlier cycles of the year, each with its origin, and the cycle's own as the last"),
    "paid_sum": Operation(_paid_sum, "往期已发 · what was paid before",
        "各操作数之和：更早各周期（`year.` 只算本年度的）以这个标识发放的金额；没有更早的周期时为 0",
        "the sum of the operands: what the earlier cycles (of the year, under `year.`) paid under that id; 0 where there is none"),
    "not_there": Operation(_not_there, "那一周期没有这一项 · an earlier cycle without it",
        "0：那一周期的结果中没有这一项",
        "0: the results of that cycle have no such figure"),
    "year_from": Operation(_year_from, "年度的第一天 · the first day of the year",
        "*a* 所在年度的第一天：1 月 1 日；有 *b* 时为 *b* 的月、日。最后一天在这一天或之后的周期属于本年度",
        "the first day of the year in which *a* lies: 1 January, or the day and month of *b*. A cycle that ends on it or later is of the year"),
    "thirty_days": Operation(_thirty_days, "每月按 30 天的天数 · days of months that have 30 each",
        "从 *a* 到 *b*，含首尾：360 × 年 + 30 × 月 + 日，*b* 的减去 *a* 前一天的；“日”最大为 30，每月最后一天都是 30",
        "from *a* to *b*, both included: 360 × year + 30 × month + day of *b*, less that of the day before *a*; the day is at most 30, and that of a month's last day is 30"),
    "working_days": Operation(_working_days, "工作日天数 · working days from first to last",
        "从 *a* 到 *b*，含首尾的周一至周五天数；其余操作数是工作日历中的日子：落在周一至周五的（放假）减 1，落在周末的（上班）加 1",
        "the Mondays to Fridays from *a* to *b*, both included; the other operands are days of the calendar: less 1 for each from Monday to Friday, which is off, and 1 more for each on a weekend, which is worked"),
    "prorate": Operation(_prorate, "扣除缺勤后的在岗比例 · the proration less absences",
        "(*a* − *b*) ÷ *c*，取位：在岗天数减缺勤天数，除以周期天数",
        "(*a* − *b*) ÷ *c*, rounded: the days there less the days away, over the days of the cycle"),
}
# fmt: on
