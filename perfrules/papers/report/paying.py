"""Pay by plan and by department, against the budget where there is one."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.exact import EXACT
from perfrules.papers.charts.bars import bars
from perfrules.papers.charts.series import Series
from perfrules.papers.overview.figures import sum_of
from perfrules.papers.overview.pay import (
    DepartmentPay,
    PlanPay,
    pay_by_department,
    pay_by_plan,
    pay_in_all,
)
from perfrules.papers.overview.rows import Everybody
from perfrules.papers.paper.parts import Table
from perfrules.papers.report.parts import DASH, Chapter, Shown, Teller

__all__ = ["paying"]

_APART: Final = 4
"""So many plans have a part of their own in the picture of departments; the others share one."""

_DRAWN: Final = 30
_LISTED: Final = 200


def paying(everybody: Everybody, told: Teller) -> Chapter:
    """The chapter on pay."""
    title = told.say("奖金与提成", "Pay")
    plans = [one for one in pay_by_plan(everybody) if one.total or one.budget]
    if not plans:
        none = told.say("本周期没有发放金额", "Nothing is paid in this cycle")
        return Chapter("pay", title, (Shown(none),))
    total = pay_in_all(everybody)
    shown = (_plans(plans, total, told), _departments(everybody, plans, total, told))
    return Chapter("pay", title, shown)


def _plans(plans: Sequence[PlanPay], total: Decimal, told: Teller) -> Shown:
    largest = max(plans, key=lambda one: one.total)
    finding = told.say(
        f"合计 {told.amount(total)}；{told.text(largest.title)}最多，占 "
        f"{told.share(largest.total, total)}",
        f"{told.amount(total)} in all; {told.text(largest.title)} is the most, "
        f"{told.share(largest.total, total)}",
    )
    over = [one for one in plans if one.budget is not None and one.total > one.budget]
    if over:
        names = told.some(told.text(one.title) for one in over)
        finding += told.say(f"；{names}超出预算", f"; {names} above budget")
    ordered = sorted(plans, key=lambda one: (-one.total, one.plan))
    picture = bars(
        finding, "", [told.text(one.title) for one in ordered],
        [Series("", tuple(one.total for one in ordered))],
        limits=tuple(one.budget for one in ordered), places=told.places,
    )  # fmt: skip
    head = (
        told.say("项目", "plan"), told.say("有金额的人数", "people paid"),
        told.say("金额", "amount"), told.say("占比", "share"), told.say("预算", "budget"),
        told.say("预算结余", "left of it"), told.say("已用", "used"),
    )  # fmt: skip
    rows = tuple(_plan(one, total, told) for one in ordered)
    foot = ((told.say("合计", "in all"), "", told.money(total), "100%", "", "", ""),)
    has_budget = any(one.budget is not None for one in plans)
    note = told.say(
        "粗竖线是预算：预算表中的金额，或奖金池的总额（按各组相加）；其他项目没有给出预算。",
        "The thick stroke is the budget: that of the table of budgets, or the amount of a pool, "
        "added up over the groups. No budget is given for other plans.",
    )
    if not has_budget:
        note = told.say(
            "没有给出预算，因此没有对比（数据中只有奖金池带有总额，本次没有用到；"
            "可用 --budget 指定预算表）。",
            "No budget is given, so that there is nothing to hold pay against (of the data only "
            "pools have an amount, and none was shared out; --budget names a table).",
        )
    return Shown(finding, picture, Table(head, rows, 6, foot=foot), (note, *_unit(told)))


def _unit(told: Teller) -> tuple[str, ...]:
    if not told.currency:
        return ()
    return (told.say(f"金额单位：{told.currency}。", f"Amounts are in {told.currency}."),)


def _plan(one: PlanPay, total: Decimal, told: Teller) -> tuple[str, ...]:
    left, used = DASH, DASH
    if one.budget is not None:
        left = told.money(EXACT.subtract(one.budget, one.total))
        used = told.share(one.total, one.budget)
    budget = told.say("未给出", "none given") if one.budget is None else told.money(one.budget)
    share = told.share(one.total, total)
    return told.text(one.title), f"{one.paid:,}", told.money(one.total), share, budget, left, used


def _departments(
    everybody: Everybody, plans: Sequence[PlanPay], total: Decimal, told: Teller
) -> Shown:
    found = pay_by_department(everybody)

    def name(one: DepartmentPay) -> str:
        return one.name or told.say("没有部门", "no department")

    finding = told.say(
        f"{name(found[0])}最多：{told.amount(found[0].total)}，占 "
        f"{told.share(found[0].total, total)}",
        f"{name(found[0])} is paid most: {told.amount(found[0].total)}, "
        f"{told.share(found[0].total, total)}",
    )
    ordered = sorted(plans, key=lambda one: (-one.total, one.plan))
    apart = ordered[: _APART if len(ordered) > _APART + 1 else len(ordered)]
    columns: list[tuple[Text, tuple[str, ...]]] = [(one.title, (one.plan,)) for one in apart]
    if len(apart) < len(ordered):
        rest = tuple(one.plan for one in ordered[len(apart) :])
        columns.append((Text("其他项目", "other plans"), rest))
    drawn = found[:_DRAWN]
    series = [
        Series(told.text(title), tuple(_of(one, names) for one in drawn))
        for title, names in columns
    ]
    over = [one for one in found if one.budget is not None and one.total > one.budget]
    if over:
        finding += told.say("；超出预算：", "; above budget: ") + told.some(map(name, over))
    picture = bars(
        finding, "", [name(one) for one in drawn], series, stacked=True, places=told.places,
        limits=tuple(one.budget for one in drawn),
    )  # fmt: skip
    head = (
        told.say("部门", "department"), told.say("人数", "people"),
        *(told.text(title) for title, _ in columns),
        told.say("合计", "in all"), told.say("占比", "share"), *_budget_head(found, told),
    )  # fmt: skip
    rows = tuple(
        (
            name(one), f"{one.people:,}", *(told.money(_of(one, names)) for _, names in columns),
            told.money(one.total), told.share(one.total, total), *_budget_of(one, found, told),
        )
        for one in found[:_LISTED]
    )  # fmt: skip
    sums = (told.money(sum_of([_of(one, names) for one in found])) for _, names in columns)
    people = f"{sum(one.people for one in found):,}"
    blanks = [""] * len(_budget_head(found, told))
    foot = ((told.say("合计", "in all"), people, *sums, told.money(total), "100%", *blanks),)
    note = told.say(
        "没有给出部门预算（可用 --budget 指定预算表）。各人各项目的金额见 appraisals.csv。",
        "No budget is given for departments (--budget names a table). The amounts of each person "
        "are in appraisals.csv.",
    )
    if everybody.department_budgets:
        note = told.say(
            "粗竖线是部门预算。各人各项目的金额见 appraisals.csv。",
            "The thick stroke is the budget of the department. The amounts of each person are in "
            "appraisals.csv.",
        )
    return Shown(finding, picture, Table(head, rows, len(head) - 1, foot=foot), (note,))


def _budget_head(found: Sequence[DepartmentPay], told: Teller) -> tuple[str, ...]:
    """Columns that are there only where a department has a budget."""
    if all(one.budget is None for one in found):
        return ()
    return told.say("预算", "budget"), told.say("已用", "used")


def _budget_of(one: DepartmentPay, found: Sequence[DepartmentPay], told: Teller) -> tuple[str, ...]:
    if not _budget_head(found, told):
        return ()
    if one.budget is None:
        return told.say("未给出", "none given"), DASH
    return told.money(one.budget), told.share(one.total, one.budget)


def _of(one: DepartmentPay, plans: Sequence[str]) -> Decimal:
    return sum_of([one.by_plan.get(plan, Decimal(0)) for plan in plans])
