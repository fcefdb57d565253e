"""What stands beside the result: the last cycle, the objectives (OKR), the roles held in turn."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfrules.exact import EXACT
from perfrules.reports.feedback.changes import Mask
from perfrules.reports.feedback.figures import distance, number, shown, shown_number
from perfrules.reports.feedback.parts import Point, Table
from perfrules.reports.glossary import Glossary, Json
from perfrules.reports.words_of_follow_ups import is_unusable_result

__all__ = ["objectives", "roles_in_turn", "trend"]


def trend(told: Glossary) -> Iterator[Point]:
    """Each figure of which the record has the one of the last cycle, with the difference."""
    if before := told.steps.get("previous.total"):
        yield Point(told.say("总分", "Total"), _against(told, "total", before))
    grade = told.steps.get("previous.grade") or told.steps.get("history.1.grade")
    if grade and told.record["grade"] is not None:
        now, then = told.grade(told.record["grade"]), told.grade(str(grade["value"]))
        yield Point(
            told.say("等级", "Grade"),
            told.say(f"{now}，上一周期 {then}", f"{now}, {then} in the last cycle"),
        )
    for name in told.part("indicators"):
        said = []
        for what, word in (
            ("actual", told.say("实际值 ", "actual ")),
            ("attainment", told.say("达成率 ", "attainment ")),
            ("score", told.say("得分 ", "score ")),
        ):
            before = told.steps.get(f"indicators.{name}.previous.{what}")
            path = f"indicators.{name}.{what}"
            if before is not None and path in told.steps and not _is_word(before):
                said.append(word + _against(told, path, before))
        if said:
            yield Point(told.title("indicators", name), told.say("；", "; ").join(said))


def _is_word(step: Json) -> bool:
    return step.get("type") == "text" or isinstance(step["value"], bool)


def _against(told: Glossary, path: str, before: Json) -> str:
    """`4800 元，上一周期 5000 元，减少 200 元`."""
    measure = told.measure(path)
    now, then = number(told.steps[path]["value"]), number(before["value"])
    change = EXACT.subtract(now, then)
    by = distance(told, change, measure)
    texts = shown(told, path), shown_number(told, then, measure)
    text = told.say(f"{texts[0]}，上一周期 {texts[1]}", f"{texts[0]}, {texts[1]} in the last cycle")
    if change > 0:
        return text + told.say(f"，增加 {by}", f", {by} more")
    if change < 0:
        return text + told.say(f"，减少 {by}", f", {by} less")
    return text + told.say("，持平", ", the same")


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
