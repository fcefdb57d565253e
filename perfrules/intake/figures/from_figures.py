"""Rows of actuals, ratings and events -> measures and events of the people in the roster.

What a cell means is decided by the policy of the person whose row it is: a number by its
unit, a level's word, a yes or no. A bad row costs nobody but that person.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.exact import plain
from perfrules.intake.cells.numerals import Refusal, tidy
from perfrules.intake.figures.figure_cells import (
    MAIN,
    NO_RATINGS,
    check_name,
    check_unit,
    keep,
    refuse_twice,
    value_in,
)
from perfrules.intake.figures.row_notes import RowNotes, check_words
from perfrules.intake.files.raw_table import Row
from perfrules.intake.people.roster import Draft, Roster
from perfrules.intake.people.rules import Figure, Rules, unknown_indicator
from perfrules.intake.people.segment_rows import Column, homes
from perfrules.intake.tables.table import Table
from perfrules.model.ratings import Ratings
from perfrules.model.scorecard import NO_FIGURES, Datum, Measure, Origin, Value

__all__ = ["figure_of", "read_actuals", "read_events", "read_ratings"]


def read_actuals(table: Table, roster: Roster) -> None:
    """Gives each person the measures that the rows hold."""
    notes = RowNotes(table, roster, has_notes=True)
    person_id, indicator, actual, target, baseline, source, as_of, evidence = table.of(
        "person_id", "indicator", "actual", "target", "baseline", "source", "as_of", "evidence"
    )
    segment, label = table.of("segment", "name")
    (unit,) = table.of("单位" if "单位" in table.columns else "unit")
    more = [*(one for one in _WEIGHTS if one in table.columns), *table.further]
    spellings, markers, needed = roster.spellings, roster.markers, _ACTUALS
    for row in table:
        number, texts, faults = row
        draft = spellings.get(texts[person_id])
        if draft is None or faults:
            draft = roster.find(table, row, needed)
        if draft is None:
            continue
        draft.seen = True
        if draft.parts or texts[segment]:
            (draft,) = homes(table, row, draft, roster, "indicator") or (draft,)
        rules = draft.rules
        if rules is None:
            continue
        figure = rules.figures.get(texts[indicator]) or figure_of(table, row, draft, rules)
        if figure is None:
            continue
        name, given = figure.indicator.name, texts[actual] not in markers
        if texts[label]:
            check_name(draft, texts[label], table.place(number, "name"))
        day, where, told = texts[as_of], texts[source], texts[evidence]
        notes.told(draft, row, told, figure.indicator, given=given)
        origin = Origin(
            table.origin(number),
            notes.source(draft, row, where, figure, given=given),
            day and notes.day(draft, row, day),
            told,
        )
        data: list[Datum | None] = []
        for column, index in zip(MAIN, (actual, target, baseline), strict=True):
            text = texts[index]
            if text in markers:
                if column in figure.needs:
                    draft.note_blank(f"{name}.{column}", table.place(number, column))
                data.append(None)
                continue
            value = value_in(draft, figure, column, text, rules, roster)
            if isinstance(value, Refusal):
                draft.problems.append(value.at(table.place(number, column), column=column))
                value = None
            data.append(None if value is None else Datum(value, origin))
        if texts[unit]:
            check_unit(draft, figure, texts[unit], texts[actual], table.cell(number, unit))
        measure = Measure(data[0], data[1], data[2], NO_RATINGS)
        if more and (own := _besides(more, table, row, origin, draft, figure, rules, roster)):
            weight = own.pop("weight", None)
            measure = replace(measure, weight=weight, figures=own or NO_FIGURES)
        keep(draft, name, measure, number, table)


_WEIGHTS: Final = ("weight", "权重")
_ACTUALS: Final = ("indicator", *MAIN, *_WEIGHTS)


def _besides(
    columns: Iterable[str], table: Table, row: Row, origin: Origin,
    draft: Draft, figure: Figure, rules: Rules, roster: Roster,
) -> dict[str, Datum]:  # fmt: skip
    """The weight of a row, and the figures that the indicator declares; of two columns of the
    weight the last that is filled in counts."""
    found = {}
    for column in columns:
        is_weight = column in _WEIGHTS
        part = "weight" if is_weight else figure.part(column)
        text, place = table.text(row, column), table.place(row.number, column)
        if text in roster.markers:
            if part in figure.needs:
                draft.note_blank(f"{figure.indicator.name}.{part}", place)
            continue
        value = value_in(draft, figure, part or column, text, rules, roster)
        if isinstance(value, Refusal):
            draft.problems.append(value.at(place, column="weight" if is_weight else column))
        elif value is not None and part is not None:
            found[part] = Datum(value, origin)
    return found


def figure_of(table: Table, row: Row, draft: Draft, rules: Rules) -> Figure | None:
    """The figure of the indicator that a row names; None, and a problem, where there is none."""
    text = table.text(row, "indicator")
    figure = rules.figure(text)
    if figure is None:
        word = tidy(text)
        place = table.place(row.number, "indicator")
        if word:
            near = rules.similar(word, rules.figures)
            draft.problems.append(unknown_indicator(word, rules, near).at(place))
        else:
            draft.problems.append(Refusal("missing-indicator", {"table": table.name}).at(place))
    return figure


def read_ratings(table: Table, roster: Roster) -> None:
    """Gives each person the ratings that the rows hold, in their order."""
    notes = RowNotes(table, roster, has_notes=False)
    indicator, group, rater_id, score, evidence = table.of(
        "indicator", "group", "rater_id", "score", "evidence"
    )
    for draft, row, rules in _rows(table, roster, ("indicator", "group", "score"), "indicator"):
        texts = row.texts
        figure = rules.figures.get(texts[indicator]) or figure_of(table, row, draft, rules)
        if figure is None:
            continue
        name, word = figure.indicator.name, tidy(texts[group])
        if figure.kind != "ratings":
            place = table.place(row.number, "indicator")
            draft.problems.append(Refusal("not-rated", {"indicator": name}).at(place))
            continue
        if (refusal := _wrong_group(figure, word, rules)) is not None:
            draft.problems.append(refusal.at(table.place(row.number, "group")))
            continue
        value = roster.number(texts[score], None)
        cell = table.place(row.number, "score")
        if isinstance(value, Decimal):
            value = _in_scale(figure, word, value)
        if isinstance(value, Refusal):
            draft.problems.append(value.at(cell, column="score"))
            continue
        if value is None:
            draft.note_blank(f"{name}.{word}", cell)
            draft.note_blank(f"{name}.actual", cell)
        rater = tidy(texts[rater_id])
        if rater and not roster.blank(rater):
            key = (name, word, rater)
            first = draft.rating_rows.setdefault(key, (row.number, value))
            if first[0] != row.number:
                same = first[1] == value
                here, there = table.place(row.number), table.place(first[0])
                refuse_twice(draft, "rating", name, here, there, same=same)
                continue
        if value is not None:
            notes.told(draft, row, texts[evidence], figure.indicator, given=True)
            origin = Origin(table.origin(row.number), "", "", texts[evidence])
            draft.ratings.setdefault(name, {}).setdefault(word, []).append(Datum(value, origin))


def _wrong_group(figure: Figure, word: str, rules: Rules) -> Refusal | None:
    """What is wrong with the group of a rating."""
    if not isinstance(figure.indicator.score, Ratings):
        return None
    groups = [group.name for group in figure.indicator.score.groups]
    facts = {"indicator": figure.indicator.called, "known": ", ".join(groups)}
    if not word:
        return Refusal("missing-group", facts)
    if word in groups:
        return None
    near = rules.similar(word, groups)
    return Refusal("unknown-group", {**facts, "group": word, "suggestion": near})


def _in_scale(figure: Figure, group: str, value: Decimal) -> Decimal | Refusal:
    """A rating, where it is within the scale."""
    score = figure.indicator.score
    if not isinstance(score, Ratings) or score.scale.low <= value <= score.scale.high:
        return value
    scale = score.scale
    facts = {"value": plain(value), "low": plain(scale.low), "high": plain(scale.high)}
    name = Text(*(f"{word}: {group}" for word in figure.indicator.called))
    return Refusal("out-of-range", {**facts, "name": name})


def read_events(table: Table, roster: Roster) -> None:
    """Gives each person the events that the rows hold."""
    event, count, points, evidence = table.of("event", "count", "points", "evidence")
    for draft, row, rules in _rows(table, roster, ("event", "count", "points"), "event"):
        texts = row.texts
        name = rules.event(texts[event])
        if name is None:
            _unknown_event(table, row, draft, rules, roster)
            continue
        check_words(table, draft, row, "evidence", texts[evidence])
        origin = Origin(table.origin(row.number), "", "", texts[evidence])
        data: list[Datum | None] = []
        for column, index in (("count", count), ("points", points)):
            value = roster.number(texts[index], None)
            if isinstance(value, Refusal):
                draft.problems.append(value.at(table.place(row.number, column), column=column))
                break
            data.append(None if value is None else Datum(value, origin))
        else:
            found = _event_problem(rules, name, *(one and one.value for one in data))
            if found is not None:
                column, refusal = found
                draft.problems.append(refusal.at(table.place(row.number, column)))
                continue
            _add_event(table, row, draft, name, data)


def _event_problem(
    rules: Rules, name: str, count: Value | None, points: Value | None
) -> tuple[str, Refusal] | None:
    """Which cell of an event does not fit the policy, and why."""
    if isinstance(count, Decimal) and count % 1:
        return "count", Refusal("not-a-count", {"event": name, "value": plain(count)})
    found = next((one for one in rules.policy.adjustments if one.name == name), None)
    if found is None:
        return None
    if found.points.given is None:
        refusal = Refusal("unexpected-points", {"event": name})
        return None if points is None else ("points", refusal)
    low, high = found.points.given
    facts = {"event": name, "name": name, "low": plain(low), "high": plain(high)}
    if isinstance(points, Decimal) and not low <= points <= high:
        return "points", Refusal("out-of-range", {**facts, "value": plain(points)})
    return ("points", Refusal("missing-points", facts)) if points is None and count else None


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
            here, there = table.place(row.number), table.place(first)
            refuse_twice(draft, "event", name, here, there, same=True)
        draft.events.setdefault(name, []).append((number, points))


def _unknown_event(table: Table, row: Row, draft: Draft, rules: Rules, roster: Roster) -> None:
    word = tidy(table.text(row, "event"))
    known = ", ".join(sorted(set(rules.events.values())))
    place = table.place(row.number, "event")
    if roster.blank(word):
        draft.problems.append(Refusal("missing-event", {"known": known}).at(place))
        return
    facts = {
        "event": word,
        "policy": rules.policy.label,
        "known": known,
        "suggestion": rules.similar(word, rules.events),
    }
    draft.problems.append(Refusal("unknown-event", facts).at(place))


def _rows(
    table: Table, roster: Roster, needed: tuple[str, ...], column: Column
) -> Iterator[tuple[Draft, Row, Rules]]:
    """The rows of people who have rules; for somebody who moved, of the segments."""
    person_id, segment, name = table.of("person_id", "segment", "name")
    for row in table:
        draft = roster.spellings.get(row.texts[person_id])
        if draft is None or row.faults:
            draft = roster.find(table, row, needed)
        if draft is not None:
            draft.seen = True
            if row.texts[name]:
                check_name(draft, row.texts[name], table.place(row.number, "name"))
            moved = draft.parts or row.texts[segment]
            for one in homes(table, row, draft, roster, column) if moved else (draft,):
                if one.rules is not None:
                    yield one, row, one.rules
