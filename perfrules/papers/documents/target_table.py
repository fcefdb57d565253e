"""The indicators of a policy on one table: weights, targets, and the other figures asked for."""

from collections.abc import Iterator, Mapping
from typing import Final

from perfrules.papers.documents.of_cycle import DASH
from perfrules.papers.paper.parts import Table
from perfrules.words.glossary import Glossary
from perfrules.words.rules.indicators import figure_text, target_of, weight_share

__all__ = ["Agreed", "target_table"]

Agreed = Mapping[str, Mapping[str, object]]
"""What the data say for one subject: of an indicator its `target`, `baseline`, `weight` (a ratio)
and declared figures, as far as they are there."""

_NOTHING: Final = ("none", "required")


def target_table(told: Glossary, agreed: Agreed) -> Table:
    """A row for each indicator, with its section where there are any; baselines and declared
    figures are columns where one of the indicators has them."""
    further = list(dict.fromkeys(_further(told)))
    in_sections, last = bool(told.part("sections")), ""
    rows = []
    for name, one in told.part("indicators").items():
        own = agreed.get(name, {})
        figures = (
            weight_share(told, name, own.get("weight")),
            target_of(told, name, own.get("target")),
            *(_figure(told, name, key, own.get(key)) for key, _ in further),
        )
        section = told.title("sections", one["section"]) if in_sections else ""
        shown, last = ("" if section == last else section), section
        row = (told.title("indicators", name), *figures)
        rows.append((shown, *row) if in_sections else row)
    head = (
        *((told.say("板块", "section"),) if in_sections else ()),
        told.say("指标", "indicator"),
        told.say("权重", "weight"),
        told.say("目标值", "target"),
        *(title for _, title in further),
    )
    return Table(head, tuple(rows), figures=2 + len(further))


def _further(told: Glossary) -> Iterator[tuple[str, str]]:
    """Baselines and declared figures, by name, with what they are called."""
    for name, one in told.part("indicators").items():
        baseline = () if one.get("baseline", "none") == "none" else ("baseline",)
        for key in (*baseline, *one.get("figures", ())):
            yield key, told.name(f"indicators.{name}.{key}", name)


def _figure(told: Glossary, name: str, key: str, given: object) -> str:
    """A baseline or a declared figure: the data's, or the policy's."""
    rule = told.part("indicators", name)
    value = rule.get(key, "none") if given is None else given
    if key not in ("baseline", *rule.get("figures", ())) or value == "none":
        return DASH
    if value in _NOTHING or isinstance(value, list | tuple):
        return told.say("随数据给定", "of the data")
    return figure_text(told, name, value)
