"""What does Spark cost beside the embedded engine, on the same rows? See README.md here.

    python -m benchmarks.spark [--rows N] [--rounds K]

Exit code 0: measured; 1: Spark and the embedded engine do not agree on a cell.
"""

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import polars as pl
from pyspark.sql import DataFrame, SparkSession

import perfrules
import perfrules.spark
from benchmarks.columnar import policy_read, table

PARTITIONS = (1, 2, 4)


def session() -> SparkSession:
    """Spark on two cores, quietly."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder: Any = SparkSession.builder.master("local[2]").appName("perfrules")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "4g",
        "spark.ui.showConsoleProgress": "false",
    }.items():
        builder = builder.config(name, value)
    spark: SparkSession = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def seconds(run: Callable[[], object], rounds: int) -> float:
    """The median of the rounds."""
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        run()
        taken.append(perf_counter() - start)
    return median(taken)


def worked_out(df: DataFrame) -> None:
    """All rows are worked out, and nobody keeps them."""
    df.write.format("noop").mode("overwrite").save()


def agree(df: DataFrame, rows: pl.DataFrame) -> bool:
    """Whether the cells are equal, in whatever order the rows come."""
    here = perfrules.evaluate_table(policy_read(), rows).frame
    there = pl.DataFrame(perfrules.spark.evaluate(df, policy_read()).toArrow())
    order = [name for name in here.columns if name != "vetoes"]
    equal: bool = here.sort(order).equals(there.sort(order))
    return equal


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spark")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rows, policy = table(options.rows), policy_read()
    spark = session()
    whole = spark.createDataFrame(rows.to_arrow())
    if not agree(whole.limit(20_000).repartition(4), rows[:20_000]):
        print("Spark and the embedded engine differ", file=sys.stderr)
        return 1
    own = seconds(lambda: perfrules.evaluate_table(policy, rows), options.rounds)
    print(f"{options.rows} rows, {options.rounds} rounds; equal cells in 20 000 rows")
    print("| engine | ranges, s | results, s | rows a second | seconds, embedded = 1 |")
    print("| --- | --- | --- | --- | --- |")
    print(f"| embedded | within | {own:.2f} | {options.rows / own:,.0f} | 1 |", flush=True)
    for count in PARTITIONS:
        df = whole.repartition(count).cache()
        df.count()
        worked_out(perfrules.spark.evaluate(df, policy))
        judged = perfrules.spark.evaluate(df, policy)
        ranges = seconds(partial(perfrules.spark.evaluate, df, policy), options.rounds)
        results = seconds(partial(worked_out, judged), options.rounds)
        both = ranges + results
        print(
            f"| Spark, {count} partitions | {ranges:.2f} | {results:.2f} | "
            f"{options.rows / both:,.0f} | {both / own:.1f} |",
            flush=True,
        )
        df.unpersist()
    spark.stop()
    print(f"\nload of the machine: {os.getloadavg()[1]:.1f} in the last five minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
