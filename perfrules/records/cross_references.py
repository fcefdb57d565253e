"""What the records of a run say of one another: a person's of the team, that of somebody who moved
of the roles, a unit's of its members.

Each trace can be right by itself, and a value that it has from another record wrong. The records
come sorted by id and are read once; no more is kept of them than others may name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Findings

__all__ = ["CrossReferences"]

_UNITS: Final = ("team", "department", "project")
_RESULTS: Final = ("total", "grade", "attainment")
_OF_SEGMENT: Final = {"total": "total", "days": "", "cap": "grade"}

_ELSEWHERE: Final = Text("不应取自那里", "that is not where it comes from")
_NO_RECORD: Final = Text("没有可供引用的这条记录", "there is no such record to take it from")
_NO_STEP: Final = Text("那里没有这个数", "there is no such result")
_NOT_COUNTED: Final = Text("没有计入", "it is left out")

_NUMBER: Final = re.compile(r"\.\d+\.")
"""Of a member, within the path of its figure or weight."""

Json = dict[str, Any]
Value = tuple[object, object]
"""A value as a step has it, and its type where that is a text."""


class _Reference(NamedTuple):
    """The step `path` of the record `by` has its value from the step `source` of another record."""

    by: str
    path: str
    source: str
    value: Value


class CrossReferences:
    """`read` every record, then `check_rest`. `policies` are the resolved texts by label."""

    def __init__(self, policies: Mapping[str, Json], place: str, findings: Findings) -> None:
        self.policies, self.place, self.findings = policies, place, findings
        self.open: dict[str, list[_Reference]] = {}
        """What was said of records that were not read yet."""
        self.units: dict[str, tuple[str, dict[str, Value]]] = {}
        """Of what kind each unit is, and what it came to."""
        self.people: dict[str, Json] = {}
        """The policy of everybody with a result, in which all roles must be counted."""
        self.members = _Members(policies.values())

    def read(self, record: Json) -> None:
        """Notes what a record says of others, and compares what others said of it.

        One that is not well formed is left alone: it is rejected for that.
        """
        try:
            policy = self.policies["{id}@{version}".format(**record["policy"])]
            subject, kind = str(record["subject"]), str(record["subject_kind"])
            complete = record["status"] == "complete"
            steps: dict[str, Json] = {one["id"].partition("#")[2]: one for one in record["steps"]}
            known = {path: _value(one) for path, one in steps.items()} if complete else {}
            if kind == "segment":
                self._role(subject, known, _due(record, policy, known) if complete else [])
            elif kind == "person" and complete:
                self.people[subject] = policy
            elif kind in _UNITS:
                self._unit(subject, kind, known)
            for path, step in steps.items():
                if step["operation"] == "given":
                    self._note(subject, path, step, _last_role(subject, steps))
            self.members.read(subject, kind, steps)
        except (KeyError, TypeError, AttributeError, ValueError):
            return

    def check_rest(self) -> None:
        """What nobody answered to."""
        for name, waiting in sorted(self.open.items()):
            for one in waiting:
                self._report(one.by, name, one.path, _NO_RECORD)
        for unit, path, step in self.members.unmatched():
            reason = Text(f"没有成员的 {step} 是这个数", f"no member has this {step}")
            self._report(unit, None, path, reason)

    # ---- what a record says of others

    def _note(self, subject: str, path: str, step: Json, last: str) -> None:
        named, source = (str(step["origin"].get(key, "")) for key in ("record", "step"))
        expected = _expected(subject, path, last, source)
        if expected is None:
            if named:
                self._report(subject, named, path, _ELSEWHERE)
            return
        record, wanted = expected
        if not named or named != (record or named) or source != wanted:
            self._report(subject, named or record or path, path, _ELSEWHERE)
            return
        one = _Reference(subject, path, source, _value(step))
        if named in self.units:
            self._compare(named, one, *self.units[named])
        else:
            self.open.setdefault(named, []).append(one)

    # ---- what others say of a record

    def _unit(self, unit: str, kind: str, known: Mapping[str, Value]) -> None:
        found = {path: known[path] for path in _RESULTS if path in known}
        self.units[unit] = kind, found
        for one in self.open.pop(unit, ()):
            self._compare(unit, one, kind, found)

    def _role(self, role: str, known: Mapping[str, Value], due: list[str]) -> None:
        """One of the roles that somebody held in turn: the person comes first in the records, and
        all that the role came to is counted there."""
        found = self.open.pop(role, [])
        for one in found:
            if one.source:  # the days are data
                self._compare(role, one, "segment", known)
        person, _, row = role.rpartition("#")
        policy = self.people.get(person)
        if policy is None:
            return
        if f"segments.{row}.cap" in due and known["grade"][0] not in _grades(policy):
            due.remove(f"segments.{row}.cap")
        lowered = f"segments.{row}.lowered"
        if lowered in due and "at_least" not in policy.get("payouts", {}):
            due.remove(lowered)
        elif lowered not in due and any(one.path == lowered for one in found):
            self._report(person, role, lowered, _ELSEWHERE)
        for path in due:
            if path not in {one.path for one in found if one.by == person}:
                self._report(person, role, path, _NOT_COUNTED)

    def _compare(self, name: str, one: _Reference, kind: str, known: Mapping[str, Value]) -> None:
        root = one.path.partition(".")[0]
        if root in _UNITS and kind != root:
            self._report(one.by, name, one.path, _ELSEWHERE)
        elif one.source not in known:
            self._report(one.by, name, one.path, _NO_STEP)
        elif known[one.source] != one.value:
            here, there = one.value[0], known[one.source][0]
            text = Text(f"这里是 {here}，那里是 {there}", f"here it is {here}, there {there}")
            self._report(one.by, name, one.path, text)

    def _report(self, record: str, name: str | None, path: str, reason: Text) -> None:
        """`name` is that of the other record; None where members are meant, who have none here."""
        other = Text("其成员的记录", "the records of its members")
        if name is not None:
            other = Text(f" `{name}` 的记录", f"the record of `{name}`")
        self.findings.report(
            "wrong-reference", self.place, record=record, other=other, step=path, reason=reason
        )


def _value(step: Json) -> Value:
    return step["value"], step.get("type")


def _grades(policy: Json) -> list[object]:
    return [row.get("grade", row.get("otherwise")) for row in policy.get("grades", [])]


def _last_role(subject: str, steps: Mapping[str, Json]) -> str:
    """The record of the last of the roles that somebody held; empty where there was but one."""
    count = 0
    while f"segments.{count + 1}.total" in steps:
        count += 1
    return f"{subject}#{count}" if count else ""


def _expected(subject: str, path: str, last: str, source: str) -> tuple[str, str] | None:
    """From which record and step a data point with this path comes: the record is empty where any
    unit will do, and the step is any veto where it is one that lowered the pay. None where it comes
    from the data."""
    root, _, rest = path.partition(".")
    if root in _UNITS and rest in _RESULTS:
        return "", rest
    parts = path.split(".")
    if root == "segments" and parts[2:] == ["lowered"]:
        return f"{subject}#{parts[1]}", source if source.startswith("vetoes.") else "vetoes"
    if root == "segments" and len(parts) == 3 and parts[2] in _OF_SEGMENT:
        return f"{subject}#{parts[1]}", _OF_SEGMENT[parts[2]]
    if root == "pay" and parts[-2:-1] == ["segments"]:
        return f"{subject}#{parts[-1]}", ".".join(parts[:-2])
    return (last, path) if last and root in ("indicators", "group") else None


def _due(record: Json, policy: Json, known: Mapping[str, Value]) -> list[str]:
    """The steps that the person's record must have of this role."""
    row = record["subject"].rpartition("#")[2]
    due = [f"segments.{row}.total", f"segments.{row}.days"]
    due += [f"pay.{plan}.segments.{row}" for plan in record["pay"]]
    vetoes = policy.get("vetoes", {})
    if "grade" in known and any("grade" in vetoes[one]["then"] for one in record["vetoed"]):
        due.append(f"segments.{row}.cap")
    if any(_lowers(vetoes[one]["then"]) for one in record["vetoed"]):
        due.append(f"segments.{row}.lowered")
    return due


