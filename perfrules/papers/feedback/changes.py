"""What was added, taken away, limited or changed after the figures: each with before and after.

A distribution of grades is told by what it did to this grade, and by nothing of the group. Who
approved an entry is not told either: a statement names one person.
"""

from collections.abc import Callable, Iterator
from typing import Final

from perfrules.codes.code import Text
from perfrules.papers.feedback.shown import number, shown_number
from perfrules.papers.paper.parts import Point
from perfrules.words.glossary import Glossary, Json
from perfrules.words.of_step import sentence

__all__ = ["Mask", "changes", "vetoes"]

Mask = Callable[[str], str]
"""Takes the names of others out of words that somebody wrote."""

_FIGURES: Final = {
    "actual": Text("实际值", "actual"),
    "target": Text("目标值", "target"),
    "score": Text("得分", "score"),
}


def changes(told: Glossary, mask: Mask) -> Iterator[Point]:
    """In the order of the work: targets, figures, adjustments, limits, total, grade. Vetoes stand
    for themselves."""
    yield from _changed_targets(told, mask)
    for name in told.part("indicators"):
        for what in _FIGURES:
            title = f"{told.title('indicators', name)}{_of(told, what)}"
            yield from _revised(told, f"indicators.{name}.{what}", title, mask)
    yield from _adjustments(told, mask)
    yield from _factors(told)
    yield from _limits(told)
    yield from _revised(told, "total", told.say("总分", "Total"), mask)
    yield from _grade(told, mask)


def _of(told: Glossary, what: str) -> str:
    word = _FIGURES[what].into(told.language)
    return told.say(word, f", {word}")


def _notes(told: Glossary, step: Json, mask: Mask) -> tuple[str, ...]:
    """The reason and the evidence of an entry."""
    origin = step.get("origin", {})
    words = {"reason": told.say("原因：", "reason: "), "evidence": told.say("佐证：", "evidence: ")}
    return tuple(f"{words[key]}{mask(origin[key])}" for key in words if origin.get(key))


def _moved(told: Glossary, path: str, before: object, after: object) -> str:
    if path.startswith("grade"):
        first, second = told.grade(str(before)), told.grade(str(after))
    else:
        measure = told.measure(path)
        first, second = (shown_number(told, one, measure) for one in (before, after))
    gap = " " if first[-1].isascii() else ""  # none behind a unit
    return told.say(f"由 {first}{gap}调整为 {second}", f"changed from {first} to {second}")


def _revised(told: Glossary, path: str, title: str, mask: Mask) -> Iterator[Point]:
    """Calibrations and appeals: each entry puts its value in the place of the one before."""
    for step in told.steps.values():
        own = told.path(step)
        if step["operation"] != "revise" or not (own == path or own.startswith(f"{path}.")):
            continue
        before, *entries = step["operands"]
        for entry in entries:
            notes = _notes(told, told.steps[told.path(entry)], mask)
            text = _moved(told, path, before["value"], entry["value"])
            yield Point(title, text, notes)
            before = entry


def _changed_targets(told: Glossary, mask: Mask) -> Iterator[Point]:
    for name in told.part("indicators"):
        path = f"indicators.{name}.target"
        entries = [one for one in told.steps if one.startswith(f"{path}.change.")]
        if not entries:
            continue
        before = told.steps[f"{path}.before"]["value"]
        for one in entries:
            entry = told.steps[one]
            text = _moved(told, path, before, entry["value"])
            if day := entry.get("origin", {}).get("as_of"):
                text += told.say(f"，自 {day} 起", f", from {day} on")
            title = f"{told.title('indicators', name)}{_of(told, 'target')}"
            yield Point(title, text, _notes(told, entry, mask))
            before = entry["value"]


def _adjustments(told: Glossary, mask: Mask) -> Iterator[Point]:
    for name in told.part("adjustments"):
        step = told.steps.get(f"adjustments.{name}")
        if step is None or not number(step["value"]):
            continue
        amount = told.amount(step)
        sign = "" if amount.startswith("-") else "+"
        notes = list(_events(told, name, mask))
        if step["outcome"] == "capped":
            notes.insert(0, sentence(told, step).text)
        yield Point(told.title("adjustments", name), f"{sign}{amount}", tuple(notes))


def _events(told: Glossary, name: str, mask: Mask) -> Iterator[str]:
    """How often it was recorded, and the evidence."""
    path = f"events.{name}"
    if path not in told.steps:
        return
    yield told.say("记录 ", "recorded ") + told.amount(told.steps[path])
    own = [one for one in told.steps if one == path or one.startswith(f"{path}.")]
    found = (note for one in own for note in _notes(told, told.steps[one], mask))
    yield from dict.fromkeys(found)


def _factors(told: Glossary) -> Iterator[Point]:
    """What the factors of the total made of it, where they made it another."""
    found = (told.steps.get(path) for path in ("total.factored", "total"))
    step = next((one for one in found if one and one["operation"] == "multiply"), None)
    if step is not None and step["operands"][0]["value"] != step["value"]:
        title = told.say("总分校正", "Correction of the total")
        yield Point(title, sentence(told, step).text)


def _limits(told: Glossary) -> Iterator[Point]:
    step = told.steps.get("total.cut")
    if step is None and told.steps.get("total", {}).get("outcome") == "capped":
        step = told.steps["total"] if not told.record["vetoed"] else None
    if step is not None:
        yield Point(told.say("总分", "Total"), sentence(told, step).text)


def vetoes(told: Glossary, mask: Mask) -> Iterator[Point]:
    """Each veto that holds: what it does, why, and the evidence; then what became of the total."""
    for name in told.record["vetoed"]:
        step = told.steps.get(f"vetoes.{name}")
        if step is None:
            continue
        why, effects = sentence(told, step)
        held = told.say("触发", "it holds")
        text = told.say("、", ", ").join(effects) or held
        notes = (*list(_events(told, name, mask))[1:], mask(why))
        yield Point(told.title("vetoes", name), text, notes)
    total = told.steps.get("total")
    if told.record["vetoed"] and total is not None and total["outcome"] == "capped":
        before = total["operands"][0]["value"]
        text = _moved(told, "total", before, total["value"])
        yield Point(told.say("总分", "Total"), told.say(f"因否决{text}", f"{text} by the veto"))


def _grade(told: Glossary, mask: Mask) -> Iterator[Point]:
    """What changed the grade after the total had made it, in the order of the work."""
    title = told.say("等级", "Grade")
    for step in told.steps.values():
        path = told.path(step)
        if (path != "grade" and not path.startswith("grade.")) or not step["operands"]:
            continue
        before, after = step["operands"][0]["value"], step["value"]
        if before == after or step["operation"] not in ("cap", "distribute"):
            continue
        first, second = told.grade(str(before)), told.grade(str(after))
        cause = told.say("否决项", "a veto")
        if step["operation"] == "distribute":
            cause = told.say("组内等级分布", "the distribution of the group")
        gap = " " if first[-1].isascii() else ""
        text = told.say(
            f"{cause}将等级由 {first}{gap}调整为 {second}",
            f"{cause} changed the grade from {first} to {second}",
        )
        yield Point(title, text)
    yield from _revised(told, "grade", title, mask)
