"""Columns over ranges of a figure: how many have so much."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.papers.charts.axis import Scale, figure, scale_over
from perfrules.papers.charts.paint import BAR, INK, SOFT, line, rectangle
from perfrules.papers.charts.series import Line
from perfrules.papers.charts.svg import letters, picture, width_of

__all__ = ["Bin", "histogram"]

_ACROSS: Final = 720
_DOWN: Final = 280
_HEAD: Final = 58
_FOOT: Final = 46
_LEFT: Final = 44


class Bin(NamedTuple):
    """So `many` from `low`, inclusive, to `high`, which belongs to the next one; to the last one
    it belongs itself."""

    low: Decimal
    high: Decimal
    many: int


def histogram(
    title: str,
    desc: str,
    bins: Sequence[Bin],
    across: str,
    up: str,
    lines: Sequence[Line] = (),
    *,
    is_ratio: bool = False,
) -> str:
    """Columns of `bins` that lie beside one another; `across` and `up` name the axes, `lines`
    stand upright at their figures. No picture is made of no bins: it says nothing but its names."""
    foot = _DOWN - _FOOT
    parts: list[str] = []
    heights, marks = scale_over([Decimal(one.many) for one in bins], foot, _HEAD)
    for at in marks:
        y = heights.at(at)
        parts.append(line(_LEFT, y, _ACROSS - 10, y))
        parts.append(letters(_LEFT - 6, y + 4, figure(at), text_anchor="end", fill=SOFT))
    if bins:
        wide = Scale(bins[0].low, bins[-1].high, _LEFT + 8, _ACROSS - 18)
        parts += [_column(one, wide, heights, foot) for one in bins]
        parts.append(_edges(bins, wide, foot, is_ratio))
        parts += [_upright(one, place, wide, foot) for place, one in enumerate(lines)]
    parts.append(line(_LEFT, foot, _ACROSS - 10, foot, SOFT))
    parts.append(letters(_ACROSS - 10, _DOWN - 6, across, text_anchor="end", fill=SOFT))
    parts.append(letters(0, 12, up, fill=SOFT))
    return picture(_ACROSS, _DOWN, title, desc, *parts)


def _column(one: Bin, wide: Scale, heights: Scale, foot: int) -> str:
    start, end = wide.at(one.low), wide.at(one.high)
    top = heights.at(Decimal(one.many))
    middle = (start + end) / 2
    body = rectangle(start, top, end - start, foot - top, BAR) if one.many else ""
    return body + letters(middle, top - 4, figure(Decimal(one.many)), text_anchor="middle")


def _edges(bins: Sequence[Bin], wide: Scale, foot: int, is_ratio: bool) -> str:
    """The figures between the columns, but for those that would run into one another."""
    parts, free = [], Decimal(-100)
    for at in (*(one.low for one in bins), bins[-1].high):
        x, shown = wide.at(at), figure(at, is_ratio=is_ratio)
        parts.append(line(x, foot, x, foot + 4, SOFT))
        half = Decimal(width_of(shown)) / 2
        if x - half > free:
            parts.append(letters(x, foot + 17, shown, text_anchor="middle", fill=SOFT))
            free = x + half + 6
    return "".join(parts)


def _upright(one: Line, place: int, wide: Scale, foot: int) -> str:
    x = wide.at(one.at)
    is_right = x > _ACROSS - 20 - width_of(one.name)
    anchor, shift = ("end", -5) if is_right else ("start", 5)
    dash = ("", "5 4", "2 3")[place % 3]
    at = 18 + 15 * (place % 2)
    name = letters(x + shift, at + 9, one.name, text_anchor=anchor, fill=INK)
    return line(x, at, x, foot, INK, dash, "1.6") + name
