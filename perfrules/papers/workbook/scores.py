"""The sheets of scores: a row for each indicator of each person, and of each unit."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import accumulate, takewhile
from typing import NamedTuple

from perfrules.codes.code import Language, Text
from perfrules.model.cycle_result import CycleResult, IndicatorLine, Judged
from perfrules.model.scorecard import Value
from perfrules.papers.workbook.columns import (
    Cell,
    Column,
    Figure,
    Table,
    attainment,
    percentage,
    places,
    places_of,
    style_of,
)
from perfrules.papers.workbook.results import about, is_person

__all__ = ["Score", "left_out", "scores_of_people", "scores_of_units"]


class Score(NamedTuple):
    """An indicator of somebody."""

    one: Judged
    line: IndicatorLine


def scores_of_people(
    result: CycleResult, language: Language, most: int | None = None
) -> Table[Score]:
    """All indicators of each person with a result, of the first ones where `most` rows are all
    that is wanted."""
    found = _within(tuple(one for one in result.complete if is_person(one)), most)
    return _scores(Text("指标得分", "Scores"), found, language, people=True)


def scores_of_units(
    result: CycleResult, language: Language, most: int | None = None
) -> Table[Score]:
    """The same of each team, department and project."""
    found = _within(tuple(one for one in result.complete if not is_person(one)), most)
    return _scores(Text("组织指标得分", "Unit scores"), found, language, people=False)


def left_out(result: CycleResult, most: int | None) -> int:
    """How many people and units with a result have no row in these sheets for want of room."""
    people = tuple(one for one in result.complete if is_person(one))
    units = tuple(one for one in result.complete if not is_person(one))
    return sum(len(some) - len(_within(some, most)) for some in (people, units))


def _within(found: tuple[Judged, ...], most: int | None) -> tuple[Judged, ...]:
    """The first ones, each with all rows, of which there are at most so many."""
    if most is None:
        return found
    sizes = accumulate(len(one.indicators) for one in found)
    return found[: sum(1 for _ in takewhile(lambda size: size <= most, sizes))]


def _scores(
    name: Text, found: tuple[Judged, ...], language: Language, *, people: bool
) -> Table[Score]:
    style = style_of(places(line.score for one in found for line in one.indicators), "0")

    def rows() -> Iterator[Score]:
        return (Score(one, line) for one in found for line in one.indicators)

    return Table(
        name,
        (
            *(_about(column) for column in about(language, people=people)),
            Column(Text("指标", "Indicator"), lambda row: row.line.title.into(language), widest=32),
            Column(Text("单位", "Unit"), lambda row: row.line.unit),
            Column(
                Text("实际值", "Actual"),
                lambda row: _figure(row.line, row.line.actual, language),
                align="right",
            ),
            Column(
                Text("目标值", "Target"),
                lambda row: _figure(row.line, row.line.target, language),
                align="right",
            ),
            Column(
                Text("达成率", "Attainment"),
                lambda row: attainment(row.line.attainment),
                align="right",
            ),
            Column(
                Text("得分", "Score"),
                lambda row: None if row.line.score is None else Figure(row.line.score, style),
                align="right",
            ),
            Column(Text("备注", "Note"), lambda row: _LEFT_OUT.into(language) * row.line.excluded),
        ),
        rows,
    )


def _about(column: Column[Judged]) -> Column[Score]:
    cell: Callable[[Judged], Cell] = column.cell
    return Column(column.title, lambda row: cell(row.one), stays=column.stays, widest=column.widest)


_LEFT_OUT = Text("不计入", "left out")
_YES, _NO = Text("是", "yes"), Text("否", "no")


def _figure(line: IndicatorLine, value: Value | None, language: Language) -> Cell:
    if isinstance(value, bool):
        return (_YES if value else _NO).into(language)
    if isinstance(value, Decimal):
        return percentage(value) if line.unit == "%" else Figure(value, style_of(places_of(value)))
    return None if value is None else str(value)
