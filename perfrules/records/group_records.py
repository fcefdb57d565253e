"""The groups of a result folder, checked again: each by itself, and against who claims to be in it.

A group's record knows its members by pseudonyms only; the traces say who is which. So every member
has to be claimed by exactly one trace, and every claim to find its member.
"""

from collections.abc import Mapping
from typing import Any

from perfrules.checker import check_group
from perfrules.checker.groups import Place, claims_of, group_of, to_be_claimed
from perfrules.checker.policy import policy_of
from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.records.groups import GROUPS
from perfrules.records.read import ResultFolder
from perfrules.records.seals import UnreadableError, parsed

__all__ = ["GroupRecords"]


class GroupRecords:
    """`records` has each group that is accepted, by its name. `claim` every trace, then
    `check_claims`. `subjects` has who was the last to claim a member of a group."""

    def __init__(self, results: ResultFolder, findings: Findings) -> None:
        self.results, self.findings = results, findings
        self.place = str(results.folder / GROUPS)
        self.records: dict[str, dict[str, Any]] = {}
        self.claims: dict[tuple[str, str], list[str]] = {}
        self.subjects: dict[tuple[str, str], str] = {}
        self.are_sound = True
        """Whether each group was accepted, and each member is one subject."""
        self.turns: dict[str, list[tuple[int, str, str]]] = {}
        self.policies = self._policies()
        last = ""
        for row, line in enumerate(self._lines(), 1):
            place = f"{self.place}:{row}"
            try:
                record = parsed(line)
                name = str(record["group"])
            except (UnreadableError, KeyError):
                findings.report("damaged-record", place, record=f"{GROUPS}:{row}")
                self.are_sound = False
                continue
            if row > 1 and name <= last:
                findings.report("unordered-record", place, record=name)
            last = name
            rejections = check_group(record, self.policies)
            for rejection in rejections:
                step = f" ({rejection.step})" if rejection.step else ""
                reason = Text(rejection.zh + step, rejection.en + step)
                findings.report("rejected-record", place, record=name, reason=reason)
            if rejections:
                self.are_sound = False
            else:
                self.records[name] = record

    def _lines(self) -> list[bytes]:
        """The records; none where the run compared nobody."""
        path = self.results.folder / GROUPS
        listed = any(file.path == GROUPS for file in self.results.manifest.outputs)
        try:
            return path.read_bytes().splitlines() if listed else []
        except OSError:
            return []  # that it is missing has been said

    def _policies(self) -> dict[str, dict[str, Any]]:
        found = {}
        for kept in self.results.manifest.policies:
            policy = self.results.policy(kept.label)
            if not isinstance(policy, Diagnostic):
                found[kept.label] = policy[0]
        return found

    def claim(self, person: str, record: dict[str, Any]) -> None:
        """Notes the members that a trace says its subject is. One that is not well formed says
        nothing; it is rejected for that."""
        try:
            claims = sorted(claims_of(record))
            turns = [
                (str(one["origin"]["group"]), int(one["value"]), str(one["origin"]["member"]))
                for one in record["steps"]
                if one["operation"] == "from_group" and str(one["id"]).endswith(".ahead")
            ]
        except (KeyError, TypeError, ValueError, AttributeError):
            return
        for key in claims:
            self.claims.setdefault(key, []).append(person)
            self.subjects[key] = person
        for group, turn, member in turns:
            self.turns.setdefault(group, []).append((turn, person, member))

    def check_claims(self) -> None:
        """Every member is somebody, nobody is two, and equal remainders of a pool come by id."""
        for name, record in self.records.items():
            policy = policy_of(self.policies[record["members"][0]["policy"]])
            places = group_of(record, policy).places
            for member in to_be_claimed(record, policy):
                people = self.claims.pop((name, member), [])
                if len(people) != 1:
                    self.are_sound = False
                    self.findings.report(
                        "wrong-member", self.place, group=name, member=member, count=len(people)
                    )
            self._check_turns(name, places)
        for (name, member), people in sorted(self.claims.items()):
            self.are_sound = False
            self.findings.report(
                "wrong-member", self.place, group=name, member=member, count=len(people)
            )

    def _check_turns(self, name: str, places: Mapping[str, Place]) -> None:
        """Of equal remainders the earlier id comes first. Only here are the ids known: the checker
        sees pseudonyms, and lets those whose remainders are equal take any of their turns."""
        last: dict[object, str] = {}
        for _, person, member in sorted(self.turns.get(name, [])):
            turns = places.get(member, {}).get("ahead")
            if turns in last and person < last[turns]:
                self.findings.report("wrong-turn", self.place, group=name, record=person)
            last[turns] = person
