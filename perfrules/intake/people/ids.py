"""Ids: what one is, however it is written, and those that nobody in the tables has.

Ids are the same but for how they are written: `S01` for `S001`, `e-7` for `E7`. Any other id that
looks alike is that of another person: it is never said to be what was meant.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Diagnostic
from perfrules.intake.cells.numerals import Refusal, tidy

__all__ = ["Strangers", "identity", "name_spelled", "same_id", "tidied"]

_PADDING: Final = re.compile(r"(?<![0-9])0+(?=[0-9])", re.ASCII)


def identity(text: str) -> str:
    """An id as it counts: full-width letters, spaces around it and invisible signs undone."""
    if text.isascii() and text.isprintable():
        return text.strip()
    shown = (one for one in tidy(text) if unicodedata.category(one) not in ("Cc", "Cf"))
    return "".join(shown).strip()


def tidied(text: str, person: str, place: Cell) -> Diagnostic:
    """The warning that an id was not written as it counts."""
    return Refusal("tidied-id", {"text": text, "person": person}).at(place)


def _core(person: str) -> str:
    """An id without case, dashes, blanks, and zeros that begin a number."""
    plain = person.casefold().replace("-", "").replace("_", "").replace(" ", "")
    return _PADDING.sub("", plain)


def same_id(person: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is the same id in another spelling."""
    core = _core(person)
    found = [one for one in known if _core(one) == core]
    return found[0] if len(found) == 1 else None


class _Stranger:
    """Where an id stands first, how often, and in which tables."""

    __slots__ = ("place", "rows", "tables")

    def __init__(self, place: Cell) -> None:
        self.place, self.rows = place, 0
        self.tables: dict[str, None] = {}


class Strangers:
    """The ids of rows that belong to nobody."""

    def __init__(self) -> None:
        self._met: dict[str, _Stranger] = {}

    def meet(self, person: str, table: str, place: Cell) -> None:
        """Keeps a row of an id in mind."""
        stranger = self._met.setdefault(person, _Stranger(place))
        stranger.tables[table] = None
        stranger.rows += 1

    def findings(self, names: Mapping[str, str]) -> Iterator[Diagnostic]:
        """One finding for each id, however many rows and tables have it; `names` are the names
        of everybody, by id.

        An id is suggested if it differs in leading zeros, dashes or case only, or is that of the
        only person of this name: any other is that of another person.
        """
        alike: dict[str, str] = {}
        named: dict[str, str] = {}
        for known, name in names.items():
            core = _core(known)
            alike[core] = "" if core in alike else known
            named[name] = "" if name in named else known
        for person, stranger in self._met.items():
            tables = [f"`{table}`" for table in stranger.tables]
            facts = {
                "person": person,
                "rows": stranger.rows,
                "table": Text("、".join(tables), ", ".join(tables)),
                "suggestion": alike.get(_core(person)) or named.get(person) or None,
            }
            yield Refusal("unknown-person", facts).at(stranger.place)


def name_spelled(name: str) -> str:
    """A name in one spelling: width, case and blanks make no other name."""
    return "".join(tidy(name).split()).casefold()
