"""The curve of a rule as a picture: exact pieces, filled and hollow ends, where people stand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.exact import EXACT, divided, plain, rounded
from perfrules.papers.charts.axis import Scale, figure, scale_over
from perfrules.papers.charts.paint import INK, PERSON, SOFT, dot, line, paint
from perfrules.papers.charts.pieces import Curve, End, Piece
from perfrules.papers.charts.svg import HALO, cut_to, letters, picture, tag, width_of

__all__ = [
    "dots_of",
    "jumps_of",
    "pieces_in_words",
    "ranges",
    "spans_of",
    "svg_of_curve",
    "values_of",
    "view_of",
]

_ACROSS: Final = 720
_DOWN: Final = 282
_FOOT: Final = 236
_HEAD: Final = 40
_MANY: Final = 12
"""So many people at one figure make the highest stack that is drawn."""


def svg_of_curve(
    curve: Curve,
    language: Language,
    people: Sequence[Decimal] = (),
    *,
    title: str = "",
    desc: str = "",
) -> str:
    """The picture of a curve. `people` are the figures of those who are judged by the rule: a mark
    for each stands under the curve, those at the same figure upon one another.

    `title` and `desc` are read to those who do not see it; without them they are the curve's name
    and its pieces in words.
    """
    view = view_of(curve, people)
    values = [*_heights(curve, view), *(value for _, value in curve.limits)]
    heights, marks = scale_over(values, _FOOT, _HEAD)
    left = max(width_of(figure(at, is_ratio=curve.up_is_ratio)) for at in marks) + 14
    wide = Scale(*view, left, _ACROSS - 16)
    parts = []
    for at in marks:
        y, shown = heights.at(at), figure(at, is_ratio=curve.up_is_ratio)
        parts.append(line(left, y, _ACROSS - 10, y))
        parts.append(letters(left - 6, y + 4, shown, text_anchor="end", fill=SOFT))
    for name, value in curve.limits:
        y = heights.at(value)
        parts.append(line(left, y, _ACROSS - 10, y, INK, "6 4", "1.4"))
        shown = f"{name.into(language)} {figure(value, is_ratio=curve.up_is_ratio)}"
        parts.append(letters(left + 6, y - 5, shown, **HALO))
    parts.append(line(left, _FOOT, _ACROSS - 10, _FOOT, SOFT))
    draw = _people if len(people) <= _FEW else _crowd
    parts.append(draw(people, wide, language))
    parts.append(_knots(curve, wide))
    parts.append(_jumps(curve, wide, heights))
    parts += [_piece(piece, wide, heights, view) for piece in curve.pieces]
    parts.append(_ends(curve, wide, heights))
    parts.append(_names(curve, wide, heights, view))
    parts.append(letters(0, 12, curve.up.into(language), fill=SOFT))
    across = cut_to(curve.across.into(language), 500)
    parts.append(letters(_ACROSS - 10, _DOWN - 4, across, text_anchor="end", fill=SOFT))
    said = title or curve.title.into(language)
    return picture(_ACROSS, _DOWN, said, desc or pieces_in_words(curve, language), *parts)


_PEOPLE: Final = Text("▲ 每个标记为一人", "▲ a mark is a person")
_CROWD: Final = Text("▮ 柱高为人数，最高 {}", "▮ the bars are people, {} at most")
_FEW: Final = 200
"""So many people have a mark each; more of them are shown as bars."""
_BARS: Final = 80


def pieces_in_words(curve: Curve, language: Language) -> str:
    """`[0%, 80%) 0; [80%, 100%) 80 → 100`, from low to high."""
    return "; ".join(
        f"{name} {value}" for name, value in zip(ranges(curve), values_of(curve), strict=True)
    )


def ranges(curve: Curve) -> list[str]:
    """Where each piece begins and ends: `[80%, 100%)`; an end that is rounded has `≈`."""
    return [_range(curve, piece) for piece in curve.pieces]


def _range(curve: Curve, piece: Piece) -> str:
    low, high = (_end_text(curve, end) for end in (piece.start, piece.end))
    opening = "[" if piece.start and piece.start.closed else "("
    closing = "]" if piece.end and piece.end.closed else ")"
    return f"{opening}{low or '−∞'}, {high or '+∞'}{closing}"


def _end_text(curve: Curve, end: End | None) -> str:
    if end is None:
        return ""
    return _place(curve, end.at)


def _place(curve: Curve, at: Decimal) -> str:
    """Where something ends; `≈` before what has no end itself."""
    if at not in curve.about:
        return figure(at, is_ratio=curve.across_is_ratio)
    places = 4 if curve.across_is_ratio else 2
    return "≈" + figure(rounded(at, places, "half_up"), is_ratio=curve.across_is_ratio)


def spans_of(curve: Curve, language: Language) -> list[str]:
    """The same with the figure's name: `80% ≤ 达成率 < 100%`."""
    return [_span(curve, piece, language) for piece in curve.pieces]


