"""A record in the order in which people read it: the result first, then how it came about.

Every layout (text, Markdown, HTML, JSON) shows this outline and nothing else. A step that
another one quotes in full (a single rating, the condition of a veto) has no line of its own
where that other one is there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from perfrules.codes.code import Language
from perfrules.reports.glossary import Glossary, Json
from perfrules.reports.line_labels import label
from perfrules.reports.measure import RATIO
from perfrules.reports.provenance import is_quoted, rules, sources
from perfrules.reports.words import sentence

__all__ = ["Block", "Line", "Outline", "Problem", "Row", "outline"]


@dataclass(frozen=True, slots=True)
class Line:
    """One step: what it is, what it says, where the rule stands, where the figures are from."""

    step: str
    label: str
    text: str
    notes: tuple[str, ...]
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Block:
    """What belongs together: an indicator, a section, the total, a payout."""

    kind: str
    title: str
    facts: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the overview: section, indicator, weight, attainment, score, weighted score."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    severity: str
    message: str
    place: str
    help: str
    code: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole explanation. `head` and `result` are pairs of a name and a value."""

    language: Language
    title: str
    complete: bool
    head: tuple[tuple[str, str], ...]
    result: tuple[tuple[str, str], ...]
    overview_head: tuple[str, ...]
    overview: tuple[Row, ...]
    problems: tuple[Problem, ...]
    blocks: tuple[Block, ...]
    seal: tuple[tuple[str, str], ...]


def outline(told: Glossary) -> Outline:
    """The outline of the record that `told` speaks of."""
    record = told.record
    return Outline(
        language=told.language,
        title=told.say("绩效考核结果说明", "How the appraisal came about"),
        complete=record["status"] == "complete",
        head=tuple(_head(told)),
        result=tuple(_result(told)),
        overview_head=_overview_head(told),
        overview=tuple(_overview(told)),
        problems=tuple(_problem(told, problem) for problem in record["problems"]),
        blocks=tuple(_blocks(told)),
        seal=(
            (told.say("方案摘要", "policy digest"), f"sha256:{record['policy']['digest']}"),
            (told.say("记录摘要", "record digest"), f"sha256:{record['digest']}"),
        ),
    )


def _head(told: Glossary) -> Iterator[tuple[str, str]]:
    record, resolved = told.record, told.resolved
    named = record.get("name") or told.steps.get("person.name", {}).get("value", "")
    subject = record["subject"] + (f"  {named}" if named else "")
    yield told.say("考核对象", "subject"), subject
    cycle = record["cycle"]
    if cycle:
        dates = told.say(f"{cycle['from']} 至 {cycle['to']}", f"{cycle['from']} to {cycle['to']}")
        name = told.text(cycle.get("title")) or cycle["id"]
        yield told.say("考核周期", "cycle"), told.say(f"{name}（{dates}）", f"{name} ({dates})")
    policy = record["policy"]
    name, number = policy["id"], policy["version"]
    title = told.text(resolved.get("title")) or name
    version = told.say(f"{name}，版本 {number}", f"{name}, version {number}")
    yield told.say("考核方案", "policy"), told.say(f"{title}（{version}）", f"{title} ({version})")


def _result(told: Glossary) -> Iterator[tuple[str, str]]:
    record = told.record
    if record["status"] != "complete":
        return
    yield told.say("总分", "total"), told.written(record["total"], told.measure("total"))
    if record["grade"] is not None:
        yield told.say("等级", "grade"), told.grade(record["grade"])
    if record["vetoed"]:
        titles = told.say("、", ", ").join(told.title("vetoes", name) for name in record["vetoed"])
        yield told.say("触发的否决项", "vetoes"), titles
    # In the order of the policy: a stored record has its keys sorted.
    plans = [*told.part("incentives"), *told.part("pools")]
    for name in [*plans, *(name for name in record["pay"] if name not in plans)]:
        if name in record["pay"]:
            value = told.written(record["pay"][name], told.measure(f"pay.{name}"))
            yield told.plan(name), value
    if record["awards"]:
        titles = told.say("、", ", ").join(told.title("awards", name) for name in record["awards"])
        yield told.say("奖项", "awards"), titles
    for name in told.part("follow_ups"):
        if name in record["follow_ups"]:
            due = record["follow_ups"][name]
            until = told.say(f"{due} 到期", f"due on {due}") if due else told.say("启动", "started")
            yield told.title("follow_ups", name), until
    if record["okr"] is not None:
        note = told.say(
            "（仅供参考，不计入总分和奖金）", " (shown only, part of no total and no pay)"
        )
        yield "OKR", told.written(record["okr"], told.measure("okr")) + note


