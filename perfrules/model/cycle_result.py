"""What became of a cycle: one line a subject, the rows that belong to nobody, the counts.

The lines are small, so that hundreds of thousands of them fit into memory; the appraisals
with all their steps are kept only where they are asked for.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic, Findings
from perfrules.model.appraisal import Appraisal
from perfrules.model.incentive import LINES
from perfrules.model.policy import Policy
from perfrules.model.scorecard import Cycle, Value
from perfrules.model.standing import Group

__all__ = [
    "KINDS", "CycleResult", "IndicatorLine", "InputFile", "Judged", "NotApplied", "Stage", "tally",
]  # fmt: skip

KINDS: Final[Mapping[str, str]] = {
    "person": "people",
    "team": "teams",
    "department": "departments",
    "project": "projects",
    "unit": "units",
    "segment": "segments",
}
"""What subjects of each kind are counted under; a `unit` is one whose role has no policy."""

Stage = Literal["cycle", "policies", "data"]
"""Where a cycle can come to an end before anybody is judged."""


class InputFile(NamedTuple):
    """A file that was read: its path as seen from the cycle's folder, its SHA-256, its size."""

    path: str
    sha256: str
    size: int


class IndicatorLine(NamedTuple):
    """One indicator of one subject; None where there is no such figure."""

    name: str
    title: Text
    unit: str | None
    actual: Value | None
    target: Value | None
    attainment: Decimal | None
    score: Decimal | None
    excluded: bool


class NotApplied(NamedTuple):
    """A dated entry (a changed target, a calibration) that was read and not applied, and why."""

    table: str
    person: str
    what: str
    place: str
    reason: Diagnostic


@dataclass(frozen=True, slots=True)
class Judged:
    """One subject's line. Where `complete` is false there is no total, and `problems` say why.

    `kind` is person, team, department, project, or segment: one of the roles that somebody held
    one after the other. `pay_total` is the sum of all lines of `pay`, None where there are none, and
    of a segment. `awards` are those won, `follow_ups` what is set going and when it is due.

    `policy` is the label of the policy that judged (`sales@2024.2`), None where there is none;
    `title` is the role's title, or the role as the data write it; `vetoed` has the title of
    each veto that held.
    """

    person: str
    name: str
    role: str
    title: Text
    team: str
    department: str
    place: str
    policy: str | None
    complete: bool
    total: Decimal | None
    grade: str | None
    pay: Mapping[str, Decimal]
    indicators: tuple[IndicatorLine, ...]
    vetoed: Mapping[str, Text]
    problems: tuple[Diagnostic, ...]
    kind: str = "person"
    awards: Mapping[str, Text] = field(default_factory=dict)
    follow_ups: Mapping[str, datetime.date | None] = field(default_factory=dict)
    pay_total: Decimal | None = None

    @property
    def reasons(self) -> tuple[Diagnostic, ...]:
        """Why there is no result."""
        return tuple(one for one in self.problems if one.severity == "error")


@dataclass(frozen=True, slots=True)
class CycleResult:
    """A cycle that was evaluated, or `refused` at a stage because of errors in `findings`.

    `judged` is sorted by person id. `policies` are those that judged somebody.
    `unattached` are findings on rows that belong to no subject; `findings` are those on the
    files as a whole. `groups` are those that rules compared, sorted by name; `not_applied` are
    dated entries that do not count. `appraisals` has every subject's under their id, or nothing
    where they were handed on one by one.
    """

    cycle: Cycle | None
    policies: tuple[Policy, ...]
    judged: tuple[Judged, ...]
    appraisals: Mapping[str, Appraisal]
    unattached: tuple[Diagnostic, ...]
    findings: Findings
    inputs: tuple[InputFile, ...]
    refused: Stage | None = None
    groups: tuple[Group, ...] = ()
    not_applied: tuple[NotApplied, ...] = ()

    @property
    def pay_titles(self) -> dict[str, Text]:
        """What the lines of pay are called, by name: incentives, what limits cut or add, pools,
        awards with prizes; of all policies that judged somebody, each once."""
        found = {one.name: one.title for policy in self.policies for one in policy.incentives}
        if any(policy.payouts is not None for policy in self.policies):
            found |= LINES
        found |= {one.name: one.title for policy in self.policies for one in policy.pools}
        return found | {one.name: one.title for policy in self.policies for one in policy.prizes}

    @property
    def complete(self) -> tuple[Judged, ...]:
        """The subjects with a result; the segments of somebody who moved are part of theirs."""
        return tuple(one for one in self.judged if one.complete and one.kind != "segment")

    @property
    def rejected(self) -> tuple[Judged, ...]:
        """The subjects without a result."""
        return tuple(one for one in self.judged if not one.complete)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """All warnings: of the files, of rows that belong to nobody, of each subject."""
        own = (problem for one in self.judged for problem in one.problems)
        found = (*self.findings, *self.unattached, *own)
        return tuple(one for one in found if one.severity == "warning")

    @property
    def warned(self) -> int:
        """How many warnings there are."""
        return len(self.warnings)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each: what the manifest keeps, and what every report counts."""
        return {
            **tally((one.kind, one.complete) for one in self.judged),
            "follow_ups": sum(len(one.follow_ups) for one in self.complete),
            "not_applied": len(self.not_applied),
            "unattached": len(self.unattached),
            "warnings": self.warned,
        }


def tally(subjects: Iterable[tuple[str, bool]]) -> dict[str, int]:
    """How many subjects of each kind there are, and how many of them have a result and have none.

    `subjects` are the kind of each and whether it has a result. People are counted also where
    there are none, the other kinds where there are any.
    """
    found = Counter(subjects)
    counts = {}
    for kind, name in KINDS.items():
        complete, rejected = found[kind, True], found[kind, False]
        if complete or rejected or kind == "person":
            counts[name] = complete + rejected
            counts[f"{name}_with_result"] = complete
            counts[f"{name}_without_result"] = rejected
    return counts
