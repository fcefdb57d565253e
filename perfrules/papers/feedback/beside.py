"""What stands beside the result: the objectives (OKR), the roles held in turn."""

from collections.abc import Sequence
from decimal import Decimal

from perfrules.papers.feedback.changes import Mask
from perfrules.papers.paper.parts import Table
from perfrules.words.glossary import Glossary
from perfrules.words.of_follow_ups import is_unusable_result

__all__ = ["objectives", "roles_in_turn"]


def objectives(told: Glossary, mask: Mask) -> Table | None:
    """Objectives with their key results, each from 0 to 1."""
    rows: list[tuple[str, ...]] = []
    place = 1
    while f"okr.{place}.objective" in told.steps:
        path = f"okr.{place}"
        title = told.steps[f"{path}.objective"]["value"]
        rows.append((mask(str(title)), "", _plain(told, path)))
        result = 1
        while f"{path}.{result}" in told.steps:
            step = told.steps[f"{path}.{result}"]
            name = step.get("origin", {}).get("source", "") or str(result)
            score = told.say("无法使用", "not usable")
            if not is_unusable_result(told, step):
                score = _plain(told, f"{path}.{result}")
            rows.append(("", mask(name), score))
            result += 1
        place += 1
    if not rows:
        return None
    rows.append((told.say("平均", "mean"), "", _plain(told, "okr")))
    head = (
        told.say("目标", "objective"),
        told.say("关键结果", "key result"),
        told.say("得分", "score"),
    )
    return Table(head, tuple(rows), figures=1)


def _plain(told: Glossary, path: str) -> str:
    """A figure; a dash where a key result that cannot be used leaves none."""
    return told.value(told.steps[path]) if path in told.steps else "—"


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
