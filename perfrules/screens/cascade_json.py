"""The target cascade as JSON: decimals are texts, ratios are not percentages, texts have both
languages."""

import json
from decimal import Decimal
from typing import Any, Final

from perfrules.codes.code import Text
from perfrules.exact import plain
from perfrules.model.cascade import BreakdownReached, CascadeReached, GoalReached
from perfrules.model.rounding import Rounding
from perfrules.model.targets import Action, Milestone, Risk

__all__ = ["FORMAT", "cascade_json"]

FORMAT: Final = "perfrules-cascade/1"

Json = dict[str, Any]


def cascade_json(found: CascadeReached) -> str:
    """The whole cascade, ending with a newline."""
    node = {
        "format": FORMAT,
        "cycle": found.cycle,
        "rounding": {"percent": _rounding(found.percent), "division": _rounding(found.division)},
        "goals": [_goal(goal) for goal in found.goals],
    }
    return json.dumps(node, ensure_ascii=False, indent=2) + "\n"


def _goal(found: GoalReached) -> Json:
    goal = found.goal
    return {
        "name": goal.name,
        "dimension": goal.dimension,
        "title": _text(goal.title),
        "label": found.label or None,
        "priority": goal.priority,
        "indicator": goal.indicator,
        "unit": goal.unit or None,
        "due": goal.due.isoformat() if goal.due else None,
        "due_before": goal.due_change.old.isoformat() if goal.due_change else None,
        "direction": goal.direction,
        "roll_up": goal.roll_up,
        "owner": goal.owner or None,
        "executors": list(goal.executors),
        "supporters": list(goal.supporters),
        "target": _number(goal.target),
        "target_before": _number(found.before),
        "actual": _number(found.actual),
        "so_far": _number(found.so_far),
        "without": list(found.without),
        "attainment": _number(found.attainment),
        "met": found.met,
        "share": _number(found.share),
        "milestones": [_milestone(one) for one in goal.milestones],
        "actions": [_action(one) for one in goal.actions],
        "risks": [_risk(one) for one in goal.risks],
        "serves": goal.serves or None,
        "served_by": [one.goal.name for one in found.served_by],
        "breakdowns": [_breakdown(one) for one in found.breakdowns],
    }


def _breakdown(found: BreakdownReached) -> Json:
    return {
        "dimensions": list(found.dimensions),
        "target": _number(found.target),
        "actual": _number(found.actual),
        "counts": found.counts,
        "parts": [_goal(part) for part in found.parts],
    }


def _milestone(one: Milestone) -> Json:
    return {
        "title": _text(one.title),
        "by": one.by.isoformat(),
        "share": _number(one.share),
        "needed": _number(one.needed),
    }


def _action(one: Action) -> Json:
    return {
        "title": _text(one.title),
        "from": one.start.isoformat() if one.start else None,
        "to": one.end.isoformat(),
        "owner": one.owner or None,
        "resources": one.resources or None,
        "method": _text(one.method),
    }


def _risk(one: Risk) -> Json:
    return {
        "title": _text(one.title),
        "counter_measure": _text(one.counter_measure),
        "owner": one.owner or None,
    }


def _rounding(rounding: Rounding) -> Json:
    return {"places": rounding.decimals, "mode": rounding.mode}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _text(text: Text | None) -> Json | None:
    return None if text is None else text._asdict()
