"""Names and types in every expression, against what its place in the policy offers."""

import ast
import dataclasses
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Related, Span
from perfrules.exact import percent, plain
from perfrules.formula import Formula, Problem, Type, is_percentage, streak_of
from perfrules.language.addresses import Addresses
from perfrules.language.check_population import grade_exists
from perfrules.language.expression_types import Offered, check_types, type_of
from perfrules.language.formulas_of_policy import amounts_in
from perfrules.language.known_names import (
    PREVIOUS,
    UNITS,
    Known,
    group_names,
    likely_names,
    lookup,
    own_names,
    pay_names,
    shared_names,
    table_names,
    titles_of_names,
    words_of_names,
)
from perfrules.language.source import expression_place
from perfrules.model.incentive import CUT, TOP_UP, IncentivePlan, MarginalTiers, WholeTiers
from perfrules.model.policy import Policy
from perfrules.model.population import Pool, Sorting
from perfrules.model.scoring import FormulaScore

__all__ = ["expressions_fit"]

_WAY: Final = len(" desc")
_AGAIN: Final = Text("此处也是", "here too")
_SHARE: Final = Text("比率", "a share")
_MONEY: Final = Text("金额", "an amount of money")


def expressions_fit(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    """Unknown names, and values of the wrong type; a name that is unknown is said once."""
    once: dict[object, Diagnostic] = {}
    for index, one in enumerate(_each(policy, at)):
        key = one.facts["name"] if one.code == "unknown-name" else index
        first = once.setdefault(key, one)
        if first is not one and isinstance(one.place, Span):
            again = Related(one.place, _AGAIN)
            once[key] = dataclasses.replace(first, related=(*first.related, again))
    yield from once.values()


def _each(policy: Policy, at: Addresses) -> Iterator[Diagnostic]:
    check = _Check(policy, at)
    shared = shared_names(policy)
    for indicator in policy.indicators:
        own = own_names(indicator)
        inside = {**shared, **{f"previous.{name}": own.get(name, "number") for name in PREVIOUS}}
        if indicator.attainment is not None:
            before = {name: kind for name, kind in own.items() if name != "attainment"}
            yield from check.one(indicator.attainment, {**inside, **before}, "number")
        if isinstance(indicator.score, FormulaScore):
            names: Known = {**inside, **own}
            formula = indicator.score.formula
            yield from check.one(formula, names, "number")
            if type_of(formula, lookup(names)) == "share":
                yield Diagnostic("score-is-share", at.value(formula.path), {"text": formula.text})
    early = group_names(policy, of_total=False)
    for figure in policy.group_figures:
        read: Known = {**shared, "total": "number"} if figure.of == "total" else shared
        yield from check.some((figure.only_if,), read, "truth")
    yield from check.some(policy.total.times, {**shared, **early}, "number")
    total: Known = {**shared, **group_names(policy), "total": "number"}
    # In a veto the total is another than behind it: a table that reads it is none of its names.
    unlimited: Known = {**shared, **early}
    unvetoed: Known = {**unlimited, "total": "number", **table_names(policy, unlimited)}
    for veto in policy.vetoes:
        yield from check.one(veto.when, unvetoed, "truth")
    graded: Known = {**total, "grade": "text"} if policy.grades else total
    for table in policy.tables:
        for axis in (table.rows, table.columns):
            yield from check.one(axis.by, graded, "text" if axis.words else "number")
    # Whatever is wrong with a table is said of the table.
    last: Known = {**graded, **{f"table.{one.name}": one.gives for one in policy.tables}}
    total = {**total, **table_names(policy, total)}
    if policy.distribution is not None:
        # The grade is what it decides.
        take_part = policy.distribution.only_if
        if take_part is not None:
            yield from check.one(take_part, total, "truth", streaks=False)
        yield from check.order(policy.distribution.order, total, streaks=False)
    for award in policy.awards:
        yield from check.order(award.order, last)
        yield from check.some((award.only_if,), last, "truth")
    paid: Known = {**last, **pay_names(policy)}
    for plan in policy.incentives:
        yield from _plan(check, plan, paid)
    if policy.payouts is not None:
        yield from check.money(amounts_in(policy.payouts.at_least, policy.payouts.at_most), paid)
    for pool in policy.pools:
        yield from _pool(check, pool, paid)
    for follow_up in policy.follow_ups:
        yield from check.one(follow_up.when, paid, "truth")


def _plan(check: "_Check", plan: IncentivePlan, names: Known) -> Iterator[Diagnostic]:
    yield from check.some((plan.only_if,), names, "truth")
    if isinstance(plan.rate, WholeTiers | MarginalTiers):
        yield from check.one(plan.rate.by, names, "number")
    if isinstance(plan.rate, MarginalTiers):
        yield from check.some((plan.rate.of,), names, "number")
    yield from check.some((plan.base, *plan.times), names, "number")
    yield from check.money((*plan.less, *amounts_in(plan.at_least, plan.at_most)), names)


def _pool(check: "_Check", pool: Pool, names: Known) -> Iterator[Diagnostic]:
    yield from check.some((pool.only_if,), names, "truth")
    yield from check.one(pool.share_by, names, "number")
    yield from check.one(pool.amount, names, "number")
    known = lookup(names)
    for name in pool.amount.names:
        root, dot, _ = name.partition(".")
        shared = dot and root in ("cycle", *UNITS)
        if not shared and (known(name) is not None or streak_of(name) is not None):
            place = check.at.value(pool.amount.path)
            yield Diagnostic("pool-amount-of-person", place, {"name": name})


def _later(policy: Policy) -> dict[str, Text]:
    """Amounts that no expression may read, or only those that come after them: what each is."""
    found = {f"pay.{one.name}": Text("激励方案的金额", "an incentive") for one in policy.incentives}
    found |= {f"pay.{one.name}": Text("奖金池的份额", "the part of a pool") for one in policy.pools}
    found["pay_total"] = Text("各项奖金的合计", "the sum of all that is paid")
    if policy.payouts is not None:
        found[f"pay.{CUT}"] = Text("合计封顶的扣减", "what `payouts` cuts")
        found[f"pay.{TOP_UP}"] = Text("合计保底的补足", "what `payouts` adds")
    return found


class _Check:
    """Holds expressions of one policy against names; `streak` goes with `grade`."""

    def __init__(self, policy: Policy, at: Addresses) -> None:
        self.at, self.grades = at, [row.grade for row in policy.grades]
        self.titles, self.loose = titles_of_names(policy), likely_names(policy)
        self.words = words_of_names(policy)
        self.later = _later(policy)
        self.of_groups = group_names(policy)

    def one(
        self, formula: Formula, names: Known, wanted: Type, *, streaks: bool = True, behind: int = 0
    ) -> Iterator[Diagnostic]:
        """`behind` is how much of the scalar comes after the expression."""
        span = self.at.value(formula.path)
        # The span of a quoted scalar is wider than its text by the quotes.
        quoted = span.end_column - span.column > len(formula.text) + behind
        streaked = [one for one in map(streak_of, formula.names) if one is not None]
        after_grade = streaks and ("grade" in names or not self.grades)

        def known(name: str) -> Type | None:
            counted = after_grade and streak_of(name) is not None
            return "number" if counted else lookup(names)(name)

        offered = Offered(names, self.titles, self.loose, self.words, self.grades)
        for problem in check_types(formula, known, offered, wanted):
            code, facts = problem.code, problem.facts
            what = self.later.get(str(facts.get("name"))) if code == "unknown-name" else None
            if what is not None:
                code, facts = "pay-comes-later", {"name": facts["name"], "what": what}
            elif code == "unknown-name" and facts.get("name") in self.of_groups:
                code = "group-figure-too-early"
            yield Diagnostic(code, expression_place(span, quoted, problem), facts)
        for grade in streaked if after_grade else ():
            place = self._place(span, quoted, formula, grade)
            yield from grade_exists(grade, place, self.grades)

    def _place(self, span: Span, quoted: bool, formula: Formula, grade: str) -> Span:
        at = max(formula.text.find(grade, formula.text.find("streak")), 0)
        return expression_place(span, quoted, Problem("unknown-grade", at, {"name": grade}))

    def some(
        self, formulas: Iterable[Formula | None], names: Known, wanted: Type
    ) -> Iterator[Diagnostic]:
        for formula in formulas:
            if formula is not None:
                yield from self.one(formula, names, wanted)

    def money(self, formulas: Iterable[Formula], names: Known) -> Iterator[Diagnostic]:
        """Amounts: a share would be off by a factor of 100."""
        for formula in formulas:
            yield from self.one(formula, names, "number")
            place, tree = self.at.value(formula.path), formula.tree
            value = tree.value if isinstance(tree, ast.Constant) else None
            if is_percentage(tree) and isinstance(value, Decimal):
                facts = {"text": formula.text, "value": plain(value), "write": percent(value)[:-1]}
                yield Diagnostic("percent-without-share", place, facts)
            elif type_of(formula, lookup(names)) == "share":
                found = {"part": formula.text, "found": _SHARE, "expected": _MONEY}
                yield Diagnostic("type-mismatch", place, found)

    def order(
        self, sortings: Iterable[Sorting], names: Known, *, streaks: bool = True
    ) -> Iterator[Diagnostic]:
        for sorting in sortings:
            behind = _WAY if sorting.descending else _WAY - 1
            yield from self.one(sorting.by, names, "number", streaks=streaks, behind=behind)
