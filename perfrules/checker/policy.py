"""What the resolved text of a policy says, read without a word of perfrules."""

import marshal
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from .arithmetic import NUMBER, Refused, Value, figure, limited, number, rounded
from .expressions import names_in
from .record import Json, flat, sha256, spread
from .terms import terms_of

__all__ = [
    "LIMITS", "Held", "Policy", "limit_in", "policy_of", "sorting", "total_of", "word_of",
    "worked_out",
]  # fmt: skip

LIMITS = ("at_least", "at_most")

SAME = 2
"""The format of `marshal` in which equal content is equal bytes, whoever else holds its texts."""

ORDER = re.compile(r"(distribution|awards\.[^.]+)\.order\.[0-9]+")


KEEPS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "at_least": operator.ge, "above": operator.gt, "at_most": operator.le, "below": operator.lt,
}  # fmt: skip
"""How a value keeps the limit of a row, by the row's word."""

NO_FIGURES: Mapping[str, Fraction] = {}


def word_of(row: Json) -> str:
    """The word of a row's limit; empty in the last row."""
    return next((word for word in KEEPS if word in row), "")


def limit_in(text: str, figures: Mapping[str, Fraction]) -> Fraction:
    """A limit: a number, or the figure that it names."""
    return figures[text] if text in figures else number(text)


class Held(NamedTuple):
    """A value and its home: a `step` of the trace, a line of the `policy`, or nowhere."""

    path: str
    value: Value
    home: str = "step"
    operation: str = ""
    operands: tuple["Held", ...] = ()

    @property
    def number(self) -> Fraction:
        return figure(self.value)


def total_of(held: Iterable[Held]) -> Fraction:
    """The sum of their numbers."""
    return sum((one.number for one in held), Fraction(0))


def policy_of(resolved: Json) -> "Policy":
    """The policy of a resolved text; read once for all who are judged by it."""
    return _policy_of(marshal.dumps(resolved, SAME))


@lru_cache(maxsize=256)
def _policy_of(content: bytes) -> "Policy":
    return Policy(marshal.loads(content))


