"""Judges a table with Spark, for docs/spark.md:

spark-submit appraise.py POLICY TABLE RESULTS

POLICY is a policy's file, TABLE a CSV file with a head or a folder of Parquet files, RESULTS the
folder that the results go to, as Parquet.
"""

import sys

from pyspark.sql import SparkSession

import perfrules
import perfrules.spark


def main(policy: str, table: str, results: str) -> None:
    """Reads, judges, writes, and prints what was written."""
    spark = SparkSession.builder.appName("perfrules").getOrCreate()
    if table.endswith(".csv"):
        people = spark.read.csv(table, header=True)  # all texts, so that no digit is lost
    else:
        people = spark.read.parquet(table)
    judged = perfrules.spark.evaluate(people, perfrules.read_policy(policy))
    judged.write.mode("overwrite").parquet(results)
    kept = spark.read.parquet(results)
    kept.select("subject", "total", "grade", "`pay.bonus`", "error").orderBy("subject").show()
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
