"""Which sheet belongs to which role: a wide table is called by a policy's id or title.

A spreadsheet does not take every title as the name of a sheet, so that titles are also known
in the spelling that `sheet_name` gives them.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from perfrules.intake.cells.numerals import tidy
from perfrules.model.policy import Policy

__all__ = ["RoleSheets", "sheet_name"]

_LONGEST: Final = 31
_REFUSED: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: no `[]:*?/\\`, at most 31 characters, no ' at an end."""
    return _REFUSED.sub("-", tidy(title))[:_LONGEST].strip(" '") or "-"


class RoleSheets:
    """The ids of the policies that a sheet's name can mean."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        known = tuple(policies)
        found: dict[str, set[str]] = {}
        for policy in known:
            for word in {policy.id, *policy.title}:
                for spelling in (word, sheet_name(word)):
                    found.setdefault(tidy(spelling).casefold(), set()).add(policy.id)
        self._ids: Mapping[str, frozenset[str]] = {
            word: frozenset(ids) for word, ids in found.items()
        }
        self._titles = {policy.id: sheet_name(policy.title.zh) for policy in known}
        self._figures = {
            policy.id: {tidy(word) for one in policy.indicators for word in (one.name, *one.title)}
            for policy in known
        }

    def ids(self, name: str) -> frozenset[str]:
        """The policies called so; none where no policy is."""
        return self._ids.get(tidy(name).casefold(), frozenset())

    def title(self, role: str) -> str:
        """What the sheet of a role is called."""
        return self._titles[role]

    def of_figures(self, headings: Collection[str]) -> list[str]:
        """The policies whose indicators stand among the headings, that with the most first."""
        counts = {
            role: sum(1 for word in headings if word in figures)
            for role, figures in self._figures.items()
        }
        return sorted((one for one in counts if counts[one]), key=lambda one: -counts[one])

    @property
    def names(self) -> Iterable[str]:
        """All spellings that are understood."""
        return self._ids
