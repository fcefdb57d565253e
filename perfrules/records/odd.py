"""Inputs that pass every check and look wrong all the same, as somebody who knows the field would
see at a glance. Nothing is refused for it: each is for a person to look at.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from statistics import median
from typing import Any, Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.exact import EXACT, percent
from perfrules.records.read import ResultFolder
from perfrules.records.seals import UnreadableError, parsed

__all__ = ["odd_inputs"]

_INCREDIBLE: Final = 10
"""An attainment of 1000 %."""

_ANOTHER_UNIT: Final = 50
"""So many times more or less, and a figure is probably in another unit: per cent, 千, 万."""

_ANOTHER_THAN_ALL: Final = 100
_MANY: Final = 5
"""So many rows, and at least half of those with the indicator, are no chance."""

_NAMED: Final = 5
"""How many people a finding names."""


class _Figure(NamedTuple):
    """An actual that somebody handed in, and what it can be compared with."""

    indicator: str
    person: str
    text: str
    value: Fraction
    place: str
    source: str
    attainment: str
    beside: Mapping[str, Fraction]
    """Target, baseline, the last cycle's figure; those that there are."""


def odd_inputs(results: ResultFolder) -> Iterator[Diagnostic]:
    """Warnings, by indicator; the records of the folder have been verified."""
    figures = sorted(_figures(results), key=lambda one: (one.indicator, one.person))
    for indicator, group in groupby(figures, key=lambda one: one.indicator):
        found = list(group)
        name = indicator.partition("#indicators.")[2]
        for one in found:
            yield from _alone(one, name)
        yield from _among_others(found, name)
        yield from _without_source(found, name)


def _alone(one: _Figure, name: str) -> Iterator[Diagnostic]:
    """A figure that is out of all proportion to its own target, baseline or last value."""
    for key, word in _BESIDE.items():
        other = one.beside.get(key)
        if other and (said := _times(one.value, other, _ANOTHER_UNIT, word)):
            yield _scale(one, name, said)
            return
    if one.attainment and Fraction(one.attainment) >= _INCREDIBLE:
        value = percent(EXACT.create_decimal(one.attainment))
        facts = {"person": one.person, "indicator": name, "value": value}
        yield _odd("odd-attainment", one.place, **facts)


_BESIDE: Final = {
    "target": Text("目标值", "the target"),
    "previous.actual": Text("上一周期的实际值", "the actual of the last cycle"),
    "baseline": Text("基线值", "the baseline"),
}


def _times(value: Fraction, other: Fraction, limit: int, word: Text) -> Text | None:
    """That one is many times the other; None where it is not, or one of them is 0."""
    if not value or not other or (value < 0) != (other < 0):
        return None
    ratio = value / other
    if ratio >= limit:
        return Text(f"是{word.zh}的 {int(ratio)} 倍", f"is {int(ratio)} times {word.en}")
    if ratio <= Fraction(1, limit):
        times = int(1 / ratio)
        return Text(f"只有{word.zh}的 {times} 分之一", f"is {times} times smaller than {word.en}")
    return None


def _scale(one: _Figure, name: str, said: Text) -> Diagnostic:
    return _odd(
        "odd-scale", one.place, person=one.person, indicator=name, value=one.text, said=said
    )


def _among_others(found: list[_Figure], name: str) -> Iterator[Diagnostic]:
    """What stands out of, or is too much alike, the figures of everybody with the indicator."""
    if len(found) < _MANY:
        return
    middle = median(one.value for one in found)
    for one in found:
        said = _times(one.value, middle, _ANOTHER_THAN_ALL, _OTHERS)
        if said and not any(_alone(one, name)):
            yield _scale(one, name, said)
    (value, count), *_ = Counter(one.value for one in found).most_common(1)
    if value and count >= _MANY and 2 * count >= len(found):
        same = [one for one in found if one.value == value]
        yield _several("odd-repeated", same, name, value=same[0].text, of=len(found))
    copied = [one for one in found if one.value == one.beside.get("target")]
    targets = {one.value for one in copied}
    if len(copied) >= _MANY and 2 * len(copied) >= len(found) and len(targets) > 1:
        yield _several("odd-copied", copied, name, of=len(found))


_OTHERS: Final = Text("同一指标中位数", "the median of the indicator")


def _without_source(found: list[_Figure], name: str) -> Iterator[Diagnostic]:
    bare = [one for one in found if not one.source]
    if bare:
        yield _several("odd-source", bare, name, of=len(found))


def _several(code: str, found: list[_Figure], name: str, **facts: object) -> Diagnostic:
    """A finding on more than one person, at the first of them."""
    people = ", ".join(one.person for one in found[:_NAMED])
    if len(found) > _NAMED:
        people += ", …"
    count = len(found)
    return _odd(code, found[0].place, indicator=name, people=people, count=count, **facts)


def _odd(code: str, place: str, **facts: object) -> Diagnostic:
    return Diagnostic(code, place, facts, severity="warning")


def _figures(results: ResultFolder) -> Iterator[_Figure]:
    """Every actual of every record that comes from a table."""
    for line in results.records():
        try:
            record = parsed(line)
            yield from _figures_of(str(record["subject"]), record["steps"])
        except (UnreadableError, KeyError, TypeError, AttributeError):
            continue  # that it is damaged is for `verify` to say


_ACTUAL: Final = re.compile(r"#indicators\.[^.]+\.actual\Z")


def _figures_of(person: str, steps: Iterable[Mapping[str, Any]]) -> Iterator[_Figure]:
    values = {step["id"]: step for step in steps}
    for path, step in values.items():
        origin = step.get("origin", {})
        if step["operation"] != "given" or not _ACTUAL.search(path):
            continue
        value = _number(step)
        if value is None or not origin.get("place"):
            continue
        indicator = path.removesuffix(".actual")
        label, _, name = indicator.partition("#indicators.")
        beside = {key: _number(values.get(f"{indicator}.{key}")) for key in _BESIDE}
        last = _number(values.get(f"{label}#last.{name}.actual"))
        beside["previous.actual"] = beside["previous.actual"] or last
        yield _Figure(
            indicator=indicator,
            person=person,
            text=step["value"],
            value=value,
            place=origin["place"],
            source=origin.get("source", ""),
            attainment=_text(values.get(f"{indicator}.attainment")),
            beside={key: one for key, one in beside.items() if one is not None},
        )


def _text(step: Mapping[str, Any] | None) -> str:
    """The number of a step as it is written; empty where there is none."""
    value = None if step is None or "type" in step else step["value"]
    return value if isinstance(value, str) else ""


def _number(step: Mapping[str, Any] | None) -> Fraction | None:
    text = _text(step)
    return Fraction(text) if text else None
