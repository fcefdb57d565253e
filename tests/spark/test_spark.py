"""A table of Spark judged in its parts: each cell as `evaluate_table` has it for the whole."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import perfrules

POLICY = """\
policy: p
indicators:
  sales:
    weight: 50%
    score:
      bands: [{at_least: 100%, score: 100}, {at_least: 80%, score: [60, 100]}, {otherwise: 0}]
  service: {weight: 30%, missing: exclude, score: {direct: {min: 0, max: 100}}}
  teamwork:
    weight: 20%
    score:
      ratings:
        groups: {manager: 60%, peer: 40%}
        scale: {min: 0, max: 100}
        trim: {drop: 1, from_raters: 3}
vetoes:
  fraud: {when: fraud > 0, then: {total: 59.5, grade: C, pay: 0%}}
grades: [{grade: A, at_least: 90}, {grade: B, at_least: 80}, {otherwise: C}]
incentives:
  bonus:
    base: person.base
    by_grade: {A: 120%, B: 100%, C: 50%}
    only_if: person.office in ("North", "South")
"""
TYPES = (
    "subject string, `sales.actual` string, `sales.target` decimal(12,2), `service.actual` "
    "decimal(38,18), `event.fraud` tinyint, `person.base` decimal(18,2), `person.office` string, "
    "`teamwork.ratings.manager` array<int>, `teamwork.ratings.peer` array<decimal(6,3)>"
)
FAULTS = {"E3": "missing-actual", "E5": "not-a-figure", "E7": "zero-target", "E9": "out-of-range"}


def rows(count: int) -> list[tuple[Any, ...]]:
    """People, of whom a few cannot be judged."""
    return [_row(number) for number in range(count)]


def _row(number: int) -> tuple[Any, ...]:
    return (
        f"E{number}",
        {3: None, 5: "many"}.get(number, f"{70 + number % 50}.{number % 7}25"),
        Decimal(0 if number == 7 else 100),
        None if number % 6 == 1 else Decimal(number % 100) + Decimal("0.125"),
        1 if number == 8 else None,
        Decimal(f"{1000 + number}.50"),
        "North" if number % 3 else "West",
        [101 if number == 9 else 90],
        [Decimal("60"), Decimal("70.5"), Decimal("99.999")],
    )


@pytest.fixture
def policy(tmp_path: Path) -> perfrules.Policy:
    return read(tmp_path, POLICY)


def read(folder: Path, text: str) -> perfrules.Policy:
    (folder / "p.yaml").write_text(text, "utf-8")
    return perfrules.read_policy(folder / "p.yaml")


def evaluate(*arguments: Any, **named: Any) -> Any:
    from perfrules.spark import evaluate

    return evaluate(*arguments, **named)


def cells(table: Any) -> list[dict[str, Any]]:
    """The rows of an Arrow table by subject; which partition comes first is Spark's business."""
    found: list[dict[str, Any]] = table.to_pylist()
    return sorted(found, key=lambda row: str(row["subject"]))


def compare(policy: perfrules.Policy, df: Any) -> list[dict[str, Any]]:
    """What Spark gives, once it is equal to what the whole table gives at once."""
    import pyarrow

    here = pyarrow.table(perfrules.evaluate_table(policy, df.toArrow()))
    there = evaluate(df, policy).toArrow()
    assert there.column_names == here.column_names
    for name in here.column_names:
        kinds = [one.schema.field(name).type for one in (there, here)]
        if pyarrow.types.is_decimal(kinds[1]):
            assert kinds[0] == kinds[1], name
    assert cells(there) == cells(here)
    return cells(there)


@pytest.mark.parametrize("partitions", [1, 5])
def test_any_number_of_partitions(spark: Any, policy: perfrules.Policy, partitions: int) -> None:
    found = compare(policy, spark.createDataFrame(rows(60), TYPES).repartition(partitions))
    assert len(found) == 60


def test_a_row_with_a_fault_does_not_fail_the_job(spark: Any, policy: perfrules.Policy) -> None:
    found = compare(policy, spark.createDataFrame(rows(12), TYPES).repartition(3))
    assert {one["subject"]: one["error"] for one in found if one["error"]} == FAULTS
    for one in found:
        assert (one["total"] is None) == (one["subject"] in FAULTS)
    assert next(one["vetoes"] for one in found if one["subject"] == "E8") == ["fraud"]


def test_all_rows_in_one_partition_beside_empty_ones(spark: Any, policy: perfrules.Policy) -> None:
    df = spark.createDataFrame(rows(40), TYPES).repartition(6, "`teamwork.ratings.manager`")
    sizes = [len(part) for part in df.rdd.glom().collect()]
    assert sizes.count(0) >= 4
    compare(policy, df)


def test_more_rows_than_arrow_sends_at_once(spark: Any, policy: perfrules.Policy) -> None:
    """And more than are worked out together; most are the same few people."""
    df = spark.createDataFrame(rows(60), TYPES).where("subject not in ('E3', 'E5', 'E7', 'E9')")
    many = df.crossJoin(spark.range(2600)).drop("id").coalesce(1)
    assert many.count() == 145_600
    found = evaluate(many, policy).groupBy("subject", "total", "grade", "pay_total").count()
    lines = {row["subject"]: row for row in found.collect()}
    assert len(lines) == 56
    assert {row["count"] for row in lines.values()} == {2600}
    alone = {one["subject"]: one for one in compare(policy, df)}
    assert all(row["total"] == alone[name]["total"] for name, row in lines.items())


