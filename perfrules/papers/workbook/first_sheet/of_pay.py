"""What is paid: by plan, against the budget where there is one, and by department."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Language, Text
from perfrules.exact import EXACT, divided, percent
from perfrules.papers.overview.figures import sum_of
from perfrules.papers.overview.pay import (
    DepartmentPay,
    PlanPay,
    pay_by_department,
    pay_by_plan,
    pay_in_all,
)
from perfrules.papers.overview.rows import Everybody
from perfrules.papers.workbook.columns import Cell, Figure, places, style_of
from perfrules.papers.workbook.first_sheet.blocks import MOST, Block, Chart, short

__all__ = ["pay_blocks"]

_PLANS: Final = 5
"""So many plans have a colour of their own; what is left is one more."""

_AMOUNT: Final = Text("金额", "Amount")
_BUDGET: Final = Text("预算", "Budget")
_PEOPLE: Final = Text("人数", "People")
_OTHERS: Final = Text("其他", "others")
_NONE: Final = Text("（未填）", "(none)")


def pay_blocks(everybody: Everybody, language: Language) -> Iterator[Block]:
    """Nothing where no plan pays anybody."""
    plans = sorted(
        (one for one in pay_by_plan(everybody) if one.total or one.budget),
        key=lambda one: -one.total,
    )
    if plans:
        in_all = pay_in_all(everybody)
        yield _plans_block(plans, in_all, language)
        yield _departments_block(pay_by_department(everybody), plans, in_all, language)


def _money(values: Sequence[Decimal | None]) -> str:
    return style_of(places(values))


def _plans_block(plans: Sequence[PlanPay], in_all: Decimal, language: Language) -> Block:
    shown = plans[:MOST]
    has_budget = any(one.budget is not None for one in shown)
    style = _money([figure for one in shown for figure in (one.total, one.budget)])
    first = short(shown[0].title.into(language))
    share = percent(divided(shown[0].total, in_all, 2, "half_up")) if in_all > 0 else ""
    part = (
        Text(f"，{first}约占 {share}", f", {first} about {share} of it") if share else Text("", "")
    )
    if share and len(plans) == 1:
        part = Text("", "")
    sum_shown = _shown(in_all, shown)
    title = Text(
        f"各项奖金：合计 {sum_shown}{part.zh}", f"Pay by plan: {sum_shown} in all{part.en}"
    )
    head = (Text("奖金项目", "Plan"), _PEOPLE, _AMOUNT, *([_BUDGET] if has_budget else []))
    rows: list[tuple[Cell, ...]] = []
    for one in shown:
        budget: tuple[Cell, ...] = (_figure(one.budget, style),) if has_budget else ()
        name = short(one.title.into(language))
        rows.append((name, Decimal(one.paid), Figure(one.total, style), *budget))
    more = len(plans) - len(shown)
    note = Text(f"另有 {more} 项未列出。", f"{more} more plans are not listed.")
    return Block(
        Text("各项奖金", "Pay by plan").into(language),
        tuple(one.into(language) for one in head),
        tuple(rows),
        Chart(
            "bars", title.into(language), _AMOUNT.into(language),
            (2, 3) if has_budget else (2,), style="#,##0",
        ),
        note.into(language) if more else "",
    )  # fmt: skip


def _shown(amount: Decimal, plans: Sequence[PlanPay]) -> str:
    """An amount with as many places as money has here."""
    behind = places([amount, *(one.total for one in plans)])
    return format(amount, f",.{behind}f")


def _figure(value: Decimal | None, style: str) -> Cell:
    return None if value is None else Figure(value, style)


def _departments_block(
    found: Sequence[DepartmentPay], plans: Sequence[PlanPay], in_all: Decimal, language: Language
) -> Block:
    own, rest = plans[:_PLANS], plans[_PLANS:]
    shown = (
        list(found) if len(found) <= MOST else [*found[: MOST - 1], _together(found[MOST - 1 :])]
    )
    style = _money([amount for one in found for amount in (one.total, *one.by_plan.values())])
    rows: list[tuple[Cell, ...]] = []
    for place, one in enumerate(shown):
        name = short(one.name) or _NONE.into(language)
        if len(found) > MOST and place == MOST - 1:
            left = len(found) - MOST + 1
            name = Text(f"其他 {left} 个部门", f"{left} others").into(language)
        amounts = [one.by_plan.get(plan.plan, Decimal(0)) for plan in own]
        if rest:
            amounts.append(sum_of([one.by_plan.get(plan.plan, Decimal(0)) for plan in rest]))
        figures = (Figure(amount, style) for amount in (one.total, *amounts))
        rows.append((name, Decimal(one.people), *figures))
    titles = [short(plan.title.into(language)) for plan in own]
    if rest:
        titles.append(_OTHERS.into(language))
    count = len(found)
    title = Text(
        f"{count} 个部门的奖金构成，合计 {_shown(in_all, plans)}",
        f"Pay of {count} departments by plan, {_shown(in_all, plans)} in all",
    )
    return Block(
        Text("各部门奖金", "Pay by department").into(language),
        (
            Text("部门", "Department").into(language),
            _PEOPLE.into(language),
            Text("合计", "Total").into(language),
            *titles,
        ),
        tuple(rows),
        Chart(
            "stacked", title.into(language), _AMOUNT.into(language),
            tuple(range(3, 3 + len(titles))), style="#,##0",
        ),
    )  # fmt: skip


def _together(found: Sequence[DepartmentPay]) -> DepartmentPay:
    """Departments as one."""
    sums: dict[str, Decimal] = {}
    for one in found:
        for plan, amount in one.by_plan.items():
            sums[plan] = EXACT.add(sums.get(plan, Decimal(0)), amount)
    return DepartmentPay("", sum(one.people for one in found), sums, sum_of([*sums.values()]))
