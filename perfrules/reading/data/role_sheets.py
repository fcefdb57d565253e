"""Which sheet belongs to which role: a wide table is called by a policy's id or title.

A spreadsheet does not take every title as the name of a sheet, so that titles are also known
in the spelling that `sheet_name` gives them.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from perfrules.model.policy import Policy
from perfrules.reading.data.numerals import tidy

__all__ = ["RoleSheets", "sheet_name"]

_LONGEST: Final = 31
_REFUSED: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: no `[]:*?/\\`, at most 31 characters, no ' at an end."""
    return _REFUSED.sub("-", tidy(title))[:_LONGEST].strip(" '") or "-"


class RoleSheets:
    """The ids of the policies that a sheet's name can mean."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        found: dict[str, set[str]] = {}
        for policy in policies:
            for word in {policy.id, *policy.title}:
                for spelling in (word, sheet_name(word)):
                    found.setdefault(tidy(spelling).casefold(), set()).add(policy.id)
        self._ids: Mapping[str, frozenset[str]] = {
            word: frozenset(ids) for word, ids in found.items()
        }

    def ids(self, name: str) -> frozenset[str]:
        """The policies called so; none where no policy is."""
        return self._ids.get(tidy(name).casefold(), frozenset())

    @property
    def names(self) -> Iterable[str]:
        """All spellings that are understood."""
        return self._ids
