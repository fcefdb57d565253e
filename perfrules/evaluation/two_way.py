"""A value out of a table of two inputs: the cell where its row and its column meet."""

from decimal import Decimal

from perfrules.evaluation.attainment import place_of
from perfrules.evaluation.expression import Lookup, value_of
from perfrules.evaluation.trace import Refusal, Trace
from perfrules.exact import percent, plain
from perfrules.model.appraisal import Step
from perfrules.model.scorecard import Value
from perfrules.model.two_way import Axis, TwoWayTable

__all__ = ["looked_up"]


def looked_up(trace: Trace, name: str, lookup: Lookup) -> Step:
    """The value of a table, written down when it is first read.

    Raises `Refusal` (`not-in-table`) where the table has no row or no column for what it looks at.
    """
    path = f"table.{name}"
    if path in trace.steps:
        return trace.steps[path]
    table = next(one for one in trace.policy.tables if one.name == name)
    row, down = _found(trace, table, table.rows, f"{path}.row", lookup)
    column, across = _found(trace, table, table.columns, f"{path}.column", lookup)
    cell = table.cell(down, across)
    return trace.add(path, "table", "table", (row, column), cell.value, rule=cell)


def _found(
    trace: Trace, table: TwoWayTable, axis: Axis, path: str, lookup: Lookup
) -> tuple[Step, int]:
    """The value that is looked up, and in which row or column it is."""
    wanted = str if axis.words else Decimal
    step = value_of(trace, path, "table", axis.by, lookup, wanted)
    place = _place_on(axis, step.value)
    if place is None:
        shown = step.value
        if isinstance(shown, Decimal):
            shown = percent(shown) if axis.is_share else plain(shown)
        facts = {"value": shown, "table": table.name, "known": ", ".join(axis.labels)}
        raise Refusal("not-in-table", place_of(step) or axis.place, name=axis.by.text, **facts)
    return step, place


def _place_on(axis: Axis, value: Value) -> int | None:
    """Which row or column a value belongs to, from 0; None where it is not in the table."""
    if isinstance(value, Decimal):
        places = [at for at, threshold in enumerate(axis.at_least) if value >= threshold]
    else:
        places = [at for at, word in enumerate(axis.words) if value == word]
    if axis.otherwise:
        places.append(len(axis.labels) - 1)
    return places[0] if places else None
