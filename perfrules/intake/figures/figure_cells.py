"""What a cell of figures and its heading mean, by the policy of the person whose row it is.

Long and wide tables share this: a number by its unit, a level's word, a yes or no; and what is
said of a figure that stands twice.
"""

from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Related
from perfrules.exact import percent, plain, share_readings
from perfrules.intake.cells.numerals import (
    Refusal,
    ambiguous_share,
    read_yes_no,
    spreadsheet_error,
    tidy,
    yes_no_meant,
)
from perfrules.intake.cells.units import enlarged, places_between, same_or_scaled, split_unit
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.people.rules import Figure, Rules
from perfrules.intake.tables.table import Table
from perfrules.intake.tables.wide_head import PARTS, Heading, Split
from perfrules.model.scorecard import Datum, Measure, Value
from perfrules.model.written import Constant

__all__ = [
    "MAIN", "NOTHING", "NO_RATINGS", "check_name", "check_unit", "is_declared", "is_source", "keep",
    "meant", "named", "refuse_twice", "settle_shares", "typed", "undeclared", "unit_problem",
    "value_in", "warn_bare",
]  # fmt: skip

NO_RATINGS: Final[dict[str, tuple[Datum, ...]]] = {}
"""Shared by all measures without ratings: there are millions."""

MAIN: Final = ("actual", "target", "baseline")
"""The parts that every figure may have; what else there is depends on the policy."""

NOTHING: Final = Measure(ratings=NO_RATINGS)

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
        levels = rules.levels[name]
        if (level := levels.get(word)) is not None:
            return level
        facts: dict[str, object] = {"indicator": figure.indicator.called, "value": word}
        near = rules.similar(word, levels)
        return Refusal("unknown-level", {**facts, "known": "、".join(levels), "suggestion": near})
    if figure.kind == "yes_no":
        done = read_yes_no(word)
        facts = {"indicator": name, "value": word, "suggestion": yes_no_meant(word)}
        refusal = Refusal("not-a-yes-or-no", facts)
        return refusal if done is None else done
    return Refusal("figure-for-ratings", {"indicator": name, "text": word})


def _weight_in(draft: Draft, figure: Figure, text: str, roster: Roster) -> Decimal | Refusal | None:
    """The weight that a cell gives. It bears its sign: neither `70` nor `0.7` says for sure what it
    is. None, and a warning of another one, where the policy fixes the weight."""
    number, own = roster.number(text, "%"), figure.indicator.weight
    if isinstance(own, Constant):
        policy = draft.rules.policy if draft.rules else None
        in_parts = policy is not None and policy.in_parts(figure.indicator.section)
        if number is None or number == own.value:
            return None
        fixed = plain(own.value) if in_parts else percent(own.value)
        return Refusal("weight-is-fixed", {"indicator": figure.indicator.called, "weight": fixed})
    if isinstance(number, Decimal) and number and not text.rstrip().endswith(("%", "％")):
        return ambiguous_share(number, text)
    return number


def check_unit(draft: Draft, figure: Figure, unit: str, text: str, place: Cell) -> None:
    """What a row says of its unit: another one is a warning, another scale is refused."""
    found = unit_problem(figure, unit, text)
    if found is not None:
        draft.problems.append(found.at(place))


def unit_problem(figure: Figure, unit: str, text: str) -> Refusal | None:
    """Why figures in a unit are not those of the policy; `text` is one of them."""
    wanted, unit = figure.indicator.unit, tidy(unit)
    if figure.kind != "number" or not wanted or unit in map(tidy, (wanted, *wanted.split(" / "))):
        return None
    places = places_between(unit, wanted)
    if places is None:
        facts = {"indicator": figure.indicator.name, "unit": unit, "wanted": wanted}
        return Refusal("wrong-unit", facts)
    if not places:
        return None
    facts = {"text": text, "large": enlarged(text, places), "unit": unit, "wanted": wanted}
    return Refusal("scaled-unit", facts)


def _note_share(
    roster: Roster, draft: Draft, figure: Figure, part: str, text: str, value: object
) -> None:
    """Keeps in mind a share that stands without its sign, or could not be read for that."""
    name = figure.indicator.name
    if isinstance(value, Refusal):
        if value.code == "ambiguous-percent":
            roster.doubtful.add((name, part))
    elif value and not text.rstrip().endswith(("%", "％")):
        roster.bare.setdefault((name, part), []).append(draft)


def warn_bare(draft: Draft, figure: Figure, text: str, value: object, place: Cell) -> None:
    """Warns of a share beyond 1 without its sign: 1.2 counts as 120 %."""
    if figure.unit is None or not isinstance(value, Decimal) or abs(value) <= 1:
        return
    if not text.rstrip().endswith(("%", "％")):
        facts = share_readings(text.strip(), value)
        draft.problems.append(Refusal("bare-ratio", facts).at(place))


