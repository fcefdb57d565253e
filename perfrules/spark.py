"""A table of Spark judged where its parts are: `evaluate(df, policy)`.

The kernel is that of `evaluate_table`, on Arrow batches in each executor, where `perfrules[spark]`
has to be installed too. Polars wraps where an integer overflows, so what holds for all rows is
proven before the first one: a job of its own reads the ranges of the columns, the driver compiles
the policy with them, or refuses it, and each executor compiles the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pickle import dumps, loads
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame, functions
from pyspark.sql.types import (
    ArrayType,
    DataType,
    DecimalType,
    IntegralType,
    StringType,
    StructField,
    StructType,
)

from perfrules.api import Floats, Policy
from perfrules.columnar.in_parts import Program, ranges_of
from perfrules.columnar.ranges import Ranges, Span, joined
from perfrules.evaluation.evaluate import evaluate as judge
from perfrules.exact import EXACT
from perfrules.model.scorecard import Cycle
from perfrules.plain_values import cycle_of

__all__ = ["evaluate"]

ROWS: Final = 131_072
"""Rows that an executor works out together: Spark sends 10 000 at a time, too few to be worth the
start of each stage."""

Batches = Iterator[pa.RecordBatch]


def evaluate(
    df: DataFrame,
    policy: Policy,
    *,
    cycle: Cycle | Mapping[str, Any] | None = None,
    floats: Floats = "refuse",
) -> DataFrame:
    """Judges everybody in a table of Spark, each alone: the columns of `evaluate_table` in and out.

    A job of its own reads the ranges of the columns at once. The results are worked out when they
    are asked for, from `df` as it is then; where it has changed and the ranges do not hold any
    more, that fails. A row with a fault has its code in `error`, as in `evaluate_table`.

    Raises what `evaluate_table` raises, all of it here.
    """
    rules, period, names = policy.rules, cycle_of(cycle), df.columns
    head = df.limit(0).toArrow()
    # What the policy or the columns are refused for is refused before a row is read.
    known = ranges_of(rules, head, floats)
    Program(rules, head, known, period, floats)
    ranges = _ranges_of_all(df, policy, floats) or known
    columns = _arrow_types(pa.table(Program(rules, head, ranges, period, floats).nothing))

    def results(batches: Batches) -> Batches:
        program = Program(rules, head, ranges, period, floats)
        for part in _parts(batches, names):
            yield from pa.table(program.evaluate(part, judge)).cast(columns).to_batches()

    return _without_dots(df).mapInArrow(results, _spark_types(columns))


def _ranges_of_all(df: DataFrame, policy: Policy, floats: Floats) -> Ranges | None:
    """The ranges of all columns, None of a table without rows. Spark itself reads those of plain
    numbers; what texts and lists hold is read in the executors, as the kernel reads it."""
    plain = [place for place, one in enumerate(df.schema.fields) if _is_plain(one)]
    others = [place for place in range(len(df.columns)) if place not in plain]
    found = [_of_numbers(df, plain)] if plain else []
    if len(others) > 1 or not plain:  # the subject is always among them
        found += _of_others(df, others, policy, floats)
    kept = [one for one in found if one is not None]
    return joined(kept) if kept else None


def _is_plain(column: StructField) -> bool:
    """Whether it holds integers, or decimals with so few places that the kernel keeps them all."""
    kind = column.dataType
    if column.name == "subject" or ".ratings." in column.name:
        return False
    return isinstance(kind, IntegralType) or (isinstance(kind, DecimalType) and kind.scale <= 2)


def _of_numbers(df: DataFrame, places: Sequence[int]) -> Ranges | None:
    """The least and the greatest of each of these columns, and whether one is missing."""
    bare = _without_dots(df)
    asked = [functions.count("*")]
    for place in places:
        name = f"c{place}"
        asked += (functions.min(name), functions.max(name), functions.count(name))
    (rows, *values) = bare.agg(*asked).collect()[0]
    if not rows:
        return None
    ranges = Ranges()
    for place, low, high, there in zip(places, values[::3], values[1::3], values[2::3]):
        field = df.schema.fields[place]
        scale = field.dataType.scale if isinstance(field.dataType, DecimalType) else 0
        ends = [int(Decimal(one).scaleb(scale, EXACT)) for one in (low, high) if one is not None]
        if there < rows:
            ranges.somewhere.add(f"#there {field.name}")
            ends.append(0)
        ranges.spans[f"#number {field.name}"] = Span(scale, min(ends), max(ends))
    return ranges


def _of_others(
    df: DataFrame, places: Sequence[int], policy: Policy, floats: Floats
) -> list[Ranges]:
    """The ranges of these columns, of each part of the table."""
    rules, names = policy.rules, [df.columns[place] for place in places]

    def ranges(batches: Batches) -> Batches:
        for part in _parts(batches, names):
            found = dumps(ranges_of(rules, part, floats))
            yield pa.RecordBatch.from_pylist([{"ranges": found}])

    bare = _without_dots(df).select(*(f"c{place}" for place in places))
    return [loads(row["ranges"]) for row in bare.mapInArrow(ranges, "ranges binary").collect()]


def _without_dots(df: DataFrame) -> DataFrame:
    """The table with other names: Spark does not find a column whose name has a dot."""
    return df.toDF(*(f"c{place}" for place in range(len(df.columns))))


def _parts(batches: Batches, names: Sequence[str]) -> Iterator[pa.Table]:
    """Batches together, so that a part has so many rows, under the names of its columns."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(one.num_rows for one in held) >= ROWS:
            yield pa.Table.from_batches(held).rename_columns(names)
            held = []
    if sum(one.num_rows for one in held):
        yield pa.Table.from_batches(held).rename_columns(names)


def _arrow_types(results: pa.Table) -> pa.Schema:
    """The columns of results in those of Arrow's types that Spark takes."""

    texts = (pa.string(), pa.large_string(), pa.string_view())

    def kind(known: pa.DataType) -> pa.DataType:
        if pa.types.is_decimal(known):
            return known
        return pa.string() if known in texts else pa.list_(pa.string())

    return pa.schema([(one.name, kind(one.type)) for one in results.schema])


def _spark_types(columns: pa.Schema) -> StructType:
    def kind(known: pa.DataType) -> DataType:
        if pa.types.is_decimal(known):
            return DecimalType(known.precision, known.scale)
        return StringType() if pa.types.is_string(known) else ArrayType(StringType())

    return StructType([StructField(one.name, kind(one.type)) for one in columns])
