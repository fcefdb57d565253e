"""The steps in the order of the work, gathered by what they belong to.

A step that another one quotes in full (a single rating, the condition of a veto) has no line of
its own where that other one is there.
"""

from collections.abc import Iterator
from typing import Final

from perfrules.codes.code import Text
from perfrules.model.incentive import LINES
from perfrules.words.explanation.line_labels import label
from perfrules.words.explanation.outline import Block, Line
from perfrules.words.explanation.overview import weight
from perfrules.words.explanation.provenance import rules, sources
from perfrules.words.explanation.quoted import is_quoted
from perfrules.words.glossary import Glossary
from perfrules.words.of_step import sentence

__all__ = ["blocks"]

_ORDER: Final = (
    "indicators", "sections", "adjustments", "total", "attainment", "vetoes", "grade", "awards",
    "pay", "payouts", "pay_total", "follow_ups", "okr", "last", "data",
)  # fmt: skip

_PART_OF: Final = {
    "distribution": "grade", "segments": "total", "pools": "pay", "group": "total",
    "group_figures": "total",
}  # fmt: skip
"""Steps that belong to the block of another."""

_OF_PAYOUTS: Final = tuple(f"pay.{name}" for name in LINES)

_NAMED: Final = ("indicators", "sections", "pay", "awards")
"""Kinds of which there are several, each a block of its own."""

_TITLES: Final = {
    "attainment": Text("整体达成率", "Overall attainment"),
    "follow_ups": Text("后续跟进", "Follow-ups"),
    "payouts": Text("激励合计限额", "Limits of all incentives"),
    "pay_total": Text("奖金合计", "Total pay"),
    "okr": Text("OKR（仅供参考）", "OKR (shown only)"),
    "last": Text("上一周期（仅供参考）", "Last cycle (shown only)"),
    "adjustments": Text("加减分", "Adjustments"),
    "total": Text("总分", "Total"),
    "vetoes": Text("否决项", "Vetoes"),
    "grade": Text("等级", "Grade"),
    "data": Text("其他数据", "Other data"),
}


def blocks(told: Glossary) -> Iterator[Block]:
    """All blocks that have a line, in the order in which they are read."""
    gathered: dict[tuple[str, str], list[str]] = {}
    waiting: list[str] = []
    for path in told.steps:
        if is_quoted(told, path):
            continue
        kind, name = _owner(told, path)
        if kind == "data":
            # A figure from the people table or the calendar belongs to what first reads it.
            waiting.append(path)
            continue
        gathered.setdefault((kind, name), []).extend((*waiting, path))
        waiting = []
    if waiting:
        gathered[("data", "")] = waiting
    for kind, name in sorted(gathered, key=lambda key: _ORDER.index(key[0])):
        paths = gathered[(kind, name)]
        if kind == "grade":
            paths.sort(key=_stage_of_grade)
        lines = tuple(_line(told, path, kind, name) for path in paths)
        yield Block(kind, _title(told, kind, name), tuple(_facts(told, kind, name)), lines)


def _owner(told: Glossary, path: str) -> tuple[str, str]:
    """The block of a step: its kind, and the name where there are several of the kind."""
    first, *rest = path.split(".")
    if told.moved and first in ("indicators", "group"):
        return "data", ""  # a figure of the last segment, which a rule reads
    if first == "segments" and rest[-1] == "cap":
        return "grade", ""
    if first == "segments" and rest[-1] == "lowered":
        return "payouts", ""
    if path in _OF_PAYOUTS and "payouts.sum" in told.steps:
        return "payouts", ""
    kind = _PART_OF.get(first, first)
    if kind in _NAMED:
        return kind, rest[0]
    return (kind, "") if kind in _ORDER else ("data", "")


def _stage_of_grade(path: str) -> int:
    """The grade by the total comes before what a group makes of it, though it is written later."""
    stages = ("grade.by_total", "segments.", "grade.capped")
    return next((at for at, start in enumerate(stages) if path.startswith(start)), len(stages))


def _title(told: Glossary, kind: str, name: str) -> str:
    if kind == "pay":
        return told.plan(name)
    return told.title(kind, name) if kind in _NAMED else _TITLES[kind].into(told.language)


def _facts(told: Glossary, kind: str, name: str) -> Iterator[str]:
    """What the policy says of an indicator or section as a whole."""
    if kind not in ("indicators", "sections"):
        return
    block = told.part(kind, name)
    share = weight(told, kind, name)
    yield told.say(f"权重 {share}", f"weight {share}")
    if "section" in block:
        yield told.title("sections", block["section"])
    if kind == "indicators":
        if block["direction"] == "lower_is_better":
            yield told.say("越低越好", "lower is better")
        if block.get("source"):
            source = Text.halves(block["source"]).into(told.language)
            yield told.say(f"数据来源 {source}", f"source {source}")


def _line(told: Glossary, path: str, kind: str, name: str) -> Line:
    step = told.steps[path]
    said = sentence(told, step)
    return Line(
        step=step["id"],
        label=label(told, path, kind, name),
        text=said.text,
        notes=said.notes,
        rules=tuple(rules(told, step)),
        sources=tuple(sources(told, step)),
        outcome=step["outcome"],
    )
