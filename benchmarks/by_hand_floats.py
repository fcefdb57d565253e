"""The rules of six_indicators.yaml in binary floats with NumPy, as one would write them at first.

It is here for its speed, and for how many people it gets wrong.
"""

from typing import Any

import numpy as np
import polars as pl

from benchmarks.by_hand_columns import GRADES, INDICATORS, TIERS, Bands


def _reached(value: Any, bands: Bands, unit: float) -> Any:
    """The score of the first band whose threshold the value reaches."""
    *others, (_, lowest) = bands
    conditions = [value >= at / 100 for at, _ in others]
    return np.select(conditions, [score * unit for _, score in others], lowest * unit)


def _half_up(value: Any) -> Any:
    """To two places."""
    return np.floor(value * 100 + 0.5) / 100


def results(frame: pl.DataFrame) -> pl.DataFrame:
    """Total, grade and bonus."""
    column = {
        name: frame[name].cast(pl.Float64()).to_numpy()
        for name in frame.columns
        if name != "subject"
    }
    total = np.zeros(len(frame))
    for name, weight, lower, bands in INDICATORS:
        actual, target = column[f"{name}.actual"], column[f"{name}.target"]
        attained = target / actual if lower else actual / target
        total += _reached(attained, bands, 0.1) * (weight / 100)
    total = _half_up(total)
    grade = np.select([total >= at / 100 for at, _ in GRADES], [one for _, one in GRADES], "D")
    sales = column["channel_sales.actual"] / column["channel_sales.target"]
    bonus = _half_up(column["person.bonus_base"] * _reached(sales, TIERS, 0.01))
    return pl.DataFrame({"total": total, "grade": grade, "pay.bonus": bonus})


def wrong(exact: pl.DataFrame, floats: pl.DataFrame) -> int:
    """Of how many rows the total, the grade or the bonus is another one than the exact one."""
    both = exact.select("total", "grade", "pay.bonus").with_columns(
        pl.Series(f"float.{name}", floats[name]) for name in floats.columns
    )
    money = [
        pl.col(name).cast(pl.Float64()) != pl.col(f"float.{name}")
        for name in ("total", "pay.bonus")
    ]
    differs = pl.any_horizontal(*money, pl.col("grade") != pl.col("float.grade"))
    found: int = both.select(differs.sum()).item()
    return found
