"""Traces and records of groups written by hand, step by step, without the evaluator.

A `Sheet` knows how a step is written, and nothing of what must stand in it.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from tampering import ALLOWED, Json, reseal, survivors

from perfrules.checker import check, check_group
from perfrules.checker.policy import policy_of
from perfrules.checker.record import Rejection

__all__ = [
    "CYCLE", "DIRECT", "GRADES", "RATIO", "Case", "Sheet", "assert_accepted_and_nothing_near",
    "fresh", "group", "named", "policy", "rejections",
]  # fmt: skip

CYCLE = {"id": "2024Q3", "from": "2024-07-01", "to": "2024-09-30"}

ROUNDING = {
    "attainment": {"places": "4", "mode": "floor"},
    "score": {"places": "2", "mode": "half_up"},
    "total": {"places": "2", "mode": "half_up"},
    "pay": {"places": "2", "mode": "half_up"},
    "division": {"places": "10", "mode": "half_up"},
}

DIRECT = {
    "weight": "1", "direction": "higher_is_better", "target": "none", "baseline": "none",
    "missing": "error", "score": {"direct": {"min": "0", "max": "120"}},
}  # fmt: skip
"""An indicator whose actual is the score, and as the only one the total."""

RATIO = {
    **DIRECT, "target": "required",
    "score": {"on": "attainment", "bands": [{"at_least": "0.8", "score": "80"},
                                            {"otherwise": "0"}]},
}  # fmt: skip

GRADES = [
    {"grade": "优秀", "at_least": "90"}, {"grade": "良好", "at_least": "80"},
    {"grade": "合格", "at_least": "60"}, {"otherwise": "待改进"},
]  # fmt: skip


def policy(**blocks: Any) -> Json:
    """The resolved text of a policy with one indicator, `work`, and these blocks besides."""
    indicators = blocks.pop("indicators", {"work": DIRECT})
    head = {"policy": "p", "version": "1", "subject": blocks.pop("subject", "person")}
    return {**head, "indicators": indicators, **blocks, "rounding": ROUNDING}


class Sheet:
    """A trace on its way."""

    def __init__(self, resolved: Json, subject: str = "E1", kind: str = "person") -> None:
        self.resolved, self.subject, self.kind = resolved, subject, kind
        self.steps: list[Json] = []
        self.values: dict[str, Any] = {}

    def given(self, path: str, value: Any, kind: str = "datum", **origin: str) -> str:
        return self.step(path, kind, "given", [], value, origin=origin)

    def step(
        self, path: str, kind: str, operation: str, operands: Sequence[Any], value: Any,
        outcome: str = "applied", rule: Any = None, rounding: str = "",
        not_taken: Sequence[Any] = (), origin: Json | None = None,
    ) -> str:  # fmt: skip
        """Operands are paths of steps, or pairs of a policy's path and its value; a rule is a
        path, or a pair of one and its terms. Numbers are texts, words begin with `'`."""
        written = {"id": f"p@1#{path}", "kind": kind, "operation": operation}
        written["operands"] = [self.operand(one) for one in operands]
        written |= {**valued(value), "outcome": outcome}
        if rule is not None:
            written["rule"] = stated(rule)
        if rounding:
            how = ROUNDING[rounding]
            terms = {"places": int(how["places"]), "mode": how["mode"]}
            written["rounding"] = stated((f"rounding.{rounding}", terms))
        if not_taken:
            written["not_taken"] = [stated(row) for row in not_taken]
        if origin is not None:
            written["origin"] = origin
        self.steps.append(written)
        self.values[path] = value
        return path

    def operand(self, one: Any) -> Json:
        if isinstance(one, str):
            return {"step": f"p@1#{one}", **valued(self.values[one])}
        path, value = one
        return {"policy": path, "place": "", **valued(value)}

    def scored(self, actual: str, name: str = "work", weight: str = "1") -> str:
        """The steps of an indicator whose actual is the score, and its weighted score."""
        at = f"indicators.{name}"
        self.given(f"{at}.actual", actual)
        rule = (f"{at}.score.direct", {"low": "0", "high": "120"})
        self.step(f"{at}.score", "score", "direct", [f"{at}.actual"], actual, rule=rule)
        return self.weighted(name, actual, weight)

    def weighted(self, name: str, value: str, weight: str = "1") -> str:
        at, path = f"indicators.{name}.score", f"indicators.{name}.weight"
        both = [at, (path, weight)]
        return self.step(f"{at}.weighted", "contribution", "multiply", both, value, rule=path)

    def total(self, value: str, path: str = "total") -> str:
        weighted = [one for one in self.values if one.endswith(".score.weighted")]
        return self.step(path, "total", "sum", weighted, value)

    def worked(self, actual: str, path: str = "total") -> None:
        """All steps up to the total."""
        self.scored(actual)
        self.total(actual, path)

    def graded(self, grade: str, path: str = "grade") -> str:
        rows = [
            (f"grades.{index}", {key: row[key] for key in ("at_least",) if key in row}
             | {"grade": row.get("grade", row.get("otherwise"))})
            for index, row in enumerate(self.resolved["grades"])
        ]  # fmt: skip
        at = [terms["grade"] for _, terms in rows].index(grade)
        beside = rows[max(at - 1, 0) : at] + rows[at + 1 : at + 2]
        total = ["total"]
        return self.step(
            path, "grade", "grade", total, f"'{grade}", rule=rows[at], not_taken=beside
        )

    def from_group(self, path: str, value: str, group: str, member: str) -> str:
        origin = {"group": group, "member": member}
        return self.step(path, "standing", "from_group", [], value, origin=origin)

    def added_up(self, value: str) -> str:
        """The sum of all lines of pay, which comes last."""
        lines = [one for one in self.values if one.startswith("pay.") and one.count(".") == 1]
        return self.step("pay_total", "pay", "sum", lines, value)

    def record(self, **head: Any) -> Json:
        """The sealed record; `head` is what it says of the result."""
        label = {"id": "p", "version": "1", "digest": policy_of(self.resolved).digest}
        record: Json = {
            "format": "perfrules-trace/2", "subject": self.subject, "subject_kind": self.kind,
            "cycle": CYCLE, "policy": label, "status": "complete", "total": None, "grade": None,
            "pay": {}, "awards": [], "follow_ups": {}, "okr": None, "excluded": [], "vetoed": [],
            "steps": self.steps, "problems": [], **head,
        }  # fmt: skip
        reseal(record)
        return record


class Case(NamedTuple):
    """A trace with its policy and groups; `unread` are data from which no figure follows."""

    record: Json
    resolved: Json
    groups: tuple[Json, ...] = ()
    unread: tuple[str, ...] = ()


def fresh(case: Case) -> Case:
    """A copy to be tampered with."""
    return Case(*json.loads(json.dumps(case)))


def assert_accepted_and_nothing_near(case: Case) -> None:
    """That no field of any step can be changed, whatever is sealed again."""
    case = fresh(case)
    assert rejections(case.record, case.resolved, *case.groups) == []
    groups = {one["group"]: one for one in case.groups}
    for index, step in enumerate(case.record["steps"]):
        path = step["id"].partition("#")[2]
        passed = survivors(
            case.record, index, lambda: check(case.record, case.resolved, {}, groups)
        )
        unread = {f"steps.{index}.value"} if path in case.unread else set()
        assert {one for one in passed if not ALLOWED.fullmatch(one)} == unread, path


def valued(value: Any) -> Json:
    if isinstance(value, str) and value.startswith("'"):
        return {"value": value[1:], "type": "text"}
    return {"value": value}


def stated(rule: Any) -> Json:
    if isinstance(rule, str):
        return {"path": rule, "place": ""}
    path, terms = rule
    return {"path": path, "place": "", "terms": terms}


def named(name: str, node: Json) -> Json:
    """The terms of a rule that is one of several."""
    return {"name": name, **{key: one for key, one in node.items() if key != "title"}}


def group(resolved: Json, rule: str, members: Sequence[Json], within: str = "*") -> Json:
    """The sealed record of a group; each of `members` says what the rule compares of one."""
    width = len(str(len(members)))
    record: Json = {
        "format": "perfrules-group/1", "cycle": CYCLE, "group": f"{rule} · {within}",
        "rule": rule, "policies": {"p@1": policy_of(resolved).digest},
        "members": [
            {"member": f"M{row:0{width}d}", "policy": "p@1", **one}
            for row, one in enumerate(members, 1)
        ],
    }  # fmt: skip
    reseal(record)
    return record


def rejections(record: Json, resolved: Json, *groups: Json) -> list[Rejection]:
    """What is wrong with a record, and with the groups that it stands in."""
    found = [one for group in groups for one in check_group(group, {"p@1": resolved})]
    found += check(record, resolved, None, {group["group"]: group for group in groups})
    if not found:  # whoever has not the groups' records cannot find more
        assert check(record, resolved) == []
    return found
