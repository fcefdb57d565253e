"""Lines over time: a series of figures, one at each label."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from perfrules.exact import divided, plain
from perfrules.papers.charts.axis import Scale, figure, ticks
from perfrules.papers.charts.paint import SOFT, legend, line, mark, paint
from perfrules.papers.charts.series import Series
from perfrules.papers.charts.svg import HALO, cut_to, letters, picture, tag, width_of

__all__ = ["lines"]

_ACROSS: Final = 720
_DOWN: Final = 270
_FOOT: Final = 240


def lines(
    title: str,
    desc: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    is_ratio: bool = False,
) -> str:
    """A line for each series, with its own dashes and marks, its figures written at the
    marks; it breaks where there is no figure. The scale begins near the lowest figure, and says
    so by its own."""
    values = [value for one in series for value in one.values if value is not None]
    names, head = legend([one.name for one in series], _ACROSS, lines=True)
    if len(series) == 1:
        names, head = "", 6
    head += 18
    marks = ticks(min(values, default=Decimal(0)), max(values, default=Decimal(1)))
    heights = Scale(marks[0], marks[-1], _FOOT - 16, head)
    left = max(width_of(figure(at, is_ratio=is_ratio)) for at in marks) + 14
    parts = [names]
    for at in marks:
        y = heights.at(at)
        shown = figure(at, is_ratio=is_ratio)
        parts.append(line(left, y, _ACROSS - 10, y))
        parts.append(letters(left - 6, y + 4, shown, text_anchor="end", fill=SOFT))
    places = _places(len(labels), left)
    room = (_ACROSS - left) // max(len(labels), 1) - 8
    for x, label in zip(places, labels, strict=True):
        parts.append(letters(x, _FOOT + 20, cut_to(label, room), text_anchor="middle", fill=SOFT))
    for number in range(len(series)):
        parts.append(_series(series, number, places, heights, is_ratio))
    told = desc or "; ".join(_told(one, labels, is_ratio) for one in series)
    return picture(_ACROSS, _DOWN, title, told, *parts)


def _told(one: Series, labels: Sequence[str], is_ratio: bool) -> str:
    """`平均: 2024Q2 83.8, 2024Q3 85.86`."""
    own = (
        f"{label} {_shown(one, place, is_ratio)}"
        for place, label in enumerate(labels)
        if one.values[place] is not None
    )
    return f"{one.name}: {', '.join(own)}"


def _shown(one: Series, place: int, is_ratio: bool) -> str:
    value = one.values[place]
    if one.shown or value is None:
        return one.shown[place] if one.shown else ""
    return figure(value, is_ratio=is_ratio)


def _places(count: int, left: int) -> list[Decimal]:
    if not count:
        return []
    width = _ACROSS - 10 - left
    return [
        left + divided(Decimal(width * (2 * place + 1)), Decimal(2 * count), 2, "half_up")
        for place in range(count)
    ]


def _series(
    series: Sequence[Series], number: int, places: Sequence[Decimal], heights: Scale, is_ratio: bool
) -> str:
    """A line. The highest figure at a label is written above its mark, the others below."""
    one, own, parts, path = series[number], paint(number), [], ""
    others = [other.values for place, other in enumerate(series) if place != number]
    beside = [[values[place] for values in others] for place in range(len(one.values))]
    for place, value in enumerate(one.values):
        if value is None:
            continue
        x, y = places[place], heights.at(value)
        is_first = place == 0 or one.values[place - 1] is None
        path += f"{'M' if is_first else 'L'}{plain(x)} {plain(y)}"
        shown = _shown(one, place, is_ratio)
        parts.append(mark(x, y, own))
        is_highest = all(other is None or other <= value for other in beside[place])
        shift = -9 if is_highest and (number == 0 or value not in beside[place]) else 18
        parts.append(letters(x, y + shift, shown, text_anchor="middle", **HALO))
    dash = {"stroke_dasharray": own.dash} if own.dash else {}
    drawn = tag("path", d=path, fill="none", stroke=own.stroke, stroke_width=2, **dash)
    return (drawn if path else "") + "".join(parts)
