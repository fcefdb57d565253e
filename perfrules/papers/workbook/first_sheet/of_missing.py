"""Who has no result, and why: a line for each kind of reason."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from perfrules.codes.code import Language, Text
from perfrules.layout.terminal import visible
from perfrules.papers.overview.rows import Everybody, Missing
from perfrules.papers.workbook.first_sheet.blocks import people_in

__all__ = ["WithoutResult", "without_result"]

_NAMED: Final = 3
"""So many ids are named; where there are more, their number."""

_LINES: Final = 6
_LONGEST: Final = 180


class WithoutResult(NamedTuple):
    """What is said of those without a result, and lines of who and why."""

    title: str
    lines: tuple[tuple[str, str], ...]
    note: str


def without_result(everybody: Everybody, language: Language) -> WithoutResult | None:
    """The reasons that most have first; None where everybody has a result."""
    reasons: dict[str, list[Missing]] = {}
    for one in everybody.missing:
        reasons.setdefault(one.code, []).append(one)
    if not reasons:
        return None
    ordered = sorted(reasons.values(), key=_order)
    people, units = everybody.people_missing, _units(everybody)
    named = people_in(people)
    if units:
        also = Text(f"、{units} 个组织", f" and {units} units" if units != 1 else " and 1 unit")
        named = (
            Text(named.zh + also.zh, named.en + also.en)
            if people
            else Text(f"{units} 个组织", f"{units} units" if units != 1 else "1 unit")
        )
    more = len(ordered) - _LINES
    note = Text(f"另有 {more} 种原因，见“未出结果”。", f"{more} more reasons: see “No result”.")
    return WithoutResult(
        Text(f"未出结果：{named.zh}", f"Without a result: {named.en}").into(language),
        tuple(_line(found, language) for found in ordered[:_LINES]),
        note.into(language) if more > 0 else "",
    )


def _order(found: Sequence[Missing]) -> tuple[int, bool, str]:
    """Most subjects first, people before units."""
    return -_many(found), found[0].kind != "person", found[0].subject


def _units(everybody: Everybody) -> int:
    return len({one.subject for one in everybody.missing if one.kind != "person"})


def _many(found: Sequence[Missing]) -> int:
    return len({one.subject for one in found})


def _line(found: Sequence[Missing], language: Language) -> tuple[str, str]:
    subjects = list(dict.fromkeys(one.subject for one in found))
    if len(subjects) <= _NAMED:
        who = visible(", ".join(subjects))
    else:
        many = len(subjects)
        who = Text(f"{many} 人（组织）", f"{many} people or units").into(language)
        if all(one.kind == "person" for one in found):
            who = Text(f"{many} 人", f"{many} people").into(language)
    reason = visible(found[0].reason.into(language))[:_LONGEST]
    example = Text(f"例如 {subjects[0]}：", f"such as {subjects[0]}: ").into(language)
    return who, reason if len(subjects) == 1 else visible(example) + reason
