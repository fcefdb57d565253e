"""The figures that a trace takes from its group's record."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from .arithmetic import Value, figure, plain, value_in
from .data import Data
from .groups import Place, group_of
from .policy import Held, Policy
from .record import Json, Wrong, require

__all__ = ["HIDDEN", "Standing", "Waits"]

HIDDEN = ("missing-fact", "pool-amount-differs", "nothing-to-share", "number-out-of-range")
"""What may be wrong with a group as a whole, or where it is not known which it is: the trace of a
member does not show it."""


class Waits(Exception):
    """A subject without a result stands in no group: what follows from its place is not there."""


class Standing(Data):
    """Where the subject stands. Without the groups' records the figures are believed; what
    follows from them never is."""

    groups: Mapping[str, Json] | None = None
    waiting = False

    def __init__(self, trace: Json, policy: Policy, places: dict[str, str] | None) -> None:
        super().__init__(trace, policy, places)
        self.compared: dict[str, Json] = {}
        """What the records of groups must say of the subject, by the rule."""

    def ordered(self, at: str, kind: str, order: Sequence[str]) -> list[str]:
        """The figures that members are put in order by, as a group's record has them."""
        rows = range(len(order))
        into = "{}.order.{}"
        held = [self.formula(into.format(at, row), into.format(at, row + 1), kind) for row in rows]
        return [plain(one.number) for one in held]

    def stands(self, at: str, *instead: str) -> bool:
        """Whether the subject stands in a group: the figures at `at` come next. Where they do not,
        and none of the steps `instead` does, it must be without a result."""
        if self.comes(f"{at}.size", f"{at}.shares"):
            return True
        if not self.comes(*instead) and self.rejected:
            self.waiting = True
            raise Waits
        return False

    def ranked(self, rule: str, at: str, own: Json, counts: Sequence[str] = ()) -> list[Held]:
        """How large the group is, who stands above, who is level; and members by grade."""
        held = self.from_group(rule, at, ["size", "above", "equal", *counts], own)
        size, above, equal, *counted = (one.number for one in held)
        if not 1 <= equal <= size - above or (counted and sum(counted) != size):
            raise Wrong(self.id_of(f"{at}.equal"), "这样的组不存在", "there is no such group")
        return held

    def figure_of_group(self, name: str, rule: Json) -> None:
        """A figure of the subject's group, and of how many members it is made; nothing of the
        subject need count in it."""
        at, into = f"group_figures.{name}", f"group.{name}"
        if self.groups is None and (stated := self.datum(into)):
            figure(stated.value, "not-a-figure")
            return
        counts = True
        if "only_if" in rule:
            gate = f"{at}.only_if"
            counts = bool(self.formula(gate, gate, "standing", truth=True).value)
        of = "total" if rule["of"] == "total" else f"indicators.{rule['of']}"
        one = self.results["total"] if of == "total" else self.steps.get(of)
        own: Json = {"eligible": False}
        if counts and one is not None:
            own = {"eligible": True, "keys": [plain(figure(one.value, "not-a-figure"))]}
        if not self.stands(into, at):
            self.step(at, "standing", "alone", [], False, "skipped", at)
            return
        (size,) = self.from_group(at, into, ["size"], own)
        if size.number.denominator != 1 or size.number < own["eligible"]:
            raise Wrong(self.id_of(f"{into}.size"), "这样的组不存在", "there is no such group")
        if not size.number and rule["by"] not in ("sum", "count"):
            return
        origin, known = self.member(at, own) if self.comes(into) else ({}, None)
        value = value_in(self.ahead[self.count]) if self.comes(into) else Fraction(0)
        right = value if known is None else known["value"]
        assert isinstance(right, Fraction | str | bool)
        if known is None and rule["by"] == "count":
            right = size.number
        self.step(into, "standing", "from_group", [], right, origin=origin)

    def from_group(self, rule: str, at: str, names: Sequence[str], own: Json) -> list[Held]:
        """The figures `names` of the subject's place under a rule, in this order; `own` is what
        the record must say of the member that the trace names."""
        if not self.comes(f"{at}.{names[0]}"):
            raise Wrong(self.id_of(f"{at}.{names[0]}"), "缺少这一步", "this step is missing")
        origin, known = self.member(rule, own)
        steps = []
        for name in names:
            value: Value = self.believed()
            right = value if known is None else known[name]
            if isinstance(right, range):
                right = value if value in right else Fraction(right.start)
            into = f"{at}.{name}"
            steps.append(self.step(into, "standing", "from_group", [], right, origin=origin))
        return steps

    def member(self, rule: str, own: Json) -> tuple[Json, Place | None]:
        """Group and member that the next step names, and what the member's place there is."""
        step, stated = self.next_id(), self.ahead[self.count].get("origin", {})
        origin = {key: str(stated.get(key)) for key in ("group", "member")}
        if self.groups is None:
            return origin, None
        record = self.groups.get(origin["group"])
        if record is None:
            raise Wrong(step, "没有给出该组的记录", "the record of its group was not given")
        require(step, "group.rule", rule, record["rule"])
        require(step, "group.cycle", self.trace["cycle"], record["cycle"])
        group = group_of(record, self.policy)
        expected = {"member": origin["member"], "policy": self.policy.label, **own}
        require(step, "group.member", expected, group.members.get(origin["member"], {}))
        return origin, group.places.get(origin["member"], {})

    def believed(self) -> Value:
        """The value of the next step, a number that is not below nought."""
        if self.count >= len(self.ahead):
            return Fraction(0)  # the step is missing, which will be said
        value = value_in(self.ahead[self.count])
        if not isinstance(value, Fraction) or value < 0:
            raise Wrong(self.next_id(), "不是组内的数", "not a figure of a group")
        return value
