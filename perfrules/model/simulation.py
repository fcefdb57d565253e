"""What a cycle would come to under other rules, and which of the changes does what.

The budget is the sum of `pay_total` over all subjects with a result: people, and units that are
paid; who has none counts nothing. What each clause moves adds up to the whole exactly.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import NamedTuple

from perfrules.diagnostics import Diagnostic
from perfrules.exact import EXACT
from perfrules.model.cycle_result import CycleResult, Judged

__all__ = [
    "Amount", "Budget", "Changed", "Clause", "GradeMove", "Moved", "Simulation", "pay_moves", "sums",
]  # fmt: skip


class Changed(NamedTuple):
    """A key of a policy that was changed: its path as `--set` writes it (`grades.S.at_least`), and
    what stood and stands there, as YAML and in short; a dash where nothing does."""

    policy: str
    path: str
    before: str
    after: str


class Amount(NamedTuple):
    """A sum of money before and after."""

    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        return EXACT.subtract(self.after, self.before)


class GradeMove(NamedTuple):
    """How many subjects of one policy and one department went from a grade to another; the grade is
    None where there is no result, or none is given."""

    policy: str
    department: str
    before: str | None
    after: str | None
    people: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A subject for whom something becomes different: whether there is a result, the total, the
    grade, an award, or what is paid."""

    before: Judged
    after: Judged

    @property
    def person(self) -> str:
        return self.after.person

    @property
    def regraded(self) -> bool:
        return self.before.grade != self.after.grade

    @property
    def pay(self) -> Mapping[str, Amount]:
        """Each line of pay that moves, by its name."""
        names = dict.fromkeys((*_paid(self.before), *_paid(self.after)))
        pairs = {
            one: Amount(*(_of(line, one) for line in (self.before, self.after))) for one in names
        }
        return {name: pair for name, pair in pairs.items() if pair.change}

    @property
    def pay_total(self) -> Amount:
        """What is paid in all; 0 where nothing is."""
        return Amount(self.before.pay_total or Decimal(0), self.after.pay_total or Decimal(0))

    @property
    def repaid(self) -> bool:
        """Whether a line of pay moves, also where the sum stays."""
        return bool(self.pay)


