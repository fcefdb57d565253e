"""What happens within the cycle and after it: warnings, changes, days there, follow-ups."""

from collections.abc import Iterator
from typing import Final

from perfrules.codes.code import Text
from perfrules.words.glossary import Glossary
from perfrules.words.measure import PLAIN, RATIO
from perfrules.words.rules.rule import Rule, formula, listed
from perfrules.words.sentence import spaced
from perfrules.words.value_names import unit_kind

__all__ = ["change_rules", "follow_up_rules", "time_rules", "warning_rules"]

_EVERY: Final = {
    "week": Text("周", "week"), "month": Text("月", "month"), "quarter": Text("季度", "quarter"),
}  # fmt: skip
_GAPS: Final = {
    "reset": Text("中间缺一期的重新计次", "a period without figures ends the row"),
    "skip": Text("缺的那一期跳过不计", "a period without figures is passed over"),
}
_NEEDS: Final = {
    "reason": Text("理由", "the reason"), "approved_by": Text("批准人", "who approved it"),
    "evidence": Text("依据", "the evidence"), "source": Text("来源", "the source"),
}  # fmt: skip
_WEIGHTING: Final = {
    "none": Text("调整后只用新目标", "the new target counts alone"),
    "days": Text("各目标按生效天数加权", "each target counts for the days it was in force"),
    "months": Text("各目标按生效月数加权", "each target counts for the months it was in force"),
}
_FACTS: Final = {
    "by_days": Text("按生效天数加权", "by the days that each value was in force"),
    "last": Text("按最后的值", "by the last value"),
}
_BASES: Final = {
    "calendar": Text("按日历天数", "by calendar days"),
    "thirty_days": Text("每月按 30 天", "by months of 30 days"),
    "working_days": Text("按工作日", "by working days"),
}


def warning_rules(told: Glossary) -> Iterator[Rule]:
    """When slow progress is warned of."""
    for name, one in told.part("warnings").items():
        every, below = _EVERY[one["every"]], told.number(one["below"], RATIO)
        indicator, times = told.title("indicators", one["indicator"]), str(one["times"])
        gap = _GAPS[one["gap"]].into(told.language)
        plural = "" if times == "1" else "s"
        head = told.say(
            f"「{indicator}」连续 {times} {'个' if every.zh != '周' else ''}{every.zh}"
            f"低于当期目标的 {below}",
            f"{indicator} below {below} of the period's target, {times} {every.en}{plural} running",
        )
        yield Rule(name, told.title("warnings", name), head, (gap,))


def change_rules(told: Glossary) -> Iterator[Rule]:
    """How targets, and facts of a person, may change within the cycle."""
    rule = told.part("target_changes")
    title = told.say("目标调整", "Changes of targets")
    if rule:
        yield Rule("target_changes", title, _how_often(told, rule), tuple(_needed(told, rule)))
    else:
        yield Rule("target_changes", title, told.say("周期内不接受调整", "none within the cycle"))
    for column, way in told.part("person_changes").items():
        title = unit_kind(told, column)
        head = told.say(
            f"周期内变动的，{_FACTS[way].zh}计", f"where it changes, it counts {_FACTS[way].en}"
        )
        yield Rule(column, title, head)


def _how_often(told: Glossary, rule: dict[str, object]) -> str:
    if "per_quarter" not in rule:
        return told.say("次数不限", "as often as is asked")
    number = told.number(rule["per_quarter"], PLAIN)
    times = "once" if number == "1" else f"{number} times"
    return told.say(
        f"每项指标每个自然季度最多 {number} 次",
        f"the target of each indicator at most {times} in a calendar quarter",
    )


def _needed(told: Glossary, rule: dict[str, object]) -> Iterator[str]:
    needs = rule.get("needs", ())
    assert isinstance(needs, list | tuple)
    if needs:
        words = listed(told, (_NEEDS[one].into(told.language) for one in needs))
        yield told.say(f"须写明{words}", f"it has to name {words}")
    yield _WEIGHTING[str(rule["weighting"])].into(told.language)


def time_rules(told: Glossary) -> Iterator[Rule]:
    """How the share of the cycle is counted that somebody was there."""
    rule = told.part("proration")
    if not rule:
        return
    lines = []
    if rule.get("less"):
        kinds = listed(told, map(str, rule["less"]))
        lines.append(told.say(f"扣除的缺勤：{kinds}", f"absences that are taken off: {kinds}"))
    head = _BASES[rule["basis"]].into(told.language)
    yield Rule("proration", told.name("proration"), head, tuple(lines))


def follow_up_rules(told: Glossary) -> Iterator[Rule]:
    """What a result sets going."""
    for name, one in told.part("follow_ups").items():
        when = formula(told, one["when"])
        lines = []
        if "due_days" in one:
            days = told.written(one["due_days"], told.measure("cycle.days"))
            lines.append(
                told.say(
                    f"结果公布后 {spaced(days)}内完成", f"due {days} after the results are told"
                )
            )
        head = told.say(f"当 {when}", f"where {when}")
        yield Rule(name, told.title("follow_ups", name), head, tuple(lines))
