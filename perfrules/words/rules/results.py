"""From the scores to the total and the grade: sections, points by events, vetoes, grades."""

from collections.abc import Iterator
from decimal import Decimal

from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import RATIO
from perfrules.words.rules.rule import Rule, formula, listed, points
from perfrules.words.rules.spans import spans

__all__ = ["adjustment_rules", "event_rules", "grade_rules", "total_rules", "veto_rules"]


def total_rules(told: Glossary) -> Iterator[Rule]:
    """How the scores make the total, the sections first."""
    for name, one in told.part("sections").items():
        weight = told.number(one["weight"], told.measure(f"sections.{name}.weight"))
        lines = (_sum(told, one, within_section=True),)
        shown = told.say(f"权重 {weight}", f"weight {weight}")
        if not told.measure(f"sections.{name}.weight").is_ratio:
            shown = told.say(f"权重 {weight} 份", f"weight of {weight} parts")
        yield Rule(name, told.title("sections", name), shown, lines)
    yield Rule("total", told.name("total"), "", tuple(_total(told)))


def _sum(told: Glossary, rule: Json, *, within_section: bool) -> str:
    """By what the scores, or the sections, are weighted."""
    if rule.get("weights") == "parts":
        return told.say(
            "Σ（得分 × 份数）÷ Σ 份数",
            "Σ (score × parts) ÷ Σ parts",
        )
    if within_section:
        return told.say(
            "板块得分 = Σ（指标得分 × 权重），板块内权重合计 100%",
            "its score is Σ (score × weight); the weights within it add up to 100%",
        )
    return told.say(
        "Σ（得分 × 权重），权重合计 100%", "Σ (score × weight); the weights add up to 100%"
    )


def _total(told: Glossary) -> Iterator[str]:
    rule = told.part("total")
    text = _sum(told, told.resolved, within_section=False)
    if told.part("sections"):
        yield told.say(
            f"各板块得分按板块权重合成：{text}", f"the sections by their weights: {text}"
        )
    else:
        yield told.say(f"各指标得分按权重合成：{text}", f"the scores by their weights: {text}")
    yield told.say(
        "有指标不计入时，除以计入的权重之和",
        "where an indicator is left out, the sum is divided by the weights that are left",
    )
    if told.part("adjustments"):
        yield told.say("加上加减分", "the points below are added")
    for factor in rule.get("times", ()):
        text = formula(told, factor)
        yield told.say(f"再乘以 {text}", f"then times {text}")
    if "at_least" in rule:
        least = points(told, rule["at_least"])
        yield told.say(f"总分最低 {least}", f"the total is at least {least}")
    if "at_most" in rule:
        most = points(told, rule["at_most"])
        yield told.say(f"总分最高 {most}", f"the total is at most {most}")


def adjustment_rules(told: Glossary) -> Iterator[Rule]:
    """Points outside the weights, by recorded events."""
    for name, one in told.part("adjustments").items():
        rule = one["points"]
        yield Rule(
            name, told.title("adjustments", name), _each(told, rule), tuple(_cut(told, rule))
        )


def _each(told: Glossary, rule: Json) -> str:
    if "given" in rule:
        low, high = (points(told, one) for one in rule["given"])
        return told.say(
            f"每次的分值由记录给出，在 {low} 到 {high} 之间",
            f"each record names its points, from {low} to {high}",
        )
    each = Decimal(str(rule["each"]))
    amount = points(told, abs(each))
    if each < 0:
        return told.say(f"每次扣 {amount}", f"{amount} off each time")
    return told.say(f"每次加 {amount}", f"{amount} each time")


def _cut(told: Glossary, rule: Json) -> Iterator[str]:
    if "at_least" in rule:
        least = points(told, rule["at_least"])
        yield told.say(f"合计不低于 {least}", f"all together not below {least}")
    if "at_most" in rule:
        most = points(told, rule["at_most"])
        yield told.say(f"合计不超过 {most}", f"all together not above {most}")


def event_rules(told: Glossary) -> Iterator[Rule]:
    """Further events that are counted, because a rule asks for them."""
    for name in told.part("events"):
        line = told.say("只记次数，供其他规则使用", "counted, for other rules to read")
        yield Rule(name, told.title("events", name), line)


def veto_rules(told: Glossary) -> Iterator[Rule]:
    """What brings total, grade or pay down, and when."""
    for name, one in told.part("vetoes").items():
        when = formula(told, one["when"], name)
        lines = tuple(_consequences(told, one["then"]))
        yield Rule(name, told.title("vetoes", name), told.say(f"当 {when}", f"where {when}"), lines)


def _consequences(told: Glossary, then: Json) -> Iterator[str]:
    if "total" in then:
        total = points(told, then["total"])
        yield told.say(f"总分最高 {total}", f"the total is at most {total}")
    if "grade" in then:
        grade = told.grade(then["grade"])
        yield told.say(f"等级最高 {grade}", f"the grade is at best {grade}")
    if "pay" in then:
        rate = told.number(then["pay"], RATIO)
        yield told.say(f"各项奖金都乘以 {rate}", f"every payout is multiplied by {rate}")


def grade_rules(told: Glossary) -> Iterator[Rule]:
    """Each grade with the totals that it is for, and what it pays in plans that go by the grade."""
    measure = told.measure("total")._replace(places=0)
    total = told.name("total")
    table = told.resolved.get("grades", ())
    for row, span in spans(told, table, total, lambda limit: told.written(limit, measure)):
        grade = str(row.get("grade", row.get("otherwise")))
        yield Rule(grade, told.grade(grade), span, tuple(_paid(told, grade)))


def _paid(told: Glossary, grade: str) -> Iterator[str]:
    found = []
    for name, plan in told.part("incentives").items():
        if grade in plan.get("by_grade", {}):
            rate = told.number(plan["by_grade"][grade], RATIO)
            found.append(f"{told.plan(name)} {rate}")
    if found:
        rates = listed(told, found)
        yield told.say(f"对应的发放比例：{rates}", f"its rates: {rates}")
