"""PapersOfResults for the tests, and their texts as they are read."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from written_records import Written, written

from perfrules.codes.code import Language
from perfrules.papers.feedback.statement import statement
from perfrules.papers.paper.parts import Paper, Part
from perfrules.records.papers.of_results import PapersOfResults
from perfrules.records.read import ResultFolder

CHANNEL = """
policy: channel
title: {zh: 渠道专员, en: Channel specialist}
indicators:
  sales:
    title: {zh: 渠道销售额, en: Channel sales}
    weight: 40%
    unit: CNY
    target: 800000
    score:
      bands:
        - {at_least: 100%, score: 100}
        - {at_least: 80%, score: 80}
        - {at_least: 60%, score: 60}
        - {otherwise: 0}
  customers:
    title: {zh: 新签客户, en: New customers}
    weight: 30%
    unit: 个
    target: 15
    score:
      bands:
        - {at_least: 100%, score: 100}
        - {at_least: 80%, score: 80}
        - {at_least: 60%, score: 60}
        - {otherwise: 0}
  cac:
    title: {zh: 获客成本, en: Acquisition cost}
    weight: 20%
    unit: CNY
    direction: lower_is_better
    target: 5000
    zero_actual: 120%
    score:
      bands:
        - {at_least: 100%, score: 100}
        - {at_least: 90%, score: 90}
        - {at_least: 80%, score: 80}
        - {otherwise: 0}
  upkeep:
    title: {zh: 渠道维护, en: Upkeep}
    weight: 10%
    unit: 分
    missing: exclude
    score: {direct: {min: 0, max: 100}}
total: {at_most: 120}
vetoes:
  fraud:
    title: {zh: 数据造假, en: Data fraud}
    when: fraud > 0
    then: {grade: 待改进}
grades:
  - {grade: 优秀, at_least: 90}
  - {grade: 良好, at_least: 80}
  - {grade: 合格, at_least: 60}
  - {otherwise: 待改进}
incentives:
  bonus:
    title: {zh: 季度奖金, en: Quarterly bonus}
    base: person.bonus_base
    tiers:
      by: sales.attainment
      whole:
        - {at_least: 100%, pay: 120%}
        - {at_least: 80%, pay: 100%}
        - {at_least: 60%, pay: 80%}
        - {otherwise: 0%}
"""


def given(sales: int, customers: int, cac: int, upkeep: int | None = 85, more: str = "") -> str:
    """What a person of the channel reached, for targets of 800 000, 15 and at most 5 000."""
    rated = "" if upkeep is None else f"upkeep: {{actual: {upkeep}}}, "
    return (
        f"{{sales: {{actual: {sales}}}, customers: {{actual: {customers}}}, "
        f"cac: {{actual: {cac}}}, {rated}{more}person: {{bonus_base: 10000}}}}"
    )


GIVEN = given(880000, 12, 4800)


def told(found: Written, language: Language = "zh", **more: Any) -> Paper:
    return statement(found.record, found.resolved, language, **more)


def of(folder: Path, given: str = GIVEN, policy: str = CHANNEL) -> Paper:
    return told(written(folder, policy, given))


def part(found: Paper, kind: str) -> Part:
    return next(one for one in found.parts if one.kind == kind)


def result(found: Paper) -> tuple[tuple[str, str], ...]:
    """The figures that stand out: total, grade, pay."""
    return part(found, "result").pairs


def lines(found: Paper, kind: str) -> list[str]:
    """A part as it is read: each point with its figures, the notes below it."""
    return [
        text
        for one in found.parts
        if one.kind == kind
        for point in one.points
        for text in (point.title + found.joint + point.figures, *point.notes)
    ]


def words(node: object) -> Iterator[str]:
    """Every text of a statement."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for one in node.values():
            yield from words(one)
    elif isinstance(node, list | tuple):
        for one in node:
            yield from words(one)


def everything(found: Paper) -> str:
    return "\n".join(words(dataclasses.asdict(found)))


def of_person(results: ResultFolder, person: str, language: Language = "zh") -> Paper:
    """The statement of somebody in a result folder."""
    found = PapersOfResults(results, language).of(person)
    assert isinstance(found, Paper)
    return found