def settle_shares(roster: Roster, long: Table | None) -> None:
    """Refuses 0.8 where the same indicator has 2.5 too, which can only be 2.5 %; and warns of what
    is beyond 1 without a sign. `long` is the long table of actuals."""
    for (name, part), found in roster.bare.items():
        for draft in found:
            datum = datum_of(draft.measures.get(name), part)
            if datum is None or not isinstance(datum.value, Decimal):
                continue
            refusal = ambiguous_share(datum.value, plain(datum.value))
            if (name, part) not in roster.doubtful:
                if abs(datum.value) <= 1:
                    continue
                refusal = Refusal("bare-ratio", {**refusal.facts})
            row = draft.figure_rows[list(draft.measures).index(name)]
            place = long.place(row, part) if long is not None and isinstance(row, int) else None
            draft.problems.append(refusal.at(place or datum.origin.place))


def is_source(text: str, wanted: str) -> bool:
    """Whether a row names the source of a policy, in one of its languages: `财务 / finance`."""
    names = {tidy(name).casefold() for name in (wanted, *wanted.split(" / "))}
    return tidy(text).casefold() in names


def check_name(draft: Draft, text: str, place: Cell) -> None:
    """Warns where a name beside an id is another than in the table of people."""
    known = draft.person.get("name")
    name = text.strip()
    if name and known is not None and tidy(str(known.value)) != tidy(name):
        facts = {"person": draft.id, "name": name, "known": known.value}
        draft.problems.append(Refusal("wrong-name", facts).at(place))


def keep(draft: Draft, name: str, measure: Measure, at: int | Cell, long: Table) -> None:
    """Keeps a figure with its row in the `long` table, or else its cell.

    One that stands twice is a warning where both say the same, else an error.
    """
    if name not in draft.measures:
        draft.measures[name] = measure
        draft.figure_rows.append(at)
        return
    first = draft.figure_rows[list(draft.measures).index(name)]
    here, there = (one if isinstance(one, Cell) else long.place(one) for one in (at, first))
    same = _values(draft.measures[name]) == _values(measure)
    refuse_twice(draft, "figure", name, here, there, same=same)


def _values(measure: Measure) -> list[object]:
    own = (measure.figures[name] for name in sorted(measure.figures))
    data = (measure.actual, measure.target, measure.baseline, measure.weight, *own)
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


def meant(heading: Heading, rules: Rules) -> tuple[Figure, str] | None:
    """The figure and its part that a heading means by a policy; a part that the indicator does not
    declare is as the heading says it."""
    if heading.part is None and (figure := _figure_called(heading.name, rules)) is not None:
        return figure, "actual"
    name, part, _ = named(heading)
    figure = _figure_called(name, rules)
    return None if figure is None else (figure, figure.part(part) or part)


def is_declared(figure: Figure, part: str) -> bool:
    """Whether the indicator can have such a part."""
    return part in PARTS or part in figure.indicator.figures


def value_in(
    draft: Draft, figure: Figure, part: str, text: str, rules: Rules, roster: Roster
) -> Value | Refusal | None:
    """What a cell of a part says: the actual, target, baseline, weight, or a figure of its own."""
    if part in MAIN:
        value = typed(figure, part, text, rules, roster)
        if figure.unit is not None:
            _note_share(roster, draft, figure, part, text, value)
        return value
    if part == "weight":
        return _weight_in(draft, figure, text, roster)
    return _own_figure(draft, figure, part, text, roster)


def _own_figure(
    draft: Draft, figure: Figure, part: str, text: str, roster: Roster
) -> Decimal | Refusal | None:
    """What a cell says of a figure that the indicator declares besides; a warning of one that it
    does not have. None where it says that there is no value."""
    value = roster.number(text, figure.unit)
    if part not in figure.indicator.figures:
        return None if value is None else undeclared(draft, figure, part)
    if figure.unit is not None:
        _note_share(roster, draft, figure, part, text, value)
    return value


def undeclared(draft: Draft, figure: Figure, part: str) -> Refusal:
    """A figure that the indicator does not have."""
    policy = draft.rules.policy.label if draft.rules else ""
    facts = {"indicator": figure.indicator.called, "name": part, "policy": policy}
    return Refusal("undeclared-figure", facts)


def datum_of(measure: Measure | None, part: str) -> Datum | None:
    """The part of a measure that is called so."""
    if measure is None:
        return None
    return getattr(measure, part) if part in PARTS else measure.figures.get(part)


def _figure_called(name: str, rules: Rules) -> Figure | None:
    """An indicator by its id or title, which a narrow cell may have broken into lines, and which
    may have its unit behind it."""
    found = rules.figure(name) or rules.figure("".join(name.split()))
    if found is not None or (beside := split_unit(name)) is None:
        return found
    found = rules.figure(beside[0])
    is_unit = found is not None and same_or_scaled(beside[1], found.indicator.unit)
    return found if is_unit else None


def named(heading: Heading) -> Split:
    """The indicator and the part that a heading names, whoever may know it; and whether it is
    surely that of a figure, since it sets the part apart."""
    if heading.part is not None:
        return Split(heading.name, heading.part, True)
    return heading.split or Split(heading.name, "actual", False)
