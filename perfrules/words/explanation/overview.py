"""The table at the top of an explanation: a row an indicator, or a row a segment."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from perfrules.exact import rounded
from perfrules.words.explanation.outline import Row
from perfrules.words.glossary import Glossary

__all__ = ["Overview", "overview", "weight", "weight_that_counts"]


class Overview(NamedTuple):
    """The table; its first `words` columns are words, the others figures."""

    title: str
    words: int
    head: tuple[str, ...]
    rows: tuple[Row, ...]


def overview(told: Glossary) -> Overview:
    """Of somebody who moved, the segments: the indicators stand in their records."""
    if told.moved:
        title = told.say("各任职段", "Segments")
        return Overview(title, 1, _segments_head(told), tuple(_segments(told)))
    first = (told.say("板块", "section"),) if told.part("sections") else ()
    title = told.say("各指标得分", "Scores")
    head = (
        *first,
        told.say("指标", "indicator"),
        told.say("权重", "weight"),
        told.say("达成率", "attainment"),
        told.say("得分", "score"),
        told.say("加权得分", "weighted"),
    )
    return Overview(title, len(first) + 1, head, tuple(_indicators(told)))


def _segments_head(told: Glossary) -> tuple[str, ...]:
    return (
        told.say("任职段", "segment"),
        told.say("天数", "days"),
        told.say("总分", "total"),
        told.say("总分 × 天数", "total × days"),
    )


def _segments(told: Glossary) -> Iterator[Row]:
    place = 1
    while f"segments.{place}.total" in told.steps:
        total = told.steps[f"segments.{place}.total"]
        record = total.get("origin", {}).get("record") or str(place)
        figures = (_shown(told, f"segments.{place}.{what}") for what in ("days", "total"))
        yield Row((record, *figures, _shown(told, f"segments.{place}.weighted")))
        place += 1


def _indicators(told: Glossary) -> Iterator[Row]:
    sections = list(told.part("sections")) or [None]
    ordered = [
        (name, indicator)
        for section in sections
        for name, indicator in told.part("indicators").items()
        if indicator.get("section") == section
    ]
    for name, indicator in ordered:
        path = f"indicators.{name}"
        score = _shown(told, f"{path}.score")
        if f"{path}.excluded" in told.steps:
            score = told.say("不计入", "left out")
        yield Row(
            (
                *((_section(told, indicator["section"]),) if sections != [None] else ()),
                told.title("indicators", name),
                weight(told, "indicators", name),
                _attainment(told, f"{path}.attainment"),
                score,
                _shown(told, f"{path}.score.weighted"),
            )
        )


def _section(told: Glossary, name: str) -> str:
    return f"{told.title('sections', name)} {weight(told, 'sections', name)}"


def weight(told: Glossary, kind: str, name: str) -> str:
    """The weight of an indicator or a section: what counts, where the record says that it is
    another than the policy's."""
    found = weight_that_counts(told, kind, name)
    return "—" if found is None else told.number(found, told.measure(f"{kind}.{name}.weight"))


def weight_that_counts(told: Glossary, kind: str, name: str) -> str | None:
    """The same as the number that it is; None where only the data know it, and do not say."""
    path = f"{kind}.{name}.weight"
    for one in (f"{path}.raised", path):
        if one in told.steps:
            return str(told.steps[one]["value"])
    written = told.part(kind, name)["weight"]
    return None if isinstance(written, Mapping) or written == "given" else str(written)


def _attainment(told: Glossary, path: str) -> str:
    """In a table two digits of a percentage, cut downward; the step below has them all."""
    if path not in told.steps:
        return "—"
    value = rounded(Decimal(told.steps[path]["value"]), 4, "floor")
    return told.number(value, told.measure(path))


def _shown(told: Glossary, path: str) -> str:
    return told.value(told.steps[path]) if path in told.steps else "—"
