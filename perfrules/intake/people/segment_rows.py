"""Rows of somebody who moved within the cycle: to which of the segments they belong."""

import datetime
from collections.abc import Callable, Iterable
from typing import Final, Literal, NamedTuple

from perfrules.codes.code import Text
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.people.rules import Rules
from perfrules.intake.tables.table import Table

__all__ = ["Column", "homes", "shared_indicator"]

Column = Literal["indicator", "event"]

_KNOWS: Final[dict[Column, Callable[[Rules, str], object]]] = {
    "indicator": Rules.figure,
    "event": Rules.event,
}


class _Wanted(NamedTuple):
    """What a row is about: an indicator or event, where it is named, and the row's date."""

    column: Column
    text: str
    at: str
    on: datetime.date | None


def homes(
    table: Table,
    row: Row,
    draft: Draft,
    roster: Roster,
    column: Column,
    *,
    on: datetime.date | None = None,
    name: str | None = None,
    at: str = "",
) -> tuple[Draft, ...]:
    """Whose a row of `draft` is: of the draft itself where it did not move, else of a segment.

    The cell `segment` names one, by its number, its name or its role. Without it the row belongs
    to the only segment whose policy has the indicator (of several, to the one that `on` lies
    in), or to all that know the event. Where that leaves nobody, the draft has a problem.
    `name` is the indicator where the column `at` does not have it by itself.
    """
    if draft.last_rules is None:
        return (draft,)  # what is wrong with it was said
    cell = tidy(table.text(row, "segment"))
    named = "" if roster.blank(cell) else cell
    parts = draft.parts or (draft,)
    if named:
        found = [part for part in parts if _called(part, named, parts)]
        if len(found) != 1:
            _report_unclear(table, row, draft, _several(named) if found else _nothing(named))
            return ()
    elif not draft.parts:
        found = [draft]
    else:
        text, place = table.text(row, column) if name is None else name, at or column
        found = _by_rules(table, row, draft, _Wanted(column, text, place, on))
    for part in found:
        part.seen = True
    return tuple(found)


def _called(part: Draft, name: str, parts: tuple[Draft, ...]) -> bool:
    """Whether a cell means the segment; the names that the table gives go before numbers."""
    labels = {one.label for one in parts if one.label}
    if name in labels:
        return part.label == name
    if name.isascii() and name.isdigit():
        return parts.index(part) + 1 == int(name)
    titles = (part.rules.policy.id, *part.rules.policy.title) if part.rules else ()
    return name in (part.id, part.role, *(tidy(title) for title in titles))


def _by_rules(table: Table, row: Row, draft: Draft, wanted: _Wanted) -> list[Draft]:
    """The segments whose policies have what the row is about."""
    knows, on = _KNOWS[wanted.column], wanted.on
    found = [part for part in draft.parts if part.rules and knows(part.rules, wanted.text)]
    if on is not None and len(found) > 1:
        then = [part for part in found if part.days and part.days[0] <= on <= part.days[1]]
        found = then or found
    if not found:
        _report_unknown(table, row, draft, wanted)
    elif len(found) > 1 and wanted.column == "indicator":
        _report_unclear(table, row, draft, shared_indicator(tidy(wanted.text)))
        return []
    return found


def _report_unknown(table: Table, row: Row, draft: Draft, wanted: _Wanted) -> None:
    """An indicator or event that no segment's policy has."""
    place, word = table.place(row.number, wanted.at), tidy(wanted.text)
    if wanted.column == "indicator" and not word:
        draft.problems.append(Refusal("missing-indicator", {"table": table.name}).at(place))
        return
    rules = [part.rules for part in draft.parts if part.rules]
    policies = ", ".join(dict.fromkeys(one.policy.label for one in rules))
    if wanted.column == "event":
        known = _names(name for one in rules for name in one.policy.event_names)
        near = [one.similar(word, one.events) for one in rules]
        refusal = Refusal("unknown-event", {"event": word})
    else:
        known = _names(found.name for one in rules for found in one.policy.indicators)
        near = [one.similar(word, one.figures) for one in rules]
        refusal = Refusal("unknown-indicator", {"indicator": word})
    meant = next((one for one in near if one), None)
    draft.problems.append(refusal.at(place, policy=policies, known=known, suggestion=meant))


def _names(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _report_unclear(table: Table, row: Row, draft: Draft, why: Text) -> None:
    has_column = "segment" in table.columns
    place = table.place(row.number, "segment" if has_column else "person_id")
    known = ", ".join(part.id for part in draft.parts) or draft.id
    facts = {"person": draft.id, "why": why, "known": known}
    draft.problems.append(Refusal("which-segment", facts).at(place))


def _nothing(name: str) -> Text:
    return Text(f"没有任职段 `{name}`", f"there is no segment `{name}`")


def _several(name: str) -> Text:
    return Text(f"`{name}` 对应不止一段", f"`{name}` means more than one")


def shared_indicator(name: str) -> Text:
    """Why an indicator alone does not say which segment is meant."""
    return Text(
        f"不止一段有指标 `{name}`，又没有写任职段",
        f"more than one has the indicator `{name}`, and no segment is named",
    )
