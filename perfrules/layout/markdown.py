"""What Markdown would take for marks of its own, shown as it is."""

import re
from typing import Final

from perfrules.layout.terminal import visible

__all__ = ["escaped"]

_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>#|~&!$]")


def escaped(text: str) -> str:
    """A text that Markdown shows as it is."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], visible(text))
