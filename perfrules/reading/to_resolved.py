"""From a policy to its resolved text: the same language with nothing left unsaid.

The text exists twice: as JSON with decimals as strings, which the result folder keeps, the
digest is taken of and the checker reads; and as YAML for people (`check --resolved`).
Reading the YAML again gives an equal policy.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.exact import percent, plain
from perfrules.formula import Formula
from perfrules.model.grading import Adjustment, Veto
from perfrules.model.incentive import ByGrade, IncentivePlan, MarginalTiers, WholeTiers
from perfrules.model.policy import Indicator, Policy
from perfrules.model.scoring import (
    Bands,
    Constant,
    Direct,
    FormulaScore,
    Levels,
    Limits,
    PerUnit,
    Ratings,
    Score,
    Window,
    YesNo,
)

__all__ = ["Ratio", "resolved_json", "resolved_yaml", "to_resolved"]

Tree = dict[str, object]


class Ratio(Decimal):
    """A number that people write as a percentage."""


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
            "title": _title(policy.title),
            "effective": _without_none(effective),
            "cycle": policy.cycle,
            "subject": policy.subject,
            "sections": {
                section.name: {
                    "title": _title(section.title),
                    "weight": Ratio(section.weight.value),
                }
                for section in policy.sections
            },
            "indicators": {one.name: _indicator(one) for one in policy.indicators},
            "events": {one.name: {"title": _title(one.title)} for one in policy.events},
            "adjustments": {one.name: _adjustment(one) for one in policy.adjustments},
            "total": _limits(policy.total),
            "vetoes": {veto.name: _veto(veto) for veto in policy.vetoes},
            "grades": [
                {"otherwise": row.grade, "title": _title(row.title)}
                if row.at_least is None
                else {"grade": row.grade, "at_least": row.at_least, "title": _title(row.title)}
                for row in policy.grades
            ],
            "incentives": {plan.name: _incentive(plan) for plan in policy.incentives},
            "rounding": {
                name: {"places": Decimal(one.places), "mode": one.mode}
                for name in ("attainment", "score", "total", "pay", "division")
                for one in (getattr(policy.rounding, name),)
            },
            "guardrails": _guardrails(policy),
        }
    )


def _title(title: Text) -> Tree:
    return {"zh": title.zh, "en": title.en}


def _without_none(tree: Mapping[str, object]) -> Tree:
    return {key: value for key, value in tree.items() if value is not None}


def _without_empty(tree: Mapping[str, object]) -> Tree:
    return {key: value for key, value in tree.items() if value not in (None, {}, [])}


def _limits(limits: Limits) -> Tree:
    low, high = limits.at_least, limits.at_most
    return _without_none({"at_least": low and low.value, "at_most": high and high.value})


def _text(formula: Formula | None) -> str | None:
    return None if formula is None else formula.text


def _need(need: str | Constant, unit: str | None) -> object:
    return _figure(need.value, unit) if isinstance(need, Constant) else need


def _figure(value: Decimal, unit: str | None) -> Decimal:
    return Ratio(value) if unit == "%" else value


def _indicator(one: Indicator) -> Tree:
    return _without_none(
        {
            "title": _title(one.title),
            "section": one.section,
            "weight": Ratio(one.weight.value),
            "stage": one.stage,
            "nature": one.nature,
            "unit": one.unit,
            "direction": one.direction,
            "target": _need(one.target, one.unit),
            "baseline": _need(one.baseline, one.unit),
            "attainment": _text(one.attainment),
            "zero_actual": one.zero_actual and Ratio(one.zero_actual.value),
            "source": one.source,
            "missing": one.missing,
            "score": _score(one.score, one.unit),
        }
    )


def _score(score: Score, unit: str | None) -> Tree:
    match score:
        case Bands():
            return {"on": score.on, "bands": _bands(score, unit)}
        case Direct():
            return {"direct": {"min": score.low, "max": score.high}}
        case Levels():
            return {"levels": {level.name: level.score for level in score.rows}}
        case PerUnit():
            own = "%" if score.on == "attainment" else unit
            form = {
                "on": score.on,
                "start": score.start,
                "mark": _figure(score.mark, own),
                "side": score.side,
                "per": _figure(score.per, own),
                "points": score.points,
                "whole_units": score.whole_units,
                **_limits(score.limits),
            }
            return {"per_unit": _without_none(form)}
        case Window():
            own = "%" if score.on == "attainment" else unit
            form = {
                "on": score.on,
                "low": _figure(score.low, own),
                "high": _figure(score.high, own),
                "score": score.score,
                "per": _figure(score.per, own),
                "points": score.points,
                **_limits(score.limits),
            }
            return {"window": _without_none(form)}
        case YesNo():
            return {"yes_no": {"done": score.done, "otherwise": score.otherwise}}
        case Ratings():
            return {"ratings": _ratings(score)}
        case FormulaScore():
            return {"formula": score.formula.text}


def _bands(bands: Bands, unit: str | None) -> list[Tree]:
    own = "%" if bands.on == "attainment" else unit
    rows: list[Tree] = []
    above: Decimal | None = None
    for band in bands.rows:
        if band.at_least is None:
            rows.append({"otherwise": band.score})
            continue
        score = band.score if band.high is None else [band.score, band.high]
        row: Tree = {"at_least": _figure(band.at_least, own), "score": score}
        if band.until is not None and above is None:
            row["up_to"] = _figure(band.until, own)
        rows.append(row)
        above = band.at_least
    return rows


def _ratings(score: Ratings) -> Tree:
    trim = score.trim and {
        "drop": Decimal(score.trim.drop),
        "from_raters": Decimal(score.trim.from_raters),
    }
    return _without_none(
        {
            "groups": {group.name: Ratio(group.weight.value) for group in score.groups},
            "scale": {"min": score.low, "max": score.high},
            "trim": trim,
            "empty_group": score.empty_group,
        }
    )


def _adjustment(one: Adjustment) -> Tree:
    points = _without_none(
        {
            "each": one.each and one.each.value,
            "given": list(one.given) if one.given is not None else None,
        }
    )
    return {"title": _title(one.title), "points": {**points, **_limits(one.limits)}}


def _veto(veto: Veto) -> Tree:
    then = {
        "total": veto.total and veto.total.value,
        "grade": veto.grade and veto.grade.value,
        "pay": veto.pay and Ratio(veto.pay.value),
    }
    return {"title": _title(veto.title), "when": veto.when.text, "then": _without_none(then)}


def _incentive(plan: IncentivePlan) -> Tree:
    tree: Tree = {"title": _title(plan.title), "base": _text(plan.base)}
    match plan.rate:
        case WholeTiers() as tiers:
            # A tier's threshold may be money, points or a ratio; only its rate is a ratio.
            rows = [
                {"otherwise": Ratio(row.pay)}
                if row.at_least is None
                else {"at_least": row.at_least, "pay": Ratio(row.pay)}
                for row in tiers.rows
            ]
            tree["tiers"] = {"by": tiers.by.text, "whole": rows}
        case MarginalTiers() as tiers:
            slices = [{"from": row.start, "rate": Ratio(row.rate.value)} for row in tiers.rows]
            tree["tiers"] = {"by": tiers.by.text, "marginal": slices}
        case ByGrade() as by_grade:
            tree["by_grade"] = {grade: Ratio(rate.value) for grade, rate in by_grade.rates}
    tree["times"] = [formula.text for formula in plan.times] or None
    tree["only_if"] = _text(plan.only_if)
    return _without_none({**tree, **_limits(plan.limits)})


def _guardrails(policy: Policy) -> Tree:
    tree: Tree = {
        one.rule: _without_none(
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
    """Decimals as their one spelling."""
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
    if isinstance(node, Ratio):
        return percent(node)
    return plain(node) if isinstance(node, Decimal) else _yaml_word(str(node))


def _yaml_word(text: str) -> str:
    """A text as it may stand in YAML: bare where that is safe, else in double quotes."""
    if text.isidentifier() and text.lower() not in _YAML_WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


_YAML_WORDS = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")
