"""How numbers are rounded, and which guides of the company the policy keeps."""

from collections.abc import Iterator
from typing import Final

from perfrules.codes.code import Text
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import PLAIN, RATIO
from perfrules.words.rules.rule import Rule
from perfrules.words.sentence import rounded_how

__all__ = ["guide_rules", "rounding_rules"]

_STEPS: Final = {
    "attainment": Text("达成率", "Attainment"),
    "score": Text("指标得分", "Score of an indicator"),
    "total": Text("总分", "Total"),
    "pay": Text("奖金", "Pay"),
    "division": Text("公式中的除法和平均数", "Divisions in formulas, means"),
}

_GUIDES: Final = {
    "indicators": Text("指标个数", "Number of indicators"),
    "outcome": Text("结果类指标的权重", "Weight of outcome indicators"),
    "quantitative": Text("定量指标的权重", "Weight of quantitative indicators"),
}
_LEVELS: Final = {
    "warning": Text("突破时提示", "a breach is pointed out"),
    "error": Text("突破时方案不可用", "a policy that breaches it cannot be used"),
}


def rounding_rules(told: Glossary) -> Iterator[Rule]:
    """To how many places each step is rounded, and which way."""
    for name, rule in told.part("rounding").items():
        measure = RATIO if name == "attainment" else PLAIN
        yield Rule(name, _STEPS[name].into(told.language), rounded_how(told, rule, measure))


def guide_rules(told: Glossary) -> Iterator[Rule]:
    """The company's guides, and why this policy may go beyond one."""
    guides = told.part("guardrails")
    waived = {one["rule"]: one["reason"] for one in guides.get("waive", ())}
    for name, title in _GUIDES.items():
        rule = guides.get(name)
        if rule is None and name not in waived:
            continue
        lines = []
        if rule is not None:
            lines.append(_LEVELS[rule["level"]].into(told.language))
        if name in waived:
            why = Text.halves(waived[name])
            lines.append(told.say(f"本方案豁免：{why.zh}", f"waived for this policy: {why.en}"))
        head = "" if rule is None else _range(told, name, rule)
        yield Rule(name, title.into(told.language), head, tuple(lines))


def _range(told: Glossary, name: str, rule: Json) -> str:
    measure = PLAIN if name == "indicators" else RATIO
    low, high = (told.number(rule[key], measure) if key in rule else "" for key in ("min", "max"))
    if low and high:
        return told.say(f"{low} 到 {high}", f"from {low} to {high}")
    if low:
        return told.say(f"至少 {low}", f"at least {low}")
    return told.say(f"至多 {high}", f"at most {high}")
