"""Groups side by side: a box from the lower to the upper quartile, whiskers to the ends, and,
where they are few, a point for each member."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.papers.charts.axis import Scale, figure, ticks
from perfrules.papers.charts.paint import BOX, INK, PERSON, SOFT, line, rectangle
from perfrules.papers.charts.series import Line
from perfrules.papers.charts.svg import cut_to, letters, picture, tag, width_of

__all__ = ["Box", "boxes"]

_ACROSS: Final = 720
_LABELS: Final = 220
_ROW: Final = 30
_HEAD: Final = 24
_FEW: Final = 60
"""So many points are drawn of a group; of more the box says enough."""


class Box(NamedTuple):
    """A group by five figures; `points` has those of its members, in any order, or nothing.
    `note` stands at the right of its row."""

    name: str
    low: Decimal
    lower: Decimal
    middle: Decimal
    upper: Decimal
    high: Decimal
    points: tuple[Decimal, ...] = ()
    note: str = ""


def boxes(title: str, desc: str, groups: Sequence[Box], lines: Sequence[Line] = ()) -> str:
    """A row for each group over one scale; of a group of one or two there is no box, only points.
    The middle is a broad stroke with its figure above."""
    left = min(max((width_of(one.name) for one in groups), default=0), _LABELS) + 12
    right = max((width_of(one.note) for one in groups), default=0) + 12
    down = _HEAD + _ROW * len(groups) + 26
    ends = [end for one in groups for end in (one.low, one.high)] + [one.at for one in lines]
    marks = ticks(min(ends, default=Decimal(0)), max(ends, default=Decimal(1)), 6)
    scale = Scale(marks[0], marks[-1], left, _ACROSS - right)
    parts = []
    for at in marks:
        x = scale.at(at)
        parts.append(line(x, _HEAD - 4, x, down - 22))
        parts.append(letters(x, down - 7, figure(at), text_anchor="middle", fill=SOFT))
    for place, one in enumerate(lines):
        x = scale.at(one.at)
        parts.append(line(x, _HEAD - 8, x, down - 22, INK, ("5 4", "2 3")[place % 2], "1.4"))
        anchor = "end" if x > _ACROSS - right - width_of(one.name) else "start"
        parts.append(letters(x, 12, one.name, text_anchor=anchor))
    for place, group in enumerate(groups):
        top = _HEAD + _ROW * place
        parts.append(letters(left - 8, top + 20, cut_to(group.name, _LABELS), text_anchor="end"))
        parts.append(_box(group, scale, top))
        parts.append(letters(_ACROSS, top + 20, group.note, text_anchor="end", fill=SOFT))
    told = desc or "; ".join(_told(one) for one in groups)
    return picture(_ACROSS, down, title, told, *parts)


def _told(one: Box) -> str:
    """`销售部: 22.43 – 78.42 – 88.135 – 97.365 – 113.08`."""
    ends = (one.low, one.lower, one.middle, one.upper, one.high)
    return f"{one.name}: {' – '.join(map(figure, ends))}"


def _box(one: Box, scale: Scale, top: int) -> str:
    low, lower, middle, upper, high = (scale.at(value) for value in one[1:6])
    y, parts = top + 17, []
    if len(one.points) > 2 or not one.points:
        parts.append(line(low, y, high, y, SOFT, "", "1.4"))
        parts += [line(x, y - 5, x, y + 5, SOFT, "", "1.4") for x in (low, high)]
        parts.append(rectangle(lower, y - 8, upper - lower, 16, BOX))
        parts.append(line(middle, y - 8, middle, y + 8, INK, "", "3"))
    if len(one.points) <= _FEW:
        parts.append(_points(one.points, scale, y))
    return "".join(parts)


def _points(points: Sequence[Decimal], scale: Scale, y: int) -> str:
    """A point for each member; members with the same figure make it broader, up to a measure."""
    return "".join(
        tag(
            "circle", cx=scale.at(value), cy=y, r=Decimal(2) + min(count, 6) / Decimal(2),
            fill=PERSON, fill_opacity="0.75",
        )
        for value, count in sorted(Counter(points).items())
    )  # fmt: skip
