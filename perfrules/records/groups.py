"""groups.jsonl: whom each rule compared, under pseudonyms, for the checker to count again."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from perfrules.exact import plain
from perfrules.model.cycle_result import CycleResult
from perfrules.model.scorecard import Cycle
from perfrules.model.standing import Figures, Group
from perfrules.records.trace_json import canonical, sealed

__all__ = ["FORMAT", "GROUPS", "group_lines", "group_record"]

GROUPS: Final = "groups.jsonl"
FORMAT: Final = "perfrules-group/1"


def group_lines(result: CycleResult) -> Iterator[bytes]:
    """The lines of groups.jsonl, sorted by the groups' names."""
    for group in result.groups:
        yield canonical(group_record(group, result.cycle)).encode() + b"\n"


def group_record(group: Group, cycle: Cycle | None) -> dict[str, Any]:
    """A group as a sealed JSON object; no subject's id is in it."""
    return sealed(
        {
            "format": FORMAT,
            "cycle": cycle
            and {"id": cycle.id, "from": cycle.start.isoformat(), "to": cycle.end.isoformat()},
            "group": group.name,
            "rule": group.rule,
            "policies": dict(group.policies),
            "members": [
                {"member": one.member, "policy": one.policy, **_figures(one.figures)}
                for one in group.members
            ],
        }
    )


def _figures(figures: Figures) -> Mapping[str, object]:
    """What the rule compares of a member."""
    kind = figures.rule.partition(".")[0]
    keys = [plain(key) for key in figures.keys]
    if kind == "distribution":
        return {"keys": keys, "grade": figures.grade}
    if kind in ("awards", "group_figures"):
        return {"eligible": figures.eligible, **({"keys": keys} if figures.eligible else {})}
    if kind == "pools":
        assert figures.amount is not None
        assert figures.share is not None
        return {"amount": plain(figures.amount), "share": plain(figures.share)}
    return {"keys": keys}
