"""The total: of the indicators, or of the roles that somebody held one after the other; vetoes;
and the attainment of a team, department or project."""

from collections.abc import Sequence

from .arithmetic import Refused, figure, number
from .policy import Held, total_of
from .record import Json
from .scores import Scores
from .steps import Chain
from .weights import Part

__all__ = ["Totals", "Veto"]

Veto = tuple[str, Json]
"""The path of a veto that holds, and its `then`."""


class Totals(Scores):
    """Scores by weight, sections by weight, adjustments, limits, rounding, calibrations, vetoes."""

    def total(self, scores: dict[str, Held]) -> list[Veto]:
        """The total as `results["total"]`; the vetoes that hold."""
        chain = self.calibrated(self.totalled(scores))
        vetoes, term = self.policy.vetoes, self.policy.term
        self.results["total"] = chain.written() if vetoes else chain.end()
        holding = [(f"vetoes.{name}", vetoes[name]["then"]) for name in vetoes if self.holds(name)]
        if vetoes:
            caps = [term(f"{at}.then.total") for at, then in holding if "total" in then]
            value = min([chain.number, *(cap.number for cap in caps)])
            outcome = "capped" if value != chain.value else "applied"
            operands = [self.results["total"], *caps]
            self.results["total"] = self.step("total", "total", "at_most", operands, value, outcome)
        return holding

    def totalled(self, scores: dict[str, Held]) -> Chain:
        sections, indicators = self.policy.sections, self.policy.indicators
        in_parts = self.policy.tree.get("weights") == "parts"
        parts: list[Part] = []
        for name in sections:
            at, weight = f"sections.{name}", self.policy.term(f"sections.{name}.weight")
            members = [key for key, one in indicators.items() if one["section"] == name]
            inside = self.by_weight(members, scores)
            if any(share.number for _, share, _ in inside):
                whole = self.is_whole(members, scores) and "weights" not in sections[name]
                chain = self.weighed(at, "section", inside, whole)
                parts.append((chain.end(), weight, weight.path))
            else:
                into, rule = f"{at}.excluded", weight.path
                self.step(into, "section", "exclude", [weight], True, "missing", rule)
        whole = len(parts) == len(sections)
        if not sections:
            parts, whole = self.by_weight(indicators, scores), self.is_whole(indicators, scores)
        rounding = "total" if in_parts and not self.policy.adjustments else "division"
        chain = self.weighed("total", "total", parts, whole and not in_parts, rounding)
        if self.policy.adjustments:
            points = [self.points(name, one) for name, one in self.policy.adjustments.items()]
            chain.link("adjusted", "sum", *points, value=chain.number + total_of(points))
        factors = self.policy.tree.get("total", {}).get("times", [])
        if factors:
            paths = [f"total.times.{row}" for row in range(len(factors))]
            held = [
                self.formula(path, f"total.times.{row}", "total")
                for row, path in enumerate(paths, 1)
            ]
            value = chain.number
            for factor in held:
                value *= factor.number
            chain.link("factored", "multiply", *held, value=value)
        return self.limited(chain)

    def limited(self, chain: Chain) -> Chain:
        return chain.cut(self.policy.tree.get("total", {}), "total").round("total")

    def calibrated(self, chain: Chain) -> Chain:
        """The total as calibrations and appeals put it, which is within the limits."""
        before, limits = chain.pending, self.policy.tree.get("total", {})
        if self.revise(chain).pending is not before:
            low, high = (limits.get(key) for key in ("at_least", "at_most"))
            if low is not None and chain.number < number(low):
                raise Refused("out-of-range")
            if high is not None and chain.number > number(high):
                raise Refused("out-of-range")
        return chain

    def points(self, name: str, one: Json) -> Held:
        """What an adjustment adds: so much an event, or what the events name; then cut."""
        at, points, count = f"adjustments.{name}", one["points"], self.event(name)
        chain = Chain(self, at, "adjustment")
        if "each" in points:
            if count.operation == "count":
                raise Refused("unexpected-points")
            each = self.policy.term(f"{at}.points.each")
            value = count.number * each.number
            chain.link("points", "multiply", count, each, value=value, rule=at)
        else:
            if count.operation == "given" and count.value:
                raise Refused("missing-points")
            low, high = (number(limit) for limit in points["given"])
            if not all(low <= figure(one.value, "not-a-figure") <= high for one in count.operands):
                raise Refused("out-of-range")
            value = total_of(count.operands)
            chain.link("points", "sum", *count.operands, value=value, rule=at)
        return chain.cut(points, f"{at}.points").end()

    def holds(self, name: str) -> bool:
        """Whether a veto's condition is met."""
        at = f"vetoes.{name}"
        met = self.formula(f"{at}.when", f"{at}.when", "veto", truth=True)
        outcome = "applied" if met.value else "skipped"
        return bool(self.step(at, "veto", "condition", [met], met.value, outcome, at).value)

    # ---- moves within the cycle

    def moved_total(self) -> None:
        """The total of somebody who moved: those of the segments, each counted for its days.
        Vetoes held, or did not, within a segment."""
        self.days_of: list[Held] = []
        weighted = list[Held]()
        while self.comes(f"segments.{len(weighted) + 1}.total"):
            at = f"segments.{len(weighted) + 1}"
            total, days = self.given(f"{at}.total"), self.given(f"{at}.days")
            if days.number < 0 or days.number.denominator != 1:
                raise Refused("not-a-count")
            self.days_of.append(days)
            weighted.append(self.times_days(f"{at}.weighted", total, days, "contribution"))
        chain = self.limited(self.by_days("total", "total", weighted))
        self.results["total"] = self.calibrated(chain).end()

    def times_days(self, path: str, one: Held, days: Held, kind: str) -> Held:
        return self.step(path, kind, "multiply", [one, days], one.number * days.number)

    def by_days(self, path: str, kind: str, weighted: Sequence[Held]) -> Chain:
        """The sum of what was weighted by days, over the days of all segments."""
        chain = Chain(self, path, kind)
        chain.link("sum", "sum", *weighted, value=total_of(weighted))
        weights = self.steps.get("total.weights")
        if weights is None:
            days = self.days_of
            weights = self.step("total.weights", "total", "sum", days, total_of(days))
        self.over(chain, weights, "division")
        return chain

    # ---- teams, departments, projects

    def share_of_parts(self, at: str, section: str, part: Held) -> Held:
        """A part over all the parts of its section, whatever of them counts."""
        whole = self.steps.get(f"sections.{section}.parts")
        if whole is None:
            indicators, term = self.policy.indicators, self.policy.term
            own = [name for name, one in indicators.items() if one["section"] == section]
            parts = [term(f"indicators.{name}.weight") for name in own]
            into = f"sections.{section}.parts"
            whole = self.step(into, "section", "sum", parts, total_of(parts))
        value = self.policy.divided(part.number, whole.number, "division")
        both, into = [part, whole], f"{at}.part"
        return self.step(into, "contribution", "divide", both, value, rounding="division")

    def overall_attainment(self, scores: dict[str, Held]) -> None:
        """The attainments of the indicators that count, by weight; nothing where there is none."""
        weights, weighted = list[Held](), list[Held]()
        for name, one in self.policy.indicators.items():
            at = f"indicators.{name}.attainment"
            if at not in self.steps or name not in scores:
                continue
            weight, rule = self.weight(name), f"indicators.{name}.weight"
            if "section" in one:
                if "weights" in self.policy.sections[one["section"]]:
                    weight = self.share_of_parts(at, one["section"], weight)
                both = [weight, self.policy.term(f"sections.{one['section']}.weight")]
                value = both[0].number * both[1].number
                into = f"{at}.share"
                weight = self.step(into, "contribution", "multiply", both, value, rule=rule)
            pair = [self.steps[at], weight]
            value, into = pair[0].number * weight.number, f"{at}.weighted"
            weighted.append(self.step(into, "contribution", "multiply", pair, value, rule=rule))
            weights.append(weight)
        if any(one.number for one in weights):
            kind = "attainment"
            left = self.step("attainment.weights", kind, "sum", weights, total_of(weights))
            chain = Chain(self, kind, kind)
            chain.link("sum", "sum", *weighted, value=total_of(weighted))
            self.over(chain, left, kind)
            chain.end()
