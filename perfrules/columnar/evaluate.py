"""Compiles a policy for a table: indicators, total, vetoes, grade, pay, in this order.

The twin of `evaluation/evaluate.py`. What comes of it are the stages of a sheet, and the results
as expressions over its columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import polars as pl

from perfrules.codes.code import Text
from perfrules.columnar.attainment import attainment
from perfrules.columnar.cells import Cells, Given
from perfrules.columnar.comparing import PLACE, Compared, Round, group_of
from perfrules.columnar.expression import condition
from perfrules.columnar.grading import Held, graded, overall_attainment, totalled, vetoed
from perfrules.columnar.lanes import Num, added, compared, constant, picked, scaled_constant
from perfrules.columnar.names import Names, Truth, Value, Word
from perfrules.columnar.pay_limits import kept_within
from perfrules.columnar.payout import paid, veto_shares
from perfrules.columnar.percentile import percentile
from perfrules.columnar.ratings import rated, score_of_ratings
from perfrules.columnar.refusal import BeyondLane, NotColumnar, Refusal
from perfrules.columnar.scoring import score
from perfrules.columnar.sheet import Sheet
from perfrules.columnar.weighing import Part
from perfrules.columnar.weights import weights_of
from perfrules.model.bands import Bands
from perfrules.model.incentive import CUT, TOP_UP
from perfrules.model.indicator import Indicator
from perfrules.model.policy import Policy
from perfrules.model.ratings import Ratings
from perfrules.model.scorecard import Cycle
from perfrules.model.scoring import Levels, YesNo
from perfrules.model.weights import GivenWeight
from perfrules.model.written import Constant

__all__ = ["Compiled", "Result", "compile_policy"]

_NOUGHT: Final = scaled_constant(0, 0)

_DECIMAL: Final = 10**38
"""What no decimal of a table reaches, as an integer."""

_ROOTS: Final = ("event", "section")
"""What columns begin with that are no indicator's."""


class Result(NamedTuple):
    """A column of results: a number, a word, or the names of the vetoes that hold; `path` is that
    of the step which holds it in an appraisal, `there` says where there is one."""

    name: str
    path: str
    value: Num | Word | tuple[Held, ...]
    there: pl.Expr | None = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """What to work out, in which order, and what comes of it; `at_fault` says for which rows the
    reference has to be asked, `round` which rules compare the rows."""

    sheet: Sheet
    results: tuple[Result, ...]
    at_fault: pl.Expr
    round: Round | None = None


def compile_policy(policy: Policy, cells: Cells, cycle: Cycle | None) -> Compiled:
    """The policy as columns over the table.

    Raises `NotColumnar` for what is not done by columns, and for values that 128 bits may not
    hold, each with its line.
    """
    found = tuple(_refused(policy))
    if found:
        raise NotColumnar(found)
    sheet = Sheet()
    work = _Work(policy, sheet, Names(sheet, policy, cells, cycle), cells)
    try:
        work.judge()
    except BeyondLane:
        raise sheet.refuse(
            "这些数据的取值范围太大，超出 128 位整数",
            "with these data a value may take more than 128 bits",
        ) from None
    for one in work.results:
        if isinstance(one.value, Num) and max(-one.value.low, one.value.high) >= _DECIMAL:
            raise sheet.refuse(
                f"`{one.name}` 可能超过 38 位数字", f"`{one.name}` may take more than 38 digits"
            )
    return Compiled(sheet, tuple(work.results), sheet.at_fault, work.round)


def _refused(policy: Policy) -> Iterator[Refusal]:
    """The blocks that are not done by columns."""
    between = Text("与他人比较的规则不按列计算", "a rule between people has no columnar form yet")
    if policy.distribution is not None:
        yield Refusal(policy.distribution.place, "distribution", between)
    for one in (*policy.awards, *policy.pools, *policy.group_figures):
        yield Refusal(one.place, one.path, between)
    for indicator in policy.indicators:
        if indicator.name in _ROOTS:
            text = Text("表中有同名的栏", "columns of a table begin with this word")
            yield Refusal(indicator.place, indicator.path, text)
        if indicator.roll_up is not None or indicator.from_history is not None:
            text = Text("取自他处的数据不按列计算", "figures from elsewhere have no columnar form")
            yield Refusal(indicator.place, indicator.path, text)


