"""A cycle's result for a terminal: a line a person, who has no result and why, how many of each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Cell, Diagnostic
from perfrules.exact import plain
from perfrules.layout.terminal import visible, width
from perfrules.model.cycle_result import KINDS, CycleResult, Judged
from perfrules.screens.simple_table import simple_table
from perfrules.words.of_counts import WITH_RESULT, WITHOUT_RESULT, title_of_count

__all__ = ["FOLLOWING", "cycle_summary"]

_LINES: Final = 60
_FEW: Final = 3
"""So many payouts have a column each beside their sum; of more there is the sum alone."""

_WIDEST: Final = 32
_END: Final = 10
"""So many letters of a place's end are shown: a column and a row, and what closes them."""

_ALIKE: Final = 10
"""So many ids are named of those with whom the same is wrong."""

FOLLOWING: Final = frozenset((
    "missing-actual", "missing-target", "missing-baseline", "missing-weight", "missing-fact",
    "empty-group", "no-figures", "nothing-to-count",
))  # fmt: skip
"""Codes of what is missing, which may follow from a row that was not read."""


def cycle_summary(result: CycleResult, language: Language = "en", most: int | None = _LINES) -> str:
    """The summary; at most so many lines of people, or all of them with None."""
    parts = [_headline(result, language)]
    complete, rejected = result.complete, result.rejected
    if complete:
        parts.append(_results(result, complete, language, most))
    tables = []
    if rejected:
        tables.append(_rejected(rejected, language, most))
    if result.unattached:
        rows = [
            [_placed(str(problem.place or "")), _said(problem, language)]
            for problem in result.unattached
        ]
        tables.append(_titled(_UNATTACHED, rows, (_PLACE, _REASON), language, most))
    # What is missing of somebody may well stand in a row of nobody: that is said first.
    if all(one.code in FOLLOWING for line in rejected for one in line.reasons):
        tables.reverse()
    parts += tables
    if result.not_applied:
        entries = [
            [one.person, one.what, _placed(one.place), _said(one.reason, language)]
            for one in result.not_applied
        ]
        parts.append(_titled(_NOT_APPLIED, entries, (_ID, _WHAT, _PLACE, _REASON), language, most))
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
    plans = result.pay_titles
    apart = len(plans) <= _FEW
    titles = [*(plans.values() if apart else ()), *([_PAY] if len(plans) > 1 else ())]
    any_won = any(one.awards for one in complete)
    rows = []
    for one in complete[:most]:
        pay = [plain(one.pay[name]) if name in one.pay else "" for name in plans if apart]
        if len(plans) > 1:
            pay.append("" if one.pay_total is None else plain(one.pay_total))
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
    told = [
        (one, problem, _said(problem, language)) for one in rejected for problem in _folded(one)
    ]
    alike: dict[str, list[tuple[Judged, Diagnostic]]] = {}
    for one, problem, said in told:
        alike.setdefault(said, []).append((one, problem))
    rows = []
    for one, problem, said in told:
        first, *others = alike[said]
        if len(others) < _FEW:
            others = []
        elif first[0] is not one:
            continue
        more = f"\n{_others(others, language)}" if others else ""
        place = _placed(str(problem.place or one.place))
        rows.append([*_person(one, language), place, said + more])
    return _titled(_REJECTED, rows, (_ID, _NAME, _ROLE, _PLACE, _REASON), language, most)


def _others(others: Sequence[tuple[Judged, Diagnostic]], language: Language) -> str:
    """With whom besides the same is wrong, each with the cell."""
    shown = [
        f"{one.person} ({problem.place.address})" if isinstance(problem.place, Cell) else one.person
        for one, problem in others[:_ALIKE]
    ]
    more = " …" if len(others) > _ALIKE else ""
    return _AND.into(language).format(count=len(others), ids=", ".join(shown) + more)


