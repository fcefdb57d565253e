"""Text for a terminal: how wide it is, where it may break, and nothing in it that acts.

Chinese letters take two columns; a line may break between any two of them, but not before
closing punctuation and not after an opening bracket.
"""

import re
from collections.abc import Iterator
from typing import Final

from wcwidth import wcwidth

__all__ = ["padded", "visible", "width", "wrapped"]

_CLOSING: Final = "，。；：、！？）」』】》〉”’…％%)]},.;:!?"
_OPENING: Final = "（「『【《〈“‘([{"
_WIDE: Final = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")


def visible(text: str) -> str:
    """The text with control, escape and direction characters spelled out: `U+001B`."""
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() or letter == "\u3000" else f"U+{ord(letter):04X}"
        for letter in text
    )


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(max(wcwidth(letter), 0) for letter in text)


def padded(text: str, columns: int) -> str:
    """The text with blanks behind it, up to so many columns."""
    return text + " " * (columns - width(text))


def wrapped(text: str, columns: int) -> list[str]:
    """The text as lines of at most so many columns; a word that is longer keeps its line."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and width(lines[-1]) + width(piece.rstrip(" ")) > columns:
            lines[-1] = lines[-1].rstrip(" ")
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip(" ")
    lines[-1] = lines[-1].rstrip(" ")
    return lines


def _pieces(text: str) -> Iterator[str]:
    """What must not be torn apart: words with the blanks behind them, single wide letters."""
    piece = ""
    for letter in text:
        before = piece[-1:]
        may_break = before == " " or (
            bool(_WIDE.match(letter) or _WIDE.match(before)) and before not in _OPENING
        )
        if piece and may_break and letter not in _CLOSING and letter != " ":
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece
