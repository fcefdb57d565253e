"""Drafts of clauses -> policies, step by step.

Each clause is applied on top of those before it, in the order in which they are asked for. A change
that does not hold alone (a weight without the other that makes room for it) is one clause with
those after it that it needs, and with no others.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perfrules.codes.code import Text
from perfrules.diagnostics import Cell, Diagnostic, Findings, Related, Span
from perfrules.language.amended import Put, amended, in_short, shown_path, value_at
from perfrules.language.read import ReadPolicy
from perfrules.model.policy import Policy
from perfrules.model.policy_set import PolicySet
from perfrules.model.simulation import Changed
from perfrules.workbench.what_if.asked import (
    Draft,
    InForce,
    drafts_of_change,
    replacement,
)

__all__ = ["Step", "placed_at", "steps"]

_HERE: Final = Text("方案中的位置", "where it stands in the policy")

State = Mapping[str, ReadPolicy]
"""The policies in force by id, as changed so far."""


@dataclass(frozen=True, slots=True)
class Step:
    """One clause, and all policies once it is applied; `ids` are those that it changes."""

    arguments: tuple[str, ...]
    changes: tuple[Changed, ...]
    policies: PolicySet
    ids: frozenset[str]


def steps(
    rules: InForce, changes: Mapping[str, str], files: Sequence[Path], findings: Findings
) -> tuple[Step, ...]:
    """The steps from the policies of a cycle to those that are asked about: first the `files`, each
    in the place of a policy, then the `changes`, by the argument that each is.

    There are none where `findings` have an error. Warnings are those that the policies did not give
    before.
    """
    work = _Work(rules, dict(rules.read), findings)
    taken: dict[str, Path] = {}
    found: list[Step] = []
    for path in files:
        one = replacement(path, rules, findings, taken)
        if one is not None:
            taken[one.policy] = path
            found += work.applied(one.drafts, one.read)
    if findings.errors:
        return ()
    now = dataclasses.replace(rules, read=dict(work.state))
    drafts = [drafts_of_change(text, place, now, findings) for place, text in changes.items()]
    if findings.errors:
        return ()
    asked = [one for one in drafts if one is not None]
    found += work.applied(asked, None)
    if findings.errors:
        return ()
    for name in dict.fromkeys(name for step in found for name in sorted(step.ids)):
        places = tuple(one.argument for one in asked if name in one.puts)
        findings.extend(_new_warnings(rules.read[name], work.state[name], places))
    return tuple(found)


def _new_warnings(
    before: ReadPolicy, after: ReadPolicy, places: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """What the changed policy is warned of, and the present one is not."""
    known, now = Findings(), Findings()
    amended(before, (), known)
    amended(after, (), now)
    said = {(one.code, one.message()) for one in known}
    for one in now:
        if one.severity == "warning" and (one.code, one.message()) not in said:
            yield placed_at(one, places) if places else one


class _Work:
    """Applies clauses to the policies in force, whose state it keeps."""

    def __init__(self, rules: InForce, state: dict[str, ReadPolicy], findings: Findings) -> None:
        self.rules, self.state, self.findings = rules, state, findings

    def applied(self, drafts: Sequence[Draft], last: ReadPolicy | None) -> Iterator[Step]:
        """A step for each clause. Of a file `last` is the policy itself, which all of its clauses
        together come to."""
        left = list(drafts)
        while left:
            group = self._group(left, last)
            if group is None:
                self._refuse(left)
                return
            left = [one for one in left if one not in group]
            state = self._tried(group, None if left else last)
            assert state is not None
            yield self._step(group, state)

    def _group(self, left: Sequence[Draft], last: ReadPolicy | None) -> list[Draft] | None:
        """The first clause with the fewest of those after it without which it does not hold."""
        size = next(
            (
                size
                for size in range(1, len(left) + 1)
                if self._tried(left[:size], last if size == len(left) else None) is not None
            ),
            None,
        )
        if size is None:
            return None
        group = list(left[:size])
        for one in reversed(group[1:]):
            fewer = [other for other in group if other is not one]
            if self._tried(fewer, None) is not None:
                group = fewer
        return group

    def _tried(self, group: Sequence[Draft], last: ReadPolicy | None) -> State | None:
        """The policies with some clauses applied; None where that makes a mistake."""
        found: dict[str, ReadPolicy] = {}
        for name in _ids(group):
            if last is not None:
                found[name] = last
                continue
            own = Findings()
            read = amended(self.state[name], _puts(group, name), own)
            if read is None or own.errors:
                return None
            found[name] = _in_place_of(read, self.state[name])
        return found

    def _refuse(self, group: Sequence[Draft]) -> None:
        """Says what is wrong with the policies that some clauses make, at the arguments."""
        for name in _ids(group):
            own = Findings()
            amended(self.state[name], _puts(group, name), own)
            arguments = dict.fromkeys(one.argument for one in group if name in one.puts)
            self.findings.extend(placed_at(one, tuple(arguments)) for one in own.errors)

    def _step(self, group: Sequence[Draft], state: State) -> Step:
        changes = []
        for name, now in state.items():
            before = self.state[name].policy
            for put in _puts(group, name):
                path = shown_path(now.policy if put.value is not None else before, put.path)
                values = [
                    in_short(value_at(one.resolved, put.path)) for one in (before, now.policy)
                ]
                changes.append(Changed(name, path, *values))
        self.state.update(state)
        arguments = tuple(dict.fromkeys(one.argument for one in group))
        return Step(arguments, tuple(changes), self._policies(), frozenset(state))

    def _policies(self) -> PolicySet:
        """All policies, those in force as they are now."""
        old = {read.policy.label for read in self.rules.read.values()}
        now = {read.policy.label for read in self.state.values()}
        others = [one for one in self.rules.all if one.label not in old | now]
        ours: list[Policy] = [read.policy for read in self.state.values()]
        return PolicySet((*others, *ours))


def _ids(group: Sequence[Draft]) -> dict[str, None]:
    return dict.fromkeys(name for one in group for name in one.puts)


def _puts(group: Sequence[Draft], name: str) -> list[Put]:
    return [put for one in group for put in one.puts.get(name, ())]


def _in_place_of(read: ReadPolicy, old: ReadPolicy) -> ReadPolicy:
    """The policy with the dates of the one whose place it takes."""
    policy = dataclasses.replace(read.policy, effective=old.policy.effective)
    return dataclasses.replace(read, policy=policy)


def placed_at(one: Diagnostic, arguments: Sequence[str]) -> Diagnostic:
    """A finding on a changed policy, placed at the argument that it is in or that it names, or else
    at all of those that changed the policy, with the place in the policy's file beside it."""
    related = tuple(
        other._replace(place=Cell(other.place.file)) if other.place.file in arguments else other
        for other in one.related
    )
    place = one.place
    if isinstance(place, Span) and place.file in arguments:
        return dataclasses.replace(one, place=place.file, related=related)
    if isinstance(place, Span | Cell):
        related = (Related(place, _HERE), *related)
    named = {str(other.place) for other in related}
    guilty = [argument for argument in arguments if argument in named] or arguments
    return dataclasses.replace(one, place=", ".join(guilty), related=related)
