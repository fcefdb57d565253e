"""Ids that rows name and no table of people has, and whose they may be."""

from collections.abc import Iterator, Mapping

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Diagnostic
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.people.ids import core_of

__all__ = ["Strangers"]


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
            core = core_of(known)
            alike[core] = "" if core in alike else known
            named[name] = "" if name in named else known
        for person, stranger in self._met.items():
            tables = [f"`{table}`" for table in stranger.tables]
            facts = {
                "person": person,
                "rows": stranger.rows,
                "table": Text("、".join(tables), ", ".join(tables)),
                "suggestion": alike.get(core_of(person)) or named.get(person) or None,
            }
            yield Refusal("unknown-person", facts).at(stranger.place)