@dataclass(frozen=True, slots=True)
class Clause:
    """A change of the rules, or several that only hold together, and what it moves when it comes on
    top of the clauses before it.

    `arguments` are those that ask for it (`--set 1`, `new.yaml`). `pay` has by how much each line of
    pay of a subject moves, by subject and then by line; `regraded` are the subjects whose grade does.
    """

    arguments: tuple[str, ...]
    changes: tuple[Changed, ...]
    pay: Mapping[str, Mapping[str, Decimal]]
    regraded: frozenset[str]
    departments: Mapping[str, str]
    """The department of each subject in `pay`."""

    @property
    def budget(self) -> Decimal:
        """By how much the budget changes."""
        return _added(one for lines in self.pay.values() for one in lines.values())

    @property
    def by_plan(self) -> Mapping[str, Decimal]:
        """The same by the name of the line of pay."""
        return _by((name, one) for lines in self.pay.values() for name, one in lines.items())

    @property
    def by_department(self) -> Mapping[str, Decimal]:
        """The same by department; empty is the name of none."""
        return _by(
            (self.departments[subject], one)
            for subject, lines in self.pay.items()
            for one in lines.values()
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """What is paid in all, by line of pay (by name) and by department."""

    total: Amount
    by_plan: Mapping[str, Amount]
    by_department: Mapping[str, Amount]

    @property
    def before(self) -> Decimal:
        return self.total.before

    @property
    def after(self) -> Decimal:
        return self.total.after

    @property
    def change(self) -> Decimal:
        return self.total.change


@dataclass(frozen=True, slots=True)
class Simulation:
    """A cycle under its own rules and under changed ones.

    `people` are the subjects for whom something moves, sorted by id; the segments of somebody who
    moved are part of theirs. `clauses` stand in the order in which they were applied: each counts
    what it adds on top of those before it, so that they add up to the change of the budget. `looked_at` are
    the subjects that were counted. `warnings` are those that the changed rules give and the present
    ones do not. `judged_again` is how many appraisals the changed rules took.
    """

    cycle: str
    before: CycleResult
    after: CycleResult
    clauses: tuple[Clause, ...]
    people: tuple[Moved, ...]
    budget: Budget
    looked_at: frozenset[str]
    warnings: tuple[Diagnostic, ...] = ()
    judged_again: int = 0

    @property
    def places(self) -> Mapping[str, tuple[str, str, str]]:
        """The name, the team and the department of every subject, by its id."""
        lines = (one for one in self.before.judged if one.kind != "segment")
        return {one.person: (one.name, one.team, one.department) for one in lines}

    @property
    def regraded(self) -> tuple[Moved, ...]:
        """Those whose grade changes."""
        return tuple(one for one in self.people if one.regraded)

    @property
    def repaid(self) -> tuple[Moved, ...]:
        """Those whose pay changes."""
        return tuple(one for one in self.people if one.repaid)

    @property
    def grade_moves(self) -> tuple[GradeMove, ...]:
        """From which grade to which, by policy and department, most frequent first."""
        found = Counter(
            (_policy(one), one.after.department, one.before.grade, one.after.grade)
            for one in self.regraded
        )
        return tuple(
            GradeMove(*key, count)
            for key, count in sorted(found.items(), key=lambda one: (-one[1], *map(str, one[0])))
        )


def _policy(one: Moved) -> str:
    label = one.after.policy or one.before.policy or ""
    return label.partition("@")[0]


def _paid(line: Judged) -> Mapping[str, Decimal]:
    """What counts of a line's pay: nothing of a segment, whose pay is part of the person's."""
    return {} if line.kind == "segment" or not line.complete else line.pay


def _of(line: Judged, plan: str) -> Decimal:
    return _paid(line).get(plan, Decimal(0))


def pay_moves(
    before: Mapping[str, Judged], after: Mapping[str, Judged]
) -> dict[str, dict[str, Decimal]]:
    """By how much each line of pay moves, by subject and by line; what does not is not there."""
    found = {}
    for subject in sorted({*before, *after}):
        old, new = before.get(subject), after.get(subject)
        if old is not None and new is not None and (old is new or old.pay == new.pay):
            continue
        then, now = ({} if one is None else _paid(one) for one in (old, new))
        lines = {
            name: EXACT.subtract(now.get(name, Decimal(0)), then.get(name, Decimal(0)))
            for name in dict.fromkeys((*then, *now))
        }
        if moved := {name: change for name, change in lines.items() if change}:
            found[subject] = moved
    return found


def sums(before: Iterable[Judged], after: Iterable[Judged]) -> Budget:
    """What is paid, added up exactly."""
    then, now = (_sums(lines) for lines in (before, after))
    plans, departments = ({**then[part], **now[part]} for part in (0, 1))
    nothing = Decimal(0)
    return Budget(
        Amount(_added(then[0].values()), _added(now[0].values())),
        {one: Amount(then[0].get(one, nothing), now[0].get(one, nothing)) for one in plans},
        {one: Amount(then[1].get(one, nothing), now[1].get(one, nothing)) for one in departments},
    )


def _sums(lines: Iterable[Judged]) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    rows = [(line, name, amount) for line in lines for name, amount in _paid(line).items()]
    return (
        _by((name, amount) for _, name, amount in rows),
        _by((line.department, amount) for line, _, amount in rows),
    )


def _by(pairs: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for name, amount in pairs:
        found[name] = EXACT.add(found.get(name, Decimal(0)), amount)
    return dict(sorted(found.items()))


def _added(amounts: Iterable[Decimal]) -> Decimal:
    with localcontext(EXACT):
        return sum(amounts, Decimal(0))
