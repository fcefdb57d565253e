"""The rules of six_indicators.yaml written straight into Polars, on integers that are known to fit.

Two programs: one gives every column that the generated one gives, the other only what the people
get (total, grade, bonus), without dividing anything: bands by cross-multiplication.
"""

import polars as pl

Bands = tuple[tuple[int, int], ...]

# Thresholds in hundredths of the target, scores in tenths of a point.
INDICATORS: tuple[tuple[str, int, bool, Bands], ...] = (
    ("channel_sales", 30, False, ((120, 1100), (100, 1000), (80, 800), (60, 600), (0, 0))),
    ("new_customers", 20, False, ((100, 1000), (80, 800), (60, 600), (0, 0))),
    ("acquisition_cost", 15, True, ((120, 1050), (100, 1000), (80, 875), (60, 625), (0, 0))),
    ("repeat_orders", 15, False, ((100, 1000), (80, 925), (60, 675), (0, 0))),
    ("partner_visits", 10, False, ((100, 1000), (80, 800), (60, 600), (0, 200))),
    ("training_sessions", 10, False, ((100, 1000), (80, 850), (60, 650), (0, 0))),
)
GRADES = ((9000, "A"), (8000, "B"), (6000, "C"))
TIERS: Bands = ((120, 150), (100, 120), (80, 100), (60, 80), (0, 0))
ATTAINED = 10**10


def _reached(value: pl.Expr, unit: pl.Expr, bands: Bands) -> pl.Expr:
    """The score of the first band whose threshold, times the unit, the value reaches."""
    (_, lowest), *others = reversed(bands)
    found = pl.lit(lowest, dtype=pl.Int64())
    for threshold, score in others:
        reaches = value >= unit * threshold
        found = pl.when(reaches).then(pl.lit(score, dtype=pl.Int64())).otherwise(found)
    return found


def _cents(frame: pl.DataFrame) -> pl.LazyFrame:
    columns = [frame[name].to_physical().cast(pl.Int64()) for name in frame.columns[1:]]
    return pl.DataFrame([frame["subject"], *columns]).lazy()


def _decimal(expr: pl.Expr, places: int) -> pl.Expr:
    return expr.cast(pl.Int128()).reinterpret(dtype=pl.Decimal(38, places))


def _parts(name: str, lower: bool) -> tuple[pl.Expr, pl.Expr]:
    actual, target = pl.col(f"{name}.actual"), pl.col(f"{name}.target")
    return (target, actual) if lower else (actual, target)


def _grade(total: pl.Expr) -> pl.Expr:
    found = pl.lit("D")
    for threshold, grade in reversed(GRADES):
        found = pl.when(total >= threshold).then(pl.lit(grade)).otherwise(found)
    return found


def all_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Attainment, score and contribution of each indicator, total, grade, bonus."""
    lazy, unit = _cents(frame), pl.lit(ATTAINED // 100, dtype=pl.Int64())
    lazy = lazy.with_columns(
        (above * ATTAINED // below).alias(f"a.{name}")
        for name, _, lower, _ in INDICATORS
        for above, below in (_parts(name, lower),)
    )
    lazy = lazy.with_columns(
        _reached(pl.col(f"a.{name}"), unit, bands).alias(f"s.{name}")
        for name, _, _, bands in INDICATORS
    )
    rate = _reached(pl.col("a.channel_sales"), unit, TIERS)
    summed = pl.sum_horizontal(pl.col(f"s.{name}") * weight for name, weight, _, _ in INDICATORS)
    # In thousandths of a point; the bonus in hundredths of a cent.
    lazy = lazy.with_columns(
        total=(summed + 5) // 10, bonus=(pl.col("person.bonus_base") * rate + 50) // 100
    )
    shown = [pl.col("subject")]
    for name, weight, _, _ in INDICATORS:
        shown += [
            _decimal(pl.col(f"a.{name}"), 10).alias(f"{name}.attainment"),
            _decimal(pl.col(f"s.{name}"), 1).alias(f"{name}.score"),
            _decimal(pl.col(f"s.{name}") * weight, 3).alias(f"{name}.contribution"),
        ]
    shown += [
        _decimal(pl.col("total"), 2).alias("total"),
        _grade(pl.col("total")).alias("grade"),
        _decimal(pl.col("bonus"), 2).alias("pay.bonus"),
    ]
    return lazy.select(shown).collect()


def results_only(frame: pl.DataFrame) -> pl.DataFrame:
    """Total, grade and bonus, with nothing divided but at the end."""
    lazy, hundred = _cents(frame), 100
    scores = [
        _reached(above * hundred, below, bands) * weight
        for name, weight, lower, bands in INDICATORS
        for above, below in (_parts(name, lower),)
    ]
    sales, quota = _parts("channel_sales", lower=False)
    rate = _reached(sales * hundred, quota, TIERS)
    lazy = lazy.select(
        "subject",
        total=(pl.sum_horizontal(scores) + 5) // 10,
        bonus=(pl.col("person.bonus_base") * rate + 50) // 100,
    )
    return lazy.select(
        "subject",
        _decimal(pl.col("total"), 2).alias("total"),
        _grade(pl.col("total")).alias("grade"),
        _decimal(pl.col("bonus"), 2).alias("pay.bonus"),
    ).collect()
