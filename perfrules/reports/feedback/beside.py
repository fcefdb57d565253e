"""What stands beside the result: the objectives (OKR), the roles held in turn."""

from collections.abc import Sequence
from decimal import Decimal

from perfrules.reports.feedback.changes import Mask
from perfrules.reports.feedback.parts import Table
from perfrules.reports.glossary import Glossary

__all__ = ["objectives", "roles_in_turn"]


def objectives(told: Glossary, mask: Mask) -> Table | None:
    """Objectives with their key results, each from 0 to 1."""
    rows: list[tuple[str, ...]] = []
    place = 1
    while f"okr.{place}" in told.steps:
        path = f"okr.{place}"
        title = told.steps.get(f"{path}.objective", {}).get("value", str(place))
        rows.append((mask(str(title)), "", _plain(told, path)))
        result = 1
        while f"{path}.{result}" in told.steps:
            step = told.steps[f"{path}.{result}"]
            name = step.get("origin", {}).get("source", "") or str(result)
            rows.append(("", mask(name), _plain(told, f"{path}.{result}")))
            result += 1
        place += 1
    if not rows:
        return None
    if "okr" in told.steps:
        rows.append((told.say("平均", "mean"), "", _plain(told, "okr")))
    head = (
        told.say("目标", "objective"),
        told.say("关键结果", "key result"),
        told.say("得分", "score"),
    )
    return Table(head, tuple(rows), figures=1)


def _plain(told: Glossary, path: str) -> str:
    return told.value(told.steps[path])


def roles_in_turn(told: Glossary, roles: Sequence[Glossary]) -> Table | None:
    """The roles that somebody held one after the other, with the days that weigh their totals."""
    rows: list[tuple[str, ...]] = []
    place = 1
    while f"segments.{place}.total" in told.steps:
        role = roles[place - 1] if place <= len(roles) else None
        title = role.text(role.resolved.get("title")) or role.resolved["policy"] if role else ""
        days = told.steps[f"segments.{place}.days"]["value"]
        total = told.steps[f"segments.{place}.total"]["value"]
        shown_days = told.written(Decimal(days), told.measure("proration.days"))
        rows.append((title or str(place), shown_days, told.written(total, told.measure("total"))))
        place += 1
    if not rows:
        return None
    head = (told.say("岗位", "role"), told.say("天数", "days"), told.say("总分", "total"))
    return Table(head, tuple(rows), figures=2)
