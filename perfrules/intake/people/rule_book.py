"""Roles -> the rules by which they are judged, looked up once for each spelling and day."""

import datetime
from typing import Final

from perfrules.codes.code import Text
from perfrules.intake.cells.numerals import Refusal
from perfrules.intake.people.roster import PolicyChoice, Rules
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle

__all__ = ["UNIT_KINDS", "RuleBook"]

UNIT_KINDS: Final = ("team", "department", "project")

_KINDS: Final = {
    "person": Text("个人", "persons"),
    "team": Text("团队", "teams"),
    "department": Text("部门", "departments"),
    "project": Text("项目", "projects"),
}
_UNITS: Final = Text("团队、部门或项目", "teams, departments or projects")


class RuleBook:
    """The policies of a cycle, to be found by what tables call a role."""

    def __init__(self, policies: PolicyChoice, cycle: Cycle) -> None:
        self.cycle = cycle
        self._policies = policies
        self._found: dict[tuple[str, datetime.date, bool], Rules | Refusal] = {}
        self._by_policy: dict[tuple[str, str], Rules] = {}

    def rules(
        self, role: str, *, units: bool = False, on: datetime.date | None = None
    ) -> Rules | Refusal:
        """The rules of a role that are in force on a day (the cycle's last one, if None is named).

        `units` says that a team, department or project is to be judged and not a person.
        """
        key = (role, on or self.cycle.end, units)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._looked_up(*key)
        return found

    def _looked_up(self, role: str, day: datetime.date, units: bool) -> Rules | Refusal:
        policy = self._policies.in_force(self._policies.named(role) or role, on=day)
        if not isinstance(policy, Policy):
            return Refusal(policy.code, policy.facts)
        if (policy.subject in UNIT_KINDS) is not units:
            wanted = _UNITS if units else _KINDS["person"]
            facts = {"policy": policy.label, "judges": _KINDS[policy.subject], "wanted": wanted}
            return Refusal("wrong-subject-kind", facts)
        if policy.cycle is not None and self.cycle.kind not in (None, policy.cycle):
            facts = {"policy": policy.label, "kind": policy.cycle, "cycle": self.cycle.kind}
            return Refusal("other-cycle-kind", facts)
        return self._by_policy.setdefault((policy.id, policy.version), Rules(policy))
