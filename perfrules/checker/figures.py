"""The figures of an indicator: actual, target, baseline, and the attainment that they make."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from .arithmetic import (
    Refused,
    day,
    days_until,
    figure,
    limited,
    months_until,
    number,
    the_day_after,
)
from .policy import Held, total_of
from .record import Json, Wrong, require
from .standing import Standing
from .steps import Chain

__all__ = ["Figures"]

UNTIL: dict[str, Callable[[date, date], Fraction]] = {"days": days_until, "months": months_until}


class Figures(Standing):
    """What was reached, what should have been, and how far the one is from the other."""

    def actual(self, one: Json, path: str) -> Held | None:
        """The actual: from the members of a unit, or of the data, where appeals may correct it."""
        if "actual" in one.get("roll_up", {}):
            return self.rolled(f"{path}.roll_up.actual", f"{path}.actual", f"{path}.members")
        at = f"{path}.actual"
        if not self.comes(f"{at}.before"):
            return self.datum(at)
        held = [self.given(f"{at}.before"), *(entry for _, entry in self.entries(at))]
        if len(held) == 1:
            raise Wrong(self.id_of(at), "没有修订记录", "there is no entry that revises it")
        return self.step(at, "datum", "revise", held, held[-1].value)

    def target(self, one: Json, path: str) -> Held | None:
        """The target: from the members, the data or the policy, and as it was changed."""
        if "target" in one.get("roll_up", {}):
            rule = f"{path}.roll_up.target"
            return self.rolled(rule, f"{path}.target", f"{path}.target_members")
        at = f"{path}.target"
        changed = "target_changes" in self.policy.tree and self.comes(f"{at}.before")
        before = self.need(path, "target", f"{at}.before" if changed else at)
        return self.changed(at, before) if changed and before else before

    def need(self, path: str, what: str, into: str = "") -> Held | None:
        """A target or baseline: the data's, else the policy's number; None where it has none."""
        at = f"{path}.{what}"
        need, into = self.policy.node[at], into or at
        if need == "none":
            return None
        if step := self.datum(into):
            figure(step.value, "not-a-figure")
            return step
        if need == "required":
            raise Refused(f"missing-{what}")
        fixed = self.policy.term(at)
        return self.step(into, "datum", "from_policy", [fixed], fixed.value, rule=at)

    # ---- members

    def rolled(self, rule: str, into: str, members: str) -> Held:
        """The sum, the mean, the least or the most of the members' figures."""
        by, weighted = self.policy.node[rule]["by"], "weight" in self.policy.node[rule]
        held, pairs = list[Held](), list[tuple[Fraction, Fraction]]()
        while self.comes(f"{members}.{len(pairs) + 1}"):
            at = f"{members}.{len(pairs) + 1}"
            both = [self.given(at)]
            value, weight = figure(both[0].value, "not-a-figure"), Fraction(1)
            if weighted:
                both.append(self.given(f"{at}.weight"))
                weight = figure(both[1].value, "not-a-figure")
            held += both
            pairs.append((value, weight))
        if not pairs:
            raise Refused("no-members")
        values = [value for value, _ in pairs]
        if by in ("sum", "min", "max"):
            found = {"sum": sum(values, Fraction(0)), "min": min(values), "max": max(values)}[by]
            return self.step(into, "datum", "roll_up", held, found, rule=rule)
        weights = sum((weight for _, weight in pairs), Fraction(0))
        total = sum((value * weight for value, weight in pairs), Fraction(0))
        if by == "weighted_sum":
            return self.step(into, "datum", "roll_up", held, limited(total), rule=rule)
        mean = self.policy.divided(total, weights, "division")
        return self.step(into, "datum", "roll_up", held, mean, rule=rule, rounding="division")

    # ---- changes of a target

    def changed(self, at: str, before: Held) -> Held:
        """The last target; or all of them, each for the days or months that it was in force."""
        rule = self.policy.tree["target_changes"]
        changes, days = list[Held](), list[date]()
        while self.comes(f"{at}.change.{len(changes) + 1}"):
            days.append(day(self.ahead[self.count]["origin"].get("as_of")))
            into = f"{at}.change.{len(changes) + 1}"
            changes.append(self.given(into, needs=rule["needs"]))
        if not changes:
            raise Wrong(self.id_of(at), "没有调整记录", "there is no entry that changes it")
        quarters = Counter((one.year, (one.month - 1) // 3) for one in days)
        if "per_quarter" in rule and max(quarters.values()) > number(rule["per_quarter"]):
            raise Wrong(self.id_of(at), "一个季度内调整过多", "too many changes in a quarter")
        if rule["weighting"] == "none":
            last = figure(changes[-1].value, "not-a-figure")
            return self.step(
                at, "datum", "changed", [before, *changes], last, rule="target_changes"
            )
        times = self.times(at, days, rule["weighting"])
        pairs = [*zip([before, *changes], times, strict=True)]
        value = sum((target.number * time.number for target, time in pairs), Fraction(0))
        flat = [step for pair in pairs for step in pair]
        total = self.step(f"{at}.sum", "datum", "sum_product", flat, value)
        weights = self.step(f"{at}.weights", "datum", "sum", times, total_of(times))
        mean = self.policy.divided(value, weights.number, "division")
        both, rule_at = [total, weights], "target_changes"
        return self.step(at, "datum", "divide", both, mean, rule=rule_at, rounding="division")

    def times(self, at: str, days: list[date], unit: str) -> list[Held]:
        """For how many days or months each target was in force, the first from the cycle's on."""
        if self.trace["cycle"] is None:
            raise Refused("missing-cycle")
        first, last = self.bound("from"), self.bound("to")
        since = [self.given(f"{at}.since.{row}") for row in range(1, len(days) + 1)]
        require(self.id_of(at), "since", [f"{one}" for one in days], [one.value for one in since])
        ends = [day(first.value), *days, the_day_after(day(last.value))]
        if ends != sorted(ends):
            raise Wrong(self.id_of(at), "调整日期不在周期内", "a change outside the cycle")
        found = []
        for row, both in enumerate(zip([first, *since], [*since, last], strict=True)):
            operation = f"{unit}_until" if row < len(since) else unit
            value = UNTIL[unit](ends[row], ends[row + 1])
            found.append(self.step(f"{at}.for.{row}", "datum", operation, both, value))
        return found

    # ---- attainment

    def attainment(
        self, one: Json, at: str, actual: Held | None, target: Held | None, baseline: Held | None
    ) -> None:
        """The policy's own formula; or a ratio of the figures, rounded once."""
        path = f"{at}.attainment"
        if "attainment" in one:
            own = self.formula(path, f"{path}.formula", "attainment", inside=at)
            chain = Chain(self, path, "attainment")
            chain.link("unrounded", "same", own, value=own.number)
            chain.round("attainment").end()
            return
        assert actual is not None
        assert target is not None
        reached, wanted = actual.number, target.number
        operation, operands = "divide", [actual, target]
        lower = one["direction"] == "lower_is_better"
        if baseline is not None:
            operation, operands = "improvement", [actual, target, baseline]
            reached, wanted = reached - baseline.number, wanted - baseline.number
            lower = False
        elif wanted <= 0:
            raise Refused("negative-target" if wanted else "zero-target")
        elif lower and reached <= 0:
            if reached or "zero_actual" not in one:
                raise Refused("negative-actual" if reached else "zero-actual")
            fixed = self.policy.term(rule := f"{at}.zero_actual")
            operands, value = [actual, fixed], fixed.value
            self.step(path, "attainment", "zero_actual", operands, value, rule=rule)
            return
        elif target.operation == "divide":  # weighted: a mean may have no end, its parts have
            total, weights = target.operands
            operation, operands = "divide_weighted", [actual, total, weights]
            reached, wanted = reached * weights.number, total.number
        elif lower:
            operands = [target, actual]
        top, under = (wanted, reached) if lower else (reached, wanted)
        value = self.policy.divided(top, under, "attainment")
        self.step(path, "attainment", operation, operands, value, rule=at, rounding="attainment")
