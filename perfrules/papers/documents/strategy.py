"""营销部门战略目标承接表: the company's goals, and who takes which of them over."""

from collections.abc import Iterator, Sequence
from typing import Final

from perfrules.model.targets import Goal, Targets
from perfrules.papers.documents.of_cycle import DASH, CycleOf
from perfrules.papers.paper.parts import Paper, Part, Table

__all__ = ["strategy"]

_TAKING_OVER: Final = ("department", "team", "project")
"""Parts that take a goal over as a whole; persons stand in the breakdown."""


def strategy(targets: Targets, cycle: CycleOf, indicators: dict[str, str]) -> Paper:
    """One paper for all. `indicators` has the titles of indicators by their ids.

    A goal that serves no other is the company's; those that serve it, and its parts of
    departments, teams and projects, take it over.
    """
    rows: list[tuple[str, ...]] = []
    tops = [goal for goal in targets.goals if not goal.serves]
    for number, goal in enumerate(tops, 1):
        rows += _rows(goal, number, targets, cycle, indicators)
    head = (
        cycle.say("优先级", "priority"),
        cycle.say("公司目标", "company goal"),
        cycle.say("承接目标 / 承接方", "taken over by"),
        cycle.say("衡量指标", "measure"),
        cycle.say("完成日期", "due"),
        cycle.say("负责人", "owner"),
        cycle.say("目标值", "target"),
    )
    table = Table(head, tuple(rows), figures=1, shares=(8, 26, 22, 18, 13, 16, 16))
    return Paper(
        kind="strategy",
        language=cycle.language,
        title=cycle.say("营销部门战略目标承接表", "Company goals and who takes them over"),
        cycle=cycle.name,
        secrecy=cycle.secrecy,
        head=cycle.head(),
        parts=(
            Part("goals", cycle.say("目标承接", "Goals"), table=table, remark=_count(tops, cycle)),
            cycle.signing(
                ("公司负责人签字", "Signature for the company"),
                ("部门负责人签字", "Signature for the department"),
            ),
        ),
        seal=cycle.seal,
        wide=True,
    )


def _count(tops: Sequence[Goal], cycle: CycleOf) -> str:
    count = len(tops)
    return cycle.say(
        f"核心目标 {count} 项，按优先级排列（建议 3 至 5 项）。",
        f"Core goals: {count}, by priority (three to five are a good number).",
    )


def _rows(
    goal: Goal, number: int, targets: Targets, cycle: CycleOf, indicators: dict[str, str]
) -> Iterator[tuple[str, ...]]:
    """The goal itself, the goals that serve it, then its parts that are units."""
    priority = str(goal.priority or number)
    yield _row(priority, _title(goal, cycle), "", goal, cycle, indicators)
    for other in targets.goals:
        if other.serves == goal.name:
            yield _row("", "", _title(other, cycle), other, cycle, indicators)
            yield from _units(other, cycle, indicators, "　")
    yield from _units(goal, cycle, indicators, "")


def _units(
    goal: Goal, cycle: CycleOf, indicators: dict[str, str], before: str
) -> Iterator[tuple[str, ...]]:
    for breakdown in goal.breakdowns:
        for part in breakdown.parts:
            if part.dimension in _TAKING_OVER:
                yield _row("", "", before + _title(part, cycle), part, cycle, indicators)
                yield from _units(part, cycle, indicators, before + "　")


def _row(
    priority: str, title: str, by: str, goal: Goal, cycle: CycleOf, indicators: dict[str, str]
) -> tuple[str, ...]:
    due = goal.due.isoformat() if goal.due else DASH
    measure = indicators.get(goal.indicator, goal.indicator)
    target = cycle.amount(goal.target, goal.unit)
    return (priority, title, by, measure, due, goal.owner or DASH, target)


def _title(goal: Goal, cycle: CycleOf) -> str:
    return cycle.text(goal.title) or goal.name
