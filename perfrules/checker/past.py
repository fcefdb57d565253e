"""The year so far: figures and payouts of the earlier cycles, listed with their days."""

from calendar import isleap
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from .arithmetic import Refused, day, figure
from .policy import Held, total_of
from .record import Wrong
from .steps import Steps

__all__ = ["PastCycles"]


class Past(NamedTuple):
    """An earlier cycle: its number (1 is the newest), and its days where the data have them."""

    number: int
    days: tuple[date, date] | None


class PastCycles(Steps):
    """The names `year.<indicator>.<figure>`, `year.paid.<id>` and `paid.<id>`."""

    past: list[Past] | None = None

    def named(self, name: str, inside: str) -> Held:
        """The step that a name means: of all names."""
        raise NotImplementedError

    def bound(self, name: str) -> Held:
        """The first or last day of the cycle."""
        raise NotImplementedError

    def so_far(self, name: str, inside: str) -> Held:
        """A sum over earlier cycles, the oldest first; of figures, the present cycle's own too."""
        if name in self.steps:
            return self.steps[name]
        rest = name.removeprefix("year.")
        own = None if rest.startswith("paid.") else self.named(rest, inside)
        earlier = self.earlier()[::-1]
        if name.startswith("year."):
            earlier = self.of_the_year(earlier)
        what = f"pay.{rest.partition('.')[2]}" if own is None else rest
        addends = [self.addend(f"past.{one.number}.{what}") for one in earlier]
        if own is None:
            return self.step(name, "datum", "paid_sum", addends, total_of(addends))
        known = [one for one, held in zip(earlier, addends, strict=True)
                 if held.operation != "not_there"]  # fmt: skip
        self.refuse_overlaps(known)
        addends.append(own)
        return self.step(name, "datum", "year_sum", addends, total_of(addends))

    def earlier(self) -> list[Past]:
        """The cycles that the data have of the subject, which none of them may outlast."""
        if self.past is None:
            self.past = []
            while self.comes(f"past.{len(self.past) + 1}.cycle"):
                at, days = f"past.{len(self.past) + 1}", None
                self.given(f"{at}.cycle")
                if self.comes(f"{at}.from"):
                    start, end = (day(self.given(f"{at}.{key}").value) for key in ("from", "to"))
                    days = (start, end)
                    cycle = self.trace["cycle"]
                    if end < start or (cycle is not None and end > day(cycle["to"])):
                        wrong = self.id_of(f"{at}.to")
                        raise Wrong(wrong, "往期日期有误", "this is no earlier cycle")
                self.past.append(Past(len(self.past) + 1, days))
        return self.past

    def of_the_year(self, earlier: list[Past]) -> list[Past]:
        """Those that end in the year in which the cycle ends; those without days count as well."""
        if all(one.days is None for one in earlier):
            return earlier
        if self.trace["cycle"] is None:
            raise Refused("missing-cycle")
        path = "year.from"
        if path not in self.steps:
            last, month, first = self.bound("to"), 1, 1
            operands = [last]
            if self.comes("year.declared"):
                operands.append(self.given("year.declared"))
                declared = day(operands[1].value)
                month, first = declared.month, declared.day
            years = [begun(day(last.value).year - back, month, first) for back in (0, 1)]
            start = next(one for one in years if one <= day(last.value))
            self.step(path, "datum", "year_from", operands, start.isoformat())
        start = day(self.steps[path].value)
        return [one for one in earlier if one.days is None or one.days[1] >= start]

    def addend(self, path: str) -> Held:
        """A figure of an earlier cycle, or the statement that there was none."""
        if path in self.steps:
            return self.steps[path]
        if self.comes(path) and self.ahead[self.count]["operation"] == "not_there":
            return self.step(path, "datum", "not_there", [], Fraction(0), "missing")
        held = self.datum(path)
        if held is None:
            raise Refused("figure-not-in-history")
        figure(held.value, "not-a-figure")
        return held

    def refuse_overlaps(self, known: list[Past]) -> None:
        """What two cycles that share a day both have would count twice."""
        spans = [one.days for one in known if one.days is not None]
        cycle = self.trace["cycle"]
        if spans and cycle is not None:
            spans.append((day(cycle["from"]), day(cycle["to"])))
            for first, second in pairwise(sorted(spans)):
                if second[0] <= first[1]:
                    raise Refused("history-overlaps")


def begun(year: int, month: int, first: int) -> date:
    """Where a year begins; 29 February is 1 March where there is none."""
    if (month, first) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return date(year, month, first)