def _span(curve: Curve, piece: Piece, language: Language) -> str:
    what, start, end = curve.across.into(language), piece.start, piece.end
    if start and end:
        if start.at == end.at:
            return f"{what} = {_place(curve, start.at)}"
        low = f"{_place(curve, start.at)} {'≤' if start.closed else '<'}"
        return f"{low} {what} {'≤' if end.closed else '<'} {_place(curve, end.at)}"
    if start:
        return f"{what} {'≥' if start.closed else '>'} {_place(curve, start.at)}"
    if end:
        return f"{what} {'≤' if end.closed else '<'} {_place(curve, end.at)}"
    return Text("任何情况", "in every case").into(language)


def values_of(curve: Curve) -> list[str]:
    """What each piece gives: `80`, `80 → 100`, and of one without end `80 + 3%/…` by its rise."""
    return [_value(curve, piece) for piece in curve.pieces]


def _value(curve: Curve, piece: Piece) -> str:
    low = figure(piece.first.y, is_ratio=curve.up_is_ratio)
    high = figure(piece.second.y, is_ratio=curve.up_is_ratio)
    if piece.is_flat:
        text = low
    elif piece.end is None:
        text = f"{low} {'↗' if piece.second.y > piece.first.y else '↘'}"
    elif piece.start is None:
        text = f"{'↗' if piece.second.y > piece.first.y else '↘'} {high}"
    else:
        text = f"{low} → {high}"
    return f"{piece.name} {text}" if piece.name else text


def view_of(curve: Curve, people: Sequence[Decimal] = ()) -> tuple[Decimal, Decimal]:
    """From where to where the curve is shown: all its ends, everybody, and something beyond."""
    knots = [*curve.knots, *people]
    if not knots:
        return Decimal(0), Decimal(1)
    low, high = min(knots), max(knots)
    span = EXACT.subtract(high, low) or max(abs(high), Decimal(1))
    beyond = EXACT.multiply(span, Decimal("0.15"))
    has_end = curve.pieces[0].start is not None
    start = low if has_end and low == curve.knots[0] else EXACT.subtract(low, beyond)
    if low >= 0:
        start = max(start, Decimal(0))
    end = curve.pieces[-1].end
    is_last = end is not None and high == end.at
    return start, high if is_last else EXACT.add(high, beyond)


def _inside(piece: Piece, view: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal] | None:
    """The part of a piece that is shown; None where nothing of it is."""
    low = view[0] if piece.start is None else max(piece.start.at, view[0])
    high = view[1] if piece.end is None else min(piece.end.at, view[1])
    return (low, high) if low <= high else None


def _heights(curve: Curve, view: tuple[Decimal, Decimal]) -> Iterator[Decimal]:
    for piece in curve.pieces:
        if part := _inside(piece, view):
            yield from (piece.height(x) for x in part)


def _piece(piece: Piece, wide: Scale, heights: Scale, view: tuple[Decimal, Decimal]) -> str:
    part = _inside(piece, view)
    if part is None or part[0] == part[1]:
        return ""
    x, to_x = (wide.at(one) for one in part)
    y, to_y = (heights.at(piece.height(one)) for one in part)
    path = f"M{plain(x)} {plain(y)}L{plain(to_x)} {plain(to_y)}"
    return tag("path", d=path, fill="none", stroke=paint(0).fill, stroke_width="2.6")


def _ends_of(curve: Curve) -> list[tuple[End, Decimal]]:
    return [
        (end, point.y)
        for piece in curve.pieces
        for end, point in ((piece.start, piece.first), (piece.end, piece.second))
        if end is not None
    ]


def _ends(curve: Curve, wide: Scale, heights: Scale) -> str:
    stroke = paint(0).fill
    return "".join(
        dot(wide.at(at), heights.at(y), filled=filled, stroke=stroke)
        for filled in (False, True)
        for at, y in dots_of(curve, filled=filled)
    )


