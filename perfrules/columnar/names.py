"""What a name in an expression means: the column that holds its value.

The twin of `evaluation/names.py`. A value that is not there in a row is the row's fault when it is
read, whatever the reference then makes of it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from perfrules.columnar.cells import Cells, Given
from perfrules.columnar.lanes import Num, compared, constant, picked, scaled_constant
from perfrules.columnar.sheet import Sheet
from perfrules.formula import streak_of
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Datum

__all__ = ["Names", "Truth", "Value", "Word"]


@dataclass(frozen=True, slots=True)
class Word:
    """A column of words, or of places in a list of words: `expr` then counts from 0."""

    expr: pl.Expr
    among: tuple[str, ...] | None = None

    def equals(self, word: str) -> pl.Expr:
        """Where the column has this word."""
        if self.among is None:
            return self.expr == pl.lit(word)
        if word not in self.among:
            return pl.lit(False)
        return self.expr == pl.lit(self.among.index(word), dtype=pl.Int64())

    @property
    def text(self) -> pl.Expr:
        """The column as texts."""
        if self.among is None:
            return self.expr
        found = pl.lit(self.among[-1])
        for place, word in reversed([*enumerate(self.among)][:-1]):
            found = (
                pl.when(self.expr == pl.lit(place, dtype=pl.Int64()))
                .then(pl.lit(word))
                .otherwise(found)
            )
        return found


@dataclass(frozen=True, slots=True)
class Truth:
    """A column of truths."""

    expr: pl.Expr


Value = Num | Word | Truth

_ONE: Final = scaled_constant(1, 0)

_ABSENT: Final = ("team", "department", "project", "previous")
"""Roots of what no column of a table has, and for which `default` has something else."""


class Names:
    """Looks names up. `results` has what has come to exist: `total`, `sales.score`; `there` says
    of each where it exists, where that is not everywhere."""

    def __init__(self, sheet: Sheet, policy: Policy, cells: Cells, cycle: Cycle | None) -> None:
        self.sheet, self.policy, self.cells, self.cycle = sheet, policy, cells, cycle
        self.results: dict[str, Value] = {}
        self.there: dict[str, pl.Expr] = {}
        self.quotients: dict[str, tuple[Num, Num]] = {}
        """Of an attainment, what is divided by what."""
        self.indicator = ""
        self.to_come: set[str] = set()
        """Results that wait until rows were compared."""

    def keep(self, name: str, value: Value, there: pl.Expr | None = None) -> None:
        """A value that may be read from now on; `there` is None for everywhere."""
        self.results[name] = value
        if there is not None:
            self.there[name] = there

    def result(self, name: str) -> Value | None:
        """What has come to exist under a name, inside an indicator under its own first."""
        for known in (f"{self.indicator}.{name}", name) if self.indicator else (name,):
            if known in self.to_come:
                raise self.sheet.refuse(
                    f"`{known}` 要先与他人比较", f"`{known}` waits for a comparison of all rows"
                )
            if known in self.results:
                if known in self.there:
                    self.sheet.fault(~self.there[known])
                return self.results[known]
        return None

    def number(self, name: str) -> Num:
        """The number that a name stands for."""
        found = self.result(name)
        if found is None:
            return self._number(name)
        if not isinstance(found, Num):
            raise self._of_another_kind(name)
        return found

    def word(self, name: str) -> Word:
        """The word that a name stands for."""
        found = self.result(name)
        if found is None:
            return self._word(name)
        if not isinstance(found, Word):
            raise self._of_another_kind(name)
        return found

    def truth(self, name: str) -> pl.Expr:
        """The truth that a name stands for."""
        found = self.result(name)
        if isinstance(found, Truth):
            return found.expr
        root, _, rest = name.partition(".")
        if found is None and root == "person" and rest:
            return self._sound(self.cells.truth(name)).words
        raise self._of_another_kind(name)

    def has_word(self, name: str) -> bool:
        """Whether a name is known to stand for a word."""
        known = self.results.get(f"{self.indicator}.{name}") or self.results.get(name)
        if known is not None:
            return isinstance(known, Word)
        fact = self._cycle_fact(name)
        return fact is not None and isinstance(fact.value, str)

    def given(self, name: str, kind: str) -> Given | None:
        """What the table says of a name that `default` may have to replace; None where it cannot
        have it."""
        root, _, rest = name.partition(".")
        if root == "person" and rest:
            return self.cells.word(name) if kind == "word" else self.cells.number(name)
        if root == "cycle" and self._cycle_fact(name) is None and rest not in _DAYS:
            return None
        if root in _ABSENT:
            return None
        value = self.number(name) if kind != "word" else self.word(name).text
        return Given(value, None, None)

    def _sound(self, given: Given) -> Given:
        """What was given, where it is there and of the right kind; else the row is at fault."""
        if given.there is not None:
            self.sheet.fault(~given.there)
        if given.odd is not None:
            self.sheet.fault(given.odd)
        return given

    def _number(self, name: str) -> Num:
        root, _, rest = name.partition(".")
        if (grade := streak_of(name)) is not None:
            # Without earlier cycles in the table it is this one alone.
            met = self.word("grade").equals(grade)
            return picked(met, _ONE, scaled_constant(0, 0))
        if name == "proration":
            return self._proration()
        if not rest:
            return self.event(name)
        if root == "person":
            return self._sound(self.cells.number(name)).number
        if root == "cycle":
            if rest == "days" and self.cycle is not None:
                return constant(Decimal(self.cycle.days))
            fact = self._cycle_fact(name)
            if fact is not None and isinstance(fact.value, Decimal):
                return constant(fact.value)
        raise self._unknown(name)

    def _word(self, name: str) -> Word:
        root, _, rest = name.partition(".")
        if root == "person" and rest:
            return Word(self._sound(self.cells.word(name)).words)
        fact = self._cycle_fact(name)
        if fact is not None and isinstance(fact.value, str):
            return Word(pl.lit(fact.value))
        raise self._unknown(name)

    def _cycle_fact(self, name: str) -> Datum | None:
        root, _, rest = name.partition(".")
        if root != "cycle" or self.cycle is None or rest in _DAYS:
            return None
        return self.cycle.facts.get(rest)

    def event(self, name: str) -> Num:
        """How often an event was recorded; one that the table does not mention counts 0."""
        if name not in self.policy.event_names:
            raise self._unknown(name)
        given = self.cells.number(f"event.{name}")
        count = given.number
        if given.odd is not None:
            self.sheet.fault(given.odd)
        if count.low < 0:
            self.sheet.fault(compared(count, "<", scaled_constant(0, 0)))
        if count.scale:
            wide = pl.Int128() if count.is_wide else pl.Int64()
            part = count.expr % pl.lit(10**count.scale, dtype=wide)
            self.sheet.fault(part != pl.lit(0, dtype=wide))
        return count

    def _proration(self) -> Num:
        if not self.cells.has("proration"):
            if self.policy.proration is not None:
                place = self.policy.places.get("proration", "")
                raise self.sheet.refuse(
                    "按天折算需要日期，表中没有 proration 一栏",
                    "a proration by days needs dates; the table has no column `proration`",
                    place,
                )
            return _ONE
        given = self.cells.number("proration")
        if given.odd is not None:
            self.sheet.fault(given.odd)
        share = given.number
        if given.there is not None:
            # Who has none was there all the time; by a rule of the policy that takes dates.
            if self.policy.proration is not None:
                self.sheet.fault(~given.there)
            share = picked(given.there, share, _ONE)
        share = self.sheet.kept(share)
        for sign, end in (("<", 0), (">", 1)):
            outside = compared(share, "<" if sign == "<" else ">", scaled_constant(end, 0))
            self.sheet.fault(outside)
        return share

    def _unknown(self, name: str) -> Exception:
        return self.sheet.refuse(
            f"表中没有 `{name}` 这样的栏", f"no column of a table has `{name}`"
        )

    def _of_another_kind(self, name: str) -> Exception:
        return self.sheet.refuse(
            f"`{name}` 在这里不是所需的类型", f"`{name}` is not of the kind that is asked for here"
        )


_DAYS: Final = ("from", "to", "announced", "days")
