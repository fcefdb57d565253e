"""Tables of thresholds in words: each row with the whole span of values that it is for.

`{at_least: 80%, score: 80}` below `{at_least: 100%, …}` is `80% ≤ 达成率 < 100%`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from perfrules.words.glossary import Glossary, Json
from perfrules.words.sentence import spaced
from perfrules.words.thresholds import word_of

__all__ = ["Named", "slope", "spans"]

Named = Callable[[object], str]
"""How a limit is written: `80%`, `500000 元`, `挑战值`."""

_KEPT: Final = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<"}
_MISSED: Final = {"at_least": "<", "above": "≤", "at_most": ">", "below": "≥"}
_TURNED: Final = {"≥": "≤", ">": "<", "≤": "≥", "<": ">"}


def spans(
    told: Glossary, rows: Sequence[Json], what: str, named: Named
) -> Iterator[tuple[Json, str]]:
    """Each row of a table beside the values of `what` that it is for."""
    above: Json | None = None
    for row in rows:
        own = _condition(row, _KEPT, named)
        past = _condition(above, _MISSED, named) if above else None
        yield row, _span(told, what, own, past)
        above = row


def _condition(row: Json, signs: dict[str, str], named: Named) -> tuple[str, str] | None:
    word = word_of(row)
    return (signs[word], named(row[word])) if word else None


def _span(
    told: Glossary, what: str, own: tuple[str, str] | None, past: tuple[str, str] | None
) -> str:
    both = [one for one in (own, past) if one is not None]
    if not both:
        return told.say("任何情况", "in every case")
    if len(both) == 1:
        ((sign, at),) = both
        return f"{what} {sign} {at}"
    (own_sign, own_at), (_, past_at) = both
    if own_at == past_at:
        return f"{what} = {own_at}"
    low, high = (both[0], both[1]) if own_sign in ("≥", ">") else (both[1], both[0])
    return f"{low[1]} {_TURNED[low[0]]} {what} {high[0]} {high[1]}"


def slope(
    told: Glossary,
    row: Json,
    above: Json | None,
    named: Named,
    ends: tuple[str, str],
) -> str:
    """How a row that slopes goes from one value to the other; `ends` are the two, as written."""
    word = word_of(row)
    start = named(row[word])
    last = row.get("up_to", above[word_of(above)] if above else None)
    end = named(last)
    low, high = ends
    text = told.say(
        f"{spaced(start)}时为 {low}，按直线变到 {spaced(end)}时的 {high}",
        f"{low} at {start}, on a straight line to {high} at {end}",
    )
    if "up_to" not in row:
        return text
    if word in ("at_most", "below"):
        return told.say(
            f"{text}，低于 {spaced(end)}不再变化", f"{text}, and no further below {end}"
        )
    return told.say(f"{text}，超过 {spaced(end)}不再变化", f"{text}, and no further beyond {end}")
