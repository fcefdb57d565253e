"""Grades before and after quotas, against the quotas."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from perfrules.exact import EXACT
from perfrules.papers.overview.rows import Everybody, Line, QuotaRow

__all__ = ["GradeCount", "GradeScale", "QuotaGroup", "grade_scales", "quota_groups"]


class GradeCount(NamedTuple):
    """How many people had a grade before quotas, and how many have it in the end."""

    grade: str
    before: int
    after: int


class GradeScale(NamedTuple):
    """People whose policies have the same grades, best first."""

    grades: tuple[str, ...]
    people: int
    counts: tuple[GradeCount, ...]


class QuotaGroup(NamedTuple):
    """A group within which quotas were applied: its size, the quotas (those of a policy of it), the
    count of each grade before and after, and the quotas that are not kept in the end."""

    name: str
    size: int
    quotas: tuple[QuotaRow, ...]
    counts: tuple[GradeCount, ...]
    missed: tuple[QuotaRow, ...]


def grade_scales(everybody: Everybody) -> tuple[GradeScale, ...]:
    """The grades of people, those of the policies with most people first."""
    scales: dict[tuple[str, ...], list[Line]] = {}
    for line in everybody.people:
        policy = everybody.policies.get(line.policy)
        if policy is not None and policy.grades:
            scales.setdefault(policy.grades, []).append(line)
    found = [
        GradeScale(grades, len(lines), _counts(grades, lines)) for grades, lines in scales.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.people, one.grades)))


def quota_groups(everybody: Everybody) -> tuple[QuotaGroup, ...]:
    """The groups of quotas, by name."""
    members: dict[str, list[Line]] = {}
    for line in everybody.people:
        if line.quota_group:
            members.setdefault(line.quota_group, []).append(line)
    return tuple(_group(name, members[name], everybody) for name in sorted(members))


def _group(name: str, lines: list[Line], everybody: Everybody) -> QuotaGroup:
    labels: Mapping[str, int] = Counter(line.policy for line in lines)
    policy = everybody.policies[max(sorted(labels), key=lambda label: labels[label])]
    counts = _counts(policy.grades, lines)
    after = {one.grade: one.after for one in counts}
    missed = tuple(row for row in policy.quotas if not _kept(row, after[row.grade], len(lines)))
    return QuotaGroup(name, len(lines), policy.quotas, counts, missed)


def _kept(row: QuotaRow, count: int, size: int) -> bool:
    """Whether a count keeps a share to the nearest whole seat: people are not divided."""
    exact = EXACT.multiply(row.share, Decimal(size))
    match row.bound:
        case "at_most":
            return count < exact + 1
        case "at_least":
            return count > exact - 1
    return abs(count - exact) < 1


def _counts(grades: Iterable[str], lines: Iterable[Line]) -> tuple[GradeCount, ...]:
    rows = list(lines)
    after = Counter(line.grade for line in rows)
    before = Counter(line.grade_before for line in rows)
    return tuple(GradeCount(grade, before[grade], after[grade]) for grade in grades)
