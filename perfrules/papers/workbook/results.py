"""The sheets of results: people on one, teams, departments and projects on another."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.model.cycle_result import CycleResult, Judged
from perfrules.papers.workbook.columns import Cell, Column, Table, places, style_of

__all__ = ["about", "is_person", "kind_of", "results_of_people", "results_of_units"]

_JOINT: Final = Text("；", "; ")

_KINDS: Final[Mapping[str, Text]] = {
    "person": Text("人员", "Person"),
    "segment": Text("任职段", "Segment"),
    "team": Text("团队", "Team"),
    "department": Text("部门", "Department"),
    "project": Text("项目", "Project"),
    "unit": Text("组织", "Unit"),
}


def is_person(one: Judged) -> bool:
    """Whether a line is about a person, or about one of the roles that a person held."""
    return one.kind in ("person", "segment")


def kind_of(one: Judged, language: Language) -> str:
    """What a line is about; nothing where it is simply a person."""
    return "" if one.kind == "person" else _KINDS[one.kind].into(language)


def about(language: Language, *, people: bool) -> tuple[Column[Judged], ...]:
    """Who it is; the first columns of every sheet."""
    code = Text("工号", "ID") if people else Text("编号", "ID")
    name = Text("姓名", "Name") if people else Text("名称", "Name")
    role = Text("岗位", "Role") if people else Text("考核类型", "Appraised as")
    return (
        Column(code, lambda one: one.person, stays=True),
        Column(name, lambda one: one.name, stays=True),
        Column(Text("类别", "Kind"), lambda one: kind_of(one, language)),
        Column(role, lambda one: one.title.into(language), widest=24),
    )


def results_of_people(result: CycleResult, language: Language) -> Table[Judged]:
    """Who has a result, a row each."""
    found = tuple(one for one in result.complete if is_person(one))
    return _results(Text("考核结果", "Results"), result, found, language, people=True)


def results_of_units(result: CycleResult, language: Language) -> Table[Judged]:
    """The teams, departments and projects with a result, a row each."""
    found = tuple(one for one in result.complete if not is_person(one))
    return _results(Text("组织结果", "Unit results"), result, found, language, people=False)


def _results(
    name: Text, result: CycleResult, found: tuple[Judged, ...], language: Language, *, people: bool
) -> Table[Judged]:
    titles: dict[tuple[str | None, str], Text] = {
        (policy.label, rule.name): rule.title
        for policy in result.policies
        for rule in policy.follow_ups
    }

    joint = _JOINT.into(language)

    def joined(these: Callable[[Judged], Iterator[Text]]) -> Callable[[Judged], str]:
        return lambda one: joint.join(title.into(language) for title in these(one))

    return Table(
        name,
        (
            *about(language, people=people),
            Column(Text("团队", "Team"), lambda one: one.team),
            Column(Text("部门", "Department"), lambda one: one.department),
            Column(
                Text("总分", "Total"),
                lambda one: one.total,
                style_of(places(one.total for one in found), "0"),
                align="right",
            ),
            Column(Text("等级", "Grade"), lambda one: one.grade, align="center"),
            Column(
                Text("奖金合计", "Total pay"),
                lambda one: one.pay_total,
                style_of(places(one.pay_total for one in found)),
                align="right",
                summed=True,
            ),
            *(_pay(plan, title, found) for plan, title in result.pay_titles.items()),
            Column(
                Text("奖项", "Awards"), joined(lambda one: iter(one.awards.values())), widest=24
            ),
            Column(
                Text("后续跟进", "Follow-ups"),
                lambda one: joint.join(_follow_ups(one, titles, language)),
                widest=24,
            ),
            Column(
                Text("一票否决", "Vetoes"), joined(lambda one: iter(one.vetoed.values())), widest=24
            ),
            Column(
                Text("不计入的指标", "Left out"),
                joined(lambda one: (line.title for line in one.indicators if line.excluded)),
                widest=24,
            ),
            Column(Text("考核方案", "Policy"), lambda one: one.policy),
        ),
        lambda: found,
    )


def _pay(plan: str, title: Text, found: tuple[Judged, ...]) -> Column[Judged]:
    def amount(one: Judged) -> Cell:
        return one.pay.get(plan)

    values: Iterator[Decimal | None] = (one.pay.get(plan) for one in found)
    return Column(title, amount, style_of(places(values)), align="right", summed=True)


def _follow_ups(
    one: Judged, titles: Mapping[tuple[str | None, str], Text], language: Language
) -> Iterator[str]:
    """What is set going, and until when."""
    for name, due in one.follow_ups.items():
        title = titles.get((one.policy, name))
        shown = title.into(language) if title else name
        yield shown if due is None else f"{shown} → {due.isoformat()}"