def _folded(one: Judged) -> Sequence[Diagnostic]:
    """Why somebody has no result; of whom the data have nothing at all, that says everything."""
    nothing = [problem for problem in one.problems if problem.code == "no-figures"]
    others = [problem for problem in one.reasons if problem.code not in FOLLOWING]
    return [*nothing, *others] if nothing and len(others) < len(one.reasons) else one.reasons


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
    return simple_table(
        [[*map(_cut, row[:-1]), "\n".join(map(visible, row[-1].split("\n")))] for row in rows],
        [visible(title.into(language)) for title in headers],
        ["right" if one == "decimal" else one for one in align],
    )


def _cut(cell: str) -> str:
    """A cell that does nothing to a terminal, and does not push the others out of sight."""
    text = visible(cell)
    return text if width(text) <= _WIDEST else f"{_start(text, _WIDEST)}…"


def _placed(place: str) -> str:
    """A place, cut in its middle where it is long: the cell at its end is what it is there for."""
    text = visible(place)
    if width(text) <= _WIDEST:
        return text
    end = text[-_END:]
    return f"{_start(text, _WIDEST - width(end))}…{end}"


def _start(text: str, columns: int) -> str:
    """As much of a text as takes fewer columns."""
    cut = ""
    for letter in text:
        if width(cut) + width(letter) >= columns:
            break
        cut += letter
    return cut


def _more(count: int, most: int | None, language: Language) -> str:
    if most is None or count <= most:
        return ""
    return "\n" + _MORE.into(language).format(count=count - most)


def _totals(result: CycleResult, language: Language) -> str:
    """How many of each; the grades in the order of the policies."""
    counts = result.counts
    grades = Counter(one.grade for one in result.complete if one.grade is not None)
    order = dict.fromkeys(row.grade for policy in result.policies for row in policy.grades)
    parts = [_of_a_kind(name, counts, language) for name in KINDS.values() if name in counts]
    if grades:
        parts.append("  ".join(f"{visible(grade)} {grades[grade]}" for grade in order))
    parts += [
        _count(title_of_count(name), counts[name], language) for name in _REST if counts[name]
    ]
    return "；".join(parts) if language == "zh" else "; ".join(parts)


def _of_a_kind(name: str, counts: Mapping[str, int], language: Language) -> str:
    """`people: 40 (with a result: 35, without a result: 5)`; what there is none of is not said."""
    found = ((WITH_RESULT, f"{name}_with_result"), (WITHOUT_RESULT, f"{name}_without_result"))
    parts = [_count(title, counts[key], language) for title, key in found if counts[key]]
    said = _count(title_of_count(name), counts[name], language)
    if not parts:
        return said
    return f"{said}（{'，'.join(parts)}）" if language == "zh" else f"{said} ({', '.join(parts)})"


def _count(title: Text, count: int, language: Language) -> str:
    return f"{title.into(language)}{' ' if language == 'zh' else ': '}{count}"


_REST: Final = ("follow_ups", "not_applied", "unattached", "warnings")


_ID: Final = Text("工号", "id")
_NAME: Final = Text("姓名", "name")
_ROLE: Final = Text("岗位", "role")
_TOTAL: Final = Text("总分", "total")
_GRADE: Final = Text("等级", "grade")
_PAY: Final = Text("奖金合计", "total pay")
_PLACE: Final = Text("位置", "place")
_REASON: Final = Text("原因", "reason")
_ADVICE: Final = Text("处理办法：", "help: ")
_REJECTED: Final = WITHOUT_RESULT
_UNATTACHED: Final = title_of_count("unattached")
_AWARDS: Final = Text("奖项", "awards")
_WHAT: Final = Text("对象", "what")
_NOT_APPLIED: Final = title_of_count("not_applied")
_AND: Final = Text("另有 {count} 人同样如此：{ids}", "and {count} more: {ids}")
_MORE: Final = Text("…… 另有 {count} 行", "… and {count} more")
