"""SVG as text. Whatever is put into it stays text: names of people cannot become markup."""

from collections.abc import Mapping
from decimal import Decimal
from html import escape
from typing import Final

from perfrules.exact import plain, rounded
from perfrules.layout.terminal import visible, width

__all__ = ["HALO", "HEIGHT_OF_TEXT", "Value", "cut_to", "letters", "picture", "tag", "width_of"]

Value = str | int | Decimal

HEIGHT_OF_TEXT: Final = 12
"""The size of letters, in the units of a picture."""

HALO: Final[Mapping[str, Value]] = {
    "stroke": "#ffffff", "stroke_width": 3, "paint_order": "stroke", "stroke_linejoin": "round",
}  # fmt: skip
"""A text that stays readable upon lines."""

_FONT: Final = (
    "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', "
    "sans-serif"
)


def tag(name: str, inside: str = "", **attributes: Value) -> str:
    """An element; `inside` is markup that is safe, values of attributes are escaped. An underscore
    in the name of an attribute stands for a hyphen."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def letters(x: Value, y: Value, text: str, **attributes: Value) -> str:
    """A text whose foot is at a point."""
    return tag("text", _text(text), x=x, y=y, **attributes)


def picture(across: int, down: int, title: str, desc: str, *inside: str) -> str:
    """The picture as a whole, so wide and so high; `title` and `desc` are read out to those who
    do not see it."""
    head = tag("title", _text(title) or " ") + (tag("desc", _text(desc)) if desc else "")
    return tag(
        "svg", head + "".join(inside), xmlns="http://www.w3.org/2000/svg", role="img",
        aria_label=title, viewBox=f"0 0 {across} {down}", width=across, height=down,
        font_family=_FONT, font_size=HEIGHT_OF_TEXT, fill="#1d2433",
    )  # fmt: skip


def width_of(text: str) -> int:
    """About how wide a text is: a Chinese letter is as wide as it is high."""
    return width(visible(text)) * 13 // 2


def cut_to(text: str, most: int) -> str:
    """The text, or as much of its beginning as is about `most` wide, and `…`."""
    text = visible(text)
    if width_of(text) <= most:
        return text
    while text and width_of(text + "…") > most:
        text = text[:-1]
    return text.rstrip() + "…"


def _text(text: str) -> str:
    return escape(visible(text), quote=True)


def _attribute(value: Value) -> str:
    """Hundredths are finer than any printer's dots."""
    return _text(value) if isinstance(value, str) else plain(rounded(Decimal(value), 2, "half_up"))
