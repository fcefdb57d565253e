"""A cycle's result for a terminal: a line a person, who has no result and why, how many of each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from tabulate import tabulate

from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.exact import plain
from perfrules.model.cycle_result import CycleResult, Judged
from perfrules.reports.terminal import visible, width

__all__ = ["cycle_summary"]

_LINES: Final = 60
_FEW: Final = 3
"""So many payouts have a column each; more are added up."""

_WIDEST: Final = 32


def cycle_summary(result: CycleResult, language: Language = "en", most: int | None = _LINES) -> str:
    """The summary; at most so many lines of people, or all of them with None."""
    parts = [_headline(result, language)]
    complete, rejected = result.complete, result.rejected
    if complete:
        parts.append(_results(result, complete, language, most))
    if rejected:
        parts.append(_rejected(rejected, language, most))
    if result.not_applied:
        entries = [
            [one.person, one.what, one.place, _said(one.reason, language)]
            for one in result.not_applied
        ]
        parts.append(_titled(_NOT_APPLIED, entries, (_ID, _WHAT, _PLACE, _REASON), language, most))
    if result.unattached:
        rows = [
            [str(problem.place or ""), _said(problem, language)] for problem in result.unattached
        ]
        parts.append(_titled(_UNATTACHED, rows, (_PLACE, _REASON), language, most))
    parts.append(_totals(result, language))
    return "\n\n".join(parts) + "\n"


def _headline(result: CycleResult, language: Language) -> str:
    cycle = result.cycle
    if cycle is None:
        return ""
    return f"{visible(cycle.id)}  {cycle.start.isoformat()} – {cycle.end.isoformat()}"


def _results(
    result: CycleResult, complete: Sequence[Judged], language: Language, most: int | None
) -> str:
    plans = {plan.name: plan.title for policy in result.policies for plan in policy.incentives}
    plans |= {pool.name: pool.title for policy in result.policies for pool in policy.pools}
    apart = len(plans) <= _FEW
    titles = plans.values() if apart else (_PAY,)
    any_won = any(one.awards for one in complete)
    rows = []
    for one in complete[:most]:
        if apart:
            pay = [plain(one.pay[name]) if name in one.pay else "" for name in plans]
        else:
            pay = [plain(sum(one.pay.values(), Decimal(0))) if one.pay else ""]
        total = "" if one.total is None else plain(one.total)
        won = "、".join(title.into(language) for title in one.awards.values())
        rows.append([*_person(one, language), total, one.grade or "", *pay, *([won] * any_won)])
    headers = [_ID, _NAME, _ROLE, _TOTAL, _GRADE, *titles, *([_AWARDS] * any_won)]
    align = ("left", "left", "left", "decimal", "left", *("decimal" for _ in titles), "left")
    align = align[: len(headers)]
    table = _table(rows, headers, language, align)
    return table + _more(len(complete), most, language)


def _person(one: Judged, language: Language) -> list[str]:
    return [one.person, one.name, one.title.into(language)]


def _rejected(rejected: Sequence[Judged], language: Language, most: int | None) -> str:
    rows = [
        [*_person(one, language), str(problem.place or one.place), _said(problem, language)]
        for one in rejected
        for problem in one.reasons
    ]
    return _titled(_REJECTED, rows, (_ID, _NAME, _ROLE, _PLACE, _REASON), language, most)


def _said(problem: Diagnostic, language: Language) -> str:
    """What is wrong, its code, and below it what to do."""
    advice = problem.help(language)
    said = f"{problem.message(language)} [{problem.code}]"
    return f"{said}\n{_ADVICE.into(language)}{advice}" if advice else said


def _titled(
    title: Text,
    rows: list[list[str]],
    headers: Sequence[Text],
    language: Language,
    most: int | None,
) -> str:
    table = _table(rows[:most], headers, language, ("left",) * len(headers))
    return f"{title.into(language)}\n{table}{_more(len(rows), most, language)}"


def _table(
    rows: Iterable[Sequence[str]], headers: Iterable[Text], language: Language, align: Sequence[str]
) -> str:
    # Everything is a text already: nothing is parsed as a number, or padded as one.
    return tabulate(
        [[*map(_cut, row[:-1]), "\n".join(map(visible, row[-1].split("\n")))] for row in rows],
        headers=[visible(title.into(language)) for title in headers],
        tablefmt="simple",
        disable_numparse=True,
        colalign=["right" if one == "decimal" else one for one in align],
    )


def _cut(cell: str) -> str:
    """A cell that does nothing to a terminal, and does not push the others out of sight."""
    text = visible(cell)
    if width(text) <= _WIDEST:
        return text
    cut = ""
    for letter in text:
        if width(cut) + width(letter) >= _WIDEST:
            break
        cut += letter
    return f"{cut}…"


def _more(count: int, most: int | None, language: Language) -> str:
    if most is None or count <= most:
        return ""
    return "\n" + _MORE.into(language).format(count=count - most)


def _totals(result: CycleResult, language: Language) -> str:
    """The grades in the order of the policies, and how many people have each."""
    counts = result.counts
    grades = Counter(one.grade for one in result.complete if one.grade is not None)
    order = dict.fromkeys(row.grade for policy in result.policies for row in policy.grades)
    units = sum(1 for one in result.judged if one.kind not in ("person", "segment"))
    people = sum(1 for one in result.judged if one.kind == "person")
    failed = sum(1 for one in result.rejected if one.kind not in ("person", "segment"))
    parts = [_SUBJECTS.into(language).format(count=people)]
    if grades:
        parts.append("  ".join(f"{visible(grade)} {grades[grade]}" for grade in order))
    started = sum(len(one.follow_ups) for one in result.complete)
    counted = (
        (_UNITS, units),
        (_STARTED, started),
        (_NOT_COUNTED, len(result.not_applied)),
        (_NO_RESULT, counts["rejected"] - failed),
        (_NO_UNIT_RESULT, failed),
        (_STRAY_ROWS, counts["unattached"]),
        (_WARNINGS, counts["warnings"]),
    )
    parts += [text.into(language).format(count=count) for text, count in counted if count]
    return "；".join(parts) if language == "zh" else "; ".join(parts)


_ID: Final = Text("工号", "id")
_NAME: Final = Text("姓名", "name")
_ROLE: Final = Text("岗位", "role")
_TOTAL: Final = Text("总分", "total")
_GRADE: Final = Text("等级", "grade")
_PAY: Final = Text("激励合计", "pay")
_PLACE: Final = Text("位置", "place")
_REASON: Final = Text("原因", "reason")
_ADVICE: Final = Text("处理办法：", "help: ")
_REJECTED: Final = Text("未出结果", "without a result")
_UNATTACHED: Final = Text("无法归属到人的数据", "rows that belong to nobody")
_AWARDS: Final = Text("奖项", "awards")
_WHAT: Final = Text("对象", "what")
_NOT_APPLIED: Final = Text("未生效的目标变更与校准", "changes and calibrations that do not count")
_STARTED: Final = Text("启动跟进 {count} 项", "follow-ups: {count}")
_NOT_COUNTED: Final = Text("未生效的变更 {count} 项", "entries that do not count: {count}")
_MORE: Final = Text("…… 另有 {count} 行", "… and {count} more")
_SUBJECTS: Final = Text("共 {count} 人", "people: {count}")
_UNITS: Final = Text("组织 {count} 个", "units: {count}")
_NO_RESULT: Final = Text("未出结果 {count} 人", "without a result: {count}")
_NO_UNIT_RESULT: Final = Text("未出结果的组织 {count} 个", "units without a result: {count}")
_STRAY_ROWS: Final = Text("无法归属的数据 {count} 处", "rows that belong to nobody: {count}")
_WARNINGS: Final = Text("提醒 {count} 条", "warnings: {count}")
