"""From a policy to its resolved text: the same language with nothing left unsaid.

The text exists twice: as JSON with decimals as strings, which the result folder keeps, the
digest is taken of and the checker reads; and as YAML for people (`check --resolved`).
Reading the YAML again gives an equal policy.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring as quoted
from typing import Final

from perfrules.exact import percent, plain
from perfrules.language.irregular import WRITTEN_BY_HAND
from perfrules.language.known_names import type_in_plan
from perfrules.language.resolved_tree import Ratio, Tree, Writer
from perfrules.model.incentive import IncentivePlan
from perfrules.model.policy import Policy

__all__ = ["in_flow", "resolved_json", "resolved_yaml", "to_resolved"]

_WRITER: Final = Writer(WRITTEN_BY_HAND)


def to_resolved(policy: Policy) -> Tree:
    """The policy as a tree of mappings, lists, texts and decimals, in the language's order."""
    plans = {plan.name: _plan(policy, plan) for plan in policy.incentives}
    weights = policy.weights if policy.weights == "parts" else None
    sections = {one.name: _WRITER.tree(one, weights is None) for one in policy.sections}
    indicators = {
        one.name: _WRITER.tree(one, not policy.in_parts(one.section)) for one in policy.indicators
    }
    return _WRITER.declared(
        policy, incentives=plans, weights=weights, sections=sections, indicators=indicators
    )


def _plan(policy: Policy, plan: IncentivePlan) -> Tree:
    """Thresholds are shares where what they are held against is one."""
    by = None if plan.tiers is None else plan.tiers.by
    return _WRITER.tree(plan, by is not None and type_in_plan(policy, by) == "share")


def resolved_json(tree: Mapping[str, object]) -> str:
    """The text that the digest is taken of: two spaces, Chinese as it is, a closing newline."""
    return _json(tree, "\n") + "\n"


def _json(node: object, margin: str) -> str:
    """JSON with decimals in their one spelling, and with yes and no as `true` and `false`, all of
    them texts."""
    inside = f"{margin}  "
    if isinstance(node, Mapping):
        rows = [f"{quoted(key)}: {_json(value, inside)}" for key, value in node.items()]
        return f"{{{inside}{f',{inside}'.join(rows)}{margin}}}" if rows else "{}"
    if isinstance(node, list | tuple):
        rows = [_json(value, inside) for value in node]
        return f"[{inside}{f',{inside}'.join(rows)}{margin}]" if rows else "[]"
    if isinstance(node, bool):
        return quoted(_truth(node))
    return quoted(plain(node) if isinstance(node, Decimal) else str(node))


def resolved_yaml(tree: Mapping[str, object]) -> str:
    """The same as YAML, with ratios as percentages; flow style for what fits on a line."""
    return "".join(_yaml_lines(tree, 0))


def _yaml_lines(tree: Mapping[str, object], depth: int) -> list[str]:
    lines = []
    for key, value in tree.items():
        head = f"{'  ' * depth}{_yaml_word(key)}:"
        flow = in_flow(value)
        if len(head) + len(flow) <= 98 or not isinstance(value, Mapping | list):
            lines.append(f"{head} {flow}\n")
        elif isinstance(value, Mapping):
            lines += [f"{head}\n", *_yaml_lines(value, depth + 1)]
        else:
            lines.append(f"{head}\n")
            lines += [f"{'  ' * (depth + 1)}- {in_flow(item)}\n" for item in value]
    return lines


def in_flow(node: object) -> str:
    """A part of the tree as YAML on one line."""
    if isinstance(node, Mapping):
        inside = ", ".join(f"{_yaml_word(key)}: {in_flow(one)}" for key, one in node.items())
        return "{" + inside + "}"
    if isinstance(node, list):
        return "[" + ", ".join(in_flow(item) for item in node) + "]"
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
