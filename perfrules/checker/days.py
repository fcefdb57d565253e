"""Days: of the cycle, of presence and absences, and of values that changed on the way."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from .arithmetic import Refused, day, days_until, figure, the_day_after
from .past import PastCycles
from .policy import Held, Policy, total_of
from .record import Json, Wrong, require

__all__ = ["Days", "days_between"]

FRIDAY = 5


class Days(PastCycles):
    """The dates of a trace, the proration, and columns of people that changed."""

    def __init__(self, trace: Json, policy: Policy, places: dict[str, str] | None) -> None:
        super().__init__(trace, policy, places)
        self.special: list[Held] = []

    def fact(self, path: str, code: str = "missing-fact") -> Held:
        """A column of the person, a fact of the cycle, of a unit or of an earlier cycle."""
        step = self.steps.get(path) or self.datum(path)
        if step is None:
            raise Refused(code)
        return step

    def bound(self, name: str) -> Held:
        """The first or last day of the cycle, as the record's head has it."""
        step = self.fact(f"cycle.{name}")
        require(self.id_of(step.path), "value", self.trace["cycle"][name], step.value)
        return step

    def days(self) -> Held:
        """The days of the cycle, first and last included."""
        if self.trace["cycle"] is None:
            raise Refused("missing-cycle")
        if "cycle.days" not in self.steps:
            bounds = (self.bound("from"), self.bound("to"))
            self.step("cycle.days", "datum", "days", bounds, days_between(*bounds))
        return self.steps["cycle.days"]

    def proration(self) -> Held:
        """The share of the cycle in which the subject was there, unless the data state it."""
        path, cycle = "proration", self.trace["cycle"]
        if path in self.steps:
            return self.steps[path]
        if stated := self.datum(path):
            if not 0 <= figure(stated.value, "not-a-figure") <= 1:
                raise Refused("out-of-range")
            return stated
        dates = ("person.joined", "person.left")
        joined, left = (self.steps.get(name) or self.datum(name) for name in dates)
        known = [step for step in (joined, left) if step is not None]
        rule = self.policy.tree.get("proration")
        if cycle is None and (known or (rule is not None and not self.comes(path))):
            raise Refused("missing-cycle")
        late = joined if joined and day(joined.value) > day(cycle["from"]) else None
        early = left if left and day(left.value) < day(cycle["to"]) else None
        if late is None and early is None and (rule is None or cycle is None or self.comes(path)):
            return self.step(path, path, "whole_cycle", known, Fraction(1))
        there = self.there()
        if rule is not None:
            return self.prorated(rule, there)
        present = self.step(f"{path}.days", path, "days", there, days_between(*there))
        both = (present, self.days())
        value = self.policy.divided(present.number, both[1].number, "division")
        return self.step(path, path, "divide", both, value, rounding="division")

    def there(self) -> tuple[Held, Held]:
        """The first and the last day of the cycle on which the subject was there."""
        names = ("person.joined", "person.left")
        joined, left = (self.steps.get(name) or self.datum(name) for name in names)
        start, end = self.bound("from"), self.bound("to")
        late = joined if joined and day(joined.value) > day(start.value) else None
        early = left if left and day(left.value) < day(end.value) else None
        return late or start, early or end

    # ---- days by the policy's own basis

    def prorated(self, rule: Json, there: tuple[Held, Held]) -> Held:
        """Days there less days away, over the days of the cycle."""
        path, basis = "proration", rule["basis"]
        away = self.absences(rule.get("less", []), *there)
        special = self.special_days() if basis == "working_days" else []
        present = self.counted(f"{path}.days", basis, there, special)
        if basis == "calendar":
            whole = self.days()
        else:
            bounds = (self.bound("from"), self.bound("to"))
            whole = self.counted(f"{path}.cycle", basis, bounds, special)
        operation, operands, days = "divide", [present, whole], present.number
        if away:
            off = [
                self.counted(f"absences.{row}", basis, both, special)
                for row, both in enumerate(away, 1)
            ]
            absent = self.step(f"{path}.absent", path, "sum", off, total_of(off))
            operation, operands = "prorate", [present, absent, whole]
            days -= absent.number
        value = self.policy.divided(days, whole.number, "division")
        return self.step(path, path, operation, operands, value, rule=path, rounding="division")

    def absences(self, kinds: list[str], start: Held, end: Held) -> list[tuple[Held, Held]]:
        """Those that count, each cut to the days on which the subject was there."""
        found, spans = list[tuple[Held, Held]](), list[tuple[date, date]]()
        while self.comes(f"absences.{len(found) + 1}.kind"):
            at = f"absences.{len(found) + 1}"
            kind, first, last = (self.given(f"{at}.{key}") for key in ("kind", "from", "to"))
            spans.append((day(first.value), day(last.value)))
            inside = spans[-1][0] <= day(end.value) and spans[-1][1] >= day(start.value)
            if kind.value not in kinds or spans[-1][0] > spans[-1][1] or not inside:
                zh, en = "这条缺勤不应计入", "an absence that does not count"
                raise Wrong(self.id_of(f"{at}.kind"), zh, en)
            found.append((
                start if spans[-1][0] < day(start.value) else first,
                end if spans[-1][1] > day(end.value) else last,
            ))  # fmt: skip
        if spans != sorted(spans):
            raise Wrong(self.id_of("absences.1.kind"), "缺勤没有按日期排列", "not by date")
        if any(second[0] <= first[1] for first, second in pairwise(spans)):
            raise Refused("absences-overlap")
        return found

    def special_days(self) -> list[Held]:
        """Days of the cycle off from Monday to Friday, or worked on a weekend."""
        while self.comes(f"calendar.{len(self.special) + 1}"):
            self.special.append(self.given(f"calendar.{len(self.special) + 1}"))
        days = [day(one.value) for one in self.special]
        bounds = [day(self.trace["cycle"][key]) for key in ("from", "to")]
        if days != sorted({*days}) or not all(bounds[0] <= one <= bounds[1] for one in days):
            raise Wrong(self.id_of("calendar.1"), "工作日历有误", "no calendar of the cycle")
        return self.special

    def counted(self, path: str, basis: str, both: tuple[Held, Held], special: list[Held]) -> Held:
        """Days from one to another, both included."""
        first, last = (day(one.value) for one in both)
        if basis == "calendar":
            return self.step(path, "proration", "days", both, days_between(*both))
        if basis == "thirty_days":
            eve = first - timedelta(days=1)
            value = thirtieth(last) - thirtieth(eve) if first <= last else 0
            return self.step(path, "proration", basis, both, Fraction(value))
        inside = [one for one in special if first <= day(one.value) <= last]
        worked = len([one for one in inside if day(one.value).isoweekday() > FRIDAY])
        span = [first + timedelta(days=more) for more in range((last - first).days + 1)]
        count = len([one for one in span if one.isoweekday() <= FRIDAY])
        count += worked - (len(inside) - worked)
        return self.step(path, "proration", basis, [*both, *inside], Fraction(count))

    # ---- columns of people that changed

    def person(self, name: str) -> Held:
        """A column of the person; where it changed, the last value or each for its days."""
        if name in self.steps or not self.comes(f"{name}.before"):
            return self.fact(name)
        held, days = [self.given(f"{name}.before")], list[date]()
        while self.comes(f"{name}.change.{len(held)}"):
            days.append(day(self.ahead[self.count]["origin"].get("as_of")))
            held.append(self.given(f"{name}.change.{len(held)}"))
        if not days:
            raise Wrong(self.id_of(name), "没有变动记录", "there is no entry that changes it")
        if days != sorted(days):
            raise Wrong(self.id_of(name), "变动没有按日期排列", "changes that are not by date")
        if len({*days}) < len(days):
            raise Refused("two-changes-a-day")
        column, cycle = name.partition(".")[2], self.trace["cycle"]
        rules = self.policy.tree.get("person_changes", {})
        rule = f"person_changes.{column}" if column in rules else ""
        if rules.get(column) == "by_days":
            return self.by_days_in_force(name, held, days, rule)
        if cycle is not None and days[-1] > day(cycle["to"]):
            raise Wrong(self.id_of(name), "变动日期在周期之后", "a change after the cycle")
        return self.step(name, "datum", "changed", held, held[-1].value, rule=rule)

    def by_days_in_force(self, name: str, held: list[Held], days: list[date], rule: str) -> Held:
        """Each value for the days on which it held and the subject was there: rounded once."""
        for one in held:
            figure(one.value, "not-a-figure")
        first, last = self.there()
        since = [self.given(f"{name}.since.{row}") for row in range(1, len(held))]
        require(self.id_of(name), "since", [f"{one}" for one in days], [one.value for one in since])
        ends = [day(first.value), *days, the_day_after(day(last.value))]
        if any(one >= other for one, other in pairwise(ends)):
            raise Wrong(self.id_of(name), "变动日期不在岗", "a change on a day without the subject")
        times = []
        for row, both in enumerate(zip([first, *since], [*since, last], strict=True)):
            operation = "days_until" if row < len(since) else "days"
            value = days_until(ends[row], ends[row + 1])
            times.append(self.step(f"{name}.for.{row}", "datum", operation, both, value))
        pairs = [*zip(held, times, strict=True)]
        value = sum((one.number * time.number for one, time in pairs), Fraction(0))
        flat = [step for pair in pairs for step in pair]
        total = self.step(f"{name}.sum", "datum", "sum_product", flat, value)
        weights = self.step(f"{name}.weights", "datum", "sum", times, total_of(times))
        mean = self.policy.divided(value, weights.number, "division")
        quotient = [total, weights]
        return self.step(name, "datum", "divide", quotient, mean, rule=rule, rounding="division")


def days_between(start: Held, end: Held) -> Fraction:
    """From `start` to `end`, both included."""
    return max(days_until(day(start.value), the_day_after(day(end.value))), Fraction(0))


def thirtieth(one: date) -> int:
    """Where a day stands in a calendar of months of 30 days, the last of each the 30th."""
    whole = the_day_after(one).day == 1
    return 360 * one.year + 30 * one.month + (30 if whole else min(one.day, 30))
