"""What bands, grades and tiers have in common: the row that was reached, and its neighbours."""

from collections.abc import Callable
from decimal import Decimal

from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import Measure
from perfrules.words.sentence import spaced, terms

__all__ = ["beside", "reached", "threshold_measure"]


def reached(told: Glossary, step: Json) -> str:
    """`达成率 110.00% ≥ 100%`; below all thresholds `达成率 59.99% < 60%`."""
    reading, row = step["operands"][0], terms(step)
    parts = told.path(step).split(".")
    inside = parts[1] if parts[0] == "indicators" else ""
    text = f"{told.name(told.path(reading), inside)} {told.value(reading)}"
    above = _above(step)
    measure = threshold_measure(told, step)
    if "at_least" in row:
        return f"{text} ≥ {told.number(row['at_least'], measure)}"
    return f"{text} < {told.number(above['at_least'], measure)}" if above else text


def beside(told: Glossary, step: Json, result: Callable[[Glossary, Json], str]) -> tuple[str, ...]:
    """Which row was missed; at the top of the table, which one comes below."""
    above, row = _above(step), terms(step)
    if above:
        threshold, value = _threshold(told, step, above), result(told, above)
        return (
            told.say(
                f"未达到 {spaced(threshold)}一档（{value}）", f"short of {threshold} ({value})"
            ),
        )
    below = [one for one in _neighbours(step) if "at_least" in one]
    if "at_least" not in row:
        return ()
    top = told.say("已是最高一档", "the highest row")
    if not below:
        return (top,)
    threshold, value = _threshold(told, step, below[0]), result(told, below[0])
    return (
        told.say(
            f"{top}；下一档 {threshold}（{value}）", f"{top}; the next is {threshold} ({value})"
        ),
    )


def threshold_measure(told: Glossary, step: Json) -> Measure:
    """How the thresholds are written that a figure is compared with: `100%`, not `100.00%`."""
    return told.measure(told.path(step["operands"][0]))._replace(places=0)


def _neighbours(step: Json) -> list[Json]:
    return [terms({"rule": row}) for row in step.get("not_taken", ())]


def _above(step: Json) -> Json | None:
    """The next higher row of the table."""
    own = terms(step).get("at_least")
    for row in _neighbours(step):
        if "at_least" in row and (own is None or Decimal(row["at_least"]) > Decimal(own)):
            return row
    return None


def _threshold(told: Glossary, step: Json, row: Json) -> str:
    return told.written(row["at_least"], threshold_measure(told, step))
