"""The one node that divides: quotients a remainder unit from a tie or an edge, in all six modes."""

from decimal import Decimal
from random import Random

import polars as pl
import pytest

from perfrules.columnar.lanes import INT64, INT128, Num
from perfrules.columnar.refusal import BeyondLane
from perfrules.columnar.rounding import divide
from perfrules.columnar.sheet import Sheet
from perfrules.exact import EXACT, MODES, divided

modes = pytest.mark.parametrize("mode", MODES)


def number(
    name: str, values: list[int], scale: int = 0, span: tuple[int, int] | None = None
) -> Num:
    low, high = span or (min(values), max(values))
    return Num(pl.col(name), scale, low, high)


def quotients(
    tops: list[int], unders: list[int], places: int, mode: str, scales: tuple[int, int] = (0, 0),
    spans: tuple[tuple[int, int], tuple[int, int]] | None = None,
) -> list[Decimal]:  # fmt: skip
    """What the node makes of pairs of integers of so many places."""
    sheet = Sheet()
    top = number("top", tops, scales[0], spans and spans[0])
    under = number("under", unders, scales[1], spans and spans[1])
    frame = pl.DataFrame(
        {
            "top": pl.Series(tops, dtype=pl.Int128() if top.is_wide else pl.Int64()),
            "under": pl.Series(unders, dtype=pl.Int128() if under.is_wide else pl.Int64()),
        }
    )
    found = divide(sheet, top, under, places, mode)
    for stage in sheet.stages:
        frame = frame.with_columns(stage)
    faults = frame.select(pl.any_horizontal([pl.lit(False), *sheet.faults])).to_series()
    assert not faults.any()
    whole = frame.select(found.expr.alias("q")).to_series().to_list()
    whole = whole if len(whole) == len(tops) else whole * len(tops)
    assert all(found.low <= one <= found.high for one in whole)
    return [Decimal(one).scaleb(-found.scale) for one in whole]


def by_reference(
    tops: list[int], unders: list[int], places: int, mode: str, scales: tuple[int, int] = (0, 0)
) -> list[Decimal]:
    pairs = zip(tops, unders, strict=True)
    above, below = scales
    return [
        divided(
            Decimal(top).scaleb(-above, EXACT), Decimal(under).scaleb(-below, EXACT), places, mode
        )
        for top, under in pairs
    ]


def near_the_edges(
    random: Random, count: int, places: int, most: int
) -> tuple[list[int], list[int]]:
    """Pairs whose quotient lies on an edge or a tie of its last place, or a unit beside it."""
    tops, unders = [], []
    for _ in range(count):
        under = random.choice((1, 2, 3, 7, 10, random.randint(1, 999), random.randint(1, most)))
        halves = random.randint(-20_000, 20_000)
        # top / under = halves / 2 / 10^places, as nearly as integers come to it
        exact, rest = divmod(halves * under, 2 * 10**places)
        for nudge in (-1, 0, 1, 2 if rest else 0):
            tops.append(exact + nudge)
            unders.append(under)
    return tops, unders


@modes
@pytest.mark.parametrize("places", [0, 2, 4, 10])
@pytest.mark.parametrize("signs", [(1, 1), (-1, 1), (1, -1), (0, 0)])
def test_a_unit_from_a_tie_or_an_edge(mode: str, places: int, signs: tuple[int, int]) -> None:
    random = Random(places * 10 + len(mode))
    tops, unders = near_the_edges(random, 400, places, 500_000_000)
    if signs[0]:
        tops = [signs[0] * abs(one) for one in tops]
    unders = [one * (signs[1] or random.choice((-1, 1))) for one in unders]
    assert quotients(tops, unders, places, mode) == by_reference(tops, unders, places, mode)


@modes
@pytest.mark.parametrize("under", [1, 2, 3, 4, 5, 8, 10, 100, 1000, 7, -1, -2, -3, -10])
def test_a_divisor_that_is_the_same_everywhere(mode: str, under: int) -> None:
    tops = [*range(-60, 61), -(10**15) + 1, 10**15 - 1]
    for places in (0, 1):
        unders = [under] * len(tops)
        kept = [one for one in tops if abs(one) < 10**13 or abs(under) > 1]
        found = quotients(kept, unders[: len(kept)], places, mode)
        assert found == by_reference(kept, unders[: len(kept)], places, mode)


@modes
def test_places_on_both_sides(mode: str) -> None:
    random = Random(7)
    for above, below in ((0, 4), (4, 0), (2, 2), (6, 3), (10, 10)):
        tops = [random.randint(-(10**9), 10**9) for _ in range(300)]
        unders = [random.choice((-1, 1)) * random.randint(1, 5 * 10**8) for _ in range(300)]
        scales = (above, below)
        found = quotients(tops, unders, 4, mode, scales)
        assert found == by_reference(tops, unders, 4, mode, scales)


EDGES = (
    INT64[1], -INT64[0], INT64[1] // 2, INT64[1] // 10**4, INT64[1] // 10**10, INT128[1] // 10**10,
    INT128[1] // 10**4, INT128[1] // (2 * 10**4), INT128[1] // 10**3,
)  # fmt: skip


@modes
def test_at_the_edges_of_a_lane(mode: str) -> None:
    """Whatever the ranges say, it is right or refused: never wrapped."""
    right = refused = 0
    for edge in EDGES:
        for near in (edge - 1, edge, edge + 1):
            for under in (10**5, 3 * 10**11, INT64[1], 2**100):
                tops, unders = [near, -near, near // 2, 0, 1], [under, under, under - 1, under, 1]
                pairs = [
                    (top, one)
                    for top, one in zip(tops, unders, strict=True)
                    if abs(top) < 10**15 * one
                ]
                tops, unders = [top for top, _ in pairs], [one for _, one in pairs]
                spans = ((-near, near), (1, under))
                try:
                    found = quotients(tops, unders, 4, mode, spans=spans)
                except BeyondLane:
                    refused += 1
                    continue
                assert found == by_reference(tops, unders, 4, mode)
                right += 1
    assert right > 20
    assert refused > 0


def test_nought_below_the_line_is_a_fault() -> None:
    sheet = Sheet()
    frame = pl.DataFrame({"top": [1, 2, 0], "under": [0, 3, 0]})
    found = divide(sheet, number("top", [0, 2]), number("under", [0, 3]), 0, "floor")
    for stage in sheet.stages:
        frame = frame.with_columns(stage)
    assert frame.select(pl.any_horizontal(sheet.faults)).to_series().to_list() == [
        True,
        False,
        True,
    ]
    assert frame.select(found.expr.alias("q")).to_series()[1] == 0


def test_what_polars_does_is_what_python_does() -> None:
    """The behaviour that all of this stands on."""
    tops, unders = [7, -7, 7, -7, 6, -6, 0], [2, 2, -2, -2, 3, 3, 5]
    for kind in (pl.Int64(), pl.Int128()):
        frame = pl.DataFrame({"a": pl.Series(tops, dtype=kind), "b": pl.Series(unders, dtype=kind)})
        shown = frame.select(q=pl.col("a") // pl.col("b"), r=pl.col("a") % pl.col("b"))
        assert shown["q"].to_list() == [a // b for a, b in zip(tops, unders, strict=True)]
        assert shown["r"].to_list() == [a % b for a, b in zip(tops, unders, strict=True)]
    # This is why every range is proven first.
    wrapped = pl.DataFrame({"a": [9 * 10**18]}).select(pl.col("a") * 2).item()
    assert wrapped < 0
