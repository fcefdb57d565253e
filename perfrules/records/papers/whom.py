"""Whom a text on the command line means: a person, or everybody of a team or a department."""

from collections.abc import Mapping

from perfrules.diagnostics import Diagnostic, closest
from perfrules.intake.people.ids import name_spelled

__all__ = ["meant"]


def meant(
    text: str, places: Mapping[str, tuple[str, ...]], place: str
) -> frozenset[str] | Diagnostic:
    """The ids that a text means; why it means none, where it does.

    `places` has the name, team and department of each id. An id goes first, then the name of one
    person; a team or department, by name or id, means all of its members and itself.
    """
    wanted = name_spelled(text)
    spelled = {one: tuple(map(name_spelled, known)) for one, known in places.items()}
    own = {one for one in places if name_spelled(one) == wanted}
    named = {one for one, known in spelled.items() if known[0] == wanted}
    units = {wanted, *(name_spelled(one) for one in named), *(spelled[one][0] for one in own)} - {
        ""
    }
    members = {one for one, known in spelled.items() if units & {*known[1:]}}
    if members:
        return frozenset(members | own | named)
    if own:
        return frozenset(own)
    if len(named) == 1:
        return frozenset(named)
    if named:
        listed = ", ".join(sorted(named))
        return Diagnostic("several-of-that-name", place, {"name": text, "people": listed})
    known = {name for one, names in places.items() for name in (one, *names) if name}
    return Diagnostic("nobody-meant", place, {"text": text, "suggestion": closest(text, known)})
