"""How a cycle stands, for a terminal: courses, warnings, milestones, what is awaited, deadlines."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.exact import percent, percent_downward
from perfrules.intake.cells.units import shown_amount
from perfrules.layout.terminal import visible, width, wrapped
from perfrules.model.tracking import (
    Alarm,
    Awaited,
    Course,
    Due,
    Improvement,
    MilestoneCheck,
    Point,
    Tracking,
)
from perfrules.screens.simple_table import simple_table
from perfrules.words.states import STATES

__all__ = ["progress_text"]

_COLUMNS: Final = 100
_MOST: Final = 60
"""So many courses, and so many people of whom figures are awaited, are printed."""


def progress_text(found: Tracking, language: Language = "en") -> str:
    """The whole report, ending with a newline."""
    return "\n\n".join(_parts(found, language)) + "\n"


def _parts(found: Tracking, language: Language) -> Iterator[str]:
    title = found.title.into(language)
    name = found.cycle if title == found.cycle else f"{found.cycle}  {title}"
    head = visible(_HEAD.into(language).format(cycle=name, day=found.on.isoformat()))
    yield f"{head}\n{'=' * width(head)}"
    if found.courses:
        yield _courses(found.courses, language)
    else:
        yield _NO_PROGRESS.into(language)
    if found.alarms:
        lines = (line for one in found.alarms for line in _alarm(one, language))
        yield "\n".join((_ALARMS.into(language), *lines))
    if found.milestones:
        rows = [_milestone(one, found.on, language) for one in found.milestones]
        yield _titled(_MILESTONES, _MILESTONE_HEADS, rows, language, right=(5, 6))
    if found.improvements:
        rows = [_improvement(one, found.on, language) for one in found.improvements]
        yield _titled(_IMPROVEMENTS, _IMPROVEMENT_HEADS, rows[:_MOST], language) + _more(
            len(rows), language
        )
    if found.awaited:
        yield _awaited(found, language)
    if found.dues:
        rows = [[one.title.into(language), one.day.isoformat(), _left(one, language)]
                for one in found.dues]  # fmt: skip
        yield _titled(_DUES, _DUE_HEADS, rows, language)
    yield _totals(found, language)


def _courses(courses: Sequence[Course], language: Language) -> str:
    """A line for each week or month; what repeats from the line above is left out."""
    rows = []
    for course in courses[:_MOST]:
        first = [course.subject, course.name, course.title.into(language)]
        for point in course.points:
            rows.append([*first, *_point(course, point)])
            first = ["", "", ""]
    table = _titled(_COURSES, _COURSE_HEADS, rows, language, right=(4, 5, 6, 7))
    return table + _more(len(courses), language)


def _point(course: Course, point: Point) -> list[str]:
    reached = "" if point.attainment is None else percent_downward(point.attainment)
    return [
        point.day.isoformat(),
        _amount(point.actual, course.unit),
        _amount(point.target, course.unit),
        reached,
        _amount(point.total, course.unit),
        point.note,
    ]


def _amount(value: Decimal | None, unit: str | None) -> str:
    if value is None:
        return "—"
    return shown_amount(value, unit or "")


def _alarm(one: Alarm, language: Language) -> Iterator[str]:
    """Who is behind, by which rule; below it the periods, and whether it goes on."""
    warning = one.warning
    rule = _RULE[warning.every] if warning.times > 1 else _ONCE[warning.every]
    facts = {
        "who": f"{one.subject} {one.name}".strip(),
        "indicator": one.indicator_title.into(language),
        "title": warning.title.into(language),
        "rule": rule.into(language).format(times=warning.times, below=percent(warning.below.value)),
    }
    first, *rest = wrapped(visible(_ALARM.into(language).format(**facts)), _COLUMNS - 2)
    yield f"- {first}"
    yield from (f"  {line}" for line in rest)
    comma = "，" if language == "zh" else ", "
    periods = ((day.isoformat(), percent_downward(value)) for day, value in one.periods)
    course = comma.join(f"{day} {reached}" for day, reached in periods)
    state = (_OPEN if one.is_open else _OVER).into(language)
    text = _PERIODS.into(language).format(course=course, day=one.due.isoformat(), state=state)
    yield from (f"    {line}" for line in wrapped(text, _COLUMNS - 4))


def _milestone(one: MilestoneCheck, on: datetime.date, language: Language) -> list[str]:
    whose = f"{one.subject} {one.name}".strip() if one.subject else ""
    goal = one.goal.into(language)
    if one.needed is None:
        state = _BY_HAND if one.by <= on else _AHEAD
    else:
        state = _STATES[one.status]
    return [
        goal if goal != one.subject else "",
        whose,
        one.title.into(language),
        one.by.isoformat(),
        one.as_of.isoformat() if one.as_of else "—",
        _amount(one.needed, one.unit),
        _amount(one.reached, one.unit),
        state.into(language),
    ]


def _improvement(one: Improvement, on: datetime.date, language: Language) -> list[str]:
    state = _LATE if one.is_overdue(on) else STATES.get(one.state or "", _NO_STATE)
    due = one.due.isoformat() if one.due else ""
    return [one.subject, one.name, one.gap, one.measure, one.owner, due, state.into(language)]


def _awaited(found: Tracking, language: Language) -> str:
    """One line a person; before it, when all is due."""
    comma = "、" if language == "zh" else ", "
    by_person = groupby(found.awaited, key=lambda one: (one.subject, one.name))
    rows = [
        [subject, name, comma.join(_figure(one, language) for one in those)]
        for (subject, name), those in by_person
    ]
    due = next((one for one in found.dues if one.id == "data"), None)
    title = _AWAITED
    if due is not None:
        facts = {"day": due.day.isoformat()}
        left = Text(_left(due, "zh"), _left(due, "en"))
        title = Text(
            f"{_AWAITED.zh}（{_DATA_DUE.zh.format(**facts)}，{left.zh}）",
            f"{_AWAITED.en} ({_DATA_DUE.en.format(**facts)}, {left.en})",
        )
    table = _titled(title, _AWAITED_HEADS, rows[:_MOST], language)
    return table + _more(len(rows), language)


def _figure(one: Awaited, language: Language) -> str:
    title = one.title.into(language)
    if not one.groups:
        return title
    names = "、".join(one.groups) if language == "zh" else ", ".join(one.groups)
    return _RATINGS.into(language).format(title=title, groups=names)


def _left(due: Due, language: Language) -> str:
    days = due.days_left
    if days < 0:
        return _PAST.into(language).format(days=-days)
    return _LEFT.into(language).format(days=days)


def _totals(found: Tracking, language: Language) -> str:
    missed = sum(one.status == "missed" for one in found.milestones)
    counted = (
        (_COURSE_COUNT, len(found.courses)),
        (_ALARM_COUNT, len(found.alarms)),
        (_MISSED_COUNT, missed),
        (_AWAITED_COUNT, len(found.awaited)),
    )
    parts = [text.into(language).format(count=count) for text, count in counted]
    return "；".join(parts) if language == "zh" else "; ".join(parts)


def _titled(
    title: Text,
    heads: Sequence[Text],
    rows: Sequence[Sequence[str]],
    language: Language,
    right: Sequence[int] = (),
) -> str:
    """A table under its title, without the columns in which nothing stands."""
    kept = [column for column in range(len(heads)) if any(row[column] for row in rows)]
    table = simple_table(
        [[visible(row[column]) for column in kept] for row in rows],
        [heads[column].into(language) for column in kept],
        ["right" if column in right else "left" for column in kept],
    )
    lines = (line.rstrip() for line in table.splitlines())
    return "\n".join((title.into(language), *lines))


def _more(count: int, language: Language) -> str:
    return "" if count <= _MOST else "\n" + _MORE.into(language).format(count=count - _MOST)


_HEAD: Final = Text("{cycle}  进度，截至 {day}", "{cycle}  progress as of {day}")
_NO_PROGRESS: Final = Text("没有进度数据（进度表）", "there are no rows of progress")
_COURSES: Final = Text("各期进度", "Course")
_ALARMS: Final = Text("预警", "Warnings")
_MILESTONES: Final = Text("里程碑", "Milestones")
_AWAITED: Final = Text("尚缺的数据", "Figures still missing")
_DUES: Final = Text("截止期限", "Deadlines")
_ID: Final = Text("工号", "id")
_NAME: Final = Text("姓名", "name")
_INDICATOR: Final = Text("指标", "indicator")
_COURSE_HEADS: Final = (
    _ID, _NAME, _INDICATOR, Text("日期", "date"), Text("实际值", "actual"),
    Text("目标值", "target"), Text("达成率", "attainment"), Text("累计", "sum"),
    Text("备注", "note"),
)  # fmt: skip
_ALARM: Final = Text(
    "{who}  {indicator}：{title}（{rule}）", "{who}  {indicator}: {title} ({rule})"
)
_PERIODS: Final = Text("{course}；{day} 触发，{state}", "{course}; since {day}, {state}")
_MILESTONE_HEADS: Final = (
    Text("目标", "goal"), Text("谁的目标", "whose"), Text("里程碑", "milestone"),
    Text("截止日期", "by"), Text("数据截至", "figures up to"), Text("应达到", "needed"),
    Text("已达到", "reached"), Text("状态", "state"),
)  # fmt: skip
_IMPROVEMENTS: Final = Text("改进计划", "Measures of improvement")
_IMPROVEMENT_HEADS: Final = (
    _ID, _NAME, Text("差距", "gap"), Text("改进措施", "measure"), Text("负责人", "owner"),
    Text("完成日期", "due"), Text("状态", "state"),
)  # fmt: skip
_LATE: Final = Text("已逾期", "overdue")
_NO_STATE: Final = Text("", "")
_AWAITED_HEADS: Final = (_ID, _NAME, Text("缺哪些指标", "indicators"))
_DUE_HEADS: Final = (Text("事项", "what"), Text("日期", "date"), Text("状态", "state"))
_RULE: Final = {
    "week": Text("连续 {times} 周低于 {below}", "{times} weeks in a row below {below}"),
    "month": Text("连续 {times} 个月低于 {below}", "{times} months in a row below {below}"),
    "quarter": Text("连续 {times} 个季度低于 {below}", "{times} quarters in a row below {below}"),
}
_ONCE: Final = {
    "week": Text("当周低于 {below}", "a week below {below}"),
    "month": Text("当月低于 {below}", "a month below {below}"),
    "quarter": Text("当季低于 {below}", "a quarter below {below}"),
}
_OPEN: Final = Text("持续中", "open")
_OVER: Final = Text("已回升", "recovered")
_STATES: Final = {
    "met": Text("已达成", "met"),
    "missed": Text("未达成", "missed"),
    "ahead": Text("未到期", "ahead"),
    "unknown": Text("没有数据", "no figures"),
}
_BY_HAND: Final = Text("请人工核对", "to be looked at")
_AHEAD: Final = _STATES["ahead"]
_DATA_DUE: Final = Text("{day} 前交齐", "due on {day}")
_RATINGS: Final = Text("{title}（{groups} 评分）", "{title} (ratings by {groups})")
_LEFT: Final = Text("还剩 {days} 个工作日", "working days left: {days}")
_PAST: Final = Text("已过 {days} 个工作日", "working days past: {days}")
_MORE: Final = Text("…… 另有 {count} 项", "… and {count} more")
_COURSE_COUNT: Final = Text("跟踪指标 {count} 项", "courses: {count}")
_ALARM_COUNT: Final = Text("预警 {count} 条", "warnings: {count}")
_MISSED_COUNT: Final = Text("未达成的里程碑 {count} 个", "milestones missed: {count}")
_AWAITED_COUNT: Final = Text("尚缺数据 {count} 项", "figures missing: {count}")
