"""follow_ups.csv: the plans and talks that results set going, the next that is due first."""

import datetime
from collections.abc import Iterator
from typing import Final

from perfrules.model.cycle_result import CycleResult
from perfrules.records.tables import guarded

__all__ = ["FOLLOW_UPS", "follow_up_rows"]

FOLLOW_UPS: Final = "follow_ups.csv"

_HEADER: Final = (
    "person_id", "name", "role", "team", "department", "follow_up", "title_zh", "title_en",
    "due", "condition",
)  # fmt: skip


def follow_up_rows(result: CycleResult) -> Iterator[list[str]]:
    """A row for each follow-up of each subject, by due date and then by id.

    `due` is a date, or empty where the policy sets none; those come last. `condition` is the
    policy's own, as it is written there.
    """
    yield list(_HEADER)
    rules = {
        (policy.label, one.name): one for policy in result.policies for one in policy.follow_ups
    }
    found = [
        (due or datetime.date.max, one.person, name, due, one)
        for one in result.complete
        for name, due in one.follow_ups.items()
    ]
    for _, person, name, due, one in sorted(found, key=lambda row: row[:3]):
        rule = rules[one.policy or "", name]
        written = due.isoformat() if due is not None else ""
        about = (person, one.name, one.role, one.team, one.department)
        cells = (*about, name, *rule.title, written, rule.when.text)
        yield [guarded(cell) for cell in cells]
