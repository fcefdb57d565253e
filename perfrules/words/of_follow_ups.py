"""Sentences of what follows a result or stands beside it: plans, talks, earlier cycles, OKR."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfrules.words.glossary import Glossary, Json
from perfrules.words.of_results import why
from perfrules.words.sentence import Operation, Sentence, added, by_division

__all__ = ["OF_FOLLOW_UPS", "is_unusable_result", "unusable_result"]


def _streak(told: Glossary, step: Json) -> Sentence:
    now, *past = (told.grade(one["value"]) for one in step["operands"])
    grade = told.grade(told.path(step).removeprefix("streak."))
    number = told.amount(step)
    earlier = told.say("、", ", ").join(past)
    read = told.say(f"本期 {now}", f"{now} in this cycle")
    if past:
        read += told.say(f"，往前依次 {earlier}", f", before it {earlier}")
    return Sentence(
        told.say(f"{read} → 连续评为 {grade}：{number}", f"{read} → {grade} in a row: {number}")
    )


def _due(told: Glossary, step: Json) -> Sentence:
    start, days = step["operands"]
    name = told.name(told.path(start))
    first, count, due = told.value(start), told.amount(days), step["value"]
    return Sentence(
        told.say(
            f"{name} {first} 之后 {count}，即 {due}", f"{name} {first}, and {count} later {due}"
        )
    )


def _follow_up(told: Glossary, step: Json) -> Sentence:
    met, *due = step["operands"]
    cause = why(told, met)
    if not step["value"]:
        return Sentence(told.say(f"{cause} → 不启动", f"{cause} → not started"))
    if due:
        day = due[0]["value"]
        return Sentence(told.say(f"{cause} → 启动，{day} 到期", f"{cause} → started, due on {day}"))
    return Sentence(told.say(f"{cause} → 启动", f"{cause} → started"))


def is_unusable_result(told: Glossary, step: Json) -> bool:
    """Whether the step is a key result (OKR) that is no number from 0 to 1."""
    first, _, last = told.path(step).rpartition(".")
    if step["kind"] != "objective" or not last.isdecimal() or "." not in first:
        return False
    return step.get("type") == "text" or not 0 <= Decimal(step["value"]) <= 1


def unusable_result(told: Glossary, step: Json) -> Sentence:
    """What is wrong with such a key result, and what it costs."""
    text = told.value(step)
    wrong = told.say(
        f"“{text}”不是 0 到 1 之间的一个数", f'"{text}" is no single number from 0 to 1'
    )
    if not text:
        wrong = told.say("没有可用的评分", "no usable score")
    lost = told.say("这个目标和 OKR 不算平均", "the objective and OKR have no mean")
    return Sentence(told.say(f"{wrong}，{lost}", f"{wrong}: {lost}"))


def _objective_mean(told: Glossary, step: Json) -> Sentence:
    numbers = [told.value(one) for one in step["operands"]]
    if len(numbers) == 1:
        return Sentence(told.amount(step))
    total = sum((Decimal(one["value"]) for one in step["operands"]), Decimal(0))
    left = f"({added(numbers)}) ÷ {len(numbers)}"
    return by_division(told, left, step, total, Decimal(len(numbers)))


# fmt: off
OF_FOLLOW_UPS: Final[Mapping[str, Operation]] = {
    "streak": Operation(_streak, "连续次数 · how often in a row",
        "从第一个操作数起，连续有几个是步骤路径末尾写明的等级；遇到第一个不同的为止。*a* 是本周期的等级，其余是以往周期的，由近及远",
        "how many of the operands, from the first on, are the grade that the step's path ends with; they stop with the first that is another. *a* is the grade of this cycle, the others are those of earlier ones, the latest first"),
    "due": Operation(_due, "到期日 · the day on which it is due",
        "*a* 加 *b* 天：从结果公布日算起，没有公布日的从周期最后一天算起",
        "*a* plus *b* days: from the day on which results are told, or else the last of the cycle"),
    "follow_up": Operation(_follow_up, "后续跟进 · whether it is set going",
        "*a*：是否启动；*b* 是到期日",
        "*a*: whether it is set going; *b* is when it is due"),
    "objective_mean": Operation(_objective_mean, "目标完成度 · the mean of key results or objectives",
        "操作数之和 ÷ 个数，取位：先是各关键结果，再是各目标",
        "the sum of the operands ÷ how many there are, rounded: of key results, then of objectives"),
}
# fmt: on
