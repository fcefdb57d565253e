"""What a cell of figures means, by the policy of the person whose row it is.

Long and wide tables share this: a number by its unit, a level's word, a yes or no; and what is
said of a figure that stands twice.
"""

from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Related
from perfrules.model.scorecard import Datum, Measure
from perfrules.reading.data.numerals import Refusal, read_yes_no, spreadsheet_error, tidy
from perfrules.reading.data.roster import Draft, Figure, Roster, Rules
from perfrules.reading.data.tables import Table

__all__ = [
    "NO_RATINGS", "check_name", "is_source", "refuse_second", "refuse_twice", "typed",
    "unknown_indicator",
]  # fmt: skip

NO_RATINGS: Final[dict[str, tuple[Datum, ...]]] = {}
"""Shared by all measures without ratings: there are millions."""

_FIRST: Final = Text("前一行在此", "the earlier row is here")


def typed(
    figure: Figure, column: str, text: str, rules: Rules, roster: Roster
) -> Decimal | str | bool | Refusal | None:
    """What a cell means for the figure; None where it says that there is no value."""
    if figure.kind == "number" or column != "actual":
        return roster.number(text, figure.unit)
    if roster.blank(text):
        return None
    name, word = figure.indicator.name, tidy(text)
    if spreadsheet_error(word):
        return Refusal("spreadsheet-error", {"text": word})
    if figure.kind == "level":
        return rules.levels[name].get(word, word)
    if figure.kind == "yes_no":
        done = read_yes_no(word)
        refusal = Refusal("not-a-yes-or-no", {"indicator": name, "value": word})
        return refusal if done is None else done
    return Refusal("figure-for-ratings", {"indicator": name, "text": word})


def is_source(text: str, wanted: str) -> bool:
    """Whether a row names the source of a policy, in one of its languages: `财务 / finance`."""
    names = {tidy(name).casefold() for name in (wanted, *wanted.split(" / "))}
    return tidy(text).casefold() in names


def unknown_indicator(word: str, rules: Rules, suggestion: str | None) -> Refusal:
    """The policy has no indicator that is called so."""
    facts = {
        "indicator": word,
        "policy": rules.policy.label,
        "known": ", ".join(one.name for one in rules.policy.indicators),
        "suggestion": suggestion,
    }
    return Refusal("unknown-indicator", facts)


def check_name(draft: Draft, text: str, place: Cell) -> None:
    """Warns where a name beside an id is another than in the table of people."""
    known = draft.person.get("name")
    name = tidy(text)
    if name and known is not None and tidy(str(known.value)) != name:
        facts = {"person": draft.id, "name": name, "known": known.value}
        draft.problems.append(Refusal("wrong-name", facts).at(place))


def refuse_second(draft: Draft, name: str, second: Measure, place: Cell, numbered: Table) -> None:
    """A figure that stands twice: a warning where both say the same, else an error.

    `numbered` is the table of those `figure_rows` that are rows.
    """
    found = draft.figure_rows[list(draft.measures).index(name)]
    first = found if isinstance(found, Cell) else numbered.place(found)
    same = _values(draft.measures[name]) == _values(second)
    refuse_twice(draft, "figure", name, place, first, same=same)


def _values(measure: Measure) -> list[object]:
    data = (measure.actual, measure.target, measure.baseline)
    return [None if datum is None else datum.value for datum in data]


def refuse_twice(
    draft: Draft, what: str, name: str, place: Cell, first: Cell, *, same: bool
) -> None:
    """A figure, rating or event (`what`) that stands at two places."""
    code = f"repeated-{what}" if same else f"duplicate-{what}"
    where = Text(f" {first} ", str(first))
    if first == place._replace(row=first.row):
        where = Text(f"第 {first.row} 行", f"row {first.row}")
    facts = {"indicator": name, "person": draft.id, "row": first.row, "first": where}
    related = (Related(first, _FIRST),)
    draft.problems.append(Refusal(code, facts).at(place, related=related))
