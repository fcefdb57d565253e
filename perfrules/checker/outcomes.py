"""What a result brings besides money: awards, follow-ups, and objectives shown beside it."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from .arithmetic import Refused, day, number, rounded
from .grades import place_of
from .payouts import Payouts
from .policy import Held, total_of
from .record import Json, Wrong
from .steps import Chain
from .totals import Veto

__all__ = ["Outcomes"]


class Outcomes(Payouts):
    """Awards, plans and talks, objectives."""

    def award(self, name: str, award: Json) -> None:
        """To those at the top of their group, or to all who meet the condition."""
        at, met = f"awards.{name}", list[Held]()
        ranks = "top" in award or "places" in award
        if "only_if" in award:
            met.append(self.formula(gate := f"{at}.only_if", gate, "award", truth=True))
            if not met[0].value:
                if ranks:
                    self.stands(at, at)
                self.step(at, "award", "gate", met, False, "skipped", gate)
                return
        if not ranks:
            self.step(at, "award", "award", met, True, rule=at)
            return
        own = {"eligible": True, "keys": self.ordered(at, "award", award["order"])}
        if not self.stands(at, at):
            self.step(at, "award", "alone", [], False, "skipped", at)
            return
        size, above, equal = self.ranked(at, at, own)
        self.compared[at] = own
        if "places" in award:
            got = above.number < len(award["places"])
            outcome = "applied" if got else "skipped"
            self.step(at, "award", "award_place", [above, equal], got, outcome, at)
            return
        top = seats = self.policy.term(f"{at}.top")
        if "count" in award:  # a share; without it, so many people
            seats = self.seats_of_award(at, award, size, top)
        won = place_of(award["ties"], above, equal) <= seats.number
        outcome = "applied" if won else "skipped"
        self.step(at, "award", "award", [above, equal, seats], won, outcome, at)

    def seats_of_award(self, at: str, award: Json, size: Held, top: Held) -> Held:
        """A share of the group in whole people."""
        count = rounded(size.number * top.number, 0, award["count"])
        if award["at_least_one"] == "true":
            count = max(count, Fraction(1))
        return self.step(f"{at}.seats", "award", "award_seats", [size, top], count, rule=at)

    def prize(self, name: str, award: Json, holding: Sequence[Veto]) -> None:
        """What the place in an award pays; nothing is said of who is judged alone."""
        at, path = f"awards.{name}", f"pay.{name}"
        won = self.steps[at]
        if won.operation == "alone":
            return
        if not won.value:
            self.step(path, "pay", "no_prize", [won], Fraction(0), "skipped", at)
            return
        above, equal = self.steps[f"{at}.above"], self.steps[f"{at}.equal"]
        chain, place = Chain(self, path, "pay"), int(above.number)
        if award["ties"] == "share" and equal.number > 1:
            self.split(chain, at, above, equal)
        else:
            prize = self.policy.term(f"{at}.places.{place}")
            chain.link("prize", "prize", above, prize, value=prize.number, rule=at)
        for link, share, veto in self.paying(holding):
            chain.link(link, "multiply", share, value=chain.number * share.number, rule=veto)
        chain.round("pay").end()

    def split(self, chain: Chain, at: str, above: Held, equal: Held) -> None:
        """The prizes of all the places that some take up together, in equal parts cut to whole
        units of money; what is left over goes to the first of them, a unit each."""
        first, last = int(above.number), int(above.number + equal.number)
        rows = range(first, min(last, len(self.policy.node[f"{at}.places"])))
        taken = [self.policy.term(f"{at}.places.{row}") for row in rows]
        total = self.step(f"{chain.path}.prizes", "pay", "sum", taken, total_of(taken))
        places = int(number(self.policy.tree["rounding"]["pay"]["places"]))
        part = rounded(total.number / equal.number, places, "floor")
        more: Json = {"rule": at, "rounding": "pay"}
        chain.link("part", "split", total, equal, value=part, **more)
        units = (total.number - part * equal.number) * 10**places
        if not units:
            return
        (ahead,) = self.from_group(at, at, ["ahead"], self.compared[at])
        turn = ahead.number - above.number
        if turn not in range(int(equal.number)):
            raise Wrong(self.id_of(f"{at}.ahead"), "这样的组不存在", "there is no such group")
        paid = part + (Fraction(1, 10**places) if turn < units else 0)
        chain.link("whole", "split_rest", total, equal, above, ahead, value=paid, **more)

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
