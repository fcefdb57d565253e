"""A table through a compiled policy: stage by stage, so many rows at a time; rows at fault through
the reference."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import polars as pl

from perfrules.columnar.cells import Cells, Floats, shortest_text
from perfrules.columnar.comparing import Judged, Stood, stood
from perfrules.columnar.evaluate import Compiled, Result, compile_policy
from perfrules.columnar.from_row import Destination, destinations, scorecard_of
from perfrules.columnar.lanes import Num
from perfrules.columnar.names import Word
from perfrules.columnar.plan import Lane, TableResult
from perfrules.exact import EXACT
from perfrules.model.appraisal import Appraisal
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Scorecard
from perfrules.model.standing import Standing

__all__ = ["Judge", "evaluate_frame", "plan_for", "read_table", "results_of"]

Judge = Callable[[Policy, Scorecard, Standing | None], Appraisal]
"""The reference: what a policy makes of one scorecard, with where it stands if rules compare it."""

ROWS: Final = 131_072
"""Rows that go through the stages together: enough that starting a stage costs nothing beside them,
few enough that their columns stay small."""

_DIGITS: Final = 38
_FAULT: Final = "#fault"


def plan_for(
    policy: Policy, frame: object, cycle: Cycle | None, floats: Floats
) -> tuple[Lane, ...]:
    """For each line of the policy the widest value that these data can make of it.

    Raises what `evaluate_frame` raises before the first row.
    """
    table, _ = read_table(policy, frame, floats)
    return tuple(compile_policy(policy, Cells(table), cycle).sheet.plan())


def evaluate_frame(
    policy: Policy, frame: object, judge: Judge, cycle: Cycle | None, floats: Floats
) -> TableResult:
    """What the policy makes of each row.

    Raises `NotColumnar` for what is not done by columns, `ValueError` for a column that the policy
    does not know, `TypeError` for binary floats and for what is no table.
    """
    table, known = read_table(policy, frame, floats)
    cells = Cells(table)
    compiled = compile_policy(policy, cells, cycle)
    read = pl.DataFrame([table["subject"], *cells.read.values()])

    def judged(row: Mapping[str, object], standing: Standing | None) -> Appraisal:
        return judge(policy, scorecard_of(row, known, cycle), standing)

    return results_of(compiled, table, read, judged)


def results_of(
    compiled: Compiled, table: pl.DataFrame, read: pl.DataFrame,
    judged: Judged,
) -> TableResult:  # fmt: skip
    """The results of a table whose columns were read; `judged` tells what the reference says of a
    row at fault."""
    lanes = tuple(compiled.sheet.plan())
    places: Stood | None = None
    left = compiled.sheet.stages
    if compiled.round is not None:
        for stage in left[: compiled.round.stages]:
            read = read.with_columns(stage)
        places = stood(compiled.round, table, read, judged)
        read, left = places.rows, left[compiled.round.stages :]
    parts = [_worked_out(compiled, left, read[at : at + ROWS]) for at in range(0, len(read), ROWS)]
    done = pl.concat(parts) if parts else _worked_out(compiled, left, read)
    at_fault = done[_FAULT]
    done = done.drop(_FAULT)
    if not at_fault.any():
        return TableResult(done, 0, lanes)
    numbers = at_fault.arg_true().to_list()
    standing = {} if places is None else places.standing(numbers)
    found = [
        judged(row, standing.get(number))
        for number, row in zip(numbers, table[numbers].iter_rows(named=True), strict=True)
    ]
    return TableResult(_with(done, at_fault, found, compiled.results), len(found), lanes)


def read_table(
    policy: Policy, frame: object, floats: Floats
) -> tuple[pl.DataFrame, dict[str, Destination]]:
    """The table, without binary floats, and what its columns hold."""
    if not isinstance(frame, pl.DataFrame):
        if not hasattr(frame, "__arrow_c_stream__"):
            raise TypeError(f"{type(frame).__name__} is no table that speaks Arrow")
        frame = pl.DataFrame(frame)
    known = destinations(policy, frame.columns)
    arrays = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Array)]
    frame = frame.with_columns(pl.col(name).arr.to_list() for name in arrays)
    for name, kind in frame.schema.items():
        inner = kind.inner if isinstance(kind, pl.List) else kind
        if name == "subject" or not isinstance(inner, pl.DataType) or not inner.is_float():
            continue
        if floats != "shortest":
            raise TypeError(
                f"the column {name!r} holds binary floats; give decimals, integers or texts, "
                'or say floats="shortest"'
            )
        if isinstance(kind, pl.List):
            raise TypeError(f"the column {name!r} holds lists of binary floats")
        frame = frame.with_columns(shortest_text(frame[name]))
    return frame, known


def _worked_out(
    compiled: Compiled, stages: Sequence[Sequence[pl.Expr]], rows: pl.DataFrame
) -> pl.DataFrame:
    """The stages that are left one after the other, and then the results."""
    for stage in stages:
        rows = rows.with_columns(stage)
    fault = compiled.at_fault.alias(_FAULT)
    shown = rows.select(fault, "subject", *(_shown(one) for one in compiled.results))
    error = pl.lit(None, dtype=pl.String()).alias("error")
    subject = pl.col("subject").cast(pl.String())
    if not shown[_FAULT].any():
        return shown.select(subject, pl.exclude("subject", _FAULT), error, _FAULT)
    results = [
        pl.when(~pl.col(_FAULT)).then(pl.col(one.name)).alias(one.name) for one in compiled.results
    ]
    return shown.select(subject, *results, error, _FAULT)


def _shown(result: Result) -> pl.Expr:
    """A result as its reader gets it: decimals, words, lists of vetoes."""
    match result.value:
        case Num():
            expr = _decimal(result.value)
        case Word():
            expr = result.value.text
        case ():
            expr = pl.lit(pl.Series([[]], dtype=pl.List(pl.String()))).first()
        case held:
            names = [pl.when(one.holds).then(pl.lit(one.veto.name)) for one in held]
            nothing = pl.lit(None, dtype=pl.String())
            expr = pl.concat_list(*names, nothing).list.drop_nulls()
    if result.there is not None:
        expr = pl.when(result.there).then(expr)
    return expr.alias(result.name)


def _decimal(value: Num) -> pl.Expr:
    """Scaled integers as decimals, which are integers of 128 bits with a scale."""
    return value.expr.cast(pl.Int128()).reinterpret(dtype=pl.Decimal(_DIGITS, value.scale))


def _with(
    done: pl.DataFrame, at_fault: pl.Series, judged: Sequence[Appraisal], results: Sequence[Result]
) -> pl.DataFrame:
    """The table with what the reference says of the rows at fault in their places."""
    columns: dict[str, list[Any]] = {one.name: [] for one in results}
    for one in judged:
        for name, value in _of(one, results):
            columns[name].append(value)
    columns["error"] = [_code(one) for one in judged]
    place = pl.int_range(pl.len()).alias("#row")
    here = done.with_columns(place)
    own = here.filter(at_fault).select("#row", "subject", *_filled(columns, done.schema))
    rest = here.filter(~at_fault)
    both = pl.concat([rest.select(own.columns), own], how="vertical_relaxed")
    return both.sort("#row").select(done.columns)


def _filled(columns: Mapping[str, list[Any]], schema: Mapping[str, Any]) -> Iterator[pl.Series]:
    """The values as columns of the table's types, with more places where one needs them."""
    for name, values in columns.items():
        kind = schema[name]
        if isinstance(kind, pl.Decimal):
            yield pl.Series(
                name, values, dtype=pl.Decimal(_DIGITS, max(_places(values), kind.scale))
            )
        else:
            yield pl.Series(name, values, dtype=kind)


def _places(values: Sequence[Decimal | None]) -> int:
    """How many places the values need at most."""
    found = (-int(one.normalize(EXACT).as_tuple().exponent) for one in values if one is not None)
    return max((0, *found))


def _of(appraisal: Appraisal, results: Sequence[Result]) -> Iterator[tuple[str, Any]]:
    """The results of one subject by the names of the columns."""
    steps = appraisal.steps if appraisal.complete else {}
    for result in results:
        if result.path:
            step = steps.get(result.path)
            yield result.name, None if step is None else step.value
        else:
            yield result.name, [*appraisal.vetoed] if appraisal.complete else None


def _code(appraisal: Appraisal) -> str | None:
    """The code of the first error."""
    errors = (one.code for one in appraisal.problems if one.severity == "error")
    return next(errors, None)
