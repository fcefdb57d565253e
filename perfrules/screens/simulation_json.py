"""What would be different under other rules, as JSON: decimals are texts, nothing is left out but
people beyond the number that is asked for."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from perfrules.exact import plain
from perfrules.model.cycle_result import Judged
from perfrules.model.simulation import Amount, Clause, Moved, Simulation

__all__ = ["FORMAT", "simulation_json"]

FORMAT: Final = "perfrules-simulation/1"

Json = dict[str, Any]


def simulation_json(found: Simulation, people: int | None = None) -> str:
    """The whole answer, with all people or so many at most, ending with a newline."""
    listed = found.people[:people]
    node = {
        "format": FORMAT,
        "cycle": found.cycle,
        "subjects": len(found.looked_at),
        "grade_changes": len(found.regraded),
        "pay_changes": len(found.repaid),
        "budget": {
            **_amount(found.budget.total),
            "by_plan": _amounts(found.budget.by_plan),
            "by_department": _amounts(found.budget.by_department),
        },
        "clauses": [_clause(one) for one in found.clauses],
        "grades": [
            {
                "policy": one.policy,
                "department": one.department,
                "before": one.before,
                "after": one.after,
                "people": one.people,
            }
            for one in found.grade_moves
        ],
        "people": [_person(one) for one in listed],
        "people_not_listed": len(found.people) - len(listed),
    }
    return json.dumps(node, ensure_ascii=False, indent=2) + "\n"


def _clause(one: Clause) -> Json:
    return {
        "arguments": list(one.arguments),
        "changes": [change._asdict() for change in one.changes],
        "grade_changes": len(one.regraded),
        "pay_changes": len(one.pay),
        "change": plain(one.budget),
        "by_plan": _plain(one.by_plan),
        "by_department": _plain(one.by_department),
    }


def _person(one: Moved) -> Json:
    after = one.after
    return {
        "person": one.person,
        "name": after.name,
        "kind": after.kind,
        "role": after.role,
        "department": after.department,
        "before": _line(one.before),
        "after": _line(after),
        "change": plain(one.pay_total.change),
    }


def _line(line: Judged) -> Json:
    return {
        "complete": line.complete,
        "total": _number(line.total),
        "grade": line.grade,
        "pay": _plain(line.pay),
        "pay_total": _number(line.pay_total),
        "awards": list(line.awards),
        "errors": [one.code for one in line.reasons],
    }


def _amounts(amounts: Mapping[str, Amount]) -> Json:
    return {name: _amount(one) for name, one in amounts.items()}


def _amount(one: Amount) -> Json:
    return {"before": plain(one.before), "after": plain(one.after), "change": plain(one.change)}


def _plain(numbers: Mapping[str, Decimal]) -> Json:
    return {name: plain(one) for name, one in numbers.items()}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
