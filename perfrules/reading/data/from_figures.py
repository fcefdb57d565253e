"""Rows of actuals, ratings and events -> measures and events of the people in the roster.

What a cell means is decided by the policy of the person whose row it is: a number by its
unit, a level's word, a yes or no. A bad row costs nobody but that person.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Related
from perfrules.model.scorecard import Datum, EventRecord, Measure, Origin
from perfrules.reading.data.cell_dates import read_cell_date
from perfrules.reading.data.numerals import Refusal, read_yes_no, spreadsheet_error, tidy
from perfrules.reading.data.raw_table import Row
from perfrules.reading.data.roster import Draft, Figure, Roster, Rules
from perfrules.reading.data.tables import Table

__all__ = ["events_of", "measures_of", "read_actuals", "read_events", "read_ratings"]

_NO_RATINGS: Final[dict[str, tuple[Datum, ...]]] = {}
"""Shared by all measures without ratings: there are millions."""

_FIRST: Final = Text("前一行在此", "the earlier row is here")

_Cell = Decimal | str | bool | None


class _Notes:
    """Source, date and evidence of rows; what repeats is looked at once and kept once."""

    def __init__(self, table: Table, roster: Roster) -> None:
        self.table, self.roster = table, roster
        self.days: dict[str, str | Refusal] = {"": ""}
        self.sources: dict[str, str] = {}

    def day(self, draft: Draft, row: Row, text: str) -> str:
        """The date of a figure as 2024-09-30; text that is no date stays, with a warning."""
        found = self.days.get(text)
        if found is None:
            date = read_cell_date(text, self.table.epoch)
            blank = self.roster.blank(text)
            found = date if isinstance(date, Refusal) else date.isoformat()
            found = self.days[text] = "" if blank else found
        if isinstance(found, Refusal):
            draft.problems.append(found.at(self.table.place(row.number, "as_of"), "warning"))
            return text
        return found

    def source(self, draft: Draft, row: Row, text: str, figure: Figure) -> str:
        """The source that a row names; another than the policy's is a warning."""
        wanted = figure.indicator.source
        if wanted and text not in figure.sources and not self.roster.blank(text):
            # Policies may name a source in two languages: `财务 / finance`.
            names = {tidy(name).casefold() for name in (wanted, *wanted.split(" / "))}
            if tidy(text).casefold() in names:
                figure.sources.add(text)
            else:
                facts = {"indicator": figure.indicator.name, "source": text, "wanted": wanted}
                place = self.table.place(row.number, "source")
                draft.problems.append(Refusal("wrong-source", facts).at(place))
        return self.sources.setdefault(text, text)


def read_actuals(table: Table, roster: Roster) -> None:
    """Gives each person the measures that the rows hold."""
    notes = _Notes(table, roster)
    person_id, indicator, actual, target, baseline, source, as_of, evidence = table.of(
        "person_id", "indicator", "actual", "target", "baseline", "source", "as_of", "evidence"
    )
    spellings, markers, needed = roster.spellings, roster.markers, _ACTUALS
    for row in table:
        number, texts, faults = row
        draft = spellings.get(texts[person_id])
        if draft is None or faults:
            draft = roster.find(table, row, needed)
            if draft is None:
                continue
        draft.seen = True
        rules = draft.rules
        if rules is None:
            continue
        figure = rules.figures.get(texts[indicator]) or _figure(table, row, draft, rules)
        if figure is None:
            continue
        name = figure.indicator.name
        day, where = texts[as_of], texts[source]
        origin = Origin(
            table.origin(number),
            where and notes.source(draft, row, where, figure),
            day and notes.day(draft, row, day),
            texts[evidence],
        )
        data: list[Datum | None] = []
        for column, index in (("actual", actual), ("target", target), ("baseline", baseline)):
            text = texts[index]
            if text in markers:
                data.append(None)
                continue
            value = _typed(figure, column, text, rules, roster)
            if isinstance(value, Refusal):
                draft.problems.append(value.at(table.place(number, column), column=column))
                value = None
            data.append(None if value is None else Datum(value, origin))
        measure = Measure(data[0], data[1], data[2], _NO_RATINGS)
        if name in draft.measures:
            _refuse_second(table, row, draft, name, measure)
        else:
            draft.measures[name] = measure
            draft.figure_rows.append(number)


_ACTUALS: Final = ("indicator", "actual", "target", "baseline")


def _typed(figure: Figure, column: str, text: str, rules: Rules, roster: Roster) -> _Cell | Refusal:
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


def _figure(table: Table, row: Row, draft: Draft, rules: Rules) -> Figure | None:
    (index,) = table.of("indicator")
    text = row.texts[index]
    figure = rules.figure(text)
    if figure is None:
        word = tidy(text)
        place = table.place(row.number, "indicator")
        if word:
            facts = {
                "indicator": word,
                "policy": rules.policy.label,
                "known": ", ".join(one.name for one in rules.policy.indicators),
                "suggestion": rules.similar(word, rules.figures),
            }
            draft.problems.append(Refusal("unknown-indicator", facts).at(place))
        else:
            draft.problems.append(Refusal("missing-indicator", {"table": table.name}).at(place))
    return figure


def _refuse_second(table: Table, row: Row, draft: Draft, name: str, second: Measure) -> None:
    """A second row of one figure: a warning where it says the same, else an error."""
    first = draft.measures[name]
    number = draft.figure_rows[list(draft.measures).index(name)]
    same = _values(first) == _values(second)
    _twice(table, row, draft, "figure", name, number, same=same)


