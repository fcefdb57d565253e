"""The indicators of a statement: what was met, what was not, and the table of all of them."""

import dataclasses
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfrules.exact import EXACT
from perfrules.reports.feedback.figures import (
    figures,
    full_score,
    group_means,
    met,
    number,
    shown,
    shown_number,
)
from perfrules.reports.feedback.parts import Point, Table
from perfrules.reports.feedback.reach import higher_scores, told_reach
from perfrules.reports.glossary import Glossary
from perfrules.reports.measure import RATIO
from perfrules.reports.words import sentence

__all__ = ["Sorted", "scores", "sorted_out"]

_Ranked = tuple[tuple[Decimal, ...], Point]


class Sorted(NamedTuple):
    """Points on indicators: at their target or full score, short of it, and those of which
    neither can be said."""

    met: tuple[Point, ...]
    short: tuple[Point, ...]
    untold: tuple[Point, ...]


def sorted_out(judged: Sequence[Glossary]) -> Sorted:
    """The strongest first; of what fell short, what costs the total most first."""
    good: list[_Ranked] = []
    short: list[_Ranked] = []
    untold: list[Point] = []
    for told in judged:
        for name in told.part("indicators"):
            path, title = f"indicators.{name}", told.title("indicators", name)
            if len(judged) > 1:
                role = told.text(told.resolved.get("title")) or told.resolved["policy"]
                title = told.say(f"{title}（{role}）", f"{title} ({role})")
            if f"{path}.score" not in told.steps:
                if f"{path}.excluded" in told.steps:
                    untold.append(Point(title, sentence(told, told.steps[f"{path}.excluded"]).text))
                continue
            found = met(told, name)
            point = Point(title, figures(told, name), group_means(told, name))
            if found is None:
                untold.append(point)
            elif found:
                good.append((_strength(told, name), point))
            else:
                notes = (*point.notes, *_nearest(told, name))
                short.append((_loss(told, name), dataclasses.replace(point, notes=notes)))
    return Sorted(_in_order(good), _in_order(short), tuple(untold))


def _in_order(ranked: list[_Ranked]) -> tuple[Point, ...]:
    """The greatest first; equal ones in the order of the policy."""
    return tuple(point for _, point in sorted(ranked, key=lambda one: one[0], reverse=True))


def _strength(told: Glossary, name: str) -> tuple[Decimal, ...]:
    """By attainment, then by score; within a window, more is not better."""
    path = f"indicators.{name}"
    attainment = told.steps.get(f"{path}.attainment")
    share = Decimal(1)
    if attainment is not None and "window" not in told.part("indicators", name, "score"):
        share = number(attainment["value"])
    return share, number(told.steps[f"{path}.score"]["value"])


def _loss(told: Glossary, name: str) -> tuple[Decimal, ...]:
    """The weighted points to the full score. It orders, and is never shown."""
    full = full_score(told, name)
    if full is None:
        return (Decimal(-1),)
    section = told.part("indicators", name).get("section")
    weight = number(told.part("indicators", name)["weight"])
    if section is not None:
        weight = EXACT.multiply(weight, number(told.part("sections", section)["weight"]))
    score = number(told.steps[f"indicators.{name}.score"]["value"])
    return (EXACT.multiply(EXACT.subtract(full, score), weight),)


def _nearest(told: Glossary, name: str) -> Iterator[str]:
    """The nearest figure that gives more points, where a table tells it exactly."""
    reach = next(higher_scores(told, name), None)
    if reach is not None:
        where = told_reach(told, name, reach.figure, reach.missing)
        score = told.written(reach.score, told.measure(f"indicators.{name}.score"))
        yield told.say(f"{where}得 {score}", f"{where} gives {score}")


def scores(told: Glossary) -> Table:
    """A row an indicator, in the order of the sections."""
    sections = list(told.part("sections"))
    head = (
        *((told.say("板块", "section"),) if sections else ()),
        told.say("指标", "indicator"),
        told.say("权重", "weight"),
        told.say("实际值", "actual"),
        told.say("目标值", "target"),
        told.say("达成率", "attainment"),
        told.say("得分", "score"),
    )
    rows = [
        row
        for section in sections or [None]
        for name, indicator in told.part("indicators").items()
        if indicator.get("section") == section
        for row in [_row(told, name, section)]
    ]
    return Table(head, tuple(rows), figures=5)


def _row(told: Glossary, name: str, section: str | None) -> tuple[str, ...]:
    path = f"indicators.{name}"
    score = _cell(told, f"{path}.score")
    if f"{path}.excluded" in told.steps:
        score = told.say("不计入", "left out")
    return (
        *((_weighted(told, "sections", section),) if section is not None else ()),
        told.title("indicators", name),
        told.number(told.part("indicators", name)["weight"], RATIO),
        _cell(told, f"{path}.actual"),
        _cell(told, f"{path}.target"),
        _cell(told, f"{path}.attainment"),
        score,
    )


def _weighted(told: Glossary, kind: str, name: str) -> str:
    weight = shown_number(told, told.part(kind, name)["weight"], RATIO)
    return f"{told.title(kind, name)} {weight}"


def _cell(told: Glossary, path: str) -> str:
    """A figure with its unit, a score without; a dash where there is none."""
    if path not in told.steps:
        return "—"
    return told.value(told.steps[path]) if path.endswith(".score") else shown(told, path)
