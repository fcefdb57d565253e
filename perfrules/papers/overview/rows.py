"""Plain rows: who was judged, with what result, and who has none and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from perfrules.codes.code import Text

__all__ = ["Everybody", "Line", "Missing", "PolicyFacts", "QuotaRow"]


@dataclass(frozen=True, slots=True)
class Line:
    """A subject with a result. Segments of somebody who moved have no line of their own.

    `kind` is person, team, department, project or unit; `team` and `department` are names, empty
    where the data have none. `policy` is a label (`sales@2024.3`), `role` the role's title.
    `quota_group` names the group in which quotas were applied (`department=销售部`, `*` for
    everybody), empty where none were; `grade_before` is the grade before quotas and what came
    after them, the same as `grade` where none were. `pay` has the amount of each plan.
    """

    subject: str
    name: str
    kind: str
    role: Text
    policy: str
    team: str
    department: str
    total: Decimal | None
    grade: str | None
    grade_before: str | None = None
    quota_group: str = ""
    pay: Mapping[str, Decimal] = field(default_factory=dict)
    pay_total: Decimal | None = None


class Missing(NamedTuple):
    """A subject without a result, or a row of the data that belongs to nobody (its `kind` is
    `row`), and one reason; somebody with two reasons has two of these."""

    subject: str
    name: str
    kind: str
    role: Text
    reason: Text
    help: Text
    code: str
    place: str


class QuotaRow(NamedTuple):
    """The share of a grade, a ratio."""

    grade: str
    bound: Literal["at_least", "at_most", "exactly"]
    share: Decimal


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """What the figures ask of a policy: its grades, best first, and their quotas."""

    label: str
    title: Text
    grades: tuple[str, ...]
    quotas: tuple[QuotaRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Everybody:
    """All rows of a cycle. `plans` has the titles of the lines of pay, in their order; `budgets`
    what the data name as the sum for a plan: the amount of its pool, added up over the groups
    that share one, or what a table of budgets says of it and of `department_budgets`, by name. With
    `is_part` only some people are known, as a table of history has them."""

    cycle: str
    title: Text
    start: str
    end: str
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    policies: Mapping[str, PolicyFacts]
    plans: Mapping[str, Text]
    budgets: Mapping[str, Decimal] = field(default_factory=dict)
    is_part: bool = False
    department_budgets: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def people(self) -> tuple[Line, ...]:
        """Persons with a result."""
        return tuple(line for line in self.lines if line.kind == "person")

    @property
    def units(self) -> tuple[Line, ...]:
        """Teams, departments and projects with a result."""
        return tuple(line for line in self.lines if line.kind != "person")

    @property
    def people_missing(self) -> int:
        """How many persons have no result."""
        return len({one.subject for one in self.missing if one.kind == "person"})

    @property
    def head_count(self) -> int:
        """How many persons there are, with a result and without one."""
        return len(self.people) + self.people_missing
