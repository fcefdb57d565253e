"""A `CycleResult` -> rows."""

from collections.abc import Mapping
from decimal import Decimal

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.exact import EXACT
from perfrules.model.cycle_result import CycleResult, Judged
from perfrules.model.policy import Policy
from perfrules.papers.overview.rows import Everybody, Line, Missing, PolicyFacts, QuotaRow

__all__ = ["everybody_of", "name_of_group"]


def everybody_of(result: CycleResult) -> Everybody:
    """The rows of a cycle that was evaluated."""
    cycle = result.cycle
    units = {one.person: one.name for one in result.judged if one.kind != "person" and one.name}
    before = _before_quotas(result, units)
    return Everybody(
        cycle=cycle.id if cycle else "",
        title=(cycle.title if cycle else None) or Text("", ""),
        start=cycle.start.isoformat() if cycle else "",
        end=cycle.end.isoformat() if cycle else "",
        lines=tuple(_line(one, units, before) for one in result.complete),
        missing=tuple(
            Missing(
                one.person, one.name, one.kind, one.title, *_why(problem),
                str(problem.place or one.place),
            )
            for one in result.rejected
            if one.kind != "segment"
            for problem in one.reasons
        ),
        policies={one.label: _facts(one) for one in result.policies},
        plans=result.pay_titles,
        budgets=_budgets(result),
    )  # fmt: skip


def _line(
    one: Judged, units: Mapping[str, str], before: Mapping[str, tuple[str, str | None]]
) -> Line:
    group, grade = before.get(one.person, ("", one.grade))
    return Line(
        one.person, one.name, one.kind, one.title, one.policy or "",
        units.get(one.team, one.team), units.get(one.department, one.department),
        one.total, one.grade, grade, group, one.pay, one.pay_total,
    )  # fmt: skip


def _before_quotas(
    result: CycleResult, units: Mapping[str, str]
) -> dict[str, tuple[str, str | None]]:
    """The group of everybody to whom quotas were applied, and the grade before."""
    return {
        member.subject: (name_of_group(group.name, units), member.figures.grade)
        for group in result.groups
        if group.rule == "distribution"
        for member in group.members
    }


def name_of_group(name: str, units: Mapping[str, str]) -> str:
    """`department=销售部` of the group `distribution · department=D100`; `units` has the names of
    units by id. Of a group of everybody, `*`. Where two policies have a group of the same name, a
    policy stands behind it (`department=D100 · sales@1`)."""
    where, mark, policy = name.partition(" · ")[2].partition(" · ")
    column, equals, value = where.partition("=")
    return f"{column}{equals}{units.get(value, value)}{mark}{policy}"


def _budgets(result: CycleResult) -> dict[str, Decimal]:
    """The amounts of pools, each once for each group that shares it."""
    found: dict[str, Decimal] = {}
    for group in result.groups:
        block, _, name = group.rule.partition(".")
        amounts = [one.figures.amount for one in group.members if one.figures.amount is not None]
        if block == "pools" and amounts:
            found[name] = EXACT.add(found.get(name, Decimal(0)), max(amounts))
    return found


def _facts(policy: Policy) -> PolicyFacts:
    rule = policy.distribution
    quotas = () if rule is None else rule.quotas
    return PolicyFacts(
        policy.label,
        policy.title,
        tuple(row.grade for row in policy.grades),
        tuple(QuotaRow(one.grade, one.bound, one.share.value) for one in quotas),
    )


def _why(problem: Diagnostic) -> tuple[Text, Text, str]:
    message = Text(problem.message("zh"), problem.message("en"))
    return message, Text(problem.help("zh"), problem.help("en")), problem.code