def _lowers(then: Json) -> bool:
    """Whether a veto takes something off the pay."""
    return Decimal(str(then.get("pay", 1))) < 1


class _Members:
    """The figures that units have from their members, who have numbers there and no ids. What can
    be seen is whether there are as many people with a figure as an indicator of the units says
    that they have members with it: nobody is in two units of a kind."""

    def __init__(self, policies: Iterable[Json]) -> None:
        self.wanted = {name for policy in policies for name in _rolled_up(policy)}
        self.claims: dict[tuple[str, str, str, Value], list[tuple[str, str]]] = {}
        self.people: Counter[tuple[str, Value]] = Counter()

    def read(self, subject: str, kind: str, steps: Mapping[str, Json]) -> None:
        if kind in _UNITS:
            for path, step in steps.items():
                origin = step.get("origin", {})
                source = origin.get("step", "")
                if "member" in origin and "group" not in origin and source in self.wanted:
                    claim = (kind, _NUMBER.sub(".", path + "."), source, _value(step))
                    self.claims.setdefault(claim, []).append((subject, path))
        elif "segments.1.total" not in steps:
            for path in self.wanted & steps.keys():
                self.people[path, _value(steps[path])] += 1

    def unmatched(self) -> Iterator[tuple[str, str, str]]:
        """Unit, step of the unit and step of its members, where no member has that value."""
        for (*_, source, value), found in self.claims.items():
            for unit, path in found[self.people[source, value] :]:
                yield unit, path, source


def _rolled_up(policy: Json) -> Iterator[str]:
    """The steps of its members that a unit's policy reads. Their facts are in no trace."""
    for indicator in policy["indicators"].values():
        for rule in indicator.get("roll_up", {}).values():
            for name in (rule["of"], rule.get("weight", "person.")):
                if not name.startswith("person."):
                    yield name if name == "total" else f"indicators.{name}"
