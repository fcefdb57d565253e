"""The other sheets: people, ratings, events, and whatever else a cycle's folder has."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from perfrules.intake.as_given import Given, GivenRow, GivenTable
from perfrules.intake.cells.notation import DATES, TEXTS
from perfrules.intake.cells.numerals import tidy
from perfrules.intake.people.ids import identity
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.papers.sheets.names import Names
from perfrules.papers.sheets.plan import Form, SheetColumn, SheetPlan
from perfrules.papers.sheets.words import heading, table_name

__all__ = ["events_plan", "further_plan", "people_plan", "ratings_plan"]

_PEOPLE: Final = ("person_id", "name", "role", "team", "department", "joined", "left")
_UNITS: Final = ("unit_id", "role", "name", "parent")
_RATINGS: Final = ("person_id", "name", "indicator", "group", "rater_id", "score", "evidence")
_EVENTS: Final = ("person_id", "name", "event", "count", "points", "evidence")


def _form(column: str) -> Form:
    return "date" if column in DATES else "text" if column in TEXTS else "number"


def _plan(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[str]], names: Names,
    rules: Mapping[str, SheetColumn], blank_rows: int,
) -> SheetPlan:  # fmt: skip
    """A plain sheet; `rules` has the columns of which there is more to say than their names."""
    language = names.language
    found = [
        rules.get(column) or SheetColumn(heading(column, language), _form(column))
        for column in columns
    ]
    lines = tuple(tuple(row) for row in rows)
    return SheetPlan(table_name(table, language), "", tuple(found), lines, blank_rows)


def people_plan(
    table: str, policies: Sequence[Policy], facts: Sequence[str], given: GivenTable | None,
    names: Names, blank_rows: int,
) -> SheetPlan:  # fmt: skip
    """People or units; `facts` are the further columns that the policies read."""
    usual = _PEOPLE if table == "people" else _UNITS
    known = given.columns if given else usual
    columns = (*known, *(fact for fact in facts if fact not in known))
    language = names.language
    rules = {
        usual[0]: SheetColumn(heading(usual[0], language), given=True),
        "role": SheetColumn(
            heading("role", language), choices=tuple(dict.fromkeys(map(names.role, policies)))
        ),
    }
    # Whatever stands there stays as it is: expressions may read it.
    more = [""] * (len(columns) - len(known))
    rows = [(*texts, *more) for texts in given.rows] if given else []
    return _plan(table, columns, rows, names, rules, blank_rows)


def ratings_plan(
    policies: Sequence[Policy], given: Given | None, names: Names, ids: str, blank_rows: int
) -> SheetPlan | None:
    """A row for each rating that there is, and one for each group that has none yet."""
    rated = [
        (policy, one.name, one.score)
        for policy in policies
        for one in policy.indicators
        if isinstance(one.score, Ratings)
    ]
    table = given.tables.get("ratings") if given else None
    if not rated and table is None:
        return None
    language = names.language
    indicators = dict.fromkeys(names.indicator(policy, name) for policy, name, _ in rated)
    groups = dict.fromkeys(group.name for _, _, score in rated for group in score.groups)
    scales = {(score.scale.low, score.scale.high) for _, _, score in rated}
    low, high = scales.pop() if len(scales) == 1 else (None, None)
    rules = {
        "person_id": _ids("person_id", names, ids),
        "name": SheetColumn(heading("name", language), given=True),
        "indicator": _chosen("indicator", indicators, names),
        "group": _chosen("group", groups, names),
        "score": SheetColumn(heading("score", language), "number", low=low, high=high),
    }
    columns = _with_segment(_RATINGS, given)
    rows = [*_rated(given, table, names, columns)] if given else []
    return _plan("ratings", columns, rows, names, rules, blank_rows)


def _rated(
    given: Given, table: GivenTable | None, names: Names, columns: Sequence[str]
) -> Iterator[list[str]]:
    """The rows of ratings, by person, indicator and group; at the end those of nobody's."""
    left: dict[str, list[dict[str, str]]] = {}
    for texts in table.rows if table else ():
        row = dict(zip(table.columns, texts, strict=True)) if table else {}
        left.setdefault(identity(row["person_id"]), []).append(row)
    shared = Counter((one.id, word) for one in given.rows for word in _rated_by(one.policy, names))
    for one in given.rows:
        own = left.get(one.id, [])
        for word, group in _groups(one.policy, names):
            # Without a segment a row is that of the only one that has the indicator.
            segments = ("", one.segment) if shared[one.id, word] == 1 else (one.segment,)
            found = [row for row in own if _is_of(row, one, word, group, segments, names)]
            own = [row for row in own if not any(row is other for other in found)]
            fixed = {
                "person_id": one.id, "name": one.name, "segment": one.segment, "indicator": word,
                "group": group,
            }  # fmt: skip
            for row in found or [{}]:
                yield [{**row, **fixed}.get(column, "") for column in columns]
        left[one.id] = own
    for rows in left.values():
        for row in rows:
            yield [row.get(column, "") for column in columns]


