"""A column of the table -> scaled integers, words or truths, with what is missing and what is odd.

Numbers are integers, decimals or texts in the spelling of `perfrules.exact.read_number`; a text
that is no number is a word. What is neither what was asked for nor missing is `odd`: the reference
says what is wrong with it.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Final, Literal, NamedTuple

import polars as pl

from perfrules.columnar.lanes import Num, scaled_constant
from perfrules.columnar.ranges import Ranges, RangesDoNotHold, Span
from perfrules.exact import PLACES, WHOLE_DIGITS, plain

__all__ = ["Cells", "Floats", "Given", "Rated", "shortest_text"]

Floats = Literal["refuse", "shortest"]

_NUMBER: Final = rf"^-?(?:0|[1-9][0-9]{{0,{WHOLE_DIGITS - 1}}})(?:\.[0-9]{{1,{PLACES}}})?$"


class Given(NamedTuple):
    """A column as it was asked for. `there` says where there is a value, `odd` where that is not
    of the kind asked for; None for everywhere and for nowhere. Elsewhere `value` is nought, an
    empty word, or false."""

    value: Num | pl.Expr
    there: pl.Expr | None
    odd: pl.Expr | None

    @property
    def number(self) -> Num:
        assert isinstance(self.value, Num)
        return self.value

    @property
    def words(self) -> pl.Expr:
        assert isinstance(self.value, pl.Expr)
        return self.value


class Rated(NamedTuple):
    """The ratings of a group: how many there are, the sum of those that are kept and how many these
    are, the least and the greatest of all, the lower and the upper one in the middle of those that
    are kept, and where one is no number."""

    size: Num
    total: Num
    kept: Num
    lowest: Num
    highest: Num
    lower: Num
    upper: Num
    odd: pl.Expr


NOWHERE: Final = pl.lit(False)


class Cells:
    """The columns of a table as a policy reads them.

    What was asked for stands in `read`, row by row beside the table, and is worked out once.
    `ranges` are read from the table, or are `given`: then the table is a part of what they are
    known of, and `RangesDoNotHold` is raised where it is not.
    """

    def __init__(self, frame: pl.DataFrame, given: Ranges | None = None) -> None:
        self.frame = frame
        self.read: dict[str, pl.Series] = {}
        self.given = given
        self.ranges = Ranges() if given is None else given
        self._known: dict[tuple[str, str], Given] = {}
        self._rated: dict[str, tuple[int, int]] = {}

    def of_rows(self, frame: pl.DataFrame) -> pl.DataFrame:
        """What was asked of this table, read from another one of the same ranges."""
        other = Cells(frame, self.ranges)
        for kind, name in self._known:
            getattr(other, kind)(name)
        for name, (drop, from_raters) in self._rated.items():
            other.ratings(name, drop, from_raters)
        return pl.DataFrame([frame["subject"], *other.read.values()])

    def has(self, name: str) -> bool:
        """Whether the table has the column."""
        return name in self.frame.columns

    def is_text(self, name: str) -> bool:
        """Whether the table has texts in the column."""
        return self.has(name) and _is_text(self.frame[name])

    def number(self, name: str) -> Given:
        """The column as numbers."""
        return self._once("number", name, self._number)

    def word(self, name: str) -> Given:
        """The column as words: texts that are no numbers."""
        return self._once("word", name, self._word)

    def truth(self, name: str) -> Given:
        """The column as truths; only a column of truths has any."""
        return self._once("truth", name, self._truth)

    def _once(self, kind: str, name: str, read: Callable[[str], Given]) -> Given:
        found = self._known.get((kind, name))
        if found is None:
            found = self._known[kind, name] = read(name)
        return found

    def _keep(self, name: str, series: pl.Series) -> pl.Expr:
        self.read[name] = series.alias(name)
        return pl.col(name)

    def _somewhere(self, name: str, here: bool) -> bool:
        """Whether this holds in some row: in one of this table, or of what it is a part of."""
        if here and self.given is None:
            self.ranges.somewhere.add(name)
        if here and name not in self.ranges.somewhere:
            raise RangesDoNotHold(name)
        return name in self.ranges.somewhere

    def _odd(self, name: str, odd: pl.Series | None) -> pl.Expr | None:
        """Where a value is of another kind; None for nowhere."""
        if not self._somewhere(name, odd is not None):
            return None
        return self._keep(
            name, pl.repeat(False, len(self.frame), eager=True) if odd is None else odd
        )

    def _number(self, name: str) -> Given:
        if not self.has(name):
            return Given(scaled_constant(0, 0), NOWHERE, None)
        series = self.frame[name]
        there = self._there(name, series)
        integers, scale, odd = integers_of(series)
        shown = self._odd(f"#odd number {name}", odd)
        return Given(self._num(f"#number {name}", integers, scale), there, shown)

    def _num(self, name: str, integers: pl.Series, scale: int) -> Num:
        """The integers as a number of this range."""
        filled = integers.fill_null(0) if integers.null_count() else integers
        here = _span(integers, scale)
        if self.given is None:
            self.ranges.spans[name] = here
        span = self.ranges.spans[name]
        if here.scale > span.scale or (len(filled) and here.with_other(span) != span):
            raise RangesDoNotHold(name)
        narrow = Num(pl.col(name), span.scale, span.low, span.high)
        kind = pl.Int128() if narrow.is_wide else pl.Int64()
        if span.scale > scale and (here.low, here.high) != (0, 0):
            more = pl.lit(10 ** (span.scale - scale), dtype=kind)
            filled = pl.DataFrame({name: filled}).select(pl.col(name).cast(kind) * more)[name]
        self._keep(name, filled.cast(kind))
        return narrow

    def _word(self, name: str) -> Given:
        if not self.has(name):
            return Given(pl.lit(""), NOWHERE, None)
        series = self.frame[name]
        there = self._there(name, series)
        if not _is_text(series):
            return Given(pl.lit(""), there, there if there is not None else pl.lit(True))
        texts = series.cast(pl.String())
        number = texts.str.contains(_NUMBER).fill_null(False)
        odd = self._odd(f"#odd word {name}", number if number.any() else None)
        return Given(self._keep(f"#word {name}", texts.fill_null("")), there, odd)

    def _truth(self, name: str) -> Given:
        if not self.has(name):
            return Given(NOWHERE, NOWHERE, None)
        series = self.frame[name]
        there = self._there(name, series)
        if series.dtype != pl.Boolean():
            return Given(NOWHERE, there, there if there is not None else pl.lit(True))
        return Given(self._keep(f"#truth {name}", series.fill_null(False)), there, None)

    def _there(self, name: str, series: pl.Series) -> pl.Expr | None:
        if not self._somewhere(f"#there {name}", bool(series.null_count())):
            return None
        return self._keep(f"#there {name}", series.is_not_null())

    def ratings(self, name: str, drop: int, from_raters: int) -> Rated | None:
        """The ratings in a column of lists, of which a group of `from_raters` and more loses the
        `drop` lowest and highest; None where the table has no such column."""
        if not self.has(name):
            return None
        self._rated[name] = drop, from_raters
        rows = self.frame.select(row=pl.int_range(pl.len()), value=pl.col(name))
        if not isinstance(rows.schema["value"], pl.List):
            rows = rows.with_columns(pl.concat_list("value"))
        flat = rows.explode("value").filter(pl.col("value").is_not_null())
        integers, scale, odd = integers_of(flat["value"])
        shown = pl.repeat(False, len(flat), eager=True) if odd is None else odd
        value = integers.fill_null(0).cast(pl.Int128())
        flat = flat.select("row", value=value, odd=shown).sort("row", "value")
        size = pl.len().cast(pl.Int64())
        away = pl.when(size >= from_raters).then(drop).otherwise(0) if drop else pl.lit(0)
        kept = pl.col("value").slice(away, size - 2 * away)
        found = flat.group_by("row", maintain_order=True).agg(
            size=size,
            total=kept.sum(),
            kept=size - 2 * away,
            lowest=pl.col("value").first(),
            highest=pl.col("value").last(),
            lower=pl.col("value").get((size - 1) // 2),
            upper=pl.col("value").get(size // 2),
            odd=pl.col("odd").any(),
        )
        every = rows.select("row").join(found, on="row", how="left", maintain_order="left")
        num = {
            key: self._num(f"#{key} {name}", every[key].fill_null(0), scale if is_figure else 0)
            for key, is_figure in _OF_RATINGS.items()
        }
        return Rated(**num, odd=self._keep(f"#odd {name}", every["odd"].fill_null(False)))


_OF_RATINGS: Final = {
    "size": False, "total": True, "kept": False, "lowest": True, "highest": True, "lower": True,
    "upper": True,
}  # fmt: skip


def _span(integers: pl.Series, scale: int) -> Span:
    """What the integers lie between; nought is among them where one is missing."""
    low, high = integers.min(), integers.max()
    assert isinstance(low, int | None)
    assert isinstance(high, int | None)
    if low is None or high is None:
        return Span(scale, 0, 0)
    if integers.null_count():
        return Span(scale, min(low, 0), max(high, 0))
    return Span(scale, low, high)


def _is_text(series: pl.Series) -> bool:
    return series.dtype in (pl.String(), pl.Categorical()) or isinstance(series.dtype, pl.Enum)


def integers_of(series: pl.Series) -> tuple[pl.Series, int, pl.Series | None]:
    """The numbers of a column as integers of so many places, and where it has something else."""
    kind = series.dtype
    if kind.is_integer():
        wide = kind in (pl.UInt64(), pl.Int128(), pl.UInt128())
        return series.cast(pl.Int128() if wide else pl.Int64()), 0, None
    if isinstance(kind, pl.Decimal):
        return _of_decimals(series, kind.scale)
    if _is_text(series):
        return _of_texts(series.cast(pl.String()))
    nothing = pl.Series(series.name, [None], dtype=pl.Int64()).new_from_index(0, len(series))
    odd = series.is_not_null()
    return nothing, 0, odd if odd.any() else None


def _of_decimals(series: pl.Series, scale: int) -> tuple[pl.Series, int, pl.Series | None]:
    """Without the places that no value needs, beyond the two that money has."""
    column = pl.DataFrame({"x": narrowed(series.to_physical())})
    kind = column.schema["x"]
    ten, nought = pl.lit(10, dtype=kind), pl.lit(0, dtype=kind)
    needed = (pl.col("x") % ten != nought).any()
    while scale > 2 and not column.head(_FEW).select(needed).item():
        if column.select(needed).item():
            break
        column, scale = column.select(pl.col("x") // ten), scale - 1
    return narrowed(column["x"]), scale, None


_FEW: Final = 1000
"""Rows that mostly show by themselves that all places are needed."""


def narrowed(integers: pl.Series) -> pl.Series:
    """The integers in 64 bits, where all of them fit."""
    if integers.dtype != pl.Int128():
        return integers
    found = integers.cast(pl.Int64(), strict=False)
    return found if found.null_count() == integers.null_count() else integers


def _of_texts(texts: pl.Series) -> tuple[pl.Series, int, pl.Series | None]:
    """Each text that is a number, with as many places as the longest has."""
    sound = texts.str.contains(_NUMBER)
    odd = ~sound & texts.is_not_null()
    numbers = pl.DataFrame({"text": texts}).select(pl.when(sound).then("text"))["text"]
    point = numbers.str.find(".", literal=True)
    places = (numbers.str.len_bytes() - point - 1).fill_null(0)
    most = places.max()
    scale = most if isinstance(most, int) else 0
    digits = pl.DataFrame({"text": numbers, "zeros": scale - places}).select(
        pl.col("text").str.replace(".", "", literal=True)
        + pl.lit("0").repeat_by("zeros").list.join("")
        if scale
        else pl.col("text")
    )["text"]
    return narrowed(digits.cast(pl.Int128())), scale, odd if odd.any() else None


def shortest_text(series: pl.Series) -> pl.Series:
    """Binary floats as the shortest decimals that stand for them; the rest as Python writes it."""
    return pl.Series(
        series.name, [None if one is None else _shortest(one) for one in series], dtype=pl.String()
    )


def _shortest(value: float) -> str:
    text = repr(value)
    return plain(Decimal(text)) if text.strip("-0123456789.e+") == "" else text
