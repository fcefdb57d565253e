"""One step after the other: what must come next, and what the trace has there."""

import operator
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from .arithmetic import Value, limited, number, value_in, written
from .policy import Held, Policy, worked_out
from .record import Json, Wrong, places_in, require

__all__ = ["Chain", "Steps"]

ORIGIN = (
    "place", "source", "as_of", "evidence", "reason", "approved_by", "record", "step", "member",
)  # fmt: skip
"""What a trace may say of where a data point was found."""


class Steps:
    """The steps of a trace, and how far they have been walked."""

    def __init__(self, trace: Json, policy: Policy, places: dict[str, str] | None) -> None:
        self.trace, self.policy = trace, policy
        self.places = dict(places_in(trace["steps"])) if places is None else places
        self.ahead = list[Json](trace["steps"])
        self.count = 0
        self.steps: dict[str, Held] = {}
        self.results: dict[str, Held] = {}

    def next_id(self) -> str:
        """The id of the next step of the trace (or its number); empty at the end."""
        if self.count >= len(self.ahead):
            return ""
        step: object = self.ahead[self.count]
        return str(step.get("id", "")) if isinstance(step, dict) else f"{self.count + 1}"

    def id_of(self, path: str) -> str:
        return f"{self.policy.label}#{path}"

    def comes(self, *paths: str) -> bool:
        """Whether the next step of the trace has one of these paths."""
        return self.next_id() in [self.id_of(path) for path in paths]

    def stands_ahead(self, path: str) -> bool:
        """Whether a step of this path is still to come."""
        rest = self.ahead[self.count :]
        return any(isinstance(step, dict) and step.get("id") == self.id_of(path) for step in rest)

    def datum(self, path: str) -> Held | None:
        """A data point, where it stands in the trace next; None where the data have none."""
        given = self.comes(path) and self.ahead[self.count]["operation"] == "given"
        return self.given(path) if given else None

    def given(
        self, path: str, outcome: str = "applied", rule: str = "", kind: str = "datum",
        needs: Sequence[str] = (),
    ) -> Held:  # fmt: skip
        """A data point: its value and its origin are believed, nothing else of it. `needs` are
        what its origin must name."""
        if self.comes(path):
            origin = self.ahead[self.count].get("origin", {})
            for key in needs:
                if not origin.get(key):
                    en = f"the entry does not name its `{key}`"
                    raise Wrong(self.next_id(), f"该条目没有写明 `{key}`", en)
            value = value_in(self.ahead[self.count])
        else:
            value = ""
        return self.step(path, kind, "given", [], value, outcome, rule)

    def values_ahead(self, path: str) -> list[Value]:
        """The values of the data points `path.1`, `path.2`, ... that come next."""
        values: list[Value] = []
        for step in self.ahead[self.count :]:
            if step["id"] != self.id_of(f"{path}.{len(values) + 1}"):
                break
            values.append(value_in(step))
        return values

    def step(
        self, path: str, kind: str, operation: str, operands: Sequence[Held], value: Value,
        outcome: str = "applied", rule: str = "", rounding: str = "",
        not_taken: Sequence[str] = (), origin: Json | None = None,
    ) -> Held:  # fmt: skip
        """The step that must come next; each field of it is compared with the trace's."""
        expected: Json = {
            "id": self.id_of(path), "kind": kind, "operation": operation,
            "operands": [self.operand(one) for one in operands],
            **written(value), "outcome": outcome,
        }  # fmt: skip
        if self.count >= len(self.ahead):
            raise Wrong(expected["id"], "缺少这一步", "this step is missing")
        found = self.ahead[self.count]
        if rule:
            expected["rule"] = self.rule(rule)
            if operation in ("formula", "gate", "default") or worked_out(self.policy.limit(rule)):
                expected["rule"]["terms"] = {"text": self.policy.formula(rule)}
        if rounding:
            expected["rounding"] = self.rule(f"rounding.{rounding}")
        if not_taken:
            expected["not_taken"] = [self.rule(row) for row in not_taken]
        if operation == "given":
            stated = found.get("origin", {})
            origin = {key: str(text) for key in ORIGIN if (text := stated.get(key))}
        if origin is not None:
            expected["origin"] = origin
        require(self.next_id(), "", expected, found)
        self.count += 1
        self.steps[path] = Held(path, value, "step", operation, tuple(operands))
        return self.steps[path]

    def operand(self, one: Held) -> Json:
        """An operand as a trace writes it, with its value."""
        if one.home == "step":
            return {"step": self.id_of(one.path), **written(one.value)}
        home = {"policy": one.path, "place": self.place(one.path)} if one.home else {}
        return {**home, **written(one.value)}

    def place(self, path: str) -> str:
        """Where a line of the policy was written; the short form of `roll_up` is the actual's."""
        short = path.removesuffix(".actual") if path.endswith(".roll_up.actual") else path
        return self.places.get(path, self.places.get(short, ""))

    def rule(self, path: str) -> Json:
        """A rule as a trace writes it: where it stands and what it says."""
        rule, terms = {"path": path, "place": self.place(path)}, self.policy.terms(path)
        return {**rule, "terms": terms} if terms else rule


class Chain:
    """A value on its way. Each link takes the one before as its first operand. The last one bears
    the chain's own path, so a link becomes a step when it is known whether another follows."""

    def __init__(self, walk: Steps, path: str, kind: str) -> None:
        self.walk, self.path, self.kind = walk, path, kind
        self.value: Value = Fraction(0)
        self.pending: tuple[str, str, tuple[Held, ...], Json] | None = None

    @property
    def number(self) -> Fraction:
        assert isinstance(self.value, Fraction)
        return self.value

    @property
    def own(self) -> str:
        """The path of the pending link, should another follow it."""
        assert self.pending is not None
        return f"{self.path}.{self.pending[0]}"

    def link(self, name: str, operation: str, *operands: Held, value: Value, **more: Any) -> None:
        before = () if self.pending is None else (self.written(),)
        self.value = limited(value) if isinstance(value, Fraction) else value
        self.pending = (name, operation, (*before, *operands), more)

    def cut(self, limits: Json, at: str) -> "Chain":
        """To a lower or an upper limit; a link only where that changes the value."""
        for key, beyond in (("at_least", operator.lt), ("at_most", operator.gt)):
            if key in limits and beyond(self.number, number(limits[key])):
                limit = self.walk.policy.term(f"{at}.{key}")
                more = {"outcome": "capped", "rule": limit.path}
                self.link("cut", key, limit, value=limit.number, **more)
                break
        return self

    def round(self, step: str) -> "Chain":
        """A link only where it changes the value."""
        value = self.walk.policy.rounded(self.number, step)
        if value != self.value:
            self.link("rounded", "round", value=value, rounding=step)
        return self

    def written(self) -> Held:
        """The pending link as a step under its own name."""
        return self.end(self.own)

    def end(self, path: str = "") -> Held:
        assert self.pending is not None
        _, operation, operands, more = self.pending
        into = path or self.path
        return self.walk.step(into, self.kind, operation, operands, self.value, **more)