@pytest.mark.parametrize(
    ("target", "actual", "base"),
    [("tinyint", "decimal(38,18)", "bigint"), ("decimal(3,0)", "string", "decimal(38,2)"),
     ("decimal(10,2)", "decimal(20,10)", "string")],
)  # fmt: skip
def test_numbers_of_any_exact_type(
    spark: Any, policy: perfrules.Policy, target: str, actual: str, base: str
) -> None:
    df = spark.createDataFrame(rows(3), TYPES)
    df = df.withColumn("sales.target", df["`sales.target`"].cast(target))
    df = df.withColumn("service.actual", df["`service.actual`"].cast("decimal(6,3)").cast(actual))
    df = df.withColumn("person.base", df["`person.base`"].cast(base))
    assert [one["error"] for one in compare(policy, df)] == [None, None, None]


def test_floats_are_refused_or_the_shortest_decimal(spark: Any, policy: perfrules.Policy) -> None:
    df = spark.createDataFrame(rows(3), TYPES)
    df = df.withColumn("sales.target", df["`sales.target`"].cast("double") + 0.1)
    with pytest.raises(TypeError, match=r"'sales\.target' holds binary floats"):
        evaluate(df, policy)
    found = cells(evaluate(df, policy, floats="shortest").toArrow())
    here = perfrules.evaluate_table(policy, df.toArrow(), floats="shortest").frame
    assert [one["sales.attainment"] for one in found] == here["sales.attainment"].to_list()


def jobs(spark: Any, group: str) -> Sequence[int]:
    """The jobs that were started for what has this name."""
    found: Sequence[int] = spark.sparkContext.statusTracker().getJobIdsForGroup(group)
    return found


def test_results_are_worked_out_when_they_are_asked_for(
    spark: Any, policy: perfrules.Policy
) -> None:
    df = spark.createDataFrame(rows(30), TYPES)
    spark.sparkContext.setJobGroup("lazy", "lazy")
    found = evaluate(df, policy)
    ranges = len(jobs(spark, "lazy"))
    assert ranges > 0
    some = found.select("subject", "`sales.score`", "`pay.bonus`").where("total >= 60")
    assert some.columns == ["subject", "sales.score", "pay.bonus"]
    assert len(jobs(spark, "lazy")) == ranges
    assert some.collect()
    assert len(jobs(spark, "lazy")) > ranges


BETWEEN = POLICY + "awards: {star: {order: [total desc], top: 1}}\n"
FACTORS = ", ".join(["person.base"] * 12)
WIDE = POLICY.replace("base: person.base", f"base: 1\n    times: [{FACTORS}]")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [(BETWEEN, ":23:10", "between people"), (WIDE, ":19:3", "128 bits")],
    ids=["a rule between people", "values that no lane holds"],
)  # fmt: skip
def test_a_policy_is_refused_on_the_driver(
    spark: Any, tmp_path: Path, text: str, place: str, reason: str
) -> None:
    df = spark.createDataFrame(rows(20), TYPES)
    df = df.withColumn("person.base", df["`person.base`"] * 10**9)
    with pytest.raises(perfrules.NotColumnar, match=reason) as caught:
        evaluate(df, read(tmp_path, text))
    assert place in caught.value.refusals[0].place


def test_it_is_refused_before_a_row_is_read(
    spark: Any, policy: perfrules.Policy, tmp_path: Path
) -> None:
    from pyspark.sql import functions

    cut = functions.raise_error(functions.lit("a row was read")).cast("string")
    df = spark.createDataFrame(rows(3), TYPES).withColumn("sales.actual", cut)
    with pytest.raises(perfrules.NotColumnar):
        evaluate(df, read(tmp_path, BETWEEN))
    with pytest.raises(Exception, match="a row was read"):
        evaluate(df, policy)


def test_columns_that_the_policy_does_not_know(spark: Any, policy: perfrules.Policy) -> None:
    df = spark.createDataFrame(rows(3), TYPES)
    with pytest.raises(ValueError, match=r"'sales.actaul', did you mean 'sales.actual'"):
        evaluate(df.withColumnRenamed("sales.actual", "sales.actaul"), policy)
    with pytest.raises(ValueError, match="subject"):
        evaluate(df.drop("subject"), policy)


def test_a_table_without_rows(spark: Any, policy: perfrules.Policy) -> None:
    assert compare(policy, spark.createDataFrame([], TYPES)) == []


def test_data_that_change_in_between_are_refused(
    spark: Any, policy: perfrules.Policy, tmp_path: Path
) -> None:
    """What was proven of the ranges is not worked out with others."""
    path = tmp_path / "people.csv"
    head = "subject,sales.actual,sales.target,teamwork.ratings.manager,teamwork.ratings.peer,"
    head += "person.base,person.office\n"
    path.write_text(head + "E1,90,100,90,80,1000,West\n", "utf-8")
    found = evaluate(spark.read.csv(str(path), header=True), policy)
    assert found.collect()[0]["total"] is not None
    path.write_text(head + "E1,91,100,90,80,1000,West\n", "utf-8")
    with pytest.raises(Exception, match=r"sales\.actual: the table has other values than when"):
        found.collect()


def test_results_are_kept_as_parquet(spark: Any, policy: perfrules.Policy, tmp_path: Path) -> None:
    found = evaluate(spark.createDataFrame(rows(12), TYPES), policy)
    found.write.parquet(str(tmp_path / "results"))
    assert cells(spark.read.parquet(str(tmp_path / "results")).toArrow()) == cells(found.toArrow())