def _values(measure: Measure) -> list[object]:
    data = (measure.actual, measure.target, measure.baseline)
    return [None if datum is None else datum.value for datum in data]


def _twice(
    table: Table, row: Row, draft: Draft, what: str, name: str, first: int, *, same: bool
) -> None:
    code = f"repeated-{what}" if same else f"duplicate-{what}"
    related = (Related(table.place(first), _FIRST),)
    facts = {"indicator": name, "person": draft.id, "row": first}
    draft.problems.append(Refusal(code, facts).at(table.place(row.number), related=related))


def read_ratings(table: Table, roster: Roster) -> None:
    """Gives each person the ratings that the rows hold, in their order."""
    indicator, group, rater_id, score, evidence = table.of(
        "indicator", "group", "rater_id", "score", "evidence"
    )
    for draft, row, rules in _rows(table, roster, ("indicator", "group", "score")):
        texts = row.texts
        figure = rules.figures.get(texts[indicator]) or _figure(table, row, draft, rules)
        if figure is None:
            continue
        name, word = figure.indicator.name, tidy(texts[group])
        if figure.kind != "ratings":
            place = table.place(row.number, "indicator")
            draft.problems.append(Refusal("not-rated", {"indicator": name}).at(place))
            continue
        if not word:
            place = table.place(row.number, "group")
            draft.problems.append(Refusal("missing-group", {"indicator": name}).at(place))
            continue
        value = roster.number(texts[score], None)
        if isinstance(value, Refusal):
            draft.problems.append(value.at(table.place(row.number, "score"), column="score"))
            continue
        rater = tidy(texts[rater_id])
        if rater and not roster.blank(rater):
            key = (name, word, rater)
            first = draft.rating_rows.setdefault(key, (row.number, value))
            if first[0] != row.number:
                same = first[1] == value
                _twice(table, row, draft, "rating", name, first[0], same=same)
                continue
        if value is not None:
            origin = Origin(table.origin(row.number), "", "", texts[evidence])
            draft.ratings.setdefault(name, {}).setdefault(word, []).append(Datum(value, origin))


def read_events(table: Table, roster: Roster) -> None:
    """Gives each person the events that the rows hold."""
    event, count, points, evidence = table.of("event", "count", "points", "evidence")
    for draft, row, rules in _rows(table, roster, ("event", "count", "points")):
        texts = row.texts
        name = rules.event(texts[event])
        if name is None:
            _unknown_event(table, row, draft, rules)
            continue
        origin = Origin(table.origin(row.number), "", "", texts[evidence])
        data: list[Datum | None] = []
        for column, index in (("count", count), ("points", points)):
            value = roster.number(texts[index], None)
            if isinstance(value, Refusal):
                draft.problems.append(value.at(table.place(row.number, column), column=column))
                break
            data.append(None if value is None else Datum(value, origin))
        else:
            _add_event(table, row, draft, name, data)


def _add_event(table: Table, row: Row, draft: Draft, name: str, data: list[Datum | None]) -> None:
    number, points = data
    place = table.place(row.number, "count")
    if number is None and points is None:
        draft.problems.append(Refusal("empty-event", {"event": name}).at(place))
    elif points is not None and number is not None and number.value != 1:
        facts = {"event": name, "value": number.value}
        draft.problems.append(Refusal("points-for-several", facts).at(place))
    else:
        key = tuple(row.texts)
        first = draft.event_rows.setdefault(key, row.number)
        if first != row.number:
            _twice(table, row, draft, "event", name, first, same=True)
        draft.events.setdefault(name, []).append((number, points))


def _unknown_event(table: Table, row: Row, draft: Draft, rules: Rules) -> None:
    (index,) = table.of("event")
    word = tidy(row.texts[index])
    facts = {
        "event": word,
        "policy": rules.policy.label,
        "known": ", ".join(sorted(set(rules.events.values()))),
        "suggestion": rules.similar(word, rules.events),
    }
    place = table.place(row.number, "event")
    draft.problems.append(Refusal("unknown-event", facts).at(place))


def _rows(
    table: Table, roster: Roster, needed: tuple[str, ...]
) -> Iterator[tuple[Draft, Row, Rules]]:
    """The rows of people who have rules."""
    (person_id,) = table.of("person_id")
    for row in table:
        draft = roster.spellings.get(row.texts[person_id])
        if draft is None or row.faults:
            draft = roster.find(table, row, needed)
        if draft is not None:
            draft.seen = True
            if draft.rules is not None:
                yield draft, row, draft.rules


def measures_of(draft: Draft) -> dict[str, Measure]:
    """A person's measures with the ratings put in."""
    for name, groups in draft.ratings.items():
        given = {group: tuple(data) for group, data in groups.items()}
        first = draft.measures.get(name, Measure())
        draft.measures[name] = Measure(None, first.target, first.baseline, given)
    return draft.measures


def events_of(draft: Draft) -> dict[str, EventRecord]:
    """A person's events: the counts added up, the points one by one."""
    found = {}
    for name, records in draft.events.items():
        points = tuple(given for _, given in records if given is not None)
        counts = [number for number, given in records if number is not None and given is None]
        found[name] = EventRecord(_summed(counts), points)
    return found


def _summed(counts: list[Datum]) -> Datum | None:
    """One count for several rows, from all of their places."""
    if len(counts) < 2:
        return counts[0] if counts else None
    total = sum((one.value for one in counts if isinstance(one.value, Decimal)), Decimal(0))
    place = ", ".join(one.origin.place for one in counts)
    evidence = "; ".join(one.origin.evidence for one in counts if one.origin.evidence)
    return Datum(total, Origin(place, "", "", evidence))
