"""Grades before and after quotas, and against the quotas."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfrules.exact import percent
from perfrules.papers.charts.bars import bars
from perfrules.papers.charts.series import Series
from perfrules.papers.overview.grades import (
    GradeScale,
    QuotaGroup,
    grade_scales,
    quota_groups,
)
from perfrules.papers.overview.rows import Everybody, QuotaRow
from perfrules.papers.paper.parts import Table
from perfrules.papers.report.parts import DASH, Chapter, Shown, Teller

__all__ = ["grading"]

_BOUNDS: Final = {"at_most": "≤", "at_least": "≥", "exactly": "="}
_DRAWN: Final = 30
"""So many groups are drawn; the table has all."""


def grading(everybody: Everybody, told: Teller) -> Chapter:
    """The chapter on grades."""
    title = told.say("等级分布", "Grades")
    shown = [_scale(scale, everybody, told) for scale in grade_scales(everybody)]
    groups = quota_groups(everybody)
    if groups:
        shown += _quotas(groups, told)
    elif shown:
        shown.append(Shown(told.say("没有使用强制分布", "No quotas were applied")))
    else:
        shown.append(Shown(told.say("没有人有等级", "Nobody has a grade")))
    return Chapter("grades", title, tuple(shown))


def _scale(scale: GradeScale, everybody: Everybody, told: Teller) -> Shown:
    """One ladder of grades, before and after."""
    lines = [
        line for line in everybody.people
        if line.policy in everybody.policies
        and everybody.policies[line.policy].grades == scale.grades
    ]  # fmt: skip
    moved = sum(line.grade != line.grade_before for line in lines)
    counts = scale.counts
    most = max(one.after for one in counts)
    top = told.several(one.grade for one in counts if one.after == most)
    finding = told.say(f"得 {top} 的人最多：{most:,} 人", f"Most people have {top}: {most:,}")
    if moved:
        changes = told.several(
            f"{one.grade} {one.before} → {one.after}" for one in counts if one.before != one.after
        )
        finding = told.say(
            f"强制分布和校准改变了 {moved} 人的等级：{changes}",
            f"Quotas and calibrations changed the grades of {told.people(moved)}: {changes}",
        )
    before, after = told.say("分布前", "before quotas"), told.say("最终", "in the end")
    series = [Series(after, tuple(Decimal(one.after) for one in counts))]
    if any(line.quota_group for line in lines):
        series.insert(0, Series(before, tuple(Decimal(one.before) for one in counts)))
    picture = bars(finding, "", [one.grade for one in counts], series)
    head = (told.say("等级", "grade"), before, after, told.say("最终占比", "share in the end"))
    rows = tuple(
        (one.grade, f"{one.before:,}", f"{one.after:,}", told.share(one.after, scale.people))
        for one in counts
    )
    sums = (f"{sum(one.before for one in counts):,}", f"{sum(one.after for one in counts):,}")
    foot = ((told.say("合计", "in all"), *sums, "100%"),)
    return Shown(finding, picture, Table(head, rows, 3, foot=foot))


def _quotas(groups: tuple[QuotaGroup, ...], told: Teller) -> Iterator[Shown]:
    """The groups with the same grades in one picture, each against its quotas."""
    ladders: dict[tuple[str, ...], list[QuotaGroup]] = {}
    for group in groups:
        ladders.setdefault(tuple(one.grade for one in group.counts), []).append(group)
    for grades, own in ladders.items():
        yield _ladder(grades, own, told)


def _ladder(grades: tuple[str, ...], groups: list[QuotaGroup], told: Teller) -> Shown:
    missed = [group for group in groups if group.missed]
    if missed:
        names = told.some(_name(group.name, told) for group in missed)
        finding = told.say(
            f"{len(groups)} 个分布范围中有 {len(missed)} 个不符合名额：{names}",
            f"{len(missed)} of {len(groups)} groups do not keep their quotas: {names}",
        )
    else:
        finding = told.say(
            f"{len(groups)} 个分布范围都符合名额",
            f"All {len(groups)} groups keep their quotas",
        )
    drawn = groups[:_DRAWN]
    labels = [f"{_name(group.name, told)} ({group.size})" for group in drawn]
    series = [
        Series(grade, tuple(Decimal(group.counts[place].after) for group in drawn))
        for place, grade in enumerate(grades)
    ]
    picture = bars(finding, "", labels, series, stacked=True)
    head = (
        told.say("分布范围", "group"), told.say("人数", "people"),
        *(told.say(f"{grade}：分布前 → 最终", f"{grade}: before → end") for grade in grades),
        told.say("名额", "quotas"), told.say("最终占比", "shares in the end"),
    )  # fmt: skip
    rows = tuple(_row(group, told) for group in groups)
    notes = [
        told.say(
            "名额按整数计：比例乘人数不是整数时，进一位或舍一位都算符合。",
            "Quotas are kept to whole people: a share that is no whole number may be rounded up or "
            "down.",
        )
    ]
    if len(groups) > _DRAWN:
        notes.append(
            told.say(f"图中只画前 {_DRAWN} 个。", f"The picture has the first {_DRAWN} only.")
        )
    return Shown(finding, picture, Table(head, rows, len(grades) + 1, after=2), tuple(notes))


def _row(group: QuotaGroup, told: Teller) -> tuple[str, ...]:
    counts = (
        f"{one.after:,}" if one.before == one.after else f"{one.before:,} → {one.after:,}"
        for one in group.counts
    )
    quotas = told.several(map(_quota, group.quotas)) or DASH
    after = {one.grade: one.after for one in group.counts}
    shares = told.several(
        f"{row.grade} {told.share(after[row.grade], group.size)}{_missed(row, group, told)}"
        for row in group.quotas
    )
    return _name(group.name, told), f"{group.size:,}", *counts, quotas, shares or DASH


def _missed(row: QuotaRow, group: QuotaGroup, told: Teller) -> str:
    return told.say("（不符）", " (missed)") if row in group.missed else ""


def _quota(row: QuotaRow) -> str:
    return f"{row.grade}{_BOUNDS[row.bound]}{percent(row.share)}"


_UNITS: Final = ("department", "team", "role", "project")
"""Columns whose values say by themselves what they are."""


def _name(group: str, told: Teller) -> str:
    """`销售部`; `region 华东`; `全体`."""
    where, mark, policy = group.partition(" · ")
    column, equals, value = where.partition("=")
    if not equals:
        value = told.say("全体", "everybody")
    elif column not in _UNITS:
        value = f"{column} {value}"
    return f"{value}{mark}{policy}"
