"""Ids that are the same but for how they are written: `S01` for `S001`, `e-7` for `E7`.

Any other id that looks alike is that of another person: it is never said to be what was meant.
"""

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["core_of", "same_id"]

_PADDING: Final = re.compile(r"(?<![0-9])0+(?=[0-9])", re.ASCII)


def core_of(person: str) -> str:
    """An id without case, dashes, blanks, and zeros that begin a number."""
    plain = person.casefold().replace("-", "").replace("_", "").replace(" ", "")
    return _PADDING.sub("", plain)


def same_id(person: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is the same id in another spelling."""
    core = core_of(person)
    found = [one for one in known if core_of(one) == core]
    return found[0] if len(found) == 1 else None
