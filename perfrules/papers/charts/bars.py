"""Bars that lie: one beside the other under each label, or one on top of the other."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.papers.charts.axis import Scale, figure, scale_over
from perfrules.papers.charts.paint import INK, SOFT, bar, legend, line, paint
from perfrules.papers.charts.series import Series
from perfrules.papers.charts.svg import HALO, cut_to, letters, picture, width_of

__all__ = ["bars"]

_ACROSS: Final = 720
_LABELS: Final = 220
_BAR: Final = 18


class _Form(NamedTuple):
    """How figures are written."""

    is_ratio: bool
    places: int

    def of(self, value: Decimal) -> str:
        return figure(value, is_ratio=self.is_ratio, places=self.places)


def bars(
    title: str,
    desc: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    stacked: bool = False,
    is_ratio: bool = False,
    places: int = 0,
    limits: Sequence[Decimal | None] = (),
) -> str:
    """Bars of each series under each label; the figure stands at the end of its bar, or, stacked,
    within its part where there is room. No figure makes no bar, and `—`.

    `desc` is read out to those who do not see it; without it that is the figures. `limits` are
    marked across the bars of a label, such as its budget. Figures below nought go
    to the left, but not where bars are stacked. Figures have at least so many `places`.
    """
    form = _Form(is_ratio, places)
    left = min(max(map(width_of, labels), default=0), _LABELS) + 12
    many = 1 if stacked else len(series)
    names, head = legend([cut_to(one.name, 180) for one in series], _ACROSS)
    if len(series) == 1:
        names, head = "", 6
    row = many * _BAR + 10
    down = head + row * len(labels) + 26
    tops = [*_lengths(series, stacked), *(limit for limit in limits if limit is not None)]
    room = 0 if stacked else max(map(width_of, _ends(series, form)), default=0)
    if stacked:
        room = 70
    scale, marks = scale_over(tops, left, _ACROSS - 14 - min(room, 150))
    parts = [names]
    for at in marks:
        x = scale.at(at)
        parts.append(line(x, head, x, down - 22))
        shown = figure(at, is_ratio=is_ratio)
        parts.append(letters(x, down - 7, shown, text_anchor="middle", fill=SOFT, font_size=11))
    for place, label in enumerate(labels):
        top = head + row * place + 5
        middle = top + many * _BAR // 2 + 4
        parts.append(letters(left - 8, middle, cut_to(label, _LABELS), text_anchor="end"))
        mark = ""
        if limits and (limit := limits[place]) is not None:
            x = scale.at(limit)
            mark = line(x, top - 3, x, top + many * _BAR + 3, INK, "", "2.4")
        draw = _stack if stacked else _beside
        parts.append(draw(series, place, scale, top, form, mark))
    zero = scale.at(Decimal(0))
    parts.append(line(zero, head, zero, down - 22, SOFT))
    told = desc or "; ".join(
        _told(label, place, series, form) for place, label in enumerate(labels)
    )
    return picture(_ACROSS, down, title, told, *parts)


def _told(label: str, place: int, series: Sequence[Series], form: _Form) -> str:
    """`销售部: 预算 100,000, 实际 90,000`."""
    own = (f"{one.name} {_shown(one, place, form)}".strip() for one in series)
    return f"{label}: {', '.join(own)}"


def _lengths(series: Sequence[Series], stacked: bool) -> list[Decimal]:
    if not stacked:
        return [value for one in series for value in one.values if value is not None]
    whole = zip(*(one.values for one in series), strict=True)
    return [sum((value or Decimal(0) for value in row), Decimal(0)) for row in whole]


def _shown(one: Series, place: int, form: _Form) -> str:
    if one.shown:
        return one.shown[place]
    value = one.values[place]
    return "—" if value is None else form.of(value)


def _ends(series: Sequence[Series], form: _Form) -> list[str]:
    return [_shown(one, place, form) for one in series for place in range(len(one.values))]


def _beside(
    series: Sequence[Series], place: int, scale: Scale, top: int, form: _Form, limit: str
) -> str:
    parts, texts = [], []
    zero = scale.at(Decimal(0))
    for number, one in enumerate(series):
        value, y = one.values[place], top + number * _BAR
        end = zero if value is None else scale.at(value)
        if value:
            low, high = sorted((zero, end))
            parts.append(bar(low, y + 1, high - low, _BAR - 3, paint(number)))
        shown = _shown(one, place, form)
        texts.append(letters(max(zero, end) + 5, y + 13, shown, **HALO))
    return "".join([*parts, limit, *texts])


def _stack(
    series: Sequence[Series], place: int, scale: Scale, top: int, form: _Form, limit: str
) -> str:
    parts = []
    reached = Decimal(0)
    for number, one in enumerate(series):
        value = one.values[place]
        if not value or value < 0:
            continue
        start, end = scale.at(reached), scale.at(reached + value)
        parts.append(bar(start, top + 1, end - start, _BAR - 3, paint(number)))
        shown = _shown(one, place, form)
        if width_of(shown) + 4 <= end - start:
            lift = 2 if paint(number).stripe else 0
            style = {"text_anchor": "middle", "fill": paint(number).upon}
            parts.append(letters((start + end) / 2, top + 13 - lift, shown, **style))
        reached += value
    shown = form.of(reached)
    parts += [limit, letters(scale.at(reached) + 5, top + 13, shown, **HALO)]
    return "".join(parts)
