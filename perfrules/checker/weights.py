"""The weights that count: of the policy, of the data, and with what others pass on."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from .arithmetic import Refused, figure, number
from .data import Problem
from .figures import Figures
from .policy import Held, total_of
from .record import Json
from .steps import Chain

__all__ = ["Part", "Weights"]

Part = tuple[Held, Held, str]
"""A value, its weight, and the line of the policy that says so."""


class Weights(Figures):
    """What each indicator and each group of raters counts for."""

    weights: dict[str, Held]
    """Of indicators whose weight is another than the policy writes."""

    passing: set[str]
    """Those left out whose weight the others need not share."""

    def is_given(self, name: str) -> bool:
        """Whether the weight comes with the data."""
        written = self.policy.indicators[name]["weight"]
        return isinstance(written, dict) or written == "given"

    def weight(self, name: str) -> Held:
        """The weight that counts."""
        return self.weights.get(name) or self.policy.term(f"indicators.{name}.weight")

    def given_weights(self) -> None:
        """The weights of the data, each within its limits, that add up to 100 % in each section;
        what the data lack or have wrong is a problem, and nothing then follows."""
        indicators, self.weights, self.passing = self.policy.indicators, {}, set()
        given = [name for name in indicators if self.is_given(name)]
        for name in given:
            path = f"indicators.{name}.weight"
            if not self.comes(path):
                codes = ("missing-weight", "not-a-figure", "out-of-range")
                self.problems.append(Problem(self.next_id(), codes))
                continue
            written = indicators[name]["weight"]
            limits: Json = written["given"] if isinstance(written, dict) else {}
            step = self.given(path)
            low, high = (
                number(limits.get(key, end)) for key, end in (("at_least", "0"), ("at_most", "1"))
            )
            if not low <= figure(step.value, "not-a-figure") <= high:
                raise Refused("out-of-range")
            self.weights[name] = step
        if self.problems:
            return
        for section in {indicators[name].get("section"): None for name in self.in_sections(given)}:
            own = [name for name, one in indicators.items() if one.get("section") == section]
            if total_of(self.weight(name) for name in own) != 1:
                self.problems.append(Problem(self.next_id(), ("weights-do-not-sum",)))

    def in_sections(self, names: Iterable[str]) -> list[str]:
        """Names of indicators in the order of their sections."""
        order = [*self.policy.sections]
        of = {name: self.policy.indicators[name].get("section") for name in names}
        return sorted(of, key=lambda name: order.index(of[name]) if of[name] in order else 0)

    def missing(self, one: Json, path: str, what: str) -> Held | None:
        """Nothing was recorded: it counts as nought, is left out, or is an error. What carries no
        weight needs no figure; the weight of what is left out may go to another."""
        name = path.removeprefix("indicators.")
        weightless = self.is_given(name) and not self.weight(name).number
        if one["missing"] == "zero" and not weightless:
            nought = False if what == "actual" and "yes_no" in one["score"] else Fraction(0)
            kind = "datum" if what == "actual" else "score"
            return self.step(f"{path}.{what}", kind, "count_as_nought", [], nought, "missing", path)
        passes = isinstance(one["missing"], dict)
        if not weightless and not passes and one["missing"] != "exclude":
            raise Refused("missing-actual")
        if passes or weightless:
            self.passing.add(name)
        operation = "pass_weight" if passes and not weightless else "exclude"
        weight = [self.weight(name)]
        self.step(f"{path}.excluded", "datum", operation, weight, True, "missing", path)
        return None

    def passed_on(self, scores: dict[str, Held]) -> None:
        """The weight of each that is missing goes to the first receiver with a figure."""
        receivers = dict[str, list[Held]]()
        for name, one in self.policy.indicators.items():
            excluded = self.steps.get(f"indicators.{name}.excluded")
            if excluded is None or excluded.operation != "pass_weight":
                continue
            able = [to for to in one["missing"]["weight_to"] if self.has_figure(to, scores)]
            if able:
                receivers.setdefault(able[0], []).append(self.weight(name))
            else:
                self.problems.append(Problem(self.next_id(), ("missing-actual",)))
        for name in self.policy.indicators if not self.problems else ():
            if name in receivers:
                own = self.weight(name)
                self.weights[name] = self.raised(f"indicators.{name}", own, receivers[name])

    def has_figure(self, name: str, scores: dict[str, Held]) -> bool:
        """Whether one counts, with a weight and with more than the nought of a missing figure."""
        held = [self.steps.get(f"indicators.{name}.{what}") for what in ("actual", "score")]
        noughts = [one for one in held if one and one.operation == "count_as_nought"]
        return name in scores and not noughts and bool(self.weight(name).number)

    def raised(self, path: str, own: Held, others: Sequence[Held]) -> Held:
        """A weight, and those that were passed on to it."""
        all_, into = [own, *others], f"{path}.weight.raised"
        return self.step(into, "contribution", "take_weight", all_, total_of(all_))

    # ---- by weight

    def by_weight(self, names: Iterable[str], scores: dict[str, Held]) -> list[Part]:
        """The scores that count, each with its weight, in the order of the file."""
        return [
            (scores[name], self.weight(name), f"indicators.{name}.weight")
            for name in names
            if name in scores
        ]

    def is_whole(self, names: Iterable[str], scores: dict[str, Held]) -> bool:
        """Whether what is left out leaves no weight behind."""
        return all(name in scores or name in self.passing for name in names)

    def weighed(
        self, path: str, kind: str, parts: Sequence[Part], complete: bool,
        rounding: str = "division",
    ) -> Chain:  # fmt: skip
        """The sum of value x weight; over the sum of the weights where these are no whole."""
        if not any(weight.number for _, weight, _ in parts):
            raise Refused("nothing-to-count")
        shares = []
        for one, weight, rule in parts:
            into, value = f"{one.path}.weighted", one.number * weight.number
            both = [one, weight]
            shares.append(self.step(into, "contribution", "multiply", both, value, rule=rule))
        chain = Chain(self, path, kind)
        chain.link("sum", "sum", *shares, value=total_of(shares))
        if not complete:
            weights = [weight for _, weight, _ in parts]
            left = self.step(f"{path}.weights", kind, "sum", weights, total_of(weights))
            self.over(chain, left, rounding)
        return chain

    def over(self, chain: Chain, weights: Held, rounding: str) -> None:
        """A sum over its weights."""
        value = self.policy.divided(chain.number, weights.number, rounding)
        chain.link("share", "divide", weights, value=value, rounding=rounding)
