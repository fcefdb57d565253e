"""From a policy to its resolved text: the same language with nothing left unsaid.

The text exists twice: as JSON with decimals as strings, which the result folder keeps, the
digest is taken of and the checker reads; and as YAML for people (`check --resolved`).
Reading the YAML again gives an equal policy.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfrules.exact import percent, plain
from perfrules.language.indicator_to_resolved import indicator_tree
from perfrules.language.known_names import type_in_plan
from perfrules.language.population_to_resolved import (
    award_tree,
    distribution_tree,
    follow_up_tree,
    pool_tree,
    target_rule_tree,
)
from perfrules.language.resolved_tree import (
    Ratio,
    Tree,
    figure,
    limits,
    text_of,
    title,
    without_none,
)
from perfrules.language.tracking_to_resolved import warnings_tree
from perfrules.model.grading import Adjustment, Veto
from perfrules.model.incentive import ByGrade, IncentivePlan, MarginalTiers, WholeTiers
from perfrules.model.policy import Policy

__all__ = ["resolved_json", "resolved_yaml", "to_resolved"]


def to_resolved(policy: Policy) -> Tree:
    """The policy as a tree of mappings, lists, texts and decimals, in the language's order."""
    effective = {
        "from": policy.effective_from and policy.effective_from.isoformat(),
        "to": policy.effective_to and policy.effective_to.isoformat(),
    }
    return _without_empty(
        {
            "policy": policy.id,
            "version": policy.version,
            "title": title(policy.title),
            "effective": without_none(effective),
            "cycle": policy.cycle,
            "subject": policy.subject,
            "sections": {
                section.name: {
                    "title": title(section.title),
                    "weight": Ratio(section.weight.value),
                }
                for section in policy.sections
            },
            "indicators": {one.name: indicator_tree(one) for one in policy.indicators},
            "events": {one.name: {"title": title(one.title)} for one in policy.events},
            "adjustments": {one.name: _adjustment(one) for one in policy.adjustments},
            "total": limits(policy.total),
            "vetoes": {veto.name: _veto(veto) for veto in policy.vetoes},
            "grades": [
                {"otherwise": row.grade, "title": title(row.title)}
                if row.at_least is None
                else {"grade": row.grade, "at_least": row.at_least, "title": title(row.title)}
                for row in policy.grades
            ],
            "incentives": {plan.name: _incentive(policy, plan) for plan in policy.incentives},
            "rounding": {
                name: {"places": Decimal(one.places), "mode": one.mode}
                for name in ("attainment", "score", "total", "pay", "division")
                for one in (getattr(policy.rounding, name),)
            },
            "guardrails": _guardrails(policy),
            "distribution": policy.distribution and distribution_tree(policy.distribution),
            "awards": {one.name: award_tree(one) for one in policy.awards},
            "pools": {one.name: pool_tree(one) for one in policy.pools},
            "follow_ups": {one.name: follow_up_tree(one) for one in policy.follow_ups},
            "warnings": warnings_tree(policy.warnings, Ratio),
            "target_changes": policy.target_changes and target_rule_tree(policy.target_changes),
        }
    )


def _without_empty(tree: Mapping[str, object]) -> Tree:
    return {key: value for key, value in tree.items() if value not in (None, {}, [])}


def _adjustment(one: Adjustment) -> Tree:
    points = without_none(
        {
            "each": one.each and one.each.value,
            "given": list(one.given) if one.given is not None else None,
        }
    )
    return {"title": title(one.title), "points": {**points, **limits(one.limits)}}


def _veto(veto: Veto) -> Tree:
    then = {
        "total": veto.total and veto.total.value,
        "grade": veto.grade and veto.grade.value,
        "pay": veto.pay and Ratio(veto.pay.value),
    }
    return {"title": title(veto.title), "when": veto.when.text, "then": without_none(then)}


def _incentive(policy: Policy, plan: IncentivePlan) -> Tree:
    tree: Tree = {"title": title(plan.title), "base": text_of(plan.base)}
    match plan.rate:
        case WholeTiers() as tiers:
            own = type_in_plan(policy, tiers.by) == "share"
            rows = [
                {"otherwise": Ratio(row.pay)}
                if row.at_least is None
                else {"at_least": figure(row.at_least, own), "pay": Ratio(row.pay)}
                for row in tiers.rows
            ]
            tree["tiers"] = {"by": tiers.by.text, "whole": rows}
        case MarginalTiers() as tiers:
            own = type_in_plan(policy, tiers.by) == "share"
            slices = [
                {"from": figure(row.start, own), "rate": Ratio(row.rate.value)}
                for row in tiers.rows
            ]
            tree["tiers"] = {"by": tiers.by.text, "marginal": slices}
        case ByGrade() as by_grade:
            tree["by_grade"] = {grade: Ratio(rate.value) for grade, rate in by_grade.rates}
    tree["times"] = [formula.text for formula in plan.times] or None
    tree["only_if"] = text_of(plan.only_if)
    return without_none({**tree, **limits(plan.limits), "moves": plan.moves})


def _guardrails(policy: Policy) -> Tree:
    tree: Tree = {
        one.rule: without_none(
            {
                "min": one.low if one.rule == "indicators" else one.low and Ratio(one.low),
                "max": one.high if one.rule == "indicators" else one.high and Ratio(one.high),
                "level": one.level,
            }
        )
        for one in policy.guardrails
    }
    if policy.waivers:
        tree["waive"] = [{"rule": one.rule, "reason": one.reason} for one in policy.waivers]
    return tree


def resolved_json(tree: Mapping[str, object]) -> str:
    """The text that the digest is taken of: two spaces, Chinese as it is, a closing newline."""
    return json.dumps(_texts(tree), ensure_ascii=False, indent=2) + "\n"


def _texts(node: object) -> object:
    """Decimals as their one spelling, yes and no as `true` and `false`."""
    if isinstance(node, bool):
        return _truth(node)
    if isinstance(node, Decimal):
        return plain(node)
    if isinstance(node, Mapping):
        return {key: _texts(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [_texts(value) for value in node]
    return node


def resolved_yaml(tree: Mapping[str, object]) -> str:
    """The same as YAML, with ratios as percentages; flow style for what fits on a line."""
    return "".join(_yaml_lines(tree, 0))


def _yaml_lines(tree: Mapping[str, object], depth: int) -> list[str]:
    lines = []
    for key, value in tree.items():
        head = f"{'  ' * depth}{_yaml_word(key)}:"
        flow = _yaml_flow(value)
        if len(head) + len(flow) <= 98 or not isinstance(value, Mapping | list):
            lines.append(f"{head} {flow}\n")
        elif isinstance(value, Mapping):
            lines += [f"{head}\n", *_yaml_lines(value, depth + 1)]
        else:
            lines.append(f"{head}\n")
            lines += [f"{'  ' * (depth + 1)}- {_yaml_flow(item)}\n" for item in value]
    return lines


def _yaml_flow(node: object) -> str:
    if isinstance(node, Mapping):
        inside = ", ".join(f"{_yaml_word(key)}: {_yaml_flow(one)}" for key, one in node.items())
        return "{" + inside + "}"
    if isinstance(node, list):
        return "[" + ", ".join(_yaml_flow(item) for item in node) + "]"
    if isinstance(node, bool):
        return _truth(node)
    if isinstance(node, Ratio):
        return percent(node)
    return plain(node) if isinstance(node, Decimal) else _yaml_word(str(node))


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _yaml_word(text: str) -> str:
    """A text as it may stand in YAML: bare where that is safe, else in double quotes."""
    if text.isidentifier() and text.lower() not in _YAML_WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


_YAML_WORDS = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")
