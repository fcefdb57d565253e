"""DuckDB works the integers of the columnar twin out once more: it raises where Polars wraps.

The formulas of rounding are written here once more, from the definition of each mode and not from
`perfrules/columnar/rounding.py`: floor and remainder, then the mode says which neighbour.
"""

from random import Random

import polars as pl
import pytest
from test_rounded_division import near_the_edges, number, quotients

from perfrules.columnar.lanes import INT64, INT128, added, less, multiplied
from perfrules.columnar.refusal import BeyondLane
from perfrules.exact import MODES

duckdb = pytest.importorskip("duckdb", reason="the extra [dev] has it")
pytest.importorskip("pyarrow", reason="the extra [dev] has it")

# `q` is the quotient below or equal, `r` what is left over, 0 <= r < under; `up` of the two
# neighbours q and q + 1 is the second.
UP = {
    "floor": "false",
    "ceiling": "r > 0",
    "down": "r > 0 AND q < 0",
    "up": "r > 0 AND q >= 0",
    "half_up": "r > under - r OR (r = under - r AND q >= 0)",
    "half_even": "r > under - r OR (r = under - r AND q % 2 <> 0)",
}
CUT = "(top // under)"
"""DuckDB cuts off towards nought; the floor is one less where something below nought is left."""


def second_opinion(tops: list[int], unders: list[int], places: int, mode: str) -> list[int]:
    """The quotients of integers to so many places, as integers of these, by DuckDB."""
    sign = [-1 if one < 0 else 1 for one in unders]
    frame = pl.DataFrame(
        {
            "place": range(len(tops)),
            "top": pl.Series([a * b for a, b in zip(tops, sign)], dtype=pl.Int128()).cast(str),
            "under": pl.Series([a * b for a, b in zip(unders, sign)], dtype=pl.Int128()).cast(str),
        }
    )
    query = f"""
        WITH given AS (SELECT place, top::HUGEINT * {10**places}::HUGEINT AS top,
                              under::HUGEINT AS under FROM pairs),
        floors AS (SELECT *, {CUT} - CASE WHEN top % under < 0 THEN 1 ELSE 0 END AS q FROM given),
        rests AS (SELECT *, top - q * under AS r FROM floors)
        SELECT (q + CASE WHEN {UP[mode]} THEN 1 ELSE 0 END)::VARCHAR FROM rests ORDER BY place
    """
    with duckdb.connect() as database:
        database.register("pairs", frame.to_arrow())
        return [int(text) for (text,) in database.sql(query).fetchall()]


def compare(tops: list[int], unders: list[int], places: int, mode: str) -> None:
    ours = [int(one.scaleb(places)) for one in quotients(tops, unders, places, mode)]
    theirs = second_opinion(tops, unders, places, mode)
    differing = [
        (top, under, one, two)
        for top, under, one, two in zip(tops, unders, ours, theirs, strict=True)
        if one != two
    ]
    assert differing == []


modes = pytest.mark.parametrize("mode", MODES)


@modes
@pytest.mark.parametrize("places", [0, 2, 4, 10])
def test_a_unit_from_a_tie_or_an_edge(mode: str, places: int) -> None:
    """Denominators up to 5e8, of either sign."""
    random = Random(places)
    tops, unders = near_the_edges(random, 2_000, places, 500_000_000)
    unders = [one * random.choice((-1, 1)) for one in unders]
    compare(tops, unders, places, mode)


@modes
def test_any_quotients(mode: str) -> None:
    random = Random(len(mode))
    for digits in (3, 9, 14):
        tops = [random.randint(-(10**digits), 10**digits) for _ in range(3_000)]
        unders = [random.randint(1, 500_000_000) for _ in tops]
        compare(tops, unders, 4, mode)


def test_it_sees_what_is_wrong() -> None:
    """The comparison can fail: a tie is rounded in another way by another mode."""
    tops, unders = [5, -5, 15], [10, 10, 10]
    assert second_opinion(tops, unders, 0, "half_up") != second_opinion(tops, unders, 0, "down")
    ours = [int(one) for one in quotients(tops, unders, 0, "half_even")]
    assert ours == second_opinion(tops, unders, 0, "half_even") == [0, 0, 2]


OPERATIONS = {"added": added, "less": less, "multiplied": multiplied}
SIGNS = {"added": "+", "less": "-", "multiplied": "*"}
LANES = {"BIGINT": INT64, "HUGEINT": INT128}


def edges(lane: tuple[int, int], random: Random) -> list[tuple[int, int]]:
    """Pairs whose sum, difference or product lies at the end of the lane or a unit beside it."""
    pairs = []
    for end in lane:
        for nudge in (-2, -1, 0, 1, 2):
            for factor in (1, -1, 2, 3, 7, 10**4, 10**10, random.randint(2, 10**9)):
                pairs += [(end // factor + nudge, factor), (end // 2 + nudge, end // 2)]
                pairs += [(end + nudge - factor, factor), (end + nudge + factor, factor)]
    return [(a, b) for a, b in pairs if all(INT128[0] <= one <= INT128[1] for one in (a, b))]


def by_duckdb(database: object, one: int, sign: str, two: int, lane: str) -> int | None:
    """What DuckDB makes of it in this lane; None where it raises."""
    query = f"SELECT ($1::{lane} {sign} $2::{lane})::VARCHAR"
    try:
        rows = database.execute(query, [str(one), str(two)]).fetchall()  # type: ignore[attr-defined]
    except (duckdb.OutOfRangeException, duckdb.ConversionException):
        return None
    return int(rows[0][0])


def by_twin(name: str, one: int, two: int) -> int | None:
    """What the twin makes of it; None where it refuses. A row of noughts stands beside it, so that
    neither number is the same everywhere."""
    held = [number("one", [one, 0]), number("two", [two, 0])]
    try:
        found = OPERATIONS[name](*held)
    except BeyondLane:
        return None
    kinds = [pl.Int128() if num.is_wide else pl.Int64() for num in held]
    frame = pl.DataFrame(
        {
            "one": pl.Series([one, 0], dtype=kinds[0]),
            "two": pl.Series([two, 0], dtype=kinds[1]),
        }
    )
    value: int = frame.select(found.expr.alias("x"))["x"][0]
    return value


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("lane", LANES)
def test_at_the_edges_of_a_lane_it_is_refused_or_right(name: str, lane: str) -> None:
    """Where DuckDB raises in a lane, the twin takes the wider one or refuses; it never wraps."""
    raised = right = refused = 0
    with duckdb.connect() as database:
        for one, two in edges(LANES[lane], Random(lane)):
            theirs = by_duckdb(database, one, SIGNS[name], two, lane)
            ours = by_twin(name, one, two)
            exact = {"added": one + two, "less": one - two, "multiplied": one * two}[name]
            # DuckDB 1.4 raises for a product of just -2^127, which would fit.
            assert theirs in (None, exact), (one, two)
            assert ours in (None, exact), (one, two)
            raised += theirs is None
            right += ours is not None
            refused += ours is None
    assert raised > 10
    assert right > 50
    assert (refused > 0) == (lane == "HUGEINT")


def test_duckdb_raises_where_polars_wraps() -> None:
    """The behaviour that makes it a second opinion."""
    wrapped = pl.DataFrame({"a": [9 * 10**18]}).select(pl.col("a") * 2).item()
    assert wrapped < 0
    with duckdb.connect() as database, pytest.raises(duckdb.OutOfRangeException):
        database.sql("SELECT 9000000000000000000::BIGINT * 2::BIGINT").fetchall()