def _groups(policy: Policy, names: Names) -> Iterator[tuple[str, str]]:
    for indicator in policy.indicators:
        if isinstance(indicator.score, Ratings):
            word = names.indicator(policy, indicator.name)
            for group in indicator.score.groups:
                yield word, group.name


def _rated_by(policy: Policy, names: Names) -> set[str]:
    return {word for word, _ in _groups(policy, names)}


def _is_of(
    row: Mapping[str, str], one: GivenRow, word: str, group: str, segments: tuple[str, ...],
    names: Names,
) -> bool:  # fmt: skip
    return (
        names.indicator_of(one.policy, row["indicator"]) == word
        and tidy(row["group"]) == group
        and tidy(row.get("segment", "")) in segments
    )


def events_plan(
    policies: Sequence[Policy], given: Given | None, names: Names, ids: str, blank_rows: int
) -> SheetPlan | None:
    """The events that there are, with all that the policies count to choose from."""
    events = names.events(policies)
    table = given.tables.get("events") if given else None
    if not events and table is None:
        return None
    rules = {
        "person_id": _ids("person_id", names, ids),
        "name": SheetColumn(heading("name", names.language), given=True),
        "event": _chosen("event", events, names),
    }
    columns = _with_segment(_EVENTS, given)
    people = {one.id: one for one in reversed(given.rows)} if given else {}
    rows = []
    for texts in table.rows if table else ():
        row = dict(zip(table.columns, texts, strict=True)) if table else {}
        one = people.get(identity(row["person_id"]))
        row["name"] = one.name if one else row.get("name", "")
        row["event"] = names.event_of(one.policy if one else None, row["event"])
        rows.append([row.get(column, "") for column in columns])
    return _plan("events", columns, rows, names, rules, blank_rows)


def further_plan(
    table: str, given: GivenTable | None, names: Names, columns: Sequence[str] = (),
    rules: Mapping[str, SheetColumn] | None = None, blank_rows: int = 0,
) -> SheetPlan:  # fmt: skip
    """Any other table, as it stands; or its `columns` with rows to fill in."""
    rows = given.rows if given else ()
    return _plan(table, given.columns if given else columns, rows, names, rules or {}, blank_rows)


def _with_segment(columns: tuple[str, ...], given: Given | None) -> tuple[str, ...]:
    moved = given is not None and any(one.segment for one in given.rows)
    return (*columns[:2], "segment", *columns[2:]) if moved else columns


def _ids(column: str, names: Names, ids: str) -> SheetColumn:
    return SheetColumn(heading(column, names.language), choose_from=ids, sure=False, given=True)


def _chosen(column: str, words: Iterable[str], names: Names) -> SheetColumn:
    return SheetColumn(heading(column, names.language), choices=tuple(words), given=True)
