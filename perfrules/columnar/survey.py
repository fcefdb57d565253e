"""A table too large to hold -> the few rows between which all of its values lie.

What a policy makes of those rows by columns is proven for every row of the table: each column has
its least and its greatest number there, as many decimal places as the table needs, and an empty
cell, a word or a list of every length where the table has any.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import polars as pl

from perfrules.columnar.cells import integers_of
from perfrules.exact import EXACT

__all__ = ["Survey", "surveyed"]


@dataclass(slots=True)
class _Column:
    """What was seen of a column: the ends of its numbers as integers of `scale` places, a value
    that is no number, whether a cell was empty, and how long lists were."""

    kind: Any
    scale: int = 0
    low: int | None = None
    high: int | None = None
    word: object = None
    is_empty: bool = False
    lengths: set[int] = field(default_factory=set)

    def see(self, series: pl.Series) -> None:
        """Takes the values of some more rows."""
        self.is_empty = self.is_empty or series.null_count() > 0
        if isinstance(series.dtype, pl.List):
            self.lengths.update(series.drop_nulls().list.len().unique().to_list())
            series = series.explode()
        integers, scale, odd = integers_of(series)
        if odd is not None and self.word is None:
            self.word = series.filter(odd)[0]
        ends: tuple[Any, Any] = integers.min(), integers.max()
        if ends[0] is None or ends[1] is None:
            return
        most = max(scale, self.scale)
        found = [end * 10 ** (most - scale) for end in ends]
        if self.low is not None and self.high is not None:
            found += [end * 10 ** (most - self.scale) for end in (self.low, self.high)]
        self.scale, self.low, self.high = most, min(found), max(found)

    def witnesses(self) -> list[object]:
        """Values between which all lie; one of them has the last of the decimal places."""
        found: list[object] = []
        if self.low is not None and self.high is not None:
            between = [self.low, min(self.low + 1, self.high), self.high]
            found = [self._number(one) for one in dict.fromkeys(between)]
        if self.word is not None:
            found += [True, False] if isinstance(self.word, bool) else [self.word]
        if isinstance(self.kind, pl.List):
            found = [[one] * length for length in sorted(self.lengths) for one in found or [None]]
        return [*found, None] if self.is_empty or not found else found

    def _number(self, value: int) -> object:
        """An integer as the column has its numbers."""
        inner = self.kind.inner if isinstance(self.kind, pl.List) else self.kind
        if inner.is_integer():
            return value
        number = Decimal(value).scaleb(-self.scale, EXACT)
        return number if isinstance(inner, pl.Decimal) else f"{number:f}"


@dataclass(frozen=True, slots=True)
class Survey:
    """How many rows a table has, the rows that stand for all of them, and the hash of a subject
    that was met twice; None where there is none."""

    rows: int
    witnesses: pl.DataFrame
    doubled: int | None


def surveyed(batches: Iterable[pl.DataFrame], schema: pl.Schema) -> Survey:
    """What is to be known of a table before its first row is judged."""
    columns = {name: _Column(kind) for name, kind in schema.items() if name != "subject"}
    rows, hashes = 0, list[pl.Series]()
    for batch in batches:
        rows += len(batch)
        hashes.append(batch["subject"].hash())
        for name, column in columns.items():
            column.see(batch[name])
    found = {name: column.witnesses() for name, column in columns.items()}
    most = max((len(one) for one in found.values()), default=1)
    series = [pl.Series("subject", ["#"] * most, dtype=pl.String())]
    for name, values in found.items():
        filled = [*values, *[values[-1]] * (most - len(values))]
        series.append(pl.Series(name, filled, dtype=schema[name], strict=True))
    return Survey(rows, pl.DataFrame(series), _doubled(hashes))


def _doubled(hashes: list[pl.Series]) -> int | None:
    """The hash of a subject that is met twice, 8 bytes a row; hashes of different subjects that are
    alike are for the caller to tell apart."""
    if not hashes:
        return None
    every = pl.concat(hashes).sort()
    twice = every.filter(every == every.shift(1))
    return int(twice[0]) if len(twice) else None
