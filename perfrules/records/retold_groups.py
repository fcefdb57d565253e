"""Groups' records -> the groups that rules compared; who claims a member in a trace is it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from perfrules.exact import EXACT
from perfrules.model.standing import Figures, Group, GroupMember

__all__ = ["retold_groups"]

Json = Mapping[str, Any]


def retold_groups(
    records: Mapping[str, Json], subjects: Mapping[tuple[str, str], str]
) -> tuple[Group, ...]:
    """The groups of accepted records, sorted by name. `subjects` tells who stands under a pseudonym
    of a group; somebody whom no trace claims has no id."""
    return tuple(
        Group(
            name=name,
            rule=record["rule"],
            policies=record["policies"],
            members=tuple(_members(name, record["rule"], record["members"], subjects)),
        )
        for name, record in sorted(records.items())
    )


def _members(
    group: str, rule: str, members: Iterable[Json], subjects: Mapping[tuple[str, str], str]
) -> Iterator[GroupMember]:
    for one in members:
        amount, share = (
            EXACT.create_decimal(one[key]) if key in one else None for key in ("amount", "share")
        )
        figures = Figures(
            rule,
            tuple(EXACT.create_decimal(key) for key in one.get("keys", ())),
            one.get("grade", ""),
            one.get("eligible", True),
            amount,
            share,
        )
        subject = subjects.get((group, one["member"]), "")
        yield GroupMember(one["member"], subject, one["policy"], figures)
