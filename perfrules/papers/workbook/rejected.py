"""The sheets of what has no result, and of what was read and does not count: where, why, and what
to do."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.model.cycle_result import CycleResult, Judged, NotApplied
from perfrules.papers.workbook.columns import Cell, Column, Table
from perfrules.papers.workbook.results import about, is_person

__all__ = ["Reason", "not_applied", "rejected_people", "rejected_units"]

Row = TypeVar("Row")


class Reason(NamedTuple):
    """Why somebody has no result; None for data that belong to nobody."""

    one: Judged | None
    problem: Diagnostic


def rejected_people(result: CycleResult, language: Language) -> Table[Reason]:
    """People without a result, a row for each reason; then the rows that belong to nobody."""

    def rows() -> Iterator[Reason]:
        yield from _reasons(result, people=True)
        yield from (Reason(None, problem) for problem in result.unattached)

    return _rejected(Text("未出结果", "No result"), rows, language, people=True)


def rejected_units(result: CycleResult, language: Language) -> Table[Reason]:
    """Teams, departments and projects without a result, a row for each reason."""
    name = Text("组织未出结果", "Units without result")
    return _rejected(name, lambda: _reasons(result, people=False), language, people=False)


def not_applied(result: CycleResult, language: Language) -> Table[NotApplied]:
    """Changes of targets and calibrations that do not count."""
    return Table(
        Text("未生效的变更", "Not applied"),
        (
            Column(Text("工号", "ID"), lambda one: one.person, stays=True),
            Column(Text("对象", "What"), lambda one: one.what),
            *_why(language, lambda one: one.reason, lambda one: one.place),
        ),
        lambda: result.not_applied,
    )


def _reasons(result: CycleResult, *, people: bool) -> Iterator[Reason]:
    return (
        Reason(one, problem)
        for one in result.rejected
        if is_person(one) == people
        for problem in one.reasons
    )


def _rejected(
    name: Text, rows: Callable[[], Iterator[Reason]], language: Language, *, people: bool
) -> Table[Reason]:
    return Table(
        name,
        (
            *(_about(column) for column in about(language, people=people)),
            *_why(language, lambda row: row.problem, lambda row: row.one.place if row.one else ""),
        ),
        rows,
    )


def _about(column: Column[Judged]) -> Column[Reason]:
    cell: Callable[[Judged], Cell] = column.cell
    return Column(
        column.title,
        lambda row: cell(row.one) if row.one else None,
        stays=column.stays,
        widest=column.widest,
    )


def _why(
    language: Language, problem: Callable[[Row], Diagnostic], place: Callable[[Row], str]
) -> tuple[Column[Row], ...]:
    return (
        Column(Text("位置", "Place"), lambda row: str(problem(row).place or place(row)), widest=24),
        Column(Text("原因", "Reason"), lambda row: problem(row).message(language), widest=48),
        Column(Text("处理办法", "What to do"), lambda row: problem(row).help(language), widest=44),
        Column(Text("代码", "Code"), lambda row: problem(row).code),
    )