def dots_of(curve: Curve, *, filled: bool) -> list[tuple[Decimal, Decimal]]:
    """Where dots stand, filled ones or hollow ones: none where a line goes on at the same
    height."""
    ends = _ends_of(curve)
    closed = {(end.at, y) for end, y in ends if end.closed}
    open_ends = {(end.at, y) for end, y in ends if not end.closed}
    return sorted(closed - open_ends if filled else open_ends - closed)


def _jumps(curve: Curve, wide: Scale, heights: Scale) -> str:
    """Thin dotted lines where the value jumps, which lead the eye."""
    return "".join(
        line(wide.at(at), heights.at(low), wide.at(at), heights.at(high), SOFT, "2 3")
        for at, low, high in jumps_of(curve)
    )


def jumps_of(curve: Curve) -> list[tuple[Decimal, Decimal, Decimal]]:
    """Where the value jumps, from what to what."""
    at_knots: dict[Decimal, set[Decimal]] = {}
    for end, y in _ends_of(curve):
        at_knots.setdefault(end.at, set()).add(y)
    return [(at, min(values), max(values)) for at, values in at_knots.items() if len(values) > 1]


def _knots(curve: Curve, wide: Scale) -> str:
    """The figures at which pieces end, under the axis, on two levels where they are close."""
    parts, free = [], [Decimal(-100), Decimal(-100)]
    for at in curve.knots:
        x = wide.at(at)
        shown = _place(curve, at)
        half = Decimal(width_of(shown)) / 2
        parts.append(line(x, _FOOT, x, _FOOT + 4, SOFT))
        level = next((one for one in (0, 1) if x - half > free[one]), None)
        if level is not None:
            y = _FOOT + 17 + 13 * level
            parts.append(letters(x, y, shown, text_anchor="middle"))
            free[level] = x + half + 6
    return "".join(parts)


def _names(curve: Curve, wide: Scale, heights: Scale, view: tuple[Decimal, Decimal]) -> str:
    """What a step gives, above it, where there is room."""
    parts = []
    for piece, shown in zip(curve.pieces, values_of(curve), strict=True):
        part = _inside(piece, view)
        if part is None or not piece.is_flat:
            continue
        x, to_x = (wide.at(one) for one in part)
        if width_of(shown) <= to_x - x - 8 or (piece.name and to_x - x >= width_of(piece.name)):
            text = shown if width_of(shown) <= to_x - x - 8 else piece.name
            y = heights.at(piece.first.y) - 9
            parts.append(letters((x + to_x) / 2, y, text, text_anchor="middle", **HALO))
    return "".join(parts)


def _people(people: Sequence[Decimal], wide: Scale, language: Language) -> str:
    """A mark for each, upon the axis; those at the same figure upon one another."""
    parts = [letters(0, _DOWN - 4, _PEOPLE.into(language), fill=SOFT)] if people else []
    for value, count in sorted(Counter(people).items()):
        x = wide.at(value)
        for place in range(min(count, _MANY)):
            y = Decimal(_FOOT - 1 - 5 * place)
            path = f"M{plain(x)} {plain(y - 7)}l3 7h-6Z"
            parts.append(tag("path", d=path, fill=PERSON))
        if count > _MANY:
            y = Decimal(_FOOT - 10 - 5 * _MANY)
            parts.append(letters(x, y, f"×{count}", text_anchor="middle", font_size=10))
    return "".join(parts)


def _crowd(people: Sequence[Decimal], wide: Scale, language: Language) -> str:
    """Bars upon the axis, as high as there are people in each of many equal ranges."""
    width = divided(Decimal(wide.end - wide.start), Decimal(_BARS), 2, "down")
    ways = (int((wide.at(value) - wide.start) // width) for value in people)
    places = Counter(min(way, _BARS - 1) for way in ways)
    most = max(places.values())
    heights = Scale(Decimal(0), Decimal(most), 0, 56)
    parts = [letters(0, _DOWN - 4, _CROWD.into(language).format(f"{most:,}"), fill=SOFT)]
    for place, count in sorted(places.items()):
        high = heights.at(Decimal(count))
        x = wide.start + place * width
        parts.append(
            tag("rect", x=x, y=_FOOT - high, width=width - 1, height=high, fill=paint(1).fill)
        )
    return "".join(parts)
