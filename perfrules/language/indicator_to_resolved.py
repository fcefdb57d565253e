"""An indicator back to its resolved text."""

from decimal import Decimal

from perfrules.language.resolved_tree import (
    Ratio,
    Tree,
    figure,
    limits,
    text_of,
    title,
    without_none,
)
from perfrules.model.policy import Indicator
from perfrules.model.scoring import (
    Bands,
    Constant,
    Direct,
    FormulaScore,
    Levels,
    PerUnit,
    Ratings,
    Score,
    Window,
    YesNo,
)

__all__ = ["indicator_tree"]


def indicator_tree(one: Indicator) -> Tree:
    """The mapping that an indicator writes."""
    return without_none(
        {
            "title": title(one.title),
            "section": one.section,
            "weight": Ratio(one.weight.value),
            "stage": one.stage,
            "nature": one.nature,
            "unit": one.unit,
            "direction": one.direction,
            "target": _need(one.target, one.in_percent),
            "baseline": _need(one.baseline, one.in_percent),
            "attainment": text_of(one.attainment),
            "zero_actual": one.zero_actual and Ratio(one.zero_actual.value),
            "roll_up": _roll_ups(one),
            "from_history": one.from_history and one.from_history.value,
            "source": one.source,
            "evidence": "required" if one.needs_evidence else None,
            "missing": one.missing,
            "score": _score(one.score, one.in_percent),
        }
    )


def _need(need: str | Constant, in_percent: bool) -> object:
    return figure(need.value, in_percent) if isinstance(need, Constant) else need


def _roll_ups(one: Indicator) -> Tree | None:
    both = {"actual": one.roll_up, "target": one.roll_up_target}
    return {
        name: without_none({"of": rule.of, "by": rule.by, "weight": rule.weight})
        for name, rule in both.items()
        if rule is not None
    } or None


def _score(score: Score, in_percent: bool) -> Tree:
    match score:
        case Bands():
            compared = {"within": score.within, "of": score.of}
            on = {"on": score.on, **(compared if score.on == "percentile" else {})}
            return without_none({**on, "bands": _bands(score, in_percent)})
        case Direct():
            return {"direct": {"min": score.low, "max": score.high}}
        case Levels():
            return {"levels": {level.name: level.score for level in score.rows}}
        case PerUnit():
            own = score.on == "attainment" or in_percent
            form = {
                "on": score.on,
                "start": score.start,
                "mark": figure(score.mark, own),
                "side": score.side,
                "per": figure(score.per, own),
                "points": score.points,
                "whole_units": score.whole_units,
                **limits(score.limits),
            }
            return {"per_unit": without_none(form)}
        case Window():
            own = score.on == "attainment" or in_percent
            form = {
                "on": score.on,
                "low": figure(score.low, own),
                "high": figure(score.high, own),
                "score": score.score,
                "per": figure(score.per, own),
                "points": score.points,
                **limits(score.limits),
            }
            return {"window": without_none(form)}
        case YesNo():
            return {"yes_no": {"done": score.done, "otherwise": score.otherwise}}
        case Ratings():
            return {"ratings": _ratings(score)}
        case FormulaScore():
            return {"formula": score.formula.text}


def _bands(bands: Bands, in_percent: bool) -> list[Tree]:
    own = bands.on != "actual" or in_percent
    rows: list[Tree] = []
    above: Decimal | None = None
    for band in bands.rows:
        if band.at_least is None:
            rows.append({"otherwise": band.score})
            continue
        score = band.score if band.high is None else [band.score, band.high]
        row: Tree = {"at_least": figure(band.at_least, own), "score": score}
        if band.until is not None and above is None:
            row["up_to"] = figure(band.until, own)
        rows.append(row)
        above = band.at_least
    return rows


def _ratings(score: Ratings) -> Tree:
    trim = score.trim and {
        "drop": Decimal(score.trim.drop),
        "from_raters": Decimal(score.trim.from_raters),
    }
    return without_none(
        {
            "groups": {group.name: Ratio(group.weight.value) for group in score.groups},
            "scale": {"min": score.low, "max": score.high},
            "trim": trim,
            "empty_group": score.empty_group,
        }
    )
