"""The grade: of the total, capped by vetoes, in the distribution of its group, calibrated."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from .arithmetic import Refused, figure, number, seats_of
from .policy import Held, total_of
from .steps import Chain
from .totals import Totals, Veto

__all__ = ["Grades", "place_of"]

OPEN = ""
"""Stands for all grades without a quota."""


class Grades(Totals):
    """A grade on its way is a chain of words."""

    def grade(self, holding: Sequence[Veto]) -> None:
        """The grade as `results["grade"]`, where the policy has grades."""
        grades = self.policy.grades
        if not grades:
            return
        total = self.results["total"]
        row, beside = self.policy.reached("grades", total.number)
        chain = Chain(self, "grade", "grade")
        name = self.policy.terms(row)["grade"]
        chain.link("by_total", "grade", total, value=name, rule=row, not_taken=beside)
        caps = self.caps(holding)
        worst = self.policy.lower(grades[0], *(cap.value for cap in caps))
        if caps:
            self.lowered(chain, "capped", "cap", caps, self.policy.lower(chain.value, worst))
        if "distribution" in self.policy.tree and not self.part:
            self.distribute(chain)
        for entry_row, entry in self.entries("grade", chain):
            if entry.value not in grades:
                raise Refused("unknown-grade")
            chain.link(f"revised.{entry_row}", "revise", entry, value=entry.value)
        if caps and self.policy.lower(chain.value, worst) != chain.value:
            self.lowered(chain, "limited", "cap", caps, worst)
        self.results["grade"] = chain.end()

    def caps(self, holding: Sequence[Veto]) -> list[Held]:
        """The best grade that each veto leaves; of somebody who moved, that vetoes left then."""
        caps = [
            Held(f"{at}.then.grade", then["grade"], "policy")
            for at, then in holding
            if "grade" in then
        ]
        if self.moved:
            paths = [f"segments.{row}.cap" for row in range(1, len(self.days_of) + 1)]
            caps += [self.given(path) for path in paths if self.comes(path)]
        return caps

    def lowered(
        self, chain: Chain, name: str, operation: str, operands: Sequence[Held], value: str,
        rule: str = "",
    ) -> None:  # fmt: skip
        """A link that may make another grade of it, which is then said."""
        outcome = "capped" if value != chain.value else "applied"
        chain.link(name, operation, *operands, value=value, outcome=outcome, rule=rule)

    def distribute(self, chain: Chain) -> None:
        """What the subject's place in its group leaves of the grade."""
        at, rule = "distribution", self.policy.tree["distribution"]
        if "only_if" in rule:
            met = self.formula(gate := f"{at}.only_if", gate, "standing", truth=True)
            if not met.value:
                self.step(at, "standing", "gate", [met], False, "skipped", gate)
                return
        own = {"keys": self.ordered(at, "standing", rule["order"]), "grade": chain.value}
        if not self.stands(at, at):
            self.step(at, "standing", "alone", [], False, "skipped", at)
            return
        if "min_group" in rule and figure(self.believed()) < number(rule["min_group"]):
            least = self.policy.term(f"{at}.min_group")
            both = [*self.from_group(at, at, ["size"], own), least]
            self.step(at, "standing", "too_small", both, False, "skipped", at)
            return
        grades = self.policy.grades
        names = [] if self.policy.forced else [f"counts.{grade}" for grade in grades]
        size, above, equal, *counts = self.ranked(at, at, own, names)
        seats = self.seats(size)
        final = self.final(seats, [one.number for one in counts])
        found = self.grade_at(place_of(rule["ties"], above, equal), final)
        if not self.policy.forced:
            found = self.policy.lower(found, chain.value)
        operands = [above, equal, *seats.values(), *counts]
        self.lowered(chain, "distributed", "distribute", operands, found, at)

    def seats(self, size: Held) -> dict[str, Held]:
        """The seats of each quota in the order of the grades, and those of the rest, which stands
        at the place of the first grade without a quota (at the end where all have one)."""
        at, shares = "distribution", dict[str, Held]()
        for grade in self.policy.grades:
            if self.quota(grade) is None:
                shares.setdefault(OPEN, Held("", Fraction(0)))
            else:
                bound = self.quota(grade)
                path = f"{at}.quotas.{grade}.{bound}" if bound else f"{at}.quotas.{grade}"
                shares[grade] = self.policy.term(path)
        rest = 1 - total_of(shares.values())
        if rest:
            shares[OPEN] = Held("", rest)
        else:
            shares.pop(OPEN, None)
        counts = seats_of(size.number, [one.number for one in shares.values()])
        seats = dict[str, Held]()
        for (grade, share), count in zip(shares.items(), counts, strict=True):
            both = [size, share] if share.path else [size]
            into = f"{at}.seats.{grade}" if share.path else f"{at}.open"
            seats[grade] = self.step(into, "standing", "seats", both, count, rule=at)
        return seats

    def quota(self, grade: str) -> str | None:
        """Whether a grade has `at_least` or `at_most` a share; empty for an exact one."""
        quota = self.policy.tree["distribution"]["quotas"].get(grade)
        return "" if isinstance(quota, str) else quota and next(iter(quota))

    def final(self, seats: dict[str, Held], held: Sequence[Fraction]) -> list[Fraction]:
        """How many get each grade, best first: where places decide, as many as there are seats.
        Else a grade with too many hands the surplus down, and then one with too few takes what it
        lacks from the nearest above."""
        grades, final = self.policy.grades, [*held]
        if not held:
            return [seats[grade].number for grade in grades]
        for row, grade in enumerate(grades[:-1]):
            if self.quota(grade) in ("", "at_most"):
                surplus = max(final[row] - seats[grade].number, Fraction(0))
                final[row], final[row + 1] = final[row] - surplus, final[row + 1] + surplus
        for row in range(len(grades) - 1, 0, -1):
            if self.quota(grades[row]) in ("", "at_least"):
                for above in range(row - 1, -1, -1):
                    lacking = max(seats[grades[row]].number - final[row], Fraction(0))
                    taken = min(lacking, final[above])
                    final[row], final[above] = final[row] + taken, final[above] - taken
        return final

    def grade_at(self, place: Fraction, final: Sequence[Fraction]) -> str:
        """The grade at a place, the first being 1: that in which the count first reaches it."""
        grades = self.policy.grades
        reached = accumulate(final)
        return next(
            (grade for grade, one in zip(grades, reached, strict=True) if place <= one), grades[-1]
        )


def place_of(ties: str, above: Held, equal: Held) -> Fraction:
    """The place that counts for those who are level: their first, or their last."""
    return above.number + (1 if ties == "keep_together" else equal.number)
