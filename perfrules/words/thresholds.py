"""What bands, grades and tiers have in common: the row that was reached, and its neighbours."""

from collections.abc import Callable
from typing import Final

from perfrules.codes.code import Text
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import Measure
from perfrules.words.sentence import spaced, terms

__all__ = ["beside", "limit_number", "reached", "threshold_measure", "word_of"]

_KEPT: Final = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<"}
_MISSED: Final = {"at_least": "<", "above": "≤", "at_most": ">", "below": "≥"}

_ROW: Final = {
    "at_least": Text("{at}", "{at}"), "above": Text("「高于 {at}」", "above {at}"),
    "at_most": Text("{at}", "{at}"), "below": Text("「低于 {at}」", "below {at}"),
}  # fmt: skip
_SHORT: Final = {
    "at_least": Text("未达到{row}一档", "short of {at}"),
    "above": Text("未达到{row}一档", "not above {at}"),
    "at_most": Text("未达到{row}一档", "more than {at}"),
    "below": Text("未达到{row}一档", "not below {at}"),
}  # fmt: skip


def reached(told: Glossary, step: Json) -> str:
    """`达成率 110.00% ≥ 100%`; short of all limits `达成率 59.99% < 60%`."""
    reading, row = step["operands"][0], terms(step)
    text = f"{told.name(told.path(reading), _inside(told, step))} {told.value(reading)}"
    if word := word_of(row):
        return f"{text} {_KEPT[word]} {_limit(told, step, row)}"
    above = _above(step)
    return f"{text} {_MISSED[word_of(above)]} {_limit(told, step, above)}" if above else text


def beside(told: Glossary, step: Json, result: Callable[[Glossary, Json], str]) -> tuple[str, ...]:
    """Which row was missed; at the top of the table, which one comes below."""
    above, row = _above(step), terms(step)
    if above:
        row_text, value = _row(told, step, above), result(told, above)
        missed = _SHORT[word_of(above)].into(told.language)
        text = missed.format(row=_blank(row_text) + spaced(row_text), at=_at(told, step, above))
        return (told.say(f"{text}（{value}）", f"{text} ({value})"),)
    if not word_of(row):
        return ()
    top = told.say("已是最高一档", "the highest row")
    below = [one for one in _neighbours(step) if word_of(one)]
    if not below:
        return (top,)
    threshold, value = _row(told, step, below[0]), result(told, below[0])
    return (
        told.say(
            f"{top}；下一档{_blank(threshold)}{threshold}（{value}）",
            f"{top}; the next is {threshold} ({value})",
        ),
    )


def _blank(text: str) -> str:
    """What stands between a Chinese word and what follows it: a blank before figures alone."""
    return " " if text[:1].isascii() else ""


def threshold_measure(told: Glossary, step: Json) -> Measure:
    """How the thresholds are written that a figure is compared with: `100%`, not `100.00%`."""
    return told.measure(told.path(step["operands"][0]))._replace(places=0)


def word_of(row: Json) -> str:
    """The word of a row's limit; empty in the last row."""
    return next((word for word in _KEPT if word in row), "")


def limit_number(step: Json, limit: str) -> str:
    """The number of a limit: its own, or that of the figure that it names."""
    for one in step["operands"][1:]:
        if one.get("step", "").endswith(f".{limit}"):
            return str(one["value"])
    return limit


def _neighbours(step: Json) -> list[Json]:
    return [terms({"rule": row}) for row in step.get("not_taken", ())]


def _above(step: Json) -> Json | None:
    """The next row towards the top of the table: that with the smaller number."""
    own = int(step["rule"]["path"].rpartition(".")[2])
    for row in step.get("not_taken", ()):
        if int(row["path"].rpartition(".")[2]) < own:
            return terms({"rule": row})
    return None


def _inside(told: Glossary, step: Json) -> str:
    parts = told.path(step).split(".")
    return parts[1] if parts[0] == "indicators" else ""


def _limit(told: Glossary, step: Json, row: Json) -> str:
    """A row's limit without its unit; with its name where it is a figure of the person."""
    return _named(told, step, row, told.number)


def _row(told: Glossary, step: Json, row: Json) -> str:
    """A row by its limit: `80%`, `「高于 80%」`, `挑战值 120 元`."""
    return _ROW[word_of(row)].into(told.language).format(at=_at(told, step, row))


def _at(told: Glossary, step: Json, row: Json) -> str:
    """A row's limit with its unit, and with its name where it is a figure of the person."""
    return _named(told, step, row, told.written)


def _named(told: Glossary, step: Json, row: Json, written: Callable[[str, Measure], str]) -> str:
    limit = row[word_of(row)]
    number = limit_number(step, limit)
    text = written(number, threshold_measure(told, step))
    return text if number == limit else f"{_called(told, step, limit)} {text}"


def _called(told: Glossary, step: Json, figure: str) -> str:
    inside = _inside(told, step)
    return told.name(f"indicators.{inside}.{figure}", inside)
