"""In which order earlier cycles were: by their last day, which their names often say.

Result folders state the dates of their cycles. A name says them where it is a year (`2024`,
`2024年`), a half (`2024H1`, `2024年上半年`), a quarter (`2024Q3`, `2024年第三季度`) or a month
(`2024-10`, `202410`, `2024年10月`), so that 2024Q1 < 2024Q2 < 2024-10. Where the cycle that is
being judged is named so too, and its dates are other ones (a financial year), the names of the
earlier ones are shifted as its own is. Names that say no dates but are written alike (`第7期`,
`第12期`) are compared by their numbers.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal, NamedTuple

from perfrules.intake.cells.numerals import tidy
from perfrules.model.history import Past
from perfrules.model.scorecard import Cycle

__all__ = ["CycleOrder", "Span", "When", "span_named"]

When = Literal["before", "not before", "unknown"]


class Span(NamedTuple):
    """Whole months, counted from the year 0; both included."""

    first: int
    last: int

    @property
    def months(self) -> int:
        return self.last - self.first + 1

    @property
    def start(self) -> datetime.date:
        return datetime.date(*_month(self.first), 1)

    @property
    def end(self) -> datetime.date:
        return datetime.date(*_month(self.last + 1), 1) - datetime.timedelta(days=1)


def _month(count: int) -> tuple[int, int]:
    year, month = divmod(count, 12)
    return year, month + 1


_YEAR: Final = r"((?:19|20)[0-9]{2})"
_NAMES: Final = tuple(
    (re.compile(pattern, re.ASCII), months)
    for pattern, months in (
        (rf"{_YEAR}年?(?:度|全年)?", 12),
        (rf"{_YEAR}[-_ ]?h([12])", 6),
        (rf"{_YEAR}年?([上下])半年度?", 6),
        (rf"{_YEAR}[-_ ]?q([1-4])", 3),
        (rf"{_YEAR}年?第?([1-4一二三四])季度?", 3),
        (rf"{_YEAR}(?:[-_./ ]|m|年)?(0[1-9]|1[0-2])月?", 1),
        (rf"{_YEAR}(?:m|年(?=.月))([1-9])月?", 1),  # `2024-1` may be a half or a month
    )
)
_WORDS: Final[Mapping[str, int]] = {"上": 1, "下": 2, "一": 1, "二": 2, "三": 3, "四": 4}


def span_named(name: str) -> Span | None:
    """The months that a cycle's name says; None where it says none."""
    word = tidy(name[:32]).casefold()
    for pattern, months in _NAMES:
        if found := pattern.fullmatch(word):
            part = found[2] if found.re.groups > 1 else "1"
            first = int(found[1]) * 12 + ((_WORDS.get(part) or int(part)) - 1) * months
            return Span(first, first + months - 1)
    return None


class CycleOrder:
    """Tells which cycles lie before the one that is being judged, and in which order.

    `ends` has the last day of each cycle that a result folder knows.
    """

    def __init__(self, current: Cycle, ends: Mapping[str, datetime.date]) -> None:
        self.current, self.ends = current, ends
        self.shape, self.number = _parts(current.id)
        self.shift = _shift(current)

    def when(self, name: str) -> When:
        """Whether a cycle was before the present one."""
        if tidy(name) == tidy(self.current.id):
            return "not before"
        span, end = self._span(name), self.end(name)
        if span is not None and (span.start, span.end) == (self.current.start, self.current.end):
            return "not before"
        if end is not None:
            return "before" if end <= self.current.end else "not before"
        shape, number = _parts(name)
        if shape != self.shape:
            return "unknown"
        return "before" if number < self.number else "not before"

    def end(self, name: str) -> datetime.date | None:
        """The last day of a cycle, from its result folder or else from its name."""
        if name in self.ends:
            return self.ends[name]
        span = self._span(name)
        return None if span is None else span.end

    def start(self, name: str) -> datetime.date | None:
        """The first day of a cycle, where its name tells it and no result folder its last."""
        span = None if name in self.ends else self._span(name)
        return None if span is None else span.start

    def key(self, name: str) -> object:
        """The same for every way to write a cycle: `2024Q3`, `2024年第三季度`."""
        return span_named(name) or tidy(name)

    def newest_first(self, cycles: Iterable[Past]) -> tuple[tuple[Past, ...], tuple[Past, ...]]:
        """The cycles in order, and those that have no place in it.

        Of cycles that end on one day the one that began later, so the shorter one, is the newer.
        """
        found = tuple(cycles)
        dated = [one for one in found if self.end(one.cycle) is not None]
        by: Callable[[Past], tuple[object, ...]] = self._by_day
        if len(dated) < len(found):
            if all(_parts(one.cycle)[0] == self.shape for one in found):
                dated, by = list(found), self._by_number
            lost = tuple(one for one in found if one not in dated)
        else:
            lost = ()
        return tuple(sorted(dated, key=by, reverse=True)), lost

    def last(self, history: Iterable[Past]) -> Past | None:
        """The first that was as long as the present cycle and over before it began: what a year
        is held against is a year. Names that say no dates have to be written alike."""
        return next((past for past in history if self._is_alike(past)), None)

    def _is_alike(self, past: Past) -> bool:
        span, own = self._span(past.cycle), self._span(self.current.id)
        end = past.end or self.end(past.cycle)
        if end is not None and end >= self.current.start:
            return False
        if span is None or own is None:
            return _parts(past.cycle)[0] == self.shape
        return span.months == own.months

    def _by_day(self, past: Past) -> tuple[object, ...]:
        span = self._span(past.cycle)
        start = datetime.date.min if span is None else span.start
        return self.end(past.cycle), start, past.cycle

    def _by_number(self, past: Past) -> tuple[object, ...]:
        return _parts(past.cycle)[1]

    def _span(self, name: str) -> Span | None:
        span = span_named(name)
        return span and Span(span.first + self.shift, span.last + self.shift)


def _shift(current: Cycle) -> int:
    """How many months the present cycle lies behind what its name says in the calendar."""
    named = span_named(current.id)
    if named is None:
        return 0
    first, last = (day.year * 12 + day.month - 1 for day in (current.start, current.end))
    return last - named.last if last - first == named.last - named.first else 0


def _parts(name: str) -> tuple[str, tuple[int, ...]]:
    """A name with its numbers taken out, and the numbers; without any they are empty."""
    word = tidy(name).casefold()
    numbers = tuple(int(found) for found in re.findall(r"[0-9]{1,18}", word))
    return re.sub(r"[0-9]{1,18}", "#", word), numbers
