"""A resolved policy -> its chapters, in the order in which people ask: what is measured, what it
makes, what it pays, who is compared, what follows."""

from collections.abc import Callable, Iterator
from typing import Final

from perfrules.codes.code import Text
from perfrules.words.glossary import Glossary
from perfrules.words.rules.course import (
    change_rules,
    follow_up_rules,
    time_rules,
    warning_rules,
)
from perfrules.words.rules.groups import award_rules, distribution_rules, group_figure_rules
from perfrules.words.rules.indicators import indicator_rules
from perfrules.words.rules.numbers import guide_rules, rounding_rules
from perfrules.words.rules.pay import plan_rules, pool_rules, sum_rules, table_rules
from perfrules.words.rules.results import (
    adjustment_rules,
    event_rules,
    grade_rules,
    total_rules,
    veto_rules,
)
from perfrules.words.rules.rule import Chapter, Rule

__all__ = ["about", "chapters"]

_CYCLES: Final = {
    "month": Text("月度", "a month"), "quarter": Text("季度", "a quarter"),
    "half_year": Text("半年度", "half a year"), "year": Text("年度", "a year"),
    "project": Text("项目周期", "the life of a project"),
}  # fmt: skip
_SUBJECTS: Final = {
    "person": Text("个人", "a person"), "team": Text("团队", "a team"),
    "department": Text("部门", "a department"), "project": Text("项目组", "a project"),
}  # fmt: skip


def about(told: Glossary) -> Iterator[tuple[str, str]]:
    """What policy it is, whom it judges, and when."""
    resolved = told.resolved
    title = told.text(resolved.get("title")) or resolved["policy"]
    yield (
        told.say("考核方案", "Policy"),
        told.say(
            f"{title}（{resolved['policy']}，版本 {resolved['version']}）",
            f"{title} ({resolved['policy']}, version {resolved['version']})",
        ),
    )
    effective = resolved.get("effective", {})
    first, last = effective.get("from"), effective.get("to")
    if first and last:
        span = told.say(f"{first} 至 {last}", f"{first} to {last}")
    elif first:
        span = told.say(f"{first} 起", f"from {first}")
    elif last:
        span = told.say(f"至 {last}", f"until {last}")
    else:
        span = told.say("一直有效", "always")
    yield told.say("生效期间", "In force"), span
    if "cycle" in resolved:
        yield told.say("周期类型", "Kind of cycle"), _CYCLES[resolved["cycle"]].into(told.language)
    yield told.say("考核对象", "Judges"), _SUBJECTS[resolved["subject"]].into(told.language)


_Rules = Callable[[Glossary], Iterator[Rule]]

_CHAPTERS: Final[tuple[tuple[str, Text, tuple[_Rules, ...]], ...]] = (
    (
        "indicators",
        Text("考核什么、怎么计分", "What is measured and how it scores"),
        (indicator_rules,),
    ),
    ("total", Text("总分怎么来", "How the total is made"), (total_rules, group_figure_rules)),
    ("adjustments", Text("加减分", "Points outside the weights"), (adjustment_rules, event_rules)),
    ("vetoes", Text("一票否决", "Vetoes"), (veto_rules,)),
    ("grades", Text("等级", "Grades"), (grade_rules, distribution_rules)),
    (
        "incentives",
        Text("奖金怎么算", "What is paid"),
        (plan_rules, table_rules, sum_rules, pool_rules),
    ),
    ("awards", Text("评优", "Awards"), (award_rules,)),
    ("follow_ups", Text("结果之后", "What follows"), (follow_up_rules,)),
    (
        "target_changes",
        Text("周期之内", "Within the cycle"),
        (warning_rules, change_rules, time_rules),
    ),
    ("rounding", Text("取位", "Rounding"), (rounding_rules,)),
    ("guardrails", Text("公司对方案的要求", "Guides of the company"), (guide_rules,)),
)


def chapters(told: Glossary) -> Iterator[Chapter]:
    """All chapters that hold a rule."""
    for kind, title, tellers in _CHAPTERS:
        rules = tuple(rule for teller in tellers for rule in teller(told))
        if rules:
            yield Chapter(kind, title.into(told.language), rules)
