"""Grades in the end, before quotas, and what the quotas are."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.exact import EXACT, percent
from perfrules.papers.overview.grades import GradeScale, QuotaGroup, grade_scales, quota_groups
from perfrules.papers.overview.rows import Everybody, QuotaRow
from perfrules.papers.workbook.columns import Cell
from perfrules.papers.workbook.first_sheet.blocks import MOST, Block, Chart, people_in, short

__all__ = ["grade_blocks"]

_SCALES: Final = 2
"""So many scales of grades are drawn; the policies of most people have the first."""

_BEFORE: Final = Text("配额前", "Before quotas")
_AFTER: Final = Text("最终", "In the end")
_QUOTA: Final = Text("配额人数", "Quota, people")
_PEOPLE: Final = Text("人数", "People")
_BOUNDS: Final = {"at_most": "≤", "at_least": "≥", "exactly": "="}


def grade_blocks(everybody: Everybody, language: Language) -> Iterator[Block]:
    """A block for each scale of grades, and one of the groups within which quotas were applied."""
    groups = quota_groups(everybody)
    for scale in grade_scales(everybody)[:_SCALES]:
        own = [one for one in groups if {row.grade for row in one.quotas} <= set(scale.grades)]
        own = [one for one in own if tuple(row.grade for row in one.counts) == scale.grades]
        yield _scale_block(scale, own, language)
    if groups:
        yield _groups_block(groups, language)


def _scale_block(scale: GradeScale, groups: Sequence[QuotaGroup], language: Language) -> Block:
    quotas = [_quota(grade, groups) for grade in scale.grades]
    has_before = all(one.before is not None for one in scale.counts) and bool(groups)
    has_quotas = any(share for _, share in quotas)
    head = [
        Text("等级", "Grade"),
        *([_BEFORE] if has_before else []),
        _AFTER,
        *([_QUOTA] if has_quotas else []),
    ]
    rows = []
    for one, (bound, people) in zip(scale.counts, quotas, strict=True):
        row: list[Cell] = [short(f"{one.grade} {bound}".strip())]
        if has_before and one.before is not None:
            row.append(Decimal(one.before))
        row.append(Decimal(one.after))
        if has_quotas:
            row.append(people)
        rows.append(tuple(row))
    many = people_in(scale.people)
    title = (
        Text(
            f"{many.zh}的等级：配额前、最终人数与配额",
            f"Grades of {many.en}: before quotas, in the end, and the quotas",
        )
        if has_before
        else Text(f"{many.zh}的等级分布", f"Grades of {many.en}")
    )
    return Block(
        Text("等级分布", "Grades").into(language),
        tuple(one.into(language) for one in head),
        tuple(rows),
        Chart(
            "columns", title.into(language), _PEOPLE.into(language),
            (1, 2) if has_before else (1,),
            marks=len(head) - 1 if has_quotas else None, style="0",
        ),
        _NOTE.into(language) if has_quotas else "",
    )  # fmt: skip


_NOTE: Final = Text(
    "配额人数：各配额范围的人数乘以比例之和，人不可分，故不必是整数。配额前的等级由总分得出。",
    "Quota, people: the sum over the groups of their size times the share; it need not be whole. "
    "Before quotas: what the total alone gives.",
)


def _quota(grade: str, groups: Sequence[QuotaGroup]) -> tuple[str, Decimal | None]:
    """What the quota of a grade is, where it is the same everywhere, and how many people that is
    in all groups."""
    bounds: set[str] = set()
    people: Decimal | None = None
    for group in groups:
        for row in group.quotas:
            if row.grade == grade:
                bounds.add(_bound(row))
                part = EXACT.multiply(row.share, Decimal(group.size))
                people = part if people is None else EXACT.add(people, part)
    return (bounds.pop() if len(bounds) == 1 else ""), people


def _bound(row: QuotaRow) -> str:
    return f"{_BOUNDS[row.bound]}{percent(row.share)}"


def _groups_block(groups: Sequence[QuotaGroup], language: Language) -> Block:
    """Where the quotas were applied, those first that do not keep one."""
    scale = max((one.counts for one in groups), key=len)
    grades = tuple(one.grade for one in scale)
    ordered = sorted(groups, key=lambda one: (not one.missed, one.name))
    rows = []
    for one in ordered[:MOST]:
        after = {count.grade: count.after for count in one.counts}
        missed = "、".join(f"{row.grade} {_bound(row)}" for row in one.missed)
        rows.append(
            (
                short(one.name.partition("=")[2] or one.name),
                Decimal(one.size),
                *(Decimal(after[grade]) if grade in after else None for grade in grades),
                missed or _KEPT.into(language),
            )
        )
    more = len(groups) - len(rows)
    note = Text(f"另有 {more} 个范围未列出。", f"{more} more groups are not listed.")
    return Block(
        Text("各配额范围的最终人数", "Grades within each group of the quotas").into(language),
        (
            Text("范围", "Group").into(language),
            _PEOPLE.into(language),
            *(short(grade) for grade in grades),
            Text("不符的配额", "Quotas not kept").into(language),
        ),
        tuple(rows),
        None,
        note.into(language) if more else "",
    )


_KEPT: Final = Text("无", "none")
