"""Pay by plan and by department, against the budget where there is one."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from perfrules.codes.code import Text
from perfrules.exact import EXACT
from perfrules.papers.overview.figures import sum_of
from perfrules.papers.overview.rows import Everybody

__all__ = ["DepartmentPay", "PlanPay", "pay_by_department", "pay_by_plan", "pay_in_all"]


class PlanPay(NamedTuple):
    """What a plan pays: to how many, how much in all, and its budget, None where none is given."""

    plan: str
    title: Text
    paid: int
    total: Decimal
    budget: Decimal | None


class DepartmentPay(NamedTuple):
    """What a department is paid: how many of its people, how much by plan and in all, and its
    budget, None where none is given. The name is empty for those who are in none."""

    name: str
    people: int
    by_plan: Mapping[str, Decimal]
    total: Decimal
    budget: Decimal | None = None


def pay_by_plan(everybody: Everybody) -> tuple[PlanPay, ...]:
    """Every plan in the order of `plans`, also one that pays nothing."""
    found = []
    for plan, title in everybody.plans.items():
        amounts = [line.pay[plan] for line in everybody.lines if plan in line.pay]
        paid = sum(1 for amount in amounts if amount)
        found.append(PlanPay(plan, title, paid, sum_of(amounts), everybody.budgets.get(plan)))
    return tuple(found)


def pay_by_department(everybody: Everybody) -> tuple[DepartmentPay, ...]:
    """Departments, the one with most pay first, level ones by name. A team or a department that is
    paid itself stands under its own name."""
    people: dict[str, int] = {}
    sums: dict[str, dict[str, Decimal]] = {}
    for line in everybody.lines:
        if line.kind != "person" and not line.pay:
            continue
        name = line.department or ("" if line.kind == "person" else line.name or line.subject)
        people[name] = people.get(name, 0) + (line.kind == "person")
        own = sums.setdefault(name, {})
        for plan, amount in line.pay.items():
            own[plan] = EXACT.add(own.get(plan, Decimal(0)), amount)
    budgets = everybody.department_budgets
    found = [
        DepartmentPay(name, people[name], own, sum_of([*own.values()]), budgets.get(name))
        for name, own in sums.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.total, one.name)))


def pay_in_all(everybody: Everybody) -> Decimal:
    """The sum of all lines of pay of everybody."""
    return sum_of([amount for line in everybody.lines for amount in line.pay.values()])