class Policy:
    """The rules. Everything in the tree has a path: `indicators.sales.weight`."""

    def __init__(self, tree: Json) -> None:
        self.tree, self.node = tree, Json(flat(tree))
        self.digest = sha256(spread(tree) + "\n")
        self.label = f"{tree['policy']}@{tree['version']}"
        self.subject: str = tree["subject"]
        self.indicators: Json = tree["indicators"]
        self.sections: Json = tree.get("sections", {})
        self.adjustments: Json = tree.get("adjustments", {})
        self.vetoes: Json = tree.get("vetoes", {})
        self.plans: Json = tree.get("incentives", {})
        self.awards: Json = tree.get("awards", {})
        self.payouts: Json = tree.get("payouts", {})
        self.pools: Json = tree.get("pools", {})
        self.follow_ups: Json = tree.get("follow_ups", {})
        self.group_figures: Json = tree.get("group_figures", {})
        self.grades = [str(row.get("grade", row.get("otherwise"))) for row in self.rows()]
        self.known = dict[str, Json]()
        self.order = list(in_turn({name: self.reads(name) for name in self.indicators}))
        self.pay_order = list(in_turn({name: self.pays(name) for name in self.plans}))
        read = names_in(*self.formulas()) | {one["of"] for one in self.group_figures.values()}
        self.needs = {name: self.needs_of(name, read) for name in self.indicators}

    @property
    def forced(self) -> bool:
        """Whether the distribution gives each grade an exact share, so that places decide."""
        quotas = self.tree["distribution"]["quotas"]
        return all(isinstance(quotas.get(grade), str) for grade in self.grades)

    def rows(self) -> list[Json]:
        found: list[Json] = self.tree.get("grades", [])
        return found

    def reads(self, name: str) -> set[str]:
        """The indicators that an indicator's formulas read; its own score would be a circle."""
        one = self.indicators[name]
        names = names_in(one.get("attainment"), one["score"].get("formula"))
        others = {read.partition(".")[0] for read in names} - {name}
        return others | ({name} if f"{name}.score" in names else set())

    def pays(self, name: str) -> set[str]:
        """The incentives whose payouts an incentive reads."""
        plan = self.plans[name]
        texts = [plan.get("base"), plan.get("only_if"), plan.get("tiers", {}).get("by")]
        texts += [*plan.get("times", []), *plan.get("less", [])]
        texts += [plan[key] for key in LIMITS if worked_out(plan.get(key))]
        return {read.removeprefix("pay.") for read in names_in(*texts) if read.startswith("pay.")}

    def formulas(self) -> Iterator[str | None]:
        """Every expression; None where there is none."""
        for one in self.indicators.values():
            yield from (one.get("attainment"), one["score"].get("formula"))
        yield from (one.get("only_if") for one in self.group_figures.values())
        yield from self.tree.get("total", {}).get("times", [])
        yield from (veto["when"] for veto in self.vetoes.values())
        for plan in self.plans.values():
            tiers = plan.get("tiers", {})
            yield from (plan.get("base"), plan.get("only_if"), tiers.get("by"), tiers.get("of"))
            yield from (*plan.get("times", []), *plan.get("less", []))
        for table in self.tree.get("tables", {}).values():
            yield from (table["rows"]["by"], table["columns"]["by"])
        for limits in (*self.plans.values(), self.payouts):
            yield from (limits[key] for key in LIMITS if worked_out(limits.get(key)))
        for rule in (self.tree.get("distribution", {}), *self.awards.values()):
            yield from (sorting(text)[0] for text in rule.get("order", []))
        ranks = self.tree.get("distribution", {})
        gated = (*self.awards.values(), *self.pools.values(), *self.follow_ups.values())
        for rule in (ranks, *gated):
            yield from (rule.get(key) for key in ("only_if", "amount", "share_by", "when"))

    def formula(self, path: str) -> str:
        """The expression at a path; where figures are put in order, without `desc` or `asc`."""
        text: str = self.node[path]
        return sorting(text)[0] if ORDER.fullmatch(path) else text

    def limit(self, path: str) -> str | None:
        """A limit of money as the policy writes it; None where the path is not of one."""
        above, _, key = path.rpartition(".")
        of_pay = above == "payouts" or above.rpartition(".")[0] == "incentives"
        return self.node[path] if of_pay and key in LIMITS else None

    def needs_of(self, name: str, read: set[str]) -> tuple[bool, bool]:
        """Whether an indicator needs an actual and an attainment: where anything reads them."""
        one, score = self.indicators[name], self.indicators[name]["score"]
        formula, own, on = score.get("formula"), one.get("attainment"), self.basis(name)
        attains = "attainment" in {on, *names_in(formula)} or f"{name}.attainment" in read
        actual = "actual" in names_in(formula) or f"{name}.actual" in read
        actual = actual or (formula is None and on != "attainment")
        return actual or (attains and (own is None or "actual" in names_in(own))), attains

    def basis(self, name: str) -> str | None:
        """What the score of an indicator looks at; of a percentile, what that is taken of."""
        score = self.indicators[name]["score"]
        on = {**score, **score.get("per_unit", {}), **score.get("window", {})}.get("on")
        return score["of"] if on == "percentile" else on

    def term(self, path: str) -> Held:
        """A number of the policy."""
        return Held(path, number(self.node[path]), "policy")

    def rounded(self, value: Fraction, step: str) -> Fraction:
        """`value` as `rounding` says for a step of the work."""
        how = self.tree["rounding"][step]
        return rounded(value, int(number(how["places"])), how["mode"])

    def divided(self, left: Fraction, right: Fraction, step: str) -> Fraction:
        """A quotient, rounded once."""
        if not right:
            raise Refused("division-by-zero")
        return limited(self.rounded(left / right, step))

    def reached(
        self, table: str, value: Fraction, figures: Mapping[str, Fraction] = NO_FIGURES
    ) -> tuple[str, list[str]]:
        """The first row whose limit is kept (the last has none), and those beside it; `figures`
        are those of the person that limits name."""
        rows = [f"{table}.{index}" for index in range(len(self.node[table]))]
        for index, row in enumerate(self.node[table]):
            word = word_of(row)
            if not word or KEEPS[word](value, limit_in(row[word], figures)):
                return rows[index], rows[max(index - 1, 0) : index] + rows[index + 1 : index + 2]
        raise ValueError(table)

    def terms(self, path: str) -> Json:
        """What the rule at a path says, in the words of a trace."""
        if path not in self.known:
            self.known[path] = terms_of(self.node, path)
        return self.known[path]

    def lower(self, *grades: Any) -> str:
        """The lowest of some grades."""
        return str(max(grades, key=self.grades.index))


def worked_out(limit: str | None) -> bool:
    """Whether a limit of money is an expression, and not a number."""
    return limit is not None and not NUMBER.fullmatch(limit)


def in_turn(reads: dict[str, set[str]]) -> Iterator[str]:
    """Always the first that reads only earlier ones."""
    waiting = list(reads)
    while waiting:
        ready = next(name for name in waiting if not reads[name] & {*waiting})
        waiting.remove(ready)
        yield ready


def sorting(text: str) -> tuple[str, bool]:
    """An entry of `order`: its expression, and whether the higher comes first."""
    for word, descending in ((" desc", True), (" asc", False)):
        if text.endswith(word):
            return text.removesuffix(word), descending
    raise ValueError(text)
