"""Exact numbers, in fractions, and their one spelling; days and months; seats."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

__all__ = [
    "MAX_PLACES", "NUMBER", "Refused", "Value", "day", "days_until", "figure", "limited",
    "months_until", "number", "numbers", "plain", "rounded", "seats_of", "the_day_after",
    "value_in", "written",
]  # fmt: skip

Value = Fraction | str | bool

LIMIT = 10**15
"""Nothing that is worked out may reach this size."""

MAX_PLACES = 10


class Refused(Exception):
    """The policy gives no result here; the arguments are the codes that may be the problem's."""


# ---- numbers and values as a record writes them

NUMBER = re.compile(r"(?!-0$)-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", re.ASCII)


@lru_cache(maxsize=65536)
def number(text: object) -> Fraction:
    """A number in its one spelling: no exponent, no closing zeros, no minus nought."""
    if not isinstance(text, str) or not NUMBER.fullmatch(text):
        raise ValueError(text)
    return Fraction(text)


def numbers(tree: dict[str, Any], *keys: str) -> list[Fraction]:
    """Those that stand under some keys."""
    return [number(tree[key]) for key in keys]


def plain(value: Fraction) -> str:
    """That spelling."""
    return _plain(*value.as_integer_ratio())


@lru_cache(maxsize=4096)
def _plain(top: int, under: int) -> str:
    """Of a fraction in its lowest terms; two integers are found again sooner than a fraction."""
    places = 0
    while 10**places % under:
        places += 1
    whole, rest = divmod(abs(top) * 10**places // under, 10**places)
    return ("-" if top < 0 else "") + str(whole) + (f".{rest:0{places}d}" if places else "")


def written(value: Value) -> dict[str, Any]:
    """A value as a step and an operand have it."""
    if isinstance(value, str):
        return {"value": value, "type": "text"}
    return {"value": value if isinstance(value, bool) else plain(value)}


def value_in(step: dict[str, Any]) -> Value:
    """The value of a step or an operand."""
    value = step["value"]
    if "type" in step:
        return str(value)
    return value if isinstance(value, bool) else number(value)


# ---- rounding and limits


def rounded(value: Fraction, places: int, mode: str) -> Fraction:
    """`value` with `places` digits behind the point: the neighbour below, or the one above."""
    if not 0 <= places <= MAX_PLACES:
        raise ValueError(places)
    top, under = value.as_integer_ratio()
    below, rest = divmod(top * 10**places, under)  # the rest is a part of `under`, never below 0
    half, positive = under - 2 * rest, top > 0  # below 0 where the rest is more than a half
    above = {
        "floor": False,
        "ceiling": rest > 0,
        "down": rest > 0 and not positive,
        "up": rest > 0 and positive,
        "half_up": half < 0 or (half == 0 and positive),
        "half_even": half < 0 or (half == 0 and below % 2 == 1),
    }[mode]
    return Fraction(below + above, 10**places)


def limited(value: Fraction) -> Fraction:
    """`value`; a problem where it is too large."""
    if abs(value) >= LIMIT:
        raise Refused("number-out-of-range")
    return value


def figure(value: object, code: str = "wrong-value-type") -> Fraction:
    """`value` where it is a number; else there is a problem."""
    if isinstance(value, Fraction):
        return value
    raise Refused(code)


# ---- days and months


def day(text: object) -> date:
    """A date in its one spelling."""
    found = date.fromisoformat(str(text))
    if found.isoformat() != text:
        raise ValueError(text)
    return found


def the_day_after(one: date) -> date:
    """Where a span ends that includes its last day."""
    return one + timedelta(days=1)


def days_until(start: date, end: date) -> Fraction:
    """From `start` to `end`, which is excluded."""
    return Fraction((end - start).days)


def months_until(start: date, end: date) -> Fraction:
    """The same in months, which must be whole ones of the calendar."""
    if (start.day, end.day) != (1, 1):
        raise Refused("change-mid-month")
    return Fraction((end.year - start.year) * 12 + end.month - start.month)


# ---- seats


def seats_of(size: Fraction, shares: Sequence[Fraction]) -> list[Fraction]:
    """Whole seats by the largest remainder, of equal ones the earlier: they add up to `size`."""
    exact = [size * share for share in shares]
    seats = [rounded(one, 0, "floor") for one in exact]
    remainder: Callable[[int], Fraction] = lambda index: exact[index] - seats[index]  # noqa: E731
    by_remainder = sorted(range(len(seats)), key=remainder, reverse=True)
    for index in by_remainder[: int(size - sum(seats))]:
        seats[index] += 1
    return seats
