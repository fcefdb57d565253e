"""All policies of a company: many roles, and of each role many versions."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from perfrules.diagnostics import Diagnostic, closest, nearest
from perfrules.model.policy import Policy

__all__ = ["PolicySet"]


@dataclass(frozen=True, slots=True)
class PolicySet:
    """The policies of a folder, sorted by id and first day."""

    policies: tuple[Policy, ...]

    def __iter__(self) -> Iterator[Policy]:
        return iter(self.policies)

    def __len__(self) -> int:
        return len(self.policies)

    def in_force(self, policy_id: str, *, on: datetime.date) -> Policy | Diagnostic:
        """The version that judges a cycle whose last day is `on`, or why there is none."""
        versions = [policy for policy in self.policies if policy.id == policy_id]
        if not versions:
            names = sorted({policy.id for policy in self.policies})
            facts = {"policy": policy_id, "known": ", ".join(names)}
            titles = {policy.id: policy.title for policy in self.policies}
            near = nearest(policy_id, names, titles)
            if near["suggestion"] is None:
                near["suggestion"] = closest(
                    policy_id, {word for one in titles.values() for word in one}
                )
            return Diagnostic("unknown-policy", None, {**facts, **near})
        found = [policy for policy in versions if policy.in_force(on)]
        if len(found) == 1:
            return found[0]
        if found:
            first, second = found[0].version, found[1].version
            facts = {"policy": policy_id, "day": on.isoformat(), "first": first, "second": second}
            return Diagnostic("policies-overlap", None, facts)
        known = ", ".join(f"{one.version}: {dates(one)}" for one in versions)
        facts = {"policy": policy_id, "day": on.isoformat(), "known": known}
        return Diagnostic("no-policy-in-force", None, facts)

    def named(self, text: str) -> str | None:
        """The id of the policy that `text` names by id or by a title; None where none does."""
        for policy in self.policies:
            if text == policy.id:
                return policy.id
        found = {policy.id for policy in self.policies if text in policy.title}
        return found.pop() if len(found) == 1 else None


def dates(policy: Policy) -> str:
    """From when to when a policy is in force, for people."""
    start, end = policy.effective.start, policy.effective.end
    return f"{start.isoformat() if start else '…'} – {end.isoformat() if end else '…'}"
