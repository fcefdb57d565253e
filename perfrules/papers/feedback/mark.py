"""How a statement that nobody has touched is told from one that was filled in.

Each file carries the SHA-256 of its own text: at the end of Markdown and HTML, among the
properties of a Word file. Whoever writes into a file breaks it, and the file is then theirs.
"""

import hashlib
import io
import re
import zipfile
from typing import Final

__all__ = ["DOCUMENT", "is_untouched", "mark", "marked"]

FORMAT: Final = "perfrules-feedback/1"
DOCUMENT: Final = "word/document.xml"

_PROPERTIES: Final = "docProps/core.xml"
_MARK: Final = re.compile(rb"perfrules-feedback/1 sha256:[0-9a-f]{64}")
_CLOSING: Final = re.compile(rb"<!-- (perfrules-feedback/1 sha256:[0-9a-f]{64}) -->\n\Z")
_LARGEST: Final = 1 << 24


def mark(data: bytes) -> str:
    """What stands in the file for its text."""
    return f"{FORMAT} sha256:{hashlib.sha256(data).hexdigest()}"


def marked(text: str) -> str:
    """Markdown or HTML with its mark as the last line, a comment."""
    return f"{text}<!-- {mark(text.encode())} -->\n"


def is_untouched(data: bytes) -> bool:
    """Whether these are the bytes of a statement as it was written."""
    if data.startswith(b"PK"):
        return _is_untouched_word(data)
    closing = _CLOSING.search(data)
    return closing is not None and closing[1].decode() == mark(data[: closing.start()])


def _is_untouched_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if any(one.file_size > _LARGEST for one in packed.infolist()):
                return False
            found = _MARK.search(packed.read(_PROPERTIES))
            return found is not None and found[0].decode() == mark(packed.read(DOCUMENT))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError):
        return False