# The overview: a row an indicator


def _overview_head(told: Glossary) -> tuple[str, ...]:
    first = (told.say("板块", "section"),) if told.part("sections") else ()
    return (
        *first,
        told.say("指标", "indicator"),
        told.say("权重", "weight"),
        told.say("达成率", "attainment"),
        told.say("得分", "score"),
        told.say("加权得分", "weighted"),
    )


def _overview(told: Glossary) -> Iterator[Row]:
    if "segments.1.total" in told.steps:
        return  # the indicators are those of the segments, each in a record of its own
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
                _weight(told, "indicators", name),
                _shown(told, f"{path}.attainment"),
                score,
                _shown(told, f"{path}.score.weighted"),
            )
        )


def _section(told: Glossary, name: str) -> str:
    return f"{told.title('sections', name)} {_weight(told, 'sections', name)}"


def _weight(told: Glossary, kind: str, name: str) -> str:
    return told.number(told.part(kind, name)["weight"], RATIO)


def _shown(told: Glossary, path: str) -> str:
    return told.value(told.steps[path]) if path in told.steps else "—"


def _problem(told: Glossary, problem: Json) -> Problem:
    language = told.language
    return Problem(
        problem["severity"], problem["message"][language], problem["place"],
        problem["help"][language], problem["code"],
    )  # fmt: skip


# The blocks: steps in the order of the work, gathered by what they belong to


def _blocks(told: Glossary) -> Iterator[Block]:
    gathered: dict[tuple[str, str], list[str]] = {}
    waiting: list[str] = []
    for path in told.steps:
        if is_quoted(told, path):
            continue
        kind, name = _owner(path)
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
        lines = tuple(_line(told, path, kind, name) for path in paths)
        yield Block(kind, _title(told, kind, name), tuple(_facts(told, kind, name)), lines)


_ORDER: Final = (
    "indicators", "sections", "adjustments", "total", "attainment", "vetoes", "grade", "awards",
    "pay", "follow_ups", "okr", "data",
)  # fmt: skip

_PART_OF: Final = {"distribution": "grade", "segments": "total", "pools": "pay"}
"""Steps that belong to the block of another."""


def _owner(path: str) -> tuple[str, str]:
    """The block of a step: its kind, and the name where there are several of the kind."""
    first, *rest = path.split(".")
    kind = _PART_OF.get(first, first)
    if kind in ("indicators", "sections", "pay", "awards"):
        return kind, rest[0]
    return (kind, "") if kind in _ORDER else ("data", "")


def _title(told: Glossary, kind: str, name: str) -> str:
    match kind:
        case "indicators" | "sections" | "awards":
            return told.title(kind, name)
        case "pay":
            return told.plan(name)
        case "attainment":
            return told.say("整体达成率", "Overall attainment")
        case "follow_ups":
            return told.say("后续跟进", "Follow-ups")
        case "okr":
            return told.say("OKR（仅供参考）", "OKR (shown only)")
        case "adjustments":
            return told.say("加减分", "Adjustments")
        case "total":
            return told.say("总分", "Total")
        case "vetoes":
            return told.say("否决项", "Vetoes")
        case "grade":
            return told.say("等级", "Grade")
    return told.say("其他数据", "Other data")


def _facts(told: Glossary, kind: str, name: str) -> Iterator[str]:
    """What the policy says of an indicator or section as a whole."""
    if kind not in ("indicators", "sections"):
        return
    block = told.part(kind, name)
    weight = _weight(told, kind, name)
    yield told.say(f"权重 {weight}", f"weight {weight}")
    if "section" in block:
        yield told.title("sections", block["section"])
    if kind == "indicators":
        if block["direction"] == "lower_is_better":
            yield told.say("越低越好", "lower is better")
        if block.get("source"):
            yield told.say(f"数据来源 {block['source']}", f"source {block['source']}")


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
