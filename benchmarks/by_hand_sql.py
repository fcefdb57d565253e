"""The rules of six_indicators.yaml as one query of DuckDB, on integers, exact.

The columns are those of `by_hand_columns.all_columns`. Unlike Polars, DuckDB raises where an
integer overflows, so that nothing has to be proven first.
"""

from functools import cache

import duckdb
import polars as pl

from benchmarks.by_hand_columns import ATTAINED, GRADES, INDICATORS, TIERS, Bands

_CENTS = "CAST({} * 100 AS BIGINT)"


def _reached(value: str, unit: int, bands: Bands) -> str:
    """The score of the first band whose threshold, times the unit, the value reaches."""
    *others, (_, lowest) = bands
    whens = " ".join(f"WHEN {value} >= {unit * at} THEN {score}" for at, score in others)
    return f"CASE {whens} ELSE {lowest} END"


def _decimal(integers: str, places: int) -> str:
    if places == 0:
        return f"CAST({integers} AS DECIMAL(38, 0))"
    last = f"0.{'0' * (places - 1)}1"
    return f"CAST(CAST({integers} AS DECIMAL(19, 0)) * {last} AS DECIMAL(38, {places}))"


@cache
def query() -> str:
    """The query, over a table called `people`."""
    quotients, scores, shown = [], [], ['"subject"']
    for name, weight, lower, bands in INDICATORS:
        actual, target = (_CENTS.format(f'"{name}.{what}"') for what in ("actual", "target"))
        above, below = (target, actual) if lower else (actual, target)
        # Every figure is above nought, where to cut and to round down are the same.
        attained, scored = f'"a.{name}"', f'"s.{name}"'
        quotients.append(f"{above} * {ATTAINED} // {below} AS {attained}")
        scores.append(f"{_reached(attained, ATTAINED // 100, bands)} AS {scored}")
        shown += [
            f'{_decimal(attained, 10)} AS "{name}.attainment"',
            f'{_decimal(scored, 1)} AS "{name}.score"',
            _decimal(f"{scored} * {weight}", 3) + f' AS "{name}.contribution"',
        ]
    summed = " + ".join(f'"s.{name}" * {weight}' for name, weight, _, _ in INDICATORS)
    rate = _reached('"a.channel_sales"', ATTAINED // 100, TIERS)
    base = _CENTS.format('"person.bonus_base"')
    grades = " ".join(f"WHEN total >= {at} THEN '{grade}'" for at, grade in GRADES)
    shown += [
        _decimal("total", 2) + " AS total",
        f"CASE {grades} ELSE 'D' END AS grade",
        _decimal("bonus", 2) + ' AS "pay.bonus"',
    ]
    return f"""
        WITH attained AS (SELECT *, {", ".join(quotients)} FROM people),
        scored AS (SELECT *, {", ".join(scores)}, ({base} * ({rate}) + 50) // 100 AS bonus
                   FROM attained),
        added AS (SELECT *, ({summed} + 5) // 10 AS total FROM scored)
        SELECT {", ".join(shown)} FROM added
    """


def all_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Attainment, score and contribution of each indicator, total, grade, bonus."""
    with duckdb.connect() as database:
        database.register("people", frame.to_arrow())
        return pl.DataFrame(database.sql(query()).to_arrow_table())
