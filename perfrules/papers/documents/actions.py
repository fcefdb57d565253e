"""营销目标行动计划表: what is done for each goal, by whom, with what, and what may come between."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfrules.exact import EXACT
from perfrules.model.targets import Action, Goal, Risk, Targets
from perfrules.papers.documents.of_cycle import DASH, CycleOf
from perfrules.papers.paper.parts import Paper, Part, Table
from perfrules.words.states import STATES

__all__ = ["actions"]


class _Planned(NamedTuple):
    """An action or a risk, and the goal or part for which it is."""

    goal: Goal
    action: Action | None = None
    risk: Risk | None = None


def actions(targets: Targets, cycle: CycleOf, only: frozenset[str] | None = None) -> Paper:
    """One paper for all. With `only` those of the goals' parts of these names, and those whose
    owner is one of them."""
    parts: list[Part] = []
    budgets: list[Decimal] = []
    several = 0
    for goal in targets.goals:
        planned = [one for one in _planned(goal) if only is None or _concerns(one, only)]
        if planned:
            parts += _parts(goal, planned, targets.currency, cycle)
            own = _budgets(planned)
            budgets += own
            several += bool(own)
    if not parts:
        text = cycle.say("目标分解中没有行动和风险。", "There are no actions and no risks.")
        parts.append(Part("actions", "", remark=text))
    elif several > 1:
        name = cycle.say("预算合计", "budget in all")
        total = cycle.amount(_sum(budgets), targets.currency)
        parts.append(Part("budget", cycle.say("预算", "Budget"), pairs=((name, total),)))
    parts.append(
        cycle.signing(("编制人签字", "Drawn up by"), ("部门负责人签字", "Signature of the head"))
    )
    return Paper(
        kind="actions",
        language=cycle.language,
        title=cycle.say("营销目标行动计划表", "Plan of actions"),
        cycle=cycle.name,
        secrecy=cycle.secrecy,
        head=cycle.head(),
        parts=tuple(parts),
        seal=cycle.seal,
        wide=True,
    )


def _planned(goal: Goal) -> Iterator[_Planned]:
    for part in goal.walk():
        yield from (_Planned(part, action=one) for one in part.actions)
        yield from (_Planned(part, risk=one) for one in part.risks)


def _concerns(one: _Planned, only: frozenset[str]) -> bool:
    what = one.action or one.risk
    return one.goal.name in only or (what is not None and what.owner in only)


def _parts(
    goal: Goal, planned: Sequence[_Planned], currency: str, cycle: CycleOf
) -> Iterator[Part]:
    title = cycle.text(goal.title) or goal.name
    rows = [_action(one.goal, one.action, goal, currency, cycle) for one in planned if one.action]
    if rows:
        head = (
            cycle.say("行动", "action"),
            cycle.say("所属", "part"),
            cycle.say("方法", "method"),
            cycle.say("负责人", "owner"),
            cycle.say("起止日期", "from – to"),
            cycle.say("所需资源", "resources"),
            cycle.say("状态", "state"),
            cycle.say("预算", "budget"),
        )
        budgets = _budgets(planned)
        total = cycle.amount(_sum(budgets), currency)
        foot = ((cycle.say("预算合计", "budget in all"), *[""] * 6, total),) if budgets else ()
        shares = (26, 14, 24, 14, 19, 22, 12, 19)
        table = Table(head, tuple(rows), figures=1, foot=foot, shares=shares)
        yield Part("actions", title, table=table)
    risks = [_risk(one.goal, one.risk, goal, cycle) for one in planned if one.risk]
    if risks:
        heads = (
            cycle.say("风险", "risk"),
            cycle.say("所属", "part"),
            cycle.say("应对措施", "counter-measure"),
            cycle.say("负责人", "owner"),
        )
        text = cycle.say(f"{title}：风险与应对", f"{title}: risks")
        yield Part("risks", text, table=Table(heads, tuple(risks), shares=(34, 16, 50, 16)))


def _action(part: Goal, one: Action, goal: Goal, currency: str, cycle: CycleOf) -> tuple[str, ...]:
    start = one.start.isoformat() if one.start else cycle.say("期初", "the beginning")
    return (
        cycle.text(one.title),
        _whose(part, goal, cycle),
        cycle.text(one.method) or DASH,
        one.owner or DASH,
        cycle.say(f"{start} 至 {one.end.isoformat()}", f"{start} to {one.end.isoformat()}"),
        one.resources or DASH,
        cycle.text(STATES[one.state]) if one.state else DASH,
        cycle.say("不计", "not counted")
        if one.budget is not None and one.state == "dropped"
        else cycle.amount(one.budget, currency),
    )


def _risk(part: Goal, one: Risk, goal: Goal, cycle: CycleOf) -> tuple[str, ...]:
    measure = cycle.text(one.counter_measure)
    return cycle.text(one.title), _whose(part, goal, cycle), measure, one.owner or DASH


def _whose(part: Goal, goal: Goal, cycle: CycleOf) -> str:
    if part is goal:
        return cycle.say("整个目标", "the whole goal")
    return cycle.text(part.title) or part.name


def _budgets(planned: Iterable[_Planned]) -> list[Decimal]:
    found = (one.action.budget for one in planned if one.action and one.action.state != "dropped")
    return [one for one in found if one is not None]


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    return functools.reduce(EXACT.add, amounts, Decimal(0))
