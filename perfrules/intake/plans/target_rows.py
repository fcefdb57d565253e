"""What a goal in targets.yaml says beside its number: actions, risks; its dates, months, names."""

import datetime
from typing import cast

from perfrules.diagnostics import Span
from perfrules.language.source import Source
from perfrules.language.text.dates import read_date
from perfrules.language.text.document import Scalar, Sequence
from perfrules.model.targets import Action, Risk, State

__all__ = [
    "action_from", "date_in", "day_in", "months_in", "months_over", "refuse_reversed", "risk_from",
    "span_of", "words_in",
]  # fmt: skip


def date_in(source: Source, key: str) -> datetime.date | None:
    """The date under a key, if there is one."""
    word = source.optional_word(key)
    found = None if word is None else read_date(word)
    return found if isinstance(found, datetime.date) else None


def day_in(source: Source, key: str) -> datetime.date:
    """A date that the schema asks for."""
    found = date_in(source, key)
    assert found is not None
    return found


def refuse_reversed(source: Source, start: datetime.date | None, end: datetime.date | None) -> None:
    """Reports a last day that comes before the first."""
    if start is not None and end is not None and end < start:
        place = span_of(source, "to")
        source.findings.report(
            "dates-reversed", place, start=start.isoformat(), end=end.isoformat()
        )


def span_of(source: Source, key: str) -> Span:
    """Where a value stands, or the nearest key above that the file has."""
    return source.addresses.value(source.at(key))


def words_in(source: Source, key: str) -> tuple[str, ...]:
    """The texts of a list; none where the key is absent."""
    found = source.get(key)
    items = found.items if isinstance(found, Sequence) else ()
    return tuple(item.text for item in items if isinstance(item, Scalar))


def action_from(row: Source, owner: str) -> Action:
    """A row of `actions`; who answers for the goal answers for it where it names nobody."""
    start, end = date_in(row, "from"), day_in(row, "to")
    refuse_reversed(row, start, end)
    return Action(
        title=row.title(""),
        start=start,
        end=end,
        owner=row.word("owner", owner),
        resources=row.word("resources", ""),
        method=row.title("", "method") if "method" in row else None,
        place=span_of(row, "title"),
        budget=row.number("budget"),
        state=cast(State | None, row.optional_word("state")),
        budget_place=span_of(row, "budget"),
    )


def risk_from(row: Source, owner: str) -> Risk:
    """A row of `risks`; who answers for the goal answers for the risk where it names nobody."""
    return Risk(
        title=row.title(""),
        counter_measure=row.title("", "counter_measure"),
        owner=row.word("owner", owner),
        place=span_of(row, "counter_measure"),
    )


def months_in(start: datetime.date, end: datetime.date) -> int | None:
    """How many months a span has, both days included; None where it is no whole number."""
    if end < start or end == datetime.date.max:
        return None
    after = end + datetime.timedelta(days=1)
    return months_over(start, after) if after.day == start.day else None


def months_over(start: datetime.date, day: datetime.date) -> int:
    """How many months are over on a day, counted from `start`."""
    return 12 * (day.year - start.year) + day.month - start.month - (day.day < start.day)
