"""Tables of a policy -> pieces: rows with limits, slices, and points a unit."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from perfrules.exact import EXACT, divided
from perfrules.papers.charts.pieces import End, Piece, Point

__all__ = [
    "Cut", "Row", "by_points", "cut_at", "decimal", "pieces_of_rows", "pieces_of_slices", "rows_of",
]  # fmt: skip

Json = Mapping[str, Any]

_WORDS: Final = ("at_least", "above", "at_most", "below")
_STAIRS: Final = 24
"""So many steps of a staircase are drawn."""


class Row(NamedTuple):
    """A row of a table: its limit (None in the last one), the value there, and, of a slope, the
    value at the limit of the row above, or at `until`."""

    word: str
    at: Decimal | None
    value: Decimal
    high: Decimal | None
    until: Decimal | None
    name: str = ""


def decimal(text: object) -> Decimal | None:
    """The number that a resolved policy writes; None where it is none, but a name or an
    expression."""
    try:
        return Decimal(str(text))
    except ArithmeticError:
        return None


def rows_of(rows: Sequence[Json], value: str) -> list[Row] | None:
    """The rows of bands or tiers; None where a limit is the name of a figure, which is another
    for each person."""
    found = []
    for row in rows:
        word = next((one for one in _WORDS if one in row), "")
        if not word:
            only = decimal(row["otherwise"])
            assert only is not None  # the schema asks for a number
            found.append(Row("", None, only, None, None))
            continue
        at, until, held = decimal(row[word]), decimal(row.get("up_to")), row[value]
        if at is None or ("up_to" in row and until is None):
            return None
        low, high = held if isinstance(held, list) else (held, None)
        start = decimal(low)
        assert start is not None
        found.append(Row(word, at, start, None if high is None else decimal(high), until))
    return found


def pieces_of_rows(rows: Sequence[Row]) -> tuple[Piece, ...]:
    """The pieces of a table whose first row whose limit is kept decides, from low to high."""
    pieces: list[Piece] = []
    is_upper = bool(rows) and rows[0].word in ("at_most", "below")
    beyond: End | None = None  # where the row above begins, seen from outside of it
    for row in rows:
        pieces += _of_row(row, beyond, is_upper)
        if row.at is not None:
            beyond = End(row.at, closed=row.word in ("above", "below"))
    return tuple(pieces if is_upper else reversed(pieces))


def _of_row(row: Row, beyond: End | None, is_upper: bool) -> Iterator[Piece]:
    """The piece of a row, from its own limit to that of the row above. A slope of the top row ends
    at `until`, and a level piece follows, which comes first."""
    own = None if row.at is None else End(row.at, closed=row.word in ("at_least", "at_most"))
    if own is not None and beyond is not None and own.at == beyond.at:
        if own.closed and beyond.closed:
            yield Piece(own, own, Point(own.at, row.value), Point(own.at, row.value), row.name)
        return
    if row.high is not None and own is not None:
        until = row.until if beyond is None else beyond.at
        assert until is not None  # a slope of the top row has an end
        if beyond is None:
            beyond = End(until, closed=True)
            start, end = (None, beyond) if is_upper else (beyond, None)
            level = Point(until, row.high)
            yield Piece(start, end, level, level, row.name)
            beyond = End(until, closed=False)
        ends = sorted(
            ((own, Point(own.at, row.value)), (beyond, Point(until, row.high))),
            key=lambda one: one[0].at,
        )
        (start_end, first), (last_end, second) = ends
        yield Piece(start_end, last_end, first, second, row.name)
        return
    start, end = (beyond, own) if is_upper else (own, beyond)
    yield _level(start, end, row.value, row.name)


def _level(start: End | None, end: End | None, value: Decimal, name: str = "") -> Piece:
    at = start.at if start else end.at if end else Decimal(0)
    other = end.at if end else at
    return Piece(start, end, Point(at, value), Point(other, value), name)


def pieces_of_slices(slices: Sequence[Json], price: str) -> tuple[Piece, ...]:
    """The sum of slices: nothing below the first, then a line for each, one behind the other."""
    starts = [decimal(one["from"]) for one in slices]
    prices = [decimal(one[price]) for one in slices]
    height = Decimal(0)
    found: list[Piece] = []
    for place, (start, own) in enumerate(zip(starts, prices, strict=True)):
        assert start is not None and own is not None  # numbers by the schema
        follows = place + 1 < len(starts)
        if place == 0:
            free = follows and not own  # nothing is paid yet: no end of a piece is to be seen
            until = starts[1] if free else start
            assert until is not None
            found.append(_level(None, End(until, closed=True), height))
            if free:
                continue
        last = starts[place + 1] if follows else start + max(abs(start), Decimal(1))
        assert last is not None
        top = EXACT.add(height, EXACT.multiply(EXACT.subtract(last, start), own))
        end = End(last, closed=True) if follows else None
        found.append(Piece(End(start, closed=False), end, Point(start, height), Point(last, top)))
        height = top
    return tuple(found)


class Cut(NamedTuple):
    """Limits that a value is cut at."""

    low: Decimal | None
    high: Decimal | None

    def into(self, value: Decimal) -> Decimal:
        if self.high is not None:
            value = min(value, self.high)
        return value if self.low is None else max(value, self.low)


def cut_at(piece: Piece, cut: Cut) -> Iterator[tuple[Piece, Decimal | None]]:
    """A piece as it is between the limits: level beyond them. Beside each part stands the end
    of it that had to be rounded, if one had to."""
    if piece.is_flat:
        value = cut.into(piece.first.y)
        first, second = piece.first._replace(y=value), piece.second._replace(y=value)
        yield piece._replace(first=first, second=second), None
        return
    start, about = piece.start, None
    point = piece.first if piece.start is not None else None
    for x, limit, is_exact in sorted(_crossings(piece, cut)):
        end, here = End(x, closed=True), Point(x, limit)
        yield _part(piece, cut, start, end, point, here), about
        start, point, about = End(x, closed=False), here, None if is_exact else x
    last = piece.second if piece.end is not None else None
    yield _part(piece, cut, start, piece.end, point, last), about


def _crossings(piece: Piece, cut: Cut) -> Iterator[tuple[Decimal, Decimal, bool]]:
    """Where the line of a piece meets a limit within it, the limit, and whether that is exact."""
    wide = EXACT.subtract(piece.second.x, piece.first.x)
    rise = EXACT.subtract(piece.second.y, piece.first.y)
    for limit in (cut.low, cut.high):
        if limit is None:
            continue
        way = EXACT.multiply(EXACT.subtract(limit, piece.first.y), wide)
        apart = divided(way, rise, 10, "half_up")
        x = EXACT.add(piece.first.x, apart)
        after = piece.start is None or x > piece.start.at
        if after and (piece.end is None or x < piece.end.at):
            yield x, limit, EXACT.multiply(apart, rise) == way


def _part(
    piece: Piece, cut: Cut, start: End | None, end: End | None, first: Point | None,
    second: Point | None,
) -> Piece:  # fmt: skip
    """The piece between two places where it does not meet a limit: itself, or level."""
    wide = EXACT.subtract(piece.second.x, piece.first.x)
    rise = EXACT.subtract(piece.second.y, piece.first.y)
    if first is None and second is None:
        first, second = piece.first, piece.second
    elif first is None:
        assert second is not None
        first = Point(second.x - wide, second.y - rise)
    elif second is None:
        second = Point(first.x + wide, first.y + rise)
    cut_first, cut_second = cut.into(first.y), cut.into(second.y)
    if cut_first == first.y and cut_second == second.y:
        return Piece(start, end, first, second, piece.name)
    # It does not cross a limit, so that all of it lies on one side.
    level = cut_first if cut_first != first.y else cut_second
    return Piece(start, end, Point(first.x, level), Point(second.x, level), piece.name)


def by_points(rule: Json) -> tuple[tuple[Piece, ...], bool]:
    """The pieces of `per_unit` before its limits, from low to high, and whether its steps go on
    beyond those that are drawn."""
    start, at, per, points = (decimal(rule[key]) for key in ("start", "mark", "per", "points"))
    assert start is not None and at is not None and per is not None and points is not None
    side, whole = rule["side"], rule.get("whole_units", "down")
    up, down = side in ("above", "both"), side in ("below", "both")
    if whole == "no":
        return tuple(_proportional(start, at, per, points, side)), False
    cut = Cut(decimal(rule.get("at_least")), decimal(rule.get("at_most")))
    found: list[Piece] = []
    goes_on = False
    middle = _level(*_around(at, per, up, down, whole), start)
    if up:
        stairs, more = _stairs(start, at, per, points, whole, cut)
        found, goes_on = [middle, *stairs], more
    if down:
        sign = -points if side == "both" else points
        stairs, more = _stairs(start, at, -per, sign, whole, cut)
        found = [*reversed(stairs), *(found or [middle])]
        goes_on = goes_on or more
    return tuple(found), goes_on


def _around(
    at: Decimal, per: Decimal, up: bool, down: bool, whole: str
) -> tuple[End | None, End | None]:
    """The ends of the step at the mark: a whole unit wide to each side where started units do not
    count."""
    unit, closed = (per, False) if whole == "down" else (Decimal(0), True)
    return End(at - unit, closed) if down else None, End(at + unit, closed) if up else None


def _stairs(
    start: Decimal, at: Decimal, per: Decimal, points: Decimal, whole: str, cut: Cut
) -> tuple[list[Piece], bool]:
    """The steps to one side of the mark, away from it; the last one has no end where the limits
    keep it level from there on."""
    found: list[Piece] = []
    for unit in range(1, _STAIRS + 1):
        value = EXACT.add(start, points * unit)
        near, far = (unit, unit + 1) if whole == "down" else (unit - 1, unit)
        close, away = at + per * near, at + per * far
        is_last = not points or cut.into(value) == _stop(points, cut)
        near_end, far_end = End(close, whole == "down"), End(away, whole != "down")
        ends = (near_end, None if is_last else far_end)
        left, right = ends if per > 0 else (ends[1], ends[0])
        found.append(_level(left, right, cut.into(value)))
        if is_last:
            return found, False
    return found, True


def _stop(points: Decimal, cut: Cut) -> Decimal | None:
    """The limit that steps of so many points come to and stay at; None where there is none."""
    return cut.low if points < 0 else cut.high


def _proportional(
    start: Decimal, at: Decimal, per: Decimal, points: Decimal, side: str
) -> Iterator[Piece]:
    """Lines in proportion to the distance from the mark."""
    here = Point(at, start)
    right, left = Point(at + per, start + points), Point(at - per, start + points)
    if side == "both":
        yield Piece(None, None, Point(at - per, start - points), right)
    elif side == "above":
        yield _level(None, End(at, closed=True), start)
        yield Piece(End(at, closed=False), None, here, right)
    else:
        yield Piece(None, End(at, closed=False), left, here)
        yield _level(End(at, closed=True), None, start)
