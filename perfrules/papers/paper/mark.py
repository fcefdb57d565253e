"""How a paper that nobody has touched is told from one that was filled in.

Each file carries the SHA-256 of its own text: at the end of Markdown and HTML, among the
properties of a Word file or a workbook. Whoever writes into a file breaks it, and the file is
then theirs.
"""

import hashlib
import io
import re
import zipfile
from typing import Final

__all__ = ["is_untouched", "mark", "marked", "text_of"]

_FORMAT: Final = "perfrules-paper/1"
_PROPERTIES: Final = "docProps/core.xml"
_TEXTS: Final = re.compile(r"word/document\.xml|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml")
"""The parts of a Word file and of a workbook in which what is read stands."""

_CHARTS: Final = re.compile(r"(?:word|xl)/charts/[^/]+\.xml")
_DRAWN: Final = re.compile(rb"<c:v>([^<]*)</c:v>|<a:t>([^<]*)</a:t>")
"""The figures and words of a chart; how it looks is the library's."""

_MARK: Final = re.compile(rb"perfrules-(?:paper|feedback)/1 sha256:([0-9a-f]{64})")
"""Older statements say `feedback`."""

_CLOSING: Final = re.compile(rb"<!-- " + _MARK.pattern + rb" -->\n\Z")
_LARGEST: Final = 1 << 25


def mark(data: bytes) -> str:
    """What stands in the file for its text."""
    return f"{_FORMAT} sha256:{hashlib.sha256(data).hexdigest()}"


def marked(text: str) -> str:
    """Markdown or HTML with its mark as the last line, a comment."""
    return f"{text}<!-- {mark(text.encode())} -->\n"


def text_of(data: bytes) -> bytes | None:
    """What is read in a Word file or a workbook, as its parts have it; None if it is neither."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = sorted(packed.infolist(), key=lambda one: one.filename)
            if any(one.file_size > _LARGEST for one in members):
                return None
            parts = [packed.read(one) for one in members if _TEXTS.fullmatch(one.filename)]
            charts = [packed.read(one) for one in members if _CHARTS.fullmatch(one.filename)]
            parts += [b"\n".join(map(b"".join, _DRAWN.findall(one))) for one in charts]
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    return b"\n".join(parts) or None


def is_untouched(data: bytes) -> bool:
    """Whether these are the bytes of a paper as it was written."""
    if data.startswith(b"PK"):
        return _is_untouched_package(data)
    closing = _CLOSING.search(data)
    return closing is not None and _is_of(closing[1], data[: closing.start()])


def _is_untouched_package(data: bytes) -> bool:
    text = text_of(data)
    if text is None:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            found = _MARK.search(packed.read(_PROPERTIES))
    except KeyError:
        return False
    return found is not None and _is_of(found[1], text)


def _is_of(digest: bytes, text: bytes) -> bool:
    return digest.decode() == hashlib.sha256(text).hexdigest()
