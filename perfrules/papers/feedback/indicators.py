"""The indicators of a statement: what was met and what was not."""

import dataclasses
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfrules.exact import EXACT, PLACES, divided
from perfrules.papers.feedback.compared import Unit, compared
from perfrules.papers.feedback.doubt import in_doubt
from perfrules.papers.feedback.figures import figures, full_score, group_means, met
from perfrules.papers.feedback.reach import higher_scores, told_reach
from perfrules.papers.feedback.shown import distance, number, shown_number
from perfrules.papers.paper.parts import Point
from perfrules.words.explanation.overview import weight_that_counts
from perfrules.words.glossary import Glossary
from perfrules.words.of_step import sentence
from perfrules.words.sentence import spaced

__all__ = ["Sorted", "sorted_out"]

_Ranked = tuple[tuple[Decimal, ...], Point]


class Sorted(NamedTuple):
    """Points on indicators: at their target or full score, short of it, and those of which
    neither can be said."""

    met: tuple[Point, ...]
    short: tuple[Point, ...]
    untold: tuple[Point, ...]


def sorted_out(judged: Sequence[Glossary], units: Sequence[Unit] = ()) -> Sorted:
    """The strongest first; of what fell short, what costs the total most first. `units` are those
    whose sums the figures are a part of."""
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
            beside = compared(told, name, units if len(judged) == 1 else ())
            notes = (*beside, *group_means(told, name))
            point = Point(title, figures(told, name), notes)
            if found is None:
                untold.append(point)
            elif found:
                # Nothing that a veto puts in doubt is praised; the scores have it.
                if not in_doubt(told, name):
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
    weight = _share(told, "indicators", name, section)
    if section is not None:
        weight = EXACT.multiply(weight, _share(told, "sections", section, None))
    score = number(told.steps[f"indicators.{name}.score"]["value"])
    return (EXACT.multiply(EXACT.subtract(full, score), weight),)


def _share(told: Glossary, kind: str, name: str, section: str | None) -> Decimal:
    """The weight that counts; of parts, nearly their share of all in their sum."""
    weight = number(weight_that_counts(told, kind, name) or 0)
    if told.measure(f"{kind}.{name}.weight").is_ratio:
        return weight
    blocks = told.part(kind).values()
    parts = [number(one["weight"]) for one in blocks if one.get("section") == section]
    return divided(weight, sum(parts, Decimal(0)), PLACES, "half_up")


def _nearest(told: Glossary, name: str) -> Iterator[str]:
    """The nearest figure that gives more points, where a table tells it exactly; else, where less
    is better, how far the target is below."""
    reach = next(iter(higher_scores(told, name)), None)
    if reach is not None:
        where = told_reach(told, name, reach)
        score = told.written(reach.gain, told.measure(f"indicators.{name}.score"))
        yield told.say(f"{where}得 {score}", f"{where} gives {score}")
        return
    own = [told.steps.get(f"indicators.{name}.{what}") for what in ("actual", "target")]
    if told.part("indicators", name)["direction"] == "lower_is_better" and all(own):
        actual, target = (number(step["value"]) for step in own if step is not None)
        if actual > target:
            measure = told.measure(f"indicators.{name}.actual")
            by = distance(told, EXACT.subtract(actual, target), measure)
            limit = shown_number(told, target, measure)
            yield told.say(f"比目标 {spaced(limit)}高出 {by}", f"{by} above the target of {limit}")