def _percentile_of(indicator: Indicator) -> Bands | None:
    """The bands of a percentile, if an indicator is scored by one."""
    rule = indicator.score
    return rule if isinstance(rule, Bands) and rule.on == "percentile" else None


class _Waiting(NamedTuple):
    """The actual of an indicator, where its score is worked out, and where it counts."""

    actual: Value
    judged: pl.Expr | None
    counts: pl.Expr | None


class _Work:
    """One way through a policy."""

    def __init__(self, policy: Policy, sheet: Sheet, names: Names, cells: Cells) -> None:
        self.policy, self.sheet, self.names, self.cells = policy, sheet, names, cells
        self.results: list[Result] = []
        self.weights: dict[str, Num] = {}
        self.waiting: dict[str, _Waiting] = {}
        self.round: Round | None = None

    def result(
        self, name: str, path: str, value: Num | Word | tuple[Held, ...],
        there: pl.Expr | None = None,
    ) -> None:  # fmt: skip
        """A column of the results."""
        self.results.append(Result(name, path, value, there))

    def judge(self) -> None:
        """All stages."""
        sheet, names, policy = self.sheet, self.names, self.policy
        scores: dict[str, Part] = {}
        self.weights = weights_of(sheet, self.cells, policy)
        first = [name for name in policy.order if _percentile_of(policy.indicator[name]) is None]
        last = [name for name in policy.order if name not in first]
        names.to_come.update(f"{name}.score" for name in last)
        for name in first:
            scores[name] = self.score_of(policy.indicator[name])
        self.compare([policy.indicator[name] for name in last])
        names.to_come.clear()
        for name in last:
            scores[name] = self.score_of(policy.indicator[name])
        with sheet.at("total", policy.places.get("total", policy.places.get("indicators", ""))):
            found = totalled(sheet, names, scores)
            for name, part in found.contributions.items():
                value = sheet.kept(part.contribution)
                path = f"{policy.indicator[name].path}.score.weighted"
                self.result(f"{name}.contribution", path, value, part.there)
            for name, part in found.sections.items():
                self.result(f"section.{name}", f"sections.{name}", part.value, part.there)
            total, vetoes = vetoed(sheet, names, found.total)
            names.keep("total", total)
            self.result("total", "total", total)
        if policy.subject != "person":
            self.attain(scores)
        with sheet.at("grades", policy.places.get("grades", "")):
            grade = graded(sheet, names, total, vetoes)
        if grade is not None:
            names.keep("grade", grade)
            self.result("grade", "grade", grade)
        self.result("vetoes", "", tuple(vetoes))
        self.pay(vetoes)
        for rule in policy.follow_ups:
            condition(sheet, names, rule.when)
            if rule.due_days is not None and rule.due_days.value > _FAR:
                raise sheet.refuse("期限太远", "it is due too far away", rule.place)

    def score_of(self, indicator: Indicator) -> Part:
        """The score of an indicator, as a column that others may read."""
        with self.sheet.at(indicator.path, indicator.place):
            self.names.indicator = indicator.name
            if indicator.name in self.waiting:
                value, there = self.placed(indicator, self.waiting[indicator.name])
            else:
                value, there = self.scored(indicator)
            self.names.indicator = ""
        self.names.keep(f"{indicator.name}.score", value, there)
        self.result(f"{indicator.name}.score", f"{indicator.path}.score", value, there)
        return Part(value, self.weights[indicator.name], there)

    def compare(self, indicators: Sequence[Indicator]) -> None:
        """All that a percentile is made of; after it, everybody stands somewhere."""
        if not indicators:
            return
        sheet, names, rules = self.sheet, self.names, []
        for one in indicators:
            bands = _percentile_of(one)
            assert bands is not None
            with sheet.at(one.path, bands.place):
                if self.cells.given is not None:
                    raise sheet.refuse(
                        "百分位需要整张表，不能分段计算",
                        "a percentile needs the whole table, of which there are only parts",
                    )
                names.indicator = one.name
                actual, judged, counts = self.figures(one)
                with sheet.within(judged):
                    figure = sheet.kept(names.number(bands.of))
                group, known = group_of(sheet, self.cells, bands.within)
                names.indicator = ""
            self.waiting[one.name] = _Waiting(actual, judged, counts)
            lower = bands.of == "actual" and one.direction == "lower_is_better"
            rules.append(Compared(one.path, bands.place, figure, judged, group, known, lower))
        places = [f"#{what} {one.path}" for one in indicators for what in PLACE]
        self.round = Round(sheet.later(places), sheet.at_fault, tuple(rules))

    def placed(self, indicator: Indicator, found: "_Waiting") -> tuple[Num, pl.Expr | None]:
        """The score of somebody who stands somewhere."""
        with self.sheet.within(found.judged):
            rows = len(self.cells.frame)
            value = percentile(self.sheet, self.names, indicator.path, rows)
            self.names.keep(f"{indicator.name}.percentile", value, found.judged)
            return score(self.sheet, self.names, indicator, found.actual), found.counts

    def attain(self, scores: Mapping[str, Part]) -> None:
        """What a unit attained, which others may read."""
        attained = {}
        for name, part in scores.items():
            value = self.names.results.get(f"{name}.attainment")
            if self.policy.indicator[name].attains and isinstance(value, Num):
                attained[name] = part._replace(value=value)
        with self.sheet.at("attainment", ""):
            found = overall_attainment(self.sheet, self.names, attained)
        if found is not None:
            self.result("attainment", "attainment", found.value, found.there)

    def pay(self, vetoes: list[Held]) -> None:
        """Each payout, what the limits of all make of them, and their sum."""
        sheet, names, policy = self.sheet, self.names, self.policy
        lines: dict[str, Num] = {}
        for plan in policy.pay_order:
            lines[plan.name] = paid(sheet, names, plan, vetoes)
            names.keep(f"pay.{plan.name}", lines[plan.name])
        if not policy.incentives:
            return
        for plan in policy.incentives:
            self.result(f"pay.{plan.name}", f"pay.{plan.name}", lines[plan.name])
        amounts = [*lines.values()]
        with sheet.at("payouts", policy.places.get("payouts", policy.places.get("incentives", ""))):
            if policy.payouts is not None:
                shares = veto_shares(vetoes)
                ends = kept_within(sheet, names, policy.payouts, [*lines.values()], shares)
                for name, line in zip((CUT, TOP_UP), ends, strict=True):
                    if line is not None:
                        self.result(f"pay.{name}", f"pay.{name}", line.value, line.there)
                        amounts.append(picked(line.there, line.value, _NOUGHT))
            self.result("pay_total", "pay_total", sheet.limited(added(*amounts)))

    def scored(self, indicator: Indicator) -> tuple[Num, pl.Expr | None]:
        """The score of an indicator, and where it has one."""
        sheet, names = self.sheet, self.names
        rule = indicator.score
        if isinstance(rule, Ratings):
            groups = rated(self.cells, indicator, rule)
            there: pl.Expr | None = pl.lit(False)
            for one in groups.values():
                there = None if one.size.low > 0 or there is None else there | (one.size.expr > 0)
            there = there if there is None else sheet.column(there)
            counts = self.missing(indicator, there)
            with sheet.within(there):
                value = score_of_ratings(sheet, names, rule, groups)
            return self.or_nought(indicator, value, there), counts
        actual, judged, counts = self.figures(indicator)
        with sheet.within(judged):
            value = score(sheet, names, indicator, actual)
        if isinstance(rule, Levels):
            value = self.or_nought(indicator, value, judged)
        return value, counts

    def figures(self, indicator: Indicator) -> "_Waiting":
        """What a score is made of, up to the attainment."""
        sheet, names, rule = self.sheet, self.names, indicator.score
        given = self.actual(indicator)
        there = given.there
        if not indicator.reads_actual:
            counts = None
        else:
            counts = self.missing(indicator, there)
        # What is missing counts as nought before it is scored, or, of words, as a score of nought.
        judged = there if isinstance(rule, Levels) else counts
        with sheet.within(judged):
            if given.odd is not None:
                sheet.fault(given.odd)
            actual = self.read(indicator, given)
            known = there if isinstance(rule, Levels) or not indicator.reads_actual else counts
            names.keep(f"{indicator.name}.actual", actual, known)
            number = actual if isinstance(actual, Num) else None
            target = self.figure_of(indicator, "target", judged)
            baseline = self.figure_of(indicator, "baseline", judged)
            for name in indicator.figures:
                self.own_figure(indicator, name, judged)
            if indicator.attains:
                found = attainment(sheet, names, indicator, number, target, baseline)
                called = f"{indicator.name}.attainment"
                names.keep(called, found.value, judged)
                names.quotients[called] = (found.numerator, found.denominator)
                self.result(called, f"{indicator.path}.attainment", found.value, judged)
        return _Waiting(actual, judged, counts)

    def actual(self, indicator: Indicator) -> Given:
        """The column of the actual, as the score asks for it."""
        column = f"{indicator.name}.actual"
        match indicator.score:
            case Levels():
                return self.cells.word(column)
            case YesNo():
                return self.cells.truth(column)
        return self.cells.number(column)

    def read(self, indicator: Indicator, given: Given) -> Value:
        match indicator.score:
            case Levels():
                return Word(given.words)
            case YesNo():
                return Truth(given.words)
        return given.number

    def missing(self, indicator: Indicator, there: pl.Expr | None) -> pl.Expr | None:
        """Where the indicator counts: where it is there, or everywhere if a missing one counts as
        nought. Elsewhere the row is at fault."""
        if there is None:
            return None
        weight = self.weights[indicator.name]
        if isinstance(indicator.weight, GivenWeight) and weight.low == 0:
            # Without a weight it is left out, whatever the policy says of what is missing.
            self.sheet.fault(~there & compared(weight, "==", _NOUGHT))
        if indicator.missing == "zero":
            return None
        if indicator.missing == "exclude":
            return there
        self.sheet.fault(~there)
        return None

    def or_nought(self, indicator: Indicator, value: Num, there: pl.Expr | None) -> Num:
        """The score, or that of what is missing and counts as nought."""
        if there is None or indicator.missing != "zero":
            return value
        return self.sheet.kept(picked(there, value, _NOUGHT))

    def figure_of(self, indicator: Indicator, what: str, there: pl.Expr | None) -> Num | None:
        """The target or the baseline: the table's, else the policy's number."""
        need = indicator.target if what == "target" else indicator.baseline
        if need == "none":
            return None
        column = f"{indicator.name}.{what}"
        given = self.cells.number(column)
        if given.odd is not None:
            self.sheet.fault(given.odd)
        value = given.number
        if isinstance(need, Constant):
            fixed = constant(need.value)
            value = value if given.there is None else picked(given.there, value, fixed)
        elif given.there is not None:
            self.sheet.fault(~given.there)
        value = self.sheet.kept(value)
        self.names.keep(column, value, there)
        return value

    def own_figure(self, indicator: Indicator, name: str, there: pl.Expr | None) -> None:
        """A further figure that the indicator declares."""
        column = f"{indicator.name}.{name}"
        given = self.cells.number(column)
        for wrong in (given.odd, None if given.there is None else ~given.there):
            if wrong is not None:
                self.sheet.fault(wrong)
        self.names.keep(column, given.number, there)


_FAR: Final = 100_000
"""More days than a calendar has from any cycle on."""
