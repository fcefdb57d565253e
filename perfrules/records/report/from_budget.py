"""A table of budgets -> what plans and departments may come to.

Three columns, in any order: plan (项目), department (部门), budget (预算). A row names one of the
first two and an amount; plans by id or title, departments by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.intake.cells.numerals import Refusal, read_cell_number, tidy
from perfrules.intake.files.csv_table import read_csv
from perfrules.intake.files.raw_table import USUAL, RawTable, Row
from perfrules.papers.overview.rows import Everybody

__all__ = ["with_budget"]

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "plan": ("plan", "incentive", "项目", "激励项目", "奖金项目"),
    "department": ("department", "部门"),
    "budget": ("budget", "amount", "预算", "金额"),
}


class _Cells(NamedTuple):
    """The columns of a row, from 0; None where the table has no such column."""

    plan: int | None
    department: int | None
    budget: int


def with_budget(path: Path, everybody: Everybody) -> tuple[Everybody, Findings]:
    """Everybody with the budgets of a file, which go before those of the data. Findings of
    severity error mean that a row cannot be used, and with it the whole file."""
    findings = Findings()
    raw = read_csv(path, path.name, USUAL, findings)
    if raw is None or findings.errors:
        return everybody, findings
    cells = _header(raw)
    if isinstance(cells, Diagnostic):
        findings.extend([cells])
        return everybody, findings
    plans: dict[str, Decimal] = {}
    departments: dict[str, Decimal] = {}
    for row in raw.rows:
        findings.extend(_take(row, cells, raw, everybody, plans, departments))
    budgets = {**everybody.budgets, **plans}
    return replace(everybody, budgets=budgets, department_budgets=departments), findings


def _header(raw: RawTable) -> _Cells | Diagnostic:
    """Where the columns are."""
    texts = [tidy(text).casefold() for text in raw.header.texts] if raw.header else []
    found = {
        name: next((texts.index(word) for word in words if word in texts), None)
        for name, words in _COLUMNS.items()
    }
    budget = found["budget"]
    missing = "budget" if budget is None else "department"
    if budget is None or (found["plan"] is None and found["department"] is None):
        alias = _COLUMNS[missing][-2 if missing == "budget" else -1]
        facts = {"table": raw.file, "column": missing, "alias": alias, "there": ""}
        return Diagnostic("missing-column", raw.place(1), facts)
    return _Cells(found["plan"], found["department"], budget)


def _take(
    row: Row, cells: _Cells, raw: RawTable, everybody: Everybody,
    plans: dict[str, Decimal], departments: dict[str, Decimal],
) -> Iterator[Diagnostic]:  # fmt: skip
    """Keeps what a row says, or tells why it cannot be used; a row that is empty says nothing."""
    plan, department, amount = (_text(row, column) for column in cells)
    if not (plan or department or amount):
        return
    place = raw.place(row.number)
    if bool(plan) == bool(department):
        yield _unused(place, _NEITHER if not plan else _BOTH)
        return
    value = read_cell_number(amount, None) if amount else _EMPTY
    if isinstance(value, Refusal):
        yield value.at(raw.place(row.number, cells.budget + 1))
        return
    if isinstance(value, Text) or value < 0:
        yield _unused(place, value if isinstance(value, Text) else _NEGATIVE)
        return
    name = _plan(plan, everybody) if plan else _department(department, everybody)
    kept = plans if plan else departments
    if name is None:
        yield _unused(place, _UNKNOWN_PLAN if plan else _UNKNOWN_DEPARTMENT, plan or department)
    elif name in kept:
        yield _unused(place, _TWICE, plan or department)
    else:
        kept[name] = value


def _text(row: Row, column: int | None) -> str:
    return "" if column is None or column >= len(row.texts) else tidy(row.texts[column])


def _plan(text: str, everybody: Everybody) -> str | None:
    """The plan that a text means: its id, or the title of one plan alone."""
    if text in everybody.plans:
        return text
    named = [plan for plan, title in everybody.plans.items() if text in title]
    return named[0] if len(named) == 1 else None


def _department(text: str, everybody: Everybody) -> str | None:
    return text if any(line.department == text for line in everybody.people) else None


def _unused(place: object, reason: Text, name: str = "") -> Diagnostic:
    told = Text(*(text.format(name=name) for text in reason))
    return Diagnostic("budget-row", str(place), {"reason": told})


_NEITHER: Final = Text("既没有写项目也没有写部门", "it names neither a plan nor a department")
_BOTH: Final = Text("同时写了项目和部门", "it names both a plan and a department")
_EMPTY: Final = Text("没有写金额", "it has no amount")
_NEGATIVE: Final = Text("金额小于 0", "the amount is below 0")
_UNKNOWN_PLAN: Final = Text(
    "没有名为 `{name}` 的激励项目（或不止一个）", "no plan, or more than one, is called `{name}`"
)
_UNKNOWN_DEPARTMENT: Final = Text("没有人属于部门 `{name}`", "nobody is in a department `{name}`")
_TWICE: Final = Text("`{name}` 写了两次", "`{name}` has a budget already")
