"""What tells one thing from another in a picture: fills, dashes, marks, and the legend of them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.papers.charts.svg import letters, tag, width_of

__all__ = [
    "AXIS", "BAR", "BOX", "INK", "PERSON", "SOFT", "Paint", "bar", "dot", "legend", "line", "mark",
    "paint", "rectangle",
]  # fmt: skip

INK: Final = "#1d2433"
SOFT: Final = "#4b5565"
AXIS: Final = "#c3cad5"

_MARKS: Final = ("circle", "square", "diamond", "triangle")


class Paint(NamedTuple):
    """How one series is painted: its fill, what is written upon it, its line with its dashes, its
    mark; with a `stripe` a broad line runs along the foot of its bars.

    Fills are apart in lightness (on a grey printer about 25, 75, 60, 90 and 100 of 100 per cent),
    and are of blue and orange, which those who confuse red and green tell apart.
    """

    fill: str
    upon: str
    stroke: str
    dash: str
    mark: str
    stripe: str = ""


_PAINTS: Final = (
    Paint("#1f3f73", "#ffffff", "#1f3f73", "", _MARKS[0]),
    Paint("#f2b366", INK, "#a45a00", "7 4", _MARKS[1]),
    Paint("#5b92c4", INK, "#3a6c9c", "2 3", _MARKS[2]),
    Paint("#f6e8cf", INK, "#6b5a36", "9 3 2 3", _MARKS[3]),
    Paint("#ffffff", INK, "#555555", "12 4", _MARKS[0], "#1f3f73"),
    Paint("#f2b366", INK, "#8a4b08", "4 2", _MARKS[1], "#ffffff"),
)


def paint(number: int) -> Paint:
    """The paint of a series, counted from 0; after the last the first comes again."""
    return _PAINTS[number % len(_PAINTS)]


BAR: Final = "#5b92c4"
"""Of what is only one series."""
BOX: Final = "#bcd6ea"
PERSON: Final = "#8a4b08"


def bar(x: Decimal, y: int, across: Decimal, down: int, own: Paint) -> str:
    """A bar of a series."""
    drawn = rectangle(x, y, across, down, own.fill)
    if own.stripe and across > 2:
        foot = y + down - 3
        drawn += line(x + 1, foot, x + across - 1, foot, own.stripe, "", "4")
    return drawn


def rectangle(
    x: Decimal | int, y: Decimal | int, across: Decimal | int, down: Decimal | int, fill: str
) -> str:
    """A filled rectangle, whose outline is seen also where its fill is pale."""
    return tag(
        "rect", x=x, y=y, width=across, height=down, fill=fill, stroke=INK, stroke_width="0.6"
    )


def line(
    x: Decimal | int, y: Decimal | int, to_x: Decimal | int, to_y: Decimal | int,
    stroke: str = AXIS, dash: str = "", wide: str = "1",
) -> str:  # fmt: skip
    """A straight line."""
    dashes = {"stroke_dasharray": dash} if dash else {}
    return tag("line", x1=x, y1=y, x2=to_x, y2=to_y, stroke=stroke, stroke_width=wide, **dashes)


def dot(x: Decimal | int, y: Decimal | int, *, filled: bool, stroke: str = INK) -> str:
    """The end of a step: filled where the end belongs to it, hollow where it does not."""
    return tag(
        "circle", cx=x, cy=y, r="4", fill=stroke if filled else "#ffffff", stroke=stroke,
        stroke_width="1.6",
    )  # fmt: skip


def mark(x: Decimal, y: Decimal, own: Paint) -> str:
    """The mark of a series at a point."""
    colours = {"fill": own.fill, "stroke": INK, "stroke_width": "0.8"}
    match own.mark:
        case "square":
            return tag("rect", x=x - 4, y=y - 4, width=8, height=8, **colours)
        case "diamond":
            return tag("path", d=f"M{x} {y - 5}L{x + 5} {y}L{x} {y + 5}L{x - 5} {y}Z", **colours)
        case "triangle":
            return tag("path", d=f"M{x} {y - 5}L{x + 5} {y + 4}L{x - 5} {y + 4}Z", **colours)
    return tag("circle", cx=x, cy=y, r=4, **colours)


def legend(names: Sequence[str], most: int, *, lines: bool = False) -> tuple[str, int]:
    """A swatch and a name for each series, side by side in rows that are not wider than `most`;
    and how high they are."""
    parts, x, y = [], 0, 14
    for number, name in enumerate(names):
        own, wide = paint(number), 32 + width_of(name) + 18
        if x and x + wide > most:
            x, y = 0, y + 18
        if lines:
            parts.append(line(x, y - 4, x + 26, y - 4, own.stroke, own.dash, "2"))
            parts.append(mark(Decimal(x + 13), Decimal(y - 4), own))
        else:
            parts.append(bar(Decimal(x + 12), y - 10, Decimal(14), 11, own))
        parts.append(letters(x + 32, y, name))
        x += wide
    return "".join(parts), y + 12
