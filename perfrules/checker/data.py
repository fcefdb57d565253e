"""What formulas read, from the data: facts, events, days, units, earlier cycles; and formulas."""

import ast
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from .arithmetic import Refused, Value, day, figure, limited, number
from .days import Days
from .expressions import defaults_in, evaluated, is_name, parsed
from .policy import Held, Policy
from .record import Json
from .steps import Chain

__all__ = ["APPROVED", "Data", "Problem"]

APPROVED = ("reason", "approved_by")
"""What an entry that puts one value in the place of another must name."""

UNITS = ("team", "department", "project")

UNSEEN = ("two-changes-a-day", "missing-cycle", "unknown-before-change")
"""What may be wrong with a column of people that changed, of which the trace then has nothing."""

MISSING = ("no-history", "missing-fact", "missing-unit-result")
"""What `default` is for: a value that the data do not have, and no other fault."""


class Problem(NamedTuple):
    """Why there is no result: the next step there, the codes that may be the problem's, and
    whether there may be none, so that the trace alone cannot tell."""

    step: str
    codes: tuple[str, ...]
    perhaps: bool = False


class Data(Days):
    """The names of a policy's formulas, and the steps that hold their values."""

    def __init__(self, trace: Json, policy: Policy, places: dict[str, str] | None) -> None:
        super().__init__(trace, policy, places)
        self.rejected: bool = trace["status"] == "rejected"
        self.part: bool = trace["subject_kind"] == "segment"
        self.moved = self.comes("segments.1.total")
        self.told: Held | None = None
        stated = [one["code"] for one in trace["problems"] if one["severity"] == "error"]
        self.stated: list[str] = stated
        self.problems: list[Problem] = []

    def refuse_hidden(self, *codes: str) -> None:
        """What the trace cannot show (an entry that came too late, a group that cannot be
        compared) is believed where it is stated, and nothing then comes of it."""
        firm = sum(not one.perhaps for one in self.problems)
        # Of those before it that need not be stated, each may be.
        if set(codes) & {*self.stated[firm : len(self.problems) + 1]}:
            raise Refused(*codes)

    # ---- data

    def entries(self, path: str, chain: Chain | None = None) -> Iterator[tuple[int, Held]]:
        """The calibrations and appeals on a value, each with its reason and who approved it."""
        row = 1
        while self.comes(f"{path}.revision.{row}"):
            yield row, self.given(f"{path}.revision.{row}", kind="revision", needs=APPROVED)
            row += 1
        if not self.comes(path, chain.own if chain else path):
            self.refuse_hidden("revision-out-of-date")

    def revise(self, chain: Chain) -> Chain:
        """The entries on a number, each a link of its chain."""
        for row, entry in self.entries(chain.path, chain):
            value = figure(entry.value, "not-a-figure")
            chain.link(f"revised.{row}", "revise", entry, value=value)
        return chain

    def event(self, name: str) -> Held:
        """How often an event was recorded; one that the data do not mention counts 0."""
        path = f"events.{name}"
        if path in self.steps:
            return self.steps[path]
        rows = range(1, len(self.values_ahead(path)) + 1)
        if points := [self.given(f"{path}.{row}") for row in rows]:
            return self.step(path, "datum", "count", points, Fraction(len(points)))
        step = self.datum(path)
        if step is None:
            return self.step(path, "datum", "not_recorded", [], Fraction(0), "missing")
        if figure(step.value, "not-a-count") < 0 or step.number.denominator != 1:
            raise Refused("not-a-count")
        return step

    def announced(self) -> Held:
        """The day on which results are told, or the last of the cycle where none is stated."""
        if self.told is None:
            self.told = self.datum("cycle.announced") or self.bound("to")
            day(self.told.value)
        return self.told

    def streak(self, grade: str) -> Held:
        """How many cycles in a row, this one included, ended with a grade. The history is read
        up to the first that did not."""
        path = f"streak.{grade}"
        if path not in self.steps:
            read = [self.results["grade"]]
            while read[-1].value == grade:
                into = f"history.{len(read)}.grade"
                past = self.steps.get(into) or self.datum(into)
                if past is None:
                    break
                read.append(past)
            count = sum(1 for one in read if one.value == grade)
            self.step(path, "datum", "streak", read, Fraction(count))
        return self.steps[path]

    # ---- names and formulas

    def named(self, name: str, inside: str) -> Held:
        """The step that a name means; `inside` is the indicator in whose formula it stands."""
        root, _, rest = name.partition(".")
        if found := self.steps.get(f"{inside}.{name}") or self.results.get(name):
            return found
        if name.startswith('streak("'):
            return self.streak(name.removeprefix('streak("').removesuffix('")'))
        if not rest:
            return self.proration() if name == "proration" else self.event(name)
        if root == "cycle" and rest in ("days", "announced") and self.trace["cycle"] is not None:
            return self.days() if rest == "days" else self.announced()
        if root == "person":
            here = name in self.steps or self.comes(name, f"{name}.before")
            if not here:
                self.refuse_hidden(*UNSEEN)
            return self.person(name)
        if root == "cycle":
            return self.days() if name == "cycle.days" else self.fact(name)
        if root in UNITS:
            return self.fact(name, "missing-unit-result")
        if root in ("year", "paid"):
            if self.part or self.moved:
                raise Refused("year-of-segment")
            return self.so_far(name, inside)
        if root == "previous":
            own = inside and rest not in ("total", "grade")
            return self.fact(f"{inside}.{name}" if own else name, "no-history")
        if root == "table":
            return self.looked_up(rest)
        if root == "pay":
            return self.paid(name)
        if root == "group":
            return self.of_group(name)
        path = f"indicators.{name}"
        found = self.steps.get(path) or (self.datum(path) if self.moved else None)
        if found is None:
            raise Refused("no-value")
        return found

    def looked_up(self, name: str) -> Held:
        """The cell of a table where its row and its column meet; written when first read."""
        path, at, table = f"table.{name}", f"tables.{name}", self.policy.tree["tables"][name]
        if path in self.steps:
            return self.steps[path]
        row, down = self.on_axis(f"{at}.rows", f"{path}.row", table["rows"])
        column, across = self.on_axis(f"{at}.columns", f"{path}.column", table["columns"])
        label = list(table["cells"])[down]
        value, rule = number(table["cells"][label][across]), f"{at}.cells.{label}.{across}"
        return self.step(path, "table", "table", [row, column], value, rule=rule)

    def on_axis(self, at: str, path: str, axis: Json) -> tuple[Held, int]:
        """What is looked up, and its row or column: its word, or the first threshold that it
        reaches, or the first upper limit that it keeps; else the one behind them all."""
        words: list[str] = axis.get("is", [])
        upper: list[str] = axis.get("at_most", [])
        limits: list[str] = axis.get("at_least", upper)
        held = self.formula(f"{at}.by", path, "table", wanted=str if words else Fraction)
        if words:
            found = [index for index, word in enumerate(words) if word == held.value]
        else:
            over = [held.number - number(one) for one in limits]
            found = [at for at, one in enumerate(over) if (one <= 0 if upper else one >= 0)]
        if axis["otherwise"] == "true":
            found.append(len(words) + len(limits))
        if not found:
            raise Refused("not-in-table")
        return held, found[0]

    def paid(self, path: str) -> Held:
        """What another incentive pays; of somebody who moved it may be none that was held."""
        if path not in self.steps:
            raise Refused("missing-fact")
        return self.steps[path]

    def of_group(self, name: str) -> Held:
        """A figure of the subject's group; of somebody who moved, of the last role's."""
        found = self.steps.get(name) or (self.datum(name) if self.moved else None)
        if found is None:
            known = f"{name}.size" in self.steps
            raise Refused("no-group-figure" if known else "no-group")
        return found

    def formula(
        self, rule: str, path: str, kind: str, *, inside: str = "", truth: bool = False,
        wanted: type[str | Fraction] = Fraction,
    ) -> Held:  # fmt: skip
        """The step of a formula's value: a single name's own, else one that lists what it read."""
        tree = parsed(self.policy.formula(rule))
        read, quotients = dict[str, Held](), list[Held]()

        def lookup(name: str) -> Value:
            if name not in read:
                read[name] = self.named(name, inside)
            return read[name].value

        def divide(left: Fraction, right: Fraction) -> Fraction:
            value = self.policy.divided(left, right, "division")
            if value * right != left:  # what had to be rounded is a step of its own
                both = [Held("", left, ""), Held("", right, "")]
                into = f"{path}.quotient.{len(quotients) + 1}"
                quotients.append(
                    self.step(into, "quotient", "divide", both, value, rounding="division")
                )
            return value

        def default(node: ast.expr, name: str, second: Callable[[], Value]) -> Value:
            into = f"{path}.default.{defaults_in(tree).index(node) + 1}"
            try:
                return lookup(name)
            except Refused as refused:
                codes = {*refused.args}
                # What cannot be shown ends the work here, unless the trace goes on.
                unseen = codes & {*UNSEEN} and f"{name}.before" not in self.steps
                if not codes & {*MISSING} and not (unseen and self.stands_ahead(into)):
                    raise
            before = dict(read)
            read.clear()
            found = second()
            inner = [*read.values()]
            read.clear()
            read.update(before)
            read[into] = self.step(into, kind, "default", inner, found, "missing", rule)
            return found

        value = evaluated(tree, lookup, divide, default)
        if not isinstance(value, bool if truth else wanted):
            raise Refused("wrong-value-type")
        if is_name(tree):
            return next(iter(read.values()))
        if isinstance(value, Fraction):
            limited(value)
        return self.step(path, kind, "formula", list(read.values()), value, rule=rule)
