"""Sentences of what comes after the scores: vetoes, grades, tiers, gates."""

from collections.abc import Mapping
from typing import Final

from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import RATIO
from perfrules.words.of_curves import OF_CURVES, rates
from perfrules.words.of_sums import OF_SUMS
from perfrules.words.of_tables import OF_TABLES
from perfrules.words.sentence import Operation, Sentence
from perfrules.words.thresholds import beside, reached

__all__ = ["OF_RESULTS", "why"]


def _condition(told: Glossary, step: Json) -> Sentence:
    """A veto: whether it holds, and what it then does."""
    cause = why(told, step["operands"][0])
    if not step["value"]:
        return Sentence(told.say(f"{cause} → 未触发", f"{cause} → not triggered"))
    then = told.part("vetoes", told.path(step).split(".")[1], "then")
    effects = []
    if "total" in then:
        limit = told.written(then["total"], told.measure("total"))
        effects.append(told.say(f"总分不高于 {limit}", f"the total is at most {limit}"))
    if "grade" in then:
        grade = told.grade(str(then["grade"]))
        effects.append(told.say(f"等级最高为 {grade}", f"the grade is at best {grade}"))
    if "pay" in then:
        rate = told.number(then["pay"], RATIO)
        effects.append(told.say(f"奖金按 {rate} 发放", f"{rate} of the pay is paid"))
    return Sentence(
        told.say(f"{cause} → 触发", f"{cause} → triggered"), (told.say("、", ", ").join(effects),)
    )


def why(told: Glossary, operand: Json) -> str:
    """The condition with its values; a condition that is one name has no step of its own."""
    met = told.steps.get(told.path(operand))
    if met is not None and met["operation"] == "formula":
        return OF_SUMS["formula"].words(told, met).text
    return f"{told.name(told.path(operand))} {told.value(operand)}"


def _grade(told: Glossary, step: Json) -> Sentence:
    text = f"{reached(told, step)} → {told.grade(step['value'])}"
    return Sentence(text, beside(told, step, lambda _, row: row["grade"]))


def _cap(told: Glossary, step: Json) -> Sentence:
    """The grade under vetoes."""
    before, *caps = step["operands"]
    grade, value = told.grade(before["value"]), told.grade(step["value"])
    notes = tuple(_cap_of(told, cap) for cap in caps)
    if step["outcome"] != "capped":
        return Sentence(told.say(f"{value}，否决后不变", f"{value}, as before the veto"), notes)
    if told.path(before) != "grade.by_total":
        return Sentence(f"{grade} → {value}", notes)
    return Sentence(
        told.say(f"按总分为 {grade} → {value}", f"{grade} by the total → {value}"), notes
    )


def _cap_of(told: Glossary, cap: Json) -> str:
    """Why a grade is capped: a veto, here or in a role that was held earlier in the cycle."""
    grade = told.grade(cap["value"])
    if told.path(cap).startswith("segments."):
        return told.say(
            f"本周期另一任职段触发了否决项：等级最高为 {grade}",
            f"a veto in another role of this cycle: the grade is at best {grade}",
        )
    veto = _veto(told, cap)
    return told.say(
        f"否决项「{veto}」：等级最高为 {grade}", f"veto “{veto}”: the grade is at best {grade}"
    )


def _veto(told: Glossary, operand: Json) -> str:
    return told.title("vetoes", told.path(operand).split(".")[1])


def _gate(told: Glossary, step: Json) -> Sentence:
    cause = why(told, step["operands"][0])
    if step["kind"] == "award":
        award = told.part("awards", told.path(step).split(".")[1])
        compared = "top" in award or "places" in award
        out = told.say("不参评", "not in the running") if compared else ""
        return Sentence(f"{cause} → {out or told.say('未获得', 'not awarded')}")
    if step["kind"] == "standing":
        return Sentence(
            told.say(
                f"{cause} → 不参加强制分布：不计入人数、不占名额，等级不变",
                f"{cause} → not ranked: not counted, no seat, and the grade stays",
            )
        )
    return Sentence(
        told.say(
            f"{cause} → 不满足发放条件，不发放：{told.amount(step)}",
            f"{cause} → nothing is paid: {told.amount(step)}",
        )
    )


def _tier(told: Glossary, step: Json) -> Sentence:
    text = f"{reached(told, step)} → {told.amount(step)}"
    return Sentence(text, beside(told, step, rates))


def _by_grade(told: Glossary, step: Json) -> Sentence:
    grade = told.grade(step["operands"][0]["value"])
    return Sentence(
        told.say(f"等级 {grade} → {told.amount(step)}", f"grade {grade} → {told.amount(step)}")
    )


# fmt: off
OF_RESULTS: Final[Mapping[str, Operation]] = {
    "condition": Operation(_condition, "否决条件 · a veto's condition",
        "*a*：是，否决成立（`applied`）；否，不成立（`skipped`）",
        "*a*: true where the veto holds (`applied`), false where not (`skipped`)"),
    "grade": Operation(_grade, "定等级 · the grade of the total",
        "`grade`：*a* 符合本行的界限（`at_least` ≥、`above` >、`at_most` ≤、`below` <），而不符合上一行",
        "`grade`: *a* keeps the row's limit (`at_least` ≥, `above` >, `at_most` ≤, `below` <), and not that of the row above"),
    "cap": Operation(_cap, "等级封顶 · the grade capped by vetoes",
        "操作数中最低的等级：*a* 是此前的等级，其余是成立的否决项所限",
        "the lowest of the operands: *a* is the grade so far, the others are those of the vetoes that hold"),
    "gate": Operation(_gate, "门槛 · a gate that is shut",
        "0（奖项、强制分布为否）：条件 *a* 不满足",
        "0 (false for an award or a distribution): the condition *a* is false"),
    "tier": Operation(_tier, "奖金档 · the tier reached",
        "`pay`：*a* 符合本行的界限（`at_least` ≥、`above` >、`at_most` ≤、`below` <），而不符合上一行",
        "`pay`: *a* keeps the row's limit (`at_least` ≥, `above` >, `at_most` ≤, `below` <), and not that of the row above"),
    "by_grade": Operation(_by_grade, "等级系数 · the rate of the grade",
        "*b*：等级 *a* 对应的系数",
        "*b*: the rate for the grade *a*"),
    **OF_CURVES,
    **OF_TABLES,
}
# fmt: on
