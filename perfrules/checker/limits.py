"""What comes off an incentive, the limits of one and of all together, and the sum of all pay."""

from collections.abc import Sequence

from .arithmetic import Refused, limited, number, rounded
from .grades import Grades
from .policy import LIMITS, Held, total_of, worked_out
from .record import Json, Wrong
from .steps import Chain

__all__ = ["LINES", "Limits"]

LINES = ("cut", "top_up")
"""What the limits of all incentives together add as lines of their own."""


class Limits(Grades):
    """Limits of money."""

    def within(self, chain: Chain, path: str, plan: Json, at: str) -> None:
        """One incentive: less what comes off, then cut to the limit that it is beyond."""
        count = len(plan.get("less", []))
        into = [(f"{at}.less.{row}", f"{path}.less.{row + 1}") for row in range(count)]
        if less := [self.formula(*one, "pay") for one in into]:
            chain.link("less", "less", *less, value=chain.number - total_of(less))
        low, high = (self.limit(plan, at, path, key) for key in LIMITS)
        self.uncrossed(low, high)
        for key, limit in zip(LIMITS, (low, high), strict=True):
            if limit and (chain.number - limit.number) * (-1 if key == "at_least" else 1) > 0:
                more = {"outcome": "capped", "rule": f"{at}.{key}"}
                chain.link("cut", key, limit, value=limit.number, **more)
                break

    def limit(self, rule: Json, at: str, path: str, key: str) -> Held | None:
        """A limit: a number of the policy, or what an expression gives."""
        if key not in rule:
            return None
        if worked_out(rule[key]):
            return self.formula(f"{at}.{key}", f"{path}.{key}", "pay")
        return self.policy.term(f"{at}.{key}")

    def uncrossed(self, low: Held | None, high: Held | None) -> None:
        if low and high and low.number > high.number:
            raise Refused("limits-crossed")

    def kept_within(self, plans: Sequence[str], paying: Sequence[tuple[str, Held, str]]) -> None:
        """All incentives together: where they come to less than the lower limit (times what vetoes
        leave) or to more than the upper one, a line of its own makes up for it. Limits count in
        whole units of money, the lower one rounded up and the upper one down."""
        at, rules = "payouts", self.policy.payouts
        if not rules or not plans:
            return
        if {*LINES} & {*plans}:
            raise Refused("name-twice")
        lines = [self.steps[f"pay.{name}"] for name in plans]
        total = self.step(f"{at}.sum", "pay", "sum", lines, limited(total_of(lines)))
        if "at_least" in rules and self.waived(f"{at}.at_least"):
            rules = {key: one for key, one in rules.items() if key != "at_least"}
        low, high = (self.limit(rules, at, at, key) for key in LIMITS)
        self.uncrossed(low, high)
        if low:
            for link, share, veto in paying:
                into, both = f"{at}.at_least.{link}", [low, share]
                value = limited(low.number * share.number)
                low = self.step(into, "pay", "multiply", both, value, rule=veto)
            low = self.in_units(low, "at_least", "ceiling")
        if high:
            high = self.in_units(high, "at_most", "floor")
        self.uncrossed(low, high)
        if low and total.number < low.number:
            self.line("top_up", low, total, f"{at}.at_least")
        elif high and total.number > high.number:
            self.line("cut", high, total, f"{at}.at_most")

    def waived(self, rule: str) -> bool:
        """No lower limit holds where a veto lowered the pay of one of the roles held."""
        rows = range(1, len(self.days_of) + 1) if self.moved else ()
        paths = [f"segments.{row}.lowered" for row in rows]
        lowered = [self.given(path) for path in paths if self.comes(path)]
        if not lowered:
            return False
        for one in lowered:
            if one.value is not True:
                raise Wrong(self.id_of(one.path), "应为 true", "this can only be true")
        self.step(f"{rule}.waived", "pay", "waived", lowered, True, "skipped", rule)
        return True

    def in_units(self, limit: Held, key: str, mode: str) -> Held:
        places = int(number(self.policy.tree["rounding"]["pay"]["places"]))
        whole = rounded(limit.number, places, mode)
        if whole == limit.number:
            return limit
        name = {"ceiling": "whole_up", "floor": "whole_down"}[mode]
        return self.step(f"payouts.{key}.whole", "pay", name, [limit], whole, rounding="pay")

    def line(self, name: str, limit: Held, total: Held, rule: str) -> None:
        value, both = limited(limit.number - total.number), [limit, total]
        self.step(f"pay.{name}", "pay", "less", both, value, "capped", rule)

    def pay_total(self) -> None:
        """The sum of all lines of pay that there are."""
        lines = [one for path, one in self.steps.items() if is_line(path)]
        if lines:
            self.step("pay_total", "pay", "sum", lines, limited(total_of(lines)))


def is_line(path: str) -> bool:
    """Whether a step is a line of pay, and not a part of one: `pay.bonus`."""
    root, _, name = path.partition(".")
    return root == "pay" and bool(name) and "." not in name
