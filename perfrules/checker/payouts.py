"""Money: incentives, payouts of the roles that somebody held, and pools that a group shares."""

from collections.abc import Sequence
from fractions import Fraction

from .arithmetic import Refused, limited, number, numbers, plain, rounded
from .limits import Limits
from .policy import Held, total_of, word_of
from .record import Json, Wrong
from .steps import Chain
from .totals import Veto

__all__ = ["Payouts"]


class Payouts(Limits):
    """What the performance pays."""

    def paying(self, holding: Sequence[Veto]) -> list[tuple[str, Held, str]]:
        """The vetoes that pay less: name of the link, factor, path of the veto."""
        found = [veto for veto, then in holding if "pay" in then]
        names = ["vetoed", *(f"vetoed.{row}" for row in range(2, len(found) + 1))]
        return [
            (name, self.policy.term(f"{veto}.then.pay"), veto)
            for name, veto in zip(names, found, strict=False)
        ]

    def pay(self, path: str, plan: Json, at: str, holding: Sequence[Veto]) -> None:
        """base x rate x factors, or the slices; gated, cut, lowered by vetoes, rounded."""
        if "only_if" in plan:
            met = self.formula(gate := f"{at}.only_if", f"{path}.only_if", "pay", truth=True)
            if not met.value:
                self.step(path, "pay", "gate", [met], Fraction(0), "skipped", gate)
                return
        chain, factors, tiers = Chain(self, path, "pay"), list[Held](), plan.get("tiers", {})
        slope: tuple[Held, Held, str, list[str]] | None = None
        if "base" in plan:
            factors.append(self.formula(f"{at}.base", f"{path}.base", "pay"))
        if "by_grade" in plan:
            grade = self.results["grade"]
            rate = self.policy.term(rule := f"{at}.by_grade.{grade.value}")
            into, both = f"{path}.rate", [grade, rate]
            factors.append(self.step(into, "pay", "by_grade", both, rate.value, rule=rule))
        if "whole" in tiers:
            by = self.formula(f"{at}.tiers.by", f"{path}.by", "pay")
            row, beside = self.policy.reached(f"{at}.tiers.whole", by.number)
            terms, into = self.policy.terms(row), f"{path}.rate"
            if "high" in terms:
                slope = (factors.pop(), by, row, beside)
            else:
                paid = number(terms["pay"])
                step = self.step(into, "pay", "tier", [by], paid, rule=row, not_taken=beside)
                factors.append(step)
        for index in range(len(plan.get("times", []))):
            into = f"{path}.times.{index + 1}"
            factors.append(self.formula(f"{at}.times.{index}", into, "pay"))
        value = Fraction(1)
        if slope is not None:
            value = self.sloped(chain, *slope)
        elif "marginal" in tiers:
            slices = self.slices(path, f"{at}.tiers")
            value, rule = total_of(slices), f"{at}.tiers.marginal"
            chain.link("slices", "sum", *slices, value=value, rule=rule)
        for factor in factors:
            value *= factor.number
        if factors or not ("marginal" in tiers or slope is not None):
            chain.link("product", "multiply", *factors, value=value)
        self.within(chain, path, plan, at)
        for name, share, veto in self.paying(holding):
            chain.link(name, "multiply", share, value=chain.number * share.number, rule=veto)
        chain.round("pay").end()

    def sloped(
        self, chain: Chain, base: Held, by: Held, row: str, beside: Sequence[str]
    ) -> Fraction:
        """The base at a rate on a straight line. The row is that of the figure as it was rounded;
        the place on the line is the exact quotient, not beyond either end."""
        terms = self.policy.terms(row)
        low, until, first, last = numbers(terms, word_of(terms), "until", "pay", "high")
        parts, exact = self.quotient_of(by)
        least, most = sorted((low, until))
        place = (max(least, min(exact, most)) - low) / (until - low)
        amount = base.number * (first + place * (last - first))
        value = limited(self.policy.rounded(amount, "division"))
        more = {"rule": row, "not_taken": beside, "rounding": "division"}
        chain.link("sloped", "slope_pay", by, base, *parts, value=value, **more)
        return value

    def quotient_of(self, by: Held) -> tuple[tuple[Held, ...], Fraction]:
        """The figures that an attainment is the quotient of, and the quotient itself, of the
        policy's own formula its value as it was; any other figure counts as it is."""
        root, _, name = by.path.partition(".")
        indicator, _, what = name.partition(".")
        if root != "indicators" or what != "attainment":
            return (), by.number
        lower = self.policy.indicators[indicator]["direction"] == "lower_is_better"
        read = by.operands
        match by.operation, [one.number for one in read]:
            case "divide", [top, under]:
                return read, top / under
            case "improvement", [actual, target, baseline]:
                return read, (actual - baseline) / (target - baseline)
            case "divide_weighted", [actual, total, weights]:
                mean = total / weights
                return read, mean / actual if lower else actual / mean
            case "round", [unrounded]:
                return read, unrounded
        return (), by.number

    def slices(self, path: str, at: str) -> list[Held]:
        """The part of the figure in each slice that it reaches into, x the slice's rate, or what a
        piece earns there. With a quota the ends of the slices are shares of it."""
        by, steps, node = self.formula(f"{at}.by", f"{path}.by", "pay"), [], self.policy.node[at]
        quota, whole = list[Held](), Fraction(1)
        if "of" in node:
            quota.append(self.formula(f"{at}.of", f"{path}.of", "pay"))
            whole = quota[0].number
            if whole <= 0:
                raise Refused("quota-not-positive")
        operation = "quota_slice" if quota else "slice"
        starts = [number(row["from"]) * whole for row in node["marginal"]]
        for index, (start, end) in enumerate(zip(starts, [*starts[1:], by.number], strict=True)):
            if by.number > start:
                rule, into = f"{at}.marginal.{index}", f"{path}.slices.{index + 1}"
                price = "rate" if "rate" in node["marginal"][index] else "each"
                worth = self.policy.term(f"{rule}.{price}")
                value, read = (min(by.number, end) - start) * worth.number, [by, *quota, worth]
                steps.append(self.step(into, "pay", operation, read, value, rule=rule))
        return steps

    # ---- moves within the cycle

    def moved_pay(self) -> list[str]:
        """The payouts of the segments, plan by plan; the names of the plans. Which plans a
        segment had is read from the trace."""
        plans, starts = list[str](), self.id_of("pay.")
        while self.next_id().startswith(starts):
            name, mark, row = self.next_id().removeprefix(starts).rpartition(".segments.")
            if not mark or name in plans or not row.isdecimal():
                break
            plans.append(name)
            self.moved_plan(name)
        return plans

    def moved_plan(self, name: str) -> None:
        """One plan's payout: added up, or by days over all segments."""
        path, paid = f"pay.{name}", list[Held]()
        adds_up = self.policy.plans.get(name, {}).get("moves") == "sum"
        for row, days in enumerate(self.days_of, 1):
            into = f"{path}.segments.{row}"
            if self.comes(into):
                one = self.given(into)
                own = one if adds_up else self.times_days(f"{into}.weighted", one, days, "pay")
                paid.append(own)
        if not paid:
            raise Wrong(self.next_id(), "没有这一任职段", "there is no such segment")
        if adds_up:
            chain = Chain(self, path, "pay")
            chain.link("sum", "sum", *paid, value=total_of(paid))
        else:
            chain = self.by_days(path, "pay", paid)
        chain.round("pay").end()

    # ---- pools

    def pool(self, name: str, pool: Json, holding: Sequence[Veto]) -> None:
        """The subject's part, cut to whole units of money; what is left over goes, a unit each, to
        those whose part lost most by the cut."""
        at, path = f"pools.{name}", f"pay.{name}"
        if "only_if" in pool:
            met = self.formula(gate := f"{at}.only_if", gate, "pay", truth=True)
            if not met.value:
                self.step(path, "pay", "gate", [met], Fraction(0), "skipped", gate)
                return
        amount = self.formula(f"{at}.amount", f"{at}.amount", "pay")
        share = self.formula(f"{at}.share_by", f"{at}.share", "pay")
        for link, factor, veto in self.paying(holding):
            value, both = share.number * factor.number, [share, factor]
            share = self.step(f"{at}.share.{link}", "pay", "multiply", both, value, rule=veto)
        places = int(number(self.policy.tree["rounding"]["pay"]["places"]))
        if share.number < 0:
            raise Refused("negative-share")
        if amount.number < 0 or rounded(amount.number, places, "floor") != amount.number:
            raise Refused("pool-not-payable")
        amounts = pool.get("scale") == "down_only"
        if amounts and (money := self.policy.rounded(share.number, "pay")) != share.number:
            into = f"{at}.share.rounded"
            share = self.step(into, "pay", "round", [share], money, rounding="pay")
        if not self.stands(at, at):
            self.step(at, "pay", "alone", [], False, "skipped", at)
            return
        own = {"amount": plain(amount.number), "share": plain(share.number)}
        (shares,) = self.from_group(at, at, ["shares"], own)
        if amounts and shares.number <= amount.number:
            if share.number > shares.number:
                raise Wrong(self.id_of(f"{at}.shares"), "这样的组不存在", "there is no such group")
            full = [share, shares, amount]
            self.step(path, "pay", "in_full", full, share.number, rule=at)
            return
        left, ahead = self.from_group(at, at, ["left", "ahead"], own)
        if not shares.number or any(one.number.denominator != 1 for one in (left, ahead)):
            raise Wrong(self.id_of(f"{at}.shares"), "这样的组不存在", "there is no such group")
        cut = rounded(amount.number * share.number / shares.number, places, "floor")
        into, operands = f"{path}.part", [amount, share, shares]
        part = self.step(into, "pay", "part", operands, cut, rule=at, rounding="pay")
        paid = cut + (Fraction(1, 10**places) if ahead.number < left.number else 0)
        operands = [part, left, ahead]
        self.step(path, "pay", "allocate", operands, paid, rule=at, rounding="pay")
