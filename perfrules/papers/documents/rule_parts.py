"""The rules of a policy as parts of a paper: what handbooks and confirmations have in common."""

from collections.abc import Collection, Iterator, Mapping

from perfrules.papers.charts.curve import spans_of, values_of
from perfrules.papers.charts.pieces import Curve
from perfrules.papers.paper.parts import Part, Point, Table
from perfrules.words.explanation.blocks import blocks
from perfrules.words.explanation.head import lines_of_pay
from perfrules.words.glossary import Glossary, Json
from perfrules.words.measure import RATIO
from perfrules.words.rules.of_policy import chapters
from perfrules.words.rules.results import grade_rules
from perfrules.words.rules.rule import Chapter, Rule

__all__ = ["Pictures", "example_part", "rule_parts"]

Pictures = Mapping[str, Curve]
"""Curves of incentives by their ids."""


def rule_parts(
    told: Glossary, kinds: Collection[str] = (), pictures: Pictures | None = None
) -> Iterator[Part]:
    """A part for each chapter of the policy, of those `kinds` only where some are named; the
    picture of an incentive stands below it."""
    for chapter in chapters(told):
        if kinds and chapter.kind not in kinds:
            continue
        if chapter.kind == "grades":
            yield _grades(told, chapter)
        else:
            yield Part(chapter.kind, chapter.title, tuple(map(_point, chapter.rules)))
        if chapter.kind == "incentives":
            yield from _curves(told, pictures or {})


def _point(rule: Rule) -> Point:
    return Point(rule.title, rule.figures, rule.lines)


def _curves(told: Glossary, pictures: Pictures) -> Iterator[Part]:
    for name, picture in pictures.items():
        across, up = (text.into(told.language) for text in (picture.across, picture.up))
        title = told.say(
            f"{told.plan(name)}：{up}随{across}的变化", f"{told.plan(name)}: {up} by {across}"
        )
        rows = tuple(zip(spans_of(picture, told.language), values_of(picture), strict=True))
        remark = told.say("；", "; ").join(note.into(told.language) for note in picture.notes)
        table = Table((across, up), rows)
        yield Part("curve", title, picture=picture, table=table, remark=remark)


def _grades(told: Glossary, chapter: Chapter) -> Part:
    """The grades as a table with what each of them pays, and the quotas below."""
    graded = {rule.name: rule for rule in grade_rules(told)}
    plans = [name for name, plan in told.part("incentives").items() if "by_grade" in plan]
    head = (
        told.say("等级", "grade"),
        told.name("total"),
        *(told.plan(name) for name in plans),
    )
    rows = tuple(
        (rule.title, rule.figures, *(_rate(told, name, grade) for name in plans))
        for grade, rule in graded.items()
    )
    others = tuple(_point(rule) for rule in chapter.rules if rule.name not in graded)
    table = Table(head, rows, figures=len(plans)) if rows else None
    return Part(chapter.kind, chapter.title, others, table)


def _rate(told: Glossary, plan: str, grade: str) -> str:
    return told.number(told.part("incentives", plan, "by_grade")[grade], RATIO)


def example_part(told: Glossary, record: Json) -> Part:
    """How the rules work on a made-up result: each step of its trace in words."""
    shown = Glossary(record, told.resolved, told.language, (), told.currency)
    say = told.say
    points = tuple(
        Point(
            block.title,
            shown.say("，", ", ").join(block.facts),
            tuple(
                f"{line.label}{shown.say('：', ': ')}{line.text}{_aside(shown, line.notes)}"
                for line in block.lines
            ),
        )
        for block in blocks(shown)
    )
    result = [(say("总分", "Total"), shown.written(record["total"], shown.measure("total")))]
    if record["grade"] is not None:
        result.append((say("等级", "Grade"), shown.grade(record["grade"])))
    for name in lines_of_pay(shown):
        amount = shown.written(record["pay"][name], shown.measure(f"pay.{name}"))
        result.append((shown.plan(name), amount))
    remark = say(
        "以下数字都是假设的，不是任何人的数据；计算由程序按本方案实际完成。"
        "强制分布、评优和奖金池要与其他人比较，不在例中。",
        "All figures here are made up and nobody's; the calculation is what the program does by "
        "this policy. Quotas, awards and pools compare people and are left out.",
    )
    return Part(
        "example", say("算一个例子", "A worked example"), points, remark=remark, pairs=tuple(result)
    )


def _aside(told: Glossary, notes: tuple[str, ...]) -> str:
    """What there is to add to a step, in brackets behind it."""
    joined = told.say("；", "; ").join(notes)
    return told.say(f"（{joined}）", f" ({joined})") if joined else ""
