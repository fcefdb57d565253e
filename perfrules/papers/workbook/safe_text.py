"""Texts as XML and the writer of workbooks take them for nothing but text."""

import re
from typing import Final

from perfrules.layout.terminal import visible

__all__ = ["header_text", "safe_text"]

_LETTERS: Final = 16_000
_NO_LETTERS: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")

_HEADER: Final = 110
"""So many characters may each part of a page's header have; Excel takes 255 in all."""


def safe_text(text: str) -> str:
    """A text that XML and the workbook's writer take for nothing but text."""
    if len(text) <= _LETTERS and text.isprintable() and not text.startswith("<"):
        return text
    if len(text) > _LETTERS:
        text = text[: _LETTERS - 1] + "…"
    text = _NO_LETTERS.sub("\ufffd", text)
    # The writer passes on a text of this form as markup.
    return f" {text}" if text.startswith("<r>") else text


def header_text(text: str) -> str:
    """A text in the header of a page, where `&` begins a code; cut where it is too long."""
    escaped = ""
    for letter in visible(safe_text(text)):
        shown = "&&" if letter == "&" else letter
        if len(escaped) + len(shown) >= _HEADER:
            return f"{escaped}…"
        escaped += shown
    return escaped
