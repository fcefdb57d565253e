"""The table of scores: each indicator with its weight and weighted score, and the way to the total.

Every figure is one of the record's, unrounded as far as the total is made of it, so that whoever
adds the last column up comes to the total.
"""

from collections.abc import Iterator

from perfrules.papers.feedback.shown import shown, shown_number
from perfrules.papers.paper.parts import Table
from perfrules.words.explanation.line_labels import label
from perfrules.words.explanation.overview import weight_that_counts
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import PLAIN

__all__ = ["scores"]

_FIGURES = 6
"""Columns behind the indicator."""


def scores(told: Glossary, *, natures: bool = False) -> Table:
    """A row an indicator, in the order of the sections, each with its sum; below, the total. With
    `natures` a column says which indicators are counted and which are judged by people."""
    sections = list(told.part("sections"))
    head = (
        *((told.say("板块", "section"),) if sections else ()),
        *((told.say("维度", "dimension"),) if natures else ()),
        told.say("指标", "indicator"),
        told.say("权重", "weight"),
        told.say("实际值", "actual"),
        told.say("目标值", "target"),
        told.say("达成率", "attainment"),
        told.say("得分", "score"),
        told.say("加权得分", "weighted score"),
    )
    rows = [row for section in sections or [""] for row in _rows(told, section, natures)]
    before = bool(sections) + natures
    foot = tuple(_row_of_sum(before, *one) for one in _to_the_total(told))
    return Table(head, tuple(rows), figures=_FIGURES, foot=foot)


def _rows(told: Glossary, section: str, natures: bool) -> Iterator[tuple[str, ...]]:
    title = (told.title("sections", section),) if section else ()
    for name, indicator in told.part("indicators").items():
        if indicator.get("section", "") == section:
            nature = (_nature(told, indicator),) if natures else ()
            yield (*title, *nature, *_row(told, name))
            title = ("",) if section else ()
    if section:
        yield ("", *[""] * natures, *_sum_of(told, section))


def _nature(told: Glossary, indicator: Json) -> str:
    quantitative = indicator.get("nature") == "quantitative"
    return told.say("定量", "quantitative") if quantitative else told.say("定性", "qualitative")


def _row(told: Glossary, name: str) -> tuple[str, ...]:
    path = f"indicators.{name}"
    score = _cell(told, f"{path}.score")
    if f"{path}.excluded" in told.steps:
        score = told.say("不计入", "left out")
    return (
        told.title("indicators", name),
        _weight(told, "indicators", name),
        _cell(told, f"{path}.actual"),
        _cell(told, f"{path}.target"),
        _cell(told, f"{path}.attainment"),
        score,
        _exactly(told, f"{path}.score.weighted"),
    )


def _weight(told: Glossary, kind: str, name: str) -> str:
    found = weight_that_counts(told, kind, name)
    if found is None:
        return "—"
    return shown_number(told, found, told.measure(f"{kind}.{name}.weight"))


def _sum_of(told: Glossary, section: str) -> tuple[str, ...]:
    """A section's score, which is the sum of the weighted scores above, and what it counts."""
    path = f"sections.{section}"
    weight = _weight(told, "sections", section)
    title = told.say("小计", "sum")
    if f"{path}.excluded" in told.steps:
        score = told.say("不计入", "left out")
    else:
        score = _exactly(told, path)
        title += _over_weights(told, path)
    return (title, weight, "", "", "", score, _exactly(told, f"{path}.weighted"))


def _over_weights(told: Glossary, path: str) -> str:
    """`（64.707 ÷ 80%）` where the weights of what was left out are shared by others; the sum over
    the parts where weights are parts."""
    if f"{path}.weights" not in told.steps or told.moved:
        return ""
    above, below = (told.steps[f"{path}.{what}"]["value"] for what in ("sum", "weights"))
    weights = shown_number(told, below, told.measure(f"{path}.weights"))
    text = f"{told.number(above, PLAIN)} ÷ {weights}"
    return told.say(f"（{text}）", f" ({text})")


def _to_the_total(told: Glossary) -> Iterator[tuple[str, str]]:
    """The stages of the total, as far as each makes it another."""
    chain = ["total.sum", "total.share", "total.adjusted", "total.factored", "total.cut"]
    chain += [path for path in told.steps if path.startswith("total.revised.")]
    before = ""
    for path in [one for one in chain if one in told.steps]:
        text = _exactly(told, path)
        if text != before:
            name = label(told, path, "total", "")
            yield (name + _over_weights(told, "total") if path == "total.share" else name), text
        before = text
    yield _title_of_total(told), told.value(told.steps["total"])


def _title_of_total(told: Glossary) -> str:
    """With what the last stage did, where it is more than a sum that is rounded."""
    step = told.steps["total"]
    if step["operation"] == "revise":
        return told.say("总分（调整后）", "Total as revised")
    if step["outcome"] != "capped":
        in_parts = step["operation"] == "divide" and told.resolved.get("weights") == "parts"
        return told.say("总分", "Total") + (_over_weights(told, "total") if in_parts else "")
    if told.record["vetoed"]:
        return told.say("总分（否决后）", "Total after vetoes")
    return told.say("总分（封顶保底后）", "Total within limits")


def _row_of_sum(before: int, title: str, value: str) -> tuple[str, ...]:
    return (*[""] * before, title, *[""] * (_FIGURES - 1), value)


def _exactly(told: Glossary, path: str) -> str:
    """A figure of the sum with all its places, without a unit; a dash where there is none."""
    return told.number(told.steps[path]["value"], PLAIN) if path in told.steps else "—"


def _cell(told: Glossary, path: str) -> str:
    """A figure with its unit, a score without; a dash where there is none."""
    if path not in told.steps:
        return "—"
    return told.value(told.steps[path]) if path.endswith(".score") else shown(told, path)
