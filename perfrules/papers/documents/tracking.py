"""目标过程跟踪表: how each figure went against its targets, warnings, why, and what was done."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.exact import percent, percent_downward
from perfrules.model.tracking import Alarm, Course, Improvement, MilestoneCheck, Tracking
from perfrules.papers.documents.of_cycle import DASH, CycleOf
from perfrules.papers.paper.parts import Paper, Part, Point, Table
from perfrules.words.states import STATES

__all__ = ["tracking"]


def tracking(found: Tracking, cycle: CycleOf, only: frozenset[str] | None = None) -> Paper:
    """One paper for all, or for the ids in `only`."""

    def asked(subject: str) -> bool:
        return only is None or subject in only

    parts = []
    for course in found.courses:
        if asked(course.subject):
            alarms = [one for one in found.alarms if _is_of(one, course)]
            parts.append(_course(course, alarms, cycle))
    if not parts:
        text = cycle.say("没有进度数据。", "There are no rows of progress.")
        parts.append(Part("course", "", remark=text))
    milestones = [one for one in found.milestones if only is None or one.subject in only]
    if milestones:
        parts.append(_milestones(milestones, found.on, cycle))
    improvements = [one for one in found.improvements if asked(one.subject)]
    if improvements:
        parts += _improvements(improvements, found.on, cycle)
    parts.append(
        cycle.signing(("跟踪人签字", "Followed by"), ("直接上级签字", "Signature of the superior"))
    )
    day = (cycle.say("截至", "As of"), found.on.isoformat())
    return Paper(
        kind="tracking",
        language=cycle.language,
        title=cycle.say("目标过程跟踪表", "Course of the targets"),
        cycle=cycle.name,
        secrecy=cycle.secrecy,
        head=(*cycle.head(), day),
        parts=tuple(parts),
        seal=cycle.seal,
        wide=True,
    )


def _is_of(one: Alarm, course: Course) -> bool:
    return (one.subject, one.indicator) == (course.subject, course.indicator)


def _course(course: Course, alarms: Sequence[Alarm], cycle: CycleOf) -> Part:
    """What fell short has room for a reason and a measure that nobody wrote down yet."""
    head = (
        cycle.say("截至日期", "period ending"),
        cycle.say("当期目标", "target"),
        cycle.say("当期实际", "actual"),
        cycle.say("达成率", "attainment"),
        cycle.say("累计", "sum"),
        cycle.say("偏差原因", "why it fell short"),
        cycle.say("改进措施", "what was done"),
    )
    unit = course.unit or ""
    rows = tuple(
        (
            point.day.isoformat(),
            cycle.amount(point.target, unit),
            cycle.amount(point.actual, unit),
            DASH if point.attainment is None else percent_downward(point.attainment),
            cycle.amount(point.total, unit),
            point.reason or point.note,
            point.measure,
        )
        for point in course.points
    )
    who = cycle.named(course.subject, course.name)
    title = f"{who} · {cycle.text(course.title)}"
    points = tuple(_alarm(one, cycle) for one in alarms)
    table = Table(head, rows, figures=4, after=2, shares=(16, 20, 20, 14, 22, 34, 34))
    return Part("course", title, points=points, table=table)


_EVERY: Final = {
    "week": Text("周", "weeks"), "month": Text("个月", "months"),
    "quarter": Text("个季度", "quarters"),
}  # fmt: skip


def _alarm(one: Alarm, cycle: CycleOf) -> Point:
    warning = one.warning
    below, times = percent(warning.below.value), warning.times
    unit = _EVERY[warning.every]
    rule = cycle.say(
        f"连续 {times} {unit.zh}低于 {below}", f"{times} {unit.en} in a row below {below}"
    )
    state = cycle.say("持续中", "open") if one.is_open else cycle.say("已回升", "recovered")
    course = cycle.listed(
        [f"{day.isoformat()} {percent_downward(value)}" for day, value in one.periods]
    )
    due = one.due.isoformat()
    text = cycle.say(
        f"{rule}（{course}），{due} 触发，{state}", f"{rule} ({course}), since {due}, {state}"
    )
    return Point(cycle.say("预警：", "Warning: ") + cycle.text(warning.title), text)


_STATUS: Final = {
    "met": Text("已达成", "met"), "missed": Text("未达成", "missed"),
    "ahead": Text("未到期", "ahead"), "unknown": Text("没有数据", "no figures"),
}  # fmt: skip


def _milestones(found: Sequence[MilestoneCheck], on: datetime.date, cycle: CycleOf) -> Part:
    head = (
        cycle.say("里程碑", "milestone"),
        cycle.say("所属", "of"),
        cycle.say("截止日期", "by"),
        cycle.say("状态", "state"),
        cycle.say("应达到", "needed"),
        cycle.say("已达到", "reached"),
    )
    rows = tuple(
        (
            cycle.text(one.title),
            cycle.named(one.subject, one.name) if one.subject else cycle.text(one.goal),
            one.by.isoformat(),
            _status(one, on, cycle),
            cycle.amount(one.needed, one.unit),
            cycle.amount(one.reached, one.unit),
        )
        for one in found
    )
    shares = (34, 26, 16, 14, 20, 20)
    table = Table(head, rows, figures=2, shares=shares)
    return Part("milestones", cycle.say("里程碑", "Milestones"), table=table)


def _status(one: MilestoneCheck, on: datetime.date, cycle: CycleOf) -> str:
    if one.needed is None and one.by <= on:
        return cycle.say("请人工核对", "to be looked at")
    return cycle.text(_STATUS["ahead" if one.needed is None else one.status])


def _improvements(
    found: Sequence[Improvement], on: datetime.date, cycle: CycleOf
) -> Iterator[Part]:
    head = (
        cycle.say("姓名", "name"),
        cycle.say("差距", "gap"),
        cycle.say("改进措施", "measure"),
        cycle.say("所需支持", "support"),
        cycle.say("负责人", "owner"),
        cycle.say("完成日期", "due"),
        cycle.say("状态", "state"),
    )
    rows = tuple(
        (
            cycle.named(one.subject, one.name),
            one.gap or DASH,
            one.measure,
            one.support or DASH,
            one.owner or DASH,
            one.due.isoformat() if one.due else DASH,
            _state(one, on, cycle),
        )
        for one in found
    )
    shares = (22, 20, 34, 20, 14, 14, 12)
    table = Table(head, rows, shares=shares)
    yield Part("improvements", cycle.say("改进计划", "Measures of improvement"), table=table)
    yield Part(
        "months",
        cycle.say("改进计划按月汇总", "Measures by month"),
        table=_by_month(found, on, cycle),
    )


def _state(one: Improvement, on: datetime.date, cycle: CycleOf) -> str:
    if one.is_overdue(on):
        return cycle.say("已逾期", "overdue")
    return cycle.text(STATES.get(one.state or "")) or DASH


def _by_month(found: Sequence[Improvement], on: datetime.date, cycle: CycleOf) -> Table:
    """How many measures are due in each month, and what became of them."""
    months: dict[str, Counter[str]] = {}
    for one in found:
        month = f"{one.due.year:04}-{one.due.month:02}" if one.due else ""
        state = "overdue" if one.is_overdue(on) else (one.state or "open")
        counts = months.setdefault(month, Counter())
        counts["all"] += 1
        counts[state if state in ("done", "dropped", "overdue") else "open"] += 1
    head = (
        cycle.say("应完成月份", "month due"),
        cycle.say("合计", "all"),
        cycle.say("已完成", "done"),
        cycle.say("未完成", "open"),
        cycle.say("其中逾期", "overdue"),
        cycle.say("已取消", "given up"),
    )
    rows = [
        (month or cycle.say("没有日期", "no date"), *_counted(months[month]))
        for month in sorted(months, key=lambda month: (not month, month))
    ]
    total = sum(months.values(), Counter[str]())
    foot = ((cycle.say("合计", "all"), *_counted(total)),)
    return Table(head, tuple(rows), figures=5, foot=foot)


def _counted(counts: Counter[str]) -> tuple[str, ...]:
    still = counts["open"] + counts["overdue"]
    figures = (counts["all"], counts["done"], still, counts["overdue"], counts["dropped"])
    return tuple(map(str, map(Decimal, figures)))
