"""A table of two inputs in which the better grade, or the higher figure, gives less."""

from collections.abc import Iterator
from itertools import pairwise

from perfrules.diagnostics import Diagnostic
from perfrules.exact import percent, plain
from perfrules.language.addresses import Addresses
from perfrules.model.policy import Policy
from perfrules.model.two_way import Axis, TwoWayTable
from perfrules.model.written import Constant

__all__ = ["find"]


def find(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Of grades, the attainment and the total alone it is known which is the better."""
    grades = [row.grade for row in policy.grades]
    for table in policy.tables:
        if not _is_whole(table):
            continue  # an error already
        rows, columns = (_best_first(one, grades) for one in (table.rows, table.columns))
        for column, name in enumerate(table.columns.labels):
            for above, below in pairwise(rows):
                cells = table.cell(above, column), table.cell(below, column)
                yield from _falls(table, table.rows, (above, below), name, cells, at)
        for row, name in enumerate(table.rows.labels):
            for above, below in pairwise(columns):
                cells = table.cell(row, above), table.cell(row, below)
                yield from _falls(table, table.columns, (above, below), name, cells, at)


def _is_whole(table: TwoWayTable) -> bool:
    """Whether every row and column has its cell."""
    columns = len(table.columns.labels)
    named = {one.name for one in table.cells}
    return named == {*table.rows.labels} and all(len(one.cells) == columns for one in table.cells)


def _best_first(axis: Axis, grades: list[str]) -> list[int]:
    """The places of an axis, the best first; none where nobody can say."""
    last = axis.by.text.rpartition(".")[2]
    if axis.words:
        if last != "grade" or not {*axis.words} <= {*grades}:
            return []
        order = [axis.words.index(grade) for grade in grades if grade in axis.words]
    elif last in ("attainment", "total"):
        order = list(range(len(axis.at_least)))
    else:
        return []
    return [*order, len(axis.labels) - 1] if axis.otherwise and not axis.words else order


def _falls(
    table: TwoWayTable, axis: Axis, pair: tuple[int, int], beside: str,
    cells: tuple[Constant, Constant], at: Addresses,
) -> Iterator[Diagnostic]:  # fmt: skip
    better, worse = cells
    if better.value >= worse.value:
        return
    shown = percent if table.gives == "share" else plain
    facts = {
        "by": axis.by.text,
        "better": axis.labels[pair[0]],
        "worse": axis.labels[pair[1]],
        "beside": beside,
        "above": shown(better.value),
        "below": shown(worse.value),
    }
    yield Diagnostic("falling-cells", at.value(better.path), facts, severity="warning")
