"""The sheet: the columns that a policy works out, in stages, and the rows that it cannot do."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from perfrules.codes.code import Text
from perfrules.columnar.lanes import Num, decided, settled
from perfrules.columnar.plan import Lane
from perfrules.columnar.refusal import NotColumnar, Refusal
from perfrules.exact import LIMIT

__all__ = ["Sheet"]

_LIMIT: Final = int(LIMIT)


@dataclass(frozen=True, slots=True)
class _Where:
    path: str
    place: str


class Sheet:
    """Columns by name, each in the first stage after all that it reads.

    `known` are the columns that are there before the first stage.
    """

    def __init__(self) -> None:
        self.stages: list[list[pl.Expr]] = []
        self.faults: list[pl.Expr] = []
        self.lanes: list[Lane] = []
        self.where = _Where("", "")
        self._level: dict[str, int] = {}
        self._within: pl.Expr | None = None
        self._count = 0

    # ---- columns

    def column(self, expr: pl.Expr, name: str = "") -> pl.Expr:
        """The expression as a column of its own, so that whoever reads it twice does not work it
        out twice."""
        roots = expr.meta.root_names()
        if expr.meta.is_column() and not name:
            return expr
        if not name:
            self._count += 1
            name = f"#{self._count}"
        level = max((self._level.get(root, 0) for root in roots), default=0)
        while len(self.stages) <= level:
            self.stages.append([])
        self.stages[level].append(expr.alias(name))
        self._level[name] = level + 1
        return pl.col(name)

    def later(self, names: Iterable[str]) -> int:
        """After how many stages columns of these names are put beside those that there are."""
        after = len(self.stages)
        self._level |= dict.fromkeys(names, after)
        return after

    def kept(self, value: Num) -> Num:
        """A number as a column of its own; one that is the same everywhere needs none."""
        bits = 128 if value.is_wide else 64
        where = self.where
        lane = Lane(where.path, where.place, value.scale, value.low, value.high, bits)
        self.lanes.append(lane)
        return value if value.is_constant else replace(value, expr=self.column(value.expr))

    def limited(self, value: Num) -> Num:
        """The number, kept as a column; rows in which it reaches 10^15 are at fault."""
        end = _LIMIT * 10**value.scale - 1
        if -end <= value.low and value.high <= end:
            return self.kept(value)
        value = self.kept(value)
        expr = value.expr
        low, high = max(value.low, -end), min(value.high, end)
        was = pl.Int128() if value.is_wide else pl.Int64()
        if value.low < -end:
            self.fault(expr < pl.lit(-end, dtype=was))
        if value.high > end:
            self.fault(expr > pl.lit(end, dtype=was))
        if low > high:
            # Reaches the limit in every row, so that what stands here is never read.
            low = high = max(min(low, end), -end)
        return self.kept(settled(expr, value.scale, low, high, value.is_wide))

    # ---- what cannot be done

    def fault(self, condition: pl.Expr) -> None:
        """Rows in which the condition holds go to the reference."""
        if decided(condition) is False:
            return
        if self._within is not None:
            condition = condition & self._within
        self.faults.append(self.column(condition))

    @property
    def at_fault(self) -> pl.Expr:
        """The rows that are at fault by now."""
        return pl.any_horizontal(self.faults or [pl.lit(False)]).fill_null(True)

    @contextmanager
    def within(self, condition: pl.Expr | None) -> Iterator[None]:
        """Faults count only where the condition holds: elsewhere nobody reads what is at fault."""
        before = self._within
        if condition is not None:
            own = self.column(condition)
            self._within = own if before is None else before & own
        try:
            yield
        finally:
            self._within = before

    @contextmanager
    def at(self, path: str, place: str) -> Iterator[None]:
        """What is worked out belongs to this line of the policy."""
        before, self.where = self.where, _Where(path, place or self.where.place)
        yield
        self.where = before  # an exception leaves it, so that it tells where it came from

    def refuse(self, zh: str, en: str, place: str = "") -> NotColumnar:
        """What to raise for a rule that has no columnar form."""
        where = self.where
        return NotColumnar((Refusal(place or where.place, where.path, Text(zh, en)),))

    def plan(self) -> list[Lane]:
        """For each line of the policy the widest value worked out for it, in their order."""
        found: dict[str, Lane] = {}
        for lane in self.lanes:
            before = found.get(lane.path)
            if before is None or max(-lane.low, lane.high) > max(-before.low, before.high):
                found[lane.path] = lane
        return [*found.values()]
