"""An indicator beside figures that people know: the last cycle's, and the unit's."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from perfrules.exact import EXACT, divided
from perfrules.papers.feedback.shown import changed, distance, number, shown_number
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import RATIO
from perfrules.words.sentence import spaced

__all__ = ["Unit", "compared", "last_cycle", "trend"]

_FEWEST: Final = 3
"""Of two, each would know the other's figure from the sum."""


class Unit(NamedTuple):
    """The team, department or project of a person: what it is called, and its record."""

    name: str
    record: Json


def last_cycle(told: Glossary) -> str:
    """The name of the last cycle that was as long; empty where the record has none."""
    return str(told.steps["last.cycle"]["value"]) if "last.cycle" in told.steps else ""


def compared(told: Glossary, name: str, units: Sequence[Unit]) -> Iterator[str]:
    """`占销售部合计 2500000 元的 35%`, `比 2024Q2 低 4%`."""
    yield from _shares(told, name, units)
    for what, word in (
        ("actual", ""),
        ("attainment", told.say("达成率", "attainment ")),
        ("score", told.say("得分", "score ")),
    ):
        path, before = f"indicators.{name}.{what}", told.steps.get(f"last.{name}.{what}")
        if before is not None and _is_figure(before) and path in told.steps:
            yield word + _against(told, path, before)
            return


def _shares(told: Glossary, name: str, units: Sequence[Unit]) -> Iterator[str]:
    """Of the sum that a unit's own record has of this very figure, of three members and more."""
    own = told.steps.get(f"indicators.{name}.actual")
    for unit in units:
        for step in unit.record["steps"]:
            terms = step.get("rule", {}).get("terms", {})
            whole = number(step["value"]) if step["operation"] == "roll_up" else 0
            if (
                own is not None
                and (terms.get("of"), terms.get("by")) == (f"{name}.actual", "sum")
                and step["id"].endswith(".actual")
                and len(step["operands"]) >= _FEWEST
                and 0 <= number(own["value"]) <= whole
                and own["value"] in (one["value"] for one in step["operands"])
            ):
                share = divided(number(own["value"]), number(whole), 4, "half_up")
                part = told.number(share, RATIO)
                total = shown_number(told, whole, told.measure(f"indicators.{name}.actual"))
                yield told.say(
                    f"占{unit.name}合计 {spaced(total)}的 {part}",
                    f"{part} of the {total} of {unit.name}",
                )


def _is_figure(step: Json) -> bool:
    return step.get("type") != "text" and not isinstance(step["value"], bool)


def _against(told: Glossary, path: str, before: Json) -> str:
    now, then = number(told.steps[path]["value"]), number(before["value"])
    cycle, measure = last_cycle(told), told.measure(path)
    by = changed(told, now, then, measure)
    if path.endswith(".score"):  # points are not measured in shares of points
        by = distance(told, EXACT.subtract(now, then), measure)
    if now > then:
        return told.say(f"比 {cycle} 高 {by}", f"{by} above {cycle}")
    if now < then:
        return told.say(f"比 {cycle} 低 {by}", f"{by} below {cycle}")
    return told.say(f"与 {cycle} 持平", f"the same as in {cycle}")


# The part of the statement on the last cycle


def trend(told: Glossary) -> Iterator[tuple[str, str]]:
    """What it is about, and the figure of this cycle beside that of the last."""
    cycle = last_cycle(told)
    if "last.total" in told.steps:
        yield told.say("总分", "Total"), _beside(told, "total", told.steps["last.total"])
    if "last.grade" in told.steps and told.record["grade"] is not None:
        grades = (told.record["grade"], told.steps["last.grade"]["value"])
        now, then = (told.grade(str(one)) for one in grades)
        yield (
            told.say("等级", "Grade"),
            told.say(f"{now}，{cycle} 为 {then}", f"{now}, {then} in {cycle}"),
        )
    for name in told.part("indicators"):
        said = []
        for what, word in (
            ("actual", told.say("实际值 ", "actual ")),
            ("attainment", told.say("达成率 ", "attainment ")),
            ("score", told.say("得分 ", "score ")),
        ):
            before, path = told.steps.get(f"last.{name}.{what}"), f"indicators.{name}.{what}"
            if before is not None and path in told.steps and _is_figure(before):
                said.append(word + _beside(told, path, before))
        if said:
            yield told.title("indicators", name), told.say("；", "; ").join(said)


def _beside(told: Glossary, path: str, before: Json) -> str:
    """`4800 元，2024Q2 为 5000 元，减少 200 元（4%）`."""
    measure, cycle = told.measure(path), last_cycle(told)
    now, then = number(told.steps[path]["value"]), number(before["value"])
    mode = "floor" if path.endswith(".attainment") else "half_up"
    pairs = ((now, then), (then, now))
    texts = [shown_number(told, one, measure, (other,), mode) for one, other in pairs]
    text = told.say(f"{texts[0]}，{cycle} 为 {texts[1]}", f"{texts[0]}, {texts[1]} in {cycle}")
    if now == then:
        return text + told.say("，持平", ", the same")
    by = distance(told, EXACT.subtract(now, then), measure)
    share = changed(told, now, then, measure)
    if path.endswith(".actual") and share != by:
        by = told.say(f"{by}（{share}）", f"{by} ({share})")
    if now > then:
        return text + told.say(f"，增加 {by}", f", {by} more")
    return text + told.say(f"，减少 {by}", f", {by} less")
