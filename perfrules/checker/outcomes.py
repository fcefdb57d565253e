"""What a result brings besides money: awards, follow-ups, and objectives shown beside it."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from .arithmetic import Refused, day, rounded
from .grades import place_of
from .payouts import Payouts
from .policy import Held, total_of
from .record import Json

__all__ = ["Outcomes"]


class Outcomes(Payouts):
    """Awards, plans and talks, objectives."""

    def award(self, name: str, award: Json) -> None:
        """To those at the top of their group, or to all who meet the condition."""
        at, met = f"awards.{name}", list[Held]()
        if "only_if" in award:
            met.append(self.formula(gate := f"{at}.only_if", gate, "award", truth=True))
            if not met[0].value:
                if "top" in award:
                    self.stands(at, at)
                self.step(at, "award", "gate", met, False, "skipped", gate)
                return
        if "top" not in award:
            self.step(at, "award", "award", met, True, rule=at)
            return
        own = {"eligible": True, "keys": self.ordered(at, "award", award["order"])}
        if not self.stands(at, at):
            self.step(at, "award", "alone", [], False, "skipped", at)
            return
        size, above, equal = self.ranked(at, at, own)
        top = self.policy.term(f"{at}.top")
        count = rounded(size.number * top.number, 0, award["count"])
        if award["at_least_one"] == "true":
            count = max(count, Fraction(1))
        seats = self.step(f"{at}.seats", "award", "award_seats", [size, top], count, rule=at)
        won = place_of(award["ties"], above, equal) <= count
        outcome = "applied" if won else "skipped"
        self.step(at, "award", "award", [above, equal, seats], won, outcome, at)

    def follow_up(self, name: str, rule: Json) -> None:
        """Whether a plan or a talk is set going, and the day on which it is due."""
        at = f"follow_ups.{name}"
        met = self.formula(f"{at}.when", f"{at}.when", "follow_up", truth=True)
        operands = [met]
        if met.value and "due_days" in rule and self.trace["cycle"] is not None:
            start, days = self.announced(), self.policy.term(f"{at}.due_days")
            try:
                due = day(start.value) + timedelta(days=int(days.number))
            except OverflowError:
                raise Refused("number-out-of-range") from None
            both = [start, days]
            step = self.step(f"{at}.due", "follow_up", "due", both, due.isoformat(), rule=at)
            operands.append(step)
        outcome = "applied" if met.value else "skipped"
        self.step(at, "follow_up", "follow_up", operands, met.value, outcome, at)

    def objectives(self) -> None:
        """The means of the objectives' key results, and of the objectives; none where a key
        result is no number from 0 to 1."""
        means, count = list[Held](), 0
        while self.comes(f"okr.{count + 1}.objective"):
            count += 1
            at, results = f"okr.{count}", list[Held]()
            self.given(f"{at}.objective", kind="objective")
            while self.comes(f"{at}.{len(results) + 1}"):
                results.append(self.given(f"{at}.{len(results) + 1}", kind="objective"))
            if all(isinstance(one.value, Fraction) and 0 <= one.value <= 1 for one in results):
                means.append(self.mean_of(at, results))
        if means and len(means) == count:
            self.mean_of("okr", means)

    def last_cycle(self) -> None:
        """What the data say of the last cycle, shown beside the result and read by no rule."""
        if not self.comes("last.cycle"):
            return
        self.given("last.cycle")
        figures = ("actual", "attainment", "score")
        own = [f"last.{name}.{what}" for name in self.policy.tree["indicators"] for what in figures]
        for path in ("last.total", "last.grade", *own):
            if self.comes(path):
                self.given(path)

    def mean_of(self, path: str, held: Sequence[Held]) -> Held:
        value = self.policy.divided(total_of(held), Fraction(len(held)), "division")
        kind = "objective"
        return self.step(path, kind, "objective_mean", held, value, rounding="division")
